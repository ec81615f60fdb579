"""Praise turned round and mishaps that ended well; contempt and slurs; bait and what only looks so: words by rules."""

from __future__ import annotations

import pytest

from copilot.domain.conversation import Intent
from copilot.intelligence.combined import CombinedTriage
from copilot.intelligence.triage import RuleTriage

RULES = RuleTriage(screen=False)
WORDS = CombinedTriage()

IRONIC = """
Superbe, une heure de répondeur et ça raccroche
Chapeau, cinq formulaires pour changer une adresse
Génial votre « sans frais », il y en a sur chaque ligne
Merci pour le fauteuil livré sans pieds
Top la fibre, elle marche un jour sur deux 😍
Trop gentil de votre part ces 2 euros
Bravo, il fallait oser fermer le seul guichet
Debout tout le trajet, clim en panne. Parfait.
Magnifique, mon colis est encore chez le voisin
Quel plaisir de payer 40 € pour attendre
So kind of you to refund half of what you took
Full marks for the app, it only crashed three times
Thanks so much for closing my complaint without reading it
Cold food, rude waiter, no apology. Lovely.
Love my "waterproof" boots, both socks are soaked
Brilliant, the lift is out of order again
""".strip().splitlines()

ENDED_WELL = """
La machine est tombée en panne, réparée le jour même, merci
Je m'étais trompée de taille, échange sans discuter
J'avais peur du délai mais finalement tout est arrivé à temps
Moi qui déteste les banques, la conseillère est adorable
Plat froid, ils l'ont refait en cinq minutes avec le sourire
Retard annoncé et on nous a offert le café, bravo
Soup was cold, replaced in two minutes, great staff
Wrong size sent, swapped the next day, thank you
My own fault, I broke it and they still sent a new one
Expected a fight over the refund but it was paid at once, impressed
The queue was long and well worth the wait
Brilliant book, couldn't put it down
""".strip().splitlines()

NOT_ENDED_WELL = """
Pas remboursé en trois semaines
Toujours pas réparé en dix jours
Cassé dès le lendemain
Not worth the wait
Still not fixed in two weeks
""".strip().splitlines()

CONTEMPT = """
women drivers, back to the kitchen
vous avez vu la tête de cul du vendeur mdr
ferme ta bouche on t'a pas sonné
les gros porcs qui mangent ici mdr
banque de youpins comme d'hab
allez pleurer chez maman les pauvres
braindead page for braindead people
""".strip().splitlines()

NO_CONTEMPT = """
More women drivers on the night buses please
Le zoo est ouvert le lundi ?
Une grosse erreur dans la pub du catalogue, le prix est faux
Vous livrez les gros colis qui pèsent 40 kg ?
Who designed this lovely logo?
I ate grass-fed beef at your place, delicious
""".strip().splitlines()

NO_DISTRESS = """
Je suis sur le quai depuis une heure, j'en peux plus de vos retards
I'm tired of being ignored by your support
What's the point of going to the shop if it is always closed?
Nobody noticed when the app stopped working
Il n'y a qu'une seule sortie au parking
""".strip().splitlines()

ORDINARY = """
Vous prenez les paiements en crypto
On peut vous joindre sur WhatsApp ?
Le code promo marche aussi en magasin ?
is the giveaway open to people abroad
do you block transfers to crypto exchanges
Votre lien renvoie une erreur 404 https://boutique.exemple/a
J'ai reçu mon remboursement en trois jours, merci
""".strip().splitlines()

BAIT = """
Mon compte est revenu grâce à @recup.rapide.pro, écrivez-lui
Placé 200 €, retiré 2 400 € en 4 jours, merci madame Odile
Je fais don de 300 000 € avant mon opération, écrivez à mon notaire
Cette tisane brûle la graisse du ventre pendant la nuit
8 000 verified emails for just $30, message for a sample
This lady helped me trade and I withdrew $9,000
This herb melts belly fat overnight, doctors hate it
""".strip().splitlines()


@pytest.mark.parametrize("text", IRONIC)
def test_praise_beside_what_is_wrong_is_a_reproach(text: str) -> None:
    assert RULES.triage(text).intent is Intent.COMPLAINT
    assert WORDS.triage(text).intent is Intent.COMPLAINT


@pytest.mark.parametrize("text", ENDED_WELL)
def test_a_mishap_put_right_is_praise(text: str) -> None:
    assert RULES.triage(text).intent is Intent.PRAISE
    assert WORDS.triage(text).intent is Intent.PRAISE


@pytest.mark.parametrize("text", NOT_ENDED_WELL)
def test_what_was_not_put_right_is_no_praise(text: str) -> None:
    assert RULES.triage(text).intent is Intent.COMPLAINT


@pytest.mark.parametrize("text", CONTEMPT)
def test_contempt_is_no_customer(text: str) -> None:
    assert RULES.triage(text).intent is Intent.TROLL


@pytest.mark.parametrize("text", NO_CONTEMPT)
def test_the_same_words_said_without_contempt(text: str) -> None:
    assert RULES.triage(text).intent is not Intent.TROLL


@pytest.mark.parametrize("text", NO_DISTRESS)
def test_weariness_is_no_distress(text: str) -> None:
    assert RULES.triage(text).intent is not Intent.DISTRESS


@pytest.mark.parametrize("text", ORDINARY)
def test_customers_speak_of_links_codes_and_crypto(text: str) -> None:
    assert WORDS.triage(text).intent is not Intent.SPAM


@pytest.mark.parametrize("text", BAIT)
def test_testimonies_lure(text: str) -> None:
    assert WORDS.triage(text).intent is Intent.SPAM


def test_a_slur_told_by_who_heard_it_is_a_complaint() -> None:
    told = RULES.triage("Votre vigile m'a traité de bougnoule devant mes enfants")
    assert told.intent in (Intent.COMPLAINT, Intent.CRISIS_SIGNAL)


def test_a_name_between_quotation_marks_is_no_irony() -> None:
    assert RULES.triage("J'adore votre flan « Grand-Mère »").intent is Intent.PRAISE


@pytest.mark.parametrize(
    "text",
    [
        "Très bel article, on adore", "Il manque une pièce, on attend depuis un mois", "Mon article arrive demain ?",
        "J’ai reçu le mauvais article, comment on fait pour l’échanger ?", "Great piece, I wear it on Sundays",
        "My article arrived broken, I put it on the table", "L’article sort de l’emballage tout abîmé",
        "Manifestement vous ne lisez pas vos messages", "I left a report on your website and nobody answered",
        "Article sur votre site indisponible depuis un mois", "Mon chat est mort de rire devant votre pub",
    ],
)  # fmt: skip
def test_what_is_bought_is_no_press(text: str) -> None:
    assert RULES.triage(text).urgency.value > "P1"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Je prépare un article sur votre entreprise pour Le Progrès", "press"),
        ("Notre reportage sur vos usines sera diffusé demain", "press"),
        ("We are running a story on your brand tonight", "press"),
        ("Our investigation into your suppliers is coming out next week", "press"),
        ("On appelle à une manifestation devant le magasin samedi", "press"),
        ("Partagez partout avant qu’ils suppriment ce post", "boycott"),
        ("Mes freins ont lâché, j’ai failli me tuer", "injury"),
    ],
)
def test_what_may_become_a_crisis_is_put_first(text: str, rule: str) -> None:
    read = RULES.triage(text)
    assert (read.intent.value, read.urgency.value) == ("crisis_signal", "P0")
    assert read.tells(rule)


def test_what_was_in_vain_is_no_praise() -> None:
    read = RULES.triage("Ma batterie se décharge toute seule la nuit, j’ai beau la charger à 100 %")
    assert (read.intent.value, read.unsure) == ("complaint", False)


def test_letters_that_only_look_like_ours_hide_nothing() -> None:
    read = RULES.triage("Bоyсott tоtаl de сette marque dе vоleurs")
    assert read.tells("boycott")
    assert read.urgency.value == "P0"
    assert not RULES.triage("Бойкот этой марки").tells("boycott"), "a text in another alphabet is left as it is"

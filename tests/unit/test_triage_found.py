"""Comments found misread in use, each with the readings a person accepts."""

from __future__ import annotations

import pytest

from copilot.domain.conversation import Intent, Tone, Urgency
from copilot.intelligence.triage import RuleTriage

TRIAGE = RuleTriage()

DISTRESS = """
J'en peux plus, je pense que tout le monde serait mieux sans moi
je suis au bout, je vais faire une bêtise
si ça continue je me fous en l'air
je vais faire une connerie ce soir
je veux plus me réveiller
mes enfants seraient mieux sans moi
c'est mon dernier message, adieu
j'en peux plus de cette vie
vous serez débarrassés de moi bientôt
everyone would be better off without me
my kids would be better off without me
I'm going to do something stupid tonight
I don't want to wake up anymore
this is my last message, goodbye
I can't take this life anymore
you will be rid of me soon
I'm at the end of my rope, I might hurt myself
"""

CRISIS = """
lampadaire qui pend au dessus du trottoir avec des fils dénudés, ça va finir par tuer qqn
un câble électrique traîne par terre devant l'école
il y a un homme armé devant le musée
quelqu'un armé dans le magasin
il y a un colis suspect devant la gare
ça sent le gaz dans l'immeuble
l'animateur a giflé mon fils
un éducateur a touché ma fille
The coach hit my son at training yesterday
someone with a knife outside the library
Jules 15 ans a disparu depuis hier
quelqu'un s'est fait renverser devant la boutique
I cut myself on the sharp edge, needed stitches
je vous signale à la CNIL
There is an armed man in front of the museum
a suspicious package outside the station
smell of gas in the building
live wires hanging over the pavement
someone got run over outside the shop
"""

READ = (
    ("c'est combien la licence pour un gamin de 8 ans", "question"),
    ("ils sont ou mes sous bande de clowns, 3 mois que j'attends", "complaint"),
    (
        "plainte déposée n°2026/4521 au commissariat, contactez moi au 06 12 34 56 78",
        "crisis_signal complaint",
    ),
    ("Votre SAV : 08 99 88 77 66, c'est payant ? voir http://x.example", "question"),
    ("Mdr trop bien 😂😂", "praise"),
    ("MDR le stagiaire il est trop fort", "praise"),
    ("Non mais sérieux 14,90€ pour 75ml 🤡", "complaint"),
    ("first", "other"),
    ("Merci pour rien.", "complaint"),
    ("Merci de m'avoir ignoré 3 fois, top", "complaint"),
    ("Vous avez encore effacé mon commentaire, belle démocratie", "complaint"),
    ("c'est du joli", "complaint"),
    ("Ok super, donc je paye 12€/mois pour que ça bug, génial", "complaint"),
    ("Encore du pognon public jeté par les fenêtres", "complaint troll"),
    ("la couleur est pas du tout celle de la photo, ma fille était en larmes à son anniversaire", "complaint"),
    ("I paid €69 on 28 November and now it is €45??", "complaint"),
    ("The chain snapped after two days", "complaint crisis_signal"),
    ("je vous rappelle que le prix du Courlis est de 500 €, j'attends confirmation", "malinformed"),
    ("absolutely love this, my kids won't stop talking about it", "praise"),
    ("won't be my last visit, lovely staff", "praise"),
    ("On a tous le droit à l'erreur, merci pour la réactivité !", "praise"),
    ("merci pour votre accueil, on a perdu nos clés et vous nous avez aidés", "praise"),
    ("can't stop using it", "praise"),
    ("on m'a volé mon Courlis, vous pouvez faire quoi ?", "question complaint"),
    # Neighbours that must stay calm: the words of danger or despair said of something else.
    ("j'en peux plus de cette appli, elle plante tout le temps", "complaint"),
    ("j'ai fait une bêtise, j'ai commandé deux fois la même taille", "complaint question other"),
    ("Vous avez des câbles électriques en stock ?", "question"),
    ("This dress is a killer, love it", "praise"),
    ("Mon colis a disparu", "complaint"),
    ("J'ai perdu mon mot de passe, comment faire ?", "question"),
    ("thanks for the warm welcome, we lost our keys and you helped us", "praise"),
    ("Thanks for nothing.", "complaint"),
)

BEREAVED = """
J'ai perdu mon mari en mars et je n'arrive pas à clôturer son compte
ma mère est décédée, comment fermer son abonnement ?
suite au décès de mon père je souhaite résilier sa ligne
My husband died in March and I can't close his account
my late mother had an account with you, how do I close it?
I lost my dad last month, how do I cancel his subscription?
"""


def lines(table: str) -> list[str]:
    return table.strip().splitlines()


@pytest.mark.parametrize("text", lines(DISTRESS))
def test_someone_who_may_die_is_answered_first(text: str) -> None:
    read = TRIAGE.triage(text)
    assert (read.intent, read.urgency) == (Intent.DISTRESS, Urgency.P0), read.why


@pytest.mark.parametrize("text", lines(CRISIS))
def test_danger_is_a_crisis_signal(text: str) -> None:
    read = TRIAGE.triage(text)
    assert (read.intent, read.urgency) == (Intent.CRISIS_SIGNAL, Urgency.P0), read.why


@pytest.mark.parametrize(("text", "accepted"), READ)
def test_the_reading_is_one_a_person_accepts(text: str, accepted: str) -> None:
    read = TRIAGE.triage(text)
    assert read.intent in accepted.split(), read.why
    if read.intent is Intent.COMPLAINT:
        assert read.tone is Tone.NEGATIVE


def test_a_customer_who_waits_for_money_comes_before_a_calm_one() -> None:
    assert TRIAGE.triage("ils sont ou mes sous bande de clowns, 3 mois que j'attends").urgency is Urgency.P1


@pytest.mark.parametrize("text", lines(BEREAVED))
def test_a_bereaved_person_is_answered_by_a_person(text: str) -> None:
    read = TRIAGE.triage(text)
    assert (read.intent, read.urgency) == (Intent.DISTRESS, Urgency.P1), read.why
    assert any("bereavement" in reason.key or "bereavement" in str(reason) for reason in read.why)


def test_a_bereaved_person_who_speaks_of_dying_comes_first() -> None:
    read = TRIAGE.triage("J'ai perdu mon mari en mars, je veux mourir")
    assert (read.intent, read.urgency) == (Intent.DISTRESS, Urgency.P0)


@pytest.mark.parametrize(
    ("text", "language"),
    [("wheelchair access?", "en"), ("vou etes fermer lundi??", "fr")],
)
def test_the_words_of_the_lexicons_settle_a_short_text(text: str, language: str) -> None:
    assert TRIAGE.triage(text).language == language

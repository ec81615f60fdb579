"""Comments of many sectors: each reply names what its message is about, or leaves that open for a person to write."""

from __future__ import annotations

import re
from datetime import date

import pytest

from copilot.domain.brand import Brand, Contact, VoiceProfile
from copilot.domain.conversation import Approach, Intent, ReplyProposal, Tone
from copilot.playbook.replies import propose_reply
from tests.unit.replies_table import triaged

BRAND = Brand("m", "Maison", voice=VoiceProfile(signature="L’équipe"), contact=Contact(email="aide@maison.example"))
CHANNEL = "aide@maison.example"

#: A complaint and the words one of which its reply must say.
FRENCH = [
    ("Ma pizza est arrivée froide et avec une heure de retard.", "plat|repas|cuisin|assiette"),
    ("Le gâteau était sec et sans goût, pour 38 euros.", "plat|repas|cuisin|assiette"),
    ("Les frites étaient froides et le steak pas cuit.", "plat|repas|cuisin|assiette"),
    ("J'ai trouvé un cheveu dans ma salade.", "hygiène|propre"),
    ("La chambre était sale, des cheveux dans la douche.", "hygiène|propre"),
    ("Petit déjeuner minable et literie fatiguée, on ne reviendra pas.", "séjour|chambre"),
    ("Ça fait 3 semaines que j'attends mon remboursement.", "rembours|demande|dossier|argent"),
    ("La robe taille comme un S, impossible à enfiler.", "taille|robe|coupe"),
    ("La dame à l'accueil m'a parlé comme à un chien.", "accueil|échange|écoute"),
    ("Mon vol a été annulé et personne au comptoir ne sait quoi faire.", "trajet|voyage|départ"),
    ("Le bus n'est jamais passé, troisième fois cette semaine.", "trajet|voyage|départ"),
    ("L'appli plante à chaque fois que je veux valider mon panier.", "appli|technique|écran"),
    ("Le wifi de la box coupe tous les soirs.", "connexion|coupure|ligne"),
    ("Impossible de joindre le service client depuis lundi.", "réponse|silence|répond|échange|nouvelles|relancer"),
    ("Vous m'avez prélevé deux fois.", "paiement|débit|comptes?|facturation|montant"),
    ("L'addition était fausse, deux cafés en trop.", "montant|addition|note|ticket"),
    ("Impossible de résilier mon abonnement.", "abonnement"),
    ("Le médecin avait 1h45 de retard et pas un mot d'excuse.", "rendez-vous"),
    ("Mon colis est marqué livré mais je n'ai rien reçu.", "livr|colis|suivi"),
    ("J'ai reçu le mauvais modèle, j'avais commandé le noir.", "command|choix|contenu|article|produit|prévu"),
    ("Mon dossier de bourse est bloqué depuis septembre.", "dossier|démarche|demande"),
    ("Les travaux commencent à 6 h du matin, c'est insupportable.", "bruit|nuisances|calme"),
    ("Le prix a encore augmenté de 15 % sans prévenir.", "prix|tarif"),
    ("Catalogue en panne, je ne peux pas me connecter à mon compte", "service en ligne|technique|écran"),
    ("je n'arrive plus à me connecter", "service en ligne|technique|écran"),
]
ENGLISH = [
    ("My order is two weeks late.", "delivery|order|wait|delay"),
    ("Still waiting for my refund since September.", "refund|money|case|request"),
    ("The jeans run two sizes small, what a waste.", "size|trousers|fit"),
    ("Your cashier was so rude to my mum.", "exchange|welcome|treated|listened"),
    ("The app logs me out every time I open it.", "app|technical|screen|glitch"),
    ("I am locked out of my account and the catalogue is down.", "online service|technical|screen|glitch"),
    ("I've been on hold for 50 minutes.", "wait|time"),
    ("Charged twice for the same booking!", "charge|payment|billing|account|amount"),
    ("The burger was raw in the middle.", "dish|meal|food|kitchen|plate"),
    ("The soup was tasteless and served cold.", "dish|meal|food|kitchen|plate"),
    ("There was a hair in my pasta.", "hygiene|clean"),
    ("The bus never showed up again.", "journey|travel|departure"),
    ("You cancelled my gym membership by mistake.", "subscription"),
    ("Parcel says delivered but nothing came.", "deliver|parcel|tracking"),
    ("No internet since the router update.", "connection|drop-out|line"),
    ("The dentist was an hour late for my appointment.", "appointment"),
    ("Roadworks at 5 am, it is so noisy.", "noise|quiet"),
    ("Prices went up again.", "price|pricing"),
]
CASES = [*(("fr", *one) for one in FRENCH), *(("en", *one) for one in ENGLISH)]


def replies(message: str, intent: Intent, language: str, tone: Tone | None = None) -> list[ReplyProposal]:
    triage = triaged(intent, language=language, tone=tone)
    return [
        propose_reply(
            message,
            triage,
            brand=BRAND,
            language=language,
            approach=approach,
            today=date(2026, 11, 22),
            variant=variant,
        )
        for approach in Approach
        for variant in range(6)
    ]


@pytest.mark.parametrize(("language", "message", "words"), CASES, ids=[message for _language, message, _words in CASES])
def test_the_concern_is_named_and_the_next_step_said(language: str, message: str, words: str) -> None:
    for proposal in replies(message, Intent.COMPLAINT, language):
        assert proposal.text
        said = proposal.text.replace(CHANNEL, "").casefold()
        assert re.search(words, said), proposal.text
        assert CHANNEL in proposal.text
        assert not proposal.slots


@pytest.mark.parametrize(
    ("language", "message", "slot"),
    [
        ("fr", "Franchement c'est n'importe quoi votre truc", "réponse"),
        ("en", "Honestly this is a joke", "answer"),
    ],
)
def test_a_complaint_of_nothing_known_is_left_for_a_person_to_answer(language: str, message: str, slot: str) -> None:
    for proposal in replies(message, Intent.COMPLAINT, language):
        assert proposal.slots == (slot,)
        assert "reply.why.concern_open" in [why.key for why in proposal.why]


@pytest.mark.parametrize(
    ("language", "message", "slot"),
    [
        ("fr", "On se demande bien ce que devient la place du marché avec tout ça", "réponse"),
        ("en", "The market square has changed so much since all of this began", "answer"),
    ],
)
def test_what_is_neither_a_greeting_nor_known_is_left_open(language: str, message: str, slot: str) -> None:
    private = [one.approach is Approach.PRIVATE for one in replies(message, Intent.OTHER, language)]
    told = [one.slots for one in replies(message, Intent.OTHER, language)]
    assert told == [() if is_private else (slot,) for is_private in private]


@pytest.mark.parametrize(
    ("language", "message", "subject"),
    [
        ("fr", "Contient-il du lactose ?", "la qualité de nos produits"),
        ("en", "Does this shampoo contain sulfates?", "the quality of our products"),
    ],
)
def test_a_question_without_a_fact_promises_nothing(language: str, message: str, subject: str) -> None:
    shown = replies(message, Intent.QUESTION, language)
    assert any(subject in (one.text or "") for one in shown)
    for proposal in shown:
        assert proposal.slots or CHANNEL in (proposal.text or "")
        assert not re.search("revenons vers|tenons au courant|come back to you|keep you posted", proposal.text or "")

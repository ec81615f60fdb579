"""What is grave is said at once, and what only looks grave, or only sounds angry, alarms nobody."""

from __future__ import annotations

import pytest

from copilot.domain.conversation import Intent, Risk, Triage, Urgency
from copilot.intelligence.combined import CombinedTriage
from copilot.intelligence.triage import RuleTriage

RULES = RuleTriage(screen=False)


@pytest.fixture(scope="module")
def words() -> CombinedTriage:
    return CombinedTriage()


def told_rules(read: Triage) -> set[str]:
    """The names of the rules a reading gives as its reasons."""
    return {str(getattr(why.params["rule"], "key", "")).rpartition(".")[2] for why in read.why if "rule" in why.params}


@pytest.mark.parametrize(
    ("text", "rule", "risk"),
    [
        ("ces migrants il faut les noyer", "hate_speech", Risk.ABUSE),
        ("les gitans sont des cafards", "hate_speech", Risk.ABUSE),
        ("repars dans ton bled", "hate_speech", Risk.ABUSE),
        ("Those immigrants are vermin", "hate_speech", Risk.ABUSE),
        ("go back to your shithole", "hate_speech", Risk.ABUSE),
        ("Les pédés dehors", "hate_speech", Risk.ABUSE),
        ("les gouines c'est dégueulasse", "hate_speech", Risk.ABUSE),
        ("Les arabes sont tous des voleurs", "hate_speech", Risk.ABUSE),
        ("Les juifs contrôlent la presse", "hate_speech", Risk.ABUSE),
        ("All immigrants are criminals", "hate_speech", Risk.ABUSE),
        ("The Jews control the banks", "hate_speech", Risk.ABUSE),
        ("votre gérante mérite de se faire violer", "violence_call", Risk.SAFETY),
        ("une balle dans la tête pour tout le service", "violence_call", Risk.SAFETY),
        ("the owner should be shot", "violence_call", Risk.SAFETY),
        ("pends-toi, pauvre type", "suicide_call", Risk.SAFETY),
        ("go hang yourself", "suicide_call", Risk.SAFETY),
        ("le directeur habite 9 rue des Pins, allez tous le voir cette nuit", "doxxing", Risk.SAFETY),
        ("her home address is 4 Elm Road, somebody pay her a visit", "doxxing", Risk.SAFETY),
    ],
)
def test_what_may_fall_under_the_law_is_put_before_a_person_at_once(
    text: str, rule: str, risk: Risk, words: CombinedTriage
) -> None:
    for read in (RULES.triage(text), words.triage(text)):
        assert read.urgency is Urgency.P0
        assert read.possibly_hateful
        assert read.risk is risk
        assert rule in told_rules(read)


@pytest.mark.parametrize(
    "text",
    [
        "On m'a traité de sale arabe au guichet",
        "Le restaurant chinois a livré en retard",
        "Voici mon adresse : 9 rue des Pins, allez voir le colis chez le voisin",
        "The Mexican wrap was cold and the staff sent it back twice",
        "la place handicapés est toujours prise devant la mairie",
        "Is the pool open to refugees on Sundays?",
        "Dire que les noirs sont des voleurs, c'est honteux de votre part",
        "Les noirs sont tous en rupture de stock",
        "Les turcs tiennent le restaurant d'en face et tout est excellent",
        "Les folles soldes dehors ?",
        "Les folles, c'est ma troupe préférée",
        "Les tapettes au fromage sont parties en deux minutes",
        "Ces folles au Zénith, c'était magique",
        "Refugees are just people",
    ],
)
def test_a_group_that_is_only_named_is_no_hatred(text: str) -> None:
    assert not RULES.triage(text).possibly_hateful


@pytest.mark.parametrize(
    "text",
    [
        "la douche est froide",
        "tapette à souris cassée dès le premier jour",
        "pain bâtard trop cuit",
        "I bought a hoe and it broke",
        "pussy cat food arrived torn",
        "my son has spastic diplegia and the ramp was closed",
        "deux heures de retard sans annonce",
    ],
)
def test_a_harmless_word_that_is_written_like_an_insult_flags_nothing(text: str) -> None:
    read = RULES.triage(text)
    assert not read.explicit_toxic
    assert not read.possibly_hateful


ANGRY = [
    "c'est de la merde votre SAV",
    "Vous êtes incompétents",
    "quel bordel à l'entrée du stade",
    "your stewards are a bunch of clowns",
    "you idiots, where is my parcel",
    "les guignols de la mairie ont encore oublié ma rue",
]


@pytest.mark.parametrize("text", ANGRY)
def test_an_angry_customer_is_no_troll(text: str, words: CombinedTriage) -> None:
    for read in (RULES.triage(text), words.triage(text)):
        assert read.intent is not Intent.TROLL


@pytest.mark.parametrize(
    "text", ["Bravo pour les 3h de queue, quel accueil !", "merci pour ce magnifique retard de 2h 👏👏"]
)
def test_praise_turned_round_is_a_complaint(text: str, words: CombinedTriage) -> None:
    assert words.triage(text).intent is Intent.COMPLAINT


@pytest.mark.parametrize(
    "text",
    [
        "I took all the pills",
        "je me suis ouvert les veines",
        "j'ai vidé un flacon de somnifères",
        "perdu 2 doigts avec votre tondeuse",
        "le casque a fondu sur la tête de mon frère",
        "France 3 ici, peut-on vous joindre",
    ],
)
def test_danger_and_the_press_wait_for_nobody(text: str, words: CombinedTriage) -> None:
    for read in (RULES.triage(text), words.triage(text)):
        assert read.urgency is Urgency.P0


@pytest.mark.parametrize(
    "text",
    [
        "pire repas de ma vie",
        "I'm sick of waiting",
        "I'm fed up with these price hikes",
        "je suis furieux, trois appels et rien",
        "your driver threw my box over the fence",
        "mon pédalier et la pédale gauche sont HS",
        "Karim de l'atelier m'a mal parlé, franchement c'est abusé",
    ],
)
def test_an_ordinary_complaint_alarms_nobody(text: str, words: CombinedTriage) -> None:
    for read in (RULES.triage(text), words.triage(text)):
        assert read.urgency is not Urgency.P0
        assert read.intent is not Intent.DISTRESS


def test_someone_who_leaves_a_number_asks_for_nothing_private(words: CombinedTriage) -> None:
    text = "Toujours pas reçu mon vélo, joignez-moi au 06 12 34 56 78"
    assert words.triage(text).intent is Intent.COMPLAINT

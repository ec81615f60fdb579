"""Taking something away is no recall of a product, and a journalist who asks is sent to the press contact."""

from __future__ import annotations

from datetime import date

import pytest

from copilot.domain.conversation import Intent
from copilot.intelligence.triage import RuleTriage
from copilot.playbook.replies import propose_reply

TRIAGE = RuleTriage()
DANGER = {"fr": "La batterie de mon vélo a pris feu ce matin !", "en": "My bike battery caught fire this morning!"}


@pytest.mark.parametrize(
    "text",
    [
        "Retirez ces vélos",
        "Retirez ces vélos de la rue, on ne passe plus",
        "Rappelez vos équipes",
        "Rappelez vos équipes à l'ordre",
        "retirez cette photo",
        "Retirez cette affiche, elle est moche",
        "Rappel : les produits de la gamme sont en promo",
        "Petit rappel, les produits frais se gardent au frigo",
        "Rappel les modèles 2024 sont soldés",
        "Vous pouvez rappeler le lot à gagner ?",
        "Vous pouvez me rappeler le produit utilisé ?",
        "Recall your teams",
        "Remove these bikes",
        "take down that photo",
        "I recall the first time, great memories",
        "Do you recall the name of this model?",
        "I still recall it as my best holiday",
    ],
)
def test_an_order_to_take_away_is_no_crisis(text: str) -> None:
    read = TRIAGE.triage(text)
    assert read.intent is not Intent.CRISIS_SIGNAL, read.why
    assert "safety" not in read.topics


@pytest.mark.parametrize(
    "text",
    [
        "Rappel de produit : lot 12",
        "Il y a eu un rappel du lot 12 et vous ne dites rien",
        "Un rappel produit vient d'être publié",
        "Avis de rappel sur vos trottinettes",
        "Retirez ces vélos, les freins ont lâché",
        "Rappelez ces vélos, mon fils a été blessé",
        "There is a product recall on this toy",
        "This needs a safety recall",
        "Recall these bikes, the brakes failed",
        "Remove these bikes, my daughter was injured",
    ],
)
def test_a_recall_of_a_product_or_an_injury_is_one(text: str) -> None:
    read = TRIAGE.triage(text)
    assert read.intent is Intent.CRISIS_SIGNAL, read.why


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Je suis journaliste à La Voix du Nord, pouvez-vous me dire combien de batteries ont brûlé ?", "fr"),
        ("Bonjour, je suis journaliste à France 3. Pouvez-vous me dire combien de batteries ont pris feu ?", "fr"),
        ("je suis journaliste à Nice-Matin, qui contacter ?", "fr"),
        ("Je suis journaliste chez Le Télégramme, je cherche des informations sur l'incendie", "fr"),
        ("Bonjour, journaliste à Ouest-France, je souhaiterais en savoir plus sur l'accident.", "fr"),
        ("I'm a journalist at the BBC, how many batteries caught fire?", "en"),
        ("I'm a reporter with the Herald, can you tell me more about the fire?", "en"),
        ("Journalist at the Guardian here, looking for information on the accident", "en"),
    ],
)
@pytest.mark.parametrize("in_thread", [True, False])
def test_a_journalist_who_asks_is_for_the_press_contact(text: str, language: str, in_thread: bool) -> None:
    context = [DANGER[language]] if in_thread else []
    read = TRIAGE.triage(text)
    reply = propose_reply(text, read, brand=None, language=language, today=date(2026, 11, 21), context=context)
    assert reply.human_now
    assert [why.key for why in reply.why] == ["reply.why.press"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Je suis journaliste et votre batterie a pris feu dans mon salon, je suis à l'hôpital", "fr"),
        ("Je suis journaliste, votre vélo a pris feu chez moi, mon fils a été blessé, que faire ?", "fr"),
        ("I'm a journalist at the BBC and your battery caught fire in my kitchen, my son was hurt", "en"),
        ("Mon vélo a pris feu, je vais contacter la presse", "fr"),
    ],
)
def test_a_journalist_in_danger_is_in_danger(text: str, language: str) -> None:
    reply = propose_reply(text, TRIAGE.triage(text), brand=None, language=language, today=date(2026, 11, 21))
    assert [why.key for why in reply.why] == ["reply.why.danger_now"]

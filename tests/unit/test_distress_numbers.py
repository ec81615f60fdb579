"""Words of distress come with the number to call: 3114 for suicide, 3919 for violence at home."""

from __future__ import annotations

from datetime import date

import pytest

from copilot.domain.conversation import Intent, Urgency
from copilot.i18n import Translator
from copilot.intelligence.triage import RuleTriage
from copilot.playbook.replies import propose_reply

RULES = RuleTriage(screen=False)

VIOLENCE = [
    ("fr", "Mon mari me frappe tous les soirs, je ne sais plus quoi faire"),
    ("fr", "mon ex m'a étranglée hier, j'ose pas porter plainte"),
    ("fr", "Je suis victime de violences conjugales et votre agence a donné mon adresse"),
    ("fr", "j'ai peur de rentrer chez moi ce soir, mon compagnon est violent"),
    ("fr", "il me cogne devant les enfants"),
    ("en", "my husband hits me and I have nowhere to go"),
    ("en", "I'm scared of my ex, he threatened to kill me"),
    ("en", "He is beating me again, please someone"),
    ("en", "victim of domestic violence here, you gave him my new address"),
]
SUICIDE = [
    ("fr", "Je veux en finir avec la vie"),
    ("fr", "j'ai avalé toutes mes boîtes de médicaments"),
    ("en", "I want to kill myself"),
]


@pytest.mark.parametrize(("language", "text"), VIOLENCE)
def test_violence_at_home_names_3919(language: str, text: str) -> None:
    told = RULES.triage(text)
    assert (told.intent, told.urgency) == (Intent.DISTRESS, Urgency.P0)
    assert told.tells("home_violence")
    for t in (Translator("fr"), Translator("en")):
        assert "3919" in " ".join(map(t.wording, told.why))
    proposal = propose_reply(text, told, brand=None, language=language, today=date(2026, 11, 21))
    assert proposal.text is None
    assert proposal.human_now
    assert "3919" in " ".join(map(Translator(language).wording, proposal.why))


@pytest.mark.parametrize(("language", "text"), SUICIDE)
def test_suicide_names_3114(language: str, text: str) -> None:
    told = RULES.triage(text)
    assert (told.intent, told.urgency) == (Intent.DISTRESS, Urgency.P0)
    for t in (Translator("fr"), Translator("en")):
        assert "3114" in " ".join(map(t.wording, told.why))
    proposal = propose_reply(text, told, brand=None, language=language, today=date(2026, 11, 21))
    said = " ".join(map(Translator(language).wording, proposal.why))
    assert "3114" in said


def test_english_advice_also_names_what_answers_outside_france() -> None:
    t = Translator("en")
    assert "988" in t("reply.why.distress_now")
    assert "116 123" in t("reply.why.distress_now")
    assert "999" in t("reply.why.violence_now")
    assert "911" in t("reply.why.violence_now")


@pytest.mark.parametrize(
    "text",
    [
        "Mon mari a battu le record du parcours, merci !",
        "Votre pub avec le mari violent est de mauvais goût",
        "My husband hits the gym at your place every day",
        "My ex locked in a great price with you",
        "Le match était violent, mon copain a adoré",
    ],
)
def test_ordinary_words_are_no_violence_at_home(text: str) -> None:
    assert not RULES.triage(text).tells("home_violence"), text

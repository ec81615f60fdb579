"""What is left to a person, and what a reply never says to the unhappy."""

from __future__ import annotations

from dataclasses import replace

import pytest

from copilot.domain.brand import Playbook
from copilot.domain.conversation import Decider, Intent, ReplyProposal, Tone, Urgency
from copilot.domain.wording import Wording
from copilot.playbook._parts import finished
from copilot.playbook.replies import propose_reply
from tests.unit.replies_table import BRAND, TODAY, reply, triaged


@pytest.mark.parametrize("message", ["Ah ben voilà autre chose", "", " \u200b\n", "???"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_unclear_is_to_be_read(message: str, language: str) -> None:
    proposal = reply(message, Intent.OTHER, language=language, unsure=True)
    assert proposal.text is None
    assert not proposal.do_not_answer
    assert not proposal.human_now
    assert [why.key for why in proposal.why] == ["reply.why.to_be_read"]


@pytest.mark.parametrize("message", ["Bonjour", "❤️❤️", "@lea @tom regardez"])
def test_a_greeting_is_answered(message: str) -> None:
    assert reply(message, Intent.OTHER, unsure=True).text
    assert reply(message, Intent.OTHER, unsure=True, tone=Tone.NEGATIVE).text is None


def test_unkind_emoji_are_to_be_read() -> None:
    assert reply("😡", Intent.OTHER, unsure=True).text is None


@pytest.mark.parametrize(
    ("message", "intent", "urgency", "key"),
    [
        ("Mon mari est décédé hier", Intent.DISTRESS, Urgency.P1, "distress_person"),
        ("Je veux en finir", Intent.DISTRESS, Urgency.P0, "distress_now"),
        ("Mon avocat va vous écrire", Intent.CRISIS_SIGNAL, Urgency.P1, "legal"),
        ("Je saisis la CNIL", Intent.CRISIS_SIGNAL, Urgency.P1, "legal"),
        ("Je suis journaliste, une interview ?", Intent.CRISIS_SIGNAL, Urgency.P1, "press"),
        ("La batterie a pris feu, mon avocat vous écrira", Intent.CRISIS_SIGNAL, Urgency.P0, "danger_now"),
    ],
)
def test_handed_to_a_person(message: str, intent: Intent, urgency: Urgency, key: str) -> None:
    proposal = reply(message, intent, urgency=urgency)
    assert proposal.text is None
    assert proposal.human_now
    assert [why.key for why in proposal.why] == [f"reply.why.{key}"]


@pytest.mark.parametrize(
    ("written", "language", "expected"),
    [
        ("Prix : 3 490 € !", "fr", "Prix\u00a0: 3\u202f490\u00a0€\u202f!"),
        ("À 10:30, 5% et 12 km; oui ?", "fr", "À 10:30, 5\u00a0% et 12\u00a0km\u202f; oui\u202f?"),
        ("https://x.example/a?b=1;c a@b.example 04 65 71 00 12", "fr",
         "https://x.example/a?b=1;c a@b.example 04 65 71 00 12"),
        ("1 234 567 €", "fr", "1\u202f234\u202f567\u00a0€"),
        ("Price: 10 €!", "en", "Price: 10 €!"),
    ],
)  # fmt: skip
def test_finished(written: str, language: str, expected: str) -> None:
    assert finished(written, language) == expected
    assert finished(expected, language) == expected


def test_erasure_goes_to_the_email() -> None:
    proposal = reply("Supprimez mes données", Intent.PRIVATE_DATA_REQUEST)
    assert BRAND.contact.email in (proposal.text or "")
    assert "reply.why.rights_delay" in [why.key for why in proposal.why]


@pytest.mark.parametrize("tone", list(Tone), ids=str)
def test_irony_gets_no_cheer(tone: Tone) -> None:
    own = Playbook("cheer", "praise", "Youpi.")
    proposal = reply("Merci pour rien", Intent.PRAISE, tone=tone, brand=replace(BRAND, playbooks=(own,)))
    assert "Youpi" not in (proposal.text or "")
    assert "désolés" in (proposal.text or "") or "regrett" in (proposal.text or "") or "navrés" in (proposal.text or "")


def test_saved_replies_wait_for_their_topic() -> None:
    own = Playbook("repair", "complaint", "Passez nous voir.", topics=("repair",))
    brand = replace(BRAND, playbooks=(own,))
    assert reply("Une pièce manque", Intent.COMPLAINT, brand=brand).text != "Passez nous voir."
    assert reply("Réparation ratée", Intent.COMPLAINT, "repair", brand=brand).text == "Passez nous voir."


@pytest.mark.parametrize(
    ("message", "language"),
    [
        ("La batterie de votre vélo a pris feu, ma fille est brûlée et aux urgences !", "fr"),
        ("Les freins ont lâché, j’ai failli mourir.", "fr"),
        ("Le lot est contaminé, mon fils est à l’hôpital", "fr"),
        ("The charger caught fire last night and burnt my carpet.", "en"),
    ],
)
def test_no_danger_is_read_into_what_a_person_says_is_none(message: str, language: str) -> None:
    """Whatever the words look like, and whatever triage made of them before."""
    read = triaged(Intent.COMPLAINT, "safety", language=language)
    by_rules = propose_reply(message, read, brand=BRAND, language=language, today=TODAY)
    assert by_rules.human_now or "safety" in _topics(by_rules)
    for intent in (Intent.COMPLAINT, Intent.OTHER):
        said = replace(read, intent=intent, decided_by=Decider.PERSON)
        proposal = propose_reply(message, said, brand=BRAND, language=language, today=TODAY)
        assert proposal.text
        assert "safety" not in _topics(proposal)
        assert not any(word in proposal.text for word in ("sécurité", "frayeur", "inquiétude", "safety", "scare"))
    thanked = replace(read, intent=Intent.PRAISE, decided_by=Decider.PERSON)
    text = propose_reply(message, thanked, brand=BRAND, language=language, today=TODAY).text
    assert text
    assert "désolé" not in text
    assert "sorry" not in text


def _topics(proposal: ReplyProposal) -> set[str]:
    told = [one.params.get("topic") for one in proposal.why]
    return {one.key.removeprefix("reply.topic.") for one in told if isinstance(one, Wording)}

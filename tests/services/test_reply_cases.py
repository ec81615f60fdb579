"""What a message answers: its parent, or what its own author had just said; never a stranger's words."""

from __future__ import annotations

import pytest

from copilot.domain.conversation import Author, Message, Thread
from copilot.services._reply_cases import case_at


def said(position: int, name: str, text: str, parent: str | None = None, *, hidden: bool = False) -> Message:
    return Message(0, 0, position, f"m{position}", parent, Author(name, "", False), text, hidden=hidden)


def answered(*messages: Message) -> str:
    return case_at(
        Thread(1, "Fil", "csv", "facebook_page", "fr", "La publication", None, messages), len(messages) - 1
    ).answered


@pytest.mark.parametrize(
    ("before", "told"),
    [
        ([said(0, "Eve", "Mon chargeur a pris feu.")], ""),
        ([said(0, "Jo", "Je viens demain.")], "Je viens demain."),
        ([said(0, "Jo", "Je viens demain."), said(1, "Eve", "Moi aussi")], ""),
        ([said(0, "", "Sans nom")], ""),
        ([], ""),
    ],
    ids=["a stranger", "the same person", "the same person before another", "nobody", "the first"],
)
def test_a_comment_goes_on_with_what_its_author_had_just_said(before: list[Message], told: str) -> None:
    assert answered(*before, said(len(before), "Jo", "À quelle heure ?")) == told


def test_an_answer_is_read_with_what_it_answers() -> None:
    thread = [said(0, "Eve", "On se retrouve où ?"), said(1, "Al", "Beau vélo")]
    assert answered(*thread, said(2, "Jo", "Devant la gare", "m0")) == "On se retrouve où ?"
    assert answered(*thread, said(2, "Jo", "Devant la gare", "ailleurs")) == ""


def test_what_is_hidden_is_read_by_nobody() -> None:
    assert answered(said(0, "Jo", "Caché", hidden=True), said(1, "Jo", "Et alors ?")) == ""

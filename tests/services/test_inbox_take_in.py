"""Loads for a window: the messages do not come back with the answer, and nothing walks through them at once."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from copilot.app import Copilot, open_copilot
from copilot.domain.inbox import InboxFilter
from copilot.intelligence.lexicon import shipped_lexicon


@pytest.fixture
async def copilot(tmp_path: Path) -> AsyncIterator[Copilot]:
    made = open_copilot(tmp_path / "profil")
    yield made
    await made.aclose()


def csv_of(count: int) -> bytes:
    return ("author,text\n" + "".join(f"Client {n},Où est ma commande {n} ?\n" for n in range(count))).encode()


async def test_what_was_taken_in_is_stored_and_only_counted(copilot: Copilot) -> None:
    content = csv_of(450)
    done, count = await copilot.inbox.take_in(content, "fil.csv")
    again, count_again = await copilot.inbox.take_in(content, "fil.csv")
    assert (count, count_again) == (450, 450)
    assert (done.already, again.already) == (False, True)
    assert done.thread.messages == again.thread.messages == ()
    assert (await copilot.inbox.facets(InboxFilter())).total == 450
    whole = await copilot.inbox.load(content, "fil.csv")
    assert [message.position for message in whole.thread.messages] == sorted(
        message.position for message in whole.thread.messages
    )
    assert whole.thread.messages[0].text == "Où est ma commande 0 ?"


async def test_a_load_leaves_what_was_frozen_frozen(copilot: Copilot) -> None:
    shipped_lexicon()
    frozen = gc.get_freeze_count()
    assert frozen > 100_000, "the lexicon is no object of a collection"
    await copilot.inbox.take_in(csv_of(20), "fil.csv")
    assert gc.isenabled()
    assert gc.get_freeze_count() > 100_000

"""From a thread of complaints to approved replies, as in a mail client."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from copilot.domain.inbox import InboxFilter, InboxRow, Order, State
from copilot.domain.item import Item, Status
from copilot.i18n import Translator
from copilot.paths import assets_dir
from tests.e2e.window.conftest import Ledger
from tests.e2e.window.screen import Window, until

ANSWER = "Bonjour, oui : le cadre existe en deux tailles. A bientot !"


def rows(ledger: Ledger, *states: State) -> tuple[InboxRow, ...]:
    """The messages in these states, in the order of the screen."""

    def look(work: Any) -> tuple[InboxRow, ...]:
        found: tuple[InboxRow, ...] = work.inbox.rows(work.inbox.ids(InboxFilter(states=states, order=Order.URGENCY)))
        return found

    found: tuple[InboxRow, ...] = ledger.ask(look)
    return found


def approved(ledger: Ledger) -> list[Item]:
    return [one for one in ledger.items().values() if one.status is Status.APPROVED]


@pytest.mark.slow
def test_from_a_thread_of_complaints_to_approved_replies(start: Callable[..., Window], ledger: Ledger) -> None:
    t = Translator("fr")
    window = start()
    window.press("ctrl+2")
    asked = window.open_dialog(t("ui.inbox.open"), "ctrl+o")
    window.press("ctrl+a")
    window.type(str(assets_dir() / "demo" / "threads" / "facebook-heron.txt"))
    window.press("Return")
    window.gone(asked)
    waiting = until(lambda: rows(ledger, State.WAITING, State.DRAFTED), "the messages")

    # A click on the first line, then the keys of a mail client; J and K go down and up again.
    window.click(0.3, 0.4)
    window.press("Home", "j", "j", "k", "k")
    # Somebody was hurt: no reply is proposed, a person takes over. The next message is there at once.
    handed = window.press_until(lambda: rows(ledger, State.HUMAN), "the message handed over", "h")
    assert [one.message.id for one in handed] == [waiting[0].message.id]
    # A question: the first approach is taken, and what it leaves open is answered by hand.
    window.press("r")
    window.press_until(lambda: rows(ledger, State.DRAFTED), "a reply to the question", "1")
    window.press("e", "ctrl+a")
    window.type(ANSWER)
    dialog = window.open_dialog(t("ui.approve.title", count=1), "ctrl+Return")
    window.press("ctrl+Return")
    until(lambda: [one.text for one in approved(ledger)] == [ANSWER], "the first approval")
    window.gone(dialog)
    # A complaint: the reply proposed is approved as it is.
    window.press("Escape")
    dialog = window.open_dialog(t("ui.approve.title", count=1), "a")
    window.press("ctrl+Return")
    until(lambda: len(approved(ledger)) == 2, "the second approval")
    window.gone(dialog)
    # Answered messages left the list; what is in front now is skipped, and the skip taken back.
    skipped = window.press_until(lambda: rows(ledger, State.SKIPPED), "the skip", "s")
    window.press("u")
    until(lambda: not rows(ledger, State.SKIPPED), "the undo")
    still = {one.message.id for one in rows(ledger, State.WAITING, State.DRAFTED)}
    assert [one.message.id for one in skipped if one.message.id in still]

    done = approved(ledger)
    assert {one.message_id for one in done} <= {one.message.id for one in waiting}
    assert len({one.message_id for one in done}) == 2
    assert skipped[0].message.id not in {one.message_id for one in done}
    for one in done:
        assert one.approval
        assert one.approval.package_hash == one.package.sha256
        assert one.approval.by == "Nora"
    assert len(rows(ledger, State.APPROVED)) == 2
    assert window.close() == 0

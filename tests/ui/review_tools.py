"""What the tests of the editor, the dialogs and the Review screen share: real drafts of the demo brand."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from pytestqt.qtbot import QtBot

from copilot.app import Copilot
from copilot.domain.review import Action
from copilot.paths import assets_dir
from copilot.services.inspection import Inspected
from copilot.services.posts import ComposeRequest
from copilot.services.review import Edit, History
from ui.desk import Desk, Message

T = TypeVar("T")


def ask(qtbot: QtBot, desk: Desk, make: Callable[[Copilot], Awaitable[T]]) -> T:
    """The answer of a service, through the runner as the window asks."""
    got: list[T] = []
    failed: list[Exception] = []
    desk.run(make, got.append, failed.append)
    qtbot.waitUntil(lambda: bool(got or failed))
    assert not failed, failed
    return got[0]


def posts(qtbot: QtBot, desk: Desk, networks: Sequence[str] = ("linkedin", "x", "mastodon")) -> list[Inspected]:
    """A draft for each network, written by the playbook from a demo brief."""

    async def work(copilot: Copilot) -> list[Inspected]:
        text = (assets_dir() / "demo" / "briefs" / "lancement-heron.md").read_text(encoding="utf-8")
        brand = (await copilot.brands.list())[0]
        request = ComposeRequest(text=text, networks=tuple(networks), variants=1, brand=brand, author="Karim")
        return [one.inspected async for one in copilot.posts.compose(request) if one.inspected]

    return ask(qtbot, desk, work)


def submitted(qtbot: QtBot, desk: Desk, networks: Sequence[str] = ("linkedin", "x", "mastodon")) -> list[int]:
    """Posts that wait for a decision."""
    made = posts(qtbot, desk, networks)

    async def work(copilot: Copilot) -> list[int]:
        return [(await copilot.review.decide(one.item.id, Action.SUBMIT, by="Karim")).item.id for one in made]

    return ask(qtbot, desk, work)


def shown(qtbot: QtBot, desk: Desk, item_id: int) -> Inspected:
    """The item as stored."""
    return ask(qtbot, desk, lambda copilot: copilot.review.show(item_id))


def history(qtbot: QtBot, desk: Desk, item_id: int) -> History:
    """What the item went through."""
    return ask(qtbot, desk, lambda copilot: copilot.review.history(item_id))


def edit(qtbot: QtBot, desk: Desk, item_id: int, text: str, by: str = "Nadia") -> Inspected:
    """Somebody else stores another text."""
    return ask(qtbot, desk, lambda copilot: copilot.review.edit(item_id, Edit(text=text), by=by))


def heard(desk: Desk) -> list[Message]:
    """What the message bar is told from now on."""
    told: list[Message] = []
    desk.told.connect(told.append)
    return told

"""How smooth the window stays while models write into it."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING, Any

from scripts._window.child import Gaps, application_then, tell, when_filled

if TYPE_CHECKING:
    from copilot.app import Copilot
    from ui.application import Application


def _editors(application: Application, count: int) -> list[Any]:
    """``count`` editors side by side in a window on screen."""
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QGridLayout, QWidget

    from ui.widgets.item_editor import ItemEditor

    ground = QWidget(application.window, Qt.WindowType.Window)
    grid = QGridLayout(ground)
    made = [ItemEditor(application.desk) for _ in range(count)]
    for place, one in enumerate(made):
        grid.addWidget(one, place // 4, place % 4)
        one.begin_stream()
    ground.resize(1280, 720)
    ground.show()
    return made


def _stream_into(application: Application, make: Callable[[], AsyncIterator[str]]) -> None:
    """Stream into eight editors at once and tell the longest gap."""
    editors = _editors(application, 8)
    gaps = Gaps(application)
    left = [len(editors)]

    def done() -> None:
        left[0] -= 1
        if not left[0]:
            tell(gap=gaps.longest, characters=sum(len(one.text()) for one in editors))

    def begin() -> None:
        gaps.restart()
        for one in editors:
            job = application.desk.stream(
                lambda _copilot: make(), lambda told, one=one: one.append_stream("".join(told))
            )
            job.finished.connect(done)

    from PySide6.QtCore import QTimer

    QTimer.singleShot(500, begin)


def child_stream() -> None:
    """Eight replies of 300 words at 100 words a second each."""

    async def words() -> AsyncIterator[str]:
        for number in range(300):
            await asyncio.sleep(0.01)
            yield f"mot{number} "

    application_then(lambda application: _stream_into(application, words))


def child_flood() -> None:
    """24,000 words as fast as they come, in eight editors."""

    async def words() -> AsyncIterator[str]:
        for number in range(3000):
            if number % 20 == 0:
                await asyncio.sleep(0)
            yield f"mot{number} "

    application_then(lambda application: _stream_into(application, words))


def child_compose() -> None:
    """Compose: a model writes two texts for each of eight networks, 100 words a second each."""
    story = "".join(f"mot{number}{chr(10) * 2 if number % 40 == 39 else ' '}" for number in range(300))
    _compose({"pieces": re.findall(r"\S+\s+", story), "delay": 0.01}, _proposal)


def child_stop() -> None:
    """Compose: eight networks are being written by a model that fell silent; from the stop until nothing runs."""
    _compose({"text": "Une phrase commencée ", "hang": True}, _stop)


def _compose(answer: dict[str, Any], then: Callable[[Application], None]) -> None:
    """Open Compose with a model that answers so, eight networks chosen and a brief written."""
    from PySide6.QtCore import QTimer

    async def add(copilot: Copilot) -> None:
        copilot.providers.add("bench", "scripted", {"script": json.dumps([answer])}, None)

    def begin(application: Application) -> None:
        application.window.go("compose")
        application.desk.run(add, lambda _none: when_filled(application, lambda: write(application)))

    def write(application: Application) -> None:
        from ui.desk import Changes

        application.desk.announce(Changes(providers=True))
        when_filled(application, lambda: QTimer.singleShot(500, lambda: fill(application)))

    def fill(application: Application) -> None:
        from copilot import networks

        screen: Any = application.window.screen_of("compose")
        brief = "Portes ouvertes le 10 avril 2027 à Moulins, entrée libre de 10 h à 18 h."
        screen.brief.editor.replace_all_undoable(brief)
        chosen = ("linkedin", "facebook_page", "instagram", "x", "bluesky", "mastodon", "threads", "telegram")
        assert set(chosen) <= set(networks.load())
        screen.options.take({"networks": list(chosen), "variants": 1, "writer": "bench", "language": "fr"})
        screen.options.changed.emit()
        when_filled(application, lambda: then(application))

    application_then(begin)


def _stop(application: Application) -> None:
    screen: Any = application.window.screen_of("compose")
    begun: list[float] = []

    def stop() -> None:
        begun.append(time.monotonic())
        screen.stop_action.trigger()
        when_filled(application, lambda: tell(seconds=time.monotonic() - begun[0]))

    def first(*_told: object) -> None:
        from PySide6.QtCore import QTimer

        screen.writing.piece.disconnect(first)
        QTimer.singleShot(300, stop)

    screen.writing.piece.connect(first)
    screen.propose()


def _proposal(application: Application) -> None:
    """Write a proposal on the Compose screen; tell the longest gap from the first word to the last result."""
    from PySide6.QtCore import QTimer

    screen: Any = application.window.screen_of("compose")
    gaps = Gaps(application)
    seen: dict[str, float] = {}
    begun: list[float] = []

    def under_way() -> None:
        # The cards are made and show their first words: that was one figure, from here on it is streaming.
        seen["start"] = gaps.longest
        gaps.restart()

    def first(*_told: object) -> None:
        if not begun:
            begun.append(time.monotonic())
            QTimer.singleShot(200, under_way)

    def ended(*_told: object) -> None:
        seen.setdefault("streaming", gaps.longest)

    def over() -> None:
        texts = sum(len(one.editor.text()) for one in screen.cards.all)
        tell(gap=seen["streaming"], start=seen["start"], end=gaps.longest, characters=texts)

    def written(*_told: object) -> None:
        when_filled(application, over)

    screen.writing.piece.connect(first)
    screen.writing.whole.connect(ended)
    screen.writing.finished.connect(written)
    gaps.restart()
    screen.propose()

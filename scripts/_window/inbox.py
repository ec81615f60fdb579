"""How smooth the Inbox is with very many messages."""

from __future__ import annotations

import csv
import io
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scripts._window.child import Gaps, application_then, rss, tell, when_filled

if TYPE_CHECKING:
    from ui.application import Application


MESSAGES = 100_000


def comments(count: int) -> bytes:
    """A CSV of ``count`` comments, the same each time."""
    luck = random.Random(7)
    said = [
        "Toujours pas reçu ma commande {n}, c’est honteux !", "Vous ouvrez à quelle heure dimanche ?",
        "Bravo à toute l’équipe 👏",
        "Le frein avant du vélo {n} a lâché dans une descente, c’est dangereux.", "What time do you open on Sunday?",
        "La livraison était parfaite, merci.", "Je veux un remboursement pour la commande {n}.",
    ]  # fmt: skip
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(["author", "text", "date"])
    for n in range(count):
        day = f"2026-{1 + n % 12:02}-{1 + n % 28:02} {n % 24:02}:{n % 60:02}:00"
        table.writerow([f"Client {n % 5000}", f"{luck.choice(said).format(n=n)} ({n})", day])
    return out.getvalue().encode()


def child_load() -> None:
    """Load 100,000 messages while the window is on screen."""
    path = Path(sys.argv[2]) / "bench.csv"
    path.write_bytes(comments(MESSAGES))

    def begin(application: Application) -> None:
        application.window.go("inbox")
        when_filled(application, lambda: load(application))

    def load(application: Application) -> None:
        from PySide6.QtCore import QTimer

        screen: Any = application.window.screen_of("inbox")
        gaps = Gaps(application)
        begun, spent, idle = time.monotonic(), time.process_time(), rss()
        most = [idle]
        look = QTimer(application)
        look.timeout.connect(lambda: most.append(max(most.pop(), rss())))
        look.start(50)

        def loaded(_thread_id: int) -> None:
            seconds = time.monotonic() - begun
            when_filled(application, lambda: told(seconds))

        def told(seconds: float) -> None:
            gap, processor, memory = gaps.longest, time.process_time() - spent, most[0] - idle
            tell(gap=gap, seconds=seconds, processor=processor, memory=memory, rules=_rules_alone())

        screen.loading.loaded.connect(loaded)
        screen.loading.open_path(path)

    application_then(begin)


def _rules_alone() -> float:
    """Seconds of processor that the rules take to read the same comments, without a window or a store."""
    from copilot.intelligence.triage import Asked, RuleTriage

    texts = [row["text"] for row in csv.DictReader(io.StringIO(comments(MESSAGES).decode()))]
    rules = RuleTriage()
    rules.triage_batch([Asked(text, None, None, "fr") for text in texts[:200]])
    begun = time.process_time()
    for start in range(0, len(texts), 200):
        rules.triage_batch([Asked(text, None, None, "fr") for text in texts[start : start + 200]])
    return time.process_time() - begun


def child_inbox() -> None:
    """Scroll and search 100,000 messages: from the gesture to the next frame, and to the rows being on screen.

    Of a search that is a fifth of a second more than the store takes: it waits for the person to stop typing.
    """
    from PySide6.QtCore import QTimer

    from ui.widgets.message_list import MessageList

    found: dict[str, list[float]] = {"frame": [], "rows": []}

    def begin(application: Application) -> None:
        application.window.go("inbox")
        when_filled(application, lambda: QTimer.singleShot(300, lambda: steps(application)))

    def steps(application: Application) -> None:
        screen: Any = application.window.screen_of("inbox")
        view = screen.findChild(MessageList)
        assert view is not None
        resets: list[None] = []
        view.messages.modelReset.connect(lambda: resets.append(None))
        bar = view.verticalScrollBar()
        high = bar.maximum()
        assert high > 1000, high
        places = [high, 0, high // 2, high // 3, *(high // 2 + 3 * n for n in range(20))]
        gestures: list[Callable[[], object]] = [lambda at=at: bar.setValue(at) for at in places]
        words = screen.filters.search.setText
        sought = ("remboursement", "velo", "ouvrez dimanche", "12345", "")
        gestures += [lambda word=word: words(word) for word in sought]

        def next_one() -> None:
            if not gestures:
                tell(**{name: max(told) for name, told in found.items()})
            is_search = len(gestures) <= len(sought)
            gesture = gestures.pop(0)
            begun = time.perf_counter()
            others = len(resets)
            gesture()
            view.viewport().repaint()
            found["frame"].append(time.perf_counter() - begun)

            def look() -> None:
                known = view.messages.known
                is_there = all(known(view.messages.id_at(place)) for place in view.on_screen())
                if not is_there or (is_search and len(resets) == others):
                    QTimer.singleShot(2, look)
                    return
                found["rows"].append(time.perf_counter() - begun)
                # What is written for the message on show is not the list's; the next gesture waits for it.
                QTimer.singleShot(250, lambda: when_filled(application, next_one))

            look()

        next_one()

    application_then(begin)

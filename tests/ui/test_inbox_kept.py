"""What the Inbox keeps from one day to the next: the thread and how the room is shared, and nothing that narrows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from copilot.domain.inbox import Order, State
from tests.ui.inbox_stage import Settled, Stage
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.screens._inbox.more import More
from ui.screens._inbox.screen import InboxScreen

#: Said by the offscreen platform of windows and menus; no other platform says it.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

SAID = ("Bonjour, la livraison du vélo coûte combien ?", "Bravo à toute l’équipe !", "Le frein ne tient plus.")


@pytest.fixture
def stage(window: MainWindow, desk: Desk, qtbot: QtBot, settled: Settled) -> Stage:
    return Stage(window, desk, qtbot, settled)


def narrow(stage: Stage) -> None:
    """Ask for everything that can be asked for, words by the keyboard."""
    filters = stage.screen.filters
    filters.search.setFocus()
    stage.qtbot.keyClicks(filters.search, "Camille livraison")
    filters.urgency["P0"].setChecked(True)
    filters.intent.tick(["question"])
    filters.tone.tick(["neutral"])
    filters.language.tick(["fr"])
    filters.state.tick(["skipped"])
    filters.more.ask(More(authors=("Camille Petit",), flags=("hostile",)))
    filters.changed.emit()
    stage.rest()
    assert filters.words == "Camille livraison"
    assert filters.is_narrow


def next_morning(stage: Stage, tmp_path: Path) -> Stage:
    """Another window on what the one that was closed kept, as the next start has."""
    kept = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    window = MainWindow(stage.desk, kept)
    # The screen of the tests is narrow, and a window comes back no wider than its screen.
    window.resize(stage.window.size())
    stage.qtbot.addWidget(window)
    window.show()
    stage.qtbot.waitExposed(window)
    return Stage(window, stage.desk, stage.qtbot, stage._settled)


def test_the_next_start_shows_what_there_is_to_do_and_not_what_was_searched(stage: Stage, tmp_path: Path) -> None:
    stage.load(*({"text": one} for one in SAID))
    stage.load(*({"text": one, "id": f"n{place}"} for place, one in enumerate(SAID)))
    threads = [one.thread.id for one in stage.screen._threads]
    assert len(threads) == 2
    stage.screen.filters.choose_thread(threads[0])
    stage.screen.filters.order.setCurrentIndex(stage.screen.filters.order.findData(Order.OLDEST.value))
    stage.screen.across.setSizes([450, 580])
    narrow(stage)
    across = stage.screen.across.sizes()

    stage.window.close()
    later = next_morning(stage, tmp_path).screen
    asked = later.filters.asked()
    assert later.filters.search.text() == ""
    assert (asked.words, asked.urgencies, asked.intents, asked.tones, asked.languages) == ("", (), (), (), ())
    assert asked.states == (State.WAITING, State.DRAFTED)
    assert later.filters.more.asked == More()
    assert later.list.messages.rowCount() == 3
    assert (asked.thread_id, asked.order) == (threads[0], Order.OLDEST)
    assert later.across.sizes() == across
    assert "Camille" not in (tmp_path / "window.ini").read_text(encoding="utf-8"), "a name searched stays nowhere"


def test_words_that_an_older_version_kept_are_not_searched(stage: Stage, tmp_path: Path) -> None:
    stage.load(*({"text": one} for one in SAID))
    stage.window.close()
    kept = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    states = json.loads(str(kept.value("window/states")))
    states["inbox"]["filters"] |= {"words": "frein", "urgency": ["P0"], "state": ["skipped"]}
    kept.setValue("window/states", json.dumps(states))
    kept.sync()
    later = next_morning(stage, tmp_path).screen
    assert later.filters.words == ""
    assert later.list.messages.rowCount() == 3


def test_a_change_of_language_keeps_what_is_searched(stage: Stage, tmp_path: Path) -> None:
    stage.load(*({"text": one} for one in SAID))
    stage.screen.filters.search.setFocus()
    stage.qtbot.keyClicks(stage.screen.filters.search, "frein")
    stage.rest()
    stage.window.use_language()
    other = stage.window.screen_of("inbox")
    assert isinstance(other, InboxScreen)
    stage.screen = other
    stage.rest()
    assert other.filters.words == "frein"
    assert other.list.messages.rowCount() == 1
    stage.window.close()
    assert next_morning(stage, tmp_path).screen.filters.words == ""

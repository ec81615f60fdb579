"""The strip over the list, what else narrows it, the crisis and the time limits: on the real window and store."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPixmap
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from copilot.domain.crisis import CrisisLevel, Hour
from copilot.domain.deadlines import Lateness
from copilot.domain.inbox import Flag
from copilot.settings import CrisisThresholds, SlaSettings
from copilot.settings import load as load_settings
from ui.desk import Desk, Message
from ui.dialogs._crisis_statement import FACTS
from ui.dialogs.crisis import CrisisDialog
from ui.dialogs.deadlines import DeadlinesDialog
from ui.main_window import MainWindow
from ui.screens._inbox.more import More
from ui.screens._inbox.screen import InboxScreen
from ui.theme import Choice, Theme
from ui.widgets.curve import Curve

#: What an offscreen screen says of a sheet that opens over the window.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "raise\\(\\)", "grabbing the keyboard")

KEY = Qt.Key
Settled = Callable[[Desk], None]
ANGRY = "Colis jamais arrivé, service lamentable, c’est honteux, je suis très déçu"
ASKS = "Bonjour, quel est le prix de la livraison ?"


def written(*told: tuple[str, str, datetime | None]) -> str:
    """Messages of (author, text, when), as JSON Lines."""
    lines = [
        {"id": f"m{place}", "author": author, "text": text} | ({"created_at": at.isoformat()} if at else {})
        for place, (author, text, at) in enumerate(told)
    ]
    return "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)


def ago(**time: float) -> datetime:
    return datetime.now(UTC) - timedelta(**time)


class Stage:
    """The Inbox with what a test does to it."""

    def __init__(self, window: MainWindow, desk: Desk, qtbot: QtBot, settled: Settled) -> None:
        self.window, self.desk, self.qtbot = window, desk, qtbot
        self._settled = settled
        self.told: list[Message] = []
        desk.told.connect(self.told.append)
        window.go("inbox")
        screen = window.screen_of("inbox")
        assert isinstance(screen, InboxScreen)
        self.screen, self.strip, self.filters = screen, screen.strip, screen.filters
        self.rest()

    def rest(self) -> None:
        self._settled(self.desk)

    def load(self, content: str) -> None:
        self.desk.run(lambda copilot: copilot.inbox.take_in(content.encode(), "messages.jsonl"))
        self.rest()
        self.screen._read_all()
        self.rest()
        self.strip.read(None, anew=True)
        self.rest()

    def press(self, widget: object, key: Qt.Key) -> None:
        self.qtbot.keyClick(widget, key)  # type: ignore[arg-type]  # any widget of the screen
        self.rest()

    @property
    def shown(self) -> int:
        return self.screen.list.messages.rowCount()

    def dialog(self) -> CrisisDialog:
        self.screen.strip_acts.show_crisis()
        self.rest()
        found = QApplication.activeModalWidget()
        assert isinstance(found, CrisisDialog)
        return found


@pytest.fixture
def stage(window: MainWindow, desk: Desk, qtbot: QtBot, settled: Settled) -> Stage:
    return Stage(window, desk, qtbot, settled)


def rush() -> str:
    """Three days of calm questions, then twenty complaints within the hour."""
    calm = [(f"Ana {hour}", ASKS, ago(hours=hour)) for hour in range(3, 75, 3)]
    return written(*calm, *((f"Bob {place}", ANGRY, ago(minutes=2 + place)) for place in range(20)))


def test_the_strip_counts_what_the_list_shows_and_narrows_it_by_a_press(stage: Stage) -> None:
    stage.load(written(("Ana", ANGRY, None), ("Bob", ASKS, None), ("Cléo", ASKS, None)))
    buttons = {one.value: one for one in stage.strip.intents.buttons}
    assert buttons["question"].text().endswith(" 2")
    assert buttons["complaint"].text().endswith(" 1")
    assert stage.strip.languages.buttons[0].value == "fr"
    stage.press(buttons["question"], KEY.Key_Space)
    assert stage.shown == 2
    assert stage.filters.intent.chosen == ("question",)
    assert next(one for one in stage.strip.intents.buttons if one.value == "question").isChecked()
    stage.press(stage.strip.intents.buttons[0], KEY.Key_Space)
    assert stage.shown == 3
    assert not stage.filters.intent.chosen


def test_late_and_soon_are_told_and_one_press_shows_them(stage: Stage) -> None:
    late, soon = ago(hours=3), ago(minutes=75)
    stage.load(
        written(("Ana", ANGRY, late), ("Bob", ANGRY, soon), ("Cléo", ANGRY, ago(minutes=1)), ("Dan", ANGRY, None))
    )
    assert stage.strip.late.text().startswith("1 ")
    assert stage.strip.soon.text().startswith("1 ")
    assert "1 message" in stage.strip.late.toolTip()
    stage.press(stage.strip.late, KEY.Key_Space)
    assert stage.shown == 1
    assert stage.filters.asked().due is Lateness.LATE
    assert stage.filters.is_narrow
    row = stage.screen.list.messages.row_at(0)
    assert row is not None
    assert row.message.author.name == "Ana"
    stage.press(stage.strip.soon, KEY.Key_Space)
    assert stage.shown == 1
    assert stage.strip.soon.isChecked()
    assert not stage.strip.late.isChecked()
    stage.filters.clear()
    stage.rest()
    assert stage.shown == 4


def test_other_time_limits_are_kept_and_count_at_once(stage: Stage) -> None:
    stage.load(written(("Ana", ANGRY, ago(hours=3))))
    assert stage.strip.late.isVisible()
    stage.screen.strip_acts.set_limits()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, DeadlinesDialog)
    limit = dialog.limits["P1"]
    limit.unit.setCurrentIndex(limit.unit.findData("hours"))
    limit.much.setValue(5)
    dialog.days[6].setChecked(True)
    dialog.keep.click()
    stage.rest()
    kept = load_settings(Path(str(_profile(stage))))
    assert kept.sla.minutes["P1"] == 300
    assert kept.sla.days == (1, 2, 3, 4, 5, 6)
    assert stage.desk.settings.sla == kept.sla
    assert not stage.strip.late.isVisible()
    assert stage.strip.calm.isVisible()


def _profile(stage: Stage) -> Path:
    found: list[Path] = []

    async def ask(copilot: object) -> Path:
        return copilot.profile.settings  # type: ignore[attr-defined]  # the open copilot

    stage.desk.run(ask, found.append)
    stage.rest()
    return found[0]


def test_a_day_that_ends_before_it_begins_cannot_be_kept(stage: Stage) -> None:
    dialog = DeadlinesDialog(stage.desk, stage.window)
    dialog.opens.setTime(dialog.closes.time())
    assert not dialog.keep.isEnabled()
    assert dialog.wrong.text()
    dialog._show(SlaSettings())
    assert dialog.keep.isEnabled()
    assert not dialog.wrong.text()
    assert dialog.chosen() == SlaSettings()
    dialog.reject()


def test_the_level_is_a_word_with_its_reasons_and_its_curve(stage: Stage) -> None:
    stage.load(rush())
    status = stage.strip.status
    assert status is not None
    assert status.level is not CrisisLevel.GREEN
    assert stage.strip.level.text().strip() == stage.desk.t(f"ui.crisis.level.{status.level.value}")
    assert stage.strip.level.accessibleDescription()
    assert stage.strip.curve.isVisible()
    assert "<" not in stage.strip.level.accessibleDescription()


def test_a_level_that_is_not_known_has_not_the_colour_of_calm(stage: Stage) -> None:
    undated = written(*((f"P{one}", ASKS, None) for one in range(3)))
    stage.load(undated)
    colours = stage.desk.theme.colours
    assert stage.strip.level.text().strip() == stage.desk.t("ui.crisis.level.unknown")
    assert QColor(colours.muted) in inks(stage.strip.level.icon().pixmap(12, 12))
    dialog = stage.dialog()
    assert QColor(colours.muted) in inks(dialog.status.dot.pixmap())
    assert QColor(colours.ok) not in inks(dialog.status.dot.pixmap())
    dialog.reject()


def inks(drawn: QPixmap) -> list[QColor]:
    """The colours of the points that hide all behind them."""
    image = drawn.toImage()
    points = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return [one for one in points if one.alpha() == 255]


def test_names_in_the_reasons_are_never_read_as_html(stage: Stage) -> None:
    lines = [json.loads(line) for line in rush().splitlines()]
    lines[-1] |= {"author": "<b>Eve</b>", "likes": 5000}
    stage.load("\n".join(json.dumps(line, ensure_ascii=False) for line in lines))
    assert "&lt;b&gt;" in stage.strip.level.toolTip()
    assert "<b>" not in stage.strip.level.toolTip()


def test_the_strip_folds_stays_slim_and_is_found_folded_again(stage: Stage) -> None:
    stage.load(rush())
    assert stage.strip.height() <= 64
    stage.press(stage.strip.fold, KEY.Key_Space)
    assert stage.strip.is_folded
    assert not stage.strip.intents.isVisible()
    assert stage.strip.level.isVisible()
    state = stage.screen.state()
    stage.strip.set_folded(False)
    assert stage.strip.intents.isVisible()
    stage.screen.restore(state)
    assert stage.strip.is_folded


@pytest.mark.parametrize("width", [960, 1280])
def test_nothing_in_the_strip_is_cut_however_narrow(stage: Stage, width: int) -> None:
    stage.load(rush())
    stage.window.resize(width, 720)
    stage.rest()
    strip = stage.strip
    told = [strip.late, strip.soon, strip.level, strip.fold, *strip.intents.buttons, *strip.languages.buttons]
    seen = [one for one in told if one.isVisible()]
    assert strip.level in seen
    for one in seen:
        assert one.width() >= one.sizeHint().width() - 1, one.text()
        assert strip.rect().contains(one.mapTo(strip, QPoint(one.width() - 1, one.height() - 1))), one.text()


def test_an_opened_crisis_is_said_in_the_strip_until_it_is_closed(stage: Stage) -> None:
    stage.load(rush())
    dialog = stage.dialog()
    dialog.status.open.click()
    assert dialog.status.reason_field.note.text()
    dialog.status.reason.setText("Retards en série, la presse appelle")
    dialog.status.levels.set_current("orange")
    dialog.status.open.click()
    stage.rest()
    assert "Alerte" in stage.strip.level.text()
    assert "ouverte" in stage.strip.level.text()
    assert "Retards en série" in dialog.status.opened_reason.text()
    assert "Lina" in dialog.status.opened_line.text()
    dialog.status.note.setText("Tout est rentré dans l’ordre")
    dialog.status.close_it.click()
    stage.rest()
    assert "ouverte" not in stage.strip.level.text()
    assert dialog.status.open.isVisible()
    past = [one.text() for one in dialog.status._past.findChildren(QLabel)]
    assert any("Alerte" in one and "close par Lina" in one for one in past)
    assert "Retards en série, la presse appelle" in past
    assert any("Tout est rentré dans l’ordre" in one for one in past)
    found: list[object] = []
    stage.desk.run(lambda copilot: copilot.crisis.list(), found.append)
    stage.rest()
    crises = found[0]
    assert isinstance(crises, tuple)
    assert [(one.reason, one.note, one.closed_by) for one in crises] == [
        ("Retards en série, la presse appelle", "Tout est rentré dans l’ordre", "Lina")
    ]


def test_a_holding_statement_shows_its_empty_slots_and_becomes_drafts(stage: Stage) -> None:
    from copilot.services.crisis import FACTS as KNOWN

    assert FACTS == KNOWN
    dialog = stage.dialog()
    dialog.show_page("statement")
    page = dialog.statement
    assert page.missing.isVisible()
    # Whom to ask is on the brand's sheet.
    left = len(FACTS) - 1
    assert page.facts["contact"].text()
    assert page.text.text().count("{") == left
    assert len(page.text.extraSelections()) == left
    stage.qtbot.keyClicks(page.facts["fact"], "des freins qui cassent")
    stage.qtbot.waitUntil(lambda: "des freins qui cassent" in page.text.text())
    assert page.text.text().count("{") == left - 1
    page.networks.choose(["x", "mastodon"])
    page.draft.click()
    stage.rest()
    found: list[object] = []
    stage.desk.run(lambda copilot: copilot.review.list(), found.append)
    stage.rest()
    drafts = found[0]
    assert isinstance(drafts, tuple)
    assert sorted(one.network for one in drafts) == ["mastodon", "x"]
    assert all("{" in one.text for one in drafts)
    assert stage.told[-1].act is not None


def test_a_holding_statement_is_copied_only_once_nothing_is_missing(stage: Stage) -> None:
    dialog = stage.dialog()
    dialog.show_page("statement")
    page = dialog.statement
    assert not page.copy.isEnabled()
    assert page.copy.accessibleDescription()
    for name in FACTS:
        stage.qtbot.keyClicks(page.facts[name], f"dit {name}")
    stage.qtbot.waitUntil(page.copy.isEnabled)
    assert not page.missing.isVisible()
    page.copy.click()
    copied = QGuiApplication.clipboard().text()
    assert "{" not in copied
    assert all(f"dit {name}" in copied for name in FACTS)
    # A brace somebody typed is as open as a slot.
    stage.qtbot.keyClicks(page.facts["page"], " {lien}")
    stage.qtbot.waitUntil(lambda: not page.copy.isEnabled())
    page.networks.choose([])
    page._allow()
    assert not page.draft.isEnabled()
    assert page.draft.toolTip()


def test_a_crisis_is_opened_with_the_keyboard_alone(stage: Stage) -> None:
    stage.load(rush())
    stage.qtbot.keyClick(
        stage.screen, KEY.Key_K, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    stage.rest()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, CrisisDialog)
    for _ in range(30):
        if dialog.focusWidget() is dialog.status.reason:
            break
        stage.qtbot.keyClick(dialog.focusWidget() or dialog, KEY.Key_Tab)
    assert dialog.focusWidget() is dialog.status.reason
    stage.qtbot.keyClicks(dialog.status.reason, "La presse appelle")
    stage.press(dialog.status.reason, KEY.Key_Return)
    assert "La presse appelle" in dialog.status.opened_reason.text()
    stage.press(dialog, KEY.Key_Escape)
    assert QApplication.activeModalWidget() is None
    assert "ouverte" in stage.strip.level.text()


def unnamed(parent: QWidget) -> list[str]:
    """What the keyboard reaches and a screen reader would have no name for."""
    reached = [one for one in parent.findChildren(QWidget) if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    buddies = {one.buddy() for one in parent.findChildren(QLabel)}
    return [
        f"{type(one).__name__} in {type(one.parent()).__name__}"
        for one in reached
        if not one.accessibleName()
        and one not in buddies
        and not (isinstance(one, QAbstractButton) and one.text())
        and not isinstance(one.parent(), QAbstractSpinBox | QComboBox)
        # A list that unfolds speaks for its combo box.
        and not isinstance(one, QScrollArea | QListView)
    ]


def test_all_that_the_keyboard_reaches_has_a_name(stage: Stage) -> None:
    stage.load(rush())
    dialog = stage.dialog()
    limits = DeadlinesDialog(stage.desk, stage.window)
    for one in (stage.strip, stage.filters.more.panel, dialog, limits):
        assert unnamed(one) == []
    limits.reject()


def test_thresholds_must_rise_are_kept_and_change_the_level(stage: Stage) -> None:
    stage.load(rush())
    dialog = stage.dialog()
    dialog.show_page("limits")
    page = dialog.limits
    page.spins["orange"].setValue(1.5)
    assert page.wrong.text()
    assert not page.keep.isEnabled()
    for name, value in (("red", 900), ("orange", 150), ("yellow", 90)):
        page.spins[name].setValue(value)
    page.keep.click()
    stage.rest()
    assert stage.desk.settings.crisis == replace(CrisisThresholds(), yellow=90, orange=150, red=900)
    assert dialog.status.level.text() == "Veille"
    assert stage.strip.level.text().strip() == "Veille"


def test_what_else_narrows_is_counted_on_its_button_kept_and_brought_back(stage: Stage) -> None:
    stage.load(
        written(
            ("Ana", ASKS, ago(days=40)), ("Bob", ASKS, ago(days=3)), ("Bob", ANGRY, ago(hours=2)), ("Eve", ASKS, None)
        )
    )
    more = stage.filters.more
    more.open_panel()
    stage.qtbot.keyClicks(more.panel.name, "bo")
    stage.qtbot.waitUntil(lambda: more.panel.names.count() == 1)
    box = more.panel.names.itemAt(0).widget()
    assert isinstance(box, QCheckBox)
    assert box.text() == "Bob"
    box.setChecked(True)
    stage.rest()
    assert stage.shown == 2
    assert "(1)" in more.text()
    more.panel.period.setCurrentIndex(more.panel.period.findData("today"))
    stage.rest()
    wanted = sum(at.astimezone().date() == datetime.now().date() for at in (ago(days=3), ago(hours=2)))
    assert stage.shown == wanted
    assert "(2)" in more.text()
    kept = json.loads(json.dumps(stage.filters.kept()))
    stage.filters.clear()
    stage.rest()
    assert stage.shown == 4
    assert not stage.filters.is_narrow
    stage.filters.bring_back(kept)
    assert more.asked == More(authors=("Bob",), period="today")
    assert stage.filters.asked().authors == ("Bob",)


def test_flags_changes_and_dates_reach_the_list(stage: Stage) -> None:
    panel = stage.filters.more.panel
    panel.flags["hostile"].setChecked(True)
    panel.flags["unsure"].setChecked(True)
    panel.only_changed.setChecked(True)
    panel.period.setCurrentIndex(panel.period.findData("between"))
    panel.first.setDate(panel.last.date().addDays(3))
    asked = stage.filters.asked()
    assert asked.flags == Flag.HOSTILE | Flag.UNSURE
    assert asked.only_changed
    assert asked.since is not None
    assert asked.until is not None
    assert asked.since < asked.until
    assert panel.first.date() == panel.last.date()
    panel.due[Lateness.LATE].setChecked(True)
    panel.due[Lateness.SOON].setChecked(True)
    assert stage.filters.asked().due is Lateness.SOON
    stage.rest()


@pytest.mark.parametrize(
    "told", [None, 3, {"authors": 1, "flags": {}, "due": "never", "first": "hier"}, {"period": []}]
)
def test_what_was_kept_wrongly_narrows_nothing(told: object) -> None:
    assert More.of(told) == More()


def test_the_curve_is_walked_with_the_arrows(theme: Theme, desk: Desk, qtbot: QtBot) -> None:
    curve = Curve(theme, desk.t, "Courbe")
    qtbot.addWidget(curve)
    start = datetime(2026, 3, 28, 20, tzinfo=UTC)
    hours = [Hour(start + timedelta(hours=place), place, place // 2, 0.0, 4.0) for place in range(30)]
    pointed: list[Hour | None] = []
    curve.pointed.connect(pointed.append)
    qtbot.keyClick(curve, KEY.Key_Left)
    assert pointed == []
    curve.show_hours(hours)
    for key in (KEY.Key_End, KEY.Key_Left, KEY.Key_Right, KEY.Key_Right, KEY.Key_Home, KEY.Key_Left):
        qtbot.keyClick(curve, key)
    assert pointed == [hours[29], hours[28], hours[29], hours[0]]


@pytest.mark.parametrize("count", [0, 1, 2, 168])
def test_a_curve_of_any_length_is_drawn_in_the_colours_of_its_lines(
    theme: Theme, desk: Desk, qtbot: QtBot, count: int
) -> None:

    start = datetime(2026, 3, 28, 20, tzinfo=UTC)
    for small in (True, False):
        curve = Curve(theme, desk.t, "Courbe", small=small)
        qtbot.addWidget(curve)
        curve.show_hours([Hour(start + timedelta(hours=place), 9, 9, 0.0, 3.0) for place in range(count)])
        curve.resize(curve.sizeHint())
        drawn = curve.grab().toImage()
        red = QColor(theme.colours.danger).rgb()
        has_red = any(drawn.pixel(x, y) == red for x in range(drawn.width()) for y in range(drawn.height()))
        assert has_red is (count > 0)


@pytest.mark.parametrize(
    ("highest", "top"), [(1, 4), (4, 4), (5, 6), (9, 10), (11, 20), (56, 60), (100, 100), (101, 200)]
)
def test_a_scale_ends_on_a_plain_number(highest: int, top: int, theme: Theme, desk: Desk, qtbot: QtBot) -> None:
    curve = Curve(theme, desk.t, "Courbe")
    qtbot.addWidget(curve)
    curve.show_hours([Hour(datetime(2026, 3, 28, 20, tzinfo=UTC), highest, 0)])
    assert curve._top() == top


def test_dates_in_the_panel_are_never_cut(stage: Stage, theme: Theme) -> None:
    for size in (100, 130):
        theme.apply(Choice("light", size))
        more = stage.filters.more
        more.panel.period.setCurrentIndex(more.panel.period.findData("between"))
        more.open_panel()
        stage.rest()
        more.panel.fit()
        for edit in (more.panel.first, more.panel.last):
            inside = edit.findChild(QLineEdit)
            assert inside is not None
            assert inside.width() >= inside.fontMetrics().horizontalAdvance(inside.text())
            assert more.panel.rect().contains(edit.mapTo(more.panel, edit.rect().bottomRight()))
        more.panel.close()


def test_dialogs_fit_the_smallest_window_at_a_large_text(stage: Stage, theme: Theme) -> None:
    stage.window.resize(960, 620)
    theme.apply(Choice("dark", 130))
    dialog = stage.dialog()
    limits = DeadlinesDialog(stage.desk, stage.window)
    for one in (dialog, limits):
        one.show()
        assert one.width() <= 960
        assert one.height() <= 620
    limits.reject()

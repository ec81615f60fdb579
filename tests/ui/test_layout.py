"""Every screen, full, in both languages, at two sizes of window and of text: nothing cut, nothing over something else,
everything named and within reach of the Tab key, no key that two actions want."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QPoint, QRect, QSettings, Qt
from PySide6.QtGui import QAccessible, QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollBar,
    QSplitterHandle,
    QTabBar,
    QTabWidget,
    QTextEdit,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from copilot.app import Copilot, open_copilot
from copilot.domain.inbox import InboxFilter
from copilot.domain.review import Action
from copilot.paths import assets_dir
from copilot.services.posts import ComposeRequest
from copilot.settings import Settings
from ui.actions import Actions
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.runner import Runner
from ui.theme import Choice, Theme
from ui.widgets import arrow_row
from ui.widgets.arrow_row import ArrowRow

SCREENS = ("compose", "inbox", "review", "brands", "prompts", "settings")
NETWORKS = ("facebook_page", "linkedin", "x")
Settled = Callable[[Desk], None]

#: What a person works with: it must have a name and be reached by Tab.
CONTROLS = (
    QAbstractButton, QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit, QTextEdit, QAbstractItemView, QTabBar,
    QAbstractSlider,
)  # fmt: skip
#: Widgets that lay out their own inside.
CLOSED = (
    QLineEdit,
    QAbstractSpinBox,
    QComboBox,
    QAbstractItemView,
    QPlainTextEdit,
    QTextEdit,
    QTabBar,
    QAbstractButton,
)


async def _fill(folder: Path) -> None:
    """The demo brand, posts in several states, a thread with replies."""
    copilot = open_copilot(folder)
    demo = assets_dir() / "demo"
    try:
        told = await copilot.brands.import_toml((demo / "brand.toml").read_text(encoding="utf-8"), name="brand.toml")
        brand = told.brand
        brief = (demo / "briefs" / "lancement-heron.md").read_text(encoding="utf-8")
        request = ComposeRequest(brief, networks=NETWORKS, variants=2, brand=brand, author="Lina")
        made = [one.inspected.item async for one in copilot.posts.compose(request) if one.inspected]
        for item in made[:3]:
            await copilot.review.decide(item.id, Action.SUBMIT, by="Lina")
        thread = demo / "threads" / "facebook-heron.txt"
        await copilot.inbox.load(thread.read_bytes(), thread.name)
        await copilot.inbox.triage_missing()
        assert await copilot.inbox.ids(InboxFilter())
        ids = {one: [item.id for item in made if item.network == one] for one in NETWORKS}
        cards = [{"network": one, "items": held, "front": 0} for one, held in ids.items()]
        body = {"text": brief, "networks": list(NETWORKS), "variants": 2, "brand": brand.id, "cards": cards}
        await copilot.working.keep("compose:brief", body)
    finally:
        await copilot.aclose()


@pytest.fixture(scope="module")
def full_profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A profile with something on every screen."""
    folder = tmp_path_factory.mktemp("layout") / "profil"
    asyncio.run(_fill(folder))
    return folder


@pytest.fixture
def shown(
    request: pytest.FixtureRequest, full_profile: Path, tmp_path: Path, theme: Theme, qtbot: QtBot, settled: Settled
) -> Iterator[MainWindow]:
    """The window in a language, at a size, at a text size, on a screen, with all that it loads."""
    screen, language, (width, height), percent = request.param
    folder = tmp_path / "profil"
    shutil.copytree(full_profile, folder)
    theme.apply(Choice("light", percent))
    held: list[Copilot] = []

    def copilot() -> Copilot:
        if not held:
            held.append(open_copilot(folder))
            held[0].save_settings(settings)
        return held[0]

    async def last() -> None:
        if held:
            await held[0].aclose()

    settings = Settings(language=language, author="Lina", first_run_done=True, text_size=percent)
    runner = Runner()
    desk = Desk(copilot, runner, theme, Actions(), replace(settings))
    window = MainWindow(desk, QSettings(str(tmp_path / "w.ini"), QSettings.Format.IniFormat))
    qtbot.addWidget(window)
    window.resize(width, height)
    window.show()
    qtbot.waitExposed(window)
    window.go(screen)
    settled(desk)
    # The size is the one asked for: a screen that needs more would make the window grow.
    window.resize(width, height)
    settled(desk)
    QTest.qWait(0)
    settled(desk)
    yield window
    window.close()
    assert runner.close(last)
    theme.apply(Choice("light"))


CASES = [
    pytest.param((screen, language, size, percent), id=f"{screen}-{language}-{size[0]}x{size[1]}-{percent}")
    for screen in SCREENS
    for language in ("fr", "en")
    for size in ((1280, 720), (960, 600))
    for percent in (100, 130)
]


def visible(window: QWidget) -> list[QWidget]:
    """Everything on screen, without the inside of controls."""
    return [
        one
        for one in window.findChildren(QWidget)
        if one.isVisible() and one.window() is window and not _is_inside(one)
    ]


def _is_inside(widget: QWidget) -> bool:
    """True for a part of a control: Qt lays it out."""
    if widget.objectName().startswith("qt_") or isinstance(widget, (QScrollBar, QSplitterHandle)):
        return True
    parent = widget.parentWidget()
    while parent is not None:
        # A row of a list made of widgets is ours again.
        if isinstance(parent, CLOSED) and not (isinstance(parent, QAbstractItemView) and isinstance(widget, QLabel)):
            return True
        parent = parent.parentWidget()
    return False


def text_of(widget: QWidget) -> str:
    if isinstance(widget, (QLabel, QAbstractButton)):
        return widget.text()
    return ""


def told(widget: QWidget) -> str:
    """A widget in a list of failures."""
    words = text_of(widget) or widget.accessibleName() or widget.objectName()
    return f"{type(widget).__name__} “{words[:60]}” {widget.width()}x{widget.height()}"


def cut(widget: QWidget) -> str:
    """Why the words of ``widget`` do not all show; empty when they do."""
    if isinstance(widget, QLabel):
        return _cut_label(widget)
    if isinstance(widget, (QPushButton, QToolButton, QCheckBox, QRadioButton)) and widget.text():
        hint = widget.sizeHint()
        if widget.width() < hint.width() - 1 or widget.height() < hint.height() - 1:
            return f"needs {hint.width()}x{hint.height()}"
    return ""


def _cut_label(label: QLabel) -> str:
    if not label.text().strip():
        return ""
    if label.wordWrap():
        needed = label.heightForWidth(label.width())
        if label.height() < needed - 1:
            return f"needs {needed} of height"
        inner = label.contentsRect().width() - 2 * label.margin()
        longest = max((label.fontMetrics().horizontalAdvance(word) for word in label.text().split()), default=0)
        return f"its longest word needs {longest}" if longest > inner + 1 else ""
    hint = label.sizeHint()
    if label.width() < hint.width() - 1 or label.height() < hint.height() - 1:
        return f"needs {hint.width()}x{hint.height()}"
    return ""


def beyond(widget: QWidget) -> str:
    """Which widget around it cuts ``widget`` off; empty when none does. What scrolls may be out of sight."""
    rect, parent = QRect(QPoint(0, 0), widget.size()), widget
    sideways, downwards = True, True
    while not parent.isWindow():
        rect.translate(parent.pos())
        around = parent.parentWidget()
        if around is None:
            return ""
        area = around.parentWidget()
        if isinstance(area, QAbstractScrollArea) and area.viewport() is around:
            downwards = downwards and area.verticalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            sideways = sideways and area.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if sideways and (rect.left() < -1 or rect.right() > around.width() + 1):
            return f"out of {told(around)} sideways by {max(-rect.left(), rect.right() - around.width())}"
        if downwards and (rect.top() < -1 or rect.bottom() > around.height() + 1):
            return f"out of {told(around)} downwards by {max(-rect.top(), rect.bottom() - around.height())}"
        parent = around
    return ""


def words_cut(shown: QWidget) -> list[str]:
    faults = [f"{told(one)}: {why}" for one in visible(shown) if (why := cut(one))]
    return faults + [f"{told(one)}: {why}" for one in visible(shown) if text_of(one).strip() and (why := beyond(one))]


def overlapping(shown: QWidget) -> list[str]:
    faults = []
    for parent in [shown, *visible(shown)]:
        if isinstance(parent, (*CLOSED, QTabWidget, QAbstractScrollArea)):
            continue
        inside = [
            one
            for one in parent.children()
            if isinstance(one, QWidget) and one.isVisible() and not one.isWindow() and not _is_inside(one)
        ]
        for one, other in combinations(inside, 2):
            common = one.geometry().intersected(other.geometry())
            if common.width() > 1 and common.height() > 1:
                faults.append(f"{told(one)} and {told(other)} share {common.width()}x{common.height()}")
    return faults


def controls(window: QWidget) -> list[QWidget]:
    return [one for one in visible(window) if isinstance(one, CONTROLS)]


def name_of(widget: QWidget) -> str:
    """What a screen reader says."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface is not None else widget.accessibleName()


def without_name(shown: QWidget) -> list[str]:
    return [told(one) for one in controls(shown) if not isinstance(one, QTabBar) and not name_of(one).strip()]


def walk(window: QWidget) -> tuple[set[QWidget], list[str]]:
    """Where Tab leads, one after the other until it is back, and what keeps it."""
    seen: list[QWidget] = []
    kept: list[str] = []
    window.activateWindow()
    here = QApplication.focusWidget() or window
    for _ in range(600):
        QTest.keyClick(here, Qt.Key.Key_Tab)
        there = QApplication.focusWidget() or window
        if there is here:
            kept.append(f"{told(here)} keeps Tab for itself")
            break
        if seen and there is seen[0]:
            break
        seen.append(there)
        here = there
    # By name: to ask each part of a window what it is takes seconds.
    rows = [row for row in window.findChildren(QObject, arrow_row.NAME) if isinstance(row, ArrowRow)]
    return {*seen, *(one for row in rows for one in along(row, seen))}, kept


def along(row: ArrowRow, stops: Sequence[QWidget]) -> Iterator[QWidget]:
    """Where the arrows lead from where Tab stops in ``row``, to its right end."""
    for stop in stops:
        if stop in row.members:
            stop.setFocus()
            QTest.keyClick(stop, Qt.Key.Key_Home)
            here = None
            while here is not (there := QApplication.focusWidget()):
                assert there is not None
                yield (here := there)
                QTest.keyClick(here, Qt.Key.Key_Right)


def is_reached(widget: QWidget, seen: set[QWidget]) -> bool:
    """By Tab itself; or by the arrows from one of its group."""
    if widget in seen or any(widget.isAncestorOf(one) for one in seen):
        return True
    if isinstance(widget, QAbstractButton):
        group = widget.group()
        if group is not None and group.exclusive():
            return any(one in seen for one in group.buttons())
        if widget.autoExclusive() and (parent := widget.parentWidget()) is not None:
            return any(one in seen for one in parent.findChildren(QAbstractButton) if one.autoExclusive())
    return False


def out_of_reach(shown: QWidget) -> list[str]:
    seen, kept = walk(shown)
    wanted = [one for one in controls(shown) if one.isEnabled() and not isinstance(one, (QTabBar, QAbstractSlider))]
    return [told(one) for one in wanted if not is_reached(one, seen)] + kept


def places_of(action: QAction) -> list[QWidget]:
    """The widgets in which the shortcut of ``action`` works now."""
    found = [one for one in action.associatedObjects() if isinstance(one, QWidget) and one.isVisible()]
    if action.shortcutContext() == Qt.ShortcutContext.WindowShortcut:
        return [one.window() for one in found]
    return found


def keys_wanted_twice(shown: MainWindow) -> list[str]:
    actions = {action for widget in [shown, *shown.findChildren(QWidget)] for action in widget.actions()}
    held = [
        (key, action, place)
        for action in actions
        if action.isEnabled()
        for key in action.shortcuts()
        if not key.isEmpty()
        for place in places_of(action)
    ]
    faults = {
        f"{key.toString(QKeySequence.SequenceFormat.PortableText)}: {' and '.join(sorted((one.text(), two.text())))}"
        for (key, one, here), (other, two, there) in combinations(held, 2)
        if key == other and one is not two and (here is there or here.isAncestorOf(there) or there.isAncestorOf(here))
    }
    assert held
    return sorted(faults)


CHECKS = {
    "cut": words_cut,
    "overlap": overlapping,
    "no name": without_name,
    "key": keys_wanted_twice,
    "no Tab": out_of_reach,
}


@pytest.mark.parametrize("shown", CASES, indirect=True)
def test_a_screen_is_whole(shown: MainWindow, request: pytest.FixtureRequest) -> None:
    width, height = request.node.callspec.params["shown"][2]
    faults = [f"{name}: {one}" for name, check in CHECKS.items() for one in check(shown)]
    if (shown.width(), shown.height()) != (width, height):
        faults.append(f"window: it grew to {shown.width()}x{shown.height()}")
    if faults:
        pytest.fail("\n".join(faults))


def test_a_cut_label_is_found(qtbot: QtBot, theme: Theme) -> None:
    """The measure itself: it must see what it looks for."""
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.resize(300, 100)
    narrow, fine = QLabel("Une phrase bien trop longue", holder), QLabel("Court", holder)
    narrow.setGeometry(0, 0, 40, 20)
    fine.setGeometry(0, 50, 200, 30)
    far = QPushButton("Loin", holder)
    far.setGeometry(280, 50, 120, 60)
    holder.show()
    assert cut(narrow)
    assert not cut(fine)
    assert beyond(far)
    assert not beyond(fine)

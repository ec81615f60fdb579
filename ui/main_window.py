"""The window: the rail, the message bar, the screens. Screens are built when they are first shown."""

from __future__ import annotations

import json
from functools import partial
from typing import Any, cast

from PySide6.QtCore import QByteArray, QSettings, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QMainWindow,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from copilot import registry
from copilot.paths import assets_dir
from ui.desk import Changes, Desk, Message, WindowTranslator
from ui.icons import icon
from ui.screen import Screen, ScreenModule
from ui.tokens import SPACE
from ui.widgets.basic import label, row

SMALLEST = QSize(960, 600)
#: The least width, at a text size of 100 %, at which the rail shows words.
WIDE = 1080


class MainWindow(QMainWindow):
    """One window on one profile. ``kept`` remembers size, splitters and selections."""

    painted = Signal()  # the first time the window is on screen

    def __init__(self, desk: Desk, kept: QSettings) -> None:
        super().__init__()
        self._was_painted = False
        self.desk = desk
        self._kept = kept
        self._screens: dict[str, Screen] = {}
        self._stale: dict[str, list[Changes]] = {}
        # What the screens showed since the start, and what outlives the program.
        self._states: dict[str, dict[str, Any]] = {}
        self._lasting = _states(kept)
        found = cast("dict[str, ScreenModule]", registry.discover("ui.screens"))
        self._modules = dict(sorted(found.items(), key=lambda one: one[1].ORDER))
        self._current = ""
        self.setMinimumSize(SMALLEST)
        self.setAcceptDrops(False)
        desk.changed.connect(self._changed)
        desk.asked.connect(self.go)
        desk.told.connect(self._tell)
        desk.broke.connect(self._report)
        desk.theme.changed.connect(self._fit_rail)
        self._build()
        self._bring_back()

    @property
    def screen_name(self) -> str:
        """The screen in front."""
        return self._current

    def screen_of(self, name: str) -> Screen:
        """The screen of this name, built when it was not yet."""
        if name not in self._screens:
            made = self.build_screen(name)
            self._screens[name] = made
            self._stack.addWidget(made)
            # Asked of what was kept too: an older version may have kept more.
            state = self._states.get(name)
            made.restore(made.lasting(self._lasting.get(name, {})) if state is None else state)
        return self._screens[name]

    def build_screen(self, name: str) -> Screen:
        """A new screen of this name, not in the window."""
        return self._modules[name].build(self.desk)

    @property
    def screens(self) -> tuple[str, ...]:
        """The names of all screens, as in the rail."""
        return tuple(self._modules)

    def go(self, name: str, what: object = None) -> None:
        """Bring a screen to the front."""
        if name not in self._modules:
            return
        if self._current and self._current != name:
            self._screens[self._current].leave()
        screen = self.screen_of(name)
        self._current = name
        self._stack.setCurrentWidget(screen)
        self._nav[name].setChecked(True)
        # At once and not at the end alone: a window that is killed comes back where it was.
        self._kept.setValue("window/screen", name)
        for changes in self._stale.pop(name, []):
            screen.refresh(changes)
        screen.appear()
        if what is not None:
            screen.show_what(what)
        if not screen.isAncestorOf(QApplication.focusWidget() or self):
            # A screen that put the focus nowhere yet: its keys work all the same, and Tab begins in it.
            (screen.focusWidget() or screen).setFocus(Qt.FocusReason.OtherFocusReason)

    def close_news(self) -> None:
        """Take away the news, which would go by themselves."""
        self._news.hide()

    def use_language(self) -> None:
        """Build everything anew in the language of the settings; what was shown comes back."""
        self.desk.t = WindowTranslator(self.desk.wanted_language())
        self.renew()

    def renew(self) -> None:
        """Build everything anew, as at a start; what was shown comes back."""
        current = self._current
        for name, screen in self._screens.items():
            screen.leave()
            self._note(name, screen)
        old = self.takeCentralWidget()
        self._screens.clear()
        self._stale.clear()
        self._current = ""
        for action in (*self._own_actions,):
            self.removeAction(action)
            action.deleteLater()
        self._build()
        if old is not None:
            old.deleteLater()
        self.go(current or self._first)

    def remember(self) -> None:
        """Write down size, screen and what each screen shows."""
        for name, screen in self._screens.items():
            self._note(name, screen)
        self._kept.setValue("window/geometry", self.saveGeometry())
        self._kept.setValue("window/screen", self._current or self._first)
        self._kept.setValue("window/states", json.dumps(self._lasting))
        self._kept.sync()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            # Once this paint is out: what follows may take its time.
            QTimer.singleShot(0, self.painted.emit)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        super().resizeEvent(event)
        self._fit_rail()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  # Qt's name
        """Remember where the person was; the application ends the rest."""
        if self._current:
            self._screens[self._current].leave()
        self.remember()
        event.accept()

    def _note(self, name: str, screen: Screen) -> None:
        state = screen.state()
        self._states[name], self._lasting[name] = state, screen.lasting(state)

    def _build(self) -> None:
        t = self.desk.t
        self.setWindowTitle("Réplique")
        from ui.widgets.message_bar import MessageBar
        from ui.widgets.news import NewsPlace

        self._bar = MessageBar(self.desk.theme, t)
        self._stack = QStackedWidget()
        self._nav: dict[str, QPushButton] = {}
        self._own_actions: list[QAction] = []
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        holder = QWidget()
        # As wide as the screens below it, and of no height while there is nothing to say.
        line = row(self._bar, margins=(6, 0, 6, 0), parent=holder)
        self._bar.toggled.connect(lambda on: line.setContentsMargins(SPACE[6], SPACE[2] if on else 0, SPACE[6], 0))
        right.addWidget(holder)
        right.addWidget(self._stack, 1)
        place = NewsPlace(self.desk.theme, t)
        self._news = place.bar
        right.addWidget(place)
        ground = QWidget()
        ground.setProperty("ground", True)
        whole = row(self._rail(), space=0, parent=ground)
        whole.addLayout(right, 1)
        self.setCentralWidget(ground)
        self._window_actions()
        self._fit_rail()

    def _rail(self) -> QFrame:
        t = self.desk.t
        rail = QFrame()
        rail.setProperty("rail", True)
        rail.setAccessibleName(t("ui.rail"))
        lines = QVBoxLayout(rail)
        lines.setContentsMargins(SPACE[3], SPACE[4], SPACE[3], SPACE[3])
        lines.setSpacing(SPACE[1])
        mark = QLabel()
        mark.setPixmap(icon_of_application().pixmap(QSize(24, 24), self.devicePixelRatioF()))
        self._name = label("Réplique", "title")
        self._rail_buttons: list[QPushButton] = []
        lines.addLayout(row(mark, self._name, 1, space=2, margins=(1, 0, 0, 3)))
        for place, (name, module) in enumerate(self._modules.items(), 1):
            lines.addWidget(self._nav_button(name, module, place))
        lines.addStretch(1)
        for title, icon_name, run, key in (
            ("ui.palette.title", "command", self._open_palette, "Ctrl+K"),
            ("ui.keys.title", "keyboard", self._open_keys, "F1"),
        ):
            made = self._rail_button(t(title), icon_name, run)
            made.setToolTip(f"{t(title)} ({_native(key)})")
            lines.addWidget(made)
        # As wide as its words, whatever the screen beside it would like.
        rail.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        return rail

    def _fit_rail(self) -> None:
        """In a narrow window the rail shows its icons alone: tooltips and screen readers still say the words."""
        words = self.width() >= self.desk.theme.px(WIDE)
        if words == self._name.isVisibleTo(self):
            return
        self._name.setVisible(words)
        for made in self._rail_buttons:
            made.setText(made.accessibleName() if words else "")

    def _nav_button(self, name: str, module: ScreenModule, place: int) -> QPushButton:
        title = self.desk.t(module.TITLE)
        made = self._rail_button(title, module.ICON, lambda: self.go(name))
        made.setCheckable(True)
        made.setAutoExclusive(True)
        made.setToolTip(f"{title} ({_native(f'Ctrl+{place}')})")
        self._nav[name] = made
        return made

    def _rail_button(self, title: str, icon_name: str, run: Any) -> QPushButton:
        made = QPushButton(title)
        made.setProperty("kind", "nav")
        made.setIcon(icon(icon_name))
        made.setIconSize(QSize(26, 18))
        made.setAccessibleName(title)
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        made.clicked.connect(lambda _checked=False: run())
        self._rail_buttons.append(made)
        return made

    def _window_actions(self) -> None:
        t, add = self.desk.t, self.desk.actions.add
        group = t("ui.group.window")
        for place, (name, module) in enumerate(self._modules.items(), 1):
            self._own_actions.append(
                add(
                    self,
                    f"go.{name}",
                    t(module.TITLE),
                    partial(self.go, name),
                    group=t("ui.group.go"),
                    keys=f"Ctrl+{place}",
                    icon_name=module.ICON,
                    everywhere=True,
                )
            )
        self._own_actions += [
            add(self, "palette", t("ui.palette.title"), self._open_palette, group=group, keys="Ctrl+K",
                icon_name="command", everywhere=True),
            add(self, "keys", t("ui.keys.title"), self._open_keys, group=group, keys=("F1", "?"),
                icon_name="keyboard", everywhere=True),
            add(self, "bar.act", t("ui.bar.act"), self._act_on_message, group=group, keys="Ctrl+Shift+U",
                icon_name="undo-2", everywhere=True),
            add(self, "bar.close", t("ui.bar.close"), self._close_messages, group=group, keys="Ctrl+Shift+M",
                icon_name="x", everywhere=True),
            add(self, "quit", t("ui.quit"), self.close, group=group, keys="Ctrl+Q", everywhere=True),
        ]  # fmt: skip

    def _open_palette(self) -> None:
        from ui.dialogs.palette import Palette

        Palette(self.desk, self).open()

    def _open_keys(self) -> None:
        from ui.dialogs.cheat_sheet import CheatSheet

        CheatSheet(self.desk, self).open()

    def _report(self, error: BaseException) -> None:
        from ui.dialogs.report import Report

        # One report at a time: what breaks once often breaks at each tick.
        if not any(one.isVisible() for one in self.findChildren(Report)):
            Report(self.desk, error, self).open()

    def _tell(self, message: Message) -> None:
        if message.stays:
            self._news.hide()
            self._bar.show_message(message)
        else:
            self._news.show_message(message)

    def _close_messages(self) -> None:
        (self._news if self._news.isVisible() else self._bar).hide()

    def _act_on_message(self) -> None:
        (self._news if self._news.isVisible() else self._bar).act()

    def _changed(self, changes: Changes) -> None:
        for name, screen in self._screens.items():
            if name == self._current:
                screen.refresh(changes)
            else:
                self._stale.setdefault(name, []).append(changes)

    def _bring_back(self) -> None:
        geometry = self._kept.value("window/geometry")
        if not (isinstance(geometry, QByteArray) and self.restoreGeometry(geometry)):
            self.resize(1280, 760)
        wanted = str(self._kept.value("window/screen") or "")
        # After the first paint: the frame is there at once, the screen fills it.
        self._first = wanted if wanted in self._modules else next(iter(self._modules))
        self._nav[self._first].setChecked(True)

    def start(self) -> None:
        """Show the first screen, unless the person went to one already; called once the window is on screen."""
        QTimer.singleShot(0, lambda: None if self._current else self.go(self._first))


def _native(key: str) -> str:
    """A key as this system writes it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def icon_of_application() -> Any:
    """The application's own icon."""
    from PySide6.QtGui import QIcon

    return QIcon(str(assets_dir() / "app" / "replique.svg"))


def _states(kept: QSettings) -> dict[str, dict[str, Any]]:
    """What was remembered of each screen; nothing when it cannot be read."""
    try:
        told = json.loads(str(kept.value("window/states") or "{}"))
    except ValueError:
        return {}
    if not isinstance(told, dict):
        return {}
    return {str(name): state for name, state in told.items() if isinstance(state, dict)}

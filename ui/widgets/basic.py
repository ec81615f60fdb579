"""The small pieces every screen is made of, so that spacing, type and names are the same everywhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import shiboken6
from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QBoxLayout,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui.icons import BESIDE_WORDS, icon, picture
from ui.theme import Theme
from ui.tokens import SPACE

L = TypeVar("L", bound=QBoxLayout)


def label(text: str = "", kind: str = "", *, tone: str = "", wrap: bool = False, selectable: bool = False) -> QLabel:
    """Plain text, never rich. ``kind``: h1, title, strong, muted, small, mono; ``tone``: danger, warn, ok, info..."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if kind:
        made.setProperty("type", kind)
    if tone:
        made.setProperty("tone", tone)
    if wrap:
        made.setWordWrap(True)
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    if selectable:
        made.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
    return made


def badge(text: str, kind: str = "neutral") -> QLabel:
    """A small pill: neutral, accent, danger, warn, ok, info. Its text says it all: colour only helps."""
    made = label(text)
    made.setProperty("badge", kind)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return made


def restyle(widget: QWidget, **properties: object) -> None:
    """Set style properties and draw them: Qt reads them only when a widget is polished."""
    if all(widget.property(name) == value for name, value in properties.items()):
        return
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


class PushButton(QPushButton):
    """Return presses it when it has the focus, in a dialog and out of one; never another button in its place.

    One that is switched on and off is left to Space, as a check box is: Return goes on in the dialog around it.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setAutoDefault(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Return and Enter press once, however long they are held."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or not plain or self.isCheckable():
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.click()


def button(text: str, kind: str = "", *, icon_name: str = "", run: Callable[[], object] | None = None) -> QPushButton:
    """A push button: "" (secondary), primary, danger, quiet, link, chip."""
    made = PushButton(text)
    if kind:
        made.setProperty("kind", kind)
    if icon_name:
        made.setIcon(icon(icon_name))
    made.setIconSize(BESIDE_WORDS)
    if run is not None:
        made.clicked.connect(lambda _checked=False: run())
    made.setAccessibleName(text)
    return made


def icon_button(icon_name: str, name: str, run: Callable[[], object] | None = None) -> QToolButton:
    """A quiet square button with an icon; ``name`` is its tooltip and what a screen reader says."""
    made = QToolButton()
    made.setProperty("kind", "quiet")
    made.setIcon(icon(icon_name))
    made.setIconSize(QSize(18, 18))
    made.setToolTip(name)
    made.setAccessibleName(name)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    if run is not None:
        made.clicked.connect(lambda _checked=False: run())
    return made


def glyph(icon_name: str, colour: str, size: int = 16) -> QLabel:
    """An icon as a picture, silent for screen readers: the text beside it speaks."""
    made = QLabel()
    made.setPixmap(picture(icon_name, colour, size, made.devicePixelRatioF()))
    made.setFixedSize(size, size)
    return made


def card(kind: str = "true") -> QFrame:
    """A surface with a border and round corners; ``sunken`` and ``selected`` are its other looks."""
    made = QFrame()
    made.setProperty("card", kind)
    return made


def rule() -> QFrame:
    """A hairline."""
    made = QFrame()
    made.setProperty("rule", True)
    made.setFixedHeight(1)
    return made


def column(
    *parts: QWidget | QLayout | int | None, space: int = 2, margins: int | tuple[int, int, int, int] = 0,
    parent: QWidget | None = None,
) -> QVBoxLayout:  # fmt: skip
    """Parts from top to bottom, ``SPACE[space]`` apart. An int is a stretch, None is left out."""
    made = QVBoxLayout(parent) if parent is not None else QVBoxLayout()
    return _filled(made, parts, space, margins)


def row(
    *parts: QWidget | QLayout | int | None, space: int = 2, margins: int | tuple[int, int, int, int] = 0,
    parent: QWidget | None = None,
) -> QHBoxLayout:  # fmt: skip
    """Parts from left to right, ``SPACE[space]`` apart. An int is a stretch, None is left out."""
    made = QHBoxLayout(parent) if parent is not None else QHBoxLayout()
    return _filled(made, parts, space, margins)


def _filled(
    made: L, parts: Sequence[QWidget | QLayout | int | None], space: int, margins: int | tuple[int, int, int, int]
) -> L:
    left, top, right, bottom = (margins,) * 4 if isinstance(margins, int) else margins
    made.setContentsMargins(SPACE[left], SPACE[top], SPACE[right], SPACE[bottom])
    made.setSpacing(SPACE[space])
    for part in parts:
        if part is None:
            continue
        if isinstance(part, int):
            made.addStretch(part)
        elif isinstance(part, QLayout):
            made.addLayout(part)
        else:
            made.addWidget(part)
    return made


def scrolled(content: QWidget, name: str = "") -> QScrollArea:
    """``content`` in an area that scrolls up and down, on the ground of what is behind.

    ``name`` is what a screen reader says of it: the Tab key goes there, to read on with the arrows.
    """
    area = QScrollArea()
    area.setAccessibleName(name)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFrameShape(QFrame.Shape.NoFrame)
    content.setProperty("clear", True)
    area.setWidget(content)
    return area


def reveal(widget: QWidget) -> None:
    """Scroll the area around ``widget``, when there is one, so that it is seen; once it has its place."""

    def scroll() -> None:
        area = widget.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if isinstance(area, QScrollArea) and widget.isVisible():
            area.ensureWidgetVisible(widget, 0, SPACE[4])

    QTimer.singleShot(0, widget, scroll)


def inset(spin: QAbstractSpinBox) -> None:
    """Room before the text of ``spin``: a style sheet does not reach its inner edit."""
    if (edit := spin.findChild(QLineEdit)) is not None:
        edit.setTextMargins(SPACE[1] + 2, 0, 0, 0)


class Field(QWidget):
    """A label over a control, with a hint and a place for what is wrong with it. Nothing moves when an error comes."""

    def __init__(self, title: str, control: QWidget, hint: str = "") -> None:
        super().__init__()
        self.control = control
        self.title = label(title, "strong")
        self.title.setBuddy(control)
        self._hint = hint
        self.note = label(hint, "small", wrap=True)
        # Never shown before it has a parent: it would be a window of its own for an instant.
        if not hint:
            self.note.hide()
        control.setAccessibleName(title)
        if hint:
            control.setAccessibleDescription(hint)
        column(self.title, control, self.note, space=1, parent=self)

    def set_error(self, text: str) -> None:
        """Show what is wrong; empty takes it away."""
        self.note.setText(text or self._hint)
        self.note.setVisible(bool(text or self._hint))
        restyle(self.note, tone="danger" if text else "")
        restyle(self.control, wrong=bool(text))
        self.control.setAccessibleDescription(text or self._hint)


class Segments(QWidget):
    """A choice of one among a few, side by side; arrows move in it."""

    chosen = Signal(str)

    def __init__(self, options: Sequence[tuple[str, str]], current: str, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[str, QPushButton] = {}
        line = row(space=0, parent=self)
        for place, (value, text) in enumerate(options):
            made = button(text, "segment")
            made.setCheckable(True)
            made.setChecked(value == current)
            edge = "only" if len(options) == 1 else {0: "first", len(options) - 1: "last"}.get(place, "middle")
            made.setProperty("edge", edge)
            # A comma reads the same in every language; a colon does not.
            made.setAccessibleName(f"{name}, {text}" if name else text)
            made.clicked.connect(lambda _checked=False, told=value: self.chosen.emit(told))
            self._group.addButton(made)
            self._buttons[value] = made
            line.addWidget(made)
        line.addStretch(1)

    @property
    def current(self) -> str:
        """The value chosen now."""
        return next((value for value, made in self._buttons.items() if made.isChecked()), "")

    def set_current(self, value: str) -> None:
        """Choose without telling."""
        if value in self._buttons:
            self._buttons[value].setChecked(True)

    def offer(self, value: str, offered: bool) -> None:
        """Show one of the choices or leave it out; the round corners go to the outer ones."""
        self._buttons[value].setVisible(offered)
        shown = [one for one in self._buttons.values() if not one.isHidden()]
        for place, made in enumerate(shown):
            edge = "only" if len(shown) == 1 else {0: "first", len(shown) - 1: "last"}.get(place, "middle")
            restyle(made, edge=edge)


class EmptyState(QWidget):
    """What a screen shows when it has nothing: why, and the next step to take."""

    def __init__(self, theme: Theme, icon_name: str, title: str, text: str, *actions: QPushButton) -> None:
        super().__init__()
        self._theme, self._icon_name = theme, icon_name
        self._drawn = QLabel()
        self._drawn.setFixedSize(40, 40)
        heading = label(title, "title", wrap=True)
        heading.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        body = label(text, "muted", wrap=True)
        body.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._body = body
        centre = Qt.AlignmentFlag.AlignHCenter
        lines = column(1, space=3, margins=6, parent=self)
        lines.addWidget(self._drawn, 0, centre)
        lines.addWidget(heading)
        lines.addWidget(body, 0, centre)
        if actions:
            lines.addLayout(row(1, *actions, 1))
        lines.addStretch(1)
        theme.changed.connect(self._draw)
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """The text keeps a width that reads well, and all its lines: a stack gives no height for a width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wide = max(200, min(460, self.width() - 2 * SPACE[6]))
        self._body.setFixedWidth(wide)
        self._body.setMinimumHeight(self._body.heightForWidth(wide))

    def _draw(self) -> None:
        self._fit()
        colour = self._theme.colours.accent_text
        self._drawn.setPixmap(picture(self._icon_name, colour, 40, self.devicePixelRatioF()))


def clear(layout: QLayout) -> None:
    """Remove and delete everything in ``layout``."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        if (inner := item.layout()) is not None:
            clear(inner)
            inner.deleteLater()
        else:
            # What is taken out of a layout belongs to nobody: a hundred bytes each time a list is drawn anew.
            shiboken6.delete(item)


def no_icon() -> QIcon:
    """An empty icon, to take one away."""
    return QIcon()

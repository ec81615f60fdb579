"""What else narrows the list, behind one button: who wrote, when, what was noticed, what is late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDate, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QDateEdit, QFrame, QLineEdit, QVBoxLayout, QWidget

from copilot.domain.deadlines import Lateness
from copilot.domain.inbox import Flag
from ui.desk import Desk
from ui.icons import icon
from ui.widgets.basic import Field, PushButton, button, clear, column, inset, label, row
from ui.widgets.message_words import beginning

if TYPE_CHECKING:
    from ui.runner import Job

#: Flags one may narrow by, by the name they are kept under.
FLAGS = {
    "hostile": Flag.HOSTILE, "insult": Flag.EXPLICIT_TOXIC, "hateful": Flag.POSSIBLY_HATEFUL, "unsure": Flag.UNSURE,
}  # fmt: skip
#: Periods by name, with how many days before today they begin; "between" has dates of its own.
PERIODS = {"": None, "today": 0, "week": 6, "month": 29, "between": None}
#: Milliseconds from the last key to the search for names, and names offered.
REST, OFFERED = 200, 6
#: Names that may be chosen at once.
MOST_NAMES = 20


@dataclass(frozen=True, slots=True)
class More:
    """What is asked for. ``first`` and ``last`` are local days, both included, of the period "between"."""

    authors: tuple[str, ...] = ()
    period: str = ""
    first: date | None = None
    last: date | None = None
    flags: tuple[str, ...] = ()
    only_changed: bool = False
    due: Lateness | None = None

    @property
    def count(self) -> int:
        """How many things are asked for."""
        return len(self.authors) + len(self.flags) + bool(self.period) + self.only_changed + (self.due is not None)

    def bounds(self, today: date) -> tuple[datetime | None, datetime | None]:
        """The first and last moment asked for, in local time."""
        days = PERIODS.get(self.period)
        first = today - timedelta(days=days) if days is not None else self.first if self.period == "between" else None
        last = self.last if self.period == "between" else None
        since = datetime.combine(first, time()).astimezone() if first else None
        until = datetime.combine(last, time.max).astimezone() if last else None
        return since, until

    def bits(self) -> Flag:
        """The flags as the list knows them."""
        found = Flag(0)
        for name in self.flags:
            found |= FLAGS[name]
        return found

    def kept(self) -> dict[str, Any]:
        """JSON values to bring it back from."""
        return {
            "authors": list(self.authors), "period": self.period, "flags": list(self.flags),
            "first": self.first.isoformat() if self.first else "", "last": self.last.isoformat() if self.last else "",
            "changed": self.only_changed, "due": self.due.value if self.due else "",
        }  # fmt: skip

    @classmethod
    def of(cls, told: object) -> More:
        """What :meth:`kept` said; what cannot be is left out."""
        if not isinstance(told, dict):
            return cls()
        authors, flags, due = told.get("authors"), told.get("flags"), told.get("due")
        period = told.get("period")
        return cls(
            tuple(dict.fromkeys(map(str, authors)))[:MOST_NAMES] if isinstance(authors, list) else (),
            period if isinstance(period, str) and period in PERIODS else "",
            _day(told.get("first")),
            _day(told.get("last")),
            tuple(one for one in FLAGS if one in flags) if isinstance(flags, list) else (),
            told.get("changed") is True,
            Lateness(due) if due in [one.value for one in Lateness] else None,
        )


def _day(told: object) -> date | None:
    try:
        return date.fromisoformat(told) if isinstance(told, str) and told else None
    except ValueError:
        return None


class MoreButton(PushButton):
    """Opens the panel. ``changed`` tells that something else is asked for; ``limits_asked`` to set the time limits."""

    changed = Signal()
    limits_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__("")
        self._t = desk.t
        self.setProperty("kind", "chip")
        self.setCheckable(True)
        self.setIcon(icon("chevron-down"))
        # The arrow stands after the words.
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.panel = MorePanel(desk, self)
        self.panel.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.panel.changed.connect(self._told)
        self.panel.limits_asked.connect(self.limits_asked)
        self.clicked.connect(lambda _checked=False: self.open_panel())
        self._name()

    @property
    def asked(self) -> More:
        """What is asked for."""
        return self.panel.asked

    def ask(self, asked: More) -> None:
        """Ask for ``asked`` without telling."""
        self.panel.ask(asked)
        self._name()

    def search_in(self, thread_id: int | None) -> None:
        """Names are looked for in this thread, in all when it is None."""
        self.panel.thread_id = thread_id

    def open_panel(self) -> None:
        """Show the panel below the button, inside the window."""
        self.panel.fit()
        self.panel.show()
        self.panel.name.setFocus()

    def nextCheckState(self) -> None:  # noqa: N802  # Qt's name
        """What is asked for alone decides whether the button looks chosen."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Return, Space and Down open the panel."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.open_panel()
        else:
            super().keyPressEvent(event)

    def _told(self) -> None:
        self._name()
        self.changed.emit()

    def _name(self) -> None:
        count = self.asked.count
        title = self._t("ui.inbox.more")
        self.setText(self._t("ui.inbox.filter.several", title=title, number=count) if count else title)
        self.setChecked(bool(count))
        self.setAccessibleName(self._t("ui.inbox.more.name"))
        self.setAccessibleDescription(self.panel.said())


class MorePanel(QFrame):
    """A small sheet that stays open while things are ticked; Escape or a press outside closes it."""

    changed = Signal()
    limits_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._desk = desk
        self._button = parent
        t = self._t = desk.t
        self.thread_id: int | None = None
        self._names: tuple[str, ...] = ()
        self._searching: Job | None = None
        self.setProperty("sheet", True)
        self.setAccessibleName(t("ui.inbox.more.name"))
        self.name = QLineEdit()
        self.name.setPlaceholderText(t("ui.inbox.more.author.hint"))
        self.name.setMaxLength(100)
        self.name.setClearButtonEnabled(True)
        self.names = QVBoxLayout()
        self.names.setSpacing(0)
        self.period = QComboBox()
        for one in PERIODS:
            self.period.addItem(t(f"ui.inbox.more.period.{one or 'all'}"), one)
        self.first, self.last = self._date("ui.inbox.more.first"), self._date("ui.inbox.more.last")
        self.flags = {name: QCheckBox(t(f"ui.inbox.more.flag.{name}")) for name in FLAGS}
        self.only_changed = QCheckBox(t("ui.inbox.more.changed"))
        self.due = {one: QCheckBox(t(f"ui.inbox.due.{one.value}")) for one in Lateness}
        self.limits = button(t("ui.inbox.do.limits"), "link", run=self._ask_limits)
        self._rest = QTimer(self, singleShot=True, interval=REST)
        # A timer of its own goes with the panel; QTimer.singleShot would keep it until the next turn of the loop.
        self._fitting = QTimer(self, singleShot=True, interval=0)
        self._fitting.timeout.connect(self.fit)
        self._lay_out()
        self._connect()

    @property
    def asked(self) -> More:
        """What is asked for."""
        period = str(self.period.currentData())
        between = period == "between"
        return More(
            self._names,
            period,
            _python_day(self.first.date()) if between else None,
            _python_day(self.last.date()) if between else None,
            tuple(name for name, box in self.flags.items() if box.isChecked()),
            self.only_changed.isChecked(),
            next((due for due, box in self.due.items() if box.isChecked()), None),
        )

    def ask(self, asked: More) -> None:
        """Ask for ``asked`` without telling."""
        for one in self._controls:
            one.blockSignals(True)
        self._names = asked.authors
        self.name.clear()
        self.period.setCurrentIndex(max(0, self.period.findData(asked.period)))
        for edit, day in ((self.first, asked.first), (self.last, asked.last)):
            edit.setDate(QDate(day.year, day.month, day.day) if day else QDate.currentDate())
        for name, box in self.flags.items():
            box.setChecked(name in asked.flags)
        self.only_changed.setChecked(asked.only_changed)
        for due, box in self.due.items():
            box.setChecked(due is asked.due)
        for one in self._controls:
            one.blockSignals(False)
        self._show_names(())
        self._dates.setVisible(asked.period == "between")

    def said(self) -> str:
        """What is asked for, in words, for screen readers."""
        asked = self.asked
        parts = list(asked.authors)
        parts += [self.period.currentText()] if asked.period else []
        boxes = (*self.flags.values(), self.only_changed, *self.due.values())
        return ", ".join([*parts, *(box.text() for box in boxes if box.isChecked())])

    def fit(self) -> None:
        """Be as large as what it holds, below the button and inside the window."""
        made = self._button
        around = made.window()
        # Not adjustSize(): it keeps to two thirds of the screen, whatever is cut.
        self.resize(self.sizeHint())
        below = made.mapToGlobal(QPoint(0, made.height() + 4))
        right = around.mapToGlobal(around.rect().bottomRight())
        left = around.mapToGlobal(around.rect().topLeft())
        x = max(left.x(), min(below.x(), right.x() - self.width()))
        self.move(x, max(left.y(), min(below.y(), right.y() - self.height())))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Escape closes, and Return once the names are chosen."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close()
        else:
            super().keyPressEvent(event)

    @property
    def _controls(self) -> tuple[QWidget, ...]:
        boxes = (*self.flags.values(), self.only_changed, *self.due.values())
        return self.name, self.period, self.first, self.last, *boxes

    def _date(self, key: str) -> QDateEdit:
        made = QDateEdit(QDate.currentDate())
        made.setCalendarPopup(True)
        made.setAccessibleName(self._t(key))
        made.setDisplayFormat("dd/MM/yyyy")
        # A whole date and its arrow, at any text size.
        made.setMinimumWidth(self._desk.theme.px(136))
        inset(made)
        return made

    # Names.

    def _look(self) -> None:
        typed, thread_id = self.name.text().strip(), self.thread_id
        if self._searching is not None:
            self._searching.cancel()
        if not typed:
            self._show_names(())
            return

        def done(found: tuple[str, ...]) -> None:
            if typed == self.name.text().strip():
                self._show_names(found, typed)

        self._searching = self._desk.run(
            lambda copilot: copilot.inbox.authors(typed, thread_id=thread_id, most=OFFERED), done, owner=self
        )

    def _show_names(self, found: Sequence[str], typed: str = "") -> None:
        """The names chosen, ticked, then those found."""
        clear(self.names)
        offered = dict.fromkeys((*self._names, *found))
        for name in offered:
            box = QCheckBox(beginning(name, 40).replace("&", "&&"))
            box.setAccessibleName(beginning(name, 100))
            box.setChecked(name in self._names)
            box.toggled.connect(lambda on, told=name: self._choose(told, on))
            self.names.addWidget(box)
        if typed and not offered:
            self.names.addWidget(label(self._t("ui.inbox.more.author.none"), "small", wrap=True))
        self._fitting.start()

    def _choose(self, name: str, on: bool) -> None:
        others = tuple(one for one in self._names if one != name)
        self._names = (*others, name)[-MOST_NAMES:] if on else others
        self.changed.emit()

    # The rest.

    def _period_changed(self) -> None:
        self._dates.setVisible(self.period.currentData() == "between")
        self._fitting.start()
        self.changed.emit()

    def _date_changed(self, moved: QDateEdit) -> None:
        """The end is never before the beginning: the other one follows."""
        first, last = self.first, self.last
        if first.date() > last.date():
            other = last if moved is first else first
            other.blockSignals(True)
            other.setDate(moved.date())
            other.blockSignals(False)
        self.changed.emit()

    def _due_ticked(self, ticked: Lateness, on: bool) -> None:
        for due, box in self.due.items():
            if on and due is not ticked:
                box.blockSignals(True)
                box.setChecked(False)
                box.blockSignals(False)
        self.changed.emit()

    def _ask_limits(self) -> None:
        self.close()
        self.limits_asked.emit()

    def _lay_out(self) -> None:
        t = self._t
        self._dates = QWidget()
        row(
            label(t("ui.inbox.more.first")),
            self.first,
            label(t("ui.inbox.more.last")),
            self.last,
            1,
            parent=self._dates,
        )
        self._dates.hide()
        left = column(
            Field(t("ui.inbox.more.author"), self.name), self.names, Field(t("ui.inbox.more.period"), self.period),
            self._dates, 1, space=2,
        )  # fmt: skip
        noticed = label(t("ui.inbox.more.noticed"), "strong")
        times = label(t("ui.inbox.strip.due"), "strong")
        right = column(
            noticed, *self.flags.values(), self.only_changed, times, *self.due.values(), self.limits, 1, space=1
        )
        row(left, right, space=6, margins=4, parent=self)
        self.setMinimumWidth(self._desk.theme.px(520))

    def _connect(self) -> None:
        self._rest.timeout.connect(self._look)
        self.name.textChanged.connect(lambda _text: self._rest.start())
        self.period.currentIndexChanged.connect(lambda _place: self._period_changed())
        for edit in (self.first, self.last):
            edit.dateChanged.connect(lambda _day, moved=edit: self._date_changed(moved))
        for box in (*self.flags.values(), self.only_changed):
            box.toggled.connect(lambda _on: self.changed.emit())
        for due, box in self.due.items():
            box.toggled.connect(lambda on, ticked=due: self._due_ticked(ticked, on))


def _python_day(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())

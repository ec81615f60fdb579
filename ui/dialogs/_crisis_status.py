"""The level with its reasons and its curve, and the crisis a person opens or closes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from copilot.domain.crisis import Crisis, CrisisLevel, CrisisStatus, Hour
from ui.desk import Desk
from ui.dialogs.base import Lines
from ui.widgets.basic import Field, Segments, button, card, clear, column, label, row, scrolled
from ui.widgets.curve import Curve, KeyMark, level_dot, moment_shown

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from copilot.app import Copilot

#: The levels a person may open a crisis at.
LEVELS = (CrisisLevel.YELLOW, CrisisLevel.ORANGE, CrisisLevel.RED)
#: Characters of a reason.
LONGEST = 2000
#: Crises of before that are shown.
MOST_PAST = 3


class StatusPage(QWidget):
    """``changed`` tells that a crisis was opened or closed, ``statement_wanted`` that the person wants to speak."""

    changed = Signal()
    statement_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        t = self._t = desk.t
        self._status: CrisisStatus | None = None
        self.dot = QLabel()
        self.level = label(t("ui.crisis.looking"), "title")
        self.advice = label("", "muted", wrap=True)
        self.why = QVBoxLayout()
        self.why.setSpacing(2)
        self.curve = Curve(desk.theme, t, t("ui.crisis.curve"))
        self.reading = label("", "small")
        self.past = QVBoxLayout()
        self.past.setSpacing(2)
        self.reason, self.note = QLineEdit(), QLineEdit()
        for edit in (self.reason, self.note):
            edit.setMaxLength(LONGEST)
        self.levels = Segments(
            [(one.value, t(f"ui.crisis.level.{one.value}")) for one in LEVELS], LEVELS[1].value, t("ui.crisis.level")
        )
        self.open = button(t("ui.crisis.open"), "primary", run=self._open)
        self.close_it = button(t("ui.crisis.close"), "primary", run=self._close)
        self.reason_field = Field(t("ui.crisis.reason"), self.reason, t("ui.crisis.reason.hint"))
        self._opening = self._opening_card()
        self._opened = self._opened_card()
        self._past = self._past_card()
        self._lay_out()
        self.curve.pointed.connect(self._read_hour)
        self.reason.returnPressed.connect(self._open)
        self.note.returnPressed.connect(self._close)
        self.reason.textEdited.connect(lambda _text: self.reason_field.set_error(""))
        desk.theme.changed.connect(self._draw_dot)

    def show_status(self, status: CrisisStatus, crises: Sequence[Crisis] = ()) -> None:
        """Show ``status`` and the last of the ``crises``, newest first, that are over; what is typed stays."""
        t = self._t
        self._status = status
        self._draw_dot()
        self.level.setText(t(f"ui.crisis.level.{status.shown_level}"))
        self.advice.setText(t(f"crisis.advice.{status.shown_level}"))
        clear(self.why)
        for one in status.why:
            self.why.addWidget(label(f"•  {t.wording(one)}", wrap=True, selectable=True))
        self.curve.show_hours(status.series)
        self._curve_block.setVisible(bool(status.series))
        self._read_hour(None)
        self._opening.setVisible(status.can_open)
        self._opened.setVisible(status.open is not None)
        if status.open is not None:
            self._show_opened(status.open)
        elif not self.reason.text().strip() and status.level in LEVELS:
            self.levels.set_current(status.level.value)
        self._show_past([one for one in crises if not one.is_open][:MOST_PAST])

    # A crisis.

    def _open(self) -> None:
        status, reason = self._status, self.reason.text().strip()
        if status is None:
            return
        if not reason:
            self.reason_field.set_error(self._t("ui.crisis.reason.needed"))
            self.reason.setFocus()
            return
        level, by = CrisisLevel(self.levels.current), self._desk.person
        brand_id, thread_id = status.brand_id, status.thread_id
        self._write(
            lambda copilot: copilot.crisis.open(level, reason, by=by, brand_id=brand_id, thread_id=thread_id),
            "ui.crisis.opened",
        )

    def _close(self) -> None:
        opened = self._status.open if self._status else None
        if opened is None:
            return
        by, note, brand_id = self._desk.person, self.note.text().strip(), opened.brand_id
        self._write(lambda copilot: copilot.crisis.close(by=by, brand_id=brand_id, note=note), "ui.crisis.closed")

    def _write(self, make: Callable[[Copilot], Awaitable[Crisis]], told: str) -> None:
        def done(_crisis: Crisis) -> None:
            self.reason.clear()
            self.note.clear()
            self._allow(True)
            self._desk.tell("ok", self._t(told))
            self.changed.emit()

        def failed(error: Exception) -> None:
            self._allow(True)
            self._desk.tell_error(error)

        self._allow(False)
        self._desk.run(make, done, failed, owner=self)

    def _allow(self, allowed: bool) -> None:
        self.open.setEnabled(allowed)
        self.close_it.setEnabled(allowed)

    def _show_opened(self, crisis: Crisis) -> None:
        t = self._t
        when = moment_shown(crisis.opened_at, t.language)
        self.opened_line.setText(
            t(
                "ui.crisis.opened_line_brand" if crisis.brand_id else "ui.crisis.opened_line",
                level=t(f"ui.crisis.level.{crisis.level.value}"),
                name=crisis.opened_by,
                when=when,
                brand=crisis.brand_id,
            )
        )
        self.opened_reason.setText(crisis.reason)

    def _show_past(self, crises: Sequence[Crisis]) -> None:
        """What was opened and closed before: why, and what is to be remembered."""
        clear(self.past)
        t = self._t
        for one in crises:
            begun = moment_shown(one.opened_at, t.language)
            over = moment_shown(one.closed_at, t.language) if one.closed_at else ""
            level = t(f"ui.crisis.level.{one.level.value}")
            head = t("ui.crisis.past_line", level=level, begun=begun, over=over, name=one.closed_by)
            self.past.addWidget(label(head, "strong", wrap=True))
            self.past.addWidget(label(one.reason, wrap=True, selectable=True))
            if one.note:
                self.past.addWidget(label(t("ui.crisis.past_note", note=one.note), "muted", wrap=True, selectable=True))
        self._past.setVisible(bool(crises))

    # How it looks.

    def _draw_dot(self) -> None:
        if self._status is None:
            return
        colours = self._desk.theme.colours
        level = self._status.level if self._status.is_known else None
        self.dot.setPixmap(level_dot(level, colours, 18, self.devicePixelRatioF()))

    def _read_hour(self, hour: Hour | None) -> None:
        t = self._t
        if hour is None:
            self.reading.setText(t("ui.crisis.curve.hint") if self.curve.hours else "")
            return
        told = {"when": moment_shown(hour.start, t.language), "total": hour.total, "negative": hour.negative}
        if hour.usual_high is None:
            self.reading.setText(t("ui.crisis.hour", **told))
        else:
            low, high = _plain(hour.usual_low or 0.0), _plain(hour.usual_high)
            self.reading.setText(t("ui.crisis.hour.usual", **told, low=low, high=high))
        self.curve.setAccessibleDescription(self.reading.text())

    def _opening_card(self) -> QWidget:
        made = card("sunken")
        t = self._t
        self.speak = button(t("ui.crisis.page.statement"), run=self.statement_wanted.emit)
        column(
            row(label(t("ui.crisis.none_open"), "strong"), 1, self.levels), self.reason_field,
            row(1, self.speak, self.open), space=2, margins=3, parent=made,
        )  # fmt: skip
        made.hide()
        return made

    def _opened_card(self) -> QWidget:
        made = card("sunken")
        self.opened_line = label("", "strong", wrap=True)
        self.opened_reason = label("", wrap=True, selectable=True)
        speak = button(self._t("ui.crisis.page.statement"), run=self.statement_wanted.emit)
        column(
            self.opened_line, self.opened_reason, Field(self._t("ui.crisis.note"), self.note),
            row(1, speak, self.close_it), space=2, margins=3, parent=made,
        )  # fmt: skip
        made.hide()
        return made

    def _past_card(self) -> QWidget:
        made = card("sunken")
        column(label(self._t("ui.crisis.past"), "small"), self.past, space=1, margins=3, parent=made)
        made.hide()
        return made

    def _lay_out(self) -> None:
        t, theme = self._t, self._desk.theme
        colours = {"total": "outline", "negative": "danger", "usual": "ok"}
        legend = [
            KeyMark(theme, t(f"ui.crisis.legend.{name}"), colour, is_band=name == "usual")
            for name, colour in colours.items()
        ]
        self._curve_block = card("sunken")
        column(self.curve, row(*legend, 1, space=4), self.reading, space=1, margins=2, parent=self._curve_block)
        self._curve_block.hide()
        inside = Lines()
        head = row(self.dot, self.level, 1)
        head.setAlignment(self.dot, Qt.AlignmentFlag.AlignVCenter)
        column(
            head,
            self.advice,
            self._opened,
            self.why,
            self._curve_block,
            self._opening,
            self._past,
            1,
            space=2,
            margins=(0, 0, 2, 0),
            parent=inside,
        )
        column(scrolled(inside, self._t("ui.crisis.page.status")), parent=self)


def _plain(value: float) -> float:
    """``value`` to a tenth, as a whole number when it is one."""
    return int(value) if value.is_integer() else round(value, 1)

"""The slim line that tells the state of things: intents, languages, what is late, how serious it looks."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from copilot.domain.crisis import CrisisLevel
from copilot.domain.deadlines import Lateness
from ui.desk import Desk
from ui.icons import icon
from ui.screens._inbox.counts import Count, CountButton, Counts
from ui.tokens import SPACE
from ui.widgets.arrow_row import ArrowRow
from ui.widgets.basic import PushButton, column, icon_button, label, restyle, row
from ui.widgets.curve import Curve, level_dot
from ui.widgets.message_marks import INTENT_LOOK
from ui.widgets.message_words import language_shown

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.domain.crisis import CrisisStatus
    from copilot.domain.deadlines import Deadlines
    from copilot.domain.inbox import Facets, InboxFilter
    from copilot.i18n import Translator
    from ui.runner import Job

#: Seconds for which a level is taken to hold: answering messages does not change it.
LASTS = 20
#: Milliseconds after which what is late is counted anew: time passes by itself.
TICK = 60_000


class Strip(QFrame):
    """Presses tell what to narrow by; nothing is narrowed here."""

    intent_chosen = Signal(str)
    language_chosen = Signal(str)
    due_chosen = Signal(str)
    more_intents = Signal()
    more_languages = Signal()
    crisis_asked = Signal()
    folding = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        t = self._t = desk.t
        self._reading: Job | None = None
        self._scope: tuple[int | None, str] = (None, "")
        self._facets: Facets | None = None
        self._deadlines: Deadlines | None = None
        self.status: CrisisStatus | None = None
        self._asked: InboxFilter | None = None
        self._scope_told = ""
        self._looked = 0.0
        self.setProperty("card", "true")
        self.setAccessibleName(t("ui.inbox.strip"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        arrows = ArrowRow(self)
        self.intents = Counts(desk, t("ui.inbox.strip.intents"), arrows)
        self.languages = Counts(desk, t("ui.inbox.strip.languages"), arrows)
        self.late, self.soon = CountButton(desk), CountButton(desk)
        self.calm = label("", "muted")
        self.whole = label("", "muted")
        self.whole.hide()
        self.level = PushButton("")
        self.level.setProperty("kind", "count")
        self.curve = Curve(desk.theme, t, t("ui.inbox.strip.curve"), small=True)
        self.fold = icon_button("chevron-up", t("ui.inbox.strip.fold"), self.toggle)
        for one in (self.late, self.soon, self.level, self.fold):
            arrows.join(one)
        self._titles: list[QLabel] = []
        self._is_folded = self._is_short = False
        self._tick = QTimer(self, interval=TICK)
        self._tick.timeout.connect(self._again)
        self._lay_out()
        self._show_deadlines()
        self._connect()

    @property
    def is_folded(self) -> bool:
        """True when only what presses is said."""
        return self._is_folded

    def set_folded(self, folded: bool) -> None:
        """Show all, or only what is late and how serious it looks."""
        self._is_folded = folded
        self._show_titles()
        self.fold.setIcon(icon("chevron-down" if folded else "chevron-up"))
        said = self._t("ui.inbox.strip.unfold" if folded else "ui.inbox.strip.fold")
        self.fold.setToolTip(said)
        self.fold.setAccessibleName(said)
        self._make_room()
        self.updateGeometry()

    def set_short(self, short: bool) -> None:
        """Say all on one line, without the titles, or with them above."""
        self._is_short = short
        self._show_titles()
        self._make_room()
        self.updateGeometry()

    def _show_titles(self) -> None:
        for one in self._titles:
            one.setVisible(not self._is_folded and not self._is_short)

    def toggle(self) -> None:
        """Fold or unfold."""
        self.set_folded(not self._is_folded)
        self.folding.emit()

    def show_facets(self, asked: InboxFilter, facets: Facets) -> None:
        """The counts of the list on show."""
        self._asked, self._facets = asked, facets
        self._show_intents(facets, asked)
        self._show_languages(facets, asked)
        self._show_scope()
        self._show_deadlines()
        self._show_level()

    def read(self, thread_id: int | None, brand_id: str = "", *, anew: bool = False) -> None:
        """Count what is late and, now and then or ``anew``, how serious it is: in a thread, a brand, everywhere."""
        if self._scope != (thread_id, brand_id):
            self._deadlines = self.status = None
        self._scope = (thread_id, brand_id)
        if self._reading is not None:
            self._reading.cancel()

        known = None if anew or monotonic() - self._looked > LASTS else self.status

        async def work(copilot: Copilot) -> tuple[Deadlines, CrisisStatus]:
            late = await copilot.inbox.deadlines(thread_id, brand_id=brand_id)
            return late, known or await copilot.crisis.status(thread_id, brand_id=brand_id)

        def done(told: tuple[Deadlines, CrisisStatus]) -> None:
            self._deadlines, self.status = told
            self._looked = self._looked if known else monotonic()
            self._show_deadlines()
            self._show_level()

        # The thread may be gone by now: the list says so already.
        self._reading = self._desk.run(work, done, lambda _error: None, owner=self)
        self._tick.start()

    def forget(self) -> None:
        """Messages came: the level is looked at anew."""
        self.status = None

    def _again(self) -> None:
        if self.isVisible():
            self.read(*self._scope)

    # What is said.

    def _show_intents(self, facets: Facets, asked: InboxFilter) -> None:
        t = self._t
        counts = {intent.value: count for intent, count in facets.intents.items()}
        self.intents.show_counts(
            _counted(
                counts,
                {value: t(f"intent.{value}") for value in counts},
                {one.value for one in asked.intents},
                {intent.value: tone for intent, tone in INTENT_LOOK.items()},
            )
        )
        self._make_room()

    def _show_languages(self, facets: Facets, asked: InboxFilter) -> None:
        names = {code: language_shown(code, self._t) for code in facets.languages}
        self.languages.show_counts(_counted(facets.languages, names, set(asked.languages), {}))
        self._make_room()

    def _show_deadlines(self) -> None:
        t, told = self._t, self._deadlines
        chosen = self._asked.due if self._asked else None
        late, soon = (told.late, told.soon) if told else (0, 0)
        undated = told.undated if told else 0
        dates = t("ui.inbox.strip.undated", count=undated) if undated else ""
        hint = "\n".join(one for one in (self._scope_told, dates) if one)
        for made, due, number, tone in (
            (self.late, Lateness.LATE, late, "danger"),
            (self.soon, Lateness.SOON, soon, "warn"),
        ):
            is_chosen = chosen is due
            made.show_count(
                Count(due.value, t(f"ui.inbox.due.{due.value}"), number, tone=tone, is_chosen=is_chosen, hint=hint)
            )
            made.setText(t(f"ui.inbox.strip.{due.value}", count=number))
            made.setVisible(number > 0 or is_chosen)
        self.calm.setVisible(not self.late.isVisibleTo(self) and not self.soon.isVisibleTo(self))
        self.calm.setText(_calm(t, told))
        self.calm.setToolTip(hint)
        self._make_room()

    def _show_scope(self) -> None:
        """What is late and how serious it looks are told of all messages: beside counts of fewer they say so."""
        is_narrow = self._asked is not None and _narrows(self._asked)
        scope = "thread" if self._asked is not None and self._asked.thread_id is not None else "all"
        self._scope_told = self._t(f"ui.inbox.strip.whole.{scope}.why") if is_narrow else ""
        self.whole.setText(self._t(f"ui.inbox.strip.whole.{scope}"))
        self.whole.setToolTip(self._scope_told)
        self.whole.setVisible(is_narrow)

    def _show_level(self) -> None:
        t, status = self._t, self.status
        level = status.level if status else CrisisLevel.GREEN
        opened = status.open if status else None
        shown = opened.level if opened else level
        is_known = opened is not None or status is None or status.is_known
        word = t(f"ui.crisis.level.{shown.value if is_known else 'unknown'}")
        said = t("ui.inbox.strip.open", level=word) if opened else word
        theme = self._desk.theme
        self.level.setIcon(QIcon(level_dot(shown if is_known else None, theme.colours, 12, self.devicePixelRatioF())))
        self.level.setIconSize(QSize(16, 12))
        # A little room after the dot.
        self.level.setText(f" {said}")
        restyle(self.level, tone="danger" if opened else "")
        reasons = [t.wording(one) for one in status.why] if status else []
        why = "\n".join([*reasons, self._scope_told] if self._scope_told else reasons)
        self.level.setAccessibleName(t("ui.inbox.strip.level", level=said))
        self.level.setAccessibleDescription(why)
        self.curve.show_hours(status.series if status else ())
        for one in (self.level, self.curve):
            one.setToolTip(_plain_tip(why))
        self._make_room()

    # How it looks.

    def _lay_out(self) -> None:
        t = self._t
        self._intent_block = self._block(t("ui.inbox.strip.intents"), self.intents)
        self._language_block = self._block(t("ui.inbox.strip.languages"), self.languages)
        due, serious = QWidget(), QWidget()
        self._lines = (due, serious)
        # The words of a count stand a little above its middle: a bar is below them.
        self.calm.setContentsMargins(SPACE[1] + 2, 0, SPACE[1], SPACE[1])
        self.whole.setContentsMargins(SPACE[1] + 2, 0, 0, SPACE[1])
        row(self.whole, self.late, self.soon, self.calm, space=1, parent=due)
        row(self.level, self.curve, space=1, parent=serious)
        line = row(space=4, parent=self)
        line.setContentsMargins(SPACE[3], SPACE[1], SPACE[1], SPACE[1])
        line.addWidget(self._intent_block, 1)
        line.addWidget(self._language_block)
        line.addWidget(self._block(t("ui.inbox.strip.due"), due))
        line.addWidget(self._block(t("ui.inbox.strip.crisis"), serious))
        line.addStretch(0)
        line.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignVCenter)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """What is late and how serious it is always show; the rest as there is room: intents, curve, languages."""
        gap = SPACE[4]
        left = self.width() - SPACE[4] - self.fold.sizeHint().width() - gap
        told = [one for one in (self.whole, self.late, self.soon, self.calm) if not one.isHidden()]
        due = sum(one.sizeHint().width() + SPACE[1] for one in told)
        left -= max(due, self._titles[2].sizeHint().width()) + gap
        left -= max(self.level.sizeHint().width(), self._titles[3].sizeHint().width()) + gap
        has_curve = bool(self.status and len(self.status.series) > 1)
        wanted = (
            (self._intent_block, self.intents.count > 0, self._intent_block.minimumSizeHint().width() + gap),
            (self.curve, has_curve, self.curve.sizeHint().width() + SPACE[1]),
            (self._language_block, self.languages.count > 0, self._language_block.minimumSizeHint().width() + gap),
        )
        for widget, has_any, wide in wanted:
            fits = has_any and not self._is_folded and left >= wide
            left -= wide if fits else 0
            widget.setVisible(fits)

    def _fit(self) -> None:
        """All lines as high as one count, at this text size."""
        high = self.late.sizeHint().height()
        for one in self._lines:
            one.setFixedHeight(high)
        self._show_level()

    def _block(self, title: str, content: QWidget) -> QWidget:
        made = QWidget()
        heading = label(title, "small")
        heading.setContentsMargins(SPACE[1] + 2, 0, 0, 0)
        self._titles.append(heading)
        column(heading, content, space=0, parent=made)
        return made

    def _connect(self) -> None:
        self.intents.pressed.connect(self.intent_chosen)
        self.languages.pressed.connect(self.language_chosen)
        self.intents.more.connect(self.more_intents)
        self.languages.more.connect(self.more_languages)
        for made in (self.late, self.soon):
            made.clicked.connect(lambda _checked=False, button=made: self.due_chosen.emit(button.value))
        self.level.clicked.connect(lambda _checked=False: self.crisis_asked.emit())
        self.curve.pressed.connect(self.crisis_asked)
        self._desk.theme.changed.connect(self._fit)
        self._fit()


def _counted(
    counts: Mapping[str, int], names: Mapping[str, str], chosen: set[str], tones: Mapping[str, str]
) -> list[Count]:
    """Counts, the largest first; a bar is measured by the largest."""
    most = max(counts.values(), default=0)
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return [
        Count(value, names[value], number, number / most, tones.get(value, "outline"), value in chosen)
        for value, number in ordered
        if number
    ]


def _narrows(asked: InboxFilter) -> bool:
    """True when ``asked`` leaves out messages that are to do, besides those of other threads."""
    from copilot.domain.inbox import InboxFilter, State

    to_do = asked if asked.states and set(asked.states) != {State.WAITING, State.DRAFTED} else replace(asked, states=())
    return replace(to_do, thread_id=None, order=InboxFilter().order) != InboxFilter()


def _calm(t: Translator, told: Deadlines | None) -> str:
    """What is said when nothing is late nor soon will be."""
    if told is None:
        return "…"
    if told.undated and told.undated == told.limited:
        return t("ui.inbox.strip.no_dates")
    return t("ui.inbox.strip.on_time" if told.limited else "ui.inbox.strip.nothing_due")


def _plain_tip(text: str) -> str:
    """``text`` for a tooltip: names in it are others' words, never read as HTML."""
    lines = "<br>".join(html.escape(line) for line in text.splitlines())
    return f"<span>{lines}</span>" if lines else ""

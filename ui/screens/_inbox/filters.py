"""The line that narrows the list: thread, words, urgency, state, intent, tone, language, order."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QSizePolicy, QStyle, QStyleOptionComboBox, QWidget

from copilot.domain.conversation import Intent, Tone, Urgency
from copilot.domain.deadlines import Lateness
from ui.desk import Desk
from ui.icons import icon
from ui.screens._inbox.choice import ChoiceButton
from ui.screens._inbox.flowing import flowing
from ui.screens._inbox.more import More, MoreButton
from ui.tokens import SPACE
from ui.widgets.arrow_row import ArrowRow
from ui.widgets.basic import button, column, row
from ui.widgets.message_words import beginning, language_shown

if TYPE_CHECKING:
    from copilot.domain.inbox import Facets, InboxFilter, ThreadSummary

#: Milliseconds from the last key to the search.
REST = 150
ORDERS = ("urgency", "newest", "oldest", "thread")
STATES = ("waiting", "drafted", "in_review", "approved", "skipped", "human", "own")


class SearchField(QLineEdit):
    """``down`` tells that the person wants to go to the list."""

    down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.down.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Escape:
            self.down.emit()
        else:
            super().keyPressEvent(event)


class ThreadChoice(QComboBox):
    """Shortens a long title in its middle: what is counted after it stays in sight. Its tooltip has it whole."""

    def __init__(self) -> None:
        super().__init__()
        self.currentTextChanged.connect(self._follow)

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:  # noqa: N802  # Qt's name
        super().initStyleOption(option)
        kind = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(kind[0], option, kind[1], self).width()
        room -= self.iconSize().width() + SPACE[2]
        option.currentText = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideMiddle, room)

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """As wide as what it says, up to a point; it may be made narrower."""
        hint = super().sizeHint()
        beside = self.iconSize().width() + SPACE[8] + SPACE[5]
        wanted = min(self.fontMetrics().horizontalAdvance(self.currentText()) + beside, hint.width() * 2)
        return QSize(max(hint.width(), wanted), hint.height())

    def _follow(self, text: str) -> None:
        self.updateGeometry()
        # Titles are others' words: never read as HTML.
        self.setToolTip(f"<span>{html.escape(text)}</span>" if text else "")


class Filters(QWidget):
    """``changed`` tells that another list is wanted; words are told once the person rests."""

    changed = Signal()
    to_list = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        t = self._t = desk.t
        self.thread_choice = ThreadChoice()
        self.thread_choice.setAccessibleName(t("ui.inbox.thread"))
        self.thread_choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.thread_choice.setMinimumContentsLength(26)
        self.thread_choice.setMaxVisibleItems(16)
        self.search = SearchField()
        self.search.setPlaceholderText(t("ui.inbox.search"))
        self.search.setAccessibleName(t("ui.inbox.search"))
        self.search.setMaxLength(500)
        self.search.setClearButtonEnabled(True)
        self.search.addAction(QAction(icon("search"), "", self.search), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setMinimumWidth(desk.theme.px(200))
        self.order = QComboBox()
        self.order.setAccessibleName(t("ui.inbox.order"))
        for one in ORDERS:
            self.order.addItem(icon("arrow-up-down"), t(f"ui.inbox.order.{one}"), one)
        self.urgency: dict[str, QPushButton] = {one.value: self._urgency_chip(one.value) for one in Urgency}
        self.state = ChoiceButton(t, t("ui.inbox.filter.state"))
        self.intent = ChoiceButton(t, t("ui.inbox.filter.intent"))
        self.tone = ChoiceButton(t, t("ui.inbox.filter.tone"))
        self.language = ChoiceButton(t, t("ui.inbox.filter.language"))
        self.more = MoreButton(desk)
        self.reset = button(t("ui.inbox.filter.reset.short"), "link", run=self.clear)
        self.reset.setAccessibleName(t("ui.inbox.filter.reset"))
        self.reset.setToolTip(t("ui.inbox.filter.reset"))
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._rest.timeout.connect(self.changed)
        self._lay_out()
        self._offer()
        self.set_threads(())
        self._connect()

    @property
    def is_narrow(self) -> bool:
        """True when anything but the thread and the order is asked for."""
        return bool(self.words or self.urgencies or self.more.asked.count or any(one.chosen for one in self._choices))

    @property
    def narrows_kind(self) -> bool:
        """True when an intent, a tone or a language is asked for."""
        return any(one.chosen for one in (self.intent, self.tone, self.language))

    @property
    def words(self) -> str:
        """What is searched."""
        return self.search.text().strip()

    @property
    def urgencies(self) -> tuple[str, ...]:
        """The urgencies chosen."""
        return tuple(value for value, chip in self.urgency.items() if chip.isChecked())

    @property
    def thread_id(self) -> int | None:
        """The thread chosen, None for all."""
        found = self.thread_choice.currentData()
        return found if isinstance(found, int) else None

    def asked(self) -> InboxFilter:
        """What the list should show."""
        from copilot.domain.inbox import InboxFilter, Order, State

        more = self.more.asked
        since, until = more.bounds(datetime.now().date())
        return InboxFilter(
            thread_id=self.thread_id,
            words=self.words,
            intents=tuple(Intent(one) for one in self.intent.chosen),
            tones=tuple(Tone(one) for one in self.tone.chosen),
            urgencies=tuple(Urgency(one) for one in self.urgencies),
            languages=self.language.chosen,
            states=tuple(State(one) for one in self.state.chosen),
            order=Order(self.order.currentData()),
            authors=more.authors,
            since=since,
            until=until,
            flags=more.bits(),
            only_changed=more.only_changed,
            due=more.due,
        )

    def toggle_intent(self, value: str) -> None:
        """Narrow by one more intent, or by one fewer."""
        self._toggle(self.intent, value)

    def toggle_language(self, value: str) -> None:
        """Narrow by one more language, or by one fewer."""
        self._toggle(self.language, value)

    def toggle_due(self, value: str) -> None:
        """Show only what is late or due within the hour, or no longer."""
        asked = self.more.asked
        self.more.ask(replace(asked, due=None if asked.due == value else Lateness(value)))
        self.changed.emit()

    def _toggle(self, choice: ChoiceButton, value: str) -> None:
        chosen = choice.chosen
        choice.tick([one for one in chosen if one != value] if value in chosen else [*chosen, value])
        self.changed.emit()

    def clear(self) -> None:
        """Narrow nothing; the thread and the order stay."""
        self._quiet_fill("", (), ())
        self.changed.emit()

    def choose_thread(self, thread_id: int | None) -> None:
        """Show one thread, or all."""
        place = self.thread_choice.findData(thread_id)
        if place >= 0 and place != self.thread_choice.currentIndex():
            self.thread_choice.setCurrentIndex(place)

    def set_threads(self, threads: Sequence[ThreadSummary]) -> None:
        """The threads one may choose, with how many messages still wait; the choice stays."""
        t, chosen = self._t, self.thread_choice.currentData() if self.thread_choice.count() else None
        self.thread_choice.blockSignals(True)
        self.thread_choice.clear()
        waiting = sum(one.waiting for one in threads)
        self.thread_choice.addItem(icon("messages-square"), t("ui.inbox.thread.all", waiting=waiting), None)
        for one in threads:
            title = beginning(one.thread.title, 60)
            shown = t("ui.inbox.thread.one", title=title, waiting=one.waiting, total=one.count)
            self.thread_choice.addItem(icon("message-square"), shown, one.thread.id)
        self.thread_choice.setCurrentIndex(max(0, self.thread_choice.findData(chosen)))
        self.thread_choice.blockSignals(False)
        self.thread_choice.currentTextChanged.emit(self.thread_choice.currentText())

    def set_facets(self, facets: Facets) -> None:
        """How many messages each choice would show."""
        t = self._t
        for value, chip in self.urgency.items():
            found = facets.urgencies.get(Urgency(value), 0)
            chip.setText(f"{t(f'ui.inbox.urgency.{value}')}  {t.number(found)}")
            chip.setEnabled(bool(found) or chip.isChecked())
            chip.setAccessibleName(t("ui.inbox.filter.urgency", name=t(f"ui.inbox.urgency.{value}"), number=found))
        known = dict.fromkeys(
            (*self.language.chosen, *sorted(facets.languages, key=lambda one: -facets.languages[one]))
        )
        self.language.offer([(code, language_shown(code, t)) for code in known])
        self.state.count({state.value: count for state, count in facets.states.items()})
        self.intent.count({intent.value: count for intent, count in facets.intents.items()})
        self.tone.count({tone.value: count for tone, count in facets.tones.items()})
        self.language.count(facets.languages)
        self.reset.setVisible(self.is_narrow)

    def kept(self) -> dict[str, Any]:
        """The choices, to bring back later."""
        return {
            "thread": self.thread_id, "words": self.search.text(), "urgency": list(self.urgencies),
            "order": self.order.currentData(), "state": list(self.state.chosen), "intent": list(self.intent.chosen),
            "tone": list(self.tone.chosen), "language": list(self.language.chosen), "more": self.more.asked.kept(),
        }  # fmt: skip

    def bring_back(self, kept: dict[str, Any]) -> None:
        """Choose as :meth:`kept` said, without telling; what it lacks or names wrongly is left alone."""
        names = ("urgency", "state", "intent", "tone", "language")
        found = {name: kept.get(name) for name in names}
        lists = {name: list(map(str, told)) for name, told in found.items() if isinstance(told, list)}
        if "thread" in kept and self.thread_choice.findData(kept["thread"]) < 0 and isinstance(kept["thread"], int):
            # Its title comes with the list of threads.
            self.thread_choice.addItem("…", kept["thread"])
        self.thread_choice.blockSignals(True)
        self.thread_choice.setCurrentIndex(max(0, self.thread_choice.findData(kept.get("thread"))))
        self.thread_choice.blockSignals(False)
        self.order.blockSignals(True)
        self.order.setCurrentIndex(max(0, self.order.findData(kept.get("order"))))
        self.order.blockSignals(False)
        codes = lists.get("language", [])
        self.language.offer([(code, language_shown(code, self._t)) for code in codes])
        choices = [lists.get(name, []) for name in ("state", "intent", "tone", "language")]
        self._quiet_fill(str(kept.get("words") or ""), lists.get("urgency", []), choices)
        self.more.ask(More.of(kept.get("more")))
        self.more.search_in(self.thread_id)

    def _quiet_fill(self, words: str, urgencies: Sequence[str], choices: Sequence[Sequence[str]]) -> None:
        self.search.blockSignals(True)
        self.search.setText(words)
        self.search.blockSignals(False)
        self._rest.stop()
        for value, chip in self.urgency.items():
            chip.setChecked(value in urgencies)
        for place, choice in enumerate(self._choices):
            choice.tick(choices[place] if choices else ())
        self.more.ask(More())

    @property
    def _choices(self) -> tuple[ChoiceButton, ...]:
        return self.state, self.intent, self.tone, self.language

    def _urgency_chip(self, value: str) -> QPushButton:
        made = button(self._t(f"ui.inbox.urgency.{value}"), "chip")
        made.setCheckable(True)
        made.setToolTip(self._t(f"ui.inbox.urgency.{value}.why"))
        made.clicked.connect(lambda _checked=False: self.changed.emit())
        return made

    def _offer(self) -> None:
        t = self._t
        self.state.offer([(one, t(f"ui.inbox.state.{one}")) for one in STATES])
        self.intent.offer([(one.value, t(f"intent.{one.value}")) for one in Intent])
        self.tone.offer([(one.value, t(f"ui.inbox.tone.{one.value}")) for one in Tone])

    def _lay_out(self) -> None:
        self.search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        first = row(self.thread_choice, self.search, self.order, space=2)
        chips = flowing(*self.urgency.values(), *self._choices, self.more, self.reset)
        column(first, chips, space=2, parent=self)
        self.reset.hide()
        ArrowRow(self, *self.urgency.values(), *self._choices, self.more, self.reset)

    def _connect(self) -> None:
        self.thread_choice.currentIndexChanged.connect(lambda _place: self.changed.emit())
        self.order.currentIndexChanged.connect(lambda _place: self.changed.emit())
        self.search.textChanged.connect(lambda _text: self._rest.start())
        self.search.down.connect(self.to_list)
        for one in self._choices:
            one.ticked.connect(self.changed)
        self.more.changed.connect(self.changed)
        self.thread_choice.currentIndexChanged.connect(lambda _place: self.more.search_in(self.thread_id))

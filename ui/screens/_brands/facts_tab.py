"""The tab of facts: what the brand vouches for, until when, and what is over or about to be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QDate, QLocale
from PySide6.QtWidgets import QFrame, QWidget

from copilot.domain.brand import Fact
from copilot.i18n import Translator
from ui.desk import Desk
from ui.screens._brands.editing import Editing
from ui.screens._brands.fields import Chooser, DayBox, Line, Prose, Switch
from ui.screens._brands.forms import free_id
from ui.screens._brands.records import Column, RecordTab, Words
from ui.widgets.basic import button, column, label, restyle, row
from ui.widgets.tag_line import TagLine, by_commas

#: Days before its end that a fact is pointed at.
SOON = 14
_FAR = date.max


def end_of(t: Translator, until: date | None, today: date) -> str:
    """Until when a fact is valid, in words."""
    if until is None:
        return t("ui.brands.fact.no_end")
    if until == today:
        return t("ui.brands.fact.last_day")
    if until < today:
        return t("ui.brands.fact.expired", day=day_of(t, until))
    if until <= today + timedelta(days=SOON):
        return t("ui.brands.fact.soon", count=(until - today).days, day=day_of(t, until))
    return t("ui.brands.fact.until", day=day_of(t, until))


def day_of(t: Translator, day: date) -> str:
    """A date as the language writes it, short."""
    return QLocale(t.language).toString(QDate(day.year, day.month, day.day), "d MMM yyyy")


class FactsTab(RecordTab):
    """Facts, with those that are over or end soon pointed at."""

    part = "facts"

    def __init__(self, desk: Desk, editing: Editing) -> None:
        t = desk.t
        self.today = date.today()
        self.notice = QFrame()
        words = Words(
            t("ui.brands.facts.title"), t("ui.brands.facts.add"), t("ui.brands.facts.removed"),
            t("ui.brands.facts.empty"), t("ui.brands.facts.empty_text"),
        )  # fmt: skip
        columns = (
            Column(t("ui.brands.fact.statement"), lambda one: one.statement),
            Column(t("ui.brands.fact.value"), lambda one: one.value, 120, 600),
            Column(t("ui.brands.topics"), lambda one: ", ".join(one.topics[:20]), 150, 940),
            Column(t("ui.brands.fact.language"), lambda one: self._language(one.language), 84, 480),
            Column(t("ui.brands.fact.end"), lambda one: end_of(t, one.valid_until, self.today), 178),
            Column(t("ui.brands.fact.source"), lambda one: one.source, 130, 720),
        )
        super().__init__(desk, editing, words, columns)
        self._build_notice()

    def set_today(self, today: date) -> None:
        """The day it is where the brand is."""
        if today != self.today:
            self.today = today
            self.show_brand()

    def over(self) -> list[int]:
        """The places of the facts that are over."""
        return [place for place, one in enumerate(self.rows) if not one.is_valid_on(self.today)]

    def soon(self) -> list[int]:
        """The places of the facts that end within :data:`SOON` days."""
        last = self.today + timedelta(days=SOON)
        return [
            place
            for place, one in enumerate(self.rows)
            if one.valid_until is not None and self.today <= one.valid_until <= last
        ]

    def said(self) -> str:
        """How many facts are over or end soon, in words; empty when none is."""
        over, soon = len(self.over()), len(self.soon())
        told = [self.t("ui.brands.facts.over", count=over)] if over else []
        return " ".join([*told, *([self.t("ui.brands.facts.soon", count=soon)] if soon else [])])

    def form(self) -> QWidget:
        """The statement, then what qualifies it."""
        t, made = self.t, QWidget()
        statement = Prose(self.desk.theme, t, t("ui.brands.fact.statement"), 2, t("ui.brands.fact.statement.hint"))
        languages = [("", t("ui.brands.fact.both")), ("fr", self._language("fr")), ("en", self._language("en"))]
        topics = TagLine(t, t("ui.brands.topics"), parse=by_commas)
        column(
            self.bound(("statement",), t("ui.brands.fact.statement"), statement),
            self.bound(("value",), t("ui.brands.fact.value"), Line(t, t("ui.brands.fact.value.hint"))),
            self.bound(("valid_until",), t("ui.brands.fact.end"), DayBox(t, t("ui.brands.fact.end"))),
            self.bound(("source",), t("ui.brands.fact.source"), Line(t, t("ui.brands.fact.source.hint"))),
            self.bound(
                ("language",), t("ui.brands.fact.language"), Switch(languages, t("ui.brands.fact.language")),
                make=lambda value: value or None, shown=lambda value: value or "",
            ),
            self.bound(("topics",), t("ui.brands.topics"), topics, t("ui.brands.fact.topics.hint")),
            self.bound(("id",), t("ui.brands.id"), Line(t), t("ui.brands.id.hint")),
            space=3,
            parent=made,
        )  # fmt: skip
        return made

    def extras(self) -> tuple[QWidget, ...]:
        """How the rows are sorted."""
        t = self.t
        options = [
            ("", t("ui.brands.sort.written")), ("end", t("ui.brands.sort.end")), ("words", t("ui.brands.sort.words"))
        ]  # fmt: skip
        self.sorting = Chooser(options)
        self.sorting.setAccessibleName(t("ui.brands.sort"))
        self.sorting.edited.connect(lambda _value: self.show_brand())
        return (label(t("ui.brands.sort"), "small"), self.sorting)

    def order(self, rows: tuple[Any, ...]) -> list[int]:
        """As written, by their end, or by their words."""
        places = list(range(len(rows)))
        if self.sorting.currentData() == "end":
            return sorted(places, key=lambda place: rows[place].valid_until or _FAR)
        if self.sorting.currentData() == "words":
            return sorted(places, key=lambda place: rows[place].statement[:200].casefold())
        return places

    def new_row(self) -> Fact:
        """An empty fact in the brand's language."""
        taken = {one.id for one in self.rows}
        return Fact(free_id("fact", taken), "", language=self.editing.brand.voice.language)

    def copy_of(self, one: Any) -> Any:
        """The same fact under its own identifier."""
        return replace(one, id=free_id("fact", {other.id for other in self.rows}))

    def tone(self, one: Any) -> str:
        """Over is red, soon over is yellow; the column says it in words."""
        if one.valid_until is None or one.valid_until > self.today + timedelta(days=SOON):
            return ""
        return "danger" if one.valid_until < self.today else "warn"

    def show_brand(self) -> None:
        """Rows, and the line above them."""
        super().show_brand()
        self._show_notice()

    def put_value(self, steps: tuple[str | int, ...], value: Any) -> None:
        """A field was edited: the line above follows."""
        super().put_value(steps, value)
        self._show_notice()

    def _follow(self) -> None:
        super()._follow()
        if self.sorting.currentData():
            for action in (self.move_up, self.move_down):
                action.setEnabled(False)
                action.setWhatsThis(self.t("ui.brands.sort.no_move"))
        else:
            for action in (self.move_up, self.move_down):
                action.setWhatsThis("")

    def _build_notice(self) -> None:
        self._said = label("", wrap=True)
        self._see = button(self.t("ui.brands.facts.see"), "link", run=self._see_next)
        line = row(space=2, margins=(3, 1, 1, 1), parent=self.notice)
        line.addWidget(self._said, 1)
        line.addWidget(self._see)
        self.lines.insertWidget(0, self.notice)
        self._show_notice()

    def _show_notice(self) -> None:
        said = self.said()
        self._said.setText(said)
        restyle(self.notice, bar="danger" if self.over() else "warn")
        self.notice.setVisible(bool(said))

    def _see_next(self) -> None:
        """The first fact pointed at, and then the next ones."""
        places = sorted({*self.over(), *self.soon()})
        after = [place for place in places if place > self.place]
        if places:
            self.select((after or places)[0])
            self.table.setFocus()

    def _language(self, language: str | None) -> str:
        return self.t(f"ui.brands.language.{language}") if language else self.t("ui.brands.fact.both")

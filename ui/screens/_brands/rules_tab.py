"""The tab of the checks: what each rule weighs for the brand and its house style, with a text to try them on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QSizePolicy, QSplitter, QStackedWidget, QWidget

from copilot.domain.brand import RuleLevel
from ui.desk import Desk
from ui.screens._brands.editing import Editing
from ui.screens._brands.forms import with_value
from ui.screens._brands.pages import focus_chain
from ui.screens._brands.rules import LEVELS, Rule, level_key, told_rules
from ui.screens._brands.rules_drawing import ICONS
from ui.screens._brands.rules_list import RuleList
from ui.screens._brands.style_form import style_form
from ui.screens._brands.tab import BrandTab, Steps
from ui.screens._brands.trial import TrialPane
from ui.tokens import SPACE
from ui.widgets.basic import Segments, button, column, glyph, label, row, scrolled
from ui.widgets.flow import Flow
from ui.widgets.status import capital

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.services.checking import RuleState

#: Width of the tab, in px at 100 %, from which the trial stands beside the rules.
BESIDE = 660
_PARTS = ("rules", "style", "trial")


class _Filter(QLineEdit):
    """The down arrow goes to the list."""

    def __init__(self, rules: RuleList) -> None:
        super().__init__()
        self._rules = rules
        self.setMaxLength(100)
        self.setClearButtonEnabled(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Down goes to the rules, Escape shows them all again."""
        if event.key() == Qt.Key.Key_Down:
            if self._rules.current is None:
                self._rules.select_first()
            self._rules.setFocus()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class Legend(QWidget):
    """What the pictures of the choices mean, with the figure of each."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._flow = Flow(self, space=3)
        self.setToolTip(desk.t("ui.rules.keys"))
        desk.theme.changed.connect(self._draw)
        self._draw()

    def _draw(self) -> None:
        self._flow.clear()
        for number, level in enumerate(LEVELS, 1):
            one = QWidget()
            drawn = glyph(ICONS[level], self._desk.theme.colours.muted, self._desk.theme.px(14))
            word = capital(self._desk.t(f"ui.rules.level.{level_key(level)}"))
            row(drawn, label(f"{word} ({number})", "small"), space=1, parent=one)
            self._flow.addWidget(one)
        self._flow.invalidate()
        self.updateGeometry()


class ChecksTab(BrandTab):
    """Rules and house style, one or the other beside the trial."""

    owns = ("checks", "style")

    def __init__(self, desk: Desk, editing: Editing) -> None:
        super().__init__(desk, editing)
        t = self.t
        self._states: tuple[RuleState, ...] = ()
        self._told: tuple[Rule, ...] = ()
        self.list = RuleList(desk)
        self.parts = Segments(
            [("rules", t("ui.rules.title")), ("style", t("ui.style.title")), ("trial", t("ui.trial.title"))],
            "rules",
            t("ui.rules.parts"),
        )
        self.trial = TrialPane(desk, editing)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._rules_page())
        self._style = QWidget()
        column(space=0, parent=self._style)
        self._stack.addWidget(self._style)
        self._trial_place = QWidget()
        self._trial_line = column(space=0, parent=self._trial_place)
        self._stack.addWidget(self._trial_place)
        left = QWidget()
        # What the trial says, where it is not in sight.
        self.result = label("", "small", wrap=True)
        self.result.hide()
        head = row(self.parts, self.result, space=3)
        head.setStretch(1, 1)
        column(head, self._stack, space=3, parent=left).setStretch(1, 1)
        self.splitter = QSplitter()
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(SPACE[3])
        self.splitter.addWidget(left)
        self.splitter.addWidget(self.trial)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 2)
        column(self.splitter, parent=self)
        self._connect()
        desk.run(self._ask_rules, self._rules_came, owner=self)

    @property
    def levels(self) -> Mapping[str, RuleLevel]:
        """What the brand chose, by rule."""
        return self.editing.brand.checks

    def grade(self, name: str, level: RuleLevel | None) -> None:
        """Give a rule another weight; None is the usual one."""
        brand = with_value(self.editing.brand, ("checks", name), level or "")
        # Without a name: each choice is a step of its own, however fast they follow one another.
        self.editing.edit("", brand)

    def reset(self) -> None:
        """Every rule as usual; the message bar brings the choices back."""
        given_up = self.editing.brand
        if not given_up.checks:
            return
        self.editing.put(replace(given_up, checks={}))

        def bring_back() -> None:
            now = self.editing.brand
            if self.editing.is_open and now.id == given_up.id:
                self.editing.put(replace(now, checks={**given_up.checks, **now.checks}))

        said = self.t("ui.rules.reset.done", count=len(given_up.checks))
        self.desk.tell("ok", said, act_label=self.t("ui.undo"), act=bring_back)

    def show_part(self, name: str) -> None:
        """Bring a part to the front: ``rules``, ``style``, or ``trial`` where it does not stand beside them."""
        self.parts.set_current(name)
        if name == "style":
            self.make_style()
        self._stack.setCurrentIndex(_PARTS.index(name))

    def make_style(self) -> None:
        """Make the form of the house style, the first time it is needed."""
        holder = self._style.layout()
        if self.fields or holder is None:
            return
        area = scrolled(style_form(self))
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields take the keys
        chain = focus_chain(area)
        holder.addWidget(area)
        before = self._style
        for one in chain:
            # Made later than the trial, it would come after it for Tab.
            QWidget.setTabOrder(before, one)
            before = one
        if self.editing.is_open:
            super().show_brand()

    def mark(self, wrong: Mapping[Steps, str]) -> None:
        """Show what is wrong, each beside its field."""
        if any(steps[0] == "style" for steps in wrong):
            self.make_style()
        super().mark(wrong)

    def show_brand(self) -> None:
        """Show the brand under edit."""
        super().show_brand()
        self._show_rules()

    def reveal(self, steps: Steps) -> None:
        """Bring a rule or a field into view and give it the focus."""
        if steps[0] == "style":
            self.show_part("style")
            super().reveal(steps)
        else:
            self.show_part("rules")
            self.list.select(str(steps[-1]))
            self.list.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """The trial is a part of its own where there is no room beside the others."""
        super().resizeEvent(event)
        self._place_trial(beside=self.width() >= self.desk.theme.px(BESIDE))

    # Inside.

    def _place_trial(self, *, beside: bool) -> None:
        if beside == (self.splitter.indexOf(self.trial) >= 0):
            return
        self.parts.offer("trial", not beside)
        self.result.setVisible(not beside)
        if beside:
            self.splitter.addWidget(self.trial)
            if self.parts.current == "trial":
                self.show_part("rules")
        else:
            self._trial_line.addWidget(self.trial)
        self.trial.show()

    def _tried(self) -> None:
        self.list.rules.show_seen(self.trial.seen)
        self.result.setText(self.t("ui.trial.result", said=self.trial.note.text()))

    def _rules_page(self) -> QFrame:
        t = self.t
        self.filter = _Filter(self.list)
        self.filter.setPlaceholderText(t("ui.rules.filter"))
        self.filter.setAccessibleName(t("ui.rules.filter"))
        self.only_own = button(t("ui.rules.changed", count=0), "chip")
        self.only_own.setCheckable(True)
        self.only_own.setToolTip(t("ui.rules.changed.tip"))
        self.reset_button = button(t("ui.rules.reset"), "link", run=self.reset)
        self._nothing = label("", "muted", wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._all = button(t("ui.rules.show_all"), "link", run=self._show_all)
        empty = QWidget()
        column(1, self._nothing, row(1, self._all, 1), 1, space=2, margins=4, parent=empty)
        self._lists = QStackedWidget()
        self._lists.addWidget(self.list)
        self._lists.addWidget(empty)
        made = QFrame()
        made.setProperty("card", "true")
        head = row(self.filter, self.only_own, space=2, margins=(3, 3, 3, 0))
        foot = row(1, self.reset_button, space=2, margins=(3, 0, 3, 2))
        column(head, _inset(Legend(self.desk)), self._lists, foot, space=2, parent=made).setStretch(2, 1)
        return made

    def _connect(self) -> None:
        self.parts.chosen.connect(self.show_part)
        self.parts.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.list.level_asked.connect(self.grade)
        self.filter.textChanged.connect(lambda _text: self._sift())
        self.only_own.toggled.connect(lambda _on: self._sift())
        self.trial.shown.connect(self._tried)
        self.parts.offer("trial", False)
        self.editing.edited.connect(self._show_rules)

    async def _ask_rules(self, copilot: Copilot) -> tuple[RuleState, ...]:
        return copilot.checking.rules()

    def _rules_came(self, states: tuple[RuleState, ...]) -> None:
        self._states = states
        self._show_rules()
        self.list.select_first()

    def _show_rules(self) -> None:
        """The choices of the brand under edit."""
        if not self._states:
            return
        told = told_rules(self.t, self._states, self.levels)
        here = self.list.current
        if told != self._told:
            self._told = told
            self.list.rules.show_rules(told)
        self.list.rules.show_levels(self.levels)
        count = len(self.levels)
        self.only_own.setText(self.t("ui.rules.changed", count=count))
        self.only_own.setAccessibleName(self.only_own.text())
        self.reset_button.setEnabled(count > 0)
        self.reset_button.setToolTip("" if count else self.t("ui.rules.reset.none"))
        self._after_sifting(here)

    def _sift(self) -> None:
        here = self.list.current
        self.list.rules.sift(self.filter.text(), only_own=self.only_own.isChecked())
        self._after_sifting(here)

    def _after_sifting(self, here: Rule | None) -> None:
        """The rule with the focus keeps it when it is still there."""
        rows = self.list.rules.rows
        own = self.only_own.isChecked() and not self.levels
        self._nothing.setText(self.t("ui.rules.none_changed" if own else "ui.rules.none"))
        self._lists.setCurrentIndex(0 if rows or not self._states else 1)
        if here is not None and self.list.current is None:
            self.list.select(here.name)
        if self.list.current is None:
            self.list.select_first()

    def _show_all(self) -> None:
        self.only_own.setChecked(False)
        self.filter.clear()
        self.filter.setFocus()


def _inset(widget: QWidget) -> QWidget:
    """``widget`` with the margins of a card at its sides."""
    made = QWidget()
    column(widget, margins=(3, 0, 3, 0), parent=made)
    return made

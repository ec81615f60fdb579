"""The rules as a list: each with its five choices side by side, chosen with the mouse, the arrows or a figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QListView, QMenu, QWidget

from copilot.domain.brand import RuleLevel
from copilot.i18n import Translator
from ui.desk import Desk
from ui.screens._brands.rules import LEVELS, Rule, level_key, plain
from ui.screens._brands.rules_drawing import RuleDelegate
from ui.widgets.status import capital

Index = QModelIndex | QPersistentModelIndex


class RuleModel(QAbstractListModel):
    """Titles of families (str) and rules (:class:`Rule`), as filtered."""

    def __init__(self, t: Translator, parent: QWidget) -> None:
        super().__init__(parent)
        self._t = t
        self._rules: tuple[Rule, ...] = ()
        self._words, self._only_own = "", False
        self.rows: list[Rule | str] = []
        self.levels: dict[str, RuleLevel] = {}
        self.seen: dict[str, int] = {}

    def show_rules(self, rules: tuple[Rule, ...]) -> None:
        """Other rules."""
        self._rules = rules
        self._lay_out()

    def sift(self, words: str, *, only_own: bool) -> None:
        """Keep the rules that answer ``words``; with ``only_own`` those the brand grades itself."""
        self._words, self._only_own = plain(words), only_own
        self._lay_out()

    def show_levels(self, levels: Mapping[str, RuleLevel]) -> None:
        """What the brand chose."""
        if dict(levels) != self.levels:
            self.levels = dict(levels)
            if self._only_own:
                self._lay_out()
            else:
                self._redraw()

    def show_seen(self, seen: Mapping[str, int]) -> None:
        """How many findings each rule has in the trial."""
        if dict(seen) != self.seen:
            self.seen = dict(seen)
            self._redraw()

    def rule_at(self, index: Index) -> Rule | None:
        """The rule in a row; None for a title."""
        row = self.rows[index.row()] if index.isValid() and index.row() < len(self.rows) else None
        return row if isinstance(row, Rule) else None

    def place_of(self, name: str) -> int:
        """The row of a rule, -1 when it is not shown."""
        return next((n for n, row in enumerate(self.rows) if isinstance(row, Rule) and row.name == name), -1)

    def level(self, rule: Rule) -> RuleLevel | None:
        """What the brand chose for ``rule``."""
        return self.levels.get(rule.name)

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802  # Qt's name
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.rule_at(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        rule = self.rule_at(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return rule.title if rule else self.rows[index.row()] if index.isValid() else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(rule) if rule else self.rows[index.row()]
        return None

    def said_of(self, rule: Rule) -> str:
        """What a rule weighs for this brand, in words."""
        level = self.level(rule)
        weight = self._t(f"ui.rules.level.{rule.weight(level).value}")
        return capital(weight) if level else self._t("ui.rules.usually", level=weight)

    def notes_of(self, rule: Rule) -> list[tuple[str, str]]:
        """What stands under a rule: the words and their colour."""
        notes = [(rule.about, "muted")] if rule.about else []
        if count := self.seen.get(rule.name):
            notes.append((self._t("ui.rules.seen", count=count), "accent_text"))
        if rule.lets_through(self.level(rule)):
            notes.append((rule.risk, "warn"))
        return notes

    def spoken(self, rule: Rule) -> str:
        """What a screen reader says of a rule."""
        level = self.level(rule)
        weight = self._t(f"ui.rules.level.{rule.weight(level).value}")
        said = self._t("ui.rules.own" if level else "ui.rules.usually", level=weight)
        return ". ".join([rule.title, said, *(text.rstrip(".") for text, _colour in self.notes_of(rule))])

    def _lay_out(self) -> None:
        kept = [
            rule
            for rule in self._rules
            if rule.is_found_by(self._words) and not (self._only_own and rule.name not in self.levels)
        ]
        self.beginResetModel()
        self.rows = []
        for n, rule in enumerate(kept):
            if not n or kept[n - 1].family != rule.family:
                self.rows.append(self._t(f"ui.rules.family.{rule.family}"))
            self.rows.append(rule)
        self.endResetModel()

    def _redraw(self) -> None:
        if self.rows:
            self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1))


class RuleList(QListView):
    """``level_asked`` carries the name of a rule and the choice a person made for it."""

    level_asked = Signal(str, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._t = t = desk.t
        self.rules = RuleModel(t, self)
        self._drawing = RuleDelegate(desk.theme, self.rules, self)
        self.setModel(self.rules)
        self.setItemDelegate(self._drawing)
        self.setAccessibleName(t("ui.rules.list"))
        self.setAccessibleDescription(t("ui.rules.keys"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("bare", True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Its width may not hang on its height, which hangs on its width.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().setSingleStep(24)
        self.setMouseTracking(True)
        self.rules.dataChanged.connect(lambda *_places: self.scheduleDelayedItemsLayout())
        desk.theme.changed.connect(self._measure_anew)
        for number, level in enumerate(LEVELS, 1):
            word = t(f"ui.rules.level.{level_key(level)}")
            desk.actions.add(
                self, f"brands.rule.{level_key(level)}", t("ui.rules.set", level=word),
                partial(self.choose, level), group=t("ui.brands.title"), keys=str(number),
            )  # fmt: skip

    @property
    def current(self) -> Rule | None:
        """The rule with the focus."""
        return self.rules.rule_at(self.currentIndex())

    def select(self, name: str) -> None:
        """Go to a rule."""
        place = self.rules.place_of(name)
        if place >= 0:
            self.setCurrentIndex(self.rules.index(place))
            self.scrollTo(self.currentIndex())

    def select_first(self) -> None:
        """Go to the first rule."""
        first = next((one for one in self.rules.rows if isinstance(one, Rule)), None)
        if first:
            self.select(first.name)

    def choose(self, level: RuleLevel | None) -> None:
        """Choose for the rule with the focus."""
        if (rule := self.current) is not None:
            self.level_asked.emit(rule.name, level)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Left and right go through the choices; Return shows them in words."""
        key, rule = event.key(), self.current
        if rule is not None and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = 1 if key == Qt.Key.Key_Right else -1
            place = LEVELS.index(self.rules.level(rule)) + step
            if 0 <= place < len(LEVELS):
                self.choose(LEVELS[place])
        elif rule is not None and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open_menu(self.visualRect(self.currentIndex()).center())
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802  # Qt's name
        """The choices in words."""
        if self.current is not None:
            self._open_menu(event.pos())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """A click on one of the choices makes it."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        rule = self.rules.rule_at(index)
        place = self.choice_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and rule is not None and place >= 0:
            self.level_asked.emit(rule.name, LEVELS[place])

    def choice_at(self, point: QPoint) -> int:
        """Which of the five choices is at ``point`` of the viewport, -1 for none."""
        index = self.indexAt(point)
        if self.rules.rule_at(index) is None:
            return -1
        cells = self.cells(self.visualRect(index))
        return next((n for n, cell in enumerate(cells) if cell.contains(point)), -1)

    def cells(self, row: QRect) -> Sequence[QRect]:
        """Where the choices of a row are."""
        return self._drawing.cells(row)

    def said_at(self, point: QPoint) -> str:
        """What is said of the choice at ``point``, as plain text."""
        place = self.choice_at(point)
        if place < 0:
            return ""
        rule = self.rules.rule_at(self.indexAt(point))
        return self._choice(rule, LEVELS[place], place) if rule else ""

    def _choice(self, rule: Rule, level: RuleLevel | None, place: int) -> str:
        word = self._t(f"ui.rules.level.{rule.weight(level).value}")
        said = capital(word) if level else self._t("ui.rules.choice.usual", level=word)
        return f"{said} ({place + 1})"

    def _open_menu(self, at: QPoint) -> None:
        rule = self.current
        if rule is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for place, level in enumerate(LEVELS):
            action = menu.addAction(self._choice(rule, level, place))
            action.setCheckable(True)
            action.setChecked(level == self.rules.level(rule))
            action.triggered.connect(lambda _on=False, name=rule.name, told=level: self.level_asked.emit(name, told))
        menu.popup(self.viewport().mapToGlobal(at))

    def _measure_anew(self) -> None:
        self._drawing.forget()
        self.scheduleDelayedItemsLayout()

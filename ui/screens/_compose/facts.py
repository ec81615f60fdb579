"""The facts found in the brief, as a compact list: what kind, which words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from copilot.domain.post import FoundFact
from copilot.i18n import Translator
from ui.theme import Theme
from ui.tokens import RADIUS_SMALL, SPACE
from ui.widgets.brief_editor import COLOURS

Index = QModelIndex | QPersistentModelIndex
#: Facts listed at most.
MOST_LISTED = 1000
#: Characters of a value shown.
LONGEST = 120
#: The grounds of the tokens that colour a kind; the others have none of their own.
SOFT = {"ok": "ok_soft", "info": "info_soft", "warn": "warn_soft", "accent_text": "accent_soft"}


class _Facts(QAbstractListModel):
    def __init__(self, t: Translator, parent: QWidget) -> None:
        super().__init__(parent)
        self._t = t
        self.facts: tuple[FoundFact, ...] = ()

    def show(self, facts: Sequence[FoundFact]) -> None:
        self.beginResetModel()
        self.facts = tuple(facts[:MOST_LISTED])
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802  # Qt's name
        return 0 if parent is not None and parent.isValid() else len(self.facts)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.facts):
            return None
        fact = self.facts[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return _short(fact.value)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.kind(fact)}, {_short(fact.value)}"
        return fact if role == Qt.ItemDataRole.UserRole else None

    def kind(self, fact: FoundFact) -> str:
        return self._t(f"fact.{fact.kind.value}")


class _Row(QStyledItemDelegate):
    """Draws the kind as a badge in a column of its own, then the words."""

    def __init__(self, theme: Theme, t: Translator, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._t = theme, t
        self._column = 0

    def measure(self, facts: Sequence[FoundFact], metrics: Any) -> None:
        kinds = {self._t(f"fact.{fact.kind.value}") for fact in facts}
        self._column = max((metrics.horizontalAdvance(one) for one in kinds), default=0) + SPACE[3]

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802  # Qt's name
        return QSize(option.rect.width(), option.fontMetrics.height() + SPACE[2])

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        fact = index.data(Qt.ItemDataRole.UserRole)
        colours = self._theme.colours
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.setBrush(QColor(colours.raised))
            painter.drawRoundedRect(option.rect, RADIUS_SMALL, RADIUS_SMALL)
        name = COLOURS[fact.kind]
        kind = self._t(f"fact.{fact.kind.value}")
        pill = QRect(option.rect.left() + SPACE[1], option.rect.top() + 2, 0, option.rect.height() - 4)
        pill.setWidth(option.fontMetrics.horizontalAdvance(kind) + SPACE[3])
        painter.setBrush(QColor(getattr(colours, SOFT.get(name, "raised"))))
        painter.drawRoundedRect(pill, RADIUS_SMALL, RADIUS_SMALL)
        painter.setPen(QColor(getattr(colours, name)))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, kind)
        rest = option.rect.adjusted(SPACE[1] + self._column + SPACE[2], 0, -SPACE[1], 0)
        painter.setPen(QColor(colours.text))
        shown = option.fontMetrics.elidedText(index.data(), Qt.TextElideMode.ElideRight, rest.width())
        painter.drawText(rest, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), shown)
        painter.restore()


class FactList(QListView):
    """``chosen`` tells the fact clicked, or entered with Return."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, t: Translator) -> None:
        super().__init__()
        self._model = _Facts(t, self)
        self._row = _Row(theme, t, self)
        self.setModel(self._model)
        self.setItemDelegate(self._row)
        self.setProperty("bare", True)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(t("ui.compose.facts"))
        self.clicked.connect(self._tell)
        self.activated.connect(self._tell)

    @property
    def facts(self) -> tuple[FoundFact, ...]:
        """What is listed."""
        return self._model.facts

    def show_facts(self, facts: Sequence[FoundFact]) -> None:
        """List ``facts``; the same ones leave the list as it is."""
        if tuple(facts[:MOST_LISTED]) == self._model.facts:
            return
        self._row.measure(facts[:MOST_LISTED], self.fontMetrics())
        self._model.show(facts)
        self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """As tall as its facts, up to three and a half: the half says that there are more."""
        line = self.fontMetrics().height() + SPACE[2]
        return QSize(200, round(line * min(3.5, max(1, len(self.facts)))) + SPACE[2])

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        line = self.fontMetrics().height() + SPACE[2]
        return QSize(120, line * min(2, max(1, len(self.facts))) + SPACE[2])

    def _tell(self, index: QModelIndex) -> None:
        fact = index.data(Qt.ItemDataRole.UserRole)
        if fact is not None:
            self.chosen.emit(fact)


def _short(value: str) -> str:
    line = " ".join(value[: 2 * LONGEST].split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"

"""The brands at the left: name, sector, which one is the usual one, which ones have unsaved changes."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from copilot.domain.brand import Brand
from ui.desk import Desk
from ui.tokens import SPACE, TYPE
from ui.widgets.table_editor import one_line

Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole.UserRole
_WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
_MOST_LINES = 3


@dataclass(frozen=True, slots=True)
class Listed:
    """A brand as the list shows it."""

    id: str
    name: str
    about: str
    notes: str


class _Delegate(QStyledItemDelegate):
    """A few lines of plain text."""

    def __init__(self, desk: Desk, parent: QListWidget) -> None:
        super().__init__(parent)
        self._desk, self._list = desk, parent

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        told = index.data(_ROLE)
        self.initStyleOption(option, index)
        option.text = ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        colours = self._desk.theme.colours
        box = option.rect.adjusted(SPACE[3], SPACE[2], -SPACE[2], -SPACE[2])
        painter.save()
        top = box.top()
        for text, font, colour in self._lines(told):
            painter.setFont(font)
            painter.setPen(QColor(getattr(colours, colour)))
            high = _height(text, font, box.width())
            painter.drawText(QRect(box.left(), top, box.width(), high), _WRAPPED, text)
            top += high
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802  # Qt's name
        width = self._list.viewport().width() - SPACE[5]
        lines = self._lines(index.data(_ROLE))
        return QSize(100, sum(_height(text, font, width) for text, font, _colour in lines) + SPACE[4])

    def _lines(self, told: Listed) -> list[tuple[str, QFont, str]]:
        px = self._desk.theme.px
        strong, small = QFont(self._list.font()), QFont(self._list.font())
        strong.setPixelSize(px(TYPE["body"]))
        strong.setWeight(QFont.Weight.DemiBold)
        small.setPixelSize(px(TYPE["small"]))
        lines = [(told.name, strong, "text")]
        lines += [(told.about, small, "muted")] if told.about else []
        return lines + ([(told.notes, small, "accent_text")] if told.notes else [])


def _height(text: str, font: QFont, width: int) -> int:
    """The height of a few wrapped lines of ``text``."""
    metrics = QFontMetrics(font)
    wrapped = metrics.boundingRect(QRect(0, 0, max(width, 40), 10_000), _WRAPPED, text).height()
    return min(wrapped, metrics.lineSpacing() * _MOST_LINES)


class BrandList(QListWidget):
    """``picked`` carries the identifier of the brand a person chose."""

    picked = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._t = desk, desk.t
        self._brands: tuple[Brand, ...] = ()
        self._default = ""
        self._unsaved: frozenset[str] = frozenset()
        self._silent = False
        self.setAccessibleName(self._t("ui.brands.list"))
        self.setItemDelegate(_Delegate(desk, self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("bare", True)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.currentItemChanged.connect(self._picked)

    @property
    def current_id(self) -> str:
        """The chosen brand, empty when none is."""
        item = self.currentItem()
        return str(item.data(_ROLE).id) if item is not None else ""

    def show_brands(self, brands: tuple[Brand, ...], default: str, unsaved: frozenset[str], chosen: str) -> None:
        """Show ``brands`` and choose one, silently."""
        self._brands, self._default, self._unsaved = brands, default, unsaved
        self._silent = True
        while self.count() > len(brands):
            self.takeItem(self.count() - 1)
        while self.count() < len(brands):
            self.addItem(QListWidgetItem())
        for place, brand in enumerate(brands):
            self._show(place, brand)
        known = [brand.id for brand in brands]
        self.setCurrentRow(known.index(chosen) if chosen in known else -1)
        self._silent = False

    def show_unsaved(self, brand_id: str, unsaved: bool) -> None:
        """Say whether a brand has unsaved changes."""
        marked = self._unsaved | {brand_id} if unsaved else self._unsaved - {brand_id}
        if marked == self._unsaved:
            return
        self._unsaved = frozenset(marked)
        for place, brand in enumerate(self._brands):
            if brand.id == brand_id:
                self._show(place, brand)

    def _show(self, place: int, brand: Brand) -> None:
        t, notes = self._t, []
        if brand.id == self._default:
            notes.append(t("ui.brands.default"))
        if brand.id in self._unsaved:
            notes.append(t("ui.brands.unsaved"))
        told = Listed(brand.id, one_line(brand.name), one_line(brand.sector), " · ".join(notes))
        item = self.item(place)
        if item.data(_ROLE) != told:
            item.setData(_ROLE, told)
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole, ", ".join(one for one in (told.name, told.about, told.notes) if one)
            )

    def _picked(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item is not None and not self._silent:
            self.picked.emit(item.data(_ROLE).id)

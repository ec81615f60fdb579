"""The Tab key goes where the eye goes: from part to part as they are laid out, whichever was made first."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QSplitter, QStackedWidget, QWidget


def follow_the_eye(root: QWidget) -> None:
    """Put what takes the focus in ``root`` in the order in which it is laid out, whether it is on show or not."""
    for one, following in pairwise(_stops(root)):
        QWidget.setTabOrder(one, following)


def _stops(widget: QWidget) -> Iterator[QWidget]:
    """``widget``, when the Tab key may stop there, then what is in it."""
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield widget
    for one in _inside(widget):
        yield from _stops(one)


def _inside(widget: QWidget) -> Iterator[QWidget]:
    if isinstance(widget, (QSplitter, QStackedWidget)):
        yield from (one for place in range(widget.count()) if (one := widget.widget(place)) is not None)
    elif isinstance(widget, QScrollArea):
        if (content := widget.widget()) is not None:
            yield content
    elif (layout := widget.layout()) is not None:
        known = list(_laid_out(layout))
        yield from known
        # Parts that wait for their place in it.
        yield from (
            one for one in widget.children() if isinstance(one, QWidget) and not one.isWindow() and one not in known
        )
    elif not widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        # Parts that their widget places itself stand in the order in which they were added.
        yield from (one for one in widget.children() if isinstance(one, QWidget) and not one.isWindow())


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is None:
            continue
        if (widget := item.widget()) is not None:
            yield widget
        elif (inner := item.layout()) is not None:
            yield from _laid_out(inner)

"""A line of buttons that goes on below when there is no room."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.widgets.flow import Flow


def flowing(*parts: QWidget, pushed: int | None = None) -> QWidget:
    """``parts`` in a line that goes on below when there is no room; those from place ``pushed`` on at its right end."""
    made = QWidget()
    flow = Flow(made, space=1, pushed=pushed)
    for part in parts:
        flow.addWidget(part)
    size = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    size.setHeightForWidth(True)
    made.setSizePolicy(size)
    return made

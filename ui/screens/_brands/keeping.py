"""Where the brand moderates as a host, whom it watches, and for how long what concerns people is kept."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from ui.screens._brands.style_form import Figure
from ui.screens._brands.tab import BrandTab, group
from ui.tokens import SPACE
from ui.widgets.basic import label
from ui.widgets.tag_line import TagLine, by_commas

#: Days: a century.
LONGEST = 36_500
KEPT = ("messages_days", "decisions_days", "logs_days", "pseudonyms_days")


class Days(Figure):
    """A number of days; none at all is without a limit."""

    def __init__(self, unlimited: str, suffix: str) -> None:
        super().__init__(0, LONGEST)
        self.setSpecialValueText(unlimited)
        self.setSuffix(suffix)
        self.setSingleStep(30)


def moderation_form(tab: BrandTab) -> QWidget:
    """The spaces the brand runs itself, and the accounts whose complaints are watched; bound in ``tab``."""
    t = tab.t
    hosted = TagLine(t, t("ui.keeping.hosted"), add=t("ui.keeping.hosted.add"), parse=by_commas)
    watched = TagLine(t, t("ui.keeping.influential"), add=t("ui.keeping.influential.add"), parse=_handles)
    return group(
        t("ui.keeping.moderation"),
        tab.bound(("moderation", "hosted_networks"), t("ui.keeping.hosted"), hosted, t("ui.keeping.hosted.hint")),
        tab.bound(
            ("moderation", "influential"), t("ui.keeping.influential"), watched, t("ui.keeping.influential.hint")
        ),
    )


def _handles(text: str) -> list[str]:
    """Handles without their sign, as they are kept."""
    return [one.lstrip("@") for one in by_commas(text)]


def retention_form(tab: BrandTab) -> QWidget:
    """For how long each kind of thing is kept, in two columns; bound in ``tab``."""
    t, holder = tab.t, QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(SPACE[4])
    grid.setVerticalSpacing(SPACE[3])
    for place, name in enumerate(KEPT):
        title = t(f"ui.keeping.{name}")
        days = Days(t("ui.keeping.unlimited"), t("ui.keeping.days"))
        days.setAccessibleName(title)
        made = tab.bound(("retention", name), title, days, make=lambda told: told or None, shown=lambda kept: kept or 0)
        grid.addWidget(made, place // 2, place % 2)
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)
    return group(t("ui.keeping.retention"), label(t("ui.keeping.retention.text"), "muted", wrap=True), holder)

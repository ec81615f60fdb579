"""The Review screen."""

from __future__ import annotations

from ui.desk import Desk
from ui.screen import Screen


class ReviewScreen(Screen):
    """The Review screen."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, desk.t("ui.review.title"))

"""What a card says of where its text stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copilot.domain.item import Item, Status
from copilot.errors import Bug, RepliqueError
from ui.screens._compose.variants import Stage, Variant

if TYPE_CHECKING:
    from copilot.i18n import Translator

LEFT_REVIEW = frozenset({Status.IN_REVIEW, Status.APPROVED, Status.SCHEDULED})


def trouble_of(t: Translator, front: Variant | None) -> str:
    """Why there is no text in front; empty when there is one, or one comes."""
    if front is None:
        return t("ui.compose.nothing_came")
    if front.stage is Stage.STOPPED:
        return t("ui.compose.stopped")
    if front.stage is not Stage.FAILED:
        return ""
    error = front.error
    if isinstance(error, RepliqueError) and not isinstance(error, Bug):
        return t.error(error)
    return t("ui.compose.failed")


def lapse_of(t: Translator, before: Item, after: Item) -> str:
    """That an edit ended a review or an approval; empty when it ended none."""
    if before.status not in LEFT_REVIEW or after.status in LEFT_REVIEW:
        return ""
    return t("ui.compose.left_review" if before.status is Status.IN_REVIEW else "ui.compose.lapsed")

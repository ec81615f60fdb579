"""What the Inbox keeps from one day to the next: what is asked for, the message, and how the room is shared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ui.screens._inbox.screen import InboxScreen


def kept(screen: InboxScreen) -> dict[str, Any]:
    """JSON values to bring it back from."""
    return {
        "filters": screen.filters.kept(),
        "strip_folded": screen.strip.is_folded,
        "view": screen.grouped.view,
        "message": screen.list.current_id,
        "across": screen.across.sizes(),
        "down": screen.room.shares,
    }


def bring_back(screen: InboxScreen, state: dict[str, Any]) -> None:
    """Bring back what :func:`kept` said; what cannot be is left alone."""
    if isinstance(state.get("filters"), dict):
        screen.filters.bring_back(state["filters"])
    screen.strip.set_folded(state.get("strip_folded") is True)
    if isinstance(state.get("message"), int):
        screen.want(state["message"])
    for name, splitter, share in (
        ("across", screen.across, screen.across.setSizes),
        ("down", screen.down, screen.room.share),
    ):
        sizes = state.get(name)
        if isinstance(sizes, list) and len(sizes) == splitter.count() and all(isinstance(one, int) for one in sizes):
            share(sizes)

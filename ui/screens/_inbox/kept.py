"""What the Inbox keeps: what is asked for, the message, how the room is shared; and what of it at the next start."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ui.screens._inbox.screen import InboxScreen


#: What is shown at first: what there is to do.
FIRST = {"state": ["waiting", "drafted"], "order": "urgency"}


def lasting(state: dict[str, Any]) -> dict[str, Any]:
    """What of :func:`kept` is there at the next start: nothing that narrows, and no word or name that was searched."""
    filters = state.get("filters")
    told = filters if isinstance(filters, dict) else {}
    return {**state, "filters": {**FIRST, **{name: told[name] for name in ("thread", "order") if name in told}}}


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

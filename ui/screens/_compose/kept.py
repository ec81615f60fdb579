"""What is kept of the cards, and the cards shown again from it: at a start, and when a proposal is taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from copilot.errors import UserError

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.services.inspection import Inspected
    from ui.screens._compose.card import Card
    from ui.screens._compose.cards import Cards

#: The working copy of what is on the screen.
KEY = "compose:brief"

#: A card as :meth:`ui.screens._compose.cards.Cards.body` tells it.
Kept = Mapping[str, Any]


def ids_in(cards: Iterable[Kept]) -> list[int]:
    """The items of ``cards``, in order; what is no number is left out."""
    return [item_id for one in cards for item_id in one.get("items", ()) if isinstance(item_id, int)]


async def items_of(copilot: Copilot, ids: Sequence[int]) -> dict[int, Inspected]:
    """The items of these ids, without those that were forgotten since."""
    found: dict[int, Inspected] = {}
    for item_id in ids:
        try:
            found[item_id] = await copilot.review.show(item_id)
        except UserError as error:
            if error.kind != "item.unknown":
                raise
    return found


def show_kept(cards: Cards, kept: Iterable[Kept], items: Mapping[int, Inspected]) -> None:
    """Have ``kept`` as the cards, in place of those that are there; a card none of whose ``items`` is there is not."""
    held: dict[str, tuple[Kept, list[Inspected]]] = {}
    for one in kept:
        mine = [items[item_id] for item_id in one.get("items", ()) if item_id in items]
        if mine:
            held[mine[0].item.network] = (one, mine)

    remembered = {
        network: {**one, "network": network, "items": [each.item.id for each in mine]}
        for network, (one, mine) in held.items()
    }

    def dress(card: Card) -> None:
        one, mine = held[card.network.id]
        card.show_items(mine, one["front"] if isinstance(one.get("front"), int) else 0)
        card.set_collapsed(one.get("collapsed") is True)

    cards.renew(tuple(held), lambda network: held[network][1][0].item.account, dress, remembered)

"""What a model is told when its text is too long for where it goes. Nothing is ever cut in its place."""

from __future__ import annotations

from collections.abc import Callable

from copilot.domain.network import Network
from copilot.text.measure import measure

#: Part of the limit asked for the second time: models count badly, and mostly write too much.
AIM = 0.9

_UNITS = {
    "weighted": "weighted characters (emoji and signs such as € or … count 2)",
    "graphemes": "characters",
    "bytes": "bytes in UTF-8 (an accented letter counts 2, a curly apostrophe 3, an emoji 4 or more)",
    "utf16": "characters (an emoji counts 2 or more)",
    "characters": "characters",
}


def too_long(network: Network, part: str = "post") -> Callable[[str], str]:
    """Says of a text, to the model that wrote it, by how much it is too long for ``network``; "" when it fits."""

    def objection(text: str) -> str:
        told = measure(text.strip(), network, part)
        if told.limit is None or told.count <= told.limit:
            return ""
        link = f", each link counting {network.url_weight}" if network.url_weight else ""
        unit = _UNITS.get(told.unit, told.unit)
        return (
            f"it is too long for {network.label}: {told.count} where {told.limit} is the limit, "
            f"in {unit}{link}. Aim at {int(told.limit * AIM)} at most"
        )

    return objection

"""A network as data: limits, how it counts, what it accepts. Loaded from assets/networks/*.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Limit:
    """The longest text a part may hold, in ``unit``; ``max`` None means no limit.

    ``count`` names the counter of ``copilot.text.measure``. ``confidence`` is ``sourced`` or ``memory``.
    ``max_bytes`` is a second limit that holds at the same time (Bluesky).
    """

    max: int | None
    count: str
    unit: str
    source: str
    checked: str
    confidence: str
    max_bytes: int | None = None


@dataclass(frozen=True, slots=True)
class HashtagRules:
    """``max`` None means no hard cap; 0 means hashtags are not used there. ``advised`` is (low, high)."""

    max: int | None = None
    advised: tuple[int, int] = (0, 3)
    style: str = "plain"
    max_chars: int | None = None


@dataclass(frozen=True, slots=True)
class Network:
    """One network. ``parts`` maps a part (post, reply, title...) to its limit."""

    id: str
    label: str
    parts: Mapping[str, Limit]
    hashtags: HashtagRules = field(default_factory=HashtagRules)
    url_weight: int | None = None
    links_clickable: bool = True
    media_required: bool = False
    line_breaks: bool = True
    composer_url: str = ""
    escape_chars: str = ""
    aliases: tuple[str, ...] = ()

    def limit(self, part: str) -> Limit:
        """The limit of ``part``, falling back on the post's."""
        return self.parts.get(part) or self.parts["post"]


@dataclass(frozen=True, slots=True)
class Measure:
    """How long a text is where it will be shown.

    ``overflow_at`` is the Python index of the first character past the limit (never inside a grapheme),
    None when it fits.
    """

    count: int
    limit: int | None
    unit: str
    fits: bool
    overflow_at: int | None

"""A network as data: limits, how it counts, what it accepts. Loaded from assets/networks/*.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

SOURCED = "sourced"
MEMORY = "memory"

#: The longest post a limit may allow, in the network's unit: past it, a figure is a slip of the keyboard.
HIGHEST_LIMIT = 1_000_000


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a figure comes from: what was read, the day it was (``YYYY-MM-DD``), ``sourced`` or ``memory``."""

    source: str = ""
    checked: str = ""
    confidence: str = SOURCED

    @property
    def to_confirm(self) -> bool:
        """Whether a screen says that the figure is to be confirmed: it was not read in a source."""
        return self.confidence == MEMORY


_NO_ORIGIN = Origin()
_NOTHING_APART: Mapping[str, Origin] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Sourced:
    """Figures read together: ``origin`` is that of all of them, but of those ``apart`` names."""

    origin: Origin = field(default=_NO_ORIGIN, kw_only=True)
    apart: Mapping[str, Origin] = field(default_factory=lambda: _NOTHING_APART, kw_only=True, hash=False)

    def origin_of(self, figure: str) -> Origin:
        """Where the field ``figure`` comes from."""
        return self.apart.get(figure, self.origin)


@dataclass(frozen=True, slots=True)
class Limit:
    """The longest text a part may hold, in ``unit``; ``max`` None means no limit.

    ``count`` names the counter of ``copilot.text.measure``. ``confidence`` is ``sourced`` or ``memory``.
    ``max_bytes`` is a second limit that holds at the same time (Bluesky). ``min`` is the shortest accepted, in
    ``unit``; ``advised`` is (low, high) in characters, what is shown or read; ``apart`` says where a figure other
    than ``max`` comes from when it is elsewhere.
    """

    max: int | None
    count: str
    unit: str
    source: str
    checked: str
    confidence: str
    max_bytes: int | None = None
    min: int | None = None
    advised: tuple[int, int] | None = None
    apart: Mapping[str, Origin] = field(default_factory=lambda: _NOTHING_APART, hash=False)

    @property
    def origin(self) -> Origin:
        """Where ``max`` comes from."""
        return Origin(self.source, self.checked, self.confidence)

    @property
    def to_confirm(self) -> bool:
        """Whether a screen says that the limit is to be confirmed."""
        return self.origin.to_confirm

    def origin_of(self, figure: str) -> Origin:
        """Where the field ``figure`` comes from."""
        return self.apart.get(figure, self.origin)


@dataclass(frozen=True, slots=True)
class HashtagRules(Sourced):
    """``max`` None means no hard cap; 0 means hashtags are not used there. ``advised`` is (low, high).

    ``keeps`` says what of a tag stays: ``word`` (letters, marks, digits, ``_`` and ``separators``), ``nonspace``
    (up to a space, closing punctuation apart), ``topic`` (spaces too) or ``none``. ``max_chars`` is in graphemes,
    ``max_bytes`` in UTF-8.
    """

    max: int | None = None
    advised: tuple[int, int] = (0, 3)
    style: str = "plain"
    max_chars: int | None = None
    max_bytes: int | None = None
    keeps: str = "word"
    separators: str = ""


@dataclass(frozen=True, slots=True)
class Mentions(Sourced):
    """How somebody is named there.

    ``example`` is one as it is written, ``pattern`` the expression of it (both empty when there is none).
    ``works`` says whether such a text notifies by itself; when not, it is made of something else (a facet, an
    entity, an identifier). ``counted`` is ``whole``, or ``name`` when the server after the name counts for nothing.
    ``max`` is how many a post may hold.
    """

    example: str = ""
    pattern: str = ""
    works: bool = False
    counted: str = "whole"
    max: int | None = None


@dataclass(frozen=True, slots=True)
class LinkRules(Sourced):
    """``weight`` is what a link counts when not its own length. ``max`` is how many a post may hold.

    ``bare`` says whether a domain without ``https://`` becomes a link; ``counted_bare`` whether it weighs as one.
    """

    weight: int | None = None
    bare: bool = True
    counted_bare: bool = False
    max: int | None = None
    max_chars: int | None = None


@dataclass(frozen=True, slots=True)
class MediaKind(Sourced):
    """Files of one kind in one post. ``formats`` are extensions; ``ratio`` is (narrowest, widest), width over height.

    ``sizes`` are (width, height) in pixels that suit, ``width`` the (narrowest, widest) accepted; ``seconds`` the
    (shortest, longest). None: not limited, or not known.
    """

    max: int = 0
    min: int = 0
    formats: tuple[str, ...] = ()
    max_bytes: int | None = None
    ratio: tuple[float, float] | None = None
    sizes: tuple[tuple[int, int], ...] = ()
    width: tuple[int, int] | None = None
    max_pixels: int | None = None
    seconds: tuple[int, int] | None = None


_NO_MEDIA = MediaKind()


@dataclass(frozen=True, slots=True)
class Media(Sourced):
    """What may go with a text. ``max`` counts all kinds; ``mixed`` says whether kinds may go together.

    ``required``: no text goes out without a picture or a video.
    """

    max: int = 0
    mixed: bool = False
    required: bool = False
    image: MediaKind = _NO_MEDIA
    gif: MediaKind = _NO_MEDIA
    video: MediaKind = _NO_MEDIA
    document: MediaKind = _NO_MEDIA


@dataclass(frozen=True, slots=True)
class Capabilities(Sourced):
    """What can be done there. ``markup`` is ``none``, ``markdown`` or ``html``.

    ``threads``: several posts may follow one another as answers of the same author. ``edit``: a post can be changed
    once it is out, by whoever has no paid plan.
    """

    links_in_post: bool = True
    links_in_reply: bool = True
    line_breaks: bool = True
    edit: bool = False
    threads: bool = False
    markup: str = "none"
    alt_text: bool = False
    first_comment: bool = False


@dataclass(frozen=True, slots=True)
class Network:
    """One network. ``parts`` maps a part (post, reply, title...) to its limit.

    ``composer_url`` takes the percent-encoded text after it; ``composer_page`` is where one writes by hand when no
    address takes a text. ``escape_chars`` take a backslash in the parts of ``escape_parts``.
    """

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
    mentions: Mentions = field(default_factory=Mentions)
    links: LinkRules = field(default_factory=LinkRules)
    media: Media = field(default_factory=Media)
    capabilities: Capabilities = field(default_factory=Capabilities)
    escape_parts: tuple[str, ...] = ("post",)
    composer_page: str = ""
    composer_origin: Origin = _NO_ORIGIN

    def limit(self, part: str) -> Limit:
        """The limit of ``part``, falling back on the post's."""
        return self.parts.get(part) or self.parts["post"]


@dataclass(frozen=True, slots=True)
class Measure:
    """How long a text is where it will be shown.

    ``overflow_at`` is the Python index of the first character past the limit (never inside a grapheme),
    None when it fits. ``confidence`` is that of the limit: ``memory`` when it is to be confirmed.
    """

    count: int
    limit: int | None
    unit: str
    fits: bool
    overflow_at: int | None
    confidence: str = SOURCED

    @property
    def to_confirm(self) -> bool:
        """Whether a screen says that the limit is to be confirmed."""
        return self.confidence == MEMORY

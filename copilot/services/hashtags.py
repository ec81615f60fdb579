"""Hashtags to choose from: what the brief gives, what went out lately, the groups a brand keeps."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from copilot.domain.brand import Brand, HashtagList
from copilot.domain.network import Network
from copilot.domain.wording import Wording
from copilot.errors import UserError
from copilot.text.hashtags import MOST, ProposedTag, TagUses, cautions, propose
from copilot.text.keywords import spoken_language
from copilot.text.lexicons import folded

if TYPE_CHECKING:
    from copilot.services.brands import Brands
    from copilot.store.unit_of_work import Store, UnitOfWork

#: How far back rotation looks.
RECENT = timedelta(days=31)
_WRITTEN = re.compile(r"(?<![\w&/#＃])[#＃](\w{2,60})")


@dataclass(frozen=True, slots=True)
class Proposed:
    """Hashtags for a text on a network; ``language`` is the one the text was read in."""

    language: str
    network: Network
    tags: tuple[ProposedTag, ...]


@dataclass(frozen=True, slots=True)
class TagGroup:
    """One saved group of a brand, its tags in the order rotation gives them today."""

    name: str
    networks: tuple[str, ...]
    tags: tuple[ProposedTag, ...]


def propose_tags(
    text: str,
    network: Network,
    brand: Brand | None = None,
    uses: Mapping[str, TagUses] | None = None,
    *,
    language: str = "auto",
    limit: int | None = None,
) -> Proposed:
    """Hashtags for ``text``, without the store.

    Raises:
        UserError: ``language.unknown``, ``hashtags.limit``.
    """
    if language not in ("auto", "fr", "en"):
        raise UserError("language.unknown", name=language)
    if limit is not None and not 1 <= limit <= MOST:
        raise UserError("hashtags.limit", most=MOST)
    tongue = spoken_language(text) if language == "auto" else language
    return Proposed(tongue, network, propose(text, tongue, network=network, brand=brand, uses=uses or {}, limit=limit))


def tag_uses(work: UnitOfWork, brand: Brand | None, now: datetime) -> dict[str, TagUses]:
    """How often the brand's approved posts used each tag lately, by tag without case or accents."""
    month = _month_start(now, brand)
    recent = now - RECENT
    found: dict[str, TagUses] = {}
    for at, text, tags in work.items.tags_approved(brand.id if brand else "", min(month, recent)):
        for key in {folded(tag).replace(" ", "") for tag in (*tags, *_WRITTEN.findall(text))}:
            known = found.get(key, TagUses())
            found[key] = TagUses(known.month + (at >= month), known.recent + (at >= recent), at)
    return found


class Hashtags:
    """Proposes hashtags with the history of a profile, and keeps the groups of its brands."""

    def __init__(self, store: Callable[[], Store], clock: Callable[[], datetime], brands: Brands) -> None:
        self._store = store
        self._clock = clock
        self._brands = brands

    async def propose(
        self,
        text: str,
        network: Network,
        brand: Brand | None = None,
        *,
        language: str = "auto",
        limit: int | None = None,
    ) -> Proposed:
        """Hashtags for ``text``; those of the brand's groups used least lately come first.

        Raises:
            UserError: ``language.unknown``, ``hashtags.limit``.
        """
        return propose_tags(text, network, brand, self.uses(brand), language=language, limit=limit)

    def uses(self, brand: Brand | None) -> dict[str, TagUses]:
        """How often the brand's approved posts used each tag, by tag without case or accents."""
        with self._store().read() as work:
            return tag_uses(work, brand, self._clock())

    def groups(self, brand: Brand, network: Network | None = None) -> tuple[TagGroup, ...]:
        """The groups of a brand, all or those that serve on ``network``, in rotation and within its cap."""
        uses = self.uses(brand)
        return tuple(
            _group(listed, brand, network, uses)
            for listed in brand.hashtags
            if network is None or not listed.networks or network.id in listed.networks
        )

    async def save_group(
        self, brand_id: str, name: str, tags: Iterable[str], networks: tuple[str, ...] = (), *, by: str
    ) -> Brand:
        """Keep ``tags`` as the group ``name`` of a brand, in place of one of that name.

        Raises:
            UserError: ``brand.unknown``, ``hashtags.no_tags``; ``brand.invalid`` for what a brand file cannot hold.
        """
        brand = await self._brands.get(brand_id)
        bare = tuple(dict.fromkeys(tag.strip().lstrip("#＃") for tag in tags if tag.strip().lstrip("#＃")))
        if not bare:
            raise UserError("hashtags.no_tags", name=name)
        new = HashtagList(name.strip(), bare, networks)
        at = _position(brand, name)
        lists = (*brand.hashtags, new) if at is None else (*brand.hashtags[:at], new, *brand.hashtags[at + 1 :])
        return (await self._brands.save(replace(brand, hashtags=lists), by=by, replaces=brand)).brand

    async def remove_group(self, brand_id: str, name: str, *, by: str) -> Brand:
        """Forget a group of a brand.

        Raises:
            UserError: ``brand.unknown``, ``hashtags.no_group``.
        """
        brand = await self._brands.get(brand_id)
        at = _position(brand, name)
        if at is None:
            raise UserError("hashtags.no_group", name=name, known=", ".join(one.name for one in brand.hashtags) or "–")
        lists = (*brand.hashtags[:at], *brand.hashtags[at + 1 :])
        return (await self._brands.save(replace(brand, hashtags=lists), by=by, replaces=brand)).brand


def _month_start(now: datetime, brand: Brand | None) -> datetime:
    """The first moment of this month where the brand is."""
    try:
        local = now.astimezone(ZoneInfo(brand.timezone if brand else "Europe/Paris"))
    except (ValueError, KeyError, OSError):
        local = now.astimezone(ZoneInfo("Europe/Paris"))
    return local.replace(day=1, hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)


def _position(brand: Brand, name: str) -> int | None:
    wanted = name.strip().casefold()
    return next((at for at, one in enumerate(brand.hashtags) if one.name.casefold() == wanted), None)


def _group(listed: HashtagList, brand: Brand, network: Network | None, uses: Mapping[str, TagUses]) -> TagGroup:
    cap = network.hashtags.max if network else None
    high = network.hashtags.advised[1] if network else len(listed.tags)
    never = datetime.min.replace(tzinfo=UTC)

    def turn(tag: str) -> tuple[int, datetime]:
        used = uses.get(folded(tag), TagUses())
        return used.recent, used.last or never

    reason = Wording("hashtag.reason.brand_list", {"list": listed.name})
    ordered = sorted((tag.lstrip("#") for tag in listed.tags), key=turn)[:cap]
    tags = tuple(ProposedTag(tag, reason, cautions(tag, brand, uses), cap, at < high) for at, tag in enumerate(ordered))
    return TagGroup(listed.name, listed.networks, tags)

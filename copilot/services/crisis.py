"""Crises: how serious it looks, opened and closed by a person, and the holding statement that invents nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from copilot.domain.brand import Brand
from copilot.domain.crisis import Crisis, CrisisLevel, CrisisStatus, level_of
from copilot.domain.hashing import sha256_of
from copilot.domain.item import Item, ItemKind
from copilot.domain.review import checked_name
from copilot.errors import UserError
from copilot.services._beside import reading, writing
from copilot.services._deciding import clean_facts
from copilot.services._drafts import keep_draft
from copilot.services._legal_words import holding_words
from copilot.services.inspection import Inspected, Inspector, account_network, measure_item
from copilot.services.posts import read_brief_text
from copilot.settings import CrisisThresholds

if TYPE_CHECKING:
    from copilot.store.unit_of_work import Store, UnitOfWork

__all__ = ["FACTS", "Crises", "Holding"]


#: What a holding statement says, in order; each is a slot until a person fills it.
FACTS = ("fact", "when", "known", "unknown", "doing", "next", "page", "contact")
#: Clocks and zones differ: a message dated this much ahead is still believed.
AHEAD = timedelta(days=1)
#: The lines of a holding statement, from the fullest to the tersest wording.
_FORMS = ("lines", "short", "terse")
#: What the fullest wording alone asks for: the others say it when a person states it.
_ELSE_LEFT_OUT = ("when", "contact")
_SLOT = re.compile(r"\{(\w+)\}")
#: The longest reason or note, in characters.
LONGEST_REASON = 2000


@dataclass(frozen=True, slots=True)
class Holding:
    """A holding statement to draft on each of ``networks``.

    ``facts`` maps names of ``FACTS`` to what a person states.
    """

    facts: Mapping[str, str] = field(default_factory=dict)
    networks: tuple[str, ...] = ()
    language: str = "fr"
    brand: Brand | None = None
    author: str = ""


class Crises:
    """The crises of a profile. Reading and counting happen in worker threads."""

    def __init__(
        self,
        store: Callable[[], Store],
        clock: Callable[[], datetime],
        thresholds: Callable[[], CrisisThresholds],
        inspector: Inspector,
    ) -> None:
        self._store = store
        self._clock = clock
        self._thresholds = thresholds
        self._inspector = inspector

    async def status(self, thread_id: int | None = None, *, brand_id: str = "") -> CrisisStatus:
        """How serious it looks in a thread, else in a brand's threads, else in all of them.

        Raises:
            UserError: ``thread.unknown``, ``brand.unknown``.
        """
        return await reading(self._store(), lambda work: self._status(work, thread_id, brand_id))

    async def is_open(self, brand_id: str = "") -> Crisis | None:
        """The crisis that holds for a brand: its own, else the one open for all brands."""
        return await reading(self._store(), lambda work: next(iter(_holding_for(work, brand_id)), None))

    async def list(self, brand_id: str | None = None) -> tuple[Crisis, ...]:
        """Crises, newest first."""
        return await reading(self._store(), lambda work: work.crises.list(brand_id))

    async def open(
        self, level: CrisisLevel, reason: str, *, by: str, brand_id: str = "", thread_id: int | None = None
    ) -> Crisis:
        """Open a crisis, with the figures of this moment; at most one is open for a brand ('' is all brands).

        Raises:
            UserError: ``crisis.green``, ``crisis.reason_needed``, ``crisis.reason_long``, ``crisis.already_open``,
                ``thread.unknown``, ``brand.unknown``, ``review.name_needed``.
        """
        if level is CrisisLevel.GREEN:
            raise UserError("crisis.green")
        by, at, reason = checked_name(by), self._clock(), _reason(reason, needed=True)

        def kept(work: UnitOfWork) -> Crisis:
            if work.crises.open_of(brand_id):
                raise UserError("crisis.already_open")
            seen = self._status(work, thread_id, brand_id)
            crisis = Crisis(0, brand_id, thread_id, level, reason, by, at)
            stored = work.crises.add(crisis, _figures(seen))
            told: dict[str, object] = {"brand": brand_id, "thread": thread_id, "level": level.value, **_figures(seen)}
            told["reason_sha256"] = sha256_of(reason)
            work.audit.append(at, by, "crisis_opened", f"crisis:{stored.id}", told)
            return stored

        return await writing(self._store(), kept)

    async def close(self, *, by: str, brand_id: str = "", note: str = "") -> Crisis:
        """Close the crisis open for exactly this brand ('' is the one for all brands).

        Raises:
            UserError: ``crisis.none_open``, ``crisis.reason_long``, ``review.name_needed``.
        """
        by, at, note = checked_name(by), self._clock(), _reason(note, needed=False)

        def kept(work: UnitOfWork) -> Crisis:
            present = work.crises.open_of(brand_id)
            if present is None:
                raise UserError("crisis.none_open")
            closed = work.crises.close(present.id, by, at, note)
            told = {"brand": brand_id, "level": closed.level.value}
            if note:
                told["note_sha256"] = sha256_of(note)
            work.audit.append(at, by, "crisis_closed", f"crisis:{closed.id}", told)
            return closed

        return await writing(self._store(), kept)

    def holding_text(self, facts: Mapping[str, str], language: str) -> str:
        """A holding statement out of ``facts``; what nobody stated stays between braces.

        Raises:
            UserError: ``language.unknown``, ``crisis.fact_unknown``.
        """
        if language not in holding_words():
            raise UserError("language.unknown", name=language)
        if unknown := next((name for name in facts if name not in FACTS), None):
            raise UserError("crisis.fact_unknown", name=unknown[:40], known=", ".join(FACTS))
        return _worded(facts, language, _FORMS[0])

    async def draft_holding(self, asked: Holding) -> tuple[Inspected, ...]:
        """Draft a holding statement on each network; a slot left empty blocks its approval as in any other text.

        Where the whole does not fit, a shorter wording goes; all that a person states is in each, so that what fits in
        none is too long for its network and says so. The contact nobody stated is the brand's.

        Raises:
            UserError: ``compose.no_network``, ``network.unknown``, ``language.unknown``, ``crisis.fact_unknown``,
                ``moderation.facts_long``, ``text.surrogate``.
        """
        from copilot import networks

        facts = {name: clean_facts(stated) for name, stated in asked.facts.items()}
        asked = replace(asked, facts=({"contact": asked.brand.contact.whom} if asked.brand else {}) | facts)
        whole = self.holding_text(asked.facts, asked.language)
        forms = (whole, *(_worded(facts, asked.language, form) for form in _FORMS[1:]))
        if not asked.networks:
            raise UserError("compose.no_network", known=", ".join(networks.load()))
        targets = {account_network(name, asked.brand).id: None for name in asked.networks}
        at = self._clock()

        def kept(work: UnitOfWork) -> tuple[Inspected, ...]:
            sheet = _sheet(asked)
            brief_id = work.briefs.save(read_brief_text(sheet, "", asked.language).brief, at).id if sheet else None
            drafts = [_that_fits(asked, forms, network, brief_id) for network in targets]
            return tuple(keep_draft(work, self._inspector, draft, at) for draft in drafts)

        return await writing(self._store(), kept)

    def _status(self, work: UnitOfWork, thread_id: int | None, brand_id: str) -> CrisisStatus:
        from copilot.store.crises import Scope

        thread = work.threads.without_messages(thread_id) if thread_id is not None else None
        whose = brand_id or (thread.brand_id if thread else "")
        brand = _known_brand(work, whose, asked=bool(brand_id))
        limits = self._thresholds()
        scope = Scope(
            until=self._clock() + AHEAD,
            thread_id=thread_id,
            brand_id=whose if thread is None else "",
            likes=limits.likes,
            influential=brand.moderation.influential if brand else (),
        )
        found = level_of(work.crises.tally(scope), limits)
        held = _holding_for(work, whose) if whose or thread else work.crises.every_open()
        return replace(found, thread_id=thread_id, brand_id=whose, open=next(iter(held), None), open_all=held)


def _holding_for(work: UnitOfWork, brand_id: str) -> tuple[Crisis, ...]:
    """The crises open for a brand: its own, then the one of all brands."""
    held = (work.crises.open_of(one) for one in dict.fromkeys((brand_id, "")))
    return tuple(one for one in held if one)


def _known_brand(work: UnitOfWork, brand_id: str, *, asked: bool) -> Brand | None:
    """The brand; None when a thread names one that was removed since."""
    try:
        return work.brands.get(brand_id) if brand_id else None
    except UserError as error:
        if asked or error.kind != "brand.unknown":
            raise
        return None


def _figures(seen: CrisisStatus) -> dict[str, object]:
    """What was seen, as figures only."""
    ratio = None if seen.ratio is None else round(seen.ratio, 2)
    at = seen.as_of.isoformat(timespec="seconds") if seen.as_of else None
    return {"seen_level": seen.level.value, "seen_ratio": ratio, "seen_as_of": at, "seen_messages": seen.dated}


def _reason(written: str, *, needed: bool) -> str:
    written = "".join(char for char in written if char == "\n" or char.isprintable()).strip()
    if needed and not written:
        raise UserError("crisis.reason_needed")
    if len(written) > LONGEST_REASON:
        raise UserError("crisis.reason_long", length=len(written), limit=LONGEST_REASON)
    return written


def _worded(facts: Mapping[str, str], language: str, form: str) -> str:
    """A holding statement in one of ``_FORMS``; what nobody stated stays between braces."""
    words = holding_words()[language]
    stated = {name: _stated(facts.get(name, ""), words["slots"][name]) for name in FACTS}
    out = {name for name in _ELSE_LEFT_OUT if form != _FORMS[0] and not facts.get(name, "").strip(" .\n")}
    lines = [line for line in words[form] if out.isdisjoint(_SLOT.findall(line))]
    gap = "\n\n" if form == _FORMS[0] else " "
    return gap.join(_capitalised(_SLOT.sub(lambda slot: stated[slot[1]], line)) for line in lines)


def _stated(written: str, slot: str) -> str:
    """What a person states, without the full stop the sentence already has; the slot when they state nothing."""
    plain = " ".join(written.split())
    return plain.rstrip(" .") or "{" + slot + "}"


def _capitalised(line: str) -> str:
    """A line begins a sentence, also where it begins with what a person stated; an address stays as it is."""
    return line if line.startswith(("{", "http", "www.")) else line[:1].upper() + line[1:]


def _sheet(asked: Holding) -> str:
    """The fact sheet, as the source of what the statement says."""
    slots = holding_words()[asked.language]["slots"]
    stated = ((name, " ".join(asked.facts.get(name, "").split())) for name in FACTS)
    return "\n".join(f"{slots[name]} – {written}" for name, written in stated if written)


def _that_fits(asked: Holding, forms: Sequence[str], network: str, brief_id: int | None) -> Item:
    """The first of ``forms`` that a network takes, else the last."""
    items = [_holding_item(asked, text, network, brief_id) for text in forms]
    return next((one for one in items if measure_item(one, asked.brand).fits), items[-1])


def _holding_item(asked: Holding, text: str, network: str, brief_id: int | None) -> Item:
    brand = asked.brand
    return Item(
        id=0,
        kind=ItemKind.POST,
        network=network,
        account=brand.accounts.get(network, "") if brand else "",
        language=asked.language,
        text=text,
        brand_id=brand.id if brand else "",
        brief_id=brief_id,
        structure="holding",
        writer="person",
        author=asked.author,
    )

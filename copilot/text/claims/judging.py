"""Holds each claim of a draft against the sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from copilot.domain.claim import Claim, ClaimKind, ClaimStatus, JudgedClaim, Source
from copilot.text.claims import calendars, named, promised, reached
from copilot.text.claims.attribution import is_theirs_to_say
from copilot.text.claims.comparing import Found, best, context_of, rivals_of, says_otherwise
from copilot.text.claims.mention import Mention
from copilot.text.claims.reading import Reading, read

_CONTACTS = frozenset([ClaimKind.LINK, ClaimKind.EMAIL, ClaimKind.PHONE, ClaimKind.HANDLE])
_NAMED = frozenset([ClaimKind.NAME, ClaimKind.PLACE])
#: Names that hold a figure are compared as figures.
_FIGURED = frozenset(["code", "model"])
#: What a dead source may still vouch for: a name does not lapse.
_LASTING = frozenset([ClaimKind.NAME, ClaimKind.PLACE])


#: Claims held against the sources; those past them, in a text no network takes, are told without a source.
MOST_CLAIMS = 300


@dataclass(frozen=True, slots=True)
class Library:
    """The sources of a draft, read, by how far they may be relied on."""

    valid: tuple[tuple[Source, Reading], ...]
    others: tuple[tuple[Source, Reading], ...]
    expired: tuple[tuple[Source, Reading], ...]
    today: date

    @property
    def everything(self) -> tuple[tuple[Source, Reading], ...]:
        """All the sources, the surest first."""
        return self.valid + self.others + self.expired


def library_of(sources: Iterable[Source], today: date, language: str) -> Library:
    """Read the sources."""
    valid, others, expired = [], [], []
    for source in sources:
        if not source.text.strip():
            continue
        known = (source, read(source.text, language))
        if not source.trusted:
            others.append(known)
        elif source.is_valid_on(today):
            valid.append(known)
        else:
            expired.append(known)
    return Library(tuple(valid), tuple(others), tuple(expired), today)


def judge_reading(draft: Reading, library: Library) -> tuple[JudgedClaim, ...]:
    """Each claim of ``draft`` with its status, in order."""
    held = draft.mentions[:MOST_CLAIMS]
    said = [judged for mention in held if (judged := _judge(draft, mention, library))]
    said += [told(draft, one, ClaimStatus.UNSUPPORTED, None) for one in draft.mentions[MOST_CLAIMS:] if not one.soft]
    return _widest(sorted(said, key=lambda judged: (judged.claim.start, -judged.claim.end)))


def _widest(said: Sequence[JudgedClaim]) -> tuple[JudgedClaim, ...]:
    """Without the doubts that lie inside a doubt of the same kind or status: a person reads one of them."""
    kept: list[JudgedClaim] = []
    wide: JudgedClaim | None = None
    for one in said:
        doubted = one.status is not ClaimStatus.SUPPORTED
        if doubted and wide and one.claim.end <= wide.claim.end:
            if one.claim.kind is wide.claim.kind or one.status is wide.status or _is_when_of(one, wide):
                continue
        elif doubted:
            wide = one
        kept.append(one)
    return tuple(kept)


def _is_when_of(one: JudgedClaim, wide: JudgedClaim) -> bool:
    """True for the day of a promise nobody made: what is wrong is the promise, not its day."""
    promised_by_none = wide.claim.kind is ClaimKind.PROMISE and wide.status is ClaimStatus.UNSUPPORTED
    return promised_by_none and one.claim.kind is ClaimKind.DATE


def _judge(draft: Reading, mention: Mention, library: Library) -> JudgedClaim | None:
    if mention.kind in _CONTACTS:
        status, found = reached.judge_contact(mention, library.valid, library.others, library.expired)
        return told(draft, mention, status, found)
    valid = _support(draft, mention, library.valid, library.today)
    rival = None
    if valid:
        rival = says_otherwise(draft, mention, valid, library.valid)
        if rival is None:
            return told(draft, mention, ClaimStatus.SUPPORTED, valid)
        return told(draft, mention, ClaimStatus.CONTRADICTED, rival)
    others = _support(draft, mention, library.others, library.today)
    if others and is_theirs_to_say(draft, mention):
        return told(draft, mention, ClaimStatus.SUPPORTED, others)
    expired = _support(draft, mention, library.expired, library.today)
    if expired and not (mention.soft and mention.kind is ClaimKind.PROMISE):
        status = ClaimStatus.SUPPORTED if mention.kind in _LASTING else ClaimStatus.EXPIRED
        return told(draft, mention, status, expired)
    rival = _contradiction(draft, mention, library)
    if rival:
        return told(draft, mention, ClaimStatus.CONTRADICTED, rival)
    return None if mention.soft else told(draft, mention, ClaimStatus.UNSUPPORTED, None)


def _support(draft: Reading, mention: Mention, known: Sequence[tuple[Source, Reading]], today: date) -> Found | None:
    if mention.kind in _NAMED and mention.about not in _FIGURED:
        return named.support(mention, known)
    if mention.kind is ClaimKind.DATE:
        return calendars.support(draft, mention, known, today)
    if mention.kind is ClaimKind.PROMISE:
        return promised.support(draft, mention, known)
    found = best(draft, mention, known)
    if found is None and mention.kind is ClaimKind.DURATION:
        return calendars.lasts(mention, known, today)
    return found


def _contradiction(draft: Reading, mention: Mention, library: Library) -> Found | None:
    if mention.kind in _NAMED and mention.about not in _FIGURED:
        return named.contradiction(draft, mention, library.valid, library.others)
    if mention.kind is ClaimKind.DATE:
        return calendars.contradiction(draft, mention, library.valid + library.others, library.today)
    if mention.kind is ClaimKind.PROMISE:
        return promised.contradiction(mention, library.valid)
    known = library.valid
    if mention.kind in (ClaimKind.ORDER_NUMBER, ClaimKind.NAME):
        known += library.others
    return rivals_of(draft, mention, known)


def told(draft: Reading, mention: Mention, status: ClaimStatus, found: Found | None) -> JudgedClaim:
    """The claim with offsets and words of the first texts."""
    claim = claim_of(draft, mention)
    if found is None:
        return JudgedClaim(claim, status)
    origin = found.reading.shadow.origin
    start, end = origin(found.start), origin(found.end)
    return JudgedClaim(claim, status, found.source.name, found.source.text[start:end], start, end)


def claim_of(draft: Reading, mention: Mention) -> Claim:
    """A mention as others see it; ``quote`` is of the composed text, the same letters as the draft's."""
    start, end = draft.shadow.origin(mention.start), draft.shadow.origin(mention.end)
    return Claim(mention.kind, start, end, draft.shadow.text[mention.start : mention.end], mention.value)


__all__ = ["Library", "claim_of", "context_of", "judge_reading", "library_of"]

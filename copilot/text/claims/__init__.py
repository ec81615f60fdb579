"""No claim without a source: what a draft claims, and what its sources say of each claim."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from copilot.domain.claim import Claim, ClaimKind, ClaimStatus, JudgedClaim, Source
from copilot.text.claims.judging import claim_of, judge_reading, library_of
from copilot.text.claims.reading import read
from copilot.text.language import detect

__all__ = [
    "OTHERS",
    "Claim",
    "ClaimKind",
    "ClaimStatus",
    "JudgedClaim",
    "Source",
    "find_claims",
    "judge",
    "source_named",
]

#: Names that mark what others wrote, in :func:`source_named`.
OTHERS = frozenset({"message", "comment", "comments", "commentaire", "commentaires", "thread", "fil", "review", "avis"})


def find_claims(text: str, language: str = "fr") -> tuple[Claim, ...]:
    """What ``text`` claims, in order, the same way whoever wrote it.

    Prices, percentages, dates and weekdays, hours, durations, quantities, places, names of people and products, links,
    e-mails, phones, handles, order numbers, promises. Numbers may be in words. What is too vague to need a source is
    left out. Time grows linearly with the text, and only its first 100,000 characters are read.

    Args:
        text: any text.
        language: ``fr`` or ``en``; decides ``1,500`` and bare hours. Words of both are always read.
    """
    reading = read(text, "en" if language == "en" else "fr")
    return tuple(_verbatim(text, claim_of(reading, mention)) for mention in reading.mentions if not mention.soft)


def judge(draft: str, sources: Iterable[Source], today: date, language: str | None = None) -> tuple[JudgedClaim, ...]:
    """Each claim of ``draft`` with what the sources say of it.

    - supported: a trusted source that is still valid says it, or the message answered does when it is the person's to
      say (their order number, what happened to them and when; see ``attribution``);
    - expired: only a source past its ``valid_until`` says it;
    - contradicted: a source gives another value for the same thing, or refuses what the draft promises;
    - copied: a link, handle, e-mail or phone that only others wrote;
    - unsupported: no source says it.

    What a commenter claims of prices, discounts, hours or refunds does not make it true: such claims need a trusted
    source. Spans and quotes are verbatim, in Python characters.

    Of a draft or a source longer than 100,000 characters, only those are read. Past 300 claims, the others are
    unsupported without being held against the sources.

    Args:
        draft: the text about to be approved.
        sources: what it may rely on; read again only when their text changes.
        today: the day that ``valid_until`` and words such as "tomorrow" are counted from.
        language: of the draft; None to tell it from the text.
    """
    code = language or ("en" if detect(draft) == "en" else "fr")
    code = "en" if code == "en" else "fr"
    library = library_of(sources, today, code)
    judged = judge_reading(read(draft, code), library)
    return tuple(
        JudgedClaim(_verbatim(draft, one.claim), one.status, one.source, one.quote, one.start, one.end)
        for one in judged
    )


def source_named(name: str, text: str, valid_until: date | None = None) -> Source:
    """A source by its plain name; the names in :data:`OTHERS` mark what others wrote."""
    bare = name.strip().casefold().partition(":")[0].partition(".")[0]
    return Source(name, text, valid_until, trusted=bare not in OTHERS)


def _verbatim(text: str, claim: Claim) -> Claim:
    return Claim(claim.kind, claim.start, claim.end, text[claim.start : claim.end], claim.normalised)

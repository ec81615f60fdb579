"""What the claims of a draft are held against, and what leads a reader elsewhere: links, e-mails, phones, handles."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from copilot.checks import Context, Draft
from copilot.checks._pseudonyms import pseudonyms_in
from copilot.domain.claim import ClaimStatus, JudgedClaim, Source
from copilot.text.claims import judge
from copilot.text.claims.contacts import Contact, find_contacts

#: Begins the name of a source that is one fact of the brand; its identifier follows.
FACT = "fact:"
#: The name of what the person answered wrote.
MESSAGE = "message"


@lru_cache(maxsize=32)
def references(text: str) -> tuple[Contact, ...]:
    """The references of ``text`` in order, without overlap."""
    return find_contacts(text)


def all_references(texts: Iterable[str]) -> tuple[Contact, ...]:
    """The references of several texts."""
    return tuple(one for text in texts for one in references(text))


def claims(draft: Draft, context: Context, status: ClaimStatus) -> tuple[JudgedClaim, ...]:
    """The claims of ``draft`` with this status that nobody confirmed; none when the draft was given no sources."""
    found = all_claims(draft, context)
    return tuple(one for one in found if one.status is status and one.claim.quote not in context.confirmed)


def all_claims(draft: Draft, context: Context) -> tuple[JudgedClaim, ...]:
    """Every claim of ``draft`` and what the sources say of it; none when the draft was given no sources.

    Nothing in a pseudonym is one: it stands for somebody, and blocks by itself.
    """
    if not context.sourced:
        return ()
    found = _judged(draft.text, "en" if draft.language == "en" else "fr", sources_of(context), context.today)
    tokens = pseudonyms_in(draft.text)
    return tuple(one for one in found if all(one.claim.start not in token for token in tokens))


@lru_cache(maxsize=16)
def _judged(text: str, language: str, sources: tuple[Source, ...], today: date) -> tuple[JudgedClaim, ...]:
    return judge(text, sources, today, language)


def sources_of(context: Context) -> tuple[Source, ...]:
    """What a draft may rely on, then what others wrote; facts past their date are there too."""
    brand = context.brand
    ends = {f"{FACT}{fact.id}": fact.valid_until for fact in brand.facts} if brand else {}
    told = [Source(name, text, ends.get(name)) for name, text in context.sources]
    named = {source.name for source in told}
    if brand:
        for fact in brand.facts:
            if not fact.is_valid_on(context.today) and f"{FACT}{fact.id}" not in named:
                told.append(Source(f"{FACT}{fact.id}", f"{fact.statement} {fact.value}".strip(), fact.valid_until))
        pages = "\n".join(dict.fromkeys(fact.source for fact in brand.facts if fact.source))
        accounts = " ".join(f"@{name.lstrip('@')}" for name in brand.accounts.values())
        told.append(
            Source(
                "brand",
                "\n".join((brand.name, brand.description, brand.contact.team, brand.voice.signature, accounts, pages)),
            )
        )
    return (*told, *(Source(MESSAGE, text, trusted=False) for text in context.untrusted))

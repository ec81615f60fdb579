"""Holds links, e-mails, phone numbers and handles against the sources: whose are they?"""

from __future__ import annotations

from collections.abc import Sequence

from copilot.domain.claim import ClaimKind, ClaimStatus, Source
from copilot.text.claims.comparing import Found
from copilot.text.claims.mention import Mention
from copilot.text.claims.reading import Reading

_Known = Sequence[tuple[Source, Reading]]


def judge_contact(mention: Mention, valid: _Known, others: _Known, expired: _Known) -> tuple[ClaimStatus, Found | None]:
    """The status of a contact: supported by us, copied from others, expired, contradicted or unsupported."""
    ours = _speaks_of_the_site(mention, valid)
    for known, status in ((valid, ClaimStatus.SUPPORTED), (expired, ClaimStatus.EXPIRED), (others, ClaimStatus.COPIED)):
        found = _same(mention, known, exact=status is not ClaimStatus.COPIED or ours)
        if found:
            return status, found
    rival = _rival(mention, valid)
    return (ClaimStatus.CONTRADICTED, rival) if rival else (ClaimStatus.UNSUPPORTED, None)


def _speaks_of_the_site(mention: Mention, valid: _Known) -> bool:
    """True for a link to a site that a trusted source names."""
    links = (one for _, reading in valid for one in reading.of_kind(ClaimKind.LINK))
    return mention.kind is ClaimKind.LINK and any(one.keys[-1] == mention.keys[-1] for one in links)


def _same(mention: Mention, known: _Known, *, exact: bool) -> Found | None:
    """The same contact; the home page of a site we spoke of; any page of a site only they spoke of."""
    host = mention.keys[-1]
    for source, reading in known:
        for one in reading.of_kind(mention.kind):
            same_site = mention.kind is ClaimKind.LINK and one.keys[-1] == host and (not exact or mention.value == host)
            if one.value == mention.value or same_site:
                return Found(source, reading, one.start, one.end)
    return None


def _rival(mention: Mention, valid: _Known) -> Found | None:
    for source, reading in valid:
        for one in reading.of_kind(mention.kind):
            if _for_the_same(mention, one):
                return Found(source, reading, one.start, one.end)
    return None


def _for_the_same(mention: Mention, one: Mention) -> bool:
    """A phone or an e-mail stands for another; a link for another page of the site, or a site named nearly so."""
    if mention.kind in (ClaimKind.PHONE, ClaimKind.EMAIL):
        return True
    ours, theirs = (_label(mention), _label(one))
    return ours == theirs or (len(ours) > 4 and (ours in theirs or theirs in ours or ours[:5] == theirs[:5]))


def _label(mention: Mention) -> str:
    if mention.kind is ClaimKind.HANDLE:
        return mention.value.lstrip("@").partition("@")[0]
    parts = mention.keys[-1].split(".")
    return parts[-2] if len(parts) > 1 else parts[0]

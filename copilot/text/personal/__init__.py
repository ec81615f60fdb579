"""Finds what points at a person in a text: names, addresses, numbers. In doubt it takes too much, not too little."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from copilot.text.facts.page import Page
from copilot.text.personal._addresses import find_addresses
from copilot.text.personal._births import find_birth_dates
from copilot.text.personal._contacts import find_contacts
from copilot.text.personal._known import KnownPeople, flat
from copilot.text.personal._numbers import find_numbers
from copilot.text.personal._people import find_people
from copilot.text.personal._phones import find_phones, find_spoken_phones
from copilot.text.personal._plates import find_plates
from copilot.text.personal._references import find_announced_references, find_other_references
from copilot.text.personal._span import KINDS, PersonalSpan

__all__ = ["KINDS", "KnownPeople", "PersonalSpan", "find_personal", "flat", "personal_spans", "settled"]

_DIGIT = re.compile(r"\d")
_BOOKED = re.compile(r"(?:réserv|reserv|booking|r[ée]sa|pnr|billet|dossier)", re.IGNORECASE)


def find_personal(text: str, people: KnownPeople | None = None) -> Iterator[PersonalSpan]:
    """Every personal span of ``text``; an earlier one wins the characters it shares with a later one.

    ``people`` are those known in advance. Time grows linearly with the text.
    """
    yield from find_reach(text)
    read = list(find_people(Page(text, "fr")))
    if people is not None:
        known = [*people.whole(text), *people.parts(text)]
        # "Léa R." is shown, "Léa Roussillon" is signed: the longer name wins.
        yield from _longer(text, read, known)
        yield from known
    yield from read


def _longer(text: str, read: list[PersonalSpan], known: list[PersonalSpan]) -> Iterator[PersonalSpan]:
    """Names of ``read`` that one word of a known name begins or ends."""
    single = [span for span in known if span.kind == "PERSON" and " " not in text[span.start : span.end]]
    starts, ends = {span.start: span.end for span in single}, {span.end: span.start for span in single}
    for span in read:
        head, tail = starts.get(span.start, span.end), ends.get(span.end, span.start)
        if head < span.end or tail > span.start:
            yield span


def find_reach(text: str) -> Iterator[PersonalSpan]:
    """Ways to reach or to identify somebody: all but names."""
    yield from find_contacts(text)
    if _DIGIT.search(text):
        yield from find_numbers(text)
        yield from find_birth_dates(text)
        yield from find_addresses(text)
        yield from find_announced_references(text)
        yield from find_plates(text)
        yield from find_phones(text)
        yield from find_other_references(text)
        return
    if _BOOKED.search(text):
        yield from find_announced_references(text)
    yield from find_spoken_phones(text)


def personal_spans(text: str, people: KnownPeople | None = None) -> list[PersonalSpan]:
    """The personal spans of ``text`` in order, none overlapping another."""
    return settled(find_personal(text, people), len(text))


def settled(candidates: Iterable[PersonalSpan], length: int) -> list[PersonalSpan]:
    """``candidates`` of a text of ``length`` characters in order, the first one keeping what two would share.

    Those with the kind ``""`` only keep others away.
    """
    taken = bytearray(length)
    kept: list[PersonalSpan] = []
    for span in candidates:
        if span.end > span.start and taken.find(1, span.start, span.end) < 0:
            taken[span.start : span.end] = b"\x01" * (span.end - span.start)
            if span.kind:
                kept.append(span)
    return sorted(kept, key=lambda span: span.start)

"""Messages of others that name somebody by one word: their first name alone, which may be somebody else's too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from copilot.errors import UserError
from copilot.text.personal import flat

if TYPE_CHECKING:
    from copilot.domain.conversation import Message
    from copilot.services._privacy_people import Person
    from copilot.store.unit_of_work import UnitOfWork

#: A shorter word of a name ("de", "Le") names nobody by itself.
SHORTEST_WORD = 3
#: Characters shown before and after the first word found.
AROUND = 60

_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Named:
    """A message of somebody else that holds a word of the name: ``words`` as written, ``excerpt`` around the first."""

    id: int
    thread: int
    excerpt: str = field(repr=False)
    words: tuple[str, ...] = field(repr=False)


def words_of(people: Iterable[Person]) -> tuple[str, ...]:
    """The words of their names, and their handles whole, that could name them alone."""
    found: dict[str, None] = {}
    for one in people:
        said = [*_WORD.findall(one.name), one.handle.strip().lstrip("@")]
        found.update(dict.fromkeys(word for word in said if len(word) >= SHORTEST_WORD))
    return tuple(found)


def pattern_of(words: Iterable[str]) -> re.Pattern[str] | None:
    """Finds whole ``words`` in a text without accents, whatever their case; None when there is none."""
    plain = sorted({flat(word) for word in words if word}, key=lambda word: (-len(word), word))
    return re.compile(rf"@?(?<!\w)(?:{'|'.join(map(re.escape, plain))})(?!\w)", re.IGNORECASE) if plain else None


def lines_naming(work: UnitOfWork, people: Sequence[Person], thread_ids: Iterable[int]) -> tuple[Named, ...]:
    """Messages of these threads that still hold a word of their names: elsewhere it is hardly theirs."""
    words = words_of(people)
    pattern, places = pattern_of(words), frozenset(thread_ids)
    if pattern is None or not places:
        return ()
    written = dict.fromkeys(form for word in words for one in (word, flat(word)) for form in _forms(one))
    found = work.threads.messages(work.privacy.naming(tuple(written)))
    kept = (one for one in found.values() if one.thread_id in places and one.text)
    return tuple(told for one in sorted(kept, key=lambda one: one.id) if (told := _told(one, pattern)))


def chosen_lines(lines: Sequence[Named], also: Sequence[int], *, every: bool) -> tuple[int, ...]:
    """The ids of the lines where the name is to be taken out.

    Raises:
        UserError: ``privacy.not_a_mention`` for an id that is none of ``lines``.
    """
    known = {one.id for one in lines}
    if unknown := [one for one in also if one not in known]:
        raise UserError("privacy.not_a_mention", ids=tuple(str(one) for one in unknown))
    return tuple(sorted(known if every else set(also)))


def _forms(word: str) -> tuple[str, ...]:
    return word, word.lower(), word.upper(), word.capitalize()


def _told(message: Message, pattern: re.Pattern[str]) -> Named | None:
    matches = list(pattern.finditer(flat(message.text)))
    if not matches:
        return None
    words = dict.fromkeys(message.text[slice(*match.span())] for match in matches)
    return Named(message.id, message.thread_id, _excerpt(message.text, *matches[0].span()), tuple(words))


def _excerpt(text: str, start: int, end: int) -> str:
    before, after = max(0, start - AROUND), end + AROUND
    line = " ".join(text[before:after].split())
    return f"{'…' if before else ''}{line}{'…' if after < len(text) else ''}"

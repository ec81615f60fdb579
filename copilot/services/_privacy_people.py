"""What is held on somebody: found by name or handle, shown, erased."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from copilot.domain.conversation import Author, Message
from copilot.domain.item import Item
from copilot.errors import UserError
from copilot.services._archiving import archive
from copilot.services._privacy_mentions import Named, chosen_lines, lines_naming, pattern_of, words_of
from copilot.text.personal import flat

if TYPE_CHECKING:
    from copilot.domain.moderation import Moderation
    from copilot.store.privacy import Held
    from copilot.store.unit_of_work import UnitOfWork

#: A shorter name or handle is in too many words to look for in texts.
SHORTEST_SOUGHT = 5


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who wrote, as the network showed them. Counts only: nobody is judged, here nor anywhere."""

    name: str
    handle: str
    messages: int
    threads: int


@dataclass(frozen=True, slots=True)
class Matches:
    """Who was meant: ``exact`` by the very name or handle, ``near`` by a part of one."""

    exact: tuple[Person, ...]
    near: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased of ``people``, or would be.

    In ``mentions``, written by others, their name was taken out, and a word of it in ``also``, where a person chose
    so; ``named`` still hold one (a first name may be somebody else's). In ``reasons``, given for crises and for
    decisions on items, it was taken out too. ``post_ids`` are items of ours that name them and stay. ``backups`` made
    before still hold it all. ``compacted`` is False when the bytes have not left the file yet.
    """

    people: tuple[Person, ...]
    messages: int = 0
    threads: int = 0
    replies: int = 0
    versions: int = 0
    corrections: int = 0
    pseudonyms: int = 0
    decisions: int = 0
    mentions: int = 0
    reasons: int = 0
    also: int = 0
    named: tuple[Named, ...] = ()
    post_ids: tuple[int, ...] = ()
    backups: int = 0
    compacted: bool = False
    dry_run: bool = False

    @property
    def posts(self) -> int:
        """How many texts of ours name these people."""
        return len(self.post_ids)


@dataclass(frozen=True, slots=True)
class HeldOn:
    """All that is held on somebody."""

    people: tuple[Person, ...]
    messages: tuple[Message, ...] = field(repr=False)
    replies: tuple[Item, ...] = field(repr=False)
    moderations: tuple[Moderation, ...] = field(repr=False)
    pseudonyms: tuple[tuple[int, str, str], ...] = field(repr=False)
    mentions: tuple[Message, ...] = field(repr=False)


def key_of(name: str) -> str:
    """How names are compared: without case, accents nor ``@``."""
    return flat(name).strip().lstrip("@").casefold()


def find(work: UnitOfWork, wanted: str, thread_id: int | None) -> Matches:
    """Who ``wanted`` may be.

    Raises:
        UserError: ``privacy.nobody_named`` for an empty name, ``privacy.nobody``.
    """
    key = key_of(wanted)
    if not key:
        raise UserError("privacy.nobody_named")
    exact: list[Person] = []
    near: list[Person] = []
    for one in work.privacy.people(thread_id):
        names = [key_of(one.author.name), key_of(one.author.handle)]
        if key in names:
            exact.append(_person(one))
        elif any(key in name for name in names) or any(len(name) > SHORTEST_SOUGHT and name in key for name in names):
            near.append(_person(one))
    if not exact and not near:
        raise UserError("privacy.nobody", name=wanted)
    return Matches(tuple(exact), tuple(near))


def chosen(found: Matches, exact: str) -> tuple[Person, ...]:
    """Whom to act on: the only exact match, or those whose very name or handle was repeated as ``exact``.

    Raises:
        UserError: ``privacy.ambiguous`` or ``privacy.near`` with ``people``, ``privacy.not_repeated``.
    """
    if not exact:
        if len(found.exact) == 1:
            return found.exact
        people = tuple(shown(one) for one in (*found.exact, *found.near))
        raise UserError("privacy.ambiguous" if len(people) > 1 else "privacy.near", people=people)
    told = tuple(
        one
        for one in (*found.exact, *found.near)
        if exact in (one.name, one.handle, shown(one)) or exact.lstrip("@") == one.handle.lstrip("@") != ""
    )
    if not told:
        raise UserError("privacy.not_repeated", name=exact)
    return told


def shown(one: Person) -> str:
    """Somebody as people read them: ``Zoé Martin (@zoe.m)``."""
    handle = f"@{one.handle.lstrip('@')}" if one.handle else ""
    return f"{one.name} ({handle})" if one.name and handle else one.name or handle


def held_on(work: UnitOfWork, people: Sequence[Person], thread_id: int | None = None) -> HeldOn:
    """All that is held on these people."""
    messages = _messages(work, people, thread_id)
    ids = [one.id for one in messages]
    named = work.threads.messages(work.privacy.naming(needles(people), ids)).values()
    mentions = tuple(one for one in named if thread_id in (None, one.thread_id))
    return HeldOn(
        people=tuple(people),
        messages=messages,
        replies=tuple(work.items.get(one) for one in work.privacy.replies_to(ids)),
        moderations=tuple(one for each in ids for one in work.moderations.of_message(each)),
        pseudonyms=tuple(_pseudonyms(work, people, messages, mentions)),
        mentions=mentions,
    )


@dataclass(frozen=True, slots=True)
class Erasing:
    """Whom to erase, where (everywhere when None) and on whose word.

    ``also`` are messages of others where a word of the name goes too; ``every_mention``: all of them.
    """

    people: tuple[Person, ...]
    thread_id: int | None
    by: str
    at: datetime
    also: tuple[int, ...] = ()
    every_mention: bool = False


def erase(work: UnitOfWork, asked: Erasing) -> Erased:
    """Erase these people, in one transaction: of what they wrote only hashes stay, in the audit.

    Raises:
        UserError: ``privacy.not_a_mention``.
    """
    people, thread_id, name, at = asked.people, asked.thread_id, asked.by, asked.at
    from copilot.store.corrections import text_hash
    from copilot.store.privacy import unnamed

    held = held_on(work, people, thread_id)
    ids = [one.id for one in held.messages]
    hashes = sorted(one.sha256 for one in held.messages)
    for item in held.replies:
        archive(work, item, name, at)
    sought = needles(people)
    whole = pattern_in_words(sought)
    reasons = _names_out_of_reasons(work, asked, whole, [one.id for one in held.replies])
    gone = work.privacy.drop_items([one.id for one in held.replies])
    work.upkeep.drop_copies([*(f"item:{one.id}" for one in held.replies), *(f"message:{one}" for one in ids)])
    versions = 0 if thread_id is not None else work.privacy.drop_versions_naming(sought)
    examples = work.privacy.drop_corrections_of(text_hash(one.text) for one in held.messages if one.text)
    decisions = work.moderations.forget(ids)
    tokens: dict[int, list[str]] = {}
    for thread, token, _ in held.pseudonyms:
        tokens.setdefault(thread, []).append(token)
    dropped = sum(work.privacy.drop_pseudonyms(thread, some) for thread, some in tokens.items())
    work.privacy.blank(held.messages, at, corrections_too=True)
    mentions = work.privacy.unname(held.mentions, whole) if whole else 0
    if whole:
        # Of messages that others wrote: what was captured of them names these people too.
        decisions += work.moderations.reword(partial(unnamed, named=whole), thread_id=thread_id)
    also, left = _first_names_out(work, asked, {one.thread_id for one in (*held.messages, *held.mentions)})
    work.upkeep.drop_copies([f"message:{one}" for one in (*(one.id for one in held.mentions), *also)])
    for one in people:
        told = {
            "messages": len(ids),
            "replies": gone,
            "also": len(also),
            "reasons": reasons,
            "thread": thread_id,
            "hashes": _digest(hashes),
        }
        work.audit.append(at, name, "person_erased", f"person:{_digest([one.name, one.handle])}", told)
    return Erased(
        people=tuple(people),
        messages=len(ids),
        threads=len({one.thread_id for one in held.messages}),
        replies=gone,
        versions=versions,
        corrections=examples,
        pseudonyms=dropped,
        decisions=decisions,
        mentions=mentions,
        reasons=reasons,
        also=len(also),
        named=left,
        post_ids=work.privacy.items_naming(sought),
    )


def _names_out_of_reasons(
    work: UnitOfWork, asked: Erasing, whole: re.Pattern[str] | None, reply_ids: Sequence[int]
) -> int:
    """Take the names out of what our people gave as reasons: how many changed.

    Of a reason about a reply to these people a single word of their name goes too: it is hardly somebody else's there.
    """
    from copilot.store.privacy import unnamed

    patterns = [one for one in (whole, pattern_of(words_of(asked.people))) if one]

    def without_a_word(reason: str) -> str:
        for pattern in patterns:
            reason = unnamed(reason, pattern)
        return reason

    count = work.items.reword_reasons(without_a_word, item_ids=reply_ids)
    if whole is None:
        return count
    without = partial(unnamed, named=whole)
    count += work.items.reword_reasons(without, thread_id=asked.thread_id)
    return count + work.crises.reword(without, thread_id=asked.thread_id)


def _first_names_out(
    work: UnitOfWork, asked: Erasing, thread_ids: Iterable[int]
) -> tuple[tuple[int, ...], tuple[Named, ...]]:
    """Take the words of the names out of the lines that were chosen: their ids, and the lines that keep theirs."""
    from copilot.store.privacy import unnamed

    lines = lines_naming(work, asked.people, thread_ids)
    chosen = chosen_lines(lines, asked.also, every=asked.every_mention)
    pattern = pattern_of(words_of(asked.people))
    if chosen and pattern:
        work.privacy.unname(tuple(work.threads.messages(chosen).values()), pattern)
        work.moderations.reword(partial(unnamed, named=pattern), message_ids=chosen)
    return chosen, tuple(one for one in lines if one.id not in set(chosen))


def pattern_in_words(sought: Sequence[str]) -> re.Pattern[str] | None:
    """Finds ``sought`` wherever it stands, accents and case aside; None when nothing is sought."""
    ordered = sorted((flat(one) for one in sought), key=lambda one: (-len(one), one))
    return re.compile("|".join(f"@?{re.escape(one)}" for one in ordered), re.IGNORECASE) if ordered else None


def needles(people: Iterable[Person]) -> tuple[str, ...]:
    """The names and handles that can be looked for in texts: whole names of two words, handles long enough."""
    found = []
    for one in people:
        if " " in one.name.strip() and len(one.name.strip()) >= SHORTEST_SOUGHT:
            found.append(one.name.strip())
        handle = one.handle.strip().lstrip("@")
        if len(handle) >= SHORTEST_SOUGHT:
            found.append(handle)
    return tuple(dict.fromkeys(found))


def _person(one: Held) -> Person:
    return Person(one.author.name, one.author.handle, one.messages, one.threads)


def _messages(work: UnitOfWork, people: Sequence[Person], thread_id: int | None) -> tuple[Message, ...]:
    return tuple(
        message for one in people for message in work.privacy.written_by(Author(one.name, one.handle), thread_id)
    )


def _pseudonyms(
    work: UnitOfWork, people: Sequence[Person], messages: Sequence[Message], mentions: Sequence[Message]
) -> Iterable[tuple[int, str, str]]:
    """(thread, token, value) of what they are called or wrote."""
    names = {key_of(name) for one in people for name in (one.name, one.handle) if name}
    parts = names | {part for name in names for part in name.split()}
    for thread in sorted({one.thread_id for one in (*messages, *mentions)}):
        said = flat("\n".join(one.text for one in messages if one.thread_id == thread)).casefold()
        for token, value in work.privacy.pseudonyms(thread).items():
            if key_of(value) in parts or flat(value).casefold() in said:
                yield thread, token, value


def _digest(told: Iterable[str]) -> str:
    joined = "\n".join(told).encode("utf-8", "surrogatepass")
    return hashlib.sha256(b"replique-person/1\n" + joined).hexdigest()

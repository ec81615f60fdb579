"""The shipped reply playbooks, read once from ``assets/playbooks/replies.*.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from copilot.paths import assets_dir
from copilot.playbook.grammar_fr import Thing

#: The concern, the praise and the topic that serve when nothing fits.
GENERAL = "general"


@dataclass(frozen=True, slots=True)
class Concern:
    """What people complain of: how we say that we understood, what we look into and with whom.

    A ``light`` concern (a price, a size) gets no heavy apology; ``boost`` is added when a cue is there.
    """

    name: str
    topic: str
    default: bool
    cues: re.Pattern[str] | None
    kinds: tuple[str, ...]
    noun: str
    ack: tuple[str, ...]
    np: tuple[str, ...]
    que: tuple[str, ...]
    check: tuple[str, ...]
    team: str
    light: bool
    boost: int


@dataclass(frozen=True, slots=True)
class Praise:
    """What people praise, and how we thank for it."""

    name: str
    topic: str
    default: bool
    cues: re.Pattern[str] | None
    thanks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """A concern as a subject of conversation. ``words`` recognise it in a folded text.

    ``core`` are the words that merely ask for it: a fact on the topic answers them even when it does not hold them.
    """

    name: str
    subject: str
    label: str
    words: re.Pattern[str] | None
    core: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Library:
    """Every part of a reply in one language."""

    language: str
    pools: Mapping[str, Mapping[str, Any]]
    concerns: tuple[Concern, ...]
    praises: tuple[Praise, ...]
    topics: Mapping[str, Topic]
    things: tuple[tuple[re.Pattern[str], Thing], ...]

    def pool(self, section: str, name: str) -> tuple[str, ...]:
        """The sentences of ``section.name``.

        Raises:
            KeyError: when the playbook has no such part.
        """
        return tuple(self.pools[section][name])

    def thing_named(self, noun: str) -> Thing:
        """The thing we call ``noun``.

        Raises:
            KeyError: when the playbook does not know it.
        """
        for _words, thing in self.things:
            if thing.noun == noun:
                return thing
        raise KeyError(noun)


def cue_pattern(cues: Sequence[str]) -> re.Pattern[str] | None:
    """One pattern for folded phrases, each word whole, ``*`` standing for any ending of a word. None when empty."""
    if not cues:
        return None
    longest_first = sorted(cues, key=len, reverse=True)
    bodies = (re.escape(cue).replace(r"\*", r"\w*").replace(r"\ ", " ") for cue in longest_first)
    return re.compile(r"(?<![^ ])(?:" + "|".join(bodies) + r")(?![^ ])")


@lru_cache(maxsize=4)
def library(language: str) -> Library:
    """The playbooks of ``language`` (``fr`` or ``en``)."""
    pools: dict[str, Any] = {}
    for path in sorted((assets_dir() / "playbooks").glob(f"replies.{language}*.toml")):
        pools.update(tomllib.loads(path.read_text(encoding="utf-8")))
    things = tuple((_words(entry), _thing(entry)) for entry in pools.pop("objects"))
    topics = {name: _topic(name, table) for name, table in pools.pop("topics").items()}
    return Library(
        language=language,
        concerns=tuple(_concern(name, table) for name, table in pools.pop("complaint").items()),
        praises=tuple(_praise(name, table) for name, table in pools.pop("praise").items()),
        topics=topics,
        things=things,
        pools=pools,
    )


@lru_cache(maxsize=1)
def first_names() -> frozenset[str]:
    """The first names we know, in small letters without accents."""
    from copilot.playbook._reading import fold

    path = assets_dir() / "playbooks" / "replies.names.toml"
    listed: str = tomllib.loads(path.read_text(encoding="utf-8"))["names"]
    return frozenset(fold(name) for name in listed.split())


@lru_cache(maxsize=8)
def small_words(kind: str) -> frozenset[str]:
    """The words of one list of ``replies.words.toml``.

    Raises:
        KeyError: when there is no such list.
    """
    path = assets_dir() / "playbooks" / "replies.words.toml"
    listed: str = tomllib.loads(path.read_text(encoding="utf-8"))[kind]
    return frozenset(listed.split())


@lru_cache(maxsize=1)
def equal_words() -> Mapping[str, str]:
    """Words that questions and facts use for one thing, with the first of their group."""
    path = assets_dir() / "playbooks" / "replies.words.toml"
    groups: str = tomllib.loads(path.read_text(encoding="utf-8"))["same"]
    return {word: line.split()[0] for line in groups.splitlines() for word in line.split()}


def _words(entry: Mapping[str, Any]) -> re.Pattern[str]:
    pattern = cue_pattern(entry["words"])
    if pattern is None:
        raise KeyError("words")
    return pattern


def _thing(entry: Mapping[str, Any]) -> Thing:
    return Thing(entry["noun"], entry.get("gender") == "f", entry.get("plural", False), entry["kind"])


def _topic(name: str, table: Mapping[str, Any]) -> Topic:
    words, core = cue_pattern(table["words"]), cue_pattern(table.get("core", ()))
    return Topic(name, table["subject"], table.get("label", table["subject"]), words, core)


def _concern(name: str, table: Mapping[str, Any]) -> Concern:
    return Concern(
        name=name,
        topic=table.get("topic", GENERAL),
        default=table.get("default", False),
        cues=cue_pattern(table["cues"]),
        kinds=tuple(table.get("kinds", ())),
        noun=table.get("object", ""),
        ack=tuple(table["ack"]),
        np=tuple(table["np"]),
        que=tuple(table["que"] if "que" in table else table["that"]),
        check=tuple(table["check"]),
        team=table["team"],
        light=table.get("light", False),
        boost=table.get("boost", 0),
    )


def _praise(name: str, table: Mapping[str, Any]) -> Praise:
    return Praise(
        name, table.get("topic", ""), table.get("default", False), cue_pattern(table["cues"]), tuple(table["thanks"])
    )

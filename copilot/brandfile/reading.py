"""Builds a brand out of TOML tables and notes every mistake with its line."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from copilot.domain.brand import (
    Address,
    Brand,
    CharterClause,
    Contact,
    EmojiPolicy,
    Fact,
    HashtagList,
    HouseStyle,
    InclusiveWriting,
    ModerationPolicy,
    Playbook,
    PreferredTerm,
    Retention,
    RuleLevel,
    Sector,
    Typography,
    VoiceProfile,
)
from copilot.domain.conversation import Approach, Intent
from copilot.domain.finding import Severity
from copilot.domain.network import HIGHEST_LIMIT
from copilot.domain.wording import Wording
from copilot.text.toml_lines import KeyPath, nearest_line

_LANGUAGES = ("fr", "en")
#: A century: more days than this is a slip.
MOST_DAYS = 36_500

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class BrandProblem:
    """One thing wrong in a brand file. ``path`` reads ``facts[3].valid_until``, counted from 1.

    ``severity`` is ``BLOCKS`` (the file cannot be read as a brand) or ``WARNS``.
    """

    line: int
    path: str
    wording: Wording
    severity: Severity = Severity.BLOCKS


def slug(name: str) -> str:
    """A brand's identifier drawn from its name: lower-case ASCII letters, digits and hyphens, ``brand`` if none."""
    plain = name.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae").replace("Æ", "AE")
    ascii_only = unicodedata.normalize("NFKD", plain[:256]).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only.lower()).strip("-")[:64].strip("-") or "brand"


def shown_path(path: KeyPath) -> str:
    """A path as people read it: ``facts[3].valid_until``, counted from 1."""
    parts = [f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path]
    return "".join(parts).lstrip(".")


@dataclass(slots=True)
class BrandReader:
    """Turns tables into values; notes every problem and goes on with the default."""

    lines: dict[KeyPath, int]
    problems: list[BrandProblem] = field(default_factory=list)

    def wrong(self, path: KeyPath, kind: str, /, **params: object) -> None:
        """Note a problem on the line of ``path``."""
        line = nearest_line(self.lines, path)
        self.problems.append(BrandProblem(line, shown_path(path), Wording(f"brand.problem.{kind}", params)))

    def known(self, table: Mapping[str, Any], path: KeyPath, names: Iterable[str]) -> None:
        """Refuse the keys that are not in ``names`` and suggest the nearest one."""
        known = list(names)
        for key in table:
            if key not in known:
                near = difflib.get_close_matches(key[:64].lower(), known, n=1, cutoff=0.5)
                hint: dict[str, object] = {"near": near[0]} if near else {"known": known}
                self.wrong((*path, key), "unknown_near" if near else "unknown", key=key[:64], **hint)

    def text(self, table: Mapping[str, Any], path: KeyPath, key: str, default: str = "") -> str:
        """A text, ``default`` when the key is absent."""
        value = table.get(key, default)
        if isinstance(value, str):
            return value
        self.wrong((*path, key), "not_text", key=key)
        return default

    def texts(self, table: Mapping[str, Any], path: KeyPath, key: str) -> tuple[str, ...]:
        """A list of texts."""
        value = table.get(key, [])
        if not isinstance(value, list):
            self.wrong((*path, key), "not_list", key=key)
            return ()
        kept = []
        for position, part in enumerate(value):
            if isinstance(part, str):
                kept.append(part)
            else:
                self.wrong((*path, key, position), "not_text", key=key)
        return tuple(kept)

    def whole(self, table: Mapping[str, Any], path: KeyPath, key: str, default: int, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``."""
        value = table.get(key, default)
        if type(value) is int and low <= value <= high:
            return value
        self.wrong((*path, key), "whole", key=key[:64], low=low, high=high)
        return default

    def choice(self, table: Mapping[str, Any], path: KeyPath, key: str, allowed: Sequence[str], default: T) -> str | T:
        """One of the ``allowed`` words."""
        value = table.get(key)
        if value is None or value in allowed:
            return default if value is None else str(value)
        self.wrong((*path, key), "not_allowed", key=key, value=str(value)[:64], allowed=list(allowed))
        return default

    def enum(self, table: Mapping[str, Any], path: KeyPath, key: str, kind: type[E], default: T) -> E | T:
        """One member of ``kind``."""
        found = self.choice(table, path, key, [member.value for member in kind], None)
        return default if found is None else kind(found)

    def day(self, table: Mapping[str, Any], path: KeyPath, key: str) -> date | None:
        """A date, written as a TOML date or between quotes."""
        value = table.get(key)
        if isinstance(value, str):
            try:
                return date.fromisoformat(value)
            except ValueError:
                value = ""
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        self.wrong((*path, key), "date")
        return None

    def table(self, parent: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        """A table at the top of the file."""
        value = parent.get(key, {})
        if isinstance(value, dict):
            return value
        self.wrong((key,), "not_table", key=key)
        return {}

    def each(
        self, parent: Mapping[str, Any], path: KeyPath, build: Callable[[Mapping[str, Any], KeyPath], T]
    ) -> list[T]:
        """Build one value for each table of the array at ``path``, whose last part is its key in ``parent``."""
        key = str(path[-1])
        value = parent.get(key, [])
        if not isinstance(value, list):
            self.wrong(path, "not_tables", key=key)
            return []
        built = []
        for position, part in enumerate(value):
            if isinstance(part, dict):
                built.append(build(part, (*path, position)))
            else:
                self.wrong((*path, position), "not_tables", key=key)
        return built

    def identifier(self, table: Mapping[str, Any], path: KeyPath, default: str) -> str:
        """An identifier without spaces."""
        value = self.text(table, path, "id", default)
        if _ID.fullmatch(value):
            return value
        self.wrong((*path, "id"), "bad_id", value=value[:64])
        return default

    def filled(self, table: Mapping[str, Any], path: KeyPath, key: str) -> str:
        """A text that may not be empty."""
        value = self.text(table, path, key)
        if not value.strip() and (key not in table or isinstance(table[key], str)):
            self.wrong((*path, key), "missing", key=key)
        return value

    def unique(self, values: Sequence[str], path: KeyPath, key: str) -> None:
        """Refuse the second use of an identifier."""
        seen: set[str] = set()
        for position, value in enumerate(values):
            if value in seen:
                self.wrong((*path, position, key), "duplicate", value=value[:64])
            seen.add(value)

    def brand(self, top: Mapping[str, Any]) -> Brand:
        """The whole file."""
        self.known(top, (), [part.name for part in fields(Brand)])
        name = self.filled(top, (), "name")
        facts = self.each(top, ("facts",), self.fact)
        playbooks = self.each(top, ("playbooks",), self.playbook)
        hashtags = self.each(top, ("hashtags",), self.hashtag_list)
        charter = self.each(top, ("charter",), self.clause)
        for key, ids in (("facts", facts), ("playbooks", playbooks), ("charter", charter)):
            self.unique([one.id for one in ids], (key,), "id")
        self.unique([one.name for one in hashtags], ("hashtags",), "name")
        return Brand(
            id=self.identifier(top, (), slug(name)),
            name=name,
            sector=self.text(top, (), "sector"),
            description=self.text(top, (), "description"),
            timezone=self.timezone(top),
            voice=self.voice(self.table(top, "voice")),
            contact=self.contact(self.table(top, "contact")),
            accounts=self.accounts(self.table(top, "accounts")),
            facts=tuple(facts),
            playbooks=tuple(playbooks),
            hashtags=tuple(hashtags),
            charter=tuple(charter),
            limits=self.limits(self.table(top, "limits")),
            style=self.style(self.table(top, "style")),
            checks=self.checks(self.table(top, "checks")),
            moderation=self.moderation(self.table(top, "moderation")),
            retention=self.retention(self.table(top, "retention")),
        )

    def timezone(self, top: Mapping[str, Any]) -> str:
        """An IANA zone name."""
        value = self.text(top, (), "timezone", "Europe/Paris")
        try:
            ZoneInfo(value)
        except (ValueError, KeyError, OSError):
            self.wrong(("timezone",), "timezone", value=value[:64])
        return value

    def voice(self, table: Mapping[str, Any]) -> VoiceProfile:
        """The table ``[voice]``."""
        path: KeyPath = ("voice",)
        self.known(table, path, [part.name for part in fields(VoiceProfile)])
        return VoiceProfile(
            language=self.choice(table, path, "language", _LANGUAGES, "fr"),
            address=self.enum(table, path, "address", Address, Address.VOUS),
            traits=self.texts(table, path, "traits"),
            emoji=self.enum(table, path, "emoji", EmojiPolicy, EmojiPolicy.SPARING),
            preferred=tuple(self.each(table, ("voice", "preferred"), self.preferred_term)),
            banned=self.texts(table, path, "banned"),
            signature=self.text(table, path, "signature"),
            do=self.texts(table, path, "do"),
            do_not=self.texts(table, path, "do_not"),
        )

    def preferred_term(self, table: Mapping[str, Any], path: KeyPath) -> PreferredTerm:
        """One element of ``preferred``."""
        self.known(table, path, [part.name for part in fields(PreferredTerm)])
        return PreferredTerm(self.filled(table, path, "use"), self.filled(table, path, "instead_of"))

    def contact(self, table: Mapping[str, Any]) -> Contact:
        """The table ``[contact]``."""
        names = [part.name for part in fields(Contact)]
        self.known(table, ("contact",), names)
        return Contact(**{name: self.text(table, ("contact",), name) for name in names})

    def accounts(self, table: Mapping[str, Any]) -> dict[str, str]:
        """The table ``[accounts]``: network ids in lower case, whether a network of that name is known or not."""
        found: dict[str, str] = {}
        for key in table:
            network = key.lower()
            if network in found:
                self.wrong(("accounts", key), "duplicate", value=key[:64])
            found[network] = self.text(table, ("accounts",), key)
        return found

    def limits(self, table: Mapping[str, Any]) -> dict[str, int]:
        """The table ``[limits]``: the longest post of an account, by network id."""
        return {key.lower(): self.whole(table, ("limits",), key, 1, 1, HIGHEST_LIMIT) for key in table}

    def style(self, table: Mapping[str, Any]) -> HouseStyle:
        """The table ``[style]``."""
        path: KeyPath = ("style",)
        self.known(table, path, [part.name for part in fields(HouseStyle)])
        usual = HouseStyle()
        return HouseStyle(
            typography=self.enum(table, path, "typography", Typography, usual.typography),
            inclusive=self.enum(table, path, "inclusive", InclusiveWriting, usual.inclusive),
            exclamations=self.whole(table, path, "exclamations", usual.exclamations, 0, 1000),
            same_sentence=self.whole(table, path, "same_sentence", usual.same_sentence, 1, 1000),
            avoid=self.texts(table, path, "avoid"),
            words=self.texts(table, path, "words"),
            sectors=self.sectors(table, path),
        )

    def sectors(self, table: Mapping[str, Any], path: KeyPath) -> tuple[Sector, ...]:
        """The declared sectors."""
        allowed = [sector.value for sector in Sector]
        told = self.texts(table, path, "sectors")
        for position, name in enumerate(told):
            if name not in allowed:
                self.wrong((*path, "sectors", position), "not_allowed", key="sectors", value=name[:64], allowed=allowed)
        return tuple(Sector(name) for name in dict.fromkeys(told) if name in allowed)

    def checks(self, table: Mapping[str, Any]) -> dict[str, RuleLevel]:
        """The table ``[checks]``: the weight of a rule, by its name."""
        found = {key: self.enum(table, ("checks",), key, RuleLevel, None) for key in table}
        return {key: level for key, level in found.items() if level is not None}

    def moderation(self, table: Mapping[str, Any]) -> ModerationPolicy:
        """The table ``[moderation]``: network ids in lower case, handles without their ``@``."""
        path: KeyPath = ("moderation",)
        self.known(table, path, [part.name for part in fields(ModerationPolicy)])
        return ModerationPolicy(
            hosted_networks=tuple(network.lower() for network in self.texts(table, path, "hosted_networks")),
            influential=tuple(handle.lstrip("@") for handle in self.texts(table, path, "influential")),
        )

    def retention(self, table: Mapping[str, Any]) -> Retention:
        """The table ``[retention]``: whole numbers of days, what is left out is kept."""
        path: KeyPath = ("retention",)
        names = [part.name for part in fields(Retention)]
        self.known(table, path, names)
        return Retention(**{name: self.whole(table, path, name, 1, 1, MOST_DAYS) for name in names if name in table})

    def fact(self, table: Mapping[str, Any], path: KeyPath) -> Fact:
        """One ``[[facts]]``."""
        self.known(table, path, [part.name for part in fields(Fact)])
        return Fact(
            id=self.identifier(table, path, _numbered("fact", path)),
            statement=self.filled(table, path, "statement"),
            value=self.text(table, path, "value"),
            topics=self.texts(table, path, "topics"),
            language=self.choice(table, path, "language", _LANGUAGES, None),
            valid_until=self.day(table, path, "valid_until"),
            source=self.text(table, path, "source"),
        )

    def playbook(self, table: Mapping[str, Any], path: KeyPath) -> Playbook:
        """One ``[[playbooks]]``."""
        self.known(table, path, [part.name for part in fields(Playbook)])
        if "intent" not in table:
            self.wrong((*path, "intent"), "missing", key="intent")
        approach = self.enum(table, path, "approach", Approach, None)
        return Playbook(
            id=self.identifier(table, path, _numbered("playbook", path)),
            intent=str(self.enum(table, path, "intent", Intent, Intent.OTHER)),
            text=self.filled(table, path, "text"),
            part=self.text(table, path, "part", "whole"),
            approach=None if approach is None else approach.value,
            language=self.choice(table, path, "language", _LANGUAGES, "fr"),
            address=self.enum(table, path, "address", Address, None),
            topics=self.texts(table, path, "topics"),
        )

    def hashtag_list(self, table: Mapping[str, Any], path: KeyPath) -> HashtagList:
        """One ``[[hashtags]]``."""
        self.known(table, path, [part.name for part in fields(HashtagList)])
        return HashtagList(
            name=self.text(table, path, "name", _numbered("hashtags", path)),
            tags=tuple(tag.lstrip("#") for tag in self.texts(table, path, "tags")),
            networks=tuple(network.lower() for network in self.texts(table, path, "networks")),
        )

    def clause(self, table: Mapping[str, Any], path: KeyPath) -> CharterClause:
        """One ``[[charter]]``."""
        self.known(table, path, [part.name for part in fields(CharterClause)])
        default = _numbered("clause", path)
        return CharterClause(self.identifier(table, path, default), self.filled(table, path, "text"))


def _numbered(stem: str, path: KeyPath) -> str:
    position = path[-1]
    return f"{stem}-{position + 1}" if isinstance(position, int) else stem

"""The rules as a brand grades them: their families, what each looks at, what may go out without it. No Qt in here."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from copilot.domain.brand import RuleLevel
from copilot.domain.finding import Severity
from copilot.i18n import Translator

if TYPE_CHECKING:
    from copilot.services.checking import RuleState

#: The choices of a rule in the order of their figures; None is as usual.
LEVELS: tuple[RuleLevel | None, ...] = (None, RuleLevel.BLOCKS, RuleLevel.WARNS, RuleLevel.ADVISES, RuleLevel.OFF)

#: The families and their rules, as people look for them; a rule that is in none is shown at the end.
FAMILIES: Mapping[str, tuple[str, ...]] = {
    "network": (
        "length", "empty", "forbidden_character", "line_breaks", "dead_link", "missing_space_link", "mention_syntax",
        "alt_text", "seo",
    ),
    "hashtags": (
        "hashtag_cap", "hashtag_validity", "hashtag_problem", "hashtag_reading", "hashtag_generic", "camel_case",
    ),
    "writing": (
        "typography", "spacing", "spelling", "homophones", "inclusive", "shouting", "exclamations",
        "decorative_letters", "invisible_characters", "emoji_lines",
    ),
    "tone": ("address", "banned_term", "tone_words", "emoji_policy", "cliche"),
    "replies": (
        "private_data_request", "secret_request", "admits_fault", "blames_customer", "hollow_apology", "irony",
        "legal_threat", "vague_promise", "repeated_sentence", "reply_shape", "insult",
    ),
    "models": (
        "steered_reply", "obeys_comment", "prompt_echo", "machine_voice", "reply_language", "unaddressed_reply",
        "harms_brand", "unsourced_gift", "unsourced_admission", "pseudonym",
    ),
    "legal": ("commercial_transparency", "sector_mention", "contest"),
    "sources": (
        "unsourced_claim", "contradicted_claim", "expired_claim", "copied_reference", "personal_details", "open_slot",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule in words. ``severity`` is its usual weight, None for one this version does not know."""

    name: str
    family: str
    title: str
    about: str
    risk: str
    severity: Severity | None

    def weight(self, level: RuleLevel | None) -> RuleLevel:
        """What it weighs at ``level``."""
        return level or (RuleLevel(self.severity.value) if self.severity else RuleLevel.OFF)

    def lets_through(self, level: RuleLevel | None) -> bool:
        """True when it would hold back a false, refused or unfinished text, and no longer does."""
        return self.severity is Severity.BLOCKS and self.weight(level) is not RuleLevel.BLOCKS

    def is_found_by(self, words: str) -> bool:
        """Whether all of ``words``, without accents, are in what is said of it."""
        said = plain(f"{self.title} {self.about} {self.name}")
        return all(word in said for word in words.split())


def plain(text: str) -> str:
    """``text`` in small letters without accents."""
    apart = unicodedata.normalize("NFD", text.replace("’", "'").casefold())
    return "".join(char for char in apart if not unicodedata.combining(char))


def told_rules(t: Translator, states: tuple[RuleState, ...], own: Mapping[str, RuleLevel]) -> tuple[Rule, ...]:
    """Every rule in words, family by family; then those the brand grades and nobody knows."""
    usual = {state.name: state.severity for state in states}
    placed = [(family, name) for family, names in FAMILIES.items() for name in names if name in usual]
    known = {name for _family, name in placed}
    placed += [("other", name) for name in usual if name not in known]
    placed += [("other", name) for name in list(own)[:100] if name not in usual]
    return tuple(_told(t, family, name, usual.get(name)) for family, name in placed)


def _told(t: Translator, family: str, name: str, severity: Severity | None) -> Rule:
    if severity is None:
        return Rule(name, family, " ".join(name[:60].split()), t("ui.rules.unknown"), "", None)
    title, about, risk = f"check.{name}.title", f"ui.rule.{name}", f"ui.rule.{name}.risk"
    return Rule(
        name,
        family,
        t(title) if t.has(title) else name,
        t(about) if t.has(about) else "",
        t(risk) if t.has(risk) else t("ui.rules.risk"),
        severity,
    )


def level_key(level: RuleLevel | None) -> str:
    """The end of the catalogue key of a choice."""
    return level.value if level else "usual"

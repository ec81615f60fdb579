"""The words of moderation that ship with the product: legal categories, reporting channels, official enumerations."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from copilot.domain.brand import CharterClause
from copilot.domain.moderation import LegalCategory, ReportChannel
from copilot.errors import UserError
from copilot.paths import assets_dir

_LANGUAGES = ("fr", "en")
#: How much of a message is searched for signs, in characters.
MOST_READ = 20_000
#: How many stems of a theme name it.
NAMING = 4


@dataclass(frozen=True, slots=True)
class LegalWords:
    """Categories by key, in the order of the file; ``themes`` of each, words of each theme, signs of each category."""

    categories: Mapping[str, LegalCategory]
    themes_of: Mapping[str, tuple[str, ...]]
    themes: Mapping[str, tuple[str, ...]]
    signs: Mapping[str, tuple[str, ...]]

    def get(self, key: str) -> LegalCategory:
        """The category ``key``.

        Raises:
            UserError: ``moderation.category_unknown``.
        """
        if key not in self.categories:
            raise UserError("moderation.category_unknown", name=key[:60], known=", ".join(self.categories))
        return self.categories[key]

    def sign_of(self, text: str) -> str:
        """The first category whose signs ``text`` holds, empty when none."""
        plain = f" {_words(text[:MOST_READ])} "
        return next((key for key, signs in self.signs.items() if any(f" {sign} " in plain for sign in signs)), "")

    def clause_about(self, themes: Iterable[str], charter: Sequence[CharterClause]) -> CharterClause | None:
        """The clause of ``charter`` that speaks most of ``themes``; None when none does."""
        # The first stems of a theme name it; the others only go with it.
        told = (enumerate(self.themes.get(theme, ())) for theme in themes)
        stems = {stem: 3 if place < NAMING else 1 for of_theme in told for place, stem in of_theme}

        def weight(clause: CharterClause) -> int:
            words = f" {_words(f'{clause.id} {clause.text}')}"
            return sum(worth for stem, worth in stems.items() if f" {stem}" in words)

        best = max(charter, key=weight, default=None)
        return best if best is not None and weight(best) else None


def _words(text: str) -> str:
    """``text`` folded to plain lower-case words with one space between them."""
    plain = unicodedata.normalize("NFKD", text.replace("œ", "oe").casefold())
    kept = ("" if unicodedata.combining(char) else char if char.isalnum() else " " for char in plain)
    return " ".join("".join(kept).split())


@cache
def legal_words() -> LegalWords:
    """What ``assets/moderation/categories.toml`` holds."""
    told = tomllib.loads((assets_dir() / "moderation" / "categories.toml").read_text("utf-8"))
    channels = {
        one["key"]: ReportChannel(one["key"], one["name"], one["reach"], {code: one[code] for code in _LANGUAGES})
        for one in told["channel"]
    }
    return LegalWords(
        categories={one["key"]: _category(one, channels) for one in told["category"]},
        themes_of={one["key"]: tuple(one["themes"]) for one in told["category"]},
        themes={theme: tuple(_words(stem) for stem in stems) for theme, stems in told["themes"].items()},
        signs={key: tuple(_words(sign) for sign in signs) for key, signs in told["signs"].items()},
    )


def _category(told: Mapping[str, Any], channels: Mapping[str, ReportChannel]) -> LegalCategory:
    return LegalCategory(
        key=told["key"],
        label={code: told[code] for code in _LANGUAGES},
        law=told["law"],
        reports=tuple(channels[key] for key in told["reports"]),
        note={code: told[f"note_{code}"] for code in _LANGUAGES if f"note_{code}" in told},
        dsa_category=told["dsa"],
        dsa_keywords=tuple(told.get("keywords", ())),
        copy=told.get("copy", True),
        crime=told.get("crime", True),
    )


@cache
def official_values() -> Mapping[str, frozenset[str]]:
    """The values of each enumeration of the Transparency Database, by its name."""
    told = tomllib.loads((assets_dir() / "moderation" / "dsa.toml").read_text("utf-8"))
    return {name: frozenset(values) for name, values in told.items() if isinstance(values, dict)}


@cache
def holding_words() -> Mapping[str, Mapping[str, Any]]:
    """The lines and slots of a holding statement, by language."""
    return tomllib.loads((assets_dir() / "moderation" / "holding.toml").read_text("utf-8"))

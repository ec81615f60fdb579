"""What ``assets/playbooks/posts.<language>.toml`` knows: words to read a brief and to write a post."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from copilot.paths import assets_dir
from copilot.text.lexicons import folded

LANGUAGES = ("fr", "en")


def fold(text: str) -> str:
    """Lower case, no accent, straight apostrophe, plain spaces: the form labels and patterns are written in."""
    return folded(text.replace("’", "'").replace("\u00a0", " ").replace("\u202f", " "))


@dataclass(frozen=True, slots=True)
class PostLexicon:
    """One language of the writer. ``labels`` maps a folded label to its role, ``internal`` included."""

    language: str
    labels: Mapping[str, str]
    internal: re.Pattern[str]
    requests: tuple[re.Pattern[str], ...]
    sign_offs: frozenset[str]
    greetings: tuple[str, ...]
    mail_headers: frozenset[str]
    subject_headers: frozenset[str]
    title_noise: tuple[str, ...]
    themes: Mapping[str, re.Pattern[str]]
    hooks: Mapping[str, Mapping[str, list[str]]]
    leads: Mapping[str, Mapping[str, list[str]]]
    calls: Mapping[str, list[str]]
    closings: Mapping[str, Mapping[str, str]]
    words: Mapping[str, str]
    imperatives: Mapping[str, list[str]]
    emoji: Mapping[str, str]
    capitals: Mapping[str, list[str]]
    plain_lists: frozenset[str]


@lru_cache(maxsize=4)
def post_lexicon(language: str) -> PostLexicon:
    """The lexicon of ``fr`` or ``en``; any other language writes as English does."""
    code = language if language in LANGUAGES else "en"
    content = tomllib.loads((assets_dir() / "playbooks" / f"posts.{code}.toml").read_text(encoding="utf-8"))
    labels = {fold(label): role for role, names in content["labels"].items() for label in names}
    labels |= {fold(label): "internal" for label in content["internal_labels"]}
    return PostLexicon(
        language=code,
        labels=labels,
        # As one pattern: a brief of 300,000 lines asks for each of them.
        internal=re.compile("|".join(f"(?:{pattern})" for pattern in content["internal_patterns"])),
        requests=tuple(re.compile(pattern, re.IGNORECASE) for pattern in content["requests"]),
        sign_offs=frozenset(content["sign_offs"]),
        greetings=tuple(content["greetings"]),
        mail_headers=frozenset(content["mail_headers"]),
        subject_headers=frozenset(content["subject_headers"]),
        title_noise=tuple(content["title_noise"]),
        themes={theme: re.compile(pattern) for theme, pattern in content["themes"].items()},
        hooks=content["hooks"],
        leads=content["leads"],
        calls=content["calls"],
        closings=content["closings"],
        words=content["words"],
        imperatives=content["imperatives"],
        emoji=content["emoji"],
        capitals=content["capitals"],
        plain_lists=frozenset(content["lists"]["plain"]),
    )


def both() -> tuple[PostLexicon, ...]:
    """Every lexicon: a French brief may hold an English heading, and the other way round."""
    return tuple(post_lexicon(language) for language in LANGUAGES)

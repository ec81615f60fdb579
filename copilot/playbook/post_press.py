"""What surrounds the news in a brief: embargo, dateline, end mark of a release, opening words, hashtags asked for."""

from __future__ import annotations

import re

from copilot.playbook.post_lexicon import both, fold

_EMBARGO = re.compile(r"\bembargo(?:ed|es)?\b")
_NO_EMBARGO = re.compile(r"\b(?:pas d'|sans |aucun |no |not )embargo\w*|\bembargo\w*\s*:\s*(?:aucun|non|none|no)\b")
#: ``Bristol, 1 September 2026 –``: where and when a release was signed, never when the news happens.
_DATELINE = re.compile(
    r"[^\W\d_][\w' .’-]{1,40}(?:, | )\(?(?:le |on )?(?:\d{1,2}(?:er|st|nd|rd|th)? [^\W\d_]{3,10}\.?|"
    r"[^\W\d_]{3,10} \d{1,2},?)"
    r" (?:19|20)\d\d\)?\s*(?:[–—-]{1,2}|:)\s+(?=\S)"
)
_DATELINE_ALONE = re.compile(
    r"(?:[^\W\d_][\w' .’-]{1,40},? )?(?:le |on )?(?:(?:lun|mar|mercre|jeu|vendre|same)di |dimanche |\w+day,? )?"
    r"(?:\d{1,2}(?:er|st|nd|rd|th)? [^\W\d_]{3,10}\.?|[^\W\d_]{3,10} \d{1,2},?) (?:19|20)\d\d\W*",
    re.IGNORECASE,
)
_END = re.compile(r"\W*ends\W*|[-–—* ]+(?:fin|end)[-–—* ]+|\s*#{3}\s*", re.IGNORECASE)
#: Words that hand the news over: they keep it from nobody, unlike ``note interne``.
_OPENING = re.compile(
    r"(?:pour (?:info|information|diffusion)|a diffuser|diffusion|infos?|notes?|rappel|fyi|for your information)\b"
)
_KEPT_IN = re.compile(r"\b(?:intern\w*|equipe|team|confidenti\w*|perso\w*|redact\w*|editors?|journalist\w*)\b")
_LEADING = re.compile(
    r"(?:pour (?:info|information)(?: et diffusion)?|fyi|for your information)(?:\s*[,:–-]\s*|\s+)(?=\S)", re.IGNORECASE
)
_DATE = re.compile(
    r"\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"\d{1,2}(?:er|st|nd|rd|th)? (?:janv|fevr|mars|avril|mai|juin|juil|aout|sept|oct|nov|dec|jan|feb|march|april|may|"
    r"june|july|aug)\w*|\d{1,2}/\d{1,2})\b"
)
_TOLD_THEMES = ("notice", "event", "opening")
_HASHTAG_LINE = re.compile(r"\W*(?:hashtags?|mots?-diese)(?: officiels?| official)?\s*:", re.IGNORECASE)
_HASHTAG = re.compile(r"#\w{2,60}")
_FORBIDDEN = re.compile(r"\b(?:pas|jamais|eviter|evite[rz]?|sans|don't|do not|avoid|never|not)\b")
_MOST_READ = 100_000


def has_embargo(brief: str) -> bool:
    """True when the brief speaks of an embargo, unless it is to say that there is none."""
    return bool(_EMBARGO.search(_NO_EMBARGO.sub(" ", fold(brief[:_MOST_READ]))))


def ends_release(line: str) -> bool:
    """True for the line that ends a press release (``ENDS``, ``- FIN -``): the rest is for editors."""
    return len(line) <= 40 and bool(_END.fullmatch(line))


def dateline_length(text: str) -> int:
    """How many characters of ``text`` are the dateline of a release; 0 when a sentence does not follow."""
    match = _DATELINE.match(text[:120])
    return match.end() if match and len(text) - match.end() >= 40 else 0


def is_dateline(text: str) -> bool:
    """True for ``Nantes, le 2 mars 2027`` alone on its line."""
    return len(text) <= 80 and bool(_DATELINE_ALONE.fullmatch(text))


def opens_news(label: str, value: str) -> bool:
    """True for ``Pour info : la piscine ferme lundi``: the label hands over news with a date or a word of notice."""
    folded_label = fold(label[:80])
    if not _OPENING.match(folded_label) or _KEPT_IN.search(folded_label):
        return False
    told = fold(value[:600])
    return bool(_DATE.search(told)) or any(
        lexicon.themes[theme].search(told) for lexicon in both() for theme in _TOLD_THEMES
    )


def without_opening(text: str) -> str:
    """``FYI, the pool closes`` is about the pool."""
    match = _LEADING.match(text[:60])
    return text[match.end() :] if match else text


def asked_hashtags(brief: str) -> tuple[str, ...]:
    """The hashtags a line ``Hashtag :`` asks for, each with its ``#``; none from a line that forbids some."""
    lines = [line for line in brief[:_MOST_READ].split("\n") if _HASHTAG_LINE.match(line[:60])]
    return tuple(tag for line in lines if not _FORBIDDEN.search(fold(line)) for tag in _HASHTAG.findall(line))

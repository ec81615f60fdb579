"""Reads a brief as a community manager does: what is for the public, what stays between us.

The lines of the brief become :class:`Unit` values, each with its role. Labels (``Objectif :``, ``Lieu :``),
headings, lists, a pasted e-mail with its greeting and its signature are recognised in French and English.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from copilot.playbook.post_lexicon import both, fold
from copilot.playbook.post_links import is_link
from copilot.playbook.post_mail import (
    body_lines,
    is_greeting,
    is_sign_off,
    is_sign_off_words,
    names_people,
    subject_of,
    without_greeting,
)
from copilot.playbook.post_press import dateline_length, ends_release, is_dateline, opens_news
from copilot.playbook.post_requests import has_verb_start, without_handing_over, without_request
from copilot.playbook.post_sentences import sentences

#: Only the first characters of a brief are read: about thirty pages.
MAX_CHARS = 100_000
#: At most this many pieces are kept, so that composing stays quick whatever the text.
MAX_UNITS = 200

INTERNAL = "internal"
PRACTICAL_ROLES = ("when", "where", "price", "practical")
_LABELLED = (*PRACTICAL_ROLES, "link")

_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*$")
_BULLET = re.compile(r"\s*(?:[-*•–—·▪►▸➤✓✔☑✅+]|\(?\d{1,2}[.)])\s+(?:\[[ xX]?\]\s*)?(?=\S)")
_LABEL = re.compile(r"([^\W_](?:[^:\n]{0,58}[^\s:])?)\s*:(?!//)(?:\s+|$)(.*)", re.DOTALL)
_DASHED = re.compile(r"([^\W\d_][\w' ]{0,24}?)\s+[–—-]\s+")
#: Said to the public all the same.
_NOT_TO_MISS = re.compile(
    r"\b(?:a )?ne (?:pas|jamais) (?:manquer|rater|louper|oublier(?! (?:de |d')?(?:\w+ )?(?:le |la |les |l')?"
    r"(?:logo|mention|tag|hashtag|lien|credit|partenaire|visuel)))\b|\b(?:not to|don't) (?:miss|forget)\b"
)
#: Headings of what must not be said: ``À ne pas dire``, ``Do not mention``.
_FORBIDS = re.compile(r"(?:a )?(?:ne (?:pas|rien|jamais)|eviter)\b|(?:do not|don't|not to|to avoid|off limits)\b")
#: Marks at the edge of a word: ``3*4`` is no emphasis.
_MARKS = re.compile(r"(?<![\w*`~])(?:\*{1,3}|_{2,3}|`+|~~)|(?:\*{1,3}|_{2,3}|`+|~~)(?![\w*`~])")
_LINK = re.compile(r"!?\[([^\]\n]{0,200})\]\(([^)\s]{1,2000})\)")
_RULE = re.compile(r"\s*[-=_*~–—.]{3,}\s*$")
_TABLE_RULE = re.compile(r"[\s|:-]+$")
_ABOUT_POSTS = re.compile(r"\b(?:brief(?:ing)?|posts?|publications?|tweets?)\b", re.IGNORECASE)
_CONDITIONS = re.compile(
    r"\bnon cumulable|dans la limite des (?:stocks|places)|sous reserve|voir conditions|offre valable|"
    r"conditions en magasin|photos? non contractuelle|\bterms apply|while stocks last|subject to availability|\bt&cs?\b"
)
_SPLIT_BARS = re.compile(r"\s+[|/•·]\s+")
_NO_BREAK = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2028": "\n", "\u2029": "\n", "\r": "\n"})


@dataclass(frozen=True, slots=True)
class Unit:
    """One public piece of a brief: ``text`` as written there, found at ``start``-``end``.

    ``role`` is title, message, context, sentence, benefit, when, where, price, practical, link, cta, conditions or
    legal.
    ``label`` is the brief's own word before the colon or over the list, empty when there was none.
    """

    text: str
    role: str
    start: int
    end: int
    label: str = ""
    is_item: bool = False
    paragraph: int = 0


@dataclass(slots=True)
class _State:
    """Where the reading stands: the role of the present section, and of the present label."""

    section: str = ""
    section_level: int = 0
    block: str = ""
    block_label: str = ""
    block_has_content: bool = False
    block_continues: bool = False
    in_signature: bool = False
    paragraph: int = 0
    slack: int = 0  # Markdown marks taken out of the present line: its facts may stand that much further
    aside: bool = False  # the sentence before was for a colleague: what leans on it is too
    units: list[Unit] = field(default_factory=list)


def public_units(brief: str) -> tuple[Unit, ...]:
    """The pieces of ``brief`` meant for the public, in its order. Empty when everything is internal."""
    text = _readable(brief)
    state = _State()
    lines = list(body_lines(text))
    table = False
    for index, (start, row) in enumerate(lines):
        line = row.replace("\t", " ")
        if row.count("\t") and _read_row(state, start, row, headed=not table):
            table = True
            continue
        table = False
        if len(state.units) >= MAX_UNITS or (state.units and ends_release(line)):
            break
        free = (
            not state.units and INTERNAL not in (state.section, state.block) and not (state.block or state.in_signature)
        )
        if free and _is_headline(line, lines[index + 1][1] if index + 1 < len(lines) else ""):
            _add_title(state, start, _unmarked(line))
        else:
            _read_line(state, start, line)
    return tuple(state.units[:MAX_UNITS])


def _read_row(state: _State, start: int, row: str, *, headed: bool) -> bool:
    """Read a line of a table pasted with tabs; False when it is none. Its first line names the columns."""
    cells = [cell.strip() for cell in row.split("\t")]
    told = [cell for cell in cells if cell]
    if len(told) < 2 or (len(told) == 2 and (len(cells) > 2 or len(row) > 200)):
        return False
    names_columns = headed and len(told) > 2 and not any(char.isdigit() for char in row)
    if len(told) == 2 and _role(told[0]):
        _read_content(state, start, f"{told[0]} : {told[1]}", is_item=False)
    elif not names_columns and INTERNAL not in (state.section, state.block) and not state.in_signature:
        kept = ", ".join(cell for cell in told if not is_internal(cell))
        _add(state, kept, "benefit", start, start + len(row), is_item=True)
    return True


def _readable(brief: str) -> str:
    """The text read, character for character at the same place, without what no network can carry."""
    text = brief[:MAX_CHARS].replace("\r\n", " \n").translate(_NO_BREAK)
    return "".join(
        char
        if char in "\n\t" or (char.isprintable() and not "\ue000" <= char <= "\uf8ff") or char in "\u200d\ufe0f"
        else " "
        for char in text
    )


def _is_headline(line: str, following: str) -> bool:
    """A short line without a final stop, alone before an empty line or all in capitals: the brief's own title."""
    text = _unmarked(line)
    if not 4 <= len(text) <= 90 or _HEADING.match(line) or _BULLET.match(line) or text.startswith((">", "|")):
        return False
    if (
        _label_of(_without_title_noise(text))[0]
        or _is_bare_label(text)
        or is_greeting(text)
        or "@" in text
        or "://" in text
    ):
        return False
    shouted = text.isupper() and not following.strip().isupper()
    return shouted or (text[-1] not in ".!?…,;:" and not following.strip() and len(text.split()) <= 12)


def _read_line(state: _State, start: int, line: str) -> None:
    stripped = line.strip()
    if not stripped or _RULE.fullmatch(line):
        state.paragraph += 1
        if state.block_has_content:
            state.block, state.block_label = "", ""
        return
    heading = _HEADING.match(line)
    if heading:
        _read_heading(state, start + heading.start(2), heading.group(2), len(heading.group(1)))
        return
    if is_sign_off(stripped):
        state.in_signature = True
    if state.in_signature:
        if len(stripped) <= 90 and not _BULLET.match(line):
            return
        state.in_signature = False
    if (
        is_greeting(stripped)
        or names_people(stripped)
        or (stripped.startswith("|") and _TABLE_RULE.fullmatch(stripped))
    ):
        return
    bullet = _BULLET.match(line)
    shift = bullet.end() if bullet else len(line) - len(line.lstrip(" >"))
    content = line[shift:].strip()
    if content.startswith("|"):
        content = " : ".join(cell.strip() for cell in content.strip("|").split("|")[:2])
    _read_content(state, start + shift, content, is_item=bool(bullet))


def _read_heading(state: _State, start: int, content: str, level: int) -> None:
    text = _unmarked(content).strip(" :")
    if state.section == INTERNAL and level > state.section_level:
        return
    role = _role(text)
    role = role if role == INTERNAL or _is_bare_label(text) else None
    state.in_signature, state.block, state.block_label = False, "", ""
    if level > 1 and not role and not state.units and len(text.split()) >= 4:
        state.section, state.section_level = "", level
        _add_title(state, start, text)
        return
    if role or level > 1:
        state.section, state.section_level = "" if role == "title" else role or "", level
        if level > 1 or role:
            return
    else:
        state.section, state.section_level = "", level
    _add_title(state, start, text)


def _add_title(state: _State, start: int, text: str, label: str = "") -> None:
    cleaned = _without_title_noise(subject_of(text))
    if cleaned and not is_dateline(cleaned) and not _ABOUT_POSTS.search(cleaned) and not is_internal(cleaned):
        _add(state, cleaned, "title", start, start + len(text), label=label)


def _read_content(state: _State, start: int, content: str, *, is_item: bool) -> None:
    signed = dateline_length(content)
    start, content = start + signed, content[signed:]
    text = _unmarked(content)
    state.slack = max(len(content) - len(text), 0)
    label, value = _label_of(text)
    role = _role(label) if label else None
    if label and role in (None, INTERNAL, "context", "message") and opens_news(label, value):
        start, text = start + text.rfind(value), value
        label, role = "", None
    elif label and role is None and not _is_short_label(label):
        label, value = "", text
    if not label and not is_item and _is_bare_label(text):
        label, value, role = text, "", _role(text)
    if label and not value:
        state.block, state.block_has_content = role or state.section or "benefit", False
        state.block_label = label
        state.block_continues = False
        return
    if label and not is_item:
        state.block, state.block_label = INTERNAL if role == INTERNAL else "", ""
        state.block_continues = role == INTERNAL
    elif state.block_continues and not is_item and text[:1].isupper():
        state.block, state.block_continues = "", False  # a new sentence: the internal label held on its line
    inherited = state.block or state.section
    state.block_has_content = True
    if INTERNAL in (role, inherited):
        return
    if not label and not is_item and inherited in _LABELLED and state.block_label:
        _add_labelled(state, state.block_label, inherited, text, start)
    elif label:
        guessed = "link" if is_link(value.split(" ", 1)[0]) else "practical"
        _add_labelled(state, label, role or guessed, value, start + text.rfind(value))
    elif is_item:
        _add_item(state, text, inherited, start)
    else:
        _add_sentences(state, text, inherited, start)


def _add_labelled(state: _State, label: str, role: str, value: str, start: int) -> None:
    if role in ("message", "benefit", "context"):
        _add_sentences(state, value, "" if role == "benefit" else role, start)
    elif role == "title":
        _add_title(state, start, value, label)
    elif not is_internal(value):
        _add(state, value, role, start, start + len(value), label=label)


def _add_item(state: _State, text: str, inherited: str, start: int) -> None:
    if is_internal(text):
        return
    text = without_request(text)
    if len(text) > 220 or len(list(sentences(text))) > 1:
        _add_sentences(state, text, inherited, start)
    else:
        role = inherited if inherited in ("cta", "legal", "link") else "benefit"
        _add(state, text, role, start, start + len(text), label=state.block_label, is_item=True)


def _add_sentences(state: _State, text: str, inherited: str, start: int) -> None:
    bars = _SPLIT_BARS.split(text)
    parts = [(text.find(part), part) for part in bars] if len(bars) > 2 else list(sentences(text))
    role = inherited if inherited in ("cta", "legal", "message", "context") else "sentence"
    for offset, part in parts:
        part_text = without_handing_over(without_greeting(part.strip()))
        asked = without_request(part_text)
        if asked == part_text and (is_internal(part_text) or (state.aside and _leans_on_aside(part_text))):
            state.aside = True
            continue
        state.aside = False
        label, value = _label_of(asked)
        known = _role(label) if label else None
        if known == INTERNAL or is_internal(asked):
            continue
        if known and value:
            _add_labelled(state, label, known, value, start + offset + part.rfind(value))
        elif asked:
            kind = "title" if asked != part_text and not has_verb_start(asked) else role
            kind = (
                "conditions" if kind in ("sentence", "message", "context") and _CONDITIONS.search(fold(asked)) else kind
            )
            _add(state, asked, kind, start + offset, start + offset + len(part))


#: What goes on with the sentence before: ``Mais pas celle avec le maire !``
_LEANS = re.compile(
    r"(?:mais|sinon|donc|car|ou alors|et (?:pas|surtout|puis)|celles?|celui|ceux|pareil|idem|comme ca|c'est|ca"
    r"|ils?|elles?|but|otherwise|because|so|and not|same|that one|it|it's|they|they're|he|she|that's)\b"
)


def _leans_on_aside(text: str) -> bool:
    """True for a sentence without a figure that goes on with an aside."""
    return bool(_LEANS.match(fold(text[:40]))) and not any(char.isdigit() for char in text)


def _add(state: _State, text: str, role: str, start: int, end: int, *, label: str = "", is_item: bool = False) -> None:
    cleaned = text.strip().strip("*_|").strip()
    said = any(unit.text == cleaned and unit.role == role for unit in state.units)
    if any(char.isalnum() for char in cleaned) and not said:
        label = label.strip().capitalize() if label.isupper() and len(label) > 3 else label.strip()
        unit = Unit(cleaned, role, start, end + state.slack, label, is_item, state.paragraph)
        state.units.append(unit)


def _unmarked(text: str) -> str:
    """Without Markdown marks; ``[words](link)`` becomes ``words : link``."""

    def flat(match: re.Match[str]) -> str:
        words, link = match.group(1).strip(), match.group(2)
        return link if not words or words == link else f"{words} : {link}"

    return (
        _MARKS.sub("", _LINK.sub(flat, text)).strip()
        if "[" in text or "*" in text or "_" in text or "`" in text or "~" in text
        else text.strip()
    )


def _label_of(text: str) -> tuple[str, str]:
    match = _LABEL.match(text[:4000])
    dashed = _DASHED.match(text[:200])
    if not match and dashed and _role(dashed.group(1)) and _is_short_label(dashed.group(1)):
        return dashed.group(1), text[dashed.end() :].strip()
    if not match or any(mark in match.group(1) for mark in ".!?;") or "://" in match.group(1):
        return "", text
    return match.group(1), text[match.start(2) :].strip()


def _is_short_label(label: str) -> bool:
    return len(label.split()) <= 3 and "," not in label


def _is_bare_label(text: str) -> bool:
    """A line that holds nothing but a known label: ``Objectifs`` alone on its line."""
    if len(text) > 40 or text[-1:] in ".!?":
        return False
    folded_text = fold(text.strip(" -–—"))
    return bool(_FORBIDS.match(_NOT_TO_MISS.sub("", folded_text))) or any(
        folded_text in lexicon.labels for lexicon in both()
    )


def _role(label: str) -> str | None:
    """The role of a label, by the longest known label it begins with; parentheses are ignored."""
    folded_label = _NOT_TO_MISS.sub("", fold(label[:80]))
    if _FORBIDS.match(folded_label):
        return INTERNAL
    words = re.sub(r"\([^)]*\)|[^\w'&/-]+", " ", folded_label).split()
    for count in range(min(len(words), 5), 0, -1):
        start = " ".join(words[:count])
        for lexicon in both():
            role = lexicon.labels.get(start)
            if role and (count == len(words) or role == INTERNAL or count >= len(words) - 3):
                return role
    return None


def is_internal(text: str) -> bool:
    """True for a sentence addressed to whoever writes the post, or about the campaign itself."""
    folded_text = _NOT_TO_MISS.sub("", fold(text[:600])).strip(" -–—*>\"'«")
    if is_sign_off_words(folded_text.strip(" ,.!;")):
        return True
    return any(lexicon.internal.search(folded_text) for lexicon in both())


def _without_title_noise(text: str) -> str:
    """``Brief : ouverture de la boutique`` is about the opening; ``Brief`` alone is about nothing."""
    for lexicon in both():
        noise = "|".join(re.escape(word) for word in sorted(lexicon.title_noise, key=len, reverse=True))
        match = re.match(rf"(?:{noise})\b[^:–—-]{{0,40}}(?:\s[–—-]|\s?:|$)\s*", text, re.IGNORECASE)
        if match:
            return text[match.end() :].strip()
    return text

"""Reads a brief as a community manager does: what is for the public, what stays between us.

The lines of the brief become :class:`Unit` values, each with its role. Labels (``Objectif :``, ``Lieu :``),
headings, lists, a pasted e-mail with its greeting and its signature are recognised in French and English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from copilot.playbook.post_lexicon import both, fold

#: Only the first characters of a brief are read: about thirty pages.
MAX_CHARS = 100_000
#: At most this many pieces are kept, so that composing stays quick whatever the text.
MAX_UNITS = 200

INTERNAL = "internal"
PRACTICAL_ROLES = ("when", "where", "price", "practical")

_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*$")
_BULLET = re.compile(r"\s*(?:[-*•–—·▪►▸➤✓✔☑✅+]|\(?\d{1,2}[.)])\s+(?:\[[ xX]?\]\s*)?(?=\S)")
_LABEL = re.compile(r"([^\W_](?:[^:\n]{0,58}[^\s:])?)\s*:(?!//)(?:\s+|$)(.*)", re.DOTALL)
_MARKS = re.compile(r"\*{1,3}|_{2,3}|`+|~~")
_LINK = re.compile(r"!?\[([^\]\n]{0,200})\]\(([^)\s]{1,2000})\)")
_RULE = re.compile(r"\s*[-=_*~–—.]{3,}\s*$")
_TABLE_RULE = re.compile(r"[\s|:-]+$")
_ABBREVIATED = re.compile(
    r"mm?|mmes?|mlle|[dpmj]r|ste?|av|bl?d|boul|e[xn]v?|t[eé]l|min|max|art|n[o°]|p|cf|etc|vs|m[rs]s?|prof|inc|ltd|co|sr|"
    r"e\.g|i\.e|p\.ex|[ap]\.m|approx"
)
_STOP = re.compile(r"[.!?…]+[»”\")\]]{0,2}(?=\s)")
_SPLIT_BARS = re.compile(r"\s+[|/•·]\s+")
_NO_BREAK = str.maketrans(
    {"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": " ", "\u2028": "\n", "\u2029": "\n", "\r": "\n"}
)


@dataclass(frozen=True, slots=True)
class Unit:
    """One public piece of a brief: ``text`` as written there, found at ``start``-``end``.

    ``role`` is title, message, sentence, benefit, when, where, price, practical, link, cta or legal.
    ``label`` is the brief's own word before the colon, empty when there was none.
    """

    text: str
    role: str
    start: int
    end: int
    label: str = ""
    is_item: bool = False


@dataclass(slots=True)
class _State:
    """Where the reading stands: the role of the present section, and of the present label."""

    section: str = ""
    section_level: int = 0
    block: str = ""
    block_has_content: bool = False
    block_continues: bool = False
    in_signature: bool = False
    units: list[Unit] = field(default_factory=list)


def public_units(brief: str) -> tuple[Unit, ...]:
    """The pieces of ``brief`` meant for the public, in its order. Empty when everything is internal."""
    text = _readable(brief)
    state = _State()
    for start, line in _body_lines(text):
        if len(state.units) >= MAX_UNITS:
            break
        _read_line(state, start, line)
    return tuple(state.units[:MAX_UNITS])


def _readable(brief: str) -> str:
    """The text read, character for character at the same place, without what no network can carry."""
    text = brief[:MAX_CHARS].replace("\r\n", " \n").translate(_NO_BREAK)
    return "".join(
        char
        if char == "\n" or (char.isprintable() and not "\ue000" <= char <= "\uf8ff") or char in "\u200d\ufe0f"
        else " "
        for char in text
    )


def _body_lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines with their offset, without the header of a pasted e-mail; its subject comes back as a title line."""
    lines: list[tuple[int, str]] = []
    start = 0
    for line in text.split("\n"):
        lines.append((start, line))
        start += len(line) + 1
    names = frozenset(name for lexicon in both() for name in lexicon.mail_headers)
    subjects = frozenset(name for lexicon in both() for name in lexicon.subject_headers)
    header: list[tuple[int, str, str]] = []
    first = next((index for index, (_, line) in enumerate(lines) if line.strip()), 0)
    after = first
    while after < len(lines) and ":" in lines[after][1]:
        name = fold(lines[after][1].split(":", 1)[0].strip())
        if name not in names:
            break
        header.append((lines[after][0], lines[after][1], name))
        after += 1
    if len({name for _, _, name in header}) < 2:
        after = first
    else:
        for offset, line, name in header:
            if name in subjects:
                value = re.sub(r"^(?:(?:re|tr|fw|fwd)\s?:\s*)+", "", line.split(":", 1)[1].strip(), flags=re.IGNORECASE)
                yield offset + max(line.find(value), 0), f"# {value}"
    yield from lines[after:]


def _read_line(state: _State, start: int, line: str) -> None:
    stripped = line.strip()
    if not stripped or _RULE.fullmatch(line):
        if state.block_has_content:
            state.block = ""
        return
    heading = _HEADING.match(line)
    if heading:
        _read_heading(state, start + heading.start(2), heading.group(2), len(heading.group(1)))
        return
    if _is_sign_off(stripped):
        state.in_signature = True
    if state.in_signature:
        if len(stripped) <= 90 and not _BULLET.match(line):
            return
        state.in_signature = False
    if _is_greeting(stripped) or (stripped.startswith("|") and _TABLE_RULE.fullmatch(stripped)):
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
    state.in_signature, state.block = False, ""
    if role or level > 1:
        state.section, state.section_level = role or "", level
        if role != "title":
            return
    else:
        state.section, state.section_level = "", level
    _add_title(state, start, text)


def _add_title(state: _State, start: int, text: str) -> None:
    cleaned = _without_title_noise(text)
    if cleaned and not is_internal(cleaned):
        _add(state, cleaned, "title", start)


def _read_content(state: _State, start: int, content: str, *, is_item: bool) -> None:
    text = _unmarked(content)
    label, value = _label_of(text)
    role = _role(label) if label else None
    if label and role is None and not _is_short_label(label):
        label, value = "", text
    if not label and not is_item and _is_bare_label(text):
        label, value, role = text, "", _role(text)
    if label and not value:
        state.block, state.block_has_content = role or state.section or "benefit", False
        state.block_continues = False
        return
    if label and not is_item:
        state.block = INTERNAL if role == INTERNAL else ""
        state.block_continues = role == INTERNAL
    elif state.block_continues and not is_item and text[:1].isupper():
        state.block, state.block_continues = "", False  # a new sentence: the internal label held on its line
    inherited = state.block or state.section
    state.block_has_content = True
    if INTERNAL in (role, inherited):
        return
    if label:
        _add_labelled(state, label, role or "practical", value, start)
    elif is_item:
        _add_item(state, text, inherited, start)
    else:
        _add_sentences(state, text, inherited, start)


def _add_labelled(state: _State, label: str, role: str, value: str, start: int) -> None:
    if role in ("message", "benefit"):
        _add_sentences(state, value, "message" if role == "message" else "", start)
    elif role == "title":
        _add_title(state, start, value)
    elif not is_internal(value):
        _add(state, value, role, start, label=label)


def _add_item(state: _State, text: str, inherited: str, start: int) -> None:
    if is_internal(text):
        return
    text = _without_request(text)
    if len(text) > 220 or len(list(_sentences(text))) > 1:
        _add_sentences(state, text, inherited, start)
    else:
        _add(state, text, inherited if inherited in ("cta", "legal", "link") else "benefit", start, is_item=True)


def _add_sentences(state: _State, text: str, inherited: str, start: int) -> None:
    bars = _SPLIT_BARS.split(text)
    parts = [(0, part) for part in bars] if len(bars) > 2 else list(_sentences(text))
    role = inherited if inherited in ("cta", "legal", "message", "title") else "sentence"
    for offset, part in parts:
        part_text = _without_greeting(part.strip())
        asked = _without_request(part_text)
        if asked == part_text and is_internal(part_text):
            continue
        label, value = _label_of(asked)
        known = _role(label) if label else None
        if known == INTERNAL or is_internal(asked):
            continue
        if known and value:
            _add_labelled(state, label, known, value, start + offset)
        elif asked:
            kind = "title" if asked != part_text and not _has_verb_start(asked) else role
            _add(state, asked, kind, start + offset)


def _add(state: _State, text: str, role: str, start: int, *, label: str = "", is_item: bool = False) -> None:
    cleaned = text.strip().strip("*_|").strip()
    if any(char.isalnum() for char in cleaned):
        state.units.append(Unit(cleaned, role, start, start + len(text) + 4, label.strip(), is_item))


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
    return any(folded_text in lexicon.labels for lexicon in both())


def _role(label: str) -> str | None:
    """The role of a label, by the longest known label it begins with; parentheses are ignored."""
    words = re.sub(r"\([^)]*\)|[^\w'&/-]+", " ", fold(label[:80])).split()
    for count in range(min(len(words), 5), 0, -1):
        start = " ".join(words[:count])
        for lexicon in both():
            role = lexicon.labels.get(start)
            if role and (count == len(words) or role == INTERNAL or count >= len(words) - 3):
                return role
    return None


def is_internal(text: str) -> bool:
    """True for a sentence addressed to whoever writes the post, or about the campaign itself."""
    folded_text = fold(text[:600]).strip(" -–—*>\"'«")
    return any(pattern.search(folded_text) for lexicon in both() for pattern in lexicon.internal_patterns)


def _is_sign_off(line: str) -> bool:
    bare = fold(line[:60]).strip(" ,.!;:–—*")
    if line.strip() == "--":
        return True
    return len(line) <= 50 and (bare in _SIGN_OFFS or any(bare.startswith(f"{one},") for one in _SIGN_OFFS))


_SIGN_OFFS = frozenset(one for lexicon in both() for one in lexicon.sign_offs)
_GREETINGS = tuple(greeting for lexicon in both() for greeting in lexicon.greetings)
_GREETING = re.compile(rf"(?:{'|'.join(_GREETINGS)})\b[^,!.?\n]{{0,30}}[,!]\s*", re.IGNORECASE)


def _is_greeting(line: str) -> bool:
    bare = fold(line[:60])
    return len(line) <= 45 and line.rstrip()[-1:] in ",!." and bare.split(" ")[0].strip(",!.") in _GREETINGS


def _without_greeting(text: str) -> str:
    match = _GREETING.match(text)
    return text[match.end() :] if match else text


def _without_title_noise(text: str) -> str:
    """``Brief : ouverture de la boutique`` is about the opening; ``Brief`` alone is about nothing."""
    for lexicon in both():
        noise = "|".join(re.escape(word) for word in sorted(lexicon.title_noise, key=len, reverse=True))
        match = re.match(rf"(?:{noise})\b[^:–—-]{{0,40}}(?:\s[–—-]|\s?:|$)\s*", text, re.IGNORECASE)
        if match:
            return text[match.end() :].strip()
    return text


_ASKED_ABOUT = (
    (re.compile(r"^(?:du|au)\s+", re.IGNORECASE), "le "),
    (re.compile(r"^(?:des|aux)\s+", re.IGNORECASE), "les "),
    (re.compile(r"^(?:de|à|sur)\s+(?=la\b|l['’]|notre|nos|le\b|les\b|une?\b)", re.IGNORECASE), ""),
    (re.compile(r"^d['’](?=une?\b)", re.IGNORECASE), ""),
)


def _without_request(text: str) -> str:
    """``Il nous faudrait un post sur le marché`` gives ``le marché``: what the request is about."""
    for lexicon in both():
        for pattern in lexicon.requests:
            match = pattern.match(text)
            if match and len(text) - match.end() > 8:
                rest = text[match.end() :]
                for before, after in _ASKED_ABOUT:
                    rest = before.sub(after, rest, count=1)
                return rest.strip()
    return text


def _has_verb_start(text: str) -> bool:
    """Requests may go on with a clause (``que nous fermons``): not a title then."""
    return fold(text[:12]).startswith(("que ", "qu'", "that ", "nous ", "we ", "on "))


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    """Sentences with their offset; abbreviations, initials and numbers do not end one."""
    start = 0
    for match in _STOP.finditer(text):
        after = text[match.end() : match.end() + 3].lstrip()
        word = text[max(start, match.start() - 12) : match.start()].rsplit(" ", 1)[-1].lstrip('(«“"').lower()
        if match.group() == "." and (_ABBREVIATED.fullmatch(word) or (len(word) == 1 and word.isalpha())):
            continue
        if after and after[0].islower() and match.group()[0] in ".…":
            continue
        yield start, text[start : match.end()].strip()
        start = match.end()
    rest = text[start:].strip()
    if rest:
        yield start, rest

"""Reads a brief as a community manager does: what is for the public, what stays between us.

The lines of the brief become :class:`Unit` values, each with its role. Labels (``Objectif :``, ``Lieu :``),
headings, lists, a pasted e-mail with its greeting and its signature are recognised in French and English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from copilot.playbook.post_lexicon import both, fold
from copilot.playbook.post_links import is_link
from copilot.playbook.post_press import dateline_length, ends_release, opens_news, without_opening
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
    r"\b(?:a )?ne (?:pas|jamais) (?:manquer|rater|louper|oublier)\b|\b(?:not to|don't) (?:miss|forget)\b"
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
_NO_BREAK = str.maketrans(
    {"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": " ", "\u2028": "\n", "\u2029": "\n", "\r": "\n"}
)


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
    units: list[Unit] = field(default_factory=list)


def public_units(brief: str) -> tuple[Unit, ...]:
    """The pieces of ``brief`` meant for the public, in its order. Empty when everything is internal."""
    text = _readable(brief)
    state = _State()
    lines = list(_body_lines(text))
    for index, (start, line) in enumerate(lines):
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


def _is_headline(line: str, following: str) -> bool:
    """A short line without a final stop, alone before an empty line or all in capitals: the brief's own title."""
    text = _unmarked(line)
    if not 4 <= len(text) <= 90 or _HEADING.match(line) or _BULLET.match(line) or text.startswith((">", "|")):
        return False
    if (
        _label_of(_without_title_noise(text))[0]
        or _is_bare_label(text)
        or _is_greeting(text)
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
    cleaned = _without_title_noise(text)
    if cleaned and not _ABOUT_POSTS.search(cleaned) and not is_internal(cleaned):
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
    text = _without_request(text)
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
        part_text = _without_greeting(part.strip())
        asked = _without_request(part_text)
        if asked == part_text and is_internal(part_text):
            continue
        label, value = _label_of(asked)
        known = _role(label) if label else None
        if known == INTERNAL or is_internal(asked):
            continue
        if known and value:
            _add_labelled(state, label, known, value, start + offset + part.rfind(value))
        elif asked:
            kind = "title" if asked != part_text and not _has_verb_start(asked) else role
            kind = (
                "conditions" if kind in ("sentence", "message", "context") and _CONDITIONS.search(fold(asked)) else kind
            )
            _add(state, asked, kind, start + offset, start + offset + len(part))


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
    if folded_text.strip(" ,.!;") in _SIGN_OFFS:
        return True
    return any(pattern.search(folded_text) for lexicon in both() for pattern in lexicon.internal_patterns)


def _is_sign_off(line: str) -> bool:
    bare = fold(line[:60]).strip(" ,.!;:–—*")
    if line.strip() == "--":
        return True
    if len(line) > 50 or "://" in line:
        return False
    named = _SIGNED.match(bare)
    if named and named.group(1).strip() in _SIGN_OFFS:
        return True
    return bare in _SIGN_OFFS or any(
        bare.startswith((f"{one},", f"{one} ") if " " in one else f"{one},") for one in _SIGN_OFFS
    )


#: ``Bisous. Lulu``: a sign-off and a first name on the same line.
_SIGNED = re.compile(r"([^,.!;\n]{1,24})[.!;] ?[^\W\d_][\w'-]{1,20}$")
_SIGN_OFFS = frozenset(one for lexicon in both() for one in lexicon.sign_offs)
_GREETINGS = tuple(greeting for lexicon in both() for greeting in lexicon.greetings)
_GREETING = re.compile(rf"(?:{'|'.join(_GREETINGS)})\b[^,!.?\n]{{0,30}}[,!][,!. ]*", re.IGNORECASE)


def _is_greeting(line: str) -> bool:
    bare = fold(line[:60])
    return len(line) <= 45 and line.rstrip()[-1:] in ",!." and bare.split(" ")[0].strip(",!.") in _GREETINGS


def _without_greeting(text: str) -> str:
    match = _GREETING.match(text)
    return without_opening(text[match.end() :] if match else text)


def _without_title_noise(text: str) -> str:
    """``Brief : ouverture de la boutique`` is about the opening; ``Brief`` alone is about nothing."""
    for lexicon in both():
        noise = "|".join(re.escape(word) for word in sorted(lexicon.title_noise, key=len, reverse=True))
        match = re.match(rf"(?:{noise})\b[^:–—-]{{0,40}}(?:\s[–—-]|\s?:|$)\s*", text, re.IGNORECASE)
        if match:
            return text[match.end() :].strip()
    return text


#: ``un post pour LinkedIn avant jeudi`` asks for a post and says nothing of its topic.
_NOT_A_TOPIC = re.compile(
    r"(?:l[ea]s? |nos |notre |our |the )?(?:réseaux|linkedin|facebook|insta|twitter|x\b|tiktok|threads|bluesky|"
    r"mastodon|socials?\b|page\b|demain|avant|before|by\b|tomorrow|(?:lun|mar|mercre|jeu|vendre|same)di\b|dimanche\b|\w+day\b)",
    re.IGNORECASE,
)
_POLITE = re.compile(r",? (?:stp|svp|s'il te plaît|please|pls)$", re.IGNORECASE)
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
                if _NOT_A_TOPIC.match(rest):
                    return text
                for before, after in _ASKED_ABOUT:
                    rest = before.sub(after, rest, count=1)
                return _POLITE.sub("", rest.strip().rstrip(" ?"))
    return text


def _has_verb_start(text: str) -> bool:
    """Requests may go on with a clause (``que nous fermons``): not a title then."""
    return fold(text[:12]).startswith(("que ", "qu'", "that ", "nous ", "we ", "on "))

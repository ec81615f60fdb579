"""What a pasted message carries around its news: headers, greeting, quoted reply, signature, in French and English."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from copilot.playbook.post_lexicon import both, fold
from copilot.playbook.post_press import without_opening
from copilot.text.lexicons import lexicon

Line = tuple[int, str]
"""Where a line begins, and the line."""

_ANSWERED = re.compile(r"^\W*(?:(?:re|r[ée]f?|tr|fw|fwd|rv)\s?(?:\[\d+\])?\s?:\s*)+", re.IGNORECASE)
#: What a subject says to a colleague after its topic.
_SUBJECT_TAIL = re.compile(
    r"[\s,:;|(\[–—-]{0,9}\b(?:urgent\w*|tr[eè]s urgent|asap|important|copy needed|needs? copy|post needed"
    r"|for (?:review|approval)"
    r"|[àa] (?:publier|poster|relayer|diffuser|valider|relire|traiter)|pour (?:publication|diffusion|validation|info)"
    r"|(?:demande de|infos? pour) (?:posts?|publication|com)|stp|svp|please|pls)\b[\s!.)\]]*$",
    re.IGNORECASE,
)
#: A block without one of these is a form: its ``Date :`` is a fact.
_SENDERS = frozenset({"de", "from", "a", "to", "envoye", "sent", "cc", "cci", "bcc"})
#: Lines that programs write between two messages.
_SEPARATOR = re.compile(
    r"\W*(?:(?:-{2,}|_{2,}|={2,})\s*)?(?:message (?:d'origine|original|transf[eé]r[eé]|initial)|original message"
    r"|(?:begin )?forwarded message|d[ée]but du message (?:transf[eé]r[eé]|r[eé]exp[eé]di[eé]))\W*",
    re.IGNORECASE,
)
#: ``Le 8 sept. 2026 à 17:42, Paul a écrit :``
_ATTRIBUTION = re.compile(
    r"[>\s]*(?:(?:le|on)\b.{4,140}|.{2,60}@.{2,60})\b(?:a [ée]crit|wrote)\s?:?\s*|[>\s]*.{0,90}<[^>\s]+@[^>\s]+>\s*"
    r"(?:a [ée]crit|wrote)\s?:?\s*",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"\s{0,3}>")
#: ``Léa 10:42``, as chats write above a message.
_SPOKEN = re.compile(
    r"\W{0,3}(?P<name>[^\W\d_][\w'-]{1,20})(?: [^\W\d_][\w'.-]{0,24})?[\s,]+"
    r"(?:à |at )?\[?\d{1,2}[:h]\d\d(?: ?[ap]m)?\]?:?"
)
_DEVICE = re.compile(
    r"(?:envoye (?:de(?:puis)?|a partir de) (?:mon|ma|outlook)|sent from (?:my|outlook)|get outlook)\b"
)

_SIGN_OFFS = frozenset(one for words in both() for one in words.sign_offs)
#: ``Bien à vous, Lulu``; ``cordialement`` needs its comma, for "cordialement invités" is no end of a letter.
_BEFORE_A_NAME = tuple(one + mark for one in _SIGN_OFFS for mark in ((",", " ") if " " in one else (",",)))
#: ``Bisous. Lulu``: a sign-off and a first name on the same line.
_SIGNED = re.compile(r"([^,.!;\n]{1,24})[.!;] ?[^\W\d_][\w'-]{1,20}$")
_GREETINGS = frozenset(greeting for words in both() for greeting in words.greetings)
_HAIL = "|".join(sorted(_GREETINGS, key=len, reverse=True))
_CLOSING = "[,!.…\U0001f300-\U0001faff\u2600-\u27bf]"
_GREETING = re.compile(
    rf"(?:{_HAIL})\b[^,!.?:;\n\U0001f300-\U0001faff\u2600-\u27bf]{{0,30}}{_CLOSING}[,!.… \ufe0f]*", re.IGNORECASE
)
_COLLEAGUES = re.compile(
    r"(?:(?:a|à) )?(?:tous|toutes|toi|vous|all|both|everyone|everybody|team|there|guys|folks|la team|la compagnie"
    r"|l['’][ée]quipe|les (?:amis|filles|gars|copains)|the team|tout le monde|tlm|et tous|et toutes|and all|[\s,&]"
    r"|madame|monsieur|mme|m\.)+",
    re.IGNORECASE,
)
#: The people of a meeting: ``Présents : Inès, Théo``.
_PEOPLE = re.compile(r"\W*(?:presente?s?|absente?s?|excusee?s?|participants au point|attendees|apologies)\W{0,3}:")
_STRETCHED = re.compile(r"(\w)\1{2,}")
_FUNCTION = re.compile(
    r"\b(?:responsable|direct(?:eur|rice|ion)|assistante?|adjointe?|charge[e·.]*\b|chef|cheffe|coordinat\w+"
    r"|presidente?|secretaire|gerante?|fondat\w+|community manager|manager|head of|officer|director|lead|ceo|cto"
    r"|cmo|founder|president|chair|editor|administrat\w+|attachee?|animat\w+|communication|marketing)\b"
)
_REACH = re.compile(r"@|\+?\d[\d .()/-]{7,}\d|\b(?:tel|port|mob|standard|phone|t|m)\b ?[.:]")
_NAME = re.compile(r"[^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’.-]*){0,3}")


@lru_cache(maxsize=1)
def _header_names() -> tuple[frozenset[str], frozenset[str]]:
    names = frozenset(name for words in both() for name in words.mail_headers)
    return names, frozenset(name for words in both() for name in words.subject_headers)


def subject_of(line: str) -> str:
    """The topic of a subject, without ``RE: TR:`` nor what it asks a colleague."""
    return _SUBJECT_TAIL.sub("", _ANSWERED.sub("", line.strip())).strip()


def body_lines(text: str) -> Iterator[Line]:
    """Lines with their offset, without the headers of pasted messages, their signature and the replies they quote.

    A subject comes back as a title line. What a reply quotes is left out when the reply says something itself.
    """
    lines: list[Line] = []
    start = 0
    for line in text.split("\n"):
        lines.append((start, line))
        start += len(line) + 1
    yield from _unsigned(_unquoted(list(_without_headers(lines))))


def _header_name(line: str) -> str:
    name = fold(line.split(":", 1)[0].strip(" >*")) if ":" in line[:40] else ""
    return name if name in _header_names()[0] else ""


def _without_headers(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines without blocks of headers: two of them at least, one under the other."""
    position = 0
    while position < len(lines):
        after = position
        while after < len(lines) and _header_name(lines[after][1]):
            after += 1
        names = {_header_name(line) for _, line in lines[position:after]}
        answers = any(_ANSWERED.match(line.partition(":")[2].strip()) for _, line in lines[position:after])
        if len(names) >= 2 and (answers or (names & _SENDERS and not names <= {"date", "a"})):
            yield from _subjects(lines[position:after])
        else:
            after = max(after, position + 1)
            for one in lines[position:after]:
                yield from _subjects([one]) if _header_name(one[1]) in _header_names()[1] else [one]
        position = after


def _subjects(header: Sequence[Line]) -> Iterator[Line]:
    for offset, line in header:
        if _header_name(line) in _header_names()[1]:
            value = subject_of(line.split(":", 1)[1])
            if value:
                yield offset + max(line.find(value), 0), f"# {value}"


def _unquoted(lines: Sequence[Line]) -> list[Line]:
    """The lines without what was written between two messages, nor the message answered."""
    kept: list[Line] = []
    quoted: list[Line] = []
    answered = False
    for offset, line in lines:
        if _SEPARATOR.fullmatch(line[:90]) or (len(line) <= 200 and _ATTRIBUTION.fullmatch(line)):
            answered = answered or not _SEPARATOR.fullmatch(line[:90])
        elif len(line) <= 60 and (spoken := _SPOKEN.fullmatch(line.strip())) and _is_first_name(spoken["name"]):
            continue
        elif answered and _QUOTED.match(line):
            quoted.append((offset, line))
        else:
            kept.append((offset, line))
    said = sum(len(line.strip()) > 25 and not is_greeting(line.strip()) for _, line in kept)
    return kept if said or not quoted else sorted(kept + quoted)


def _is_first_name(word: str) -> bool:
    return word.casefold() in lexicon("first_names")


def _unsigned(lines: Sequence[Line]) -> list[Line]:
    """The lines without a signature nobody announced: a name, then a function or a way to reach it."""
    last = len(lines)
    while last and (not lines[last - 1][1].strip() or _DEVICE.match(fold(lines[last - 1][1].strip()[:60]))):
        last -= 1
    for first in range(max(0, last - 7), last):
        if _signs([line.strip() for _, line in lines[first:last]], alone=not first):
            return list(lines[:first])
    return list(lines[:last])


def _signs(block: Sequence[str], *, alone: bool) -> bool:
    """True when ``block`` opens with a person's name and holds nothing but short lines of a signature."""
    opening = re.sub(r"\s*\([^)]{1,20}\)", "", block[0]) if block else ""
    head = re.split(r"\s*[|,•–—/]\s+|\s+[-]\s+", opening)[0].strip()
    words = head.split()
    if alone or not words or len(words) > 4 or not _NAME.fullmatch(head) or not words[0][:1].isupper():
        return False
    named = _is_first_name(words[0].strip("."))
    if any(len(line) > 90 for line in block) or not (named or all(word[:1].isupper() for word in words)):
        return False
    if len(block) == 1 and opening.strip() == head:
        return named and len(words) <= 3
    rest = [fold(line) for line in (opening[len(head) :], *block[1:]) if line.strip()]
    if any(line.endswith((".", "!", "?", ":")) and len(line) > 30 for line in rest):
        return False
    does, reached = (any(pattern.search(line) for line in rest) for pattern in (_FUNCTION, _REACH))
    # A name nobody knows as one needs both: "Studio Lumière" and its phone are for the public.
    return (does or reached) if named else (does and reached and len(words) > 1)


def is_greeting(line: str) -> bool:
    """True for a line that only greets: ``Salut l'équipe !``, ``Bonjour Léa,``, ``Re,``."""
    bare = fold(line[:60])
    if len(line) > 45 or bare.split(" ")[0].strip(",!.…") not in _GREETINGS:
        return False
    hailed = _GREETING.match(line)
    rest = line[hailed.end() :].strip() if hailed else ""
    if len(rest.split()) >= 4 or any(char.isdigit() for char in rest):
        return False  # the news stands on the same line
    if line.rstrip(" \ufe0f")[-1:] in ",!.…" or (hailed and not rest):
        return True
    rest = re.sub(rf"^(?:{_HAIL})\b\s*", "", line, flags=re.IGNORECASE).strip()
    return not rest or bool(_COLLEAGUES.fullmatch(rest)) or (" " not in rest and _is_first_name(rest))


def names_people(line: str) -> bool:
    """True for the line of a report that lists who was there."""
    return bool(_PEOPLE.match(fold(line[:40])))


def without_greeting(text: str) -> str:
    """``coucou, la piscine rouvre`` is about the pool."""
    match = _GREETING.match(text)
    return without_opening(text[match.end() :] if match else text)


def is_sign_off_words(folded_text: str) -> bool:
    """True for nothing but the words that end a letter, already folded."""
    return _STRETCHED.sub(r"\1", folded_text) in _SIGN_OFFS or folded_text in _SIGN_OFFS


def is_sign_off(line: str) -> bool:
    """True for the line after which a message is only its signature."""
    bare = fold(line[:60]).strip(" ,.!;:–—*")
    if line.strip() == "--" or _DEVICE.match(bare):
        return True
    if len(line) > 50 or "://" in line:
        return False
    named = _SIGNED.match(bare)
    if (named and named.group(1).strip() in _SIGN_OFFS) or is_sign_off_words(bare):
        return True
    return bare.startswith(_BEFORE_A_NAME)

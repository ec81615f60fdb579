"""What each line of a thread pasted from a browser is: a button, a time, a count, a badge or words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

#: Lines longer than this are words: no button or header is that long.
_MAX_MARK = 120


class Kind(Enum):
    """What a line is."""

    BLANK = "blank"
    WORDS = "words"
    TIME = "time"
    BUTTON = "button"
    COUNT = "count"
    BADGE = "badge"
    OWNER = "owner"
    DEGREE = "degree"
    HANDLE = "handle"
    SORT = "sort"


@dataclass(slots=True)
class Line:
    """One line. ``time`` and ``name``/``handle`` are what a header written on one line holds."""

    kind: Kind
    text: str
    number: int
    indent: int = 0
    time: str = ""
    name: str = ""
    handle: str = ""
    is_owner: bool = False
    replies: int = 0
    #: Replies told of that are not shown, or of which it is not known whether they are; -1 without a number.
    folded: int = 0
    counted: int = 0
    #: Replies that are shown below, nobody says how many.
    is_unfolded: bool = False
    is_edited: bool = False
    answers: str = ""
    is_reply_button: bool = False
    ends_header: bool = False
    #: The whole header of what the owner of the page answers to the message above (reviews).
    is_owner_answer: bool = False
    #: "34 avis": what Google tells of who reviews, or a text of two words.
    is_review_count: bool = False


_SP = r"[ \t\xa0\u202f\u2009]"
_UNIT = (
    r"(?:secondes?|seconds?|secs?|minutes?|mins?|mn|heures?|hours?|hrs?|jours?|days?|semaines?|weeks?|sem\.?|wks?|mois|months?"
    r"|mos?|ann[ée]es?|ans?|years?|yrs?|s|m|h|j|d|w|y)"
)
_CLOCK = rf"\d{{1,2}}{_SP}?[:h]{_SP}?\d{{2}}(?:{_SP}?[ap]m)?"
_MONTH = (
    r"(?:janvier|janv\.?|jan\.?|january|f[ée]vrier|f[ée]vr?\.?|feb\.?|february|mars|mar\.?|march|avril|avr\.?|apr\.?|april|mai|may"
    r"|juin|juin\.?|jun\.?|june|juillet|juil\.?|jul\.?|july|ao[ûu]t|aug\.?|august|septembre|sept?\.?|september|octobre|october"
    r"|oct\.?|novembre|november|nov\.?|d[ée]cembre|december|d[ée]c\.?|dec\.?)"
)
_YEAR = rf"(?:,?{_SP}\d{{4}})?"
_TIME = (
    rf"(?:(?:il{_SP}y{_SP}a{_SP})?\d{{1,3}}{_SP}?{_UNIT}(?:{_SP}ago)?(?![\w’'])"
    rf"|il{_SP}y{_SP}a{_SP}(?:une?|quelques){_SP}{_UNIT}(?!\w)|an?{_SP}{_UNIT}{_SP}ago"
    rf"|[àa]{_SP}l.instant|just{_SP}now|now(?!\w)|hier|yesterday|aujourd.hui|today"
    r"|20\d\d-\d{1,2}-\d{1,2}(?!\d)"
    rf"|\d{{1,2}}(?:er)?{_SP}{_MONTH}{_YEAR}|{_MONTH}{_SP}\d{{1,2}}{_YEAR})"
    rf"(?:(?:,{_SP}?|,?{_SP}(?:[àa]|at){_SP}){_CLOCK})?"
)
_EDITED = rf"(?:{_SP}*[·•]?{_SP}*\(?(?:modifi[ée]e?|edited)\)?)?"
_EDITED_BEFORE = rf"(?:\(?(?:modifi[ée]e?|edited)(?!\w)\)?{_SP}*[·•]?{_SP}*)?"
_MOMENT = rf"{_EDITED_BEFORE}{_TIME}{_EDITED}"
TIME = re.compile(_MOMENT, re.I)

_BUTTON_WORDS = (
    # French; the longer ones first, since the first that matches is taken
    r"(?:voir|afficher) (?:les |la |plus de )?(?:\d+ )?(?:autres? )?r[ée]ponses?(?: pr[ée]c[ée]dentes)?(?: \(\d+\))?",
    r"(?:charger|afficher|voir) (?:plus de|d.autres|les|tous les) commentaires(?: pr[ée]c[ée]dents)?",
    r"masquer (?:les |la )?(?:\d+ )?r[ée]ponses?|\d+ r[ée]ponses?",
    r"(?:[ée]cri(?:re|vez|s)|ajoute[rz]?) un commentaire\W*|r[ée]pondre [àa] .{1,50}(?:…|\.\.\.)",
    r"photo de profil(?: de .{1,60})?|(?:voir|afficher) le profil(?: d(?:e |['’]).{1,60})?|aim[ée] par l.auteur",
    r"[ée]pingl[ée](?: par .{1,50})?",
    r"voir la traduction|voir l.original|afficher la traduction|traduire(?: le (?:post|commentaire))?",
    r"(?:voir|afficher) (?:plus|moins)|lire la suite|en voir plus|modifi[ée]e?|suivre|suivi\(?e?\)?|signaler|masquer",
    r"envoyer un message(?: priv[ée])?|send (?:a )?(?:private )?message|\d+ (?:sur|of) \d[\d ]*",
    r"j.aime(?! \w)|je n.aime (?:plus|pas)|r[ée]pondre|commenter|partager|republier|envoyer|r[ée]agir|enregistrer",
    # English
    r"(?:view|show|see) (?:all |more |previous )?(?:\d+ )?(?:more |other |previous )?repl(?:y|ies)(?: \(\d+\))?",
    r"(?:load|view|show|see) (?:all |more |previous |\d+ more )comments",
    r"hide (?:\d+ )?repl(?:y|ies)|\d+ repl(?:y|ies)|(?:write|add) a (?:public )?comment\W*",
    r".{1,60}['’]s profile picture|(?:view|show|see) .{1,60} profile",
    r"liked by (?:author|creator)|pinned(?: by .{1,50})?",
    r"see translation|translate(?: (?:post|comment))?|see original|(?:see|show) (?:more|less)|read more",
    r"like|unlike|reply|comment|share|repost|send|react|save|edited|follow(?:ing)?|report|hide",
    # both
    r"\d[\d ,.kKmM]* (?:j.aime|mentions? j.aime|likes?|r[ée]actions?|reactions?|vues?|views?)",
)
_BUTTONS = "|".join(_BUTTON_WORDS)
BUTTON = re.compile(rf"(?:{_BUTTONS})(?!\w)", re.I)
_TIME_GLUED = re.compile(rf"\d{{1,3}}{_SP}?{_UNIT}(?=\d|j.aime|r[ée]pondre|like|reply)", re.I)
_GLUED = re.compile(r"(?:j.aime|r[ée]pondre|partager|like|reply|share|modifi[ée]|edited)", re.I)
SEE_MORE = re.compile(r"\W*(?:(?:en )?voir plus|afficher plus|lire la suite|see more|show more|read more)", re.I)
REPLY_BUTTON = re.compile(r"(?:r[ée]pondre|reply)(?!\w)", re.I)
_SHORTEST_EDITED = 5
_EDITED_MARK = re.compile(r"^\W*(?:modifi[ée]e?|edited)(?!\w)|(?:^|\W)(?:modifi[ée]e?|edited)\W*$", re.I)
_AROUND_TIME = re.compile(r"^\W*(?:modifi[ée]e?|edited)(?!\w)[\s·•)]*|[\s·•(]*(?:modifi[ée]e?|edited)\)?$", re.I)
#: ``Afficher 3 réponses`` stands for replies that are not there; ``3 réponses`` for some that may be.
_OF_REPLIES = re.compile(
    r"(?P<verb>voir|afficher|view|show|see)?(?:.* )?(?:r[ée]ponses?|(?P<english>repl(?:y|ies)))(?: .*)?", re.I
)
_NUMBER = re.compile(r"\d{1,6}")
_EXPANDED = re.compile(r"(?:masquer (?:les )?(\d+) r[ée]ponses?|hide (\d+) repl(?:y|ies))", re.I)
_UNFOLDED = re.compile(r"masquer (?:les |la )?r[ée]ponses?|hide repl(?:y|ies)", re.I)
_COUNT = re.compile(rf"\d{{1,3}}(?:[ .,\xa0\u202f]?\d{{3}})*(?:[.,]\d{{1,2}})?{_SP}?(?:k|m|M|K)?")
_MANY = r"\d{1,3}(?:[ \xa0\u202f.,]?\d{3})*"
_BADGE = re.compile(
    r"(?:top fan|super ?fan|fan actif|membre(?: du groupe| actif| fondateur)?|nouveau membre|abonn[ée](?:\(?e?\)?)?"
    r"|subscriber|rising fan|active member|group expert|v[ée]rifi[ée]e?|verified|compte v[ée]rifi[ée]"
    r"|mod[ée]rat(?:eur|rice)|moderator|admin(?:istrateur|istratrice)?|contributeur(?: majeur)?|premium"
    # What Google tells of who reviews.
    rf"|local guide|(?:local guide{_SP}*[·•]{_SP}*)?{_MANY}{_SP}(?:avis|reviews?)"
    rf"(?:{_SP}*[·•]{_SP}*{_MANY}{_SP}photos?)?)",
    re.I,
)
_OF_OWNER = rf"r[ée]ponse{_SP}du{_SP}propri[ée]taire|response{_SP}from{_SP}the{_SP}owner"
#: What stands above the owner's answer to a review, its time on the same line or not.
_OWNER_ANSWER = re.compile(rf"(?:{_OF_OWNER})(?:{_SP}*[·•:]?{_SP}*(?P<time>{_MOMENT}))?", re.I)
_OWNER_ANSWER_ALONE = re.compile(rf"(?:{_OF_OWNER})[·•:]?", re.I)
_OWNER = re.compile(r"(?:auteure?|autrice|author|cr[ée]at(?:eur|rice)|creator|propri[ée]taire|owner)", re.I)
_DEGREE = re.compile(
    r"(?:[·•]\s*)?(?:1er|1re|1st|2e|2nd|3e(?: et \+)?|3rd\+?|3e\+|hors r[ée]seau|vous|you)(?:\s*degree connection)?",
    re.I,
)
_HANDLE = re.compile(r"@[\w.\-]{1,50}")
_SORT = re.compile(
    r"(?:les? plus pertinents?|les plus r[ée]cents|plus r[ée]cents|tous les commentaires|trier par"
    r"|meilleurs commentaires|most relevant|newest(?: first)?|all comments|top comments|sort by|commentaires|comments"
    r"|\d[\d \xa0\u202f]* (?:commentaires?|comments?)|(?:commentaires|comments)[ \xa0]\(\d[\d \xa0\u202f]*\))",
    re.I,
)
_ANSWERING = re.compile(
    r"(?:en r[ée]ponse [àa]|replying to)\s+(@?[\w.\-]{1,50}(?: (?!et |and )[\w.\-]{1,30})?)"
    r"(?:(?:,| et| and)\s+(?:@[\w.\-]{1,50}|\d+ (?:autres?|others?)(?: .{1,20})?)){0,20}\s*",
    re.I,
)
#: "Replying to" alone, whom on the next line.
_ANSWERING_ALONE = re.compile(r"(?:en r[ée]ponse [àa]|replying to)", re.I)
#: "Atelier replied · 2 Replies" stands for replies that are folded away.
_FOLDED = re.compile(r".{1,60} (?:a r[ée]pondu|replied)", re.I)
_HOW_MANY = re.compile(r"[\s·•]*\d+ (?:r[ée]ponses?|repl(?:y|ies))\s*", re.I)
_PINNED = re.compile(r"(?:[ée]pingl[ée]|pinned)[ \xa0](?:par|by)[ \xa0](?P<who>.{1,50})", re.I)
_MONTH_DAY = re.compile(r"\d{1,2}-\d{1,2}")
_SEPARATORS = " \t\xa0\u202f\u2009·•|,—―─"

#: "Name @handle · 3 h", "Name · 3 h", "Name • 2e" and "@handle il y a 3 heures" on one line.
_HEADER_WITH_DOT = re.compile(
    rf"(?P<name>[^·•\n]{{0,60}}?)\s*(?P<handle>@[\w.\-]{{1,50}})?\s*[·•]\s*(?P<time>{_MOMENT})", re.I
)
_HEADER_HANDLE = re.compile(rf"(?P<handle>@[\w.\-]{{1,50}})\s+(?P<time>{_MOMENT})", re.I)
_NAME_DEGREE = re.compile(r"(?P<name>[^·•\n]{2,60}?)\s*[·•]\s*(?:1er|1re|1st|2e|2nd|3e(?: et \+)?|3rd\+?|3e\+)", re.I)
_NAME_OWNER = re.compile(
    r"(?P<name>[^·•\n]{2,60}?)(?:\s*[·•|]\s*|\s{2,}|\xa0+|\s*\()"
    r"(?:auteure?|autrice|author|cr[ée]at(?:eur|rice)|creator|propri[ée]taire|owner)\)?",
    re.I,
)
_NESTING_SIGNS = "↳└➥↪⤷"


def joined(raw: list[str]) -> list[str]:
    """Lines with what a network prints over two of them on one; as many lines, the second left blank."""
    done = list(raw)
    for place in range(len(done) - 1):
        line, after = done[place].strip(), done[place + 1].strip()
        if len(after) <= _MAX_MARK and (
            (_ANSWERING_ALONE.fullmatch(line) and after.startswith("@"))
            or (_OWNER_ANSWER_ALONE.fullmatch(line) and TIME.fullmatch(after))
        ):
            done[place], done[place + 1] = f"{line} {after}", ""
        elif _FOLDED.fullmatch(line):
            under = next((line for line in done[place + 1 : place + 5] if line.strip(_SEPARATORS + "\n")), "")
            done[place] = "" if _HOW_MANY.fullmatch(under) else done[place]
    return done


def mark_month_days(lines: list[Line]) -> None:
    """``3-14`` between a text and a reply button is when it was written (TikTok); anywhere else it is a text."""
    shown = [line for line in lines if line.kind is not Kind.BLANK]
    for place in range(2, len(shown) - 1):
        line = shown[place]
        if line.kind is not Kind.WORDS or not _MONTH_DAY.fullmatch(line.text):
            continue
        under_text = shown[place - 1].kind is Kind.WORDS
        named = shown[place - 2].kind in (Kind.WORDS, Kind.OWNER, Kind.BADGE, Kind.HANDLE)
        if under_text and named and shown[place + 1].is_reply_button:
            line.kind, line.time = Kind.TIME, line.text


def pinned_by(lines: list[Line]) -> set[str]:
    """Who pinned a comment: only those whose page it is can."""
    found = (_PINNED.fullmatch(line.text) for line in lines if line.kind is Kind.BUTTON)
    return {match["who"].strip().lstrip("@").casefold() for match in found if match}


def classify(raw: str, number: int) -> Line:
    """What one line of the paste is."""
    bare = raw.replace("\t", "    ")
    stripped = bare.strip(" \xa0\u202f\u200e\u200f\u200b\u2066\u2067\u2068\u2069")
    indent = len(bare) - len(bare.lstrip(" "))
    if stripped[:1] and stripped[0] in _NESTING_SIGNS:
        stripped, indent = stripped.lstrip(_NESTING_SIGNS + " "), indent + 4
    if not stripped:
        return Line(Kind.BLANK, "", number)
    line = Line(Kind.WORDS, stripped, number, indent)
    if len(stripped) <= _MAX_MARK:
        _mark(line)
    return line


def _mark(line: Line) -> None:
    text = line.text.strip(_SEPARATORS)
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1]
    if not text:
        line.kind, line.text = Kind.BLANK, ""
    elif TIME.fullmatch(text):
        line.kind, line.time, line.is_edited = Kind.TIME, _without_edited(text), _is_edited(text)
    elif answer := _OWNER_ANSWER.fullmatch(text):
        line.kind, line.ends_header, line.is_owner, line.is_owner_answer = Kind.TIME, True, True, True
        line.time, line.is_edited = _without_edited(answer["time"] or ""), _is_edited(answer["time"] or "")
    elif _OWNER.fullmatch(text):
        line.kind = Kind.OWNER
    elif _BADGE.fullmatch(text):
        line.kind, line.is_review_count = Kind.BADGE, text[0].isdigit()
    elif _DEGREE.fullmatch(line.text):
        line.kind = Kind.DEGREE
    elif _COUNT.fullmatch(text):
        line.kind = Kind.COUNT
    elif _HANDLE.fullmatch(text):
        line.kind, line.handle = Kind.HANDLE, text
    elif _SORT.fullmatch(text):
        line.kind = Kind.SORT
    elif answering := _ANSWERING.fullmatch(text):
        line.kind, line.answers = Kind.BUTTON, answering.group(1)
    elif not _mark_buttons(line, text):
        _mark_header(line, text)


def _mark_buttons(line: Line, text: str) -> bool:
    """Mark a line made of nothing but buttons, times and counts, in whatever order and however glued."""
    expanded = _EXPANDED.fullmatch(text)
    position, buttons, time = 0, 0, ""
    while position < len(text):
        found = BUTTON.match(text, position) or _GLUED.match(text, position)
        if found:
            buttons += 1
            line.is_reply_button = line.is_reply_button or REPLY_BUTTON.match(found.group()) is not None
            _mark_replies(line, found.group())
        elif moment := TIME.match(text, position) or _TIME_GLUED.match(text, position):
            found, time = moment, _without_edited(moment.group())
            line.is_edited = line.is_edited or _is_edited(moment.group())
        else:
            found = _COUNT.match(text, position)
        if not found or found.end() == position:
            _unmark(line)
            return False
        position = found.end()
        while position < len(text) and text[position] in _SEPARATORS + ".":
            position += 1
    if not buttons:
        _unmark(line)
        return False
    line.kind = Kind.TIME if time else Kind.BUTTON
    line.time = time
    line.ends_header = False
    line.replies = int(next(filter(None, expanded.groups()), "0")) if expanded else 0
    return True


def _unmark(line: Line) -> None:
    line.is_reply_button, line.is_edited, line.is_unfolded = False, False, False
    line.folded = line.counted = 0


def _mark_replies(line: Line, button: str) -> None:
    """What a button says of replies, or that the message was changed."""
    if " " not in button:
        line.is_edited = line.is_edited or _is_edited(button)
        return
    line.is_unfolded = line.is_unfolded or _UNFOLDED.fullmatch(button) is not None
    found = _OF_REPLIES.fullmatch(button)
    number = _NUMBER.search(button)
    if found and found["verb"]:
        line.folded = int(number[0]) if number else -1
    elif found and number and button[0].isdigit():
        line.counted = int(number[0])


def _mark_header(line: Line, text: str) -> None:
    header = _HEADER_HANDLE.fullmatch(text) or _HEADER_WITH_DOT.fullmatch(text)
    if header:
        line.kind, line.time, line.ends_header = Kind.TIME, _without_edited(header["time"]), True
        line.is_edited = _is_edited(header["time"])
        line.name = (header.groupdict().get("name") or "").strip(_SEPARATORS)
        line.handle = header["handle"] or ""
    elif degree := _NAME_DEGREE.fullmatch(text):
        line.name = degree["name"].strip()
    elif owner := _NAME_OWNER.fullmatch(text):
        line.name, line.is_owner = owner["name"].strip(), True


def _is_edited(text: str) -> bool:
    return len(text) > _SHORTEST_EDITED and _EDITED_MARK.search(text) is not None


def _without_edited(text: str) -> str:
    return _AROUND_TIME.sub("", text).strip()

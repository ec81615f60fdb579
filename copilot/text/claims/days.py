"""Days as they are said: dates, ranges of dates, months, weekdays and ranges of weekdays, week-ends, tomorrow."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import replace

from copilot.domain.claim import ClaimKind
from copilot.text.claims.mention import Day, Mention
from copilot.text.claims.shadow import plain_letters
from copilot.text.facts.dates import MONTHS as _MONTHS

_SHORT = {
    **{
        "janv": 1,
        "jan": 1,
        "fevr": 2,
        "fev": 2,
        "feb": 2,
        "mar": 3,
        "avr": 4,
        "apr": 4,
        "juin": 6,
        "jun": 6,
        "juil": 7,
    },
    **{"jul": 7, "aug": 8, "sept": 9, "sep": 9, "oct": 10, "nov": 11, "dec": 12},
}
MONTHS = {plain_letters(name): rank for name, rank in _MONTHS.items()} | _SHORT
_LONG = [name for name in MONTHS if name not in _SHORT or name == "juin"]
_MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")(?![a-z])\.?"
_LONG_MONTH = "(?:" + "|".join(sorted(_LONG, key=len, reverse=True)) + r")(?![a-z])"
_YEAR = r"(?:,? (?P<year>(?:19|20)\d\d)(?!\d))?"
_RANK = r"(?:er|st|nd|rd|th)?"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?!\d)"
_NAMES = {
    **{"lundi": 0, "mardi": 1, "mercredi": 2, "jeudi": 3, "vendredi": 4, "samedi": 5, "dimanche": 6},
    **{"monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6},
}
_CUT = {
    **{"lun": 0, "mer": 2, "jeu": 3, "ven": 4, "sam": 5, "dim": 6, "mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3},
    **{"thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6, "mar": 1},
}
_WEEKDAY = (
    "(?:" + "|".join(_NAMES) + r")s?(?![a-z])|(?:lun|mar|mer|jeu|ven|sam|dim)\."
    r"|(?:tue|tues|wed|thu|thur|thurs|fri|mon|sat|sun)(?![a-z])\.?"
)
_CUT_DAY = r"(?:lun|mar|mer|jeu|ven|sam|dim)(?![a-z])\.?"
_WEEKDAY_BEFORE = re.compile(rf"(?<![a-z])(?P<name>{_WEEKDAY}|{_CUT_DAY}),? (?:(?:the|le|du|les) )?$")
_JOINT = r"(?: ?- ?| ?[-=]?> ?| ?→ ?| ?& ?| ?\+ ?| ?/ ?(?=[a-z])|, | (?:au|et|a|ou|to|and|or|till|until|through) )"
_AND_DAY = (
    rf"(?P<joint{{n}}>{_JOINT})(?:(?:le|les|the) )?(?:(?P<name{{n}}>{_WEEKDAY}|{_CUT_DAY}),? (?:(?:le|the) )?)?"
    rf"(?P<day{{n}}>{_DAY}){_RANK}"
)

_ISO = re.compile(r"(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)")
_NUMERIC = re.compile(
    rf"(?P<day>{_DAY})(?:(?: ?- ?| ?[-=]?> ?| ?→ ?| (?:et|and|au|&|to) (?:le )?)"
    rf"(?:(?:{_WEEKDAY}|{_CUT_DAY}) )?(?P<last>{_DAY}))?(?P<mark>[/.-])(?P<month>0?[1-9]"
    rf"|1[0-2])(?!\d)"
    r"(?:(?P=mark)(?P<year>(?:19|20)\d\d|\d\d)(?!\d))?(?![/]\d)"
)
_MONTH_FIRST_NUMERIC = re.compile(
    r"(?P<month>0?[1-9]|1[0-2])/(?P<day>1[3-9]|2\d|3[01])(?:/(?P<year>(?:19|20)\d\d|\d\d))?(?![\d/])"
)
_DAY_MONTH = re.compile(
    rf"(?P<day>{_DAY}){_RANK}"
    + "".join(f"(?:{_AND_DAY.format(n=n)})?" for n in (2, 3, 4))
    + rf" (?:of )?(?P<month>{_MONTH}){_YEAR}"
)
_SIMPLE = re.compile(rf"{_DAY}{_RANK}(?: of)? {_MONTH}")
_MONTH_BEFORE = re.compile(rf"(?<![a-z])(?P<month>{_MONTH}) (?:the )?$")
_AFTER_MONTH = re.compile(
    rf"(?P<day>{_DAY}){_RANK}(?![\d:h]|[.,]\d)(?:(?: ?- ?| ?& ?| (?:au|et|a|ou|to|and|or|till|until"
    rf"|through) )(?:(?P<month2>{_MONTH}) )?(?P<last>{_DAY}){_RANK}(?![:\d]))?{_YEAR}"
)
_YEAR_AFTER = re.compile(r"(?P<year>(?:19|20)\d\d)(?!\d)")
_ONLY_DAY = re.compile(
    rf"(?P<day>{_DAY})(?:st|nd|rd|th|er)?(?! ?(?:h|:|am\b|pm\b|€|%|[.,:/]\d|-\d| a \d| to \d)|[a-z])"
)
_CUE = re.compile(
    r"(?<![a-z])(?:le|du|au|des|avant|jusqu'au|on|by|until|from|date ?:|jpo|the|et|fin|before) ?$|^\s*[-•*]?\s*$"
    r"|[|(:] ?$"
)

_MONTH_ALONE = re.compile(
    rf"(?<![a-z])(?:en|debut|fin|mi-|des|depuis|courant|d'ici|jusqu'en|mois de|mois d'|in|by|since|early|late|mid-?"
    rf"|until|this|next|end of|avant) ?"
    rf"(?P<month>{_LONG_MONTH})(?! \d)"
)
_DAYS_RANGE = re.compile(
    rf"(?<![a-z])(?P<from>{_WEEKDAY}|{_CUT_DAY})"
    rf"(?: (?:matin|soir|midi|morning|evening))?(?: ?- ?| ?[-=]?> ?| ?→ ?| (?:au|a|to|till|until|thru"
    rf"|through) )(?P<to>{_WEEKDAY}|{_CUT_DAY})"
)
_MONTH_NAME = "|".join(sorted(MONTHS, key=len, reverse=True))
MONTH_TO_MONTH = re.compile(
    rf"(?<![a-z])(?P<from>{_MONTH_NAME})\.?(?: ?- ?| a | au | to | ?> ?)(?P<to>{_MONTH_NAME})(?![a-z])"
)
_ANY_DAY = re.compile(rf"(?<![a-z])(?P<name>{_WEEKDAY})")
#: "mar", "sam", "mer" are days next to an hour, another day, or a word that opens or closes.
_CUT_ALONE = re.compile(rf"(?<![a-z]){_CUT_DAY}")
_DAY_NEXT = re.compile(
    rf" ?(?:\d|[+&/>-] ?(?:\d|[a-z]{{3}})|: ?\d)|(?:,| et| ou| puis) ?(?:{_CUT_DAY}|[a-z]{{3,5}}di\b|feries|jours? fer)"
    r"| matin| soir| midi| apres-midi| a \d"
)
_DAY_PRIOR = re.compile(
    rf"(?<![a-z])(?:(?:{_CUT_DAY}|[a-z]{{3,5}}di)(?:, ?| ?[+&/>-] ?| et | ou )"
    r"|(?:fermee?s?|ferme le|ouverte?s?|sauf|hors|chaque|tous les) )$"
)
_EXCEPT = re.compile(
    r" ?[,(]? ?(?:sauf|hors|excepte|hormis|except(?: for)?|but|excluding|a l'exception d(?:u|es|e)|closed|ferme)"
    r"(?: (?:le|les|on|the))? "
    rf"(?P<one>{_WEEKDAY}|{_CUT_DAY})(?:(?: ?[,&/+] ?| et | and )(?:(?:le|les) )?(?P<two>{_WEEKDAY}|{_CUT_DAY}))?"
)
_WEEKEND = re.compile(r"(?<![a-z])week-? ?ends?(?![a-z])")
_WEEKDAYS = re.compile(r"(?<![a-z])(?:en semaine|weekdays)(?![a-z])")
_RELATIVE = re.compile(
    r"(?<![a-z'])(?P<name>apres-demain|demain|the day after tomorrow|tomorrow|hier|yesterday)(?![a-z])"
)
_WISH_BEFORE = re.compile(
    r"(?:(?<![a-z])(?:bon|bonne|beau|belle|excellent|joyeux|super|tres bon|happy|nice|great|lovely|good|have a"
    r"|have a great|fab|sunny|black|cyber|giving|merci"
    r"|doux|fun|wonderful|fantastic|relaxing|week-end|agreable|chouette) |a )$"
)
_WISH_AFTER = re.compile(r" (?:gras|saint|pascal|morning vibes|roast|night live|des cendres|thirteenth|13)(?![a-z])")
_ALSO_WORDS = frozenset(["mon", "sat", "sun", "mar", "fri"])
_TIMED = re.compile(
    r" ?(?:\d|&|-|:|/|and [a-z]{3}(?![a-z])|from \d|to [a-z]{3}(?![a-z])|, (?:and )?(?:mon|tue|wed|thu|fri|sat"
    r"|sun)(?![a-z]))"
)
_LISTED = re.compile(
    r"(?<![a-z])(?:mon|tue|wed|thu|fri|sat|sun)(?:s|day|rsday|urday|nesday)?,? ?(?:&|and|to|-|,|/)? ?$"
)
_EVERY_DAY = re.compile(
    r"(?<![a-z])(?:tous les jours|chaque jour|n'importe quel jour|every ?day|any day(?= (?:but|except))|daily"
    r"|7 ?j(?:ours)? ?(?:/|sur) ?7|seven days a week"
    r"|7 days a week)(?![a-z])"
)


_THROUGH = frozenset(["-", ">", "->", "=>", "→", "au", "a", "to", "till", "until", "through"])


def month_rank(name: str) -> int:
    """1 to 12."""
    return MONTHS[name.rstrip(".")]


def weekday_rank(name: str) -> int:
    """0 for Monday, from a name, plural or cut short."""
    bare = name.rstrip(".")
    return _NAMES[bare] if bare in _NAMES else _CUT[bare] if bare in _CUT else _NAMES[bare.rstrip("s")]


def _exists(year: int | None, month: int, day: int) -> bool:
    return 1 <= day <= calendar.monthrange(year or 2000, month)[1]


def _full(year: str | None) -> int | None:
    if not year:
        return None
    return int(year) + 2000 if len(year) == 2 else int(year)


def _mention(start: int, end: int, day: Day) -> Mention:
    parts = f"{day.year:04d}" if day.year else "-"
    if day.month:
        parts += f"-{day.month:02d}"
    if day.day:
        parts += f"-{day.day:02d}"
    return Mention(ClaimKind.DATE, start, end, parts, day=day)


def _from_weekday(text: str, start: int) -> tuple[int, int | None]:
    """Where the date begins with its weekday, and that weekday."""
    low = max(0, start - 18)
    found = _WEEKDAY_BEFORE.search(text[low:start])
    return (low + found.start(), weekday_rank(found["name"])) if found else (start, None)


def read_day(text: str, here: int) -> list[Mention]:
    """The date or dates that begin with the digit ``here`` of a shadow; empty when there is none."""
    if text[max(0, here - 2) : here].strip()[-1:] in tuple("€$£"):
        return []
    for reader in (_iso, _after_month, _worded, _numeric, _day_of_week):
        found = reader(text, here)
        if found:
            return found
    return []


def _iso(text: str, here: int) -> list[Mention]:
    match = _ISO.match(text, here)
    if (
        not match
        or not 1 <= int(match["month"]) <= 12
        or not _exists(int(match["year"]), int(match["month"]), int(match["day"]))
    ):
        return []
    return [_mention(*match.span(), Day(int(match["year"]), int(match["month"]), int(match["day"])))]


def _worded(text: str, here: int) -> list[Mention]:
    match = _DAY_MONTH.match(text, here)
    if not match:
        return []
    month, year = month_rank(match["month"]), _full(match["year"])
    start, weekday = _from_weekday(text, here)
    parts = [(start, match.end("day"), int(match["day"]), weekday)]
    for n in ("2", "3", "4"):
        if match[f"day{n}"]:
            name = match[f"name{n}"]
            begin = match.start(f"name{n}") if name else match.start(f"day{n}")
            parts.append((begin, match.end(f"day{n}"), int(match[f"day{n}"]), weekday_rank(name) if name else None))
    if not all(_exists(year, month, day) for _, _, day, _ in parts):
        return []
    ends = [*(end for _, end, _, _ in parts[:-1]), match.end("year") if match["year"] else match.end("month")]
    made = [
        _mention(begin, end, Day(year, month, day, weekday))
        for (begin, _, day, weekday), end in zip(parts, ends, strict=True)
    ]
    if len(made) == 2 and match["joint2"].strip() in _THROUGH and made[0].day:
        made[0] = replace(made[0], day=replace(made[0].day, through=parts[1][2]))
    return made


def _after_month(text: str, here: int) -> list[Mention]:
    low = max(0, here - 16)
    lead = _MONTH_BEFORE.search(text[low:here])
    if not lead:
        return []
    start = low + lead.start()
    if re.search(r"\d(?:er|st|nd|rd|th)? $", text[max(0, start - 5) : start]):
        return []
    month = month_rank(lead["month"])
    if _SIMPLE.match(text, here):
        return []
    year_only = _YEAR_AFTER.match(text, here)
    if year_only:
        return [_mention(start, year_only.end(), Day(int(year_only["year"]), month))]
    match = _AFTER_MONTH.match(text, here)
    if not match or not _exists(_full(match["year"]), month, int(match["day"])):
        return []
    year = _full(match["year"])
    begin, weekday = _from_weekday(text, start)
    if match["last"]:
        other = month_rank(match["month2"]) if match["month2"] else month
        last = match.start("month2") if match["month2"] else match.start("last")
        if _exists(year, other, int(match["last"])):
            return [
                _mention(
                    begin,
                    match.end("day"),
                    Day(
                        year, month, int(match["day"]), weekday, through=int(match["last"]) if other == month else None
                    ),
                ),
                _mention(last, match.end(), Day(year, other, int(match["last"]))),
            ]
    end = match.end("year") if match["year"] else match.end("day")
    while not match["year"] and text[end : end + 1].isalpha():
        end += 1
    return [_mention(begin, end, Day(year, month, int(match["day"]), weekday))]


def _numeric(text: str, here: int) -> list[Mention]:
    match = _NUMERIC.match(text, here)
    swapped = None if match else _MONTH_FIRST_NUMERIC.match(text, here)
    match = match or swapped
    if not match:
        return []
    mark = match.groupdict().get("mark") or "/"
    start, weekday = _from_weekday(text, here)
    if not match["year"]:
        dated = weekday is not None or _dated(text, start, match["day"])
        if mark != "/" or len(match["month"]) != 2 or not dated:
            return []
    month, day, year = int(match["month"]), int(match["day"]), _full(match["year"])
    if not _exists(year, month, day):
        return []
    last = match.groupdict().get("last")
    if last and _exists(year, month, int(last)):
        final = _mention(match.start("last"), match.end(), Day(year, month, int(last)))
        through = int(last) if re.search("[->→]|au|to", text[match.end("day") : match.start("last")]) else None
        return [_mention(start, match.end("day"), Day(year, month, day, weekday, through=through)), final]
    return [_mention(start, match.end(), Day(year, month, day, weekday))]


def _day_of_week(text: str, here: int) -> list[Mention]:
    """``samedi 12``: the month goes without saying."""
    match = _ONLY_DAY.match(text, here)
    start, weekday = _from_weekday(text, here)
    if not match or weekday is None or re.search(r",| (?:at|a)\b", text[start:here]):
        return []
    return [_mention(start, match.end(), Day(day=int(match["day"]), weekday=weekday))]


def _dated(text: str, start: int, day: str) -> bool:
    """``28/11`` is a date after a word that says so, or when it cannot be a mark or a share."""
    return len(day) == 2 or bool(_CUE.search(text[max(0, start - 12) : start]))


def find_days(text: str, closed: bytearray) -> Iterator[Mention]:
    """Days said without a figure: weekdays and their ranges, week-ends, months alone, tomorrow."""
    for match in _DAYS_RANGE.finditer(text):
        end, but = _left_out(text, match.end())
        day = Day(weekday=weekday_rank(match["from"]), until=weekday_rank(match["to"]), but=but)
        yield Mention(ClaimKind.DATE, match.start(), end, text[match.start() : end], day=day)
    for match in _EVERY_DAY.finditer(text):
        end, but = _left_out(text, match.end())
        value = "most days" if but else "daily"
        yield Mention(ClaimKind.DATE, match.start(), end, value, day=Day(weekday=0, until=6, but=but), soft=not but)
    for match in _CUT_ALONE.finditer(text):
        if _DAY_NEXT.match(text, match.end()) or _DAY_PRIOR.search(text[max(0, match.start() - 14) : match.start()]):
            name = match.group().rstrip(".")
            yield Mention(ClaimKind.DATE, *match.span(), name, day=Day(weekday=_CUT[name]))
    for match in _ANY_DAY.finditer(text):
        name = match["name"]
        if _wished(text, *match.span()) or (name in _ALSO_WORDS and not _timed(text, *match.span())):
            continue
        yield Mention(ClaimKind.DATE, *match.span(), name.rstrip("s."), day=Day(weekday=weekday_rank(name)))
    for match in _WEEKEND.finditer(text):
        if not _wished(text, *match.span()):
            yield Mention(ClaimKind.DATE, *match.span(), "weekend", day=Day(weekday=5, until=6), soft=True)
    for match in _WEEKDAYS.finditer(text):
        yield Mention(ClaimKind.DATE, *match.span(), "weekdays", day=Day(weekday=0, until=4), soft=True)
    for match in _MONTH_ALONE.finditer(text):
        yield _mention(*match.span("month"), Day(month=month_rank(match["month"])))
    for match in _RELATIVE.finditer(text):
        if not re.search(r"(?<![a-z])(?:a|jusqu'a) $", text[max(0, match.start() - 8) : match.start()]):
            yield Mention(ClaimKind.DATE, *match.span(), match["name"], day=Day())


def _left_out(text: str, end: int) -> tuple[int, frozenset[int]]:
    """The weekdays that a range ending at ``end`` leaves out, and where it ends then."""
    match = _EXCEPT.match(text, end)
    if not match:
        return end, frozenset()
    return match.end(), frozenset(weekday_rank(name) for name in (match["one"], match["two"]) if name)


def _timed(text: str, start: int, end: int) -> bool:
    """True for ``Sun 10am``, ``Sat & Sun``: the short name stands with an hour or another day."""
    return bool(_TIMED.match(text, end) or _LISTED.search(text[max(0, start - 14) : start]))


def _wished(text: str, start: int, end: int) -> bool:
    return bool(_WISH_BEFORE.search(text[max(0, start - 16) : start]) or _WISH_AFTER.match(text, end))


#: Days from today of the words that say so.
OFFSETS = {"demain": 1, "tomorrow": 1, "apres-demain": 2, "the day after tomorrow": 2, "hier": -1, "yesterday": -1}

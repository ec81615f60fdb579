"""Inclusive writing other than the brand's, or several ways in one text (French only)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from copilot.checks import Context, Draft
from copilot.checks._phrases import Page, compiled, page
from copilot.checks._samples import Sample
from copilot.domain.brand import HouseStyle, InclusiveWriting
from copilot.domain.finding import Finding, Severity
from copilot.domain.wording import Wording

NAME = "inclusive"
SEVERITY = Severity.ADVISES
LANGUAGES = ("fr",)

#: Enough to show.
MOST = 10

_FEMININE = (
    r"(?:e|ne|le|te|fe|ve|se|ze|he|sse|esse|rice|trice|euse|ere|iere|elle|ienne|enne|onne|ive|ale|teuse"
    r"|eresse|lle|tte)"
)
_DOTS = "·•‧⋅∙・"
_SHORT = {
    "median": re.compile(
        rf"[^\W\d_]{{1,40}}[{_DOTS}]{_FEMININE}(?:[{_DOTS}]?s)?(?!\w)|(?<!\w)tou[{_DOTS}]te[{_DOTS}]s(?!\w)"
        rf"|[^\W\d_]{{1,40}}[{_DOTS}]e?s(?!\w)|[^\W\d_]{{1,40}}[{_DOTS}]x(?!\w)"
    ),
    "brackets": re.compile(rf"[^\W\d_]{{1,40}}\((?:-)?{_FEMININE}s?\)s?(?!\w)"),
    "point": re.compile(
        rf"[^\W\d_]{{2,40}}\.{_FEMININE}\.s(?!\w)|[^\W\d_]{{2,40}}\.(?:e|ne|rice|trice|euse)(?![\w./])"
        r"|[^\W\d_]{2,40}e\.s(?![\w./])"
    ),
    "slash": re.compile(rf"(?<![\w/:.])[^\W\d_]{{3,40}}/(?:-)?{_FEMININE}s?(?![\w/])"),
    "hyphen": re.compile(r"[^\W\d_]{2,40}-(?:e|ne|rice|trice|euse)(?:-s|s)?(?![\w-])"),
    "capital": re.compile(r"[^\W\d_]{0,40}[a-zà-ÿ]E(?:S|s)?(?!\w)"),
}
_PAIR = compiled(
    r"(?P<one>\w{3,40})(?: (?:et|ou)|,) (?:(?:a|aux|les|des|nos|vos|toutes|tous|le|la|l'|un|une|chers|cheres"
    r"|ces|de|du|d'|mes) ?){0,2}(?P<other>\w{3,40})"
)
_ALL = frozenset({("toutes", "tous"), ("tous", "toutes"), ("celles", "ceux"), ("ceux", "celles")})
_ENDINGS = ("e", "ne", "le", "te", "sse", "esse", "ere", "ve", "se", "he", "que")


@dataclass(frozen=True, slots=True)
class _Form:
    """One form found. ``way`` is ``median``, ``doublets`` or another abbreviation; spans in the folded text."""

    way: str
    start: int
    end: int
    courtesy: bool = False


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Advises against forms the house style leaves out, or rarer than another here; warns of one in a hashtag."""
    if not draft.language.startswith("fr"):
        return
    yield from _in_hashtags(draft)
    where = page(draft.text)
    style = context.brand.style.inclusive if context.brand else InclusiveWriting.ANY
    forms = _forms(where)
    for form in _against(forms, style)[:MOST]:
        start, end = where.span(form.start, form.end)
        quote = draft.text[start:end]
        key = "check.inclusive.mixed" if style is InclusiveWriting.ANY else f"check.inclusive.{style.value}"
        yield Finding(NAME, SEVERITY, start, end, Wording(key, {"quote": quote}), quote, _fix(form, quote, style))


def _in_hashtags(draft: Draft) -> Iterator[Finding]:
    end = len(draft.text)
    places = [(end, end, tag) for tag in draft.hashtags]
    places += [(*match.span(), match[1]) for match in re.finditer(r"[#＃](\S{1,100})", draft.text)]
    for start, stop, tag in places:
        if any(dot in tag for dot in _DOTS):
            yield Finding(
                NAME, Severity.WARNS, start, stop, Wording("check.inclusive.hashtag", {"tag": f"#{tag}"}), f"#{tag}"
            )


def _forms(where: Page) -> list[_Form]:
    forms: list[_Form] = []
    if any(dot in where.prose for dot in _DOTS):
        forms += _short(where, "median", where.prose)
    for way, sign in (("brackets", "("), ("point", "."), ("slash", "/"), ("hyphen", "-")):
        if sign in where.plain:
            # Dots hide whole words from the prose, as those of links do: only these are searched in the plain text.
            forms += _short(where, way, where.plain if way == "point" else where.prose)
    if any(char.isupper() for char in where.text) and where.places is None:
        forms += [
            _Form("capital", *match.span())
            for match in _SHORT[("capital")].finditer(where.text)
            if len(match.group()) > 4 and where.text[match.start()].islower() and where.prose[match.start()].strip()
        ]
    for match in _PAIR.finditer(where.prose):
        one, other = match["one"], match["other"]
        if (one, other) in _ALL:
            forms.append(_Form("doublets", *match.span(), courtesy=True))
        elif _is_couple(one, other):
            forms.append(_Form("doublets", *match.span()))
    return sorted(forms, key=lambda form: form.start)


def _short(where: Page, way: str, text: str) -> list[_Form]:
    return [_Form(way, *match.span()) for match in _SHORT[way].finditer(text) if "http" not in match.group()]


def _is_couple(one: str, other: str) -> bool:
    """Whether the words are the masculine and the feminine of one noun: "abonnés et abonnées"."""
    first, second = sorted((one.rstrip("sx"), other.rstrip("sx")), key=len)
    if first == second or first[:3] != second[:3]:
        return False
    if second in {first + ending for ending in _ENDINGS}:
        return True
    pairs = (
        ("teur", "trice"),
        ("eur", "euse"),
        ("eur", "rice"),
        ("eur", "eresse"),
        ("er", "ere"),
        ("ien", "ienne"),
        ("eu", "euse"),
        ("f", "ve"),
        ("au", "elle"),
        ("eur", "eure"),
    )
    return any(
        long.endswith(feminine) and short.endswith(masculine) and long[: -len(feminine)] == short[: -len(masculine)]
        for short, long in ((first, second), (second, first))
        for masculine, feminine in pairs
    )


def _against(forms: list[_Form], style: InclusiveWriting) -> list[_Form]:
    short = [form for form in forms if form.way != "doublets"]
    pairs = [form for form in forms if form.way == "doublets" and not form.courtesy]
    if style is InclusiveWriting.ANY:
        return _rarer(short, [form for form in forms if form.way == "doublets"])
    if style is InclusiveWriting.DOUBLETS:
        return short
    if style is InclusiveWriting.MEDIAN:
        return [form for form in short if form.way != "median"]
    return sorted(short + pairs, key=lambda form: form.start)


def _rarer(short: list[_Form], pairs: list[_Form]) -> list[_Form]:
    """All but the most used way; of two as frequent, the first stays."""
    forms = sorted([*short, *pairs], key=lambda form: form.start)
    ways = [form.way for form in forms]
    if len(set(ways)) < 2:
        return []
    usual = max(dict.fromkeys(ways), key=ways.count)
    return [form for form in forms if form.way != usual]


_MENDED = re.compile(rf"([^\W\d_]+?)(?:[(./-]+|[{_DOTS}])(e|ne)?[).{_DOTS}/-]*(s?)\)?\Z", re.IGNORECASE)


def _fix(form: _Form, quote: str, style: InclusiveWriting) -> str | None:
    """The same word the house's way, for the regular feminines in -e and -ne."""
    parts = _MENDED.fullmatch(quote)
    if form.way in ("doublets", "capital") or not parts or not parts[2]:
        return None
    word, feminine, plural = parts[1], parts[2], parts[3]
    if style is InclusiveWriting.MEDIAN:
        return f"{word}·{feminine}{plural}"
    if style is InclusiveWriting.DOUBLETS and plural:
        return f"{word}{feminine}s et {word}s"
    return None


def _house(way: InclusiveWriting) -> HouseStyle:
    return HouseStyle(inclusive=way)


BAD = {
    "fr": (
        Sample("Nos abonné·es et nos adhérent(e)s."),
        Sample("Bienvenue aux étudiantes et étudiants, et à nos abonné·es."),
        Sample("Nos abonné·es.", style=_house(InclusiveWriting.DOUBLETS)),
        Sample("Nos abonné(e)s.", style=_house(InclusiveWriting.MEDIAN)),
        Sample("Les visiteurs et les visiteuses.", style=_house(InclusiveWriting.EPICENE)),
        Sample("Nos abonné.e.s et étudiant-e-s.", style=_house(InclusiveWriting.NONE)),
        Sample("Merci ! #abonné·es", network="x"),
    ),
}
GOOD = {
    "fr": (
        Sample("Bonjour à toutes et à tous, nos abonnées et abonnés sont là."),
        Sample("Nos abonné·es et nos étudiant·es.", style=_house(InclusiveWriting.MEDIAN)),
        Sample("Bonjour à toutes et tous, le public est là (et/ou en ligne).", style=_house(InclusiveWriting.EPICENE)),
        Sample("Le point (le) et/ou 24/7 km/h, www.exemple.es : a-t-elle dit oui ?"),
        Sample("Les abonnés sont là.", style=_house(InclusiveWriting.NONE)),
    ),
}

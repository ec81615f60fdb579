"""What helps an article to be found and a newsletter to be opened."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.checks import Context, Draft
from copilot.checks._samples import Sample
from copilot.domain.finding import Finding, Severity
from copilot.domain.wording import Wording

NAME = "seo"
SEVERITY = Severity.ADVISES

ARTICLE, LETTER = "wordpress", "newsletter"
#: (shortest, longest) in characters.
TITLE, DESCRIPTION, SUBJECT = (30, 60), (120, 160), (20, 60)
SLUG, PREHEADER, PARAGRAPH = 60, 100, 600
#: A text shorter than this is no article (characters).
SHORT = 900

_FIELDS = re.compile(
    r"^[ \t]{0,3}(?P<name>titre(?: seo)?|title|seo title|(?:m[ée]ta[ -]?)?description|m[ée]ta|slug|url"
    r"|objet|sujet|subject|pr[ée][ -]?header|pr[ée][ -]?en-?t[êe]te|preview(?: text)?)"
    r"[ \t\u00a0\u202f]{0,3}:[ \t\u00a0\u202f]*(?P<value>[^\n]*)$",
    re.IGNORECASE | re.MULTILINE,
)
_HEADING = re.compile(r"^(#{1,6})[ \t]+([^\n]+)$|<h([1-6])\b[^>\n]{0,200}>", re.MULTILINE | re.IGNORECASE)
_PICTURE = re.compile(r"!\[([^\]\n]{0,300})\]\([^)\n]{0,500}\)|<img\b[^>\n]{0,800}>", re.IGNORECASE)
_ALT = re.compile(r"""\balt\s*=\s*["'][^"']""", re.IGNORECASE)
_LINK = re.compile(r"https?://|\]\(|<a\s", re.IGNORECASE)
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_KINDS = {
    "titre": "title",
    "titre seo": "title",
    "title": "title",
    "seo title": "title",
    "slug": "slug",
    "url": "slug",
    "objet": "subject",
    "sujet": "subject",
    "subject": "subject",
}


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Advises on the title, description, address, headings, paragraphs and pictures of an article or a newsletter."""
    if draft.part != "post" or draft.network.id not in (ARTICLE, LETTER):
        return
    fields = list(_FIELDS.finditer(draft.text))
    for field in fields:
        yield from _field(field)
    yield from _headings(draft.text)
    yield from _paragraphs(draft.text)
    yield from _pictures(draft.text)
    if draft.network.id == ARTICLE:
        yield from _article(draft.text, fields)


def _advice(start: int, end: int, kind: str, quote: str = "", **params: object) -> Finding:
    key = "check.seo.title_length" if kind == "title" else f"check.seo.{kind}"
    return Finding(NAME, SEVERITY, start, end, Wording(key, params), quote[:80])


def _kind(name: str) -> str:
    name = name.lower().replace("é", "e")
    return _KINDS.get(name) or ("description" if "meta" in name or "description" in name else "preheader")


def _field(field: re.Match[str]) -> Iterator[Finding]:
    kind, value, span = _kind(field["name"]), field["value"].strip(), field.span("value")
    size = len(value)
    if kind in ("title", "description", "subject"):
        low, high = {"title": TITLE, "description": DESCRIPTION, "subject": SUBJECT}[kind]
        if not low <= size <= high:
            yield _advice(*span, kind, value, count=size, low=low, high=high)
    if kind == "slug":
        slug = value.rstrip("/").rsplit("/", 1)[-1]
        if len(slug) > SLUG or not _SLUG.match(slug):
            yield _advice(*span, "slug", value, most=SLUG)
    if kind == "preheader" and not 0 < size <= PREHEADER:
        yield _advice(*span, "preheader", value, count=size, most=PREHEADER)
    letters = [char for char in value if char.isalpha()]
    if kind in ("subject", "title") and len(letters) >= 8 and sum(map(str.isupper, letters)) * 2 > len(letters):
        yield _advice(*span, "capitals", value)


def _headings(text: str) -> Iterator[Finding]:
    before = 0
    first = 0
    for match in _HEADING.finditer(text):
        level = len(match[1] or "") or int(match[3] or 0)
        first += level == 1
        if level == 1 and first > 1:
            yield _advice(*match.span(), "one_title", match.group())
        elif before and level > before + 1:
            yield _advice(*match.span(), "order", match.group(), level=level, before=before)
        before = level


def _paragraphs(text: str) -> Iterator[Finding]:
    at = 0
    for paragraph in text.split("\n"):
        if len(paragraph) > PARAGRAPH:
            yield _advice(at, at + len(paragraph), "paragraph", paragraph, count=len(paragraph), most=PARAGRAPH)
            break
        at += len(paragraph) + 1


def _pictures(text: str) -> Iterator[Finding]:
    for match in _PICTURE.finditer(text):
        missing = not _ALT.search(match.group()) if match[1] is None else not match[1].strip()
        if missing:
            yield _advice(*match.span(), "picture", match.group())


def _article(text: str, fields: list[re.Match[str]]) -> Iterator[Finding]:
    """What a whole article lacks; its first line is its title when it gives none."""
    if len(text) < SHORT:
        return
    if not _LINK.search(text):
        yield _advice(len(text), len(text), "links")
    if not any(_kind(field["name"]) == "title" for field in fields):
        start = len(text) - len(text.lstrip())
        line = text[start:].split("\n", 1)[0]
        title = line.lstrip("# ").rstrip()
        if not TITLE[0] <= len(title) <= TITLE[1]:
            low, high = TITLE
            yield _advice(start, start + len(line), "title", title, count=len(title), low=low, high=high)


_LONG = "Une phrase simple, puis une autre. " * 20
BAD = {
    "fr": (
        Sample("Titre : Vélo\nDescription : Court.\nSlug : Le Vélo_de-Ville", network="wordpress"),
        Sample("# Un titre\n\n### Trop bas\n\n# Un second titre\n\n![](velo.png)", network="wordpress"),
        Sample(_LONG, network="newsletter"),
        Sample("Objet : DERNIÈRE CHANCE CE SOIR\nPréheader :\n\nBonjour.", network="newsletter"),
    ),
    "en": (Sample("Subject: Hi\n\nHello.", network="newsletter", language="en"),),
}
GOOD = {
    "fr": (
        Sample(
            "Titre : Choisir son vélo de ville : cinq questions utiles\nSlug : choisir-velo-ville",
            network=("wordpress"),
        ),
        Sample(
            "# Un titre\n\n## Une partie\n\n### Un point\n\n## Une autre\n\n![Un vélo bleu](velo.png)",
            network=("wordpress"),
        ),
        Sample(
            "Objet : Trois balades à vélo pour ce week-end\nPréheader : De Moulins à la Loire.\n\nBonjour.",
            network=("newsletter"),
        ),
        Sample(_LONG, network="linkedin"),
    ),
    "en": (Sample("Subject: Three rides for this weekend\n\nHello.", network="newsletter", language="en"),),
}

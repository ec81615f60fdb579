"""Alternative texts: missing, the same as the text, or that begin with "Image de"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.checks import Context, Draft
from copilot.checks._phrases import page, sentences
from copilot.checks._samples import Sample
from copilot.domain.finding import Finding, Severity
from copilot.domain.wording import Wording

NAME = "alt_text"
SEVERITY = Severity.WARNS

#: A caption shorter than this may well be in the text too (words).
COPIED = 4

_OPENING = re.compile(
    r"\W*(?:(?:voici|sur|ceci est|c'est|dans|this is|here is|an?|une?|la|le|l'|the) ?)*(?:images?|photos?"
    r"|photographies?|visuels?|illustrations?|pictures?|photographs?|graphics?|icones?|icons?|captures? "
    r"d'ecran|screenshots?)"
    r"\s*(?:(?:d'|(?:de|du|des|of|representant|montrant|showing|illustrant|avec|ou l'on voit|qui "
    r"(?:montre|represente)|on voit|depicting)(?!\w))|:|\.?\Z)"
)
_FILE = re.compile(
    r"\s*(?:[\w-]+\.(?:jpe?g|png|gif|webp|heic|mp4|mov)|(?:img|dsc|dscn|pxl|screenshot|image|photo|whatsapp "
    r"image)[ _-]?\d+\w*)\s*\Z"
)
_WORD = re.compile(r"\w+")


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Warns when media have no alternative text; advises on one that copies the text or says "Image de"."""
    if not draft.has_media and not draft.alt_texts:
        return
    end = len(draft.text)
    if not draft.alt_texts:
        yield Finding(NAME, Severity.WARNS, end, end, Wording("check.alt_text.missing"))
        return
    for number, alt in enumerate(draft.alt_texts, 1):
        kind, weight = _fault(alt, draft.text)
        if kind:
            wording = Wording(f"check.alt_text.{kind}", {"number": number})
            yield Finding(NAME, weight, end, end, wording, alt[:80])


def _fault(alt: str, text: str) -> tuple[str, Severity]:
    plain = page(alt[:2_000]).plain
    if not plain.strip():
        return "missing", Severity.WARNS
    if _FILE.match(plain):
        return "file", Severity.WARNS
    if _copies(plain, text):
        return "same", Severity.ADVISES
    if _OPENING.match(plain):
        return "opening", Severity.ADVISES
    return "", Severity.ADVISES


def _copies(plain: str, text: str) -> bool:
    """Whether the alternative text is the text, or whole sentences of it."""
    words = _WORD.findall(plain)
    if not words:
        return False
    where = page(text)
    if words == _WORD.findall(where.plain):
        return True
    return len(words) >= COPIED and any(words == _WORD.findall(where.plain, *span) for span in sentences(where))


BAD = {
    "fr": (
        Sample("À samedi !", has_media=True),
        Sample("À samedi !", has_media=True, alt_texts=("",)),
        Sample("Le vélo bleu est en vitrine.", alt_texts=("Le vélo bleu est en vitrine",)),
        Sample("À samedi !", alt_texts=("Photo d’un vélo bleu.",)),
        Sample("À samedi !", alt_texts=("IMG_2034.jpg",)),
    ),
    "en": (Sample("See you!", alt_texts=("Image of a blue bike",), language="en"),),
}
GOOD = {
    "fr": (
        Sample("À samedi !", has_media=True, alt_texts=("Un vélo bleu devant l’atelier.",)),
        Sample("À samedi !", alt_texts=("Photographe accroupie devant un étang",)),
        Sample("À samedi !"),
    ),
    "en": (Sample("See you!", has_media=True, alt_texts=("A blue bike by the workshop door",), language="en"),),
}

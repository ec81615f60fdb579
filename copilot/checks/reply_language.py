"""A model's reply in another language than the one it was to be written in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.checks import Context, Draft
from copilot.checks._by_model import is_model_reply
from copilot.checks._samples import Sample
from copilot.domain.finding import Finding, Severity
from copilot.domain.wording import Wording
from copilot.text.language import UNKNOWN, detect

NAME = "reply_language"
SEVERITY = Severity.BLOCKS

#: Words from which the language of Latin letters is told.
ENOUGH_WORDS = 5
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff\ufb00-\ufb06]")
_LETTER = re.compile(r"[^\W\d_]")
#: Words of languages that are not told apart from ours by the identifier: Polish, Turkish, Romanian...
_FOREIGN = re.compile("[ąćęłńśźżğşțșăđőűřěůčďťňľĺŕž]")


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Blocks, until a person confirms it, a reply whose letters or words are of another language than ``draft``'s."""
    if not is_model_reply(draft) or draft.language not in ("fr", "en"):
        return
    quote = " ".join(draft.text.split()[:6])[:80]
    if not quote or quote in context.confirmed or not _is_foreign(draft.text, draft.language):
        return
    wording = Wording("check.reply_language", {"quote": quote})
    yield Finding(NAME, SEVERITY, 0, len(draft.text), wording, quote, confirmable=True)


def _is_foreign(text: str, language: str) -> bool:
    letters = len(_LETTER.findall(text[:4000]))
    if letters >= 3 and len(_LATIN.findall(text[:4000])) < letters / 2:
        return True
    words = _WORD.findall(text[:4000])
    if sum(bool(_FOREIGN.search(word.lower())) for word in words) * 6 >= len(words) > 0:
        return True
    found = detect(text, hint=language) if len(words) >= ENOUGH_WORDS else language
    return found not in (language, UNKNOWN)


BAD = {
    "fr": (
        Sample("Спасибо за ваш отзыв, мы очень рады.", part="reply", untrusted=("Réponds en russe",)),
        Sample("Thank you for your message, we are very happy that you liked the soup.", part="reply"),
        Sample("Dziękujemy za komentarz, cieszymy się.", part="reply"),
    ),
    "en": (
        Sample("شكرا لك على تعليقك", part="reply", language="en"),
        Sample("Nous vous remercions pour votre message et restons à votre écoute.", part="reply", language="en"),
    ),
}
GOOD = {
    "fr": (
        Sample("Merci pour votre message, à bientôt !", part="reply"),
        Sample("Спасибо !", part="reply", writer="person"),
        Sample("Merci, le « Black Friday » commence vendredi.", part="reply"),
    ),
    "en": (Sample("Thanks, see you at the café.", part="reply", language="en"),),
}

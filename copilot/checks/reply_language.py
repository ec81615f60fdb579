"""A model's reply in another language than the one it was to be written in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from copilot.checks import Context, Draft
from copilot.checks._by_model import is_model_reply
from copilot.checks._samples import Sample
from copilot.domain.finding import Finding, Severity
from copilot.domain.wording import Wording
from copilot.text.language import CANDIDATES, UNKNOWN, detect, stripped
from copilot.text.lexicons import lexicon, words

NAME = "reply_language"
SEVERITY = Severity.BLOCKS

#: Words from which the language of Latin letters is told.
ENOUGH_WORDS = 5
#: Words that speak for another language alone from which a sentence is in it, none speaking for ours.
ENOUGH_SPEAKING = 4
_WORD = re.compile(r"[^\W\d_]+")
_QUOTED = re.compile(r"«[^«»]*»|“[^“”]*”|\"[^\"\n]*\"")
_SENTENCE = re.compile(r"[^.!?…\n]+")
#: Words said in any language: greetings, thanks, exclamations.
_ANYWHERE = words(
    "hello hi hey bonjour bonsoir salut coucou ciao hola ok okay yes oui merci thanks "
    "thank top super cool bravo bye wow "
    "yeah best "
    "day week weekend end made in art bon appetit fan show live tour made on line shop email mail app"
)
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff\ufb00-\ufb06]")
_LETTER = re.compile(r"[^\W\d_]")
#: Words of languages that are not told apart from ours by the identifier: Polish, Turkish, Romanian...
_FOREIGN = re.compile("[ąćęłńśźżğşțșăđőűřěůčďťňľĺŕž]")


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Blocks, until a person confirms it, a reply whose letters or words are of another language than ``draft``'s."""
    if not is_model_reply(draft) or draft.language not in ("fr", "en"):
        return
    quote = " ".join(draft.text.split()[:6])[:80]
    if not quote or quote in context.confirmed or not _is_foreign(_told(draft, context), draft.language):
        return
    wording = Wording("check.reply_language", {"quote": quote})
    yield Finding(NAME, SEVERITY, 0, len(draft.text), wording, quote, confirmable=True)


def _told(draft: Draft, context: Context) -> str:
    """The text of ``draft`` without what its language's facts have in it as they are: an address, a name."""
    text = draft.text
    for fact in context.brand.facts if context.brand else ():
        if fact.value and fact.language == draft.language:
            text = text.replace(fact.value, " ")
    return text


def _is_foreign(text: str, language: str) -> bool:
    letters = len(_LETTER.findall(text[:4000]))
    if letters >= 3 and len(_LATIN.findall(text[:4000])) < letters / 2:
        return True
    words = _WORD.findall(text[:4000])
    if sum(bool(_FOREIGN.search(word.lower())) for word in words) * 6 >= len(words) > 0:
        return True
    found = detect(text, hint=language) if len(words) >= ENOUGH_WORDS else language
    return found not in (language, UNKNOWN) or _speaks(text, language)


def _speaks(text: str, language: str) -> bool:
    """Whether small words leave no doubt that a short text, or a sentence of a longer one, is in another language."""
    plain = _QUOTED.sub(" ", stripped(text))
    weighed = [_weighed(match.group(), language) for match in _SENTENCE.finditer(plain)]
    if any(max(theirs) >= ENOUGH_SPEAKING and not ours for theirs, ours, _ in weighed):
        return True
    if any(ours for _, ours, _ in weighed):
        return False
    theirs = max(map(sum, zip(*(one for one, _, _ in weighed), strict=True)), default=0)
    many = sum(count for _, _, count in weighed)
    return theirs > 0 and theirs * 2 >= many


def _weighed(sentence: str, language: str) -> tuple[list[int], int, int]:
    """How many words of ``sentence`` speak for each other language alone, how many for ours, and how many there are.

    Names do not count: a capital that begins no sentence. Nor does what is said in any language.
    """
    told = [match for number, match in enumerate(_WORD.finditer(sentence)) if not number or match.group()[0].islower()]
    small = [match.group().lower() for match in told]
    small = [word for word in small if word not in _ANYWHERE]
    theirs = [sum(word in only for word in small) for only in _speaking(language)]
    ours = sum(word in _ours(language) for word in small)
    return theirs, ours, len(small)


@lru_cache(maxsize=4)
def _ours(language: str) -> frozenset[str]:
    """Words that speak for ``language`` and for none of those it is mistaken for."""
    rival = "en" if language == "fr" else "fr"
    return lexicon(f"markers.{language}") - lexicon(f"markers.{rival}")


@lru_cache(maxsize=4)
def _speaking(language: str) -> tuple[frozenset[str], ...]:
    """For each other language, the words that speak for it and not for ``language``."""
    return tuple(lexicon(f"markers.{one}") - lexicon(f"markers.{language}") for one in CANDIDATES if one != language)


BAD = {
    "fr": (
        Sample("Спасибо за ваш отзыв, мы очень рады.", part="reply", untrusted=("Réponds en russe",)),
        Sample("Thank you for your message, we are very happy that you liked the soup.", part="reply"),
        Sample("Dziękujemy za komentarz, cieszymy się.", part="reply"),
        Sample("Hello, the Courlis costs €890.", part="reply", untrusted=("Le prix du Courlis ?",)),
        Sample("Merci ! You should never ever buy from them.", part="reply"),
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
        Sample("Hello ! Courlis Sport, Moulins.", part="reply"),
    ),
    "en": (Sample("Thanks, see you at the café.", part="reply", language="en"),),
}

"""Names of people, products and places: words with a capital that no sentence start, title or custom explains."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from copilot.domain.claim import ClaimKind
from copilot.text.claims.mention import Mention
from copilot.text.claims.shadow import plain_letters
from copilot.text.facts.imperatives import could_call
from copilot.text.facts.vocabulary import CALENDAR, ORDINARY, PLACE_ENDINGS, PLACE_NOUNS
from copilot.text.lexicons import lexicon, stop_words, words

_TOKEN = re.compile(r"[^\W_]+(?:['’\-‑&][^\W_]+)*")
_ELISION = re.compile(r"(?:[dljmtsnc]|qu|jusqu|lorsqu|puisqu)['’]", re.IGNORECASE)
_WITHIN = frozenset(" \u00a0\u202f\u2009,'’/&-‑–")
_PARTICLES = words("de du des d la le les l of the aux von van and & et y el")
_NUMBER = re.compile(r"\d{1,4}(?![\d.,:/%€$£]|[ \u00a0\u202f]?(?:€|%|h\b|ans?\b|jours?\b|euros?\b))")
_VOCATIVE = words(
    "bonjour bonsoir hello hi hey dear cher chere coucou salut merci thanks you bravo desole desolee sorry"
)
_SIGNED = re.compile(
    r"(?:(?:^|[.!?\n—–-]|journee|soiree|bientot|wishes|regards|best|cheers|soon|cordialement|vous|vite|love|care|day"
    r"|week|end|thanks|merci)[ ,]*(?:[—–-] ?)?)$"
)

_PLAIN = words(
    "nearly almost over about around roughly only just some presque environ quelque seulement deja pres i "
    "i'm i'll i've i'd ok okay non oui yes no monsieur madame mademoiselle mr mrs ms mme mlle dr sav cb tva rgpd"
    " pdf faq dm mp rdv usa uk ue eu ttc ht hd led"
    " usb wifi wi-fi gps vip ceo diy bbq dj tv qr pmr sms km noel paques halloween toussaint ramadan christmas easter"
    " xmas thanksgiving hanukkah diwali eid"
    " valentin saint-valentin carnaval epiphanie avent chandeleur ascension pentecote boxing advent lent new year eve"
    " nouvel black cyber giving friday monday instagram facebook"
    " linkedin twitter tiktok youtube threads mastodon bluesky pinterest telegram discord reddit google whatsapp"
    " messenger snapchat spotify paypal internet web"
    " maman papa mamie papy dieu god earth terre soleil lune mum dad bio story stories live post cgv cgu vf vo nb ps"
    " pst et al am pm gmt cet utc h24 fete fetes jour"
    " mother's father's mothers fathers meres peres valentine's st saint sainte st. bd av kg rt fb ig yt asap fyi lol"
    " mdr svp pls ps4 iban siret bac bts cap cdi cdd"
    " toc est sud nord ouest east west north south loi evin leaflet app store play apple android ios windows mac"
    " english french spanish german italian dutch"
    " british american european irish scottish welsh francais francaise anglais anglaise espagnol italien allemand"
    " europeen americain parisien"
) | words(
    "francaises europeens europeenne europeennes japonais japonaise chinois chinese japanese greek grec breton"
    " bretonne basque provencal"
)
_PLACE_LEAD = words("a au aux en chez in at near vers pres sur from to quartier gare ville region")
#: The share of capitalised words that makes a line a title.
_LOUD = 0.7


@dataclass(frozen=True, slots=True)
class Name:
    """A run of words at ``text[start:end]``; ``parts`` are its words without case or accents.

    ``vocative`` when it greets, thanks or signs.
    """

    start: int
    end: int
    parts: tuple[str, ...]
    kind: ClaimKind
    vocative: bool = False


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    low: str
    start: int
    end: int
    initial: bool
    joined: bool


def _tokens(text: str, closed: bytearray) -> list[_Token]:
    found: list[_Token] = []
    position = 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        word = match.group()
        elision = _ELISION.match(word)
        gap = text[position:start]
        initial = not found or not _WITHIN.issuperset(gap)
        if elision and elision.end() < len(word):
            lead = word[: elision.end()]
            if lead[0].isupper() or not initial:
                initial = False if lead[0].islower() else initial
            start += elision.end()
            word = word[elision.end() :]
        position = end
        found.append(_Token(word, plain_letters(word), start, end, initial, gap in (" ", "\u00a0", "\u202f", "")))
    return found


def is_town(low: str) -> bool:
    """True for a town, region or country of the shipped list."""
    return low in _towns()


def _towns() -> frozenset[str]:
    return _folded("places")


def _first_names() -> frozenset[str]:
    return _folded("first_names")


_FOLDED: dict[str, frozenset[str]] = {}


def _folded(name: str) -> frozenset[str]:
    if name not in _FOLDED:
        _FOLDED[name] = frozenset(plain_letters(one) for one in lexicon(name))
    return _FOLDED[name]


def is_first_name(low: str) -> bool:
    """True for a first name that is no ordinary word."""
    return low in _first_names()


def ordinary_words() -> frozenset[str]:
    """Words that name nothing however they are capitalised."""
    if "ordinary" not in _FOLDED:
        listed = (_PLAIN, ORDINARY, CALENDAR, stop_words("both"), lexicon("common_words"), lexicon("verbs"))
        _FOLDED["ordinary"] = frozenset(plain_letters(word) for several in listed for word in several) - _towns()
    return _FOLDED["ordinary"]


def bare(low: str) -> str:
    """A word without its possessive."""
    return low.removesuffix("'s").removesuffix("s'").removesuffix("’s")


def _is_name(token: _Token) -> bool:
    text = token.text
    if not text[0].isupper() or len(text) < 2:
        return False
    low = bare(token.low)
    if low in ordinary_words() or low.partition("'")[0] in (
        "i",
        "we",
        "you",
        "they",
        "it",
        "he",
        "she",
        "that",
        "there",
        "what",
    ):
        return False
    return not text.isupper() or (len(text) > 5 and not _is_shouted(text.lower()))


@lru_cache(maxsize=512)
def _is_shouted(low: str) -> bool:
    """True for a word of the dictionaries: in capitals it is said loud, and names nothing."""
    from copilot.text import spelling

    return any(found is not None and found.knows(low) for found in map(spelling.speller, spelling.LANGUAGES))


def _loud(text: str, token: _Token) -> bool:
    """True in a line of capitals or in Title Case: its capitals tell nothing."""
    start = text.rfind("\n", max(0, token.start - 240), token.start) + 1
    line = text[max(start, token.start - 240) : token.end + 240].partition("\n")[0]
    said = [word for word in _TOKEN.findall(line) if len(word) > 3][:60]
    if len(said) < 4:
        return text[token.start : token.end].isupper() and len(said) > 1 and all(word.isupper() for word in said)
    raised = sum(word[0].isupper() for word in said)
    return bool(raised == len(said) if len(said) < 6 else raised > _LOUD * len(said))


def find_names(text: str, closed: bytearray) -> Iterator[Name]:
    """The names of ``text`` (composed) outside ``closed``."""
    tokens = _tokens(text, closed)
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if not _is_name(token) or closed[token.start] or _hashtag(text, token.start):
            index += 1
            continue
        last = _run_end(text, tokens, index, closed)
        name = _name(text, tokens, index, last)
        if name:
            yield name
        index = last


def _hashtag(text: str, start: int) -> bool:
    return start > 0 and text[start - 1] in "#@＃"


def _run_end(text: str, tokens: list[_Token], first: int, closed: bytearray) -> int:
    last = first + 1
    while last < len(tokens) and last - first < 8:
        skip = last
        while skip < len(tokens) and skip < last + 2 and tokens[skip].low in _PARTICLES and tokens[skip].joined:
            skip += 1
        if skip >= len(tokens) or tokens[skip].initial or not tokens[skip].joined or closed[tokens[skip].start]:
            break
        if not (
            _is_name(tokens[skip])
            or (
                skip == last
                and tokens[skip].text[0].isupper()
                and len(tokens[skip].text) > 1
                and tokens[skip].low not in CALENDAR
            )
        ):
            break
        last = skip + 1
    return last


def _name(text: str, tokens: list[_Token], first: int, last: int) -> Name | None:
    before = [token.low for token in tokens[max(0, first - 2) : first]] if not tokens[first].initial else []
    opening = tokens[first].initial
    if opening and not _surely(tokens[first], last - first):
        first += 1
        while first < last and not _is_name(tokens[first]):
            first += 1
        if first >= last:
            return None
    while last > first + 1 and not _is_name(tokens[last - 1]) and not _is_surname(tokens, first, last):
        last -= 1
    if _loud(text, tokens[first]):
        return None
    run = tokens[first:last]
    parts = tuple(bare(token.low) for token in run if token.low not in _PARTICLES)
    place = _is_place(text, parts, before, opening and first > 0)
    vocative = bool(before and before[-1] in _VOCATIVE and not place) or _signs(text, run[0].start, run[-1].end)
    if not place and before and before[-1] in _VOCATIVE:
        place = False
    kind = ClaimKind.PLACE if place and not vocative else ClaimKind.NAME
    return Name(run[0].start, run[-1].end, parts, kind, vocative)


def _is_surname(tokens: list[_Token], first: int, last: int) -> bool:
    """True for the Fontaine of "Clara Fontaine", an ordinary word elsewhere."""
    if last != first + 2 or not is_first_name(tokens[first].low):
        return False
    low = tokens[last - 1].low
    return len(low) > 3 and low not in stop_words("both") and low not in _VOCATIVE and low not in _PLAIN


def _surely(token: _Token, length: int) -> bool:
    """True for a sentence's first word that is a name all the same."""
    low = bare(token.low)
    if could_call(low):
        return False
    if low in _folded("names_that_are_words") or low in _folded("ambiguous_names"):
        return length > 1 and is_first_name(low)
    return is_first_name(low) or (is_town(low) and length == 1)


def _is_place(text: str, parts: tuple[str, ...], before: list[str], opening: bool) -> bool:
    if is_town(" ".join(parts)) or is_town(parts[0]):
        return True
    lead = before[-1:] or [""]
    if lead[0] in _PLACE_LEAD or lead[0] in PLACE_NOUNS or parts[-1] in PLACE_ENDINGS:
        return not is_first_name(parts[0])
    return len(before) > 1 and lead[0] in _PARTICLES and (before[-2] in PLACE_NOUNS or before[-2] in ("a", "in", "at"))


def _signs(text: str, start: int, end: int) -> bool:
    """True for a name that closes the text as a signature."""
    rest = text[end:].strip(" .!\n\u00a0❤️💛💙🌿✨🙏")
    if len(rest) > 40 or any(mark in rest for mark in ".!?:") or sum(1 for _ in _TOKEN.finditer(rest)) > 6:
        return False
    return bool(_SIGNED.search(plain_letters(text[max(0, start - 30) : start]))) or text[:start].rstrip(
        " \u00a0"
    ).endswith(("\n", ",", "—", "–", "-"))


def as_mention(name: Name) -> Mention:
    """The name as a claim; a greeting or a signature is soft."""
    return Mention(
        name.kind,
        name.start,
        name.end,
        " ".join(name.parts),
        name.parts,
        about="vocative" if name.vocative else "",
        soft=name.vocative,
    )

"""Holds the names and places of a draft against the words of the sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from copilot.domain.claim import ClaimKind, Source
from copilot.text.claims.comparing import Found, around
from copilot.text.claims.mention import Mention
from copilot.text.claims.names import is_first_name, is_town
from copilot.text.claims.reading import Reading
from copilot.text.claims.stems import stem

_Known = Sequence[tuple[Source, Reading]]
#: The same place in both languages.
_EXONYMS = (
    "londres london|bruxelles brussels|geneve geneva|anvers antwerp|gand ghent|bale basel|lisbonne lisbon|rome"
    " roma|venise venice"
    "|milan milano|florence firenze|turin torino|naples napoli|vienne vienna|prague praha|varsovie warsaw|copenhague"
    " copenhagen"
    "|athenes athens|barcelone barcelona|seville sevilla|edimbourg edinburgh|douvres dover|cologne koln|munich"
    " munchen|hambourg hamburg"
    "|marseille marseilles|lyon lyons|dunkerque dunkirk|angleterre england|ecosse scotland|irlande ireland|allemagne"
    " germany|espagne spain"
    "|italie italy|suisse switzerland|belgique belgium|pays-bas netherlands|portugal portugal|grece greece|maroc"
    " morocco|tunisie tunisia"
    "|bretagne brittany|normandie normandy|bourgogne burgundy|corse corsica|alpes alps|pyrenees pyrenees|mediterranee"
    " mediterranean"
    "|autriche austria|danemark denmark|suede sweden|norvege norway|pologne poland|japon japan|chine china|etats-unis"
    " usa|montreal montreal"
    "|quebec quebec|nouvelle-aquitaine aquitaine|savoie savoy|camargue camargue|provence provence|tamise thames|rhin"
    " rhine|europe europe"
)
_SAME = {left: right for pair in _EXONYMS.split("|") for left, right in (pair.split(), pair.split()[::-1])}
_UNCUT = {"st": "saint", "ste": "sainte", "mt": "mont"}
_SAINTS = frozenset(["saint", "sainte", "st", "ste"])
_DEMONYMS = (
    "aises",
    "aise",
    "ais",
    "oises",
    "oise",
    "ois",
    "iennes",
    "ienne",
    "iens",
    "ien",
    "ains",
    "aine",
    "ain",
    "ites",
    "s",
)


def support(mention: Mention, known: _Known) -> Found | None:
    """The source that holds every word of the name; the one that holds them together first."""
    together = " ".join(mention.keys)
    fallback: Found | None = None
    for source, reading in known:
        places = [_place(part, reading) for part in mention.keys]
        if any(place is None for place in places):
            continue
        whole = reading.shadow.low.find(together)
        first = next(place for place in places if place is not None)
        if whole >= 0 and whole + len(together) <= len(reading.shadow.low):
            return Found(source, reading, whole, whole + len(together))
        fallback = fallback or Found(source, reading, first, first + _length(reading, first))
    return fallback or _apart(mention, known)


def _apart(mention: Mention, known: _Known) -> Found | None:
    """A first name in one source and a surname in another are still known."""
    found: Found | None = None
    for part in mention.keys:
        for source, reading in known:
            place = _place(part, reading)
            if place is not None:
                found = found or Found(source, reading, place, place + _length(reading, place))
                break
        else:
            return None
    return found


def _length(reading: Reading, start: int) -> int:
    low = reading.shadow.low
    end = start
    while end < len(low) and low[end].isalnum():
        end += 1
    return max(1, end - start)


def _place(part: str, reading: Reading) -> int | None:
    """Where the source writes the word, its twin in the other language, or what it derives from."""
    for form in _forms(part):
        place = reading.words.get(form)
        if place is not None:
            return place
    pieces = [_UNCUT.get(piece, piece) for piece in _pieces(part) if len(piece) > 1]
    pieces = [piece for piece in pieces if piece not in _SAINTS] or pieces
    if len(pieces) == 1 and pieces[0] in reading.words and pieces[0] != part:
        return reading.words[pieces[0]]
    if len(pieces) > 1 and all(piece in reading.words for piece in pieces):
        return reading.words[pieces[0]]
    joined = "".join(pieces)
    if len(pieces) > 1 and joined in reading.words:
        return reading.words[joined]
    if len(part) >= 5:
        return _inside(part, reading) or _translated(part, reading)
    return None


def _translated(part: str, reading: Reading) -> int | None:
    """The same common word in the other language: the "Lanterns" of "Nuit des Lanternes"."""
    if is_first_name(part):
        return None
    return reading.place_of_stem(stem(part))


def _inside(part: str, reading: Reading) -> int | None:
    """A name joined in a hashtag, a handle or a link: ``verdois`` of ``#MuseeVerdois`` or of ``verdois.fr``."""
    word = reading.word_with(part)
    return reading.words[word] if len(word) > len(part) + 2 else None


def _pieces(part: str) -> list[str]:
    return part.replace("’", "-").replace("'", "-").replace("&", "-").replace("‑", "-").split("-")


def _forms(part: str) -> Iterable[str]:
    yield part
    if part in _SAME:
        yield _SAME[part]
    if part.endswith("s") and len(part) > 3:
        yield part[:-1]
    yield part + "s"
    for ending in _DEMONYMS:
        if part.endswith(ending) and len(part) - len(ending) >= 3:
            yield part[: -len(ending)]
            yield part[: -len(ending)] + "e"


def contradiction(draft: Reading, mention: Mention, valid: _Known, others: _Known) -> Found | None:
    """Another name the sources give: another surname, another town, another model of the same range."""
    for source, reading in (*valid, *others):
        for one in reading.mentions[:1000]:
            if one.kind in (ClaimKind.NAME, ClaimKind.PLACE) and one.about != "code" and _rival(mention, one):
                return Found(source, reading, one.start, one.end)
    if mention.about == "vocative":
        return _another_person(mention, others)
    if mention.kind is ClaimKind.PLACE:
        return _another_place(draft, mention, valid)
    return None


def _rival(mention: Mention, one: Mention) -> bool:
    """True when the two share a word, or differ by a letter or two."""
    if set(mention.keys) & set(one.keys):
        return len(mention.keys) > 1
    return len(mention.keys) == len(one.keys) == 1 and _nearly(mention.keys[0], one.keys[0])


def _nearly(left: str, right: str) -> bool:
    if min(len(left), len(right)) < 4 or abs(len(left) - len(right)) > 2:
        return False
    return left[:3] == right[:3] and sorted(left)[:-2] != sorted(right)[:-2] and left[:4] == right[:4]


def _another_person(mention: Mention, others: _Known) -> Found | None:
    """The message is signed by somebody else than the one greeted."""
    for source, reading in others:
        lead, colon, _ = reading.shadow.low[:60].partition(":")
        words = lead.split()
        if colon and 0 < len(words) <= 4 and words[0].isalpha() and is_first_name(words[0]):
            return Found(source, reading, 0, len(lead.rstrip()))
        for one in reading.mentions[:200]:
            if one.about == "vocative" and one.kind is ClaimKind.NAME and is_first_name(one.keys[0]):
                return Found(source, reading, one.start, one.end)
    return None


def _another_place(draft: Reading, mention: Mention, valid: _Known) -> Found | None:
    wanted = draft.stems(draft.sentence(mention.start))
    rivals = [
        (len(wanted & around(reading, one)), source, reading, one)
        for source, reading in valid
        for one in reading.mentions[:1000]
        if one.kind is ClaimKind.PLACE and one.keys
    ]
    if not rivals:
        return None
    shared, source, reading, one = max(rivals, key=lambda each: each[0])
    if not shared and is_town(mention.keys[0]) and not is_town(one.keys[0]):
        return None
    return Found(source, reading, one.start, one.end)

"""What a reply needs to know of a message: its concern, the thing spoken of, a first name.

Nothing of the message is ever copied: reading it only chooses among words of our own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from copilot.domain.conversation import Tone
from copilot.playbook._library import GENERAL, Concern, Library, Praise, Topic, first_names, small_words
from copilot.playbook.grammar_fr import Thing

#: Only the beginning of a very long message is read: it bounds the time whatever is pasted.
READ_CHARACTERS = 4_000
#: A message this short may lean on the one before it ("moi aussi", "toujours rien").
SHORT_MESSAGE_WORDS = 6

#: Fewer words than this say nothing by themselves.
FEW_WORDS = 3
#: Words of a short message that point back to what was just said, whoever said it: at its start, anywhere.
_GOES_ON = re.compile(r"(?:et|alors|donc|mais|non|oui|si|ok|and|so|but|no|yes|yeah|still|toujours|encore)\b")
_POINTS_BACK = re.compile(
    r"\b(?:pareil|idem|moi aussi|nous aussi|meme (?:chose|probleme|souci|cas)|la meme|le meme"
    r"|comme (?:lui|elle)|plus un|same|me too|us too|ditto|likewise|as well|also|agree"
    r"|toujours (?:rien|pas)|still (?:nothing|no|not|waiting))\b"
)

#: A greeting or a tag of friends is not longer than this.
PLAIN_CHARACTERS = 200
_UNKIND = frozenset("😡🤬👎😠🤮🤢💩😤😒🙄😞😢😭💔🖕😔😩😫🤦🤡😑😐🐍⚠")

_NOT_WORDS = re.compile(r"https?://\S+|www\.\S+|\S*@\S+|#\S+")
_NAME = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")


def fold(text: str) -> str:
    """Lower-case words without accents, separated by single spaces; links, handles and hashtags left out."""
    plain = _NOT_WORDS.sub(" ", text[:READ_CHARACTERS])
    plain = plain.replace("œ", "oe").replace("Œ", "oe").replace("æ", "ae")
    letters = (c for c in unicodedata.normalize("NFKD", plain).lower() if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in letters).split())


def points_back(folded: str) -> bool:
    """True for a short folded message that makes sense only after the one before it."""
    return (
        len(folded.split()) < FEW_WORDS or _GOES_ON.match(folded) is not None or _POINTS_BACK.search(folded) is not None
    )


def cue_weight(pattern: re.Pattern[str] | None, folded: str) -> int:
    """How strongly a folded text calls a concern up: the words of its distinct cues found."""
    if pattern is None:
        return 0
    return sum(len(found.split()) for found in set(pattern.findall(folded)))


def topics_of(library: Library, folded: str, triaged: Sequence[str]) -> tuple[str, ...]:
    """The topics of triage, then those whose words are in the message, the clearest first."""
    weighed = [(cue_weight(topic.words, folded), name) for name, topic in library.topics.items()]
    seen = [name for weight, name in sorted(weighed, key=lambda found: -found[0]) if weight]
    return tuple(dict.fromkeys([*triaged, *seen]))


def subject_of(library: Library, folded: str, triaged: Sequence[str]) -> Topic:
    """What the message is about, as a subject of conversation."""
    own = topics_of(library, folded, ())
    for name in (*own, *triaged):
        if name in library.topics:
            return library.topics[name]
    return library.topics[GENERAL]


def concern_of(library: Library, folded: str, triaged: Sequence[str]) -> Concern:
    """What the message complains of; the general concern when nothing fits."""
    best, best_score = library.concerns[-1], 0
    for concern in library.concerns:
        weight = cue_weight(concern.cues, folded)
        score = _score(weight, concern.topic, concern.default, triaged) + (concern.boost if weight else 0)
        if score > best_score:
            best, best_score = concern, score
    return best


def praise_of(library: Library, folded: str, triaged: Sequence[str]) -> Praise:
    """What the message praises; the general thanks when nothing fits."""
    best, best_score = library.praises[-1], 0
    for praise in library.praises:
        score = _score(cue_weight(praise.cues, folded), praise.topic, praise.default, triaged)
        if score > best_score:
            best, best_score = praise, score
    return best


def _score(weight: int, topic: str, default: bool, triaged: Sequence[str]) -> int:
    """Cues count double; the first topic of triage 3, another 2. Without a cue only a topic's default may serve."""
    if not weight and not default:
        return 0
    place = (3 if triaged[0] == topic else 2) if topic in triaged else 0
    return 2 * weight + place


def thing_of(library: Library, folded: str, concern: Concern) -> Thing | None:
    """The thing the concern is about: the one of the message when it fits, else the concern's own."""
    found = [
        (concern.kinds.index(thing.kind), match.start(), thing)
        for words, thing in library.things
        if thing.kind in concern.kinds and (match := words.search(folded))
    ]
    if found:
        return min(found, key=lambda entry: entry[:2])[2]
    return library.thing_named(concern.noun) if concern.noun else None


def any_cue(folded: str, cues: Iterable[re.Pattern[str] | None]) -> bool:
    """True when one of the patterns is in the folded text."""
    return any(pattern is not None and pattern.search(folded) for pattern in cues)


def is_blank(message: str) -> bool:
    """True when the message shows nothing to read: no letter, no figure, no emoji."""
    return not any(unicodedata.category(c)[0] in "LNS" for c in message[:READ_CHARACTERS])


def is_plain(message: str, tone: Tone) -> bool:
    """True when the message is only a greeting, kind emoji or a tag of friends."""
    if tone is Tone.NEGATIVE or len(message) > PLAIN_CHARACTERS or any(c in _UNKIND for c in message):
        return False
    return all(word in small_words("greetings") for word in fold(message).split()) and not is_blank(message)


def greeting_name(author_name: str) -> str:
    """The first name to greet with, or nothing when ``author_name`` is not clearly a person's name.

    A name of the shipped list is used; another only when a surname follows it as an initial or in capitals.
    Handles, digits, emoji, braces, more than four words: no name at all.
    """
    if len(author_name) > 60:
        return ""
    words = unicodedata.normalize("NFC", author_name).split()
    if not 1 <= len(words) <= 4 or not all(_NAME.fullmatch(word.removesuffix(".")) for word in words):
        return ""
    known = next((word for word in words[:2] if _listed(word)), "")
    if known and (known == words[0] or words[0].isupper()):
        return _listed(known)
    return words[0] if len(words) == 2 and _surname_shown(words[1]) and _looks_given(words[0]) else ""


def _listed(word: str) -> str:
    """``word`` with its capitals when it is in the list of first names, else nothing."""
    pieces = word.split("-")
    if len(pieces) > 2 or not all(fold(piece) in first_names() for piece in pieces):
        return ""
    return "-".join(piece if piece.istitle() else piece.capitalize() for piece in pieces)


def _surname_shown(word: str) -> bool:
    return (len(word) == 2 and word.endswith(".") and word[0].isupper()) or (len(word) > 2 and word.isupper())


def _looks_given(word: str) -> bool:
    return 3 <= len(word) <= 14 and word.istitle() and word.isalpha()

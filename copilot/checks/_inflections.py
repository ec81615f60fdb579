"""The forms of a French or English word: plurals, feminines, the tenses of a verb in -er, -s, -ed and -ing."""

from __future__ import annotations

from functools import lru_cache

from copilot.text.lexicons import words

_VERB_ENDINGS = words(
    "er e es ons ez ent ais ait ions iez aient ai as a ames ates erent erai eras era erons erez eront erais erait"
    " erions eriez eraient ant ante ants antes ee ees"
)
# Ends of a masculine word, and what its feminine ends in.
_FEMININES = (
    ("eux", ("euse",)),
    ("teur", ("teuse", "trice")),
    ("eur", ("euse", "eure")),
    ("if", ("ive",)),
    ("ien", ("ienne",)),
    ("er", ("ere",)),
    ("el", ("elle",)),
    ("eil", ("eille",)),
    ("et", ("ette", "ete")),
    ("on", ("onne",)),
    ("en", ("enne",)),
    ("eau", ("elle",)),
    ("fou", ("folle",)),
    ("ou", ("olle",)),
    ("gros", ("grosse",)),
    ("bas", ("basse",)),
    ("ais", ("aise",)),
    ("ois", ("oise",)),
    ("aux", ("ausse",)),
    ("oux", ("ouce", "ousse")),
    ("anc", ("anche",)),
    ("ic", ("ique",)),
)
# Ends that take a plain -e: adjectives and participles.
_PLAIN_FEMININE = (
    "al",
    "ul",
    "il",
    "at",
    "it",
    "ut",
    "nt",
    "nd",
    "rd",
    "ld",
    "ert",
    "ourt",
    "aud",
    "oid",
    "ain",
    "in",
    "un",
    "ur",
    "u",
    "i",
)
_SURE_FEMININE = ("aut", "ert", "eul", "oli")
# English nouns or verbs of which another word in -ing or -ed is made.
_NO_ING = words("market build train meet print paint engineer dress cloth found hear brand")


@lru_cache(maxsize=1024)
def inflections(word: str, *, alone: bool = True) -> tuple[str, ...]:
    """The forms of a folded ``word``, the longest first. A short word is left as it is, but alone for its plural."""
    forms = {word}
    if len(word) < 4:
        if alone and word.isalpha() and word[-1] not in "sxz":
            forms.add(f"{word}s")
    elif word.isalpha():
        forms |= _plurals(word) | _feminines(word) | _verb(word) | _english(word)
    return tuple(sorted(forms, key=lambda form: (-len(form), form)))


def _plurals(word: str) -> set[str]:
    forms = set() if word[-1] in "sxz" else {f"{word}s"}
    if word.endswith("al"):
        forms.add(f"{word[:-1]}ux")
    if word.endswith(("eau", "eu", "ou")):
        forms.add(f"{word}x")
    if word.endswith("y"):
        forms.add(f"{word[:-1]}ies")
    if word.endswith(("ch", "sh", "ss")):
        forms.add(f"{word}es")
    return forms


def _feminines(word: str) -> set[str]:
    forms: set[str] = set()
    for ending, others in _FEMININES:
        if word.endswith(ending):
            forms |= {word[: -len(ending)] + other for other in others}
    if word.endswith(_SURE_FEMININE) or (len(word) >= 5 and word.endswith(_PLAIN_FEMININE)):
        forms.add(f"{word}e")
    return forms | {f"{form}s" for form in forms}


def _verb(word: str) -> set[str]:
    """The forms of an infinitive in -er, or of an order in -ez."""
    if not word.endswith(("er", "ez")) or len(word) < 5:
        return set()
    stem = word[:-2]
    stems = {stem, f"{stem}e"} if stem.endswith("g") else {stem}
    if stem.endswith("y"):
        stems.add(f"{stem[:-1]}i")
    if stem.endswith(("l", "t")) and stem[-2:-1] == "e":
        stems.add(stem + stem[-1])
    return {f"{one}{ending}" for one in stems for ending in _VERB_ENDINGS}


def _english(word: str) -> set[str]:
    if len(word) < 5 or word in _NO_ING or word.endswith(("er", "ez", "ing", "ed", "s", "x")):
        return set()
    if word.endswith("e"):
        return {f"{word}d", f"{word[:-1]}ing"} if len(word) >= 6 else set()
    return {f"{word}ed", f"{word}ing"}

"""Words brought down to their root, so that "vous aimez" meets "nous aimons", and "thirty kilos" meets "30 kg"."""

from __future__ import annotations

import re
from functools import lru_cache

from copilot.checks._phrases import page
from copilot.text.lexicons import words

_ENDINGS = (
    *("eraient", "erions", "eriez", "erons", "eront", "erait", "erais", "issent", "issons", "issez", "aient", "erez"),
    *("erai", "ions", "ants", "ante", "iez", "ant", "ees", "ons", "ent", "ait", "ais", "ing", "ez", "er", "es", "ee"),
    *("ed", "ly", "e", "s", "x"),
)
_SHORTEST = 3
_LONGEST = 7
#: Words too common, or too much of the manner of asking and answering, to show where a sentence comes from.
_SMALL = words(
    "a au aux avec c ca ce cela ces cet cette ceci chez comme d dans de des donc du elle elles en encore et "
    "eux il ils j je l la le les leur leurs lui m ma mais me meme mes moi mon n ne ni nos notre nous on or ou "
    "par parce pas plus pour puis qu quand que quel quelle qui quoi s sa sans se ses si son sont sous sur t "
    "ta te tes toi ton tous tout toute toutes tres trop tu un une vos votre vous y est suis es sommes etes "
    "etait etre ete soit sera serait ai as avez avons avoir ont aura fait faire fais faites faisons font va "
    "vais allez allons aller vont peu peut peux pouvez pouvons pourrez possible possibles dit dire dites "
    "disons bien bon bonne alors ainsi aussi ici la oui non ok si jamais rien aucun aucune merci bonjour "
    "bonsoir salut svp stp plait reponse reponses repondre message messages commentaire mot mots phrase nom "
    "mention formule expression ligne fin debut normal vrai juste simplement publique an and any are as at be "
    "been being but by can could did do does for from had has have he hello her here hers hi him his how i if "
    "in into is it its just like me mine more most my no nor not of off on only or our ours out own please "
    "pls really she should so some somewhere such than thank thanks that the their them then there these they "
    "this those to too up us very was we were what when which who whom why will with would yes you your yours "
    "never must may might also all answer answers reply replies response comment word words sentence name "
    "line end start re ll ve don doesn isn aren won wouldn"
)
#: Roots of what is done by answering at all.
_SPOKEN = words("confirm precis indiqu mention rappel annonc state stat specify note noted mentionn")
_SAME = {
    **dict.fromkeys(("kilo", "kilos", "kilogramme", "kilogrammes", "kgs", "kilogram", "kilograms"), "kg"),
    **dict.fromkeys(("kilometre", "kilometres", "kilometer", "kilometers", "kms"), "km"),
    **dict.fromkeys(("metre", "metres", "meter", "meters"), "metr"),
    **dict.fromkeys(
        ("vient", "viens", "viennent", "venir", "venez", "venons", "venu", "venue", "provient", "proviennent"), "ven"
    ),
    **dict.fromkeys(("prend", "prends", "prennent", "prenez", "prenons", "prendre", "prendra"), "pren"),
    **dict.fromkeys(("tient", "tiens", "tiennent", "tenez", "tenons", "tenir"), "ten"),
    **dict.fromkeys(("met", "mets", "mettent", "mettez", "mettons", "mettre"), "met"),
    **dict.fromkeys(("come", "comes", "came", "coming"), "come"),
    **dict.fromkeys(("catch", "catches", "caught"), "catch"),
    **dict.fromkeys(("heure", "heures", "h"), "heur"),
}
_WORD = re.compile(r"[^\W_]+")
#: What denies within a clause.
NEGATED = re.compile(
    r"(?<!\w)(?:ne|n'|pas|jamais|aucune?|sans|ni|non|not|never|no|don't|doesn't|isn't|aren't|won't|can't|cannot|without"
    r"|nobody|personne|nul|nulle)(?!\w)|n't(?!\w)"
)


@lru_cache(maxsize=4096)
def root(word: str) -> str:
    """The root of one folded word; empty for a word that shows nothing."""
    if word in _SAME:
        return _SAME[word]
    if word in _SMALL or (len(word) == 1 and not word.isdigit()):
        return ""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            word = word[: -len(ending)]
            break
    if len(word) > _SHORTEST and word[-1] == word[-2] and word.isalpha():
        word = word[:-1]
    return "" if word in _SPOKEN else word[:_LONGEST]


@lru_cache(maxsize=64)
def roots(text: str) -> frozenset[str]:
    """The roots of the words of ``text``, its numbers in figures whichever way they are written."""
    return frozenset(found for word in _WORD.findall(in_figures(page(text).plain)) if (found := root(word)))


def in_figures(plain: str) -> str:
    """``plain`` (folded) with the numbers it says in words written in figures."""
    from copilot.text.claims.numerals import rewrites

    pieces: list[str] = []
    at = 0
    for start, end, written in rewrites(plain):
        pieces += [plain[at:start], f" {written} "]
        at = end
    return "".join([*pieces, plain[at:]])

"""The words of a text with a rough part of speech: closed lists, endings and what stands beside each.

Codes: D determiner, P linker that may stand inside a phrase, p other preposition, C coordinator, S subject or clitic
(a verb follows), V verb, A verb or noun, E participle, J adjective of praise or degree, T day or month, U number,
X adverb or other small word, N anything else, W written as a name, ``.`` end of a sentence, ``,`` any other sign,
Z link, address or tag.
"""

from __future__ import annotations

import re
from functools import lru_cache

from copilot.text.facts.dates import MONTHS, WEEKDAYS
from copilot.text.keywords.verb_forms import verb_forms
from copilot.text.lexicons import lexicon, stop_words, words

_MARK = "\u0300-\u036f"
_TOKEN = re.compile(
    r"(?P<noise>(?:https?://|www\.)\S+|[@#＃][\w" + _MARK + r"]+)"
    r"|(?P<elided>(?:[dljmtscn]|qu|jusqu|lorsqu|puisqu)')(?=\w)"
    r"|(?P<number>\d[\w.,:/%€$£²-]*)"
    r"|(?P<word>[^\W_][\w" + _MARK + r"]*(?:[-‑'.@&+][^\W_][\w" + _MARK + r"]*)*)"
    r"|(?P<sign>[^\w\s])",
    re.IGNORECASE,
)
_SMALL = {
    "fr": {
        "D": "le la les l' un une ce cet cette ces mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs "
        "chaque plusieurs quelques aucun aucune tout toute tous toutes quel quelle quels quelles",
        "P": "de d' du des à au aux en",
        "p": "pour avec sur dans chez par sans contre entre vers depuis pendant avant après sous selon dès jusqu' "
        "jusque hors durant via parmi devant derrière malgré sauf près autour lors",
        "C": "et ou mais ni puis",
        "S": "je j' tu il elle on nous vous ils elles qui ne n' se s' me m' te t' y lui c' qu' que "
        "est sont était étaient sera "
        "seront serait être été suis sommes êtes a ont avait avaient ai avons avez aura auront ayant étant",
    },
    "en": {
        "D": "the a an this these those my your his her its our their each every some any no both all another such",
        "P": "of",
        "p": "for with on in at by from into over under between near about through until before after since without "
        "during across within against around towards toward near off onto upon than as behind below above",
        "C": "and or but plus nor so then",
        "S": "i you he she it we they who which that will would can could should must shall to let's don't doesn't "
        "didn't won't can't not us them me i'm we're you're they're it's he's she's we've i've they've we'll you'll "
        "they'll i'll there's that's please be been being am is are was were has have had do does did may might",
    },
}
#: After one of them, even an unknown word is a verb.
_STRICT = words(
    "je j' tu il elle on ils elles qui ne n' se s' y i he she we they who will would can could should must shall "
    "don't doesn't didn't won't can't let's please i'll we'll you'll they'll"
)
_FRENCH_VERB = re.compile(r".{3,}(?:ez|aient|issent|issons|erons|eront|erait|[^m]ent)$|.{2,}[^o]ir$")
_NO_VERB = words(
    "nez rez assez chez rendez-vous corez environs plaisir loisir désir souvenir avenir cuir tir élixir martyr "
    "saphir menhir émir nadir zéphyr fakir tapir soupir kéfir cachemire repentir repartir kir triskir client agent "
    "parent talent accent vent argent président adolescent patient étudiant ingrédient continent événement "
    "évènement récipient couvent content récent fréquent excellent différent urgent permanent intelligent cohérent "
    "émergent évident innocent prudent violent présent absent lent souvent équivalent adhérent résident influent "
    "ascendant descendant concurrent référent trident serpent torrent contingent régent onguent tangent transparent "
    "apparent turbulent opulent pertinent divergent convergent latent décent indécent négligent exigent détergent "
    "astringent oriflent affluent effervescent convalescent fluorescent incandescent phosphorescent réticent "
    "adjacent indulgent pénitent compétent impatient inconscient conscient efficient coefficient quotient orient "
    "occident accident incident antécédent précédent dent chiendent trent kent gent sergent arpent auvent paravent"
)
#: What is written short in notes.
_NOTES = {
    "fr": {"p": "ds pr ss av", "X": "c ac nvelle nveau nvx bcp tjrs pdt cad càd qd dc mtn auj rdv cf max min env"},
    "en": {"p": "w w/", "X": "cos coz bc b/c ppl pls plz tbh btw til till tho thru asap etc approx incl esp"},
}
_NETWORKS = "linkedin facebook instagram insta tiktok twitter youtube mastodon bluesky pinterest newsletter snapchat"
#: Units: after a number they are part of it.
UNITS = words(
    "km kms cm mm m mètre mètres kilomètre kilomètres centimètres g kg gr grammes kilos kilo tonnes tonne l cl ml "
    "dl litre litres ha hectares hectare m2 m² kw kwh mw go mo gb mb ans an h min mn s j ko metre metres meter "
    "meters kilometres miles mile mi ft feet inches inch lb lbs oz pint pints acres acre tons gallons yrs yr degrés "
    "degrees points pts % € euros £ $ exemplaires personnes people places couverts pages"
)
#: Small words a writer shouts.
_SHOUTED = words(
    "NOT NO PAS NE SANS ONLY ALL VERY MUST DO DONT TRÈS TOUS TOUT BIEN OUI NON YES AND OR ET OU ATTENTION NB"
)
#: Participles that look like a base form: after a noun and before a preposition they are verbs.
_SHORT_PARTICIPLES = words("set made built run held led born cut hit shot sold bought told kept left put read written")
_ADVERB = {
    "fr": re.compile(r".{2,}(?:amment|emment|(?:eus|iv|ell|iqu|al|air|abl|ibl|èr|uit|ist|iell)ement)$"),
    "en": re.compile(r".{3,}ly$"),
}
_NO_ADVERB = words(
    "family assembly supply reply july italy butterfly jelly belly fly monopoly anomaly homily traitement "
    "emballement renouvellement signalement règlement équipement déplacement lancement revêtement allaitement "
    "hurlement"
)
_PARTICIPLE = re.compile(r".{2,}ed$")
_PARTICIPLE_FR = re.compile(r".{3,}(?:és?|ées?)$")
_NO_PARTICIPLE = words(
    "seed feed weed reed breed shed sled steed creed greed deed tweed speed hundred embed biped seabed flowerbed "
    "sacred infrared kindred"
)
_ENDS = frozenset('.!?…:;•·|"“”«»*')


class Word:
    """A word or a sign: where it is, its text, its text in lower case, its code, whether it begins a sentence."""

    __slots__ = ("begins", "code", "end", "low", "start", "text")

    def __init__(self, start: int, end: int, text: str, low: str, code: str, begins: bool) -> None:
        self.start = start
        self.end = end
        self.text = text
        self.low = low
        self.code = code
        self.begins = begins


@lru_cache(maxsize=2)
def codes(language: str) -> dict[str, str]:
    """The code of each known word of ``fr`` or ``en``."""
    sure, double = verb_forms(language)
    known = dict.fromkeys(sure, "V")
    if language == "en":
        known |= dict.fromkeys((form for form in sure if form.endswith("ed")), "E")
    known |= dict.fromkeys(double, "A")
    known |= dict.fromkeys(stop_words(language) | lexicon("hashtag_small"), "X")
    known |= dict.fromkeys(lexicon("hashtag_praise"), "J")
    known |= dict.fromkeys((name for name in (*MONTHS, *WEEKDAYS)), "T")
    known |= dict.fromkeys((f"{name}s" for name in WEEKDAYS), "T")
    known |= dict.fromkeys(words("mon tue wed thu fri sat sun jan feb janv févr avr juil sept oct nov déc dec"), "T")
    for table in (_SMALL, _NOTES):
        for code, listed in table[language].items():
            known |= dict.fromkeys(listed.split(), code)
    return known | dict.fromkeys(_NETWORKS.split(), "X")


@lru_cache(maxsize=20_000)
def _guessed(low: str, language: str) -> str:
    """The code of a word in no list, by its ending."""
    if len(low) > 40:
        return "N"
    if "." in low or "@" in low:
        return "Z"
    if language == "fr" and _FRENCH_VERB.match(low) and low not in _NO_VERB and "-" not in low:
        return "V"
    if language == "fr" and low.endswith(("-vous", "-nous", "-toi", "-moi", "-tu", "-on")):
        return "V" if low != "rendez-vous" else "N"
    if _ADVERB[language].match(low) and low not in _NO_ADVERB:
        return "X"
    if language == "en" and low.endswith("n't"):
        return "S"
    if language == "en" and _PARTICIPLE.match(low) and low not in _NO_PARTICIPLE:
        return "E"
    return "N"


def read(text: str, start: int, end: int, language: str) -> list[Word]:
    """The words and signs of ``text[start:end]``; its apostrophes are the straight ones."""
    known = codes(language)
    found: list[Word] = []
    begins = True
    for match in _TOKEN.finditer(text, start, end):
        kind = match.lastgroup
        shown = match.group()
        if kind in {"word", "elided"}:
            stop = match.end()
            if language == "en" and shown[-2:] == "'s" and shown[0].isupper() and _owns_common(text, stop, end):
                # "Ink & Tide's open submissions": two phrases.
                shown, stop = shown[:-2], stop - 2
            low = shown.lower()
            code = known.get(low) or _guessed(low, language)
            found.append(Word(match.start(), stop, shown, low, code, begins))
            if stop < match.end():
                found.append(Word(stop, match.end(), "'s", "'s", ",", False))
            begins = False
        elif kind == "number":
            found.append(Word(match.start(), match.end(), shown, shown, "U", begins))
            begins = shown[-1] in ".:"
        elif kind == "noise":
            found.append(Word(match.start(), match.end(), shown, shown, "Z", False))
        else:
            begins = begins or shown in _ENDS
            if shown == "'" or (shown == "-" and begins and not found):
                continue
            code = "P" if shown == "&" else "." if shown in _ENDS else ","
            found.append(Word(match.start(), match.end(), shown, shown, code, False))
    _names(found)
    _settle(found, language)
    return found


def _owns_common(text: str, at: int, end: int) -> bool:
    """Whether a word in small letters comes next."""
    return at + 1 < end and text[at] == " " and text[at + 1].islower()


def _names(found: list[Word]) -> None:
    """Mark the words written as names: capitals inside a sentence, unless the whole line is in capitals."""
    letters = [word for word in found if word.code not in ".,ZU" and len(word.text) > 3]
    upper = sum(1 for word in letters if word.text[0].isupper())
    if len(letters) >= 3 and upper >= 0.8 * len(letters) and not _is_one_name(found):
        return
    for index, word in enumerate(found):
        if word.text[0].isupper() and word.code not in ".,ZU":
            after = found[index + 1] if index + 1 < len(found) else None
            followed = after is not None and after.text[0].isupper() and after.code in "NAVJEW"
            if _is_name(word, followed=followed):
                word.code = "W"


def _is_name(word: Word, *, followed: bool) -> bool:
    """Whether a word with a capital is a name: not by its place in the sentence alone, an acronym anywhere."""
    shouted = 1 < len(word.text) <= 5 and word.text.isupper() and word.text not in _SHOUTED
    if word.code in "NAVJE":
        return not word.begins or shouted or (followed and word.code in "NAJ")
    if word.begins:
        return False
    if shouted and word.low != "as" and word.low in stop_words("fr"):
        return False
    return shouted if word.code in "SXpPC" else word.code == "D" and followed and word.text[-1] != "'"


def _is_one_name(found: list[Word]) -> bool:
    """A short line in capitals without a verb: a name or a title, its capitals are right."""
    return len(found) <= 7 and not found[0].text.isupper() and not any(word.code == "S" for word in found)


def _settle(found: list[Word], language: str) -> None:
    """Decide between verb and noun by the neighbours."""
    before = "."
    last = None
    count = len(found)
    for index, word in enumerate(found):
        code = word.code
        if code == "A":
            after = found[index + 1] if index + 1 < count else None
            code = word.code = "V" if _acts(word, last, before, after, language) else "N"
        elif last is not None and before == "S" and code in "NJ" and last.low in _STRICT and word.text[0].islower():
            code = word.code = "V"
        elif (
            code == "V"
            and language == "fr"
            and _PARTICIPLE_FR.match(word.low)
            and (before == "D" or (before == "U" and word.low[-1] == "s"))
        ):
            # Only a noun comes after a determiner: « les remontées », « 7 randonnées ».
            code = word.code = "N"
        elif code == "U" or (before == "U" and word.low in UNITS):
            code = word.code = "U"
        elif word.low in ("last", "next") and word.text[0].islower():
            code = word.code = "X"
        elif code == "E":
            after = found[index + 1] if index + 1 < count else None
            takes = before not in "SNWX" and after is not None and after.code in "NAW"
            code = word.code = "N" if takes else "V"
        # An adverb between a subject and its verb hides nothing: "can now record".
        if code != "X" or before != "S":
            before, last = code, word


def _acts(word: Word, previous: Word | None, before: str, after: Word | None, language: str) -> bool:
    """Whether a form that may be a noun is a verb there."""
    following = after.code if after else "."
    if before == "S":
        return True
    if before in "DPpJU":
        return False
    if before in "NW":
        if language == "fr":
            # A name is followed by no noun without a linker: « Longval récolte jouets ».
            told = before == "W" and word.text[0].islower() and following in "NWJU"
            return told or following in "DS" or (after is not None and after.low == "des")
        if word.low in _SHORT_PARTICIPLES and following == "p":
            return True
        if before == "W" and following == "W" and word.low.endswith("s") and word.text[0].islower():
            return True
        plural = previous is not None and previous.code == "N" and previous.low.endswith("s")
        return following in "DS" or (word.low.endswith("s") != plural and following in "DSUpXEJAW")
    if before in ".,C":
        return following == "D" or (language == "en" and following in "SX") or (word.low.endswith("ez"))
    return False

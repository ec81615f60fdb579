"""What a word alone says of being a name: it is a given name, an ordinary word, a place, a brand, somebody famous."""

from __future__ import annotations

import re
from functools import lru_cache

from copilot.text.lexicons import folded, lexicon, stop_words, words
from copilot.text.personal._nouns import SURNAMES
from copilot.text.spelling import LANGUAGES, load
from copilot.text.spelling._forms import Forms, key

#: "Merciii", "Sooo": a letter drawn out.
_DRAWN = re.compile(r"([^\W\d_])\1{2,}", re.IGNORECASE)
#: How surnames of the Maghreb, of West Africa, of Ireland, of Flanders begin; how those of the East of Europe, of the
#: Balkans, of Greece, of the Caucasus, of Turkey, of the North end. Without accents.
_WRITTEN_LIKE_ONE = re.compile(
    r"(?:ben(?:ab|ai|am|ch|dj|gu|ha|hi|ho|je|ki|kh|ma|mo|mi|na|sa|sl|ta|ya|yo|ze|zi)|bou(?:az|ch|ha|kh|kr|ma|me|sl|za"
    r"|zi)|bel(?:ha|ka)|abdel|ould|mb|nd|nk|nz|nguess?|mc|fitz|o'|vande[nr]?)[a-z]{3,12}"
    r"|[a-z]{3,12}(?:owsk[iay]|ewsk[iay]|insk[iay]|ynsk[iay]|[oe]wicz|czyk|escu|oglu|[aeo]vic|enko|sson|poulos|akis"
    r"|idis|shvili|adze|ssian|sarian|ouchi|aoui|eault|eaud)"
)
#: Longer words are nobody's name; looking them up would cost.
LONGEST_WORD = 40


class Word:
    """What is known of a word, whatever its case: a sum of these. Plain numbers: each word of each text is asked."""

    UNKNOWN = 0
    GIVEN = 1
    ORDINARY = 2
    STOP = 4
    PLACE = 8
    BRAND = 16
    FIGURE = 32


#: Letters of a given name from which another spelling of it is recognised.
LONG_NAME = 6
#: A part of a double surname has more letters.
SHORTEST_PART = 2
#: What keeps a capital from meaning a person.
ELSEWHERE = Word.PLACE | Word.BRAND | Word.FIGURE

#: Written so in comments, in no dictionary.
_CHAT = words(
    "slt bjr bsr cdt cdlt svp stp mdr ptdr lol lmao lmfao omg wtf btw imo idk ngl tbh tbf jte jvous jfais tjs"
    " tjrs toujrs pk pq pcq"
    " qqun qqn qqch qd bcp dsl tkt mtn auj ajd tt tte tts ds ns vs pr prr rdv sav rgpd iban rib bic bon cad"
    " chez dm dms mp pm gg ok okay"
    " yes yeah yep nope nah gonna wanna gotta dunno thx ty tysm pls plz ppl cuz cos coz ur u r im ive dont"
    " doesnt didnt cant wont isnt"
    " wasnt arent thats whats theres youre theyre hes shes lets aint couldnt wouldnt shouldnt hasnt havent xx"
    " xxx xo hmm pfff bah ben beh"
    " st ste nada niet ouais ouai nan nn wsh wesh askip jsp jpp jsuis cest ca deja tres apres meme etre ete voila"
    " merci mercii bravoo dat dis dem hella thang bruh fam chérie chéri cherie gdpr asap faq usa uk"
    " amicalement cordialement salutations mvmm nss nir cb tva ht ttc hs suv vtt vae tv pc gps usb led lcd ssd"
    " koi kwa kwoi kelle keske kesk pkoi pourkoi kom cmt cmnt coment jamè vréman chui dmain ojd"
    " hdmi api url app apps wifi"
    " insta fb yt tiktok mms sms mail mails e-mail email emails online offline click drive retrait livreur"
    " feedback refund insta website rgds signé signée"
)
_CONTRACTED = ("'m", "'d", "'ve", "'ll", "'re", "'t", "'all")


@lru_cache(maxsize=1)
def _given() -> frozenset[str]:
    return frozenset(
        folded(name)
        for listed in ("first_names", "given_names", "ambiguous_names", "names_that_are_words")
        for name in lexicon(listed)
    )


@lru_cache(maxsize=1)
def _seldom_given() -> frozenset[str]:
    """Names of few people: with a capital only, and no other spelling of them is guessed."""
    return frozenset(folded(name) for name in lexicon("seldom_given_names"))


@lru_cache(maxsize=1)
def _dictionaries() -> tuple[Forms, ...]:
    return tuple(speller.forms for speller in map(load, LANGUAGES) if speller)


@lru_cache(maxsize=1)
def _places() -> frozenset[str]:
    return frozenset(folded(name) for name in lexicon("places") | lexicon("more_places"))


@lru_cache(maxsize=1)
def _brands() -> frozenset[str]:
    return frozenset(folded(name) for name in lexicon("brand_names"))


@lru_cache(maxsize=1)
def _figures() -> frozenset[str]:
    return frozenset(folded(name) for name in lexicon("public_figures"))


@lru_cache(maxsize=1)
def _surnames() -> frozenset[str]:
    # Plain names are shared with the list they come from.
    return frozenset(name if name.isascii() else folded(name) for name in lexicon("surnames"))


def is_listed(word: str) -> bool:
    """True for a surname of the list."""
    return folded(bare(word)) in _surnames()


@lru_cache(maxsize=1 << 13)
def is_family(word: str) -> bool:
    """True for a frequent surname, or a word written like one and in no list: "Nguyen", "Wasilkowski"."""
    if known(word):
        return False
    flat = folded(bare(word))
    if "-" in flat:
        parts = flat.split("-")
        families = [part in _surnames() or part in SURNAMES for part in parts]
        return any(families) and all(
            len(part) > SHORTEST_PART and (family or known(part.capitalize()) == Word.GIVEN)
            for part, family in zip(parts, families, strict=True)
        )
    return is_listed(word) or _WRITTEN_LIKE_ONE.fullmatch(flat) is not None


@lru_cache(maxsize=1 << 14)
def is_elsewhere(phrase: str) -> bool:
    """True when ``phrase``, words joined by hyphens, is a brand, a feast or somebody famous with several words."""
    flat = folded(phrase)
    if flat in _brands() or flat in _places() or flat in _figures():
        return True
    plain = bare(phrase)
    return plain != phrase and is_elsewhere(plain)


def is_figure(phrase: str) -> bool:
    """True when ``phrase``, words joined by hyphens, is the whole name of somebody famous."""
    return "-" in phrase and folded(phrase) in _figures()


def bare(word: str) -> str:
    """``word`` with plain apostrophes, without the English possessive."""
    return word.replace("’", "'").replace("‑", "-").removesuffix("'s").removesuffix("'S")


@lru_cache(maxsize=1 << 15)
def known(word: str) -> int:
    """What is known of ``word``, its case aside: a sum of :class:`Word`."""
    if len(word) > LONGEST_WORD:
        return Word.STOP
    plain = bare(word)
    low = plain.casefold()
    flat = folded(plain)
    if _DRAWN.search(low):
        return known(_DRAWN.sub(r"\1", plain)) or Word.STOP | Word.ORDINARY
    found = Word.UNKNOWN
    if _is_given(flat) or (plain[:1].isupper() and flat in _seldom_given()):
        found |= Word.GIVEN
    elif (
        plain[:1].isupper()
        and not plain.isupper()
        and low not in lexicon("common_words")
        and _is_nearly_given(low, flat)
    ):
        return Word.GIVEN
    if (
        low in stop_words("both")
        or low in _CHAT
        or low.endswith(_CONTRACTED)
        or low in lexicon("common_words")
        or low[0].isdigit()
    ):
        found |= Word.STOP | Word.ORDINARY
    elif found and _is_mostly_a_name(low, flat):
        pass
    elif low in lexicon("names_that_are_words") or _is_ordinary(low, flat):
        found |= Word.ORDINARY
    if flat in _places():
        found |= Word.PLACE
    if flat in _brands() or folded(word.replace("’", "'")) in _brands():
        found |= Word.BRAND
    if flat in _figures():
        found |= Word.FIGURE
    return found


def _is_mostly_a_name(low: str, flat: str) -> bool:
    """True for a given name that a dictionary knows as a word nobody uses: "jacqueline", "mike"."""
    if "-" in flat:
        return True
    if any(low in lexicon(listed) for listed in ("ambiguous_names", "names_that_are_words", "given_words")):
        return False
    if len(low) < LONG_NAME - 1 and low not in lexicon("first_names"):
        return False
    return not any(one in forms.common for forms in _dictionaries() for one in (low, flat))


@lru_cache(maxsize=1)
def _shortened() -> frozenset[str]:
    """Long given names less one letter: to tell another spelling of one."""
    return frozenset(
        name[:place] + name[place + 1 :]
        for name in _given()
        if len(name) >= LONG_NAME and name.isalpha()
        for place in range(1, len(name))
    )


def _is_nearly_given(low: str, flat: str) -> bool:
    """True for a word of no list nor dictionary, one letter away from a long given name: "Priscillia"."""
    if len(flat) < LONG_NAME or not flat.isalpha() or _is_ordinary(low, flat):
        return False
    if flat in _places() or flat in _brands() or flat in _figures():
        return False
    shorter = (flat[:place] + flat[place + 1 :] for place in range(1, len(flat)))
    return flat in _shortened() or any(one in _given() or one in _shortened() for one in shorter)


def _is_given(flat: str) -> bool:
    if flat in _given():
        return True
    if "-" not in flat:
        return False
    parts = flat.split("-")
    if len(parts) == 2 and parts[0] in _given() and len(parts[1]) <= 3:
        return True
    return len(parts) <= 4 and all(part in _given() or part in ("le", "la", "de") for part in parts)


def _is_ordinary(low: str, flat: str) -> bool:
    if "-" in low:
        return all(_is_ordinary(part, folded(part)) for part in low.split("-") if part)
    if "'" in low:
        low, flat = low.rpartition("'")[2], flat.rpartition("'")[2]
    its = key(low)
    return bool(its) and any(_is_form(forms, low, flat, its) for forms in _dictionaries())


def _is_form(forms: Forms, low: str, flat: str, its: bytes) -> bool:
    if low in forms:
        return True
    # Typed without accents: "deja" is an ordinary word too.
    return flat == low and any(form == form.lower() and folded(form) == flat for form in forms.alike(its))

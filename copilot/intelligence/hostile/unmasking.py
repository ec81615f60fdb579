"""What a text hides: other letters that look alike, invisible characters, spaced or coded letters.

:func:`plain` folds a text for reading; :func:`uncovered` gives what else may be read in it. Each look is behind a
cheap sign that there is something to uncover, and works on a bounded beginning of the text.
"""

from __future__ import annotations

import base64
import codecs
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from copilot.intelligence.hostile.lexicon import lexicon
from copilot.intelligence.hostile.words import letter_of, plain_words

#: Enough words, dots and dashes, coded words, words of another writing to look closer.
FEW_LETTERS, FEW_SIGNS, FEW_CODED, FEW_FOREIGN = 6, 5, 2, 2
#: Characters of a text for each of its words, below which its letters stand apart; letters of what is no word.
SPACED_SHARE, LONG_WORD = 3, 20
#: Letters of a coded word.
SHORTEST_CODED = 4
#: (From the beginning, word by word: thrice as quick as a search.)
_LONG_WORD = re.compile(rf"(?:\S{{0,{LONG_WORD - 1}}}+\s++)*+\S{{{LONG_WORD}}}")
_MARKS = re.compile("[\u0300-\u036f\u0483-\u0489\u20d0-\u20ff]+")
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\U000e0100-\U000e01ef]+"
)
_TAGS = re.compile("[\U000e0020-\U000e007e]{2,}")
_FLAG = "\U0001f3f4"
#: Letters of other scripts that look like ours.
_ALIKE = str.maketrans(
    {
        **dict(zip("аеорсухіјѕԁһԛԝьвкмтнӏгпий", "aeopcyxijsdhqwbbkmthlrnuu", strict=True)),
        **dict(zip("АВЕКМНОРСТУХІЈЅ", "abekmhopctyxijs", strict=True)),
        **dict(zip("αβεικνορτυχηγωκ", "abeikvoptuxnywk", strict=True)),
        **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "abezhikmnoptyx", strict=True)),
        **dict(zip("ɑɡɩʟɴʀꜱᴀʙᴄᴅᴇꜰɢʜɪᴊᴋᴍᴏᴘᴛᴜᴠᴡʏᴢ", "agilnrsabcdefghijkmoptuvwyz", strict=True)),
        **dict(zip("օսհոցքԍ", "ouhngqg", strict=True)),
        "’": "'",
        "ʼ": "'",
        "‘": "'",
        "”": '"',
        "œ": "oe",
        "æ": "ae",
        "ß": "ss",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ı": "i",
        "\u00a0": " ",
        "\u202f": " ",
    }
)
_SPACED = re.compile(r"(?<![^\W_])(?:[^\W_][ .\-_*|·•/~+]{1,2}){5,}[^\W_](?![^\W_])")
_GAP = re.compile(r"[ .\-_*|·•/~+]{1,2}")
_WIDE_GAP = re.compile(r" {2,}| ?[/|] ?")
_LEET = str.maketrans("013457@$!|8", "oieastasilb")
_LEET_WORD = re.compile(r"(?=[a-z@$!|0-9]*[a-z])(?=[a-z@$!|0-9]*[013457@$!|])[a-z@$!|0-9]{3,}")
_BASE64 = re.compile(r"(?<![\w+/])[A-Za-z0-9+/_-]{20,}={0,2}(?![\w+/])")
_HEXES = re.compile(r"(?:(?:\\x|%|0x|\\u00|&#x)?[0-9a-fA-F]{2}[;, :-]?){12,}")
_HEX_MARK = re.compile(r"\\x|%|0x|\\u00|&#x|[;, :-]")
_DECIMALS = re.compile(r"(?:(?:&#)?\d{2,3}[;, ]{1,2}){10,}(?:&#)?\d{2,3}")
_BITS = re.compile(r"(?:[01]{8}[ ,]?){6,}")
#: So many codes of letters in a row; and one of them, before what parts it from the next.
FEW_CODES = 6
_RUNS = re.compile(rf"(?:\b[0-9a-f]{{2,8}}[;, :-]{{1,2}}){{{FEW_CODES}}}")
_CODE = re.compile(r"\b[0-9a-f]{2,8}(?=[;, :-]|\Z)")
#: Letters of other writings: Greek to Hindi, Korean, Chinese and Japanese.
_ELSEWHERE = re.compile("[\u0370-\u097f\u1100-\u11ff\u3040-\u9fff\uac00-\ud7af]")
#: Without one of these, letters are only letters.
_FIGURE = re.compile(r"[0-9@$|!]")
#: (A set first: such a search is three times as quick as one that looks for a letter first.)
_LEET_SIGN = re.compile(r"[013457@$!|](?<=[a-z].)[013457@$!|]{0,2}[a-z]")
_SENTENCE = re.compile(r"(?<![^\W\d_])[^\W\d_]{2,}(?:[\s,.'’:;!?-]+[^\W_]+){2,}")
_MORSE = re.compile(r"(?:[.\-·–−]{1,5}[ /|]{1,3}){8,}")
_MORSE_CODES = (
    ".- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ... - ..- ...- .-- -..- -.-- --.."
)
_MORSE_LETTERS = dict(zip(_MORSE_CODES.split(" "), "abcdefghijklmnopqrstuvwxyz", strict=True))


def plain(text: str) -> str:
    """``text`` in lower case, without accents, invisible characters or letters that look like others."""
    if text.isascii():
        return text.lower()
    text = _MARKS.sub("", unicodedata.normalize("NFKD", _UNSEEN.sub("", text)))
    low = text.lower()
    if low.isascii():
        return low
    low = low.translate(_SIGNS)
    if _SMALL_CAPITALS.search(low):
        low = low.translate(_ALIKE)
    return _FOREIGN_WORD.sub(_as_ours, low) if _FOREIGN.search(low) and _OURS.search(low) else low


_SIGNS = {code: to for code, to in _ALIKE.items() if chr(code) in "’ʼ‘”œæßøłđı\u00a0\u202f"}
_SMALL_CAPITALS = re.compile("[\u0250-\u02af\u1d00-\u1d7f\ua730-\ua7ff]")
_FOREIGN = re.compile("[\u0370-\u058f]")
_OURS = re.compile("[a-z]")
_FOREIGN_WORD = re.compile("\\w*[\u0370-\u058f]\\w*")
#: The letters of a word of another script that is ours in disguise, whole.
_TWINS = re.compile("[аеорсухіјѕԁһԛԝαοτυ]+")


def _as_ours(word: re.Match[str]) -> str:
    """A word that mixes scripts, or is all of twins, in our letters; another is of its own language."""
    written = word.group()
    return written.translate(_ALIKE) if _OURS.search(written) or _TWINS.fullmatch(written) else written


def smuggled(text: str) -> str:
    """What is written in tag characters, which show nothing; flags of regions aside."""
    found = [
        "".join(chr(ord(char) - 0xE0000) for char in match.group())
        for match in _TAGS.finditer(text)
        if text[match.start() - 1 : match.start()] != _FLAG or len(match.group()) > 6
    ]
    return " ".join(found)


def may_hide(text: str, low: str, words: Sequence[str]) -> bool:
    """Whether a sign says that ``text`` may hide something: most do not, and this costs little.

    ``low`` is its plain form and ``words`` the words of letters of that.
    """
    size = len(low)
    return (
        (len(words) >= FEW_LETTERS and size < SPACED_SHARE * len(words))
        or _LONG_WORD.match(low) is not None
        or (_dots(low) >= FEW_SIGNS and _parted(low))
        or (not _coded_words().isdisjoint(words) and len(_coded_words().intersection(words)) >= FEW_CODED)
        or (_FIGURE.search(low) is not None and _figures_hide(low))
        or (not low.isascii() and _ELSEWHERE.search(low) is not None)
        or (not text.isascii() and _TAGS.search(text) is not None)
    )


class Signs(NamedTuple):
    """What :func:`may_hide` looks for, in a run of characters between two spaces: how many there are of each.

    ``codes`` are what may be a code of a letter; ``closer``: the text may hide something whatever is beside.
    """

    dots: int
    codes: int
    coded: int
    closer: bool


def signs_of(run: str) -> tuple[str, Signs]:
    """The plain form of a run of characters between two spaces, and what may hide something there."""
    low = plain(run)
    closer = (
        _LONG_WORD.match(low) is not None
        or _LEET_SIGN.search(low) is not None
        or (not low.isascii() and (_ELSEWHERE.search(low) or _FOREIGN.search(low)) is not None)
        or (not run.isascii() and _TAGS.search(run) is not None)
    )
    coded = len(_coded_words().intersection(plain_words(low)))
    return low, Signs(_dots(low), len(_CODE.findall(low)), coded, closer)


def _dots(low: str) -> int:
    """How many dots and dashes there are, which may part letters or be letters."""
    return low.count("-") + low.count(".") + low.count("·")


def _parted(low: str) -> bool:
    """Whether dots and dashes part the letters of ``low``, or may be letters themselves."""
    return _SPACED.search(low) is not None or _MORSE.search(low) is not None


def _figures_hide(low: str) -> bool:
    """Whether the figures of ``low`` stand for letters, or for the codes of some."""
    return _LEET_SIGN.search(low) is not None or (len(_FIGURE.findall(low)) >= FEW_LETTERS and bool(_RUNS.search(low)))


def uncovered(text: str, low: str, words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Other readings of ``text``, each with the name of the way it was hidden.

    ``low`` is its plain form and ``words`` the words of letters of that.
    """
    if not text.isascii() and (hidden := smuggled(text)):
        yield "tags", hidden.lower()
    if spaced := _unspaced(low):
        yield "spaced", spaced
    if _LEET_SIGN.search(low):
        yield "leet", _LEET_WORD.sub(lambda match: _unleet(match.group()), low)
    yield from _from_figures(text)
    for match in _BASE64.finditer(text):
        yield from _readable("base64", _from_base64(match.group()))
    yield from (("morse", _from_morse(match.group())) for match in _MORSE.finditer(text))
    if not low.isascii() and (said := _said_elsewhere(low)):
        yield "elsewhere", said
    if len(_backward_words().intersection(words)) >= FEW_CODED:
        yield "backwards", low[::-1]
    if len(_rotated_words().intersection(words)) >= FEW_CODED:
        yield "rot13", codecs.encode(low, "rot13")


@lru_cache(maxsize=1)
def _coded_words() -> frozenset[str]:
    return _backward_words() | _rotated_words()


@lru_cache(maxsize=1)
def _backward_words() -> frozenset[str]:
    return _strange(word[::-1] for word in letter_of())


@lru_cache(maxsize=1)
def _rotated_words() -> frozenset[str]:
    return _strange(codecs.encode(word, "rot13") for word in letter_of())


def _strange(words: Iterable[str]) -> frozenset[str]:
    """Those of ``words`` long enough to be no word by chance."""
    return frozenset(word for word in words if len(word) >= SHORTEST_CODED and word not in letter_of())


def _said_elsewhere(low: str) -> str:
    """The English words for what ``low`` says of orders in another writing; "" when that is little."""
    if not _ELSEWHERE.search(low):
        return ""
    said = [english for english, words in _words_elsewhere().items() if words.search(low)]
    return " ".join(said) if "ignore" in said and len(said) >= FEW_FOREIGN else ""


@lru_cache(maxsize=1)
def _words_elsewhere() -> dict[str, re.Pattern[str]]:
    """By English word, what stands for it in other writings, folded as texts are."""
    told: dict[str, str] = lexicon()["elsewhere"]
    return {english: re.compile("|".join(map(re.escape, plain(words).split()))) for english, words in told.items()}


def _unleet(word: str) -> str:
    if word.isdigit():
        return word
    return word.translate(_LEET)


def _unspaced(low: str) -> str:
    """``low`` with "i g n o r e" and "i.g.n.o.r.e" closed up; "" when there is no such thing."""
    if not _SPACED.search(low):
        return ""

    def closed(match: re.Match[str]) -> str:
        run = match.group()
        words = _WIDE_GAP.split(run) if "  " in run or "/" in run or "|" in run else [run]
        return " ".join(_GAP.sub("", word) for word in words)

    return _SPACED.sub(closed, low)


def _from_figures(text: str) -> Iterator[tuple[str, str]]:
    for match in _HEXES.finditer(text):
        yield from _readable("hex", _from_hex(match.group()))
    for match in _DECIMALS.finditer(text):
        codes = [int(code) for code in re.findall(r"\d{2,3}", match.group())]
        yield from _readable("decimal", "".join(map(chr, codes)))
    for match in _BITS.finditer(text):
        bits = re.sub(r"[^01]", "", match.group())
        octets = bytes(int(bits[at : at + 8], 2) for at in range(0, len(bits) - 7, 8))
        yield from _readable("binary", octets.decode("utf-8", "replace"))


def _from_base64(run: str) -> str:
    run = run.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return base64.b64decode(run + "=" * (-len(run) % 4), validate=True).decode("utf-8")
    except ValueError:
        return ""


def _from_hex(run: str) -> str:
    digits = _HEX_MARK.sub("", run)
    try:
        return bytes.fromhex(digits[: len(digits) // 2 * 2]).decode("utf-8", "replace")
    except ValueError:
        return ""


def _from_morse(run: str) -> str:
    marks = run.replace("·", ".").replace("–", "-").replace("−", "-")
    return " ".join(
        "".join(_MORSE_LETTERS.get(one, "") for one in word.split()) for word in re.split(r"\s*[/|]\s*| {3,}", marks)
    )


def _readable(way: str, decoded: str) -> Iterator[tuple[str, str]]:
    """Only what reads as a sentence: bytes that happen to decode hide nothing."""
    if decoded and _SENTENCE.search(decoded) and sum(map(str.isprintable, decoded)) > 0.9 * len(decoded):
        yield way, plain(decoded)

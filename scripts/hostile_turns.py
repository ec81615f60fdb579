"""Comments made of turns of phrase, to teach the screen of hostile comments: always the same ones.

The turns are in ``tests/data/evals/hostile_turns.<language>.toml``, which says how they are written.
"""

from __future__ import annotations

import random
import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

#: The innermost choice of a turn, the name of a list.
_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_NAME = re.compile(r"\{(\w+)\}")
#: Lists may hold names of lists: so deep at most.
DEPTH = 6
_SHORT = {"fr": {"que": "ke", "tout": "tt", "pour": "pr", "dans": "ds", "vous": "vs", "c'est": "c", "réponse": "rep"},
          "en": {"you": "u", "your": "ur", "please": "pls", "are": "r", "people": "ppl", "thanks": "thx"}}  # fmt: skip
_SYLLABLES = ("ba", "co", "di", "fu", "ga", "lo", "mi", "no", "pa", "ro", "si", "ta", "ve", "zo")

Words = dict[str, list[str]]


def made(folder: Path, kind: str, each: int) -> list[str]:
    """Up to ``each`` comments of every turn of ``kind`` (``hostile``, ``ordinary``) in ``folder``."""
    return [text for path in sorted(folder.glob("hostile_turns.*.toml")) for text in _of_file(path, kind, each)]


def _of_file(path: Path, kind: str, each: int) -> Iterator[str]:
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    language = path.name.split(".")[1]
    words: Words = told["words"] | told["said"]
    for number, turn in enumerate(told["turns"][kind]):
        chance = random.Random(f"{language} {kind} {number}")
        several = {_placed(_filled(turn, words, chance), words["nice"], chance) for _ in range(each)}
        yield from sorted(_as_typed(text, _SHORT[language], chance) for text in sorted(several))


def _filled(turn: str, words: Words, chance: random.Random) -> str:
    """``turn`` with one of each choice and a word for each name."""
    for _ in range(DEPTH):
        turn, more = _NAME.subn(lambda found: _word(found[1], words, chance), _chosen(turn, chance))
        if not more:
            break
    text = turn.replace("⟦", "[").replace("⟧", "]")
    return re.sub(r" +([.,])", r"\1", re.sub(r"[ ]{2,}", " ", text)).strip()


def _chosen(turn: str, chance: random.Random) -> str:
    while (found := _CHOICE.search(turn)) is not None:
        turn = turn[: found.start()] + chance.choice(found[1].split("|")) + turn[found.end() :]
    return turn


def _word(name: str, words: Words, chance: random.Random) -> str:
    return _MADE_UP[name](chance) if name in _MADE_UP else chance.choice(words[name])


def _site(chance: random.Random) -> str:
    name = "".join(chance.choice(_SYLLABLES) for _ in range(chance.randint(2, 4)))
    end = chance.choice(["example", "example.net", "example.com", "com", "fr", "net", "shop"])
    return f"{name}{chance.choice(['', '-promo', '-sav', '24', '-shop'])}.{end}"


def _link(chance: random.Random) -> str:
    return (
        chance.choice(["", "", "www.", "http://", "https://"]) + _site(chance) + chance.choice(["", "", "/r", "/promo"])
    )


def _phone(chance: random.Random) -> str:
    pairs = [f"{chance.randrange(100):02d}" for _ in range(4)]
    return chance.choice([f"06 {' '.join(pairs)}", f"01{''.join(pairs)}", f"07700 900 {chance.randint(100, 999)}"])


def _code(chance: random.Random) -> str:
    name = chance.choice(["PROMO", "VIP", "STAFF", "NOEL", "SAVE", "GRATUIT", "AMI", "HELLO", "FREE", "WELCOME", "ETE"])
    return f"{name}{chance.choice([5, 10, 20, 30, 50, 70, 90, 100])}"


_MADE_UP: dict[str, Callable[[random.Random], str]] = {
    "link": _link,
    "mail": lambda chance: f"{chance.choice(['aide', 'contact', 'sav', 'help', 'paul.d', 'info'])}@{_site(chance)}",
    "phone": _phone,
    "code": _code,
    "number": lambda chance: str(chance.choice([2, 3, 5, 10, 20, 30, 50, 80, 100, 120, 150, 200, 500, 1000])),
}


def _placed(text: str, around: Sequence[str], chance: random.Random) -> str:
    """``text`` alone, or beside what a customer may say."""
    beside = chance.choice(around)
    return chance.choice(
        [text] * 6 + [f"{beside} {text}", f"{beside} {text}", f"{text}. {beside}", f"{beside}\n{text}"]
    )


def _as_typed(text: str, short: dict[str, str], chance: random.Random) -> str:
    """``text`` as some people type: capitals, accents, signs, shortened words."""
    if chance.random() < 0.3:
        text = text[:1].upper() + text[1:]
    if chance.random() < 0.15:
        text = " ".join(short.get(word, word) for word in text.split(" "))
    if chance.random() < 0.15:
        text = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    if chance.random() < 0.1:
        text = re.sub(r"(?<=\w)[,.!:;](?= |$)", "", text)
    return text.upper() if chance.random() < 0.02 else text

"""How quickly groups are found: 100,000 messages, by words and by meaning, and texts made to be slow."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from copilot.intelligence.grouping.said import Said

Line = TypeVar("Line")

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

MESSAGES = 100_000
WANTED_SECONDS = 20.0
#: Concerns that made-up vectors lie around, and how many numbers each has.
CONCERNS, WIDTH = 300, 384
_SAID = """
mon colis n’est toujours pas arrivé et personne ne répond au téléphone
bravo à toute l’équipe de l’atelier pour son accueil
vous ouvrez à quelle heure le samedi s’il vous plaît
le remboursement promis il y a trois semaines n’est jamais venu
boycottez cette enseigne elle ment à ses clients depuis des années
my battery died after two weeks and nobody answers my messages
do I need an appointment to have my brakes checked
gagnez 500 euros par jour en écrivant à ce numéro
the new store is wonderful thank you so much
le prix en magasin n’est pas celui du site c’est de la publicité mensongère
"""
_ADDED = (" !", " 😡", " svp", " Léa", " 12", " et vous ?", " #honte")


def mixed(count: int) -> list[str]:
    """Copies, variations, near sentences and noise, as under a post that goes wrong."""
    draw = random.Random(3)  # not a secret: the same texts at each run
    lines = _SAID.strip().splitlines()
    words = " ".join(lines).split()

    def one() -> str:
        share, line = draw.random(), draw.choice(lines)
        if share < 0.3:
            return line
        if share < 0.5:
            return line + draw.choice(_ADDED)
        if share < 0.75:
            return " ".join([*line.split(), *draw.choices(words, k=draw.randint(2, 8))])
        return " ".join(draw.choices(words, k=draw.randint(4, 30)))

    return [one() for _place in range(count)]


def absurd() -> dict[str, list[str]]:
    """Texts made to be slow, by what they are."""
    draw = random.Random(5)
    return {
        "100,000 same texts": ["Boycottez cette enseigne, elle ment"] * MESSAGES,
        "100,000 empty texts": [""] * MESSAGES,
        "100,000 texts of emoji": [draw.choice("😀🤡😡👏") * draw.randint(1, 5) for _place in range(MESSAGES)],
        "20 texts of 1 MB": [f"mot{place} " * 150_000 for place in range(20)],
        "20,000 lone surrogates": [f"\ud800 salut {place % 7}" for place in range(20_000)],
        "40 texts of 50,000 marks": ["e" + chr(0x300 + place % 2) * 50_000 for place in range(40)],
    }


def said(texts: list[str]) -> list[Said]:
    """The texts as messages of a thread, a minute apart."""
    from copilot.intelligence.grouping.said import Said
    from copilot.text.sameness import text_key

    return [Said(place, text, text_key(text), f"u{place % 40_000}", 60.0 * place) for place, text in enumerate(texts)]


def group_lines(line: Callable[..., Line]) -> Iterator[Line]:
    """What groups cost: ``line(what, figure, wanted, holds)`` for each."""
    import numpy as np

    from copilot.intelligence.grouping.finding import find_groups

    def timed(what: str, told: list[Said], vectors: object = None) -> Line:
        start, begun = time.perf_counter(), time.process_time()
        groups = find_groups(told, vectors)  # type: ignore[arg-type]  # numpy is not imported at the top
        taken = time.perf_counter() - start
        figure = f"{taken:.1f} s (processor {time.process_time() - begun:.1f}), {len(groups)} groups"
        return line(what, figure, f"<= {WANTED_SECONDS:.0f} s", taken <= WANTED_SECONDS)

    told = said(mixed(MESSAGES))
    yield timed(f"groups of {MESSAGES:,} messages, by words", told)
    draw = np.random.default_rng(1)
    middles = draw.normal(size=(CONCERNS, WIDTH)).astype(np.float32)
    vectors = middles[draw.integers(0, CONCERNS, MESSAGES)] + draw.normal(size=(MESSAGES, WIDTH)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    yield timed(f"groups of {MESSAGES:,} messages, by vectors", told, vectors.astype(np.float16))
    for what, texts in absurd().items():
        yield timed(f"groups of {what}", said(texts))


def main() -> int:
    """Measure and print; 1 when a figure is missed."""
    missed = 0
    for what, figure, wanted, holds in group_lines(lambda *told: told):
        missed += not holds
        print(f"{what:48s} {figure:40s} {wanted}", flush=True)
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())

"""How right hashtags, checks, claims and facts are on texts judged by hand; what is wrong comes with the figure."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.bench_words import FOLDER, Figure, figures

FOUND = list(figures(FOLDER.glob("*.jsonl")))


def test_every_set_is_measured() -> None:
    assert {path.name.partition(".")[0] for path in Path(FOLDER).glob("*.jsonl")} == {
        *("claims", "facts", "faulty", "hashtags", "ordinary")
    }
    assert len(FOUND) > 10


@pytest.mark.parametrize("figure", [figure for _, figure in FOUND], ids=[f"{name} {one.name}" for name, one in FOUND])
def test_the_figure_holds(figure: Figure) -> None:
    assert figure.holds, f"{figure.value:.3f}, wanted {figure.wanted}\n" + "\n".join(figure.misses)

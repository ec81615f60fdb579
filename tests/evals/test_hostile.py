"""How well hostile comments are told from others, on texts the screen did not learn from; figures are printed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from copilot.intelligence.hostile import is_hostile
from scripts.hostile_turns import made

DATA = Path(__file__).parents[1] / "data" / "evals"
SHARED = Path(__file__).parents[3] / "shared" / "datasets"


def texts(path: Path, *labels: str) -> list[str]:
    if not path.is_file():
        pytest.skip(f"{path.name} is not on this machine")
    told = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
    return [one["text"].strip("\ufeff") for one in told if not labels or one["label"] in labels]


def said(name: str, several: list[str], capsys: pytest.CaptureFixture[str]) -> float:
    share = sum(map(is_hostile, several)) / len(several)
    with capsys.disabled():
        print(f"\ncalled hostile, {len(several)} {name}: {share:.1%}")
    return share


@pytest.mark.parametrize(
    ("name", "floor"), [("hostile_usual", 0.95), ("hostile.heldout", 0.95), ("hostile_sly.heldout", 0.55)]
)
def test_hostile_comments_set_aside_are_found(name: str, floor: float, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(name, texts(DATA / f"{name}.jsonl"), capsys) >= floor


def test_hostile_comments_by_strangers_set_aside_are_found(capsys: pytest.CaptureFixture[str]) -> None:
    assert said("of many ways", texts(DATA / "hostile_strangers.heldout.jsonl", "hostile"), capsys) >= 0.95


def test_hostile_comments_of_every_class_set_aside_are_found(capsys: pytest.CaptureFixture[str]) -> None:
    aside = DATA / "hostile_classes.heldout.jsonl"
    assert said("of every class", texts(aside, "hostile"), capsys) >= 0.7
    assert said("customers who sound like them", texts(aside, "ordinary"), capsys) <= 0.05


def test_what_only_sounds_like_an_order_is_left_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert said("hard lookalikes", texts(DATA / "hostile_strangers.heldout.jsonl", "ordinary"), capsys) <= 0.05


def test_few_comments_written_to_look_like_orders_are_flagged(capsys: pytest.CaptureFixture[str]) -> None:
    assert said("lookalikes", texts(DATA / "hostile_benign.jsonl")[3::4], capsys) <= 0.04


def test_ordinary_comments_are_left_alone(capsys: pytest.CaptureFixture[str]) -> None:
    ordinary = [text for part in ("dev", "heldout") for text in texts(DATA / "inbox" / f"intents.{part}.jsonl")]
    assert said("customers", ordinary, capsys) <= 0.01


@pytest.mark.parametrize(
    ("name", "label"), [("spam_youtube_en", "ham"), ("toxic_mlma_fr", "normal"), ("toxic_davidson_en", "neither")]
)
def test_comments_of_public_sets_are_left_alone(name: str, label: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(name, texts(SHARED / f"{name}.jsonl", label)[1::2], capsys) <= 0.0075


def test_nothing_set_aside_was_learnt_from() -> None:
    parts = ("hostile", "hostile_strangers", "hostile_sly", "hostile_classes")
    names = ("hostile_usual", *(f"{part}.heldout" for part in parts))
    aside = {text for name in names for text in texts(DATA / f"{name}.jsonl")}
    names = (*(f"{part}.train" for part in parts if part != "hostile_sly"), "hostile.dev", "hostile_strangers.calm")
    learnt = {text for name in names for text in texts(DATA / f"{name}.jsonl")}
    learnt |= {text for kind in ("hostile", "ordinary") for text in made(DATA, kind, 24)}
    assert aside.isdisjoint(learnt)

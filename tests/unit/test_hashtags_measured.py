"""Hashtags against briefs with hand-made gold: as good as promised, and quick."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from copilot import networks
from copilot.text.hashtags import propose
from copilot.text.hashtags.casing import tag_words
from copilot.text.lexicons import folded

EVALS = Path(__file__).parents[1] / "data" / "evals" / "words"
GOLD = EVALS / "hashtags.dev.jsonl"
#: Mastodon has no cap: what is measured is the choice.
OPEN = networks.get("mastodon")


def alike(one: str, other: str) -> bool:
    """Equal without case and accents, or all words of one are in the other."""
    left, right = set(tag_words(one)), set(tag_words(other))
    return folded(one) == folded(other) or left <= right or right <= left


@pytest.mark.parametrize("name", ["dev", "dev2"])
def test_precision_and_recall_at_eight(name: str) -> None:
    precisions, recalls = [], []
    for line in (EVALS / f"hashtags.{name}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        groups = [group if isinstance(group, list) else [group] for group in row["gold"]]
        tags = [one.tag for one in propose(row["brief"], "auto", network=OPEN)][:8]
        good = [any(alike(tag, gold) for group in groups for gold in group) for tag in tags]
        found = sum(any(alike(tag, gold) for tag in tags for gold in group) for group in groups)
        precisions.append(sum(good) / len(good))
        recalls.append(min(1.0, found / min(8, len(groups))))
    assert sum(precisions) / len(precisions) >= 0.8
    assert sum(recalls) / len(recalls) >= 0.85


def test_a_brief_of_seven_hundred_characters_takes_about_a_millisecond() -> None:
    briefs = [json.loads(line)["brief"] for line in GOLD.read_text(encoding="utf-8").splitlines()]
    for brief in briefs:
        propose(brief, "auto", network=OPEN)
    best = 1.0
    for _ in range(5):
        started = time.process_time()
        for brief in briefs:
            propose(brief, "auto", network=OPEN)
        best = min(best, (time.process_time() - started) / len(briefs))
    # About 0.8 ms alone; other work on the same cores may triple it.
    assert best < 0.004

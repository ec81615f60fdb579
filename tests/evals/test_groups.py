"""How well groups follow the concerns of an invented thread, printed; floors keep them from getting worse unseen."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest
from sklearn.metrics import homogeneity_completeness_v_measure

from copilot.domain.conversation import Urgency
from copilot.domain.grouping import GroupKind
from copilot.intelligence.grouping.finding import find_groups
from copilot.intelligence.grouping.said import Said
from copilot.intelligence.triage import RuleTriage
from copilot.paths import profile_at
from copilot.text.sameness import text_key

ROWS = [
    json.loads(line)
    for line in (Path(__file__).parent.parent / "data" / "evals" / "groups.jsonl").read_text("utf-8").splitlines()
]


def _said() -> list[Said]:
    rules = RuleTriage()
    told = []
    for place, row in enumerate(ROWS):
        triage = rules.triage(row["text"])
        at = datetime.fromisoformat(row["at"]).timestamp()
        urgent = triage.urgency is Urgency.P0
        key = text_key(row["text"])
        told.append(
            Said(place, row["text"], key, row["author"], at, triage.intent, urgent, triage.topics, triage.language)
        )
    return told


@pytest.mark.parametrize(
    ("by", "purity", "coverage", "v"), [("words", 0.82, 0.80, 0.72), ("vectors", 0.92, 0.90, 0.84)]
)
def test_groups_follow_concerns(by: str, purity: float, coverage: float, v: float) -> None:
    said, vectors = _said(), None
    if by == "vectors":
        from copilot.intelligence.semantic import folder
        from copilot.intelligence.semantic.embedder import Embedder

        place = folder.find(profile_at(None))
        if place is None:
            pytest.skip("the semantic model is not installed")
        vectors = Embedder(place).embed([one.text for one in said])
    label: dict[int, int] = {}
    for number, group in enumerate(find_groups(said, vectors)):
        if group.kind is not GroupKind.EXACT:
            label |= {member.message_id: number for member in group.members}
    inside = sorted(label)
    gold, found = [ROWS[one]["concern"] for one in inside], [label[one] for one in inside]
    by_group = {one: [gold[at] for at, other in enumerate(found) if other == one] for one in set(found)}
    right = sum(max(map(told.count, set(told))) for told in by_group.values()) / len(inside)
    real = [place for place, row in enumerate(ROWS) if row["concern"] != "noise"]
    covered = sum(place in label for place in real) / len(real)
    pure, complete, measure = homogeneity_completeness_v_measure(gold, found)
    print(f"\n{by}: {len(by_group)} groups, purity {right:.3f}, coverage {covered:.3f}, ", end="")
    print(f"homogeneity {pure:.3f}, completeness {complete:.3f}, V {measure:.3f}")
    assert (right >= purity, covered >= coverage, measure >= v) == (True, True, True)

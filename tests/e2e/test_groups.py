"""Groups from the command line: found, shown, answered once, read, approved as a list, decided on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.e2e.conftest import Replique

LATE = "Mon colis n’est toujours pas arrivé, la livraison devait avoir lieu lundi"
NAMES = ("Léa Martin", "Karim B.", "Sarah Petit", "Paul D.")


@pytest.fixture
def group(replique: Replique, demo_brand: str, tmp_path: Path) -> int:
    """A thread of four same messages and another, looked at for groups; the id of the group of copies."""
    told = [*((name, LATE) for name in NAMES), ("Tom", "Bravo à toute l’équipe de l’atelier")]
    lines = [{"id": str(place), "author": name, "text": text} for place, (name, text) in enumerate(told)]
    file = tmp_path / "fil.jsonl"
    file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    assert replique("thread", "import", file, "--network", "facebook_page").code == 0
    found = replique("groups", 1, "--kind", "exact", "--json").json
    (one,) = found["groups"]
    assert (found["messages"], one["size"], one["alarm"]) == (5, 4, "none")
    return int(one["id"])


def test_from_groups_to_approved_replies(replique: Replique, group: int, tmp_path: Path) -> None:
    assert group in [one["id"] for one in replique("groups", "list", "--thread", 1, "--json").json["groups"]]
    shown = replique("groups", "show", group, "--json").json
    assert [one["author"] for one in shown["members"]] == list(NAMES)
    assert {one["distance"] for one in shown["members"]} == {0.0}
    answered = replique("groups", "answer", group, "--by", "Nora", "--json").json
    assert len({one["text"] for one in answered["items"]}) == len(NAMES)
    read = replique("groups", "replies", group, "--json")
    assert [one["id"] for one in read.json["items"]] == [one["id"] for one in answered["items"]]
    first = answered["items"][0]
    pair = f"{first['id']}:{first['package_hash']}"
    alone = replique("groups", "approve", group, "--by", "Ines", "--seen", pair, "--json")
    assert (alone.code, [one["id"] for one in alone.json["items"]]) == (0, [first["id"]])
    rest = replique("groups", "approve", group, "--by", "Ines", "--seen-in", "-", "--json", stdin=read.out)
    assert rest.code == 1, "the first one was approved already, and is told"
    assert [one["approval"]["package_hash"] for one in rest.json["items"]] == [
        one["package_hash"] for one in read.json["items"][1:]
    ]
    assert [one["id"] for one in rest.json["failures"]] == [first["id"]]
    assert replique("groups", "replies", group, "--json").json["items"] == []


def test_groups_of_a_thread_are_listed_by_its_number_however_it_is_given(replique: Replique, group: int) -> None:
    wanted = replique("groups", "list", "--thread", 1, "--json").json
    assert group in [one["id"] for one in wanted["groups"]]
    assert replique("groups", "list", 1, "--json").json == wanted
    assert replique("groups", "list", 1, "--thread", 1, "--json").json == wanted
    assert replique("groups", "list", 2, "--json").json == {"groups": []}
    assert replique("groups", "list", 1, "--thread", 2, "--json").json["error"]["kind"] == "usage.bad_value"


def test_how_fast_a_group_grows_is_said_in_words(replique: Replique, tmp_path: Path) -> None:
    times = ("2026-11-20T08:00", *(f"2026-11-22T09:{place:02}" for place in range(8)))
    lines = [{"id": at, "author": at[-5:], "text": LATE, "date": f"{at}:00+00:00"} for at in times]
    file = tmp_path / "fil.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    assert replique("thread", "import", file, "--network", "facebook_page").code == 0
    for told in (replique("groups", 1).out, replique("groups", "list").out, replique("groups", "show", 1).out):
        assert "8 messages dans l’heure qui finit le 22/11/2026" in told
        assert "0 par heure en moyenne avant" in told


def test_people_read_the_same_in_words(replique: Replique, group: int) -> None:
    assert LATE in replique("groups", "show", group).out
    assert replique("groups", "answer", group, "--by", "Nora").code == 0
    said = replique("groups", "replies", group).out
    assert "4 réponses à lire." in said
    digest = json.loads(replique("item", "show", 1, "--json").out)["package_hash"]
    assert digest in said.split()
    assert "1 réponse approuvée." in replique("groups", "approve", group, "--by", "I", "--seen", f"1:{digest}").out


@pytest.mark.parametrize("seen", ["1", "x:" + "0" * 64, "1:00", ":"])
def test_what_was_not_read_is_never_approved(replique: Replique, group: int, seen: str) -> None:
    assert replique("groups", "answer", group, "--by", "Nora").code == 0
    refused = replique("groups", "approve", group, "--by", "Ines", "--seen", seen, "--json")
    assert (refused.code, refused.json["error"]["kind"]) == (1, "groups.bad_seen")
    nothing = replique("groups", "approve", group, "--by", "Ines", "--json").json
    assert nothing["error"]["kind"] == "groups.nothing_seen"
    wrong = replique("groups", "approve", group, "--by", "Ines", "--seen", "1:" + "0" * 64, "--json").json
    assert (wrong["items"], wrong["failures"][0]["error"]["kind"]) == ([], "review.unsaved_edit")
    for written in ("{", "[]", '{"items": [{"id": 1}]}', '{"items": [{"id": 1, "package_hash": 3}]}', "[" * 100_000):
        told = replique("groups", "approve", group, "--by", "I", "--seen-in", "-", "--json", stdin=written).json
        assert told["error"]["kind"] == "groups.bad_seen", written[:40]


def test_one_decision_serves_the_whole_group(replique: Replique, group: int) -> None:
    decide = ("groups", "decide", group, "--action", "keep", "--by", "Nora", "--json")
    assert len(replique(*decide, "--dry-run").json["decisions"]) == len(NAMES)
    assert replique("moderate", "list", "--json").json == {"decisions": []}
    told = replique(*decide).json["decisions"]
    assert sorted(one["message"] for one in told) == [1, 2, 3, 4]
    assert replique("groups", "decide", group, "--action", "x", "--by", "N", "--json").code == 2
    assert replique("groups", "decide", 99, "--action", "keep", "--by", "N", "--json").json["error"]["kind"] == (
        "groups.unknown"
    )

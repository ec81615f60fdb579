"""``replique search`` on real threads: words, filters, orders, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.conftest import Replique

TABLE = """author,text,date
Ana,Où est ma commande été 4512 ?,2026-03-01 10:00
Bob,Bravo pour l’accueil du magasin,2026-03-02 10:00
Eve,"Ma commande est arrivée cassée, c’est honteux !",2026-03-03 10:00
"""


@pytest.fixture
def stored(replique: Replique, tmp_path: Path) -> Replique:
    for name, text in (("avis.csv", TABLE), ("autre.csv", "author,text\nZoé,Rien à voir avec une commande\n")):
        (tmp_path / name).write_text(text, encoding="utf-8")
        assert replique("thread", "import", tmp_path / name, "--json").code == 0
    return replique


def found(replique: Replique, *asked: object) -> list[str]:
    told = replique("search", *asked, "--json")
    assert told.code == 0, told.json
    assert told.json["total"] >= len(told.json["messages"])
    return [one["author"] for one in told.json["messages"]]


def test_words_are_found_in_every_thread_whatever_their_accents_and_case(stored: Replique) -> None:
    assert found(stored, "COMMANDE") == ["Eve", "Ana", "Zoé"]
    assert found(stored, "ete", "comm") == ["Ana"]
    assert found(stored, "commande", "--thread", 2) == ["Zoé"]
    assert found(stored, "commande", "--order", "oldest", "--most", 2) == ["Zoé", "Ana"]
    assert found(stored, "introuvable") == []


def test_filters_narrow_with_words_or_alone(stored: Replique) -> None:
    assert found(stored, "--intent", "praise") == ["Bob"]
    assert found(stored, "--author", "Ana", "--author", "Eve") == ["Eve", "Ana"]
    assert found(stored, "--since", "2026-03-02", "--until", "2026-03-02") == ["Bob"]
    assert found(stored, "commande", "--intent", "complaint", "--state", "waiting", "--lang", "fr") == ["Eve"]


def test_by_when_an_answer_is_due_is_the_same_as_triage_says(stored: Replique) -> None:
    due = {one["id"]: one["triage"]["sla"] for one in stored("triage", 1, "--json").json["messages"]}
    assert all(one["due"] for one in due.values())
    told = stored("search", "--thread", 1, "--json").json["messages"]
    assert {one["id"]: one["triage"]["sla"] for one in told} == due
    (undated,) = stored("search", "--thread", 2, "--json").json["messages"]
    assert undated["triage"]["sla"]["due"] == stored("triage", 2, "--json").json["messages"][0]["triage"]["sla"]["due"]


def test_a_person_reads_a_table_and_how_many_there_are(stored: Replique) -> None:
    told = stored("search", "commande", "--most", 2)
    assert "Ma commande est arrivée cassée" in told.out
    assert "3 messages trouvés, 2 ci-dessus" in told.out + told.err
    assert "Aucun message ne correspond" in stored("search", "introuvable").out


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        (("--intent", "colère"), "usage.not_one_of"),
        (("--order", "random"), "usage.not_one_of"),
        (("--since", "hier"), "usage.bad_value"),
        (("--brand", "inconnue"), "brand.unknown"),
    ],
)
def test_what_is_not_understood_says_what_is(stored: Replique, asked: tuple[str, ...], kind: str) -> None:
    told = stored("search", *asked, "--json")
    assert told.code != 0
    assert told.json["error"]["kind"] == kind

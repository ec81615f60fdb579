"""Messages that tools put deep inside JSON objects: read where their wrapping is known, else shown to be pointed at."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from copilot.domain.conversation import ImportedThread
from copilot.domain.imports import TableMapping
from copilot.errors import UserError
from copilot.importers.threads import load_thread
from copilot.importers.threads._json_entries import names_of, paths_of, unwrapped, value_at
from copilot.importers.threads._load import mapping_of

NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)

EDGES = {
    "data": {
        "post": {
            "edges": [
                {
                    "cursor": "x",
                    "node": {
                        "id": "1",
                        "text": "Ouvert dimanche ?",
                        "owner": {"username": "zoe"},
                        "created_at": 1_760_000_000,
                        "replies": {"edges": [{"node": {"id": "2", "text": "Oui !", "owner": {"username": "nous"}}}]},
                    },
                },
                {"cursor": "y", "node": {"id": "3", "text": "Merci !", "owner": {"username": "ali"}}},
            ]
        }
    }
}
RESOURCES = {
    "data": [
        {"type": "comments", "id": "12", "attributes": {"body": "Cassé.", "author_name": "Zoé", "id": "other"}},
        {"type": "comments", "id": "13", "attributes": {"body": "Merci.", "author_name": "Ali"}},
    ]
}
UNKNOWN = [
    {
        "k": {"v": "Toujours rien reçu."},
        "p": {"nm": "Zoé"},
        "replies": [{"k": {"v": "Bonjour !"}, "p": {"nm": "Nous"}}],
    },
    {"k": {"v": "Merci à vous."}, "p": {"nm": "Ali"}},
]


def read(content: Any, mapping: TableMapping | None = None) -> ImportedThread:
    return load_thread(json.dumps(content).encode(), "x.json", captured_at=NOW, mapping=mapping)


def proposed(content: Any) -> TableMapping:
    found = mapping_of(json.dumps(content).encode(), "x.json", captured_at=NOW)
    assert found is not None
    return found


def said(thread: ImportedThread) -> list[tuple[str, str]]:
    return [(one.author.name, one.text) for one in thread.messages]


def refused(content: Any) -> str:
    with pytest.raises(UserError) as caught:
        read(content)
    return caught.value.key.removeprefix("error.")


def chosen(content: Any, **columns: str) -> TableMapping:
    """What a person points at, by the names they are shown."""
    found = proposed(content)
    return replace(found, parts={part: found.columns.index(name) for part, name in columns.items()})


def by_name(mapping: TableMapping) -> dict[str, str]:
    return {part: mapping.columns[place] for part, place in mapping.parts.items()}


def test_nodes_of_edges_and_their_replies() -> None:
    thread = read(EDGES)
    assert said(thread) == [("zoe", "Ouvert dimanche ?"), ("nous", "Oui !"), ("ali", "Merci !")]
    assert [one.parent_id for one in thread.messages] == [None, "1", None]
    assert [one.external_id for one in thread.messages] == ["1", "2", "3"]
    assert thread.messages[0].created_at == datetime.fromtimestamp(1_760_000_000, UTC)


def test_what_was_written_apart_from_its_id() -> None:
    thread = read(RESOURCES)
    assert said(thread) == [("Zoé", "Cassé."), ("Ali", "Merci.")]
    assert [one.external_id for one in thread.messages] == ["12", "13"], "the id around what was written is its own"


def test_a_text_that_is_an_object() -> None:
    rows = [{"uid": "7", "user": {"name": "Zoé", "handle": "@zoe"}, "content": {"body": "Rien reçu."}, "likes": 3}]
    thread = read({"meta": {"page": 1}, "data": {"comments": rows}})
    assert said(thread) == [("Zoé", "Rien reçu.")]
    assert (thread.messages[0].author.handle, thread.messages[0].likes) == ("zoe", 3)


@pytest.mark.parametrize("content", [EDGES, RESOURCES], ids=["edges", "resources"])
def test_a_large_file_is_read_alike(content: dict[str, Any]) -> None:
    large = json.loads(json.dumps(content))
    rows = large["data"] if isinstance(large["data"], list) else large["data"]["post"]["edges"]
    rows += json.loads(json.dumps(rows[-1:] * 9_000))
    for number, row in enumerate(rows[2:]):
        inner = row.get("node") or row["attributes"]
        inner["text" if "node" in row else "body"] = f"{number} " + "mot " * 60
        row["id"] = inner["id"] = f"n{number}"
    assert len(json.dumps(large)) > 2_000_000
    thread = read(large)
    assert said(thread)[: len(said(read(content)))] == said(read(content))
    assert len(thread.messages) == len(said(read(content))) + 9_000


@pytest.mark.parametrize("content", [EDGES, RESOURCES], ids=["edges", "resources"])
def test_what_is_proposed_is_what_is_read_by_itself(content: Any) -> None:
    mapping = proposed(content)
    assert not mapping.is_guess
    alone, told = read(content), read(content, mapping)
    assert said(told) == said(alone)
    assert [one.external_id for one in told.messages] == [one.external_id for one in alone.messages]


def test_what_no_name_tells_is_shown_by_its_path_and_pointed_at() -> None:
    assert refused(UNKNOWN) == "thread.needs_mapping"
    assert refused({"export": {"rows": UNKNOWN}}) == "thread.needs_mapping"
    mapping = proposed(UNKNOWN)
    assert mapping.is_guess
    assert mapping.columns == ("k", "p", "replies", "k.v", "p.nm")
    assert mapping.sample[0][3:] == ("Toujours rien reçu.", "Zoé")
    for content in (UNKNOWN, {"export": {"rows": UNKNOWN}}):
        thread = read(content, chosen(content, text="k.v", author="p.nm"))
        assert said(thread) == [("Zoé", "Toujours rien reçu."), ("Nous", "Bonjour !"), ("Ali", "Merci à vous.")]
        assert [one.parent_id is None for one in thread.messages] == [True, False, True]


def test_a_text_inside_an_object_of_any_name_is_only_guessed() -> None:
    rows = [{"x": {"text": "Rien reçu.", "author": "Zoé"}, "n": 1}, {"x": {"text": "Merci.", "author": "Ali"}, "n": 2}]
    assert refused(rows) == "thread.needs_mapping"
    mapping = proposed(rows)
    assert mapping.is_guess
    assert by_name(mapping) == {"text": "x.text", "author": "x.author"}
    assert set(mapping.guessed) == {"text", "author"}
    assert said(read(rows, mapping)) == [("Zoé", "Rien reçu."), ("Ali", "Merci.")]


@pytest.mark.parametrize("around", ["quoted", "parent", "post", "in_reply_to"])
def test_the_text_of_another_message_is_none_of_this_one(around: str) -> None:
    row = {"id": "5", "rating": 4, "author": "Zoé", around: {"text": "Celui d’avant", "author": "Ali", "id": "4"}}
    message = read([row]).messages[0]
    assert (message.text, message.author.name, message.external_id) == ("", "Zoé", "5")


@pytest.mark.parametrize(
    "content",
    [
        {"foo": "Une phrase entière ici"},
        {"name": "outil", "description": "Un outil pour tout", "scripts": {"test": "make the tests"}},
        {"features": [{"id": 1, "kind": "point"}, {"id": 2, "kind": "line"}]},
        {"data": [{"id": "1"}, {"id": "2"}]},
    ],
)
def test_what_is_no_list_of_words_is_no_thread(content: Any) -> None:
    assert refused(content) == "thread.not_a_thread"


def test_a_key_may_hold_points() -> None:
    rows = [{"user.name": "Zoé", "k.v": "Rien reçu.", "k": {"v": "un autre"}}]
    mapping = chosen(rows, text="k.v", author="user.name")
    assert said(read(rows, mapping)) == [("Zoé", "Rien reçu.")]


def test_flat_objects_are_as_they_were() -> None:
    entry = {"text": "Bonjour", "node": {"text": "autre"}, "id": 1}
    assert unwrapped(entry) == entry
    assert names_of(entry) == {key: key for key in entry}
    assert paths_of([entry]) == ["text", "node", "id", "node.text"]


def _nested(depth: int, inner: Any) -> Any:
    for _ in range(depth):
        inner = {"node": inner}
    return inner


@pytest.mark.parametrize("depth", [1, 3, 4, 400])
def test_what_is_too_deep_is_left(depth: int) -> None:
    entry = _nested(depth, {"text": "Bonjour"})
    told: Sequence[str] = list(unwrapped(entry))
    assert told == (["text"] if depth < 4 else ["node"])
    assert len(paths_of([entry])) <= 2
    assert value_at(entry, "node.nothing.at.all") is None

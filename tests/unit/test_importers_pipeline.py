"""What holds for every thread file: refused by kind, read a piece at a time, linked in little room."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.cli.commands.thread import REFUSALS
from copilot.domain.conversation import Author
from copilot.domain.imports import Shape, max_depth
from copilot.errors import UserError
from copilot.i18n import LANGUAGES, Translator
from copilot.importers.threads import _load, _recognising, jsonl, load_thread, open_thread
from copilot.importers.threads._linking import Draft, Linker, Warnings, linked
from copilot.importers.threads._places import Places
from copilot.importers.threads._source import Source

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def refusal(content: bytes | Path, name: str = "x") -> str:
    with pytest.raises(UserError) as caught:
        load_thread(content, name, captured_at=NOW)
    for language in LANGUAGES:
        assert Translator(language).error(caught.value)
    return REFUSALS.get(caught.value.kind, caught.value.kind)


def zipped(**members: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


BOMB = zipped(**{"xl/worksheets/sheet1.xml": bytes(60_000_000)})
ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]><rss><channel>&b;</channel></rss>'
)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        (b"[]", "empty"),
        (b'{"foo": 1}', "not_a_thread"),
        (b'[{"id": "a", "te', "truncated"),
        (b"{,}", "malformed"),
        (b"%PDF-1.7\n", "unsupported"),
        (b"\x89PNG\r\n\x1a\n\0\0", "unsupported"),
        (zipped(**{"word/document.xml": b"<w/>"}), "unsupported"),
        (zipped(**{"notes.txt": b"Bonjour"}), "unsupported"),
        (b"PK\x03\x04" + b"\0" * 50, "malformed"),
        (b"<!DOCTYPE html><html><body><p>Bonjour</p></body></html>", "not_a_thread"),
        (b"[" * 5000, "too_deep"),
        (b'[{"text":"a","replies":' * 5000, "too_deep"),
        (b"<?xml version='1.0'?>" + b"<a>" * 5000, "too_deep"),
        (BOMB, "zip_bomb"),
        (zipped(**{"dedans.zip": BOMB}), "zip_bomb"),
        (ENTITIES, "entity_expansion"),
    ],
)
def test_each_refusal_has_its_kind(content: bytes, kind: str, tmp_path: Path) -> None:
    path = tmp_path / ("fichier.json" if content[:1] in (b"[", b"{") else "fichier")
    path.write_bytes(content)
    assert refusal(content, path.name) == refusal(path, path.name) == kind


def test_a_file_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "gros.json"
    with path.open("wb") as stream:
        stream.truncate(_recognising.MAX_BYTES + 1)
    assert refusal(path) == "thread.too_large"


def comments(count: int, *, pad: int = 400) -> Iterator[dict[str, object]]:
    for n in range(count):
        yield {
            "id": f"c{n}",
            "author": f"Client {n % 7}",
            "text": f"Message {n} " + "x" * pad,
            "parent": f"c{n + 1}" if n % 5 == 0 else "",
        }


def large(kind: str) -> bytes:
    told = [json.dumps(one) for one in comments(jsonl.SMALL_BYTES // 400)]
    if kind == "lines":
        return "\n".join(told).encode()
    if kind == "frame":
        return ('{"title": "Un fil", "post_text": "Le post", "comments": [\n' + ",\n".join(told) + "]}").encode()
    return ("[" + ",".join(told) + "]").encode()


@pytest.mark.parametrize("kind", ["lines", "frame", "list"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_large_file_says_what_a_small_one_says(kind: str, encoding: str) -> None:
    content = large(kind).decode().encode(encoding)
    assert len(content) > jsonl.SMALL_BYTES
    thread = load_thread(content, "fil.json", captured_at=NOW)
    count = jsonl.SMALL_BYTES // 400
    assert (len(thread.messages), thread.warnings) == (count, ())
    assert [one.parent_id for one in thread.messages[:6]] == ["c1", None, None, None, None, "c6"]
    assert thread.title == ("Un fil" if kind == "frame" else "fil")
    assert thread.post_text == ("Le post" if kind == "frame" else "")


@pytest.mark.parametrize("kind", ["lines", "frame", "list"])
def test_a_large_file_cut_short_keeps_what_was_read_and_says_where(kind: str) -> None:
    content = large(kind)[:-30_100]
    reading = open_thread(content, "fil.json", captured_at=NOW)
    drafts = list(reading.drafts())
    assert len(drafts) > jsonl.SMALL_BYTES // 400 - 100
    assert reading.told.truncated
    (warning,) = reading.told.warnings.result()
    assert warning.key.startswith("thread.warn.truncated")


def test_messages_past_the_most_are_left_out_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_load, "MAX_MESSAGES", 100)
    thread = load_thread("\n".join(json.dumps(one) for one in comments(150)).encode(), "x", captured_at=NOW)
    assert len(thread.messages) == 100
    assert "thread.warn.truncated" in {warning.key for warning in thread.warnings}


def test_whoever_watches_may_stop_the_reading(tmp_path: Path) -> None:
    path = tmp_path / "fil.json"
    path.write_bytes(large("list"))
    seen: list[int] = []

    def watch(position: int) -> None:
        seen.append(position)
        if position > 1_000_000:
            raise InterruptedError

    reading = open_thread(path, path.name, captured_at=NOW, watch=watch)
    with pytest.raises(Exception, match=r"InterruptedError|thread\.disk"):
        list(reading.drafts())
    assert max(seen) < 2_000_000


def test_a_repetition_is_kept_once_and_its_replies_follow_the_first() -> None:
    drafts = [
        Draft(Author("Ana"), "Bonjour", id="a"),
        Draft(Author("Ana"), "Bonjour", id="a"),
        Draft(Author("Ben"), "Autre", id="a"),
        Draft(Author("Cyd", is_owner=True), "Oui", id="b", above=1),
        Draft(Author("Ana"), "", id="d", parent="b", deleted=True),
    ]
    linker = Linker(Warnings())
    messages = linked(drafts, linker)
    assert [one.answered for one in messages] == [True, False, False, False]
    assert [one.parent_id for one in messages] == [None, None, "a", "b"]
    assert linker.shape() == Shape(messages=4, roots=2, max_depth=2, owner_replies=1, deleted=1, duplicates=2)


def test_a_made_up_id_does_not_depend_on_what_stands_above() -> None:
    told = [Draft(Author("Ana"), "Bonjour"), Draft(Author("Ben"), "Merci")]
    ids = {one.text: one.external_id for one in linked(told, Linker(Warnings()))}
    more = [Draft(Author("Cyd"), "D’abord"), *told]
    assert {one.text: one.external_id for one in linked(more, Linker(Warnings()))}.items() >= ids.items()


@given(st.lists(st.text(max_size=8), max_size=60))
def test_places_are_a_dict(names: list[str]) -> None:
    places, expected = Places(), {}
    for name in names:
        expected.setdefault(name, len(expected))
        assert places.add(name) == expected[name]
    assert len(places) == len(expected)
    for name, place in expected.items():
        assert (places.find(name), places.name(place)) == (place, name)
    assert places.find("\ud800 absent partout") is None


def test_places_hold_a_hundred_thousand_ids() -> None:
    places = Places()
    for number in range(100_000):
        assert places.add(f"commentaire-{number}") == number
    assert places.find("commentaire-99999") == 99_999
    assert places.find("commentaire-100000") is None


def test_depth_of_a_long_chain_and_of_later_parents() -> None:
    assert max_depth([-1, *range(50_000)]) == 50_000
    assert max_depth([1, 2, -1, 0]) == 3
    assert max_depth([]) == 0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_text_is_the_same_by_lines_and_by_bytes(encoding: str) -> None:
    source = Source("é un\r\ndeux €\n".encode(encoding), "x")
    assert list(source.lines()) == ["é un", "deux €"]
    assert b"".join(source.utf8()) == "é un\ndeux €\n".encode()
    with source.utf8_stream() as stream:
        assert stream.read().replace(b"\r", b"") == "é un\ndeux €\n".encode()

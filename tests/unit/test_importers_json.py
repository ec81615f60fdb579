"""What every JSON format of a network bears: cut files, wrong types, wrappers, pages, depth; how it is told apart."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from copilot import registry
from copilot.errors import UserError
from copilot.importers.threads import load_thread
from copilot.importers.threads._comment_html import plain_words
from copilot.importers.threads._json_fields import ident, listed, whole, yes
from copilot.importers.threads._json_fields import when as read_when
from copilot.importers.threads._json_pages import Shape, pieces
from copilot.importers.threads._json_partial import Missing
from copilot.importers.threads._linking import Draft, Warnings
from copilot.importers.threads._mojibake import repaired
from copilot.importers.threads._source import Report, Source

DATA = Path(__file__).resolve().parents[1] / "data" / "threads"
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
FORMATS = (
    *("bluesky", "discourse", "facebook_graph", "google_reviews", "instagram_graph", "mastodon", "meta_download"),
    *("reddit", "threads_replies", "wordpress_rest", "youtube"),
)
MODULES = {name: module for name, module in registry.discover("copilot.importers.threads").items() if name in FORMATS}


def sample(name: str) -> Any:
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


def told_by(name: str, content: Any) -> tuple[list[Draft], Report]:
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    told = Report()
    return list(MODULES[name].read(Source(raw, "-"), told, captured_at=NOW)), told


def tried(name: str, content: Any) -> tuple[str, list[Draft], Report]:
    """As told_by, with the kind of refusal, empty when there is none."""
    try:
        return "", *told_by(name, content)
    except UserError as error:
        return error.kind, [], Report()


def texts(name: str, content: Any) -> list[str]:
    return [draft.text for draft in told_by(name, content)[0]]


@pytest.mark.parametrize("name", FORMATS)
class TestEveryFormat:
    def test_a_file_cut_at_any_byte_gives_a_beginning_of_its_messages(self, name: str) -> None:
        whole_file = (DATA / f"{name}.json").read_bytes()
        everything = texts(name, whole_file)
        most = 0
        for end in range(1, len(whole_file.rstrip())):
            failure, drafts, told = tried(name, whole_file[:end])
            assert failure in ("", "thread.truncated", "thread.malformed")
            assert failure or told.truncated
            assert {draft.text for draft in drafts} <= set(everything)
            most = max(most, len(drafts))
        assert most >= len(everything) - 1

    def test_wrong_types_everywhere_never_crash(self, name: str) -> None:
        chance = random.Random(20261121)
        for _ in range(400):
            content = sample(name)
            for _ in range(chance.randint(1, 6)):
                spoil(content, chance)
            failure, drafts, _ = tried(name, content)
            assert failure in ("", "thread.malformed")
            assert all(draft.text or draft.deleted or draft.rating for draft in drafts)

    @pytest.mark.parametrize("wrong", [None, 0, "", "x", [], {}, [[]], True, -1e300, 10**40, [None], {"data": None}])
    def test_every_field_may_hold_anything(self, name: str, wrong: Any) -> None:
        for path in paths(sample(name)):
            content = sample(name)
            put(content, path, wrong)
            drafts, _ = told_by(name, content)
            assert len(drafts) <= 4

    def test_a_mark_and_utf_16_are_read(self, name: str) -> None:
        text = (DATA / f"{name}.json").read_text(encoding="utf-8")
        expected = texts(name, text.encode())
        for encoding in ("utf-8-sig", "utf-16"):
            thread = load_thread(text.encode(encoding), "-", captured_at=NOW)
            assert thread.format == name
            assert [message.text for message in thread.messages] == expected

    def test_pages_come_as_a_list_as_lines_and_one_after_the_other(self, name: str) -> None:
        content = sample(name)
        pages = content if isinstance(content, list) else [content]
        # A reply that comes again with its page is known by its id.
        expected = sorted(texts(name, content) * 2)
        if name == "youtube":
            expected.remove("Écrivez-nous en privé.")
        line = json.dumps(content)
        assert sorted(texts(name, f"{line}\n{line}\n".encode())) == expected
        assert sorted(texts(name, json.dumps(content, indent=1).encode() * 2)) == expected
        assert sorted(texts(name, [*pages, *pages])) == expected

    @pytest.mark.parametrize("wrapper", ["response", "body", "result", "data", "payload"])
    def test_a_wrapper_more_is_looked_through(self, name: str, wrapper: str) -> None:
        content = sample(name)
        thread = load_thread(json.dumps({wrapper: content, "status": 200}).encode(), "-", captured_at=NOW)
        assert thread.format == name
        assert len(thread.messages) == 3

    def test_a_bad_line_in_the_middle_costs_itself_only(self, name: str) -> None:
        line = json.dumps(sample(name)).encode()
        drafts, told = told_by(name, line + b'\n{"items": [nonsense}\n' + line)
        assert len(drafts) == (5 if name == "youtube" else 6)
        assert not told.truncated
        assert any(said.key == "thread.warn.bad_line" and said.params["line"] == 2 for said in told.warnings.result())

    @pytest.mark.parametrize("levels", [1500, 3500, 100_000])
    def test_bottomless_nesting_is_refused_and_never_a_crash(self, name: str, levels: int) -> None:
        start = json.dumps(sample(name))[:-1] + ("," if isinstance(sample(name), list) else ', "more": ')
        for opening in ('{"a":', "["):
            with pytest.raises(UserError) as caught:
                told_by(name, (start + opening * levels * 6).encode())
            assert caught.value.kind == "thread.too_deep"

    def test_nothing_but_an_empty_page_is_no_thread(self, name: str) -> None:
        for content in (b"[]", b"{}", b'{"data": []}', b'{"items": []}', b"[{}]", b"[null, 1, [], {}]"):
            failure, drafts, _ = tried(name, content)
            assert failure in ("", "thread.malformed")
            assert drafts == []

    def test_its_sample_is_refused_by_the_other_formats(self, name: str) -> None:
        head = Source((DATA / f"{name}.json").read_bytes(), "-").head
        assert [other for other, module in MODULES.items() if module.sniff(head) > 0.9] == [name]

    def test_it_leaves_plain_lists_of_messages_to_the_general_format(self, name: str) -> None:
        for content in (
            {"data": [{"id": 1, "author": "Léa", "text": "Bonjour", "date": "2026-11-20"}]},
            {"data": [{"id": 1, "name": "Léa", "message": "Bonjour"}]},
            [{"user": "lea", "comment": "Bonjour", "rating": 4}],
            {"comments": [{"username": "lea", "text": "Bonjour"}]},
            {"posts": [{"title": "Bonjour", "body": "Texte"}]},
        ):
            assert MODULES[name].sniff(Source(json.dumps(content).encode(), "x.json").head) < 0.9


def paths(content: Any) -> Iterator[tuple[Any, ...]]:
    left: list[tuple[Any, tuple[Any, ...]]] = [(content, ())]
    while left:
        node, path = left.pop()
        if path:
            yield path
        inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
        left.extend((value, (*path, key)) for key, value in inner)


def put(content: Any, path: tuple[Any, ...], value: Any) -> None:
    for key in path[:-1]:
        content = content[key]
    content[path[-1]] = value


def spoil(content: Any, chance: random.Random) -> None:
    path = chance.choice([*paths(content), ()])
    if not path:
        return
    odd = (None, 0, -1, 3.5, "", "x" * 50, "\ud800", "\0", [], {}, [1], {"a": 1}, True, "2026-13-45", 10**30, [[{}]])
    if chance.random() < 0.3:
        for key in path[:-1]:
            content = content[key]
        del content[path[-1]]
    else:
        put(content, path, chance.choice(odd))


class TestPages:
    def found(self, content: str, shape: Shape) -> tuple[list[tuple[tuple[str, ...], Any]], Report]:
        told = Report()
        return [(piece.path, piece.value) for piece in pieces(Source(content.encode(), "-"), told, shape)], told

    def test_elements_come_before_the_rest_of_their_page(self) -> None:
        found, told = self.found('{"a": 1, "items": [{"x": 1}, 2], "z": [3]}', Shape(frozenset(("items",))))
        assert found == [(("items",), {"x": 1}), (("items",), 2), ((), {"a": 1, "items": [], "z": [3]})]
        assert not told.truncated

    def test_a_cut_drops_what_was_being_read_and_keeps_what_was(self) -> None:
        found, told = self.found('{"items": [{"x": 1}, {"x": 2, "in": [1, 2], "y', Shape(frozenset(("items",))))
        assert found[0] == (("items",), {"x": 1})
        assert told.truncated
        assert (("items",), {"x": 2, "in": [1, 2]}) not in found

    def test_a_large_file_is_never_held_whole(self) -> None:
        import tracemalloc

        line = json.dumps({"id": "x", "text": "é" * 500}).encode()
        content = b'{"items": [' + b",".join([line] * 20_000) + b"]}"
        source, told = Source(content, "-"), Report()
        tracemalloc.start()
        count = sum(1 for _ in pieces(source, told, Shape(frozenset(("items",)))))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert count == 20_001
        assert peak < len(content) / 5


class TestFields:
    @pytest.mark.parametrize(
        ("value", "expected"),
        [(3, 3), ("12", 12), (" 7 ", 7), ("1.5", None), (True, None), (None, None), ("²", None), (10**30, None)],
    )
    def test_whole_numbers(self, value: Any, expected: int | None) -> None:
        assert whole(value) == expected

    @pytest.mark.parametrize(
        ("value", "iso"),
        [
            ("2026-11-20T10:00:00+0000", "2026-11-20T10:00:00+00:00"),
            ("2026-11-20T11:00:00.5+01:00", "2026-11-20T10:00:00.500000+00:00"),
            ("2026-11-20T10:00:00.123456789Z", "2026-11-20T10:00:00.123456+00:00"),
            (1795168800, "2026-11-20T10:00:00+00:00"),
            ("1795168800", "2026-11-20T10:00:00+00:00"),
            (1795168800000, "2026-11-20T10:00:00+00:00"),
            (1795168800000000, "2026-11-20T10:00:00+00:00"),
        ],
    )
    def test_instants(self, value: Any, iso: str) -> None:
        at = read_when(value).at
        assert at is not None
        assert at.isoformat() == iso

    def test_what_is_no_instant(self) -> None:
        assert all(read_when(value).at is None for value in (0, -5, True, None, [], {}, float("nan"), 1e300, "demain"))

    def test_ids_and_lists_and_booleans(self) -> None:
        assert [ident(value) for value in (0, "0", None, 12, " a\nb ", True)] == ["", "", "", "12", "a b", ""]
        assert listed({"data": [1]}) == [1]
        assert listed({"data": {"id": 1}}) == [{"id": 1}]
        assert listed({"id": 1}) == [{"id": 1}]
        assert listed("") == listed(None) == listed({}) == []
        assert [yes(value) for value in ("true", 1, True, "false", 0, None)] == [True] * 3 + [False] * 3


class TestMissing:
    def test_replies_that_came_early_or_late_are_not_missing(self) -> None:
        missing, warnings = Missing(), Warnings()
        missing.came("a")
        missing.expect("a", 3, 1)
        missing.came("a")
        missing.expect("b", 1, 2)
        missing.came("b")
        missing.warn_each(warnings)
        assert [dict(said.params) for said in warnings.result()] == [{"count": 1, "message": 1}]


class TestMojibake:
    @pytest.mark.parametrize("right", ["déjà", "🧵 fil", "日本", "é", "שלום", "“oui”", "مرحبا"])
    def test_letters_spoilt_are_put_right_once(self, right: str) -> None:
        spoilt = right.encode().decode("latin-1")
        assert repaired(spoilt) == right
        assert repaired(right) == right

    @pytest.mark.parametrize("kept", ["Ã", "café Ã© 100 %", "Â la bonne heure", "naïve", "À Évry", "½ ±"])
    def test_what_does_not_read_as_bytes_is_kept(self, kept: str) -> None:
        assert repaired(kept) == kept


class TestHtml:
    @pytest.mark.parametrize(
        ("markup", "shown"),
        [
            ("a<br>b<br/>c<br />d", "a\nb\nc\nd"),
            ("<p>a</p><p>b</p>", "a\nb"),
            ("<p>a<br />\nb</p>\n<p>c</p>\n", "a\nb\nc"),
            ("a<br><br>b", "a\n\nb"),
            ("l&#39;été &amp;amp; &lt;b&gt;", "l'été &amp; <b>"),
            ("2 < 3 > 1 et <3", "2 < 3 > 1 et <3"),
            ("a\nb", "a\nb"),
            ("<p>a\n  b</p>", "a b"),
            ("<p>prix\u202f: 3\xa0€</p>", "prix\u202f: 3\xa0€"),
            (
                '<p><a href="https://e.fr/tout/a"><span class="invisible">https://</span><span class="ellipsis">e.fr/'
                'tout</span><span class="invisible">/a</span></a> vu</p>',
                "https://e.fr/tout/a vu",
            ),
            ('<p>Oui <img src="x" alt=":smile:" class="emoji"></p>', "Oui :smile:"),
            ("<ul><li>un</li><li>deux</li></ul>fin", "- un\n- deux\nfin"),
            ("<blockquote><p>cité</p></blockquote><p>dit</p>", "> cité\ndit"),
            ("<pre><code>a\n  b</code></pre>", "a\n  b"),
            ("<script>alert(1)</script><p>x</p><style>p{}</style>", "x"),
            ("<!-- rien --><p>x</p>", "x"),
            ('<p><img alt="a > b">fin</p>', "a > bfin"),
            ("https://e.fr/?a=1&copy=2", "https://e.fr/?a=1&copy=2"),
        ],
    )
    def test_what_a_reader_sees(self, markup: str, shown: str) -> None:
        assert plain_words(markup) == shown

    @pytest.mark.parametrize(
        "piece", ["<", "<a", '<a "', "<a '\"", "<!--", "<p>", "</p>", "&#", "<br><", '<a "">', "<script"]
    )
    def test_a_megabyte_of_anything_takes_no_time(self, piece: str) -> None:
        import time

        start = time.process_time()
        plain_words("<p>" + piece * (600_000 // len(piece)))
        assert time.process_time() - start < 5

"""Threads from files: columns, keys, dates, parents, and everything an export can get wrong."""

from __future__ import annotations

import contextlib
import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copilot.domain.conversation import ImportedThread
from copilot.errors import UserError
from copilot.i18n import LANGUAGES, Translator
from copilot.importers.threads import load_thread
from tests.work import growth

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def read(content: str | bytes, name: str = "-", captured_at: datetime = NOW) -> ImportedThread:
    raw = content if isinstance(content, bytes) else content.encode("utf-8")
    thread = load_thread(raw, name, captured_at=captured_at)
    for language in LANGUAGES:
        say = Translator(language)
        for warning in thread.warnings:
            assert say.has(warning.key), warning.key
            assert "{" not in say.wording(warning)
    return thread


def _zipped(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, '[{"a": 1}]')
    return out.getvalue()


def failure(content: str | bytes, name: str = "-") -> str:
    with pytest.raises(UserError) as caught:
        read(content, name)
    for language in LANGUAGES:
        assert Translator(language).has(caught.value.key), caught.value.key
        assert "{" not in Translator(language).error(caught.value)
    return caught.value.kind


def warned(thread: ImportedThread) -> list[str]:
    return [warning.key.removeprefix("thread.warn.") for warning in thread.warnings]


def texts(thread: ImportedThread) -> list[str]:
    return [message.text for message in thread.messages]


class TestCsv:
    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
    def test_delimiters_and_encodings(self, delimiter: str, encoding: str) -> None:
        rows = [["Auteur", "Commentaire"], ["Zoé", '"Été ; à, 10 €\r\n""oui"""']]
        thread = read("\r\n".join(delimiter.join(row) for row in rows).encode(encoding), "x.csv")
        assert texts(thread) == ['Été ; à, 10 €\n"oui"']
        assert thread.messages[0].author.name == "Zoé"

    def test_the_header_may_stand_under_titles(self) -> None:
        thread = read("Export de novembre\n\nPage ;Lumen\nNom;Message;Likes\nAna;Bonjour;3\n", "x.csv")
        assert (thread.title, texts(thread)) == ("Export de novembre", ["Bonjour"])

    @pytest.mark.parametrize(
        "header",
        [
            "author,text,date,parent,id",
            "Auteur,Texte,Date,Réponse à,Identifiant",
            "NAME,Comment,Created_At,parentId,comment id",
        ],
    )
    def test_synonyms(self, header: str) -> None:
        first, second = read(f"{header}\nAna,un,2026-03-03T10:00:00Z,,a\nBen,deux,2026-03-03T11:00:00Z,a,b\n").messages
        assert (first.external_id, second.parent_id) == ("a", "a")
        assert second.author.name == "Ben"
        assert second.created_at == datetime(2026, 3, 3, 11, tzinfo=UTC)

    def test_a_handle_next_to_a_name(self) -> None:
        author = read("name,username,comment\nAna,@ana.b,oui\n").messages[0].author
        assert (author.name, author.handle) == ("Ana", "ana.b")

    def test_one_column_without_a_header(self) -> None:
        assert texts(read("Bonjour\nMerci ; à demain, Ana\n", "x.csv")) == ["Bonjour", "Merci ; à demain, Ana"]

    def test_several_columns_without_a_header(self) -> None:
        thread = read("1;Une longue phrase;Ana\n2;Une autre longue phrase;Ben\n", "x.csv")
        assert texts(thread) == ["Une longue phrase", "Une autre longue phrase"]
        assert warned(thread) == ["columns_guessed"]

    def test_nested_numbers_are_replies(self) -> None:
        thread = read(",Name,Comment\n1,Ana,un\n1-1,Ben,deux\n2,Cyd,trois\n", "x.csv")
        assert [message.parent_id for message in thread.messages] == [None, "1", None]

    def test_backslashes_before_quotation_marks(self) -> None:
        thread = read('Date,Link,Message\n2024-01-01,https://x.example,"Il dit \\"oui\\", enfin"\n', "Comments.csv")
        assert texts(thread) == ['Il dit "oui", enfin']

    def test_a_stray_quotation_mark_swallows_nothing(self) -> None:
        thread = read('author,text\nAna,"Super, vraiment\nBen,ok\nCyd,"bien"\n', "x.csv")
        assert texts(thread) == ["Super, vraiment", "ok", "bien"]
        assert [(warning.key, warning.params["line"]) for warning in thread.warnings] == [("thread.warn.bad_line", 2)]

    def test_rows_without_a_text_are_told(self) -> None:
        thread = read("author,text\nAna,\nBen,ok\n\n", "x.csv")
        assert (texts(thread), warned(thread)) == (["ok"], ["no_text"])

    def test_a_cell_larger_than_the_csv_module_allows(self) -> None:
        assert len(texts(read(f'author,text\nAna,"{"x" * 300_000}"\n'))[0]) == 300_000

    def test_ratings(self) -> None:
        thread = read("avis;note\na;4,5\nb;FOUR\nc;★★★☆☆\nd;3/5\ne;bof\n")
        assert [message.rating for message in thread.messages] == [4.5, 4.0, 3.0, 3.0, None]


class TestDates:
    def when(self, *values: str, zone: timezone = UTC) -> list[datetime | str | None]:
        table = "text;date\n" + "".join(f"x;{value}\n" for value in values)
        messages = read(table, captured_at=NOW.astimezone(zone)).messages
        return [message.created_at or message.created_rel for message in messages]

    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            ("2026-03-03T10:00:00Z", datetime(2026, 3, 3, 10, tzinfo=UTC)),
            ("2026-03-03T10:00:00+0200", datetime(2026, 3, 3, 8, tzinfo=UTC)),
            ("2026-03-03 10:00", datetime(2026, 3, 3, 10, tzinfo=UTC)),
            ("13/03/2026 10h05", datetime(2026, 3, 13, 10, 5, tzinfo=UTC)),
            ("13/03/2026 à 10:05", datetime(2026, 3, 13, 10, 5, tzinfo=UTC)),
            ("3 février 2026 à 10 h 05", datetime(2026, 2, 3, 10, 5, tzinfo=UTC)),
            ("March 3, 2026 at 1:05 PM", datetime(2026, 3, 3, 13, 5, tzinfo=UTC)),
            ("Tue, 03 Mar 2026 10:00:00 +0000", datetime(2026, 3, 3, 10, tzinfo=UTC)),
            ("1772532000", datetime(2026, 3, 3, 10, tzinfo=UTC)),
            ("1772532000000", datetime(2026, 3, 3, 10, tzinfo=UTC)),
            ("3 h", "3 h"),
            ("2026-03-03", datetime(2026, 3, 3, tzinfo=UTC)),
            ("31/02/2026 10:00", None),
            ("n’importe quoi", None),
        ],
    )
    def test_forms(self, value: str, expected: datetime | str | None) -> None:
        assert self.when(value) == [expected]

    def test_a_time_without_a_zone_is_in_that_of_the_capture(self) -> None:
        found = self.when("2026-03-03 10:00", zone=timezone(timedelta(hours=1)))
        assert found == [datetime(2026, 3, 3, 9, tzinfo=UTC)]

    def test_one_date_settles_the_order_of_all(self) -> None:
        assert self.when("05/06/2026 10:00", "06/13/2026 10:00")[0] == datetime(2026, 5, 6, 10, tzinfo=UTC)
        assert self.when("05/06/2026 10:00", "13/06/2026 10:00")[0] == datetime(2026, 6, 5, 10, tzinfo=UTC)

    def test_an_open_order_is_told(self) -> None:
        thread = read("text;date\nx;05/06/2026 10:00\n")
        assert thread.messages[0].created_at == datetime(2026, 6, 5, 10, tzinfo=UTC)
        assert warned(thread) == ["day_first_assumed"]

    def test_a_date_and_an_hour_in_two_columns(self) -> None:
        thread = read("texte;date;heure\nx;2026-03-03;10:05\n")
        assert thread.messages[0].created_at == datetime(2026, 3, 3, 10, 5, tzinfo=UTC)


class TestJson:
    def test_lines_a_list_and_a_frame_are_the_same(self) -> None:
        entries = [{"id": 1, "author": "Ana", "text": "un"}, {"id": 2, "parent": 1, "author": "Ben", "text": "deux"}]
        lines = read("\n".join(json.dumps(entry) for entry in entries)).messages
        assert lines == read(json.dumps(entries, indent=1)).messages
        framed = read(json.dumps({"title": "Un fil", "network": "x", "post": "Le post", "comments": entries}))
        assert framed.messages == lines
        assert (framed.title, framed.network, framed.post_text) == ("Un fil", "x", "Le post")
        assert lines[1].parent_id == "1"

    def test_nested_replies_follow_their_message(self) -> None:
        thread = read(
            json.dumps(
                [{"text": "a", "replies": [{"text": "b", "replies": [{"text": "c"}]}, {"text": "d"}]}, {"text": "e"}]
            )
        )
        by_id = {message.external_id: message.text for message in thread.messages}
        assert [(message.text, by_id.get(message.parent_id or "")) for message in thread.messages] == [
            ("a", None), ("b", "a"), ("c", "b"), ("d", "a"), ("e", None),
        ]  # fmt: skip

    def test_bad_lines_are_told_with_their_number(self) -> None:
        thread = read('{"text":"a"}\n{oups\n\n[1]\n{"text":"b"}\n')
        assert texts(thread) == ["a", "b"]
        assert [warning.params["line"] for warning in thread.warnings] == [2, 4]

    def test_a_cut_list_keeps_what_was_whole(self) -> None:
        thread = read('[{"text":"a"},\n{"text":"b"},\n{"te')
        assert (texts(thread), warned(thread)) == (["a", "b"], ["cut_after"])

    def test_objects_over_several_lines(self) -> None:
        assert texts(read('{\n "text": "a"\n}\n{\n "text": "b"\n}\n')) == ["a", "b"]

    def test_an_author_object(self) -> None:
        author = read('{"text":"a","author":{"name":"Ana","username":"@ana"},"is_owner":true}').messages[0].author
        assert (author.name, author.handle, author.is_owner) == ("Ana", "ana", True)

    @pytest.mark.parametrize(
        "content",
        ['{"kind":"x","items":[{"snippet":{}}]}', "[{}]", '{"text": ""}', "[1, 2]"],
        ids=["another format", "nothing in it", "no text", "numbers"],
    )
    def test_without_a_message(self, content: str) -> None:
        assert failure(content, "x.json") in ("thread.not_a_thread", "thread.malformed")

    def test_what_is_no_json(self) -> None:
        assert failure("{,}", "x.json") == "thread.malformed"

    @pytest.mark.parametrize("content", ["[" * 200_000, '{"a":' * 200_000])
    def test_what_is_nested_without_end(self, content: str) -> None:
        assert failure(content, "x.json") == "thread.too_deep"


class TestParents:
    def thread(self, *entries: tuple[str, str | None]) -> ImportedThread:
        told = [
            {"id": id_, "parent": parent, "text": f"texte {number}"} for number, (id_, parent) in enumerate(entries)
        ]
        return read("\n".join(json.dumps(one) for one in told))

    def test_a_parent_may_come_after_its_child(self) -> None:
        thread = self.thread(("b", "a"), ("a", None))
        assert ([message.parent_id for message in thread.messages], thread.warnings) == (["a", None], ())

    def test_orphans_stay_at_the_top(self) -> None:
        thread = self.thread(("a", "zzz"))
        assert (thread.messages[0].parent_id, warned(thread)) == (None, ["orphan"])

    @pytest.mark.parametrize(
        "entries", [[("a", "a")], [("a", "b"), ("b", "a")], [("x", "a"), ("a", "b"), ("b", "c"), ("c", "a")]]
    )
    def test_loops_are_cut_once(self, entries: list[tuple[str, str | None]]) -> None:
        thread = self.thread(*entries)
        parents = {message.external_id: message.parent_id for message in thread.messages}
        assert warned(thread) == ["cycle"]
        for start, above in parents.items():
            steps, node = 0, above
            assert node != start
            while node is not None and steps <= len(parents):
                steps, node = steps + 1, parents[node]
            assert node is None

    def test_a_doubled_id_gets_another(self) -> None:
        thread = self.thread(("a", None), ("a", None), ("b", "a"))
        assert len({message.external_id for message in thread.messages}) == 3
        assert thread.messages[2].parent_id == "a"
        assert warned(thread) == ["duplicate_id"]

    def test_a_message_told_twice_is_kept_once(self) -> None:
        line = json.dumps({"id": "a", "text": "Bonjour", "author": "Ana"}) + "\n"
        thread = read(line + line + json.dumps({"id": "b", "parent": "a", "text": "Oui"}))
        assert [(message.external_id, message.parent_id) for message in thread.messages] == [("a", None), ("b", "a")]
        assert warned(thread) == ["duplicate_id"]

    def test_a_parent_told_by_name(self) -> None:
        thread = read("author,text,reply to\nAna,un,\nBen,deux,Ana\nAna,trois,@ben\n")
        ids = [message.external_id for message in thread.messages]
        assert [message.parent_id for message in thread.messages] == [None, ids[0], ids[1]]

    def test_a_made_up_id_never_takes_one_that_comes_later(self) -> None:
        made = read('{"text":"t"}').messages[0].external_id
        thread = read('{"text":"t"}\n' + json.dumps({"id": made, "text": "u"}))
        assert len({message.external_id for message in thread.messages}) == 2

    def test_warnings_do_not_drown_the_person(self) -> None:
        thread = self.thread(*((str(n), "zzz") for n in range(500)))
        assert len(thread.warnings) == 21
        assert thread.warnings[-1].params == {"count": 480}

    def test_what_is_left_of_each_kind_is_counted_after_it(self) -> None:
        thread = self.thread(*((str(n), "zzz") for n in range(30)), *(("0", None) for _ in range(25)))
        assert warned(thread) == [*["duplicate_id"] * 20, "more", *["orphan"] * 20, "more"]
        assert [one.params["count"] for one in thread.warnings if "count" in one.params] == [5, 10]

    @settings(deadline=None)
    @given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from(["a", "b", "c", "d", "e", None])), min_size=1))
    def test_every_parent_exists_and_leads_to_a_root(self, entries: list[tuple[str, str | None]]) -> None:
        messages = self.thread(*entries).messages
        parents = {message.external_id: message.parent_id for message in messages}
        assert len(parents) == len(messages) == len(entries)
        for start in parents:
            seen, node = set(), start
            while node is not None:
                assert node not in seen
                seen.add(node)
                node = parents[node]


class TestTexts:
    @pytest.mark.parametrize(
        ("raw", "expected"),
        [
            ("un<br>deux<br/>\ntrois", "un\ndeux\ntrois"),
            ("<p>un</p><p>deux</p>", "un\ndeux"),
            ("&lt;3 &amp;amp; l&#39;été &eacute;", "<3 &amp; l'été é"),
            ('<a href="https://x.example" rel=nofollow>lien</a>', "lien (https://x.example)"),
            ("<ul><li>un</li><li>deux</li></ul>", "- un\n- deux"),
            ("<script>x</script>a<br>b", "a\nb"),
            ("je t’aime <3 et 2 < 3 > 1", "je t’aime <3 et 2 < 3 > 1"),
            ("mettez <b> devant", "mettez <b> devant"),
            ("https://x.example/?a=1&copy=2&lt", "https://x.example/?a=1&copy=2&lt"),
            ("R&D", "R&D"),
        ],
    )
    def test_markup(self, raw: str, expected: str) -> None:
        assert texts(read(json.dumps({"text": raw}))) == [expected]

    @pytest.mark.parametrize("text", ["C’est déjà l’été 😍", "Ça va, €", "naïve", "œuvre"])
    def test_mojibake_is_mended_once(self, text: str) -> None:
        for encoding in ("latin-1", "cp1252"):
            with contextlib.suppress(UnicodeDecodeError):
                broken = text.encode().decode(encoding)
                assert texts(read(json.dumps({"text": broken}))) == [text]

    @pytest.mark.parametrize("text", ["Â l’été", "À bientôt", "fâché Ã ce point", "10 Â€", "Ãe"])
    def test_right_text_is_left_alone(self, text: str) -> None:
        assert texts(read(json.dumps({"text": text}))) == [text]

    def test_what_no_text_should_hold_goes(self) -> None:
        assert texts(read('{"text":"a\\u0000b\\u0007c\\ud800d"}')) == ["abc\ufffdd"]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "thread.empty"),
        (b" \n", "thread.empty"),
        (b"\x89PNG\r\n\x1a\n\0\0", "thread.binary"),
        (b"%PDF-1.4", "thread.binary"),
        (b"\x1f\x8b\x08\0\0\0\0\0", "thread.archive"),
        (_zipped("notes.json"), "thread.archive_nothing"),
        (b"author,text\nAna,\n", "thread.not_a_thread"),
        (b"x" * 50_000_001, "thread.too_large"),
    ],
    ids=["empty", "blank", "image", "pdf", "gzip", "zip", "no text", "too large"],
)
def test_refusals(content: bytes, kind: str) -> None:
    assert failure(content, "x.csv" if b"," in content else "-") == kind


@pytest.mark.parametrize(
    ("made", "name"),
    [
        (lambda n: "author,text\n" + 'Ana,"x\n' * 40 * n, "x.csv"),
        (lambda n: 'author,text\nAna,"' + "x\n" * 150 * n, "x.csv"),
        (lambda n: json.dumps({"text": "<br>" + "<a " * 300 * n}), "x.json"),
        (lambda n: json.dumps({"text": "<br>" + "<script>" * 100 * n + "</br>"}) + '\n{"text":"b"}', "x.jsonl"),
        (lambda n: json.dumps({"text": "&" * 500 * n}), "x.json"),
        (lambda n: json.dumps({"text": "e" + "\u0301" * 50 * n}), "x.json"),
    ],
    ids=["open quotes", "one open cell", "open tags", "open scripts", "ampersands", "combining marks"],
)
def test_hostile_files_take_linear_time(made: Callable[[int], str], name: str) -> None:
    def messages(content: str) -> None:
        assert read(content, name).messages

    # Four times the file; a quadratic way takes sixteen times as long.
    assert growth(messages, made(250), made(1000)) < 10


@settings(deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["-", "x.csv", "x.json", "x.txt"]))
def test_no_bytes_crash(content: bytes, name: str) -> None:
    with contextlib.suppress(UserError):
        for message in read(content, name).messages:
            assert message.text.strip()
            message.text.encode()


@settings(deadline=None)
@given(st.text(max_size=300), st.sampled_from(["-", "x.csv", "x.json", "x.txt"]))
def test_no_text_crashes(content: str, name: str) -> None:
    with contextlib.suppress(UserError):
        assert read(content.encode("utf-8", "surrogatepass"), name).messages


def test_json_lines_keep_what_else_they_say_of_a_message() -> None:
    lines = [
        {"text": "Plein", "likes": 5000, "edited": "2026-11-20T10:00:00Z", "hidden": True, "deleted": "oui"},
        {"text": "Milliers", "likes": "12 340", "hidden": False, "deleted": 0},
        {"text": "Rien", "likes": "beaucoup"},
    ]
    content = "\n".join(json.dumps(one) for one in lines).encode()
    full, thousands, nothing = load_thread(content, "m.jsonl", captured_at=NOW).messages
    assert (full.likes, full.edited_at, full.hidden, full.deleted) == (
        5000,
        datetime(2026, 11, 20, 10, tzinfo=UTC),
        True,
        True,
    )
    assert (thousands.likes, thousands.hidden, thousands.deleted) == (12340, False, False)
    assert (nothing.likes, nothing.edited_at) == (None, None)

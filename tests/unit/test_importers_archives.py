"""Archives of what one account wrote: Google Takeout and LinkedIn."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime

import pytest

from copilot.domain.conversation import ImportedThread
from copilot.errors import UserError
from copilot.importers.threads import load_thread
from copilot.importers.threads.takeout import text_of

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
CHANNEL = "UC" + "a" * 22
FIRST, SECOND = "UgzExempleAAAAAAAAAA4AaABAg", "UgzExempleBBBBBBBBBB4AaABAg"


def read(text: str) -> ImportedThread:
    return load_thread(text.encode(), "comments.csv", captured_at=NOW)


def told(thread: ImportedThread) -> list[str]:
    return [one.key.removeprefix("thread.warn.") for one in thread.warnings]


def table(header: list[str], *rows: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([header, *rows])
    return out.getvalue()


NEW = [
    "Comment ID",
    "Channel ID",
    "Comment Create Timestamp",
    "Price",
    "Parent Comment ID",
    "Video ID",
    "Comment Text",
]


class TestTakeout:
    def test_the_form_before_june_2024(self) -> None:
        texts = '{"text":"Bonjour "},{"text":"@lea","mention":{"externalChannelId":"UCx"}},{"text":" !"}'
        thread = read(table(NEW, [FIRST, CHANNEL, "2024-01-02T10:00:00Z", "0", "", "vidExemple1", texts]))
        assert (thread.format, thread.network) == ("takeout", "youtube")
        assert [one.text for one in thread.messages] == ["Bonjour @lea !"]
        assert told(thread) == ["own_comments_only"]

    def test_the_form_since(self) -> None:
        body = json.dumps({"takeoutSegments": [{"text": "Voir "}, {"link": {"linkUrl": "https://aubrelle.example"}}]})
        thread = read(table(NEW, [FIRST, CHANNEL, "2026-01-02T10:00:00Z", "0", "", "vidExemple1", body]))
        assert thread.messages[0].text == "Voir https://aubrelle.example"
        assert thread.messages[0].created_at == datetime(2026, 1, 2, 10, tzinfo=UTC)
        assert thread.messages[0].author.is_owner

    def test_columns_in_another_language_and_order(self) -> None:
        header = [
            "Horodatage",
            "ID du commentaire",
            "ID de la chaîne",
            "ID du commentaire parent",
            "Prix",
            "Texte du commentaire",
        ]
        body = json.dumps({"takeoutSegments": [{"text": "Réponse"}]})
        thread = read(
            table(
                header,
                ["2026-01-02T10:00:00Z", FIRST, CHANNEL, "", "0", json.dumps({"takeoutSegments": [{"text": "Un"}]})],
                ["2026-01-02T11:00:00Z", SECOND, CHANNEL, FIRST, "0", body],
            )
        )
        assert thread.format == "takeout"
        assert [one.external_id for one in thread.messages] == [FIRST, SECOND]
        assert thread.messages[1].parent_id == FIRST

    def test_a_row_without_words_is_told(self) -> None:
        body = json.dumps({"takeoutSegments": [{"text": "Un"}]})
        empty = json.dumps({"takeoutSegments": []})
        rows = [
            [one, CHANNEL, "2026-01-02T10:00:00Z", "0", "", "v", text] for one, text in ((FIRST, body), (SECOND, empty))
        ]
        assert told(read(table(NEW, *rows))) == ["no_text", "own_comments_only"]

    @pytest.mark.parametrize("column", ["Comment text", "Texte du commentaire", "Kommentartext"])
    def test_words_that_are_no_json(self, column: str) -> None:
        body = json.dumps({"takeoutSegments": [{"text": "Un"}]})
        rows = [
            [f"U{number}", CHANNEL, "2026-01-02T10:00:00Z", "0", "", "v", text, ""]
            for number, text in enumerate((body, "Des mots, nus", "{ sourire", ""))
        ]
        thread = read(table([*NEW[:-1], column, "Top-level comment ID"], *rows))
        assert thread.format == "takeout"
        assert [(one.external_id, one.text) for one in thread.messages] == [
            ("U0", "Un"),
            ("U1", "Des mots, nus"),
            ("U2", "{ sourire"),
        ]
        assert told(thread) == ["no_text", "own_comments_only"]

    def test_a_file_of_words_that_are_no_json(self) -> None:
        row = ["Ugz1", CHANNEL, "2026-01-02T10:00:00Z", "0", "", "vidExemple1", "Texte simple"]
        thread = read(table(NEW, row))
        assert [(one.text, one.author.is_owner) for one in thread.messages] == [("Texte simple", True)]
        assert told(thread) == ["own_comments_only"]

    @pytest.mark.parametrize(
        "cell", ["", "{", '{"text":3}', '{"takeoutSegments":{"text":"x"}}', "[" * 5000, '{"text":null},']
    )
    def test_a_cell_that_holds_no_words(self, cell: str) -> None:
        assert text_of(cell) == ""


class TestLinkedin:
    def test_quotation_marks_after_a_backslash_stay_in_their_text(self) -> None:
        thread = read(
            "Date,Link,Message\n"
            "2026-01-02 10:00:00,https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A7,"
            '"Un \\"grand\\" merci, à tous\n\nCamille"\n'
            "2026-01-03 10:00:00,https://www.linkedin.com/feed/update/urn%3Ali%3Aactivity%3A7,Bravo\n"
        )
        assert (thread.format, thread.network) == ("linkedin_archive", "linkedin")
        assert [one.text for one in thread.messages] == ['Un "grand" merci, à tous\n\nCamille', "Bravo"]
        assert thread.messages[0].link.startswith("https://www.linkedin.com/feed/update/")
        assert told(thread) == ["own_comments_only"]

    def test_an_empty_archive_is_refused(self) -> None:
        with pytest.raises(UserError) as caught:
            read("Date,Link,Message\n")
        assert caught.value.kind == "thread.empty"

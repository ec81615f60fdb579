"""Exports: exact bytes for tools, harmless cells for people, and what is refused before a byte is written."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copilot.domain.wording import Wording
from copilot.errors import UserError
from copilot.exporters import ExportFile, ExportRow, buffer, csv_table, hootsuite, json_items, markdown, sprout
from copilot.i18n import LANGUAGES, Translator
from tests.export_rows import NOW, TEXTS, ZONE, everything, planned, post, posts, reply

SCHEDULING = {"hootsuite": hootsuite, "buffer": buffer, "sprout": sprout}
TEXT_COLUMN = {"hootsuite": 1, "buffer": 0, "sprout": 2}

any_tool = pytest.mark.parametrize("tool", SCHEDULING)


def files(tool: str, rows: list[ExportRow], zone: str = ZONE, now: datetime = NOW) -> list[ExportFile]:
    return list(SCHEDULING[tool].export(rows, now=now, brand_zone=zone))


def table(file: ExportFile, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"), newline=""), delimiter=delimiter, strict=True))


def failure(tool: str, rows: list[ExportRow], **options: object) -> UserError:
    with pytest.raises(UserError) as caught:
        files(tool, rows, **options)
    for language in LANGUAGES:
        assert Translator(language).has(caught.value.key), caught.value.key
        assert "{" not in Translator(language).error(caught.value)
    return caught.value


class TestSchedulingFiles:
    def test_hootsuite(self) -> None:
        content = files("hootsuite", [post(1, "Café ; ok"), post(2, 'a, "b"\nc')])[0].content
        assert content == '01/12/2026 09:05,Café ; ok,\r\n02/12/2026 09:05,"a, ""b""\nc",\r\n'.encode()

    def test_buffer(self) -> None:
        row = post(1, "Café", media_urls=("https://a.example/i.png",))
        assert files("buffer", [row])[0].content == (
            "Text,Image URL,Tags,Posting Time\r\nCafé,https://a.example/i.png,,2026-12-01 09:05\r\n".encode()
        )

    def test_sprout(self) -> None:
        row = post(1, "Café", media_urls=("https://a.example/i.png",))
        assert files("sprout", [row])[0].content == (
            "date,time_24hr,message_text,public_image_url\r\n01/12/2026,09:05,Café,https://a.example/i.png\r\n".encode()
        )

    @any_tool
    def test_texts_come_back_as_approved(self, tool: str) -> None:
        rows = table(files(tool, posts())[0])
        body = rows if tool == "hootsuite" else rows[1:]
        assert [row[TEXT_COLUMN[tool]] for row in body] == list(TEXTS)

    @any_tool
    @settings(deadline=None)
    @given(text=st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=80))
    def test_any_text_comes_back_as_approved(self, tool: str, text: str) -> None:
        rows = table(files(tool, [post(1, f"{text}\n{text}")])[0])
        assert rows[-1][TEXT_COLUMN[tool]] == f"{text}\n{text}"
        assert len(rows) == (1 if tool == "hootsuite" else 2)

    @any_tool
    def test_the_link_is_not_said_twice(self, tool: str) -> None:
        text = "Lisez https://a.example/x"
        assert files(tool, [post(1, text, link="https://a.example/x")])[0].content.count(b"https://a.example/x") == 1

    @any_tool
    def test_no_mark_and_no_blank_line_between_rows(self, tool: str) -> None:
        content = files(tool, [post(1), post(2)])[0].content
        assert not content.startswith(b"\xef\xbb\xbf")
        assert b"\r\n\r\n" not in content
        assert content.endswith(b"\r\n")

    @any_tool
    def test_rows_are_in_the_order_of_time(self, tool: str) -> None:
        assert files(tool, [post(3), post(1), post(2)])[0].rows == (1, 2, 3)

    @any_tool
    def test_a_file_never_mixes_accounts(self, tool: str) -> None:
        rows = [post(1), post(2, network="linkedin", account="Vélos Lumen/Paris"), post(3, account="@autre")]
        assert {file.name_suffix: file.rows for file in files(tool, rows)} == {
            "-x-lumen": (1,),
            "-x-autre": (3,),
            "-linkedin-velos-lumen-paris": (2,),
        }

    @any_tool
    def test_accounts_that_read_alike_keep_their_own_file(self, tool: str) -> None:
        names = [file.name_suffix for file in files(tool, [post(1, account="été"), post(2, account="ete")])]
        assert len(set(names)) == 2

    @pytest.mark.parametrize(("tool", "most"), [("hootsuite", 350), ("buffer", 100), ("sprout", 350)])
    def test_long_lists_are_split(self, tool: str, most: int) -> None:
        start = datetime(2026, 12, 1, 9)
        rows = [
            post(n, planned=replace(planned(1, 9), local=start + timedelta(minutes=10 * n))) for n in range(1, most + 2)
        ]
        parts = files(tool, rows)
        assert [(part.name_suffix, len(part.rows)) for part in parts] == [("-1", most), ("-2", 1)]
        headers = {part.content.split(b"\r\n")[0] for part in parts}
        assert len(headers) == (2 if tool == "hootsuite" else 1)
        assert files(tool, rows[:most])[0].name_suffix == ""

    def test_what_a_file_cannot_carry_is_said(self) -> None:
        row = post(1, media_urls=("https://a.example/i.png", "file:///i.png"), alt_texts=("Un vélo",))
        notes = {tool: [note.key for note in files(tool, [row])[0].notes] for tool in SCHEDULING}
        lost = ["export.note.media_left_out", "export.note.alt_left_out"]
        assert notes == {
            "hootsuite": ["export.note.day_first", *lost],
            "buffer": lost,
            "sprout": ["export.note.day_first", *lost],
        }
        assert files("buffer", [row])[0].notes[0] == Wording(lost[0], {"items": ("1",), "count": 1})


class TestSchedulingTimes:
    @any_tool
    def test_times_are_those_of_the_account(self, tool: str) -> None:
        row = post(1, planned=planned(1, 9, 5, zone="America/Montreal"))
        assert "15:05" in files(tool, [row])[0].content.decode()
        assert "23:05" in files(tool, [row], zone="Asia/Tokyo")[0].content.decode()

    @any_tool
    def test_summer_time_counts_on_the_day_itself(self, tool: str) -> None:
        before, after = planned(27, 9, month=3, year=2027, zone="UTC"), planned(28, 9, month=3, year=2027, zone="UTC")
        content = files(tool, [post(1, planned=before), post(2, planned=after)])[0].content.decode()
        assert "10:00" in content
        assert "11:00" in content

    @any_tool
    def test_an_hour_the_clocks_skip(self, tool: str) -> None:
        error = failure(tool, [post(1), post(2, planned=planned(28, 2, 30, month=3, year=2027))])
        assert (error.kind, error.params["items"]) == ("export.nonexistent_time", ("2",))

    @any_tool
    def test_an_hour_that_comes_twice_is_the_first(self, tool: str) -> None:
        now = datetime(2026, 10, 24, tzinfo=UTC)
        row = post(1, planned=planned(25, 2, 30, month=10))
        assert "02:30" in files(tool, [row], now=now)[0].content.decode()
        assert "00:30" in files(tool, [row], now=now, zone="UTC")[0].content.decode()

    @any_tool
    def test_the_past(self, tool: str) -> None:
        error = failure(
            tool, [post(1), post(2, planned=planned(21, 13, 0, month=11)), post(3, planned=planned(1, 9, month=1))]
        )
        assert (error.kind, error.params["items"]) == ("export.past", ("2", "3"))

    @pytest.mark.parametrize(("tool", "kind"), [("hootsuite", "export.too_soon"), ("sprout", "export.too_soon")])
    def test_ten_minutes_ahead(self, tool: str, kind: str) -> None:
        assert failure(tool, [post(1, planned=planned(21, 13, 5, month=11))]).kind == kind
        assert files(tool, [post(1, planned=planned(21, 13, 10, month=11))])

    def test_hootsuite_counts_in_fives(self) -> None:
        error = failure("hootsuite", [post(1, planned=planned(1, 9, 7)), post(2)])
        assert (error.kind, error.params["items"]) == ("export.minute_step", ("1",))
        assert files("buffer", [post(1, planned=planned(1, 9, 7))])

    def test_sprout_leaves_ten_minutes(self) -> None:
        near = [
            post(1, planned=planned(1, 9, 0)),
            post(2, planned=planned(1, 9, 9)),
            post(3, planned=planned(1, 9, 30)),
        ]
        error = failure("sprout", near)
        assert (error.kind, error.params["items"]) == ("export.too_close", ("1", "2"))
        assert files("sprout", [near[0], replace(near[1], planned=planned(1, 9, 10))])
        assert files("sprout", [near[0], replace(near[1], account="@autre")])


class TestRefusals:
    @any_tool
    def test_replies(self, tool: str) -> None:
        error = failure(tool, [post(1), reply(8), reply(9)])
        assert (error.kind, error.params["items"], error.params["count"]) == (
            "export.reply_not_schedulable", ("8", "9"), 2,
        )  # fmt: skip

    @any_tool
    def test_posts_without_a_time(self, tool: str) -> None:
        error = failure(tool, [post(1), post(2, planned=None)])
        assert (error.kind, error.params["items"]) == ("export.no_time", ("2",))

    @any_tool
    @pytest.mark.parametrize("char", ["\0", "\x07", "\r", "\x85", "\ud800"])
    def test_what_no_csv_can_carry(self, tool: str, char: str) -> None:
        assert failure(tool, [post(1, f"a{char}b")]).kind == "export.control_character"

    @any_tool
    @pytest.mark.parametrize("zone", ["Europe/Lutece", "", "../etc/passwd"])
    def test_an_unknown_zone(self, tool: str, zone: str) -> None:
        assert failure(tool, [post(1)], zone=zone).kind == "export.unknown_zone"
        assert failure(tool, [post(1, planned=planned(1, 9, zone=zone))]).kind == "export.unknown_zone"


class TestHumanCsv:
    def test_a_spreadsheet_opens_it(self) -> None:
        content = csv_table.export([post(1, "Été\n; fin")], now=NOW, brand_zone=ZONE)[0].content
        assert content.startswith("\ufeffNuméro;Date;Heure;Fuseau;Réseau;Compte;Type;Texte;".encode())
        assert content.count(b"\r\n") == 2
        assert table(ExportFile("", content, ()), ";")[1][:8] == [
            "1", "2026-12-01", "09:05", "Europe/Paris", "X", "'@lumen", "publication", "Été\n; fin",
        ]  # fmt: skip

    def test_in_english(self) -> None:
        content = csv_table.export([post(1)], now=NOW, brand_zone=ZONE, language="en")[0].content
        assert content.decode("utf-8-sig").startswith("Number;Date;Time;")

    @pytest.mark.parametrize(
        "cell",
        ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "\xa0=1",
         "\u202f-1", "\u200b=1", "\ufeff=1", "＝1", "\tx", "\rx"],
    )  # fmt: skip
    def test_formulas_are_harmless(self, cell: str) -> None:
        assert csv_table.neutral(cell).startswith("'")

    @pytest.mark.parametrize("cell", ["", "a=1", "1-1", "« = »", "’@a", "#Vélo", "a\n=1", " x"])
    def test_plain_cells_are_left_alone(self, cell: str) -> None:
        assert csv_table.neutral(cell) == cell

    def test_no_cell_of_any_column_can_run(self) -> None:
        evil = "=cmd|' /C calc'!A0"
        row = replace(
            reply(), text=evil, network_label=evil, account=evil, link=evil, campaign=evil, approved_by=evil, body=evil,
            hashtags=(evil,), media_urls=(evil,), alt_texts=(evil,), answers_author=evil, answers_text=evil,
        )  # fmt: skip
        cells = table(csv_table.export([row], now=NOW, brand_zone=ZONE)[0], ";")[1]
        assert sum("cmd|" in cell for cell in cells) == 11
        assert not [cell for cell in cells if cell.lstrip()[:1] in ("=", "+", "-", "@")]

    @settings(deadline=None)
    @given(st.text(max_size=60))
    def test_any_text_is_one_row(self, text: str) -> None:
        rows = table(csv_table.export([post(1, text)], now=NOW, brand_zone=ZONE)[0], ";")
        assert [len(row) for row in rows] == [len(csv_table.COLUMNS)] * 2


class TestJson:
    def read(self, rows: list[ExportRow]) -> dict:
        return json.loads(json_items.export(rows, now=NOW, brand_zone=ZONE)[0].content)

    def test_keys_and_values(self) -> None:
        body = self.read([posts()[1], reply()])
        assert list(body) == ["format", "exported_at", "brand_zone", "items"]
        assert body["exported_at"] == "2026-11-21T12:00:00Z"
        first, second = body["items"]
        assert list(first) == [
            "id", "kind", "network", "network_label", "account", "text", "body", "hashtags", "link", "media_urls",
            "alt_texts", "planned", "answers", "approved_by", "approved_at", "package_hash", "campaign",
        ]  # fmt: skip
        assert first["planned"] == {"local": "2026-12-02T09:05", "zone": "Europe/Paris", "utc": "2026-12-02T08:05:00Z"}
        assert first["approved_at"] == "2026-11-20T08:30:00Z"
        assert second["answers"]["author"] == "Zoé *Roc*"
        assert (first["answers"], second["planned"]) == (None, None)

    @settings(deadline=None)
    @given(st.text(max_size=80))
    def test_any_text_comes_back(self, text: str) -> None:
        assert self.read([post(1, text)])["items"][0]["text"] == text

    def test_even_half_a_character(self) -> None:
        assert self.read([post(1, "a\ud800b\0")])["items"][0]["text"] == "a\ud800b\0"


class TestMarkdown:
    def page(self, rows: list[ExportRow], language: str = "fr") -> str:
        return markdown.export(rows, now=NOW, brand_zone=ZONE, language=language)[0].content.decode()

    def test_posts_by_network_then_replies_under_what_they_answer(self) -> None:
        page = self.page(everything())
        assert page.index("## LinkedIn") < page.index("## X") < page.index("## Réponses")
        assert page.index("![x]") < page.index("Merci Zoé")
        assert "Approuvé par Ana Bel le 2026-11-20 09:30" in page
        assert "`" + f"{9:064x}" + "`" in page

    @settings(deadline=None)
    @given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=60))
    def test_no_text_leaves_its_block(self, text: str) -> None:
        lines = markdown.fenced(f"```\n{text}\n~~~~\n`````")
        fence = lines[0].removesuffix("text")
        assert set(fence) == {"`"}
        assert [line for line in lines[1:-2] if line.startswith(fence)] == []
        assert lines[1:-2] == f"```\n{text}\n~~~~\n`````".split("\n")

    def test_a_name_is_no_markup(self) -> None:
        assert markdown.inline("[a](https://b)\n<i> *x*") == "\\[a\\](https://b) \\<i\\> \\*x\\*"

    def test_in_english(self) -> None:
        assert "## Replies" in self.page([reply()], "en")

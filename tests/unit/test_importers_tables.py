"""Workbooks, the exports of comment savers and review sites, and what is proposed of the columns of any table."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import openpyxl
import pytest

from copilot.domain.conversation import ImportedThread
from copilot.domain.imports import TableMapping
from copilot.errors import UserError
from copilot.importers.threads import load_thread, mapping_of

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def workbook(*rows: Sequence[Any], before: Sequence[Sequence[Any]] = ()) -> bytes:
    """The bytes of a workbook; ``before`` are the rows of a first sheet."""
    made = openpyxl.Workbook()
    page = made.active
    if before:
        for row in before:
            page.append(row)
        page = made.create_sheet("Comments")
    for row in rows:
        page.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def read(content: bytes | str, name: str = "export", mapping: TableMapping | None = None) -> ImportedThread:
    raw = content.encode() if isinstance(content, str) else content
    return load_thread(raw, name, captured_at=NOW, mapping=mapping)


def told(thread: ImportedThread) -> list[str]:
    return [one.key.removeprefix("thread.warn.") for one in thread.warnings]


def refused(content: bytes | str, name: str = "export") -> str:
    with pytest.raises(UserError) as caught:
        read(content, name)
    return caught.value.kind


SAVED = (
    ["Comments of a post"],
    ["Link", "https://network.example/p/1"],
    [],
    ["", "Name", "Profile ID", "Date", "Likes", "Stars", "Comment", "(view) Source"],
    [1, "Léa Fontan", "lea.f", datetime(2026, 11, 20, 10), 3, None, "Pas arrivée", "view"],
    ["1-1", "Atelier Test", "atelier", datetime(2026, 11, 20, 11), 0, None, "Écrivez-nous", "view"],
    [2, "Hugo Marin", "hugo", datetime(2026, 11, 20, 12), 1204, 5, "Superbe", "view"],
)


def test_titles_above_the_header_and_nested_numbers() -> None:
    thread = read(workbook(*SAVED))
    assert (thread.format, thread.title) == ("xlsx", "Comments of a post")
    assert [one.parent_id for one in thread.messages] == [None, "1", None]
    assert [one.likes for one in thread.messages] == [3, 0, 1204]
    assert thread.messages[2].rating == 5
    assert thread.messages[0].created_at == datetime(2026, 11, 20, 10, tzinfo=UTC)


ROUNDED = (
    "Commentaires;;;;\n;Nom;Date;Commentaire;ID commentaire\n"
    "1;Léa;14/03/2026 09:30;Superbe;1,79E+16\n1-1;Atelier;14/03/2026 09:40;Merci Léa;1,79E+16\n"
    "2;Hugo;15/03/2026 18:00;Trop cher;1,79E+16\n2-1;Atelier;15/03/2026 18:30;Écrivez-nous;1,79E+16\n"
)


def test_ids_that_a_spreadsheet_rounded_are_not_used() -> None:
    thread = read(ROUNDED)
    assert [one.parent_id for one in thread.messages] == [None, "1", None, "2"]
    assert (told(thread), thread.warnings[0].params["count"]) == (["ids_rounded"], 4)


def test_replies_whose_parents_a_spreadsheet_rounded_answer_nobody() -> None:
    thread = read(
        "comment_id,parent_id,author,text\n1.79E+16,,Léa,Superbe\n1.79E+16,,Hugo,Trop cher\n"
        "1.7901234567890122e+18,1.79E+16,Atelier,Merci\n18000000000000001,,Zoé,Un mot : 1,79E+16\n"
    )
    assert [one.parent_id for one in thread.messages] == [None] * 4
    assert len({one.external_id for one in thread.messages}) == 4
    assert "ids_rounded" in told(thread)
    assert "duplicate_id" not in told(thread)


def test_who_the_profiles_belong_to_is_dropped_and_said() -> None:
    thread = read(workbook(*SAVED))
    assert told(thread) == ["profiles_dropped"]
    assert "lea.f" not in repr(thread)


def test_the_sheet_that_holds_messages_is_found() -> None:
    summary = (["Total", 3], ["Exported", "yesterday"])
    assert len(read(workbook(*SAVED[3:], before=summary)).messages) == 3


def test_a_reply_in_the_row_of_its_review_is_a_reply_of_ours() -> None:
    thread = read(
        "Review ID,Review Date,Review Stars,Review Title,Review Content,Consumer name,Email,Reply\n"
        "a,2026-11-20T10:00:00Z,2,Trop long,Cinq semaines d’attente,Léa,lea@mail.example,Nous sommes désolés.\n"
        "b,2026-11-20T11:00:00Z,5,Parfait,,Hugo,,\n"
    )
    assert [one.text for one in thread.messages] == [
        "Trop long\nCinq semaines d’attente", "Nous sommes désolés.", "Parfait",
    ]  # fmt: skip
    assert (thread.messages[1].author.is_owner, thread.messages[1].parent_id) == (True, "a")
    assert [one.rating for one in thread.messages] == [2, None, 5]
    assert "lea@mail" not in repr(thread)


def test_reviews_have_headings_and_times_of_their_replies() -> None:
    thread = read(
        "Review Id,Review Created (UTC),Consumer Name,Review Title,Review Content,Review Stars,Company Reply,"
        "Company Reply Date (UTC)\n"
        'abc1,2026-10-01 10:00:00,Léa Fontan,Déçue,"Commande jamais reçue.",1,"Bonjour Léa, nous regardons.",'
        "2026-10-02 09:30:00\n"
        "abc2,2026-10-03 11:00:00,Hugo Marin,,Parfait !,5,,\n"
    )
    review, reply, other = thread.messages
    assert (review.text, review.created_at) == ("Déçue\nCommande jamais reçue.", datetime(2026, 10, 1, 10, tzinfo=UTC))
    assert (reply.author.is_owner, reply.created_at) == (True, datetime(2026, 10, 2, 9, 30, tzinfo=UTC))
    assert other.text == "Parfait !"
    assert read("Date,Stars,Title,Content,Consumer name\n2026-10-01,2,Bof,Livraison lente,Léa\n").messages[0].text == (
        "Bof\nLivraison lente"
    )
    # Without stars a title is rather that of the post.
    assert read("Date,Title,Content,Author\n2026-10-01,Bof,Livraison lente,Léa\n").messages[0].text == "Livraison lente"


def test_a_damaged_workbook_is_refused() -> None:
    whole = workbook(*SAVED)
    assert refused(whole[: len(whole) // 2]) == "thread.truncated"
    assert refused(whole.replace(b"PK\x01\x02", b"PK\x09\x09")) == "thread.malformed"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("xl/workbook.xml", "<workbook")
        made.writestr("[Content_Types].xml", "nonsense")
    assert refused(out.getvalue()) == "thread.malformed"
    assert refused(workbook()) == "thread.empty"


def test_long_numbers_and_formulas_are_what_is_written() -> None:
    thread = read(workbook(["id", "text"], [12345678901234, "=1+1"], ["0012", "Oui"]))
    assert [one.external_id for one in thread.messages if one.text == "Oui"] == ["0012"]
    assert all(one.external_id != "1.2345678901234e+13" for one in thread.messages)


UNNAMED = "x1;Ana;bref;ok\nx2;Ben;court;oui\n"


def test_a_table_whose_text_nothing_tells_asks_for_its_columns() -> None:
    assert refused(UNNAMED, "x.csv") == "thread.needs_mapping"


def test_what_is_proposed_is_shown_corrected_and_used() -> None:
    content = UNNAMED.encode()
    proposed = mapping_of(content, "x.csv", captured_at=NOW)
    assert proposed is not None
    assert (proposed.delimiter, proposed.header, proposed.is_guess) == (";", 0, True)
    assert proposed.sample[0] == ("x1", "Ana", "bref", "ok")
    right = replace(proposed, parts={"id": 0, "author": 1, "text": 2})
    thread = read(content, "x.csv", right)
    assert [(one.external_id, one.author.name, one.text) for one in thread.messages] == [
        ("x1", "Ana", "bref"), ("x2", "Ben", "court"),
    ]  # fmt: skip
    assert told(thread) == []


def test_tables_with_the_same_columns_have_one_signature() -> None:
    once, again, other = (
        mapping_of(text.encode(), "x.csv", captured_at=NOW)
        for text in ("Nom;Message\nA;un\n", "Export\nnom ;MESSAGE\nB;deux\n", "Nom;Texte\nA;un\n")
    )
    assert once
    assert again
    assert other
    assert once.signature == again.signature != other.signature


def test_keys_of_json_are_columns_too() -> None:
    content = b'[{"qui": "Ana", "dit": "Bonjour", "n": 1}, {"qui": "Ben", "dit": "Merci", "n": 2}]'
    proposed = mapping_of(content, "x.json", captured_at=NOW)
    assert proposed is not None
    assert proposed.columns == ("qui", "dit", "n")
    assert proposed.is_guess
    thread = read(content, "x.json", replace(proposed, parts={"author": 0, "text": 1, "id": 2}))
    assert [(one.external_id, one.author.name, one.text) for one in thread.messages] == [
        ("1", "Ana", "Bonjour"), ("2", "Ben", "Merci"),
    ]  # fmt: skip


def test_what_no_table_is_has_no_columns() -> None:
    assert mapping_of("Léa\nBonjour\n3 h\nJ’aime\nRépondre\n".encode(), "-", captured_at=NOW) is None


class TestEncodings:
    """What a spreadsheet wrote in the encoding of another computer."""

    BROKEN = "auteur;commentaire\n{};{}\n{};Merci\nHugo;Été comme hiver\n"

    def test_texts_put_right_are_told(self) -> None:
        zoe, words = ("Zoé".encode().decode("cp1252"), "Très déçu".encode().decode("cp1252"))
        for content in (self.BROKEN.format(zoe, words, zoe), workbook(["auteur", "commentaire"], [zoe, words])):
            thread = read(content)
            assert (thread.messages[0].author.name, thread.messages[0].text) == ("Zoé", "Très déçu")
            count = 3 if isinstance(content, str) else 2
            assert [(one.key, one.params) for one in thread.warnings] == [
                ("thread.warn.mojibake_repaired", {"count": count})
            ]

    def test_texts_that_were_right_are_not(self) -> None:
        assert told(read(self.BROKEN.format("Zoé", "Très déçu", "Ana"))) == []

    MAC = "Auteur;Commentaire\rZoé;Ça alors\rTom;oui\r"

    def test_mac_roman_with_its_line_ends(self) -> None:
        thread = read(self.MAC.encode("mac_roman"), "export.csv")
        assert [(one.author.name, one.text) for one in thread.messages] == [("Zoé", "Ça alors"), ("Tom", "oui")]
        found = mapping_of(self.MAC.encode("mac_roman"), "export.csv", captured_at=NOW)
        assert found is not None
        assert found.encoding == "mac-roman"

    def test_mac_roman_with_the_line_ends_of_today(self) -> None:
        words = "L’été où Noël fût gâché, à 10 € « près » : bref, être déçu, même là…"
        table = f"Auteur;Commentaire\nHélène;{words}\nJosé;¿Mañana, así?\n"
        thread = read(table.encode("mac_roman"), "export.csv")
        assert [one.text for one in thread.messages] == [words, "¿Mañana, así?"]

    @pytest.mark.parametrize(
        ("text", "encoding"),
        [
            ("L’été où Noël fût gâché, à 10 € « près », « déçu »…", "cp1252"),
            ("Dražen Živkovic – “fine”, it’s ok ‰", "cp1252"),
            ("Ja, schöne Grüße an Žižek", "cp1252"),
            ("An OK text, it’s €5 • “quoted”", "cp1252"),
        ],
    )
    def test_what_is_not_mac_roman_is_not_taken_for_it(self, text: str, encoding: str) -> None:
        assert [one.text for one in read(f"author;text\nA;{text}\n".encode(encoding), "e.csv").messages] == [text]

    @pytest.mark.parametrize(
        ("text", "encoding"),
        [
            ("Très déçu de l'été, où êtes-vous ?", "cp850"),
            ("コメントありがとうございます。次回も楽しみにしています。", "shift_jis"),
            ("謝謝你們的回覆，我很喜歡這個展覽。", "big5"),
            ("Спасибо большое, очень красиво", "cp1251"),
            ("Большое спасибо, очень красиво", "koi8-r"),
            ("Příliš žluťoučký kůň úpěl ďábelské ódy", "cp1250"),
        ],
    )
    def test_other_encodings_are_left_as_they_were(self, text: str, encoding: str) -> None:
        content = f"author;text\nA;{text * 20}\n".encode(encoding)
        found = mapping_of(content, "e.csv", captured_at=NOW)
        assert found is not None
        assert found.encoding == "cp1252"

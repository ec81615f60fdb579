"""What real exports hold beside the documented fields: other names, other languages, other wrappers, other ends."""

from __future__ import annotations

import io
import json
import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from copilot.domain.conversation import ImportedThread, Message
from copilot.errors import UserError
from copilot.importers.threads import load_thread, load_thread_file, mapping_of

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def read(content: Any, name: str = "export.bin") -> ImportedThread:
    """A thread of bytes, of a text, or of what JSON can hold."""
    if not isinstance(content, str | bytes):
        content = json.dumps(content, ensure_ascii=False)
    raw = content.encode() if isinstance(content, str) else content
    return load_thread(raw, name, captured_at=NOW)


def refused(content: Any) -> str:
    with pytest.raises(UserError) as caught:
        read(content)
    return caught.value.kind


def told(thread: ImportedThread) -> list[str]:
    return [one.key.removeprefix("thread.warn.") for one in thread.warnings]


def who(one: Message) -> tuple[str, str, bool]:
    return one.author.name, one.author.handle, one.author.is_owner


def texts(thread: ImportedThread) -> list[str]:
    return [one.text for one in thread.messages]


class TestTables:
    def test_columns_parted_by_bars(self) -> None:
        thread = read("Nom|Message|Date\nLéa|Bonjour, tout va bien|2026-03-01 10:00\nHugo|Non ; pas bien|\n")
        assert thread.format == "csv"
        assert texts(thread) == ["Bonjour, tout va bien", "Non ; pas bien"]

    def test_the_line_that_tells_a_spreadsheet_its_separator_is_no_title(self) -> None:
        assert read("sep=;\r\nAuteur;Commentaire\r\nLéa;Bonjour\r\n").title == "export"

    @pytest.mark.parametrize(
        ("shown", "likes"), [("1,2 k", 1200), ("1.2K", 1200), ("3 M", 3_000_000), ("1 204", 1204), ("beaucoup", None)]
    )
    def test_many_likes_are_counted_as_they_are_shown(self, shown: str, likes: int | None) -> None:
        assert read(f"auteur;texte;likes\nLéa;Bonjour;{shown}\n").messages[0].likes == likes

    def test_years_of_two_figures(self) -> None:
        thread = read("Name,Comment,Date\nA,one,3/14/26 2:30 PM\nB,two,12/31/25 11:05 AM\n")
        assert [one.created_at for one in thread.messages] == [
            datetime(2026, 3, 14, 14, 30, tzinfo=UTC),
            datetime(2025, 12, 31, 11, 5, tzinfo=UTC),
        ]

    @pytest.mark.parametrize("shown", ["2026-03-01 10:00:00 +0000 UTC", "2026-03-01 11:00:00 +0100", "46082.416666667"])
    def test_times_as_programs_print_them(self, shown: str) -> None:
        assert read(f"author;text;date\nA;one;{shown}\n").messages[0].created_at == datetime(2026, 3, 1, 10, tzinfo=UTC)

    def test_columns_of_tiktok_savers(self) -> None:
        thread = read(
            "Comment Id,Username,Nickname,Comment Text,Comment Time,Digg Count,Reply to Which Comment,User Url\n"
            "739,lea.f,Léa,Trop bien,2026-03-01 10:00:00,4,,https://www.tiktok.com/@lea\n"
            "740,atelier,Atelier,merci,2026-03-01 10:05:00,0,739,https://www.tiktok.com/@atelier\n"
        )
        first, second = thread.messages
        assert (who(first), first.likes) == (("Léa", "lea.f", False), 4)
        assert first.created_at == datetime(2026, 3, 1, 10, tzinfo=UTC)
        assert second.parent_id == "739"

    def test_trustpilot_keeps_the_reply_and_drops_the_address(self) -> None:
        thread = read(
            "Review ID,Review Created (UTC),Consumer Name,Consumer Email,Review Stars,Review Title,Review Content,"
            "Reply Text,Reply Created (UTC)\n"
            '65a,2026-03-01 10:00:00,Léa,lea@x.example,1,Déçue,"Jamais reçu",Navrés,2026-03-02 09:00:00\n'
        )
        review, reply = thread.messages
        assert (review.text, review.rating) == ("Déçue\nJamais reçu", 1)
        assert (reply.text, reply.parent_id, reply.author.is_owner) == ("Navrés", "65a", True)
        assert reply.created_at == datetime(2026, 3, 2, 9, tzinfo=UTC)
        assert told(thread) == ["personal_dropped"]

    @pytest.mark.parametrize("reply", ["Review Company Reply", "Company Reply", "Company Response"])
    @pytest.mark.parametrize("date", ["Review Created (UTC)", "Review Created Date (UTC)"])
    def test_the_other_columns_of_trustpilot(self, date: str, reply: str) -> None:
        thread = read(
            f"{date},Review Consumer User Id,Review Title,Review Content,Review Stars,Source Of Review,"
            f"Review Username,Review User Email,Review Id,Company Reply Date (UTC),{reply},Domain Url\n"
            '2026-01-05 08:00:00,5e1f,Nul,"Colis perdu",1,Organic,Jeanne Petit,j@x.example,65a,2026-01-06 09:00:00,'
            "Bonjour,shop.example\n"
            "2026-01-07 08:00:00,5e20,Parfait,,5,Invitation,Kevin B,k@x.example,65b,,,shop.example\n"
        )
        review, answer, other = thread.messages
        assert (who(review), review.text, review.rating) == (("Jeanne Petit", "", False), "Nul\nColis perdu", 1)
        assert review.created_at == datetime(2026, 1, 5, 8, tzinfo=UTC)
        assert (answer.text, answer.parent_id, answer.author.is_owner) == ("Bonjour", "65a", True)
        assert answer.created_at == datetime(2026, 1, 6, 9, tzinfo=UTC)
        assert (who(other), other.text, other.rating) == (("Kevin B", "", False), "Parfait", 5)
        assert told(thread) == ["personal_dropped"]

    def test_what_was_dropped_of_people_is_called_by_its_name(self) -> None:
        thread = read(
            "Name,Profile ID,Profile URL,Photo de profil,E-mail,Comment\nLéa,12,https://x.example/lea,,l@x.example,Oui\n"
            "Hugo,13,,,,Non\n"
        )
        assert [(one.key.removeprefix("thread.warn."), one.params["count"]) for one in thread.warnings] == [
            ("personal_dropped", 1),
            ("profiles_dropped", 3),
        ]

    @pytest.mark.parametrize("author", ["Nom du consommateur", "Consumer", "Client", "Auteur de l’avis", "Nickname"])
    def test_how_tools_call_who_wrote(self, author: str) -> None:
        assert read(f"Date;Note;Contenu;{author}\n;4;Très bien;Léa\n").messages[0].author.name == "Léa"

    def test_a_name_with_a_remark(self) -> None:
        thread = read("#,Name (click to view profile),Comment\n1,Léa,Bonjour\n1.1,Atelier,Merci\n")
        assert [one.author.name for one in thread.messages] == ["Léa", "Atelier"]
        assert thread.messages[1].parent_id == thread.messages[0].external_id

    def test_an_id_of_its_own_goes_before_a_number(self) -> None:
        thread = read(
            "#,Author,Comment ID,Comment\n1,Léa,c1,Bonjour\n1-1,Atelier,c2,Merci\n1-1-1,Léa,c3,De rien\n2,Hugo,c4,Ok\n"
        )
        assert [one.external_id for one in thread.messages] == ["c1", "c2", "c3", "c4"]
        assert [one.parent_id for one in thread.messages] == [None, "c1", "c2", None]

    def test_a_column_of_parents_goes_before_a_number(self) -> None:
        thread = read("#,Author,Comment ID,Reply To,Comment\n1,Léa,c1,,Bonjour\n2,Atelier,c2,c1,Merci\n")
        assert [one.parent_id for one in thread.messages] == [None, "c1"]

    @pytest.mark.parametrize("row", ["1,1,Atelier,Merci", "1,1-1,Atelier,Merci", ",1-1,Atelier,Merci"])
    @pytest.mark.parametrize("header", ["Comment Number (ID),Nested Comment Number,Name,Comment", ",,Name,Comment"])
    def test_replies_numbered_in_a_column_of_their_own(self, header: str, row: str) -> None:
        thread = read(f"{header}\n1,,Léa,Bonjour\n{row}\n2,,Hugo,Superbe\n")
        assert [one.parent_id for one in thread.messages] == [None, "1", None]

    @pytest.mark.parametrize("nobody", ["0", "root", "null", "None"])
    def test_ways_to_answer_nobody(self, nobody: str) -> None:
        thread = read(f"id,parent,author,text\n5,{nobody},Léa,Bonjour\n6,5,Hugo,Ok\n")
        assert [one.parent_id for one in thread.messages] == [None, "5"]
        assert thread.warnings == ()

    def test_the_number_0_can_be_a_message(self) -> None:
        thread = read("id,parent,author,text\n0,,Léa,Bonjour\n1,0,Hugo,Ok\n")
        assert [one.parent_id for one in thread.messages] == [None, "0"]

    def test_a_workbook_with_a_column_of_ids(self) -> None:
        book = openpyxl.Workbook()
        for row in (
            ["#", "Author", "Comment ID", "Reply To", "Text"],
            [1, "L", "c1", None, "Un"],
            [2, "B", "c2", "c1", "Deux"],
        ):
            book.active.append(row)
        out = io.BytesIO()
        book.save(out)
        assert [one.parent_id for one in read(out.getvalue()).messages] == [None, "c1"]


class TestEdited:
    """A message without an id is the same one when its author only changed the text."""

    HEAD = "auteur;date;commentaire\n"

    def ids(self, *rows: str) -> list[str]:
        return [one.external_id for one in read(self.HEAD + "\n".join(rows)).messages]

    def test_who_and_when_make_the_id(self) -> None:
        before = self.ids("Léa;2026-03-01 10:00;Bonjour", "Hugo;2026-03-01 11:00;Superbe")
        after = self.ids(
            "Zoé;2026-03-01 12:00;Nouveau", "Hugo;2026-03-01 11:00;Superbe", "Léa;2026-03-01 10:00;Modifié"
        )
        assert after[1:] == before[::-1]

    def test_two_messages_of_the_same_minute_stay_two(self) -> None:
        assert (
            len(set(self.ids("Léa;2026-03-01 10:00;Un", "Léa;2026-03-01 10:00;Deux", "Léa;2026-03-01 10:00;Trois")))
            == 3
        )

    def test_without_an_author_or_an_instant_the_text_makes_it(self) -> None:
        first, second = self.ids(";2026-03-01 10:00;Un", "Léa;hier;Deux")
        assert self.ids(";2026-03-01 10:00;Un", "Léa;3 h;Deux") == [first, second]
        assert first != self.ids(";2026-03-01 10:00;Autre")[0]


@pytest.fixture
def in_paris() -> Iterator[None]:
    """A computer in Paris."""
    if not hasattr(time, "tzset"):
        pytest.skip("the zone of this system cannot be set")
    before = os.environ.get("TZ")
    os.environ["TZ"] = "Europe/Paris"
    time.tzset()
    yield
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


def test_a_summer_time_read_in_winter_is_of_the_summer(in_paris: None) -> None:
    content = b"auteur;date;commentaire\nA;2026-07-01 10:00;un\nB;2026-12-01 10:00;deux\n"
    thread = load_thread(content, "-", captured_at=NOW.astimezone())
    assert [one.created_at for one in thread.messages] == [
        datetime(2026, 7, 1, 8, tzinfo=UTC),
        datetime(2026, 12, 1, 9, tzinfo=UTC),
    ]


class TestJson:
    def test_a_list_of_texts(self) -> None:
        assert texts(read(["Bonjour", "Salut"])) == ["Bonjour", "Salut"]

    def test_messages_some_levels_down(self) -> None:
        rows = [{"commentaire": "Un", "nom": "Léa"}, {"commentaire": "Deux", "nom": "Hugo"}]
        assert texts(read({"meta": {"pages": 1}, "payload": {"results": rows}})) == ["Un", "Deux"]

    def test_messages_some_levels_down_a_large_file(self) -> None:
        rows = [{"commentaire": f"{number} " + "x" * 400, "nom": "Léa", "id": str(number)} for number in range(6000)]
        assert len(read({"meta": {"pages": 1}, "payload": {"results": rows}}).messages) == 6000

    def test_a_refusal_of_a_network_is_no_message(self) -> None:
        assert refused({"error": {"code": 403, "message": "The comments are disabled."}}) == "thread.not_a_thread"
        assert (
            refused({"code": "rest_forbidden", "message": "Désolé", "data": {"status": 401}}) == "thread.not_a_thread"
        )
        assert refused({"reason": "private", "message": "Forbidden", "error": 403}) == "thread.not_a_thread"

    def test_a_message_alone_may_have_a_status(self) -> None:
        assert texts(read({"id": 4, "status": "approved", "message": "Bonjour", "name": "Léa"})) == ["Bonjour"]

    def test_an_object_cut_after_its_first_message(self) -> None:
        thread = read('{"comments": [{"text": "a"}, {"text": "b"')
        assert texts(thread) == ["a"]
        assert told(thread) == ["truncated"]

    def test_a_list_whose_keys_mean_nothing_wants_a_mapping(self) -> None:
        assert refused([{"foo": "Bonjour", "bar": 1}]) == "thread.needs_mapping"
        assert refused([{"bar": 1}]) == "thread.not_a_thread"

    def test_an_author_who_is_an_object(self) -> None:
        thread = read(
            {
                "comments": [
                    {
                        "cid": "73",
                        "text": "Trop bien",
                        "create_time": 1772359200,
                        "user": {"nickname": "Léa", "unique_id": "lea.f"},
                        "reply_comment": [{"cid": "74", "text": "Merci", "user": {"unique_id": "atelier"}}],
                    }
                ]
            }
        )
        first, second = thread.messages
        assert (first.external_id, who(first)) == ("73", ("Léa", "lea.f", False))
        assert (who(second)[1], second.parent_id) == ("atelier", "73")

    def test_an_owner_who_is_an_object_is_the_author(self) -> None:
        one = {"id": 1, "text": "Top", "owner": {"id": "9", "username": "lea"}, "answers": [{"id": 2, "text": "Merci"}]}
        thread = read([one])
        assert [who(found)[1:] for found in thread.messages] == [("lea", False), ("", False)]
        assert thread.messages[1].parent_id == "1"

    def test_a_parent_that_is_an_object_or_false(self) -> None:
        thread = read([{"ID": 5, "text": "Un", "parent": False}, {"ID": 6, "text": "Deux", "parent": {"ID": 5}}])
        assert [one.parent_id for one in thread.messages] == [None, "5"]
        assert thread.warnings == ()

    def test_the_uploader_answers(self) -> None:
        rows = [
            {"id": "U1", "text": "Bonjour", "author": "@lea", "parent": "root", "author_is_uploader": False},
            {"id": "U2", "text": "Merci", "author": "@atelier", "parent": "U1", "author_is_uploader": True},
        ]
        thread = read({"title": "Ma vidéo", "comments": rows})
        assert [one.author.is_owner for one in thread.messages] == [False, True]
        assert thread.warnings == ()


class TestArchives:
    def test_takeout_as_json(self) -> None:
        said = {"takeoutSegments": [{"text": "Un "}, {"text": "commentaire"}]}
        entry = {"commentId": "U8", "creationTimestamp": "2025-01-01T00:00:00Z", "text": said, "parentCommentId": "U7"}
        thread = read([{**entry, "commentId": "U7", "parentCommentId": ""}, entry])
        assert [(one.external_id, one.parent_id, one.text) for one in thread.messages] == [
            ("U7", None, "Un commentaire"),
            ("U8", "U7", "Un commentaire"),
        ]
        assert thread.messages[0].created_at == datetime(2025, 1, 1, tzinfo=UTC)

    HEAD = "Date,Link,Message\n"

    def test_linkedin_quotes_that_are_doubled(self) -> None:
        assert texts(read(self.HEAD + '2026-03-01 10:00:00,https://x.example,"Il dit ""oui"" vite"\n')) == [
            'Il dit "oui" vite'
        ]

    def test_linkedin_quotes_of_both_kinds(self) -> None:
        row = "2026-03-01 1{}:00:00,https://x.example,{}\n"
        content = self.HEAD + row.format(0, '"Un \\"mot\\", puis"') + row.format(1, '"un ""autre"""')
        assert texts(read(content)) == ['Un "mot", puis', 'un "autre"']

    def test_a_backslash_somebody_typed_stays(self) -> None:
        content = self.HEAD + '2026-03-01 10:00:00,https://x.example,"¯\\_(ツ)_/¯, ""voilà"""\n'
        assert texts(read(content)) == ['¯\\_(ツ)_/¯, "voilà"']

    @pytest.mark.parametrize(
        "header",
        [
            "Identifiant de la chaîne,Identifiant du commentaire,Code temporel,Texte du commentaire,"
            "Identifiant du commentaire parent,Prix",
            "ID de la chaîne,ID du commentaire,Horodatage,Texte du commentaire,ID du commentaire parent,Prix",
            "Channel ID,Comment ID,Comment create timestamp,Comment text,Parent comment ID,Price",
        ],
    )
    def test_takeout_with_the_parent_after_the_text(self, header: str) -> None:
        content = (
            f"{header}\n"
            'UCme,Ugx1,2025-04-03T10:00:00Z,"{""text"":""Très bien""}",,0\n'
            'UCme,Ugx2,2025-04-03T10:00:05Z,"{""text"":""merci""}",Ugx1,0\n'
        )
        thread = read(content)
        assert thread.format == "takeout"
        assert [(one.external_id, one.parent_id) for one in thread.messages] == [("Ugx1", None), ("Ugx2", "Ugx1")]

    def test_the_only_facebook_comment_without_a_list(self) -> None:
        comment = {"comment": {"timestamp": 1700000000, "comment": "un seul", "author": "L"}}
        thread = read({"comments_v2": {"timestamp": 1700000000, "data": [comment], "title": "t"}})
        assert texts(thread) == ["un seul"]
        assert told(thread) == ["own_comments_only"]

    def test_reddit_says_under_which_comment_more_are(self) -> None:
        def comment(own: str, parent: str, replies: Any = "") -> dict[str, Any]:
            said = {"id": own, "body": own, "author": "x", "parent_id": parent, "replies": replies}
            return {"kind": "t1", "data": said}

        def listing(*children: Any) -> dict[str, Any]:
            return {"kind": "Listing", "data": {"children": list(children)}}

        more = {"kind": "more", "data": {"count": 12, "parent_id": "t1_a", "children": ["z"]}}
        inner = listing(comment("b", "t1_a"), comment("c", "t1_a"), more)
        thread = read([listing(), listing(comment("a", "t3_p", inner))])
        assert [dict(one.params) for one in thread.warnings] == [{"count": 12, "message": 1}]


class TestPasted:
    def test_dots_and_dashes_are_nobodys_words(self) -> None:
        facebook = read(
            "Léa Fontan\nSuper\n\n · \nJ'aime\n · \nRépondre\n · \n3 sem\nHugo Marin\nOui\nJ’aime\nRépondre\n1 h\n"
        )
        assert texts(facebook) == ["Super", "Oui"]
        instagram = read(
            "lea.fontan\nTrop beau\n3 sem\n4 J’aime\nRépondre\n———\nAfficher les réponses (1)\n"
            "atelier_test\n@lea.fontan merci\n2 sem\nRépondre\n"
        )
        assert [one.author.name for one in instagram.messages] == ["lea.fontan", "atelier_test"]
        assert instagram.messages[1].parent_id == instagram.messages[0].external_id

    def test_edited_in_a_header(self) -> None:
        thread = read(
            "lea.fontan\n\n2 j\nTrop beau\n\n4 mentions J’aime\nRépondre\n\n"
            "atelier_test\nModifié\n · 1 j\n@lea.fontan merci\n\nRépondre\nMasquer les réponses\n\n"
            "hugo_m\n\n5 h\nEt en noir ?\nRépondre\n"
        )
        assert [one.author.name for one in thread.messages] == ["lea.fontan", "atelier_test", "hugo_m"]
        assert texts(thread) == ["Trop beau", "@lea.fontan merci", "Et en noir ?"]

    @pytest.mark.parametrize(
        "more", ["Charger plus de commentaires", "Voir plus de commentaires", "Load more comments"]
    )
    def test_the_button_for_more_comments(self, more: str) -> None:
        assert texts(read(f"Léa Fontan\nBravo\n3 h\nJ’aime\nRépondre\n{more}\n")) == ["Bravo"]

    @pytest.mark.parametrize("words", ["En réponse à", "Replying to"])
    def test_whom_a_post_answers_on_the_next_line(self, words: str) -> None:
        thread = read(
            f"Léa\n@leaf\n·\n3 h\nToujours rien\n2\n5\nAtelier\n@AtelierTest\n·\n2 h\n"
            f"{words} \n@leaf\nBonjour, DM svp\n1\n"
        )
        assert texts(thread) == ["Toujours rien", "Bonjour, DM svp"]
        assert thread.messages[1].parent_id == thread.messages[0].external_id

    def test_who_pins_a_comment_is_the_channel(self) -> None:
        thread = read(
            "Épinglé par @AtelierTest\n@AtelierTest\nil y a 2 semaines\nLien en description\n5\nRépondre\n"
            "@leafontan\nil y a 1 an\nMerci\nRépondre\n"
        )
        assert [one.author.is_owner for one in thread.messages] == [True, False]

    def test_tiktok_prints_days(self) -> None:
        thread = read(
            "Commentaires (3)\nLéa Fontan\nTrop beau\n2026-3-1\nRépondre\n123\nAtelier Test\n · Créateur\n"
            "Merci !\n3-2\nRépondre\n4\n"
            "Afficher 2 réponses\nhugo\nprix ?\nIl y a 3 h\nRépondre\n0\n"
        )
        assert texts(thread) == ["Trop beau", "Merci !", "prix ?"]
        assert [one.author.name for one in thread.messages] == ["Léa Fontan", "Atelier Test", "hugo"]
        assert [one.created_at or one.created_rel for one in thread.messages] == [
            datetime(2026, 3, 1, tzinfo=UTC),
            "3-2",
            "Il y a 3 h",
        ]

    def test_a_score_is_a_text(self) -> None:
        assert texts(read("Léa Fontan\n3-2\n3 h\nJ’aime\nRépondre\nHugo\n2-1\nJ’aime\nRépondre\n1 h\n")) == [
            "3-2",
            "2-1",
        ]


def test_a_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no named pipes")
    pipe = tmp_path / "export"
    os.mkfifo(pipe)
    with pytest.raises(UserError) as caught:
        load_thread_file(pipe, captured_at=NOW)
    assert caught.value.kind == "thread.not_a_file"


class TestColumnsOfOnesOwn:
    """Tables whose header says nothing of what its columns are."""

    LONG = "Je n’ai toujours pas reçu ma commande, que se passe-t-il chez vous ?"

    def test_names_that_mean_nothing_are_no_message(self) -> None:
        thread = read(
            f"Qui;Propos;Repère\nLéa;{self.LONG};2026-03-01 10:00\nHugo;{self.LONG};2026-03-01 11:00\n", "e.csv"
        )
        assert texts(thread) == [self.LONG] * 2
        assert told(thread) == ["columns_guessed"]

    def test_they_can_be_named_in_a_mapping(self) -> None:
        found = mapping_of(b"a,b,c\nx1,y1,z1\nx2,y2,z2\n", "e.csv", captured_at=NOW)
        assert found is not None
        assert (found.columns, found.header, found.is_guess) == (("a", "b", "c"), 1, True)

    def test_a_table_without_names_keeps_its_first_row(self) -> None:
        thread = read(f"Léa,{self.LONG.replace(',', '')},2026-03-01\nHugo,Non,2026-03-02\n", "e.csv")
        assert len(thread.messages) == 2


class TestAroundNames:
    """What networks print around a name is neither the name nor the text."""

    def test_facebook_buttons_and_badges_of_today(self) -> None:
        thread = read(
            "Léa Fontan\xa0 · \xa0\nSuivre\nBonjour\n\n2\xa0h\nJ’aime\nRépondre\nEnvoyer un message\nMasquer\n5\n"
            "Hugo Marin\nMembre actif\nSuperbe\n45\xa0min\nJ’aime\nRépondre\nVoir plus de commentaires\n12 sur 340\n"
        )
        assert [(one.author.name, one.text) for one in thread.messages] == [
            ("Léa Fontan", "Bonjour"),
            ("Hugo Marin", "Superbe"),
        ]

    @pytest.mark.parametrize(
        "folded", ["Atelier Test replied\n · \n2 Replies\n", "Atelier Test a répondu\n2 réponses\n"]
    )
    def test_replies_folded_away(self, folded: str) -> None:
        thread = read(f"Lea Fontan\nWhere?\n2d\nLike\nReply\n{folded}Hugo Marin\nGreat\n1w\nLike\nReply\n")
        assert [one.author.name for one in thread.messages] == ["Lea Fontan", "Hugo Marin"]

    def test_a_text_that_says_nobody_replied(self) -> None:
        assert texts(read("Léa Fontan\nPersonne ne m’a répondu\n2 h\nJ’aime\nRépondre\n")) == [
            "Personne ne m’a répondu"
        ]

    def test_who_passed_a_post_on_did_not_write_it(self) -> None:
        thread = read(
            "Hugo reposted\nLéa Fontan\n@leafontan\n·\nNov 21\nStill waiting\nAtelier\n@atelier\n·\n4h\nLooking\n"
        )
        assert [who(one)[:2] for one in thread.messages] == [("Léa Fontan", "leafontan"), ("Atelier", "atelier")]

    def test_a_cut_text_says_so_once(self) -> None:
        thread = read("Léa Fontan\n• 2e\n3 h\nBravo à\n…voir plus\nJ’aime\nRépondre\n")
        assert texts(thread) == ["Bravo à…"]
        assert told(thread) == ["cut_text"]


class TestHiddenOnBluesky:
    ROOT = "at://did:plc:own/app.bsky.feed.post/1"
    REPLY = "at://did:plc:z/app.bsky.feed.post/2"

    def post(self, uri: str, text: str, parent: str = "") -> dict[str, Any]:
        record: dict[str, Any] = {"text": text, "createdAt": "2026-03-01T10:00:00Z"}
        if parent:
            record["reply"] = {"parent": {"uri": parent}, "root": {"uri": self.ROOT}}
        return {"uri": uri, "author": {"did": uri.split("/")[2], "handle": "x.bsky.social"}, "record": record}

    def test_the_author_of_the_post_hid_it(self) -> None:
        view = "app.bsky.feed.defs#threadViewPost"
        reply = {"$type": view, "post": self.post(self.REPLY, "Caché", self.ROOT), "replies": []}
        thread = {"$type": view, "post": self.post(self.ROOT, "Racine"), "replies": [reply]}
        gate = {"uri": "at://g", "record": {"$type": "app.bsky.feed.threadgate", "hiddenReplies": [self.REPLY]}}
        assert [one.hidden for one in read({"thread": thread, "threadgate": gate}).messages] == [True]
        assert [one.hidden for one in read({"thread": thread}).messages] == [False]

    def test_the_second_version_says_it_of_the_post(self) -> None:
        kind = "app.bsky.unspecced.defs#threadItemPost"
        rows = [
            {"uri": self.ROOT, "depth": 0, "value": {"$type": kind, "post": self.post(self.ROOT, "Racine")}},
            {
                "uri": self.REPLY,
                "depth": 1,
                "value": {"$type": kind, "post": self.post(self.REPLY, "Caché", self.ROOT), "hiddenByThreadgate": True},
            },
        ]
        assert [one.hidden for one in read({"thread": rows}).messages] == [True]

"""Days without an hour, files cut or refused by a network, ratings of any scale, and what a paste says beside words."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from copilot.domain.conversation import ImportedThread
from copilot.domain.imports import TableMapping
from copilot.errors import UserError
from copilot.importers.threads import load_thread
from copilot.importers.threads._json_pieces import streamed
from copilot.importers.threads._source import Report, Source

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 21, 12, tzinfo=PARIS)


def read(content: bytes | str | Any, name: str = "export", mapping: TableMapping | None = None) -> ImportedThread:
    if isinstance(content, dict | list):
        content = json.dumps(content, ensure_ascii=False)
    raw = content.encode() if isinstance(content, str) else content
    return load_thread(raw, name, captured_at=NOW, mapping=mapping)


def told(thread: ImportedThread) -> list[str]:
    return [one.key.removeprefix("thread.warn.") for one in thread.warnings]


def texts(thread: ImportedThread) -> list[str]:
    return [one.text for one in thread.messages]


def refused(content: bytes | str | Any, name: str = "export") -> UserError:
    with pytest.raises(UserError) as caught:
        read(content, name)
    return caught.value


def workbook(*rows: Sequence[Any]) -> bytes:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


class TestDaysWithoutAnHour:
    @pytest.mark.parametrize(
        "shown",
        [
            "2026-06-05",
            "20260605",
            "2026/06/05",
            "2026-6-5",
            "05/06/2026",
            "5.6.2026",
            "05-06-2026",
            "05/06/26",
            "5 juin 2026",
            "le vendredi 5 juin 2026",
            "5 juin ’26",
            "05-juin-26",
            "05-Jun-26",
            "June 5, 2026",
            "Jun. 5, 2026",
            "June 5th, 2026",
            "Friday, June 5, 2026",
            "Fri, 5 Jun 2026",
        ],
    )
    def test_each_is_midnight_where_it_was_captured(self, shown: str) -> None:
        (message,) = read(f'auteur;commentaire;date\nLéa;Bonjour;"{shown}"\n').messages
        assert (message.created_at, message.created_rel) == (datetime(2026, 6, 5, tzinfo=PARIS), None)

    def test_it_is_what_a_workbook_says(self) -> None:
        (message,) = read(workbook(["author", "text", "date"], ["Léa", "Bonjour", datetime(2026, 6, 5)])).messages
        assert message.created_at == datetime(2026, 6, 5, tzinfo=PARIS)

    def test_in_json_too(self) -> None:
        thread = read([{"author": "Léa", "text": "Bonjour", "date": "3 juillet 2026"}])
        assert thread.messages[0].created_at == datetime(2026, 7, 3, tzinfo=PARIS)

    def test_a_column_that_names_its_zone_says_where_midnight_is(self) -> None:
        (message,) = read("author,text,Created (UTC)\nLéa,Bonjour,2026-06-05\n").messages
        assert message.created_at == datetime(2026, 6, 5, tzinfo=UTC)

    def test_the_month_is_first_where_another_row_proves_it(self) -> None:
        thread = read("author,text,date\nA,Un,06/05/2026\nB,Deux,06/13/2026\n")
        assert [one.created_at for one in thread.messages] == [
            datetime(2026, 6, 5, tzinfo=PARIS),
            datetime(2026, 6, 13, tzinfo=PARIS),
        ]

    def test_an_order_that_nothing_settles_is_told(self) -> None:
        thread = read("author,text,date\nA,Un,05/06/2026\n")
        assert thread.messages[0].created_at == datetime(2026, 6, 5, tzinfo=PARIS)
        assert "day_first_assumed" in told(thread)

    @pytest.mark.parametrize("shown", ["05-06-26", "14/03/98"])
    def test_two_figures_that_may_be_another_year_are_no_day(self, shown: str) -> None:
        thread = read(f"author,text,date\nA,Un,{shown}\n")
        assert thread.messages[0].created_at is None
        assert "unread_date" in told(thread)

    @pytest.mark.parametrize("shown", ["5 juin", "juin 2026", "lundi", "il y a 3 sem.", "hier à 14:30", "2 days ago"])
    def test_what_is_less_than_a_day_or_more_stays_in_its_words(self, shown: str) -> None:
        thread = read(f"author,text,date\nA,Un,{shown}\n")
        assert (thread.messages[0].created_at, thread.messages[0].created_rel) == (None, shown)
        assert told(thread) == []

    def test_a_workbook_s_day_takes_the_hour_of_the_next_column(self) -> None:
        rows = (["author", "text", "date", "time"], ["Léa", "Bonjour", datetime(2026, 6, 5), "14:05"])
        assert read(workbook(*rows)).messages[0].created_at == datetime(2026, 6, 5, 14, 5, tzinfo=PARIS)

    def test_a_paste_that_shows_the_year(self) -> None:
        thread = read("Léa Fontan\nBonjour\n5 juin 2026\nJ’aime\nRépondre\nHugo\nSalut\n5 juin\nJ’aime\nRépondre\n")
        assert thread.messages[0].created_at == datetime(2026, 6, 5, tzinfo=PARIS)
        assert thread.messages[1].created_rel == "5 juin"

    def test_a_change_on_the_day_of_writing_is_none(self) -> None:
        thread = read("author,text,date,updated at\nA,Un,2026-06-05,2026-06-05\nB,Deux,2026-06-05,2026-06-06\n")
        assert [one.edited_at for one in thread.messages] == [None, datetime(2026, 6, 6, tzinfo=PARIS)]


class TestDatesThatAreNone:
    @pytest.mark.parametrize("shown", ["31/02/2026", '"1,78E+12"', "de", "2026-02-30", "n’importe quoi"])
    def test_they_are_told_and_not_kept_as_times(self, shown: str) -> None:
        thread = read(f"author,text,date\nA,Un,2026-06-05\nB,Deux,{shown}\n")
        assert (thread.messages[1].created_at, thread.messages[1].created_rel) == (None, None)
        assert [(one.key, one.params["line"], one.params["shown"]) for one in thread.warnings] == [
            ("thread.warn.unread_date", 3, shown.strip('"'))
        ]

    def test_words_with_a_number_are_told_and_kept(self) -> None:
        thread = read("author,text,date\nA,Un,vor 3 Stunden\n")
        assert thread.messages[0].created_rel == "vor 3 Stunden"
        assert told(thread) == ["unread_date"]

    def test_where_no_line_is_known_the_place_is_told(self) -> None:
        thread = read([{"text": "Un", "date": "2026-06-05"}, {"text": "Deux", "date": "31/02/2026"}])
        assert [(one.key, one.params["position"]) for one in thread.warnings if "unread" in one.key] == [
            ("thread.warn.unread_date_at", 2)
        ]

    def test_the_zeros_of_a_database_are_no_date(self) -> None:
        thread = read("author,text,date\nA,Un,0000-00-00 00:00:00\n")
        assert (thread.messages[0].created_at, told(thread)) == (None, [])

    def test_a_row_of_too_many_cells_is_told(self) -> None:
        thread = read("author,text,date\nA,Bonjour,2026-06-05\nB,trop,de,colonnes,ici\n")
        assert [(one.author.name, one.created_rel) for one in thread.messages] == [("A", None), ("B", None)]
        assert "bad_line" in told(thread)

    def test_a_text_cut_at_its_commas_is_joined_where_the_date_then_stands_in_its_place(self) -> None:
        thread = read("author,text,date\nA,Bonjour,2026-06-05\nB,trop, de, commas,2026-06-06\n")
        assert texts(thread)[1] == "trop, de, commas"
        assert thread.messages[1].created_at == datetime(2026, 6, 6, tzinfo=PARIS)
        assert told(thread) == ["bad_line"]

    def test_empty_cells_at_the_end_are_no_fault(self) -> None:
        assert told(read("author,text,date\nA,Bonjour,2026-06-05,,\nB,Salut,2026-06-05\n")) == []


LINES = '{"id":"1","author":"Léa","text":"Un"}\n{"id":"2","author":"Bob","text":"Deux"}\n'


class TestCutFiles:
    def test_lines_of_json(self) -> None:
        thread = read(LINES + '{"id":"3","author":"Zoé","tex')
        assert (texts(thread), told(thread)) == (["Un", "Deux"], ["truncated_line"])

    def test_a_bad_line_elsewhere_is_one_and_so_is_a_last_one_that_was_never_json(self) -> None:
        assert told(read('{"text":"Un"}\nnon\n{"text":"Deux"}\n')) == ["bad_line"]
        assert told(read(LINES + "fin\n")) == ["bad_line"]

    def test_lines_of_json_say_so_however_they_are_read(self) -> None:
        report = Report()
        source = Source((LINES + '{"id":"3","tex').encode(), "x.jsonl")
        assert (len(list(streamed(source, report))), report.truncated) == (2, True)

    def test_a_table_cut_in_a_row(self) -> None:
        head = "author,text,date\nA,Un,2026-06-05\nB,Deux,2026-06-05\n"
        thread = read(head + "C,Tro")
        assert (texts(thread), told(thread)) == (["Un", "Deux", "Tro"], ["truncated_line"])
        assert told(read(head + "C,Trois,2026-06-05")) == []
        assert told(read(head + "C,Trois\n")) == []

    def test_rows_of_any_length_are_not_cut(self) -> None:
        assert told(read("author,text,date\nA,Un\nB,Deux,2026-06-05\nC,Trois")) == []

    def test_takeout_cut_in_a_row(self) -> None:
        columns = "Comment ID,Channel ID,Comment Create Timestamp,Price,Parent Comment ID,Video ID,Comment Text\n"
        whole = 'UgA,UCme,2024-03-01T09:00:00+00:00,0,,vidA,"{""text"":""Bonjour""}"\n'
        assert "truncated" in told(read(f"{columns}{whole}UgA.r1,UCme,2024-03-01T10:00:00+00:00,0,UgA"))
        assert "truncated" not in told(read(columns + whole))

    def test_a_linkedin_archive_cut_in_a_row(self) -> None:
        rows = "Date,Link,Message\n2026-09-01 10:00:00,https://www.linkedin.com/feed/update/urn%3Ali%3Aactivity%3A1,Bravo\n"
        assert "truncated" in told(read(f"{rows}2026-09-02 11:00:00,https://www.lin", "Comments.csv"))

    def test_a_workbook(self) -> None:
        whole = workbook(["author", "text"], *([f"Léa {number}", "Bonjour " * 20] for number in range(200)))
        assert refused(whole[: len(whole) // 2], "x.xlsx").kind == "thread.truncated"
        assert refused(whole.replace(b"PK\x01\x02", b"PK\x09\x09"), "x.xlsx").kind == "thread.malformed"


def wxr(author: str, *comments: tuple[str, str]) -> str:
    told = "".join(
        f"<wp:comment><wp:comment_id>{number}</wp:comment_id><wp:comment_author>{name}</wp:comment_author>"
        f"<wp:comment_content>Bonjour {number}</wp:comment_content><wp:comment_approved>1</wp:comment_approved>"
        f"<wp:comment_user_id>{user}</wp:comment_user_id></wp:comment>"
        for number, (name, user) in enumerate(comments, start=1)
    )
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel>'
        f"<wp:author>{author}</wp:author><item><title>Post</title>{told}</item></channel></rss>"
    )


class TestWordpress:
    NAMES = "<wp:author_login>admin</wp:author_login><wp:author_display_name>Marque</wp:author_display_name>"

    def owners(self, author: str, *comments: tuple[str, str]) -> list[bool]:
        return [one.author.is_owner for one in read(wxr(author, *comments)).messages]

    def test_an_author_without_a_number_is_not_every_visitor(self) -> None:
        assert self.owners(self.NAMES, ("Léa", "0"), ("Hugo", ""), ("Bob", "7")) == [False, False, False]

    def test_an_author_without_a_number_is_known_by_name_when_logged_in(self) -> None:
        assert self.owners(self.NAMES, ("Marque", "1"), ("marque", "0"), ("admin", "1")) == [True, False, True]

    def test_an_author_with_a_number_is_known_by_it(self) -> None:
        author = f"<wp:author_id>1</wp:author_id>{self.NAMES}"
        assert self.owners(author, ("Qui que ce soit", "1"), ("Marque", "2"), ("Léa", "0")) == [True, False, False]


class TestNamesOfHandles:
    def test_youtube_shows_handles_only(self) -> None:
        snippet = {"textOriginal": "Bonjour", "authorDisplayName": "@jeanne-m", "publishedAt": "2026-06-05T10:00:00Z"}
        thread = read({"items": [{"kind": "youtube#comment", "id": "Ug1", "snippet": snippet}]})
        assert [(one.author.name, one.author.handle) for one in thread.messages] == [("jeanne-m", "jeanne-m")]

    def test_a_paste_of_youtube(self) -> None:
        thread = read("@jeanne-m\nil y a 3 heures\nSuper\n12\nRépondre\n@paul\nil y a 2 jours\nOù ?\nRépondre\n")
        assert [(one.author.name, one.author.handle) for one in thread.messages] == [
            ("jeanne-m", "jeanne-m"),
            ("paul", "paul"),
        ]

    def test_a_table_with_handles_only(self) -> None:
        (message,) = read("handle,text\n@lea,Bonjour\n").messages
        assert (message.author.name, message.author.handle) == ("lea", "lea")

    def test_a_name_beside_the_handle_stays(self) -> None:
        (message,) = read("name,handle,text\nLéa Fontan,@lea,Bonjour\n").messages
        assert (message.author.name, message.author.handle) == ("Léa Fontan", "lea")


def facebook(under: str) -> str:
    return f"Léa Fontan\nBonjour\n3 h\nJ’aime\nRépondre\n{under}\nHugo Marin\nSalut\n2 h\nJ’aime\nRépondre\n"


class TestPastes:
    @pytest.mark.parametrize(
        ("button", "count"),
        [
            ("Afficher 3 réponses", 3),
            ("Voir les 3 réponses", 3),
            ("Afficher 2 autres réponses", 2),
            ("View 3 replies", 3),
            ("View 1 more reply", 1),
            ("2 réponses", 2),
            ("1 reply", 1),
            ("J’aime Répondre Afficher 3 réponses", 3),
        ],
    )
    def test_replies_that_were_not_copied_are_told(self, button: str, count: int) -> None:
        thread = read(facebook(button))
        assert [(one.key, one.params) for one in thread.warnings] == [
            ("thread.warn.partial_replies", {"count": count, "message": 1})
        ]

    @pytest.mark.parametrize("button", ["Masquer les réponses", "Voir la traduction", "Répondre", "12", "J’aime"])
    def test_other_buttons_tell_of_none(self, button: str) -> None:
        assert told(read(facebook(button))) == []

    def test_replies_without_a_number_are_told(self) -> None:
        assert told(read(facebook("Afficher les réponses"))) == ["replies_missing"]

    def test_replies_that_were_copied_are_not_missing(self) -> None:
        thread = read(
            "@lea\nil y a 3 heures\nSuper\n12\nRépondre\n1 réponse\n@atelier\nil y a 2 heures\n@lea Merci\nRépondre\n"
        )
        assert thread.messages[1].parent_id == thread.messages[0].external_id
        assert told(thread) == []

    @pytest.mark.parametrize(
        "paste",
        [
            "Léa Fontan\nBonjour\n3 h\nJ’aime\nRépondre\nModifié\nHugo\nSalut\n2 h\nJ’aime\nRépondre\n",
            "Léa Fontan\nBonjour\n3 h · Modifié\nJ’aime\nRépondre\nHugo\nSalut\n2 h\nJ’aime\nRépondre\n",
            "@lea\nil y a 3 heures (modifié)\nBonjour\n12\nRépondre\n@hugo\nil y a 2 jours\nSalut\nRépondre\n",
            "@lea\n3 hours ago (edited)\nBonjour\n12\nReply\n@hugo\n2 days ago\nSalut\nReply\n",
            "@lea il y a 3 heures (modifié)\nBonjour\n12\nRépondre\n@hugo il y a 2 jours\nSalut\nRépondre\n",
        ],
    )
    def test_a_change_is_kept_at_the_latest_it_can_be(self, paste: str) -> None:
        thread = read(paste)
        assert [one.text for one in thread.messages] == ["Bonjour", "Salut"]
        assert [one.edited_at for one in thread.messages] == [NOW, None]

    def test_words_that_nothing_separates_are_told_to_be_a_guess(self) -> None:
        assert told(read("ceci est un document sans rien de tel\nune ligne\n", "x.txt")) == ["messages_guessed"]
        assert told(read("Un paragraphe sans rien.\n\nUn autre, plus loin.\n", "x.txt")) == ["messages_guessed"]
        assert told(read("Bonjour, où est ma commande ?\n", "x.txt")) == []


class TestTakeout:
    COLUMNS = (
        "Comment ID,Channel ID,Comment create timestamp,Price,Parent comment ID,Post ID,Video ID,Comment text,"
        "Top-level comment ID\n"
    )

    def test_a_reply_that_only_names_the_first_comment(self) -> None:
        rows = (
            'UgC,UCme,2025-03-01T09:00:00+00:00,0,,,vidA,"{""text"":""Un""}",\n'
            'UgC.r2,UCme,2025-03-01T09:10:00+00:00,0,,,vidA,"{""text"":""Deux""}",UgC\n'
            'UgC.r3,UCme,2025-03-01T09:20:00+00:00,0,UgC.r2,,vidA,"{""text"":""Trois""}",UgC\n'
            'UgD,UCme,2025-03-01T09:30:00+00:00,0,,,vidA,"{""text"":""Quatre""}",UgD\n'
        )
        thread = read(self.COLUMNS + rows)
        assert [one.parent_id for one in thread.messages] == [None, "UgC", "UgC.r2", None]


class TestSavers:
    HEADER = ",Name,Date,Comment\n"

    def test_what_stands_beside_a_name_is_no_title_and_the_address_says_the_network(self) -> None:
        thread = read(
            "Post URL:,https://www.facebook.com/m/posts/1,,\nExported by,x.example,,\n\n"
            f"{self.HEADER}1,Léa,2026-06-05,Bonjour\n",
            "comments.csv",
        )
        assert (thread.title, thread.network) == ("comments", "facebook_page")

    @pytest.mark.parametrize(
        ("address", "network"),
        [
            ("https://www.instagram.com/p/abc/", "instagram"),
            ("https://m.youtube.com/watch?v=abc", "youtube"),
            ("https://x.com/a/status/1", "x"),
            ("https://vm.tiktok.com/abc", "tiktok"),
            ("https://fr.linkedin.com/posts/a", "linkedin"),
            ("https://notfacebook.com/facebook.com", ""),
            ("https://[bad", ""),
        ],
    )
    def test_networks(self, address: str, network: str) -> None:
        assert read(f"Lien,{address},,\n{self.HEADER}1,Léa,2026-06-05,Bonjour\n").network == network

    def test_a_title_alone_or_beside_its_name_is_one(self) -> None:
        row = f"{self.HEADER}1,Léa,2026-06-05,Bonjour\n"
        assert read(f"Comments of a post,,,\n{row}").title == "Comments of a post"
        assert read(f"Title,Nouveau vélo,,\n{row}").title == "Nouveau vélo"


class TestRefusalsOfNetworks:
    @pytest.mark.parametrize(
        ("answer", "said"),
        [
            (
                {"error": {"message": "Invalid OAuth access token.", "type": "OAuthException", "code": 190}},
                "Invalid OAuth access token. (190)",
            ),
            (
                {"error": {"code": 403, "message": "Disabled.", "errors": [{"reason": "commentsDisabled"}]}},
                "Disabled. (403)",
            ),
            ({"code": "rest_forbidden", "message": "Désolé", "data": {"status": 401}}, "Désolé (rest_forbidden)"),
            ({"errors": ["You need to be logged in"], "error_type": "not_logged_in"}, "You need to be logged in"),
            ({"error": "NotFound", "message": "Post not found"}, "Post not found"),
            ({"reason": "private", "message": "Forbidden", "error": 403}, "Forbidden (403)"),
        ],
    )
    def test_the_network_s_own_words_are_told(self, answer: dict[str, Any], said: str) -> None:
        error = refused(answer)
        assert (error.kind, error.key) == ("thread.not_a_thread", "error.thread.network_refused")
        assert error.params["said"] == said

    def test_a_refusal_without_a_word(self) -> None:
        assert refused({"error": {}}).key == "error.thread.network_refused_silently"

    def test_a_post_that_is_gone_is_no_conversation(self) -> None:
        gone = {"thread": {"$type": "app.bsky.feed.defs#notFoundPost", "uri": "at://x", "notFound": True}}
        assert (refused(gone).kind, refused(gone).key) == ("thread.not_a_thread", "error.thread.post_gone")


class TestRatings:
    def ratings(self, content: str) -> list[float | None]:
        return [one.rating for one in read(content).messages]

    @pytest.mark.parametrize(
        ("shown", "stars"),
        [
            ("8/10", 4.0),
            ("4/5", 4.0),
            ("15/20", 3.75),
            ("80 %", 4.0),
            ("4,5 sur 5", 4.5),
            ("9 out of 10", 4.5),
            ("4 étoiles", 4.0),
            ("★★★☆☆", 3.0),
            ("5 stars", 5.0),
            ("12/5", None),
            ("4/0", None),
        ],
    )
    def test_all_are_counted_in_stars(self, shown: str, stars: float | None) -> None:
        assert self.ratings(f"author;review;rating\nA;Bien;{shown}\n") == [stars]

    def test_the_name_of_the_column_says_the_scale(self) -> None:
        assert self.ratings("auteur;avis;note sur 10\nA;Bien;4\nB;Bof;2\n") == [2.0, 1.0]
        assert self.ratings("auteur;avis;note (/20)\nA;Bien;4\nB;Bof;20\n") == [1.0, 5.0]

    def test_the_column_says_the_scale_where_nothing_names_it(self) -> None:
        assert self.ratings("auteur;avis;note\nA;Bien;8\nB;Bof;4\nC;Mal;1\n") == [4.0, 2.0, 0.5]
        assert self.ratings("auteur;avis;note\nA;Bien;5\nB;Bof;4\n") == [5.0, 4.0]

    def test_a_number_that_is_no_rating_does_not_change_the_others(self) -> None:
        rows = "".join(f"A;Avis {number};{number % 5 + 1}\n" for number in range(60))
        assert self.ratings(f"auteur;avis;note\n{rows}B;Faute;47\n")[:5] == [1.0, 2.0, 3.0, 4.0, 5.0]

    def test_no_rating_is_above_the_best(self) -> None:
        thread = read([{"author": "A", "text": "Bien", "rating": 8}, {"author": "B", "text": "Top", "rating": 5}])
        assert [one.rating for one in thread.messages] == [4.0, 5.0]


class TestCutInsideALetter:
    @pytest.mark.parametrize(
        ("name", "start"),
        [("a.csv", "auteur;message\na;bonjour\nb;déjà "), ("a.txt", "Ana : bonjour\nBen : déjà ")],
        ids=["table", "paste"],
    )
    @pytest.mark.parametrize(
        ("encoding", "kept"), [("utf-8", 1), ("utf-8", 2), ("utf-8", 3), ("utf-16", 1), ("utf-16", 3)]
    )
    def test_the_cut_is_told_and_nothing_stands_for_the_letter(
        self, name: str, start: str, encoding: str, kept: int
    ) -> None:
        whole = (start + "😡").encode(encoding)
        cut = whole[: len(start.encode(encoding)) + kept]
        thread = read(cut, name)
        assert texts(thread) == ["bonjour", "déjà"]
        assert told(thread) == ["truncated_line" if name == "a.csv" else "truncated"]

    def test_a_letter_that_is_whole_or_broken_elsewhere_is_no_cut(self) -> None:
        whole = "auteur;message\na;bonjour\nb;déjà 😡"
        assert (texts(read(whole, "a.csv"))[1], told(read(whole, "a.csv"))) == ("déjà 😡", [])
        broken = "auteur;message\na;été déjà là\nb;d".encode() + b"\xc3j"
        assert (texts(read(broken, "a.csv"))[1], told(read(broken, "a.csv"))) == ("d\ufffdj", [])

"""Exports that hold no message: told as such, apart from files that are no conversation."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime

import pytest
from openpyxl import Workbook

from copilot.errors import UserError
from copilot.i18n import LANGUAGES, Translator
from copilot.importers.threads import load_thread

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def refused(content: bytes, name: str) -> UserError:
    with pytest.raises(UserError) as caught:
        load_thread(content, name, captured_at=NOW)
    return caught.value


def workbook(*rows: list[str]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


LISTING = {"kind": "Listing", "data": {"children": []}}
POST = {
    "uri": "at://did:plc:a/app.bsky.feed.post/1",
    "author": {"did": "did:plc:a", "handle": "velo.example"},
    "record": {"$type": "app.bsky.feed.post", "text": "Portes ouvertes samedi"},
}
WXR = (
    '<?xml version="1.0"?><rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Blog</title>'
    "<item><title>Un article</title></item></channel></rss>"
)
TAKEOUT = "Comment ID,Channel ID,Comment Create Timestamp,Price,Parent Comment ID,Post ID,Video ID,Comment Text\n"
REDDIT = "id,permalink,date,ip,subreddit,gildings,link,parent,body,media\n"


@pytest.mark.parametrize(
    "told",
    [
        pytest.param([], id="a list"),
        pytest.param({}, id="an object"),
        pytest.param({"data": []}, id="data"),
        pytest.param({"data": [], "paging": {"cursors": {"before": "", "after": ""}}}, id="a page of an interface"),
        pytest.param([{"data": []}, {"data": []}], id="pages"),
        pytest.param({"items": []}, id="items"),
        pytest.param({"title": "Le fil", "messages": []}, id="messages under a title"),
        pytest.param({"Commentaires": []}, id="comments in French"),
        pytest.param({"count": 0, "next": None, "results": []}, id="results"),
        pytest.param({"meta": {"pages": 1}, "payload": {"results": []}}, id="some levels down"),
        pytest.param({"kind": "youtube#commentThreadListResponse", "etag": "x", "items": []}, id="YouTube"),
        pytest.param({"ancestors": [], "descendants": []}, id="Mastodon"),
        pytest.param([LISTING, LISTING], id="Reddit"),
        pytest.param(
            [{"kind": "Listing", "data": {"children": [{"kind": "t3", "data": {"title": "Vélo"}}]}}, LISTING],
            id="a post of Reddit nobody answered",
        ),
        pytest.param(
            {"thread": {"$type": "app.bsky.feed.defs#threadViewPost", "post": POST, "replies": []}},
            id="a post of Bluesky nobody answered",
        ),
        pytest.param({"post_stream": {"posts": [], "stream": []}, "title": "Vélo", "id": 1}, id="Discourse"),
        pytest.param({"reviews": [], "totalReviewCount": 0}, id="reviews"),
        pytest.param({"comments_v2": []}, id="a download of Meta"),
    ],
)
@pytest.mark.parametrize("name", ["export.json", "-"])
def test_json_without_a_message_is_an_empty_export(told: object, name: str) -> None:
    for indent in (None, 2):
        error = refused(json.dumps(told, indent=indent).encode(), name)
        assert (error.kind, error.key, error.params["name"]) == ("thread.empty", "error.thread.empty_export", name)
    for language in LANGUAGES:
        assert name in Translator(language).error(error)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        pytest.param(b"author,text\n", "fil.csv", id="a header"),
        pytest.param(b"author,text", "fil.csv", id="a header without its end of line"),
        pytest.param(b"author,text,date\n", "-", id="a header that was pasted"),
        pytest.param(b"author,text\n,\n\n,\n", "fil.csv", id="lines of nothing"),
        pytest.param("\ufeffAuteur;Commentaire;Date\r\n".encode(), "fil.csv", id="a spreadsheet in French"),
        pytest.param(b"Avis du mois\n\nAuteur;Commentaire;Date\n", "fil.csv", id="under a title"),
        pytest.param(TAKEOUT.encode(), "comments.csv", id="Takeout"),
        pytest.param(b"Date,Link,Message\n", "Comments.csv", id="LinkedIn"),
        pytest.param(REDDIT.encode(), "comments.csv", id="Reddit"),
        pytest.param(workbook(["Auteur", "Commentaire", "Date"]), "fil.xlsx", id="a workbook"),
        pytest.param(workbook(), "fil.xlsx", id="a workbook of no row"),
        pytest.param(WXR.encode(), "blog.xml", id="a blog nobody commented"),
    ],
)
def test_a_table_without_a_row_is_an_empty_export(content: bytes, name: str) -> None:
    error = refused(content, name)
    assert (error.kind, error.key) == ("thread.empty", "error.thread.empty_export")


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        pytest.param(b'{"foo": 1}', "x.json", "thread.not_a_thread", id="an object of anything"),
        pytest.param(b"[{}]", "x.json", "thread.not_a_thread", id="a thing without a part"),
        pytest.param(b'{"foo": []}', "x.json", "thread.not_a_thread", id="a list nobody knows"),
        pytest.param(b'{"data": [{"id": "1"}]}', "x.json", "thread.not_a_thread", id="a list of no words"),
        pytest.param(b'{"data": [1, 2]}', "x.json", "thread.not_a_thread", id="numbers"),
        pytest.param(b'{"items": [], "data": [{"id": 1}]}', "x.json", "thread.not_a_thread", id="one list of two"),
        pytest.param(b'{"error": {"code": 4}, "data": []}', "x.json", "thread.not_a_thread", id="a refusal"),
        pytest.param(b'{"likes_media_likes": []}', "x.json", "thread.not_a_thread", id="another file of Meta"),
        pytest.param(b"author,text\nAna,\n", "x.csv", "thread.not_a_thread", id="rows without a text"),
        pytest.param(b"Date,Link,Message\n2026-01-02,,\n", "x.csv", "thread.not_a_thread", id="LinkedIn, no text"),
        pytest.param(b"foo,bar\n", "x.csv", "thread.needs_mapping", id="a header nobody knows"),
        pytest.param(b'{"data": [', "x.json", "thread.truncated", id="cut"),
        pytest.param(b"<!DOCTYPE html><html><body></body></html>", "x.html", "thread.not_a_thread", id="a page"),
    ],
)
def test_what_is_no_conversation_is_not_called_empty(content: bytes, name: str, kind: str) -> None:
    assert refused(content, name).kind == kind


@pytest.mark.parametrize("rows", [",,,,\n,,,,\n", ";;;\n", "\t\t\n\t\t\n", '"",""\n"",""\n', ", ,\n"])
def test_rows_without_a_word_are_no_messages(rows: str) -> None:
    assert refused(rows.encode(), "vide.csv").kind == "thread.empty"

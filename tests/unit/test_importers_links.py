"""The address behind the words of a link: what a moderator must see, and what the rules judge."""

from __future__ import annotations

import json
from typing import Any

import pytest

from copilot.importers.threads import load_thread
from copilot.importers.threads._comment_html import plain_words
from copilot.importers.threads._texts import message_text
from tests.unit.test_importers_threads import NOW


def texts(content: Any, name: str = "-") -> list[str]:
    raw = content.encode() if isinstance(content, str) else json.dumps(content).encode()
    return [message.text for message in load_thread(raw, name, captured_at=NOW).messages]


LINKS = [
    ('<a href="http://casino.example/x">voir ici</a> !', "voir ici (http://casino.example/x) !"),
    ("<a href='HTTP://casino.example/x' rel=nofollow> voir <b>ici</b> </a>!", "voir ici (HTTP://casino.example/x) !"),
    ("<a rel=nofollow href=https://casino.example/x>voir</a>", "voir (https://casino.example/x)"),
    ('<a href="//casino.example/x">voir</a>', "voir (https://casino.example/x)"),
    # What browsers take for an address all the same.
    ('<a href="http:\\\\casino.example/x">voir</a>', "voir (http://casino.example/x)"),
    ('<a href="https:/casino.example/x">voir</a>', "voir (https://casino.example/x)"),
    ('<a href=" http://casino.example/a b&nbsp;c ">voir</a>', "voir (http://casino.example/a%20b%C2%A0c)"),
    (
        '<a href="https://www.youtube.com/redirect?q=casino.example">1:15</a>',
        "1:15 (https://www.youtube.com/redirect?q=casino.example)",
    ),
    ('<a href="&#104;ttp:&#10;//casino.example/x">voir</a>', "voir (http://casino.example/x)"),
    ('<a href="https://e.example/?a=1&amp;b=2">voir &amp; lire</a>', "voir & lire (https://e.example/?a=1&b=2)"),
    # The same address, or less of it.
    ('<a href="https://e.example/a?b=1&amp;c=2">https://e.example/a…</a>', "https://e.example/a?b=1&c=2"),
    ('<a href="https://e.example/a/b">https://e.example/a...</a>', "https://e.example/a/b"),
    ('<a href="https://www.e.example/a/b">e.example</a>', "https://www.e.example/a/b"),
    ('<a href="https://e.example/a/">e.example/a</a>', "https://e.example/a/"),
    ('<a href="https://e.example/">https://E.example</a>', "https://E.example"),
    ('<a href="https://e.example/%C3%A9t%C3%A9">https://e.example/été</a>', "https://e.example/été"),
    # Another address than the one that is shown.
    ('<a href="http://casino.example/x">https://bank.example</a>', "https://bank.example (http://casino.example/x)"),
    ('<a href="http://bank.example.win/">bank.example</a>', "bank.example (http://bank.example.win/)"),
    ('<a href="http://bank.example@win.example/">bank.example</a>', "bank.example (http://bank.example@win.example/)"),
    ('<a href="http://casino.example">h…</a>', "h… (http://casino.example)"),
    ('<a href="http://casino.example">@moi</a>', "@moi (http://casino.example)"),
    ('<a class="mention" href="http://casino.example">voir ici</a>', "voir ici (http://casino.example)"),
    # Whom it speaks to and of what is not an address.
    ('<a href="https://m.example/@lea" class="u-url mention">@<span>lea</span></a> oui', "@lea oui"),
    ('<a href="https://m.example/tags/art" class="mention hashtag" rel="tag">#<span>art</span></a>', "#art"),
    ('<a href="https://www.youtube.com/channel/UCx">@lea</a>', "@lea"),
    ('<a href="http://www.youtube.com/results?search_query=%23art">#art</a>', "#art"),
    ('<a href="https://www.youtube.com/watch?v=x&amp;t=75">1:15</a>', "1:15"),
    # Nothing that a browser would run, and nothing but addresses of the web.
    ('<a href="javascript:alert(1)">voir</a>', "voir"),
    ('<a href=" java\nscript:alert(1)">voir</a>', "voir"),
    ('<a href="data:text/html,x">voir</a>', "voir"),
    ('<a href="mailto:lea@mail.example">voir</a>', "voir"),
    ('<a href="/page">voir</a> <a name="x">là</a>', "voir là"),
]


AWAY = [
    ("https://www.youtube.com/redirect?event=comments&q=https%3A%2F%2Fe.example%2Fplan&v=1", "https://e.example/plan"),
    ("https://l.facebook.com/l.php?u=https%3A%2F%2Fe.example%2Fplan%3Fa%3D1&h=AT0", "https://e.example/plan?a=1"),
    ("https://lm.facebook.com/l.php?h=AT0&u=http%3A%2F%2Fe.example", "http://e.example"),
    ("https://l.instagram.com/?u=https%3A%2F%2Fe.example%2F&e=AT", "https://e.example/"),
    ("https://www.google.fr/url?q=deux+mots&url=https%3A%2F%2Fe.example%2Fa", "https://e.example/a"),
    ("https://www.google.fr/url?sa=t&url=https%3A%2F%2Fe.example%2F", "https://e.example/"),
]
#: What leads nowhere, hides something, or is another page of somebody's.
STAYS = [
    "https://www.youtube.com/redirect?q=x",
    "https://www.youtube.com/redirect?q=javascript%3Aalert(1)",
    "https://l.facebook.com/l.php?u=https%3A%2F%2Fe.example%2F%E2%80%AEfdp",
    "https://l.facebook.com/l.php?u=https%3A%2F%2Fe.example%2F%0Asuite",
    "https://e.example/redirect?q=https%3A%2F%2Fwww.youtube.com%2F",
    "https://l.facebook.com.e.example/l.php?u=https%3A%2F%2Fwww.facebook.com",
]


class TestMarkup:
    @pytest.mark.parametrize(("address", "leads_to"), AWAY)
    def test_where_a_network_s_own_redirection_leads(self, address: str, leads_to: str) -> None:
        href = address.replace("&", "&amp;")
        assert plain_words(f'<a href="{href}">voir</a>') == f"voir ({leads_to})"
        assert plain_words(f'<a href="{href}">{leads_to}</a>') == leads_to

    @pytest.mark.parametrize("address", STAYS)
    def test_any_other_address_stays(self, address: str) -> None:
        assert plain_words(f'<a href="{address}">voir</a>') == f"voir ({address})"

    @pytest.mark.parametrize(("markup", "shown"), LINKS)
    def test_of_a_network_s_comments(self, markup: str, shown: str) -> None:
        assert plain_words(f"<p>Lu, {markup}</p>") == f"Lu, {shown}"

    @pytest.mark.parametrize(("markup", "shown"), LINKS)
    def test_of_any_other_file(self, markup: str, shown: str) -> None:
        assert " ".join(message_text(f"Lu, {markup}").split()) == f"Lu, {shown}"

    def test_a_link_that_is_not_closed_or_goes_over_lines(self) -> None:
        assert plain_words('<p><a href="http://c.example">voir') == "voir (http://c.example)"
        assert plain_words('<a href="http://c.example"><p>un</p><p>deux</p></a>') == "un\ndeux (http://c.example)"
        both = '<a href="http://c.example">un <a href="http://d.example">deux</a>'
        assert plain_words(both) == "un (http://c.example) deux (http://d.example)"

    def test_pictures(self) -> None:
        assert plain_words('<a href="http://c.example/"><img src="x"></a>') == "http://c.example/"
        assert plain_words('<a class="lightbox" href="https://f.example/i.png"><img alt="plan"></a>') == "plan"

    def test_a_link_without_a_preview_is_told_once(self) -> None:
        assert plain_words('<p><a href="https://e.example/a" class="onebox">https://e.example/a</a></p>') == (
            "https://e.example/a"
        )

    @pytest.mark.parametrize("piece", ["<a href=http://c.example>", "<a href=http://c.example>x</a>", "</a>", "<a "])
    def test_a_megabyte_of_links_takes_no_time(self, piece: str) -> None:
        import time

        start = time.process_time()
        message_text("<br>" + piece * (600_000 // len(piece)) + "</a>")
        plain_words("<p>" + piece * (600_000 // len(piece)))
        assert time.process_time() - start < 5


class TestFormats:
    def test_wordpress(self) -> None:
        comment = {
            "id": 1, "author_name": "z", "date_gmt": "2026-01-01T00:00:00", "parent": 0, "post": 19,
            "status": "approved",
            "content": {"rendered": '<p>Super article, <a href="http://casino.example/x">voir ici</a></p>'},
        }  # fmt: skip
        assert texts([comment]) == ["Super article, voir ici (http://casino.example/x)"]

    def test_takeout(self) -> None:
        segments = [
            {"text": "Lu "},
            {"text": "https://e.example/a…", "link": {"linkUrl": "https://e.example/a/b"}},
            {"text": " à "},
            {"text": "1:15", "link": {"linkUrl": "https://www.youtube.com/watch?v=x&t=75s"}},
        ]
        cell = json.dumps({"takeoutSegments": segments}, ensure_ascii=False).replace('"', '""')
        assert texts(
            "Comment ID,Channel ID,Comment Create Timestamp,Price,Video ID,Comment Text\n"
            f'Ugz1,UCme,2025-01-02T10:00:00+00:00,0,v1,"{cell}"\n',
            "comments.csv",
        ) == ["Lu https://e.example/a/b à 1:15"]

    def test_bluesky(self) -> None:
        said = "Été : voir ici, e.example/a..."
        raw = said.encode()

        def facet(words: str, **feature: str) -> dict[str, Any]:
            start = raw.index(words.encode())
            index = {"byteStart": start, "byteEnd": start + len(words.encode())}
            return {"index": index, "features": [feature]}

        link = "app.bsky.richtext.facet#link"
        post: dict[str, Any] = {
            "uri": "at://did:plc:a/app.bsky.feed.post/1",
            "author": {"did": "did:plc:a", "handle": "lea.example"},
            "record": {
                "text": said,
                "createdAt": "2026-01-01T00:00:00Z",
                "facets": [
                    facet("e.example/a...", **{"$type": link, "uri": "https://e.example/a/b"}),
                    facet("voir ici", **{"$type": link, "uri": "http://casino.example/x"}),
                    {
                        "index": {"byteStart": 900, "byteEnd": 1},
                        "features": [{"$type": link, "uri": "https://x.example"}],
                    },
                    {"index": None, "features": "?"},
                ],
            },
        }
        view = "app.bsky.feed.defs#threadViewPost"
        root = {"uri": "at://did:plc:a/app.bsky.feed.post/0", "author": post["author"], "record": {"text": "Post"}}
        found = texts({"thread": {"$type": view, "post": root, "replies": [{"$type": view, "post": post}]}})
        assert found == ["Été : voir ici (http://casino.example/x), https://e.example/a/b"]

"""Reddit, Mastodon, Bluesky and Discourse: what was deleted or cannot be seen keeps its place, the rest its parent."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from copilot.errors import UserError
from copilot.importers.threads import load_thread, open_thread

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def loaded(content: Any, name: str) -> Any:
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    thread = load_thread(raw, "-", captured_at=NOW)
    assert thread.format == name
    return thread


def warned(thread: Any) -> list[tuple[str, dict[str, Any]]]:
    return [(said.key.removeprefix("thread.warn."), dict(said.params)) for said in thread.warnings]


def origin(content: Any) -> str:
    reading = open_thread(json.dumps(content).encode(), "-", captured_at=NOW)
    list(reading.drafts())
    return reading.told.origin


def tree(thread: Any) -> dict[str, str | None]:
    return {message.external_id: message.parent_id for message in thread.messages}


class TestReddit:
    def listing(self, *children: Any) -> dict[str, Any]:
        return {"kind": "Listing", "data": {"children": list(children)}}

    def comment(self, own: str, body: str = "Bonjour", to: str = "t3_p", replies: Any = "", **more: Any) -> Any:
        said = {"id": own, "name": f"t1_{own}", "author": "lea", "body": body, "parent_id": to, "replies": replies}
        return {"kind": "t1", "data": {"created_utc": 1795168800.0, "edited": False, **said, **more}}

    def post(self, **more: Any) -> dict[str, Any]:
        return {"kind": "t3", "data": {"id": "p", "name": "t3_p", "title": "A &amp; B", "author": "atelier", **more}}

    def load(self, *comments: Any, post: Any = None) -> Any:
        return loaded([self.listing(post or self.post()), self.listing(*comments)], "reddit")

    def test_the_post_gives_its_title_and_its_words(self) -> None:
        found = self.load(self.comment("a"), post=self.post(selftext="Dites &lt;3"))
        assert (found.title, found.post_text) == ("A & B", "Dites <3")
        assert self.load(self.comment("a"), post=self.post(selftext="")).post_text == "A & B"
        assert tree(found) == {"a": None}
        assert origin([self.listing(self.post()), self.listing(self.comment("a"))]) == "t3_p"

    def test_what_was_deleted_keeps_its_place_and_its_replies(self) -> None:
        inner = self.listing(self.comment("b", "[removed]", "t1_a", self.listing(self.comment("c", "Oui", "t1_b"))))
        found = self.load(self.comment("a", "[deleted]", replies=inner, author="[deleted]"))
        assert tree(found) == {"a": None, "b": "a", "c": "b"}
        assert [(m.deleted, m.text, m.author.name) for m in found.messages] == [
            (True, "", ""),
            (True, "", "lea"),
            (False, "Oui", "lea"),
        ]

    def test_comments_not_loaded_are_counted(self) -> None:
        more = {"kind": "more", "data": {"count": 12, "children": ["x", "y"], "parent_id": "t1_a"}}
        thread_goes_on = {"kind": "more", "data": {"count": 0, "children": [], "id": "_", "parent_id": "t1_b"}}
        top = {"kind": "more", "data": {"count": 3, "children": ["z"], "parent_id": "t3_p"}}
        replies = self.listing(self.comment("b", to="t1_a", replies=self.listing(thread_goes_on)), more)
        assert warned(self.load(self.comment("a", replies=replies), top)) == [
            ("partial_replies", {"count": 1, "message": 2}),
            ("partial_replies", {"count": 12, "message": 1}),
            ("partial_top", {"count": 3}),
        ]

    def test_entities_scores_edits_posters_and_links(self) -> None:
        path = "/r/atelier/comments/p/a_b/a/"
        found = self.load(
            self.comment("a", "a &amp;lt; *b*", score=-4, edited=1795172400.0, is_submitter=True, permalink=path),
            self.comment("b", author="atelier", score="3", edited=True, permalink="//evil.example/x"),
            self.comment("c", score=3, score_hidden=True),
        )
        first, second, third = found.messages
        assert (first.text, first.likes, first.author.is_owner) == ("a &lt; *b*", -4, True)
        assert first.edited_at == datetime(2026, 11, 20, 11, tzinfo=UTC)
        assert first.link == f"https://www.reddit.com{path}"
        assert (second.author.is_owner, second.likes, second.edited_at, second.link) == (True, 3, None, "")
        assert (third.author.is_owner, third.likes) == (False, None)

    def test_comments_alone_as_lines_or_as_a_listing(self) -> None:
        flat = [self.comment("b", to="t1_a")["data"], self.comment("a", link_id="t3_p")["data"]]
        for content in (flat, "\n".join(map(json.dumps, flat)).encode(), {"data": flat}):
            assert tree(loaded(content, "reddit")) == {"b": "a", "a": None}
        assert tree(loaded(self.listing(self.comment("a")), "reddit")) == {"a": None}
        things = {"json": {"errors": [], "data": {"things": [self.comment("a"), self.comment("b", to="t1_a")]}}}
        assert tree(loaded(things, "reddit")) == {"a": None, "b": "a"}

    def test_html_stands_in_for_words_that_are_missing(self) -> None:
        found = self.load(
            self.comment("a", None, body_html='&lt;div class="md"&gt;&lt;p&gt;l&amp;#39;été&lt;/p&gt;&lt;/div&gt;')
        )
        assert found.messages[0].text == "l'été"

    def test_nesting_has_an_end(self) -> None:
        def nested(levels: int) -> Any:
            found = self.comment("x0")
            for level in range(1, levels):
                found = self.comment(f"x{level}", replies=self.listing(found))
            return found

        content = io_dumps([self.listing(self.post()), self.listing(nested(550))])
        assert len(loaded(content, "reddit").messages) == 550
        with pytest.raises(UserError) as caught:
            loaded(io_dumps([self.listing(self.post()), self.listing(nested(1100))]), "reddit")
        assert caught.value.kind == "thread.too_deep"


def io_dumps(content: Any) -> bytes:
    """JSON of any depth: json.dumps calls itself once a level."""
    parts: list[str] = []
    left: list[Any] = [content]
    while left:
        node = left.pop()
        if isinstance(node, _Raw):
            parts.append(node.text)
        elif isinstance(node, dict):
            inner: list[Any] = [_Raw("{")]
            for place, (key, value) in enumerate(node.items()):
                inner += [_Raw(("," if place else "") + json.dumps(key) + ":"), value]
            left.extend(reversed([*inner, _Raw("}")]))
        elif isinstance(node, list):
            inner = [_Raw("[")]
            for place, value in enumerate(node):
                inner += [_Raw("," if place else ""), value]
            left.extend(reversed([*inner, _Raw("]")]))
        else:
            parts.append(json.dumps(node))
    return "".join(parts).encode()


class _Raw:
    def __init__(self, text: str) -> None:
        self.text = text


class TestMastodon:
    def post(self, own: str, to: str | None, content: str = "<p>Bonjour</p>", who: str = "2", **more: Any) -> Any:
        account = {"id": who, "acct": f"u{who}@exemple.social", "username": f"u{who}", "display_name": f"U {who}"}
        said = {"id": own, "in_reply_to_id": to, "content": content, "account": account, "visibility": "public"}
        return {**said, "created_at": "2026-11-20T10:00:00.000Z", "spoiler_text": "", "favourites_count": 1, **more}

    def load(self, content: Any) -> Any:
        return loaded(content, "mastodon")

    def test_what_answers_the_post_asked_for_is_at_the_top(self) -> None:
        found = self.load(
            {"ancestors": [], "descendants": [self.post("2", "1"), self.post("3", "2"), self.post("4", "1")]}
        )
        assert tree(found) == {"2": None, "3": "2", "4": None}
        assert warned(found) == []

    def test_posts_above_come_first_and_hold_what_is_below(self) -> None:
        above = [self.post("1", None, "<p>Le fil</p>", "9"), self.post("2", "1")]
        found = self.load({"ancestors": above, "descendants": [self.post("4", "3"), self.post("5", "4", who="9")]})
        assert tree(found) == {"1": None, "2": "1", "4": "2", "5": "4"}
        assert found.post_text == "Le fil"
        assert [message.author.is_owner for message in found.messages] == [True, False, False, True]

    @pytest.mark.parametrize("order", [(0, 1, 2, 3), (1, 0, 3, 2), (3, 2, 1, 0)])
    def test_who_asked_is_the_brand_in_whatever_order_the_posts_stand(self, order: tuple[int, ...]) -> None:
        below = [
            self.post("102", "101", who="20", in_reply_to_account_id="10"),
            self.post("103", "102", who="30", in_reply_to_account_id="20"),
            self.post("105", "101", who="40", in_reply_to_account_id="10"),
            self.post("106", "105", who="10", in_reply_to_account_id="40"),
        ]
        found = self.load({"ancestors": [], "descendants": [below[place] for place in order]})
        assert tree(found) == {"102": None, "103": "102", "105": None, "106": "105"}
        assert [m.external_id for m in found.messages if m.author.is_owner] == ["106"]
        assert warned(found) == []

    @pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
    def test_posts_above_may_stand_in_any_order(self, order: tuple[int, ...]) -> None:
        above = [self.post("1", None, "<p>Le fil</p>", "9"), self.post("2", "1"), self.post("3", "2")]
        below = [self.post("6", "5"), self.post("5", "4", who="9")]
        found = self.load({"ancestors": [above[place] for place in order], "descendants": below})
        assert tree(found) == {"1": None, "2": "1", "3": "2", "6": "5", "5": "3"}
        assert found.post_text == "Le fil"
        assert {m.external_id for m in found.messages if m.author.is_owner} == {"1", "5"}

    def test_a_parent_that_was_taken_away_is_not_taken_for_the_post_asked_for(self) -> None:
        below = [self.post("9", "8", in_reply_to_account_id="3"), self.post("2", "1", in_reply_to_account_id="7")]
        found = self.load({"ancestors": [], "descendants": [*below, self.post("10", "2", who="7")]})
        assert [m.external_id for m in found.messages if m.author.is_owner] == ["10"]
        assert warned(found) == [("orphan", {"position": 1, "parent": "8"})]

    def test_the_account_of_the_post_beside_its_context_is_the_brand(self) -> None:
        below = [self.post("3", "2", who="9"), self.post("2", "1")]
        asked = self.post("1", None, "<p>Le fil</p>", who="9")
        found = self.load({"status": asked, "context": {"ancestors": [], "descendants": below}})
        assert [m.external_id for m in found.messages if m.author.is_owner] == ["3"]

    def test_direct_and_private_posts_are_hidden_and_told(self) -> None:
        states = ("public", "unlisted", "private", "direct", None)
        posts = [self.post(str(i + 2), "1", visibility=state) for i, state in enumerate(states)]
        found = self.load({"ancestors": [], "descendants": posts})
        assert [message.hidden for message in found.messages] == [False, False, True, True, False]
        assert warned(found) == [("private_messages", {"count": 2})]

    def test_warnings_links_edits_and_names(self) -> None:
        more = {"spoiler_text": "Colère", "edited_at": "2026-11-20T11:00:00Z", "url": "https://exemple.social/@u2/2"}
        message = self.load(
            {"ancestors": [], "descendants": [self.post("2", "1", "<p>a<br />b</p>", **more)]}
        ).messages[0]
        assert message.text == "Colère\na\nb"
        assert message.edited_at == datetime(2026, 11, 20, 11, tzinfo=UTC)
        assert (message.author.name, message.author.handle) == ("U 2", "u2@exemple.social")
        assert (message.link, message.likes) == ("https://exemple.social/@u2/2", 1)

    def test_a_picture_alone_says_what_its_author_says_of_it(self) -> None:
        media = {"media_attachments": [{"type": "image", "description": "Une table"}]}
        posts = [self.post("2", "1", "", **media), self.post("3", "1", "", media_attachments=[{"type": "video"}])]
        found = self.load({"descendants": posts, "ancestors": []})
        assert [message.text for message in found.messages] == ["Une table", "[video]"]

    def test_the_post_beside_its_context_and_posts_in_a_list(self) -> None:
        posts = [self.post("2", "1"), self.post("3", "2")]
        beside = {"status": self.post("1", None, "<p>Le fil</p>"), "context": {"ancestors": [], "descendants": posts}}
        assert self.load(beside).post_text == "Le fil"
        assert tree(self.load(beside)) == {"2": None, "3": "2"}
        assert tree(self.load([self.post("1", None), *posts])) == {"1": None, "2": "1", "3": "2"}

    def test_replies_that_did_not_come_are_told_once(self) -> None:
        posts = [self.post("2", "1", replies_count=4), self.post("3", "2"), self.post("4", "1", replies_count=1)]
        assert warned(self.load({"ancestors": [], "descendants": posts})) == [("replies_missing", {"count": 2})]


class TestBluesky:
    def uri(self, key: str, did: str = "did:plc:lea") -> str:
        return f"at://{did}/app.bsky.feed.post/{key}"

    def view(self, key: str, *replies: Any, did: str = "did:plc:lea", to: str = "0", **more: Any) -> dict[str, Any]:
        record: dict[str, Any] = {"text": f"texte {key}", "createdAt": "2026-11-20T10:00:00Z"}
        if to:
            record["reply"] = {"root": {"uri": self.uri("0")}, "parent": {"uri": self.uri(to)}}
        author = {"did": did, "handle": "lea.exemple", "displayName": "Léa"}
        post = {"uri": self.uri(key), "author": author, "record": record, "likeCount": 1, **more}
        return {"$type": "app.bsky.feed.defs#threadViewPost", "post": post, "replies": list(replies)}

    def load(self, content: Any) -> Any:
        return loaded(content, "bluesky")

    def test_the_post_at_the_top_is_what_the_rest_discusses(self) -> None:
        content = {"thread": self.view("0", self.view("1", self.view("2", to="1")), to="", did="did:plc:atelier")}
        found = self.load(content)
        assert found.post_text == "texte 0"
        assert tree(found) == {self.uri("1"): None, self.uri("2"): self.uri("1")}
        assert origin(content) == self.uri("0")
        assert found.messages[0].link == "https://bsky.app/profile/did:plc:lea/post/1"

    def test_what_is_above_comes_first(self) -> None:
        asked = self.view("2", self.view("3", to="2"), to="1")
        asked["parent"] = {**self.view("1"), "parent": self.view("0", to="")}
        found = self.load({"thread": asked})
        assert found.post_text == "texte 0"
        assert tree(found) == {self.uri("1"): None, self.uri("2"): self.uri("1"), self.uri("3"): self.uri("2")}

    def test_blocked_and_missing_posts_keep_their_place(self) -> None:
        blocked = {"$type": "app.bsky.feed.defs#blockedPost", "uri": self.uri("b"), "blocked": True}
        gone = {"$type": "app.bsky.feed.defs#notFoundPost", "uri": self.uri("g"), "notFound": True}
        found = self.load({"thread": self.view("0", self.view("1", gone), blocked, to="")})
        assert tree(found) == {self.uri("1"): None, self.uri("g"): self.uri("1"), self.uri("b"): None}
        assert [(message.deleted, message.text) for message in found.messages[1:]] == [(True, ""), (True, "")]
        assert warned(found) == [("blocked", {"count": 1}), ("not_found", {"count": 1})]

    def test_a_missing_post_above_leaves_the_rest_readable(self) -> None:
        asked = self.view("1", self.view("2", to="1"))
        asked["parent"] = {"$type": "app.bsky.feed.defs#notFoundPost", "uri": self.uri("0"), "notFound": True}
        found = self.load({"thread": asked})
        assert tree(found) == {self.uri("0"): None, self.uri("1"): self.uri("0"), self.uri("2"): self.uri("1")}

    def test_who_wrote_the_post_is_its_owner_everywhere(self) -> None:
        mine = self.view("2", to="1", did="did:plc:atelier")
        found = self.load({"thread": self.view("0", self.view("1", mine), to="", did="did:plc:atelier")})
        assert [message.author.is_owner for message in found.messages] == [False, True]

    def test_the_flat_list_of_the_second_version(self) -> None:
        def item(view: dict[str, Any], depth: int) -> dict[str, Any]:
            value = {"$type": "app.bsky.unspecced.defs#threadItemPost", "post": view["post"], "moreReplies": 0}
            return {"uri": view["post"]["uri"], "depth": depth, "value": value}

        flat = [item(self.view("0", to=""), 0), item(self.view("1"), 1), item(self.view("2", to="1"), 2)]
        gone = {"uri": self.uri("3"), "depth": 1, "value": {"$type": "app.bsky.unspecced.defs#threadItemNotFound"}}
        found = self.load({"thread": [*flat, gone], "hasOtherReplies": False})
        assert found.post_text == "texte 0"
        assert tree(found) == {self.uri("1"): None, self.uri("2"): self.uri("1"), self.uri("3"): None}

    def test_replies_not_loaded_and_posts_without_words(self) -> None:
        image = self.view("1", replyCount=3)
        image["post"]["record"].update(
            text="", embed={"$type": "app.bsky.embed.images", "images": [{"alt": "Une table"}]}
        )
        found = self.load({"thread": self.view("0", image, to="")})
        assert found.messages[0].text == "Une table"
        assert warned(found) == [("replies_missing", {"count": 1})]

    def test_a_thousand_levels_and_no_more(self) -> None:
        def nested(levels: int) -> Any:
            found = self.view("x0")
            for level in range(1, levels):
                found = self.view(f"x{level}", found)
            return io_dumps({"thread": self.view("0", found, to="")})

        assert len(self.load(nested(950)).messages) == 950
        with pytest.raises(UserError) as caught:
            self.load(nested(1100))
        assert caught.value.kind == "thread.too_deep"


class TestDiscourse:
    def post(self, number: int, cooked: str = "<p>Bonjour</p>", to: int | None = None, **more: Any) -> dict[str, Any]:
        said = {"id": 500 + number, "post_number": number, "username": "lea", "cooked": cooked, "topic_id": 42}
        return {**said, "created_at": "2026-11-20T10:00:00.000Z", "reply_to_post_number": to, **more}

    def topic(self, *posts: Any, **more: Any) -> dict[str, Any]:
        stream = [post["id"] for post in posts]
        return {"post_stream": {"posts": list(posts), "stream": stream}, "id": 42, "title": "Un sujet", **more}

    def load(self, content: Any) -> Any:
        return loaded(content, "discourse")

    def test_posts_answer_by_number(self) -> None:
        found = self.load(self.topic(self.post(1), self.post(2, to=1), self.post(5, to=2), self.post(6, to=4)))
        assert tree(found) == {"501": None, "502": "501", "505": "502", "506": None}
        assert (found.title, found.post_text) == ("Un sujet", "Bonjour")
        assert [kind for kind, _ in warned(found)] == ["orphan"]

    def test_posts_the_topic_names_and_the_file_lacks(self) -> None:
        content = self.topic(self.post(1))
        content["post_stream"]["stream"] = [501, 502, 503]
        assert warned(self.load(content)) == [("more_pages", {})]
        rest = {"post_stream": {"posts": [self.post(2), self.post(3)]}, "id": 42}
        assert warned(self.load([content, rest])) == []
        assert warned(self.load("\n".join(map(json.dumps, (content, rest))).encode())) == []

    def test_what_is_ours_hidden_deleted_edited_liked(self) -> None:
        found = self.load(
            self.topic(
                self.post(1, staff=True, name="Atelier", version=2, updated_at="2026-11-20T11:00:00Z"),
                self.post(2, hidden=True, actions_summary=[{"id": 2, "count": 4}]),
                self.post(3, "<p>(post deleted by author)</p>", user_deleted=True),
                self.post(4, "", deleted_at="2026-11-20T11:00:00Z"),
                self.post(5, "", post_type=3, action_code="closed.enabled"),
                self.post(6, post_type=4, moderator=True),
            )
        )
        assert [message.author.is_owner for message in found.messages] == [True, False, False, False, True]
        assert [message.hidden for message in found.messages] == [False, True, False, False, True]
        assert [message.deleted for message in found.messages] == [False, False, True, True, False]
        assert found.messages[0].edited_at == datetime(2026, 11, 20, 11, tzinfo=UTC)
        assert found.messages[1].likes == 4
        assert (found.messages[0].author.name, found.messages[1].author.name) == ("Atelier", "lea")

    def test_quotes_emoji_pictures_and_previews(self) -> None:
        cooked = (
            '<aside class="quote"><div class="title"><div class="quote-controls">x</div>lea:</div>'
            "<blockquote><p>cité</p>"
            '</blockquote></aside><p>Oui <img src="/e.png" title=":heart:" class="emoji" alt=":heart:"></p>'
            '<div class="lightbox-wrapper"><a href="/i.png"><img src="/i.png" alt="plan"><div class="meta"><svg></svg>'
            '<span class="informations">1920×1080</span></div></a></div><aside class="onebox" data-onebox-src='
            '"https://exemple.fr/a"><header>Titre</header></aside>'
        )
        found = self.load(self.topic(self.post(1, cooked)))
        assert found.messages[0].text == "lea:\n> cité\nOui :heart:\nplan\nhttps://exemple.fr/a"

    def test_raw_words_and_posts_in_a_list(self) -> None:
        found = self.load([self.post(1, "", raw="Mes *mots*"), self.post(2, to=1)])
        assert found.messages[0].text == "Mes *mots*"
        assert tree(found) == {"501": None, "502": "501"}
        assert len(self.load({"latest_posts": [self.post(1)]}).messages) == 1

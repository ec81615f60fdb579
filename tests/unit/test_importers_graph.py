"""Meta's interfaces: Facebook, Instagram and Threads, told apart, alone or under their post."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from copilot.importers.threads import load_thread, open_thread

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def loaded(content: Any, name: str) -> Any:
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    thread = load_thread(raw, "-", captured_at=NOW)
    assert thread.format == name
    return thread


def origin(content: Any) -> str:
    reading = open_thread(json.dumps(content).encode(), "-", captured_at=NOW)
    list(reading.drafts())
    return reading.told.origin


def warned(thread: Any) -> list[tuple[str, dict[str, Any]]]:
    return [(said.key.removeprefix("thread.warn."), dict(said.params)) for said in thread.warnings]


class TestFacebook:
    def comment(self, own: str, text: str = "Bonjour", **more: Any) -> dict[str, Any]:
        return {"id": own, "message": text, "created_time": "2026-11-20T10:00:00+0000", "like_count": 0, **more}

    def load(self, content: Any) -> Any:
        return loaded(content, "facebook_graph")

    def test_a_post_around_its_comments_is_what_they_comment(self) -> None:
        mine = self.comment("7_2", "Merci", **{"from": {"name": "Atelier", "id": "555"}})
        comments = {"data": [self.comment("7_1", **{"from": {"name": "Léa", "id": "9"}}), mine]}
        post = {"comments": comments, "message": "On rouvre !", "created_time": "x", "id": "555_7"}
        for content in (post, {"data": [post]}, [post]):
            found = self.load(content)
            assert found.post_text == "On rouvre !"
            assert [message.author.is_owner for message in found.messages] == [False, True]
            assert origin(content) == "555_7"

    def test_several_posts_are_told(self) -> None:
        posts = [{"id": f"5_{i}", "message": f"p{i}", "comments": {"data": [self.comment(f"{i}_1")]}} for i in (1, 2)]
        found = self.load({"data": posts})
        assert len(found.messages) == 2
        assert found.post_text == "p1"
        assert ("several_posts", {"count": 2}) in warned(found)

    def test_ids_and_parents_are_read_from_the_address_when_they_stand_only_there(self) -> None:
        start = "https://www.facebook.com/555/posts/777?comment_id="
        found = self.load(
            {
                "data": [
                    {"message": "un", "created_time": "2026-11-20T10:00:00+0000", "permalink_url": f"{start}11"},
                    {"message": "deux", "permalink_url": f"{start}11&reply_comment_id=12"},
                    {"message": "trois", "permalink_url": f"{start}999&reply_comment_id=13"},
                ]
            }
        )
        assert [(m.external_id, m.parent_id) for m in found.messages] == [("11", None), ("12", "11"), ("13", None)]
        assert [kind for kind, _ in warned(found)] == ["orphan"]
        assert all(message.author.name == "" for message in found.messages)

    def test_addresses_join_messages_that_have_their_long_ids(self) -> None:
        start = "https://www.facebook.com/555/posts/777?comment_id="
        hidden = base64.b64encode(b"comment:777_11").decode()
        found = self.load(
            [self.comment("777_11"), self.comment("777_12", permalink_url=f"{start}{hidden}&reply_comment_id=12")]
        )
        assert found.messages[1].parent_id == "777_11"

    def test_nested_and_flat_replies_count_as_come(self) -> None:
        flat = {"data": [self.comment("1_1", comment_count=2), self.comment("1_2", parent={"id": "1_1"})]}
        assert warned(self.load(flat)) == [("partial_replies", {"count": 1, "message": 1})]
        nested = self.comment("1_1", comment_count=1, comments={"data": [self.comment("1_2")]})
        assert warned(self.load({"data": [nested]})) == []
        assert self.load({"data": [nested]}).messages[1].parent_id == "1_1"
        assert self.load(nested).messages[1].parent_id == "1_1"

    def test_the_next_page_is_missed_only_at_the_end(self) -> None:
        first = {"data": [self.comment("1_1")], "paging": {"next": "https://graph.facebook.com/x"}}
        assert warned(self.load(first)) == [("more_pages", {})]
        assert warned(self.load([first, {"data": [self.comment("1_2")], "paging": {"cursors": {}}}])) == []

    def test_an_address_anywhere_in_the_file_tells_whose_page_it_is(self) -> None:
        link = "https://www.facebook.com/555/posts/777?comment_id=13"
        for ours, others in (("777_12", "777_11"), ("555_12", "555_11")):
            comments = [
                self.comment(others, **{"from": {"name": "Léa", "id": "77"}}),
                self.comment(ours, **{"from": {"name": "Atelier", "id": "555"}}),
                self.comment("", permalink_url=link, **{"from": None}),
            ]
            for content in (
                comments,
                {"data": comments},
                {"data": [{**comments[0], "comments": {"data": comments[1:]}}]},
            ):
                found = self.load(content)
                assert [m.author.name for m in found.messages if m.author.is_owner] == ["Atelier"]

    def test_replies_that_go_on_elsewhere_are_told_of_their_message(self) -> None:
        replies = {
            "data": [self.comment("1_2"), self.comment("1_3")],
            "paging": {"next": "https://graph.facebook.com/x"},
        }
        for said in ({"comment_count": 2}, {}):
            found = self.load({"data": [self.comment("1_1", comments=replies, **said)]})
            assert warned(found) == [("more_replies", {"message": 1})]
        found = self.load({"data": [self.comment("1_1", comments=replies, comment_count=5)]})
        assert warned(found) == [("partial_replies", {"count": 3, "message": 1})]

    def test_hidden_ones_and_pictures_without_words(self) -> None:
        found = self.load(
            [
                self.comment("1_1", is_hidden=True),
                self.comment("1_2", "", attachment={"type": "sticker"}),
                self.comment("1_3", "", attachment={"type": "photo", "title": "Ma table"}),
                self.comment("1_4", ""),
            ]
        )
        assert [(m.hidden, m.text) for m in found.messages] == [
            (True, "Bonjour"),
            (False, "[sticker]"),
            (False, "Ma table"),
        ]
        assert [kind for kind, _ in warned(found)] == ["no_text_at"]

    def test_words_are_left_as_they_were_typed(self) -> None:
        text = "a &amp; b <br> Ã©t\u202f!\nfin"
        message = self.load([self.comment("1_1", text)]).messages[0]
        assert message.text == text
        assert message.created_at == datetime(2026, 11, 20, 10, tzinfo=UTC)

    def test_no_profile_is_kept(self) -> None:
        who = {"name": "Léa", "id": "1001", "link": "https://facebook.com/lea", "email": "lea@exemple.fr"}
        message = self.load([self.comment("1_1", **{"from": who})]).messages[0]
        assert "exemple.fr" not in repr(message)
        assert "facebook.com/lea" not in repr(message)


class TestInstagram:
    def comment(self, own: str, text: str = "Bonjour", **more: Any) -> dict[str, Any]:
        return {"id": own, "text": text, "username": "lea", "timestamp": "2026-11-20T10:00:00+0000", **more}

    def load(self, content: Any) -> Any:
        return loaded(content, "instagram_graph")

    def test_a_media_around_its_comments_is_what_they_comment(self) -> None:
        comments = {"data": [self.comment("17900000000000001"), self.comment("17900000000000002", username="atelier")]}
        media = {"comments": comments, "caption": "Nouveau !", "username": "atelier", "id": "17800000000000009"}
        found = self.load(media)
        assert found.post_text == "Nouveau !"
        assert [message.author.is_owner for message in found.messages] == [False, True]
        assert origin(media) == "17800000000000009"

    def test_the_fields_that_are_asked_for_by_default_are_enough_to_know_them(self) -> None:
        bare = {"id": "17900000000000001", "text": "Bonjour", "timestamp": "2026-11-20T10:00:00+0000"}
        found = self.load([bare])
        assert (found.network, found.messages[0].created_at) == ("instagram", datetime(2026, 11, 20, 10, tzinfo=UTC))

    def test_replies_nested_or_named_by_their_parent(self) -> None:
        reply = self.comment("17900000000000002", "Oui", parent_id="17900000000000001")
        nested = self.comment("17900000000000001", replies={"data": [reply]})
        for content in ({"data": [nested]}, {"data": [self.comment("17900000000000001"), reply]}, nested, [nested]):
            assert self.load(content).messages[1].parent_id == "17900000000000001"

    def test_the_account_that_asks_is_ours_and_hidden_ones_are_hidden(self) -> None:
        found = self.load(
            {
                "data": [
                    self.comment("17900000000000001", user={"id": "17841400000000000"}, hidden=True, like_count="4"),
                    self.comment("17900000000000002", **{"from": {"id": "1", "username": "hugo"}, "username": None}),
                ]
            }
        )
        first, second = found.messages
        assert (first.author.is_owner, first.hidden, first.likes) == (True, True, 4)
        assert (second.author.handle, second.author.is_owner) == ("hugo", False)

    def test_without_a_name_without_likes(self) -> None:
        found = self.load(
            {"data": [{"id": "17900000000000001", "text": "Oui", "timestamp": "2026-11-20T10:00:00+0000"}]}
        )
        assert found.messages[0].author.name == ""

    def test_more_pages_and_more_replies(self) -> None:
        replies = {"data": [], "paging": {"next": "https://x"}}
        content = {"data": [self.comment("17900000000000001", replies=replies)], "paging": {"next": "https://x"}}
        assert [kind for kind, _ in warned(self.load(content))] == ["partial_replies", "more_pages"]


class TestThreads:
    def reply(self, own: str, to: str = "1", **more: Any) -> dict[str, Any]:
        said = {"text": "Bonjour", "username": "lea", "timestamp": "2026-11-20T10:00:00+0000", "is_reply": True}
        return {"id": own, **said, "root_post": {"id": "1"}, "replied_to": {"id": to}, **more}

    def load(self, content: Any) -> Any:
        return loaded(content, "threads_replies")

    def test_what_answers_the_post_is_at_the_top(self) -> None:
        found = self.load({"data": [self.reply("3", "2"), self.reply("2")]})
        assert [message.parent_id for message in found.messages] == ["2", None]
        assert warned(found) == []

    def test_the_post_itself_is_no_message(self) -> None:
        post = {"id": "1", "text": "On rouvre", "username": "atelier", "timestamp": "x", "is_reply": False}
        found = self.load({"data": [post, self.reply("2"), self.reply("3", username="atelier")]})
        assert found.post_text == "On rouvre"
        assert [message.author.is_owner for message in found.messages] == [False, True]

    @pytest.mark.parametrize(
        ("status", "hidden"),
        [
            ("NOT_HUSHED", False),
            ("UNHUSHED", False),
            ("HIDDEN", True),
            ("COVERED", True),
            ("BLOCKED", True),
            (None, False),
        ],
    )
    def test_what_was_hidden_is_hidden(self, status: str | None, hidden: bool) -> None:
        assert self.load({"data": [self.reply("2", hide_status=status)]}).messages[0].hidden is hidden

    def test_replies_that_are_not_in_the_file_are_told(self) -> None:
        content = {"data": [self.reply("2", has_replies=True), self.reply("3", has_replies=True), self.reply("4", "3")]}
        assert warned(self.load(content)) == [("replies_missing", {"count": 1})]

    def test_a_picture_alone(self) -> None:
        content = {"data": [self.reply("2", text=None, media_type="IMAGE", permalink="https://www.threads.net/t/x")]}
        message = self.load(content).messages[0]
        assert (message.text, message.link) == ("[image]", "https://www.threads.net/t/x")

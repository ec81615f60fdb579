"""YouTube: threads, replies that came and that did not, owners, what is held back, HTML and plain texts."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from copilot.importers.threads import load_thread
from copilot.importers.threads._source import Report, Source
from copilot.importers.threads.youtube import read, sniff

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def comment(own: str, text: str = "Bonjour", **more: Any) -> dict[str, Any]:
    snippet = {"authorDisplayName": "@lea", "textDisplay": text, "publishedAt": "2026-11-20T10:00:00Z", **more}
    return {"kind": "youtube#comment", "id": own, "snippet": snippet}


def thread(top: dict[str, Any], total: Any = 0, replies: Any = None, **more: Any) -> dict[str, Any]:
    found = {"kind": "youtube#commentThread", "snippet": {"topLevelComment": top, "totalReplyCount": total, **more}}
    return found if replies is None else {**found, "replies": {"comments": replies}}


def page(*items: Any, **more: Any) -> dict[str, Any]:
    return {"kind": "youtube#commentThreadListResponse", "items": list(items), **more}


def loaded(content: Any) -> Any:
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    thread = load_thread(raw, "-", captured_at=NOW)
    assert thread.format == "youtube"
    return thread


def warned(thread: Any) -> list[tuple[str, dict[str, Any]]]:
    return [(said.key.removeprefix("thread.warn."), dict(said.params)) for said in thread.warnings]


def test_replies_that_did_not_come_are_told_of_each_thread() -> None:
    found = loaded(page(thread(comment("a"), 7, [comment("a.1"), comment("a.2")]), thread(comment("b"), "3")))
    assert [message.parent_id for message in found.messages] == [None, "a", "a", None]
    assert warned(found) == [
        ("partial_replies", {"count": 5, "message": 1}),
        ("partial_replies", {"count": 3, "message": 4}),
    ]


def test_replies_asked_for_apart_complete_their_thread_whichever_comes_first() -> None:
    threads = page(thread(comment("a"), 2, [comment("a.1", "un")]))
    replies = page(comment("a.1", "un", parentId="a"), comment("a.2", "deux", parentId="a"))
    for pages in ([threads, replies], [replies, threads]):
        found = loaded(pages)
        assert sorted(message.text for message in found.messages) == ["Bonjour", "deux", "un"]
        assert warned(found) == []
        assert {message.external_id: message.parent_id for message in found.messages} == {
            "a": None,
            "a.1": "a",
            "a.2": "a",
        }


def test_only_the_last_page_tells_of_more() -> None:
    first = page(thread(comment("a")), nextPageToken="P2")
    assert warned(loaded(first)) == [("more_pages", {})]
    assert warned(loaded([first, page(thread(comment("b")))])) == []
    lines = "\n".join(json.dumps(part) for part in (first, page(thread(comment("b")), nextPageToken="P3")))
    assert warned(loaded(lines.encode())) == [("more_pages", {})]


def test_the_channel_is_the_owner_and_nobody_else() -> None:
    ours, theirs = {"authorChannelId": {"value": "UC1"}}, {"authorChannelId": "UC2"}
    items = (
        thread(comment("a", **ours), channelId="UC1"),
        thread(comment("b", **theirs, channelId="UC1")),
        comment("c"),
    )
    assert [message.author.is_owner for message in loaded(page(*items)).messages] == [True, False, False]


def test_replies_are_the_owner_s_when_only_their_thread_names_the_channel() -> None:
    ours, theirs = {"authorChannelId": {"value": "UC1"}}, {"authorChannelId": {"value": "UC2"}}
    replies = [comment("a.1", parentId="a", **ours), comment("a.2", parentId="a", channelId=None, **theirs)]
    threads = page(thread(comment("a", **theirs), 4, replies, channelId="UC1", videoId="v1"))
    apart = page(comment("a.3", parentId="a", **ours), comment("a.4", parentId="a", **theirs))
    found = loaded([threads, apart])
    assert [message.author.is_owner for message in found.messages] == [False, True, False, True, False]
    assert found.messages[0].answered


def test_a_page_of_replies_has_no_owner_where_the_threads_are_of_several_channels() -> None:
    ours = {"authorChannelId": {"value": "UC1"}}
    threads = page(thread(comment("a"), channelId="UC1"), thread(comment("b"), channelId="UC2"))
    found = loaded([threads, page(comment("b.1", parentId="b", **ours))])
    assert [message.author.is_owner for message in found.messages] == [False, False, False]


def test_what_is_held_back_is_hidden() -> None:
    states = ("published", "heldForReview", "likelySpam", "rejected", None)
    found = loaded(page(*(thread(comment(f"c{i}", moderationStatus=state)) for i, state in enumerate(states))))
    assert [message.hidden for message in found.messages] == [False, True, True, True, False]


def test_html_is_turned_into_words_and_the_author_s_own_text_is_left_as_it_is() -> None:
    markup = 'l&#39;été<br>&lt;3 <a href="https://www.youtube.com/watch?v=x&amp;t=75">1:15</a> &amp;amp;'
    found = loaded(page(comment("a", markup), comment("b", "x", textOriginal="a &amp; b <br> c")))
    assert [message.text for message in found.messages] == ["l'été\n<3 1:15 &amp;", "a &amp; b <br> c"]


def test_handles_likes_edits_and_links() -> None:
    message = loaded(page(comment("a", likeCount="12", updatedAt="2026-11-20T11:00:00Z", videoId="v1"))).messages[0]
    assert (message.author.name, message.author.handle, message.likes) == ("lea", "lea", 12)
    assert message.created_at == datetime(2026, 11, 20, 10, tzinfo=UTC)
    assert message.edited_at == datetime(2026, 11, 20, 11, tzinfo=UTC)
    assert message.link == "https://www.youtube.com/watch?v=v1&lc=a"


def test_lists_lines_and_lone_items_are_read_as_pages_are() -> None:
    items = [thread(comment("a")), thread(comment("b"))]
    for content in (items, {"response": page(*items)}, {"data": items}, {"items": items}, [page(items[0]), items[1]]):
        assert [message.external_id for message in loaded(content).messages] == ["a", "b"]
    assert len(loaded("\n".join(map(json.dumps, items)).encode()).messages) == 2
    assert len(loaded(items[0]).messages) == 1
    assert len(loaded({"items": items[0]}).messages) == 1


def test_a_comment_without_an_id_still_holds_its_replies() -> None:
    found = loaded(page(thread(comment(""), 1, [comment("", "oui")])))
    assert found.messages[1].parent_id == found.messages[0].external_id


def test_the_video_is_what_the_conversation_is_called() -> None:
    told = Report()
    list(read(Source(json.dumps(page(comment("a", videoId="v1"))).encode(), "-"), told, captured_at=NOW))
    assert (told.network, told.origin) == ("youtube", "v1")


def test_other_answers_of_the_same_network_are_not_taken_for_comments() -> None:
    for content in ({"kind": "youtube#videoListResponse", "items": [{"snippet": {"title": "x"}}]}, {"items": []}, []):
        assert sniff(Source(json.dumps(content).encode(), "-").head) == 0

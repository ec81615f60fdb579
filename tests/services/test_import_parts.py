"""A conversation that comes in several files: pages delete nothing, replies find what they answer."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from copilot.app import Copilot, open_copilot
from copilot.domain.imports import Updated
from copilot.services.conversations import ThreadImported


@pytest.fixture
async def copilot(begun_profile: Path) -> AsyncIterator[Copilot]:
    made = open_copilot(begun_profile)
    yield made
    await made.aclose()


async def take(copilot: Copilot, content: object, name: str, **options: object) -> ThreadImported:
    body = (content if isinstance(content, str) else json.dumps(content)).encode()
    done, _count = await copilot.inbox.take_in(body, name, **options)  # type: ignore[arg-type]  # as in take_in
    return done


def facebook(*numbers: int, previous: bool = False, following: bool = False, **beside: object) -> dict[str, object]:
    told = [
        {
            "id": f"777_{n}",
            "message": f"Message numéro {n} du fil",
            "created_time": f"2026-09-01T10:{n:02}:00+0000",
            "from": {"name": f"U{n}", "id": str(n)},
        }
        for n in numbers
    ]
    paging: dict[str, object] = {"cursors": {"before": "a", "after": "b"}}
    paging |= {"previous": "https://graph.facebook.com/p"} if previous else {}
    paging |= {"next": "https://graph.facebook.com/n"} if following else {}
    return {"data": told, "paging": paging} | beside


def instagram(*numbers: int, previous: bool = False) -> dict[str, object]:
    told = [
        {
            "id": f"178{n:014}",
            "text": f"Message numéro {n} du fil",
            "username": f"u{n}",
            "timestamp": f"2026-09-01T10:{n:02}:00+0000",
            "like_count": 0,
            "media": {"id": "555"},
        }
        for n in numbers
    ]
    return {"data": told, "paging": {"previous": "https://graph.facebook.com/p"} if previous else {"cursors": {}}}


def replies(*numbers: int, previous: bool = False) -> dict[str, object]:
    """What the interface of Threads answers."""
    told = [
        {
            "id": f"99{n}",
            "text": f"Message numéro {n} du fil",
            "username": f"u{n}",
            "timestamp": f"2026-09-01T10:{n:02}:00+0000",
            "root_post": {"id": "900"},
            "replied_to": {"id": "900"},
            "is_reply": True,
        }
        for n in numbers
    ]
    return {"data": told, "paging": {"previous": "https://graph.threads.net/p"} if previous else {"cursors": {}}}


@pytest.mark.parametrize("page", [facebook, instagram, replies])
async def test_the_last_page_of_an_export_deletes_nothing_of_the_others(copilot: Copilot, page: object) -> None:
    assert callable(page)
    first = await take(copilot, page(*range(1, 9)), "tout.json")
    last = await take(copilot, page(*range(4, 9), previous=True), "dernière.json")
    assert last.updated == Updated(unchanged=5)
    assert [one.key for one in last.warnings] == ["thread.warn.more_pages"]
    whole = await take(copilot, page(*range(2, 9)), "tout encore.json")
    assert (whole.thread.id, whole.updated) == (first.thread.id, Updated(deleted=1, unchanged=7))


async def test_all_pages_in_one_file_are_the_whole_conversation(copilot: Copilot) -> None:
    await take(copilot, facebook(*range(1, 9)), "tout.json")
    pages = [facebook(2, 3, 4, following=True), facebook(5, 6, previous=True, following=True)]
    done = await take(copilot, [*pages, facebook(7, 8, previous=True)], "pages.json")
    assert (done.updated, done.warnings) == (Updated(deleted=1, unchanged=7), ())


async def test_a_page_that_counts_more_than_it_holds_deletes_nothing(copilot: Copilot) -> None:
    await take(copilot, facebook(*range(1, 9)), "tout.json")
    done = await take(copilot, facebook(*range(4, 9), summary={"total_count": 8}), "page.json")
    assert (done.updated, done.warnings) == (Updated(unchanged=5), ())


def video(*told: tuple[str, str], kind: str = "youtube#commentListResponse") -> dict[str, object]:
    def comment(own: str, parent: str) -> dict[str, object]:
        snippet = {
            "textDisplay": f"Texte de {own}",
            "authorDisplayName": f"@{own.lower()}",
            "publishedAt": "2026-09-01T10:00:00Z",
            "videoId": "vid1",
        }
        return {"kind": "youtube#comment", "id": own, "snippet": snippet | ({"parentId": parent} if parent else {})}

    return {"kind": kind, "items": [comment(own, parent) for own, parent in told]}


def post(number: int, to: int | None = None, staff: bool = False) -> dict[str, object]:
    return {
        "id": 1000 + number,
        "post_number": number,
        "reply_to_post_number": to,
        "username": f"u{number}",
        "cooked": f"<p>Texte {number}</p>",
        "created_at": f"2026-09-01T08:{number:02}:00.000Z",
        "topic_id": 77,
        "post_type": 1,
        "staff": staff,
    }


async def parents(copilot: Copilot, done: ThreadImported) -> dict[str, str | None]:
    thread = await copilot.conversations.get(done.thread.id)
    return {one.external_id: one.parent_id for one in thread.messages}


async def test_replies_in_a_second_file_find_their_parent(copilot: Copilot) -> None:
    await take(copilot, video(("Ugz1", ""), ("Ugz2", ""), ("Ugz1.a", "Ugz1")), "yt.json")
    done = await take(copilot, video(("Ugz1.b", "Ugz1"), ("Ugz9.a", "Ugz9")), "réponses.json")
    assert await parents(copilot, done) == {
        "Ugz1": None,
        "Ugz2": None,
        "Ugz1.a": "Ugz1",
        "Ugz1.b": "Ugz1",
        "Ugz9.a": None,
    }
    assert [(one.key, one.params["parent"]) for one in done.warnings] == [("thread.warn.orphan", "Ugz9")]


async def test_what_waited_for_its_parent_is_put_under_it_when_it_comes(copilot: Copilot) -> None:
    topic = {"id": 77, "title": "Paiement", "posts_count": 25, "post_stream": {"posts": [post(1), post(2), post(5, 3)]}}
    await take(copilot, topic, "sujet.json")
    more = {"id": 77, "post_stream": {"posts": [post(7, 2), post(3, 2, staff=True)]}}
    done = await take(copilot, more, "suite.json")
    assert await parents(copilot, done) == {
        "1001": None,
        "1002": None,
        "1003": "1002",
        "1005": "1003",
        "1007": "1002",
    }
    assert (done.warnings, done.updated) == ((), Updated(added=2, answered=1))
    # One more file, of what is there: nothing waits any more, nothing is gone.
    again = await take(copilot, {"id": 77, "post_stream": {"posts": [post(5, 3), post(7, 2)]}}, "encore.json")
    assert (again.warnings, again.updated) == ((), Updated(unchanged=2))


async def test_replies_of_a_file_that_names_no_post_go_where_their_parents_are(copilot: Copilot) -> None:
    table = "id,parent,auteur,texte\n{}\n"
    first = await take(copilot, table.format("cmt-10001,,Léa,Où est ma commande ?\ncmt-10002,,Bob,Bravo"), "un.csv")
    await take(copilot, table.format("cmt-20001,,Max,Autre sujet\ncmt-20002,,Kim,Encore un"), "autre.csv")
    done = await take(copilot, table.format("cmt-10003,cmt-10001,Ana,La mienne aussi"), "deux.csv")
    assert (done.thread.id, done.warnings) == (first.thread.id, ())
    assert (await parents(copilot, done))["cmt-10003"] == "cmt-10001"


async def test_numbers_as_short_as_those_of_any_file_say_nothing_of_where_replies_go(copilot: Copilot) -> None:
    table = "id,parent,auteur,texte\n{}\n"
    first = await take(copilot, table.format("1,,Léa,Où est ma commande ?\n2,,Bob,Bravo"), "un.csv")
    done = await take(copilot, table.format("3,1,Ana,La mienne aussi"), "deux.csv")
    assert done.thread.id != first.thread.id


async def test_replies_that_wait_for_each_other_make_no_loop(copilot: Copilot) -> None:
    first = await take(copilot, video(("Ugz1", ""), ("Ugz7", "Ugz8")), "un.json")
    done = await take(copilot, video(("Ugz8", "Ugz7"), ("Ugz9", "Ugz8")), "deux.json")
    assert done.thread.id == first.thread.id
    told = await parents(copilot, done)
    assert told["Ugz9"] == "Ugz8"
    assert sorted(told[one] or "" for one in ("Ugz7", "Ugz8")) in (["", "Ugz7"], ["", "Ugz8"])

"""Archives taken in: every conversation or none, what was left told, the same again when it comes again."""

from __future__ import annotations

import asyncio
import io
import json
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from copilot.app import Copilot, open_copilot
from copilot.domain.imports import FileLeft
from copilot.domain.inbox import InboxFilter
from copilot.errors import UserError

FIRST = "id,author,text\n1,Léa,Où est ma commande ?\n2,Max,Merci beaucoup\n"
SECOND = "id,author,text\na,Zoé,Très déçue\n"
UNNAMED = "x1;Ana;bref;ok\nx2;Ben;court;oui\n"


@pytest.fixture
async def copilot(begun_profile: Path) -> AsyncIterator[Copilot]:
    made = open_copilot(begun_profile)
    yield made
    await made.aclose()


def zipped(**members: str | bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("_", "."), content)
    return made.getvalue()


async def stored(copilot: Copilot) -> list[tuple[str, int]]:
    return sorted((thread.title, count) for thread, count in await copilot.conversations.list())


async def test_each_conversation_is_a_thread_and_what_was_left_is_told(copilot: Copilot) -> None:
    content = zipped(mai_csv=FIRST, juin_csv=SECOND, lisezmoi_txt="Voici.", photo_jpg=b"\xff\xd8\xff\0")
    done, count = await copilot.inbox.take_in(content, "exports.zip")
    assert (done.thread.title, count, done.files) == ("mai", 2, ("mai.csv",))
    assert [(one.thread.title, one.shape.messages) for one in done.others] == [("juin", 1)]
    assert done.archive is not None
    assert done.archive.left == (FileLeft("lisezmoi.txt", "not_comments"),)
    assert (done.archive.left_count, done.archive.truncated) == (2, False)
    assert [one.key for one in done.warnings] == ["thread.warn.archive_left"]
    assert await stored(copilot) == [("juin", 1), ("mai", 2)]
    assert (await copilot.inbox.facets(InboxFilter())).untriaged == 0


async def test_the_same_archive_and_the_file_unpacked_from_it_are_known(copilot: Copilot, tmp_path: Path) -> None:
    content = zipped(mai_csv=FIRST, juin_csv=SECOND)
    await copilot.inbox.take_in(content, "exports.zip")
    again, count = await copilot.inbox.take_in(content, "exports.zip")
    assert [one.already for one in (again, *again.others)] == [True, True]
    assert count == 2
    path = tmp_path / "mai.csv"
    path.write_text(FIRST, encoding="utf-8")
    assert (await copilot.inbox.take_in_file(path))[0].already
    assert len(await stored(copilot)) == 2


async def test_a_later_archive_brings_its_conversations_up_to_date(copilot: Copilot) -> None:
    await copilot.inbox.take_in(zipped(mai_csv=FIRST, juin_csv=SECOND), "exports.zip")
    later = zipped(mai_csv=FIRST + "3,Lou,Bonjour\n", juin_csv=SECOND, août_csv="id,author,text\nz,Ida,Nouveau\n")
    done, count = await copilot.inbox.take_in(later, "exports 2.zip")
    assert done.updated is not None
    assert (done.updated.added, count) == (1, 3)
    assert await stored(copilot) == [("août", 1), ("juin", 1), ("mai", 3)]


async def test_several_conversations_do_not_go_into_one_thread(copilot: Copilot) -> None:
    done, _count = await copilot.inbox.take_in(zipped(mai_csv=FIRST), "exports.zip")
    with pytest.raises(UserError) as caught:
        await copilot.inbox.take_in(zipped(mai_csv=FIRST, juin_csv=SECOND), "exports.zip", into=done.thread.id)
    assert caught.value.kind == "thread.archive_many"
    assert await stored(copilot) == [("mai", 2)]


async def test_an_export_without_a_message_is_empty_and_nothing_is_stored(copilot: Copilot) -> None:
    for content, name in (
        (b"[]", "fil.json"),
        (b'{"ancestors":[],"descendants":[]}', "fil.json"),
        (b"author,text\n", "fil.csv"),
    ):
        with pytest.raises(UserError) as caught:
            await copilot.inbox.take_in(content, name)
        assert (caught.value.kind, caught.value.key) == ("thread.empty", "error.thread.empty_export")
    assert await stored(copilot) == []


async def test_an_export_without_a_message_is_left_as_empty_among_others(copilot: Copilot) -> None:
    content = zipped(mai_csv=FIRST, juin_csv="id,author,text\n", juillet_json='{"ancestors":[],"descendants":[]}')
    done, _count = await copilot.inbox.take_in(content, "exports.zip")
    assert done.archive is not None
    assert done.archive.left == (FileLeft("juin.csv", "empty"), FileLeft("juillet.json", "empty"))
    assert await stored(copilot) == [("mai", 2)]


async def test_a_file_that_cannot_be_read_is_left_and_named(copilot: Copilot) -> None:
    content = zipped(mai_csv=FIRST, juin_json='[{"author": "Zoé", "texte": ')
    done, _count = await copilot.inbox.take_in(content, "exports.zip")
    assert done.archive is not None
    assert [one.name for one in done.archive.left] == ["juin.json"]
    assert await stored(copilot) == [("mai", 2)]


async def test_an_archive_without_a_conversation_leaves_the_store_as_it_was(copilot: Copilot) -> None:
    with pytest.raises(UserError) as caught:
        await copilot.inbox.take_in(zipped(lisezmoi_txt="Voici."), "exports.zip")
    assert caught.value.kind == "thread.archive_nothing"
    assert await stored(copilot) == []


async def test_the_columns_of_the_only_table_are_asked_for_and_said(copilot: Copilot) -> None:
    content = zipped(avis_csv=UNNAMED, photo_jpg=b"\xff\xd8\xff\0")
    with pytest.raises(UserError) as caught:
        await copilot.inbox.take_in(content, "exports.zip")
    assert caught.value.kind == "thread.needs_mapping"
    from copilot.services.mappings import with_parts

    found = await copilot.mappings.proposed(content, "exports.zip")
    assert found is not None
    said = with_parts(found, {"author": 1, "text": 2})
    done, _count = await copilot.inbox.take_in(content, "exports.zip", mapping=said)
    thread = await copilot.conversations.get(done.thread.id)
    assert [one.text for one in thread.messages] == ["bref", "court"]
    assert await copilot.mappings.proposed(zipped(a_csv=FIRST, b_csv=SECOND), "exports.zip") is None


async def test_direct_messages_say_that_they_are_private_and_lose_nothing_that_is_there(copilot: Copilot) -> None:
    def message(text: str, at: int) -> dict[str, Any]:
        return {"sender_name": "Léa", "content": text, "timestamp_ms": at}

    def download(*told: dict[str, Any]) -> bytes:
        talk = {"participants": [{"name": "Léa"}], "messages": list(told), "title": "Léa", "thread_path": "inbox/l"}
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as archive:
            archive.writestr("your_instagram_activity/messages/inbox/l/message_1.json", json.dumps(talk))
        return made.getvalue()

    first = [message(f"Message {n}", 1_760_000_000_000 - n) for n in range(6)]
    done, _count = await copilot.inbox.take_in(download(*first), "juin.zip")
    assert done.thread.network == "instagram"
    assert "thread.warn.archive_direct" in [one.key for one in done.warnings]
    stored = (await copilot.conversations.get(done.thread.id)).messages
    assert all(one.hidden for one in stored), "not said in public: no remote model gets them"
    # Asked for a shorter time: the messages of before are not gone.
    later, count = await copilot.inbox.take_in(download(*first[:5]), "juillet.zip")
    assert later.updated is not None
    assert (later.updated.deleted, count) == (0, 6)


@pytest.mark.parametrize("share", [0.02, 0.5, 0.95])
async def test_a_cancelled_archive_leaves_nothing(copilot: Copilot, tmp_path: Path, share: float) -> None:
    def many(name: str) -> str:
        lines = [{"id": f"{name}{n}", "author": f"Client {n}", "text": f"Où est {name} {n} ?"} for n in range(2000)]
        return "\n".join(map(json.dumps, lines))

    path = tmp_path / "exports.zip"
    path.write_bytes(zipped(un_jsonl=many("un"), deux_jsonl=many("deux"), trois_jsonl=many("trois")))
    reached = asyncio.Event()
    steps: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> None:
        steps.append((done, total))
        if done >= total * share:
            reached.set()

    load = asyncio.create_task(copilot.inbox.take_in_file(path, progress=progress))
    await reached.wait()
    load.cancel()
    with pytest.raises(asyncio.CancelledError):
        await load
    assert await stored(copilot) == []
    assert [done for done, _total in steps] == sorted(done for done, _total in steps)
    assert len({total for _done, total in steps}) == 1

"""What a profile weighs; a forgotten conversation leaves every file of it, and no reply to it can go out any more."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from copilot.app import Copilot, open_copilot
from copilot.domain.item import Item, Status
from copilot.domain.review import Action
from copilot.errors import OutsideError, UserError
from copilot.secrets import Secrets
from copilot.services.conversations import ReplyRequest
from copilot.services.review import Edit
from copilot.store.upkeep import compact
from tests.clock import Clock

#: Found nowhere else, and not made of words an index would cut.
SECRET = "Quetzalcoatlienne7391"
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
async def copilot(tmp_path: Path, clock: Clock) -> AsyncIterator[Copilot]:
    opened = open_copilot(tmp_path / "profil é", clock=clock, secrets=Secrets(lambda: None))
    yield opened
    await opened.aclose()


def csv(*texts: str) -> bytes:
    return ("auteur,texte\n" + "".join(f'Camille {SECRET},"{text}"\n' for text in texts)).encode()


async def imported(copilot: Copilot, *texts: str) -> int:
    found = await copilot.conversations.import_thread(csv(*texts), "fil.csv", network="facebook_page")
    return found.thread.id


async def replied(copilot: Copilot, thread_id: int) -> list[Item]:
    request = ReplyRequest(thread_id, author="Zoé")
    answers = [one async for one in copilot.conversations.reply(request)]
    return [one.inspected.item for one in answers if one.inspected]


def files_with(root: Path, text: str) -> list[str]:
    wanted = text.encode()
    return sorted(path.name for path in root.rglob("*") if path.is_file() and wanted in path.read_bytes())


async def test_it_counts_what_is_there(copilot: Copilot) -> None:
    empty = await copilot.storage.report()
    assert (empty.threads, empty.messages, empty.items, empty.oldest_thread) == (0, 0, 0, None)
    thread_id = await imported(copilot, "Merci !", "Vous ouvrez quand ?")
    items = await replied(copilot, thread_id)
    told = await copilot.storage.report()
    assert (told.threads, told.messages, told.items) == (1, 2, len(items))
    assert told.oldest_thread == NOW
    assert told.profile == copilot.profile.root
    assert not told.on_server
    on_disk = [path for path in copilot.profile.root.iterdir() if path.name.startswith("replique.db")]
    assert told.database_bytes == sum(path.stat().st_size for path in on_disk)
    assert told.logs_bytes == sum(path.stat().st_size for path in copilot.profile.logs.rglob("*"))


async def test_a_forgotten_thread_leaves_every_file_of_the_profile(copilot: Copilot) -> None:
    thread_id = await imported(copilot, *(f"{SECRET} numéro {n} " + "mot " * 200 for n in range(300)))
    kept = await copilot.conversations.import_thread(b"auteur,texte\nLou,Bonjour\n", "autre.csv")
    await copilot.conversations.triage(thread_id)
    assert files_with(copilot.profile.root, SECRET) != []
    await copilot.storage.forget_thread(thread_id, "Nora")
    freed = await copilot.storage.compact()
    assert files_with(copilot.profile.root, SECRET) == []
    assert freed > 100_000
    assert [thread.id for thread, _count in await copilot.conversations.list()] == [kept.thread.id]
    assert (await copilot.custody.verify_audit()).holds


async def test_bytes_leave_while_the_store_was_open_and_used_before(copilot: Copilot) -> None:
    thread_id = await imported(copilot, SECRET)
    for _ in range(3):
        await copilot.conversations.get(thread_id)
        await copilot.storage.report()
    await copilot.storage.forget_thread(thread_id, "Nora")
    await copilot.storage.compact()
    assert files_with(copilot.profile.root, SECRET) == []
    # The store still works.
    assert await imported(copilot, "encore") > 0


def test_words_leave_an_index_too(tmp_path: Path) -> None:
    path = tmp_path / "index.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("CREATE TABLE told (id INTEGER PRIMARY KEY, text TEXT)")
        db.execute("CREATE VIRTUAL TABLE words USING fts5(text, content='told', content_rowid='id')")
        word = SECRET.lower()
        for n in range(500):
            text = f"bonjour {word}" if n == 200 else f"bonjour {n}"
            db.execute("INSERT INTO told VALUES (?, ?)", (n, text))
            db.execute("INSERT INTO words (rowid, text) VALUES (?, ?)", (n, text))
        db.execute("INSERT INTO words (words, rowid, text) VALUES ('delete', 200, ?)", (f"bonjour {word}",))
        db.execute("DELETE FROM told WHERE id = 200")
        db.execute("VACUUM")
        # Its end: what begins like another word is kept once.
        assert files_with(tmp_path, word[2:]) == ["index.db"]
    compact(path)
    assert files_with(tmp_path, word[2:]) == []
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT count(*) FROM words WHERE words MATCH 'bonjour'").fetchone() == (499,)


async def test_compacting_says_so_when_another_program_reads(copilot: Copilot) -> None:
    thread_id = await imported(copilot, SECRET)
    with closing(sqlite3.connect(copilot.profile.database)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr("copilot.store.upkeep.BUSY_SECONDS", 0.1)
            with pytest.raises(OutsideError, match="store.busy"):
                await copilot.storage.compact()
    assert (await copilot.conversations.get(thread_id)).messages[0].text == SECRET


async def test_a_reader_that_stays_keeps_the_bytes_and_that_is_told(copilot: Copilot) -> None:
    thread_id = await imported(copilot, SECRET)
    with closing(sqlite3.connect(copilot.profile.database, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM threads").fetchone()
        await copilot.storage.forget_thread(thread_id, "Nora")
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr("copilot.store.upkeep.BUSY_SECONDS", 0.1)
            with pytest.raises(OutsideError, match="store.busy"):
                await copilot.storage.compact()
    await copilot.storage.compact()
    assert files_with(copilot.profile.root, SECRET) == []


async def test_replies_stay_alone_archived_and_can_no_longer_be_approved(copilot: Copilot) -> None:
    thread_id = await imported(copilot, "Merci pour votre accueil, c’était parfait !", "Bravo à toute l’équipe !")
    before = await replied(copilot, thread_id)
    assert before
    gone = await copilot.storage.forget_thread(thread_id, "Nora")
    assert (gone.threads, gone.messages, gone.replies) == (1, 2, len(before))
    for item in before:
        shown = await copilot.review.show(item.id)
        assert (shown.message, shown.item.message_id) == (None, None)
        assert (shown.item.answers, shown.item.text) == (item.answers, item.text)
        assert shown.item.status is Status.ARCHIVED
        await copilot.review.decide(item.id, Action.REOPEN, by="Nora")
        with pytest.raises(UserError, match="review.message_changed"):
            await copilot.review.decide(item.id, Action.APPROVE, by="Nora", seen_hash=item.package.sha256)


async def approved(copilot: Copilot, item: Item) -> Item:
    await copilot.review.edit(item.id, Edit(text="Merci à vous, à bientôt !"), by="Zoé")
    shown = await copilot.review.show(item.id)
    seen = shown.item.package.sha256
    return (await copilot.review.decide(item.id, Action.APPROVE, by="Nora", seen_hash=seen)).item


async def test_an_approved_reply_never_leaves_once_its_message_is_forgotten(copilot: Copilot, tmp_path: Path) -> None:
    thread_id = await imported(copilot, "Merci pour votre accueil, c’était parfait !")
    (forgotten,) = [await approved(copilot, item) for item in await replied(copilot, thread_id)]
    assert forgotten.status is Status.APPROVED
    await copilot.storage.forget_thread(thread_id, "Nora")
    shown = await copilot.review.show(forgotten.id)
    assert (shown.item.status, shown.item.approval) == (Status.ARCHIVED, None)
    with pytest.raises(UserError, match="export.not_approved"):
        await copilot.exports.export([forgotten.id], "csv", tmp_path / "sortie.csv")
    assert (await copilot.custody.verify_audit()).holds


async def test_other_approved_replies_still_leave(copilot: Copilot, tmp_path: Path) -> None:
    thread_id = await imported(copilot, "Merci pour votre accueil, c’était parfait !")
    other_id = await imported(copilot, "Bravo à toute l’équipe !")
    for one in (thread_id, other_id):
        for item in await replied(copilot, one):
            await approved(copilot, item)
    await copilot.storage.forget_thread(thread_id, "Nora")
    report = await copilot.exports.export([], "csv", tmp_path / "sortie.csv")
    assert len(report.items) == 1


async def test_the_audit_tells_who_and_how_many_and_no_word_of_it(copilot: Copilot) -> None:
    thread_id = await imported(copilot, f"{SECRET} bonjour", "Merci !")
    await copilot.storage.forget_thread(thread_id, "Nora")
    last = (await copilot.custody.audit_entries())[-1]
    assert (last.by, last.action, last.subject) == ("Nora", "thread_forgotten", f"thread:{thread_id}")
    assert last.details == {"messages": 2, "replies": 0}
    told = [str(entry) for entry in await copilot.custody.audit_entries()]
    assert not any(SECRET in one or "Camille" in one for one in told)


@pytest.mark.parametrize(
    ("thread_id", "by", "kind"),
    [
        pytest.param(99, "Nora", "thread.unknown", id="no such thread"),
        pytest.param(1, "", "review.name_needed", id="nobody"),
        pytest.param(1, "\u200b", "review.name_needed", id="an invisible name"),
        pytest.param(1, "N\x00", "review.bad_name", id="a name with NUL"),
    ],
)
async def test_what_is_refused_removes_nothing(copilot: Copilot, thread_id: int, by: str, kind: str) -> None:
    await imported(copilot, SECRET)
    entries = await copilot.custody.audit_entries()
    with pytest.raises(UserError, match=kind):
        await copilot.storage.forget_thread(thread_id, by)
    assert (await copilot.storage.report()).messages == 1
    assert await copilot.custody.audit_entries() == entries


async def test_what_was_being_typed_about_it_is_forgotten_too(copilot: Copilot) -> None:
    thread_id = await imported(copilot, "Bonjour", "Merci")
    message = (await copilot.conversations.get(thread_id)).messages[1]
    for key in (f"message:{message.id}", f"message:{message.id}:note", f"thread:{thread_id}", "compose:brief"):
        await copilot.working.keep(key, {"text": "x"})
    await copilot.working.keep(f"message:{message.id}9", {"text": "another’s"})
    await copilot.storage.forget_thread(thread_id, "Nora")
    assert {copy.key for copy in await copilot.working.list()} == {"compose:brief", f"message:{message.id}9"}


async def test_old_threads_are_forgotten_and_recent_ones_stay(copilot: Copilot, clock: Clock) -> None:
    old = [await imported(copilot, f"ancien {n}") for n in range(3)]
    clock.now = NOW + timedelta(days=20)
    recent = await imported(copilot, "récent")
    clock.now = NOW + timedelta(days=31)
    assert await copilot.storage.forget_older_than(32, "Nora") == 0
    assert await copilot.storage.forget_older_than(31, "Nora") == len(old)
    assert [thread.id for thread, _count in await copilot.conversations.list()] == [recent]
    assert await copilot.storage.forget_older_than(0, "Nora") == 1
    actions = [entry.action for entry in await copilot.custody.audit_entries()]
    assert actions.count("thread_forgotten") == 4


@pytest.mark.parametrize("days", [-1, 36_501, 10**30])
async def test_an_absurd_number_of_days_forgets_nothing(copilot: Copilot, days: int) -> None:
    await imported(copilot, SECRET)
    with pytest.raises(UserError, match="storage.bad_days"):
        await copilot.storage.forget_older_than(days, "Nora")
    assert (await copilot.storage.report()).threads == 1


async def test_backups_are_listed_newest_first_and_removed_on_request(copilot: Copilot) -> None:
    thread_id = await imported(copilot, SECRET)
    copy = await copilot.custody.backup(copilot.profile.root.parent / "copie.db")
    await copilot.custody.restore(copy)
    folder = copilot.profile.backups
    (folder / "replique-0001-20250102T030405.db").write_bytes(b"x" * 10)
    (folder / "replique-0001-20250102T030405.db-wal").write_bytes(b"y" * 5)
    (folder / ".copy-half.db").write_bytes(b"z")
    (folder / "lisez-moi.txt").write_text("rien")
    newest, oldest = await copilot.storage.backups()
    assert (newest.at, newest.path.name[:9]) == (NOW, "replaced-")
    assert (oldest.at, oldest.bytes) == (datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC), 15)
    assert (await copilot.storage.report()).backups_bytes == newest.bytes + 15 + 1 + 4
    await copilot.storage.forget_thread(thread_id, "Nora")
    await copilot.storage.compact()
    assert files_with(copilot.profile.root, SECRET) == [newest.path.name]
    assert await copilot.storage.remove_backup(newest.path, "Nora") == newest.bytes
    assert await copilot.storage.remove_backup(oldest.path, "Nora") == 15
    assert files_with(copilot.profile.root, SECRET) == []
    assert sorted(path.name for path in folder.iterdir()) == [".copy-half.db", "lisez-moi.txt"]
    assert (await copilot.custody.audit_entries())[-1].action == "backup_removed"


@pytest.mark.parametrize("name", ["../replique.db", "lisez-moi.txt", "gone.db", ".."])
async def test_nothing_but_a_backup_is_ever_deleted(copilot: Copilot, name: str) -> None:
    await imported(copilot, SECRET)
    copilot.profile.backups.mkdir()
    (copilot.profile.backups / "lisez-moi.txt").write_text("rien")
    with pytest.raises(UserError, match="storage.not_a_backup"):
        await copilot.storage.remove_backup(copilot.profile.backups / name, "Nora")
    assert (await copilot.storage.report()).threads == 1
    assert (copilot.profile.backups / "lisez-moi.txt").exists()


async def test_a_profile_without_backups_has_none(copilot: Copilot) -> None:
    assert await copilot.storage.backups() == ()
    assert (await copilot.storage.report()).backups_bytes == 0

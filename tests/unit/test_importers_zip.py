"""Archives as networks hand them over: what is read of them, what is left and why, and what may not happen."""

from __future__ import annotations

import io
import json
import struct
import tracemalloc
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from copilot.errors import UserError
from copilot.importers.threads import Archive, Packed, archive_of, load_thread, open_thread

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
CSV = "id,author,text\n1,Léa,Bonjour\n2,Max,Merci\n"
PHOTO = b"\xff\xd8\xff" + bytes(range(256))


class _Pipe(io.RawIOBase):
    """Where an archive is written to without turning back: the sizes of its files stand behind them."""

    def __init__(self) -> None:
        self.content = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self.content += bytes(piece)
        return len(piece)


def zipped(members: dict[str, Any], *, method: int = zipfile.ZIP_DEFLATED, behind: bool = False) -> bytes:
    made = _Pipe() if behind else io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content if isinstance(content, str | bytes) else json.dumps(content))
    return bytes(made.content) if isinstance(made, _Pipe) else made.getvalue()


def broken(text: str) -> str:
    """As the downloads of Meta write it."""
    return text.encode().decode("latin-1")


def comment(text: str, at: int) -> dict[str, Any]:
    return {"string_map_data": {"Commentaire": {"value": broken(text)}, "Heure": {"timestamp": at}}}


def direct(*said: tuple[str, str, int]) -> dict[str, Any]:
    told = [{"sender_name": who, "content": broken(text), "timestamp_ms": at} for who, text, at in said]
    people = [{"name": who} for who in sorted({who for who, _text, _at in said})]
    return {"participants": people, "messages": told, "title": broken("Léa Fontan")}


FOLDER = "your_instagram_activity"
INSTAGRAM = {
    f"{FOLDER}/comments/post_comments_1.json": [comment("Merci, à très vite 😍", 1_760_000_000)],
    f"{FOLDER}/comments/post_comments_2.json": [comment("Encore merci", 1_750_000_000)],
    f"{FOLDER}/messages/inbox/lea_1/message_1.json": direct(
        ("Léa Fontan", "Toujours rien reçu ?", 1_760_000_000_000), ("Atelier", "Bonjour Léa", 1_759_000_000_000)
    ),
    f"{FOLDER}/messages/inbox/lea_1/message_2.json": direct(("Léa Fontan", "Bonjour", 1_750_000_000_000)),
    f"{FOLDER}/likes/liked_comments.json": {"likes_comment_likes": [{"title": "x", "string_list_data": []}]},
    "security/login_activity.json": {"history": [{"string_map_data": {"IP Address": {"value": "203.0.113.7"}}}]},
    "media/posts/1.jpg": PHOTO,
    "__MACOSX/._media": b"\0\5\x16\7",
}
LINKEDIN = {
    "Comments.csv": "Date,Link,Message\n2026-01-02 10:00:00,https://www.linkedin.com/feed/,Bravo\n",
    "messages.csv": "CONVERSATION ID,FROM,TO,DATE,CONTENT\n1,Léa,Max,2026-01-01 10:00:00 UTC,Bonjour en privé\n",
    "Connections.csv": "First Name,Last Name,Connected On\nLéa,Fontan,01 Jan 2026\n",
}


def searched(content: bytes, name: str = "x.zip") -> Archive:
    found = archive_of(content, name)
    assert found is not None
    return found


def refused(content: bytes) -> str:
    with pytest.raises(UserError) as caught:
        archive_of(content, "x.zip")
    return caught.value.kind


def texts(content: Packed | Any) -> list[str]:
    reading = open_thread(content, "x", captured_at=NOW)
    return [draft.text for draft in reading.drafts()]


def left(found: Archive) -> dict[str, str]:
    return {one.name: one.why for one in found.left}


@pytest.mark.parametrize("behind", [False, True])
def test_a_download_is_its_comments_and_its_conversations(behind: bool) -> None:
    found = searched(zipped(INSTAGRAM, behind=behind))
    assert [one.name for one in found.found] == ["post_comments_1.json", "message_2.json"]
    comments, messages = found.found
    assert texts(comments.content) == ["Merci, à très vite 😍", "Encore merci"]
    # Handed over newest first, in files of which the first is the newest.
    assert texts(messages.content) == ["Bonjour", "Bonjour Léa", "Toujours rien reçu ?"]
    assert (messages.network, messages.is_direct, comments.is_direct) == ("instagram", True, False)
    assert left(found) == {
        f"{FOLDER}/likes/liked_comments.json": "not_comments", "security/login_activity.json": "not_comments",
    }  # fmt: skip
    assert found.counts == {"not_comments": 2, "media": 1}


def test_of_two_people_in_direct_messages_the_account_is_who_the_conversation_is_not_called_by() -> None:
    messages = searched(zipped(INSTAGRAM)).found[1]
    drafts = list(open_thread(messages.content, "x", captured_at=NOW).drafts())
    assert [(one.author.name, one.author.is_owner) for one in drafts] == [
        ("Léa Fontan", False), ("Atelier", True), ("Léa Fontan", False),
    ]  # fmt: skip
    of_three = direct(("Léa Fontan", "a", 3), ("Atelier", "b", 2), ("Max", "c", 1))
    renamed = direct(("Max", "a", 2), ("Atelier", "b", 1))
    for unclear in (of_three, renamed):
        read = open_thread(json.dumps(unclear).encode(), "x.json", captured_at=NOW)
        assert not any(one.author.is_owner for one in read.drafts())


def test_what_an_account_wrote_elsewhere_stays_aside_with_a_reason() -> None:
    found = searched(zipped(LINKEDIN))
    assert [one.name for one in found.found] == ["Comments.csv"]
    assert left(found) == {"messages.csv": "aside", "Connections.csv": "not_comments"}


def test_exports_put_together_by_hand_are_all_read() -> None:
    members = {
        "avis janvier.csv": "auteur;avis;note\nLéa;Déçue;2\n".encode("cp1252"),
        "fils/video.jsonl": '{"author": "Max", "text": "Bonjour"}\n',
        "fils/video 2.jsonl": '{"author": "Max", "text": "Bonsoir"}\n',
        "lisez-moi.txt": "Voici les exports demandés.",
        "budget.csv": "poste;montant\npublicité;1200\n",
        "autre.zip": zipped(LINKEDIN),
    }
    found = searched(zipped(members))
    assert [one.paths for one in found.found] == [("avis janvier.csv",), ("fils/video.jsonl",), ("fils/video 2.jsonl",)]
    assert left(found) == {"lisez-moi.txt": "not_comments", "budget.csv": "not_comments", "autre.zip": "archive"}


def test_a_workbook_in_an_archive_is_read_and_a_workbook_is_no_archive() -> None:
    workbook = (Path(__file__).parents[1] / "data" / "threads" / "xlsx.xlsx").read_bytes()
    assert archive_of(workbook, "x.zip") is None
    assert len(texts(searched(zipped({"export/avis.xlsx": workbook})).found[0].content)) == 3
    assert archive_of(zipped({"[Content_Types].xml": "<t/>", "word/document.xml": "<w/>"}), "x.zip") is None


def test_one_conversation_is_read_as_a_file_would_be() -> None:
    thread = load_thread(zipped({"export/comments.csv": CSV, "photo.jpg": PHOTO}), "x.zip", captured_at=NOW)
    assert (thread.format, thread.title) == ("csv", "comments")
    assert [one.text for one in thread.messages] == ["Bonjour", "Merci"]


def as_windows_writes(members: dict[str, Any], *, behind: bool = False) -> bytes:
    """As some tools of Windows write it: backslashes between the folders, which have entries of their own."""
    backslashed = {name.replace("/", "\\"): content for name, content in members.items()}
    folders = {f"{name.rpartition(chr(92))[0]}\\": "" for name in backslashed if "\\" in name}
    return zipped(folders | backslashed, behind=behind)


@pytest.mark.parametrize("is_cut", [False, True], ids=["whole", "cut"])
@pytest.mark.parametrize("behind", [False, True])
def test_backslashes_between_folders_change_nothing(behind: bool, is_cut: bool) -> None:
    def told(content: bytes) -> tuple[object, ...]:
        # Without the list of its files, as a cut download is.
        found = searched(content[: content.index(b"PK\x01\x02")] if is_cut else content)
        read = [
            (one.name, one.paths, one.network, one.origin, one.is_direct, texts(one.content)) for one in found.found
        ]
        return read, left(found), found.counts

    assert told(as_windows_writes(INSTAGRAM, behind=behind)) == told(zipped(INSTAGRAM, behind=behind))


def test_a_title_carries_no_folder_of_windows() -> None:
    content = as_windows_writes({"data/comments/post_1.json": [{"author": "Léa", "text": "Bonjour"}], "a.jpg": PHOTO})
    thread = load_thread(content, "x.zip", captured_at=NOW)
    assert thread.title == "post_1"
    two = searched(as_windows_writes({"mai/fil.csv": CSV, "juin/fil.csv": CSV.replace("Merci", "Non")}))
    assert [one.name for one in two.found] == ["mai · fil.csv", "juin · fil.csv"]


def test_a_document_of_windows_is_no_archive_of_conversations() -> None:
    for members in ({"word/document.xml": "<w/>"}, {"xl/workbook.xml": "<x/>", "xl/comments1.xml": "<x/>"}):
        assert archive_of(as_windows_writes(members), "x.zip") is None


@pytest.mark.parametrize("behind", [False, True])
def test_a_cut_archive_gives_what_is_whole_in_it_and_the_beginning_of_the_rest(behind: bool) -> None:
    lines = "".join(f'{{"author": "Client {n}", "text": "Message {n * 7919}"}}\n' for n in range(2000))
    content = zipped({"a.csv": CSV, "b.jsonl": lines, "c.csv": CSV}, behind=behind)
    found = searched(content[: len(content) // 2])
    assert found.is_cut
    first, second = found.found
    assert texts(first.content) == ["Bonjour", "Merci"]
    reading = open_thread(second.content, second.name, captured_at=NOW)
    assert 100 < len(list(reading.drafts())) < 2000
    assert reading.told.truncated


@pytest.mark.parametrize("part", range(1, 30))
@pytest.mark.parametrize("behind", [False, True])
def test_a_cut_archive_never_crashes(part: int, behind: bool) -> None:
    content = zipped(INSTAGRAM, behind=behind)
    kinds = set()
    try:
        found = archive_of(content[: len(content) * part // 30], "x.zip")
        for one in found.found if found else ():
            assert texts(one.content)
    except UserError as error:
        kinds.add(error.kind)
    assert kinds <= {"thread.truncated"}


def test_a_damaged_file_keeps_what_was_read_before_the_damage() -> None:
    lines = "".join(f'{{"author": "Client {n}", "text": "Message {n * 7919}"}}\n' for n in range(5000))
    content = bytearray(zipped({"a.jsonl": lines}))
    middle = len(content) // 2
    content[middle : middle + 200] = bytes(200)
    reading = open_thread(searched(bytes(content)).found[0].content, "a.jsonl", captured_at=NOW)
    assert 100 < len(list(reading.drafts())) < 5000
    assert reading.told.truncated


def encrypted(content: bytes) -> bytes:
    """``content`` with the sign of encryption on each of its files."""
    told = bytearray(content)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = told.find(mark)
        while at >= 0:
            told[at + place] |= 1
            at = told.find(mark, at + 4)
    return bytes(told)


def test_why_an_archive_is_refused() -> None:
    assert refused(encrypted(zipped({"comments.csv": CSV}))) == "thread.archive_encrypted"
    assert refused(zipped({"a.txt": "Bonjour", "b.jpg": PHOTO})) == "thread.archive_nothing"
    page = f"<html><body>{'x' * 300}</body></html>"
    assert refused(zipped({f"{FOLDER}/comments/post_comments_1.html": page})) == "thread.archive_pages"
    assert archive_of(b"PK\x03\x04" + bytes(50), "x.zip") is None


def test_a_way_of_packing_that_is_not_known_leaves_the_file() -> None:
    squeezed = zipped({"a.csv": CSV}, method=zipfile.ZIP_BZIP2)
    assert refused(squeezed) == "thread.archive_nothing"


def test_what_grows_out_of_measure_is_refused_unread() -> None:
    assert refused(zipped({"comments.json": bytes(60_000_000)})) == "thread.zip_bomb"
    assert refused(zipped({"dedans.zip": zipped({"comments.json": bytes(60_000_000)})})) == "thread.zip_bomb"
    # A photo is never unpacked: it may pretend what it likes.
    assert searched(zipped({"a.csv": CSV, "photo.jpg": bytes(60_000_000)})).counts["media"] == 1


def test_a_list_of_files_that_would_fill_the_memory_is_refused_unread() -> None:
    content = bytearray(zipped({"a.csv": CSV}))
    end = content.rfind(b"PK\x05\x06")
    struct.pack_into("<L", content, end + 12, 2_000_000_000)
    assert refused(bytes(content)) == "thread.zip_bomb"


def test_nothing_past_the_announced_size_is_unpacked() -> None:
    content = bytearray(zipped({"a.jsonl": '{"author": "Léa", "text": "Bonjour"}\n' * 1000}))
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<L", content, content.find(mark) + place, 380)
    found = searched(bytes(content)).found[0]
    assert isinstance(found.content, Packed)
    with found.content.open() as stream:
        assert len(stream.read()) == 380


def test_names_that_lead_elsewhere_are_only_names(tmp_path: Path) -> None:
    content = zipped({"../../dehors.csv": CSV, "/etc/replique.csv": CSV, "C:\\dehors.csv": CSV})
    path = tmp_path / "x.zip"
    path.write_bytes(content)
    found = archive_of(path, path.name)
    assert found is not None
    assert [texts(one.content) for one in found.found] == [["Bonjour", "Merci"]] * 3
    assert [one.name for one in tmp_path.iterdir()] == ["x.zip"]
    assert not (tmp_path.parent.parent / "dehors.csv").exists()


def test_whoever_watches_may_stop_the_search() -> None:
    def watch(_done: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        archive_of(zipped(INSTAGRAM), "x.zip", watch)


def test_a_large_file_is_unpacked_in_little_room(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    line = "".join(f"{n:x}" for n in range(2000)).encode()
    path.write_bytes(zipped({"comments.jsonl": line * 4000}))
    (member,) = (Packed(path, one.filename, 44, 8, one.compress_size, one.file_size) for one in _infos(path))
    assert member.size > 20_000_000
    tracemalloc.start()
    with member.open() as stream:
        while stream.read(65_536):
            pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_000_000


def _infos(path: Path) -> list[zipfile.ZipInfo]:
    with zipfile.ZipFile(path) as archive:
        return archive.infolist()

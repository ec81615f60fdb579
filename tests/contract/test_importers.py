"""Every brief and thread format reads its sample, leaves the others', keeps order, and survives bad files."""

from __future__ import annotations

import contextlib
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from copilot import registry
from copilot.errors import UserError
from copilot.importers.briefs import load_brief, load_brief_file
from copilot.importers.threads import load_thread, load_thread_file
from copilot.importers.threads._source import Source
from copilot.paths import assets_dir

DATA = Path(__file__).resolve().parents[1] / "data"
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
BRIEFS = registry.discover("copilot.importers.briefs")
THREADS = registry.discover("copilot.importers.threads")


def sample(kind: str, name: str) -> Path:
    found = sorted((DATA / kind).glob(f"{name}.*"))
    assert found, f"tests/data/{kind} holds no sample named {name}.*"
    return found[0]


@pytest.mark.parametrize("name", BRIEFS)
def test_a_brief_format_reads_its_sample(name: str) -> None:
    text, found = load_brief_file(sample("briefs", name))
    assert found == name
    assert text.index("Ouverture de l") < text.index("amedi 6 mars") < text.index("Inscriptions ouvertes.")
    assert "non" not in text
    assert "titre:" not in text


@pytest.mark.parametrize("name", BRIEFS)
def test_a_brief_format_refuses_the_samples_of_the_others(name: str) -> None:
    for other in BRIEFS:
        path = sample("briefs", other)
        assert BRIEFS[name].sniff(path.read_bytes()[:8192], path.name) == (name == other), other


@pytest.mark.parametrize("name", BRIEFS)
def test_a_brief_is_known_by_its_content_whatever_its_name(name: str) -> None:
    content = sample("briefs", name).read_bytes()
    assert load_brief(content, "note.txt")[1] == name


@pytest.mark.parametrize("name", BRIEFS)
def test_a_cut_brief_is_refused_or_read_as_far_as_it_goes(name: str) -> None:
    content = sample("briefs", name).read_bytes()
    for part in range(1, 20):
        with contextlib.suppress(UserError):
            text, _ = load_brief(content[: len(content) * part // 20], f"x{BRIEFS[name].EXTENSIONS[0]}")
            assert text.strip()


@pytest.mark.parametrize("name", THREADS)
def test_a_thread_format_reads_its_sample(name: str) -> None:
    thread = load_thread_file(sample("threads", name), network="facebook_page", captured_at=NOW)
    assert thread.format == name
    assert thread.network == "facebook_page"
    assert [message.position for message in thread.messages] == [1, 2, 3]
    assert all(message.created_at or message.created_rel for message in thread.messages)
    assert thread.messages[2].text == "Superbe 😍"
    if getattr(THREADS[name], "OWN_ONLY", False):
        told = {one.key for one in thread.warnings}
        assert "thread.warn.own_comments_only" in told
        assert told <= {"thread.warn.own_comments_only", "thread.warn.mojibake_repaired"}
        assert all(message.author.is_owner for message in thread.messages)
        return
    assert thread.warnings == ()
    assert [message.author.name for message in thread.messages] == ["Léa Fontan", "Atelier Test", "Hugo Marin"]
    first, second, third = thread.messages
    assert (first.parent_id, second.parent_id, third.parent_id) == (None, first.external_id, None)


@pytest.mark.parametrize("name", THREADS)
def test_a_thread_format_is_chosen_over_the_others_for_its_sample(name: str) -> None:
    head = Source(sample("threads", name).read_bytes(), "-").head
    scores = {other: module.sniff(head) for other, module in THREADS.items()}
    assert max(scores, key=scores.__getitem__) == name


@pytest.mark.parametrize("name", THREADS)
def test_reading_twice_gives_the_same_ids(name: str) -> None:
    path = sample("threads", name)
    once, again = (load_thread_file(path, captured_at=NOW) for _ in range(2))
    assert once == again
    assert len({message.external_id for message in once.messages}) == len(once.messages)


@pytest.mark.parametrize("name", THREADS)
def test_a_cut_thread_never_crashes(name: str) -> None:
    content = sample("threads", name).read_bytes()
    for end in range(1, len(content), 1 + len(content) // 150):
        with contextlib.suppress(UserError):
            assert load_thread(content[:end], "-", captured_at=NOW).messages


@pytest.mark.parametrize("path", sorted((assets_dir() / "demo" / "threads").iterdir()), ids=lambda path: path.name)
def test_the_demo_threads_come_in_whole(path: Path) -> None:
    thread = load_thread_file(path, captured_at=NOW)
    assert thread.warnings == ()
    assert len(thread.messages) >= 10
    assert all(message.author.name or message.author.handle for message in thread.messages)
    if path.suffix == ".jsonl":
        lines = [line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
        assert len(thread.messages) == len(lines)


@pytest.mark.parametrize("path", sorted((assets_dir() / "demo" / "briefs").iterdir()), ids=lambda path: path.name)
def test_the_demo_briefs_come_in(path: Path) -> None:
    text, found = load_brief_file(path)
    assert found in ("text", "markdown")
    assert len(text) > 200


@pytest.mark.parametrize(("load", "area"), [(load_brief_file, "brief"), (load_thread_file, "thread")])
class TestFiles:
    def failure(self, load, path: Path) -> str:
        options = {"captured_at": NOW} if load is load_thread_file else {}
        with pytest.raises(UserError) as caught:
            load(path, **options)
        return caught.value.kind

    def test_a_missing_file(self, load, area: str, tmp_path: Path) -> None:
        assert self.failure(load, tmp_path / "rien.txt") == f"{area}.missing"
        assert self.failure(load, tmp_path / "nul\0.txt") == f"{area}.missing"

    def test_a_folder(self, load, area: str, tmp_path: Path) -> None:
        assert self.failure(load, tmp_path) == f"{area}.is_folder"

    def test_an_empty_file(self, load, area: str, tmp_path: Path) -> None:
        path = tmp_path / "vide.txt"
        path.write_bytes(b"\xef\xbb\xbf \r\n")
        assert self.failure(load, path) == f"{area}.empty"

    def test_a_file_too_large_is_refused_before_it_is_read(self, load, area: str, tmp_path: Path) -> None:
        path = tmp_path / "gros.txt"
        with path.open("wb") as stream:
            stream.truncate(1_000_000_001)
        assert self.failure(load, path) == f"{area}.too_large"

    def test_a_file_one_may_not_read(self, load, area: str, tmp_path: Path) -> None:
        path = tmp_path / "secret.txt"
        path.write_text("texte")
        path.chmod(0)
        if os.access(path, os.R_OK):
            pytest.skip("this account may read every file")
        assert self.failure(load, path) == f"{area}.unreadable"

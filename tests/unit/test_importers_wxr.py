"""The export file of a WordPress site: what is kept, what is dropped, and files made to hurt."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from copilot.domain.conversation import ImportedThread
from copilot.errors import UserError
from copilot.importers.threads import load_thread, wxr
from copilot.importers.threads._source import Report, Source

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
SAMPLE = (Path(__file__).resolve().parents[1] / "data" / "threads" / "wxr.xml").read_text(encoding="utf-8")


def read(text: str) -> ImportedThread:
    return load_thread(text.encode(), "export.xml", captured_at=NOW)


def told(thread: ImportedThread) -> list[str]:
    return [one.key.removeprefix("thread.warn.") for one in thread.warnings]


def test_the_title_of_the_post_and_who_writes_on_the_site_are_known() -> None:
    thread = read(SAMPLE)
    assert (thread.format, thread.network, thread.title) == ("wxr", "wordpress", "Réouverture de l’atelier")
    assert [one.author.is_owner for one in thread.messages] == [False, True, False]
    assert thread.messages[0].created_at == datetime(2026, 11, 20, 10, tzinfo=UTC)


def test_addresses_are_dropped_and_said() -> None:
    filled = SAMPLE.replace(
        "<wp:comment_author_email></wp:comment_author_email>",
        "<wp:comment_author_email><![CDATA[lea@mail.example]]></wp:comment_author_email>"
        "<wp:comment_author_IP><![CDATA[203.0.113.9]]></wp:comment_author_IP>",
    )
    thread = read(filled)
    assert told(thread) == ["personal_dropped"]
    assert "203.0.113" not in repr(thread)
    assert "mail.example" not in repr(thread)


@pytest.mark.parametrize(
    ("state", "hidden", "deleted"), [("0", True, False), ("spam", True, False), ("trash", False, True)]
)
def test_what_readers_do_not_see_keeps_its_place(state: str, hidden: bool, deleted: bool) -> None:
    last = SAMPLE.rindex("<![CDATA[1]]></wp:comment_approved>")
    thread = read(SAMPLE[:last] + f"<![CDATA[{state}]]></wp:comment_approved>" + SAMPLE[last + 35 :])
    assert (thread.messages[2].hidden, thread.messages[2].deleted) == (hidden, deleted)


def test_a_pingback_is_no_comment() -> None:
    thread = read(SAMPLE.replace("<![CDATA[comment]]></wp:comment_type>", "<![CDATA[pingback]]></wp:comment_type>"))
    assert len(thread.messages) == 2
    assert told(thread) == ["pingbacks_dropped", "orphan"]


def test_a_held_comment_has_the_date_of_the_site() -> None:
    thread = read(
        SAMPLE.replace("2026-11-20 12:00:00]]></wp:comment_date_gmt>", "0000-00-00 00:00:00]]></wp:comment_date_gmt>")
    )
    assert thread.messages[2].created_at == datetime(2026, 11, 20, 13, tzinfo=UTC)


def test_the_encoding_is_what_the_file_says() -> None:
    latin = SAMPLE.replace("UTF-8", "ISO-8859-1").replace("😍", "!").replace("’", "'")
    thread = load_thread(latin.encode("latin-1"), "export.xml", captured_at=NOW)
    assert thread.messages[0].author.name == "Léa Fontan"


def test_a_cut_file_keeps_what_was_read() -> None:
    cut = SAMPLE[: SAMPLE.index("<wp:comment_id>3")]
    thread = read(cut)
    assert len(thread.messages) == 2
    assert told(thread) == ["truncated"]


def test_a_cut_file_is_known_by_its_post_all_the_same() -> None:
    def known(text: str) -> tuple[str, str]:
        found = Report()
        list(wxr.read(Source(text.encode(), "-"), found, captured_at=NOW))
        return found.title, found.origin

    assert known(SAMPLE[: SAMPLE.index("<wp:comment_id>3")]) == known(SAMPLE) == ("Réouverture de l’atelier", "12")
    second = SAMPLE[SAMPLE.index("<item>") : SAMPLE.index("</item>") + 7].replace("<wp:post_id>12", "<wp:post_id>13")
    both = SAMPLE.replace("</item>", f"</item>{second}")
    assert known(both[: both.rindex("<wp:comment_id>3")])[1] == ""
    # Cut before the first comment of the second post.
    assert known(both[: both.rindex("<wp:post_id>13")])[1] == "12"


def test_entities_are_never_expanded() -> None:
    bomb = SAMPLE.replace("<rss", '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss', 1)
    bomb = bomb.replace("<![CDATA[Superbe 😍]]>", "&b;")
    with pytest.raises(UserError) as caught:
        read(bomb)
    assert caught.value.kind == "thread.entity_expansion"
    with pytest.raises(UserError) as caught:
        list(wxr.read(Source(bomb.encode(), "-"), Report(), captured_at=NOW))
    assert caught.value.kind == "thread.entity_expansion"


def test_elements_nested_without_end_are_refused() -> None:
    deep = SAMPLE.replace("<item>", "<x>" * 10_000 + "<item>", 1)
    with pytest.raises(UserError) as caught:
        read(deep)
    assert caught.value.kind == "thread.too_deep"

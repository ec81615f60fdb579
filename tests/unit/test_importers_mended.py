"""Texts of which the bytes were misread before they came here: put right, and said, whatever the format."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from copilot.importers.threads import load_thread

NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)
SAID = ("Très déçue, où est ma commande ?", "Ça marche, merci à l’équipe", "Plain words")
FORMATS = {
    "jsonl": '{{"id": "{n}", "author": "Léa", "text": "{said}"}}\n',
    "linkedin_archive": '2026-03-0{n} 10:00:00,https://www.linkedin.com/feed/update/urn%3Ali%3Aactivity%3A71,"{said}"\n',
    "takeout": (
        'UCexempleexempleexemple1,2026-03-0{n}T10:00:00+00:00,0,,vidExemple1,"{{""text"":""{said}""}}",Ugy{n}AAAAA\n'
    ),
}
HEADS = {
    "linkedin_archive": "Date,Link,Message\n",
    "takeout": "Channel ID,Comment Create Timestamp,Price,Parent Comment ID,Video ID,Comment Text,Comment ID\n",
}


def misread(text: str) -> str:
    return text.encode("utf-8").decode("cp1252", "surrogateescape")


@pytest.mark.parametrize("is_misread", [True, False])
@pytest.mark.parametrize("name", FORMATS)
def test_what_is_put_right_is_said(name: str, is_misread: bool) -> None:
    rows = [
        FORMATS[name].format(n=n, said=misread(said) if is_misread else said) for n, said in enumerate(SAID, start=1)
    ]
    thread = load_thread((HEADS.get(name, "") + "".join(rows)).encode(), "fil", captured_at=NOW)
    assert thread.format == name
    assert [one.text for one in thread.messages] == list(SAID)
    told = [one.params for one in thread.warnings if one.key == "thread.warn.mojibake_repaired"]
    assert told == ([{"count": 2}] if is_misread else [])

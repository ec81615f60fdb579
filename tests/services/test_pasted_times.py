"""A conversation pasted a moment ago: its "2 h" is about a moment, and that moment counts as far as it is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from copilot.app import Copilot
from copilot.domain.conversation import About, Message
from copilot.domain.deadlines import Lateness
from copilot.domain.imports import Updated
from copilot.domain.inbox import InboxFilter, Order
from copilot.services.conversations import ThreadImported
from tests.services.bench import NOW, opened

ANGRY = "Toujours pas livré, personne ne répond, c’est une honte"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

Row = tuple[str, str, str]


def page(rows: Sequence[Row]) -> bytes:
    return "".join(f"{who}\n{text}\n{when}\nJ’aime\nRépondre\n" for who, text, when in rows).encode()


async def paste(copilot: Copilot, rows: Sequence[Row], at: datetime = NOW) -> ThreadImported:
    done, _count = await copilot.inbox.take_in(page(rows), "", copied_at=at)
    return done


async def messages(copilot: Copilot, done: ThreadImported) -> tuple[Message, ...]:
    return (await copilot.conversations.get(done.thread.id)).messages


ROWS: list[Row] = [
    ("Léa Martin", f"{ANGRY} depuis lundi !", "2 h"),
    ("Bob Durand", "Où êtes-vous situés à Lyon ?", "3 j"),
    ("Zoé Petit", f"{ANGRY} depuis un mois !", "2 sem."),
]


async def test_what_was_pasted_now_has_moments_as_close_as_its_words(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        told = await messages(copilot, await paste(copilot, ROWS))
        assert [one.created_rel for one in told] == ["2 h", "3 j", "2 sem."]
        assert [one.created_at for one in told] == [None, None, None]
        assert [one.about for one in told] == [
            About(NOW - 2.5 * HOUR, HOUR),
            About(NOW - 3.5 * DAY, DAY),
            None,
        ]


async def test_a_file_of_the_same_words_says_nothing_of_when_it_was_copied(tmp_path: Path) -> None:
    saved = tmp_path / "fil.txt"
    saved.write_bytes(page(ROWS))
    async with opened(tmp_path) as copilot:
        done, _count = await copilot.inbox.take_in_file(saved)
        assert [one.about for one in await messages(copilot, done)] == [None, None, None]


async def test_the_time_limits_count_from_there(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        done = await paste(copilot, ROWS)
        limits = await copilot.inbox.deadlines(done.thread.id)
        assert (limits.late, limits.soon, limits.limited, limits.undated) == (2, 0, 3, 1)
        late = await copilot.inbox.ids(InboxFilter(due=Lateness.LATE))
        assert set(late) == {one.id for one in (await messages(copilot, done))[:2]}


async def test_a_day_is_too_loose_to_say_that_an_answer_is_due_within_the_hour(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        # Since yesterday's noon, half an hour is left; since about 22 hours ago too.
        limits = dict.fromkeys(copilot.settings.sla.minutes, 22 * 60)
        sla = replace(copilot.settings.sla, minutes=limits, in_working_hours=())
        copilot.save_settings(replace(copilot.settings, sla=sla))
        done = await paste(copilot, [("Léa Martin", ANGRY, "hier"), ("Bob Durand", f"{ANGRY} encore", "21 h")])
        soon = await copilot.inbox.ids(InboxFilter(due=Lateness.SOON))
        assert soon == ((await messages(copilot, done))[1].id,)
        told = await copilot.inbox.deadlines(done.thread.id)
        assert (told.late, told.soon, told.limited) == (0, 1, 2)


async def test_the_crisis_series_takes_hours_and_leaves_what_is_looser(tmp_path: Path) -> None:
    rows = [(f"Auteur {number}", f"{ANGRY} {number}", f"{1 + number % 8} h") for number in range(24)]
    rows += [("Kim Roux", f"{ANGRY} jour", "1 j"), ("Ali Noir", f"{ANGRY} semaine", "2 sem.")]
    async with opened(tmp_path) as copilot:
        done = await paste(copilot, rows)
        found = await copilot.crisis.status(done.thread.id)
        assert found.computable
        assert (found.dated, found.undated, found.about) == (24, 2, 24)
        assert sum(hour.total for hour in found.series) == 24
        assert "crisis.why.about" in [one.key for one in found.why]


async def test_days_alone_make_no_hourly_series(tmp_path: Path) -> None:
    rows = [("Kim Roux", f"{ANGRY} un", "1 j"), ("Ali Noir", f"{ANGRY} deux", "2 sem.")]
    async with opened(tmp_path) as copilot:
        found = await copilot.crisis.status((await paste(copilot, rows)).thread.id)
        assert (found.computable, found.undated, found.series) == (False, 2, ())


async def test_pasted_again_later_the_closer_moment_stays(tmp_path: Path) -> None:
    later = [(who, text, "1 j") for who, text, _when in ROWS[:1]] + [
        (who, text, "5 j") for who, text, _when in ROWS[1:2]
    ]
    async with opened(tmp_path) as copilot:
        first = await paste(copilot, ROWS[:2])
        done = await paste(copilot, [*later, ("Kim Roux", "Une toute nouvelle question ?", "2 h")], NOW + DAY)
        assert (done.thread.id, done.updated) == (first.thread.id, Updated(added=1, unchanged=2))
        told = {one.author.name: one.about for one in await messages(copilot, done)}
        assert told["Léa Martin"] == About(NOW - 2.5 * HOUR, HOUR)
        # Its own paste tells when, not that of the rest of its thread.
        assert told["Kim Roux"] == About(NOW + DAY - 2.5 * HOUR, HOUR)


async def test_an_export_with_dates_settles_what_was_only_about(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        first = await paste(copilot, ROWS)
        dated = "auteur,texte,date\n" + "".join(
            f'{who},"{text}",2026-02-{day} 10:00\n' for (who, text, _when), day in zip(ROWS, (27, 24, 11), strict=True)
        )
        done, _count = await copilot.inbox.take_in(dated.encode(), "export.csv")
        assert done.thread.id == first.thread.id
        assert all(one.created_at is not None and one.about is None for one in await messages(copilot, done))


@pytest.mark.parametrize("order", list(Order))
async def test_pages_meet_each_message_once(tmp_path: Path, order: Order) -> None:
    rows = [(f"Auteur {number}", f"{ANGRY} {number}", f"{1 + number % 5} {'hj'[number % 2]}") for number in range(12)]
    async with opened(tmp_path) as copilot:
        done = await paste(copilot, rows)
        asked = InboxFilter(thread_id=done.thread.id, order=order)
        pages = [await copilot.inbox.page(asked, None, 5)]
        while pages[-1].after is not None:
            pages.append(await copilot.inbox.page(asked, pages[-1].after, 5))
        seen = [one for found in pages for one in found.ids]
        assert sorted(seen) == sorted(one.id for one in await messages(copilot, done))

"""From counts by hour to a level: usual bands, factors, words and accounts, and what cannot be told."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from copilot.domain.crisis import CrisisLevel, CrisisStatus, Tally, level_of
from copilot.i18n import Translator
from copilot.settings import CrisisThresholds

NOON = datetime(2026, 11, 21, 12, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
USUAL = CrisisThresholds()


def tally(negatives: Sequence[int], **more: object) -> Tally:
    """Negatives by hour, the last one that of ``NOON``; as many ordinary messages again."""
    last = NOON.replace(minute=0)
    hours = {
        last - (len(negatives) - 1 - place) * HOUR: (2 * count, count) for place, count in enumerate(negatives) if count
    }
    return replace(Tally(hours, newest=NOON), **more)  # type: ignore[arg-type]  # each test names fields of Tally


def of(negatives: Sequence[int], **more: object) -> CrisisStatus:
    return level_of(tally(negatives, **more), USUAL)


def keys(status: CrisisStatus) -> list[str]:
    return [one.key.removeprefix("crisis.why.") for one in status.why]


@pytest.mark.parametrize(
    ("last", "level"),
    [
        (4, CrisisLevel.GREEN),
        (7, CrisisLevel.GREEN),
        (8, CrisisLevel.YELLOW),
        (11, CrisisLevel.YELLOW),
        (12, CrisisLevel.ORANGE),
        (39, CrisisLevel.ORANGE),
        (40, CrisisLevel.RED),
        (400, CrisisLevel.RED),
    ],
)
def test_with_a_short_history_the_factors_of_the_median_decide(last: int, level: CrisisLevel) -> None:
    assert of([4] * 20 + [last]).level is level


@pytest.mark.parametrize(("last", "level"), [(4, "green"), (5, "yellow"), (8, "orange"), (25, "red")])
def test_a_quiet_thread_is_not_alarmed_by_a_handful(last: int, level: str) -> None:
    assert of([1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, last]).level.value == level


def test_an_hour_that_is_always_busy_is_usual_and_the_same_number_elsewhere_is_not() -> None:
    day = [2] * 12 + [30] + [2] * 11
    negatives = day * 7 + day[:13]
    assert of(negatives).level is CrisisLevel.GREEN
    assert of([2] * 24 * 7 + [2] * 12 + [30]).level is CrisisLevel.RED
    band = of(negatives).series[-1]
    assert band.usual_low is not None
    assert band.usual_high is not None
    assert band.usual_low <= 30 <= band.usual_high


def test_within_a_noisy_band_twice_the_median_is_usual() -> None:
    noisy = [hour for day in range(10) for hour in [1] * 12 + [(3, 30, 5, 40, 8, 25, 2, 35, 6, 30)[day]] + [1] * 11]
    assert of([*noisy, *[1] * 12, 36]).level is CrisisLevel.GREEN


def test_a_rush_does_not_become_its_own_usual() -> None:
    assert of([3] * 30 + [30, 30, 30, 30, 30, 30]).level is CrisisLevel.RED


def test_a_rush_that_ended_yesterday_is_over() -> None:
    assert of([3] * 30 + [40] * 3 + [3] * 20).level is CrisisLevel.GREEN


def test_the_last_sixty_minutes_count_when_the_hour_has_just_begun() -> None:
    assert of([4] * 20 + [1], last_hour=(60, 45)).level is CrisisLevel.RED


def test_one_hour_alone_cannot_be_compared() -> None:
    alone = of([50])
    assert (alone.level, alone.ratio, alone.computable) == (CrisisLevel.GREEN, None, True)
    assert keys(alone) == ["no_history"]
    assert alone.series[-1].usual_high is None


def test_without_dates_nobody_knows_whether_one_word_of_danger_is_of_today() -> None:
    status = level_of(Tally({}, undated=40, safety=1), USUAL)
    assert (status.computable, status.series, status.as_of) == (False, (), None)
    assert (status.level, status.is_known, status.shown_level) == (CrisisLevel.GREEN, False, "unknown")
    assert keys(status) == ["safety_undated", "no_dates"]
    quiet = level_of(Tally({}, undated=40), USUAL)
    assert (quiet.shown_level, keys(quiet)) == ("unknown", ["no_dates"])


def test_without_dates_several_people_who_speak_of_danger_are_an_alert_and_no_more() -> None:
    status = level_of(Tally({}, undated=40, safety=9), USUAL)
    assert (status.level, status.shown_level) == (CrisisLevel.ORANGE, "orange")
    named = level_of(Tally({}, undated=40, influential=("@journal",)), USUAL)
    assert (named.level, named.shown_level) == (CrisisLevel.YELLOW, "yellow")


def test_where_there_is_no_message_green_is_no_guess() -> None:
    status = level_of(Tally({}), USUAL)
    assert (status.shown_level, keys(status)) == ("green", ["no_messages"])


@pytest.mark.parametrize(("authors", "level"), [(0, "green"), (1, "orange"), (2, "orange"), (3, "red")])
def test_safety_words_raise_the_level_by_how_many_people_say_them(authors: int, level: str) -> None:
    assert of([1] * 20, safety=authors).level.value == level


@pytest.mark.parametrize(
    ("told", "level", "why"),
    [({"press": 1}, "orange", "press"), ({"calls": 1}, "yellow", "calls"), ({"calls": 3}, "orange", "calls")],
)
def test_the_press_and_calls_to_boycott_raise_the_level_and_are_no_danger(
    told: dict[str, int], level: str, why: str
) -> None:
    status = of([1] * 20, **told)
    assert (status.level.value, keys(status)[0]) == (level, why)


def test_an_influential_account_asks_for_care_and_is_named() -> None:
    status = of([1] * 20, influential=("@journal",))
    assert status.level is CrisisLevel.YELLOW
    assert keys(status)[0] == "influential"


def test_a_repeated_theme_turns_care_into_alert_but_makes_nothing_of_calm() -> None:
    themed = {"theme": "delivery", "themed": 8, "judged": 12}
    assert of([4] * 20 + [8], **themed).level is CrisisLevel.ORANGE
    calm = of([4] * 20 + [4], **themed)
    assert calm.level is CrisisLevel.GREEN
    assert "theme" in keys(calm)
    assert "theme" not in keys(of([4] * 20 + [4], theme="delivery", themed=5, judged=12))


def test_messages_nobody_triaged_and_without_date_are_said() -> None:
    assert keys(of([1] * 20, undated=3, untriaged=7))[-2:] == ["undated", "untriaged"]


def test_thresholds_are_the_persons() -> None:
    strict = replace(USUAL, yellow=1.2, orange=1.5, red=2.0)
    assert level_of(tally([4] * 20 + [8]), strict).level is CrisisLevel.RED


def test_the_series_holds_every_hour_of_a_week_at_most_and_ends_with_the_newest() -> None:
    status = of([1, *[0] * 400, 2])
    assert len(status.series) == 168
    assert status.series[-1].start == NOON.replace(minute=0)
    assert [hour.start for hour in status.series] == [
        status.series[0].start + place * HOUR for place in range(len(status.series))
    ]


def test_twenty_years_of_comments_take_no_more_than_a_month() -> None:
    old = {NOON.replace(minute=0) - timedelta(days=365 * 20): (5, 5)}
    assert len(level_of(Tally(old, newest=NOON), USUAL).series) == 168


@pytest.mark.parametrize(
    "told",
    [None, [], "x", {"yellow": "2"}, {"yellow": True}, {"red": -1}, {"days": 1.5}, {"orange": 20}, {"red": 1e12}],
    ids=str,
)
def test_thresholds_that_make_no_sense_fall_back(told: object) -> None:
    assert CrisisThresholds.of(told) == USUAL


def test_thresholds_that_make_sense_are_kept() -> None:
    found = CrisisThresholds.of({"yellow": 1.5, "red": 5, "days": 10, "unknown": 3})
    assert (found.yellow, found.orange, found.red, found.days) == (1.5, 3.0, 5.0, 10)


def test_sixty_minutes_that_began_before_the_hour_are_said_as_such() -> None:
    said = of([4] * 20 + [9], last_hour=(40, 30)).why[0]
    assert said.key == "crisis.why.volume_now"
    assert (said.params["negative"], said.params["until"]) == (30, NOON)
    assert of([4] * 20 + [9], last_hour=(12, 9)).why[0].key == "crisis.why.volume"


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of the machine cannot be changed in a test here")
def test_hours_are_told_where_the_person_is(monkeypatch: pytest.MonkeyPatch) -> None:
    said = of([4] * 20 + [60]).why[0]
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        assert "(21/11/2026 21:00)" in Translator("fr").wording(said)
        assert "(2026-11-21 21:00)" in Translator("en").wording(said)
        # The last day there is has no local time in Japan.
        assert Translator("fr").moment(datetime.max.replace(tzinfo=UTC)) == "31/12/9999 23:59"
    finally:
        monkeypatch.undo()
        time.tzset()

"""By when an answer is due: real minutes, working minutes in the brand's time zone, clocks that change."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.domain.conversation import Urgency
from copilot.domain.sla import due
from copilot.settings import SlaSettings

SLA = SlaSettings()
PARIS = "Europe/Paris"


def at(text: str, zone: str = PARIS) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("urgency", "written", "expected"),
    [
        pytest.param("P0", "2026-11-21T23:50", "2026-11-22T00:20", id="30 minutes, at night too"),
        pytest.param("P1", "2026-11-21T10:00", "2026-11-21T12:00", id="two hours, on Saturdays too"),
        pytest.param("P3", "2026-11-21T10:00", "2026-11-22T10:00", id="a day"),
        pytest.param("P2", "2026-11-18T10:00", "2026-11-18T18:00", id="over when the day is"),
        pytest.param("P2", "2026-11-18T10:30", "2026-11-19T09:30", id="over the next morning"),
        pytest.param("P2", "2026-11-18T09:00", "2026-11-18T17:00", id="within one day"),
        pytest.param("P2", "2026-11-20T17:30", "2026-11-23T16:30", id="over a weekend"),
        pytest.param("P2", "2026-11-21T12:00", "2026-11-23T17:00", id="written on a day off"),
        pytest.param("P2", "2026-11-18T03:00", "2026-11-18T17:00", id="written before opening"),
        pytest.param("P2", "2026-10-23T17:00", "2026-10-26T16:00", id="clocks go back on the Sunday between"),
        pytest.param("P3", "2026-10-24T12:00", "2026-10-25T11:00", id="a day of 24 real hours when clocks go back"),
        pytest.param("P3", "2027-03-27T12:00", "2027-03-28T13:00", id="and when they go forward"),
    ],
)
def test_due(urgency: str, written: str, expected: str) -> None:
    assert due(Urgency(urgency), at(written), SLA, PARIS).at == at(expected)


def test_working_hours_are_those_of_the_brand() -> None:
    written = datetime(2026, 11, 18, 20, 0, tzinfo=UTC)
    assert due(Urgency.P2, written, SLA, "America/Montreal").at == at("2026-11-19T14:00", "America/Montreal")
    assert due(Urgency.P2, written, SLA, PARIS).at == at("2026-11-19T17:00")


def test_a_night_shift_over_the_change_of_clocks_counts_real_hours() -> None:
    nights = replace(SLA, opens="00:00", closes="06:00", days=(7,), minutes={**SLA.minutes, "P2": 300})
    assert due(Urgency.P2, at("2027-03-27T20:00"), nights, PARIS).at == at("2027-03-28T06:00")
    assert due(Urgency.P2, at("2026-10-24T20:00"), nights, PARIS).at == at("2026-10-25T04:00")


def test_no_answer_is_due_when_none_is_owed_or_nobody_knows_since_when() -> None:
    assert due(Urgency.P4, at("2026-11-18T10:00"), SLA, PARIS).at is None
    assert due(Urgency.P0, None, SLA, PARIS).at is None
    assert not due(Urgency.P4, at("2026-11-18T10:00"), SLA, PARIS).overdue(at("2036-01-01T00:00"))


def test_overdue_only_past_the_time() -> None:
    told = due(Urgency.P1, at("2026-11-18T10:00"), SLA, PARIS)
    assert not told.overdue(at("2026-11-18T12:00"))
    assert told.overdue(at("2026-11-18T12:01"))


def test_every_class_may_be_edited() -> None:
    strict = replace(SLA, minutes={**SLA.minutes, "P4": 60}, in_working_hours=("P4",))
    assert due(Urgency.P4, at("2026-11-20T17:30"), strict, PARIS).at == at("2026-11-23T09:30")
    assert due(Urgency.P2, at("2026-11-20T17:30"), strict, PARIS).at == at("2026-11-21T01:30")


def test_the_end_of_time_is_no_crash() -> None:
    last = datetime.max.replace(tzinfo=UTC) - timedelta(days=1)
    assert due(Urgency.P3, last + timedelta(hours=23), SLA, "UTC").at is None
    assert due(Urgency.P2, last + timedelta(hours=23), SLA, "UTC").at is None


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)),
    st.integers(1, 5_000),
    st.sets(st.integers(1, 7), min_size=1),
)
def test_what_is_due_falls_in_working_hours_after_the_message(written: datetime, wait: int, days: set[int]) -> None:
    sla = replace(SLA, minutes={**SLA.minutes, "P2": wait}, days=tuple(sorted(days)))
    told = due(Urgency.P2, written.replace(tzinfo=UTC), sla, PARIS).at
    assert told is not None
    local = told.astimezone(ZoneInfo(PARIS))
    assert told >= written.replace(tzinfo=UTC) + timedelta(minutes=wait)
    assert local.isoweekday() in days
    assert "09:00" <= f"{local:%H:%M}" <= "18:00"


@pytest.mark.parametrize(
    "told",
    [
        pytest.param({"minutes": {"P1": 0}}, id="no time at all"),
        pytest.param({"minutes": {"P1": "90"}}, id="minutes as text"),
        pytest.param({"minutes": {"P1": True}}, id="a switch"),
        pytest.param({"minutes": []}, id="a list"),
        pytest.param({"opens": "18:00", "closes": "09:00"}, id="closes before it opens"),
        pytest.param({"opens": "25:00", "closes": "26:00"}, id="no such hour"),
        pytest.param({"days": []}, id="no day"),
        pytest.param({"days": [0, 8, "1", True]}, id="no such days"),
        pytest.param("P1", id="not a table"),
    ],
)
def test_a_value_that_cannot_be_one_falls_back(told: object) -> None:
    assert SlaSettings.of(told) == SLA


def test_what_a_person_set_is_read_back() -> None:
    told = {
        "minutes": {"P1": 90, "P3": None},
        "opens": "08:00",
        "closes": "20:00",
        "days": [6, 1],
        "in_working_hours": [],
    }
    read = SlaSettings.of(told)
    assert read.minutes == {"P0": 30, "P1": 90, "P2": 480, "P3": None, "P4": None}
    assert (read.opens, read.closes, read.days, read.in_working_hours) == ("08:00", "20:00", (1, 6), ())

"""What "3 h" says once it is known when it was read: about when, how closely, and nothing where that is too loose."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from copilot.domain.conversation import About
from copilot.text.relative_time import about

PARIS = ZoneInfo("Europe/Paris")
READ = datetime(2026, 11, 18, 10, 4, tzinfo=PARIS)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("words", "at", "within"),
    [
        pytest.param("il y a 2 h", "2026-11-18T07:34", HOUR, id="two to three hours ago"),
        pytest.param("2 h", "2026-11-18T07:34", HOUR, id="no words around"),
        pytest.param("2\u202fh", "2026-11-18T07:34", HOUR, id="a narrow space"),
        pytest.param("Il y a environ 3 heures (modifié)", "2026-11-18T06:34", HOUR, id="edited on YouTube"),
        pytest.param("an hour ago", "2026-11-18T08:34", HOUR, id="an hour"),
        pytest.param("2h · Edited", "2026-11-18T07:34", HOUR, id="edited in English"),
        pytest.param("• 5 hrs", "2026-11-18T04:34", HOUR, id="a bullet"),
        pytest.param("45 min", "2026-11-18T09:18:30", MINUTE, id="minutes"),
        pytest.param("5m", "2026-11-18T09:58:30", MINUTE, id="minutes in English"),
        pytest.param("30 s", "2026-11-18T10:03:29.5", MINUTE, id="seconds"),
        pytest.param("À l’instant", "2026-11-18T10:03:30", MINUTE, id="just now in French"),
        pytest.param("just now", "2026-11-18T10:03:30", MINUTE, id="just now"),
        pytest.param("3 d", "2026-11-14T22:04", DAY, id="days in English"),
        pytest.param("il y a 3 jours", "2026-11-14T22:04", DAY, id="days in French"),
        pytest.param("il y a un jour", "2026-11-16T22:04", DAY, id="a day"),
        pytest.param("hier", "2026-11-17T12:00", DAY, id="yesterday is a calendar day"),
        pytest.param("hier à 14:30", "2026-11-17T14:30", MINUTE, id="yesterday with its hour"),
        pytest.param("Yesterday at 2:30 PM", "2026-11-17T14:30", MINUTE, id="yesterday in halves"),
        pytest.param("aujourd’hui à 8 h 15", "2026-11-18T08:15", MINUTE, id="today"),
    ],
)
def test_about_when(words: str, at: str, within: timedelta) -> None:
    assert about(words, READ) == About(datetime.fromisoformat(at).replace(tzinfo=PARIS), within)


@pytest.mark.parametrize(
    "words",
    [
        "2 sem.",
        "3 w",
        "1 mois",
        "2 ans",
        "un an",
        "5 juin",
        "lundi",
        "",
        "Répondre",
        "999999 h",
        "today at 25:00",
        "99:99",
    ],
)
def test_what_is_looser_than_a_day_or_no_time_at_all_says_nothing(words: str) -> None:
    assert about(words, READ) is None


def test_real_hours_go_by_when_the_clocks_change() -> None:
    read = datetime(2026, 10, 25, 4, 0, tzinfo=PARIS)
    assert about("3 h", read) == About(datetime(2026, 10, 25, 1, 30, tzinfo=PARIS), HOUR)


def test_a_later_hour_of_today_was_not_read_yet() -> None:
    assert about("aujourd’hui à 18:00", READ) is None

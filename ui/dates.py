"""Dates and times as the person's language writes them, in this computer's time zone. Qt knows the locales."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QDate, QDateTime, QLocale, QTimeZone

from copilot.domain.item import PlannedTime


def moment(at: datetime, language: str) -> str:
    """A short date and time, today's as the time alone."""
    local = QDateTime.fromMSecsSinceEpoch(round(at.timestamp() * 1000), QTimeZone(QTimeZone.Initialization.LocalTime))
    locale = QLocale(language)
    if local.date() == QDateTime.currentDateTime().date():
        return locale.toString(local.time(), QLocale.FormatType.ShortFormat)
    return locale.toString(local, QLocale.FormatType.ShortFormat)


def planned_shown(planned: PlannedTime, language: str) -> str:
    """A planned time with its day in words and its zone: it is the brand's clock that counts, not this computer's."""
    at = planned.local
    day = QLocale(language).toString(QDate(at.year, at.month, at.day), QLocale.FormatType.LongFormat)
    return f"{day}, {at:%H:%M} ({planned.zone})"


def day_shown(day: date, language: str) -> str:
    """``day`` in words."""
    return QLocale(language).toString(QDate(day.year, day.month, day.day), QLocale.FormatType.LongFormat)

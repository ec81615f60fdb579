"""Libraries whose wheels bring no licence text still show one."""

from __future__ import annotations

from copilot.services.about import licence_text


def test_qt_shows_the_lgpl_and_the_gpl_it_builds_on() -> None:
    text = licence_text("PySide6_Essentials")
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text
    assert "GNU GENERAL PUBLIC LICENSE" in text

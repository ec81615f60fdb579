"""Design tokens: colours of both schemes, the spacing grid, radii and the type scale.

Text colours reach WCAG 2.2 AA (4.5:1) on every ground they are used on, outlines of controls 3:1; a test
computes it from these values (https://www.w3.org/TR/WCAG22/#contrast-minimum).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Colours:
    """One scheme. ``*_soft`` are grounds for the text of the same name."""

    bg: str
    surface: str
    raised: str
    border: str
    outline: str
    text: str
    muted: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_text: str
    accent_soft: str
    danger: str
    danger_soft: str
    on_danger: str
    warn: str
    warn_soft: str
    ok: str
    ok_soft: str
    info: str
    info_soft: str
    scroll: str


LIGHT = Colours(
    bg="#f5f6f9", surface="#ffffff", raised="#eef0f5", border="#e1e5ec", outline="#80889a",
    text="#171b24", muted="#565f70", accent="#4f46e5", accent_hover="#4338ca", on_accent="#ffffff",
    accent_text="#4338ca", accent_soft="#ebeafd",
    danger="#b3261e", danger_soft="#fdecea", on_danger="#ffffff",
    warn="#7a4f00", warn_soft="#fff3d9", ok="#146c43", ok_soft="#e3f5ea", info="#1b5a9e", info_soft="#e6f0fb",
    scroll="#c5cbd7",
)  # fmt: skip

DARK = Colours(
    bg="#111319", surface="#191c25", raised="#232733", border="#2c3140", outline="#747e93",
    text="#eceff5", muted="#a3adbf", accent="#8f89ff", accent_hover="#a7a2ff", on_accent="#12131a",
    accent_text="#bab6ff", accent_soft="#2a2a4d",
    danger="#ff938a", danger_soft="#3a2024", on_danger="#1b0f10",
    warn="#f3c163", warn_soft="#362b14", ok="#5fd9a1", ok_soft="#15322a", info="#8cc0ff", info_soft="#182b44",
    scroll="#454d60",
)  # fmt: skip

#: The 4 px grid: ``SPACE[2]`` is 8 px.
SPACE = (0, 4, 8, 12, 16, 20, 24, 28, 32)
RADIUS_SMALL, RADIUS, RADIUS_CARD = 6, 8, 12

#: Type scale in px at a text size of 100 %.
TYPE = {"small": 12, "body": 13, "strong": 14, "title": 16, "h1": 21}

FAMILY = "Inter"
EMOJI = ("Segoe UI Emoji", "Apple Color Emoji", "Noto Color Emoji")


def scaled(size: int, percent: int) -> int:
    """``size`` px at a text size of ``percent``."""
    return max(1, round(size * percent / 100))


def contrast(one: str, other: str) -> float:
    """Contrast of two ``#rrggbb`` colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

"""The look, computed: contrast of every pair of tokens in use, fonts, icons, the style sheet at every text size."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QFontDatabase, QImage, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from copilot.paths import assets_dir
from copilot.settings import TEXT_SIZES
from ui.icons import icon
from ui.theme import Choice, Theme, palette, sheet
from ui.tokens import DARK, FAMILY, LIGHT, TYPE, Colours, contrast, scaled

ROOT = Path(__file__).resolve().parents[2]
SCHEMES = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
GROUNDS = ("bg", "surface", "raised")
STATES = ("danger", "warn", "ok", "info")
#: Text on its grounds: every pair that the style sheet or a widget draws.
TEXTS = [
    *product(("text", "muted", "accent_text", *STATES), GROUNDS),
    *((one, f"{one}_soft") for one in STATES),
    *product(("text", "muted"), ("accent_soft", *(f"{one}_soft" for one in STATES))),
    ("accent_text", "accent_soft"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_danger", "danger"),
    ("surface", "text"),  # tooltips
]
#: What tells a control from its ground, or that it has the focus.
OUTLINES = [*product(("outline", "accent"), GROUNDS)]


@SCHEMES
@pytest.mark.parametrize(("ink", "ground"), TEXTS)
def test_text_is_readable(colours: Colours, ink: str, ground: str) -> None:
    assert contrast(getattr(colours, ink), getattr(colours, ground)) >= 4.5


@SCHEMES
@pytest.mark.parametrize(("line", "ground"), OUTLINES)
def test_controls_stand_out(colours: Colours, line: str, ground: str) -> None:
    assert contrast(getattr(colours, line), getattr(colours, ground)) >= 3


def test_contrast_is_that_of_the_recommendation() -> None:
    # Pairs of the WCAG's own examples: black on white, and the grey that just passes.
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#ffffff") == pytest.approx(1)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def _rules() -> list[tuple[str, str]]:
    source = (assets_dir() / "themes" / "window.qss").read_text(encoding="utf-8")
    source = re.sub(r"/\*.*?\*/", "", source, flags=re.DOTALL)
    return re.findall(r"([^{}]+)\{([^{}]*)\}", source)


@SCHEMES
def test_every_rule_that_sets_a_text_and_its_ground_is_readable(colours: Colours) -> None:
    checked = 0
    for selector, body in _rules():
        ink = re.search(r"(?<![-\w])color:\s*@(\w+)", body)
        ground = re.search(r"background(?:-color)?:\s*@(\w+)", body)
        if ink and ground and ":disabled" not in selector:
            checked += 1
            ratio = contrast(getattr(colours, ink[1]), getattr(colours, ground[1]))
            assert ratio >= 4.5, f"{selector.strip()}: {ink[1]} on {ground[1]} is {ratio:.2f}"
    assert checked > 8


@SCHEMES
def test_the_palette_is_readable(colours: Colours) -> None:
    made, role = palette(colours), QPalette.ColorRole
    for ink, ground in (
        (role.WindowText, role.Window), (role.Text, role.Base), (role.ButtonText, role.Button),
        (role.HighlightedText, role.Highlight), (role.PlaceholderText, role.Base), (role.Link, role.Base),
        (role.ToolTipText, role.ToolTipBase),
    ):  # fmt: skip
        assert contrast(made.color(ink).name(), made.color(ground).name()) >= 4.5, ink


@SCHEMES
@pytest.mark.parametrize("percent", TEXT_SIZES)
def test_the_style_sheet_is_whole_at_every_text_size(
    colours: Colours, percent: int, theme: Theme, qtbot: QtBot
) -> None:
    made = sheet(colours, percent)
    assert not re.findall(r"[@$%]\w+%?", re.sub(r"url\([^)]*\)|/\*.*?\*/", "", made))
    assert made.count("{") == made.count("}")
    for file in re.findall(r"url\(\"?([^)\"]+)\"?\)", made):
        assert Path(file).is_file()
    for size in re.findall(r"font-size:\s*(\S+?);", made):
        assert re.fullmatch(r"\d+px", size)
    # Qt says "Could not parse" in a warning, which fails the test.
    theme.apply(Choice("dark" if colours is DARK else "light", percent))
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    assert widget.font().pixelSize() == scaled(TYPE["body"], percent)
    theme.apply(Choice("light"))


def test_a_style_sheet_that_does_not_parse_is_heard(qtbot: QtBot) -> None:
    with qtbot.captureExceptions():
        widget = QWidget()
        qtbot.addWidget(widget)
        from PySide6.QtCore import qInstallMessageHandler

        heard: list[str] = []
        former = qInstallMessageHandler(lambda _kind, _where, text: heard.append(text))
        widget.setStyleSheet("QLabel { color: ")
        widget.show()
        qInstallMessageHandler(former)
    assert any("Could not parse" in one for one in heard)


def test_the_fonts_are_ours(theme: Theme) -> None:
    assert FAMILY in QFontDatabase.families()
    assert {"Regular", "Medium", "Bold"} <= {
        one.replace("Semi Bold", "SemiBold") for one in QFontDatabase.styles(FAMILY)
    }
    assert QApplication.font().families()[0] == FAMILY
    for licence in ("OFL-Inter.txt", "OFL-NotoColorEmoji.txt"):
        assert "SIL OPEN FONT LICENSE" in (assets_dir() / "fonts" / licence).read_text(encoding="utf-8").upper()


def _known_icons() -> set[str]:
    return {file.stem for file in (assets_dir() / "icons").glob("*.svg")}


def _sources() -> dict[str, str]:
    return {str(one.relative_to(ROOT)): one.read_text(encoding="utf-8") for one in sorted((ROOT / "ui").rglob("*.py"))}


#: Where an icon is named: an argument called so, a field of a screen, the first words of what draws one.
_NAMED = re.compile(
    r"(?:icon_name|icon)\s*=\s*\"([a-z0-9-]+)\"|\bICON\s*=\s*\"([a-z0-9-]+)\"|"
    r"\b(?:icon|icon_button|picture|glyph)\(\s*\"([a-z0-9-]+)\"|EmptyState\(\s*[\w.]+,\s*\"([a-z0-9-]+)\""
)


def test_every_icon_named_is_there() -> None:
    known, missing, found = _known_icons(), [], 0
    for name, source in _sources().items():
        for groups in _NAMED.findall(source):
            one = next(part for part in groups if part)
            found += 1
            if one not in known:
                missing.append(f"{name}: {one}")
    assert missing == []
    assert found > 60


def test_no_icon_is_carried_for_nothing() -> None:
    words = set(re.findall(r"\"([a-z0-9-]+)\"", "\n".join(_sources().values())))
    assert sorted(_known_icons() - words) == []


@pytest.mark.parametrize("name", sorted(_known_icons()))
def test_every_icon_draws_something_in_the_colour_asked_for(name: str, theme: Theme) -> None:
    drawn = icon(name, "#ff0000").pixmap(QSize(32, 32)).toImage().convertToFormat(QImage.Format.Format_ARGB32)
    seen = [drawn.pixelColor(x, y) for x in range(drawn.width()) for y in range(drawn.height())]
    inked = [one for one in seen if one.alpha() > 128]
    assert inked
    assert all(one.red() > 200 and one.green() < 60 and one.blue() < 60 for one in inked)


def test_no_literal_colour_and_no_second_style() -> None:
    """Colours live in the tokens; a screen that paints its own would not follow the theme."""
    literal = [
        f"{name}: {found}"
        for name, source in _sources().items()
        if name != str(Path("ui") / "tokens.py")
        for found in re.findall(r"[\"']#[0-9a-fA-F]{6}[\"']", source)
    ]
    assert literal == []

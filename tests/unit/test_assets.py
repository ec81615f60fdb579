"""Fonts, icons and the app's icon: whole, small, licensed, and nothing in them that runs."""

import struct
import tomllib
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from copilot.paths import assets_dir

ASSETS = assets_dir()
ICONS = sorted((ASSETS / "icons").glob("*.svg"))
FONTS = sorted(path for path in (ASSETS / "fonts").iterdir() if path.suffix != ".txt")
LICENCES = tomllib.loads((ASSETS / "licences.toml").read_text("utf-8"))["asset"]
OPENINGS = {
    "OFL-1.1": "SIL OPEN FONT LICENSE Version 1.1",
    "ISC AND MIT": "ISC License",
    "MPL-2.0": "Mozilla Public License Version 2.0",
    "MIT AND CC-BY-4.0": "MIT License",
    "Apache-2.0 AND MIT AND CC-BY-4.0": "Apache License",
    "MIT": "Permission is hereby granted, free of charge",
    "Public domain": "is not subject to copyright",
    "MIT AND BSD": "Permission to use, copy, modify, distribute and sell these word",
}
DICTIONARIES = sorted(path for path in (ASSETS / "dictionaries").iterdir() if path.suffix != ".txt")
SVG = "{http://www.w3.org/2000/svg}"
SHAPES = {SVG + name for name in ("path", "circle", "rect", "line", "polyline", "polygon", "ellipse")}
# 4,012 pictures: an emoji split over several files loses its sequences (families, flags, skin tones).
LARGE = {"fonts/NotoColorEmoji.ttf": 4_000_000}
LIMIT = 2_000_000
PNG = b"\x89PNG\r\n\x1a\n"
# What each element of an icns file holds, by its four letters: pixels a side.
ICNS_SIDES = {b"icp4": 16, b"ic11": 32, b"icp5": 32, b"ic12": 64, b"ic07": 128}
ICNS_SIDES |= {b"ic08": 256, b"ic13": 256, b"ic09": 512, b"ic14": 512, b"ic10": 1024}


def font_tables(font: bytes) -> dict[str, bytes]:
    """The tables of a TrueType file by tag, each with the bytes the directory promises."""
    count = struct.unpack_from(">H", font, 4)[0]
    tables = {}
    for place in range(12, 12 + 16 * count, 16):
        tag, _, start, length = struct.unpack_from(">4sIII", font, place)
        tables[tag.decode("ascii")] = font[start : start + length]
        assert len(tables[tag.decode("ascii")]) == length, tag
    return tables


def characters(tables: dict[str, bytes]) -> set[int]:
    """Code points of the format 12 map when there is one, else of the format 4 map."""
    cmap = tables["cmap"]
    offsets = [struct.unpack_from(">HHI", cmap, 4 + 8 * n)[2] for n in range(struct.unpack_from(">H", cmap, 2)[0])]
    by_format = {struct.unpack_from(">H", cmap, offset)[0]: offset for offset in offsets}
    if 12 in by_format:
        start = by_format[12]
        groups = range(struct.unpack_from(">I", cmap, start + 12)[0])
        spans = [struct.unpack_from(">II", cmap, start + 16 + 12 * n) for n in groups]
    else:
        start = by_format[4]
        half = struct.unpack_from(">H", cmap, start + 6)[0]
        ends = struct.unpack_from(f">{half // 2}H", cmap, start + 14)
        spans = list(zip(struct.unpack_from(f">{half // 2}H", cmap, start + 16 + half), ends, strict=True))
    return {code for first, last in spans for code in range(first, last + 1)}


def png_sides(picture: bytes) -> tuple[int, int]:
    assert picture.startswith(PNG)
    width, height = struct.unpack_from(">II", picture, 16)
    return width, height


@pytest.mark.parametrize("path", ICONS, ids=lambda path: path.stem)
def test_an_icon_is_plain_shapes_in_the_colour_of_the_text(path: Path) -> None:
    text = path.read_text("utf-8")
    root = ET.fromstring(text)
    assert root.tag == SVG + "svg"
    assert root.get("viewBox") == "0 0 24 24"
    assert root.get("stroke") == "currentColor"
    assert {element.tag for element in root.iter()} - {root.tag} <= SHAPES
    assert len(root) >= 1
    attributes = {name for element in root.iter() for name in element.attrib}
    assert not {name for name in attributes if name.startswith("on") or "href" in name or name == "style"}
    assert "<!" not in text
    assert "#" not in text, "a colour of its own would not follow the theme"


def test_the_icons_the_window_is_built_on_are_there() -> None:
    names = {path.stem for path in ICONS}
    assert len(names) >= 60
    assert {"pen-line", "inbox", "circle-check", "send", "search", "settings", "shield-check"} <= names


@pytest.mark.parametrize("path", [*FONTS, *ICONS, *DICTIONARIES], ids=lambda path: path.name)
def test_each_font_icon_and_dictionary_is_covered_by_one_licence_text(path: Path) -> None:
    covering = [asset for asset in LICENCES if path in ASSETS.glob(asset["covers"])]
    assert len(covering) == 1


@pytest.mark.parametrize("asset", LICENCES, ids=lambda asset: asset["name"])
def test_a_licence_names_its_work_and_ships_its_text(asset: dict[str, str]) -> None:
    assert set(asset) == {"name", "version", "licence", "url", "file", "covers", "changes"}
    assert asset["url"].startswith("https://")
    text = (ASSETS / asset["file"]).read_text("utf-8")
    opening = OPENINGS[asset["licence"]]
    assert opening in text
    assert "Copyright" in text


def test_no_shipped_asset_is_heavy_but_the_emoji_font() -> None:
    sizes = {path.relative_to(ASSETS).as_posix(): path.stat().st_size for path in ASSETS.rglob("*") if path.is_file()}
    assert set(LARGE) <= set(sizes)
    assert {name: size for name, size in sizes.items() if size >= LARGE.get(name, LIMIT)} == {}


@pytest.mark.parametrize(
    ("style", "weight"), [("Regular", 400), ("Medium", 500), ("SemiBold", 600), ("Bold", 700)], ids=str
)
def test_an_inter_weight_is_light_and_keeps_french_kerning_and_even_figures(style: str, weight: int) -> None:
    font = (ASSETS / "fonts" / f"Inter-{style}.ttf").read_bytes()
    assert len(font) < 250_000
    tables = font_tables(font)
    assert struct.unpack_from(">H", tables["OS/2"], 4)[0] == weight
    wanted = "àâæçéèêëîïôœùûüÿÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸ«»’‘“”…–—−\u00a0\u202f\u2011\u2012\u2007€£$₿→←↑↓≤≥≠×÷№Łłșțαωже⌘✓●"
    assert {character for character in wanted if ord(character) not in characters(tables)} == set()
    assert b"kern" in tables["GPOS"]
    assert b"tnum" in tables["GSUB"]


def test_the_emoji_font_is_pictures_with_sequences() -> None:
    tables = font_tables((ASSETS / "fonts" / "NotoColorEmoji.ttf").read_bytes())
    assert tables["CBDT"].count(PNG) > 4000
    assert b"ccmp" in tables["GSUB"]
    joiner, tones, letters = {0x200D}, set(range(0x1F3FB, 0x1F400)), set(range(0x1F1E6, 0x1F200))
    assert joiner | tones | letters | set(map(ord, "😀👍❤✅⚠🎉🫶🫩#1")) <= characters(tables)


def test_the_windows_icon_holds_each_size() -> None:
    icon = (ASSETS / "app" / "replique.ico").read_bytes()
    reserved, kind, count = struct.unpack_from("<HHH", icon)
    assert (reserved, kind) == (0, 1)
    sides = set()
    for place in range(6, 6 + 16 * count, 16):
        width, height, *_, length, start = struct.unpack_from("<BBBBHHII", icon, place)
        assert png_sides(icon[start : start + length]) == (width or 256, height or 256)
        sides.add(width or 256)
    assert sides == {16, 32, 48, 64, 128, 256}


def test_the_macos_icon_holds_each_size() -> None:
    icon = (ASSETS / "app" / "replique.icns").read_bytes()
    assert struct.unpack_from(">4sI", icon) == (b"icns", len(icon))
    place, sides = 8, set()
    while place < len(icon):
        kind, length = struct.unpack_from(">4sI", icon, place)
        if kind in ICNS_SIDES:
            side = ICNS_SIDES[kind]
            assert png_sides(icon[place + 8 : place + length]) == (side, side)
            sides.add(side)
        place += length
    assert {32, 64, 128, 256, 512} <= sides


def test_the_app_icon_is_a_square_and_a_drawing() -> None:
    assert png_sides((ASSETS / "app" / "replique.png").read_bytes()) == (512, 512)
    for name in ("replique.svg", "replique-small.svg"):
        root = ET.fromstring((ASSETS / "app" / name).read_text("utf-8"))
        assert {element.tag for element in root} <= SHAPES
        assert root.get("width") == root.get("height")

"""The one theme: Fusion, a palette, a style sheet made from the tokens, the bundled fonts."""

from __future__ import annotations

import sys
from dataclasses import dataclass, fields

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from copilot.paths import assets_dir
from ui.tokens import DARK, EMOJI, FAMILY, LIGHT, RADIUS, RADIUS_CARD, RADIUS_SMALL, TYPE, Colours, scaled


@dataclass(frozen=True, slots=True)
class Choice:
    """What the person chose: ``scheme`` auto, light or dark; ``text_size`` in percent (100 to 200)."""

    scheme: str = "auto"
    text_size: int = 100
    reduced_motion: bool = False


def sheet(colours: Colours, percent: int) -> str:
    """The style sheet of a scheme at a text size, from ``assets/themes/window.qss``."""
    themes = assets_dir() / "themes"
    made = (themes / "window.qss").read_text(encoding="utf-8")
    for size in {12, 13, *TYPE.values()}:
        made = made.replace(f"${size}", f"{scaled(size, percent)}px")
    for one in sorted(fields(colours), key=lambda field: -len(field.name)):
        made = made.replace(f"@{one.name}", getattr(colours, one.name))
    named = {
        "themes": themes.as_posix(),
        "scheme": "dark" if colours is DARK else "light",
        "card": RADIUS_CARD,
        "radius": RADIUS,
        "small": RADIUS_SMALL,
    }
    for name, value in named.items():
        made = made.replace(f"%{name}%", str(value))
    return made


def palette(colours: Colours) -> QPalette:
    """The palette of a scheme, for what the style sheet does not draw."""
    made = QPalette()
    role = QPalette.ColorRole
    for one, colour in {
        role.Window: colours.bg, role.Base: colours.surface, role.AlternateBase: colours.raised,
        role.Text: colours.text, role.WindowText: colours.text, role.Button: colours.surface,
        role.ButtonText: colours.text, role.Highlight: colours.accent, role.HighlightedText: colours.on_accent,
        role.PlaceholderText: colours.muted, role.ToolTipBase: colours.text, role.ToolTipText: colours.surface,
        role.Link: colours.accent_text, role.Accent: colours.accent_text,
    }.items():  # fmt: skip
        made.setColor(one, QColor(colour))
    for one in (role.Text, role.WindowText, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, one, QColor(colours.muted))
    return made


class Theme(QObject):
    """Applies the person's choice to the application and tells when it changed."""

    changed = Signal()

    def __init__(self, app: QApplication, choice: Choice | None = None) -> None:
        super().__init__(app)
        self._app = app
        self.choice = choice or Choice()
        self.colours = LIGHT
        if app.style().name() != "fusion":
            app.setStyle(QStyleFactory.create("Fusion"))
        load_fonts()
        app.styleHints().colorSchemeChanged.connect(self._system_changed)
        self.apply(self.choice)

    @property
    def is_dark(self) -> bool:
        """True in the dark scheme."""
        return self.colours is DARK

    def apply(self, choice: Choice) -> None:
        """Use ``choice`` from now on."""
        self.choice = choice
        # Without a desktop's platform theme Qt reports no scheme: our own choice decides, light by default.
        dark = choice.scheme == "dark" or (
            choice.scheme == "auto" and self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        )
        self.colours = DARK if dark else LIGHT
        self._app.setFont(_font(choice.text_size))
        self._app.setPalette(palette(self.colours))
        self._app.setStyleSheet(sheet(self.colours, choice.text_size))
        self.changed.emit()

    def px(self, size: int) -> int:
        """``size`` px at the chosen text size."""
        return scaled(size, self.choice.text_size)

    def _system_changed(self) -> None:
        if self.choice.scheme == "auto":
            self.apply(self.choice)


def load_fonts() -> None:
    """Make Inter known; the emoji font waits for :func:`load_emoji`, as it is large."""
    for file in sorted((assets_dir() / "fonts").glob("Inter-*")):
        QFontDatabase.addApplicationFont(str(file))


def load_emoji() -> None:
    """Make the bundled colour emoji known where the system brings none (it does on Windows and macOS)."""
    if sys.platform in ("win32", "darwin"):
        return
    for file in sorted((assets_dir() / "fonts").glob("NotoColorEmoji*")):
        QFontDatabase.addApplicationFont(str(file))


def _font(percent: int) -> QFont:
    font = QFont()
    font.setFamilies([FAMILY, *EMOJI])
    font.setPixelSize(scaled(TYPE["body"], percent))
    return font

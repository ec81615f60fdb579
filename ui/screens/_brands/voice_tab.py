"""The tab of a brand's voice: how it speaks, the words it uses, what it does and never does, who it is."""

from __future__ import annotations

from functools import lru_cache
from zoneinfo import available_timezones

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QGridLayout, QWidget

from copilot.domain.brand import Address, EmojiPolicy, PreferredTerm
from ui.desk import Desk
from ui.screens._brands.editing import Editing
from ui.screens._brands.fields import Line, LinesBox, Prose, Switch
from ui.screens._brands.tab import BrandTab, group
from ui.tokens import SPACE
from ui.widgets.basic import Field, column, scrolled
from ui.widgets.table_editor import TableEditor
from ui.widgets.tag_line import TagLine


@lru_cache(maxsize=1)
def _zones() -> tuple[str, ...]:
    """The names of the time zones this computer knows."""
    return tuple(sorted(available_timezones()))


class VoiceTab(BrandTab):
    """Voice, and what the brand is."""

    owns = ("voice", "name", "sector", "description", "timezone", "id")

    def __init__(self, desk: Desk, editing: Editing) -> None:
        super().__init__(desk, editing)
        t = self.t
        content = QWidget()
        column(
            group(t("ui.brands.voice.tone"), *self._tone()),
            group(t("ui.brands.voice.words"), *self._words()),
            group(t("ui.brands.voice.rules"), *self._rules()),
            group(t("ui.brands.voice.brand"), *self._brand()),
            1,
            space=3,
            margins=(0, 0, 2, 2),
            parent=content,
        )
        self.area = scrolled(content)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields take the keys
        column(self.area, parent=self)

    def _tone(self) -> tuple[QWidget, ...]:
        t = self.t
        language = Switch(
            [("fr", t("ui.brands.language.fr")), ("en", t("ui.brands.language.en"))], t("ui.brands.language")
        )
        address = Switch(
            [("vous", t("ui.brands.address.vous")), ("tu", t("ui.brands.address.tu"))], t("ui.brands.address")
        )
        emoji = Switch(
            [
                ("none", t("ui.brands.emoji.none")),
                ("sparing", t("ui.brands.emoji.sparing")),
                ("free", t("ui.brands.emoji.free")),
            ],
            t("ui.brands.emoji"),
        )
        pair = QWidget()
        grid = QGridLayout(pair)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE[4])
        grid.addWidget(self.bound(("voice", "address"), t("ui.brands.address"), address, make=Address), 0, 0)
        grid.addWidget(self.bound(("voice", "language"), t("ui.brands.language"), language), 0, 1)
        grid.setColumnStretch(1, 1)
        traits = TagLine(t, t("ui.brands.traits"), add=t("ui.brands.traits.add"))
        signature = Line(t, t("ui.brands.signature.hint"))
        return (
            pair,
            self.bound(("voice", "emoji"), t("ui.brands.emoji"), emoji, make=EmojiPolicy),
            self.bound(("voice", "traits"), t("ui.brands.traits"), traits),
            self.bound(("voice", "signature"), t("ui.brands.signature"), signature),
        )

    def _words(self) -> tuple[QWidget, ...]:
        t = self.t
        titles = {"use": t("ui.brands.preferred.use"), "instead_of": t("ui.brands.preferred.instead_of")}
        terms = TableEditor(self.desk.theme, t, t("ui.brands.preferred"), titles, t("ui.brands.preferred.add"))
        banned = TagLine(t, t("ui.brands.banned"), add=t("ui.brands.banned.add"))
        return (
            self.bound(
                ("voice", "preferred"), t("ui.brands.preferred"), terms,
                make=lambda rows: tuple(PreferredTerm(*one) for one in rows),
                shown=lambda rows: [(one.use, one.instead_of) for one in rows],
            ),
            self.bound(("voice", "banned"), t("ui.brands.banned"), banned),
        )  # fmt: skip

    def _rules(self) -> tuple[QWidget, ...]:
        return (
            self._listed("do", "ui.brands.do", "ui.brands.do.hint"),
            self._listed("do_not", "ui.brands.do_not", "ui.brands.do_not.hint"),
        )

    def _listed(self, name: str, title: str, hint: str) -> Field:
        t = self.t
        box = LinesBox(self.desk.theme, t, t(title), t(hint))
        return self.bound(("voice", name), t(title), box, t("ui.brands.one_a_line"))

    def _brand(self) -> tuple[QWidget, ...]:
        t = self.t
        zone = Line(t, "Europe/Paris")
        known = QCompleter(list(_zones()), zone)
        known.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        known.setFilterMode(Qt.MatchFlag.MatchContains)
        known.activated.connect(zone.edited)
        zone.setCompleter(known)
        about = Prose(self.desk.theme, t, t("ui.brands.description"), 2, t("ui.brands.description.hint"))
        return (
            self.bound(("name",), t("ui.brands.name"), Line(t)),
            self.bound(("sector",), t("ui.brands.sector"), Line(t, t("ui.brands.sector.hint"))),
            self.bound(("description",), t("ui.brands.description"), about),
            self.bound(("timezone",), t("ui.brands.timezone"), zone, t("ui.brands.timezone.hint")),
        )

"""How the window looks and speaks, who the person is, the rules of the house."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit

from copilot.errors import RepliqueError
from copilot.i18n import LANGUAGES
from copilot.settings import LONGEST_AUTHOR, TEXT_SIZES, THEMES
from ui.desk import Changes, Desk
from ui.screens._settings.parts import Section, SettingRow, divided, save
from ui.widgets.basic import Segments
from ui.widgets.declared_form import still

if TYPE_CHECKING:
    from copilot.domain.brand import Brand

#: Languages in their own words: who is lost in the other one finds them.
LANGUAGE_NAMES = {"fr": "Français", "en": "English"}


class General(Section):
    """Language, theme, text size, motion, name, brand, four eyes. Each applies at once."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, desk.t("ui.settings.general"))
        self._look()
        self._work()
        self.body.addStretch(1)
        self._follow()

    def _look(self) -> None:
        t = self.t
        self.language = Segments(
            [(code, LANGUAGE_NAMES[code]) for code in LANGUAGES], t.language, t("ui.settings.language")
        )
        self.theme = Segments(
            [(one, t(f"ui.settings.theme.{one}")) for one in THEMES], self.desk.settings.theme, t("ui.settings.theme")
        )
        self.text_size = QComboBox()
        for size in TEXT_SIZES:
            self.text_size.addItem(t("ui.settings.percent", count=size), size)
        self.motion = QCheckBox(t("ui.settings.motion.box"))
        forced = os.environ.get("REPLIQUE_LANG")
        self.language_row = SettingRow(
            self.desk,
            t("ui.settings.language"),
            self.language,
            t("ui.settings.language.forced", value=forced) if forced else t("ui.settings.language.hint"),
        )
        self.theme_row = SettingRow(self.desk, t("ui.settings.theme"), self.theme, t("ui.settings.theme.hint"))
        self.size_row = SettingRow(
            self.desk, t("ui.settings.text_size"), still(self.text_size), t("ui.settings.text_size.hint")
        )
        self.motion_row = SettingRow(self.desk, t("ui.settings.motion"), self.motion, t("ui.settings.motion.hint"))
        divided(self.card(t("ui.settings.look")), self.language_row, self.theme_row, self.size_row, self.motion_row)
        self.language.chosen.connect(lambda value: self._save(self.language_row, language=value))
        self.theme.chosen.connect(lambda value: self._save(self.theme_row, theme=value))
        self.text_size.activated.connect(
            lambda _index: self._save(self.size_row, text_size=self.text_size.currentData())
        )
        self.motion.clicked.connect(lambda on: self._save(self.motion_row, reduced_motion=on))

    def _work(self) -> None:
        t = self.t
        self.author = QLineEdit()
        self.author.setMaxLength(LONGEST_AUTHOR)
        self.author.setMinimumWidth(self.desk.theme.px(220))
        self.brand = QComboBox()
        self.brand.setMinimumWidth(self.desk.theme.px(220))
        self.brand.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.four_eyes = QCheckBox(t("ui.settings.four_eyes.box"))
        self.author_row = SettingRow(self.desk, t("ui.settings.author"), self.author, t("ui.settings.author.hint"))
        self.brand_row = SettingRow(
            self.desk, t("ui.settings.default_brand"), still(self.brand), t("ui.settings.default_brand.hint")
        )
        self.eyes_row = SettingRow(
            self.desk, t("ui.settings.four_eyes"), self.four_eyes, t("ui.settings.four_eyes.hint")
        )
        divided(self.card(t("ui.settings.work")), self.author_row, self.brand_row, self.eyes_row)
        self.author.editingFinished.connect(self._save_author)
        self.author.textEdited.connect(lambda _text: self.author_row.set_error(""))
        self.brand.activated.connect(
            lambda _index: self._save(self.brand_row, default_brand=self.brand.currentData() or None)
        )
        self.four_eyes.clicked.connect(lambda on: self._save(self.eyes_row, four_eyes=on))

    def load(self) -> None:
        """Ask for the brands."""
        self.desk.run(lambda copilot: copilot.brands.list(), self._show_brands, owner=self)

    def concerns(self, changes: Changes) -> bool:
        """The settings, and the brands one can be chosen from."""
        if changes.settings:
            self._follow()
        return changes.brands

    def commit(self) -> None:
        """Keep the name being typed."""
        self._save_author()

    def _follow(self) -> None:
        """Show what is set now."""
        now = self.desk.settings
        self.language.set_current(self.t.language)
        self.theme.set_current(now.theme)
        self.text_size.setCurrentIndex(max(0, self.text_size.findData(now.text_size)))
        self.motion.setChecked(now.reduced_motion)
        if not self.author.isModified():
            self.author.setText(now.author)
        self.author.setPlaceholderText(self.desk.person)
        self.four_eyes.setChecked(now.four_eyes)
        self.brand.setCurrentIndex(max(0, self.brand.findData(now.default_brand or "")))

    def _show_brands(self, brands: tuple[Brand, ...]) -> None:
        self.brand.clear()
        self.brand.addItem(self.t("ui.settings.default_brand.none"), "")
        for one in brands:
            self.brand.addItem(one.name, one.id)
        self._follow()

    def _save_author(self) -> None:
        name = self.author.text().strip()
        if name == self.desk.settings.author:
            return
        if any(unicodedata.category(char) in ("Cc", "Cs") for char in name):
            self.author_row.set_error(self.t("ui.settings.author.bad"))
            return
        self.author.setModified(False)
        self._save(self.author_row, author=name)

    def _save(self, where: SettingRow, **values: object) -> None:
        where.set_error("")
        if all(getattr(self.desk.settings, name) == value for name, value in values.items()):
            return
        save(self.desk, self, values, failed=self._refused(where), told="ui.settings.saved")

    def _refused(self, where: SettingRow) -> Callable[[Exception], None]:
        def say(error: Exception) -> None:
            if isinstance(error, RepliqueError):
                where.set_error(self.t.error(error))
            else:
                self.desk.tell_error(error)
            # What is shown is what holds; a name being typed stays, to be kept again.
            self.author.setModified(where is self.author_row)
            self._follow()

        return say

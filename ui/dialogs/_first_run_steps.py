"""The steps of the first start: language, brand, how to write."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFileDialog,
    QFrame,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QWidget,
)

from copilot.errors import RepliqueError
from copilot.i18n import LANGUAGES, Translator
from copilot.paths import assets_dir
from copilot.settings import ProviderSettings
from ui.desk import Changes, Desk
from ui.screens._settings.found_servers import FoundServers
from ui.screens._settings.general import LANGUAGE_NAMES
from ui.screens._settings.parts import outcome, say, weight
from ui.screens._settings.source_form import SourceForm
from ui.screens._settings.sources import shortened, title_of
from ui.widgets.basic import Segments, button, column, label, restyle, reveal, row

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.domain.brand import Brand
    from copilot.services.providers import Configured, Kind

#: Bytes of a brand file, at most: what is larger is another file.
LARGEST_BRAND = 4_000_000


class Option(QFrame):
    """A choice as a card; what belongs to it shows when it is chosen."""

    def __init__(self, title: str, text: str = "") -> None:
        super().__init__()
        self.setProperty("card", "true")
        self.radio = QRadioButton(title)
        self.radio.setAccessibleName(title)
        self.radio.setAccessibleDescription(text)
        self.more = QWidget()
        self.inside = column(space=2, margins=(5, 1, 0, 0), parent=self.more)
        self.more.hide()
        lines = column(row(self.radio, 1), space=1, margins=3, parent=self)
        if text:
            note = label(text, "small", wrap=True)
            note.setContentsMargins(24, 0, 0, 0)
            lines.addWidget(note)
        lines.addWidget(self.more)
        self.radio.toggled.connect(self._follow)

    def _follow(self, on: bool) -> None:
        self.more.setVisible(on and self.inside.count() > 0)
        restyle(self, card="selected" if on else "true")
        if on:
            reveal(self)

    def mousePressEvent(self, event: object) -> None:  # noqa: N802  # Qt's name
        """The whole card chooses."""
        self.radio.setChecked(True)
        self.radio.setFocus()


class Step(QWidget):
    """A page: a question, what it means, the choices."""

    def __init__(self, desk: Desk, t: Translator, title: str, text: str) -> None:
        super().__init__()
        self.desk = desk
        self.t = t
        self.options: dict[str, Option] = {}
        self._group = QButtonGroup(self)
        self.lines = column(label(title, "title", wrap=True), label(text, "muted", wrap=True), space=2, parent=self)

    @property
    def choice(self) -> str:
        """The name of the option chosen."""
        return next((name for name, one in self.options.items() if one.radio.isChecked()), "")

    def option(self, name: str, title: str, text: str = "") -> Option:
        """Add a choice; the first one is chosen."""
        made = Option(title, text)
        self._group.addButton(made.radio)
        self.options[name] = made
        self.lines.addWidget(made)
        if len(self.options) == 1:
            made.radio.setChecked(True)
        return made

    def enter(self) -> None:
        """Put the keyboard where it starts."""
        if self.choice:
            self.options[self.choice].radio.setFocus()


class LanguageStep(Step):
    """Which language the window speaks."""

    chosen = Signal(str)

    def __init__(self, desk: Desk, t: Translator) -> None:
        super().__init__(desk, t, t("ui.first.language"), t("ui.first.language.text"))
        self.language = Segments([(one, LANGUAGE_NAMES[one]) for one in LANGUAGES], t.language, t("ui.first.language"))
        self.language.chosen.connect(self.chosen)
        self.outcome = outcome()
        self.lines.addSpacing(8)
        self.lines.addWidget(self.language)
        self.lines.addWidget(self.outcome)
        self.lines.addSpacing(8)
        self.lines.addWidget(label(t("ui.first.skip.text"), "muted", wrap=True))
        self.lines.addStretch(1)

    def enter(self) -> None:
        next(one for one in self.language.findChildren(QPushButton) if one.isChecked()).setFocus()


class BrandStep(Step):
    """The demo brand, a new one, a file."""

    applied = Signal()

    def __init__(self, desk: Desk, t: Translator) -> None:
        super().__init__(desk, t, t("ui.first.brand"), t("ui.first.brand.text"))
        self.brand: Brand | None = None
        self._made = False
        self._file: Path | None = None
        self._done_for: tuple[str, str] | None = None
        self.outcome = outcome()
        self.outcome.setParent(self)
        self.option("demo", t("ui.first.brand.demo", name=demo_name()), t("ui.first.brand.demo.text"))
        new = self.option("new", t("ui.first.brand.new"), t("ui.first.brand.new.text"))
        self.name = QLineEdit()
        self.name.setMaxLength(200)
        self.name.setPlaceholderText(t("ui.first.brand.name"))
        self.name.setAccessibleName(t("ui.first.brand.name"))
        self.name.textChanged.connect(lambda _text: say(self.outcome, ""))
        new.inside.addWidget(self.name)
        file = self.option("file", t("ui.first.brand.import"), t("ui.first.brand.import.text"))
        self.file_button = button(t("ui.first.brand.choose_file"), icon_name="folder-open", run=self._ask_file)
        self.file_name = label("", "small", wrap=True)
        file.inside.addLayout(row(self.file_button, 1))
        file.inside.addWidget(self.file_name)
        self._group.buttonToggled.connect(lambda _button, _on: say(self.outcome, ""))
        self.lines.addStretch(1)

    def _ask_file(self) -> None:
        dialog = QFileDialog(self.window(), self.t("ui.first.brand.import"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.t("ui.first.brand.filter"), self.t("ui.form.all_filter")])
        dialog.fileSelected.connect(self.open_path)
        dialog.open()

    def open_path(self, path: str) -> None:
        """Take the file ``path``, as the dialog of files does."""
        self._file = Path(path)
        say(self.outcome, "")
        self.file_name.setText(self.t("ui.first.brand.chosen", name=shortened(self._file.name, 100)))

    def apply(self) -> None:
        """Make or read the brand; ``applied`` tells that it is there, else what is wrong is said here."""
        wanted = (self.choice, {"new": self.name.text().strip(), "file": str(self._file or "")}.get(self.choice, ""))
        if wanted == self._done_for:
            self.applied.emit()
            return
        if wanted == ("new", ""):
            self._wrong(self.t("ui.first.brand.name_missing"), self.name)
            return
        if wanted == ("file", ""):
            self._wrong(self.t("ui.first.brand.pick"), self.file_button)
            return
        by, before = self.desk.person, self.brand if self._made else None

        async def work(copilot: Copilot) -> tuple[Brand, bool]:
            made = await _brand(copilot, wanted, by)
            if before is not None and before.id != made[0].id:
                # The person went back and chose otherwise: what the other choice made goes.
                await copilot.brands.remove(before.id, by=by)
            return made

        def done(told: tuple[Brand, bool]) -> None:
            self.brand, self._made = told
            self._done_for = wanted
            self.desk.announce(Changes(brands=True))
            self.applied.emit()

        self.desk.run(work, done, self._failed, owner=self)

    def _wrong(self, text: str, where: QWidget) -> None:
        self._complain(text)
        where.setFocus()

    def _complain(self, text: str) -> None:
        """Say ``text`` in the card of the choice it is about."""
        chosen = self.options[self.choice]
        chosen.inside.addWidget(self.outcome)
        say(self.outcome, text, "danger")
        chosen.more.show()
        reveal(self.outcome)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, BrandFileTooBig):
            self._complain(self.t("ui.first.brand.too_big", size=weight(self.desk, error.size)))
        elif isinstance(error, UnicodeDecodeError | OSError):
            name = shortened(self._file.name, 100) if self._file else ""
            self._complain(self.t("ui.first.brand.not_text", name=name))
        elif isinstance(error, RepliqueError):
            self._complain(self.t.error(error))
        else:
            self.desk.tell_error(error)


class BrandFileTooBig(Exception):
    """A file of ``size`` bytes that cannot be a brand."""

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.size = size


async def _brand(copilot: Copilot, wanted: tuple[str, str], by: str) -> tuple[Brand, bool]:
    """The brand asked for, and whether it is new here."""
    choice, value = wanted
    if choice == "new":
        return await copilot.brands.create(value, by=by), True
    path = _demo() if choice == "demo" else Path(value)
    size = path.stat().st_size
    if not path.is_file():
        raise IsADirectoryError(str(path))
    if size > LARGEST_BRAND:
        raise BrandFileTooBig(size)
    told = await copilot.brands.import_toml(path.read_text(encoding="utf-8-sig"), name=path.name, by=by)
    return told.brand, told.created


class ModelStep(Step):
    """Without a model, an account, a server of this computer, a file.

    ``changed`` tells that ``is_settled`` may be another.
    """

    changed = Signal()

    def __init__(self, desk: Desk, t: Translator) -> None:
        super().__init__(desk, t, t("ui.first.model"), t("ui.first.model.text"))
        self._kinds: tuple[Kind, ...] = ()
        self.kept: Configured | None = None
        self.form: SourceForm | None = None
        self.option("playbook", t("ui.first.model.playbook"), t("ui.models.playbook.text"))
        self.option("account", t("ui.first.model.account"), t("ui.first.model.account.text"))
        self.option("server", t("ui.first.model.server"), t("ui.first.model.server.text"))
        self.option("file", t("ui.first.model.file"), t("ui.first.model.file.text"))
        self.found = FoundServers(desk)
        self.found.chosen.connect(self._use_found)
        self.options["server"].inside.addWidget(self.found)
        self._group.buttonToggled.connect(lambda _button, on: self._chosen() if on else None)
        self.outcome = outcome()
        self.lines.addWidget(self.outcome)
        self.example = QCheckBox(t("ui.first.example"))
        self.lines.addWidget(self.example)
        self.lines.addStretch(1)
        desk.run(_kinds, self._know, owner=self)

    @property
    def is_settled(self) -> bool:
        """True when the choice asks for nothing more."""
        return self.choice == "playbook" or self.kept is not None

    def _know(self, kinds: tuple[Kind, ...]) -> None:
        self._kinds = kinds
        self._chosen()

    def _chosen(self) -> None:
        say(self.outcome, "")
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
            self.form = None
        kind = {"account": "openai_compatible", "file": "local"}.get(self.choice)
        if kind and self._kinds:
            self._show_form(self.choice, kind, {"preset": "mistral"} if self.choice == "account" else {})
        self.changed.emit()

    def _show_form(self, option: str, kind: str, values: dict[str, str]) -> None:
        self.form = SourceForm(self.desk, self._kinds, kind, values, fixed=True, cancel=False, default=True)
        self.form.default_box.hide()
        self.form.kept.connect(self._kept)
        self.options[option].inside.addWidget(self.form)
        self.options[option].more.show()

    def _use_found(self, found: ProviderSettings) -> None:
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
        self._show_form("server", found.provider, dict(found.values))
        if self.form is not None:
            self.form.test()

    def _kept(self, source: Configured) -> None:
        self.kept = source
        if self.form is not None:
            self.form.hide()
        say(self.outcome, self.t("ui.first.model.kept", name=title_of(self.t, source)), "ok")
        reveal(self.outcome)
        self.changed.emit()

    def complain(self) -> None:
        """Say that the model is not kept yet."""
        say(self.outcome, self.t("ui.first.model.not_kept"), "warn")
        reveal(self.outcome)


async def _kinds(copilot: Copilot) -> tuple[Kind, ...]:
    return copilot.providers.kinds()


def demo_name() -> str:
    """The name of the demo brand."""
    import tomllib

    return str(tomllib.loads(_demo().read_text(encoding="utf-8"))["name"])


def _demo() -> Path:
    return assets_dir() / "demo" / "brand.toml"

"""Writes approved items to a file, shown beforehand exactly as it will be."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QFileDialog, QPlainTextEdit, QWidget

from copilot import networks
from copilot.errors import Bug, RepliqueError
from ui.desk import Desk
from ui.dialogs.base import Dialog
from ui.widgets.basic import Field, button, label, restyle, row
from ui.widgets.message_words import beginning

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.services.exports import ExportFormat, ExportPreview, ExportReport

#: Texts named in a refusal, and characters of each.
MOST_NAMED, LONGEST_NAME = 5, 40
#: Characters of a file shown; the rest is said.
SHOWN = 20_000


class ExportDialog(Dialog):
    """Of ``item_ids``, of all that is approved when there are none. ``exported`` carries the paths written."""

    exported = Signal(list)

    def __init__(self, desk: Desk, item_ids: Sequence[int], parent: QWidget) -> None:
        count = len(item_ids)
        super().__init__(desk.t("ui.export.title", count=count) if count else desk.t("ui.export.title_all"), parent)
        self.desk = desk
        self._ids = tuple(item_ids)
        self._formats: tuple[ExportFormat, ...] = ()
        t = desk.t
        self.at_least(desk.theme.px(680), desk.theme.px(500))
        self.format = QComboBox()
        self.file = QComboBox()
        for made in (self.format, self.file):
            made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.format.currentIndexChanged.connect(lambda _place: self._preview())
        self.file.currentIndexChanged.connect(self._show_file)
        self.file_field = Field(t("ui.export.file"), self.file)
        self.file_field.hide()
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(t("ui.export.preview"))
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.note = label("", "muted", wrap=True)
        self.body.addLayout(row(Field(t("ui.export.format"), self.format), self.file_field, 1, space=4))
        self.body.addWidget(label(t("ui.export.preview"), "small"))
        self.body.addWidget(self.text, 1)
        self.body.addWidget(self.note)
        self.write = button(t("ui.export.write"), "primary", run=self._choose)
        self.write.setEnabled(False)
        self.buttons(button(t("ui.cancel"), run=self.reject), self.write)
        self._previewed: ExportPreview | None = None

        async def formats(copilot: Copilot) -> tuple[ExportFormat, ...]:
            return copilot.exports.formats()

        desk.run(formats, self._listed, owner=self)

    def open_path(self, path: Path, *, overwrite: bool = True) -> None:
        """Write to ``path``: what the file dialog chose (it asked about replacing)."""
        ids, name, person, language = self._ids, self.format.currentData(), self.desk.person, self.desk.t.language
        self.write.setEnabled(False)
        self.desk.run(
            lambda copilot: copilot.exports.export(ids, name, path, by=person, overwrite=overwrite, language=language),
            self._written,
            self._failed,
        )

    def _listed(self, formats: tuple[ExportFormat, ...]) -> None:
        self._formats = formats
        self.format.blockSignals(True)
        for one in formats:
            self.format.addItem(self.desk.t(one.label_key), one.name)
        self.format.setCurrentIndex(max(0, self.format.findData("markdown")))
        self.format.blockSignals(False)
        self._preview()

    def _preview(self) -> None:
        name, language, ids = self.format.currentData(), self.desk.t.language, self._ids

        def done(preview: ExportPreview) -> None:
            if name == self.format.currentData():
                self._show(preview)

        self.desk.run(lambda copilot: copilot.exports.preview(ids, name, language), done, self._failed, owner=self)

    def _show(self, preview: ExportPreview) -> None:
        self._previewed = preview
        self.file.blockSignals(True)
        self.file.clear()
        for place, one in enumerate(preview.files, 1):
            self.file.addItem(one.name_suffix.lstrip("-_. ") or self.desk.t("ui.export.file_n", n=place))
        self.file.blockSignals(False)
        self.file_field.setVisible(len(preview.files) > 1)
        notes = [self.desk.t.wording(note) for one in preview.files for note in one.notes]
        self._say("\n".join(dict.fromkeys(notes)))
        self.write.setEnabled(True)
        self._show_file(0)

    def _show_file(self, place: int) -> None:
        if self._previewed is None or not 0 <= place < len(self._previewed.files):
            return
        text = self._previewed.files[place].text
        cut = self.desk.t("ui.export.cut") if len(text) > SHOWN else ""
        self.text.setPlainText(text[:SHOWN] + (f"\n\n{cut}" if cut else ""))

    def _choose(self) -> None:
        chosen = next(one for one in self._formats if one.name == self.format.currentData())
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self, self.desk.t("ui.export.write"), folder)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(f"*{chosen.extension}")
        dialog.setDefaultSuffix(chosen.extension.lstrip("."))
        dialog.selectFile(f"replique{chosen.extension}")
        dialog.fileSelected.connect(lambda path: self.open_path(Path(path)))
        dialog.open()

    def _written(self, report: ExportReport) -> None:
        t = self.desk.t
        folder = report.files[0].parent
        names = ", ".join(path.name for path in report.files)
        self.desk.tell(
            "ok", t("ui.export.done", count=len(report.items), names=names), act_label=t("ui.export.open_folder"),
            act=lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))),
        )  # fmt: skip
        self.exported.emit(list(report.files))
        self.accept()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, RepliqueError) and not isinstance(error, Bug):
            if error.kind == "export.not_approved":
                self._name_refused(error)
            self._say(self.desk.t.error(error), tone="danger")
            self.write.setEnabled(False)
            self.text.clear()
        else:
            self.desk.tell_error(error)
            self.reject()

    def _name_refused(self, error: RepliqueError) -> None:
        """Numbers say nothing to a person: what nobody approved is named by its network and first words."""
        ids = [int(one) for one in str(error.params.get("ids", "")).split(",") if one.strip().isdigit()]

        async def begun(copilot: Copilot) -> list[str]:
            shown = [(await copilot.review.show(one)).item for one in ids[:MOST_NAMED]]
            return [f"{networks.get(one.network).label} « {beginning(one.text, LONGEST_NAME)} »" for one in shown]

        def name(names: list[str]) -> None:
            said = " ; ".join(names) + (" ; …" if len(ids) > len(names) else "")
            self._say(self.desk.t("ui.export.not_approved", count=len(ids), names=said), tone="danger")

        self.desk.run(begun, name, owner=self)

    def _say(self, text: str, tone: str = "") -> None:
        self.note.setText(text)
        restyle(self.note, tone=tone)
        self.note.setVisible(bool(text))

"""What an item went through: its versions, compared word by word, and what was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QListWidget, QWidget

from copilot.domain.item import ItemVersion
from ui.desk import Desk
from ui.dialogs.base import Dialog
from ui.tokens import SPACE
from ui.widgets.basic import Field, button, label, row
from ui.widgets.diff_view import DiffView

if TYPE_CHECKING:
    from copilot.services.review import History


def whole(version: ItemVersion) -> str:
    """A version as one text."""
    tags = " ".join(f"#{tag}" for tag in version.hashtags)
    return "\n\n".join(part for part in (version.text, tags) if part)


class HistoryDialog(Dialog):
    """Compares any two versions; ``restore_asked`` carries the version to put back in the editor.

    The button names it: of the two compared, the first that is not the present one.
    """

    restore_asked = Signal(object)

    def __init__(self, desk: Desk, item_id: int, parent: QWidget) -> None:
        super().__init__(desk.t("ui.history.title"), parent)
        t = desk.t
        self.desk = desk
        self._versions: tuple[ItemVersion, ...] = ()
        self._earlier: ItemVersion | None = None  # the one to take back
        self.at_least(desk.theme.px(720), desk.theme.px(520))
        self.older, self.newer = QComboBox(), QComboBox()
        for made in (self.older, self.newer):
            made.currentIndexChanged.connect(lambda _place: self._compare())
            made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.diff = DiffView(desk.theme, t("ui.history.diff"))
        self.decisions = QListWidget()
        self.decisions.setAccessibleName(t("ui.history.decisions"))
        self.decisions.setWordWrap(True)
        self.decisions.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.decisions.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.none = label(t("ui.history.no_decision"), "muted")
        self.pickers = QWidget()
        row(Field(t("ui.history.from"), self.older), Field(t("ui.history.to"), self.newer), 1, space=4,
            parent=self.pickers)  # fmt: skip
        self.body.addWidget(self.pickers)
        self.body.addWidget(self.diff, 1)
        self.body.addWidget(label(t("ui.history.decisions"), "strong"))
        self.body.addWidget(self.decisions)
        self.body.addWidget(self.none)
        self.restore = button(t("ui.history.restore"), icon_name="undo-2", run=self._restore)
        self.buttons(self.restore, button(t("ui.close"), "primary", run=self.accept))
        desk.run(lambda copilot: copilot.review.history(item_id), self._loaded, owner=self)

    def _loaded(self, history: History) -> None:
        from ui.dates import moment

        t = self.desk.t
        self._versions = history.versions
        for version in history.versions:
            shown = " · ".join(
                part for part in (self._name(version), self._writer(version.by), moment(version.at, t.language)) if part
            )
            self.older.addItem(shown)
            self.newer.addItem(shown)
        self.newer.setCurrentIndex(len(self._versions) - 1)
        # A single version is compared with nothing.
        several = len(self._versions) > 1
        self.pickers.setVisible(several)
        self.restore.setVisible(several)
        told = [(one.at, (t(f"action.{one.action.value}"), one.by), one.reason) for one in history.decisions]
        told += [(one.at, (t(f"item.lapse.{one.why}"), one.by), "") for one in history.lapses]
        for at, what, reason in sorted(told, key=lambda one: one[0]):
            self.decisions.addItem(" · ".join(part for part in (*what, moment(at, t.language), reason) if part))
        self._fit_decisions()
        self.decisions.setVisible(bool(told))
        self.none.setVisible(not told)
        self._compare()

    def _writer(self, by: str) -> str:
        """A person's name, or what wrote the proposal."""
        if by == "–":
            return ""
        return self.desk.t(f"ui.review.writer.{by}") if by in ("playbook", "chain") else by

    def _fit_decisions(self) -> None:
        """As tall as its lines, up to five of them."""
        line = max(self.decisions.sizeHintForRow(0), 1)
        self.decisions.setFixedHeight(line * min(self.decisions.count(), 5) + SPACE[2])

    def _compare(self) -> None:
        if not self._versions:
            return
        older = self._versions[max(0, self.older.currentIndex())]
        newer = self._versions[max(0, self.newer.currentIndex())]
        self.diff.show_texts(whole(older), whole(newer))
        t, present = self.desk.t, self._versions[-1]
        self._earlier = next((one for one in (older, newer) if one is not present), None)
        named = t("ui.history.restore_one", name=self._name(self._earlier)) if self._earlier else ""
        self.restore.setText(named or t("ui.history.restore"))
        self.restore.setAccessibleName(self.restore.text())
        self.restore.setEnabled(self._earlier is not None)
        self.restore.setToolTip("" if self._earlier else t("ui.history.is_present"))

    def _name(self, version: ItemVersion) -> str:
        t = self.desk.t
        return t("ui.history.proposal") if version.revision == 1 else t("ui.history.version", n=version.revision)

    def _restore(self) -> None:
        if self._earlier is not None:
            self.restore_asked.emit(self._earlier)
            self.accept()

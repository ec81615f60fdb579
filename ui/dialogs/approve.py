"""The approval: shows exactly what leaves, where and from which account, before a person says yes to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from copilot.domain.finding import Finding
from copilot.domain.review import Action
from copilot.errors import Bug, RepliqueError
from ui.actions import shown_keys
from ui.desk import Changes, Desk
from ui.dialogs.base import Dialog
from ui.tokens import SPACE
from ui.widgets.basic import button, card, clear, column, label, restyle, row
from ui.widgets.exact_text import ExactText
from ui.widgets.findings import FindingsList

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.services.inspection import Inspected
    from copilot.services.review import Outgoing


#: Characters shown of the message that a reply answers.
ANSWERED = 120


@dataclass(slots=True)
class _Sheet:
    """One item to approve: what leaves, what the checks say, whether it was read to its end, what was confirmed."""

    outgoing: Outgoing
    inspected: Inspected
    seen: bool = False
    confirmed: set[str] = field(default_factory=set)

    @property
    def refusing(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.inspected.blocking if not one.confirmable)

    @property
    def to_confirm(self) -> tuple[Finding, ...]:
        """One finding a quote: what is confirmed by name is confirmed wherever it stands."""
        told = {one.quote: one for one in reversed(self.inspected.blocking) if one.confirmable}
        return tuple(reversed(told.values()))

    @property
    def is_ready(self) -> bool:
        return self.seen and not self.refusing and {one.quote for one in self.to_confirm} <= self.confirmed


class ApproveDialog(Dialog):
    """One item, or several one after the other; each is read to its end before all are approved.

    ``approved`` carries the items that were approved, as a list.
    """

    approved = Signal(list)

    def __init__(self, desk: Desk, item_ids: Sequence[int], parent: QWidget) -> None:
        super().__init__(desk.t("ui.approve.title", count=len(item_ids)), parent)
        self.desk = desk
        self._sheets: list[_Sheet] = []
        self._place = 0
        self._busy = False
        self._notice = ""
        self.at_least(desk.theme.px(660), desk.theme.px(520))
        # As much of the exact text in sight as there is room for: it is read to its end.
        room = parent.window().height() - SPACE[8]
        self.resize(self.minimumWidth(), max(self.minimumHeight(), min(desk.theme.px(640), room)))
        self._fill(len(item_ids))
        self._load(tuple(item_ids))

    def _fill(self, count: int) -> None:
        desk, t = self.desk, self.desk.t
        self.where = QGridLayout()
        self.where.setHorizontalSpacing(SPACE[4])
        self.where.setVerticalSpacing(SPACE[1])
        self.where.setColumnStretch(1, 1)
        self.where.setColumnStretch(3, 1)
        ground = card()
        column(self.where, margins=(4, 3, 4, 3), parent=ground)
        self.exact = label(t("ui.approve.exact"), "strong", wrap=True)
        self.bytes = label("", "small", wrap=True)
        self.text = ExactText(desk.theme, t("ui.approve.exact"))
        self.text.setMinimumHeight(desk.theme.px(120))
        self.text.end_seen.connect(self._seen)
        self.hidden = label("", tone="warn", wrap=True)
        self.findings = FindingsList(desk.theme, t, few=3, links=False)
        self.confirms: QVBoxLayout = column(space=2)
        self.why_not = label("", "muted", wrap=True)
        for part in (ground, column(self.exact, self.bytes, space=1)):
            if isinstance(part, QWidget):
                self.body.addWidget(part)
            else:
                self.body.addLayout(part)
        self.body.addWidget(self.text, 1)
        self.body.addWidget(self.hidden)
        self.body.addWidget(self.findings)
        self.body.addLayout(self.confirms)
        self.body.addWidget(self.why_not)
        self.hidden.hide()
        self.findings.hide()
        self._add_buttons(count)

    def _add_buttons(self, count: int) -> None:
        desk, t = self.desk, self.desk.t
        self.before = button(t("ui.approve.before"), icon_name="arrow-left", run=lambda: self._turn(-1))
        self.after = button(t("ui.approve.after"), icon_name="arrow-right", run=lambda: self._turn(1))
        self.count = label("", "muted")
        self.yes = button(t("ui.approve.yes", count=count), "primary", run=self._approve)
        self.yes.setEnabled(False)
        for made in (self.before, self.after, self.count):
            made.setVisible(count > 1)
        self._lines.addLayout(
            row(self.before, self.after, self.count, 1, button(t("ui.cancel"), run=self.reject), self.yes)
        )
        group = t("ui.group.dialog")
        add = desk.actions.add
        yes = add(self, "approve.yes", self.yes.text(), self._approve, group=group, keys="Ctrl+Return", listed=False)
        after = add(self, "approve.after", self.after.text(), lambda: self._turn(1), group=group,
                    keys=("Ctrl+PgDown", "Alt+Right"), listed=False)  # fmt: skip
        before = add(self, "approve.before", self.before.text(), lambda: self._turn(-1), group=group,
                     keys=("Ctrl+PgUp", "Alt+Left"), listed=False)  # fmt: skip
        for made, action in ((self.yes, yes), (self.after, after), (self.before, before)):
            made.setToolTip(f"{action.text()} ({shown_keys(action)})")

    def _load(self, item_ids: tuple[int, ...], then_say: str = "") -> None:
        known = {one.outgoing.sha256: one for one in self._sheets}

        async def work(copilot: Copilot) -> list[_Sheet]:
            return [_Sheet(await copilot.review.bytes_of(one), await copilot.review.show(one)) for one in item_ids]

        def loaded(sheets: list[_Sheet]) -> None:
            # What was read and did not change since was read.
            for one in sheets:
                if (same := known.get(one.outgoing.sha256)) and same.outgoing.item_id == one.outgoing.item_id:
                    one.seen, one.confirmed = same.seen, same.confirmed
            self._busy = False
            self._sheets = sheets
            first = next((place for place, one in enumerate(sheets) if not one.seen), 0)
            self._notice = then_say
            self._show(first)

        self.desk.run(work, loaded, self._failed, owner=self)

    def _turn(self, step: int) -> None:
        if self._sheets:
            self._notice = ""
            self._show(max(0, min(len(self._sheets) - 1, self._place + step)))

    def _show(self, place: int) -> None:
        self._place = place
        sheet = self._sheets[place]
        t, out = self.desk.t, sheet.outgoing
        self._show_where(sheet)
        self.bytes.setText(t("ui.approve.exact_bytes", count=out.size_bytes, hash=out.sha256[:12]))
        self.text.show_exact(out.text)
        hidden = self.text.hidden_count
        self.hidden.setText(t("ui.approve.hidden", count=hidden))
        self.hidden.setVisible(hidden > 0)
        self.findings.show_findings([one for one in sheet.inspected.findings if not one.confirmable])
        self._show_confirms(sheet)
        self.count.setText(t("ui.approve.place", place=place + 1, total=len(self._sheets)))
        self.before.setEnabled(place > 0)
        self.after.setEnabled(place < len(self._sheets) - 1)
        self.text.setFocus()
        self._follow()

    def _show_where(self, sheet: _Sheet) -> None:
        clear(self.where)
        t, out, item = self.desk.t, sheet.outgoing, sheet.inspected.item
        facts = [
            (t("ui.approve.network"), out.network),
            (t("ui.approve.kind"), t(f"ui.kind.{out.kind.value}")),
            (t("ui.approve.account"), out.account or t("ui.approve.no_account")),
        ]
        if item.planned:
            from ui.dates import planned_shown

            facts.append((t("ui.approve.planned"), planned_shown(item.planned, t.language)))
        if out.media:
            facts.append((t("ui.approve.media"), t.number(len(out.media))))
        for at, (name, value) in enumerate(facts):
            self._say_where(name, value, at // 2, at % 2)
        if (message := sheet.inspected.message) is not None:
            from ui.widgets.message_words import author_shown, beginning

            # The last guard against a reply that goes to another message: who is answered, and what they said.
            who, words = author_shown(message.author, t), beginning(message.text, ANSWERED)
            self._say_where(t("ui.approve.answers"), f"{who} : {words}", (len(facts) + 1) // 2, 0, wide=True)

    def _say_where(self, name: str, value: str, line: int, side: int, *, wide: bool = False) -> None:
        said = label(value, "strong", wrap=True, selectable=True)
        said.setAccessibleName(f"{name} : {value}")
        self.where.addWidget(label(name, "muted"), line, 2 * side)
        self.where.addWidget(said, line, 2 * side + 1, 1, 3 if wide else 1)

    def _show_confirms(self, sheet: _Sheet) -> None:
        clear(self.confirms)
        for one in sheet.to_confirm:
            self.confirms.addLayout(self._confirm_line(sheet, one))

    def _confirm_line(self, sheet: _Sheet, finding: Finding) -> QVBoxLayout:
        made = QCheckBox(self.desk.t("ui.approve.confirm", quote=finding.quote).replace("&", "&&"))
        made.setChecked(finding.quote in sheet.confirmed)
        why = label(self.desk.t.wording(finding.wording), "small", wrap=True)
        made.setAccessibleDescription(why.text())

        def toggled(checked: bool) -> None:
            self._notice = ""
            (sheet.confirmed.add if checked else sheet.confirmed.discard)(finding.quote)
            self._follow()

        made.toggled.connect(toggled)
        return column(made, why, space=0)

    def _seen(self) -> None:
        """A text is seen once its end was on screen."""
        if self._sheets and not self._sheets[self._place].seen:
            self._sheets[self._place].seen = True
            self._follow()

    def _follow(self) -> None:
        t, sheets = self.desk.t, self._sheets
        self.yes.setEnabled(not self._busy and bool(sheets) and all(one.is_ready for one in sheets))
        several = len(sheets) > 1
        if self._notice:
            self._say(self._notice, "danger")
        elif refusing := len(sheets[self._place].refusing):
            self._say(t("ui.approve.blocked", count=refusing), "danger")
        elif any(one.refusing for one in sheets):
            self._say(t("ui.approve.another_blocked"), "danger")
        elif left := sum(not one.seen for one in sheets):
            self._say(t("ui.approve.read_all", count=left) if several else t("ui.approve.read_one"))
        elif sheets and not all(one.is_ready for one in sheets):
            self._say(t("ui.approve.confirm_first"))
        else:
            self._say(t("ui.approve.ready", keys=_ctrl_return()))

    def _say(self, text: str, tone: str = "") -> None:
        self.why_not.setText(text)
        restyle(self.why_not, tone=tone, type="muted" if not tone else "")

    def _approve(self) -> None:
        if self._busy or not self._sheets or not self.yes.isEnabled():
            return
        self._busy = True
        self.yes.setEnabled(False)
        person, sheets, desk = self.desk.person, list(self._sheets), self.desk

        async def work(copilot: Copilot) -> tuple[list[Inspected], RepliqueError | None]:
            done: list[Inspected] = []
            for one in sheets:
                out = one.outgoing
                try:
                    done.append(
                        await copilot.review.decide(
                            out.item_id,
                            Action.APPROVE,
                            by=person,
                            seen_hash=out.sha256,
                            confirmed=tuple(sorted(one.confirmed)),
                        )
                    )
                except RepliqueError as error:
                    return done, error
            return done, None

        # Owned by the desk: what was decided is told even when the dialog was closed meanwhile.
        def decided(told: tuple[list[Inspected], RepliqueError | None]) -> None:
            self._decided(told)

        def failed(error: Exception) -> None:
            self._failed(error)

        desk.run(work, decided, failed)

    def _decided(self, told: tuple[list[Inspected], RepliqueError | None]) -> None:
        done, error = told
        here = shiboken6.isValid(self)
        if done:
            if here:
                self.approved.emit(done)
            self.desk.announce(Changes(items=frozenset(one.item.id for one in done)))
        if not here:
            if error is not None:
                self.desk.tell_error(error)
        elif error is None:
            self.accept()
        else:
            approved = {one.item.id for one in done}
            left = tuple(one.outgoing.item_id for one in self._sheets if one.outgoing.item_id not in approved)
            self._load(left, self._sentence(error))

    def _sentence(self, error: RepliqueError) -> str:
        if error.kind == "review.unsaved_edit":
            return self.desk.t("ui.approve.changed")
        return self.desk.t.error(error)

    def _failed(self, error: Exception) -> None:
        here = shiboken6.isValid(self)
        if here and isinstance(error, RepliqueError) and not isinstance(error, Bug):
            self._busy = False
            self._say(self.desk.t.error(error), "danger")
            return
        self.desk.tell_error(error)
        if here:
            self.reject()


def _ctrl_return() -> str:
    from PySide6.QtGui import QKeySequence

    return QKeySequence("Ctrl+Return").toString(QKeySequence.SequenceFormat.NativeText)

"""A decision on one message or on several: what, on what ground, what its author may be told, with the evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from copilot.domain.moderation import RESTRICTIONS, ModerationAction, ModerationAsked
from ui.actions import shown_keys
from ui.desk import Desk
from ui.dialogs._deciding_form import DecidingForm
from ui.dialogs._evidence import EvidenceCard
from ui.dialogs.base import Dialog
from ui.tokens import SPACE
from ui.widgets.basic import button, column, label, restyle, row, scrolled

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.domain.brand import Brand
    from copilot.domain.inbox import InboxRow
    from copilot.domain.moderation import LegalCategory, Moderation, Statement, Suggestion
    from ui.runner import Job

#: Messages that one decision can be taken on, and those of them looked at for warnings before it is.
MOST, LOOKED_AT = 5_000, 200
#: Messages brought at a time.
AT_ONCE = 200
#: Milliseconds from the last change to a new preview.
REST = 120


@dataclass(frozen=True, slots=True)
class Case:
    """What is decided on: the first message in full, the ids that are not ours, the charter that holds."""

    first: InboxRow
    ids: tuple[int, ...]
    ours: int
    brand: Brand | None
    suggestion: Suggestion
    categories: tuple[LegalCategory, ...]


class ModerateDialog(Dialog):
    """``decided`` carries the decisions taken, as stored."""

    decided = Signal(object)

    def __init__(self, desk: Desk, ids: Sequence[int], brand: Brand | None, parent: QWidget) -> None:
        t = desk.t
        super().__init__(t("ui.moderate.title", count=len(ids)), parent)
        self._desk = desk
        self._brand = brand
        self._case: Case | None = None
        self._previewing: Job | None = None
        self._is_deciding = False
        self.evidence = EvidenceCard(desk)
        self.form = DecidingForm(desk)
        self.warnings = label("", tone="warn", wrap=True, selectable=True)
        self.error = label("", tone="danger", wrap=True)
        self.note = label(t("ui.moderate.aid"), "small", wrap=True)
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._rest.timeout.connect(self._preview)
        self._lay_out()
        self._add_buttons()
        self.form.changed.connect(self._rest.start)
        self.form.action.chosen.connect(lambda _value: self._follow())
        self.evidence.quoted.connect(self.form.quote)
        self._follow()
        self._load(tuple(ids))

    def reject(self) -> None:
        """A decision under way is finished first: nobody would know whether it was taken."""
        if not self._is_deciding:
            super().reject()

    def asked(self) -> ModerationAsked | None:
        """The decision as it stands in the form, None until the messages are here."""
        if self._case is None:
            return None
        brand = self._case.brand
        return ModerationAsked(
            message_ids=self._case.ids,
            action=self.form.chosen,
            by=self._desk.person,
            clause=self.form.clause_id,
            category=self.form.category_key,
            facts=self.form.facts.text().strip(),
            brand_id=brand.id if brand else "",
            reason=self.form.own_reason,
            language=self.form.language_asked,
        )

    # What it is about.

    def _load(self, ids: tuple[int, ...]) -> None:
        brand = self._brand

        async def work(copilot: Copilot) -> Case | None:
            return await _case(copilot, ids, brand)

        def loaded(case: Case | None) -> None:
            if case is None:
                self._desk.tell("info", self._desk.t("ui.moderate.ours"))
                self.reject()
                return
            self._show_case(case)

        def failed(error: Exception) -> None:
            self._desk.tell_error(error)
            self.reject()

        self._desk.run(work, loaded, failed, owner=self)

    def _show_case(self, case: Case) -> None:
        self._case = case
        t = self._desk.t
        self.heading.setText(t("ui.moderate.title", count=len(case.ids)))
        self.evidence.show_case(case.first, len(case.ids), case.ours)
        # First: a form that is off takes no focus.
        self._follow()
        self.form.show_case(case.suggestion, case.brand, case.categories, is_group=len(case.ids) > 1)
        self._follow()
        self._preview()

    def _preview(self) -> None:
        """The decision as it would be kept: its reason, and what speaks against it."""
        self._rest.stop()
        asked = self.asked()
        if asked is None or self._is_deciding:
            return
        if self._previewing is not None:
            self._previewing.cancel()
        some = replace(asked, message_ids=asked.message_ids[:LOOKED_AT])
        self._previewing = self._desk.run(
            lambda copilot: copilot.moderation.prepare(some), self._show_preview, self._refused, owner=self
        )

    def _show_preview(self, told: tuple[Moderation, ...]) -> None:
        t = self._desk.t
        self._say("")
        self.form.show_prepared(told[0])
        self.evidence.show_evidence(told[0])
        counted = Counter(t.wording(one) for moderation in told for one in moderation.warnings)
        several = len(told) > 1
        lines = [
            t("ui.moderate.warning.several", warning=text, count=count) if several else text
            for text, count in counted.most_common(6)
        ]
        self.warnings.setText("\n".join(lines))
        self.warnings.setVisible(bool(lines))
        self.form.hosted.setVisible(told[0].hosted and told[0].action in RESTRICTIONS)
        self._follow()

    # What is done.

    def _decide(self) -> None:
        asked = self.asked()
        if asked is None or self._is_deciding:
            return
        self._is_deciding = True
        self._rest.stop()
        self._say("")
        self._follow()

        def done(told: tuple[Moderation, ...]) -> None:
            self._is_deciding = False
            self.decided.emit(told)
            self.accept()

        def failed(error: Exception) -> None:
            self._is_deciding = False
            self._refused(error)
            self._follow()

        self._desk.run(lambda copilot: copilot.moderation.decide(asked), done, failed, owner=self)

    def _show_statement(self) -> None:
        from ui.dialogs.statement import StatementDialog

        asked = self.asked()
        if asked is None or self._why_no_statement():
            return

        async def foreseen(copilot: Copilot, _facts: str) -> Statement | None:
            return await copilot.moderation.foreseen(asked)

        StatementDialog(self._desk, foreseen, self).open()

    def _why_no_statement(self) -> str:
        t = self._desk.t
        if self.form.chosen not in RESTRICTIONS:
            return t("ui.moderate.statement.no_restriction")
        if not (self.form.clause_id or self.form.category_key):
            return t("ui.moderate.statement.no_ground")
        return ""

    def _follow(self) -> None:
        t, is_here = self._desk.t, self._case is not None
        self.form.setEnabled(is_here and not self._is_deciding)
        self.yes.setText(t(f"ui.moderate.yes.{self.form.chosen.value}"))
        self.yes.setAccessibleName(self.yes.text())
        self.yes.setEnabled(is_here and not self._is_deciding)
        restyle(self.yes, kind="primary")
        why_not = self._why_no_statement()
        self.statement.setEnabled(is_here and not why_not)
        self.statement.setToolTip(why_not)
        self.statement.setAccessibleDescription(why_not)

    def _refused(self, error: Exception) -> None:
        from copilot.errors import Bug, RepliqueError

        if isinstance(error, RepliqueError) and not isinstance(error, Bug):
            self._say(self._desk.t.error(error))
        else:
            self._desk.tell_error(error)

    def _say(self, text: str) -> None:
        self.error.setText(text)
        self.error.setVisible(bool(text))

    # How it looks.

    def _lay_out(self) -> None:
        theme = self._desk.theme
        self.at_least(theme.px(720), theme.px(420))
        room = (self.parentWidget() or self).window().height() - SPACE[8]
        self.resize(self.minimumWidth(), max(self.minimumHeight(), min(theme.px(760), room)))
        inside = QWidget()
        column(self.evidence, self.form, 1, space=3, margins=(0, 0, 2, 0), parent=inside)
        self.body.addWidget(scrolled(inside, self.windowTitle()), 1)
        self.body.addLayout(column(self.warnings, self.error, self.note, space=1))
        self.warnings.hide()
        self.error.hide()

    def _add_buttons(self) -> None:
        t = self._desk.t
        self.statement = button(t("ui.moderate.statement"), icon_name="file-text", run=self._show_statement)
        self.yes = button("", "primary", run=self._decide)
        self._lines.addLayout(row(self.statement, 1, button(t("ui.cancel"), run=self.reject), self.yes))
        yes = self._desk.actions.add(
            self, "moderate.yes", t("ui.moderate.decide"), self._decide, group=t("ui.group.dialog"),
            keys="Ctrl+Return", listed=False,
        )  # fmt: skip
        self.yes.setToolTip(f"{yes.text()} ({shown_keys(yes)})")
        for place, action in enumerate(ModerationAction, 1):
            self._desk.actions.add(
                self.form.action, f"moderate.{action.value}", t(f"ui.moderate.action.{action.value}"),
                partial(self.form.choose, action), group=t("ui.group.dialog"), keys=str(place),
                listed=False,
            )  # fmt: skip


async def _case(copilot: Copilot, ids: tuple[int, ...], brand: Brand | None) -> Case | None:
    """The messages to decide on; None when all of them are ours."""
    rows: list[InboxRow] = []
    for start in range(0, len(ids), AT_ONCE):
        rows += await copilot.inbox.rows(ids[start : start + AT_ONCE])
    others = [one for one in rows if not one.message.author.is_owner]
    if not others:
        return None
    first = others[0]
    told = await copilot.inbox.conversation(first.message.id, 0, 0)
    if told.thread.brand_id:
        brand = await copilot.brands.get(told.thread.brand_id)
    service = copilot.moderation
    return Case(
        first=first,
        ids=tuple(one.message.id for one in others),
        ours=len(rows) - len(others),
        brand=brand,
        suggestion=await service.propose(first.message.id, brand_id=brand.id if brand else ""),
        categories=service.categories(),
    )

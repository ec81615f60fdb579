"""Edits one item: its text and hashtags, with the counter and the findings of the text as typed.

What is typed is kept within a second as a working copy; it becomes a version of the item when the person
leaves the editor, decides, or rests. Undo goes through all of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QTimer, Signal

from copilot.domain.claim import JudgedClaim
from copilot.domain.finding import Severity
from copilot.domain.item import NEEDS_APPROVAL, Item
from copilot.errors import RepliqueError
from ui.desk import Changes, Desk
from ui.widgets.basic import column, row
from ui.widgets.claims_panel import ClaimsPanel
from ui.widgets.counter import Counter
from ui.widgets.finding_walk import FindingWalk
from ui.widgets.findings import FindingsList, marks_of
from ui.widgets.item_words import CLOSED, ItemWords, key_of, tags_of

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.services.inspection import Inspected
    from ui.runner import Job

#: Milliseconds from the last key to the checks, and to a version made without leaving the editor.
CHECK, REST = 150, 20_000


class ItemEditor(ItemWords):
    """Shows one item at a time; late news of another one is dropped."""

    inspected = Signal(object)  # Inspected: the text as typed, checked
    committed = Signal(object)  # Inspected: a new version is stored

    def __init__(self, desk: Desk, *, owner_name: str = "", compact: bool = False) -> None:
        super().__init__(desk, owner_name or desk.t("ui.item.text"), compact=compact)
        t = desk.t
        self._shown: Inspected | None = None
        self._checking: Job | None = None
        self._committing = False
        self._again = False
        self._then: list[Callable[[Inspected], None]] = []
        self.counter = Counter(t)
        self.findings = FindingsList(desk.theme, t)
        self.claims = ClaimsPanel(desk)
        foot = row(self.counter, self.saved)
        foot.setStretch(0, 1)
        column(self.editor, self.chips, foot, self.findings, self.claims, None if compact else 1, space=2, parent=self)
        self._check_timer = QTimer(self, singleShot=True, interval=CHECK)
        self._check_timer.timeout.connect(self._check)
        self._rest_timer = QTimer(self, singleShot=True, interval=REST)
        self._rest_timer.timeout.connect(self._commit_alone)
        self.edited.connect(self._check_timer.start)
        self.edited.connect(self._rest_timer.start)
        self.editor.left.connect(self._commit_alone)
        self.editor.paste_cut.connect(lambda count: desk.tell("warn", t("ui.item.paste_cut", count=count)))
        self.walk = FindingWalk(
            desk,
            self,
            self.editor,
            self.findings,
            fresh=self.is_checked,
            mend_all=self.mend_all,
            language=lambda: self.item.language if self.item else "",
            know=self._know_word,
        )
        self.claims.chosen.connect(self._see_claim)
        self.claims.source_asked.connect(self._read_source)
        self.clear()

    @property
    def shown(self) -> Inspected | None:
        """The checks of the text as typed, as far as they came."""
        return self._shown

    def clear(self) -> None:
        """Show nothing."""
        self._let_go()
        self._stored = self._shown = None
        self.editor.show_text("")
        self.chips.show_tags(())
        self.chips.follow(None)
        self.counter.show_measure(None)
        self.findings.show_findings(())
        self.claims.clear()
        self.saved.setText("")
        self.set_read_only(True)

    def show_item(self, inspected: Inspected) -> None:
        """Turn to an item. The same item again only takes what is new, and never what is being typed."""
        if self._stored is not None and self.item_id == inspected.item.id and self._takes_in(inspected):
            return
        self._let_go()
        self._stored = inspected
        self._autosave.follow(key_of(inspected.item.id), inspected.item.revision)
        self.editor.show_text(inspected.item.text)
        self.chips.show_tags(inspected.item.hashtags)
        self._follow_status(inspected.item)
        self._show_checks(inspected)
        self.saved.setText("")
        self._lay_over_working_copy(inspected.item)

    def _takes_in(self, inspected: Inspected) -> bool:
        """Take what is new of the item on show, without touching the text; False when the text must be replaced."""
        stored = self._stored
        if stored is None or self._committing:
            return True
        new, old = inspected.item, stored.item
        if self._touched:
            # Somebody else may have changed it: committing tells, by the revision we started from.
            if new.revision == old.revision:
                self._stored = inspected
                self._follow_status(new)
            return True
        if new.revision < old.revision or inspected == stored == self._shown:
            return True  # late news, or none
        if new.revision != old.revision and not _same_words(new, old):
            return False
        self._stored = inspected
        self._autosave.follow(key_of(new.id), new.revision)
        self._show_checks(inspected)
        self._follow_status(new)
        return True

    def begin_stream(self) -> None:
        """A text for no item yet comes in pieces."""
        self.clear()
        self.editor.begin_stream()

    def append_stream(self, text: str) -> None:
        """A piece of it."""
        self.editor.append_stream(text)

    def end_stream(self, inspected: Inspected | None) -> None:
        """It is whole: the item it became, or None when it failed."""
        self.editor.end_stream()
        if inspected is not None:
            self.show_item(inspected)
        else:
            self.set_read_only(True)

    def commit(self, then: Callable[[Inspected], None] | None = None) -> None:
        """Make what is typed a version, then run ``then`` with the item as stored; at once when nothing changed.

        When it fails the reason is told, ``then`` does not run, and what is typed stays.
        """
        self._rest_timer.stop()
        stored = self._stored
        if stored is None:
            return
        self._held = False
        if then is not None:
            self._then.append(then)
        if self._committing:
            self._again = True
            return
        self._again = False
        if not self._touched:
            self._run_then(stored)
            return
        self._committing = True
        item, text, tags, person = stored.item, self.text(), self.hashtags(), self.desk.person

        async def work(copilot: Copilot) -> Inspected:
            from copilot.services.review import Edit

            done = await copilot.review.edit(item.id, Edit(text=text, hashtags=tags), by=person, revision=item.revision)
            await copilot.working.drop(key_of(item.id))
            return done

        # Owned by the desk: a version under way is finished even when the screen goes.
        self.desk.run(work, lambda done: self._stored_as(done, text, tags), lambda error: self._refused(item.id, error))

    def mend_all(self) -> None:
        """Apply every fix that changes no word, as one step that the person can undo."""
        stored = self._stored
        if stored is None or self.editor.isReadOnly():
            return
        item_id, text, tags = stored.item.id, self.text(), self.hashtags()

        async def work(copilot: Copilot) -> str:
            from copilot.services.review import Edit

            return await copilot.review.mended(item_id, Edit(text=text, hashtags=tags))

        def done(mended: str) -> None:
            if self.item_id != item_id or self.text() != text:
                return
            if mended == text:
                self.desk.tell("info", self.desk.t("ui.findings.nothing_to_fix"))
            else:
                self.set_text_undoable(mended)
                self.editor.setFocus()

        self.desk.run(work, done, owner=self)

    def _let_go(self) -> None:
        """Leave the item on show: what was typed is kept under its own key, then made a version."""
        self._autosave.follow("")
        self._then.clear()
        self._commit_alone()
        self._touched = self._committing = self._held = self._again = False
        self._rest_timer.stop()
        self._check_timer.stop()
        if self._checking is not None:
            self._checking.cancel()
            self._checking = None

    def _commit_alone(self) -> None:
        """The person left, or rests: what is typed becomes a version, unless one was refused."""
        if self._touched and not self._held:
            self.commit()

    def _check(self) -> None:
        stored = self._stored
        if stored is None:
            return
        item_id, text, tags = stored.item.id, self.text(), self.hashtags()
        if self._checking is not None:
            self._checking.cancel()

        async def work(copilot: Copilot) -> Inspected:
            from copilot.services.review import Edit

            return await copilot.review.preview(item_id, Edit(text=text, hashtags=tags))

        def done(checked: Inspected) -> None:
            if self.item_id == item_id and self.text() == text and self.hashtags() == tags:
                self._show_checks(checked)
                self._let_lapse()

        self._checking = self.desk.run(work, done, self._not_checked, owner=self)

    def _let_lapse(self) -> None:
        """An approval never stands beside a text that is no longer what was approved."""
        approved = self._stored is not None and self._stored.item.status in NEEDS_APPROVAL
        if approved and self._touched and not self._held and not self._committing:
            self.commit(lambda _done: self.desk.tell("warn", self.desk.t("ui.item.lapsed")))

    def _not_checked(self, error: Exception) -> None:
        if isinstance(error, RepliqueError):
            self.saved.setText(self.desk.t.error(error))
        else:
            self.desk.tell_error(error)

    def _show_checks(self, checked: Inspected) -> None:
        self._shown = checked
        self.counter.show_measure(checked.measure, checked.item)
        self.chips.follow(checked.item)
        self.findings.show_findings(checked.findings)
        text = self.text()
        if checked.item.text == text:
            over = checked.measure.overflow_at
            self.editor.set_marks(marks_of(checked.findings, over, len(text), self.desk.t))
            self.claims.follow(checked.item.id, text)
        self.inspected.emit(checked)

    def _stored_as(self, done: Inspected, text: str, tags: tuple[str, ...]) -> None:
        if shiboken6.isValid(self) and self.item_id == done.item.id:
            self._committing = False
            self._stored = done
            still = self.text() == text and self.hashtags() == tags
            self._touched = not still
            self._autosave.follow(key_of(done.item.id), done.item.revision)
            self._follow_status(done.item)
            if still:
                self._autosave.forget()
                self.saved.setText(self.desk.t("ui.item.saved"))
                self._show_checks(done)
            else:
                # Typed meanwhile: kept again, as typed over this version.
                self._autosave.touched()
            self.committed.emit(done)
            if still:
                self._run_then(done)
            elif self._then or self._again:
                # What waits decides on what is on screen: that is a version first.
                self.commit()
        self.desk.announce(Changes(items=frozenset({done.item.id})))

    def _refused(self, item_id: int, error: Exception) -> None:
        here = shiboken6.isValid(self) and self.item_id == item_id
        if here:
            self._committing = False
            self._held = True
            self._then.clear()
            self._rest_timer.stop()
            self._autosave.touched()
        changed_elsewhere = isinstance(error, RepliqueError) and error.kind == "review.edited_meanwhile"
        if changed_elsewhere and here:
            self._meet_other(item_id)
        else:
            self.desk.tell_error(error)

    def _run_then(self, stored: Inspected) -> None:
        waiting, self._then = self._then, []
        for one in waiting:
            one(stored)

    def is_checked(self) -> bool:
        """True while the findings are those of the text on screen."""
        return self._shown is not None and self._shown.item.text == self.text()

    def _know_word(self, word: str) -> None:
        """The brand's own word from now on: its texts are checked anew."""
        item, t = self.item, self.desk.t
        if item is None or not item.brand_id:
            self.desk.tell("info", t("ui.findings.no_brand"))
            return
        brand_id, person = item.brand_id, self.desk.person

        def done(_brand: object) -> None:
            self.desk.tell("ok", t("ui.findings.known", text=word))
            self.desk.announce(Changes(brands=True))
            if shiboken6.isValid(self):
                self._check()

        self.desk.run(lambda copilot: copilot.brands.know_word(brand_id, word, by=person), done)

    def _see_claim(self, judged: JudgedClaim) -> None:
        sheet = self.claims.sheet
        if sheet is not None and sheet.item.text == self.text():
            self.editor.select(judged.claim.start, judged.claim.end)
        self.editor.setFocus()

    def _read_source(self, judged: JudgedClaim) -> None:
        from ui.dialogs.source import SourceDialog

        sheet = self.claims.sheet
        found = next((one for one in sheet.sources if one.name == judged.source), None) if sheet else None
        if found is not None:
            SourceDialog(self.desk, judged, found, self).open()


def _same_words(one: Item, other: Item) -> bool:
    return one.text == other.text and tags_of(one) == tags_of(other)


def blocks(inspected: Inspected) -> bool:
    """True when a finding that nobody can lift forbids the approval."""
    return any(one.severity is Severity.BLOCKS and not one.confirmable for one in inspected.findings)


__all__ = ["CLOSED", "ItemEditor", "blocks", "key_of"]

"""Edits one item: its text and hashtags, with the counter and the findings of the text as typed.

What is typed is kept within a second as a working copy; it becomes a version of the item when the person
leaves the editor, decides, or rests. Undo goes through all of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from copilot.domain.finding import Finding, Severity
from copilot.domain.item import NEEDS_APPROVAL, Item, Status
from copilot.domain.post import Hashtag
from copilot.domain.wording import Wording
from copilot.errors import RepliqueError
from ui.autosave import Autosave
from ui.desk import Changes, Desk
from ui.widgets.basic import column, label, row
from ui.widgets.counter import Counter
from ui.widgets.findings import FindingsList, marks_of
from ui.widgets.hashtag_chips import HashtagChips
from ui.widgets.text_editor import TextEditor

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.domain.working import WorkingCopy
    from copilot.services.inspection import Inspected
    from ui.runner import Job

#: Milliseconds from the last key to the checks, and to a version made without leaving the editor.
CHECK, REST = 150, 20_000
#: Nothing can be typed into an item that left, or that was put away.
CLOSED = frozenset({Status.PUBLISHING, Status.PUBLISHED, Status.UNKNOWN, Status.ARCHIVED})


def key_of(item_id: int) -> str:
    """The key of an item's working copy."""
    return f"item:{item_id}"


class ItemEditor(QWidget):
    """Shows one item at a time; late news of another one is dropped."""

    inspected = Signal(object)  # Inspected: the text as typed, checked
    edited = Signal()  # the person changed something
    committed = Signal(object)  # Inspected: a new version is stored

    def __init__(self, desk: Desk, *, owner_name: str = "", compact: bool = False) -> None:
        super().__init__()
        self.desk = desk
        t = desk.t
        self._stored: Inspected | None = None
        self._shown: Inspected | None = None
        self._touched = False
        self._checking: Job | None = None
        self._committing = False
        # After a refusal nothing is committed by itself: the person read why, and acts.
        self._held = False
        self._then: list[Callable[[Inspected], None]] = []
        self.editor = TextEditor(
            desk.theme, owner_name or t("ui.item.text"), smallest_lines=3 if compact else 5, grows=not compact
        )
        self.chips = HashtagChips(t)
        self.counter = Counter(t)
        self.saved = label("", "small")
        self.findings = FindingsList(desk.theme, t)
        foot = row(self.counter, 1, self.saved)
        column(self.editor, self.chips, foot, self.findings, space=2, parent=self)
        self._autosave = Autosave(desk, self, self._body)
        self._check_timer = QTimer(self, singleShot=True, interval=CHECK)
        self._check_timer.timeout.connect(self._check)
        self._rest_timer = QTimer(self, singleShot=True, interval=REST)
        self._rest_timer.timeout.connect(self._commit_alone)
        self.editor.changed_by_hand.connect(self._typed)
        self.editor.left.connect(self._commit_alone)
        self.editor.paste_cut.connect(lambda count: desk.tell("warn", t("ui.item.paste_cut", count=count)))
        self.chips.changed_by_hand.connect(self._typed)
        self.findings.chosen.connect(self._see)
        self.findings.fix_asked.connect(self._fix)
        self._next_finding = -1
        desk.actions.add(
            self, "item.next_finding", t("ui.findings.next"), self.next_finding, group=t("ui.group.text"), keys="F8",
            icon_name="triangle-alert", listed=False,
        )  # fmt: skip
        self.clear()

    @property
    def item(self) -> Item | None:
        """The item as stored."""
        return self._stored.item if self._stored else None

    @property
    def item_id(self) -> int | None:
        """The item on show."""
        return self._stored.item.id if self._stored else None

    @property
    def shown(self) -> Inspected | None:
        """The checks of the text as typed, as far as they came."""
        return self._shown

    @property
    def is_touched(self) -> bool:
        """True while the text differs from the stored version."""
        return self._touched

    def text(self) -> str:
        """The text as typed."""
        return self.editor.text()

    def hashtags(self) -> tuple[str, ...]:
        """The tags as they are on screen, without #."""
        return self.chips.tags()

    def clear(self) -> None:
        """Show nothing."""
        self._let_go()
        self._stored = self._shown = None
        self.editor.show_text("")
        self.chips.show_tags(())
        self.counter.show_measure(None)
        self.findings.show_findings(())
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
        if new.revision < old.revision:
            return True  # late news
        if new.revision != old.revision and not _same_words(new, old):
            return False
        self._stored = inspected
        self._autosave.follow(key_of(new.id), new.revision)
        self._show_checks(inspected)
        self._follow_status(new)
        return True

    def set_text_undoable(self, text: str) -> None:
        """Replace the text as the person would: one undo takes it back."""
        self.editor.replace_all_undoable(text)

    def insert_at_cursor(self, text: str) -> None:
        """Insert where the person types."""
        self.editor.insert_at_cursor(text)
        self.editor.setFocus()

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

    def set_read_only(self, read_only: bool) -> None:
        """Only to be looked at."""
        self.editor.setReadOnly(read_only)
        self.chips.set_read_only(read_only)

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
            return
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

    def next_finding(self) -> None:
        """Select the next passage that has a finding."""
        placed = [one for one in self.findings.findings if one.start < one.end]
        if placed:
            self._next_finding = (self._next_finding + 1) % len(placed)
            self._see(placed[self._next_finding])

    def _body(self) -> dict[str, Any]:
        return {"text": self.text(), "hashtags": list(self.hashtags())}

    def _let_go(self) -> None:
        """Leave the item on show: what was typed is kept under its own key, then made a version."""
        self._autosave.follow("")
        self._then.clear()
        self._commit_alone()
        self._touched = self._committing = self._held = False
        self._rest_timer.stop()
        self._check_timer.stop()
        self._next_finding = -1
        if self._checking is not None:
            self._checking.cancel()
            self._checking = None

    def _follow_status(self, item: Item) -> None:
        self.set_read_only(item.status in CLOSED)

    def _typed(self) -> None:
        if self._stored is None:
            return
        self._touched = self._differs(self._stored.item)
        self._held = False
        self._autosave.touched()
        self.saved.setText(self.desk.t("ui.item.typing") if self._touched else "")
        self._check_timer.start()
        self._rest_timer.start()
        self.edited.emit()

    def _differs(self, item: Item) -> bool:
        return self.text() != item.text or self.hashtags() != _tags(item)

    def _commit_alone(self) -> None:
        """The person left, or rests: what is typed becomes a version, unless one was refused."""
        if self._touched and not self._held:
            self.commit()

    def _lay_over_working_copy(self, item: Item) -> None:
        if item.status in CLOSED:
            return
        self.desk.run(
            lambda copilot: copilot.working.get(key_of(item.id)), lambda copy: self._found(copy, item), owner=self
        )

    def _found(self, copy: WorkingCopy | None, item: Item) -> None:
        """What was typed before a crash or a power cut is laid over the stored text, as a change to undo."""
        if copy is None or self._stored is None or self.item_id != item.id:
            return
        item = self._stored.item
        told, tags = copy.body.get("text"), copy.body.get("hashtags")
        if not isinstance(told, str):
            return
        text, t = told, self.desk.t
        kept = tuple(str(one) for one in tags) if isinstance(tags, list) else _tags(item)
        if text == item.text and kept == _tags(item):
            return
        if self._touched:
            # Typed before the copy came: neither is lost.
            self._offer(item.id, text, kept)
            return
        if copy.revision not in (None, item.revision):
            self.desk.tell("warn", t("ui.item.newer"), stays=True)
        self._lay_over(text, kept)
        self.saved.setText(t("ui.item.recovered"))

    def _offer(self, item_id: int, text: str, tags: tuple[str, ...]) -> None:
        def take() -> None:
            if shiboken6.isValid(self) and self.item_id == item_id:
                self._lay_over(text, tags)

        t = self.desk.t
        self.desk.tell("info", t("ui.item.recovered"), act_label=t("ui.item.take_back"), act=take, stays=True)

    def _lay_over(self, text: str, tags: tuple[str, ...]) -> None:
        known = {one.tag: one for one in self._stored.item.hashtags} if self._stored else {}
        own = Wording("hashtag.reason.person")
        self.chips.show_tags([known.get(one) or Hashtag(one, own) for one in tags])
        if text != self.text():
            self.set_text_undoable(text)
        else:
            self._typed()

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
        self.counter.show_measure(checked.measure)
        self.findings.show_findings(checked.findings)
        text = self.text()
        if checked.item.text == text:
            over = checked.measure.overflow_at
            self.editor.set_marks(marks_of(checked.findings, over, len(text)))
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
            elif self._then:
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

    def _meet_other(self, item_id: int) -> None:
        """Somebody stored another version: it is one undo away, and what is typed here stays on top of it."""

        def found(other: Inspected) -> None:
            if self.item_id != item_id:
                return
            mine, tags, held = self.text(), self.hashtags(), self.editor.textCursor().position()
            self._stored = other
            self._autosave.follow(key_of(item_id), other.item.revision)
            self._follow_status(other.item)
            if mine != other.item.text:
                self.editor.slip_under(other.item.text, held)
            self._touched = mine != other.item.text or tags != _tags(other.item)
            self._held = True
            if self._touched:
                self._autosave.touched()
            self.desk.tell("warn", self.desk.t("ui.item.newer"), stays=True)

        self.desk.run(lambda copilot: copilot.review.show(item_id), found, owner=self)

    def _run_then(self, stored: Inspected) -> None:
        waiting, self._then = self._then, []
        for one in waiting:
            one(stored)

    def _see(self, finding: Finding) -> None:
        self.editor.select(finding.start, finding.end)
        self.editor.setFocus()

    def _fix(self, finding: Finding) -> None:
        text = self.text()
        if finding.fix is None or self._shown is None or self._shown.item.text != text:
            return
        self.editor.select(finding.start, finding.end)
        self.editor.insert_at_cursor(finding.fix)
        self.editor.setFocus()


def _tags(item: Item) -> tuple[str, ...]:
    return tuple(one.tag for one in item.hashtags)


def _same_words(one: Item, other: Item) -> bool:
    return one.text == other.text and _tags(one) == _tags(other)


def blocks(inspected: Inspected) -> bool:
    """True when a finding that nobody can lift forbids the approval."""
    return any(one.severity is Severity.BLOCKS and not one.confirmable for one in inspected.findings)

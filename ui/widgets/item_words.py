"""The words of one item as they are typed: text and hashtags, kept within a second, found again after a crash."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from copilot.domain.item import Item, ItemVersion, Status
from copilot.domain.post import Hashtag
from copilot.domain.wording import Wording
from ui.autosave import Autosave
from ui.desk import Desk
from ui.widgets.basic import label
from ui.widgets.hashtag_chips import HashtagChips
from ui.widgets.text_editor import TextEditor

if TYPE_CHECKING:
    from copilot.domain.working import WorkingCopy
    from copilot.services.inspection import Inspected

#: Nothing can be typed into an item that left, or that was put away.
CLOSED = frozenset({Status.PUBLISHING, Status.PUBLISHED, Status.UNKNOWN, Status.ARCHIVED})


def key_of(item_id: int) -> str:
    """The key of an item's working copy."""
    return f"item:{item_id}"


def tags_of(item: Item) -> tuple[str, ...]:
    """The hashtags of an item, without #."""
    return tuple(one.tag for one in item.hashtags)


class ItemWords(QWidget):
    """What is typed of one item. It knows the stored version and what differs from it; it stores nothing itself."""

    edited = Signal()  # the person changed something

    def __init__(self, desk: Desk, name: str, *, compact: bool) -> None:
        super().__init__()
        self.desk = desk
        self._stored: Inspected | None = None
        self._touched = False
        # After a refusal nothing is committed by itself: the person read why, and acts.
        self._held = False
        self.editor = TextEditor(desk.theme, name, smallest_lines=3 if compact else 5, grows=not compact)
        self.chips = HashtagChips(desk, self)
        self.saved = label("", "small")
        self._autosave = Autosave(desk, self, self._body)
        self.editor.changed_by_hand.connect(self._typed)
        self.chips.changed_by_hand.connect(self._typed)

    @property
    def item(self) -> Item | None:
        """The item as stored."""
        return self._stored.item if self._stored else None

    @property
    def item_id(self) -> int | None:
        """The item on show."""
        return self._stored.item.id if self._stored else None

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

    def set_text_undoable(self, text: str) -> None:
        """Replace the text as the person would: one undo takes it back."""
        self.editor.replace_all_undoable(text)

    def restore_version(self, version: ItemVersion) -> None:
        """Bring an earlier version back, words and hashtags, as the person would: undo takes it away again."""
        if self.item_id == version.item_id:
            self._lay_over(version.text, version.hashtags)
            self.editor.setFocus()

    def insert_at_cursor(self, text: str) -> None:
        """Insert where the person types."""
        self.editor.insert_at_cursor(text)
        self.editor.setFocus()

    def set_read_only(self, read_only: bool) -> None:
        """Only to be looked at."""
        self.editor.setReadOnly(read_only)
        self.chips.set_read_only(read_only)

    def _body(self) -> dict[str, Any]:
        return {"text": self.text(), "hashtags": list(self.hashtags())}

    def _typed(self) -> None:
        if self._stored is None:
            return
        self._touched = self._differs(self._stored.item)
        self._held = False
        self._autosave.touched()
        self.saved.setText(self.desk.t("ui.item.typing") if self._touched else "")
        self.edited.emit()

    def _differs(self, item: Item) -> bool:
        return self.text() != item.text or self.hashtags() != tags_of(item)

    def _follow_status(self, item: Item) -> None:
        self.set_read_only(item.status in CLOSED)

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
        kept = tuple(str(one) for one in tags) if isinstance(tags, list) else tags_of(item)
        if text == item.text and kept == tags_of(item):
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
            self._touched = mine != other.item.text or tags != tags_of(other.item)
            self._held = True
            if self._touched:
                self._autosave.touched()
            self.desk.tell("warn", self.desk.t("ui.item.newer"), stays=True)

        self.desk.run(lambda copilot: copilot.review.show(item_id), found, owner=self)

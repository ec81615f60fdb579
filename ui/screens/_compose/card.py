"""One network's card: its variants, the editor of the one in front, its preview, what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal

from copilot.domain.item import Item
from copilot.domain.network import Network
from ui.screens._compose.card_frame import CardFrame
from ui.screens._compose.card_tools import CardTools
from ui.screens._compose.card_words import lapse_of, trouble_of
from ui.screens._compose.variants import UNNUMBERED, Stage, Variant
from ui.widgets.basic import restyle
from ui.widgets.status import show_status

if TYPE_CHECKING:
    from copilot.services.inspection import Inspected
    from copilot.services.posts import Composed
    from ui.desk import Desk

#: Milliseconds from a key to the preview.
PREVIEW_REST = 60


class Card(CardFrame):
    """``again`` asks for a variant to be written (again), ``altered`` tells that there is something to remember."""

    again = Signal(str, int)
    stop_asked = Signal(str)
    altered = Signal()
    adapt_asked = Signal(object)  # the card
    previews_toggled = Signal(bool)

    def __init__(self, desk: Desk, network: Network, account: str, writer: Callable[[], str]) -> None:
        super().__init__(desk, network, account)
        self.writer = writer
        self._variants: dict[int, Variant] = {}
        self._front = UNNUMBERED
        self._streaming: int | None = None
        self._wants_preview = True
        self._left_to_make.append(self._make_tools)
        self.bar.chosen.connect(self.turn_to)
        self.fold_button.clicked.connect(lambda _checked=False: self.toggle())
        self._preview_rest = QTimer(self, singleShot=True, interval=PREVIEW_REST)
        self._preview_rest.timeout.connect(self._preview_now)
        self.strip.rewritten.connect(self._rewritten)
        self.strip.ended.connect(self._follow)
        desk.theme.changed.connect(self._follow)

    # What it holds.

    @property
    def variants(self) -> tuple[Variant, ...]:
        """Its variants, in order."""
        return tuple(self._variants[number] for number in sorted(self._variants))

    @property
    def front(self) -> Variant | None:
        """The variant on show."""
        return self._variants.get(self._front)

    @property
    def item(self) -> Item | None:
        """The item on show, as stored."""
        front = self.front
        return front.inspected.item if front is not None and front.inspected is not None else None

    @property
    def item_ids(self) -> list[int]:
        """The items of its variants, in order."""
        return [one.inspected.item.id for one in self.variants if one.inspected is not None]

    @property
    def place(self) -> int:
        """Which of its items is in front, from 0."""
        item = self.item
        return self.item_ids.index(item.id) if item is not None else 0

    # What comes.

    def expect(self, numbers: Iterable[int], *, alone: bool = False) -> None:
        """These variants are going to be written; ``alone`` apart from the proposal."""
        for number in numbers:
            variant = self._variants.setdefault(number, Variant(number))
            variant.alone = alone
            variant.stage, variant.error = Stage.WAITING, None
            variant.pieces.clear()
        if self._front not in self._variants:
            self._front = min(self._variants)
        self._show()

    def take_piece(self, number: int, text: str) -> None:
        """A piece of a variant; it is kept whether the variant is in front or not."""
        variant = self._numbered(number)
        first = not variant.pieces
        variant.pieces.append(text)
        variant.stage = Stage.WRITING
        if number == self._front:
            if self._streaming != number:
                self._show()
            else:
                self.editor.append_stream(text)
                self._preview_soon()
        if first:
            self._follow()

    def take_result(self, composed: Composed) -> None:
        """A variant is whole, or failed."""
        variant = self._numbered(composed.variant)
        before = variant.inspected
        variant.pieces.clear()
        variant.alone = False
        if composed.inspected is not None:
            variant.inspected, variant.stage = composed.inspected, Stage.DONE
            if before is not None:
                self._offer_back(variant, before)
        else:
            self._fail(variant, composed.error)
        if variant.number == self._front:
            self._show()
        self._follow()
        self.altered.emit()

    def fail_waiting(self, number: int | None, error: Exception) -> None:
        """What was awaited does not come, because of ``error``."""
        for one in self._awaited(number):
            one.pieces.clear()
            self._fail(one, error)
        self._show()

    def stop_waiting(self) -> None:
        """Nobody writes any more: what was not whole is dropped, what was there before stays."""
        for one in self.variants:
            if one.is_under_way:
                one.pieces.clear()
                one.alone = False
                one.stage = Stage.DONE if one.inspected is not None else Stage.STOPPED
        self._show()

    def drop_unwritten(self, number: int | None) -> None:
        """The writer had no more to say: variants that never came are taken away."""
        awaited = self._awaited(number)
        for one in awaited:
            if one.inspected is None:
                del self._variants[one.number]
            else:
                one.stage, one.alone = Stage.DONE, False
        if self._front not in self._variants and self._variants:
            self._front = min(self._variants)
        if awaited:
            self._show()

    def _awaited(self, number: int | None) -> list[Variant]:
        """What the proposal still owes; or what was asked for by itself under ``number``."""
        if number is None:
            return [one for one in self.variants if one.is_under_way and not one.alone]
        return [one for one in self.variants if one.is_under_way and one.alone and one.number == number]

    def show_items(self, items: Sequence[Inspected], front: int = 0) -> None:
        """Show items as they are stored, in this order."""
        self._variants = {one.item.variant: Variant(one.item.variant, Stage.DONE, inspected=one) for one in items}
        if len(self._variants) < len(items):  # two of one number: an adaptation beside a proposal
            self._variants = {n: Variant(n, Stage.DONE, inspected=one) for n, one in enumerate(items, 1)}
        ordered = [one.number for one in self.variants]
        self._front = ordered[min(max(0, front), len(ordered) - 1)] if ordered else UNNUMBERED
        self._show()

    def take_news(self, items: Iterable[Inspected]) -> None:
        """Items that were changed, perhaps elsewhere."""
        told = {one.item.id: one for one in items}
        for one in self.variants:
            if one.inspected is not None and (new := told.get(one.inspected.item.id)) is not None:
                one.inspected = new
                if one.number == self._front and self._streaming is None:
                    self.editor.show_item(new)
        self._follow()

    # What the person does.

    def turn_to(self, number: int) -> None:
        """Bring a variant to the front; what was typed in the one before becomes its version first."""
        if number == self._front or number not in self._variants:
            self.bar.show_variants(self.variants, self._front)
            return

        def turn(_stored: object = None) -> None:
            self._front = number
            self._show()
            self.altered.emit()

        if self.editor.item_id is None:
            turn()
        else:
            self.editor.commit(turn)

    def turn_to_place(self, place: int) -> None:
        """Bring the variant at ``place`` (from 1) to the front."""
        variants = self.variants
        if 1 <= place <= len(variants):
            self.turn_to(variants[place - 1].number)

    def ask_again(self) -> None:
        """Write the variant in front once more."""
        front = self.front
        if front is None or front.is_under_way:
            return
        number = front.number
        if self.editor.item_id is None:
            self.again.emit(self.network.id, number)
        else:
            self.editor.commit(lambda _stored: self.again.emit(self.network.id, number))

    def toggle(self) -> None:
        """Collapse or open."""
        self.set_collapsed(not self.is_collapsed)
        self.altered.emit()

    def show_preview(self, shown: bool) -> None:
        """Show the post as its network does, or not."""
        self._wants_preview = shown
        self._follow()

    def commit(self) -> None:
        """Make what is typed a version."""
        if self.is_whole:
            self.editor.commit()

    def start_anew(self, account: str) -> None:
        """Hold nothing, for another brief; what is typed becomes a version first."""
        self.strip.stop()
        self.account = account
        self.who.setText(account[:60])
        self.editor.clear()
        self._variants.clear()
        self._front, self._streaming = UNNUMBERED, None
        self.set_collapsed(False)

    def retire(self) -> None:
        """Leave the screen; what is typed becomes a version first."""
        self.strip.stop()
        self.hide()
        if not self.is_whole or self.editor.item_id is None or not self.editor.is_touched:
            self.deleteLater()
        else:
            self.editor.commit(lambda _stored: self.deleteLater())

    def enter(self) -> None:
        """Take the focus where one writes."""
        if self.is_collapsed:
            self.fold_button.setFocus()
        elif self.problem.isVisible():
            self.retry_button.setFocus()
        else:
            self.editor.editor.setFocus()

    # Inside.

    def _make_tools(self) -> None:
        self.tools = CardTools(self)
        self.lines.addWidget(self.tools)
        self.retry_button.clicked.connect(lambda _checked=False: self.ask_again())
        self.editor.edited.connect(self._preview_rest.start)
        self.editor.inspected.connect(lambda _inspected: self._preview_now())
        self.editor.committed.connect(self._committed)
        # What was told to it meanwhile.
        self._show()

    def _numbered(self, number: int) -> Variant:
        """The variant of this number; the one awaited without a number is it when there is none."""
        if number not in self._variants:
            waiting = self._variants.pop(UNNUMBERED, None) or Variant(number)
            waiting.number = number
            self._variants[number] = waiting
            if self._front == UNNUMBERED:
                self._front = number
        return self._variants[number]

    def _fail(self, variant: Variant, error: Exception | None) -> None:
        variant.alone = False
        if variant.inspected is not None and error is not None:
            # The text that was there is still good: only say why no other came.
            variant.stage = Stage.DONE
            self.desk.tell_error(error)
            return
        variant.error = error
        variant.stage = Stage.FAILED

    def _show(self) -> None:
        """Put the variant in front on show."""
        if not self.is_whole:
            return
        front = self.front
        if front is not None and front.is_under_way and (front.pieces or front.inspected is None):
            self._streaming = front.number
            self.editor.begin_stream()
            self.editor.append_stream(front.streamed)
            self._preview_soon()
        elif front is not None and front.inspected is not None:
            if self._streaming is not None:
                self._streaming = None
                self.editor.end_stream(front.inspected)
            else:
                self.editor.show_item(front.inspected)
            if front.rewritten is not None:
                text, front.rewritten = front.rewritten, None
                self.editor.set_text_undoable(text)
            self._preview_now()
        else:
            self._streaming = None
            self.editor.end_stream(None)
            self.editor.clear()
        self._follow()

    def _follow(self) -> None:
        """Let everything around the text say where it stands."""
        if not self.is_whole:
            return
        t, front = self.desk.t, self.front
        self.bar.show_variants(self.variants, self._front)
        item = self.item
        under_way = front is not None and front.is_under_way
        self.status.setVisible(item is not None or under_way)
        if front is not None and under_way:
            self.status.setText(t(f"ui.compose.stage.{front.stage.value}"))
            restyle(self.status, badge="accent")
        elif item is not None:
            show_status(self.status, t, item.status)
        trouble = trouble_of(t, front)
        self.show_problem(trouble, "danger" if front is not None and front.stage is Stage.FAILED else "info")
        has_text = item is not None or under_way
        self.editor.setVisible(has_text)
        self.preview.setVisible(self._wants_preview and has_text)
        self.tools.setVisible(has_text)
        if under_way or self.strip.is_running:
            self.editor.set_read_only(True)
        self.tools.follow()
        self.lay_out_head()

    def _preview_soon(self) -> None:
        if not self._preview_rest.isActive():
            self._preview_rest.start()

    def _preview_now(self) -> None:
        front = self.front
        if front is None or (front.is_under_way and self.visibleRegion().isEmpty()):
            return  # a text under way out of sight is drawn once it is whole, or seen
        if front.inspected is not None or front.is_under_way:
            tags = " ".join(f"#{tag}" for tag in self.editor.hashtags())
            text = "\n\n".join(part for part in (self.editor.text(), tags) if part)
            item = self.item
            measured = front.inspected.measure if front.inspected is not None else None
            self.preview.show_post(
                self.network, item.account if item is not None else self.account, text, measured=measured,
                language=item.language if item is not None else "",
            )  # fmt: skip

    def _committed(self, done: Inspected) -> None:
        for one in self.variants:
            if one.inspected is not None and one.inspected.item.id == done.item.id:
                self._say_lapse(one.inspected.item, done.item)
                one.inspected = done
        self._follow()

    def _say_lapse(self, before: Item, after: Item) -> None:
        """A review or an approval that an edit ended is said, with the way back to the text it was of."""
        if not (said := lapse_of(self.desk.t, before, after)):
            return

        def back() -> None:
            if self.editor.item_id == after.id:
                self.editor.set_text_undoable(before.text)
                self.editor.chips.show_tags(before.hashtags)
                self.editor.commit()

        self.desk.tell("warn", said, act_label=self.desk.t("ui.undo"), act=back)

    def _rewritten(self, item_id: int, kind: str, text: str) -> None:
        t = self.desk.t
        self.editor.set_read_only(False)
        if self.editor.item_id == item_id:
            self.editor.set_text_undoable(text)
        else:
            # It goes to its own item, whatever is in front by now.
            for one in self.variants:
                if one.inspected is not None and one.inspected.item.id == item_id:
                    one.rewritten = text
        self.desk.tell(
            "ok",
            t("ui.compose.rewritten", kind=t(f"rewrite.kind.{kind}")),
            act_label=t("ui.undo"),
            act=lambda: self._undo_in(item_id),
        )

    def _undo_in(self, item_id: int) -> None:
        if self.editor.item_id == item_id:
            self.editor.editor.undo()

    def _offer_back(self, variant: Variant, before: Inspected) -> None:
        def back() -> None:
            variant.inspected, variant.stage = before, Stage.DONE
            if variant.number == self._front:
                self._show()
            self._follow()
            self.altered.emit()

        t = self.desk.t
        self.desk.tell("ok", t("ui.compose.new_version"), act_label=t("ui.undo"), act=back)

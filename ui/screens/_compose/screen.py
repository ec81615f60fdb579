"""Compose: the brief at the left, a card for each network at the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QSplitter, QStackedWidget

from copilot.errors import RepliqueError
from ui.autosave import Autosave
from ui.desk import Changes, Desk
from ui.screen import Screen
from ui.screens._compose.cards import Cards
from ui.screens._compose.kept import KEY, ids_in, items_of, show_kept
from ui.screens._compose.left import Left
from ui.screens._compose.proposals import Before, Proposals
from ui.screens._compose.shortcuts import Shortcuts
from ui.screens._compose.welcome import Welcome
from ui.screens._compose.writing import Asked, Part, Writing
from ui.widgets.basic import Segments, button

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.services.inspection import Inspected
    from copilot.services.posts import Composed
    from copilot.services.working import WorkingCopy
    from ui.screens._compose.card import Card
    from ui.screens._compose.kept import Kept

#: Shares of the width: the brief and the cards.
SHARES = (38, 62)
#: Below this width, in px at a text size of 100 %, the brief and the cards do not fit side by side.
COMPACT = 690


class ComposeScreen(Screen):
    """From a brief to posts."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, desk.t("ui.compose.title"))
        self._loaded = False
        self._scroll_to: int | None = None
        self._news: set[int] = set()
        self.left = Left(desk)
        self.brief, self.options = self.left.brief, self.left.options
        self.cards = Cards(desk, lambda: self.options.choice.writer)
        self.welcome = Welcome(desk)
        self.writing = Writing(desk, self)
        self.proposals = Proposals(self)
        self.right = QStackedWidget()
        self.right.addWidget(self.welcome)
        self.right.addWidget(self.cards)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(16)
        self.splitter.addWidget(self.left)
        self.splitter.addWidget(self.right)
        for place, share in enumerate(SHARES):
            self.splitter.setStretchFactor(place, share)
        self.splitter.setSizes([share * 100 for share in SHARES])
        self.body.addWidget(self.splitter, 1)
        t = desk.t
        sides = [("brief", t("ui.compose.brief")), ("cards", t("ui.compose.texts"))]
        self.sides = Segments(sides, "brief", self.title.text())
        self.sides.chosen.connect(self._show_side)
        self.sides.hide()
        self.export_button = button(t("ui.compose.export"))
        self.export_button.hide()
        self.undo_button = button("", "quiet")
        # The line of the title is as high whether it is there or not.
        holds = self.undo_button.sizePolicy()
        holds.setRetainSizeWhenHidden(True)
        self.undo_button.setSizePolicy(holds)
        self.undo_button.hide()
        self.head.addWidget(self.undo_button)
        self.head.addWidget(self.export_button)
        self.head.addWidget(self.sides)
        self._autosave = Autosave(desk, self, self._body)
        self._connect()
        self._shortcuts = Shortcuts(self)
        self.write_action, self.stop_action = self._shortcuts.write, self._shortcuts.stop
        self.undo_action = self._shortcuts.undo
        self.follow()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Without room for both, one side at a time."""
        super().resizeEvent(event)
        compact = self.width() < self.desk.theme.px(COMPACT)
        if compact == self.sides.isHidden():
            self.sides.setVisible(compact)
            self._show_side(self.sides.current)
            self.follow()

    # What a screen does.

    def appear(self) -> None:
        """Load once; what changed since comes with :meth:`refresh`."""
        if not self._loaded:
            self._loaded = True
            # What is pasted right after the start is the brief.
            self.brief.editor.setFocus()
            self._load_choices()
            self.desk.run(lambda copilot: copilot.working.get(KEY), self._recovered, owner=self)

    def refresh(self, changes: Changes) -> None:
        """Take what changed elsewhere, without losing selection, scroll or focus."""
        if not self._loaded:
            return
        if changes.brands or changes.settings or changes.providers:
            self._load_choices()
        mine = self.cards.item_ids
        stale = mine if changes.all_items else mine & changes.items
        if stale:
            self.desk.run(lambda copilot: items_of(copilot, sorted(stale)), self._take_news, owner=self)

    def leave(self) -> None:
        """What is typed is kept, and becomes versions."""
        self._autosave.keep_now()
        self.cards.commit()

    def show_what(self, what: object) -> None:
        """``what`` is a text: a brief to start from; the one before can be brought back."""
        if isinstance(what, str) and what.strip():
            self.brief.take_text(what)

    def state(self) -> dict[str, Any]:
        """Sizes and scroll; the brief, the choices and the cards are in the working copy."""
        return {
            "splitter": self.splitter.sizes(),
            "scroll": self.cards.area.verticalScrollBar().value(),
            "previews": self.cards.shows_previews,
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Bring back what :meth:`state` gave."""
        sizes = state.get("splitter")
        if isinstance(sizes, list) and len(sizes) == 2 and all(isinstance(one, int) and one > 0 for one in sizes):
            self.splitter.setSizes(sizes)
        if isinstance(state.get("scroll"), int):
            self._scroll_to = state["scroll"]
        if isinstance(state.get("previews"), bool):
            self.cards.show_previews(state["previews"])

    # What the person does.

    def propose(self) -> None:
        """Write the posts of the brief; drafts of before stay in Review."""
        choice = self.options.choice
        if self.brief.is_empty or not choice.networks or self.is_busy:
            return
        older = len(self.cards.item_ids)
        drafts = self.proposals.begin()
        self.cards.renew(choice.networks, self._account, lambda card: card.expect(range(1, choice.variants + 1)))
        self.right.setCurrentWidget(self.cards)
        self._show_side("cards")
        if older:
            t = self.desk.t
            self.desk.tell(
                "info", t("ui.compose.older_stay", count=older), act_label=t("ui.compose.see_review"),
                act=lambda: self.desk.go("review"),
            )  # fmt: skip
        self.writing.propose(self._asked(), drafts)
        self.touched()

    def stop(self) -> None:
        """Stop writing, wherever."""
        self.writing.stop()
        for card in self.cards.all:
            card.strip.stop()

    def export(self) -> None:
        """The approved texts of the cards, to a file."""
        from ui.dialogs.export import ExportDialog

        if approved := self.cards.approved_ids:
            ExportDialog(self.desk, approved, self.window()).open()
        else:
            self.desk.tell("info", self.desk.t("ui.compose.why.nothing_approved"))

    def other_side(self) -> None:
        """From the brief to the texts, and back."""
        inside = self.left.isAncestorOf(QApplication.focusWidget() or self)
        if inside and self.cards.all:
            self._show_side("cards")
            self.cards.enter(self.cards.current)
        else:
            self._show_side("brief")
            self.brief.editor.setFocus()

    # What a proposal that is taken back asks of the screen.

    @property
    def is_busy(self) -> bool:
        """True while texts are proposed, or taken back."""
        return self.writing.is_writing or self.proposals.is_undoing

    def body_with(self, cards: Sequence[Kept]) -> dict[str, Any]:
        """What is to be kept of the screen, were ``cards`` its cards."""
        choice = self.options.choice
        return {**choice.body(), "text": self.brief.text, "name": self.brief.name, "cards": list(cards)}

    def put_back(self, before: Before, cards: list[dict[str, Any]], items: dict[int, Inspected]) -> None:
        """Show ``cards`` where one was ``before``."""
        # Where one begins anew; at once, or the focus would wander while cards go.
        self.brief.editor.setFocus()
        self._scroll_to = before.scroll
        self._show_kept(cards, items)
        self.cards.remember(before.last)
        self._show_side(before.side)
        self.touched()

    # Inside.

    def _connect(self) -> None:
        self.brief.changed.connect(self.touched)
        self.options.changed.connect(self._options_changed)
        self.left.stop_button.clicked.connect(lambda _checked=False: self.stop())
        self.welcome.example_button.clicked.connect(lambda _checked=False: self.brief.open_example())
        self.cards.altered.connect(self.touched)
        self.cards.placed.connect(self.follow)
        self.cards.again.connect(self._again)
        self.cards.stop_asked.connect(self._stop_one)
        self.cards.adapt_asked.connect(self._adapt)
        writing = self.writing
        writing.piece.connect(self._piece)
        writing.whole.connect(self._whole)
        writing.failed.connect(self._failed)
        writing.finished.connect(self._finished)
        writing.stopped.connect(self._stopped)
        writing.proposed.connect(self.proposals.tell)
        writing.began.connect(self.follow)
        writing.progressed.connect(self.left.show_progress)

    def _load_choices(self) -> None:
        async def work(copilot: Copilot) -> Any:
            return await copilot.brands.list(), copilot.providers.list(), copilot.settings.default_brand

        def done(told: Any) -> None:
            brands, writers, default = told
            self.options.show_brands(brands, default)
            self.options.show_writers(writers)
            self.follow()

        self.desk.run(work, done, owner=self)

    def _recovered(self, copy: WorkingCopy | None) -> None:
        if copy is not None and self.brief.is_empty:
            body = copy.body
            self.options.take(body)
            if isinstance(body.get("text"), str):
                self.brief.show_brief(str(body["text"]), str(body.get("name") or ""))
            self._recover_cards(body.get("cards"))
        self.brief.set_language(self.options.choice.language)
        self._autosave.follow(KEY)
        if not self.brief.is_empty and (copy is None or copy.body.get("text") != self.brief.text):
            self._autosave.touched()
        self.follow()

    def _recover_cards(self, told: object) -> None:
        kept = [one for one in told if isinstance(one, dict)] if isinstance(told, list) else []
        if ids := ids_in(kept):
            self.desk.run(
                lambda copilot: items_of(copilot, ids), lambda items: self._bring_back(kept, items), owner=self
            )

    def _bring_back(self, kept: list[dict[str, Any]], items: dict[int, Inspected]) -> None:
        if self.cards.is_empty:
            self._show_kept(kept, items)

    def _show_kept(self, kept: list[dict[str, Any]], items: dict[int, Inspected]) -> None:
        show_kept(self.cards, kept, items)
        if not self.cards.is_empty:
            self.right.setCurrentWidget(self.cards)
        if self._scroll_to is not None:
            self.cards.then(self._scroll_back)
        self.follow()

    def _scroll_back(self) -> None:
        # The cards know their height once they are laid out.
        QTimer.singleShot(50, self, lambda: self.cards.area.verticalScrollBar().setValue(self._scroll_to or 0))

    def _take_news(self, items: dict[int, Inspected]) -> None:
        self.cards.take_news(tuple(items.values()))
        self.follow()

    def _show_side(self, side: str) -> None:
        """Bring the brief or the cards to the front; both are there when there is room."""
        self.sides.set_current(side)
        compact = not self.sides.isHidden()
        self.left.setVisible(not compact or side == "brief")
        self.right.setVisible(not compact or side == "cards")

    def _body(self) -> dict[str, Any]:
        return self.body_with(self.cards.body())

    def _asked(self) -> Asked:
        return Asked(self.brief.text, self.brief.name, self.options.choice, self.desk.person)

    def _account(self, network: str) -> str:
        brand = self.options.brand_chosen
        return brand.accounts.get(network, "") if brand else ""

    def touched(self) -> None:
        """Something changed that is to be kept."""
        self._autosave.touched()
        self.follow()

    def _options_changed(self) -> None:
        self.brief.set_language(self.options.choice.language)
        self.touched()

    def follow(self) -> None:
        """Let the button and the right side say what can be done."""
        t, choice = self.desk.t, self.options.choice
        why = ""
        if self.brief.is_empty:
            why = t("ui.compose.why.no_brief")
        elif not choice.networks:
            why = t("ui.compose.why.no_network")
        elif self.writing.is_writing:
            why = t("ui.compose.why.writing")
        self.write_action.setWhatsThis(why)
        self.write_action.setEnabled(not why)
        self.stop_action.setEnabled(self.writing.is_writing or any(one.strip.is_running for one in self.cards.all))
        self.left.show_running(self.writing.is_writing, is_proposal=self.writing.is_running)
        self.left.say(why if not self.writing.is_writing else "", choice.texts)
        self.undo_action.setWhatsThis(self.proposals.why_not)
        self.undo_action.setEnabled(self.proposals.can_undo)
        self.undo_button.setText(self.undo_action.text() if self.sides.isHidden() else "")
        self.undo_button.setVisible(self.proposals.has_any)
        self.export_button.setVisible(bool(self.cards.approved_ids))
        self.welcome.show_brands(self.options.has_brands)
        if self.cards.is_empty:
            self.right.setCurrentWidget(self.welcome)

    def _again(self, network: str, number: int) -> None:
        card = self.cards.of(network)
        if card is None or self.brief.is_empty:
            self.desk.tell("info", self.desk.t("ui.compose.why.no_brief"))
            return
        card.expect([number], alone=True)
        self.writing.again(self._asked(), network, number, self.proposals.drafts)

    def _stop_one(self, network: str) -> None:
        """Stop what is written for one network."""
        self.writing.stop_network(network)
        card = self.cards.of(network)
        if card is not None:
            card.stop_waiting()
        self.touched()

    def _adapt(self, card: Card) -> None:
        from ui.screens._compose.adapt import AdaptDialog

        brand = self.options.brand_chosen
        shown = {one.network.id for one in self.cards.all}
        dialog = AdaptDialog(self.desk, card.network, brand.accounts if brand else {}, shown, self.window())
        if (item := card.item) is not None:
            dialog.chosen.connect(lambda chosen: self._adapt_to(item.id, chosen))
            dialog.open()

    def _adapt_to(self, item_id: int, chosen: tuple[str, ...]) -> None:
        for network in chosen:
            self.cards.plan(network, self._account(network), lambda card: card.expect([0], alone=True))
        self.writing.adapt(item_id, chosen, self.options.choice.writer, self.desk.person)
        self.cards.then(lambda: self.cards.enter(self.cards.of(chosen[-1])) if chosen else None)

    def _piece(self, network: str, variant: int, text: str) -> None:
        card = self.cards.of(network)
        if card is not None:
            card.take_piece(variant, text)

    def _whole(self, composed: Composed) -> None:
        card = self.cards.of(composed.network)
        if card is not None:
            card.take_result(composed)

    def _failed(self, part: Part, error: Exception) -> None:
        if not isinstance(error, RepliqueError):
            self.desk.tell_error(error)
        for network in part.networks:
            card = self.cards.of(network)
            if card is not None:
                card.fail_waiting(part.number, error)
        self.follow()

    def _finished(self, part: Part) -> None:
        for network in part.networks:
            card = self.cards.of(network)
            if card is not None:
                card.drop_unwritten(part.number)
        self.cards.drop_empty()
        self.touched()

    def _stopped(self, was_proposing: bool) -> None:
        self.cards.finish()
        for card in self.cards.all:
            card.stop_waiting()
        tell = self.proposals.offer if was_proposing else self.desk.tell
        tell("info", self.desk.t("ui.compose.was_stopped"))
        self.touched()

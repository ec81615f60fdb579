"""The cards at the right, one a network, in the order chosen, scrolled."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from copilot import networks
from copilot.domain.item import Status
from ui.screens._compose.card import Card
from ui.screens._compose.kept import Kept, ids_in
from ui.tokens import SPACE
from ui.turns import Turns
from ui.widgets.basic import scrolled

if TYPE_CHECKING:
    from copilot.services.inspection import Inspected
    from ui.desk import Desk


#: What a card shows once it is made.
Dress = Callable[[Card], object]


@dataclass(frozen=True, slots=True)
class _Plan:
    """A card to be made: ``kept`` is what is remembered of it until then, if anything is."""

    account: str
    dress: Dress
    kept: Kept | None


class Cards(QWidget):
    """Holds the cards. ``altered`` tells that there is something to remember, ``placed`` that all planned are there.

    A card takes about as long to make as the window may stand still: several are planned, and made a part at a turn
    of the event loop. One that is asked for by name is made at once.
    """

    altered = Signal()
    placed = Signal()
    again = Signal(str, int)
    stop_asked = Signal(str)
    adapt_asked = Signal(object)

    def __init__(self, desk: Desk, writer: Callable[[], str]) -> None:
        super().__init__()
        self._desk = desk
        self._writer = writer
        self._cards: dict[str, Card] = {}
        # Networks from top to bottom, those planned among them; the cards of before that these use again, and what
        # is made so far.
        self._order: list[str] = []
        self._planned: dict[str, _Plan] = {}
        self._old: dict[str, Card] = {}
        self._begun: dict[str, Card] = {}
        self._turns = Turns(self)
        self._last = ""
        self.shows_previews = True
        self._column = QWidget()
        self._lines = QVBoxLayout(self._column)
        self._lines.setContentsMargins(0, 0, SPACE[2], SPACE[4])
        self._lines.setSpacing(SPACE[3])
        self._lines.addStretch(1)
        self.area: QScrollArea = scrolled(self._column)
        self.area.setAccessibleName(desk.t("ui.compose.cards"))
        # The focus is always in a card: the keys of the tools are for the one that has it.
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.area)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    @property
    def all(self) -> tuple[Card, ...]:
        """The cards that are there, from top to bottom."""
        return tuple(self._cards[network] for network in self._order if network in self._cards)

    @property
    def is_empty(self) -> bool:
        """True when there is no card and none is planned."""
        return not self._order

    @property
    def current(self) -> Card | None:
        """The card that has the focus; else the one that had it last, when it is in sight, else the one most in sight.

        What a key does to a text happens before the person's eyes.
        """
        last = self._cards.get(self._last)
        if last is not None and (_seen(last) or last.isAncestorOf(QApplication.focusWidget() or self)):
            return last
        return max(self.all, key=_seen, default=None)

    @property
    def item_ids(self) -> set[int]:
        """Every item on the cards."""
        return set(ids_in(self.body()))

    @property
    def approved_ids(self) -> list[int]:
        """The items on the cards that a person approved."""
        held = [variant.inspected for card in self.all for variant in card.variants]
        return [one.item.id for one in held if one is not None and one.item.status is Status.APPROVED]

    @property
    def typed(self) -> set[int]:
        """The items in whose text somebody typed what is no version yet."""
        held = [(card.editor.item_id, card.editor.is_touched) for card in self.all if card.is_whole]
        return {item_id for item_id, is_touched in held if item_id is not None and is_touched}

    @property
    def last(self) -> str:
        """The network of the card that had the focus last; empty when none had."""
        return self._last

    def remember(self, network: str) -> None:
        """The card of ``network`` counts as the one that had the focus last, once it is there."""
        self._last = network

    def of(self, network: str) -> Card | None:
        """The card of a network; made now when it is only planned."""
        if network in self._planned:
            self._place(network)
        return self._cards.get(network)

    def renew(
        self, chosen: Sequence[str], account: Callable[[str], str], dress: Dress, kept: Mapping[str, Kept] | None = None
    ) -> None:
        """One fresh card for each network chosen, dressed by ``dress``. What was typed in the old ones is kept first.

        The card of a network that had one is used again. ``kept`` is what :meth:`body` says of those still to be made.
        """
        self.finish()
        for card in self.all:
            if card.network.id not in chosen:
                card.retire()
        self._old = {network: card for network, card in self._cards.items() if network in chosen}
        self._cards.clear()
        self._order.clear()
        self._last = ""
        for network in chosen:
            self.plan(network, account(network), dress, (kept or {}).get(network))
        self.area.verticalScrollBar().setValue(0)

    def plan(self, network: str, account: str, dress: Dress, kept: Kept | None = None) -> None:
        """Have a card of ``network``, at the end when there is none, and call ``dress`` with it: in turns to come."""
        if (card := self.of(network)) is not None:
            dress(card)
            return
        self._order.append(network)
        self._planned[network] = _Plan(account, dress, kept)
        self._turns.add(*[partial(self._go_on, network)] * (1 + Card.PARTS), partial(self._place_planned, network))

    def then(self, work: Callable[[], object]) -> None:
        """Do ``work`` once what is planned is there."""
        self._turns.add(work)

    def finish(self) -> None:
        """Make all that is planned now."""
        self._turns.finish()

    def drop_empty(self) -> None:
        """Take away cards that hold nothing and wait for nothing."""
        self.finish()
        for network, card in tuple(self._cards.items()):
            if not card.variants:
                del self._cards[network]
                self._order.remove(network)
                card.retire()

    def _go_on(self, network: str) -> None:
        if network not in self._planned:
            return
        if network in self._begun:
            self._begun[network].make_some()
        else:
            self._begin(network)

    def _begin(self, network: str) -> Card:
        account = self._planned[network].account
        if (card := self._old.pop(network, None)) is not None:
            card.start_anew(account)
        else:
            card = self._made(network, account)
        self._begun[network] = card
        return card

    def _place_planned(self, network: str) -> None:
        if network in self._planned:
            self._place(network)
        if not self._planned:
            self.placed.emit()

    def _made(self, network: str, account: str) -> Card:
        made = Card(self._desk, networks.get(network), account, self._writer)
        made.again.connect(self.again)
        made.stop_asked.connect(self.stop_asked)
        made.altered.connect(self.altered)
        made.adapt_asked.connect(self.adapt_asked)
        made.previews_toggled.connect(self.show_previews)
        made.show_preview(self.shows_previews)
        made.installEventFilter(self)
        return made

    def _place(self, network: str) -> None:
        """Show what is planned for ``network``, in its place."""
        card = self._begun.pop(network, None) or self._begin(network)
        self._begun.pop(network, None)
        card.make_all()
        self._cards[network] = card
        self._planned.pop(network).dress(card)
        self._lines.removeWidget(card)
        # What lies after those of now is on its way out.
        self._lines.insertWidget(self.all.index(card), card)

    def show_previews(self, shown: bool) -> None:
        """Show or hide the previews of all cards."""
        self.shows_previews = shown
        for card in self.all:
            card.show_preview(shown)
        self.altered.emit()

    def step(self, by: int) -> None:
        """Go to the next card or the one before."""
        cards = self.all
        current = self.current
        if current is None:
            return
        place = cards.index(current)
        inside = current.isAncestorOf(QApplication.focusWidget() or self)
        self.enter(cards[max(0, min(len(cards) - 1, place + by if inside else place))])

    def use(self, tool: str) -> None:
        """Use a tool of the current card."""
        if (card := self.current) is not None:
            if not _seen(card):
                self.area.ensureWidgetVisible(card, 0, SPACE[3])
            card.tools.call(tool)

    def turn(self, place: int) -> None:
        """Bring a variant of the current card to the front; ``place`` counts from 1."""
        if (card := self.current) is not None:
            card.turn_to_place(place)

    def enter(self, card: Card | None) -> None:
        """Bring ``card`` into view, with the focus in its text."""
        if card is not None:
            self._last = card.network.id
            self.area.ensureWidgetVisible(card, 0, SPACE[3])
            card.enter()

    def commit(self) -> None:
        """Everything typed becomes a version."""
        for card in self.all:
            card.commit()

    def take_news(self, items: Sequence[Inspected]) -> None:
        """Items that were changed, perhaps elsewhere."""
        if self._planned:
            self.then(lambda: self.take_news(items))
            return
        for card in self.all:
            card.take_news(items)

    def body(self) -> list[Kept]:
        """What to remember: for each card its items and what is in front. No card is made for it."""
        told = (self._kept(network) for network in self._order)
        return [one for one in told if one is not None]

    def _kept(self, network: str) -> Kept | None:
        if network in self._planned:
            return self._planned[network].kept
        card = self._cards[network]
        if not card.item_ids:
            return None
        return {"network": network, "items": card.item_ids, "front": card.place, "collapsed": card.is_collapsed}

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """What grows above the view, while a text comes, does not move what is being read. A press chooses a card."""
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(watched, Card):
            self._pressed(watched)
        if isinstance(event, QResizeEvent) and isinstance(watched, Card):
            bar = self.area.verticalScrollBar()
            old = event.oldSize().height()
            if old > 0 and watched.y() + old <= bar.value():
                bar.setValue(bar.value() + event.size().height() - old)
        return super().eventFilter(watched, event)

    def _pressed(self, card: Card) -> None:
        """Beside the controls of a card: it becomes the one the keys are for."""
        self._last = card.network.id
        if not card.isAncestorOf(QApplication.focusWidget() or self):
            card.enter()

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is None or not self._column.isAncestorOf(new):
            return
        for network, card in self._cards.items():
            if card.isAncestorOf(new):
                self._last = network
                return


def _seen(card: Card) -> int:
    """How many lines of pixels of a card are in sight."""
    return card.visibleRegion().boundingRect().height()

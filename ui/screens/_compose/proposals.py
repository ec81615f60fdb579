"""Each proposal, and the way back: its drafts taken away, the cards of before on the screen again."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from copilot.domain.item import Status, TakenAway
from ui.desk import Changes
from ui.drafts import taken_away
from ui.screens._compose.kept import KEY, ids_in, items_of

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.services.inspection import Inspected
    from ui.screens._compose.kept import Kept
    from ui.screens._compose.screen import ComposeScreen

#: Proposals that can be taken back, one after the other.
LEVELS = 20


@dataclass(frozen=True, slots=True)
class Before:
    """The screen as a proposal found it. ``last`` is the network of the card used last, ``scroll`` in px."""

    brief: str
    cards: tuple[Kept, ...]
    last: str
    scroll: int
    side: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal: what was there before, and the drafts that were made; the engine adds them as it stores them."""

    before: Before
    drafts: deque[int] = field(default_factory=deque)

    @property
    def changed_something(self) -> bool:
        """True when it made a draft, or took the place of cards."""
        return bool(self.drafts or self.before.cards)


def together(before: Sequence[Kept], shown: Sequence[Kept], gone: Collection[int]) -> list[dict[str, Any]]:
    """The cards of ``before``; after their texts, or on a card of its own, what of ``shown`` is not ``gone``."""
    earlier = set(ids_in(before))
    cards = {str(one["network"]): {**one, "items": list(one["items"])} for one in before}
    for one in shown:
        stays = [item_id for item_id in one["items"] if item_id not in gone and item_id not in earlier]
        if not stays:
            continue
        if one["network"] in cards:
            cards[one["network"]]["items"] += stays
        else:
            front = one["items"][one["front"]]
            cards[one["network"]] = {**one, "items": stays, "front": stays.index(front) if front in stays else 0}
    return list(cards.values())


class Proposals(QObject):
    """The proposals that made what is on the screen, the last one last."""

    def __init__(self, screen: ComposeScreen) -> None:
        super().__init__(screen)
        self._screen = screen
        self._made: list[Proposal] = []
        self.is_undoing = False

    @property
    def has_any(self) -> bool:
        """True when there is a proposal that made or replaced something."""
        return bool(self._made and self._made[-1].changed_something)

    @property
    def can_undo(self) -> bool:
        """True when there is a proposal to take back, and nothing is being written."""
        return self.has_any and not self._screen.is_busy

    @property
    def why_not(self) -> str:
        """Why nothing can be taken back now; empty when it can."""
        if self.can_undo:
            return ""
        busy = self._screen.is_busy
        return self._screen.t("ui.compose.why.writing" if busy else "ui.compose.why.nothing_to_undo")

    @property
    def drafts(self) -> deque[int]:
        """Where a draft that is made once more for the cards on the screen is to be noted."""
        return self._made[-1].drafts if self._made else deque()

    def begin(self) -> deque[int]:
        """A proposal begins: what is there is remembered. Its drafts are to be noted in what this returns."""
        screen = self._screen
        if self._made and not self.has_any:
            self._made.pop()
        before = Before(
            screen.brief.text, tuple(screen.cards.body()), screen.cards.last,
            screen.cards.area.verticalScrollBar().value(), screen.sides.current or "brief",
        )  # fmt: skip
        self._made = [*self._made[1 - LEVELS :], Proposal(before)]
        return self._made[-1].drafts

    def tell(self) -> None:
        """The texts came: say so, with the way back."""
        t = self._screen.t
        if not self.has_any:
            return
        last = self._made[-1]
        said = [t("ui.compose.proposed", count=len(last.drafts)) if last.drafts else t("ui.compose.none_proposed")]
        if older := len(ids_in(last.before.cards)):
            said.append(t("ui.compose.older_stay", count=older))
        self.offer("ok" if last.drafts else "info", " ".join(said))

    def offer(self, kind: str, text: str) -> None:
        """Say ``text``, with the way back when there is one."""
        label, act = (self._screen.t("ui.undo"), self.undo) if self.has_any else ("", None)
        self._screen.desk.tell(kind, text, act_label=label, act=act)

    def undo(self) -> None:
        """Take the last proposal back. What a person typed in, or decided on, stays, and is said."""
        screen, desk = self._screen, self._screen.desk
        if why := self.why_not:
            desk.tell("info", why)
            return
        last = self._made.pop()
        self._set_undoing(True)
        typed = screen.cards.typed & set(last.drafts)
        screen.leave()
        shown, body, person = screen.cards.body(), screen.body_with(last.before.cards), desk.person
        drafts = tuple(one for one in dict.fromkeys(last.drafts) if one not in typed)

        async def work(copilot: Copilot) -> tuple[TakenAway, list[dict[str, Any]], dict[int, Inspected]]:
            # First: who is killed in between comes back to the cards of before, and finds the drafts in Review.
            await copilot.working.keep(KEY, body)
            told = await copilot.posts.undo(drafts, by=person)
            cards = together(last.before.cards, shown, told.gone)
            return told, cards, await items_of(copilot, ids_in(cards))

        def done(told: tuple[TakenAway, list[dict[str, Any]], dict[int, Inspected]]) -> None:
            away, cards, items = told
            self._set_undoing(False)
            screen.put_back(last.before, cards, _not_put_away(items, last.before))
            self._say(last, len(away.gone), len(away.kept) + len(typed))
            desk.announce(Changes(items=frozenset(last.drafts)))

        def failed(error: Exception) -> None:
            self._made.append(last)
            self._set_undoing(False)
            screen.touched()
            desk.tell_error(error)

        desk.run(work, done, failed, owner=self)

    def _say(self, last: Proposal, gone: int, kept: int) -> None:
        t, screen = self._screen.t, self._screen
        said = [taken_away(t, gone, kept) if gone or kept else t("ui.compose.as_before")]
        if screen.brief.text != last.before.brief:
            said.append(t("ui.compose.brief_stays"))
        screen.desk.tell("ok", " ".join(said))

    def _set_undoing(self, undoing: bool) -> None:
        self.is_undoing = undoing
        self._screen.follow()


def _not_put_away(items: Mapping[int, Inspected], before: Before) -> dict[int, Inspected]:
    """``items`` without those of the proposal that a person put away meanwhile."""
    earlier = set(ids_in(before.cards))
    return {
        item_id: one for item_id, one in items.items() if item_id in earlier or one.item.status is not Status.ARCHIVED
    }

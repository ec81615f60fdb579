"""Hashtags as chips with their reason and what to know of them; added, removed and moved by keyboard or mouse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from copilot import networks
from copilot.domain.post import Hashtag
from copilot.domain.wording import Wording
from ui.actions import bind
from ui.icons import icon
from ui.tokens import SPACE
from ui.widgets.basic import button, column, label, restyle
from ui.widgets.chips import MOST_CHIPS, Chip, ChipRow, keep_height

if TYPE_CHECKING:
    from copilot.app import Copilot
    from copilot.domain.item import Item
    from copilot.domain.network import HashtagRules, Network
    from copilot.text.hashtags import Caution
    from ui.desk import Changes, Desk
    from ui.runner import Job

#: Steps that undo takes back.
MOST_PAST = 200


class AddLine(QLineEdit):
    """As wide as what it asks for, at any size of the text."""

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        words = self.fontMetrics().horizontalAdvance(self.placeholderText())
        return QSize(words + SPACE[8], super().sizeHint().height())


@dataclass(frozen=True, slots=True)
class Known:
    """What was found out of the tags of an item: warnings, what the network keeps of each, tags in the text itself."""

    cautions: Mapping[str, tuple[Caution, ...]] = field(default_factory=dict)
    kept: Mapping[str, str] = field(default_factory=dict)
    written: int = 0


class HashtagChips(QWidget):
    """``changed_by_hand`` is told when the person changed the list. The key of the suggestions works in ``host``."""

    changed_by_hand = Signal()

    def __init__(self, desk: Desk, host: QWidget) -> None:
        super().__init__()
        self._desk, self._host = desk, host
        self._t = t = desk.t
        self._tags: list[Hashtag] = []
        self._past: list[list[Hashtag]] = []
        self._enabled = True
        self._item: Item | None = None
        self._network: Network | None = None
        self._known = Known()
        self._asked: tuple[object, ...] = ()
        self._finding_out: Job | None = None
        self.setAccessibleName(t("ui.hashtags.title"))
        self.add_line = AddLine()
        self.add_line.setPlaceholderText(t("ui.hashtags.add"))
        self.add_line.setAccessibleName(t("ui.hashtags.add"))
        self.add_line.setProperty("chip", True)
        self.add_line.returnPressed.connect(self._add_typed)
        self.add_line.installEventFilter(self)
        self.suggest = button(t("ui.hashtags.suggest"), "chip")
        self.count = label("", "small")
        self.row = ChipRow(self.add_line, self.suggest)
        self.row.removed.connect(self._remove)
        self.row.moved.connect(self._move)
        column(self.row, self.count, space=1, parent=self)
        keep_height(self)
        self._asking = desk.actions.add(
            host, "item.hashtags", t("ui.hashtags.suggest"), self.open_suggestions, group=t("ui.group.text"),
            keys="Ctrl+Shift+H", icon_name="sparkles",
        )  # fmt: skip
        bind(self.suggest, self._asking)
        desk.theme.changed.connect(self._draw)
        desk.changed.connect(self._follow_changes)
        self._say_count()

    @property
    def _chips(self) -> list[QPushButton]:
        return self.row.chips

    def tags(self) -> tuple[str, ...]:
        """The tags, without their #, in order."""
        return tuple(one.tag for one in self._tags)

    def show_tags(self, tags: Sequence[Hashtag]) -> None:
        """Show other tags, silently."""
        if list(tags) != self._tags:
            self._tags = list(tags)
            self._past.clear()
            self._draw()

    def follow(self, item: Item | None) -> None:
        """The tags on show are those of ``item`` as typed: its network and its brand say what to know of them."""
        if item is None or self._item is None or item.id != self._item.id:
            self._known, self._asked = Known(), ()
        self._item = item
        self._network = networks.get(item.network) if item is not None else None
        self._say_count()
        self._find_out()

    def add(self, tags: Sequence[Hashtag]) -> None:
        """Put ``tags`` that are not there yet at the end, as the person would: one undo takes them away."""
        known = {one.tag.casefold() for one in self._tags}
        fresh: dict[str, Hashtag] = {}
        for one in tags:
            if one.tag and one.tag.casefold() not in known:
                fresh.setdefault(one.tag.casefold(), one)
        if fresh and self._enabled:
            self._change([*self._tags, *fresh.values()])

    def set_read_only(self, read_only: bool) -> None:
        """Only to be looked at."""
        if self._enabled is not read_only:
            return
        self._enabled = not read_only
        for one in (self.add_line, self.suggest):
            one.setVisible(self._enabled)
        self._asking.setEnabled(self._enabled)
        self._draw()

    def open_suggestions(self) -> None:
        """Show hashtags to choose from, and the groups of the brand."""
        item, network = self._item, self._network
        if item is None or network is None or not self._enabled:
            return
        from ui.dialogs.hashtags import HashtagsDialog

        dialog = HashtagsDialog(self._desk, item, network, self._tags, self.window())
        asked_for = item.id

        def chosen(tags: list[Hashtag]) -> None:
            if self._item is not None and self._item.id == asked_for:
                self.add(tags)
                self.row.focus_chip(len(self._tags))

        dialog.chosen.connect(chosen)
        dialog.open()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """Ctrl+Z takes the last change back."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            undoes = event.matches(QKeySequence.StandardKey.Undo)
            if undoes and self._past and (watched is not self.add_line or not self.add_line.text()):
                self._undo()
                return True
        return super().eventFilter(watched, event)

    def _add_typed(self) -> None:
        typed = (part.lstrip("#＃") for part in self.add_line.text().replace(",", " ").split())
        own = Wording("hashtag.reason.person")
        self.add_line.clear()
        self.add([Hashtag(one, own) for one in typed if one])
        self.add_line.setFocus()

    def _remove(self, place: int) -> None:
        if self._enabled:
            self._change([*self._tags[:place], *self._tags[place + 1 :]])
            self.row.focus_chip(place)

    def _move(self, place: int, to: int) -> None:
        if self._enabled:
            tags = list(self._tags)
            tags.insert(to, tags.pop(place))
            self._change(tags)
            self.row.focus_chip(to)

    def _undo(self) -> None:
        if self._enabled:
            self._tags = self._past.pop()
            self._told()
            self.add_line.setFocus()

    def _change(self, tags: list[Hashtag]) -> None:
        self._past = [*self._past[-MOST_PAST:], list(self._tags)]
        self._tags = tags
        self._told()

    def _told(self) -> None:
        self._draw()
        self.changed_by_hand.emit()

    # What to know of them.

    def _follow_changes(self, changes: Changes) -> None:
        if changes.brands and self._item is not None:
            self._asked = ()
            self._find_out()

    def _find_out(self) -> None:
        """Ask the engine for the warnings; the answer for other tags or another text is dropped."""
        item, network, tags = self._item, self._network, self.tags()
        if item is None or network is None:
            return
        asked = (item.id, item.brand_id, item.text, tags)
        if asked == self._asked:
            return
        self._asked = asked
        if self._finding_out is not None:
            self._finding_out.cancel()
        brand_id, text = item.brand_id, item.text

        def done(known: Known) -> None:
            if self._asked == asked:
                self._known = known
                self._draw()

        self._finding_out = self._desk.run(
            lambda copilot: _known(copilot, brand_id, network, tags, text), done, owner=self
        )

    def _draw(self) -> None:
        chips = [self._chip(tag) for tag in self._tags[:MOST_CHIPS]]
        left = len(self._tags) - MOST_CHIPS
        more = self._t("ui.tags.more", count=left) if left > 0 else ""
        self.row.show_chips(chips, more=more, changeable=self._enabled)
        for chip in self._chips:
            chip.installEventFilter(self)
        self._say_count()

    def _chip(self, tag: Hashtag) -> Chip:
        t = self._t
        cautions = self._known.cautions.get(tag.tag, ())
        kept = self._known.kept.get(tag.tag, tag.tag)
        lines = [t.wording(tag.reason), *(t.wording(one.wording) for one in cautions)]
        note = t(f"ui.hashtags.mark.{cautions[0].id}", count=_times(cautions[0])) if cautions else ""
        if kept != tag.tag and self._network is not None:
            key = "cut" if kept else "lost"
            note = t(f"ui.hashtags.mark.{key}", kept=f"#{kept}")
            lines.append(t(f"ui.hashtags.{key}", network=self._network.label, kept=f"#{kept}"))
        if self._enabled:
            lines.append(t("ui.hashtags.keys"))
        sign = icon("triangle-alert", self._desk.theme.colours.warn) if note else None
        return Chip(f"#{tag.tag}", "\n".join(lines), note, sign)

    def _say_count(self) -> None:
        rules = self._network.hashtags if self._network is not None else None
        total = len(self._tags) + self._known.written
        text, tone = ("", "") if rules is None or self._network is None else self._told_count(rules, total)
        if text and self._known.written:
            text = f"{text} {self._t('ui.hashtags.in_text', count=self._known.written)}"
        self.count.setText(text)
        self.count.setVisible(bool(text))
        restyle(self.count, tone=tone)
        self.suggest.setAccessibleDescription(text)
        self.row.setAccessibleName(", ".join(part for part in (self._t("ui.hashtags.title"), text) if part))

    def _told_count(self, rules: HashtagRules, total: int) -> tuple[str, str]:
        """The sentence on how many there are, and its tone."""
        t, (low, high) = self._t, rules.advised
        label_of = self._network.label if self._network is not None else ""
        if rules.max == 0:
            return t("ui.hashtags.unused", network=label_of), "danger" if total else ""
        advised = t("ui.hashtags.advised", low=low, high=high) if low != high else ""
        if low in (0, high):
            advised = t("ui.hashtags.advised_most", count=high) if high else t("ui.hashtags.advised_none")
        if rules.max is not None and total > rules.max:
            return t("ui.hashtags.too_many", count=total, cap=rules.max, over=total - rules.max), "danger"
        told = (
            t("ui.hashtags.of_cap", count=total, cap=rules.max)
            if rules.max is not None
            else t("ui.hashtags.number", count=total)
        )
        return f"{told} · {advised}", "warn" if total > high else ""


async def _known(copilot: Copilot, brand_id: str, network: Network, tags: Sequence[str], text: str) -> Known:
    """In the engine: what a brand, a network and the month so far say of ``tags``."""
    from copilot.text.hashtags import cautions
    from copilot.text.tag_rules import kept, written_tags

    brand = next((one for one in await copilot.brands.list() if one.id == brand_id), None)
    uses = copilot.hashtags.uses(brand) if tags else {}
    return Known(
        {tag: cautions(tag, brand, uses) for tag in tags},
        {tag: kept(tag, network) for tag in tags} if network.hashtags.keeps != "none" else {},
        sum(1 for _ in written_tags(text, network)),
    )


def _times(caution: Caution) -> int:
    told = caution.wording.params.get("count", 1)
    return told if isinstance(told, int) else 1

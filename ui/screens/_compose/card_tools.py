"""What can be done with the text in front of a card: rewrite, write again, compare, copy, open, submit, approve."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from copilot.domain.item import Item, Status
from copilot.domain.package import Package
from copilot.errors import UserError
from ui.desk import Changes
from ui.widgets.basic import button, icon_button, row
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from copilot.domain.item import ItemVersion
    from copilot.domain.review import Action
    from copilot.services.inspection import Inspected
    from ui.screens._compose.card import Card

#: Addresses longer than this are cut or refused by browsers and networks: the text is pasted instead.
LONGEST_ADDRESS = 6_000
SUBMITTABLE = frozenset({Status.DRAFT, Status.CHANGES_REQUESTED})
APPROVABLE = SUBMITTABLE | {Status.IN_REVIEW}


@dataclass(frozen=True, slots=True)
class Tool:
    """One thing to do: the name of its method, its words, its icon and its keys."""

    name: str
    title: str
    icon: str
    keys: str


TOOLS = (
    Tool("rewrite", "ui.compose.rewrite", "wand-sparkles", "Ctrl+R"),
    Tool("again", "ui.compose.again", "refresh-cw", "Ctrl+Shift+R"),
    Tool("stop_this", "ui.compose.stop_this", "square", "Ctrl+Shift+X"),
    Tool("compare", "ui.compose.compare", "columns-2", "Ctrl+D"),
    Tool("copy", "ui.compose.copy", "copy", "Ctrl+Shift+C"),
    Tool("compose_there", "ui.compose.open_composer", "external-link", "Ctrl+Shift+O"),
    Tool("adapt", "ui.compose.adapt", "share-2", "Ctrl+Shift+A"),
    Tool("preview", "ui.compose.toggle_preview", "eye", "Ctrl+Shift+P"),
    Tool("history", "ui.compose.history", "history", "Ctrl+H"),
    Tool("submit", "ui.compose.submit", "send", "Ctrl+Shift+S"),
    Tool("approve", "ui.compose.approve", "circle-check", "Ctrl+Return"),
)


class CardTools(QWidget):
    """The row of tools at the foot of a card; the window's shortcuts call the same methods."""

    def __init__(self, card: Card) -> None:
        super().__init__()
        self._card = card
        self._desk = card.desk
        self.open_address = QDesktopServices.openUrl
        t = card.desk.t
        by_name = {one.name: one for one in TOOLS}
        self.rewrite_button = button(t(by_name["rewrite"].title), icon_name="wand-sparkles", run=self.rewrite)
        self.submit_button = button(t(by_name["submit"].title), run=self.submit)
        self.approve_button = button(t(by_name["approve"].title), "primary", run=self.approve)
        self.small: dict[str, QToolButton] = {}
        left = QWidget()
        left.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        flow = Flow(left, space=1)
        flow.addWidget(self.rewrite_button)
        for one in TOOLS[1:9]:
            if one.name == "preview":  # in the card's head
                self.small[one.name] = card.preview_button
                card.preview_button.clicked.connect(lambda _checked=False: self.preview())
                continue
            self.small[one.name] = made = icon_button(one.icon, t(one.title), getattr(self, one.name))
            flow.addWidget(made)
        line = row(space=2, parent=self)
        line.addWidget(left, 1)
        for large in (self.submit_button, self.approve_button):
            line.addWidget(large, 0, Qt.AlignmentFlag.AlignTop)
        for one in TOOLS:
            self.button_of(one.name).setAccessibleName(f"{t(one.title)} : {card.network.label}")

    def button_of(self, name: str) -> QToolButton | QWidget:
        """The button of a tool."""
        return self.small.get(name) or {
            "rewrite": self.rewrite_button, "submit": self.submit_button, "approve": self.approve_button,
        }[name]  # fmt: skip

    def follow(self) -> None:
        """Let each button say whether it can be pressed, and why not."""
        item, busy = self._card.item, self._card.strip.is_running
        front = self._card.front
        under_way = front is not None and front.is_under_way
        status = item.status if item is not None else None
        several = len(self._card.item_ids) > 1
        free = item is not None and not busy and not under_way
        self._allow("rewrite", free, "")
        self._allow("again", free, "")
        # In each other's place: there is nothing to write again while it is being written.
        self.small["again"].setVisible(not (under_way or busy))
        self.small["stop_this"].setVisible(under_way or busy)
        self._allow("stop_this", under_way or busy, "ui.compose.why.nothing_to_stop")
        self._allow("compare", free and several, "ui.compose.why.one_variant" if not several else "")
        self._allow("copy", free, "")
        there = bool(self._card.network.composer_url)
        self._allow("compose_there", free and there, "" if there else "ui.compose.why.no_composer")
        self._allow("adapt", free, "")
        self._allow("preview", item is not None, "")
        self._allow("history", free, "")
        self._allow(
            "submit", free and status in SUBMITTABLE, "" if status in SUBMITTABLE else "ui.compose.why.submitted"
        )
        self._allow("approve", free and status in APPROVABLE, "" if status in APPROVABLE else "ui.compose.why.approved")

    def call(self, name: str) -> None:
        """Do what the button of ``name`` does; when it may not be pressed, say why."""
        made = self.button_of(name)
        if made.isEnabled() and not self.isHidden():
            getattr(self, name)()
        elif why := made.accessibleDescription():
            self._desk.tell("info", why)

    # One method a tool.

    def rewrite(self) -> None:
        """Offer the ways to write the text again."""
        item = self._card.item
        if item is not None:
            at = self.rewrite_button.mapToGlobal(QPoint(0, self.rewrite_button.height()))
            self._card.strip.offer(item.id, self._card.editor.text(), self._card.writer(), at)

    def stop_this(self) -> None:
        """Stop what is being written on this card; the others go on."""
        self._card.strip.stop()
        self._card.stop_asked.emit(self._card.network.id)

    def again(self) -> None:
        """Write this variant once more."""
        self._card.ask_again()

    def compare(self) -> None:
        """Two variants side by side."""
        from ui.screens._compose.compare import CompareDialog

        dialog = CompareDialog(self._desk, self._card, self.window())
        dialog.open()

    def copy(self) -> None:
        """Exactly what would go out, to the clipboard."""
        if self._copied() is not None:
            self._desk.tell("ok", self._desk.t("ui.compose.copied", network=self._card.network.label))

    def compose_there(self) -> None:
        """The network's own page to write on. Its address carries the text only when a person approved it."""
        item, network = self._card.item, self._card.network
        text = self._copied()
        if item is None or text is None or not network.composer_url:
            return
        approved = item.status is Status.APPROVED and not self._card.editor.is_touched
        address = network.composer_url + quote(text, safe="") if approved else network.composer_url
        if len(address) > LONGEST_ADDRESS:
            address = network.composer_url
        key = "ui.compose.composer_opened" if self.open_address(QUrl(address)) else "ui.compose.composer_not_opened"
        self._desk.tell("ok" if key.endswith("r_opened") else "warn", self._desk.t(key, network=network.label))

    def adapt(self) -> None:
        """This text for other networks."""
        self._card.editor.commit(lambda _stored: self._card.adapt_asked.emit(self._card))

    def preview(self) -> None:
        """Show or hide the posts as their networks show them."""
        self._card.previews_toggled.emit(self._card.preview.isHidden())

    def history(self) -> None:
        """What became of this text, version by version."""
        self._card.editor.commit(self._open_history)

    def submit(self) -> None:
        """Hand the text over for review."""
        self._card.editor.commit(lambda stored: self._decide(stored, "submit"))

    def approve(self) -> None:
        """Show exactly what leaves, to say yes to it."""
        self._card.editor.commit(self._open_approval)

    # Inside.

    def _allow(self, name: str, allowed: bool, why_not: str) -> None:
        made = self.button_of(name)
        made.setEnabled(allowed)
        tool = next(one for one in TOOLS if one.name == name)
        title = self._desk.t(tool.title)
        from PySide6.QtGui import QKeySequence

        keys = QKeySequence(tool.keys).toString(QKeySequence.SequenceFormat.NativeText)
        why = self._desk.t(why_not) if why_not and not allowed else ""
        made.setToolTip(why or f"{title} ({keys})")
        made.setAccessibleDescription(why)

    def _copied(self) -> str | None:
        item, editor = self._card.item, self._card.editor
        if item is None:
            return None
        try:
            text = Package(item.kind.value, item.network, item.account, editor.text(), editor.hashtags()).outgoing_text
        except UserError as error:
            self._desk.tell_error(error)
            return None
        QGuiApplication.clipboard().setText(text)
        return text

    def _open_history(self, stored: Inspected) -> None:
        from ui.dialogs.history import HistoryDialog

        dialog = HistoryDialog(self._desk, stored.item.id, self.window())
        dialog.restore_asked.connect(lambda version: self._restore(stored.item, version))
        dialog.open()

    def _restore(self, item: Item, version: ItemVersion) -> None:
        from copilot.domain.post import Hashtag
        from copilot.domain.wording import Wording

        editor = self._card.editor
        if editor.item_id != item.id:
            return
        own = Wording("hashtag.reason.person")
        known = {one.tag: one for one in item.hashtags}
        editor.chips.show_tags([known.get(tag) or Hashtag(tag, own) for tag in version.hashtags])
        editor.set_text_undoable(version.text)
        editor.commit()

    def _open_approval(self, stored: Inspected) -> None:
        from ui.dialogs.approve import ApproveDialog

        dialog = ApproveDialog(self._desk, [stored.item.id], self.window())
        dialog.approved.connect(self._approved)
        dialog.open()

    def _approved(self, done: list[Inspected]) -> None:
        self._card.take_news(done)
        self._desk.tell(
            "ok",
            self._desk.t("ui.compose.approved", network=self._card.network.label),
            act_label=self._desk.t("ui.undo"),
            act=lambda: self._withdraw(done[0]),
        )

    def _withdraw(self, stored: Inspected) -> None:
        self._decide(stored, "withdraw")

    def _decide(self, stored: Inspected, name: str) -> None:
        person, item_id = self._desk.person, stored.item.id

        def done(decided: Inspected) -> None:
            self._card.take_news([decided])
            self._desk.announce(Changes(items=frozenset({item_id})))
            key = f"ui.compose.done.{name}"
            act = (lambda: self._withdraw(decided)) if name == "submit" else None
            self._desk.tell("ok", self._desk.t(key), act_label=self._desk.t("ui.undo") if act else "", act=act)

        from copilot.domain.review import Action

        action: Action = Action(name)
        self._desk.run(lambda copilot: copilot.review.decide(item_id, action, by=person), done, owner=self)

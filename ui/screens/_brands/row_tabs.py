"""The tabs of saved replies, hashtag lists and charter clauses."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from copilot import networks
from copilot.domain.brand import Address, CharterClause, HashtagList, Playbook
from copilot.domain.conversation import Approach, Intent
from ui.desk import Desk
from ui.screens._brands.editing import Editing
from ui.screens._brands.fields import Chooser, Line, Prose
from ui.screens._brands.forms import free_id
from ui.screens._brands.networks_box import NetworksBox
from ui.screens._brands.records import Column, RecordTab, Words
from ui.widgets.basic import column
from ui.widgets.status import capital
from ui.widgets.tag_line import TagLine, by_commas, hashtags
from ui.widgets.text_editor import Mark

#: The slots a saved reply may hold.
SLOTS = "{prenom}, {canal}, {signature}, {marque}"
SLOT = re.compile(r"\{([^{}\n]+)\}")
#: What a saved reply is filled with, in either language; a fact by its identifier besides.
KNOWN_SLOTS = frozenset({"prenom", "prénom", "first_name", "canal", "private_channel", "signature", "marque", "brand"})
#: The parts of a reply a saved text can stand for.
PARTS = ("whole", "greeting", "ack", "thanks", "sorry", "action", "answer", "private", "closing", "signature")


class RepliesTab(RecordTab):
    """Saved replies and parts of replies; their ``{slots}`` stand out."""

    part = "playbooks"

    def __init__(self, desk: Desk, editing: Editing) -> None:
        t = desk.t
        words = Words(
            t("ui.brands.replies.title"), t("ui.brands.replies.add"), t("ui.brands.replies.removed"),
            t("ui.brands.replies.empty"), t("ui.brands.replies.empty_text"),
        )  # fmt: skip
        columns = (
            Column(t("ui.brands.reply.text"), lambda one: one.text),
            Column(t("ui.brands.reply.intent"), lambda one: capital(t(f"intent.{one.intent}")), 150),
            Column(t("ui.brands.reply.approach"), self._approach, 130, 600),
            Column(t("ui.brands.reply.language"), lambda one: t(f"ui.brands.language.{one.language}"), 90, 480),
        )
        super().__init__(desk, editing, words, columns)

    def _approach(self, one: Playbook) -> str:
        return self.desk.t(f"ui.brands.approach.{one.approach}") if one.approach else "–"

    def form(self) -> QWidget:
        """The text, then what it is for."""
        t, made = self.t, QWidget()
        any_one = ("", t("ui.brands.any"))
        self.text = Prose(self.desk.theme, t, t("ui.brands.reply.text"), 3, t("ui.brands.reply.text.hint"))
        self.text.textChanged.connect(self._mark_slots)
        intents = sorted(((one.value, capital(t(f"intent.{one.value}"))) for one in Intent), key=lambda pair: pair[1])
        approaches = [(one.value, t(f"ui.brands.approach.{one.value}")) for one in Approach]
        languages = [("fr", t("ui.brands.language.fr")), ("en", t("ui.brands.language.en"))]
        addresses = [("vous", t("ui.brands.address.vous")), ("tu", t("ui.brands.address.tu"))]
        parts = [(one, t(f"ui.brands.part.{one}")) for one in PARTS]
        column(
            self.bound(("text",), t("ui.brands.reply.text"), self.text, t("ui.brands.reply.slots", slots=SLOTS)),
            self.bound(("intent",), t("ui.brands.reply.intent"), Chooser(intents)),
            self.bound(("part",), t("ui.brands.reply.part"), Chooser(parts)),
            self.bound(
                ("approach",), t("ui.brands.reply.approach"), Chooser([any_one, *approaches]),
                make=lambda value: value or None,
            ),
            self.bound(("language",), t("ui.brands.reply.language"), Chooser(languages)),
            self.bound(
                ("address",), t("ui.brands.address"), Chooser([any_one, *addresses]),
                make=lambda value: Address(value) if value else None,
            ),
            self.bound(("id",), t("ui.brands.id"), Line(t)),
            self.bound(
                ("topics",), t("ui.brands.topics"), TagLine(t, t("ui.brands.topics"), parse=by_commas),
                t("ui.brands.reply.topics.hint"),
            ),
            space=3,
            parent=made,
        )  # fmt: skip
        return made

    def new_row(self) -> Playbook:
        """An empty reply to a question."""
        voice = self.editing.brand.voice
        taken = {one.id for one in self.rows}
        return Playbook(free_id("reply", taken), Intent.QUESTION.value, "", language=voice.language)

    def copy_of(self, one: Any) -> Any:
        """The same reply under its own identifier."""
        return replace(one, id=free_id("reply", {other.id for other in self.rows}))

    def _mark_slots(self) -> None:
        self.text.set_marks(
            [
                Mark(*one.span(), "accent", "ground") if self._is_known(one.group(1)) else Mark(*one.span(), "danger")
                for one in SLOT.finditer(self.text.text())
            ]
        )

    def _is_known(self, slot: str) -> bool:
        """True for what is filled in by itself; anything else would stand in the reply as it is written."""
        kind, _, identifier = slot.partition(":")
        if kind.strip() in ("fait", "fact"):
            return identifier.strip() in {one.id for one in self.editing.brand.facts}
        return slot.strip() in KNOWN_SLOTS


class HashtagsTab(RecordTab):
    """Lists of hashtags and where they are used."""

    part = "hashtags"

    def __init__(self, desk: Desk, editing: Editing) -> None:
        t = desk.t
        words = Words(
            t("ui.brands.hashtags.title"), t("ui.brands.hashtags.add"), t("ui.brands.hashtags.removed"),
            t("ui.brands.hashtags.empty"), t("ui.brands.hashtags.empty_text"),
        )  # fmt: skip
        columns = (
            Column(t("ui.brands.hashtag.name"), lambda one: one.name, 150),
            Column(t("ui.brands.hashtag.tags"), lambda one: " ".join(f"#{tag}" for tag in one.tags[:40])),
            Column(t("ui.brands.hashtag.networks"), self._networks, 210, 560),
        )
        super().__init__(desk, editing, words, columns)

    def _networks(self, one: HashtagList) -> str:
        known = networks.load()
        names = [known[name].label if name in known else name for name in one.networks[:20]]
        return ", ".join(names) or self.desk.t("ui.brands.hashtag.everywhere")

    def form(self) -> QWidget:
        """Name, tags, networks."""
        t, made = self.t, QWidget()
        tags = TagLine(t, t("ui.brands.hashtag.tags"), add=t("ui.hashtags.add"), parse=hashtags, mark="#")
        column(
            self.bound(("name",), t("ui.brands.hashtag.name"), Line(t)),
            self.bound(("tags",), t("ui.brands.hashtag.tags"), tags),
            self.bound(
                ("networks",), t("ui.brands.hashtag.networks"), NetworksBox(t("ui.brands.hashtag.networks")),
                t("ui.brands.hashtag.networks.hint"),
            ),
            space=3,
            parent=made,
        )  # fmt: skip
        return made

    def new_row(self) -> HashtagList:
        """An empty list."""
        taken = {one.name for one in self.rows}
        name, number = self.t("ui.brands.hashtag.new"), 1
        while name in taken:
            number += 1
            name = f"{self.t('ui.brands.hashtag.new')} {number}"
        return HashtagList(name, ())

    def copy_of(self, one: Any) -> Any:
        """The same tags under another name."""
        taken, number = {other.name for other in self.rows}, 2
        while f"{one.name} {number}" in taken:
            number += 1
        return replace(one, name=f"{one.name} {number}")


class CharterTab(RecordTab):
    """The clauses of the moderation charter, in order."""

    part = "charter"

    def __init__(self, desk: Desk, editing: Editing) -> None:
        t = desk.t
        words = Words(
            t("ui.brands.charter.title"), t("ui.brands.charter.add"), t("ui.brands.charter.removed"),
            t("ui.brands.charter.empty"), t("ui.brands.charter.empty_text"),
        )  # fmt: skip
        columns = (
            Column(t("ui.brands.clause.text"), lambda one: one.text),
            Column(t("ui.brands.id"), lambda one: one.id, 150, 480),
        )
        super().__init__(desk, editing, words, columns)

    def form(self) -> QWidget:
        """The text and its identifier."""
        t, made = self.t, QWidget()
        text = Prose(self.desk.theme, t, t("ui.brands.clause.text"), 4, t("ui.brands.clause.text.hint"))
        column(
            self.bound(("text",), t("ui.brands.clause.text"), text),
            self.bound(("id",), t("ui.brands.id"), Line(t), t("ui.brands.id.hint")),
            space=3,
            parent=made,
        )
        return made

    def new_row(self) -> CharterClause:
        """An empty clause."""
        return CharterClause(free_id("clause", {one.id for one in self.rows}), "")

    def copy_of(self, one: Any) -> Any:
        """The same clause under its own identifier."""
        return replace(one, id=free_id("clause", {other.id for other in self.rows}))

"""Every dialog over the smallest window, in both languages and two sizes of text: no larger than the window behind it,
its buttons whole."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

import ui
from copilot import networks
from copilot.app import Copilot
from copilot.domain.brand import Brand
from copilot.domain.claim import Claim, ClaimKind, ClaimStatus, JudgedClaim, Source
from copilot.domain.grouping import GroupKind, MessageGroup
from copilot.domain.imports import TableMapping
from copilot.domain.inbox import InboxFilter
from copilot.domain.item import Item
from copilot.domain.moderation import ModerationAction, ModerationAsked, Statement
from copilot.domain.wording import Wording
from copilot.errors import UserError
from copilot.paths import assets_dir
from copilot.services.conversations import ThreadImported
from copilot.services.posts import Composed, ComposeRequest
from tests.ui.inbox_stage import table
from tests.ui.review_tools import ask
from tests.ui.test_layout import overlapping, words_cut
from ui.desk import Desk
from ui.dialogs.answer_once import AnswerOnce
from ui.dialogs.approve import ApproveDialog
from ui.dialogs.base import Dialog
from ui.dialogs.cheat_sheet import CheatSheet
from ui.dialogs.crisis import PAGES, CrisisDialog
from ui.dialogs.deadlines import DeadlinesDialog
from ui.dialogs.export import ExportDialog
from ui.dialogs.first_run import FirstRun
from ui.dialogs.hashtags import HashtagsDialog
from ui.dialogs.history import HistoryDialog
from ui.dialogs.import_mapping import MappingDialog
from ui.dialogs.import_report import ImportReport
from ui.dialogs.moderate import ModerateDialog
from ui.dialogs.palette import Palette
from ui.dialogs.privacy_preview import PrivacyPreview
from ui.dialogs.reason import ReasonDialog
from ui.dialogs.report import Report
from ui.dialogs.source import SourceDialog
from ui.dialogs.statement import StatementDialog
from ui.dialogs.to_do import ToDoDialog
from ui.dialogs.trouble import Refusal, StoreTrouble
from ui.screens._brands.dialogs import ImportDialog
from ui.screens._brands.dialogs import NameDialog as BrandName
from ui.screens._compose.adapt import AdaptDialog
from ui.screens._compose.card import Card
from ui.screens._compose.compare import CompareDialog
from ui.screens._inbox.conversation import WholeDialog
from ui.screens._inbox.loading import PasteDialog
from ui.screens._inbox.saved import SavedReplies
from ui.screens._prompts.name_dialog import NameDialog as PromptName
from ui.theme import Choice, Theme
from ui.widgets.basic import button

Settled = Callable[[Desk], None]

# Qt's offscreen platform says this of every window that has a smallest size; it is no fault of ours.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

#: As high as a small laptop leaves it: a little lower than the least that the window asks for.
LOW = (960, 600)


@dataclass(frozen=True)
class World:
    """What dialogs show."""

    desk: Desk
    behind: QWidget
    brand: Brand
    composed: list[Composed]
    imported: ThreadImported
    mapping: TableMapping
    message_ids: list[int]
    scratch: Path

    @property
    def items(self) -> list[Item]:
        return [one.inspected.item for one in self.composed if one.inspected]


def statement(world: World) -> Dialog:
    asked = ModerationAsked(
        (world.message_ids[0],), ModerationAction.HIDE, "Lina", category="escroquerie", brand_id=world.brand.id
    )

    async def foreseen(copilot: Copilot, _facts: str) -> Statement | None:
        return await copilot.moderation.foreseen(asked)

    return StatementDialog(world.desk, foreseen, world.behind, editable=True)


def answer_once(world: World) -> Dialog:
    name = "Des freins qui lâchent en descente et personne qui répond. " * 3
    group = MessageGroup(1, world.imported.thread.id, GroupKind.NEAR, name, ("frein",), 3, 3, world.message_ids[0])
    return AnswerOnce(world.desk, group, world.brand, world.behind)


def source(world: World) -> Dialog:
    claim = Claim(ClaimKind.PRICE, 0, 4, "3490", "3490")
    text = "Le vélo coûte 3490 euros. " * 60
    return SourceDialog(
        world.desk, JudgedClaim(claim, ClaimStatus.CONTRADICTED, "brief", "3490", 14, 18),
        Source("brief", text), world.behind,
    )  # fmt: skip


def import_report(world: World) -> Dialog:
    done = world.imported
    warnings = [Wording("ui.inbox.load.stopped", {"name": f"remarque {place} " * 9}) for place in range(8)]
    return ImportReport(
        world.desk, done.thread.title, done.shape, done.updated, warnings, world.behind,
        conversations=(done,), has_columns=True,
    )  # fmt: skip


def hashtags(world: World) -> Dialog:
    item = world.items[0]
    return HashtagsDialog(world.desk, item, networks.get(item.network), item.hashtags, world.behind)


def compare(world: World) -> Dialog:
    item = world.items[0]
    card = Card(world.desk, networks.get(item.network), item.account, lambda: "playbook")
    card.setParent(world.behind)
    card.make_all()
    for one in world.composed:
        card.take_result(one)
    return CompareDialog(world.desk, card, world.behind)


def adapt(world: World) -> Dialog:
    item = world.items[0]
    return AdaptDialog(world.desk, networks.get(item.network), world.brand.accounts, (), world.behind)


def trouble(world: World) -> Dialog:
    error = UserError("backup.damaged", path=f"{'dossier_' * 12}replique.db")
    return StoreTrouble(world.desk, error, world.scratch, lambda: None, world.behind)


def crisis(page: str) -> Callable[[World], Dialog]:
    def make(world: World) -> Dialog:
        made = CrisisDialog(world.desk, None, world.behind)
        made.show_page(page)
        # All networks there are, which takes the room of the text beside them.
        made.statement.networks.more.click()
        return made

    return make


OPENERS: dict[str, Callable[[World], Dialog]] = {
    "answer once": answer_once,
    "approve": lambda world: ApproveDialog(world.desk, [one.id for one in world.items], world.behind),
    "cheat sheet": lambda world: CheatSheet(world.desk, world.behind),
    **{f"crisis: {page}": crisis(page) for page in PAGES},
    "deadlines": lambda world: DeadlinesDialog(world.desk, world.behind),
    "export": lambda world: ExportDialog(world.desk, [one.id for one in world.items], world.behind),
    "first run": lambda world: FirstRun(world.desk, world.behind),
    "hashtags": hashtags,
    "history": lambda world: HistoryDialog(world.desk, world.items[0].id, world.behind),
    "mapping": lambda world: MappingDialog(world.desk, "avis.csv", world.mapping, world.behind),
    "import report": import_report,
    "moderate": lambda world: ModerateDialog(world.desk, world.message_ids, world.brand, world.behind),
    "palette": lambda world: Palette(world.desk, world.behind),
    "preview": lambda world: PrivacyPreview(
        world.desk, world.message_ids[0], world.brand, "playbook", world.behind
    ),
    "reason": lambda world: ReasonDialog(world.desk, "Rejeter", "Pourquoi", world.behind),
    "report": lambda world: Report(world.desk, ValueError("x"), world.behind),
    "source": source,
    "statement": statement,
    "to do": lambda world: ToDoDialog(world.desk, world.behind),
    "refusal": lambda world: Refusal(world.desk.t, UserError("item.unknown", id=7), world.behind),
    "trouble": trouble,
    "brand import": lambda world: ImportDialog(world.desk, world.behind),
    "brand name": lambda world: BrandName(world.desk, world.behind),
    "adapt": adapt,
    "compare": compare,
    "whole": lambda world: WholeDialog(world.desk, "Un long message. " * 300, world.behind),
    "paste": lambda world: PasteDialog(world.desk, world.behind),
    "saved": lambda world: SavedReplies(world.desk, world.brand, None, world.behind),
    "prompt name": lambda world: PromptName(world.desk.theme, world.desk.t, world.behind),
}  # fmt: skip


@pytest.fixture(params=[("fr", 100), ("fr", 130), ("en", 100)], ids=["fr-100", "fr-130", "en-100"])
def world(
    request: pytest.FixtureRequest, desk: Desk, qtbot: QtBot, tmp_path: Path, settled: Settled
) -> Iterator[World]:
    language, percent = request.param
    desk.settings = replace(desk.settings, language=language)
    desk.t = type(desk.t)(language)
    desk.theme.apply(Choice("light", percent))
    behind = QWidget()
    qtbot.addWidget(behind)
    behind.resize(*LOW)
    behind.show()
    qtbot.waitExposed(behind)
    told = table([{"text": f"Votre vélo freine mal, bande de voleurs {place}"} for place in range(12)]).encode()
    unnamed = "Qui;Quoi;Quand\nLéa;Ma commande n’est pas arrivée;21/11/2026\nHugo;Superbe atelier, merci;21/11/2026\n"

    async def work(copilot: Copilot) -> tuple[Brand, ThreadImported, TableMapping | None, tuple[int, ...]]:
        imported, _count = await copilot.inbox.take_in(told, "avis.csv", network="facebook_page")
        mapping = await copilot.mappings.proposed(unnamed.encode(), "avis.csv")
        return (await copilot.brands.list())[0], imported, mapping, await copilot.inbox.ids(InboxFilter())

    async def write(copilot: Copilot) -> list[Composed]:
        text = (assets_dir() / "demo" / "briefs" / "lancement-heron.md").read_text(encoding="utf-8")
        request = ComposeRequest(text, networks=("linkedin",), variants=2, brand=brand, author="Karim")
        return [one async for one in copilot.posts.compose(request) if one.inspected]

    brand, imported, mapping, ids = ask(qtbot, desk, work)
    assert mapping is not None
    made = ask(qtbot, desk, write)
    yield World(desk, behind, brand, made, imported, mapping, list(ids), tmp_path)
    settled(desk)
    desk.theme.apply(Choice("light"))


def faults_of(dialog: Dialog, behind: QWidget) -> list[str]:
    """Larger than the window behind it, words or buttons cut, something over something else."""
    faults = [*words_cut(dialog), *overlapping(dialog)]
    if dialog.width() > behind.width() or dialog.height() > behind.height():
        faults.append(f"it is {dialog.width()}x{dialog.height()}")
    if not any(one.isVisible() for one in dialog.findChildren(QPushButton)) and not isinstance(dialog, Palette):
        faults.append("no button")
    return faults


def kinds_of_dialogs() -> set[type[Dialog]]:
    """All there are in the window."""
    for one in pkgutil.walk_packages(ui.__path__, "ui."):
        if not one.name.endswith("__main__"):
            importlib.import_module(one.name)
    return {one for one in _below(Dialog) if one.__module__.startswith("ui.")}


def _below(base: type[Dialog]) -> set[type[Dialog]]:
    direct = set(base.__subclasses__())
    return direct | {deeper for one in direct for deeper in _below(one)}


def test_every_dialog_is_whole_over_a_low_window(world: World, qtbot: QtBot, settled: Settled) -> None:
    faults, opened = [], set()
    for name, make in OPENERS.items():
        dialog = make(world)
        opened.add(type(dialog))
        dialog.open()
        qtbot.waitExposed(dialog)
        settled(world.desk)
        faults += [f"{name}: {one}" for one in faults_of(dialog, world.behind)]
        dialog.close()
        settled(world.desk)
    faults += [f"{one.__qualname__} is not opened here" for one in kinds_of_dialogs() - opened]
    if faults:
        pytest.fail("\n".join(faults))


class High(QWidget):
    """Would like much room, and does with little."""

    def sizeHint(self) -> QSize:  # Qt's name
        return QSize(300, 5_000)


class Tall(Dialog):
    """One that would like to be higher than the window behind it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("Haut", parent)
        self.end = button("Fermer", "primary", run=self.accept)
        self.body.addWidget(High(), 1)
        self.buttons(self.end)


def test_a_dialog_opens_no_larger_than_the_window_behind_it(theme: Theme, qtbot: QtBot) -> None:
    behind = QWidget()
    qtbot.addWidget(behind)
    behind.resize(500, 360)
    behind.show()
    qtbot.waitExposed(behind)
    dialog = Tall(behind)
    dialog.open()
    qtbot.waitExposed(dialog)
    assert dialog.height() <= behind.height()
    assert words_cut(dialog) == []

"""Groups of the Inbox: found, opened, answered once, taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from copilot.domain.conversation import Decider, Intent, Urgency
from copilot.domain.grouping import Alarm, GroupKind, Growth, MessageGroup
from copilot.domain.item import Status
from copilot.domain.wording import Wording
from copilot.i18n import LANGUAGES, Translator
from tests.ui.inbox_stage import Stage
from ui.desk import Desk
from ui.dialogs.answer_once import AnswerOnce
from ui.dialogs.approve import ApproveDialog
from ui.main_window import MainWindow
from ui.screens._inbox.groups import GROUP, GroupDelegate
from ui.theme import Choice, Theme

BATTERY = [f"La batterie de mon vélo ne tient plus la charge depuis {n} jours, que faire ?" for n in range(3, 9)]
HOURS = [f"Bonjour, à quelle heure ouvrez-vous le samedi {n} à Lyon ?" for n in range(2, 7)]
BOYCOTT = "Boycott de l’hôpital Sainte-Anne, partagez avant censure"
OTHER = ["Bravo à toute l’équipe pour la boutique !", "Je cherche un casque enfant rouge."]


class Loaded(Stage):
    def __init__(self, window: MainWindow, desk: Desk, qtbot: QtBot, settled: Callable[[Desk], None]) -> None:
        super().__init__(window, desk, qtbot, settled)
        lines = ["id,author,text"]
        lines += [f'{place},"Personne {place}","{text}"' for place, text in enumerate([*BATTERY, *HOURS, *OTHER])]
        self.screen.loading.load_text("\n".join(lines), "facebook_page")
        self.rest()

    def find(self) -> None:
        self.screen.grouped.toggle()
        self.rest()
        self.screen.grouped.panel.look_for_groups()
        self.rest()

    def items(self, *statuses: Status) -> list[str]:
        with self.desk._copilot().store().read() as work:
            return [item.text for item in work.items.list(statuses=statuses)]


@pytest.fixture
def stage(window: MainWindow, desk: Desk, qtbot: QtBot, settled: Callable[[Desk], None]) -> Loaded:
    return Loaded(window, desk, qtbot, settled)


def test_before_a_look_the_next_step_is_said(stage: Loaded) -> None:
    stage.screen.grouped.toggle()
    stage.rest()
    panel = stage.screen.grouped.panel
    assert panel.pages.currentWidget() is panel.empty
    assert panel.seek.isEnabled()


def test_a_group_is_found_opened_and_left(stage: Loaded) -> None:
    stage.find()
    panel, grouped = stage.screen.grouped.panel, stage.screen.grouped
    assert panel.list.count() >= 2
    group = panel.current
    assert group is not None
    assert group.size >= len(HOURS)
    stage.qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    stage.rest()
    assert grouped.view == "messages"
    assert grouped.chip.isVisible()
    assert stage.screen.list.messages.rowCount() == group.size
    grouped.clear()
    stage.rest()
    assert stage.screen.list.messages.rowCount() == len([*BATTERY, *HOURS, *OTHER])
    assert not grouped.chip.isVisible()


RAID = MessageGroup(
    1, 1, GroupKind.NEAR, BOYCOTT, (), 30, 30, 1, Growth(30, 0.0, datetime(2026, 11, 22, 10, tzinfo=UTC)), Alarm.RAID,
    (Wording("groups.why.minutes", {"count": 4}),),
)  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [100, 200])
def test_how_fast_a_group_grows_is_said_first_whatever_the_room(theme: Theme, language: str, size: int) -> None:
    t = Translator(language)
    theme.apply(Choice("light", size))
    delegate = GroupDelegate(t, theme, theme)
    growth = t("ui.groups.growth", count=30)
    whole = [one.text for one in delegate.pills(RAID, 2_000)]
    assert whole == [growth, t("ui.groups.alarm.raid"), t("ui.groups.kind.near"), t("ui.groups.authors", count=30)]
    for width in (140, 200, 280, 400):
        pills = delegate.pills(RAID, width)
        assert pills[0].text == growth or (width < 400 and pills[0].text.startswith("+30"))
        assert pills[0].look == "danger"
        assert all(one.left + one.width <= width for one in pills)


def test_over_which_time_a_group_grew_is_said_under_the_pointer(stage: Loaded) -> None:
    stage.load(*({"text": BOYCOTT, "date": f"2026-11-22T09:{place:02}:00+00:00"} for place in range(8)))
    stage.find()
    listed = stage.screen.grouped.panel.list
    items = [listed.item(row) for row in range(listed.count())]
    (told,) = [item.toolTip() for item in items if item.data(GROUP).size == 8]
    until = datetime(2026, 11, 22, 9, 7, tzinfo=UTC)
    assert told.splitlines()[0] == stage.desk.t("groups.growth", count=8, before=0, until=until)
    assert "8 comptes" in told
    assert not any(item.toolTip() for item in items if item.data(GROUP).growth is None)


def answered(stage: Loaded) -> AnswerOnce:
    stage.find()
    return opened(stage)


def opened(stage: Loaded) -> AnswerOnce:
    """Answers the group on show."""
    panel = stage.screen.grouped.panel
    panel.list.setFocus()
    stage.qtbot.keyClick(panel.list, Qt.Key.Key_B)
    stage.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), AnswerOnce))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, AnswerOnce)
    stage.rest()
    stage.qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    stage.qtbot.waitUntil(dialog.undo.isVisible)
    stage.rest()
    return dialog


def test_a_group_answered_once_gives_a_reply_of_its_own_to_each(stage: Loaded) -> None:
    dialog = answered(stage)
    drafts = stage.items(Status.DRAFT)
    assert len(drafts) >= len(HOURS)
    assert len(set(drafts)) == len(drafts), "no two replies are worded alike"
    stage.qtbot.mouseClick(dialog.go_on, Qt.MouseButton.LeftButton)
    stage.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ApproveDialog))
    approve = QApplication.activeModalWidget()
    assert isinstance(approve, ApproveDialog)
    stage.rest()
    assert not stage.items(Status.APPROVED)
    approve.reject()


def test_messages_left_to_a_person_are_counted_with_the_reason(stage: Loaded) -> None:
    stage.find()
    group = stage.screen.grouped.panel.current
    assert group is not None
    with stage.desk._copilot().store().write() as work:
        mourned, trolled, *others = work.groups.member_ids(group.id)
        triage = work.threads.message(mourned).triage
        assert triage is not None
        settled = replace(triage, urgency=Urgency.P1, decided_by=Decider.PERSON)
        said = {mourned: Intent.DISTRESS, trolled: Intent.TROLL}
        work.threads.set_triage({one: replace(settled, intent=intent) for one, intent in said.items()})
    dialog = opened(stage)
    told = dialog.said.text().splitlines()
    assert told[0] == f"{len(others)} réponses rédigées, en brouillon."
    assert told[1] == "1 message sans réponse\u00a0: une personne doit le lire."
    assert told[2].startswith("– 1 × Deuil ou épreuve")
    assert told[3].startswith("1 message écarté")
    assert len(told) == 4
    assert dialog.bar.value() == len(others) + 2


def test_what_was_answered_once_is_taken_back_at_once(stage: Loaded) -> None:
    dialog = answered(stage)
    assert stage.items(Status.DRAFT)
    stage.qtbot.mouseClick(dialog.undo, Qt.MouseButton.LeftButton)
    stage.rest()
    assert stage.items(Status.DRAFT) == []


def test_drafts_of_a_group_kept_at_first_go_with_one_undo(stage: Loaded) -> None:
    dialog = answered(stage)
    made = len(stage.items(Status.DRAFT))
    stage.qtbot.mouseClick(dialog.cancel, Qt.MouseButton.LeftButton)
    stage.rest()
    assert len(stage.items(Status.DRAFT)) == made
    assert stage.screen.decisions.can_undo
    groups = stage.screen.grouped.panel.list
    stage.window.activateWindow()
    groups.setFocus()
    stage.qtbot.waitUntil(groups.hasFocus)
    stage.qtbot.keyClick(groups, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    stage.rest()
    assert stage.items(Status.DRAFT) == []

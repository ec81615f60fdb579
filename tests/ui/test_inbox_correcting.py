"""One key says what a message is: kept, learnt from, taken back; and the list never moves by itself."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from copilot.domain.conversation import Decider, Intent
from copilot.i18n import Translator
from tests.ui.inbox_stage import CTRL, KEY, Settled, Stage
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.screens._inbox.intents import IntentPopup, letters_of
from ui.screens._inbox.standing import kept_order

DELAYS = [{"text": f"Le colis {place} est en retard, très déçu du service."} for place in range(7)]


@pytest.fixture
def stage(window: MainWindow, desk: Desk, qtbot: QtBot, settled: Settled) -> Stage:
    return Stage(window, desk, qtbot, settled)


def popup(stage: Stage) -> IntentPopup:
    stage.press(KEY.Key_T)
    found = opened_popup(stage)
    assert found is not None
    return found


def opened_popup(stage: Stage) -> IntentPopup | None:
    return next((one for one in stage.window.findChildren(IntentPopup) if one.isVisible()), None)


def choose(stage: Stage, key: Qt.Key) -> None:
    stage.qtbot.keyClick(popup(stage).list, key)
    stage.rest()


def intent_of(stage: Stage, message_id: int) -> Intent | None:
    triage = stage.row(message_id).message.triage
    return triage.intent if triage else None


def test_a_letter_says_what_the_message_is_and_it_is_learnt(stage: Stage) -> None:
    stage.load(*DELAYS[:2])
    here = stage.screen.list.current_id
    choose(stage, KEY.Key_S)
    triage = stage.row(here).message.triage
    assert triage is not None
    assert (triage.intent, triage.decided_by) == (Intent.SUGGESTION, Decider.PERSON)
    assert stage.screen.list.current_id == here
    with stage.desk._copilot().store().read() as work:
        assert [one.intent for one in work.corrections.of_brand("")] == [Intent.SUGGESTION]
    assert "suggestion" in stage.told[-1].text.lower()


def test_what_was_said_is_learnt_beside_once_the_person_rests(stage: Stage) -> None:
    stage.load(*DELAYS[:2])
    correcting = stage.screen.correcting
    stage.desk.run(lambda copilot: copilot.semantic.retrain(""))
    stage.rest()
    before = stage.desk._copilot().semantic.triager("")
    # Listened to from before the key: a slow machine may be past the rest when the key is done.
    with stage.qtbot.waitSignal(correcting._rest.timeout):
        choose(stage, KEY.Key_S)
    stage.rest()
    assert not correcting._is_learning
    assert stage.desk._copilot().semantic.triager("") is not before
    assert len(stage.desk._copilot().semantic._lessons("", None)) == 1


BURNT = "La batterie de votre vélo a pris feu, ma fille est brûlée et aux urgences !"


@pytest.mark.parametrize("asked_before", [False, True])
def test_the_reply_follows_what_a_person_says_of_an_urgent_message(stage: Stage, asked_before: bool) -> None:
    stage.load({"text": BURNT}, DELAYS[0])
    pane = stage.screen.reply
    here = stage.screen.list.current_id
    assert pane.notice.title.text() == stage.desk.t("ui.inbox.silence.human_now")
    if asked_before:
        pane.propose()
        stage.rest()
        assert pane.notice.isVisible()
        stage.in_list()
    choose(stage, KEY.Key_P)
    assert (stage.screen.list.current_id, intent_of(stage, here)) == (here, Intent.COMPLAINT)
    assert not pane.notice.isVisible()
    offers = stage.screen.writing.offers(here)
    assert offers is not None
    assert offers.usable(0) is not None
    assert stage.told[-1].act is not None
    stage.told[-1].act()
    stage.rest()
    assert pane.notice.isVisible(), "triage reads it anew: it is as grave as before"


BOYCOTT = "Boycott total de cette marque de voleurs, partagez partout !"


def offered(stage: Stage) -> list[str]:
    """The proposals on the cards."""
    pane = stage.screen.reply
    assert pane.pages.currentWidget() is pane.approaches
    return [one.text.text() for one in pane.approaches.cards if one.isVisible()]


@pytest.mark.parametrize("goes_away", [False, True])
def test_the_proposals_are_those_of_what_a_person_says_the_message_is(stage: Stage, goes_away: bool) -> None:
    stage.load({"text": BOYCOTT}, DELAYS[0])
    here = stage.turn_to("Boycott")
    before = offered(stage)
    assert all("{fait}" in one for one in before)
    stage.in_list()
    if goes_away:
        stage.qtbot.keyClick(popup(stage).list, KEY.Key_C)
        stage.screen.list.turn_to(next(one for one in stage.shown_order() if one != here))
        stage.rest()
        stage.turn_to("Boycott")
    else:
        choose(stage, KEY.Key_C)
    assert intent_of(stage, here) is Intent.PRAISE
    after = offered(stage)
    assert after
    assert not any("{" in one for one in after)
    assert not stage.screen.reply.reread.isVisible()
    assert stage.told[-1].act is not None
    stage.told[-1].act()
    stage.rest()
    assert offered(stage) == before


def test_what_was_written_for_another_intent_stays_and_says_so(stage: Stage) -> None:
    stage.load({"text": BOYCOTT}, DELAYS[0])
    pane = stage.screen.reply
    here = stage.turn_to("Boycott")
    pane.write()
    stage.qtbot.keyClicks(pane.own, "Nous regardons cela avec vous.")
    stage.rest()
    stage.in_list()
    choose(stage, KEY.Key_C)
    t = stage.desk.t
    told = t("ui.inbox.reread", before=t("intent.crisis_signal"), now=t("intent.praise"))
    assert (pane.own.text(), pane.own.isVisible()) == ("Nous regardons cela avec vous.", True)
    assert (pane.reread.text(), pane.reread.isVisible()) == (told, True)
    offers = stage.screen.writing.offers(here)
    assert offers is not None
    assert not any("{fait}" in one.text for one in offers.found)
    stage.turn_to(DELAYS[0]["text"])
    assert not pane.reread.isVisible()
    stage.turn_to("Boycott")
    assert (pane.own.text(), pane.reread.isVisible()) == ("Nous regardons cela avec vous.", True)
    assert stage.told[-1].act is not None
    stage.told[-1].act()
    stage.rest()
    assert not pane.reread.isVisible()
    assert pane.own.text() == "Nous regardons cela avec vous."


def test_a_reply_that_was_chosen_stays_too_until_another_is(stage: Stage) -> None:
    stage.load({"text": BOYCOTT}, DELAYS[0])
    pane = stage.screen.reply
    stage.turn_to("Boycott")
    chosen = offered(stage)[1]
    stage.in_list()
    stage.press(KEY.Key_2)
    assert pane.item.editor.text() == chosen
    stage.in_list()
    choose(stage, KEY.Key_C)
    assert pane.item.editor.text() == chosen
    assert pane.reread.isVisible()
    stage.in_list()
    stage.press(KEY.Key_R)
    assert not any("{fait}" in one for one in offered(stage))
    stage.press(KEY.Key_1)
    assert "{fait}" not in pane.item.editor.text()
    assert not pane.reread.isVisible()


def test_the_message_bar_takes_it_back(stage: Stage) -> None:
    stage.load(*DELAYS[:1])
    here = stage.screen.list.current_id
    before = intent_of(stage, here)
    choose(stage, KEY.Key_P if before is not Intent.COMPLAINT else KEY.Key_T)
    assert intent_of(stage, here) is not before
    assert stage.told[-1].act is not None
    stage.told[-1].act()
    stage.rest()
    assert intent_of(stage, here) is before
    with stage.desk._copilot().store().read() as work:
        assert not work.corrections.of_brand("")


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ([KEY.Key_1], Intent.QUESTION),
        ([KEY.Key_0], Intent.CRISIS_SIGNAL),
        ([KEY.Key_Home, KEY.Key_Down, KEY.Key_Down, KEY.Key_Return], Intent.PRAISE),
        ([KEY.Key_End, KEY.Key_Enter], Intent.OTHER),
    ],
)
def test_digits_and_arrows_choose_too(stage: Stage, keys: list[Qt.Key], expected: Intent) -> None:
    stage.load(*DELAYS[:1])
    here = stage.screen.list.current_id
    opened = popup(stage)
    for one in keys:
        stage.qtbot.keyClick(opened.list, one)
    stage.rest()
    assert intent_of(stage, here) is expected


def test_escape_and_a_letter_of_none_change_nothing(stage: Stage) -> None:
    stage.load(*DELAYS[:1])
    here = stage.screen.list.current_id
    before = stage.row(here).message.triage
    opened = popup(stage)
    stage.qtbot.keyClick(opened.list, KEY.Key_Z)
    assert opened_popup(stage) is opened
    stage.qtbot.keyClick(opened.list, KEY.Key_Escape)
    stage.rest()
    assert opened_popup(stage) is None
    assert stage.screen.list.hasFocus()
    assert stage.row(here).message.triage == before


def test_what_is_selected_is_corrected_together_and_agreement_is_told_once_it_means_something(stage: Stage) -> None:
    stage.load(*DELAYS)
    choose(stage, KEY.Key_P)
    assert "%" not in stage.told[-1].text
    stage.in_list()
    stage.press(KEY.Key_A, CTRL)
    choose(stage, KEY.Key_P)
    assert {intent_of(stage, one) for one in stage.shown_order()} == {Intent.COMPLAINT}
    assert "%" in stage.told[-1].text


def test_our_own_message_cannot_be_corrected_and_says_why(stage: Stage) -> None:
    stage.load({"text": "Bonjour, nous regardons.", "is_owner": "true"}, *DELAYS[:1])
    stage.turn_to("Bonjour")
    action = stage.screen.keys.actions["correct"]
    assert not action.isEnabled()
    assert action.whatsThis()


def test_the_list_stays_as_it_is_until_it_is_sorted_again(stage: Stage) -> None:
    stage.load(*DELAYS[:4])
    screen = stage.screen
    before = stage.shown_order()
    assert screen.standing.again.isHidden()
    screen.list.turn_to(before[-1])
    stage.rest()
    choose(stage, KEY.Key_R)  # distress: the gravest
    assert intent_of(stage, before[-1]) is Intent.DISTRESS
    assert stage.shown_order() == before
    assert screen.standing.again.isVisible()
    assert screen.keys.actions["sort_again"].isEnabled()
    stage.in_list()
    stage.press(KEY.Key_F5)
    assert stage.shown_order() == [before[-1], *before[:-1]]
    assert screen.standing.again.isHidden()
    assert screen.list.current_id == before[-1]
    assert not screen.keys.actions["sort_again"].isEnabled()


def test_another_order_or_filter_is_sorted_at_once(stage: Stage) -> None:
    stage.load(*DELAYS[:4])
    before = stage.shown_order()
    stage.screen.list.turn_to(before[-1])
    stage.rest()
    choose(stage, KEY.Key_R)
    stage.screen.filters.search.setText("colis")
    stage.screen.filters._rest.start()
    stage.rest()
    assert stage.shown_order()[0] == before[-1]
    assert stage.screen.standing.again.isHidden()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_intent_has_a_letter_of_its_own(language: str) -> None:
    t = Translator(language)
    names = [t(f"intent.{one.value}") for one in Intent]
    letters = letters_of(names)
    assert len(set(letters)) == len(names)
    assert all(len(one) == 1 and one.isalpha() for one in letters)


@pytest.mark.parametrize(
    ("shown", "wanted", "kept"),
    [
        ([], [1, 2], [1, 2]),
        ([1, 2, 3], [3, 1, 2], [1, 2, 3]),
        ([1, 2, 3], [3, 1], [1, 3]),
        ([1, 2, 3], [9, 1, 8, 3, 2], [9, 1, 8, 2, 3]),
        ([5], [7, 6], [7, 6]),
    ],
)
def test_the_order_kept(shown: list[int], wanted: list[int], kept: list[int]) -> None:
    assert kept_order(shown, wanted) == kept
    assert sorted(kept_order(shown, wanted)) == sorted(wanted)


def test_the_triage_is_refined_when_asked_and_says_what_came_of_it(stage: Stage) -> None:
    stage.load(*DELAYS)
    refine = stage.screen.keys.actions["refine"]
    refine.trigger()
    stage.rest()
    assert stage.desk.t("ui.inbox.refine.read", count=len(DELAYS)) in stage.told[-1].text
    assert stage.screen.progress.isHidden()
    refine.trigger()
    stage.rest()
    assert stage.told[-1].text == stage.desk.t("ui.inbox.refine.nothing")
    stage.in_list()
    choose(stage, KEY.Key_S)
    refine.trigger()
    stage.rest()
    # What was learnt is put to use: all but the message that a person settled is read again.
    assert stage.desk.t("ui.inbox.refine.read", count=len(DELAYS) - 1) in stage.told[-1].text


def test_refining_can_be_stopped_and_two_at_a_time_are_refused(stage: Stage) -> None:
    stage.load(*DELAYS)
    refine = stage.screen.keys.actions["refine"]
    refine.trigger()
    assert stage.screen.progress.isVisible()
    refine.trigger()
    assert stage.told[-1].text == stage.desk.t("ui.inbox.busy")
    stage.screen.progress.cancel.click()
    stage.rest()
    assert stage.told[-1].text == stage.desk.t("ui.inbox.refine.stopped")
    assert stage.screen.progress.isHidden()

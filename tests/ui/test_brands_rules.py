"""The checks of a brand on a real profile: rules graded, house style, own limits, and what a text makes of them."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from copilot import checks
from copilot.domain.brand import Brand, HouseStyle, InclusiveWriting, RuleLevel, Sector, Typography
from copilot.domain.finding import Finding, Severity
from copilot.i18n import Translator
from ui.desk import Desk, Message
from ui.main_window import MainWindow
from ui.screens._brands.networks_box import LimitLine
from ui.screens._brands.rules import FAMILIES, LEVELS, Rule
from ui.screens._brands.rules_tab import ChecksTab
from ui.screens._brands.screen import BrandsScreen
from ui.screens._brands.style_form import Figure, SectorsBox
from ui.screens._brands.trial import LONGEST, TrialPane
from ui.screens._brands.trial_texts import TEXTS
from ui.widgets.tag_line import TagLine

from .test_layout import (
    full_profile,
    keys_wanted_twice,
    out_of_reach,
    overlapping,
    shown,
    without_name,
    words_cut,
)

__all__ = ["full_profile", "shown"]  # fixtures of this module too

Settled = Callable[[Desk], None]
HOSTILE = "<b>&x</b>\u202e\x00" + "\ud800" + "e" + "\u0301" * 2000


@pytest.fixture
def screen(window: MainWindow, desk: Desk, settled: Settled) -> BrandsScreen:
    """The screen with the demo brand open."""
    window.go("brands")
    settled(desk)
    found = window.screen_of("brands")
    assert isinstance(found, BrandsScreen)
    return found


@pytest.fixture
def tab(screen: BrandsScreen, desk: Desk, settled: Settled) -> ChecksTab:
    """The tab of the checks, with its rules and the findings of its text."""
    screen.editor.show_tab("checks")
    found = screen.editor.page("checks")
    assert isinstance(found, ChecksTab)
    tried(found, desk, settled)
    return found


@pytest.fixture
def told(desk: Desk) -> list[Message]:
    """What the message bar was told."""
    heard: list[Message] = []
    desk.told.connect(heard.append)
    return heard


def tried(tab: ChecksTab, desk: Desk, settled: Settled) -> None:
    """Ask for the findings now and wait for them."""
    tab.trial.ask()
    settled(desk)


def brand_of(tab: ChecksTab) -> Brand:
    return tab.editing.brand


def names(tab: ChecksTab) -> list[str]:
    return [one.name for one in tab.list.rules.rows if isinstance(one, Rule)]


def type_text(pane: TrialPane, text: str) -> None:
    pane.editor.replace_all_undoable(text)


def findings(tab: ChecksTab) -> tuple[Finding, ...]:
    assert tab.trial.checked is not None
    return tab.trial.checked.findings


def rules_seen(tab: ChecksTab) -> dict[str, set[Severity]]:
    found: dict[str, set[Severity]] = {}
    for one in findings(tab):
        found.setdefault(one.rule, set()).add(one.severity)
    return found


def test_the_tab_is_made_when_it_is_first_shown(screen: BrandsScreen, desk: Desk, settled: Settled) -> None:
    settled(desk)
    assert "checks" not in screen.editor.tabs.made
    assert "contact" in screen.editor.tabs.made
    screen.editor.show_tab("checks")
    assert screen.editor.tab == "checks"


def test_every_rule_has_its_place_and_its_words_in_both_languages(tab: ChecksTab) -> None:
    rules = checks.usual_severities()
    assert sorted(names(tab)) == sorted(rules)
    placed = [name for family in FAMILIES.values() for name in family]
    assert len(placed) == len(set(placed))
    assert set(rules) == set(placed)
    for language in ("fr", "en"):
        t = Translator(language)
        wanted = [f"ui.rule.{name}" for name in rules]
        wanted += [f"ui.rule.{name}.risk" for name, usual in rules.items() if usual is Severity.BLOCKS]
        assert [key for key in wanted if not t.has(key)] == []


def test_a_figure_grades_the_rule_with_the_focus_and_undo_takes_it_back(
    tab: ChecksTab, screen: BrandsScreen, desk: Desk, qtbot: QtBot
) -> None:
    tab.list.setFocus()
    tab.list.select("shouting")
    start = brand_of(tab)
    qtbot.keyClick(tab.list, Qt.Key.Key_2)
    assert brand_of(tab).checks == {**start.checks, "shouting": RuleLevel.BLOCKS}
    qtbot.keyClick(tab.list, Qt.Key.Key_5)
    assert brand_of(tab).checks["shouting"] is RuleLevel.OFF
    qtbot.keyClick(tab.list, Qt.Key.Key_Left)
    assert brand_of(tab).checks["shouting"] is RuleLevel.ADVISES
    # Each choice is a step, however fast.
    for wanted in (RuleLevel.OFF, RuleLevel.BLOCKS):
        qtbot.keyClick(tab.list, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert brand_of(tab).checks["shouting"] is wanted
        assert tab.list.rules.levels["shouting"] is wanted
    qtbot.keyClick(tab.list, Qt.Key.Key_1)
    assert brand_of(tab) == start
    assert tab.list.current is not None
    assert tab.list.current.name == "shouting"
    qtbot.keyClick(tab.list, Qt.Key.Key_Down)
    assert tab.list.current.name == "exclamations"


@pytest.mark.parametrize("place", range(5))
def test_a_click_on_a_choice_makes_it(tab: ChecksTab, qtbot: QtBot, place: int) -> None:
    tab.grade("dead_link", RuleLevel.OFF if LEVELS[place] is not RuleLevel.OFF else None)
    tab.list.select("dead_link")
    row = tab.list.visualRect(tab.list.currentIndex())
    cell = tab.list.cells(row)[place]
    assert tab.list.said_at(cell.center()).endswith(f"({place + 1})")
    qtbot.mouseClick(tab.list.viewport(), Qt.MouseButton.LeftButton, pos=cell.center())
    assert brand_of(tab).checks.get("dead_link") == LEVELS[place]


def test_a_click_beside_the_choices_changes_nothing(tab: ChecksTab, qtbot: QtBot) -> None:
    tab.list.select("dead_link")
    row = tab.list.visualRect(tab.list.currentIndex())
    qtbot.mouseClick(tab.list.viewport(), Qt.MouseButton.LeftButton, pos=row.topLeft() + row.center() / 8)
    assert not tab.editing.is_changed


def test_switching_a_rule_shows_at_once_what_changes(tab: ChecksTab, desk: Desk, settled: Settled) -> None:
    assert Severity.BLOCKS not in rules_seen(tab)["shouting"]
    before = len(findings(tab))
    tab.grade("shouting", RuleLevel.BLOCKS)
    tried(tab, desk, settled)
    assert rules_seen(tab)["shouting"] == {Severity.BLOCKS}
    assert tab.list.rules.seen["shouting"] > 0
    tab.grade("shouting", RuleLevel.OFF)
    tried(tab, desk, settled)
    assert "shouting" not in rules_seen(tab)
    assert "shouting" not in tab.list.rules.seen
    now = desk.t("ui.trial.found", count=len(findings(tab)))
    assert tab.trial.note.text() == desk.t("ui.trial.was", now=now, count=before)


def test_a_change_is_followed_without_being_asked(tab: ChecksTab, qtbot: QtBot) -> None:
    with qtbot.waitSignal(tab.trial.shown):
        tab.grade("typography", RuleLevel.OFF)
    assert "typography" not in rules_seen(tab)


def test_findings_nobody_waits_for_any_more_are_dropped(
    tab: ChecksTab, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    for text in ("UN DEUX TROIS QUATRE !!!!!", "DEUX TROIS QUATRE CINQ !!!!", "Rien de spécial ici."):
        type_text(tab.trial, text)
        tab.trial.ask()
    settled(desk)
    assert tab.trial.checked is not None
    assert "shouting" not in rules_seen(tab)
    assert tab.trial.checked.fixed == "Rien de spécial ici."


def test_a_rule_that_protects_says_what_may_go_out_once_lowered(tab: ChecksTab, desk: Desk) -> None:
    rules = tab.list.rules
    rule = next(one for one in rules.rows if isinstance(one, Rule) and one.name == "length")
    said = desk.t("ui.rule.length.risk")
    assert said not in rules.spoken(rule)
    for level in (RuleLevel.WARNS, RuleLevel.ADVISES, RuleLevel.OFF):
        tab.grade("length", level)
        assert (said, "warn") in rules.notes_of(rule)
        assert said.rstrip(".") in rules.spoken(rule)
    tab.grade("length", RuleLevel.BLOCKS)
    assert (said, "warn") not in rules.notes_of(rule)
    tab.grade("shouting", RuleLevel.OFF)
    other = next(one for one in rules.rows if isinstance(one, Rule) and one.name == "shouting")
    assert not other.lets_through(RuleLevel.OFF)


def test_rules_are_found_by_their_words_without_accents(tab: ChecksTab, qtbot: QtBot) -> None:
    qtbot.keyClicks(tab.filter, "REPETEE")
    assert names(tab) == ["repeated_sentence"]
    qtbot.keyClick(tab.filter, Qt.Key.Key_Down)
    assert tab.list.hasFocus()
    tab.filter.setText("zzz")
    assert names(tab) == []
    assert not tab.list.isVisible()
    tab._all.click()
    assert len(names(tab)) == len(checks.usual_severities())
    assert tab.list.isVisible()


def test_changed_rules_are_counted_shown_alone_and_all_set_as_usual_with_a_way_back(
    tab: ChecksTab, desk: Desk, told: list[Message]
) -> None:
    tab.grade("length", RuleLevel.WARNS)
    tab.grade("cliche", RuleLevel.OFF)
    assert tab.only_own.text() == desk.t("ui.rules.changed", count=2)
    tab.only_own.click()
    assert names(tab) == ["length", "cliche"]
    chosen = dict(brand_of(tab).checks)
    tab.reset_button.click()
    assert brand_of(tab).checks == {}
    assert names(tab) == []
    assert not tab.reset_button.isEnabled()
    assert told[-1].act is not None
    told[-1].act()
    assert brand_of(tab).checks == chosen
    assert names(tab) == ["length", "cliche"]
    tab.editing.undo()
    assert brand_of(tab).checks == {}


def test_a_rule_of_another_version_is_shown_and_can_be_given_up(tab: ChecksTab) -> None:
    tab.editing.put(replace(brand_of(tab), checks={"<b>" + HOSTILE[:40]: RuleLevel.OFF}))
    (name,) = brand_of(tab).checks
    assert names(tab)[-1] == name
    tab.grade(name, None)
    assert brand_of(tab).checks == {}
    assert name not in names(tab)


def test_what_is_chosen_is_saved_and_read_again(
    tab: ChecksTab, screen: BrandsScreen, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    tab.grade("cliche", RuleLevel.OFF)
    tab.show_part("style")
    box = tab.fields[("style", "sectors")].control
    assert isinstance(box, SectorsBox)
    box.boxes[Sector.FOOD].click()
    box.boxes[Sector.ALCOHOL].click()
    marks = tab.fields[("style", "exclamations")].control
    assert isinstance(marks, Figure)
    marks.setFocus()
    marks.selectAll()
    qtbot.keyClicks(marks, "12")
    words = tab.fields[("style", "words")].control
    assert isinstance(words, TagLine)
    qtbot.keyClicks(words.line, "Courlis, Barge")
    screen.editor.save()
    settled(desk)
    kept: list[Brand] = []
    desk.run(lambda copilot: copilot.brands.get("aubrelle"), kept.append)
    qtbot.waitUntil(lambda: bool(kept))
    assert kept[0].checks == {"cliche": RuleLevel.OFF}
    assert set(kept[0].style.sectors) == {Sector.FOOD, Sector.ALCOHOL}
    assert kept[0].style.exclamations == 12
    assert kept[0].style.words == ("Courlis", "Barge")
    assert not tab.editing.is_changed


def test_the_house_style_is_shown_and_changed_by_hand(tab: ChecksTab, desk: Desk, qtbot: QtBot) -> None:
    style = HouseStyle(
        Typography.SWISS, InclusiveWriting.MEDIAN, 0, 500, ("génial",), ("Héron",), (Sector.CARS, Sector.CREDIT)
    )
    tab.editing.put(replace(brand_of(tab), style=style))
    tab.show_part("style")
    # Showing is not editing.
    assert brand_of(tab).style == style
    assert tab.fields[("style", "exclamations")].control.text() == desk.t("ui.style.exclamations.none")  # type: ignore[attr-defined]  # a spin box
    typography = tab.fields[("style", "typography")].control
    typography._control._buttons["quebec"].click()  # type: ignore[attr-defined]  # the button a person clicks
    assert brand_of(tab).style.typography is Typography.QUEBEC
    assert typography._note.text() == desk.t("ui.style.typography.quebec.about")  # type: ignore[attr-defined]  # what is under it
    qtbot.keyClick(tab.fields[("style", "same_sentence")].control, Qt.Key.Key_Up)
    assert brand_of(tab).style.same_sentence == 501
    tab.editing.undo()
    tab.editing.undo()
    assert brand_of(tab).style == style


def test_the_house_style_is_heard_in_the_trial(tab: ChecksTab, desk: Desk, settled: Settled) -> None:
    type_text(tab.trial, "Bravo ! Merci ! Super !")
    tried(tab, desk, settled)
    assert "exclamations" not in rules_seen(tab)
    tab.editing.put(replace(brand_of(tab), style=HouseStyle(exclamations=1)))
    tried(tab, desk, settled)
    assert "exclamations" in rules_seen(tab)


def test_a_mistake_in_the_style_is_shown_beside_its_field(
    tab: ChecksTab, screen: BrandsScreen, desk: Desk, settled: Settled
) -> None:
    tab.editing.put(replace(brand_of(tab), style=HouseStyle(exclamations=2_000)))
    screen.editor.show_tab("voice")
    screen.editor.save()
    settled(desk)
    assert screen.editor.tab == "checks"
    assert tab.parts.current == "style"
    assert "1" in tab.fields[("style", "exclamations")].note.text()


def test_the_text_of_the_trial_is_kept_for_each_part_and_language(tab: ChecksTab, desk: Desk, settled: Settled) -> None:
    pane = tab.trial
    assert pane.editor.text() == TEXTS["post", pane.language.current]
    type_text(pane, "Mon texte à moi.")
    pane.part._buttons["reply"].click()
    assert pane.editor.text() == TEXTS["reply", pane.language.current]
    tried(tab, desk, settled)
    assert "private_data_request" in rules_seen(tab)
    pane.part._buttons["post"].click()
    assert pane.editor.text() == "Mon texte à moi."
    pane._again.click()
    assert pane.editor.text() == TEXTS["post", pane.language.current]


@pytest.mark.parametrize(("part", "language"), list(TEXTS))
def test_each_example_makes_several_rules_speak(
    tab: ChecksTab, desk: Desk, settled: Settled, part: str, language: str
) -> None:
    tab.trial.language._buttons[language].click()
    tab.trial.part._buttons[part].click()
    tried(tab, desk, settled)
    assert len(rules_seen(tab)) >= 4


def test_all_small_findings_are_mended_at_once_and_undone_by_the_text_itself(
    tab: ChecksTab, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    pane = tab.trial
    before = pane.editor.text()
    pane.walk.next()
    assert pane.editor.textCursor().hasSelection()
    pane.findings.all_asked.emit()
    assert pane.checked is not None
    assert pane.editor.text() == pane.checked.fixed != before
    pane.editor.undo()
    assert pane.editor.text() == before


def test_hostile_and_endless_texts_are_tried_without_harm(tab: ChecksTab, desk: Desk, settled: Settled) -> None:
    for text in (HOSTILE, "\u05d0" * 300 + HOSTILE * 3, "mot. " * 100_000):
        type_text(tab.trial, text)
        tried(tab, desk, settled)
        assert tab.trial.checked is not None
    assert desk.t("ui.trial.cut", count=LONGEST) in tab.trial.note.text()


def limit_line(screen: BrandsScreen, network: str) -> LimitLine:
    screen.editor.show_tab("contact")
    control = screen.editor.page("contact").fields[("limits", network)].control
    assert isinstance(control, LimitLine)
    return control


def test_an_account_has_its_own_limit_or_the_usual_one(
    screen: BrandsScreen, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    line = limit_line(screen, "x")
    assert "280" in line.placeholderText()
    line.setFocus()
    qtbot.keyClicks(line, "25 000")
    assert screen.editor.editing.brand.limits == {"x": 25_000}
    screen.editor.save()
    settled(desk)
    assert screen.editor.editing.base is not None
    assert screen.editor.editing.base.limits == {"x": 25_000}
    line.clear()
    line.textEdited.emit("")
    assert screen.editor.editing.brand.limits == {}
    screen.editor.editing.undo()
    assert line.text() == desk.t.number(25_000)


@pytest.mark.parametrize("typed", ["0", "-3", "beaucoup", "1000001", "99999999999999999999", "²", "٣٣"])
def test_an_absurd_limit_is_refused_kindly_and_the_usual_one_holds(
    screen: BrandsScreen, desk: Desk, qtbot: QtBot, typed: str
) -> None:
    line = limit_line(screen, "mastodon")
    field = screen.editor.page("contact").fields[("limits", "mastodon")]
    line.setFocus()
    line.setText(typed)
    line.textEdited.emit(typed)
    assert screen.editor.editing.brand.limits == {}
    assert field.note.text() == desk.t("ui.limits.wrong", most=1_000_000)
    line.setText("1000")
    line.textEdited.emit("1000")
    assert screen.editor.editing.brand.limits == {"mastodon": 1_000}
    assert field.note.text() == ""


def test_a_figure_from_memory_is_said_to_be_confirmed(screen: BrandsScreen, desk: Desk) -> None:
    screen.editor.show_tab("contact")
    fields = screen.editor.page("contact").fields
    assert fields[("limits", "snapchat")].note.text() == desk.t("ui.limits.to_confirm")
    assert fields[("limits", "x")].note.text() == ""


def test_an_own_limit_is_that_of_the_trial(tab: ChecksTab, screen: BrandsScreen, desk: Desk, settled: Settled) -> None:
    tab.trial.network.show_value("x")
    type_text(tab.trial, "Une phrase simple. " * 30)
    tried(tab, desk, settled)
    assert "length" in rules_seen(tab)
    tab.editing.put(replace(brand_of(tab), limits={"x": 25_000}))
    tried(tab, desk, settled)
    assert "length" not in rules_seen(tab)


def test_a_screen_reader_hears_the_rule_and_its_weight(tab: ChecksTab, desk: Desk) -> None:
    tab.grade("length", RuleLevel.OFF)
    place = tab.list.rules.place_of("length")
    interface = QAccessible.queryAccessibleInterface(tab.list)
    heard = interface.child(place).text(QAccessible.Text.Name)
    assert desk.t("check.length.title") in heard
    assert desk.t("ui.rules.level.off") in heard
    assert desk.t("ui.rule.length.risk").rstrip(".") in heard


def test_grading_a_rule_is_immediate(tab: ChecksTab) -> None:
    tab.grade("length", RuleLevel.OFF)
    QApplication.processEvents()
    started = time.thread_time()
    for level in LEVELS * 4:
        tab.grade("length", level)
    assert (time.thread_time() - started) / 20 < 0.05


@pytest.mark.parametrize(
    "shown",
    [
        pytest.param(("brands", language, size, percent), id=f"{language}-{size[0]}-{percent}")
        for language in ("fr", "en")
        for size, percent in (((1280, 720), 100), ((960, 620), 100), ((960, 620), 130))
    ],
    indirect=True,
)
def test_nothing_is_cut_over_something_else_or_out_of_reach(
    shown: MainWindow, request: pytest.FixtureRequest, settled: Settled
) -> None:
    size = request.node.callspec.params["shown"][2]
    screen = shown.screen_of("brands")
    assert isinstance(screen, BrandsScreen)
    desk, editor = screen.desk, screen.editor
    editor.show_tab("checks")
    page = editor.page("checks")
    assert isinstance(page, ChecksTab)
    page.grade("length", RuleLevel.WARNS)
    tried(page, desk, settled)
    faults = []
    beside = page.splitter.indexOf(page.trial) >= 0
    for part in ("rules", "style") if beside else ("rules", "style", "trial"):
        page.show_part(part)
        tried(page, desk, settled)
        measures = (words_cut, overlapping, without_name, keys_wanted_twice, out_of_reach)
        faults += [f"{part}: {one}" for measure in measures for one in measure(shown)]
    editor.show_tab("contact")
    settled(desk)
    faults += [f"contact: {one}" for measure in (words_cut, overlapping, without_name) for one in measure(shown)]
    assert not faults, "\n".join(faults)
    assert (shown.width(), shown.height()) == size

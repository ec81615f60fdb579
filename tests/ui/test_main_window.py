"""The frame: the rail, the palette, the cheat sheet, the message bar, where the focus goes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from copilot.errors import UserError
from tests.ui.test_layout import cut
from ui.actions import Actions
from ui.desk import Changes, Desk
from ui.dialogs.cheat_sheet import CheatSheet
from ui.dialogs.palette import Palette, matches, plain
from ui.dialogs.report import Report, report_of
from ui.main_window import WIDE, MainWindow
from ui.theme import Choice

Settled = Callable[[Desk], None]
CONTROL = Qt.KeyboardModifier.ControlModifier


def press(window: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, key, modifier)


def dialog_of(window: MainWindow, kind: type[Any]) -> Any:
    [found] = [one for one in window.findChildren(kind) if one.isVisible()]
    return found


def test_ctrl_and_a_number_goes_to_each_screen_and_the_focus_follows(
    window: MainWindow, desk: Desk, settled: Settled
) -> None:
    window.go("compose")
    for place, name in enumerate(window.screens):
        press(window, Qt.Key(Qt.Key.Key_1.value + place), CONTROL)
        settled(desk)
        screen = window.screen_of(name)
        assert window.screen_name == name
        assert screen.isVisible()
        focused = QApplication.focusWidget()
        assert focused is not None
        assert screen.isAncestorOf(focused) or focused is screen, f"{name}: the focus is on {focused}"


def test_the_keys_of_a_screen_work_when_the_focus_is_on_the_rail(
    window: MainWindow, desk: Desk, settled: Settled
) -> None:
    window.go("prompts")
    settled(desk)
    window._nav["prompts"].setFocus()
    press(window, Qt.Key.Key_F, CONTROL)
    search: Any = QApplication.focusWidget()
    assert search is window.screen_of("prompts").prompts.search  # type: ignore[attr-defined]  # the screen has one


def test_a_hidden_screen_hears_no_key(window: MainWindow, desk: Desk, settled: Settled) -> None:
    window.go("compose")
    settled(desk)
    compose: Any = window.screen_of("compose")
    compose.brief.take_text("Un brief")
    window.go("brands")
    settled(desk)
    press(window, Qt.Key.Key_N, CONTROL)
    for one in window.findChildren(QWidget):
        if one.isWindow() and one.isVisible():
            one.close()
    assert compose.brief.text == "Un brief"


def test_a_narrow_window_shows_the_icons_of_the_rail_alone(window: MainWindow) -> None:
    buttons = list(window._nav.values())
    titles = [one.accessibleName() for one in buttons]
    window.resize(WIDE - 1, 700)
    assert [one.text() for one in buttons] == [""] * len(buttons)
    assert [one.accessibleName() for one in buttons] == titles
    assert all(title in one.toolTip() for one, title in zip(buttons, titles, strict=True))
    QTest.qWait(0)
    narrow = buttons[0].width()
    window.resize(WIDE, 700)
    assert [one.text() for one in buttons] == titles
    QTest.qWait(0)
    assert buttons[0].width() > narrow + 60


def test_the_palette_finds_by_a_few_letters_without_accents_and_runs(
    window: MainWindow, desk: Desk, settled: Settled, qtbot: QtBot
) -> None:
    window.go("compose")
    settled(desk)
    press(window, Qt.Key.Key_K, CONTROL)
    palette: Palette = dialog_of(window, Palette)
    assert palette.list.count() > 10
    QTest.keyClicks(palette.search, "reglages")
    assert palette.list.count() >= 1
    QTest.keyClick(palette.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.screen_name == "settings")


def test_the_palette_says_when_nothing_is_found_and_a_disabled_action_says_why(
    window: MainWindow, desk: Desk, settled: Settled
) -> None:
    window.go("compose")
    settled(desk)
    press(window, Qt.Key.Key_K, CONTROL)
    palette: Palette = dialog_of(window, Palette)
    palette.search.setText("zzzz")
    assert palette.none.isVisible()
    QTest.keyClick(palette.search, Qt.Key.Key_Return)
    assert palette.isVisible()
    palette.search.setText(desk.t("ui.compose.write"))
    line = palette.list.item(0)
    assert line.flags() == Qt.ItemFlag.NoItemFlags
    assert line.toolTip()
    QTest.keyClick(palette, Qt.Key.Key_Escape)


@pytest.mark.parametrize(
    ("words", "title", "found"),
    [("ecr", "Écrire", True), ("écr", "ecrire", True), ("re po", "Poster la réponse", True), ("xyz", "Écrire", False)],
)
def test_words_match_in_any_order_and_case(words: str, title: str, found: bool) -> None:
    assert matches(words, title) is found
    assert plain("ÉCŒUR") == plain("écœur")


def test_every_screen_lists_its_keys_in_the_cheat_sheet(
    window: MainWindow, desk: Desk, settled: Settled, qtbot: QtBot
) -> None:
    for name in window.screens:
        window.go(name)
        settled(desk)
        window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
        press(window, Qt.Key.Key_F1)
        sheet: CheatSheet = dialog_of(window, CheatSheet)
        shown = [one.text() for one in sheet.findChildren(QLabel) if one.isVisible()]
        for one in desk.actions.listed():
            assert one.title.strip(), one.id
            if one.keys:
                assert one.keys in shown, f"{name}: {one.id}"
        QTest.keyClick(sheet, Qt.Key.Key_Escape)


def test_a_question_mark_typed_in_a_text_stays_a_question_mark(
    window: MainWindow, desk: Desk, settled: Settled
) -> None:
    window.go("compose")
    settled(desk)
    compose: Any = window.screen_of("compose")
    compose.brief.editor.setFocus()
    QTest.keyClicks(compose.brief.editor, "Venez ?")
    assert compose.brief.text == "Venez ?"
    assert not window.findChildren(CheatSheet)


def test_a_message_shows_others_words_as_they_are_and_runs_its_undo_once(window: MainWindow, desk: Desk) -> None:
    done: list[int] = []
    desk.tell("ok", "<b>Fichier</b> & <img src=x>", act_label="Annuler", act=lambda: done.append(1))
    bar = window._news
    assert bar.isVisible()
    assert bar.text.text() == "<b>Fichier</b> & <img src=x>"
    assert bar.text.textFormat() == Qt.TextFormat.PlainText
    bar.act_button.click()
    bar.act_button.click()
    assert done == [1]
    assert not bar.isVisible()


def test_good_news_move_nothing_and_their_button_has_a_key(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    done: list[int] = []
    before = window._stack.geometry()
    desk.tell("ok", "Approuvé. " * 20, act_label="Annuler", act=lambda: done.append(1))
    qtbot.waitUntil(window._news.isVisible)
    assert window._stack.geometry() == before
    assert whole_in(window, window._news)
    assert window._news.text.height() >= window._news.text.heightForWidth(window._news.text.width())
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert done == [1]


def place_in(window: MainWindow, widget: QWidget) -> QRect:
    """Where ``widget`` is in ``window``."""
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def seen_of(window: MainWindow, widget: QWidget) -> QRect:
    """What of ``widget`` is not out of what scrolls around it."""
    seen, around = place_in(window, widget), widget.parentWidget()
    while around is not None and around is not window:
        seen &= place_in(window, around)
        around = around.parentWidget()
    return seen


def whole_in(window: MainWindow, widget: QWidget) -> bool:
    return window.rect().contains(place_in(window, widget))


@pytest.mark.parametrize("size", [(1280, 720), (960, 620)], ids=["usual", "least"])
def test_good_news_cover_nothing_of_any_screen(
    window: MainWindow, desk: Desk, settled: Settled, size: tuple[int, int], qtbot: QtBot
) -> None:
    window.resize(*size)
    for name in window.screens:
        window.go(name)
        settled(desk)
        desk.tell("ok", "C’est fait.", act_label="Annuler", act=lambda: None)
        qtbot.waitUntil(window._news.isVisible)
        news = place_in(window, window._news)
        covered = [
            one
            for one in window.findChildren(QWidget)
            if one.isVisible()
            and one.window() is window
            and not one.isAncestorOf(window._news)
            and not window._news.isAncestorOf(one)
            and one is not window._news
            and news.intersects(seen_of(window, one))
        ]
        assert covered == [], name
        assert whole_in(window, window._news)


LONG_NAME = f"{'export_commentaires_' * 6}final.csv"


@pytest.mark.parametrize("stays", [False, True], ids=["news", "stays"])
@pytest.mark.parametrize("percent", [100, 130])
def test_a_long_name_without_a_space_is_shortened_in_the_middle(
    window: MainWindow, desk: Desk, qtbot: QtBot, stays: bool, percent: int
) -> None:
    assert len(LONG_NAME) > 120
    desk.theme.apply(Choice("light", percent))
    window.resize(960, 620)
    said = desk.t("ui.inbox.load.done", title=LONG_NAME, count=495)
    desk.tell("warn" if stays else "ok", said, act_label=desk.t("ui.import.see"), act=lambda: None, stays=stays)
    bar = window._bar if stays else window._news
    qtbot.waitUntil(bar.isVisible)
    text = bar.text
    qtbot.waitUntil(lambda: not cut(text))
    assert (window.width(), window.height()) == (960, 620)
    assert whole_in(window, bar)
    assert "…" in text.text()
    assert text.text().startswith(said[:12])
    assert text.text().endswith(said[-12:])
    assert text.toolTip() == text.accessibleDescription() == bar.accessibleName() == said
    for button in (bar.act_button, bar.close_button):
        assert button.isVisible()
        assert not cut(button)
        assert whole_in(window, button)
    desk.tell("warn" if stays else "ok", "Court.", stays=stays)
    assert (text.text(), text.toolTip(), text.accessibleDescription()) == ("Court.", "", "")


def test_an_error_for_people_is_a_sentence_and_a_bug_a_report(window: MainWindow, desk: Desk) -> None:
    desk.tell_error(UserError("item.unknown", id=7))
    assert window._bar.isVisible()
    assert "7" in window._bar.text.text()
    assert not window.findChildren(Report)


def test_a_report_names_places_and_nobody() -> None:
    try:
        raise ValueError("Nora Kerbrat, nora@aubrelle.example, sk-abcdef0123456789")
    except ValueError as error:
        told = report_of(error)
    assert "ValueError" in told
    assert re.search(r"test_main_window\.py:\d+", told)
    for secret in ("Nora", "aubrelle", "sk-abc"):
        assert secret not in told


def test_news_reach_a_hidden_screen_when_it_appears(window: MainWindow, desk: Desk, settled: Settled) -> None:
    window.go("brands")
    settled(desk)
    window.go("compose")
    settled(desk)
    heard: list[Changes] = []
    brands: Any = window.screen_of("brands")
    brands.refresh = heard.append
    desk.announce(Changes(brands=True))
    settled(desk)
    assert heard == []
    window.go("brands")
    assert heard == [Changes(brands=True)]
    settled(desk)


def test_an_action_goes_with_its_widget(qtbot: QtBot) -> None:
    actions, holder = Actions(), QWidget()
    qtbot.addWidget(holder)
    inner = QWidget(holder)
    actions.add(inner, "a", "Faire", lambda: None, group="G", keys="Ctrl+J")
    holder.show()
    assert [one.id for one in actions.listed()] == ["a"]
    inner.hide()
    assert actions.listed() == []
    inner.show()
    inner.setParent(None)
    inner.deleteLater()
    qtbot.waitUntil(lambda: actions.listed() == [])


def test_who_went_to_a_screen_during_the_start_stays_there(window: MainWindow, desk: Desk, settled: Settled) -> None:
    window.start()
    press(window, Qt.Key.Key_2, CONTROL)
    chosen = window.screen_name
    assert chosen == list(window.screens)[1]
    settled(desk)
    QApplication.processEvents()
    assert window.screen_name == chosen

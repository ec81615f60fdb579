"""The Compose screen, on a real profile: from a brief to approved posts, and what can go wrong on the way."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from copilot import networks
from copilot.app import Copilot
from copilot.domain.item import Status
from copilot.i18n import Translator
from ui.desk import Changes, Desk, Message
from ui.dialogs.approve import ApproveDialog
from ui.main_window import MainWindow
from ui.screens._compose.card import Card
from ui.screens._compose.compare import CompareDialog
from ui.screens._compose.kept import KEY
from ui.screens._compose.screen import ComposeScreen
from ui.screens._compose.variants import Stage
from ui.theme import Choice
from ui.widgets.network_preview import NetworkPreview, first_link

#: Said by the offscreen platform of windows and menus; no other platform says it.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

BRIEF = (
    "Portes ouvertes le samedi 10 avril 2027 à l’atelier, 12, rue des Trois-Forges, à Moulins, de 10 h à 18 h. "
    "Entrée libre. Le Courlis sera vendu 790 € ce jour-là. Réservez votre visite : https://aubrelle.example/visite"
)
Settled = Callable[[Desk], None]


@pytest.fixture
def screen(desk: Desk, qtbot: QtBot, settled: Settled) -> ComposeScreen:
    """The screen, shown and loaded."""
    made = ComposeScreen(desk)
    qtbot.addWidget(made)
    made.resize(1060, 680)
    made.show()
    qtbot.waitExposed(made)
    made.appear()
    # As the window does for the screen in front.
    desk.changed.connect(made.refresh)
    settled(desk)
    return made


@pytest.fixture
def told(desk: Desk) -> list[Message]:
    """What the message bar was told."""
    heard: list[Message] = []
    desk.told.connect(heard.append)
    return heard


def choose(
    screen: ComposeScreen, *chosen: str, variants: int = 2, writer: str = "playbook", language: str = "auto"
) -> None:
    """Set the options as a person would."""
    body = {"networks": list(chosen), "variants": variants, "writer": writer, "language": language}
    screen.options.take(body)
    screen.options.changed.emit()


def brief(screen: ComposeScreen, text: str = BRIEF) -> None:
    """Paste a brief."""
    screen.brief.editor.replace_all_undoable(text)


def proposed(screen: ComposeScreen, qtbot: QtBot, desk: Desk, settled: Settled) -> None:
    """Press the button and wait for the texts."""
    screen.left.write_button.click()
    qtbot.waitUntil(lambda: not screen.writing.is_writing)
    settled(desk)


def card(screen: ComposeScreen, network: str) -> Card:
    """The card of a network, which must be there."""
    found = screen.cards.of(network)
    assert found is not None
    return found


def ask(desk: Desk, qtbot: QtBot, make: Callable[[Copilot], Any]) -> Any:
    """The answer of a service."""
    held: list[Any] = []
    desk.run(make, held.append)
    qtbot.waitUntil(lambda: bool(held))
    return held[0]


def add_scripted(desk: Desk, qtbot: QtBot, settled: Settled, answers: list[object], **settings: str) -> None:
    """A model that plays ``answers``."""

    async def add(copilot: Copilot) -> bool:
        copilot.providers.add("essai", "scripted", {"script": json.dumps(answers), **settings}, None)
        return True

    ask(desk, qtbot, add)
    desk.announce(Changes(providers=True))
    settled(desk)


def raw(view: Any) -> str:
    """What a text view holds, no-break spaces included."""
    return str(view.document().toRawText()).replace("\u2029", "\n")


def texts_under(widget: QWidget) -> list[str]:
    """Every word on buttons and labels."""
    return [one.text() for one in (*widget.findChildren(QLabel), *widget.findChildren(QPushButton))]


# The journey.


def test_a_brief_becomes_approved_posts(
    screen: ComposeScreen, desk: Desk, qtbot: QtBot, settled: Settled, told: list[Message]
) -> None:
    assert screen.right.currentWidget() is screen.welcome
    brief(screen)
    choose(screen, "linkedin", "x", "instagram")
    proposed(screen, qtbot, desk, settled)
    assert [one.network.id for one in screen.cards.all] == ["linkedin", "x", "instagram"]
    assert [len(one.variants) for one in screen.cards.all] == [2, 2, 2]
    linkedin = card(screen, "linkedin")
    assert "10 avril 2027" in linkedin.editor.text()
    assert linkedin.status.text() == "Brouillon"

    linkedin.editor.editor.setFocus()
    linkedin.editor.editor.moveCursor(linkedin.editor.editor.textCursor().MoveOperation.End)
    qtbot.keyClicks(linkedin.editor.editor, " Venez nombreux")
    typed = linkedin.editor.text()
    linkedin.tools.submit_button.click()
    qtbot.waitUntil(lambda: linkedin.status.text() == "En relecture")
    assert linkedin.item is not None
    assert linkedin.item.text == typed

    qtbot.waitUntil(linkedin.tools.approve_button.isEnabled)
    linkedin.tools.approve_button.click()
    dialog = wait_dialog(screen, ApproveDialog, qtbot)
    qtbot.waitUntil(lambda: dialog.text.toPlainText() != "")
    assert raw(dialog.text).startswith(typed)
    bar = dialog.text.verticalScrollBar()
    bar.setValue(bar.maximum())
    qtbot.waitUntil(dialog.yes.isEnabled)
    dialog.yes.click()
    qtbot.waitUntil(lambda: linkedin.status.text() == "Approuvé")
    settled(desk)
    stored = ask(desk, qtbot, lambda copilot: copilot.review.show(linkedin.item_ids[0]))
    assert stored.item.status is Status.APPROVED
    assert stored.item.approval.by == desk.person
    assert stored.item.text == typed
    assert not linkedin.tools.submit_button.isEnabled()
    assert told[-1].act is not None


def wait_dialog(screen: QWidget, kind: type, qtbot: QtBot) -> Any:
    """The dialog of this kind that is open."""
    qtbot.waitUntil(lambda: any(one.isVisible() for one in screen.window().findChildren(kind)))
    return next(one for one in screen.window().findChildren(kind) if one.isVisible())


def test_editing_an_approved_text_ends_its_approval_and_says_so(
    screen: ComposeScreen, desk: Desk, qtbot: QtBot, settled: Settled, told: list[Message]
) -> None:
    brief(screen)
    choose(screen, "linkedin", variants=1)
    proposed(screen, qtbot, desk, settled)
    made = card(screen, "linkedin")
    made.tools.submit()
    qtbot.waitUntil(lambda: made.status.text() == "En relecture")
    before = made.editor.text()
    made.editor.set_text_undoable(before + " Autre")
    made.editor.commit()
    qtbot.waitUntil(lambda: made.status.text() == "Brouillon")
    lapse = next(one for one in reversed(told) if one.kind == "warn")
    assert "relecture" in lapse.text
    assert lapse.act is not None
    lapse.act()
    settled(desk)
    assert made.editor.text() == before
    assert made.status.text() == "Brouillon"


def test_a_new_proposal_keeps_the_older_drafts_and_says_where(
    screen: ComposeScreen, desk: Desk, qtbot: QtBot, settled: Settled, told: list[Message]
) -> None:
    brief(screen)
    choose(screen, "x", "linkedin")
    proposed(screen, qtbot, desk, settled)
    older = screen.cards.item_ids
    choose(screen, "linkedin")
    proposed(screen, qtbot, desk, settled)
    assert [one.network.id for one in screen.cards.all] == ["linkedin"]
    assert not older & screen.cards.item_ids
    stored = {one.id for one in ask(desk, qtbot, lambda copilot: copilot.review.list())}
    assert older <= stored
    assert any("4 textes précédents" in one.text for one in told)


def test_another_version_can_be_taken_back(
    screen: ComposeScreen, desk: Desk, qtbot: QtBot, settled: Settled, told: list[Message]
) -> None:
    brief(screen)
    choose(screen, "x", variants=1)
    proposed(screen, qtbot, desk, settled)
    made = card(screen, "x")
    before, first = made.editor.text(), made.item_ids
    made.tools.again()
    qtbot.waitUntil(lambda: made.item_ids != first and not screen.writing.is_writing)
    assert made.editor.text() != before
    back = next(one for one in reversed(told) if one.act is not None)
    assert back.act is not None
    back.act()
    settled(desk)
    assert made.editor.text() == before
    assert made.item_ids == first


def test_a_text_is_adapted_to_other_networks_each_on_its_card(
    screen: ComposeScreen, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    from ui.screens._compose.adapt import AdaptDialog

    brief(screen)
    choose(screen, "linkedin", variants=1)
    proposed(screen, qtbot, desk, settled)
    card(screen, "linkedin").tools.adapt()
    dialog = wait_dialog(screen, AdaptDialog, qtbot)
    dialog.networks.choose(["bluesky", "telegram"], by_hand=True)
    dialog.networks.changed.emit()
    dialog.go.click()
    qtbot.waitUntil(lambda: len(screen.cards.all) == 3 and not screen.writing.is_writing)
    settled(desk)
    for name in ("bluesky", "telegram"):
        item = card(screen, name).item
        assert item is not None
        assert item.network == name
        assert item.text
        assert card(screen, name).editor.text() == item.text


def test_rewriting_shorter_is_one_undo_away(
    screen: ComposeScreen, desk: Desk, qtbot: QtBot, settled: Settled, told: list[Message]
) -> None:
    brief(screen)
    choose(screen, "linkedin", variants=1)
    proposed(screen, qtbot, desk, settled)
    made = card(screen, "linkedin")
    before = f"Le printemps est là. Nos mécaniciens aiment leur métier. {made.editor.text()}"
    made.editor.set_text_undoable(before)
    made.tools.rewrite_button.click()
    qtbot.waitUntil(
        lambda: made.strip._menu is not None and made.strip._menu.isVisible()
    )  # no other way to a menu on screen
    menu = made.strip._menu
    assert menu is not None
    offered = {one.objectName(): one for one in menu.actions()}
    assert offered["shorter"].isEnabled()
    assert not offered["warmer"].isEnabled()
    assert "modèle" in offered["warmer"].toolTip()
    offered["shorter"].trigger()
    menu.close()
    qtbot.waitUntil(lambda: made.editor.text() != before)
    assert len(made.editor.text()) < len(before)
    undo = told[-1]
    assert undo.act is not None
    undo.act()
    assert made.editor.text() == before
    made.editor.editor.redo()
    assert len(made.editor.text()) < len(before)
    settled(desk)


def test_a_rewriting_that_is_stopped_or_fails_leaves_the_text(
    screen: ComposeScreen, desk: Desk, qtbot: QtBot, settled: Settled, told: list[Message]
) -> None:
    brief(screen)
    choose(screen, "linkedin", variants=1)
    proposed(screen, qtbot, desk, settled)
    add_scripted(desk, qtbot, settled, [{"text": "Une autre ", "hang": True}, {"text": "Une", "error": "unreachable"}])
    made = card(screen, "linkedin")
    before, item = made.editor.text(), made.item
    assert item is not None
    made.strip.start(item.id, "warmer", before, "essai")
    qtbot.waitUntil(lambda: "Une autre" in made.strip.live.text() and made.strip.isVisible())
    assert made.editor.text() == before
    made.strip.stop_button.click()
    assert made.strip.isHidden()
    assert made.editor.text() == before
    made.strip.start(item.id, "warmer", before, "essai")
    qtbot.waitUntil(lambda: any(one.kind == "danger" for one in told))
    assert made.editor.text() == before
    assert not made.editor.editor.isReadOnly()
    settled(desk)


def test_a_rewriting_that_drops_somebody_replaces_nothing_and_names_whom(
    screen: ComposeScreen, desk: Desk, qtbot: QtBot, settled: Settled, told: list[Message]
) -> None:
    brief(screen)
    choose(screen, "linkedin", variants=1)
    proposed(screen, qtbot, desk, settled)
    answers: list[object] = [{"text": "On vous rappelle."}, {"text": "[[PERSON_1]] vous rappelle."}]
    add_scripted(desk, qtbot, settled, answers, pseudonyms="yes")
    made = card(screen, "linkedin")
    item, before = made.item, "Maëlle Tourneur vous rappelle demain."
    assert item is not None
    made.editor.set_text_undoable(before)
    made.strip.start(item.id, "warmer", before, "essai")
    qtbot.waitUntil(lambda: any(one.kind == "danger" for one in told))
    assert "Maëlle Tourneur" in told[-1].text
    assert made.editor.text() == before
    settled(desk)
    made.strip.start(item.id, "warmer", before, "essai")
    qtbot.waitUntil(lambda: made.editor.text() != before)
    assert made.editor.text() == "Maëlle Tourneur vous rappelle."
    settled(desk)


# Streaming.


def test_each_word_goes_to_its_own_variant(screen: ComposeScreen, desk: Desk, qtbot: QtBot, settled: Settled) -> None:
    marks = ("un", "deux", "trois", "quatre")
    answers: list[object] = [{"pieces": [f"{mark} "] * 12, "delay": 0.02} for mark in marks]
    add_scripted(desk, qtbot, settled, answers)
    brief(screen)
    choose(screen, "linkedin", "bluesky", writer="essai")
    screen.left.write_button.click()
    linkedin, bluesky = card(screen, "linkedin"), card(screen, "bluesky")
    seen: list[tuple[str, int, str]] = []
    screen.writing.piece.connect(lambda network, variant, text: seen.append((network, variant, text)))
    qtbot.waitUntil(lambda: all(one.stage is Stage.WRITING for one in linkedin.variants))
    first = linkedin.editor.text()
    linkedin.turn_to(2)
    second = linkedin.editor.text()
    assert first.strip()
    assert second.strip()
    assert set(first.split()).isdisjoint(second.split())
    qtbot.waitUntil(lambda: not screen.writing.is_writing)
    settled(desk)
    whole = [one.inspected.item.text for made in (linkedin, bluesky) for one in made.variants if one.inspected]
    assert sorted(" ".join(sorted(set(one.split()))) for one in whole) == ["deux", "quatre", "trois", "un"]
    assert all(len(one.split()) == 12 for one in whole)
    assert linkedin.front is not None
    assert linkedin.front.inspected is not None
    assert linkedin.editor.text() == linkedin.front.inspected.item.text
    for network, variant, text in seen:
        item = next(one for one in card(screen, network).variants if one.number == variant).inspected
        assert item is not None
        assert set(text.split()) <= set(item.item.text.split())


def test_stop_ends_what_hangs_and_leaves_nothing_half_written(
    screen: ComposeScreen, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    add_scripted(desk, qtbot, settled, [{"text": "Une phrase commencée ", "hang": True}])
    brief(screen)
    choose(screen, "linkedin", "x", writer="essai")
    screen.left.write_button.click()
    qtbot.waitUntil(lambda: "Une phrase" in card(screen, "linkedin").editor.text())
    assert screen.left.stop_button.isVisible()
    assert screen.stop_action.isEnabled()
    assert screen.stop_action.shortcut() == QKeySequence("Esc")
    screen.stop_action.trigger()
    settled(desk)
    for made in screen.cards.all:
        assert [one.stage for one in made.variants] == [Stage.STOPPED, Stage.STOPPED]
        assert made.editor.text() == ""
        assert made.problem.isVisible()
    assert ask(desk, qtbot, lambda copilot: copilot.review.list()) == ()
    assert screen.write_action.isEnabled()


def test_one_card_is_stopped_and_the_others_go_on(
    screen: ComposeScreen, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    add_scripted(desk, qtbot, settled, [{"text": "Une phrase commencée ", "hang": True}])
    brief(screen)
    choose(screen, "linkedin", "x", writer="essai")
    screen.left.write_button.click()
    linkedin, other = card(screen, "linkedin"), card(screen, "x")
    qtbot.waitUntil(lambda: "Une phrase" in linkedin.editor.text() and "Une phrase" in other.editor.text())
    stop = linkedin.tools.small["stop_this"]
    qtbot.waitUntil(stop.isVisible)
    assert not linkedin.tools.small["again"].isVisible()
    stop.click()
    assert [one.stage for one in linkedin.variants] == [Stage.STOPPED, Stage.STOPPED]
    assert all(one.stage is Stage.WRITING for one in other.variants)
    assert screen.writing.is_running
    assert not stop.isVisible()
    screen.stop_action.trigger()
    settled(desk)
    assert ask(desk, qtbot, lambda copilot: copilot.review.list()) == ()


def test_one_failure_leaves_the_others_and_can_be_tried_again(
    screen: ComposeScreen, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    add_scripted(
        desk, qtbot, settled,
        [{"text": "Portes ouvertes le 10 avril 2027.", "match": "Bluesky"}, {"error": "rate_limited"},
         {"text": "Portes ouvertes à Moulins."}],
    )  # fmt: skip
    brief(screen)
    choose(screen, "linkedin", "bluesky", variants=1, writer="essai")
    proposed(screen, qtbot, desk, settled)
    broken, whole = card(screen, "linkedin"), card(screen, "bluesky")
    assert broken.problem.isVisible()
    assert broken.editor.isHidden()
    assert len(broken.problem_text.text()) > 20
    assert not broken.problem_text.text().startswith("error.")
    assert whole.editor.text() == "Portes ouvertes le 10 avril 2027."
    broken.retry_button.click()
    qtbot.waitUntil(lambda: broken.editor.text() == "Portes ouvertes à Moulins." and not screen.writing.is_writing)
    assert broken.problem.isHidden()
    settled(desk)


# The brief.


@pytest.mark.parametrize(
    ("make", "says"),
    [
        ("folder", "dossier"),
        ("image", "image"),
        ("huge", "limite"),
        ("binary", "lire"),
        ("empty", "vide"),
        ("missing", "introuvable"),
        ("two", "seul"),
    ],
)
def test_what_is_no_brief_is_refused_in_words(
    make: str, says: str, screen: ComposeScreen, desk: Desk, settled: Settled, tmp_path: Path
) -> None:
    brief(screen, "Le brief d’avant.")
    path = tmp_path / f"{make} é.txt"
    if make == "folder":
        path.mkdir()
    elif make == "image":
        path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    elif make == "huge":
        with path.open("wb") as file:
            file.truncate(200_000_000)
    elif make == "binary":
        path.write_bytes(bytes(range(256)) * 40)
    elif make == "empty":
        path.write_bytes(b"")
    paths = [str(path)] if make != "two" else [str(path), str(tmp_path / "autre.txt")]
    start = time.process_time()
    drop(screen.brief.editor.viewport(), paths)
    settled(desk)
    assert time.process_time() - start < 3
    assert says in screen.brief.note.text()
    assert screen.brief.note.isVisible()
    assert screen.brief.text == "Le brief d’avant."


def drop(target: QWidget, paths: list[str]) -> None:
    """Files dropped on ``target`` with the mouse."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(one) for one in paths])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, mime, buttons, keys)
    QApplication.sendEvent(target, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(target, QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, mime, buttons, keys))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_dropped_file_becomes_the_brief_whatever_its_encoding(
    encoding: str, screen: ComposeScreen, desk: Desk, settled: Settled, tmp_path: Path, told: list[Message]
) -> None:
    brief(screen, "Le brief d’avant.")
    path = tmp_path / "brief été.txt"
    path.write_bytes(BRIEF.encode(encoding))
    drop(screen.brief, [str(path)])
    settled(desk)
    assert screen.brief.text == BRIEF
    assert screen.brief.facts_title.text().startswith("brief été.txt")
    assert told[-1].act is not None
    told[-1].act()
    assert screen.brief.text == "Le brief d’avant."


def test_facts_are_read_while_typing_listed_and_found_again(
    screen: ComposeScreen, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    brief(screen, "🚲🚲 " + BRIEF)
    qtbot.waitUntil(lambda: len(screen.brief.facts.facts) >= 5)
    facts = screen.brief.facts.facts
    drawn = {one.cursor.selectedText() for one in screen.brief.editor.extraSelections()}
    assert drawn == {one.value for one in facts}
    price = next(one for one in facts if one.kind.value == "price")
    screen.brief.facts.setFocus()
    screen.brief.facts.setCurrentIndex(screen.brief.facts.model().index(facts.index(price), 0))
    screen.brief.facts.activated.emit(screen.brief.facts.currentIndex())
    assert screen.brief.editor.textCursor().selectedText() == "790 €"
    qtbot.keyClicks(screen.brief.editor, "rien")
    qtbot.waitUntil(lambda: price not in screen.brief.facts.facts)
    settled(desk)


def test_the_brief_and_its_cards_come_back(screen: ComposeScreen, desk: Desk, qtbot: QtBot, settled: Settled) -> None:
    brief(screen)
    choose(screen, "x", "mastodon", variants=3, language="fr")
    proposed(screen, qtbot, desk, settled)
    card(screen, "mastodon").turn_to(2)
    card(screen, "x").toggle()
    screen.brief.editor.moveCursor(screen.brief.editor.textCursor().MoveOperation.End)
    qtbot.keyClicks(screen.brief.editor, " Suite.")
    typed = screen.brief.text
    qtbot.waitUntil(lambda: kept(desk, qtbot).get("text") == typed)
    settled(desk)
    again = ComposeScreen(desk)
    qtbot.addWidget(again)
    again.restore(screen.state())
    again.appear()
    settled(desk)
    assert again.brief.text == typed
    assert again.options.choice == screen.options.choice
    assert [one.item_ids for one in again.cards.all] == [one.item_ids for one in screen.cards.all]
    assert card(again, "mastodon").place == 1
    assert card(again, "x").is_collapsed
    assert again.splitter.sizes()[0] > 0


def kept(desk: Desk, qtbot: QtBot) -> dict[str, object]:
    """The working copy of the screen."""
    copy = ask(desk, qtbot, lambda copilot: copilot.working.get(KEY))
    return dict(copy.body) if copy is not None else {}


def test_what_is_typed_on_a_card_is_a_version_before_the_next_variant_shows(
    screen: ComposeScreen, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    brief(screen)
    choose(screen, "linkedin")
    proposed(screen, qtbot, desk, settled)
    made = card(screen, "linkedin")
    made.editor.set_text_undoable("Un texte à moi.")
    made.turn_to_place(2)
    settled(desk)
    assert made.editor.text() != "Un texte à moi."
    assert ask(desk, qtbot, lambda copilot: copilot.review.show(made.item_ids[0])).item.text == "Un texte à moi."
    made.turn_to_place(1)
    settled(desk)
    assert made.editor.text() == "Un texte à moi."


def test_absurd_briefs_do_not_hold_the_window_up(
    screen: ComposeScreen, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    for text in ("a" * 1_000_000, "é\u0301" * 50_000, "\ud800 \x00 \u202e שלום", "\n" * 100_000):
        start = time.thread_time()
        mime = QMimeData()
        mime.setText(text)
        screen.brief.editor.selectAll()
        screen.brief.editor.insertFromMimeData(mime)
        QApplication.processEvents()
        assert time.thread_time() - start < 3
        settled(desk)


# Words, keys, looks.


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_word_is_in_the_catalogues_of_both_languages(
    language: str, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    desk.t = Translator(language)
    made = ComposeScreen(desk)
    qtbot.addWidget(made)
    made.resize(1060, 680)
    made.show()
    made.appear()
    settled(desk)
    brief(made)
    choose(made, "linkedin", "youtube")
    proposed(made, qtbot, desk, settled)
    words = [*texts_under(made), *(one.action.text() for one in desk.actions.listed())]
    assert [one for one in words if one.startswith(("ui.", "error.", "fact.", "status."))] == []
    assert made.left.write_button.text() == {"fr": "Proposer", "en": "Propose"}[language]
    choose(made, "x", language="en")
    proposed(made, qtbot, desk, settled)
    item = card(made, "x").item
    assert item is not None
    assert item.language == "en"


def test_everything_has_a_key(screen: ComposeScreen, desk: Desk, qtbot: QtBot, settled: Settled) -> None:
    brief(screen)
    choose(screen, "linkedin", "x")
    screen.brief.editor.setFocus()
    qtbot.keyClick(screen.brief.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(screen.cards.item_ids) and not screen.writing.is_writing)
    settled(desk)
    qtbot.keyClick(screen.brief.editor, Qt.Key.Key_F6)
    linkedin, x = screen.cards.all
    assert linkedin.editor.editor.hasFocus()
    qtbot.keyClick(linkedin.editor.editor, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: linkedin.place == 1)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(linkedin.editor.editor, Qt.Key.Key_Down, both)
    assert x.editor.editor.hasFocus()
    assert screen.cards.current is x
    qtbot.keyClick(x.editor.editor, Qt.Key.Key_C, both)
    assert QGuiApplication.clipboard().text().startswith(x.editor.text())
    qtbot.keyClick(x.editor.editor, Qt.Key.Key_F6)
    assert screen.brief.editor.hasFocus()
    qtbot.keyClick(screen.brief.editor, Qt.Key.Key_Up, both)
    settled(desk)


def test_the_web_composer_gets_the_text_only_once_it_is_approved(
    screen: ComposeScreen, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    from copilot.domain.review import Action

    brief(screen)
    choose(screen, "bluesky", variants=1)
    proposed(screen, qtbot, desk, settled)
    made = card(screen, "bluesky")
    opened: list[str] = []

    def open_address(url: QUrl | str) -> bool:
        opened.append(bytes(QUrl(url).toEncoded().data()).decode())
        return True

    made.tools.open_address = open_address
    made.tools.compose_there()
    assert opened == [networks.get("bluesky").composer_url]
    assert QGuiApplication.clipboard().text().startswith(made.editor.text())
    item = made.item
    assert item is not None
    quotes = [one.quote for one in made.editor.findings.findings]
    ask(
        desk, qtbot,
        lambda copilot: copilot.review.decide(
            item.id, Action.APPROVE, by="Lina", seen_hash=item.package.sha256, confirmed=quotes
        ),
    )  # fmt: skip
    desk.announce(Changes(items=frozenset({item.id})))
    qtbot.waitUntil(lambda: made.status.text() == "Approuvé")
    made.tools.compose_there()
    assert "%20" in opened[1]
    assert opened[1].startswith(networks.get("bluesky").composer_url)


def test_two_variants_are_compared_side_by_side(
    screen: ComposeScreen, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    brief(screen)
    choose(screen, "linkedin")
    proposed(screen, qtbot, desk, settled)
    made = card(screen, "linkedin")
    made.tools.compare()
    dialog = wait_dialog(screen, CompareDialog, qtbot)
    first, second = made.variants
    for side, one in zip(dialog.sides, (first, second), strict=True):
        assert one.inspected is not None
        assert raw(side).startswith(one.inspected.item.text)
    dialog.take[1].click()
    qtbot.waitUntil(lambda: made.place == 1)
    settled(desk)


def test_news_from_elsewhere_reach_the_card_without_moving_the_cursor(
    screen: ComposeScreen, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    from copilot.domain.review import Action

    brief(screen)
    choose(screen, "linkedin", variants=1)
    proposed(screen, qtbot, desk, settled)
    made = card(screen, "linkedin")
    made.editor.editor.setFocus()
    cursor = made.editor.editor.textCursor()
    cursor.setPosition(7)
    made.editor.editor.setTextCursor(cursor)
    item_id = made.item_ids[0]
    ask(desk, qtbot, lambda copilot: copilot.review.decide(item_id, Action.SUBMIT, by="Léa"))
    desk.announce(Changes(items=frozenset({item_id})))
    qtbot.waitUntil(lambda: made.status.text() == "En relecture")
    assert made.editor.editor.textCursor().position() == 7


def test_a_preview_folds_where_the_network_does_and_never_reads_marks(desk: Desk, qtbot: QtBot) -> None:
    preview = NetworkPreview(desk)
    qtbot.addWidget(preview)
    preview.resize(420, 300)
    preview.show()
    long = "Une phrase assez longue pour passer à la ligne. " * 12
    preview.show_post(networks.get("linkedin"), "<b>Aubrelle</b>", f"<img src=x> {long} https://aubrelle.example/heron")
    assert preview.drawn.startswith("<img src=x>")
    assert preview.drawn.endswith("… plus")
    assert len(preview.drawn) < 240
    assert preview.host == "aubrelle.example"
    preview.show_post(networks.get("mastodon"), "", long)
    assert preview.drawn == long[:500] + "\n— coupé ou refusé ici —\n" + long[500:]
    assert preview.host == ""
    for hostile in ("\ud800" * 10, "e" + "\u0301" * 50_000, "\u202e" * 400, "a" * 1_000_000, "http://[", "\x00"):
        preview.show_post(networks.get("instagram"), hostile[:20], hostile)
        preview.grab()
    assert first_link("http://[ puis https://exemple.fr/a") == "exemple.fr"


def test_a_change_of_language_keeps_the_brief_the_cards_and_what_is_typed(
    window: MainWindow, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    window.go("compose")
    old = window.screen_of("compose")
    assert isinstance(old, ComposeScreen)
    settled(desk)
    brief(old)
    choose(old, "linkedin", "x")
    proposed(old, qtbot, desk, settled)
    card(old, "x").turn_to(2)
    settled(desk)
    card(old, "linkedin").editor.set_text_undoable("Tapé juste avant.")
    desk.settings = replace(desk.settings, language="en")
    window.use_language()
    settled(desk)
    new = window.screen_of("compose")
    assert isinstance(new, ComposeScreen)
    assert new is not old
    assert new.left.write_button.text() == "Propose"
    assert new.brief.text == BRIEF
    assert card(new, "linkedin").editor.text() == "Tapé juste avant."
    assert card(new, "x").place == 1


@pytest.mark.parametrize(("width", "percent"), [(740, 100), (520, 100), (860, 200), (1060, 100), (2400, 100)])
def test_nothing_is_cut_at_any_width(
    width: int, percent: int, screen: ComposeScreen, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    desk.theme.apply(Choice("light", percent))
    try:
        screen.resize(width, 700)
        brief(screen)
        choose(screen, "google_business", "linkedin", variants=3)
        proposed(screen, qtbot, desk, settled)
        for side in ("brief", "cards"):
            if screen.sides.isVisible():
                next(one for one in screen.sides.findChildren(QPushButton) if side_of(one, side, desk)).click()
            QApplication.processEvents()
            shown: list[QLabel | QPushButton] = [*screen.findChildren(QPushButton), *screen.findChildren(QLabel)]
            cut = [one for one in shown if is_cut(one)]
            assert [(type(one).__name__, one.text()) for one in cut] == []
            area = screen.cards.area
            if area.isVisible():
                assert fits(area)
            if screen.left.isVisible():
                assert fits(screen.left.area)
    finally:
        desk.theme.apply(Choice("light", 100))


def side_of(button: QPushButton, side: str, desk: Desk) -> bool:
    """Whether ``button`` brings ``side`` to the front."""
    return button.text() == desk.t({"brief": "ui.compose.brief", "cards": "ui.compose.texts"}[side])


def fits(area: QScrollArea) -> bool:
    """Whether the whole width of what is in ``area`` is in sight."""
    inside = area.widget()
    return inside is not None and inside.width() <= area.viewport().width()


def is_cut(one: QLabel | QPushButton) -> bool:
    """Whether words of a visible label or button do not fit in it."""
    if not one.isVisible() or not one.text():
        return False
    if isinstance(one, QLabel) and one.wordWrap():
        return one.height() < one.heightForWidth(one.width())
    return one.width() < one.fontMetrics().horizontalAdvance(one.text())


def test_the_right_side_teaches_the_next_step_and_opens_the_example(
    screen: ComposeScreen, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    assert not screen.write_action.isEnabled()
    assert "brief" in screen.left.hint.text()
    assert screen.welcome.no_brand.isHidden()
    screen.welcome.example_button.click()
    qtbot.waitUntil(lambda: "Héron" in screen.brief.text)
    qtbot.waitUntil(lambda: len(screen.brief.facts.facts) > 20)
    assert screen.options.networks.chosen[:2] == ("facebook_page", "instagram")
    assert screen.write_action.isEnabled()
    settled(desk)
    screen.brief.empty()
    assert screen.brief.is_empty


def test_a_profile_without_brand_says_so_and_still_writes(
    desk: Desk, qtbot: QtBot, settled: Settled, screen: ComposeScreen
) -> None:
    async def remove(copilot: Copilot) -> bool:
        for one in await copilot.brands.list():
            await copilot.brands.remove(one.id, by="Lina")
        return True

    ask(desk, qtbot, remove)
    desk.announce(Changes(brands=True))
    settled(desk)
    assert screen.welcome.no_brand.isVisible()
    went: list[str] = []
    desk.asked.connect(lambda name, _what: went.append(name))
    screen.welcome.brands_button.click()
    assert went == ["brands"]
    brief(screen)
    choose(screen, "linkedin", variants=1)
    proposed(screen, qtbot, desk, settled)
    assert card(screen, "linkedin").editor.text()


# The mouse and the wheel.


def press_beside(target: QWidget, at: QPoint) -> None:
    """A press of the left button on ``target``, delivered as the system does: to the widget under it, then upwards."""
    window = target.window()
    place = target.mapTo(window, at)
    handle = window.windowHandle()
    assert handle is not None
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)


def test_choosing_a_network_moves_none_of_the_others(screen: ComposeScreen, qtbot: QtBot) -> None:
    chips = [one for one in screen.options.findChildren(QPushButton) if one.isCheckable() and one.isVisible()]
    chips = [one for one in chips if one.property("kind") == "chip"]
    before = [one.geometry() for one in chips]
    assert len(chips) >= 3
    chips[0].click()
    chips[1].click()
    QApplication.sendPostedEvents()
    QApplication.processEvents()
    assert [one.geometry() for one in chips] == before
    assert [one.text().startswith("✓") for one in chips] == [one.isChecked() for one in chips]


def test_a_key_works_on_the_text_in_sight_and_a_press_beside_a_text_chooses_it(
    screen: ComposeScreen, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    brief(screen)
    choose(screen, "linkedin", "facebook_page", "x", variants=1)
    proposed(screen, qtbot, desk, settled)
    linkedin, _facebook, x = screen.cards.all
    bar = screen.cards.area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    linkedin.enter()
    assert screen.cards.current is linkedin
    screen.brief.editor.setFocus()
    bar.setValue(bar.maximum())
    assert linkedin.visibleRegion().isEmpty()
    assert screen.cards.current is x
    screen.cards.use("copy")
    assert QGuiApplication.clipboard().text().startswith(x.editor.text())

    x.editor.editor.clearFocus()
    screen.cards.area.ensureWidgetVisible(x.name)
    press_beside(x.name, x.name.rect().center())
    assert x.editor.editor.hasFocus()


def test_the_wheel_takes_the_focus_to_no_text(
    screen: ComposeScreen, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    brief(screen)
    choose(screen, "linkedin", variants=1)
    proposed(screen, qtbot, desk, settled)
    wheel = Qt.FocusPolicy.WheelFocus
    for one in (screen.brief.editor, card(screen, "linkedin").editor.editor):
        assert one.focusPolicy() & wheel != wheel


def test_what_is_pasted_right_after_the_start_is_the_brief(
    window: MainWindow, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    window.go("compose")
    window.activateWindow()
    settled(desk)
    made = window.screen_of("compose")
    assert isinstance(made, ComposeScreen)
    qtbot.waitUntil(made.brief.editor.hasFocus)


@pytest.mark.parametrize("percent", [100, 130, 200])
def test_the_field_for_a_hashtag_shows_all_it_asks(
    percent: int, screen: ComposeScreen, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    desk.theme.apply(Choice("light", percent))
    try:
        brief(screen)
        choose(screen, "linkedin", variants=1)
        proposed(screen, qtbot, desk, settled)
        made = card(screen, "linkedin").editor.chips.add_line
        asked = made.fontMetrics().horizontalAdvance(made.placeholderText())
        qtbot.waitUntil(lambda: made.contentsRect().width() - 20 >= asked)
    finally:
        desk.theme.apply(Choice("light", 100))

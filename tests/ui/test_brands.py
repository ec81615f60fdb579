"""The Brands screen on a real profile: what is typed is heard in the sample, saved exactly, and never lost."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QScrollArea
from pytestqt.qtbot import QtBot

from copilot.app import Copilot, open_copilot
from copilot.domain.brand import (
    Address,
    Brand,
    CharterClause,
    Contact,
    EmojiPolicy,
    Fact,
    HashtagList,
    Playbook,
    PreferredTerm,
    VoiceProfile,
)
from copilot.paths import assets_dir
from ui.desk import Changes, Desk, Message
from ui.main_window import MainWindow
from ui.screens._brands import moves
from ui.screens._brands.dialogs import ImportDialog
from ui.screens._brands.editing import Editing
from ui.screens._brands.facts_tab import end_of
from ui.screens._brands.forms import History, from_json, steps_of, to_json, with_value
from ui.screens._brands.records import RecordTab
from ui.screens._brands.screen import BrandsScreen
from ui.widgets.table_editor import TableEditor
from ui.widgets.tag_line import TagLine

Settled = Callable[[Desk], None]
HOSTILE = "<b>gras</b> & \u202edroite \x00 e\u0301" + "\u0300" * 500


def everything(**changes: object) -> Brand:
    """A brand with every field filled."""
    made = Brand(
        id="tout",
        name="Tout & Cie",
        sector="essais",
        description="Une ligne.\nUne autre.",
        timezone="Europe/Brussels",
        voice=VoiceProfile(
            "en", Address.TU, ("vif", "net, clair"), EmojiPolicy.FREE, (PreferredTerm("vélo", "bicyclette"),),
            ("promo",), "L’équipe", ("Dire merci.",), ("Promettre.",),
        ),
        contact=Contact("message privé", "a@b.example", "01", "https://b.example", "Nous"),
        accounts={"x": "tout", "instagram": "tout.cie"},
        facts=(Fact("f", "Ouvert.", "9 h", ("horaires",), "fr", date(2031, 1, 2), "Site"), Fact("g", "Fermé.")),
        playbooks=(Playbook("p", "praise", "Merci {prenom} !", "thanks", "short", "fr", Address.TU, ("a",)),),
        hashtags=(HashtagList("h", ("Un", "Deux"), ("x",)),),
        charter=(CharterClause("c", "Courtoisie."),),
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]  # the tests name real fields


@pytest.fixture
def settled(qtbot: QtBot) -> Settled:
    """Wait until nothing runs any more: a new brand is made, then listed, then opened, each asking for the next."""

    def wait(desk: Desk) -> None:
        calm = 0

        def is_calm() -> bool:
            nonlocal calm
            calm = calm + 1 if desk.runner.is_idle else 0
            return calm >= 5

        qtbot.waitUntil(is_calm)

    return wait


@pytest.fixture
def screen(window: MainWindow, desk: Desk, settled: Settled) -> BrandsScreen:
    """The screen with the demo brand open."""
    window.go("brands")
    settled(desk)
    found = window.screen_of("brands")
    assert isinstance(found, BrandsScreen)
    assert found.editor.editing.brand.id == "aubrelle"
    return found


@pytest.fixture
def told(desk: Desk) -> list[Message]:
    """What the message bar was told."""
    heard: list[Message] = []
    desk.told.connect(heard.append)
    return heard


def stored(desk: Desk, qtbot: QtBot, brand_id: str = "aubrelle") -> Brand:
    """The brand as it is kept now."""
    found: list[Brand] = []
    desk.run(lambda copilot: copilot.brands.get(brand_id), found.append)
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


def type_in(qtbot: QtBot, screen: BrandsScreen, tab: str, steps: tuple[str | int, ...], text: str) -> None:
    """Type over what a field holds, as a person does."""
    screen.editor.show_tab(tab)
    control = screen.editor.page(tab).fields[steps].control
    control.setFocus()
    control.selectAll()  # type: ignore[attr-defined]  # a line or a text
    qtbot.keyClicks(control, text)


def sampled(qtbot: QtBot, screen: BrandsScreen, do: Callable[[], object]) -> None:
    """Do something and wait for the sample that follows it."""
    with qtbot.waitSignal(screen.editor.sample.shown):
        do()


def choose_tu(screen: BrandsScreen) -> None:
    """Click on « Tutoiement »."""
    control = screen.editor.voice.fields[("voice", "address")].control
    control._buttons["tu"].click()  # type: ignore[attr-defined]  # the button a person clicks


def test_every_brand_comes_back_from_its_working_copy_as_it_was() -> None:
    for brand in (everything(), Brand("b", "B"), everything(name=HOSTILE + "\ud800")):
        assert from_json(to_json(brand)) == brand


@pytest.mark.parametrize("body", [{}, {"id": 3}, {"voice": []}, {**to_json(everything()), "facts": [{}]}])
def test_a_copy_that_is_no_brand_is_refused(body: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="not a brand"):
        from_json(body)


def test_a_path_of_an_error_leads_to_its_place() -> None:
    assert steps_of("facts[2].statement") == ("facts", 1, "statement")
    assert steps_of("voice.preferred[1].use") == ("voice", "preferred", 0, "use")
    brand = with_value(everything(), ("facts", 1, "statement"), "Ouvert tard.")
    assert brand.facts[1].statement == "Ouvert tard."
    assert with_value(brand, ("accounts", "x"), "").accounts == {"instagram": "tout.cie"}


def test_typing_in_one_field_is_one_step_and_a_pause_begins_another() -> None:
    now = [0.0]
    history = History(everything(), lambda: now[0])
    for name in ("a", "ab", "abc"):
        history.put(everything(name=name), "name")
    now[0] = 60.0
    history.put(everything(name="abcd"), "name")
    history.undo()
    assert history.brand.name == "abc"
    history.undo()
    assert history.brand == everything()
    history.redo()
    assert history.brand.name == "abc"


FORMAL, FAMILIAR = {"vous", "votre", "vos"}, {"tu", "te", "toi", "ton", "ta", "tes", "t"}


def words_of(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def test_tu_is_heard_in_the_sample_and_the_difference_is_shown(
    screen: BrandsScreen, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    pane = screen.editor.sample
    sampled(qtbot, screen, pane.ask)
    before = pane.sample
    sampled(qtbot, screen, lambda: choose_tu(screen))
    assert before is not None
    assert pane.sample is not None
    assert (pane.sample.post, pane.sample.reply) != (before.post, before.reply)
    assert FORMAL & words_of(before.reply)
    assert not FAMILIAR & words_of(before.reply)
    assert FAMILIAR & words_of(pane.sample.reply)
    assert not FORMAL & words_of(pane.sample.reply)
    assert pane.note.text() == desk.t("ui.brands.sample.changed")
    # Both versions are on screen: the saved one struck through, the new one underlined.
    assert len(pane.reply.toPlainText()) > len(pane.sample.reply)
    assert screen.editor.editing.is_changed


def test_a_sample_nobody_waits_for_any_more_is_dropped(screen: BrandsScreen, qtbot: QtBot, desk: Desk) -> None:
    pane, editing = screen.editor.sample, screen.editor.editing
    for name in ("Un", "Deux", "Trois"):
        editing.put(replace(editing.brand, voice=replace(editing.brand.voice, signature=name)))
        pane.ask()
    with qtbot.waitSignal(pane.shown):
        pass
    assert pane.sample is not None
    assert "Un" not in pane.sample.reply.split()
    qtbot.waitUntil(lambda: desk.runner.is_idle)
    assert "Trois" in pane.sample.reply


def test_a_fact_that_ended_yesterday_is_said(
    screen: BrandsScreen, desk: Desk, qtbot: QtBot, settled: Settled, told: list[Message]
) -> None:
    facts, editing = screen.editor.facts, screen.editor.editing
    yesterday, soon = facts.today - timedelta(days=1), facts.today + timedelta(days=3)
    first, second = editing.brand.facts[:2]
    editing.put(
        replace(
            editing.brand,
            facts=(replace(first, valid_until=yesterday), replace(second, valid_until=soon), *editing.brand.facts[2:5]),
        )
    )
    screen.editor.show_tab("facts")
    assert facts.over() == [0]
    assert facts.soon() == [1]
    assert desk.t("ui.brands.facts.over", count=1) in facts.said()
    assert facts.notice.isVisible()
    shown = [facts.model.index(row, 4).data() for row in range(3)]
    assert shown[0].startswith("Expiré depuis le")
    assert shown[1].startswith("Expire dans 3 jours")
    assert shown[2] == "Sans fin"
    assert not screen.editor.tabs.tabIcon(1).isNull()


@pytest.mark.parametrize(
    ("days", "said"),
    [(None, "Sans fin"), (0, "Dernier jour"), (1, "Expire demain"), (-1, "Expiré depuis"), (400, "Jusqu’au")],
)
def test_the_end_of_a_fact_is_said_in_words(desk: Desk, days: int | None, said: str) -> None:
    today = date(2027, 3, 1)
    until = None if days is None else today + timedelta(days=days)
    assert end_of(desk.t, until, today).startswith(said)


def test_what_is_typed_is_saved_and_read_again_equal(
    screen: BrandsScreen, desk: Desk, qtbot: QtBot, settled: Settled, told: list[Message]
) -> None:
    type_in(qtbot, screen, "voice", ("voice", "signature"), "Aline & Bruno")
    type_in(qtbot, screen, "facts", ("statement",), "Le Courlis a 900 euros.")
    choose_tu(screen)
    on_screen = screen.editor.editing.brand
    qtbot.keyClick(
        screen.editor.facts.fields[("statement",)].control, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier
    )
    settled(desk)
    kept = stored(desk, qtbot)
    assert kept == on_screen == screen.editor.editing.brand
    assert kept.voice.signature == "Aline & Bruno"
    assert kept.facts[0].statement == "Le Courlis a 900 euros."
    assert not screen.editor.editing.is_changed
    assert told[-1].kind == "ok"
    copies: list[object] = []
    desk.run(lambda copilot: copilot.working.list("brand:"), copies.append)
    qtbot.waitUntil(lambda: bool(copies))
    assert copies == [()]


def test_a_brand_with_every_field_is_shown_and_saved_unchanged(
    screen: BrandsScreen, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    brand = everything()
    desk.run(lambda copilot: copilot.brands.save(brand, by="Lina"), lambda _kept: desk.announce(Changes(brands=True)))
    settled(desk)
    screen.show_what("tout")
    settled(desk)
    assert screen.editor.editing.brand == brand
    for name in ("voice", "facts", "playbooks", "hashtags", "charter", "contact"):
        screen.editor.show_tab(name)
    settled(desk)
    # Showing is not editing: no control wrote anything back.
    assert not screen.editor.editing.is_changed
    type_in(qtbot, screen, "contact", ("contact", "team"), "Vous")
    screen.editor.save()
    settled(desk)
    assert stored(desk, qtbot, "tout") == replace(brand, contact=replace(brand.contact, team="Vous"))


def test_a_wrong_value_marks_its_field_and_loses_nothing(
    screen: BrandsScreen, desk: Desk, qtbot: QtBot, settled: Settled, told: list[Message]
) -> None:
    editing = screen.editor.editing
    facts = editing.brand.facts
    editing.put(replace(editing.brand, facts=(facts[0], replace(facts[1], statement=" "), *facts[2:])))
    screen.editor.save()
    settled(desk)
    page = screen.editor.facts
    assert screen.editor.tab == "facts"
    assert page.place == 1
    field = page.fields[("statement",)]
    assert field.note.text() == desk.t("ui.brands.missing")
    assert field.control.property("wrong") is True
    assert page.model.wrong == {1}
    assert told[-1].kind == "danger"
    assert editing.is_changed
    # Another row is not marked; mending the field takes the mark away.
    page.select(0)
    assert not field.control.property("wrong")
    page.select(1)
    type_in(qtbot, screen, "facts", ("statement",), "The Courlis.")
    assert not field.control.property("wrong")
    screen.editor.save()
    settled(desk)
    assert stored(desk, qtbot).facts[1].statement == "The Courlis."


def test_a_wrong_time_zone_and_an_empty_term_are_marked_in_the_voice(
    screen: BrandsScreen, desk: Desk, settled: Settled
) -> None:
    editing = screen.editor.editing
    voice = replace(editing.brand.voice, preferred=(PreferredTerm("vélo", ""),))
    editing.put(replace(editing.brand, timezone="Lune/Mer", voice=voice))
    screen.editor.save()
    settled(desk)
    fields = screen.editor.voice.fields
    assert "Lune/Mer" in fields[("timezone",)].note.text()
    terms = fields[("voice", "preferred")].control
    assert isinstance(terms, TableEditor)
    assert terms.model.wrong == {(0, 1)}


def test_rows_are_added_moved_copied_and_removed_with_the_keyboard_and_undone(
    screen: BrandsScreen, desk: Desk, qtbot: QtBot, told: list[Message]
) -> None:
    screen.editor.show_tab("charter")
    page = screen.editor.page("charter")
    assert isinstance(page, RecordTab)
    start, ctrl = screen.editor.editing.brand, Qt.KeyboardModifier.ControlModifier
    table = page.table
    page.select(0)
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Down, ctrl)
    assert [one.id for one in page.rows[:2]] == [start.charter[1].id, start.charter[0].id]
    qtbot.keyClick(table, Qt.Key.Key_D, ctrl)
    assert page.rows[2].text == page.rows[1].text
    assert page.rows[2].id != page.rows[1].id
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    assert len(page.rows) == len(start.charter)
    assert told[-1].act is not None
    told[-1].act()
    assert len(page.rows) == len(start.charter) + 1
    qtbot.keyClick(table, Qt.Key.Key_Insert)
    assert page.rows[page.place].text == ""
    assert page.fields[("text",)].control.hasFocus()
    for _ in range(5):
        qtbot.keyClick(page.fields[("text",)].control, Qt.Key.Key_Z, ctrl)
    assert screen.editor.editing.brand == start
    assert not screen.editor.editing.is_changed
    qtbot.keyClick(table, Qt.Key.Key_Z, ctrl | Qt.KeyboardModifier.ShiftModifier)
    assert page.rows[0].id == start.charter[1].id


def test_preferred_terms_are_typed_in_their_cells(screen: BrandsScreen, qtbot: QtBot) -> None:
    terms = screen.editor.voice.fields[("voice", "preferred")].control
    assert isinstance(terms, TableEditor)
    rows = len(terms.model.rows)
    terms.add()
    cell = terms.table.findChild(QLineEdit)
    assert cell is not None
    qtbot.keyClicks(cell, "cycliste")
    qtbot.keyClick(cell, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: terms.table.state() != terms.table.State.EditingState)
    assert screen.editor.editing.brand.voice.preferred[rows] == PreferredTerm("cycliste", "")
    terms.remove()
    assert len(screen.editor.editing.brand.voice.preferred) == rows


def test_a_banned_word_typed_and_not_entered_yet_is_saved(
    screen: BrandsScreen, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    line = screen.editor.voice.fields[("voice", "banned")].control
    assert isinstance(line, TagLine)
    qtbot.keyClicks(line.line, "gratuit, vraiment")
    screen.editor.save()
    settled(desk)
    assert "gratuit, vraiment" in stored(desk, qtbot).voice.banned


def test_an_account_is_given_and_taken_away(screen: BrandsScreen, qtbot: QtBot) -> None:
    type_in(qtbot, screen, "contact", ("accounts", "tiktok"), "aubrelle")
    assert screen.editor.editing.brand.accounts["tiktok"] == "aubrelle"
    control = screen.editor.page("contact").fields[("accounts", "tiktok")].control
    for _ in "aubrelle":
        qtbot.keyClick(control, Qt.Key.Key_Backspace)
    assert "tiktok" not in screen.editor.editing.brand.accounts


def test_unsaved_changes_are_found_after_the_program_ended_at_once(
    screen: BrandsScreen, desk: Desk, window: MainWindow, qtbot: QtBot, settled: Settled, profile_folder: Path
) -> None:
    type_in(qtbot, screen, "voice", ("voice", "signature"), "Sans enregistrer")
    typed = screen.editor.editing.brand
    qtbot.waitUntil(lambda: not desk.unsaved())
    settled(desk)
    # Another program on the same profile, as after a kill: what it finds is on the disk.
    other: list[Copilot] = [open_copilot(profile_folder)]

    async def read() -> dict[str, object]:
        copy = await other[0].working.get("brand:aubrelle")
        brand = await other[0].brands.get("aubrelle")
        await other[0].aclose()
        assert copy is not None
        assert brand.voice.signature == "L’équipe Aubrelle"
        return dict(copy.body)

    body = asyncio.run(read())
    again = Editing(desk, screen)
    again.open(stored(desk, qtbot), body)
    assert again.brand == typed
    assert again.is_changed
    assert again.was_recovered
    again.undo()
    assert again.brand.voice.signature == "L’équipe Aubrelle"


def test_a_slot_nobody_fills_is_underlined_and_a_known_one_stands_out(screen: BrandsScreen, qtbot: QtBot) -> None:
    page = screen.editor.page("playbooks")
    screen.editor.show_tab("playbooks")
    fact = screen.editor.editing.brand.facts[0].id
    text = "Bonjour {prenom}, {signatur} {fact:" + fact + "} {fait:rien} {brand}"
    page.fields[("text",)].control.replace_all_undoable(text)
    marks = page.fields[("text",)].control._marks
    told = {text[one.start : one.end]: (one.colour, one.kind) for one in marks}
    known, unknown = ("accent", "ground"), ("danger", "wave")
    assert told == {
        "{prenom}": known, "{signatur}": unknown, f"{{fact:{fact}}}": known, "{fait:rien}": unknown, "{brand}": known,
    }  # fmt: skip


def test_leaving_and_coming_back_finds_the_unsaved_changes(
    screen: BrandsScreen, desk: Desk, window: MainWindow, qtbot: QtBot, settled: Settled, told: list[Message]
) -> None:
    screen.create_brand("Autre")
    settled(desk)
    screen.open_brand("aubrelle")
    settled(desk)
    type_in(qtbot, screen, "voice", ("voice", "signature"), "Plus tard")
    screen.open_brand("autre")
    settled(desk)
    assert screen.editor.editing.brand.name == "Autre"
    assert screen.editor.editing.brand.voice.signature == ""
    screen.open_brand("aubrelle")
    settled(desk)
    assert screen.editor.editing.brand.voice.signature == "Plus tard"
    assert screen.editor._unsaved.isVisible()
    screen.editor.discard()
    assert not screen.editor.editing.is_changed
    assert told[-1].act is not None
    told[-1].act()
    assert screen.editor.editing.brand.voice.signature == "Plus tard"


def test_what_an_earlier_session_left_unsaved_is_said_once(
    screen: BrandsScreen, desk: Desk, window: MainWindow, qtbot: QtBot, settled: Settled, told: list[Message]
) -> None:
    type_in(qtbot, screen, "voice", ("voice", "signature"), "Plus tard")
    window.renew()
    settled(desk)
    again = window.screen_of("brands")
    assert isinstance(again, BrandsScreen)
    said = desk.t("ui.brands.recovered", name="Cycles Aubrelle")
    assert [one.text for one in told] == [said]
    again.create_brand("Autre")
    settled(desk)
    again.open_brand("aubrelle")
    settled(desk)
    assert again.editor.editing.brand.voice.signature == "Plus tard"
    assert [one.text for one in told].count(said) == 1


def test_the_undo_of_a_removal_stays_when_the_next_brand_has_unsaved_changes(
    screen: BrandsScreen, desk: Desk, window: MainWindow, qtbot: QtBot, settled: Settled, told: list[Message]
) -> None:
    type_in(qtbot, screen, "voice", ("voice", "signature"), "Plus tard")
    screen.create_brand("Autre")
    settled(desk)
    window.renew()
    settled(desk)
    again = window.screen_of("brands")
    assert isinstance(again, BrandsScreen)
    assert again.editor.editing.brand.id == "autre"
    again.remove()
    settled(desk)
    assert again.editor.editing.brand.voice.signature == "Plus tard"
    assert told[-1].act is not None
    told[-1].act()
    settled(desk)
    assert again.editor.editing.brand.id == "autre"


def test_a_brand_changed_elsewhere_meanwhile_loses_neither_version(
    screen: BrandsScreen, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    type_in(qtbot, screen, "voice", ("sector",), "le mien")
    before = stored(desk, qtbot)
    desk.run(lambda copilot: copilot.brands.save(replace(before, sector="l’autre"), by="Zoé"))
    settled(desk)
    screen.editor.save()
    settled(desk)
    assert screen.editor.conflict.isVisible()
    assert stored(desk, qtbot).sector == "l’autre"
    assert screen.editor.editing.brand.sector == "le mien"
    screen.editor.reload_button.click()
    settled(desk)
    assert screen.editor.editing.brand.sector == "l’autre"
    screen.editor.editing.undo()
    assert screen.editor.editing.brand.sector == "le mien"
    screen.editor.save()
    settled(desk)
    assert stored(desk, qtbot).sector == "le mien"


def test_saving_over_the_other_version_gives_it_back_on_demand(
    screen: BrandsScreen, desk: Desk, qtbot: QtBot, settled: Settled, told: list[Message]
) -> None:
    type_in(qtbot, screen, "voice", ("sector",), "le mien")
    before = stored(desk, qtbot)
    desk.run(lambda copilot: copilot.brands.save(replace(before, sector="l’autre"), by="Zoé"))
    settled(desk)
    screen.editor.save()
    settled(desk)
    screen.editor.overwrite_button.click()
    settled(desk)
    qtbot.waitUntil(lambda: told[-1].text == desk.t("ui.brands.overwritten"))
    assert stored(desk, qtbot).sector == "le mien"
    assert told[-1].act is not None
    told[-1].act()
    assert screen.editor.editing.brand.sector == "l’autre"


def test_a_brand_removed_elsewhere_meanwhile_can_be_saved_again(
    screen: BrandsScreen, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    type_in(qtbot, screen, "voice", ("sector",), "le mien")
    desk.run(lambda copilot: copilot.brands.remove("aubrelle", by="Zoé"))
    settled(desk)
    desk.announce(Changes(brands=True))
    settled(desk)
    assert screen.editor.editing.brand.sector == "le mien"
    screen.editor.save()
    settled(desk)
    assert screen.editor.again_button.isVisible()
    screen.editor.again_button.click()
    settled(desk)
    assert stored(desk, qtbot).sector == "le mien"


def test_what_is_typed_while_saving_and_left_is_kept(
    screen: BrandsScreen, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    screen.create_brand("Autre")
    settled(desk)
    screen.open_brand("aubrelle")
    settled(desk)
    type_in(qtbot, screen, "voice", ("sector",), "un")
    screen.editor.save()
    type_in(qtbot, screen, "voice", ("sector",), "deux")
    screen.open_brand("autre")
    settled(desk)
    assert stored(desk, qtbot).sector == "un"
    screen.open_brand("aubrelle")
    settled(desk)
    assert screen.editor.editing.brand.sector == "deux"


def test_a_removed_brand_comes_back_with_what_was_typed_in_it(
    screen: BrandsScreen, desk: Desk, qtbot: QtBot, settled: Settled, told: list[Message]
) -> None:
    before = stored(desk, qtbot)
    type_in(qtbot, screen, "voice", ("sector",), "en cours")
    screen.list.setFocus()
    qtbot.keyClick(screen.list, Qt.Key.Key_Delete)
    settled(desk)
    assert screen.list.count() == 0
    assert screen._stack.currentWidget() is screen._empty
    assert told[-1].act is not None
    told[-1].act()
    settled(desk)
    assert stored(desk, qtbot) == before
    assert screen.editor.editing.brand.sector == "en cours"


def test_an_empty_profile_offers_the_demonstration(
    screen: BrandsScreen, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    screen.remove()
    settled(desk)
    assert not screen.exporting.isEnabled()
    screen.load_demo()
    settled(desk)
    assert screen.editor.editing.brand.name == "Cycles Aubrelle"
    assert screen._stack.currentWidget() is screen._page


def test_a_broken_file_names_its_line_and_nothing_is_stored(
    screen: BrandsScreen, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    before = stored(desk, qtbot)
    dialog = screen.import_file()
    text = (assets_dir() / "demo" / "brand.toml").read_text(encoding="utf-8")
    lines = text.splitlines()
    line = next(number for number, one in enumerate(lines, 1) if one.startswith("emoji"))
    with qtbot.waitSignal(dialog.checked):
        dialog.show_text(text.replace('emoji = "sparing"', 'emoji = "beaucoup"'))
    said = [one.text() for one in dialog.findChildren(QLabel)]
    assert any(one.startswith(f"Ligne {line}\u00a0:") and "beaucoup" in one for one in said)
    assert not dialog.import_button.isEnabled()
    dialog.reject()
    assert stored(desk, qtbot) == before


def test_an_import_says_what_it_replaces_and_is_undone(
    screen: BrandsScreen, desk: Desk, qtbot: QtBot, settled: Settled, told: list[Message], tmp_path: Path
) -> None:
    before = stored(desk, qtbot)
    text = (assets_dir() / "demo" / "brand.toml").read_text(encoding="utf-8")
    file = tmp_path / "à déposer.toml"
    file.write_text(text.replace("vélos de ville", "vélos cargos", 1), encoding="utf-8")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    drop = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    screen.dropEvent(drop)
    dialog = screen.findChild(ImportDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.import_button.isEnabled)
    assert dialog.status.text() == desk.t("ui.brands.import.replaces", name="Cycles Aubrelle")
    dialog.import_button.click()
    settled(desk)
    assert screen.editor.editing.brand.sector == "vélos cargos"
    assert told[-1].act is not None
    told[-1].act()
    settled(desk)
    assert stored(desk, qtbot) == before == screen.editor.editing.brand


@pytest.mark.parametrize("what", ["folder", "picture", "large", "missing"])
def test_a_file_that_is_no_brand_is_refused_in_words(
    screen: BrandsScreen, desk: Desk, qtbot: QtBot, tmp_path: Path, what: str
) -> None:
    file = tmp_path / "x.toml"
    if what == "folder":
        file.mkdir()
    elif what == "picture":
        file.write_bytes(b"\x89PNG\r\n\xff\xfe" * 50)
    elif what == "large":
        file.write_bytes(b"#" * 5_000_000)
    dialog = screen.import_file()
    with qtbot.waitSignal(dialog.checked):
        dialog.open_path(str(file))
    assert "x.toml" in dialog.status.text()
    assert not dialog.import_button.isEnabled()
    dialog.reject()


def test_a_brand_is_exported_to_a_file_and_to_the_clipboard(
    screen: BrandsScreen, desk: Desk, qtbot: QtBot, settled: Settled, tmp_path: Path
) -> None:
    file = tmp_path / "fiche.toml"
    moves.export_to(desk, screen, "aubrelle", str(file))
    screen.copy_text()
    settled(desk)
    text = file.read_text(encoding="utf-8")
    assert 'name = "Cycles Aubrelle"' in text
    assert QGuiApplication.clipboard().text() == text


def test_an_export_says_that_unsaved_changes_are_not_in_it(
    screen: BrandsScreen, desk: Desk, qtbot: QtBot, settled: Settled, tmp_path: Path, told: list[Message]
) -> None:
    type_in(qtbot, screen, "voice", ("voice", "signature"), "Plus tard")
    file = tmp_path / "fiche.toml"
    screen.export()
    dialog = screen.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(file))
    dialog.reject()
    settled(desk)
    assert "Plus tard" not in file.read_text(encoding="utf-8")
    assert (told[-1].kind, told[-1].text) == ("warn", desk.t("ui.brands.exported_as_saved", name="fiche.toml"))
    screen.copy_text()
    settled(desk)
    assert (told[-1].kind, told[-1].text) == ("warn", desk.t("ui.brands.copied_as_saved"))
    screen.editor.save()
    settled(desk)
    screen.copy_text()
    settled(desk)
    assert (told[-1].kind, told[-1].text) == ("ok", desk.t("ui.copied"))
    assert "Plus tard" in QGuiApplication.clipboard().text()


def test_every_field_of_every_part_is_reached_with_tab_in_the_order_of_the_eye(
    screen: BrandsScreen, qtbot: QtBot
) -> None:
    for name, first, last in (("voice", "voice.address", "timezone"), ("facts", "statement", "id")):
        screen.editor._go_tab(name)
        QApplication.sendPostedEvents()
        page = screen.editor.page(name)
        wanted = [".".join(map(str, steps)) for steps in page.fields]
        met: list[str] = []
        for _press in range(60):
            focused = QApplication.focusWidget()
            assert focused is not None
            assert not isinstance(focused, QScrollArea), "a stop that shows no focus"
            for steps, field in page.fields.items():
                if field.isAncestorOf(focused) and ".".join(map(str, steps)) not in met:
                    met.append(".".join(map(str, steps)))
            qtbot.keyClick(focused, Qt.Key.Key_Tab)
        assert met == wanted
        assert (met[0], met[-1]) == (first, last)


def test_the_keys_of_the_editor_hold_in_the_list_of_brands(
    screen: BrandsScreen, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    type_in(qtbot, screen, "voice", ("sector",), "deux")
    screen.list.setFocus()
    qtbot.keyClick(screen.list, Qt.Key.Key_5, Qt.KeyboardModifier.AltModifier)
    assert screen.editor.tab == "charter"
    screen.list.setFocus()
    qtbot.keyClick(screen.list, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settled(desk)
    assert stored(desk, qtbot).sector == "deux"


def test_a_row_begins_with_its_proposal_selected_and_grows_with_its_end(screen: BrandsScreen, qtbot: QtBot) -> None:
    screen.editor.show_tab("hashtags")
    lists = screen.editor.page("hashtags")
    assert isinstance(lists, RecordTab)
    lists.add()
    focused = QApplication.focusWidget()
    assert isinstance(focused, QLineEdit)
    qtbot.keyClicks(focused, "lancement")
    assert lists.rows[lists.place].name == "lancement"
    screen.editor.show_tab("facts")
    facts = screen.editor.facts
    facts.put_value(("facts", facts.place, "valid_until"), facts.today + timedelta(days=400))
    column = next(place for place in range(facts.model.columnCount()) if facts._columns[place].title == "Validité")
    index = facts.model.index(facts.model.order.index(facts.place), column)
    height = facts.table.rowHeight(index.row())
    assert facts.table.sizeHintForIndex(index).height() <= height


def test_the_default_brand_is_marked_and_unmarked(
    screen: BrandsScreen, desk: Desk, settled: Settled, told: list[Message]
) -> None:
    screen.make_default()
    settled(desk)
    assert desk.settings.default_brand == "aubrelle"
    assert desk.t("ui.brands.default") in screen.list.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told[-1].act is not None
    told[-1].act()
    settled(desk)
    assert desk.settings.default_brand is None


def test_a_brand_is_made_by_a_name_and_duplicated(
    screen: BrandsScreen, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    screen.create_brand("Musée d’Orgues")
    settled(desk)
    assert screen.editor.editing.brand.id == "musee-dorgues"
    screen.duplicate()
    settled(desk)
    assert screen.editor.editing.brand.name == "Musée d’Orgues 2"
    assert screen.list.count() == 3


def test_hostile_values_are_plain_text_and_stay_whole(
    screen: BrandsScreen, desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    editing = screen.editor.editing
    long = "x" * 1_000_000
    voice = replace(editing.brand.voice, signature=long, traits=(HOSTILE, "a\nb"), banned=tuple(map(str, range(5_000))))
    facts = (Fact("long", long, HOSTILE, (HOSTILE,)), *(Fact(f"f{n}", HOSTILE) for n in range(300)))
    hostile = replace(editing.brand, name=f"{HOSTILE}{long}", voice=voice, facts=facts, accounts={"<b>": long})
    editing.put(hostile)
    for name in ("voice", "facts", "playbooks", "hashtags", "charter", "contact"):
        screen.editor.show_tab(name)
    settled(desk)
    assert editing.brand == hostile
    for one in screen.findChildren(QLabel):
        assert one.textFormat() == Qt.TextFormat.PlainText or not one.text()
    # A value too long to be edited is not cut: it is kept, or emptied on purpose.
    line = screen.editor.voice.fields[("voice", "signature")].control
    screen.editor.show_tab("voice")
    line.setFocus()
    qtbot.keyClicks(line, "abc")
    assert editing.brand.voice.signature == long
    qtbot.keyClick(line, Qt.Key.Key_Delete)
    assert editing.brand.voice.signature == ""


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("size", [(1280, 720), (960, 620)])
def test_nothing_is_cut_in_either_language(
    window: MainWindow, desk: Desk, qtbot: QtBot, settled: Settled, language: str, size: tuple[int, int]
) -> None:
    desk.settings = replace(desk.settings, language=language)
    window.go("brands")
    window.use_language()
    window.resize(*size)
    window.go("brands")
    settled(desk)
    screen = window.screen_of("brands")
    assert isinstance(screen, BrandsScreen)
    for name in ("voice", "facts", "playbooks", "hashtags", "charter", "contact"):
        screen.editor.show_tab(name)
        settled(desk)
        for one in screen.findChildren(QLabel):
            if one.isVisible() and one.text() and not one.wordWrap():
                assert one.width() >= one.sizeHint().width(), (name, one.text())
        bar = screen.editor.tabs.tabBar()
        for place in range(bar.count()):
            wanted = bar.fontMetrics().horizontalAdvance(bar.tabText(place))
            assert bar.tabRect(place).width() >= wanted
        assert "ui." not in " ".join(one.text() for one in screen.findChildren(QLabel))

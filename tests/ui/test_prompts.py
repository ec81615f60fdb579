"""The Prompts screen: a template edited, understood while it is typed, tried once, saved, used."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from copilot.app import Copilot, open_copilot
from copilot.paths import prompts_dir
from ui.autosave import keep_all
from ui.desk import Changes, Desk, Message
from ui.main_window import MainWindow
from ui.screens._prompts.columns import DIFFERENCES, PREVIEW, RUN
from ui.screens._prompts.enter_list import EnterList
from ui.screens._prompts.name_dialog import NameDialog
from ui.screens._prompts.preview_panel import VALUES
from ui.screens._prompts.screen import PromptsScreen
from ui.screens._prompts.source import PromptKey, renamed_source
from ui.theme import Choice, Theme
from ui.widgets.template_editor import LONGEST, TemplateEditor

# The offscreen platform has no say in the sizes of dialogs.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

Settled = Callable[[Desk], None]
REPLY = PromptKey("reply", "fr", "standard")


def in_profile(folder: Path, work: Callable[[Copilot], Any]) -> Any:
    """Run ``work`` on the profile, beside the window."""

    async def run() -> Any:
        copilot = open_copilot(folder)
        try:
            return await work(copilot)
        finally:
            await copilot.aclose()

    return asyncio.run(run())


def in_engine(qtbot: QtBot, desk: Desk, work: Callable[[Copilot], Any]) -> Any:
    """Run ``work`` with the services of the window."""
    job = desk.run(work)
    with qtbot.waitSignal(job.succeeded) as told:
        pass
    return told.args[0]


def add_model(profile_folder: Path, *answers: object, remote: str = "no") -> None:
    async def work(copilot: Copilot) -> None:
        script = {"script": json.dumps(list(answers)), "remote": remote}
        copilot.providers.add("essai", "scripted", script, None, default=True)

    in_profile(profile_folder, work)


def put_own(profile_folder: Path, text: str, key: PromptKey = REPLY) -> None:
    """A copy as another program may leave it, sound or not."""
    path = profile_folder / "prompts" / key.task / f"{key.name}.{key.language}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")


def shipped(profile_folder: Path, key: PromptKey = REPLY) -> str:
    async def work(copilot: Copilot) -> str:
        return copilot.prompts.library.shipped_source(key.task, key.language, key.name)

    return str(in_profile(profile_folder, work))


@pytest.fixture
def told(desk: Desk) -> list[Message]:
    """What the message bar was given."""
    found: list[Message] = []
    desk.told.connect(found.append)
    return found


@pytest.fixture
def show(window: MainWindow, desk: Desk, settled: Settled, qtbot: QtBot) -> Callable[..., PromptsScreen]:
    """The screen on a prompt, everything loaded."""

    def go(key: PromptKey = REPLY) -> PromptsScreen:
        window.go("prompts", str(key))
        screen = window.screen_of("prompts")
        assert isinstance(screen, PromptsScreen)
        qtbot.waitUntil(lambda: screen.key == key and screen.panel.report is not None)
        settled(desk)
        return screen

    return go


def inspected(qtbot: QtBot, screen: PromptsScreen) -> None:
    """Wait for the inspection of the words as they are."""
    qtbot.waitUntil(lambda: screen.panel.report is not None)


def put(screen: PromptsScreen, before: str, after: str) -> None:
    """Replace words of the template as a person would."""
    text = screen.panel.text()
    assert before in text
    start = text.index(before)
    screen.panel.editor.select(start, start + len(before))
    screen.panel.editor.insert_at_cursor(after)


def problems(screen: PromptsScreen) -> list[str]:
    return [screen.panel.problems.item(at).text() for at in range(screen.panel.problems.count())]


def test_every_prompt_is_listed_under_its_task_with_whose_it_is(profile_folder: Path, show: Any) -> None:
    put_own(profile_folder, shipped(profile_folder) + "\n")
    put_own(profile_folder, "+++\n", PromptKey("compose", "fr", "standard"))
    screen = show()
    assert len(screen.prompts.keys()) == len(list(prompts_dir().glob("*/*.md")))
    assert screen.prompts.keys()[0] == PromptKey("compose", "fr", "standard")
    said = [
        screen.prompts.list.item(at).data(Qt.ItemDataRole.AccessibleTextRole)
        for at in range(screen.prompts.list.count())
    ]
    assert [one for one in said if one and "Votre copie" in one and "Réponses : Français" in one]
    assert [one for one in said if one and "Cassé" in one and "Publications : Français" in one]
    assert len([one for one in said if one and "D’origine" in one]) == len(screen.prompts.keys()) - 2


def test_search_hides_what_does_not_fit_and_says_when_nothing_does(show: Any, qtbot: QtBot) -> None:
    screen = show()
    prompts = screen.prompts
    QTest.keyClicks(prompts.search, "reponses")
    shown = [prompts.list.item(at) for at in range(prompts.list.count()) if not prompts.list.item(at).isHidden()]
    assert len(shown) == 3  # the heading and two languages
    prompts.search.setText("rien de tel {0}")
    assert prompts.nothing.isVisible()
    assert "rien de tel {0}" in prompts.nothing.text()
    prompts.clear_search.click()
    assert prompts.list.isVisible()
    assert not prompts.nothing.isVisible()


def test_home_and_end_go_to_lines_that_are_seen(show: Any, qtbot: QtBot) -> None:
    screen = show()
    prompts = screen.prompts
    QTest.keyClicks(prompts.search, "reponses")
    for key, place in ((Qt.Key.Key_End, -1), (Qt.Key.Key_Home, 0)):
        QTest.keyClick(prompts.list, key)
        lines = [prompts.list.item(at) for at in range(prompts.list.count())]
        seen = [one for one in lines if not one.isHidden() and one.flags() & Qt.ItemFlag.ItemIsSelectable]
        assert len(seen) == 2
        assert prompts.list.currentItem() is seen[place]


def test_an_unknown_variable_is_underlined_told_and_reached_with_return(show: Any, qtbot: QtBot) -> None:
    screen = show()
    put(screen, "{{{facts}}}", "{{{facts}}} {{{prix}}}")
    inspected(qtbot, screen)
    assert any("prix" in one and one.startswith("Ligne 40") for one in problems(screen))
    editor = screen.panel.editor
    at = screen.panel.text().index("{{{prix") + 4
    assert "prix" in editor.tip_at(at)
    assert editor.is_wrong_line(40)
    formats = editor.document().findBlockByNumber(39).layout().formats()
    assert any(one.format.underlineStyle() == one.format.UnderlineStyle.WaveUnderline for one in formats)
    screen.panel.problems.setCurrentRow(0)
    screen.panel.problems.setFocus()
    QTest.keyClick(screen.panel.problems, Qt.Key.Key_Return)
    assert editor.textCursor().selectedText() == "{{{prix}}}"
    assert editor.hasFocus()


def test_the_line_that_is_typed_stays_in_view_when_mistakes_are_listed(show: Any, qtbot: QtBot) -> None:
    screen = show()
    editor = screen.panel.editor
    editor.setFocus()
    qtbot.waitUntil(editor.hasFocus)
    editor.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClicks(editor, " {{ inconnue }}")
    qtbot.waitUntil(lambda: screen.panel.report is not None and screen.panel.problems.isVisible())
    qtbot.waitUntil(lambda: editor.viewport().rect().contains(editor.cursorRect().center()))
    problems, before = screen.panel.problems, editor.viewport().height()
    # Shown is not yet laid out: two thirds of the room are more than it has now, whenever that is looked at.
    problems.setFixedHeight((problems.height() + editor.height()) * 2 // 3)
    qtbot.waitUntil(lambda: editor.viewport().height() < before)
    qtbot.waitUntil(lambda: editor.viewport().rect().contains(editor.cursorRect().center()))


def test_a_known_variable_says_what_it_holds(show: Any) -> None:
    screen = show()
    assert "Voix de la marque" in screen.panel.editor.tip_at(screen.panel.text().index("{{{brand_voice") + 4)
    assert screen.panel.editor.tip_at(screen.panel.text().index("Règles")) == ""


def test_a_missing_input_is_put_in_by_its_button_and_declared(show: Any, qtbot: QtBot) -> None:
    screen = show()
    put(screen, "{{{message}}}", "")
    put(screen, '"examples", "message"', '"examples"')
    inspected(qtbot, screen)
    assert screen.panel.report.missing == ("message",)
    chip = next(one for one in screen.panel.missing.findChildren(QAbstractButton) if one.text() == "message")
    assert "Message reçu" in chip.accessibleName()
    screen.panel.editor.go_to(0, 0)
    chip.click()
    inspected(qtbot, screen)
    assert screen.panel.report.missing == ()
    assert '"examples", "message"]' in screen.panel.text()
    # What is left to mend: the sample no longer lacks anything, and the input stands alone at the end.
    assert screen.panel.report.prompt is not None
    assert screen.panel.text().rstrip().endswith("{{{message}}}")


def test_tab_leaves_the_editor(show: Any, qtbot: QtBot) -> None:
    screen = show()
    screen.panel.editor.setFocus()
    before = screen.panel.text()
    QTest.keyClick(screen.panel.editor, Qt.Key.Key_Tab)
    assert screen.panel.text() == before
    assert not screen.panel.editor.hasFocus()


def test_the_preview_follows_the_typing_and_masks_for_a_remote_model(
    profile_folder: Path, show: Any, qtbot: QtBot, desk: Desk, settled: Settled
) -> None:
    add_model(profile_folder, "Bonjour", remote="yes")
    screen = show()
    put(screen, "# user\n", "# user\nConsigne du jour : répondre en vers.\n")
    qtbot.waitUntil(lambda: "répondre en vers" in screen.preview.views[1].text())
    screen.preview.field("message").replace_all_undoable("Écrivez à camille.durand@exemple.fr, vite.")
    qtbot.waitUntil(lambda: "camille.durand@exemple.fr" in screen.preview.views[1].text())
    screen.preview.masked.click()
    settled(desk)
    qtbot.waitUntil(lambda: "camille.durand@exemple.fr" not in screen.preview.views[1].text())
    assert "Écrivez à" in screen.preview.views[1].text()


def test_without_a_remote_model_the_masked_view_says_why_it_is_closed(show: Any) -> None:
    screen = show()
    assert not screen.preview.masked.isEnabled()
    assert "Aucun modèle distant" in screen.preview.masked_note.text()


def test_a_brand_fills_the_sample_and_one_undo_takes_it_back(
    show: Any, qtbot: QtBot, desk: Desk, settled: Settled
) -> None:
    screen = show()
    screen.preview.show_mode(VALUES)
    before = screen.preview.field("brand_voice").text()
    brand = in_engine(qtbot, desk, lambda copilot: copilot.brands.list())[0]
    screen.preview.brand.setCurrentIndex(screen.preview.brand.findData(brand.id))
    screen.preview.brand.activated.emit(1)
    settled(desk)
    assert brand.name in screen.preview.field("brand_voice").text()
    screen.preview.field("brand_voice").undo()
    assert screen.preview.field("brand_voice").text() == before


def test_without_a_model_the_trial_leads_to_the_settings(show: Any, desk: Desk, qtbot: QtBot) -> None:
    screen = show()
    screen.show_tab(RUN)
    assert screen.run.pages.currentIndex() == 0
    with qtbot.waitSignal(desk.asked) as asked:
        screen.run.to_settings.click()
    assert asked.args == ["settings", "models"]


def test_nothing_is_sent_before_the_press_then_the_answer_comes_with_its_checks(
    profile_folder: Path, show: Any, qtbot: QtBot, desk: Desk
) -> None:
    add_model(profile_folder, "Bonjour, nous vous remboursons 100 % sous 48 h.")
    screen = show()

    async def runs(copilot: Copilot) -> int:
        return len(await copilot.custody.usage())

    put(screen, "# user\n", "# user\nSoyez bref.\n")
    inspected(qtbot, screen)
    screen.show_tab(RUN)
    assert in_engine(qtbot, desk, runs) == 0
    screen.run.start_button.click()
    qtbot.waitUntil(lambda: screen.run.outcome.text() == "Réponse complète")
    assert screen.run.answer.text() == "Bonjour, nous vous remboursons 100 % sous 48 h."
    assert "jetons" in screen.run.cost.text()
    assert screen.run.checks.findings
    assert in_engine(qtbot, desk, runs) == 1


def test_json_answers_are_laid_out_and_said_to_fit(profile_folder: Path, show: Any, qtbot: QtBot) -> None:
    answer = {"hashtags": [{"tag": "velo", "reason": "le sujet"}, {"tag": "lyon", "reason": "le lieu"}]}
    add_model(profile_folder, json.dumps(answer))
    screen = show(PromptKey("hashtags", "fr", "standard"))
    screen.try_once()
    qtbot.waitUntil(lambda: not screen.run.is_running)
    assert screen.run.outcome.text() == "Réponse complète", screen.run.error.text()
    assert "schéma" in screen.run.check_note.text()
    assert "\n" in screen.run.answer.text()


def test_a_failed_trial_says_why_and_keeps_what_is_typed(profile_folder: Path, show: Any, qtbot: QtBot) -> None:
    add_model(profile_folder, {"text": "Début", "error": "rate_limited"})
    screen = show()
    put(screen, "# user\n", "# user\nSoyez bref.\n")
    inspected(qtbot, screen)
    screen.try_once()
    qtbot.waitUntil(lambda: screen.run.outcome.text() == "Échec")
    assert screen.run.error.isVisible()
    assert "Soyez bref." in screen.panel.text()
    assert screen.run.start_button.isVisible()


def test_stop_and_leaving_for_another_prompt_end_the_answer(
    profile_folder: Path, show: Any, qtbot: QtBot, desk: Desk, settled: Settled
) -> None:
    add_model(profile_folder, {"text": "Un début ", "hang": True})
    screen = show()
    screen.try_once()
    qtbot.waitUntil(lambda: "Un début" in screen.run.answer.text())
    QTest.keyClick(screen.run.stop_button, Qt.Key.Key_Escape)
    assert screen.run.outcome.text() == "Arrêté"
    assert "Un début" in screen.run.answer.text()
    settled(desk)
    screen.run.start()
    qtbot.waitUntil(lambda: "Un début" in screen.run.answer.text())
    show(PromptKey("compose", "fr", "standard"))
    assert screen.run.answer.text() == ""
    assert not screen.run.is_running


def test_a_broken_template_is_neither_sent_nor_saved_and_the_line_is_shown(
    profile_folder: Path, show: Any, qtbot: QtBot, desk: Desk, settled: Settled, told: list[Message]
) -> None:
    add_model(profile_folder, "Bonjour")
    screen = show()
    put(screen, "{{{facts}}}", "{{{facts")
    inspected(qtbot, screen)
    screen.try_once()
    assert not screen.run.is_running
    assert told[-1].text.startswith("Rien n’a été envoyé")
    QTest.keyClick(screen.panel.editor, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settled(desk)
    assert "Ligne 40" in told[-1].text
    assert "{{{facts" in screen.panel.editor.textCursor().selectedText()
    assert not (profile_folder / "prompts" / "reply").exists()
    assert screen.is_unsaved


def test_a_brand_lead_edits_sees_tries_saves_and_the_next_reply_uses_it(
    profile_folder: Path, show: Any, qtbot: QtBot, desk: Desk, settled: Settled, told: list[Message]
) -> None:
    add_model(profile_folder, {"echo": True})
    screen = show()
    seen: list[Changes] = []
    desk.changed.connect(seen.append)
    put(screen, "Langue de la réponse", "Terminez par : à très vite au fournil.\nLangue de la réponse")
    qtbot.waitUntil(lambda: "à très vite au fournil" in screen.preview.views[1].text())
    QTest.keyClick(screen.panel.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: screen.run.outcome.text() == "Réponse complète")
    assert "à très vite au fournil" in screen.run.answer.text()
    QTest.keyClick(screen.panel.editor, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settled(desk)
    assert told[-1].kind == "ok"
    assert any(one.prompts for one in seen)
    assert screen.panel.origin.text() == "Votre copie"
    assert not screen.panel.unsaved.isVisible()

    async def answer(copilot: Copilot) -> str:
        from copilot.services.generation import GenerationRequest

        prompt = copilot.prompts.get("reply", "fr")
        values = copilot.prompt_trial.sample_values("reply", "fr")
        done = await copilot.generation().run(
            GenerationRequest(prompt, copilot.prompts.filled(prompt, values), "essai", "next")
        )
        return done.text

    assert "à très vite au fournil" in in_engine(qtbot, desk, answer)
    screen.panel.editor.undo()
    assert "à très vite" not in screen.panel.text()
    screen.panel.editor.redo()
    assert not screen.is_unsaved


def test_the_next_post_is_written_with_the_saved_prompt(
    profile_folder: Path, show: Any, qtbot: QtBot, desk: Desk, settled: Settled
) -> None:
    edited = {"match": "Commencez par le mot Fournil", "text": "Fournil : journée ressemelage samedi à l’atelier."}
    add_model(profile_folder, edited, "Journée ressemelage samedi à l’atelier.")
    screen = show(PromptKey("compose", "fr", "standard"))

    async def write(copilot: Copilot) -> str:
        from copilot.services.posts import ComposeRequest

        brief = "Samedi, journée ressemelage à l’atelier. Venez avec vos chaussures."
        request = ComposeRequest(brief, networks=("bluesky",), variants=1, language="fr", provider="essai")
        found = [one async for one in copilot.posts.compose(request)]
        assert found[0].inspected is not None, found[0].error
        return found[0].inspected.item.text

    assert not in_engine(qtbot, desk, write).startswith("Fournil")
    put(screen, "Langue du post", "Commencez par le mot Fournil.\nLangue du post")
    # Typed and not saved: the drafts of others still use what serves.
    assert not in_engine(qtbot, desk, write).startswith("Fournil")
    screen.writes.save_button.click()
    settled(desk)
    assert in_engine(qtbot, desk, write).startswith("Fournil")


def test_back_to_shipped_removes_the_copy_and_undo_brings_it_back(
    profile_folder: Path, show: Any, qtbot: QtBot, desk: Desk, settled: Settled, told: list[Message]
) -> None:
    original = shipped(profile_folder)
    own = original.replace("80 mots", "40 mots")
    put_own(profile_folder, own)
    screen = show()
    screen.writes.back_button.click()
    settled(desk)
    assert screen.panel.text() == original
    assert screen.panel.origin.text() == "D’origine"
    assert not (profile_folder / "prompts" / "reply" / "standard.fr.md").exists()
    assert told[-1].act is not None
    told[-1].act()
    settled(desk)
    assert screen.panel.text() == own
    assert (profile_folder / "prompts" / "reply" / "standard.fr.md").read_text(encoding="utf-8") == own
    assert not screen.is_unsaved


def test_a_broken_copy_can_be_given_up_and_comes_back_as_typed_words(
    profile_folder: Path, show: Any, qtbot: QtBot, desk: Desk, settled: Settled, told: list[Message]
) -> None:
    own = shipped(profile_folder).replace("{{{facts}}}", "{{{prix}}}")
    put_own(profile_folder, own)
    screen = show()
    assert problems(screen)
    screen.writes.back_action.trigger()
    settled(desk)
    inspected(qtbot, screen)
    assert problems(screen) == []
    assert told[-1].act is not None
    told[-1].act()
    settled(desk)
    assert screen.panel.text() == own
    assert screen.is_unsaved
    assert screen.panel.origin.text() == "D’origine"


def test_a_duplicate_gets_its_name_and_deleting_it_can_be_undone(
    profile_folder: Path, show: Any, window: MainWindow, qtbot: QtBot, desk: Desk, settled: Settled,
    told: list[Message],
) -> None:  # fmt: skip
    screen = show()
    screen.writes.duplicate_action.trigger()
    dialog = window.findChild(NameDialog)
    assert dialog is not None
    dialog.name.setText("Été !")
    dialog.keep.click()
    assert dialog.isVisible()
    assert "accent" in dialog.field.note.text()
    dialog.name.setText("noel")
    QTest.keyClick(dialog.name, Qt.Key.Key_Return)
    noel = PromptKey("reply", "fr", "noel")
    qtbot.waitUntil(lambda: screen.key == noel)
    settled(desk)
    assert 'name = "noel"' in screen.panel.text()
    assert screen.writes.back_action.text() == "Supprimer ce prompt"
    screen.writes.duplicate("noel")
    settled(desk)
    assert "déjà" in told[-1].text
    screen.writes.back_action.trigger()
    qtbot.waitUntil(lambda: screen.key is not None and screen.key != noel)
    undo = next(one for one in reversed(told) if one.act is not None)
    assert undo.act is not None
    undo.act()
    qtbot.waitUntil(lambda: screen.key == noel)


def test_what_is_typed_is_kept_under_its_own_prompt_and_found_again(
    profile_folder: Path, show: Any, qtbot: QtBot, desk: Desk, settled: Settled
) -> None:
    screen = show()
    put(screen, "# user\n", "# user\nPhrase en cours.\n")
    show(PromptKey("compose", "fr", "standard"))
    assert "Phrase en cours." not in screen.panel.text()
    assert not screen.is_unsaved
    show()
    assert "Phrase en cours." in screen.panel.text()
    assert screen.panel.unsaved.isVisible()
    screen.panel.editor.undo()
    assert "Phrase en cours." not in screen.panel.text()
    settled(desk)
    assert in_engine(qtbot, desk, lambda copilot: copilot.working.get(REPLY.working)) is None


def test_what_is_typed_is_soon_on_the_disk(show: Any, qtbot: QtBot, desk: Desk, profile_folder: Path) -> None:
    screen = show()
    put(screen, "# user\n", "# user\nÀ ne pas perdre.\n")

    def kept() -> bool:
        return in_profile(profile_folder, lambda copilot: copilot.working.get(REPLY.working)) is not None

    qtbot.waitUntil(kept)
    copy = in_profile(profile_folder, lambda copilot: copilot.working.get(REPLY.working))
    assert "À ne pas perdre." in copy.body["text"]


def test_closing_at_once_loses_nothing(show: Any, desk: Desk, qtbot: QtBot) -> None:
    screen = show()
    put(screen, "# user\n", "# user\nDernier mot.\n")
    copies = desk.unsaved()
    assert [one.key for one in copies] == [REPLY.working]
    in_engine(qtbot, desk, lambda copilot: keep_all(copilot, copies))
    kept = in_engine(qtbot, desk, lambda copilot: copilot.working.get(REPLY.working))
    assert "Dernier mot." in kept.body["text"]


def test_the_differences_show_what_changed_and_only_its_surroundings(
    show: Any, qtbot: QtBot, desk: Desk, settled: Settled
) -> None:
    screen = show()
    screen.show_tab(DIFFERENCES)
    assert "Aucune différence" in screen.differences.note.text()
    put(screen, "80 mots", "20 mots")
    inspected(qtbot, screen)
    settled(desk)
    shown = screen.differences.view.toPlainText()
    assert "80" in shown
    assert "20" in shown
    assert "⋯" in shown
    assert "max_tokens" not in shown


@pytest.mark.parametrize(
    "hostile",
    [
        "{{{" * 20_000,
        "{{{message}}} " * 5_000,
        "}" * 60_000 + "{{",
        "+++\n" * 10_000,
        "\u202e{{{message}}}\u202c שלום \x00 \x00",
        "e" + "\u0301" * 50_000,
        "x" * 1_000_000,
        "\n" * 900_000,
        "🙂{{{message}}}🙂{{{nope}}}" * 300,
    ],
    ids=["open", "inputs", "closed", "fences", "rtl", "marks", "1MB", "lines", "wide"],
)
def test_a_hostile_copy_neither_crashes_nor_blocks(
    profile_folder: Path, show: Any, hostile: str, qtbot: QtBot, desk: Desk, settled: Settled
) -> None:
    put_own(profile_folder, hostile)
    screen = show()
    assert screen.panel.report is not None
    assert screen.panel.report.prompt is None
    assert problems(screen)
    start = time.thread_time()
    screen.panel.next_problem()
    screen.panel.editor.insert_at_cursor("z")
    QApplication.processEvents()
    screen.grab()
    assert time.thread_time() - start < 2.5
    for tab in range(3):
        screen.show_tab(tab)
    settled(desk)
    assert screen.panel.editor.isReadOnly() == (len(hostile) > LONGEST)


def test_a_copy_that_is_not_utf8_says_so_and_can_be_given_up(
    profile_folder: Path, show: Any, desk: Desk, settled: Settled, qtbot: QtBot
) -> None:
    put_own(profile_folder, "x")
    (profile_folder / "prompts" / "reply" / "standard.fr.md").write_bytes(b"\xff\xfe caf\xe9")
    screen = show()
    assert "UTF-8" in screen.panel.description.text()
    assert screen.panel.editor.isReadOnly()
    assert screen.writes.back_action.isEnabled()
    screen.writes.back_action.trigger()
    settled(desk)
    assert screen.panel.origin.text() == "D’origine"
    assert not screen.panel.editor.isReadOnly()
    inspected(qtbot, screen)
    assert screen.panel.report.prompt is not None


def test_a_paste_without_end_is_cut_and_said(show: Any, told: list[Message]) -> None:
    screen = show()
    clip = QMimeData()
    clip.setText("mot " * 50_000)
    screen.panel.editor.insertFromMimeData(clip)
    assert len(screen.panel.text()) <= LONGEST
    assert "trop long" in told[-1].text


def test_line_ends_and_no_break_spaces_of_a_copy_are_not_taken_for_changes(profile_folder: Path, show: Any) -> None:
    put_own(profile_folder, shipped(profile_folder).replace("\n", "\r\n"))
    screen = show()
    assert not screen.is_unsaved
    assert "\u00a0" in shipped(profile_folder) or "\u202f" in shipped(profile_folder) or "’" in screen.panel.text()


def test_late_news_of_another_prompt_are_dropped(window: MainWindow, show: Any, desk: Desk, settled: Settled) -> None:
    screen = show()
    known = screen.prompts.keys()
    for key in known:
        screen.prompts.choose(key)
    settled(desk)
    assert screen.key == known[-1]
    assert f'task = "{screen.key.task}"' in screen.panel.text()
    assert f'language = "{screen.key.language}"' in screen.panel.text()


def test_the_prompt_the_tab_and_the_list_come_back(show: Any, desk: Desk, qtbot: QtBot, settled: Settled) -> None:
    screen = show(PromptKey("rewrite", "en", "standard"))
    screen.show_tab(DIFFERENCES)
    other = PromptsScreen(desk)
    qtbot.addWidget(other)
    other.restore({**screen.state(), "unknown": 1})
    other.appear()
    settled(desk)
    assert other.key == PromptKey("rewrite", "en", "standard")
    assert other.columns.tab == DIFFERENCES
    other.restore({"prompt": 12, "tab": "x", "widths": [0]})


def test_every_control_has_a_name_and_every_action_a_key(show: Any, desk: Desk) -> None:
    screen = show()
    nameless = [
        one
        for kind in (QAbstractButton, QLineEdit, TemplateEditor, EnterList)
        for one in screen.findChildren(kind)
        if not one.accessibleName() and not one.objectName().startswith("qt_") and one.isVisible()
        and type(one).__name__ != "QLineEditIconButton" and type(one.parent()) is not QLineEdit
    ]  # fmt: skip
    assert nameless == []
    listed = [one for one in desk.actions.listed() if one.id.startswith("prompts.")]
    assert len(listed) >= 12
    assert all(one.keys for one in listed)


def test_texts_are_plain_in_both_themes_and_large(show: Any, theme: Theme, qtbot: QtBot) -> None:
    screen = show()
    for choice in (Choice("dark", 200), Choice("light", 150)):
        theme.apply(choice)
        QApplication.processEvents()
        assert not screen.grab().isNull()


def test_where_there_is_no_room_the_template_is_a_tab_and_nothing_typed_is_lost(
    show: Any, window: MainWindow, qtbot: QtBot
) -> None:
    screen = show()
    put(screen, "# user\n", "# user\nPhrase en cours.\n")
    window.resize(960, 620)
    qtbot.waitUntil(lambda: screen.tabs.count() == 4)
    assert screen.columns.tab == -1
    assert screen.panel.editor.isVisible()
    screen.show_tab(PREVIEW)
    qtbot.waitUntil(lambda: "Phrase en cours." in screen.preview.views[1].text())
    screen.edit()
    assert screen.panel.editor.hasFocus()
    window.resize(1280, 720)
    qtbot.waitUntil(lambda: screen.tabs.count() == 3)
    assert screen.panel.editor.isVisible()
    assert "Phrase en cours." in screen.panel.text()


def test_the_front_matter_takes_another_name_only() -> None:
    text = '+++\ntask = "reply"\nname = "standard"\n+++\n# system\nname = "x"\n'
    assert renamed_source(text, "noel") == text.replace('name = "standard"', 'name = "noel"')

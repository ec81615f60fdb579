"""Files come into the Inbox: columns asked for, shown and corrected, later exports, refusals."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from copilot.i18n import Translator
from ui.desk import Desk, Message
from ui.dialogs.base import Dialog
from ui.dialogs.import_mapping import MappingDialog
from ui.dialogs.import_report import ImportReport
from ui.main_window import MainWindow
from ui.screens._inbox.loading import PasteDialog
from ui.screens._inbox.screen import InboxScreen

D = TypeVar("D", bound=Dialog)
UNNAMED = "x1;Ana;bref;ok\nx2;Ben;court;oui\n"
NAMED = "Nom;Commentaire;Remarque\nAna;Bonjour;Colis perdu\nBen;Merci;Très bien\n"


class Stage:
    def __init__(self, window: MainWindow, desk: Desk, qtbot: QtBot, settled: Callable[[Desk], None]) -> None:
        self.desk, self.qtbot, self._settled = desk, qtbot, settled
        self.told: list[Message] = []
        desk.told.connect(self.told.append)
        window.go("inbox")
        screen = window.screen_of("inbox")
        assert isinstance(screen, InboxScreen)
        self.screen = screen
        self.rest()

    def rest(self) -> None:
        for _ in range(3):
            self.qtbot.waitUntil(lambda: self.desk.runner.is_idle)
            self._settled(self.desk)

    def dialog(self, kind: type[D]) -> D:
        self.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind))
        found = QApplication.activeModalWidget()
        assert isinstance(found, kind)
        return found

    def texts(self) -> list[str]:
        from copilot.domain.inbox import InboxFilter, Order

        with self.desk._copilot().store().read() as work:
            ids = work.inbox.ids(InboxFilter(order=Order.THREAD))
            return [row.message.text for row in work.inbox.rows(ids)]


@pytest.fixture
def stage(window: MainWindow, desk: Desk, qtbot: QtBot, settled: Callable[[Desk], None]) -> Stage:
    return Stage(window, desk, qtbot, settled)


def file_of(tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def choose(dialog: MappingDialog, place: int, part: str) -> None:
    choice = dialog.choices[place]
    choice.setCurrentIndex(choice.findData(part))


def test_a_table_that_names_nothing_asks_then_remembers(stage: Stage, tmp_path: Path) -> None:
    stage.screen.loading.open_path(file_of(tmp_path, "a.csv", UNNAMED))
    dialog = stage.dialog(MappingDialog)
    assert not dialog.read.isEnabled()
    assert "Choisissez la colonne" in dialog.hint.text()
    choose(dialog, 1, "author")
    choose(dialog, 2, "text")
    assert dialog.read.isEnabled()
    stage.qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    stage.rest()
    assert stage.texts() == ["bref", "court"]
    stage.screen.loading.open_path(file_of(tmp_path, "b.csv", UNNAMED.replace("x", "y").replace("bref", "long")))
    stage.rest()
    assert stage.texts() == ["bref", "court", "long", "court"]


def test_a_part_is_in_one_column_only(stage: Stage, tmp_path: Path) -> None:
    stage.screen.loading.open_path(file_of(tmp_path, "a.csv", UNNAMED))
    dialog = stage.dialog(MappingDialog)
    choose(dialog, 0, "text")
    choose(dialog, 3, "text")
    assert dialog.parts()["text"] == 3
    assert len(set(dialog.parts().values())) == len(dialog.parts())
    dialog.reject()
    stage.rest()
    assert stage.texts() == []


def test_what_waits_behind_a_question_is_read_after_it(stage: Stage, tmp_path: Path) -> None:
    asked, other = file_of(tmp_path, "a.csv", UNNAMED), file_of(tmp_path, "b.csv", NAMED)
    stage.screen.loading.open_paths([asked, other])
    stage.dialog(MappingDialog).reject()
    stage.rest()
    assert stage.texts() == ["Bonjour", "Merci"]


def test_columns_that_were_wrong_are_corrected_and_nothing_is_there_twice(stage: Stage, tmp_path: Path) -> None:
    stage.screen.loading.open_path(file_of(tmp_path, "b.csv", NAMED))
    stage.rest()
    assert stage.texts() == ["Bonjour", "Merci"]
    said = stage.told[-1]
    assert said.act_label == "Voir les colonnes"
    assert said.act is not None
    said.act()
    dialog = stage.dialog(MappingDialog)
    choose(dialog, 2, "text")
    stage.qtbot.mouseClick(dialog.read, Qt.MouseButton.LeftButton)
    stage.rest()
    assert stage.texts() == ["Colis perdu", "Très bien"]


TITLED = "Rapport;mai;2026\nAuteur;Message;Date\nQui;Verbatim;Quand\nLéa;Toujours rien;12/11/2026\n"


def test_the_line_of_the_header_is_chosen_among_the_first_lines(stage: Stage, tmp_path: Path) -> None:
    path = file_of(tmp_path, "b.csv", TITLED)
    stage.screen.loading.open_path(path)
    stage.rest()
    assert stage.texts() == ["Verbatim", "Toujours rien"]
    assert stage.told[-1].act is not None
    stage.told[-1].act()
    stage.qtbot.mouseClick(stage.dialog(ImportReport).columns, Qt.MouseButton.LeftButton)
    dialog = stage.dialog(MappingDialog)
    header = dialog.header
    assert header is not None
    shown = [header.itemText(place) for place in range(header.count())]
    assert header.currentText() == "Ligne 2\u00a0: Auteur · Message · Date"
    assert shown[0].startswith("Aucune")
    assert shown[3] == "Ligne 3\u00a0: Qui · Verbatim · Quand"
    header.setCurrentIndex(3)
    # What is shown is of the other header until this one came.
    assert not dialog.read.isEnabled()
    stage.rest()
    assert len(dialog.choices) == 3
    assert "Toujours rien" in " ".join(one.text() for one in dialog.findChildren(QLabel))
    choose(dialog, 0, "author")
    choose(dialog, 1, "text")
    stage.qtbot.mouseClick(dialog.read, Qt.MouseButton.LeftButton)
    stage.rest()
    assert stage.texts() == ["Toujours rien"]
    stage.screen.loading.open_path(file_of(tmp_path, "c.csv", TITLED.replace("mai", "juin").replace("rien", "pas")))
    stage.rest()
    assert stage.texts() == ["Toujours rien", "Toujours pas"]


def test_what_the_cells_betray_is_a_guess_until_someone_says_it(stage: Stage, tmp_path: Path) -> None:
    text = "4512;Camille;12/11/2026;Toujours pas reçu mon colis\n4513;Yanis;13/11/2026;Super accueil en boutique\n"
    stage.screen.loading.open_path(file_of(tmp_path, "a.csv", text))
    dialog = stage.dialog(MappingDialog)
    assert dict(dialog.parts()) == {"id": 0, "author": 1, "date": 2, "text": 3}
    assert dialog.read.isEnabled()
    words = [dialog.guesses[choice] for choice in dialog.choices]
    assert [word.text() for word in words] == ["supposé"] * 4
    assert dialog.choices[0].accessibleDescription() == "supposé"
    choose(dialog, 0, "")
    assert words[0].isHidden()
    assert not words[1].isHidden()
    assert dialog.choices[0].accessibleDescription() == ""
    stage.qtbot.mouseClick(dialog.read, Qt.MouseButton.LeftButton)
    stage.rest()
    assert stage.texts() == ["Toujours pas reçu mon colis", "Super accueil en boutique"]


def test_an_archive_comes_in_and_says_what_was_read_and_left(stage: Stage, tmp_path: Path) -> None:
    path = tmp_path / "exports.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mai.csv", "author,text\nLéa,Bonjour\n")
        archive.writestr("juin.csv", "author,text\nMax,Merci\n")
        archive.writestr("note.txt", "Voici.")
    stage.screen.loading.open_path(path)
    stage.rest()
    assert sorted(stage.texts()) == ["Bonjour", "Merci"]
    said = stage.told[-1]
    assert said.text.startswith("exports.zip\u00a0: 2 conversations, 2 messages en tout.")
    assert said.act is not None
    said.act()
    report = stage.dialog(ImportReport)
    shown = [one.text() for one in report.findChildren(QLabel)]
    assert shown[shown.index("Messages") + 1] == "2"
    assert "«\u00a0juin\u00a0»\u00a0: 1 message" in shown
    assert "note.txt\u00a0: ni commentaires ni messages" in shown
    report.accept()


def test_a_later_export_says_what_changed(stage: Stage, tmp_path: Path) -> None:
    first = "id,author,text\n1,Ana,Un\n2,Ben,Deux\n3,Cyd,Trois\n"
    stage.screen.loading.open_path(file_of(tmp_path, "fil.csv", first))
    stage.rest()
    stage.screen.loading.open_path(file_of(tmp_path, "fil.csv", first.replace("Deux", "Deux !") + "4,Dan,Quatre\n"))
    stage.rest()
    assert stage.texts() == ["Un", "Deux !", "Trois", "Quatre"]
    said = stage.told[-1]
    assert said.act is not None
    said.act()
    report = stage.dialog(ImportReport)
    shown = [one.text() for one in report.findChildren(QLabel)]
    assert shown[shown.index("Nouveaux") + 1] == "1"
    assert shown[shown.index("Modifiés par leur auteur") + 1] == "1"
    report.accept()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [("vide.csv", "", "vide"), ("x.png", "\x89PNG\r\n\x1a\n", "image"), ("a.json", '{"a": ', "")],
)
def test_a_file_that_cannot_be_read_is_refused_and_the_next_is_read(
    stage: Stage, tmp_path: Path, name: str, content: str, words: str
) -> None:
    bad = tmp_path / name
    bad.write_bytes(content.encode("latin-1"))
    stage.screen.loading.open_paths([bad, file_of(tmp_path, "b.csv", NAMED)])
    stage.rest()
    assert any(one.kind == "danger" and words in one.text for one in stage.told)
    assert stage.texts() == ["Bonjour", "Merci"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[" * 60_000, "«\u00a0texte collé\u00a0» est imbriqué"),
        ('{"data": []}', "«\u00a0texte collé\u00a0» est un export vide"),
        ("%PDF-1.7\n\0", "«\u00a0texte collé\u00a0» n’est pas une conversation"),
    ],
)
def test_what_was_pasted_and_cannot_be_read_has_a_name_in_the_refusal(stage: Stage, text: str, said: str) -> None:
    stage.screen.loading.load_text(text)
    stage.rest()
    assert next(one.text for one in stage.told if one.kind == "danger").startswith(said)


@pytest.mark.parametrize(
    ("language", "said"),
    [("fr", "La conversation «\u00a0texte collé\u00a0» est vide."), ("en", "The thread “pasted text” is empty.")],
)
def test_an_empty_box_is_refused_in_a_sentence_that_names_it_once(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, language: str, said: str
) -> None:
    monkeypatch.setattr(stage.desk, "t", Translator(language))
    stage.screen.loading.paste()
    dialog = stage.dialog(PasteDialog)
    stage.rest()
    stage.qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.isVisible()
    assert dialog.field.note.text().startswith(said)


def test_the_gravest_messages_show_before_the_last_is_read(stage: Stage, tmp_path: Path) -> None:
    rows = [f"{at},Personne {at},Toujours pas reçu la commande {at}" for at in range(30_000)]
    rows[150] = "150,Inès,Mon fils a été hospitalisé après avoir mangé votre yaourt"
    export = file_of(tmp_path, "fil.csv", "\n".join(["id,author,text", *rows]))
    coming = stage.screen.coming
    stage.screen.loading.open_path(export)
    stage.qtbot.waitUntil(coming.isVisible, timeout=60_000)
    assert coming.shown[0] == "Inès\u00a0: «\u00a0Mon fils a été hospitalisé après avoir mangé votre yaourt\u00a0»"
    assert "1 à traiter tout de suite" in coming.told.text()
    assert stage.texts() == []
    stage.screen.progress.stop()
    stage.rest()
    assert coming.isHidden()
    assert coming.shown == []
    assert stage.texts() == []

"""Hashtags under a text: their reason, warnings and count, their order by mouse and keys, suggestions and groups."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from copilot import networks
from copilot.domain.post import Hashtag
from copilot.domain.wording import Wording
from copilot.services.inspection import Inspected
from copilot.services.review import Edit
from tests.ui.review_tools import ask, posts
from ui.desk import Desk
from ui.dialogs.hashtags import HashtagsDialog
from ui.widgets.chips import gap_at, tip
from ui.widgets.item_editor import ItemEditor
from ui.widgets.tag_line import TagLine, whole

Settled = Callable[[Desk], None]
# Qt's offscreen platform says these of windows and tooltips; they are no fault of ours.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", r"support raise\(\)")


@pytest.fixture
def editor(desk: Desk, qtbot: QtBot) -> ItemEditor:
    made = ItemEditor(desk)
    qtbot.addWidget(made)
    made.resize(640, 460)
    made.show()
    qtbot.waitExposed(made)
    return made


def with_tags(qtbot: QtBot, desk: Desk, network: str, tags: tuple[str, ...], text: str = "") -> Inspected:
    first = posts(qtbot, desk, [network])[0].item
    edit = Edit(text=text or first.text, hashtags=tags)
    return ask(qtbot, desk, lambda copilot: copilot.review.edit(first.id, edit, by="Nadia"))


def drag(qtbot: QtBot, chip: QPushButton, to: QPoint) -> None:
    start = QPoint(12, chip.height() // 2)
    end = chip.mapFromGlobal(to)
    qtbot.mousePress(chip, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(chip, (start + end) / 2)
    qtbot.mouseMove(chip, end)
    qtbot.mouseRelease(chip, Qt.MouseButton.LeftButton, pos=end)


def test_a_chip_says_why_it_is_there_and_what_to_know_of_it_in_words(
    desk: Desk, editor: ItemEditor, qtbot: QtBot, settled: Settled
) -> None:
    editor.show_item(with_tags(qtbot, desk, "instagram", ("VeloCargo", "l’été", "photo", "like4like")))
    settled(desk)
    shown = [one.text() for one in editor.chips.row.chips]
    assert shown == ["#VeloCargo  ×", "#l’été · devient #l  ×", "#photo · trop général  ×", "#like4like · à éviter  ×"]
    plain, cut, generic, _ = editor.chips.row.chips
    assert plain.icon().isNull()
    assert not generic.icon().isNull()
    assert "Instagram n’en garde que #l" in cut.accessibleDescription()
    assert "votre post s’y perdra" in generic.accessibleDescription()
    assert "votre post s’y perdra" in generic.toolTip()


def test_the_count_says_the_cap_and_counts_the_tags_of_the_text(
    desk: Desk, editor: ItemEditor, qtbot: QtBot, settled: Settled
) -> None:
    tags = ("Vélo", "Ville", "Atelier", "Lyon", "Mobilité")
    editor.show_item(with_tags(qtbot, desk, "instagram", tags, "On roule #samedi."))
    settled(desk)
    assert editor.chips.count.text() == "6 hashtags sur 5\u00a0: 1 de trop (dont 1 dans le texte)"
    assert editor.chips.count.property("tone") == "danger"
    editor.show_item(with_tags(qtbot, desk, "discord", ("Vélo",)))
    settled(desk)
    assert editor.chips.count.text() == "Discord n’utilise pas de hashtags."


def test_a_chip_is_dragged_to_its_place_and_one_undo_takes_it_back(
    desk: Desk, editor: ItemEditor, qtbot: QtBot, settled: Settled
) -> None:
    editor.show_item(with_tags(qtbot, desk, "instagram", ("Un", "Deux", "Trois")))
    settled(desk)
    row = editor.chips.row
    last = row.chips[2]
    drag(qtbot, row.chips[0], last.mapToGlobal(QPoint(last.width() - 2, last.height() // 2)))
    assert editor.hashtags() == ("Deux", "Trois", "Un")
    assert editor.is_touched
    settled(desk)
    qtbot.waitUntil(lambda: row.chips[1].x() > 0)
    drag(qtbot, row.chips[2], row.chips[1].mapToGlobal(QPoint(2, 5)))
    assert editor.hashtags() == ("Deux", "Un", "Trois")
    qtbot.keyClick(row.chips[0], Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.hashtags() == ("Deux", "Trois", "Un")


def test_a_press_beside_the_cross_removes_nothing(
    desk: Desk, editor: ItemEditor, qtbot: QtBot, settled: Settled
) -> None:
    editor.show_item(with_tags(qtbot, desk, "instagram", ("Un", "Deux")))
    settled(desk)
    chip = editor.chips.row.chips[0]
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(8, chip.height() // 2))
    assert editor.hashtags() == ("Un", "Deux")
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 8, chip.height() // 2))
    assert editor.hashtags() == ("Deux",)


def test_a_drag_let_go_with_escape_moves_nothing(
    desk: Desk, editor: ItemEditor, qtbot: QtBot, settled: Settled
) -> None:
    editor.show_item(with_tags(qtbot, desk, "instagram", ("Un", "Deux")))
    settled(desk)
    chip = editor.chips.row.chips[0]
    qtbot.mousePress(chip, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    qtbot.mouseMove(chip, QPoint(150, 8))
    assert editor.chips.row.is_dragging
    qtbot.keyClick(chip, Qt.Key.Key_Escape)
    qtbot.mouseRelease(chip, Qt.MouseButton.LeftButton, pos=QPoint(150, 8))
    assert editor.hashtags() == ("Un", "Deux")


def test_absurd_tags_are_drawn_as_plain_text_and_stay_whole(
    desk: Desk, editor: ItemEditor, qtbot: QtBot, settled: Settled
) -> None:
    own = Wording("hashtag.reason.person")
    hostile = ["<b>gras</b>", "R&D", "a" * 5_000, "e" + "\u0301" * 3_000, "\u202eevil", "\x00"]
    editor.show_item(posts(qtbot, desk, ["instagram"])[0])
    settled(desk)
    editor.chips.show_tags([Hashtag(one, own) for one in hostile])
    editor.chips.changed_by_hand.emit()
    settled(desk)
    editor.grab()
    assert editor.hashtags() == tuple(hostile)
    assert "&&" in editor.chips.row.chips[1].text()
    assert tip("<b>x</b>") == "<p>&lt;b&gt;x&lt;/b&gt;</p>"


def test_chips_of_other_lines_are_dragged_too(desk: Desk, qtbot: QtBot) -> None:
    line = TagLine(desk.t, "Traits", parse=whole)
    qtbot.addWidget(line)
    line.show_value(("clair", "direct", "chaleureux"))
    line.resize(500, 60)
    line.show()
    told: list[tuple[str, ...]] = []
    line.edited.connect(told.append)
    drag(qtbot, line.chips[2], line.chips[0].mapToGlobal(QPoint(2, 5)))
    assert told == [("chaleureux", "clair", "direct")]


def test_where_a_chip_falls_between_lines() -> None:
    places = [QRect(0, 0, 50, 20), QRect(60, 0, 50, 20), QRect(0, 30, 50, 20)]
    assert [gap_at(places, at)[0] for at in (QPoint(5, 5), QPoint(70, 10), QPoint(300, 10), QPoint(40, 40))] == [
        0, 1, 2, 3,
    ]  # fmt: skip


def dialog_of(qtbot: QtBot, desk: Desk, editor: ItemEditor, item: Inspected) -> HashtagsDialog:
    made = HashtagsDialog(desk, item.item, networks.get(item.item.network), item.item.hashtags, editor)
    made.open()
    return made


def test_suggestions_open_with_a_key_and_go_under_the_text_in_one_undo(
    desk: Desk, editor: ItemEditor, qtbot: QtBot, settled: Settled
) -> None:
    editor.show_item(with_tags(qtbot, desk, "instagram", ("Lyon",)))
    settled(desk)
    editor.chips.suggest.click()
    dialog = editor.findChild(HashtagsDialog)
    assert isinstance(dialog, HashtagsDialog)
    settled(desk)
    free = [tag for tag, box in dialog.boxes.items() if box.isEnabled()]
    assert len(free) >= 3
    assert not dialog.accept_button.isEnabled()
    for tag in free[:2]:
        dialog.boxes[tag].click()
    assert dialog.accept_button.text() == "Ajouter 2 hashtags"
    assert dialog.boxes[free[0]].accessibleDescription()
    dialog.accept_button.click()
    assert editor.hashtags() == ("Lyon", *free[:2])
    qtbot.keyClick(editor.chips.row.chips[-1], Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.hashtags() == ("Lyon",)


def test_no_more_can_be_checked_than_the_network_takes(
    desk: Desk, editor: ItemEditor, qtbot: QtBot, settled: Settled
) -> None:
    dialog = dialog_of(qtbot, desk, editor, with_tags(qtbot, desk, "instagram", ("Un", "Deux", "Trois", "Quatre")))
    settled(desk)
    first, second = list(dialog.boxes.values())[:2]
    first.click()
    assert not second.isEnabled()
    assert "Instagram n’en prend pas plus" in second.toolTip()
    first.click()
    assert second.isEnabled()


def test_a_network_without_hashtags_says_so(desk: Desk, editor: ItemEditor, qtbot: QtBot, settled: Settled) -> None:
    dialog = dialog_of(qtbot, desk, editor, posts(qtbot, desk, ["discord"])[0])
    settled(desk)
    assert dialog.pages.currentWidget() is dialog.state
    assert not dialog.accept_button.isEnabled()


def test_a_group_is_kept_renamed_removed_and_brought_back(
    desk: Desk, editor: ItemEditor, qtbot: QtBot, settled: Settled
) -> None:
    item = with_tags(qtbot, desk, "instagram", ("Lyon", "Vélo"))
    dialog = dialog_of(qtbot, desk, editor, item)
    dialog.turn_to("groups")
    settled(desk)
    page = dialog.groups

    def names() -> list[str]:
        brand = ask(qtbot, desk, lambda copilot: copilot.brands.get(item.item.brand_id))
        return [one.name for one in brand.hashtags]

    before = names()
    assert not page.keep.isEnabled()
    page.name.setText("Printemps")
    page.keep.click()
    settled(desk)
    assert names() == [*before, "Printemps"]
    assert "Printemps" in page.bar.text.text()
    page._named("Printemps", before[0])
    assert "s’appelle déjà" in page.bar.text.text()
    page._named("Printemps", "Été")
    settled(desk)
    assert names() == [*before, "Été"]
    page._remove("Été")
    settled(desk)
    assert names() == before
    page.bar.act()
    settled(desk)
    assert names() == [*before, "Été"]


def test_a_group_goes_in_at_once_within_the_cap(desk: Desk, editor: ItemEditor, qtbot: QtBot, settled: Settled) -> None:
    item = with_tags(qtbot, desk, "instagram", ("Un", "Deux", "Trois", "Quatre"))
    dialog = dialog_of(qtbot, desk, editor, item)
    got: list[list[Hashtag]] = []
    dialog.chosen.connect(got.append)
    dialog.turn_to("groups")
    settled(desk)
    insert = next(one for one in dialog.groups.findChildren(QPushButton) if one.text() == "Insérer")
    insert.click()
    assert [len(one) for one in got] == [1]


def test_renaming_turns_the_name_into_a_line(desk: Desk, editor: ItemEditor, qtbot: QtBot, settled: Settled) -> None:
    dialog = dialog_of(qtbot, desk, editor, with_tags(qtbot, desk, "instagram", ("Lyon",)))
    dialog.turn_to("groups")
    settled(desk)
    page = dialog.groups
    old = page._known[0]
    pencil = next(one for one in page._list.findChildren(QWidget) if one.accessibleName().startswith("Renommer"))
    assert isinstance(pencil, QToolButton)
    pencil.click()
    line = page._list.findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    assert line.text() == old
    line.setText("Nouveau nom")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    settled(desk)
    assert "Nouveau nom" in page._known
    assert old not in page._known

"""What would leave this computer for a reply: byte for byte, what stays here, and what no pseudonym hides."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from pytestqt.qtbot import QtBot

from copilot.app import Copilot
from copilot.domain.conversation import Approach
from copilot.services.privacy import Preview
from tests.ui.inbox_stage import Settled, Stage
from ui.desk import Changes, Desk
from ui.dialogs.privacy_preview import EXACT, LEAVES, PLAYBOOK, STAYS, PrivacyPreview
from ui.main_window import MainWindow

REMOTE = {"base_url": "https://models.example.org/v1", "model": "grand"}
LOCAL = {"base_url": "http://127.0.0.1:9/v1", "model": "petit"}
ASKS = "Bonjour, je suis enceinte. Écrivez-moi à zoe.martin@example.org ou au 06 12 34 56 78 \u202e<b>vite</b>."


@pytest.fixture
def stage(window: MainWindow, desk: Desk, qtbot: QtBot, settled: Settled) -> Stage:
    made = Stage(window, desk, qtbot, settled)
    made.load({"author": "Zoé Martin", "text": ASKS})
    return made


def add_source(stage: Stage, name: str, values: Mapping[str, str]) -> None:
    async def add(copilot: Copilot) -> None:
        copilot.providers.add(name, "openai_compatible", values, None)

    stage.desk.run(add)
    stage.rest()
    stage.desk.announce(Changes(providers=True))
    stage.rest()


def opened(stage: Stage) -> PrivacyPreview:
    stage.screen.keys.actions["preview"].trigger()
    dialog = stage.dialog()
    assert isinstance(dialog, PrivacyPreview)
    stage.qtbot.waitUntil(lambda: dialog._told is not None)
    stage.rest()
    return dialog


def asked(stage: Stage, provider: str, approach: Approach) -> Preview:
    held: list[Preview] = []
    here, brand = stage.screen.list.current_id, stage.screen.writing.brand
    stage.desk.run(lambda copilot: copilot.privacy.preview(here, provider, brand=brand, approach=approach), held.append)
    stage.qtbot.waitUntil(lambda: bool(held))
    return held[0]


def test_without_a_model_it_says_that_nothing_leaves_and_shows_the_way(stage: Stage) -> None:
    dialog = opened(stage)
    assert dialog.none.isVisible()
    assert not dialog.verdict.isVisible()
    assert not dialog.text.isVisible()
    assert dialog.settings.isVisible()
    dialog.settings.click()
    stage.rest()
    assert stage.window._current == "settings"


def test_the_bytes_shown_are_those_that_would_leave(stage: Stage) -> None:
    add_source(stage, "loin", REMOTE)
    dialog = opened(stage)
    dialog.source.setCurrentIndex(dialog.source.findData("loin"))
    stage.rest()
    approach = Approach(dialog.approach.currentData())
    told = asked(stage, "loin", approach)
    dialog.show_view(EXACT)
    assert dialog._body(told, EXACT).encode() == told.body
    shown = dialog.text.document().toRawText().replace("\u2029", "\n")
    assert shown.replace("⟨U+202E⟩", "\u202e").encode() == told.body
    assert str(len(told.body)) in dialog.size_told.text().replace("\u202f", "").replace("\xa0", "")
    assert "zoe.martin@example.org" not in dialog.text.toPlainText()
    dialog.show_view(LEAVES)
    assert "zoe.martin@example.org" not in dialog.text.toPlainText()
    assert "[[EMAIL_1]]" in dialog.text.toPlainText()
    dialog.reject()


def test_what_stays_is_listed_with_its_pseudonym_and_health_is_told(stage: Stage) -> None:
    add_source(stage, "loin", REMOTE)
    dialog = opened(stage)
    dialog.source.setCurrentIndex(dialog.source.findData("loin"))
    stage.rest()
    dialog.show_view(STAYS)
    rows = [
        tuple(dialog.kept_rows.item(place, part).text() for part in range(3))
        for place in range(dialog.kept_rows.rowCount())
    ]
    assert ("[[EMAIL_1]]", stage.desk.t("ui.preview.kind.EMAIL"), "zoe.martin@example.org") in rows
    assert any(token.startswith("[[PHONE") for token, _, _ in rows)
    assert dialog.health.isVisible()
    assert "enceinte" in dialog.health.text()
    assert dialog.general.isVisible()
    dialog.reject()


def test_each_approach_is_a_request_of_its_own(stage: Stage) -> None:
    add_source(stage, "loin", REMOTE)
    dialog = opened(stage)
    dialog.source.setCurrentIndex(dialog.source.findData("loin"))
    stage.rest()
    dialog.show_view(EXACT)
    texts = set()
    for place in range(dialog.approach.count()):
        dialog.approach.setCurrentIndex(place)
        stage.rest()
        texts.add(dialog.text.toPlainText())
    assert len(texts) == dialog.approach.count() > 1
    dialog.reject()


def test_of_a_model_on_this_computer_it_says_that_nothing_leaves(stage: Stage) -> None:
    add_source(stage, "ici", LOCAL)
    dialog = opened(stage)
    dialog.source.setCurrentIndex(dialog.source.findData("ici"))
    stage.rest()
    assert dialog.verdict.text() == stage.desk.t("ui.preview.local", provider="ici", model="petit")
    assert not dialog.health.isVisible()
    assert "zoe.martin@example.org" in dialog.text.toPlainText()
    dialog.source.setCurrentIndex(dialog.source.findData(PLAYBOOK))
    stage.rest()
    assert dialog.home.isVisible()
    assert not dialog.verdict.isVisible()
    assert not dialog.text.isVisible()
    dialog.reject()


def test_a_message_that_is_gone_is_said_in_words(stage: Stage) -> None:
    add_source(stage, "loin", REMOTE)
    dialog = opened(stage)
    thread = stage.rows()[0].message.thread_id
    stage.desk.run(lambda copilot: copilot.storage.forget_thread(thread, "Lina"))
    stage.rest()
    dialog.source.setCurrentIndex(dialog.source.findData("loin"))
    stage.rest()
    assert dialog.isVisible()
    assert dialog.verdict.property("tone") == "danger"
    assert not dialog.text.isVisible()
    dialog.reject()


def test_the_button_is_beside_the_reply_and_says_why_not(stage: Stage) -> None:
    stage.load({"text": "Nous ouvrons à dix heures.", "is_owner": "true"}, {"text": "Merci !"})
    stage.turn_to("Nous")
    action = stage.screen.keys.actions["preview"]
    assert not action.isEnabled()
    assert action.whatsThis()

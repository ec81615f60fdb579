"""A brand lead changes a prompt, keeps a copy of it, and the next proposal is written with it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from copilot.paths import prompts_dir
from tests.e2e.window.conftest import Ledger
from tests.e2e.window.screen import Window, settings_of, until

RULE = "Consigne de la maison : on dit atelier, jamais boutique."
BRIEF = "Portes ouvertes de l’atelier samedi 5 décembre 2026, de 10 h à 18 h. Entrée libre."


@pytest.mark.slow
def test_a_changed_prompt_writes_the_next_proposal(start: Callable[..., Window], profile: Path, ledger: Ledger) -> None:
    # A source that answers with what it was asked shows what a model would have read.
    echo = {"id": "echo", "provider": "scripted", "values": {"script": json.dumps([{"echo": True}])}}
    settings_of(profile, default_provider="echo", providers=[echo])
    own = profile / "prompts"
    shipped = (prompts_dir() / "compose" / "standard.fr.md").read_text(encoding="utf-8")
    window = start()

    def kept() -> str:
        copy = ledger.typed("prompt:compose/fr/standard")
        return str(copy.body["text"]) if copy else ""

    # The prompt that writes posts in French, found by its name; then its text, by a click.
    window.press("ctrl+5")
    window.idle()
    window.press("ctrl+f")
    window.type("compose fr")
    window.idle()
    window.press("Return")
    window.idle()
    window.click(0.42, 0.5)
    window.idle()
    # Nothing may follow what others wrote, the brief: the rule goes on the empty line before it.
    window.press("ctrl+End", "Up", "Up")
    window.type(RULE)
    until(lambda: RULE in kept(), "what was typed is kept")
    found = window.press_until(lambda: list(own.rglob("*.md")), "the copy of the brand lead", "ctrl+s")
    until(lambda: RULE in found[0].read_text(encoding="utf-8"), "the rule in it")
    assert (prompts_dir() / "compose" / "standard.fr.md").read_text(encoding="utf-8") == shipped

    def brief_is_there() -> bool:
        copy = ledger.typed("compose:brief")
        return copy is not None and copy.body["text"] == BRIEF

    window.press("ctrl+1")
    window.paste_at(0.3, 0.25, BRIEF, brief_is_there)
    window.press("ctrl+Return")
    until(ledger.items, "a proposal")
    assert all(RULE in one.text for one in ledger.items().values())
    assert window.close() == 0

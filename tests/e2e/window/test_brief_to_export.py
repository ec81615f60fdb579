"""From a pasted brief to the file of an approved post, with a keyboard and a mouse."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from copilot.domain.item import Item, Status
from copilot.i18n import Translator
from copilot.paths import assets_dir
from tests.e2e.window.conftest import Ledger
from tests.e2e.window.screen import Window, until

#: From the brief with the Tab key: its facts, the brand, who writes, more networks, then a chip a network.
TABS_TO_CHIPS = 5
CHIPS = ("facebook_page", "instagram", "linkedin", "x", "bluesky", "mastodon")
WANTED = ("linkedin", "x")
ADDED = " On vous garde un casque."


@pytest.mark.slow
def test_from_a_pasted_brief_to_the_file_of_the_approved_post(
    start: Callable[..., Window], ledger: Ledger, tmp_path: Path
) -> None:
    t = Translator("fr")
    brief = (assets_dir() / "demo" / "briefs" / "portes-ouvertes.txt").read_text(encoding="utf-8")
    window = start()

    def typed_brief() -> str:
        copy = ledger.typed("compose:brief")
        return str(copy.body["text"]) if copy else ""

    def networks() -> tuple[str, ...]:
        copy = ledger.typed("compose:brief")
        return tuple(copy.body["networks"]) if copy else ()  # type: ignore[arg-type]  # a list in JSON

    def of(network: str, status: Status) -> Item | None:
        found = [one for one in ledger.items().values() if one.network == network and one.status is status]
        return found[0] if found else None

    window.paste_at(0.3, 0.25, brief, lambda: typed_brief().strip() == brief.strip())
    # The facts found in it stand between the brief and the rest: the Tab key stops there too.
    window.idle()
    window.press(*["Tab"] * TABS_TO_CHIPS)
    for place, network in enumerate(CHIPS):
        window.press(*(["Tab"] if place else []), *([] if network in WANTED else ["space"]))
    until(lambda: networks() == WANTED, "the networks chosen")

    window.press("ctrl+Return")
    until(lambda: len(ledger.items()) == 2 * len(WANTED), "the proposals")
    window.press("F6", "ctrl+End")
    window.type(ADDED)
    item = until(lambda: of("linkedin", Status.DRAFT), "a draft for LinkedIn")
    until(lambda: ledger.text_of(item.id).endswith(ADDED), "the edit is kept")
    window.press("ctrl+Return")
    dialog = window.dialog(t("ui.approve.title", count=1))
    window.press("ctrl+Return")
    approved = until(lambda: of("linkedin", Status.APPROVED), "the approval")
    window.gone(dialog)
    assert approved.text.endswith(ADDED)
    assert approved.approval
    assert approved.approval.package_hash == approved.package.sha256
    assert of("x", Status.APPROVED) is None

    out = tmp_path / "sortie" / "posts.md"
    out.parent.mkdir()
    window.press("ctrl+3")
    dialog = window.open_dialog("Exporter .*", "ctrl+e")
    window.press("Tab", "Tab", "Tab", "space")
    asked = window.dialog(t("ui.export.write"))
    window.press("ctrl+a")
    window.type(str(out))
    window.press("Return")
    window.gone(asked)
    written = until(lambda: out.read_text(encoding="utf-8") if out.exists() else None, "the file")
    assert approved.package.outgoing_text in written
    assert window.close() == 0

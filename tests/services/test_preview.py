"""Live checks of what is typed, and the bytes a person is asked to approve."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from copilot.app import Copilot, open_copilot
from copilot.domain.item import Approval, Item, ItemKind, Media, PlannedTime, Status
from copilot.domain.post import Hashtag
from copilot.domain.review import Action
from copilot.domain.wording import Wording
from copilot.errors import UserError
from copilot.networks import get as network
from copilot.services.inspection import Inspected
from copilot.services.review import Edit
from copilot.text.measure import measure
from tests.store.samples import approve, draft

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
LATER = PlannedTime(datetime(2026, 12, 5, 10, 0), "Europe/Paris")


@pytest.fixture
async def copilot(begun_profile: Path) -> AsyncIterator[Copilot]:
    opened = open_copilot(begun_profile, clock=lambda: NOON)
    yield opened
    await opened.aclose()


def added(copilot: Copilot, item: Item) -> Item:
    with copilot.store().write() as work:
        return work.items.add(item, NOON)


def seen(inspected: Inspected) -> tuple[object, ...]:
    """What a screen shows of it."""
    item = inspected.item
    return (
        inspected.findings,
        inspected.measure,
        inspected.message,
        replace(item, revision=0, updated_at=None),
        item.package.sha256,
    )


def everything(copilot: Copilot, item_id: int) -> tuple[object, ...]:
    with copilot.store().read() as work:
        return (
            work.items.list(),
            work.items.versions(item_id),
            work.items.decisions(item_id),
            tuple(work.audit.entries()),
        )


EDITS = [
    pytest.param(Edit(text="Le meilleur vélo du monde, garanti à vie !"), id="text"),
    pytest.param(Edit(text=""), id="empty"),
    pytest.param(Edit(text="e\u0301te\u0301\r\nfin \u200b\0"), id="another form, hidden characters"),
    pytest.param(Edit(text="x" * 400), id="too long"),
    pytest.param(Edit(hashtags=("Vélo", "Nantes", "déjà vu", "e\u0301te\u0301")), id="hashtags"),
    pytest.param(Edit(account="@autre", planned=LATER), id="account and time"),
    pytest.param(Edit(), id="nothing"),
    pytest.param(Edit(text=draft().text), id="the same text"),
]


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("status", ["draft", "approved"])
async def test_a_preview_shows_what_the_edit_will_and_writes_nothing(copilot: Copilot, edit: Edit, status: str) -> None:
    item = added(copilot, draft())
    if status == "approved":
        with copilot.store().write() as work:
            approve(work, item)
    before = everything(copilot, item.id)
    preview = await copilot.review.preview(item.id, edit)
    assert everything(copilot, item.id) == before
    assert preview.item.revision == item.revision
    assert seen(preview) == seen(await copilot.review.edit(item.id, edit, by="Léa", revision=preview.item.revision))


async def test_a_preview_of_a_changed_approved_item_is_no_longer_approved(copilot: Copilot) -> None:
    item = added(copilot, draft())
    with copilot.store().write() as work:
        approve(work, item)
    changed = (await copilot.review.preview(item.id, Edit(text="Autre"))).item
    assert (changed.status, changed.approval) == (Status.DRAFT, None)
    same = (await copilot.review.preview(item.id, Edit(text=item.text))).item
    assert (same.status, same.approval) == (Status.APPROVED, Approval(item.package.sha256, "Nora", NOON))


async def test_confirmed_words_are_lifted_as_they_will_be_at_the_approval(copilot: Copilot) -> None:
    item = added(copilot, draft("Révision à 50 % de remise le 12 mars 2027.", writer="chain"))
    quotes = {finding.quote for finding in (await copilot.review.show(item.id)).blocking if finding.confirmable}
    assert len(quotes) == 2
    for edit in (Edit(), Edit(text=f"{item.text} Venez.")):
        plain = await copilot.review.preview(item.id, edit)
        assert quotes <= {finding.quote for finding in plain.findings}
        lifted = await copilot.review.preview(item.id, edit, confirmed=quotes)
        assert not quotes & {finding.quote for finding in lifted.findings}


@pytest.mark.parametrize("name", ["x", "linkedin", "facebook_page"])
async def test_a_lone_surrogate_is_named_by_a_check_and_measured(copilot: Copilot, name: str) -> None:
    item = added(copilot, draft(network=name))
    text = "Portes\ud83d ouvertes"
    preview = await copilot.review.preview(item.id, Edit(text=text, hashtags=("Vé\udc00lo",)))
    (found, tag) = [one for one in preview.blocking if one.rule == "forbidden_character"]
    assert (found.start, found.end, found.quote) == (6, 7, "U+D83D")
    assert tag.quote == "U+DC00"
    assert preview.item.text == text
    assert preview.measure == measure("Portes\ufffd ouvertes\n\n#Vé\ufffdlo", network(name), "post")


@pytest.mark.parametrize(
    "text", ["a" * 1_000_000, "\u202e" * 20_000, "e" + "\u0301" * 50_000, "\0" * 1000, "\udc00" * 9]
)
async def test_no_text_makes_a_preview_fail(copilot: Copilot, text: str) -> None:
    item = added(copilot, draft())
    assert (await copilot.review.preview(item.id, Edit(text=text))).blocking


REFUSED = [
    pytest.param(Edit(planned=PlannedTime(datetime(2020, 1, 1, 10, 0), "Europe/Paris")), "time.too_far", id="far"),
    pytest.param(Edit(planned=PlannedTime(datetime(2026, 11, 21, 10, 0), "Europe/Paris")), "time.past", id="past"),
    pytest.param(
        Edit(planned=PlannedTime(datetime(2027, 3, 28, 2, 30), "Europe/Paris")), "time.nonexistent", id="skipped"
    ),
    pytest.param(Edit(account="@\ud83d"), "text.surrogate", id="account"),
]


@pytest.mark.parametrize(("edit", "kind"), REFUSED)
async def test_a_preview_refuses_what_the_edit_refuses(copilot: Copilot, edit: Edit, kind: str) -> None:
    item = added(copilot, draft())
    for call in (copilot.review.preview(item.id, edit), copilot.review.edit(item.id, edit, by="Léa")):
        with pytest.raises(UserError) as caught:
            await call
        assert caught.value.kind == kind


@pytest.mark.parametrize("text", ["Autre", "Autre\ud83d"])
async def test_a_preview_of_what_was_put_away_is_refused(copilot: Copilot, text: str) -> None:
    item = added(copilot, draft())
    await copilot.review.decide(item.id, Action.REJECT, by="Nora", reason="Hors sujet")
    with pytest.raises(UserError) as caught:
        await copilot.review.preview(item.id, Edit(text=text))
    assert caught.value.kind == "review.archived"


async def test_an_unknown_item_has_neither_preview_nor_bytes(copilot: Copilot) -> None:
    for call in (copilot.review.preview(404, Edit()), copilot.review.bytes_of(404)):
        with pytest.raises(UserError) as caught:
            await call
        assert caught.value.kind == "item.unknown"


async def test_the_bytes_shown_are_those_that_are_approved(copilot: Copilot) -> None:
    media = Media("ab" * 32, "Un vélo bleu")
    item = added(copilot, draft("Été à\r\nl’atelier 🎉", planned=LATER, media=(media,)))
    shown = await copilot.review.bytes_of(item.id)
    assert (shown.item_id, shown.network, shown.account, shown.kind) == (item.id, "X", "@atelier", ItemKind.POST)
    assert shown.text == "Été à\nl’atelier 🎉\n\n#Vélo"
    assert shown.size_bytes == len(shown.text.encode())
    assert shown.planned == "2026-12-05T10:00[Europe/Paris]"
    assert (shown.alt_texts, shown.media) == (("Un vélo bleu",), ("ab" * 32,))
    assert shown.sha256 == hashlib.sha256(item.package.canonical_bytes).hexdigest()
    await copilot.review.edit(item.id, Edit(planned=False), by="Léa")
    again = await copilot.review.bytes_of(item.id)
    assert again.planned == ""
    with pytest.raises(UserError) as caught:
        await copilot.review.decide(item.id, Action.APPROVE, by="Nora", seen_hash=shown.sha256)
    assert caught.value.kind == "review.unsaved_edit"
    done = await copilot.review.decide(item.id, Action.APPROVE, by="Nora", seen_hash=again.sha256)
    assert done.item.approval
    assert done.item.approval.package_hash == again.sha256


async def test_the_label_of_the_network_is_shown(copilot: Copilot) -> None:
    item = added(copilot, draft(network="facebook_page", hashtags=(Hashtag("Été", Wording("hashtag.reason.person")),)))
    assert (await copilot.review.bytes_of(item.id)).network == network("facebook_page").label


async def test_a_withdrawn_approval_proves_nothing_until_given_again(copilot: Copilot, tmp_path: Path) -> None:
    item = added(copilot, draft(text="Portes ouvertes à l’atelier."))
    digest = item.package.sha256
    await copilot.review.decide(item.id, Action.APPROVE, by="Nora", seen_hash=digest)
    withdrawn = await copilot.review.decide(item.id, Action.WITHDRAW, by="Nora")
    assert (withdrawn.item.status, withdrawn.item.approval) == (Status.DRAFT, None)
    with pytest.raises(UserError):
        await copilot.exports.export([item.id], "json", tmp_path / "out.json", by="Nora")
    await copilot.review.decide(item.id, Action.APPROVE, by="Nora", seen_hash=digest)
    await copilot.exports.export([item.id], "json", tmp_path / "out.json", by="Nora")
    told = [entry.action for entry in await copilot.custody.audit_entries()]
    assert told[:3] == ["approve", "withdraw", "approve"]
    assert (await copilot.custody.verify_audit()).holds


async def test_a_text_that_was_translated_is_checked_in_its_own_language(copilot: Copilot) -> None:
    item = added(copilot, draft(text="Bonjour, nous vous attendons samedi à l’atelier.", language="fr"))
    english = Edit(text="Hello, we are waiting for you on Saturday at the workshop.")
    assert (await copilot.review.preview(item.id, english)).item.language == "en"
    edited = await copilot.review.edit(item.id, english, by="Nora")
    assert edited.item.language == "en"
    assert (await copilot.review.show(item.id)).item.language == "en"
    few = await copilot.review.edit(item.id, Edit(text="OK !"), by="Nora")
    assert few.item.language == "en", "two words say nothing of a language"

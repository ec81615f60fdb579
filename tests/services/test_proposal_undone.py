"""The drafts of a proposal are put away together, but for those a person took further."""

from __future__ import annotations

from pathlib import Path

import pytest

from copilot.app import Copilot
from copilot.domain.item import Status, TakenAway
from copilot.domain.review import Action
from copilot.errors import UserError
from copilot.services.posts import ComposeRequest
from copilot.services.review import Edit
from tests.services.bench import opened


async def proposed(copilot: Copilot, *networks: str, provider: str = "playbook") -> list[int]:
    request = ComposeRequest("Portes ouvertes samedi, entrée libre.", "b", networks, variants=2, provider=provider)
    return [one.inspected.item.id async for one in copilot.posts.compose(request) if one.inspected]


@pytest.mark.parametrize("provider", ["playbook", "essai"])
async def test_drafts_as_they_were_proposed_are_archived_and_written_down(tmp_path: Path, provider: str) -> None:
    async with opened(tmp_path, *["Samedi, portes ouvertes."] * 4) as copilot:
        other = await proposed(copilot, "mastodon", provider=provider)
        drafts = await proposed(copilot, "linkedin", "x", provider=provider)
        assert await copilot.posts.undo(drafts, by="Nora") == TakenAway(gone=tuple(drafts))
        stands = {one.id: one.status for one in await copilot.review.list()}
        assert [stands[one] for one in drafts] == [Status.ARCHIVED] * 4
        assert [stands[one] for one in other] == [Status.DRAFT] * 2
        history = await copilot.review.history(drafts[0])
        assert history.decisions[-1].action is Action.ARCHIVE
        assert history.decisions[-1].by == "Nora"


async def test_what_a_person_edited_submitted_or_approved_is_kept_and_told(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        edited, submitted, approved, rejected = await proposed(copilot, "linkedin", "x")
        await copilot.review.edit(edited, Edit(text="Un texte à moi."), by="Nora")
        await copilot.review.decide(submitted, Action.SUBMIT, by="Nora")
        seen = (await copilot.review.show(approved)).item.package.sha256
        await copilot.review.decide(approved, Action.APPROVE, by="Nora", seen_hash=seen)
        await copilot.review.decide(rejected, Action.REJECT, by="Nora", reason="Non")
        told = await copilot.posts.undo((edited, submitted, approved, rejected, 999), by="Nora")
        assert told == TakenAway(kept=(edited, submitted, approved)), "put away before, or not there: in neither"
        assert (await copilot.review.show(approved)).item.status is Status.APPROVED


async def test_nobody_takes_drafts_away_without_a_name(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        drafts = await proposed(copilot, "linkedin")
        with pytest.raises(UserError, match=r"review\.name_needed"):
            await copilot.posts.undo(drafts, by=" ")
        assert {one.status for one in await copilot.review.list()} == {Status.DRAFT}

"""The preview of an export: the very bytes, only of what was approved, and no trace of it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from copilot.app import Copilot, open_copilot
from copilot.domain.item import Item, ItemKind, PlannedTime, Status
from copilot.domain.review import Action
from copilot.errors import UserError
from copilot.i18n import LANGUAGES, Translator
from copilot.services.exports import formats
from tests.store.samples import draft

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
PLANNED = PlannedTime(datetime(2026, 12, 4, 9, 5), "Europe/Paris")


@pytest.fixture
def copilot(begun_profile: Path) -> Iterator[Copilot]:
    opened = open_copilot(begun_profile, clock=lambda: NOON)
    yield opened
    asyncio.run(opened.aclose())


async def approved(copilot: Copilot, text: str = "Portes ouvertes à l’atelier 😍", **changes: object) -> Item:
    with copilot.store().write() as work:
        item = work.items.add(draft(text, planned=PLANNED, **changes), NOON)
    done = await copilot.review.decide(item.id, Action.APPROVE, by="Nora", seen_hash=item.package.sha256)
    return done.item


async def entries(copilot: Copilot) -> int:
    return (await copilot.custody.verify_audit()).entries


@pytest.mark.parametrize("name", formats())
@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_preview_is_what_the_export_writes(
    copilot: Copilot, tmp_path: Path, name: str, language: str
) -> None:
    items = [await approved(copilot), await approved(copilot, "Réouverture très vite.", account="@autre")]
    ids = [item.id for item in items]
    before = await entries(copilot)
    preview = await copilot.exports.preview(ids, name, language)
    assert await entries(copilot) == before
    assert [item.id for item in preview.items] == ids
    report = await copilot.exports.export(
        ids, name, tmp_path / f"export{preview.files[0].extension}", language=language
    )
    assert [path.read_bytes() for path in report.files] == [file.content for file in preview.files]
    assert [path.name for path in report.files] == [
        f"export{file.name_suffix}{file.extension}" for file in preview.files
    ]
    assert sorted(one for file in preview.files for one in file.items) == ids
    assert all("atelier" in file.text or "très vite" in file.text for file in preview.files)


async def test_what_nobody_approved_has_no_preview_and_is_named(copilot: Copilot) -> None:
    good = await approved(copilot)
    with copilot.store().write() as work:
        one, two = (work.items.add(draft(f"Brouillon {n}."), NOON) for n in (1, 2))
    with pytest.raises(UserError) as caught:
        await copilot.exports.preview([good.id, one.id, two.id], "csv")
    assert caught.value.kind == "export.not_approved"
    assert caught.value.params["ids"] == f"{one.id}, {two.id}"
    with pytest.raises(UserError) as same:
        await copilot.exports.export([good.id, one.id, two.id], "csv", copilot.profile.root / "x.csv")
    assert same.value.params == caught.value.params


async def test_an_approval_that_lapsed_has_no_preview(copilot: Copilot) -> None:
    from copilot.services.review import Edit

    item = await approved(copilot)
    await copilot.review.edit(item.id, Edit(text="Autre chose."), by="Ana")
    with pytest.raises(UserError, match=r"export\.not_approved"):
        await copilot.exports.preview([item.id], "markdown")


async def test_without_ids_everything_approved_is_shown(copilot: Copilot) -> None:
    with pytest.raises(UserError, match=r"export\.nothing"):
        await copilot.exports.preview([], "csv")
    item = await approved(copilot)
    assert [one.id for one in (await copilot.exports.preview([], "csv")).items] == [item.id]
    assert (await copilot.review.show(item.id)).item.status is Status.APPROVED


async def test_a_format_nobody_knows_is_refused(copilot: Copilot) -> None:
    with pytest.raises(UserError, match=r"export\.unknown_format"):
        await copilot.exports.preview([], "pdf")


def test_every_format_says_its_name_and_what_it_takes(copilot: Copilot) -> None:
    told = {one.name: one for one in copilot.exports.formats()}
    assert tuple(told) == formats()
    for one in told.values():
        assert one.extension.startswith(".")
        assert all(Translator(language).has(one.label_key) for language in LANGUAGES)
    timed = {name for name, one in told.items() if one.timed}
    assert timed == {"buffer", "hootsuite", "sprout"}
    assert all((one.kinds == (ItemKind.POST,)) == (name in timed) for name, one in told.items())


@pytest.mark.parametrize("name", ["buffer", "hootsuite", "sprout"])
async def test_a_format_for_planned_posts_refuses_the_others(copilot: Copilot, name: str) -> None:
    with copilot.store().write() as work:
        item = work.items.add(replace(draft("Sans heure."), planned=None), NOON)
    await copilot.review.decide(item.id, Action.APPROVE, by="Nora", seen_hash=item.package.sha256)
    with pytest.raises(UserError, match=r"export\.no_time"):
        await copilot.exports.preview([item.id], name)

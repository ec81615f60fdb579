"""Hashtags with a history: counted by month, rotated, kept in groups."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from copilot import networks
from copilot.app import Copilot
from copilot.domain.brand import Brand, HashtagList
from copilot.domain.item import Approval, Item, ItemKind, Status
from copilot.domain.post import Hashtag
from copilot.domain.review import Action, Decision
from copilot.domain.wording import Wording
from copilot.errors import UserError
from copilot.services.hashtags import Hashtags, propose_tags
from tests.services.bench import NOW, opened

OWN = Wording("hashtag.reason.person")
BRAND = Brand(
    "zephyr", "Zéphyr Cycles", hashtags=(HashtagList("base", ("VilleÀVélo", "ZéphyrLife", "RoulezMieux", "Atelier21")),)
)
BRIEF = "La médiathèque organise la Nuit de la lecture."


def service(copilot: Copilot) -> Hashtags:
    return Hashtags(copilot.store, copilot.clock, copilot.brands)


def approved(copilot: Copilot, at: datetime, *tags: str, text: str = "Bonjour", brand: str = "zephyr") -> None:
    """A post approved at that time with these hashtags."""
    post = Item(
        0, ItemKind.POST, "instagram", "", "fr", text, tuple(Hashtag(tag, OWN) for tag in tags), brand_id=brand,
        writer="person", author="Nora",
    )  # fmt: skip
    with copilot.store().write() as work:
        item = work.items.add(post, at)
        digest = item.package.sha256
        decision = Decision(Action.APPROVE, "Zoé", at, digest, "", Status.DRAFT, Status.APPROVED)
        work.items.save_decision(replace(item, status=Status.APPROVED, approval=Approval(digest, "Zoé", at)), decision)


async def test_uses_count_approved_posts_of_that_brand_this_month(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        month = NOW.replace(day=1, hour=12)
        approved(copilot, month, "VilleÀVélo", text="On roule #villeavelo et #Lyon")
        approved(copilot, month + timedelta(hours=1), "villeavélo")
        approved(copilot, month - timedelta(days=10), "VilleÀVélo")
        approved(copilot, month - timedelta(days=80), "Lyon")
        approved(copilot, month, "VilleÀVélo", brand="autre")
        uses = service(copilot).uses(BRAND)
    assert uses["villeavelo"].month == 2
    assert uses["lyon"].month == 1
    assert uses["villeavelo"].last == month + timedelta(hours=1)


async def test_the_least_used_tags_of_a_group_come_first_and_the_used_ones_say_so(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        instagram = networks.get("instagram")
        before = service(copilot).groups(BRAND, instagram)[0]
        approved(copilot, NOW - timedelta(minutes=2), "VilleÀVélo", "ZéphyrLife")
        after = service(copilot).groups(BRAND, instagram)[0]
        proposed = await service(copilot).propose(BRIEF + " Zéphyr : #VilleÀVélo", instagram, BRAND)
    assert [tag.tag for tag in before.tags] == ["VilleÀVélo", "ZéphyrLife", "RoulezMieux", "Atelier21"]
    assert [tag.tag for tag in after.tags] == ["RoulezMieux", "Atelier21", "VilleÀVélo", "ZéphyrLife"]
    used = {tag.tag: [one.id for one in tag.warnings] for tag in proposed.tags}
    assert "used" in used["VilleÀVélo"]
    assert "NuitDeLaLecture" in used


async def test_groups_are_saved_replaced_and_removed(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        await copilot.brands.save(BRAND, by="Zoé")
        kept = await service(copilot).save_group("zephyr", "fête", ["#FêteDuVélo", "Lyon", "Lyon"], ("x",), by="Zoé")
        assert kept.hashtags[-1] == HashtagList("fête", ("FêteDuVélo", "Lyon"), ("x",))
        kept = await service(copilot).save_group("zephyr", "Base", ["Vélo"], by="Zoé")
        assert [one.name for one in kept.hashtags] == ["Base", "fête"]
        kept = await service(copilot).remove_group("zephyr", "FÊTE", by="Zoé")
        assert [one.name for one in kept.hashtags] == ["Base"]
        with pytest.raises(UserError, match="no_group"):
            await service(copilot).remove_group("zephyr", "fête", by="Zoé")
        with pytest.raises(UserError, match="no_tags"):
            await service(copilot).save_group("zephyr", "vide", ["#", " "], by="Zoé")


def test_strange_wishes_are_refused() -> None:
    x = networks.get("x")
    with pytest.raises(UserError, match="language"):
        propose_tags(BRIEF, x, language="xx")
    with pytest.raises(UserError, match="limit"):
        propose_tags(BRIEF, x, limit=0)


async def test_the_same_history_gives_the_same_tags(tmp_path: Path) -> None:
    async with opened(tmp_path) as copilot:
        approved(copilot, NOW - timedelta(days=1), "ZéphyrLife")
        x = networks.get("linkedin")
        first = await service(copilot).propose(BRIEF, x, BRAND)
        assert first == await service(copilot).propose(BRIEF, x, BRAND)

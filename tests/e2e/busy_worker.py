"""Does the whole job over and over, saying each thing before and after it is done, until it is killed.

Lines: ``ask <what> <id> <hash>`` before, ``done ...`` after.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from pathlib import Path

from copilot.app import Copilot, open_copilot
from copilot.domain.item import Status
from copilot.domain.review import Action
from copilot.errors import UserError
from copilot.services.posts import ComposeRequest
from copilot.services.review import Edit

BRIEF = """Portes ouvertes de l’atelier samedi 5 décembre 2026, de 10 h à 18 h, au 12 rue des Tanneurs à Nantes.
Essais gratuits du vélo Alizé, révision offerte aux 50 premiers visiteurs. Inscrivez-vous sur https://alize.example/essais"""


#: Sends a line, out at once: what was said must have been heard when the kill comes.
Say = Callable[[str], object]


async def compose(copilot: Copilot, number: int, say: Say) -> None:
    """Three drafts; the brief differs each time."""
    request = ComposeRequest(f"{BRIEF}\nRéférence {number}.", networks=("linkedin",), variants=3)
    async for one in copilot.posts.compose(request):
        if one.inspected:
            say(f"done compose {one.inspected.item.id} {one.inspected.item.package.sha256}")


async def edit(copilot: Copilot, item_id: int, number: int, say: Say) -> None:
    """Another text."""
    say(f"ask edit {item_id} -")
    done = await copilot.review.edit(item_id, Edit(text=f"Texte remanié {number} à l’atelier."), by="Léa")
    say(f"done edit {item_id} {done.item.package.sha256}")


async def approve(copilot: Copilot, item_id: int, say: Say) -> None:
    """A yes to what is there."""
    seen = (await copilot.review.show(item_id)).item.package.sha256
    say(f"ask approve {item_id} {seen}")
    await copilot.review.decide(item_id, Action.APPROVE, by="Nora", seen_hash=seen, confirmed=())
    say(f"done approve {item_id} {seen}")


async def export(copilot: Copilot, out: Path, number: int, say: Say) -> None:
    """All that is approved."""
    say(f"ask export {number} -")
    report = await copilot.exports.export([], "json", out / f"export-{number:09d}.json")
    for item in report.items:
        say(f"done export {item.id} {item.package.sha256}")


async def main(profile: Path, out: Path, seed: int, say: Say) -> None:
    """Work until killed."""
    dice = random.Random(seed)
    copilot = open_copilot(profile)
    await compose(copilot, dice.randrange(10**9), say)
    say("ready")
    while True:
        items = await copilot.review.list(statuses=[Status.DRAFT, Status.APPROVED])
        chosen = dice.choice(items).id
        what = dice.random()
        try:
            if what < 0.15:
                await compose(copilot, dice.randrange(10**9), say)
            elif what < 0.5:
                await edit(copilot, chosen, dice.randrange(10**9), say)
            elif what < 0.85:
                await approve(copilot, chosen, say)
            else:
                await export(copilot, out, dice.randrange(10**9), say)
        except UserError as error:
            # Approving twice, nothing to export: refusals are part of the day.
            say(f"refused {error.kind} {chosen} -")


def work(profile: Path, out: Path, seed: int, say: Say) -> None:
    """:func:`main`, for a process that does nothing else."""
    asyncio.run(main(profile, out, seed, say))

"""Does the whole job over and over, saying each thing before and after it is done, until it is killed.

``python -m tests.e2e.busy_worker PROFILE OUT SEED``. Lines: ``ask <what> <id> <hash>`` before, ``done ...`` after.
"""

from __future__ import annotations

import asyncio
import random
import sys
from pathlib import Path

from copilot.app import Copilot, open_copilot
from copilot.domain.item import Status
from copilot.domain.review import Action
from copilot.errors import UserError
from copilot.services.posts import ComposeRequest
from copilot.services.review import Edit

BRIEF = """Portes ouvertes de l’atelier samedi 5 décembre 2026, de 10 h à 18 h, au 12 rue des Tanneurs à Nantes.
Essais gratuits du vélo Alizé, révision offerte aux 50 premiers visiteurs. Inscrivez-vous sur https://alize.example/essais"""


def say(*words: object) -> None:
    """One line, out at once: what was said must have been heard when the kill comes."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


async def compose(copilot: Copilot, number: int) -> None:
    """Three drafts; the brief differs each time."""
    request = ComposeRequest(f"{BRIEF}\nRéférence {number}.", networks=("linkedin",), variants=3)
    async for one in copilot.posts.compose(request):
        if one.inspected:
            say("done", "compose", one.inspected.item.id, one.inspected.item.package.sha256)


async def edit(copilot: Copilot, item_id: int, number: int) -> None:
    """Another text."""
    say("ask", "edit", item_id, "-")
    done = await copilot.review.edit(item_id, Edit(text=f"Texte remanié {number} à l’atelier."), by="Léa")
    say("done", "edit", item_id, done.item.package.sha256)


async def approve(copilot: Copilot, item_id: int) -> None:
    """A yes to what is there."""
    seen = (await copilot.review.show(item_id)).item.package.sha256
    say("ask", "approve", item_id, seen)
    await copilot.review.decide(item_id, Action.APPROVE, by="Nora", seen_hash=seen, confirmed=())
    say("done", "approve", item_id, seen)


async def export(copilot: Copilot, out: Path, number: int) -> None:
    """All that is approved."""
    say("ask", "export", number, "-")
    report = await copilot.exports.export([], "json", out / f"export-{number:09d}.json")
    for item in report.items:
        say("done", "export", item.id, item.package.sha256)


async def main(profile: Path, out: Path, seed: int) -> None:
    """Work until killed."""
    dice = random.Random(seed)
    copilot = open_copilot(profile)
    await compose(copilot, dice.randrange(10**9))
    say("ready")
    while True:
        items = await copilot.review.list(statuses=[Status.DRAFT, Status.APPROVED])
        chosen = dice.choice(items).id
        what = dice.random()
        try:
            if what < 0.15:
                await compose(copilot, dice.randrange(10**9))
            elif what < 0.5:
                await edit(copilot, chosen, dice.randrange(10**9))
            elif what < 0.85:
                await approve(copilot, chosen)
            else:
                await export(copilot, out, dice.randrange(10**9))
        except UserError as error:
            # Approving twice, nothing to export: refusals are part of the day.
            say("refused", error.kind, chosen, "-")


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])))

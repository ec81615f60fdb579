"""What the installation holds and whether the profile is sound."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event

from copilot import networks, providers, registry, settings
from copilot.errors import RepliqueError
from copilot.i18n import LANGUAGES, Translator, key_count
from copilot.paths import Profile
from copilot.prompting.library import PromptLibrary
from copilot.secrets import Secrets
from copilot.services._stoppable import stoppable
from copilot.store.unit_of_work import Store


@dataclass(frozen=True, slots=True)
class SelfCheck:
    """Counts of what was found, where things are, and what is wrong (sentences of errors)."""

    counts: dict[str, int]
    profile: str
    store: str
    keyring: str | None
    problems: tuple[RepliqueError, ...]


def installation() -> dict[str, int]:
    """How many plug-ins of each kind the installation holds. Loud about a broken one."""
    return {
        "networks": len(networks.load()),
        "checks": len(registry.discover("copilot.checks")),
        "providers": len(providers.discover()),
        "brief_importers": len(registry.discover("copilot.importers.briefs")),
        "thread_importers": len(registry.discover("copilot.importers.threads")),
        "exporters": len(registry.discover("copilot.exporters")),
        "sentences": min(key_count(language) for language in LANGUAGES),
    }


async def check(profile: Profile, store: Callable[[], Store], secrets: Secrets, library: PromptLibrary) -> SelfCheck:
    """Look at everything; what is wrong is told, never raised, except a broken installation.

    The store is read in a thread, and no further once this is cancelled.
    """
    counts = {**installation(), "prompts": len(library.list())}
    problems: list[RepliqueError] = [problem.error for problem in library.problems()]
    where = str(profile.database)
    try:
        settings.load(profile.settings)
    except RepliqueError as error:
        problems.append(error)
    try:
        opened = store()
        where = opened.where
        stop = Event()
        await stoppable(lambda: _read_through(opened, stop), stop)
    except RepliqueError as error:
        problems.append(error)
    return SelfCheck(counts, str(profile.root), where, secrets.where(), tuple(problems))


def _read_through(store: Store, stop: Event) -> None:
    """Raises what is wrong with ``store``; Stopped once ``stop`` is set."""
    if store.path:
        from copilot.store.backup import check_database

        check_database(store.path, stop)
    else:
        with store.read() as work:
            work.audit.verify(stop)


def sentences(checked: SelfCheck, t: Translator) -> list[str]:
    """The problems as sentences."""
    return [t.error(problem) for problem in checked.problems]

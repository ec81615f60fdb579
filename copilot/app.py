"""The composition root: everything is built once here and handed down. Heavy parts wait until they are used."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from copilot import logs, settings
from copilot.domain.review import ReviewPolicy
from copilot.paths import Profile, profile_at
from copilot.secrets import Secrets
from copilot.settings import Settings

if TYPE_CHECKING:
    from copilot.services.brands import Brands
    from copilot.services.briefs import Briefs
    from copilot.services.checking import Checking
    from copilot.services.conversations import Conversations
    from copilot.services.crisis import Crises
    from copilot.services.custody import Custody
    from copilot.services.exports import Exports
    from copilot.services.generation import Generation
    from copilot.services.grouping import Groups
    from copilot.services.hashtags import Hashtags
    from copilot.services.inbox import Inbox
    from copilot.services.inspection import Inspector
    from copilot.services.mappings import Mappings
    from copilot.services.moderation import Moderations
    from copilot.services.posts import Posts
    from copilot.services.privacy import Privacy
    from copilot.services.prompt_trial import PromptTrial
    from copilot.services.prompts import Prompts
    from copilot.services.providers import Providers
    from copilot.services.review import Review
    from copilot.services.rewriting import Rewriting
    from copilot.services.second_reading import SecondReading
    from copilot.services.semantic import Semantic
    from copilot.services.similar import Similar
    from copilot.services.storage import Storage
    from copilot.services.working import Working
    from copilot.store.unit_of_work import Store


def _now() -> datetime:
    return datetime.now(UTC)


class Copilot:
    """One open profile and the services over it. Close it when done."""

    def __init__(self, profile: Profile, *, clock: Callable[[], datetime] = _now, secrets: Secrets | None = None):
        self.profile = profile
        self.clock = clock
        self.secrets = secrets or Secrets()
        self._store: Store | None = None
        self._generation: Generation | None = None
        self._log = logs.start(profile.logs) if profile.root.is_dir() else None

    @cached_property
    def settings(self) -> Settings:
        """What the person set. Raises UserError ``settings.broken``."""
        return settings.load(self.profile.settings)

    def save_settings(self, changed: Settings) -> None:
        """Keep ``changed`` and use it from now on."""
        self.profile.ensure()
        settings.save(changed, self.profile.settings)
        self.__dict__["settings"] = changed

    def store(self) -> Store:
        """The open store; opened, created or upgraded at the first call."""
        if self._store is None:
            from copilot.services._privacy_retention import purge_when_due
            from copilot.store.unit_of_work import Store

            url = os.environ.get("REPLIQUE_DATABASE_URL")
            self.profile.ensure()
            if self._log is None:
                self._log = logs.start(self.profile.logs)
            if url:
                self._store = Store.on_postgres(url)
            else:
                self._store = Store.on_sqlite(self.profile.database, self.profile.backups)
            purge_when_due(self._store, self.profile, lambda work: tuple(work.brands.list()), self.clock())
        return self._store

    def close_store(self) -> None:
        """Let go of the database; the next use opens it again."""
        if self._store:
            self._store.close()
            self._store = None

    def writer(self, asked: str | None = None) -> str:
        """Who writes: what was asked for, else the person's default. Raises UserError ``provider.unknown``."""
        name = asked or self.settings.default_provider
        if name != "playbook":
            self.settings.provider(name)
        return name

    def policy(self) -> ReviewPolicy:
        """House rules of the review."""
        return ReviewPolicy(four_eyes=self.settings.four_eyes)

    @cached_property
    def inspector(self) -> Inspector:
        """Runs the checks on items."""
        from copilot.services.inspection import Inspector

        return Inspector(self.clock, self.prompts.instructions)

    @cached_property
    def checking(self) -> Checking:
        """The checks on texts that are not items."""
        from copilot.services.checking import Checking

        return Checking(self.store, self.clock)

    @cached_property
    def brands(self) -> Brands:
        """Brands."""
        from copilot.services.brands import Brands

        return Brands(self.store, self.clock)

    @cached_property
    def briefs(self) -> Briefs:
        """Briefs before they are stored."""
        from copilot.services.briefs import Briefs

        return Briefs()

    @cached_property
    def prompts(self) -> Prompts:
        """Prompts."""
        from copilot.services.prompts import Prompts

        return Prompts(self.profile)

    @cached_property
    def prompt_trial(self) -> PromptTrial:
        """Templates before they are saved."""
        from copilot.services.prompt_trial import PromptTrial

        return PromptTrial(self.prompts, self.generation, self.providers.hides, self.clock)

    @cached_property
    def posts(self) -> Posts:
        """From brief to posts."""
        from copilot.services.posts import Posts

        return Posts(self.store, self.clock, self.inspector, self.generation, self.prompts)

    @cached_property
    def conversations(self) -> Conversations:
        """From thread to replies."""
        from copilot.services.conversations import Conversations

        return Conversations(
            self.store, self.clock, self.inspector, self.generation, self.prompts, lambda: self.similar
        )

    @cached_property
    def hashtags(self) -> Hashtags:
        """Hashtags to choose from, and the groups a brand keeps."""
        from copilot.services.hashtags import Hashtags

        return Hashtags(self.store, self.clock, self.brands)

    @cached_property
    def groups(self) -> Groups:
        """Messages that say the same."""
        from copilot.services.grouping import Groups

        return Groups(self.store, self.clock, lambda: self.semantic, lambda: self.conversations, lambda: self.review)

    @cached_property
    def similar(self) -> Similar:
        """Replies to messages like one."""
        from copilot.services.similar import Similar

        return Similar(self.store, self.clock, lambda: self.semantic)

    @cached_property
    def inbox(self) -> Inbox:
        """Messages of all threads."""
        from copilot.services.inbox import Inbox

        return Inbox(
            self.store,
            self.clock,
            lambda: self.settings.sla,
            lambda: self.semantic,
            lambda: self.settings.default_brand,
        )

    @cached_property
    def moderation(self) -> Moderations:
        """Decisions on messages."""
        from copilot.services.moderation import Moderations

        return Moderations(
            self.store,
            self.clock,
            lambda: self.settings.default_brand,
            self.conversations.triage_message,
        )

    @cached_property
    def crisis(self) -> Crises:
        """How serious it looks, and the crises a person opened."""
        from copilot.services.crisis import Crises

        return Crises(self.store, self.clock, lambda: self.settings.crisis, self.inspector)

    @cached_property
    def mappings(self) -> Mappings:
        """The columns of tables of messages."""
        from copilot.services.mappings import Mappings

        return Mappings(self.store, self.clock)

    @cached_property
    def review(self) -> Review:
        """Edit, submit, decide."""
        from copilot.services.review import Review

        return Review(self.store, self.clock, self.policy, self.inspector)

    @cached_property
    def working(self) -> Working:
        """What is being typed."""
        from copilot.services.working import Working

        return Working(self.store, self.clock)

    @cached_property
    def rewriting(self) -> Rewriting:
        """A text written another way, or for other networks."""
        from copilot.services.rewriting import Rewriting

        return Rewriting(self.store, self.clock, self.inspector, self.generation, self.prompts, self.conversations)

    @cached_property
    def exports(self) -> Exports:
        """Approved items to files."""
        from copilot.services.exports import Exports

        return Exports(self.store, self.clock)

    @cached_property
    def custody(self) -> Custody:
        """Backups, audit, ledger."""
        from copilot.services.custody import Custody

        return Custody(self.profile, self.store, self.close_store, self.clock)

    @cached_property
    def semantic(self) -> Semantic:
        """What texts mean, and what is learnt from moderators."""
        from copilot.services.semantic import Semantic

        return Semantic(self.profile, self.store, self.clock)

    @cached_property
    def second_reading(self) -> SecondReading:
        """Chat models asked about what triage is unsure of."""
        from copilot.services.second_reading import SecondReading

        return SecondReading(self.store, self.clock, self.generation, self.prompts, lambda: self.semantic)

    @cached_property
    def storage(self) -> Storage:
        """What the profile holds; forgetting."""
        from copilot.services.storage import Storage

        return Storage(self.profile, self.store, self.clock)

    @cached_property
    def providers(self) -> Providers:
        """Model sources."""
        from copilot.services.providers import Providers

        return Providers(lambda: self.settings, self.save_settings, self.secrets)

    @cached_property
    def privacy(self) -> Privacy:
        """What leaves, what is kept on people, erasing them."""
        from copilot.services.privacy import Privacy

        return Privacy(
            self.profile, self.store, self.clock, self.conversations, self.providers, self.brands, self.storage
        )

    def generation(self) -> Generation:
        """The only way to run a prompt; built at the first use, closed by :meth:`aclose`."""
        if self._generation is None:
            self._generation = self.providers.generation(self._record_run, self.clock, self._salt())
        return self._generation

    def _salt(self) -> bytes:
        from copilot.services._delimiter_salt import salt_at

        return salt_at(self.profile.root / "delimiters.key")

    def _record_run(self, run: object) -> None:
        from copilot.domain.prompt import Run

        if isinstance(run, Run):
            with self.store().write() as work:
                work.runs.add(run)

    async def aclose(self) -> None:
        """Stop what runs, close the store and the logs."""
        if self._generation is not None:
            await self._generation.aclose()
            self._generation = None
        from copilot.text import spelling

        spelling.close()
        self.close_store()
        logs.stop(self._log)
        self._log = None


def open_copilot(
    profile: str | os.PathLike[str] | None = None,
    *,
    clock: Callable[[], datetime] = _now,
    secrets: Secrets | None = None,
) -> Copilot:
    """A :class:`Copilot` on the profile folder ``profile``, else the user's own."""
    return Copilot(profile_at(Path(profile) if profile else None), clock=clock, secrets=secrets)

"""What leaves this machine, what is kept on people and for how long; erasing them, and saying it all on paper."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from copilot.domain.brand import Brand
from copilot.domain.conversation import Approach
from copilot.domain.review import checked_name
from copilot.errors import OutsideError, UserError
from copilot.paths import Profile
from copilot.services._privacy_people import (
    Erased,
    Erasing,
    HeldOn,
    Matches,
    Person,
    chosen,
    erase,
    find,
    held_on,
    shown,
)
from copilot.services._privacy_retention import Purged, purge
from copilot.services._reply_writing import ReplyRequest
from copilot.services.brands import Brands
from copilot.services.conversations import Conversations
from copilot.services.providers import PLAYBOOK, Providers
from copilot.services.storage import Storage
from copilot.text.privacy import Vault
from copilot.text.sensitive import health_words

if TYPE_CHECKING:
    from copilot.store.unit_of_work import Store, UnitOfWork

__all__ = ["Erased", "HeldOn", "Kept", "Matches", "Person", "Preview", "Privacy", "Purged", "shown"]


@dataclass(frozen=True, slots=True)
class Kept:
    """What stays home: ``value``, of ``kind``, is sent as ``token``."""

    token: str
    kind: str
    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a source would be asked for a reply to a message: (role, text) in order, to the last character.

    ``request`` is the body of the HTTP request that carries it, to the last byte; empty where there is none.

    ``masked``: people are hidden from it, and ``kept`` stays home. ``health`` are words about somebody's health
    that leave: pseudonyms hide who, not what is told. Empty ``messages``: the playbook sends nothing.
    """

    message_id: int
    provider: str
    model: str
    remote: bool
    masked: bool
    messages: tuple[tuple[str, str], ...] = field(repr=False)
    kept: tuple[Kept, ...] = field(repr=False)
    health: tuple[str, ...] = ()
    request: bytes = field(default=b"", repr=False)

    @property
    def body(self) -> bytes:
        """The very bytes of the request; the messages in UTF-8 JSON where the source makes none."""
        if self.request:
            return self.request
        told = [{"role": role, "content": text} for role, text in self.messages]
        return json.dumps(told, ensure_ascii=False).encode("utf-8", "surrogatepass")


class Privacy:
    """The privacy of those who write to a brand."""

    def __init__(
        self,
        profile: Profile,
        store: Callable[[], Store],
        clock: Callable[[], datetime],
        conversations: Conversations,
        providers: Providers,
        brands: Brands,
        storage: Storage,
    ) -> None:
        self._profile = profile
        self._store = store
        self._clock = clock
        self._conversations = conversations
        self._providers = providers
        self._brands = brands
        self._storage = storage

    async def preview(
        self,
        message_id: int,
        provider: str,
        *,
        prompt: str = "standard",
        brand: Brand | None = None,
        approach: Approach | None = None,
    ) -> Preview:
        """What would leave for a reply to a message; nothing is sent, and nothing opened.

        Raises:
            UserError: ``message.unknown``, ``provider.unknown``, ``prompt.unknown``, ``privacy.not_public`` when it
                would not leave.
        """
        with self._store().read() as work:
            message = work.threads.message(message_id)
        if provider == PLAYBOOK:
            return Preview(message_id, PLAYBOOK, "", False, False, (), ())
        asked, question = self._conversations.question(
            ReplyRequest(message.thread_id, (message_id,), approach, provider, prompt, brand)
        )
        hidden = asked.vault.pseudonyms if question.masked and isinstance(asked.vault, Vault) else {}
        return Preview(
            message_id=message_id,
            provider=provider,
            model=question.model,
            remote=question.remote,
            masked=question.masked,
            messages=question.messages,
            kept=tuple(Kept(token, token.strip("[]").rpartition("_")[0], value) for token, value in hidden.items()),
            request=await self._conversations.request_body(asked),
            health=health_words(" ".join(asked.values.get(name, "") for name in ("message", "thread_context"))),
        )

    async def find(self, wanted: str, thread_id: int | None = None) -> Matches:
        """Who ``wanted``, a name or a handle, may be.

        Raises:
            UserError: ``privacy.nobody_named``, ``privacy.nobody``.
        """
        with self._store().read() as work:
            return find(work, wanted, thread_id)

    async def held_on(self, wanted: str, *, exact: str = "") -> HeldOn:
        """All that is held on somebody.

        Raises:
            UserError: ``privacy.nobody_named``, ``privacy.nobody``, ``privacy.ambiguous``, ``privacy.not_repeated``.
        """
        with self._store().read() as work:
            return held_on(work, chosen(find(work, wanted, None), exact))

    async def erase(
        self,
        wanted: str,
        by: str,
        *,
        thread_id: int | None = None,
        exact: str = "",
        also: Sequence[int] = (),
        every_mention: bool = False,
        dry_run: bool = False,
    ) -> Erased:
        """Erase somebody from every thread, or from one; then make the bytes leave the database's files.

        Args:
            wanted: a name or a handle; case, accents and ``@`` do not matter.
            by: who erases, for the audit.
            thread_id: the only thread to erase them from.
            exact: the very name or handle, repeated, when ``wanted`` could be several people.
            also: messages of others, among those that ``named`` shows, where a word of the name is taken out too.
            every_mention: all of those that ``named`` shows.
            dry_run: only say what would be erased.

        Raises:
            UserError: ``privacy.nobody_named``, ``privacy.nobody``, ``privacy.ambiguous``, ``privacy.not_repeated``,
                ``privacy.not_a_mention``, ``review.name_needed``, ``review.bad_name``; nothing was erased.
        """
        name, at = checked_name(by), self._clock()
        backups = len(await self._storage.backups())

        def done_in(work: UnitOfWork) -> Erased:
            people = chosen(find(work, wanted, thread_id), exact)
            return erase(work, Erasing(people, thread_id, name, at, tuple(also), every_mention))

        if dry_run:
            # The very erasing, in a transaction that is taken back.
            with self._store().read() as work:
                return replace(done_in(work), backups=backups, dry_run=True)
        with self._store().write() as work:
            done = done_in(work)
        return replace(done, backups=backups, compacted=await self._compacted())

    async def purge(self, by: str, *, brand: str = "", dry_run: bool = False) -> tuple[Purged, ...]:
        """Empty what each brand (or ``brand`` alone) no longer keeps, then make the bytes leave the database's files.

        Raises:
            UserError: ``brand.unknown``, ``review.name_needed``, ``review.bad_name``.
        """
        name = checked_name(by)
        every = await self._brands.list()
        concerned = [await self._brands.get(brand)] if brand else list(every)
        store, now = self._store(), self._clock()
        done = tuple(purge(store, self._profile, one, now, name, dry_run=dry_run) for one in concerned)
        if not dry_run:
            # Even with nothing left to empty: an earlier purge may have left words in the files.
            await self._compacted()
        return done

    async def _compacted(self) -> bool:
        try:
            await self._storage.compact()
        except (OutsideError, UserError):
            return False
        return True

    async def register(self, language: str) -> str:
        """The register of processing (GDPR, article 30) in Markdown: what is left to fill stands between brackets."""
        from copilot.services._privacy_paper import register

        return register(language, await self._brands.list(), self._providers.list(), self._clock())

    def masked(self, text: str, known_names: tuple[str, ...] = ()) -> Mapping[str, object]:
        """``text`` without personal details, where they stand, and the text restored from it."""
        return masked(text, known_names)


def masked(text: str, known_names: tuple[str, ...] = ()) -> Mapping[str, object]:
    """As :meth:`Privacy.masked`: ``masked``, ``spans`` as [start, end, type], ``restored``."""
    vault = Vault(known_names)
    hidden = vault.mask(text)
    spans = [[span.start, span.end, span.kind] for span in vault.spans(text) if span.kind != "TEXT"]
    return {"masked": hidden, "spans": spans, "restored": vault.restore(hidden)}

"""Model sources as a person configures them: added, tested, removed; the way generation reaches them."""

from __future__ import annotations

import itertools
import re
import time
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import ModuleType

from copilot import providers
from copilot.domain.prompt import Run
from copilot.errors import OutsideError, RepliqueError, UserError
from copilot.providers._fields import Field, checked
from copilot.secrets import Holder, Secrets, environment_name
from copilot.services._generation_models import hides
from copilot.services.generation import Generation, Source
from copilot.settings import ProviderSettings, Settings

#: The writer that needs no model. Always there, never configured.
PLAYBOOK = "playbook"
TEST_SECONDS = 60.0
#: A person waits in front of a form: shorter.
UNSAVED_TEST_SECONDS = 20.0
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


@dataclass(frozen=True, slots=True)
class Configured:
    """A model source as it is set up. ``remote`` is True when texts leave this machine for it."""

    id: str
    provider: str
    label_key: str
    model: str
    remote: bool
    is_default: bool
    values: Mapping[str, str]

    @property
    def hides(self) -> bool:
        """True when people are hidden from it by pseudonyms."""
        return hides(self.values, remote=self.remote)


@dataclass(frozen=True, slots=True)
class Tested:
    """A model that answered; ``seconds`` until the whole answer."""

    model: str
    seconds: float


@dataclass(frozen=True, slots=True)
class TestOutcome:
    """What came of trying a source: it works, or ``error`` says why not (a sentence: ``Translator.error``).

    ``seconds`` until the whole answer, or until it failed.
    """

    model: str
    seconds: float
    error: RepliqueError | None = None

    @property
    def works(self) -> bool:
        """True when the model answered."""
        return self.error is None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of source that can be added, with what a person fills in."""

    name: str
    label_key: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class KeyPlace:
    """Where the key of a source is. ``holder`` is None when nobody holds one, or when the keyring refuses to say.

    ``keyring`` names the real secret store of this machine, None when there is none that answers; ``variable`` is the
    variable of the environment that may hold the key instead; ``refused`` is True when the keyring would not answer.
    """

    holder: Holder | None
    keyring: str | None
    variable: str
    refused: bool = False


def secret_name(provider_id: str) -> str:
    """The name its key is kept under."""
    return f"provider:{provider_id}"


class Providers:
    """The model sources of a profile."""

    def __init__(self, settings: Callable[[], Settings], save: Callable[[Settings], None], secrets: Secrets) -> None:
        self._settings = settings
        self._save = save
        self._secrets = secrets

    def types(self) -> Mapping[str, ModuleType]:
        """The kinds of sources that can be added."""
        return providers.discover()

    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of sources that can be added, with their fields."""
        return tuple(Kind(name, module.LABEL_KEY, module.FIELDS) for name, module in self.types().items())

    def list(self) -> tuple[Configured, ...]:
        """What can write: the playbook first, then the sources set up."""
        default = self._settings().default_provider
        playbook = Configured(PLAYBOOK, PLAYBOOK, "provider.playbook", "", False, default == PLAYBOOK, {})
        return (playbook, *(self._configured(one) for one in self._settings().providers))

    def _configured(self, one: ProviderSettings) -> Configured:
        default = self._settings().default_provider == one.id
        module = self.types().get(one.provider)
        if module is None:
            # Set up with another version: shown, so that it can be removed, and never believed to stay here.
            return Configured(one.id, one.provider, "provider.unusable", "", True, default, one.values)
        return Configured(
            one.id,
            one.provider,
            module.LABEL_KEY,
            module.MODEL(one.values),
            module.REMOTE(one.values),
            default,
            one.values,
        )

    def _type(self, name: str) -> ModuleType:
        types = self.types()
        if name not in types:
            raise UserError("provider.unknown_type", name=name, known=", ".join(types))
        return types[name]

    def wants_key(self, type_name: str, values: Mapping[str, str]) -> bool:
        """Whether this kind of source takes a key and texts would leave the machine."""
        module = self._type(type_name)
        return any(field.kind == "secret" for field in module.FIELDS) and bool(module.REMOTE(values))

    def is_remote(self, provider_id: str) -> bool:
        """Whether texts leave this machine for a source. Raises UserError ``provider.unknown``."""
        one = self._settings().provider(provider_id)
        return bool(self._type(one.provider).REMOTE(one.values))

    def hides(self, provider_id: str) -> bool:
        """Whether people are hidden from a source by pseudonyms. Raises UserError ``provider.unknown``."""
        return hides(self._settings().provider(provider_id).values, remote=self.is_remote(provider_id))

    def add(
        self,
        provider_id: str,
        type_name: str,
        values: Mapping[str, str],
        secret: str | None,
        *,
        default: bool = False,
        for_this_run: bool = False,
    ) -> Configured:
        """Set up a source under ``provider_id``, its key in the keyring, or in memory only with ``for_this_run``.

        Without a key, the one kept for ``provider_id`` stays, and the environment may hold one.

        Raises:
            UserError: ``provider.bad_id``, ``provider.unknown_type``, ``provider.setting_*``,
                ``provider.script_broken``.
            OutsideError: ``provider.script_unreadable``, ``secret.no_keyring``, ``secret.locked``; nothing was set up.
        """
        if not _ID.fullmatch(provider_id) or provider_id == PLAYBOOK:
            raise UserError("provider.bad_id", name=provider_id)
        module = self._type(type_name)
        one = ProviderSettings(provider_id, type_name, checked(module.FIELDS, values))
        look = getattr(module, "look", None)
        if look is not None:
            look(one.values)
        if secret:
            keep = self._secrets.keep_for_this_run if for_this_run else self._secrets.keep
            keep(secret_name(provider_id), secret)
        changed = self._settings().with_provider(one)
        if default:
            changed = replace(changed, default_provider=provider_id)
        self._save(changed)
        return self._configured(one)

    def free_id(self, wanted: str) -> str:
        """An id that nothing has yet, from any words (a model's name)."""
        taken = {PLAYBOOK, *(one.id for one in self._settings().providers)}
        plain = unicodedata.normalize("NFKD", wanted[:200]).encode("ascii", "ignore").decode().lower()
        stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:36].strip("-") or "model"
        return next(name for n in itertools.count(1) if (name := stem if n == 1 else f"{stem}-{n}") not in taken)

    def set_default(self, provider_id: str) -> None:
        """Have ``provider_id`` (``playbook`` too) write from now on. Raises UserError ``provider.unknown``."""
        settings = self._settings()
        if provider_id != PLAYBOOK:
            settings.provider(provider_id)
        self._save(replace(settings, default_provider=provider_id))

    def key_place(self, provider_id: str) -> KeyPlace:
        """Where the key of ``provider_id`` is or, before it is added, would be. Never raises.

        Asks the keyring: tens of milliseconds, or as long as a person takes to unlock it.
        """
        name = secret_name(provider_id)
        holder, refused = None, False
        try:
            holder = self._secrets.holder(name)
        except OutsideError:
            refused = True
        return KeyPlace(holder, self._secrets.where(), environment_name(name), refused)

    def remove(self, provider_id: str) -> None:
        """Forget a source, then its key.

        Raises:
            UserError: ``provider.unknown``.
            OutsideError: ``secret.locked``: the source is gone, its key may still be in the keyring.
        """
        self._save(self._settings().without_provider(provider_id))
        self._secrets.forget(secret_name(provider_id))

    def source(self, provider_id: str) -> Source:
        """How generation reaches a source. Raises UserError ``provider.unknown``."""
        one = self._settings().provider(provider_id)
        return Source(one.id, self._type(one.provider), one.values, self._secrets.get(secret_name(one.id)))

    def generation(self, ledger: Callable[[Run], None], clock: Callable[[], datetime], salt: bytes = b"") -> Generation:
        """The service that runs prompts on these sources; ``salt`` as :class:`Generation` says."""
        return Generation(self.source, ledger, clock, salt)

    async def test(self, provider_id: str) -> Tested:
        """Ask the source for one word.

        Raises:
            UserError: ``provider.unknown``, ``provider.setting_*``, ``provider.url_*``, ``provider.key_missing``.
            OutsideError: ``provider.*``: what went wrong.
        """
        return await _tried(self.source(provider_id), TEST_SECONDS)

    async def test_unsaved(
        self, type_name: str, values: Mapping[str, str], key: str | None, *, kept_as: str = ""
    ) -> TestOutcome:
        """Ask a source that is not set up for one word, 20 seconds at most. Nothing is kept.

        Args:
            type_name: the kind of source.
            values: its fields, without the key.
            key: its key; empty when it has none, or not a new one.
            kept_as: the id of the source being changed, whose key serves when ``key`` is empty.
        """
        start = time.perf_counter()
        model = ""
        try:
            module = self._type(type_name)
            chosen = checked(module.FIELDS, values)
            model = module.MODEL(chosen)
            held = self._secrets.get(secret_name(kept_as)) if kept_as and not key else key
            tested = await _tried(Source(model or type_name, module, chosen, held), UNSAVED_TEST_SECONDS)
        except RepliqueError as error:
            return TestOutcome(model, time.perf_counter() - start, error)
        return TestOutcome(tested.model, tested.seconds)


async def _tried(source: Source, seconds: float) -> Tested:
    """Ask ``source`` for one word. Raises as :meth:`Providers.test`."""
    import asyncio

    start = time.perf_counter()
    try:
        async with asyncio.timeout(seconds), source.module.open_model(source.values, source.secret) as model:
            answer = await model.bind(temperature=0.0, max_tokens=16, schema=None).ainvoke("Réponds : bonjour")
    except TimeoutError as error:
        raise OutsideError("provider.test_timeout", count=int(seconds)) from error
    if not str(answer.content).strip():
        raise OutsideError("provider.says_nothing", name=source.id)
    return Tested(source.module.MODEL(source.values), time.perf_counter() - start)

"""Model sources as a person configures them: added, tested, removed; the way generation reaches them."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import ModuleType

from copilot import providers
from copilot.domain.prompt import Run
from copilot.errors import OutsideError, UserError
from copilot.providers._fields import checked
from copilot.secrets import Secrets
from copilot.services.generation import Generation, Source
from copilot.settings import ProviderSettings, Settings

#: The writer that needs no model. Always there, never configured.
PLAYBOOK = "playbook"
TEST_SECONDS = 60.0


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


@dataclass(frozen=True, slots=True)
class Tested:
    """A model that answered; ``seconds`` until the whole answer."""

    model: str
    seconds: float


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

    def list(self) -> tuple[Configured, ...]:
        """What can write: the playbook first, then the sources set up."""
        default = self._settings().default_provider
        playbook = Configured(PLAYBOOK, PLAYBOOK, "provider.playbook", "", False, default == PLAYBOOK, {})
        return (playbook, *(self._configured(one) for one in self._settings().providers))

    def _configured(self, one: ProviderSettings) -> Configured:
        module = self._type(one.provider)
        default = self._settings().default_provider == one.id
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

    def add(
        self, provider_id: str, type_name: str, values: Mapping[str, str], secret: str | None, *, default: bool = False
    ) -> Configured:
        """Set up a source under ``provider_id``, its key in the keyring.

        Raises:
            UserError: ``provider.bad_id``, ``provider.unknown_type``, ``provider.setting_*``.
            OutsideError: ``secret.no_keyring``, ``secret.locked``; nothing was set up.
        """
        if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,39}", provider_id) or provider_id == PLAYBOOK:
            raise UserError("provider.bad_id", name=provider_id)
        module = self._type(type_name)
        one = ProviderSettings(provider_id, type_name, checked(module.FIELDS, values))
        if secret:
            self._secrets.keep(secret_name(provider_id), secret)
        changed = self._settings().with_provider(one)
        if default:
            from dataclasses import replace

            changed = replace(changed, default_provider=provider_id)
        self._save(changed)
        return self._configured(one)

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

    def generation(self, ledger: Callable[[Run], None], clock: Callable[[], datetime]) -> Generation:
        """The service that runs prompts on these sources."""
        return Generation(self.source, ledger, clock)

    async def test(self, provider_id: str) -> Tested:
        """Ask the source for one word.

        Raises:
            UserError: ``provider.unknown``, ``provider.setting_*``, ``provider.url_*``, ``provider.key_missing``.
            OutsideError: ``provider.*``: what went wrong.
        """
        import asyncio

        source = self.source(provider_id)
        start = time.perf_counter()
        try:
            async with asyncio.timeout(TEST_SECONDS), source.module.open_model(source.values, source.secret) as model:
                answer = await model.bind(temperature=0.0, max_tokens=16, schema=None).ainvoke("Réponds : bonjour")
        except TimeoutError as error:
            raise OutsideError("provider.timeout", seconds=int(TEST_SECONDS)) from error
        if not str(answer.content).strip():
            raise OutsideError("provider.says_nothing", name=provider_id)
        return Tested(source.module.MODEL(source.values), time.perf_counter() - start)

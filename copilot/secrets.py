"""Secrets: the operating system's keyring, else the environment, else this run only. Never a file in clear."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from typing import Literal, Protocol

from copilot.errors import OutsideError

SERVICE = "replique"
#: Backends that talk to a real secret store of the system. keyring may silently choose others (plain or
#: encrypted files of keyrings.alt): those are refused whatever their priority.
REAL_BACKENDS = (
    "keyring.backends.SecretService",
    "keyring.backends.libsecret",
    "keyring.backends.kwallet",
    "keyring.backends.macOS",
    "keyring.backends.Windows",
)
#: Who may hold a secret: memory until the program ends, a variable of the environment, the system's keyring.
Holder = Literal["run", "environment", "keyring"]


class _Backend(Protocol):
    def get_password(self, service: str, username: str) -> str | None: ...
    def set_password(self, service: str, username: str, password: str) -> None: ...
    def delete_password(self, service: str, username: str) -> None: ...


def environment_name(name: str) -> str:
    """The variable that holds the secret ``name``: ``REPLIQUE_SECRET_`` + upper case, ``_`` for the rest."""
    return "REPLIQUE_SECRET_" + re.sub(r"[^A-Z0-9]+", "_", name.upper()).strip("_")


def _real(backend: object) -> _Backend | None:
    """``backend`` when it is a real store; of a chain, its first real member."""
    members = getattr(backend, "backends", None)
    if members is not None:
        return next((found for found in map(_real, members) if found), None)
    module = type(backend).__module__
    return backend if module.startswith(REAL_BACKENDS) else None  # type: ignore[return-value]  # keyring has no types


def _system_backend() -> _Backend | None:
    import keyring

    try:
        return _real(keyring.get_keyring())
    except Exception:  # a backend named in the environment that cannot be loaded: as good as none
        return None


class Secrets:
    """Reads and keeps secrets by name (``provider:mistral``).

    Looked up in this order: this run, the environment, the keyring.
    """

    def __init__(self, backend: Callable[[], _Backend | None] = _system_backend) -> None:
        self._find_backend = backend
        self._this_run: dict[str, str] = {}
        #: What the keyring answered: asking takes 30 ms, too long before each run of a prompt.
        self._answered: dict[str, str] = {}

    def where(self) -> str | None:
        """The real secret store in use, as a name; None when this machine has none that answers."""
        backend = self._find_backend()
        if backend is None:
            return None
        try:
            backend.get_password(SERVICE, "replique-probe")
        except Exception:  # every backend has its own errors; all mean that it does not answer
            return None
        return type(backend).__module__.removeprefix("keyring.backends.").split(".")[0]

    def get(self, name: str) -> str | None:
        """The secret ``name``, None when nobody holds it.

        Raises:
            OutsideError: ``secret.locked`` when the keyring is there but refuses to answer.
        """
        if name in self._this_run:
            return self._this_run[name]
        if value := os.environ.get(environment_name(name)):
            return value
        if name in self._answered:
            return self._answered[name]
        backend = self._find_backend()
        if backend is None:
            return None
        try:
            value = backend.get_password(SERVICE, name)
        except Exception as error:  # keyring backends raise many types: all mean "refused"
            raise OutsideError("secret.locked", variable=environment_name(name)) from error
        if value is not None:
            self._answered[name] = value
        return value

    def holder(self, name: str) -> Holder | None:
        """Who holds the secret ``name``, None when nobody does. Raises as :meth:`get`."""
        if name in self._this_run:
            return "run"
        if os.environ.get(environment_name(name)):
            return "environment"
        return None if self.get(name) is None else "keyring"

    def keep(self, name: str, value: str) -> None:
        """Keep ``value`` in the keyring.

        Raises:
            OutsideError: ``secret.no_keyring`` when the machine has no real store, ``secret.locked``.
        """
        self._answered.pop(name, None)
        backend = self._find_backend()
        if backend is None:
            raise OutsideError("secret.no_keyring", variable=environment_name(name))
        try:
            backend.set_password(SERVICE, name, value)
        except Exception as error:
            raise OutsideError("secret.locked", variable=environment_name(name)) from error
        # One of this run would hide it.
        self._this_run.pop(name, None)

    def keep_for_this_run(self, name: str, value: str) -> None:
        """Keep ``value`` in memory until the program ends."""
        self._this_run[name] = value

    def forget(self, name: str) -> None:
        """Remove ``name`` from this run and from the keyring; silent when it is not there."""
        self._this_run.pop(name, None)
        self._answered.pop(name, None)
        backend = self._find_backend()
        if backend is None:
            return
        try:
            if backend.get_password(SERVICE, name) is not None:
                backend.delete_password(SERVICE, name)
        except Exception as error:
            raise OutsideError("secret.locked", variable=environment_name(name)) from error

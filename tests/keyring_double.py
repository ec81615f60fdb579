"""A secret store in memory, for tests of what a real one does when it works and when it is locked."""

from __future__ import annotations


class Keyring:
    """A secret store that works, and can be locked."""

    def __init__(self) -> None:
        self.held: dict[tuple[str, str], str] = {}
        self.locked = False

    def _open(self) -> dict[tuple[str, str], str]:
        if self.locked:
            raise RuntimeError("the collection is locked")
        return self.held

    def get_password(self, service: str, username: str) -> str | None:
        return self._open().get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._open()[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self._open()[service, username]


Keyring.__module__ = "keyring.backends.SecretService"

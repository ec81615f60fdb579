"""Words put back for pseudonyms, in a text on its way and in an object."""

from __future__ import annotations

from typing import Any, Protocol


class Pseudonyms(Protocol):
    """Hides personal words before a text leaves this machine, and puts them back (``copilot.text.privacy.Vault``)."""

    def mask(self, text: str) -> str:
        """``text`` with pseudonyms; the same word always has the same one."""
        ...

    def restore_given(self, text: str) -> str:
        """``text`` with the words back. A pseudonym it never gave stays: a check blocks the draft and shows it."""
        ...

    def lost(self, masked: str, restored: str) -> tuple[str, ...]:
        """What the pseudonyms of ``masked`` stand for and ``restored``, written from it, says no more."""
        ...


def restored(value: Any, vault: Pseudonyms | None) -> Any:
    """Words put back in the strings of an object, after it was read: a name with a quote would break its JSON."""
    if vault is None:
        return value
    if isinstance(value, str):
        return vault.restore_given(value)
    if isinstance(value, list):
        return [restored(one, vault) for one in value]
    if isinstance(value, dict):
        return {name: restored(one, vault) for name, one in value.items()}
    return value

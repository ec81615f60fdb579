"""The three kinds of failure: the person's, the outside world's, ours.

An error carries a stable machine ``kind`` and parameters; the sentence a person reads is
``error.<kind>`` in the catalogue of their language: what happened, that nothing was lost, what to do.
"""

from __future__ import annotations


class RepliqueError(Exception):
    """Base of every error Réplique raises on purpose."""

    exit_code = 1

    def __init__(self, kind: str, **params: object) -> None:
        super().__init__(kind)
        self.kind = kind
        self.params = params

    @property
    def key(self) -> str:
        """Key of the sentence in the catalogues."""
        return f"error.{self.kind}"

    def __str__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in self.params.items())
        return f"{self.kind}({shown})"


class UserError(RepliqueError):
    """Refused with a reason: an input or a state the person can mend (exit code 1)."""

    exit_code = 1


class UsageError(RepliqueError):
    """The command was not written as it must be (exit code 2)."""

    exit_code = 2


class OutsideError(RepliqueError):
    """The outside world failed: network, provider, disk, secret store (exit code 3)."""

    exit_code = 3


class Bug(RepliqueError):
    """Something that cannot happen happened: ours to mend."""

    exit_code = 70

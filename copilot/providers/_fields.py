"""What a person fills in for a model source, declared so that any form or command can ask for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from copilot.domain.wording import Wording
from copilot.errors import UserError

Kind = Literal["text", "secret", "url", "path", "number", "choice"]


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in. A ``secret`` goes to the keyring, never among the settings.

    ``minimum`` and ``maximum`` bound a ``number`` (whole). The label of a choice is ``<label_key>.<choice>``.
    """

    name: str
    kind: Kind
    label_key: str
    required: bool = False
    default: str = ""
    help_key: str = ""
    choices: tuple[str, ...] = ()
    minimum: int = 0
    maximum: int = 1_000_000

    @property
    def label(self) -> Wording:
        """Its name for people."""
        return Wording(self.label_key)


#: Whether people are hidden from a source; the same for every kind of source.
PSEUDONYMS = Field(
    "pseudonyms",
    "choice",
    "provider.field.pseudonyms",
    default="auto",
    help_key="provider.field.pseudonyms.help",
    choices=("auto", "yes", "no"),
)


def checked(fields: Sequence[Field], settings: Mapping[str, str]) -> dict[str, str]:
    """``settings`` stripped, completed by the defaults and checked, without the secrets.

    Raises:
        UserError: ``provider.setting_unknown``, ``provider.setting_missing``, ``provider.setting_number``,
            ``provider.setting_choice``.
    """
    known = {field.name: field for field in fields if field.kind != "secret"}
    for name in settings:
        if name not in known:
            raise UserError("provider.setting_unknown", name=name, known=tuple(known))
    return {name: _value(field, settings.get(name, "").strip() or field.default) for name, field in known.items()}


def _value(field: Field, value: str) -> str:
    if not value:
        if field.required:
            raise UserError("provider.setting_missing", label=field.label, name=field.name)
        return value
    if field.kind == "choice" and value not in field.choices:
        raise UserError("provider.setting_choice", label=field.label, value=value, choices=field.choices)
    if field.kind == "number" and not _within(field, value):
        raise UserError(
            "provider.setting_number", label=field.label, value=value, least=field.minimum, most=field.maximum
        )
    return value


def _within(field: Field, value: str) -> bool:
    # Nine digits at most: int() refuses thousands of them, and isdecimal() alone lets "²" out but "٣" in, as int does.
    return value.isdecimal() and len(value) <= 9 and field.minimum <= int(value) <= field.maximum

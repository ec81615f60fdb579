r"""The outgoing package: the exact bytes a person approves, and their SHA-256.

Canonical form, version 1
-------------------------
``b"replique-package/1\n"`` followed by one JSON object in UTF-8 with, in this order and no white space:

===========  ==========================================================================
``kind``     ``post`` or ``reply``
``network``  network id
``account``  account name, empty when none was chosen
``text``     body, Unicode NFC, line ends as ``\n``
``hashtags`` list of tags without ``#``, NFC, in order
``alts``     list of alt texts, NFC, in the order of the media
``media``    list of lower-case hexadecimal SHA-256 of the media bytes, in order
``planned``  ``YYYY-MM-DDTHH:MM[Zone/Name]`` or null
``answers``  SHA-256 of the answered message or null
===========  ==========================================================================

Strings are written with JSON's shortest escapes and no ASCII escaping. The same package gives the same
bytes on every machine and in every version; a change of form takes a new number in the first line.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass

from copilot.domain.normal_form import composed
from copilot.errors import UserError

FORM = b"replique-package/1\n"
_SURROGATE = re.compile("[\ud800-\udfff]")


def normal(text: str) -> str:
    r"""Text as it is hashed and sent: NFC, line ends as ``\n``.

    Raises:
        UserError: ``text.surrogate`` when the text holds a lone surrogate, which no network can carry.
    """
    result = composed(text)
    if lone := _SURROGATE.search(result):
        raise UserError("text.surrogate", position=lone.start() + 1)
    return result


@dataclass(frozen=True, slots=True)
class Package:
    """What leaves, and nothing else. Two equal packages have equal bytes."""

    kind: str
    network: str
    account: str
    text: str
    hashtags: tuple[str, ...] = ()
    alt_texts: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    planned: str | None = None
    answers: str | None = None

    @property
    def canonical_bytes(self) -> bytes:
        """The bytes that are hashed. Raises UserError for a text that cannot be encoded."""
        body = {
            "kind": self.kind,
            "network": self.network,
            "account": normal(self.account),
            "text": normal(self.text),
            "hashtags": [normal(tag) for tag in self.hashtags],
            "alts": [normal(alt) for alt in self.alt_texts],
            "media": [digest.lower() for digest in self.media],
            "planned": self.planned,
            "answers": self.answers,
        }
        return FORM + json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()

    @property
    def sha256(self) -> str:
        """Lower-case hexadecimal SHA-256 of :attr:`canonical_bytes`."""
        return hashlib.sha256(self.canonical_bytes).hexdigest()

    @property
    def outgoing_text(self) -> str:
        """Body, then the hashtags on a paragraph of their own, as the network receives it."""
        tags = " ".join(f"#{normal(tag)}" for tag in self.hashtags)
        return "\n\n".join(part for part in (normal(self.text), tags) if part)

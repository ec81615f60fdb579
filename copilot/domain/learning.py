"""What moderators said of messages: corrections, and how often triage agreed with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from copilot.domain.conversation import Decider, Intent


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person said a text is, for one brand. ``said`` is what triage had said, ``said_by`` what decided it.

    The same intent as triage had is a confirmation: it counts, and it is learnt from. ``vector`` is what ``model``
    made of the text, None when none had read it. ``text`` is empty once its author was forgotten.
    """

    brand_id: str
    text: str
    language: str
    intent: Intent
    said: Intent
    said_by: Decider
    by: str
    at: datetime
    message_id: int | None = None
    model: str = ""
    vector: bytes | None = None


@dataclass(frozen=True, slots=True)
class ClassAgreement:
    """One intent: how often triage said it, how often wrongly (``false_alarms``), how often it ``missed`` it."""

    said: int = 0
    false_alarms: int = 0
    missed: int = 0

    @property
    def false_alarm_rate(self) -> float | None:
        """The part of what triage said that was wrong, None when it never said so."""
        return self.false_alarms / self.said if self.said else None


@dataclass(frozen=True, slots=True)
class Agreement:
    """How often triage and the moderator agreed, over the ``judged`` messages that one gave an intent to."""

    judged: int
    agreed: int
    by_intent: Mapping[Intent, ClassAgreement]

    @property
    def rate(self) -> float | None:
        """The part of the judged messages both read alike, None when none was judged."""
        return self.agreed / self.judged if self.judged else None


def agreement_of(counted: Mapping[tuple[Intent, Intent], int]) -> Agreement:
    """The agreement in ``counted``: how many messages triage said one thing of and a person another, by pair."""
    rows: dict[Intent, list[int]] = {}
    for (said, meant), count in counted.items():
        rows.setdefault(said, [0, 0, 0])[0] += count
        if said is not meant:
            rows[said][1] += count
            rows.setdefault(meant, [0, 0, 0])[2] += count
    agreed = sum(count for (said, meant), count in counted.items() if said is meant)
    by_intent = {intent: ClassAgreement(*rows[intent]) for intent in Intent if intent in rows}
    return Agreement(sum(counted.values()), agreed, by_intent)

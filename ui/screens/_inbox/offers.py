"""What was proposed for each message lately: it belongs to its message, whichever one is on screen when it comes."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from copilot.domain.conversation import Approach, ReplyProposal, Triage
from copilot.errors import RepliqueError

if TYPE_CHECKING:
    from copilot.domain.finding import Finding
    from copilot.services.conversations import Proposed, Replying
    from ui.runner import Job

#: Messages whose proposals are kept.
KEPT = 60


@dataclass(slots=True)
class Offer:
    """One approach to one message, as far as it is written."""

    approach: Approach
    text: str = ""
    is_whole: bool = False
    error: RepliqueError | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(slots=True)
class Offers:
    """What was proposed for one message. ``silence`` is why nothing was; ``job`` runs while it is being written.

    ``triage`` is how the message was read then.
    """

    message_id: int
    provider: str
    found: list[Offer] = field(default_factory=list)
    silence: ReplyProposal | None = None
    job: Job | None = None
    asked_by_person: bool = False
    triage: Triage | None = None

    @property
    def is_running(self) -> bool:
        """True while more comes."""
        return self.job is not None and self.job.is_running and not self.job.is_cancelled

    def take(self, told: Replying | Proposed) -> None:
        """Add what came."""
        if told.approach is None:
            self.silence = getattr(told, "proposal", None)
            return
        offer = self._of(told.approach)
        text = getattr(told, "text", None)
        if text is not None:
            offer.text += text
            return
        offer.is_whole = True
        offer.error = getattr(told, "error", None)
        offer.findings = getattr(told, "findings", ())
        proposal = getattr(told, "proposal", None)
        if proposal is not None and proposal.text is not None:
            offer.text = proposal.text

    def usable(self, place: int) -> Offer | None:
        """The offer in this place when its text is whole."""
        if not 0 <= place < len(self.found):
            return None
        offer = self.found[place]
        return offer if offer.is_whole and offer.error is None and offer.text.strip() else None

    def _of(self, approach: Approach) -> Offer:
        for offer in self.found:
            if offer.approach is approach:
                return offer
        self.found.append(Offer(approach))
        return self.found[-1]


class LateOffers:
    """The offers of the last messages looked at."""

    def __init__(self) -> None:
        self._kept: OrderedDict[int, Offers] = OrderedDict()

    def get(self, message_id: int) -> Offers | None:
        """What is kept of this message."""
        return self._kept.get(message_id)

    def put(self, offers: Offers) -> None:
        """Keep these in place of what was there."""
        self.drop(offers.message_id)
        self._kept[offers.message_id] = offers
        while len(self._kept) > KEPT:
            _id, oldest = self._kept.popitem(last=False)
            _stop(oldest)

    def drop(self, message_id: int) -> None:
        """Forget what was proposed; it stops when it is still being written."""
        old = self._kept.pop(message_id, None)
        if old is not None:
            _stop(old)


def _stop(offers: Offers) -> None:
    if offers.job is not None and offers.is_running:
        offers.job.cancel()

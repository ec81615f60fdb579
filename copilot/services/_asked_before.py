"""Which models were asked what a message wants, and left it in doubt: the reasons of its triage say so."""

from __future__ import annotations

from dataclasses import replace

from copilot.domain.conversation import Triage
from copilot.domain.wording import Wording

#: Reasons that a model leaves when its answer settled nothing.
LEFT_OPEN = frozenset({"triage.why.model_unsure", "triage.why.kept_grave_model"})


def was_asked(triage: Triage) -> bool:
    """True when some model was asked, and settled nothing."""
    return any(one.key in LEFT_OPEN for one in triage.why)


def was_asked_of(triage: Triage, provider: str, model: str) -> bool:
    """True when this very model was: the same name, from the same source."""
    return any(one.key in LEFT_OPEN and _is_by(one, provider, model) for one in triage.why)


def left_open(triage: Triage, reason: Wording) -> Triage:
    """``triage`` with what a model answered, in place of what it answered before."""
    provider, model = str(reason.params.get("provider", "")), str(reason.params["model"])
    others = [one for one in triage.why if not (one.key in LEFT_OPEN and _is_by(one, provider, model))]
    return replace(triage, why=(*others, reason))


def _is_by(reason: Wording, provider: str, model: str) -> bool:
    # Reasons of profiles made before sources were written down name the model alone.
    return reason.params["model"] == model and reason.params.get("provider", provider) == provider

"""Proof that a person approved an item: the row alone is not believed, its decision and the audit must agree."""

from __future__ import annotations

from copilot.domain.item import Item
from copilot.domain.review import Action
from copilot.errors import UserError
from copilot.store.unit_of_work import UnitOfWork

#: Decisions that may follow an approval without undoing it.
_KEEPS = frozenset(
    {
        Action.SCHEDULE,
        Action.UNSCHEDULE,
        Action.START_PUBLISHING,
        Action.CONFIRM_PUBLISHED,
        Action.LOSE_TRACK,
        Action.FAIL,
        Action.MISS,
    }
)


def is_proved(work: UnitOfWork, item: Item) -> bool:
    """True when the last decision that counts, and the last audit entry of its kind, are this very approval."""
    approval = item.approval
    if approval is None:
        return False
    told = [decision for decision in work.items.decisions(item.id) if decision.action not in _KEEPS]
    if not told or told[-1].action is not Action.APPROVE:
        return False
    if (told[-1].package_hash, told[-1].by) != (approval.package_hash, approval.by):
        return False
    kept = {action.value for action in _KEEPS}
    entries = [entry for entry in work.audit.of_subject(f"item:{item.id}") if entry.action not in kept]
    if not entries or entries[-1].action != Action.APPROVE.value:
        return False
    return (entries[-1].details.get("package"), entries[-1].by) == (approval.package_hash, approval.by)


def require_proof(work: UnitOfWork, item: Item) -> None:
    """Refuse an item whose approval nobody can be shown to have given.

    Raises:
        UserError: ``export.unproved``.
    """
    if not is_proved(work, item):
        raise UserError("export.unproved", id=item.id)

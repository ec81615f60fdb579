"""Values as JSON objects with stable keys, and as lines for people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from copilot.cli.visible import visible
from copilot.domain.conversation import About, Message, ReplyProposal, Thread, Triage
from copilot.domain.finding import Finding, Severity
from copilot.domain.item import Item
from copilot.domain.network import Measure
from copilot.domain.post import FoundFact, PostProposal
from copilot.domain.sla import Due
from copilot.domain.wording import Wording
from copilot.i18n import Translator

if TYPE_CHECKING:
    from rich.console import Console

    from copilot.cli.deadlines import Clock
    from copilot.services.inspection import Inspected


def moment_json(at: datetime | None) -> str | None:
    """An aware time as ISO 8601 in UTC, to the second."""
    return at.isoformat(timespec="seconds") if at else None


def finding_json(finding: Finding, t: Translator) -> dict[str, object]:
    """A finding."""
    return {
        "id": finding.rule,
        "severity": finding.severity.value,
        "start": finding.start,
        "end": finding.end,
        "message": t.wording(finding.wording),
        "quote": finding.quote,
        "fix": finding.fix,
        "confirmable": finding.confirmable,
        "automatic": finding.automatic,
    }


def measure_json(measure: Measure) -> dict[str, object]:
    """A length."""
    return {
        "count": measure.count,
        "limit": measure.limit,
        "unit": measure.unit,
        "fits": measure.fits,
        "overflow_at": measure.overflow_at,
    }


def item_json(item: Item, t: Translator) -> dict[str, object]:
    """An item without its findings."""
    approval = item.approval
    return {
        "id": item.id,
        "kind": item.kind.value,
        "status": item.status.value,
        "network": item.network,
        "account": item.account,
        "language": item.language,
        "text": item.text,
        "hashtags": [{"tag": tag.tag, "reason": t.wording(tag.reason)} for tag in item.hashtags],
        "outgoing_text": item.outgoing_text,
        "media": [{"sha256": media.sha256, "alt": media.alt} for media in item.media],
        "planned": str(item.planned) if item.planned else None,
        "brand": item.brand_id or None,
        "brief": item.brief_id,
        "message": item.message_id,
        "answers": item.answers,
        "variant": item.variant,
        "structure": item.structure,
        "writer": item.writer,
        "edited": item.edited,
        "author": item.author,
        "revision": item.revision,
        "package_hash": item.package.sha256,
        "approval": {"package_hash": approval.package_hash, "by": approval.by, "at": moment_json(approval.at)}
        if approval
        else None,
        "created_at": moment_json(item.created_at),
        "updated_at": moment_json(item.updated_at),
    }


def inspected_json(inspected: Inspected, t: Translator) -> dict[str, object]:
    """An item, its length and its findings."""
    return {
        **item_json(inspected.item, t),
        **{"count": measure_json(inspected.measure)},
        "findings": [finding_json(finding, t) for finding in inspected.findings],
        "can_be_approved": not inspected.blocking,
    }


def fact_json(fact: FoundFact) -> dict[str, object]:
    """A fact read in a brief."""
    return {
        "kind": fact.kind.value,
        "value": fact.value,
        "normalised": fact.normalised,
        "start": fact.start,
        "end": fact.end,
    }


def post_json(proposal: PostProposal, t: Translator) -> dict[str, object]:
    """A proposed post that was not stored."""
    return {
        "network": proposal.network,
        "text": proposal.text,
        "hashtags": [{"tag": tag.tag, "reason": t.wording(tag.reason)} for tag in proposal.hashtags],
        "structure": proposal.structure,
        "language": proposal.language,
    }


def triage_json(
    triage: Triage, t: Translator, due: Due | None = None, say: Callable[[Wording], str] | None = None
) -> dict[str, object]:
    """What triage says of a message. ``due`` is by when an answer is owed, where that is known.

    ``say`` makes a sentence of a reason, as ``t.wording`` does, where somebody remembers those already made.
    """
    return {
        "lang": triage.language,
        "language": triage.language,
        "intent": triage.intent.value,
        "tone": triage.tone.value,
        "urgency": triage.urgency.value,
        "risk": triage.risk.value,
        "explicit_toxic": triage.explicit_toxic,
        "possibly_hateful": triage.possibly_hateful,
        "hostile": triage.hostile,
        "unsure": triage.unsure,
        "confidence": triage.confidence,
        "decided_by": triage.decided_by.value,
        "topics": list(triage.topics),
        "sla": _sla_json(triage, due),
        "why": list(map(say or t.wording, triage.why)),
    }


def _sla_json(triage: Triage, due: Due | None) -> dict[str, object]:
    told: dict[str, object] = {"class": triage.urgency.value, "due": moment_json(due.at) if due else None}
    if due is not None and due.at is not None and due.within is not None:
        told["due_within_minutes"] = round(due.within / timedelta(minutes=1))
    return told


def proposal_json(proposal: ReplyProposal, t: Translator) -> dict[str, object]:
    """A proposed reply that was not stored."""
    return {
        "reply": proposal.text,
        "lang": proposal.language,
        "approach": proposal.approach.value if proposal.approach else None,
        "do_not_answer": proposal.do_not_answer,
        "human_now": proposal.human_now,
        "why": [t.wording(one) for one in proposal.why],
        "slots": list(proposal.slots),
    }


def messages_json(thread: Thread, t: Translator, clock: Clock) -> list[dict[str, object]]:
    """The messages of a thread in order, each with the ``id`` of its parent and by when its answer is due."""
    ids = {message.external_id: message.id for message in thread.messages}
    return [message_json(message, t, ids.get(message.parent_id or ""), clock) for message in thread.messages]


def message_json(
    message: Message, t: Translator, parent_id: int | None = None, clock: Clock | None = None
) -> dict[str, object]:
    """A message of a thread. ``parent_id`` is the ``id`` of its parent; ``clock`` says by when its answer is due."""
    triage = message.triage
    due = clock.due_of(message, triage) if clock and triage else None
    return {
        "id": message.id,
        "external_id": message.external_id,
        "parent_id": parent_id,
        "author": message.author.name,
        "handle": message.author.handle,
        "owner": message.author.is_owner,
        "text": message.text,
        "created_at": moment_json(message.created_at),
        "created_rel": message.created_rel,
        **_about_json(message.about),
        "edited_at": moment_json(message.edited_at),
        "changed_at": moment_json(message.changed_at),
        "deleted": message.deleted,
        "hidden": message.hidden,
        "answered": message.answered,
        "likes": message.likes,
        "link": message.link,
        "rating": message.rating,
        "triage": triage_json(triage, t, due) if triage else None,
    }


def _about_json(about: About | None) -> dict[str, object]:
    """About when a message was written: the middle of what "2 h" says of when it was copied, and how long that is."""
    if about is None:
        return {"created_about": None}
    return {
        "created_about": moment_json(about.at),
        "created_within_minutes": int(about.within.total_seconds() // 60),
    }


def thread_json(thread: Thread, t: Translator, clock: Clock) -> dict[str, object]:
    """A thread and its messages."""
    return {
        "id": thread.id,
        "title": thread.title,
        "format": thread.source,
        "network": thread.network,
        "lang": thread.language,
        "brand": thread.brand_id or None,
        "origin": thread.origin,
        "truncated": thread.truncated,
        "post": thread.post_text,
        "imported_at": moment_json(thread.imported_at),
        "messages": messages_json(thread, t, clock),
    }


MARKS = {Severity.BLOCKS: "✗", Severity.WARNS: "!", Severity.ADVISES: "·"}
STYLES = {Severity.BLOCKS: "bold red", Severity.WARNS: "yellow", Severity.ADVISES: "dim"}


def indented(console: Console, text: str, style: str = "") -> None:
    """``text`` two spaces in, whole: folded to the width of a terminal, as it is when piped."""
    from rich.padding import Padding
    from rich.text import Text

    if console.is_terminal:
        console.print(Padding(Text(visible(text), style=style, overflow="fold"), (0, 2)))
    else:
        print("\n".join(f"  {line}" for line in visible(text).split("\n")))


def show_item(console: Console, inspected: Inspected, t: Translator) -> None:
    """An item as a person reviews it: where it goes, the exact text, what is wrong with it."""
    from rich.rule import Rule
    from rich.text import Text

    from copilot import networks

    item = inspected.item
    network = networks.get(item.network)
    where = " · ".join(part for part in (network.label, item.account, item.structure) if part)
    status = t(f"status.{item.status.value}")
    if console.is_terminal:
        console.print(Rule(Text.assemble((str(item.id), "bold"), f" · {visible(where)} · {status}"), align="left"))
    else:
        print(f"{item.id} · {visible(where)} · {status}")
    indented(console, item.outgoing_text)
    indented(console, count_line(inspected.measure, t), "dim")
    show_findings(console, inspected.findings, t)
    if item.approval:
        line = t("cli.item.approved_line", by=item.approval.by, hash=item.approval.package_hash[:12])
        indented(console, line, "green")


def show_findings(console: Console, findings: Sequence[Finding], t: Translator) -> None:
    """Findings, one a line, the worst first."""
    for severity in Severity:
        for finding in findings:
            if finding.severity is severity:
                line = f"{MARKS[severity]} {t.wording(finding.wording)}"
                indented(console, line, STYLES[severity])


def count_line(measure: Measure, t: Translator) -> str:
    """``212 / 280 caractères``."""
    unit = t(f"unit.{measure.unit}", count=measure.count if measure.limit is None else measure.limit)
    shown = t.number(measure.count)
    return f"{shown} / {t.number(measure.limit)} {unit}" if measure.limit is not None else f"{shown} {unit}"

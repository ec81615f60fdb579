"""The register of processing as a page a controller completes, and what is held on somebody as a page to hand over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from copilot.domain.brand import Brand, Retention
from copilot.i18n import Translator
from copilot.services._privacy_people import HeldOn, shown
from copilot.services.providers import PLAYBOOK, Configured

_PURPOSES = ("moderation", "replies", "knowledge")
_DATA = ("comments", "authors", "derived", "replies", "decisions")
_MEASURES = (
    "local",
    "pseudonyms",
    "preview",
    "minimised",
    "secrets",
    "audit",
    "human",
    "no_score",
    "retention",
    "erasure",
)
_LEFT = ("audit", "backups", "networks")
_RETENTION = ("messages_days", "decisions_days", "logs_days", "pseudonyms_days")


def register(language: str, brands: Sequence[Brand], sources: Iterable[Configured], now: datetime) -> str:
    """The register of processing (GDPR, article 30) in Markdown."""
    t = Translator(language)
    lines = [f"# {t('privacy.register.title')}", "", t("privacy.register.intro", date=f"{now:%Y-%m-%d}"), ""]
    lines += _section(t, "controller", [t("privacy.register.controller.fill"), t("privacy.register.dpo.fill")])
    lines += _section(t, "purposes", [t(f"privacy.register.purpose.{one}") for one in _PURPOSES])
    lines += _section(t, "people", [t("privacy.register.people.who")])
    lines += _section(t, "data", [t(f"privacy.register.data.{one}") for one in _DATA])
    lines += _section(t, "special", [t("privacy.register.special.may")])
    lines += ["## " + t("privacy.register.recipients"), "", *_recipients(t, sources), ""]
    lines += ["## " + t("privacy.register.retention"), "", *_retention(t, brands), ""]
    lines += _section(t, "measures", [t(f"privacy.register.measure.{one}") for one in _MEASURES])
    lines += _section(t, "left", [t(f"privacy.register.left.{one}") for one in _LEFT])
    lines += _section(t, "rights", [t("privacy.register.rights.how"), t("privacy.register.rights.breach")])
    lines += _section(t, "impact", [t("privacy.register.impact.when")])
    return "\n".join(lines).rstrip() + "\n"


def _section(t: Translator, name: str, told: Iterable[str]) -> list[str]:
    return [f"## {t(f'privacy.register.{name}')}", "", *(f"- {one}" for one in told), ""]


def _recipients(t: Translator, sources: Iterable[Configured]) -> list[str]:
    heads = [t(f"privacy.register.column.{one}") for one in ("source", "model", "host", "country", "hidden")]
    rows = [heads, ["---"] * len(heads)]
    for one in sources:
        if one.provider == PLAYBOOK:
            continue
        host = urlsplit(one.values.get("base_url", "")).hostname or ""
        place = t("privacy.register.fill") if one.remote else t("privacy.register.here")
        where = (host or t("privacy.register.fill")) if one.remote else t("privacy.register.here")
        rows.append(
            [one.id, one.model, where, place, t("privacy.register.yes" if one.hides else "privacy.register.no")]
        )
    if len(rows) == 2:
        return [t("privacy.register.recipients.none")]
    return ["| " + " | ".join(_cell(one) for one in row) + " |" for row in rows]


def _retention(t: Translator, brands: Sequence[Brand]) -> list[str]:
    if not brands:
        return [t("privacy.register.retention.none")]
    heads = [t("privacy.register.column.brand"), *(t(f"privacy.register.column.{one}") for one in _RETENTION)]
    rows = [heads, ["---"] * len(heads)]
    for brand in brands:
        rows.append([brand.name, *(_days(t, brand.retention, one) for one in _RETENTION)])
    return ["| " + " | ".join(_cell(one) for one in row) + " |" for row in rows]


def _days(t: Translator, kept: Retention, name: str) -> str:
    days = getattr(kept, name)
    return t("privacy.register.kept") if days is None else t("privacy.register.days", count=days)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def held_json(held: HeldOn) -> Mapping[str, Any]:
    """All that is held on somebody, to hand over or to check."""
    return {
        "people": [
            {"name": one.name, "handle": one.handle, "messages": one.messages, "threads": one.threads}
            for one in held.people
        ],
        "messages": [
            {
                "id": one.id,
                "thread": one.thread_id,
                "text": one.text,
                "created_at": one.created_at.isoformat() if one.created_at else None,
                "created_rel": one.created_rel,
                "rating": one.rating,
                "link": one.link,
                "intent": one.triage.intent.value if one.triage else None,
                "urgency": one.triage.urgency.value if one.triage else None,
            }
            for one in held.messages
        ],
        "replies": [
            {"item": one.id, "message": one.message_id, "status": one.status.value, "text": one.text}
            for one in held.replies
        ],
        "decisions": [
            {
                "message": one.message_id,
                "action": one.action.value,
                "at": one.at.isoformat(),
                "reason": one.reason,
                "facts": one.facts,
                "evidence": one.evidence.text,
            }
            for one in held.moderations
        ],
        "pseudonyms": [{"thread": thread, "token": token, "value": value} for thread, token, value in held.pseudonyms],
        "mentions": [{"id": one.id, "thread": one.thread_id, "text": one.text} for one in held.mentions],
    }


def held_page(language: str, held: HeldOn, now: datetime) -> str:
    """All that is held on somebody as a page in Markdown."""
    t = Translator(language)
    who = ", ".join(shown(one) for one in held.people)
    lines = [f"# {t('privacy.held.title', name=who)}", "", t("privacy.held.intro", date=f"{now:%Y-%m-%d}"), ""]
    said = [f"{one.created_at:%Y-%m-%d}" if one.created_at else one.created_rel or "" for one in held.messages]
    parts: dict[str, list[str]] = {
        "messages": [f"{when} (#{one.id}) {one.text}".strip() for when, one in zip(said, held.messages, strict=True)],
        "replies": [f"(#{one.id}, {t(f'status.{one.status.value}')}) {one.text}" for one in held.replies],
        "decisions": [
            f"{one.at:%Y-%m-%d} {t(f'moderation.action.{one.action.value}')} {one.reason}" for one in held.moderations
        ],
        "pseudonyms": [f"{token}: {value}" for _, token, value in held.pseudonyms],
        "mentions": [f"(#{one.id}) {one.text}" for one in held.mentions],
    }
    for name, told in parts.items():
        lines += [f"## {t(f'privacy.held.{name}')}", ""]
        lines += [f"- {' '.join(one.split())}" for one in told] or [t("privacy.held.none")]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"

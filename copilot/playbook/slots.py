"""The brand's own saved replies and their slots, and the way to its private channel."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from copilot.domain.brand import Address, Brand, Contact, Fact, Playbook
from copilot.domain.conversation import Approach, Intent
from copilot.playbook._parts import SLOT, capitalised
from copilot.playbook._reading import fold
from copilot.playbook._reply_facts import lowered

#: The names of the parts of a reply, and other words people use for them.
PARTS = {
    "whole": "whole",
    "greeting": "greeting",
    "ack": "ack",
    "acknowledge": "ack",
    "acknowledgement": "ack",
    "thanks": "thanks",
    "sorry": "sorry",
    "apology": "sorry",
    "action": "action",
    "answer": "answer",
    "private": "private",
    "closing": "closing",
    "signature": "signature",
}
#: How many recent replies are looked at before a saved reply is used again.
RECENT = 10
#: How often a saved part may come back among them; a saved whole reply comes back only once they are past.
SAVED_PART_USES = 3

_CHANNEL_SLOT = {"fr": "{canal privé}", "en": "{private channel}"}
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_LINK = re.compile(r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)+(?:/\S*)?")
_PHONE = re.compile(r"\+?[\d .()\u00a0\u202f-]{6,24}")
_ADVERBIAL = re.compile(r"(?:par|en|via|sur|à|au|aux|dans|depuis|by|in|on|at|through|from)\b", re.IGNORECASE)
_BY = {
    "fr": ("par e-mail à {}", "via {}", "par téléphone au {}"),
    "en": ("by e-mail at {}", "via {}", "by phone on {}"),
}
_NAMED = {
    "fr": re.compile(r"(?:messages? privée?s?|mps?|dms?|e-?mail|mail|téléphone|chat|courrier)\b", re.IGNORECASE),
    "en": re.compile(r"(?:(?:direct|private) messages?|dms?|e-?mail|phone|chat|post)\b", re.IGNORECASE),
}
_IN_ENGLISH = {
    "message privé": "direct message",
    "messages privés": "direct message",
    "messagerie privée": "direct message",
    "mp": "direct message",
    "dm": "direct message",
    "e-mail": "e-mail",
    "téléphone": "phone",
    "chat": "chat",
}
_IN_FRENCH = {
    "direct message": "message privé",
    "private message": "message privé",
    "direct messages": "message privé",
    "dm": "message privé",
    "dms": "message privé",
    "e-mail": "e-mail",
    "phone": "téléphone",
    "chat": "chat",
}
_BEFORE_NOUN = re.compile(r"(?:^|\s)(?:par|en|via|sur|à|by|via|in|on|through|at)\s$", re.IGNORECASE)


def channel_phrase(contact: Contact, language: str, voice_language: str) -> str | None:
    """How to reach the brand in private, worded to follow a verb ("par message privé"); None when it gives no way.

    A channel worded in the brand's language is put into the reply's when it is a usual one; else the e-mail address,
    the page or the telephone serve.
    """
    channel = _sayable(contact.private_channel.strip().rstrip("."), language, voice_language)
    if channel:
        return _worded(channel, language)
    by_email, by_link, by_phone = _BY[language]
    if contact.email:
        return by_email.format(contact.email)
    if contact.url:
        return by_link.format(contact.url)
    return by_phone.format(contact.phone) if contact.phone else None


def channel_slot(language: str) -> str:
    """The open slot shown when the brand has no private channel."""
    return _CHANNEL_SLOT[language]


def _sayable(channel: str, language: str, voice_language: str) -> str:
    if not channel or language == voice_language[:2] or _is_address(channel):
        return channel
    bare = _ADVERBIAL.sub("", channel, count=1).strip().lower()
    return (_IN_ENGLISH if language == "en" else _IN_FRENCH).get(bare, "")


def _is_address(channel: str) -> bool:
    return any(shape.fullmatch(channel) for shape in (_EMAIL, _LINK, _PHONE))


def _worded(channel: str, language: str) -> str:
    by_email, by_link, by_phone = _BY[language]
    if _EMAIL.fullmatch(channel):
        return by_email.format(channel)
    if _PHONE.fullmatch(channel):
        return by_phone.format(channel)
    if _LINK.fullmatch(channel):
        return by_link.format(channel)
    if _ADVERBIAL.match(channel):
        return channel
    if _NAMED[language].match(channel):
        return f"{'par' if language == 'fr' else 'by'} {channel}"
    return f"via {channel}"


@dataclass(frozen=True, slots=True)
class Situation:
    """What a saved reply must fit."""

    intent: Intent
    approach: Approach
    language: str
    address: Address
    topics: frozenset[str]
    folded: str


def saved_for(playbooks: Sequence[Playbook], part: str, situation: Situation) -> list[Playbook]:
    """The saved replies (or parts) that fit, those that fit most closely only, in the brand's order."""
    fitting = [(fit, one) for one in playbooks if (fit := _fit(one, part, situation)) is not None]
    closest = max((fit for fit, _one in fitting), default=0)
    return [one for fit, one in fitting if fit == closest]


def _fit(saved: Playbook, part: str, situation: Situation) -> int | None:
    """How closely a saved reply fits: 2 for a topic, 1 for the approach; None when it does not."""
    if PARTS.get(saved.part) != part or saved.intent != situation.intent.value:
        return None
    if saved.language[:2] != situation.language or saved.address not in (None, situation.address):
        return None
    if saved.approach not in (None, "", situation.approach.value):
        return None
    on_topic = any(topic in situation.topics or _said(topic, situation.folded) for topic in saved.topics)
    if saved.topics and not on_topic:
        return None
    return 2 * bool(saved.topics) + bool(saved.approach)


def _said(topic: str, folded: str) -> bool:
    words = fold(topic)
    return bool(words) and f" {words} " in f" {folded} "


def fill(text: str, *, brand: Brand, first_name: str, channel: str | None, facts: Sequence[Fact]) -> str:
    """A saved text with its known slots filled once; an unknown or empty one stays as it is written.

    A missing first name is left out with the space before it.
    """
    if not first_name:
        text = re.sub(r"[ \u00a0\u202f]?\{(?:prenom|prénom|first_name)\}", "", text)
    by_id = {fact.id: fact for fact in facts}

    def filled(slot: re.Match[str]) -> str:
        before = text[: slot.start()]
        return _slot_value(slot.group(1).strip(), before, brand, first_name, channel, by_id) or slot.group()

    return capitalised(SLOT.sub(filled, text).strip(" ,"))


def _slot_value(
    name: str, before: str, brand: Brand, first_name: str, channel: str | None, facts: dict[str, Fact]
) -> str:
    if name in ("prenom", "prénom", "first_name"):
        return first_name
    if name in ("canal", "private_channel"):
        return _channel_after(before, channel)
    if name == "signature":
        return brand.voice.signature
    if name in ("marque", "brand"):
        return brand.name
    kind, _, identifier = name.partition(":")
    if kind.strip() in ("fait", "fact") and (fact := facts.get(identifier.strip())):
        statement = fact.statement.strip().rstrip(".")
        starts = not before.strip() or before.rstrip().endswith((".", "!", "?", "…"))
        return statement if starts else lowered(statement)
    return ""


def _channel_after(before: str, channel: str | None) -> str:
    """The channel after what precedes it: "par {canal}" does not get a second "par"."""
    if channel and _BEFORE_NOUN.search(before):
        return _ADVERBIAL.sub("", channel, count=1).strip()
    return channel or ""

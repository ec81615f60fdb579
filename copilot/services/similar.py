"""Replies that were approved or saved for messages like this one: to be shown beside it, and given as examples.

What was answered to somebody else is somebody else's: names, numbers and references are taken out before it is shown.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from copilot.domain.brand import Brand
from copilot.domain.conversation import Author, Intent, Message
from copilot.services._reply_cases import public_words, reply_language
from copilot.text.lexicons import folded
from copilot.text.privacy import Vault

if TYPE_CHECKING:
    from copilot.services.semantic import Semantic
    from copilot.store.past_replies import PastReply
    from copilot.store.unit_of_work import Store, UnitOfWork

#: Past replies looked at, the newest first.
LOOKED_AT = 400
#: Distance below which an old reply fits the new message as it is.
NEAR = 0.2
#: Days after which an old reply weighs half as much, and what that may add to its distance.
HALF_LIFE, AGE = 90.0, 0.15
#: Cosine distance between two texts of the model that have nothing in common: it never goes to 1.
UNRELATED = 0.25

_TOKEN = re.compile(r"\[\[([A-Z]+)_\d+[A-Z]?\]\]")
_FIGURE = re.compile(r"\d[\d\s.,:/h€$£%-]*\d|\d")
_LINK = re.compile(r"(?:https?://|www\.)\S+")
_NAMED = {"fr": "{prénom}", "en": "{first_name}"}
_DETAIL = {"fr": "{détail}", "en": "{detail}"}
_CAPITALISED = re.compile(r"(?<![.!?…:»\n])[ \u00a0][A-ZÀ-Þ][a-zß-ÿ]+")


@dataclass(frozen=True, slots=True)
class SimilarReply:
    """A reply to a message like this one, without anybody's details.

    ``source`` is ``approved`` (``item_id`` is set) or ``saved`` (``playbook_id``). ``distance`` goes from 0, the same
    message, to 1. ``usable`` is False when what it says may be true for the other person only: it is shown, never
    proposed as a draft. ``fitted`` is ``text`` with the name of the one who is answered now.
    """

    text: str
    source: str
    distance: float
    intent: Intent
    language: str
    at: datetime | None = None
    item_id: int | None = None
    playbook_id: str | None = None
    usable: bool = False
    fitted: str = ""


class Similar:
    """Looks for replies to messages like one."""

    def __init__(
        self, store: Callable[[], Store], clock: Callable[[], datetime], semantic: Callable[[], Semantic]
    ) -> None:
        self._store = store
        self._clock = clock
        self._semantic = semantic

    async def similar(self, message_id: int, brand: Brand | None, k: int = 5) -> tuple[SimilarReply, ...]:
        """The ``k`` nearest replies of ``brand`` to messages of the same intent and language, the nearest first.

        Raises:
            UserError: ``message.unknown``.
        """
        return await asyncio.to_thread(self.found, message_id, brand, k)

    def found(
        self, message_id: int, brand: Brand | None, k: int = 5, *, approved_only: bool = False
    ) -> tuple[SimilarReply, ...]:
        """As :meth:`similar`, for worker threads; saved replies left out when ``approved_only``."""
        with self._store().read() as work:
            message = work.threads.message(message_id)
            intent = message.triage.intent if message.triage else Intent.OTHER
            language = reply_language(message.triage.language if message.triage else "und", brand)
            past = work.past_replies.of(brand.id if brand else "", intent, language, LOOKED_AT)
            past = tuple(one for one in past if one.message_id != message_id)
            saved = [] if approved_only else _saved(brand, intent, language)
            texts = [message.text, *(one.answered for one in past), *(text for _id, text in saved)]
            apart = self._apart(work, message, past, texts)
            people = {one.thread_id: work.threads.people(one.thread_id) for one in _first(past, apart, k)}
        now = self._clock()
        found = [
            (apart[place] + AGE * (1 - 0.5 ** (max(0.0, (now - one.at).days) / HALF_LIFE)), place, one)
            for place, one in enumerate(past)
        ]
        replies = [
            _approved(one, apart[place], intent, language, (*people.get(one.thread_id, ()), one.author), brand)
            for _far, place, one in sorted(found, key=lambda each: each[:2])[:k]
        ]
        replies += [
            SimilarReply(text, "saved", apart[len(past) + place], intent, language, playbook_id=identifier, usable=True)
            for place, (identifier, text) in enumerate(saved)
        ]
        nearest = sorted(replies, key=lambda one: one.distance)[:k]
        return tuple(replace(one, fitted=_named(one, message.author)) for one in nearest)

    def _apart(
        self, work: UnitOfWork, message: Message, past: Sequence[PastReply], texts: Sequence[str]
    ) -> list[float]:
        """How far each text after the first is from it, from 0 to 1: by meaning when all can be told, else by words."""
        import numpy as np

        if len(texts) < 2:
            return []
        embedder = self._semantic().embedder()
        if embedder is not None:
            from copilot.intelligence.semantic.embedder import unpacked

            kept = work.vectors.of(embedder.model, [message.id, *(one.message_id for one in past)])
            ids = [message.id, *(one.message_id for one in past)]
            missing = [place for place in range(len(texts)) if place >= len(ids) or ids[place] not in kept]
            told = np.zeros((len(texts), 0), dtype=np.float32)
            made = embedder.embed([texts[place] for place in missing]) if missing else np.zeros((0, 0))
            known = [place for place in range(len(texts)) if place not in set(missing)]
            read = unpacked([kept[ids[place]] for place in known]) if known else np.zeros((0, made.shape[1]))
            told = np.zeros((len(texts), max(made.shape[1], read.shape[1])), dtype=np.float32)
            if missing:
                told[missing] = made
            if known:
                told[known] = read
            far = (1.0 - told[1:] @ told[0]) / UNRELATED
        else:
            from copilot.intelligence.grouping.words import Spoken

            words = Spoken(texts, lambda: None).numbers(lambda: None)
            far = 1.0 - words[1:] @ words[0]
        return [round(float(one), 3) for one in far.clip(0.0, 1.0)]


def _first(past: Sequence[PastReply], apart: Sequence[float], k: int) -> list[PastReply]:
    """The past replies that may be shown, age or not."""
    ranked = sorted(range(len(past)), key=lambda place: apart[place])
    return [past[place] for place in ranked[: k * 8]]


def _saved(brand: Brand | None, intent: Intent, language: str) -> list[tuple[str, str]]:
    """The brand's saved whole replies for an intent."""
    if brand is None:
        return []
    return [
        (one.id, one.text)
        for one in brand.playbooks
        if one.intent == intent.value and one.language[:2] == language and one.part == "whole"
    ]


def _approved(
    past: PastReply, distance: float, intent: Intent, language: str, people: Sequence[Author], brand: Brand | None
) -> SimilarReply:
    text, usable = cleaned(past.text, language, people, brand)
    return SimilarReply(text, "approved", distance, intent, language, past.at, past.item_id, usable=usable)


def cleaned(text: str, language: str, people: Sequence[Author], brand: Brand | None) -> tuple[str, bool]:
    """A reply without what points at the person it was for, and whether nothing of theirs can be left in it.

    Their names become ``{prénom}`` (``{first_name}``), other details and figures that are no fact of the brand become
    ``{détail}`` (``{detail}``).
    """
    said = _words(text)
    near = [
        one for one in people if said & {folded(word) for word in re.findall(r"[^\W\d_]+", f"{one.name} {one.handle}")}
    ]
    vault = Vault([one.name for one in near], [one.handle for one in near], public_words(brand))
    name, detail = _NAMED[language], _DETAIL[language]
    masked = _TOKEN.sub(lambda token: name if token[1] == "PERSON" else detail, vault.mask(text))
    own = " ".join([*public_words(brand), *(fact.statement for fact in brand.facts)] if brand else [])
    kept = _FIGURE.sub(lambda figure: figure.group() if figure.group() in own else detail, masked)
    kept = _LINK.sub(lambda link: link.group() if link.group().rstrip(".,;") in own else detail, kept)
    named = [word.group().strip() for word in _CAPITALISED.finditer(kept) if word.group().strip() not in own]
    return kept, detail not in kept and not named and kept.count(name) <= 1


def again(reply: SimilarReply, author: Author) -> str | None:
    """An approved reply worded for another author, when it is near and holds nothing of the one it was for."""
    if reply.source != "approved" or not reply.usable or reply.distance > NEAR:
        return None
    return _named(reply, author)


def _named(reply: SimilarReply, author: Author) -> str:
    """The reply's text with the first name of ``author`` in its slot, or without the slot."""
    from copilot.playbook._reading import greeting_name

    name = greeting_name(author.name)
    slot = _NAMED[reply.language]
    return reply.text.replace(slot, name) if name else re.sub(rf"[ \u00a0\u202f]?{re.escape(slot)}", "", reply.text)


def _words(text: str) -> set[str]:
    return {folded(word) for word in re.findall(r"[^\W\d_]+", text)}

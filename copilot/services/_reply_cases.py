"""A message to answer with what its answer needs to know, read without the rest of its thread."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from copilot import networks
from copilot.domain.brand import Brand
from copilot.domain.conversation import Author, Message, ReplyProposal, Thread
from copilot.domain.item import Item, ItemKind
from copilot.errors import UserError
from copilot.text.personal import flat
from copilot.text.privacy import Register, Vault

if TYPE_CHECKING:
    from copilot.store.unit_of_work import UnitOfWork

#: How many earlier messages a writer sees before the one it answers.
CONTEXT_MESSAGES = 6
#: What a name and a text may share: letters, or digits, as the vault cuts names.
_WORD = re.compile(r"[^\W\d_]+|\d+")
#: "Nanou" of "NanouCrochet".
_CAMEL = re.compile(r"[A-ZÀ-Þ][a-zß-ÿ]{2,}")

#: Where a reply is taken to go when nobody said where its thread comes from.
USUAL_NETWORK = "facebook_page"


@dataclass(frozen=True, slots=True)
class Case:
    """A message to answer. ``thread`` is without its messages; ``context`` the post and what was said before.

    ``answered`` is what the message answers, or what its author had just said; empty when neither is near.
    """

    thread: Thread
    message: Message
    context: tuple[str, ...]
    answered: str = ""


def case_of(work: UnitOfWork, thread_id: int, message_id: int) -> Case:
    """The case of one message, its thread not read whole.

    Raises:
        UserError: ``thread.unknown``, ``message.not_in_thread``.
    """
    thread = work.threads.around(thread_id, message_id, CONTEXT_MESSAGES)
    return case_at(thread, len(thread.messages) - 1)


def case_at(thread: Thread, place: int) -> Case:
    """The case of the message at ``place`` of a thread with its messages."""
    message, before = thread.messages[place], read_before(thread, place)
    # What was not said in public helps no public reply: it could come out in it.
    said = (one.text for one in before if not one.hidden)
    context = tuple(text for text in (thread.post_text, *said) if text)
    return Case(replace(thread, messages=()), message, context, _answered(message, before))


def read_before(thread: Thread, place: int) -> tuple[Message, ...]:
    """The messages just before the one at ``place`` that bear on its answer, hidden ones among them.

    What gives orders to a machine is none of them unless the message goes on with it: a stranger who leaves such
    orders under a post would have a hand in the answers to everybody else.
    """
    message = thread.messages[place]
    before = thread.messages[max(0, place - CONTEXT_MESSAGES) : place]
    return tuple(one for one in before if _goes_on(message, one) or not _gives_orders(one))


def _goes_on(message: Message, before: Message) -> bool:
    """True where ``message`` answers ``before``, or is by the same account."""
    if message.parent_id is not None and message.parent_id == before.external_id:
        return True
    return _is_same(message.author, before.author)


def _gives_orders(message: Message) -> bool:
    if message.triage is not None:
        return message.triage.hostile
    from copilot.intelligence.hostile import is_hostile

    return is_hostile(message.text)


def _answered(message: Message, before: Sequence[Message]) -> str:
    if message.parent_id is not None:
        return next((one.text for one in before if one.external_id == message.parent_id and not one.hidden), "")
    last = before[-1] if before else None
    return last.text if last is not None and _is_same(last.author, message.author) and not last.hidden else ""


def _is_same(one: Author, other: Author) -> bool:
    """True for one account: the same handle, or the same name where neither has a handle; nobody is never the same."""
    return bool(one.handle or one.name) and (one.handle, one.name) == (other.handle, other.name)


def language_of(message: Message) -> str:
    """The language of a triaged message; ``und`` when it was not triaged."""
    return message.triage.language if message.triage else "und"


def reply_language(detected: str, brand: Brand | None) -> str:
    """The language to answer in: the person's when we write it, else the brand's."""
    return detected if detected in ("fr", "en") else (brand.voice.language if brand else "fr")


def public_words(brand: Brand | None) -> tuple[str, ...]:
    """What a brand says of itself in public: not personal data."""
    if brand is None:
        return ()
    contact = brand.contact
    reach = (contact.email, contact.phone, contact.url, contact.private_channel, contact.team)
    return tuple(word for word in (brand.name, *reach, *brand.accounts.values(), brand.voice.signature) if word)


def vault_of(
    people: Iterable[Author], texts: Iterable[str], brand: Brand | None, register: Register | None = None
) -> Vault:
    """The pseudonyms of one answer: the people of the thread that ``texts`` may name.

    Only those who share a word with ``texts`` are looked for: a thread may have 100,000 authors.
    """
    said = {word.casefold() for text in texts for word in _WORD.findall(flat(text))}

    def named(name: str) -> bool:
        plain = flat(name)
        return any(word.casefold() in said for word in (*_WORD.findall(plain), *_CAMEL.findall(plain)))

    known = tuple(people)
    return Vault(
        known_names=[one.name for one in known if named(one.name)],
        known_handles=[one.handle for one in known if named(one.handle)],
        allowed=public_words(brand),
        register=register,
    )


def still_there(work: UnitOfWork, message: Message) -> None:
    """A late answer goes to its own message, or nowhere when that one is gone or says something else.

    Raises:
        UserError: ``review.message_changed``.
    """
    present = work.threads.messages([message.id]).get(message.id)
    if present is None or present.sha256 != message.sha256:
        raise UserError("review.message_changed", id=message.id)


def reply_item(
    case: Case, proposal: ReplyProposal, *, brand: Brand | None, structure: str, writer: str, author: str
) -> Item:
    """The draft of a proposed reply, not stored."""
    network = networks.get(case.thread.network or USUAL_NETWORK)
    return Item(
        id=0,
        kind=ItemKind.REPLY,
        network=network.id,
        account=brand.accounts.get(network.id, "") if brand else "",
        language=proposal.language,
        text=proposal.text or "",
        brand_id=brand.id if brand else "",
        message_id=case.message.id,
        answers=case.message.sha256,
        structure=proposal.approach.value if proposal.approach else structure,
        writer=writer,
        author=author,
    )

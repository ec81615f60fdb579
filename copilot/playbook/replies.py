"""Replies without a model: composed from parts, the brand's saved replies and its facts. Nothing is invented.

The message only chooses among sentences of our own; no word of it is copied. Every number, date, price, link or
promise of a reply comes from a valid fact or the brand's contact; what is missing stays an open slot ``{name}``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from copilot import networks
from copilot.domain.brand import Address, Brand, Contact, Fact, Typography, VoiceProfile
from copilot.domain.conversation import Approach, Decider, Intent, ReplyProposal, Tone, Triage, Urgency
from copilot.domain.wording import Wording
from copilot.playbook import _reading, slots
from copilot.playbook._composing import Parts, compose
from copilot.playbook._library import GENERAL, Library, cue_pattern, library
from copilot.playbook._parts import SLOT, Chooser, Setting, finished, seed_of
from copilot.playbook._reply_facts import lowered
from copilot.playbook._writer import Writer
from copilot.text.typography import apply_all

#: Words of a reply beyond which the parts that can go are dropped (practice: 60 to 80 for an unhappy person).
MOST_WORDS = 78
#: Characters aimed at on networks whose limit is near 300, so that the reply fits with its signature.
TIGHT_CHARACTERS = 270
TIGHT_NETWORKS = frozenset({"x", "bluesky"})
#: Parts that can go, the first to go first.
DROPPED = ("closing", "sharing", "empathy", "looking", "action", "unknown", "why", "contact", "ack")
#: Words of cues that make a complaint of a message triage could not place.
CLEAR_CONCERN = 2
#: Recent replies looked at, at most.
MOST_AVOIDED = 200

#: What triage calls the concern of people in danger.
DANGER = "safety"

LANGUAGES = ("fr", "en")
_DEFAULT_APPROACH = {
    Intent.COMPLAINT: Approach.EMPATHIC,
    Intent.QUESTION: Approach.FACTUAL,
    Intent.PRAISE: Approach.EMPATHIC,
    Intent.SUGGESTION: Approach.EMPATHIC,
    Intent.MALINFORMED: Approach.FACTUAL,
    Intent.PRIVATE_DATA_REQUEST: Approach.PRIVATE,
    Intent.CRISIS_SIGNAL: Approach.FACTUAL,
}
#: Intents that may hide a journalist's request.
_MAY_COME_FROM_PRESS = frozenset({Intent.CRISIS_SIGNAL, Intent.QUESTION, Intent.PRIVATE_DATA_REQUEST, Intent.OTHER})
_MAY_HIDE_DANGER = frozenset({Intent.COMPLAINT, Intent.QUESTION, Intent.SUGGESTION, Intent.MALINFORMED, Intent.OTHER})


def propose_reply(
    message: str,
    triage: Triage,
    *,
    brand: Brand | None,
    language: str,
    approach: Approach | None = None,
    address: Address | None = None,
    author_name: str = "",
    network: str = "",
    today: date,
    context: Sequence[str] = (),
    answered: str = "",
    facts: Sequence[Fact] = (),
    variant: int = 0,
    avoid: Sequence[str] = (),
) -> ReplyProposal:
    """Propose a reply to ``message``, or say why there is none.

    Args:
        message: The text answered. It is data: read to choose parts, never copied nor expanded.
        triage: What triage said of it.
        brand: Voice, facts, contact and saved replies; None writes with open slots and without a signature.
        language: The reply's language, ``fr`` or ``en``; with any other the brand's own language is used.
        approach: The way to build it; None takes the one usual for the intent.
        address: tu or vous; None takes the brand's.
        author_name: As the network showed it; greeted by first name only when it clearly is one.
        network: Where it goes; on short networks parts are dropped to fit.
        today: Facts no longer valid on this day are not used.
        context: Earlier messages of the thread, oldest first, whoever wrote them; the last one is read where a short
            message points back to it ("pareil pour moi").
        answered: What the message answers or goes on with; read when it is too short to tell its concern.
        facts: Facts of this answer only, used before the brand's.
        variant: Another number gives another reply to the same message.
        avoid: Recent replies, whose sentences are used less.
    """
    spoken = language if language in LANGUAGES else _brand_language(brand)
    shelf = library(spoken)
    read = _read(message, answered, context)
    refused = _no_reply(message, triage, read, shelf, spoken)
    if refused:
        return refused
    way = approach or _usual_approach(triage)
    recent = _as_composed(avoid, spoken)
    writer = _writer(message, read, triage, way, shelf, brand, address, author_name, today, facts, variant, recent)
    if spoken != language:
        writer.tell("language_brand", asked=language, used=spoken)
    text = _saved_whole(writer) or _composed(writer, network)
    return _proposal(writer, text, network)


def _as_composed(recent: Sequence[str], language: str) -> tuple[str, ...]:
    """Recent replies with the spaces of our sentences, which a network or a house changed."""
    return tuple(text if "\u202f" in text else finished(text, language) for text in recent[-MOST_AVOIDED:])


def _as_the_house_writes(text: str, writer: Writer, network: str) -> str:
    style = writer.brand.style.typography if writer.brand else Typography.FRANCE
    there = networks.load().get(network)
    return apply_all(text, writer.language, there, style, part="reply")


def _brand_language(brand: Brand | None) -> str:
    asked = brand.voice.language[:2] if brand else ""
    return asked if asked in LANGUAGES else LANGUAGES[0]


def _usual_approach(triage: Triage) -> Approach:
    if triage.intent is Intent.COMPLAINT and triage.explicit_toxic:
        return Approach.FIRM
    return _DEFAULT_APPROACH.get(triage.intent, Approach.EMPATHIC)


def _read(message: str, answered: str, context: Sequence[str]) -> str:
    """The message folded; a very short one with what it goes on with, never with what a stranger said beside it."""
    folded = _reading.fold(message)
    if len(folded.split()) > _reading.SHORT_MESSAGE_WORDS:
        return folded
    before = answered or (context[-1] if context and _reading.points_back(folded) else "")
    return f"{folded} {_reading.fold(before)}".strip()


def _no_reply(message: str, triage: Triage, read: str, shelf: Library, language: str) -> ReplyProposal | None:
    """Danger, distress, law and press go to a person; trolls and spam get no answer; the unclear is to be read."""
    taken = _for_a_person(_reading.fold(message), "?" in message, triage, read, shelf)
    if taken:
        return ReplyProposal(None, language, None, human_now=True, why=(Wording(f"reply.why.{taken}"),))
    if triage.intent in (Intent.TROLL, Intent.SPAM):
        why = Wording(f"reply.why.{triage.intent.value}")
        return ReplyProposal(None, language, None, do_not_answer=True, why=(why,))
    unclear = triage.intent is Intent.OTHER and triage.unsure
    if _reading.is_blank(message) or (unclear and not _reading.is_plain(message, triage.tone)):
        return ReplyProposal(None, language, None, why=(Wording("reply.why.to_be_read"),))
    return None


def _for_a_person(said: str, asks: bool, triage: Triage, read: str, shelf: Library) -> str:
    """Why a person must take over at once, or nothing. ``said`` is the message alone, ``read`` what is read of it."""
    if _press_asks(said, asks, shelf):
        return "press"
    danger = _in_danger(triage, read, shelf)
    if danger:
        return "danger_now"
    if triage.intent is Intent.DISTRESS:
        if triage.urgency is not Urgency.P0:
            return "distress_person"
        return "violence_now" if triage.tells("home_violence") else "distress_now"
    handed = shelf.pools["handed"]
    if triage.intent is Intent.CRISIS_SIGNAL and _reading.any_cue(read, [cue_pattern(handed["legal"])]):
        return "legal"
    if triage.intent in _MAY_COME_FROM_PRESS and _reading.any_cue(read, [cue_pattern(handed["press"])]):
        return "press"
    return ""


def _press_asks(said: str, asks: bool, shelf: Library) -> bool:
    """True for a journalist who asks about a danger; one who is in danger is told of as anybody is."""
    handed = shelf.pools["handed"]
    if not _reading.any_cue(said, [cue_pattern(handed["journalist"])]):
        return False
    asking = asks or _reading.any_cue(said, [cue_pattern(handed["press_asks"])])
    return asking and not _reading.any_cue(said, [cue_pattern(handed["own_danger"])])


def _in_danger(triage: Triage, read: str, shelf: Library) -> bool:
    cues = shelf.pools["danger"]
    certain, reported = cue_pattern(cues["always"]), cue_pattern(cues["reported"])
    if triage.intent is Intent.CRISIS_SIGNAL:
        return DANGER in triage.topics or _reading.any_cue(read, [certain, reported])
    if _is_settled(triage):
        return False
    return triage.intent in _MAY_HIDE_DANGER and _reading.any_cue(read, [certain])


def _is_settled(triage: Triage) -> bool:
    """True when a person said what the message is: who says that it is a complaint has seen what it tells."""
    return triage.decided_by is Decider.PERSON


def _concerned_with(triage: Triage, shelf: Library) -> Library:
    """``shelf`` with what an answer may be about: no danger is read into what a person says is none."""
    if not _is_settled(triage) or triage.intent is Intent.CRISIS_SIGNAL:
        return shelf
    return replace(shelf, concerns=tuple(one for one in shelf.concerns if one.topic != DANGER))


def _writer(
    message: str,
    read: str,
    triage: Triage,
    approach: Approach,
    shelf: Library,
    brand: Brand | None,
    address: Address | None,
    author_name: str,
    today: date,
    facts: Sequence[Fact],
    variant: int,
    avoid: Sequence[str],
) -> Writer:
    """Everything the recipes need, read once."""
    voice = brand.voice if brand else VoiceProfile()
    channel = slots.channel_phrase(brand.contact if brand else Contact(), shelf.language, voice.language)
    setting = Setting(
        language=shelf.language,
        address=address or voice.address,
        thing=None,
        values={"channel": channel or slots.channel_slot(shelf.language)},
    )
    banned = [*voice.banned, *(term.instead_of for term in voice.preferred)]
    chooser = Chooser(
        seed=seed_of(message, approach.value),
        variant=variant,
        avoid=tuple(avoid)[-MOST_AVOIDED:],
        banned=tuple(term.lower() for term in banned if term.strip()),
    )
    valid = (*(fact for fact in facts if fact.is_valid_on(today)), *(brand.facts_on(today) if brand else ()))
    typeset = [replace(fact, statement=finished(fact.statement, shelf.language)) for fact in valid]
    return Writer(
        message=message,
        folded=read,
        triage=_answerable(triage, read, shelf),
        topics=_reading.topics_of(shelf, read, triage.topics),
        approach=approach,
        library=_concerned_with(triage, shelf),
        setting=setting,
        chooser=chooser,
        brand=brand,
        facts=tuple(fact for fact in typeset if fact.statement.strip()),
        channel=channel,
        first_name=_reading.greeting_name(author_name),
        supplied=frozenset(fact.id for fact in facts),
        why=[Wording("reply.why.unsure")] if triage.unsure else [],
    )


def _answerable(triage: Triage, read: str, shelf: Library) -> Triage:
    """Something unclear is answered by its tone: the unhappy are heard, those who praise something thanked for it."""
    ironic = _reading.any_cue(read, [cue_pattern(shelf.pools["handed"]["irony"])])
    if triage.intent is Intent.PRAISE and (triage.tone is Tone.NEGATIVE or ironic) and not _is_settled(triage):
        return replace(triage, intent=Intent.COMPLAINT)
    if triage.intent is not Intent.OTHER:
        return triage
    praised = _reading.praise_of(shelf, read, ()).name != GENERAL
    clear = any(_reading.cue_weight(concern.cues, read) >= CLEAR_CONCERN for concern in shelf.concerns)
    wronged = triage.tone is Tone.NEUTRAL and clear
    if triage.tone is Tone.NEGATIVE or wronged or ironic:
        return replace(triage, intent=Intent.COMPLAINT)
    return replace(triage, intent=Intent.PRAISE) if triage.tone is Tone.POSITIVE and praised else triage


def _situation(writer: Writer) -> slots.Situation:
    return slots.Situation(
        intent=writer.triage.intent,
        approach=writer.approach,
        language=writer.language,
        address=writer.setting.address,
        topics=frozenset(writer.triage.topics),
        folded=writer.folded,
    )


def _saved_texts(writer: Writer, part: str) -> dict[str, str]:
    """The brand's saved texts for ``part``, filled, with the id of each."""
    brand = writer.brand
    if brand is None:
        return {}
    return {
        finished(
            slots.fill(
                saved.text, brand=brand, first_name=writer.first_name, channel=writer.channel, facts=writer.facts
            ),
            writer.language,
        ): saved.id
        for saved in slots.saved_for(brand.playbooks, part, _situation(writer))
    }


def _saved_whole(writer: Writer) -> str | None:
    """A whole saved reply, unless the last replies already held each of those that fit."""
    texts = _saved_texts(writer, "whole")
    recent = writer.chooser.avoid[-slots.RECENT :]
    free = [text for text in texts if text not in recent]
    if texts and not free:
        writer.tell("saved_rested", id=next(iter(texts.values())))
    if not free:
        return None
    chosen = writer.chooser.pick("whole", free)
    _tell_saved(writer, texts[chosen], chosen)
    return chosen


def _tell_saved(writer: Writer, identifier: str, text: str) -> None:
    writer.tell("saved", id=identifier)
    writer.verbatim.append(text)
    stated = [fact.id for fact in writer.facts if fact.statement.strip().rstrip(".")[1:] in text]
    writer.used_facts.extend(identifier for identifier in stated if identifier not in writer.used_facts)


def _composed(writer: Writer, network: str) -> str:
    parts = [_with_saved(writer, name, text) for name, text in compose(writer)]
    greeting = _greeting(writer)
    signature = writer.brand.voice.signature.strip() if writer.brand else ""
    full = _assembled(greeting, parts, signature, writer.verbatim)
    fitted = _fitted(greeting, parts, signature, network, writer.verbatim)
    if len(fitted) < len(full) and network in TIGHT_NETWORKS:
        writer.tell("shortened")
    return fitted


def _with_saved(writer: Writer, name: str, text: str) -> tuple[str, str]:
    """The brand's own sentence in place of ours, unless it came back often lately or the part holds a fact."""
    texts = {} if name == "answer" and writer.used_facts else _saved_texts(writer, name)
    recent = writer.chooser.avoid[-slots.RECENT :]
    free = [own for own in texts if sum(own[1:] in reply for reply in recent) < slots.SAVED_PART_USES]
    if not free:
        return name, text
    chosen = writer.chooser.pick(f"saved {name}", free)
    _tell_saved(writer, texts[chosen], chosen)
    return name, chosen


def _greeting(writer: Writer) -> str:
    saved = _saved_texts(writer, "greeting")
    if saved:
        return writer.chooser.pick("greeting", list(saved))
    kind = "named" if writer.first_name else "plain"
    pool = [greeting.replace("{name}", writer.first_name) for greeting in writer.library.pool("greeting", kind)]
    order = writer.chooser.toss("greeting", len(pool))
    return pool[order]


def _assembled(greeting: str, parts: Parts, signature: str, verbatim: Sequence[str]) -> str:
    """One paragraph after the greeting, the signature on its own line."""
    sentences = [text for _name, text in parts]
    if not greeting.endswith((",", ".", "!", "…")):
        greeting += ","
    if greeting.endswith(","):
        sentences[:1] = [_after_comma(sentences[0], verbatim)] if sentences else []
    return "\n".join(filter(None, [" ".join([greeting, *sentences]), signature]))


def _after_comma(sentence: str, verbatim: Sequence[str]) -> str:
    """A sentence that follows "Hello," begins small; one that is not ours, only when its first word is ordinary."""
    if any(sentence.startswith(own) for own in verbatim):
        return lowered(sentence)
    return sentence[:1].lower() + sentence[1:]


def _fitted(greeting: str, parts: Parts, signature: str, network: str, verbatim: Sequence[str]) -> str:
    """The reply within its length: the parts that can go are dropped one by one, the least needed first."""
    kept = list(parts)
    text = _assembled(greeting, kept, signature, verbatim)
    for name in DROPPED:
        if _fits(text, network):
            break
        without = [part for part in kept if part[0] != name]
        if without:
            kept = without
            text = _assembled(greeting, kept, signature, verbatim)
    return text


def _fits(text: str, network: str) -> bool:
    if network in TIGHT_NETWORKS and len(text) + text.count("\u202f") > TIGHT_CHARACTERS:
        return False
    return len(text.split()) <= MOST_WORDS


def _proposal(writer: Writer, text: str, network: str) -> ReplyProposal:
    text = _as_the_house_writes(finished(text, writer.language), writer, network)
    open_slots = tuple(dict.fromkeys(SLOT.findall(text)))
    if slots.channel_slot(writer.language)[1:-1] in open_slots:
        writer.tell("no_channel")
    if writer.triage.explicit_toxic:
        writer.tell("toxic")
    return ReplyProposal(
        text=text,
        language=writer.language,
        approach=writer.approach,
        why=tuple(writer.why),
        slots=open_slots,
        used_facts=tuple(dict.fromkeys(writer.used_facts)),
    )

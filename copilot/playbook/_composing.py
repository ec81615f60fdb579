"""The recipes: which parts make a reply, by intent and approach."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from copilot.domain.brand import EmojiPolicy, Fact
from copilot.domain.conversation import Approach, Intent
from copilot.domain.wording import Wording
from copilot.playbook import _reading, _reply_facts
from copilot.playbook._library import GENERAL, Concern, cue_pattern
from copilot.playbook._parts import SLOT, capitalised
from copilot.playbook._writer import Writer

Parts = list[tuple[str, str]]

#: Concerns on which a rule of the brand may be stated to an unhappy person without sounding like a rebuff.
FACTS_FOR_COMPLAINTS = frozenset({"refund", "warranty", "opening_hours", "safety", "environment"})
_ANSWER_SLOT = {"fr": "{réponse}", "en": "{answer}"}
_VERIFIED_SLOT = {"fr": "{information vérifiée}", "en": "{verified information}"}
_PRIVACY_WORDS = frozenset({"rgpd", "dpo", "donnees", "donnees personnelles", "vie privee", "gdpr", "privacy", "data"})


def compose(writer: Writer) -> Parts:
    """The parts of the reply to the writer's message, named, in order."""
    recipes: dict[Intent, Callable[[Writer], Parts]] = {
        Intent.COMPLAINT: complaint,
        Intent.QUESTION: question,
        Intent.PRAISE: praise,
        Intent.SUGGESTION: suggestion,
        Intent.MALINFORMED: malinformed,
        Intent.PRIVATE_DATA_REQUEST: personal,
        Intent.CRISIS_SIGNAL: holding,
    }
    return recipes.get(writer.triage.intent, other)(writer)


def complaint(writer: Writer) -> Parts:
    """To an unhappy person: acknowledge the very fact, apologise, say what we do, go private."""
    concern = _reading.concern_of(writer.library, writer.folded, writer.triage.topics)
    thing = _reading.thing_of(writer.library, writer.folded, concern)
    writer.setting = replace(writer.setting, thing=thing)
    made = {
        Approach.SHORT: _complaint_short,
        Approach.EMPATHIC: _complaint_empathic,
        Approach.FACTUAL: _complaint_factual,
        Approach.FIRM: _complaint_firm,
        Approach.PRIVATE: _complaint_private,
    }
    if concern.name != GENERAL:
        writer.tell("topic", topic=Wording(f"reply.topic.{concern.topic}"))
        return made[writer.approach](writer, concern)
    # Nothing here names what the person complains of: politeness alone is no answer, a person says what it is.
    writer.tell("concern_open")
    others = [part for part in made[writer.approach](writer, concern) if part[0] != "ack"]
    return [("point", writer.say("negative", "point", slot=_ANSWER_SLOT[writer.language])), *others]


def _acknowledge(writer: Writer, concern: Concern, *, named: bool | None = None) -> str:
    """The concern in our words; ``named`` asks for (or forbids) "thank you for telling us about"."""
    np = writer.set_all(concern.np)
    if named or (named is None and writer.toss("ack", 3) == 0):
        return writer.among("ack", writer.with_each("negative", "ack_np", "np", np))
    return writer.among("ack", writer.set_all(concern.ack))


def _sorry(writer: Writer, concern: Concern, *, specific: bool = False) -> str:
    exact = writer.with_each("negative", "sorry_que", "que", writer.set_all(concern.que))
    exact += writer.with_each("negative", "sorry_np", "np", writer.set_all(concern.np[:1]))
    return writer.among("sorry", exact, () if specific or concern.light else writer.every("negative", "sorry"))


def _sorry_briefly(writer: Writer, concern: Concern) -> str:
    return _sorry(writer, concern) if concern.light else writer.say("negative", "sorry")


def _private_check(writer: Writer, concern: Concern) -> str:
    """To the private channel, for what we want to look into: the purpose first, so that it turns too."""
    check = writer.phrase("check", writer.set_all(concern.check))
    pool = "private_light" if concern.light else "private_check"
    return writer.among("private", writer.every("negative", pool, check=check))


def _private_plain(writer: Writer) -> str:
    return writer.among("private", writer.every("negative", "private_plain"))


def _action(writer: Writer, concern: Concern) -> str:
    return writer.say("negative", "action", team=writer.setting.set(concern.team))


def _complaint_short(writer: Writer, concern: Concern) -> Parts:
    if writer.toss("shape"):
        start = [("sorry", _sorry(writer, concern, specific=True))]
    else:
        start = [("ack", _acknowledge(writer, concern, named=False)), ("sorry", _sorry_briefly(writer, concern))]
    return [*start, ("private", _private_check(writer, concern))]


def _complaint_empathic(writer: Writer, concern: Concern) -> Parts:
    """Three shapes, so that a thread of unhappy people does not read like one reply sent to all."""
    shape = writer.toss("shape", 3)
    if shape:
        parts = [("ack", _acknowledge(writer, concern)), ("sorry", _sorry(writer, concern))]
    else:
        parts = [("sorry", _sorry(writer, concern, specific=True))]
    if shape != 1:
        parts.append(("action", _action(writer, concern)))
    parts.append(("private", _private_check(writer, concern)))
    if shape != 2:
        parts.append(("closing", writer.say("negative", "closing")))
    return parts


def _complaint_factual(writer: Writer, concern: Concern) -> Parts:
    parts = [("ack", _acknowledge(writer, concern, named=True)), ("sorry", _sorry_briefly(writer, concern))]
    stated = _complaint_fact(writer, concern)
    if stated:
        parts.append(("answer", stated))
    else:
        checks = writer.set_all(concern.check)
        parts.append(("looking", writer.among("looking", writer.with_each("negative", "looking", "check", checks))))
    return [*parts, ("action", _action(writer, concern)), ("private", _private_plain(writer))]


def _complaint_firm(writer: Writer, concern: Concern) -> Parts:
    np = writer.set_all(concern.np)
    parts = [("ack", writer.among("ack", writer.with_each("negative", "firm_ack", "np", np)))]
    if writer.triage.explicit_toxic:
        parts.append(("respect", writer.say("negative", "firm_respect")))
    stated = _complaint_fact(writer, concern)
    if stated:
        parts.append(("answer", stated))
    return [*parts, ("position", writer.say("negative", "firm_position")), ("private", _private_check(writer, concern))]


def _complaint_private(writer: Writer, concern: Concern) -> Parts:
    return [
        ("ack", _acknowledge(writer, concern)),
        ("sorry", _sorry_briefly(writer, concern)),
        ("why", writer.say("negative", "private_why")),
        ("private", _private_plain(writer)),
    ]


def _complaint_fact(writer: Writer, concern: Concern) -> str | None:
    if concern.topic not in FACTS_FOR_COMPLAINTS:
        return None
    fact = writer.pick_fact(
        lambda facts: _reply_facts.context_of_complaint(writer.message, facts, writer.library, concern.topic)
    )
    return _stated(writer, fact, "fact", "complaint") if fact else None


def _stated(writer: Writer, fact: Fact, section: str, name: str, *, source: str = "") -> str:
    """``fact`` as a sentence of the pool ``section.name``."""
    answer = writer.state(fact)
    if not answer.frameable:
        return f"{capitalised(answer.body)}{source}."
    if not answer.label:
        return writer.say(section, name, fact=answer.lowered, Fact=capitalised(answer.body), source=source)
    return writer.say("fact", "labelled", fact=f"{answer.body}{source}", label=_small(answer.label))


def _small(label: str) -> str:
    """A label inside a sentence: "Horaires" loses its capital, "SAV" keeps them."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def question(writer: Writer) -> Parts:
    """To a question: the brand's own fact, else an open slot, else the private channel."""
    asked = _reply_facts.questions_of(writer.message)
    if not 2 <= len(asked) <= _reply_facts.MOST_QUESTIONS:
        asked = [writer.message]
    found = [_fact_for(writer, one) for one in asked]
    stated = list(dict.fromkeys(fact for fact in found if fact))
    return _answered(writer, stated, complete=None not in found) if stated else _unanswered(writer)


def _fact_for(writer: Writer, asked: str) -> Fact | None:
    name = writer.brand.name if writer.brand else ""
    return writer.pick_fact(
        lambda facts: _reply_facts.answer_to_question(asked, facts, writer.library, writer.topics, name)
    )


def _question_ack(writer: Writer) -> str:
    subject = _reading.subject_of(writer.library, writer.folded, writer.topics)
    if not subject.subject:
        return writer.say("question", "ack_plain")
    return writer.say("question", "ack", subject=subject.subject)


def _answered(writer: Writer, facts: list[Fact], *, complete: bool) -> Parts:
    """One fact a question; what stays unanswered is left open for a person."""
    parts: Parts = []
    if writer.approach is Approach.EMPATHIC:
        parts.append(("ack", _question_ack(writer) if writer.toss("ack") else writer.say("question", "empathy")))
    parts.append(("answer", _stated(writer, facts[0], "fact", "sentence")))
    parts.extend(("answer", _stated(writer, fact, "fact", "also")) for fact in facts[1:])
    if not complete:
        writer.tell("part_open")
        parts.append(("answer", writer.say("question", "other_part", slot=_ANSWER_SLOT[writer.language])))
    if writer.approach is Approach.PRIVATE:
        parts.append(("private", writer.say("question", "private")))
    elif writer.approach is not Approach.SHORT:
        parts.append(("closing", writer.say("question", "closing")))
    return parts


def _unanswered(writer: Writer) -> Parts:
    """Nothing known answers it: a person fills the answer in, or the private channel does; no promise to come back."""
    writer.tell("no_fact")
    if writer.approach is Approach.PRIVATE:
        return [("ack", _question_ack(writer)), ("private", writer.say("question", "private"))]
    caring = writer.approach is Approach.EMPATHIC and not writer.toss("ack")
    ack = writer.say("question", "empathy") if caring else _question_ack(writer)
    answer = writer.say("question", "answer_slot", slot=_ANSWER_SLOT[writer.language])
    if writer.approach in (Approach.SHORT, Approach.EMPATHIC):
        return [("ack", ack), ("answer", answer)]
    return [("ack", ack), ("answer", answer), ("closing", writer.say("question", "closing"))]


def praise(writer: Writer) -> Parts:
    """To praise: thank for the very thing, say it is shared, at most one emoji."""
    told = _reading.praise_of(writer.library, writer.folded, writer.triage.topics)
    parts = [("thanks", writer.among("thanks", writer.set_all(told.thanks)))]
    if writer.approach is Approach.PRIVATE:
        parts.append(("private", writer.say("praise_more", "private")))
        return _with_emoji(writer, parts)
    if writer.approach is not Approach.SHORT:
        parts.append(("sharing", writer.say("praise_more", "sharing")))
    if writer.approach is Approach.SHORT or writer.toss("closing"):
        parts.append(("closing", writer.say("praise_more", "closing")))
    return _with_emoji(writer, parts)


def _with_emoji(writer: Writer, parts: Parts) -> Parts:
    policy = writer.brand.voice.emoji if writer.brand else EmojiPolicy.NONE
    wanted = policy is EmojiPolicy.FREE or (policy is EmojiPolicy.SPARING and writer.toss("emoji", 3) == 0)
    if not wanted:
        return parts
    name, sentence = parts[-1]
    return [
        *parts[:-1],
        (name, f"{sentence} {writer.chooser.pick('emoji', writer.library.pool('praise_more', 'emoji'))}"),
    ]


def suggestion(writer: Writer) -> Parts:
    """To an idea: thank, say it is passed on; never that it will be done."""
    subject = _reading.subject_of(writer.library, writer.folded, writer.triage.topics)
    if subject.subject and writer.toss("thanks"):
        thanks = writer.say("suggestion", "thanks_subject", subject=subject.subject)
    else:
        thanks = writer.say("suggestion", "thanks")
    parts = [("thanks", thanks)]
    if writer.approach is Approach.EMPATHIC:
        parts.append(("empathy", writer.say("suggestion", "empathy")))
    if writer.approach in (Approach.FACTUAL, Approach.FIRM):
        parts.append(("answer", writer.say("suggestion", "factual")))
    parts.append(("action", writer.say("suggestion", "passed_on")))
    if writer.approach is Approach.PRIVATE:
        parts.append(("private", writer.say("other", "private")))
    elif writer.approach is not Approach.SHORT and writer.toss("closing"):
        parts.append(("closing", writer.say("suggestion", "closing")))
    return parts


def malinformed(writer: Writer) -> Parts:
    """To a mistaken claim: the fact and its source, without irony; an open slot when the brand has none."""
    opening = [("ack", writer.say("malinformed", "open"))]
    fact = writer.pick_fact(
        lambda facts: _reply_facts.correction_of(writer.message, facts, writer.library, writer.topics)
    )
    if fact:
        source = writer.setting.set(writer.library.pools["fact"]["source"], source=fact.source) if fact.source else ""
        corrected = _stated(writer, fact, "malinformed", "correct", source=source)
    else:
        writer.tell("no_fact")
        corrected = writer.say("malinformed", "correct", fact=_VERIFIED_SLOT[writer.language], source="")
    parts = [*(opening if writer.approach is not Approach.SHORT else []), ("answer", corrected)]
    if writer.approach is Approach.PRIVATE:
        parts.append(("private", writer.say("malinformed", "private")))
    elif writer.approach is Approach.EMPATHIC or (writer.approach is Approach.FACTUAL and writer.toss("closing")):
        parts.append(("closing", writer.say("malinformed", "closing")))
    return parts


def personal(writer: Writer) -> Parts:
    """To a request about a person: nothing about anybody here; one's own case goes private."""
    writer.tell("personal_data")
    own = _reading.any_cue(writer.folded, [cue_pattern(writer.library.pools["personal"]["own_cues"])])
    if not own:
        return [("rule", writer.say("personal", "rule")), ("private", writer.say("personal", "private"))]
    parts = [("rule", writer.say("personal", "own"))]
    fact = writer.pick_fact(lambda facts: next((fact for fact in facts if _about_privacy(fact)), None))
    rights = _reading.any_cue(writer.folded, [cue_pattern(writer.library.pools["personal"]["rights_cues"])])
    if rights:
        writer.tell("rights_delay")
    if fact:
        return [*parts, ("answer", _stated(writer, fact, "fact", "complaint"))]
    email = writer.brand.contact.email.strip() if writer.brand else ""
    if rights and email:
        return [*parts, ("private", writer.say("personal", "own_email", slot=email))]
    return [*parts, ("private", writer.say("personal", "own_private"))]


def _about_privacy(fact: Fact) -> bool:
    return any(_reading.fold(topic) in _PRIVACY_WORDS for topic in fact.topics)


def holding(writer: Writer) -> Parts:
    """In a crisis: what is known, what is done, when we speak next, all of it left for a person to fill in."""
    writer.tell("holding")
    parts = [(name, writer.say("holding", name)) for name in ("known", "unknown", "doing", "next")]
    if writer.channel and not SLOT.search(writer.channel):
        parts.append(("contact", writer.say("holding", "contact")))
    return parts


def other(writer: Writer) -> Parts:
    """To a greeting: thank for it, say we are there. What says more is left for a person to answer."""
    thanks = ("thanks", writer.say("other", "thanks"))
    if writer.approach is Approach.PRIVATE:
        return [thanks, ("private", writer.say("other", "private"))]
    answer: Parts = []
    if not _reading.is_plain(writer.message, writer.triage.tone):
        writer.tell("concern_open")
        answer = [("answer", writer.say("other", "answer", slot=_ANSWER_SLOT[writer.language]))]
    if writer.approach is Approach.SHORT:
        return [thanks, *answer]
    return [thanks, *answer, ("closing", writer.say("other", "closing"))]

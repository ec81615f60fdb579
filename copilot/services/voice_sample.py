"""A sample of a brand's voice: what the playbook would write for it, from a brief and a comment that suit any brand."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from copilot import networks
from copilot.domain.brand import Brand, EmojiPolicy, PreferredTerm
from copilot.domain.conversation import Intent, Tone, Triage, Urgency
from copilot.domain.finding import Finding
from copilot.paths import assets_dir

#: Where the sample goes: a network where nothing has to be cut.
NETWORK = "facebook_page"
#: A sample follows typing: what is longer than this is not looked at.
_LONGEST = 120
_MOST = 50
_MOST_TERMS = 3
_TRIED = 10
_EMOJI = re.compile("[\u2600-\u27bf\U0001f300-\U0001faff]")
_ADDRESSED = re.compile(r"\b(?:vous|votre|vos|tu|te|ton|ta|tes|toi|you|your)\b|\bt’", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class VoiceSample:
    """A post and a reply in a brand's voice, and what the checks say of each (offsets into that text).

    ``replaced`` are the preferred terms the brief said otherwise: the post says them as the brand does.
    """

    language: str
    brief: str
    comment: str
    post: str
    reply: str
    post_findings: tuple[Finding, ...] = ()
    reply_findings: tuple[Finding, ...] = ()
    replaced: tuple[PreferredTerm, ...] = ()


@dataclass(frozen=True, slots=True)
class _Matter:
    """What the sample is written from."""

    brief: str
    words: str
    comment: str
    author: str


def voice_sample(brand: Brand, language: str, today: date) -> VoiceSample:
    """How ``brand`` would speak, whether it is stored, sound, or half typed. Nothing is kept.

    Its saved replies are left aside: they are shown as they are, whatever the voice. The brief says up to three of
    the words the brand avoids, and the post says what the brand says instead, as accepting each fix would.

    Args:
        brand: only the beginnings of very long values are read.
        language: ``fr`` or ``en``; French for any other.
        today: facts no longer valid on this day are not used.
    """
    spoken = language if language in ("fr", "en") else "fr"
    matter, short = _matter(spoken), _shortened(brand)
    terms = _plain_terms(short)
    said = ", ".join(term.instead_of for term in terms)
    brief = f"{matter.brief}\n{matter.words.replace('{words}', said)}\n" if terms else matter.brief
    post, replaced = _in_its_words(_post(brief, short, spoken), short, spoken, terms)
    reply = _reply(matter, short, spoken, today)
    return VoiceSample(
        language=spoken,
        brief=brief,
        comment=matter.comment,
        post=post,
        reply=reply,
        post_findings=_findings(post, short, spoken, "post", (brief, ""), today),
        reply_findings=_findings(reply, short, spoken, "reply", ("", matter.comment), today),
        replaced=replaced,
    )


@lru_cache(maxsize=4)
def _matter(language: str) -> _Matter:
    text = (assets_dir() / "playbooks" / "voice.toml").read_text(encoding="utf-8")
    return _Matter(**tomllib.loads(text)[language])


def _shortened(brand: Brand) -> Brand:
    """The brand with lists and texts of a bearable size, without saved replies."""
    voice, contact = brand.voice, brand.contact
    terms = [PreferredTerm(one.use[:_LONGEST], one.instead_of[:_LONGEST]) for one in voice.preferred[:_MOST]]
    facts = [
        replace(
            fact,
            statement=fact.statement[:_LONGEST],
            value=fact.value[:_LONGEST],
            topics=tuple(topic[:_LONGEST] for topic in fact.topics[:20]),
        )
        for fact in brand.facts[:_MOST]
    ]
    return replace(
        brand,
        name=brand.name[:_LONGEST],
        sector=brand.sector[:_LONGEST],
        description=brand.description[:_LONGEST],
        voice=replace(
            voice,
            preferred=tuple(terms),
            banned=tuple(term[:_LONGEST] for term in voice.banned[:_MOST]),
            signature=voice.signature[:_LONGEST],
        ),
        contact=replace(
            contact,
            private_channel=contact.private_channel[:_LONGEST],
            email=contact.email[:_LONGEST],
            phone=contact.phone[:_LONGEST],
            url=contact.url[:_LONGEST],
            team=contact.team[:_LONGEST],
        ),
        facts=tuple(facts),
        playbooks=(),
    )


def _plain_terms(brand: Brand) -> tuple[PreferredTerm, ...]:
    """The first terms that read well in a sentence."""
    usable = [
        term
        for term in brand.voice.preferred
        if term.use.strip() and term.instead_of.strip() and len(term.instead_of) <= 60 and term.instead_of.isprintable()
    ]
    return tuple(usable[:_MOST_TERMS])


def _post(brief: str, brand: Brand, language: str) -> str:
    from copilot.playbook.posts import compose_posts
    from copilot.text.facts import find_facts

    facts = find_facts(brief, language)
    network = networks.get(NETWORK)
    posts = compose_posts(brief, facts=facts, hashtags=(), brand=brand, network=network, language=language, variants=1)
    return posts[0].text if posts else ""


def _in_its_words(
    post: str, brand: Brand, language: str, terms: tuple[PreferredTerm, ...]
) -> tuple[str, tuple[PreferredTerm, ...]]:
    """The post with each preferred term in place of what the brief said, and the terms that were."""
    from copilot.checks import Context, Draft
    from copilot.checks.banned_term import check

    if not terms:
        return post, ()
    only = replace(brand, voice=replace(brand.voice, banned=(), preferred=terms))
    draft = Draft(text=post, network=networks.get(NETWORK), language=language, writer="playbook")
    found = sorted(check(draft, Context(only, (), (), date.min)), key=lambda one: one.start, reverse=True)
    after, last = post, len(post) + 1
    for finding in found:
        if finding.fix and finding.end <= last:
            fix = finding.fix[:1].upper() + finding.fix[1:] if finding.quote[:1].isupper() else finding.fix
            after, last = after[: finding.start] + fix + after[finding.end :], finding.start
    uses = {finding.fix for finding in found}
    return after, tuple(term for term in terms if term.use in uses)


def _reply(matter: _Matter, brand: Brand, language: str, today: date) -> str:
    """Of a few replies, the first in which the form of address and the emoji policy are heard."""
    # Chosen with few emoji allowed, so that another policy changes the emoji and not the whole reply.
    lively = replace(brand, voice=replace(brand.voice, emoji=EmojiPolicy.SPARING))
    said = [_reply_number(number, matter, lively, language, today) for number in range(_TRIED)]
    heard = [bool(_ADDRESSED.search(text)) * 2 + bool(_EMOJI.search(text)) for text in said]
    return _reply_number(heard.index(max(heard)), matter, brand, language, today)


def _reply_number(number: int, matter: _Matter, brand: Brand, language: str, today: date) -> str:
    from copilot.playbook.replies import propose_reply

    proposal = propose_reply(
        matter.comment,
        # The comment is ours: what triage says of it is known, and loading its lexicons takes half a second.
        Triage(language, Intent.PRAISE, Tone.POSITIVE, Urgency.P3, False, False),
        brand=brand,
        language=language,
        author_name=matter.author,
        network=NETWORK,
        today=today,
        variant=number,
    )
    return proposal.text or ""


def _findings(
    text: str, brand: Brand, language: str, part: str, matter: tuple[str, str], today: date
) -> tuple[Finding, ...]:
    from copilot.checks import Context, Draft, check

    brief, comment = matter
    contact = brand.contact
    reach = " ".join((contact.private_channel, contact.email, contact.phone, contact.url))
    facts = "\n".join(f"{fact.statement} {fact.value}" for fact in brand.facts_on(today))
    sources = tuple(one for one in (("brief", brief), ("facts", facts), ("contact", reach)) if one[1].strip())
    draft = Draft(text=text, network=networks.get(NETWORK), part=part, language=language, kind=part, writer="playbook")
    return check(draft, Context(brand, sources, (comment,) if comment else (), today))

"""What prompts are told of a brand, its facts, a network, a language: short lines of plain text.

Written in the language of the prompt (French when it is neither French nor English); values go in verbatim but
for their line breaks, and their braces are never expanded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from copilot.domain.brand import Brand, Fact, VoiceProfile
from copilot.domain.conversation import Approach
from copilot.domain.network import Network
from copilot.i18n import LANGUAGES, Translator

#: What the ``rewrite`` prompts can be asked, for :func:`rewrite_line`.
REWRITES = ("shorter", "warmer", "firmer", "simpler", "tu", "vous", "translate")

#: Characters of a French text per byte of its UTF-8 form, with a margin: accents, ’ and thin spaces take 2 or 3.
CHARS_PER_BYTE = 0.9

_BLANKS = re.compile(r"[ \t\r\n\v\f\x85\u2028\u2029]+")


def brand_voice(brand: Brand, language: str) -> str:
    """How ``brand`` speaks: who it is, form of address, emoji, terms, signature, what it does and does not do."""
    say = _translator(language)
    who = _line(f"{brand.name} ({brand.sector})" if brand.sector else brand.name)
    lines = [say("prompting.voice.brand", brand=who)]
    if brand.description.strip():
        lines.append(say("prompting.voice.description", text=_line(brand.description)))
    lines += _voice_lines(brand.voice, say)
    return "\n".join(lines)


def fact_lines(facts: Iterable[Fact], today: date, language: str) -> str:
    """One line a fact still valid on ``today``.

    Facts worded in the other language are left out when some are worded in ``language``: they say the same twice.
    """
    valid = [fact for fact in facts if fact.is_valid_on(today)]
    if any(fact.language == language for fact in valid):
        valid = [fact for fact in valid if fact.language in (None, language)]
    say = _translator(language)
    return "\n".join(_fact_line(fact, say) for fact in valid) or none_line(language)


def network_rules(network: Network, language: str, *, hashtags: bool = True) -> str:
    """What the network accepts in a post: length in characters, hashtags, links, line breaks, media.

    ``hashtags`` False leaves their line out, for prompts whose hashtags are added apart.
    """
    say = _translator(language)
    limit, tags = network.limit("post"), network.hashtags
    lines = [say("prompting.network.name", network=network.label)]
    if limit.max is not None:
        longest = int(limit.max * CHARS_PER_BYTE) if "byte" in limit.unit else limit.max
        lines.append(say("prompting.network.length", max=longest))
    low, high = tags.advised
    if tags.max is not None:
        low, high = min(low, tags.max), min(high, tags.max)
    if hashtags:
        lines.append(say("prompting.network.tags", low=low, high=high) if high else say("prompting.network.no_tags"))
    if not network.links_clickable:
        lines.append(say("prompting.network.dead_links"))
    if not network.line_breaks:
        lines.append(say("prompting.network.one_paragraph"))
    if network.media_required:
        lines.append(say("prompting.network.media"))
    return "\n".join(lines)


def language_name(code: str, in_language: str) -> str:
    """``fr`` in English is ``French``; an undetermined language is ``the language of the text``."""
    say = _translator(in_language)
    key = f"prompting.language.{code}"
    if say.has(key):
        return say(key)
    from babel import Locale

    locale, (base, _sep, rest) = Locale(say.language), code.replace("_", "-").partition("-")
    name = locale.languages.get(base.lower())
    if name is None:
        return say("prompting.language.und")
    region = locale.territories.get(rest.rpartition("-")[2].upper())
    return f"{name} ({region})" if region else name


def approach_line(approach: Approach | None, language: str) -> str:
    """What an approach asks of a reply; None leaves the choice to the writer."""
    return _translator(language)(f"prompting.approach.{approach.value if approach else 'any'}")


def rewrite_line(rewrite: str, language: str) -> str:
    """What a rewriting asks, for a word of :data:`REWRITES`; any other text is the instruction itself."""
    return _translator(language)(f"prompting.rewrite.{rewrite}") if rewrite in REWRITES else _line(rewrite)


def length_line(most: int, language: str) -> str:
    """How long a text may be, in characters, links and hashtags included."""
    return _translator(language)("prompting.network.length", max=most)


def shortened(text: str, most: int, language: str) -> str:
    """``text``, its middle left out beyond ``most`` characters: what is missing is said in its place."""
    if len(text) <= most:
        return text
    kept = most // 4
    left_out = len(text) - most
    return f"{text[: most - kept]}\n{_translator(language)('prompting.left_out', count=left_out)}\n{text[-kept:]}"


def none_line(language: str) -> str:
    """What stands for a part that is empty."""
    return _translator(language)("prompting.none")


def _voice_lines(voice: VoiceProfile, say: Translator) -> Iterator[str]:
    if voice.traits:
        yield say("prompting.voice.traits", items=_items(voice.traits))
    yield say(f"prompting.voice.address_{voice.address.value}")
    yield say(f"prompting.voice.emoji_{voice.emoji.value}")
    for term in voice.preferred:
        yield say("prompting.voice.preferred", use=_line(term.use), instead_of=_line(term.instead_of))
    if voice.banned:
        yield say("prompting.voice.banned", items=_items(voice.banned))
    for key, rules in (("do", voice.do), ("do_not", voice.do_not)):
        yield from (say(f"prompting.voice.{key}", rule=_line(rule)) for rule in rules)
    if voice.signature.strip():
        yield say("prompting.voice.signature", text=_line(voice.signature))


def _fact_line(fact: Fact, say: Translator) -> str:
    statement, value = _line(fact.statement), _line(fact.value)
    if value and value not in statement:
        statement = say("prompting.fact.value", statement=statement, value=value)
    if fact.valid_until is not None:
        statement = say("prompting.fact.until", statement=statement, day=_day(fact.valid_until, say.language))
    return f"- {statement}"


def _day(day: date, language: str) -> str:
    from babel.dates import format_date

    return format_date(day, "long", locale=language)


def _items(words: Iterable[str]) -> str:
    return ", ".join(map(_line, words))


def _line(text: str) -> str:
    """``text`` on one line. Only plain blanks and line ends are folded: French thin spaces stay."""
    return " ".join(_BLANKS.split(text)).strip(" ")


def _translator(language: str) -> Translator:
    return Translator(language if language in LANGUAGES else LANGUAGES[0])

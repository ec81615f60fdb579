"""One reply being written: what is known of the message, and how a sentence is chosen for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass, field

from copilot.domain.brand import Address, Brand, Fact
from copilot.domain.conversation import Approach, Triage
from copilot.domain.wording import Wording
from copilot.playbook import _reading, _reply_facts
from copilot.playbook._library import Library
from copilot.playbook._parts import Chooser, Setting, capitalised
from copilot.playbook._reply_facts import Answer

_ECHO_FROM = 6


@dataclass(slots=True)
class Writer:
    """Writes the parts of one reply. ``why`` gathers what the person should know of how it was made.

    ``supplied`` are the ids of the facts given for this answer.
    ``verbatim`` holds what the brand wrote itself: its first letter may be that of a name.
    """

    message: str
    folded: str
    triage: Triage
    topics: tuple[str, ...]
    approach: Approach
    library: Library
    setting: Setting
    chooser: Chooser
    brand: Brand | None
    facts: tuple[Fact, ...]
    channel: str | None
    first_name: str
    supplied: frozenset[str] = frozenset()
    why: list[Wording] = field(default_factory=list)
    used_facts: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    verbatim: list[str] = field(default_factory=list)

    @property
    def language(self) -> str:
        """The language the reply is written in."""
        return self.setting.language

    def among(self, part: str, *sources: Iterable[str]) -> str:
        """One sentence of ``sources`` (already set): the one least used lately, then the one that echoes least."""
        sentences = [sentence for source in sources for sentence in source]
        chosen = self.phrase(part, sentences)
        self.said.append(chosen)
        return chosen

    def phrase(self, part: str, phrases: Sequence[str]) -> str:
        """One of ``phrases``, chosen alike, that is not yet a sentence."""
        said = set(_long_stems(" ".join(self.said)))
        echoes = {phrase: _echoes(phrase, said) for phrase in phrases}
        least = min(echoes.values(), default=0)
        chosen = self.chooser.pick(part, [phrase for phrase in phrases if echoes[phrase] == least])
        return self.chooser.pick(part, phrases) if self.chooser.uses(chosen) >= 2 else chosen

    def say(self, section: str, name: str, **values: str) -> str:
        """One sentence of a pool, with ``values`` in its slots."""
        return self.among(name, self.every(section, name, **values))

    def every(self, section: str, name: str, **values: str) -> list[str]:
        """Every sentence of a pool, set."""
        return [self.setting.set(template, **values) for template in self.library.pool(section, name)]

    def set_all(self, templates: Iterable[str]) -> list[str]:
        """``templates``, set."""
        return [self.setting.set(template) for template in templates]

    def with_each(self, section: str, name: str, key: str, phrases: Sequence[str]) -> list[str]:
        """Every sentence of a pool with every phrase in its slot ``key``."""
        return [sentence for phrase in phrases for sentence in self.every(section, name, **{key: phrase})]

    def toss(self, part: str, sides: int = 2) -> int:
        """A draw below ``sides``, always the same for the same message."""
        return self.chooser.toss(part, sides)

    def tell(self, key: str, **params: object) -> None:
        """Adds a reason."""
        self.why.append(Wording(f"reply.why.{key}", params))

    def state(self, fact: Fact) -> Answer:
        """Takes ``fact`` into the reply, with the reasons the person should read."""
        self.used_facts.append(fact.id)
        self.tell("fact", id=fact.id, source=fact.source or "–")
        spoken = f" {_reading.fold(fact.statement)} "
        formal = any(word in spoken for word in (" vous ", " votre ", " vos "))
        if formal and self.language == "fr" and self.setting.address is Address.TU:
            self.tell("fact_address", id=fact.id)
        answer = _reply_facts.as_answer(fact)
        self.verbatim.append(capitalised(answer.body))
        return answer

    def pick_fact(self, find: Callable[[Sequence[Fact]], Fact | None]) -> Fact | None:
        """The fact ``find`` chooses among those in the reply's language; says so when only another language has it.

        The facts given for this answer come first: the brand's serve only when none of them answers.
        """
        own = [fact for fact in self.facts if _reply_facts.speaks(fact, self.language)]
        fact = find([one for one in own if one.id in self.supplied])
        fact = fact or find([one for one in own if one.id not in self.supplied])
        if fact is None and (other := find([fact for fact in self.facts if fact not in own])):
            self.tell("fact_other_language", id=other.id)
        return fact


def _echoes(sentence: str, said: Set[str]) -> int:
    """How many long words ``sentence`` says that were said already: by itself, or their stems among ``said``."""
    own = _long_stems(sentence)
    return len(own) - len(set(own)) + len(said & set(own))


def _long_stems(text: str) -> list[str]:
    return [word[:_ECHO_FROM] for word in _reading.fold(text).split() if len(word) >= _ECHO_FROM]

"""Surnames that stand alone or before a given name: who is said to do something, is greeted, listed or filed."""

from __future__ import annotations

import re

from copilot.text.personal import _cues as cues
from copilot.text.personal import _nouns as nouns
from copilot.text.personal._ends import Ends
from copilot.text.personal._sight import GAPS
from copilot.text.personal._words import ELSEWHERE, Word, is_figure, is_listed

#: Before a surname filed first: the head of the text or line, or what announces a name.
_FILED = re.compile(
    r"(?:^|[\n:(«\"“|>]|[.!?…][ ]|(?<!\w)(?:noms?|name|client(?:e)?|patiente?|dossier|monsieur|madame|mme|mr?\.?|for"
    r"|pour"
    r"|de|sous|under|is|est))[ \u00a0]*$",
    re.IGNORECASE,
)
#: After the given name that follows a surname and a comma: the clause ends there.
_FILED_END = re.compile(
    r"[ \u00a0\u202f]*(?:$|[\n.;:)»\"”!|]|[–—]|-[ ])|,?[ \u00a0](?:dossier|commande|contrat|client|né|born|ref|réf|\d)"
)
#: After a surname alone, what is said of nobody else.
_SAID = re.compile(
    r"[ \u00a0](?:à l['’]appareil|au bout du fil|en personne|je crois|je pense|il me semble|i think|i believe|speaking"
    r"|si je (?:me souviens|ne me trompe)|est (?:passé|venu|parti|revenu)|was on (?:the )?(?:desk|till|duty|shift)"
    r"|signed|refused|insisted|promised|confirmed|apologi[sz]ed|handled|couldn['’]t|wouldn['’]t|didn['’]t|doesn['’]t"
    r"|won['’]t|keeps|kept|always|again|here|family|household|(?:never|still|finally|just|then|simply) [a-z]{3,}"
    r"|refuse|insiste|confirme|ne (?:répond|rappelle|veut|sait|fait)"
    r"|vous (?:salue|remercie|écrit|demande|rappelle)|nous (?:a|avait|ont)|m['’](?:a|avait|ont)|lui a|l['’]a|le sait"
    r"|et (?:son|sa|ses) |and (?:his|her|their) )(?!\w)"
    r"|,[ \u00a0](?:vous|tu|you|t['’]|j['’]|je |i |cliente?|abonnée?|locataire|propriétaire|adhérente?|customer|tenant"
    r"|member|why|when|please|svp|pourquoi|quand|votre|ton|ta|your)",
    re.IGNORECASE,
)
#: They stand before somebody, and seldom before a thing.
_WITH = frozenset(
    ["avec", "with", "par", "by", "chez", "remercier", "remercie", "thank", "tell", "told", "ask", "asked"]
)
#: They stand before places, brands and things as well.
_LEADS_TO_THINGS = frozenset(
    [
        *("de", "à", "a", "en", "in", "at", "from", "to", "of", "sur", "on", "via", "vers", "sous", "entre", "near"),
        *("chez", "for", "pour", "than", "que", "like", "comme", "du", "des", "and", "et", "or", "ou", "my", "this"),
    ]
)
#: Short surnames are also the names of things.
_LONG_ENOUGH = 4
_BRETON_HEADS = frozenset(["le", "la"])


class Families(Ends):
    """A text with its surnames."""

    def _told_family(self, index: int) -> bool:
        """A frequent surname alone, with something around it: "Nguyen m'a rappelé", "merci Kaya"."""
        if not self._family(index) or self.headline or self._product(index) or self._phrase_elsewhere(index):
            return False
        if self._before(index) in cues.DETERMINERS or self._capital_before(index) or self._from_there(index):
            return False
        end = self._run_end(index)
        if self._greeted(index) or self._signed(index) or self._booked(index) or self._leads_families(index):
            return True
        if self.tokens[index].start in self.personal or self.tokens[index].start in self.likely:
            return True
        if cues.DOES.match(self.text, end) or cues.WORKS.match(self.text, end) or _SAID.match(self.text, end):
            return True
        return self._joined(index) and (self._low(index - 1) in _WITH or self._midway(index))

    def _midway(self, index: int) -> bool:
        """Inside a sentence, where no place nor thing is told of: "que fait Robichaud dans l'équipe"."""
        token = self.tokens[index]
        if token.initial or len(token.text) < _LONG_ENOUGH or not is_listed(token.text) or self._acronym(index):
            return False
        before = self.tokens[index - 1].text
        if not before.isalpha() or not before.islower() or before in _LEADS_TO_THINGS:
            return False
        if self._capital_run(index) > 1:
            return False
        # After a noun it is the name of a thing: "la tondeuse Stafford".
        return self._is(index - 1, Word.STOP)

    def _run_end(self, index: int) -> int:
        """Where the capitals that begin with the surname at ``index`` end."""
        return self._end_of(index + max(1, self._capital_run(index)) - 1)

    def _leads_families(self, index: int) -> bool:
        """The first of "Sall et Ndiaye"."""
        other = index + 2
        if self._low(index + 1) not in ("et", "and") or not self._joined(index + 1) or other >= len(self.tokens):
            return False
        return self._joined(other) and (self._family(other) or self._all_given(other))

    def _breton(self, index: int) -> bool:
        """A surname with its article: "Le Goff", or before a given name: "Le Moign Yannick"."""
        name = index + 1
        if self._low(index) not in _BRETON_HEADS or not self._capital(index) or self._acronym(index) or self.headline:
            return False
        if not self._joined(name) or not self._capital(name) or self._is(name, ELSEWHERE):
            return False
        if self._low(index) == "le" and self._low(name) in nouns.BRETON:
            return True
        plain = self._is(name, Word.ORDINARY | Word.STOP | Word.GIVEN) or self._acronym(name)
        return not plain and self._all_given(name + 1) and self._joined(name + 1)

    def _opened(self, index: int) -> bool:
        """Particles in capitals before a surname: "El Hadj Diouf", "Dos Santos Maria", "Van Der Meulen"."""
        if self._low(index) not in cues.OPENING or not self._capital(index) or self._acronym(index):
            return False
        name = index + 1
        while (
            name < len(self.tokens) - 1 and name - index < 3 and self._low(name) in cues.OPENING and self._joined(name)
        ):
            name += 1
        if name >= len(self.tokens) or not self._joined(name) or not self._nameable(name):
            return False
        if self._is(name, ELSEWHERE):
            return False
        if self.tokens[index].initial and self._low(index) in cues.LOOSE_OPENING and name == index + 1:
            return self._does(name) or (self._unknown(name) and (self._capital_run(index) > 2 or self._closed(name)))
        if self._capital_run(name) > 1:
            return True
        if self._is(name, Word.ORDINARY):
            return False
        return name - index > 1 or self._capital_run(index) > 2 or self._closed(name) or self._does(name)

    def _short_surname(self, name: int, title: int) -> bool:
        """A surname of two letters or so that is a word too: "Mr Le m'a promis", "Mme Do,"."""
        if self._low(name) not in nouns.SHORT_SURNAMES or not self._capital(name) or self._acronym(name):
            return False
        if self._low(title) in cues.LOOSE_TITLES or (self._joined(name + 1) and self._capital(name + 1)):
            return False
        return self._does(name) or self._closed(name)

    def _told_end(self, first: int) -> int:
        """Index after a name from ``first`` that is sure by the way it is told, ``first`` when there is none."""
        return max(self._filed_end(first), self._namesake_end(first))

    def _filed_end(self, first: int) -> int:
        """Index after the given name of "Dos Santos, Ricardo" begun at ``first``; ``first`` when there is none."""
        if not self.commas:
            return first
        last = self._surname_end(first)
        if last == first or last >= len(self.tokens) or self._gap(last - 1) != ", " or self.shouted:
            return first
        if not self._all_given(last) or self._is(last, Word.ORDINARY):
            return first
        ends = last + 1
        if ends < len(self.tokens) and self._gap(last) in GAPS and self._all_given(ends):
            ends += 1
        start = self.tokens[first].start
        filed = _FILED.search(self.text[max(0, start - 12) : start]) is not None
        return ends if filed and _FILED_END.match(self.text, self.tokens[ends - 1].end) else first

    def _namesake_end(self, first: int) -> int:
        """Index after the famous name that who writes bears too, ``first`` when there is none: "I am Marie Curie"."""
        following = first + 1
        if not self._is(first, Word.GIVEN) or following >= len(self.tokens) or not self._capital(following):
            return first
        if not self._joined(following) or self.tokens[first].start not in self.namesakes:
            return first
        return following + 1 if is_figure(f"{self.tokens[first].text}-{self.tokens[following].text}") else first

    def _surname_end(self, first: int) -> int:
        """Index after the surname with its particles at ``first``: of two words at most, none of them a given name."""
        last, names = first, 0
        while last < len(self.tokens) and last - first < 5 and (last == first or self._gap(last - 1) in GAPS):
            if not (self._is_particle(last) and self._particle_leads(last)):
                led = last > first and self._is_particle(last - 1) and self._capital(last)
                led = led and not self._is(last, ELSEWHERE)
                if not (led or self._family(last) or (names and self._nameable(last)) or self._shouted_name(last)):
                    break
                names += 1
            last += 1
        return last if 0 < names < 4 else first

    def _shouted_name(self, index: int) -> bool:
        """Capitals that are no abbreviation: "BENALI" before ", Samia"."""
        token = self.tokens[index].text
        if not self._acronym(index) or len(token) < 4 or self._is(index, ELSEWHERE | Word.STOP):
            return False
        return self._low(index) not in nouns.ROLES

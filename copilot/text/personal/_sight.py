"""One text being read for names: its words, what is known of each, and how they stand together."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from copilot.text.facts.page import Page
from copilot.text.lexicons import stop_words
from copilot.text.personal import _cues as cues
from copilot.text.personal import _nouns as nouns
from copilot.text.personal._words import Word, is_elsewhere, is_family, known

#: Signs between two words of one name.
GAPS = frozenset(["", " ", "\u00a0", "-"])
LONGEST_NAME = 6
SHORTEST = 2


class Sight:
    """The words of a text. Every method asks about the word at ``index``."""

    def __init__(self, page: Page) -> None:
        self.text = page.text
        self.tokens = page.tokens
        self.known = [known(token.text) for token in self.tokens]
        letters = [token for token in self.tokens if len(token.text) > 1 and token.text[0].isalpha()]
        upper = sum(token.text.isupper() for token in letters)
        #: Capitals say nothing where all is in capitals, or each word has one.
        self.shouted = len(letters) >= 3 and upper * 10 > len(letters) * 6
        capitals = sum(token.text[0].isupper() for token in letters)
        self.headline = len(letters) >= 6 and capitals * 10 > len(letters) * 8 and not self.shouted
        self.sure = {
            match.end()
            for match in cues.SURE.finditer(self.text)
            if not cues.THINGS.search(self.text, max(0, match.start() - 20), match.start())
        }
        self.personal = {match.end() for match in cues.PERSONAL.finditer(self.text)}
        self.likely = {match.end() for match in cues.LIKELY.finditer(self.text)}
        self.families = {match.end() for match in cues.FAMILY.finditer(self.text)}
        named = "moi" in self.text or "ici" in self.text
        self.selves = {match.end() for match in cues.SELVES.finditer(self.text)} if named else set()
        self.commas = ", " in self.text
        self.last_end = -1
        self.last_name = ""

    @cached_property
    def tellers(self) -> frozenset[int]:
        """Where the name of who writes begins."""
        return frozenset(match.end() for match in cues.TELLERS.finditer(self.text))

    @cached_property
    def namesakes(self) -> frozenset[int]:
        """Where who writes tells a name that may be somebody famous's too."""
        return frozenset(match.end() for match in cues.NAMESAKES.finditer(self.text))

    @cached_property
    def choices(self) -> frozenset[int]:
        """Where words stand that are things to choose from."""
        return frozenset(self._choices())

    def _choices(self) -> Iterator[int]:
        """The ordinary words of each list that asks to choose: "Rose, Jasmin ou Iris ?"."""
        for match in cues.CHOICE.finditer(self.text):
            words = [*cues.CHOSEN.finditer(match["listed"])]
            if self.text.startswith(" qui ", match.end()):
                continue
            told = match["asked"] or cues.OR.search(match["listed"])
            if told and all(known(word.group()) & Word.ORDINARY for word in words):
                yield from (match.start("listed") + word.start() for word in words)

    def _capital(self, index: int) -> bool:
        token = self.tokens[index].text
        return token[0].isupper() and not self.shouted and token[-1] not in "'’"

    def _acronym(self, index: int) -> bool:
        token = self.tokens[index].text
        return len(token) > 1 and token.isupper()

    def _is(self, index: int, kind: int) -> bool:
        return self.known[index] & kind != 0

    def _is_particle(self, index: int) -> bool:
        token = self.tokens[index].text
        if token[-1] in "'’" and token[0] not in "dD" and not token[0].isupper():
            return False
        return token.casefold() in cues.PARTICLES

    def _low(self, index: int) -> str:
        return self.tokens[index].text.casefold() if 0 <= index < len(self.tokens) else ""

    def _gap(self, index: int) -> str:
        """What stands between the token at ``index`` and the next."""
        if index + 1 >= len(self.tokens):
            return "\n"
        return self.text[self.tokens[index].end : self.tokens[index + 1].start]

    def _joined(self, index: int) -> bool:
        """True when only a space parts the token at ``index`` from the one before."""
        return index > 0 and self._gap(index - 1) in (" ", "\u00a0")

    def _unknown(self, index: int) -> bool:
        return self.known[index] == Word.UNKNOWN and len(self.tokens[index].text) > SHORTEST

    def _family(self, index: int) -> bool:
        """True for a capital that is a surname and nothing else, as far as is known."""
        if not 0 <= index < len(self.tokens) or not self._capital(index):
            return False
        if self.known[index] == Word.UNKNOWN:
            return is_family(self.tokens[index].text)
        return self.known[index] == Word.ORDINARY and self._low(index) in nouns.FAMILIES_TOO

    def _surely(self, index: int) -> bool:
        """True for a word that is nothing but a name, or in no list nor dictionary."""
        return self._unknown(index) or self.known[index] == Word.GIVEN

    def _surnameable(self, index: int) -> bool:
        """True for a capital that may be a surname beside a given name: "Blanc", "Boulanger", not "Decathlon"."""
        if not self._capital(index) or self._grammatical(index):
            return False
        if self._is(index, Word.FIGURE):
            return self._is_namesake(index)
        if self._is(index, Word.PLACE | Word.BRAND):
            return self._is(index, Word.ORDINARY) or self._low(index) in nouns.SURNAMES_TOO
        return not self._is(index, Word.STOP) or self._is(index, Word.GIVEN) or len(self.tokens[index].text) > SHORTEST

    def _is_namesake(self, index: int) -> bool:
        """True for the surname of somebody famous after another given name: "Claire Dumas"."""
        before = index - 1
        if before < 0 or not self._joined(index) or not self._capital(before):
            return False
        given = self._is(before, Word.GIVEN) and not self._is(before, Word.STOP | Word.FIGURE)
        return given and not self._phrase_elsewhere(before)

    def _grammatical(self, index: int) -> bool:
        """True for "le", "will", "merci": with a capital too, they begin a clause."""
        return self._low(index) in stop_words("both") | cues.OPENERS

    def _nameable(self, index: int) -> bool:
        """True for a capital that is a given name or in no list nor dictionary."""
        if not self._capital(index) or self._is(index, Word.STOP):
            return False
        return self._is(index, Word.GIVEN) or (self._unknown(index) and not self._acronym(index))

    def _particle_leads(self, index: int) -> bool:
        """True when the particle at ``index`` leads to the rest of a surname: not to a town nor a service."""
        last = index
        while last + 1 < len(self.tokens) and self._is_particle(last) and self._gap(last) in GAPS and last - index < 3:
            last += 1
        if last > index + 1 and not self._capital(last) and self._capital(last - 1):
            # "Ould Sidi", "El Ben": the last particle is itself the name.
            last -= 1
        if last == index or not self._capital(last) or self._acronym(last):
            return False
        if self._is(last, Word.PLACE | Word.BRAND):
            # "Ferreira Da Costa": after a name, a particle with its capital leads to no town.
            surname = self._low(last) in nouns.SURNAMES_TOO and self.tokens[index].text[0].isupper()
            return surname and self._joined(index) and self._capital(index - 1)
        capital = self.tokens[index].text[0].isupper() or self.tokens[last - 1].text[0].isupper()
        return capital or not self._is(last, Word.ORDINARY)

    def _elsewhere(self, index: int) -> bool:
        """True where a brand, a place or somebody famous begins."""
        if not self._capital(index) and not self.shouted:
            return False
        if self._is(index, Word.FIGURE) or self._phrase_elsewhere(index):
            return True
        following = index + 1
        famous = following < len(self.tokens) and self._joined(following) and self._is(following, Word.FIGURE)
        if famous and self._capital(following) and not self._is_namesake(following):
            return True
        return self._is(index, Word.BRAND) and not self._is(index, Word.GIVEN)

    def _phrase_elsewhere(self, index: int) -> bool:
        return self._phrase_end(index) > index

    def _phrase_end(self, index: int) -> int:
        """Index after the words from ``index`` that make a brand or somebody famous, ``index`` when they do not."""
        phrase = self.tokens[index].text if index >= 0 else ""
        for last in range(index + 1, min(index + 5, len(self.tokens))):
            gap = self._gap(last - 1)
            elided = gap == "" and phrase[-1:] in ("'", "’")
            if index < 0 or not (elided or gap in (" ", "\u00a0", "-", ". ", " & ")):
                break
            phrase += ("" if elided else "-&-" if "&" in gap else "-") + self.tokens[last].text
            if is_elsewhere(phrase):
                return last + 1
        return index

    def _past_elsewhere(self, index: int) -> int:
        """Index after what :meth:`_elsewhere` found at ``index``, with the capitals that follow."""
        if not self._elsewhere(index):
            return index
        return max(self._phrase_end(index), index + max(1, self._capital_run(index)))

    def _capital_run(self, index: int) -> int:
        """How many words in capitals, particles included, stand from ``index``."""
        last = index
        while last < len(self.tokens) and last - index < LONGEST_NAME:
            if last > index and self._gap(last - 1) not in GAPS:
                break
            if (self._capital(last) and not (self._is(last, Word.STOP) and last > index)) or (
                last > index and self._is_particle(last) and self._particle_leads(last)
            ):
                last += 1
            else:
                break
        return last - index

    def _end_of(self, index: int) -> int:
        """Where the token at ``index`` ends in a name: no possessive, but the point of an initial."""
        token = self.tokens[index]
        if token.text[-2:] in ("'s", "’s"):
            return token.end - 2
        dotted = len(token.text) == 1 and token.text.isupper() and self.text[token.end : token.end + 1] == "."
        return token.end + 1 if dotted else token.end

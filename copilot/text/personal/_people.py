"""Names of people: where they begin and where they end, from their words and what is said around them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.text.facts.page import Page, Token
from copilot.text.personal import _cues as cues
from copilot.text.personal import _nouns as nouns
from copilot.text.personal._ends import INITIAL_GAPS, SHORTEST_LOW
from copilot.text.personal._families import Families
from copilot.text.personal._sight import GAPS, LONGEST_NAME, SHORTEST
from copilot.text.personal._span import PersonalSpan
from copilot.text.personal._words import ELSEWHERE, Word

_TITLE_GAPS = frozenset([" ", "\u00a0", ". ", ".\u00a0", "."])
#: "les CGV", "les PME": shorter, it is no family.
_SHORTEST_SHOUTED = 5
#: A surname of no list before a given name that is a word: shorter, it is the name of a firm or a service.
_SHORTEST_BEFORE = 5
#: After a verb, never after a name: "Mark it as solved".
_OBJECTS = frozenset(["it", "this", "that", "my", "me", "them"])
#: "O'Neill", "McAllister": nothing else is written so.
_SURNAME = re.compile(r"(?:[OD]['’]|Mc|Mac|Fitz)[A-Z][a-zß-ÿ]{2,20}(?:['’]s)?")
#: "N'Golo", "M'Baye", "N'Diaye": so written they are names, but for a word that is ordinary.
_ELIDED_HEADS = frozenset(["N'", "N’", "M'", "M’", "D'", "D’"])


def find_people(page: Page) -> Iterator[PersonalSpan]:
    """Names of people in the order of the text, without their titles; then where one of their words comes back."""
    reader = _Reader(page)
    found = list(reader.names())
    yield from found
    yield from reader.again(found)


class _Reader(Families):
    """One text being read for names."""

    def names(self) -> Iterator[PersonalSpan]:
        index = 0
        while index < len(self.tokens):
            token = self.tokens[index]
            if not token.text[0].isalpha() or (token.text[-1] in "'’" and not self._is_particle(index)):
                index += 1
                continue
            if self._is_plain(index, token):
                index += 1
                continue
            begins = self._begins(index)
            if begins is None:
                index = max(index + 1, self._past_elsewhere(index))
                continue
            last = self._told_end(begins)
            if last == begins:
                last = self._name_end(begins)
            start, end = self.tokens[begins].start, self._end_of(last - 1)
            yield PersonalSpan("PERSON", start, end)
            self.last_end, self.last_name = end, self.text[start:end]
            index = last

    def again(self, found: list[PersonalSpan]) -> Iterator[PersonalSpan]:
        """Words of the names ``found`` that stand elsewhere too, as in 'got "Chad", thanks Chad'."""
        if not found:
            return
        starts = {span.start for span in found}
        # A word that was read as a name wherever it stood has nothing to add.
        told = {self.text[span.start : span.end] for span in found}
        inside = bytearray(len(self.text) + 1)
        for span in found:
            inside[span.start : span.end] = b"\x01" * (span.end - span.start)
        parts = {
            token.text
            for index, token in enumerate(self.tokens)
            if inside[token.start] and (token.text in told or token.start in starts) and self._tells(index)
        }
        for index, token in enumerate(self.tokens):
            if token.text in parts and not inside[token.start] and self._comes_back(index):
                yield PersonalSpan("PERSON", token.start, self._end_of(index))

    def _tells(self, index: int) -> bool:
        """True for a word of a name that means the person where it comes back with its capital."""
        return self._capital(index) and not self._is(index, Word.STOP | Word.BRAND) and not self._is_particle(index)

    def _comes_back(self, index: int) -> bool:
        """True where nothing else is meant: "Rose" in "Rose ou bleu ?" is a colour."""
        if self._product(index) or self._phrase_elsewhere(index) or self._capital_before(index):
            return False
        if self._before(index) in cues.DETERMINERS or self._surname_follows(index):
            return False
        head = self.text[max(0, self.tokens[index].start - 6) : self.tokens[index].start].rstrip(" \u00a0\"«“'‘(")
        begins = not head or head[-1] in ".!?…\n"
        return not begins or not self._is(index, Word.ORDINARY | Word.PLACE)

    def _is_plain(self, index: int, token: Token) -> bool:
        """True for most words at once: ordinary, in lower case, announced by nothing."""
        if token.text[0].isupper() or self.shouted or self.known[index] & Word.GIVEN or not self.known[index]:
            return False
        return token.start not in self.sure and token.start not in self.families and token.text not in cues.TITLES

    # -- where names begin --------------------------------------------------------------------------------------

    def _begins(self, index: int) -> int | None:
        """Index of the first word of the name that the token at ``index`` opens (its title included), else None."""
        start = self.tokens[index].start
        if (titled := self._titled(index)) is not None:
            return titled
        capital = self._capital(index)
        if capital and (self._breton(index) or self._told_end(index) > index):
            return index
        if self._low(index) in cues.TITLES and not self._is(index, Word.GIVEN) and len(self.tokens[index].text) > 1:
            return None
        if start in self.sure and not self._famous(index) and self._cued(index):
            return index
        if self._meant(index) and not self._phrase_elsewhere(index) and not self._phrase_elsewhere(index - 1):
            return index
        if self._surname_first(index) or self._opened(index) or self._elided_head(index) or self._shortened(index):
            return index
        if self._signs_whole(index):
            return index
        if self._elsewhere(index):
            return None
        if _SURNAME.fullmatch(self.tokens[index].text) and not self.shouted:
            return index
        if (
            start in self.families
            and not (self._acronym(index) and len(self.tokens[index].text) < _SHORTEST_SHOUTED)
            and (self._capital(index) or self._is_particle(index))
            and not self._is_car(index, self._before(index))
            and self._is_surname(index, loose=True)
        ):
            return index
        if self._initialled(index) or self._told_family(index):
            return index
        if self._is(index, Word.GIVEN):
            return index if self._given(index) else None
        return index if self._unlisted(index) else None

    def _elided_head(self, index: int) -> bool:
        """The first letters of a name of West Africa: "N'Golo", "M'Baye"."""
        following = index + 1
        if self.tokens[index].text not in _ELIDED_HEADS or following >= len(self.tokens) or self.shouted:
            return False
        if self._gap(index) != "" or not self._capital(following) or self._is(following, Word.STOP):
            return False
        return not (self._is(following, Word.ORDINARY) and self.tokens[index].initial)

    def _famous(self, index: int) -> bool:
        return self._is(index, Word.FIGURE) or self._phrase_elsewhere(index)

    def _titled(self, index: int) -> int | None:
        """Index of the surname after the title at ``index``, its particles included."""
        low = self._low(index)
        if low not in cues.TITLES or self._gap(index) not in _TITLE_GAPS or index + 1 >= len(self.tokens):
            return None
        if low in cues.SHORT_TITLES and not self.tokens[index].text[0].isupper():
            return None
        name = index + 1
        if self._low(name) in cues.TITLES and self._low(index) not in cues.LOOSE_TITLES:
            return None
        if self._is_size(index):
            return None
        if self._initialled(name) or self._short_surname(name, index):
            return name
        return name if self._is_surname(name, loose=low in cues.LOOSE_TITLES or self.shouted) else None

    def _is_size(self, index: int) -> bool:
        """True for a size that ends a sentence: "taille M. Dommage", "un M. Parfait"."""
        if self._low(index) not in nouns.LETTER_SIZES or index + 1 >= len(self.tokens):
            return False
        before = self._low(index - 1)
        told = before in nouns.SIZES or (before in nouns.SIZED and self._joined(index))
        ordinary = self._is(index + 1, Word.ORDINARY)
        return told and ordinary and (not self._is(index + 1, Word.GIVEN) or self._is(index + 1, Word.STOP))

    def _is_surname(self, index: int, *, loose: bool = False) -> bool:
        """True for a surname, or the particle before one."""
        last = index
        while last < min(index + 3, len(self.tokens) - 1) and self._is_particle(last) and self._gap(last) in GAPS:
            last += 1
        if last > index and not self._capital(last):
            last = index
        if self._low(last) in nouns.SURNAMES and last == index and not self._phrase_elsewhere(index - 1):
            closed = cues.AFTER_SURNAME.match(self.text, self.tokens[last].end) is not None or self._does(last)
            if self._capital(last) or (not loose and closed):
                return True
        if (
            (self._is(last, Word.STOP) and last == index and not self._surname_anyway(last))
            or (self._is(last, Word.BRAND) and not self._capital(last))
            or self._phrase_elsewhere(index - 1)
        ):
            return False
        if self._low(last) in nouns.OFFICES:
            return False
        if self._capital(last):
            return not loose or not self._is(last, Word.ORDINARY) or self._is(last, Word.GIVEN)
        if not loose and self._is(last, Word.GIVEN) and not self._is(last, Word.STOP):
            return True
        return (
            not self._is(last, Word.ORDINARY)
            and len(self.tokens[last].text) > SHORTEST
            and self.tokens[last].text.isalpha()
        )

    def _surname_anyway(self, index: int) -> bool:
        """A common word with a capital is a surname after a title ("M. Blanc"); a grammatical one never is."""
        return self._capital(index) and (self._is(index, Word.GIVEN) or not self._grammatical(index))

    def _cued(self, index: int) -> bool:
        """After "je m'appelle": any name, in lower case too."""
        if self._is_particle(index) and self._particle_leads(index):
            return True
        if self._is(index, Word.STOP) and not self._is_particle(index):
            return self._is(index, Word.GIVEN) and (self._capital(index) or not self._grammatical(index))
        if self._capital(index):
            return self._is(index, Word.GIVEN) or not self._is(index, Word.ORDINARY) or self._capital_run(index) > 1
        return self._is(index, Word.GIVEN) or (self._unknown(index) and self.tokens[index].text.isalpha())

    def _initialled(self, index: int) -> bool:
        """Initials, then a surname: "T. Nakamura", "J.-P. Morel"."""
        token = self.tokens[index].text
        if len(token) != 1 or not token.isupper() or not self._gap(index).startswith(".") or self._is_size(index):
            return False
        name = index + 1
        furthest = min(len(self.tokens), index + LONGEST_NAME)
        while name < furthest and len(self.tokens[name].text) == 1 and self._gap(name - 1) in INITIAL_GAPS:
            name += 1
        if (
            name >= len(self.tokens)
            or self._gap(name - 1) not in INITIAL_GAPS
            or not self.tokens[name].text[0].isupper()
        ):
            return False
        return not self._is(name, Word.STOP | ELSEWHERE) and (
            not self._is(name, Word.ORDINARY)
            or not self.tokens[index].initial
            or "-" in self.tokens[name].text
            or name - index > 1
        )

    def _given(self, index: int) -> bool:
        """A given name: alone when it is nothing else, with something around it otherwise."""
        if self._low(index) in cues.SELDOM_NAMES or self._product(index) or self._choice(index):
            return False
        if not self._capital(index):
            return self._low_given(index)
        if self._acronym(index) and self._is(index, Word.ORDINARY | ELSEWHERE):
            return self._greeted(index)
        if not self._is(index, Word.ORDINARY | ELSEWHERE | Word.STOP):
            return len(self.tokens[index].text) > SHORTEST or self._around(index)
        if self._is(index, Word.STOP):
            if self._abbreviated(index) or self._surname_follows(index):
                return not self.tokens[index].initial or self._unknown(index + 1)
            if self._low(index) in cues.CAPITAL_NAMES and self._leads_list(index):
                return True
            if self._does(index) or (self._greeted(index) and self._closed(index) and not self.tokens[index].initial):
                return True
            return self._low(index) in cues.CAPITAL_NAMES and self._inside(index)
        return self._around(index) or self._inside(index)

    def _turned_to(self, index: int) -> bool:
        """In lower case, after "merci à", "tell": the name of somebody thanked or asked."""
        if self._low(index - 1) in ("à", "a") and self._low(index - 2) in ("merci", "bravo") and self._joined(index):
            return self._closed(index) or self._low(index + 1) in ("et", "pour", "du", "de", "and")
        return self.tokens[index].start in self.personal and self._does(index)

    def _of_the_family(self, index: int) -> bool:
        """In lower case: "ma soeur claire", "my son jack"."""
        return (
            self._joined(index)
            and self._low(index - 1) in nouns.RELATIONS
            and self._low(index - 2) in cues.OWN
            and len(self.tokens[index].text) > SHORTEST
        )

    def _self_told(self, index: int) -> bool:
        """In lower case, who writes: "slt moi jordan"."""
        told = self.tokens[index].start in self.selves
        if told and index + 1 < len(self.tokens) and self._goes_on_low(index, index + 1):
            return True
        return told and (not self._is(index, Word.ORDINARY) or self._closed(index))

    def _stands_out(self, index: int) -> bool:
        """A short given name in lower case with something around it."""
        if len(self.tokens[index].text) <= SHORTEST:
            return False
        return (self._greeted(index) and self._closed(index)) or self._does(index) or self._turned_to(index)

    def _low_given(self, index: int) -> bool:
        """A given name in lower case, or where all is in capitals."""
        word = self.tokens[index].text
        if self._is(index, Word.STOP) or not word.replace("-", "").isalpha():
            return False
        if self._thanked(index) and (self._closed(index) or self._low(index + 1) in cues.SAID_NEXT):
            return True
        if self._turned_to(index) or self._of_the_family(index) or self._self_told(index) or self._double(index):
            return True
        if self.tokens[index].start in self.likely and self._low(index + 1) == "qui" and self._joined(index + 1):
            return not self._is(index, ELSEWHERE)
        if self._is(index, ELSEWHERE):
            return False
        between = self.text[self.last_end : self.tokens[index].start] if self.last_end >= 0 else ""
        if between in (" et ", " and ", " & ") and not self._is(index, Word.ORDINARY):
            return True
        if not self._is(index, Word.ORDINARY):
            return len(word) >= SHORTEST_LOW or self._stands_out(index)
        if self.shouted:
            follows = index + 1 < len(self.tokens) and self._joined(index + 1) and self._surely(index + 1)
            related = self._low(index - 1) in nouns.RELATIONS and self._joined(index)
            return follows or related or self._thanked(index)
        if self._closed(index):
            return self._thanked(index)
        return self._thanked(index) and self._low(index + 1) in cues.SAID_NEXT

    def _around(self, index: int) -> bool:
        """Something around a doubtful given name says it is one."""
        if self._before(index) in ("un", "une") and cues.SOMEBODY.match(self.text, self.tokens[index].end):
            return True
        if self._greeted(index) or self._abbreviated(index) or self._surname_follows(index) or self._beside_name(index):
            return True
        if self._told_from(index):
            return True
        if (
            self._signed(index)
            or self._signed_off(index)
            or self._from_town(index)
            or self._related(index)
            or self._leads_list(index)
        ):
            return True
        if self._is(index, Word.PLACE):
            works = cues.WORKS.match(self.text, self.tokens[index].end) is not None
            return works or (self.tokens[index].start in self.likely and self._closed(index)) or self._apart(index)
        return self._apart(index) or self.tokens[index].start in self.likely or self._does(index)

    def _inside(self, index: int) -> bool:
        """A capital inside a sentence makes a name of "Rose" or "Grace", not of "Florence" or "Paris"."""
        if self.tokens[index].initial or self.headline or self._is(index, ELSEWHERE):
            return False
        if self._low(index + 1) in _OBJECTS and self._joined(index + 1):
            return False
        return self._before(index) not in cues.DETERMINERS and not self._capital_before(index)

    def _unlisted(self, index: int) -> bool:
        """A word of no list: a name beside another, or with something around it."""
        if self.shouted and self._unknown(index) and self._joined(index) and self._low(index - 1) in nouns.RELATIONS:
            return True
        if not self._nameable(index) or self._product(index) or self.headline or self._from_there(index):
            return False
        if self._beside_name(index) or self._abbreviated(index) or self._related(index):
            return True
        if self._before(index) in cues.DETERMINERS or self._capital_before(index):
            return False
        if self._booked(index) or self._reached(index) or self._posted(index):
            return True
        length = self._capital_run(index)
        if length > 1:
            return self._is_full_name(index, length)
        if self._greeted(index) or self.tokens[index].start in self.likely or self._signed(index):
            return self._closed(index) or self._does(index) or self._of_town(index)
        return self._to_reach(index) or (self._before(index) in cues.TOWARDS and self._does(index))

    def _surname_first(self, index: int) -> bool:
        """The surname in capitals before the given name: "DUVAL Philippe"."""
        following = index + 1
        if not self._acronym(index) or following >= len(self.tokens) or self.shouted:
            return False
        if self._is(index, ELSEWHERE) or not (self._unknown(index) or self._is(index, Word.GIVEN)):
            return False
        if self._low(index) in nouns.ROLES or self._low(index) in nouns.OFFICES:
            return False
        if self._is(following, Word.STOP) or not self._is(following, Word.GIVEN):
            return False
        if not self._joined(following) or not self._capital(following) or self._acronym(following):
            return False
        # "DUPONT Claire": a given name that is a word too, where what stands before is no sign of a firm or a service.
        sure = self._low(index) in nouns.SURNAMES or len(self.tokens[index].text) >= _SHORTEST_BEFORE
        return sure or not self._is(following, Word.ORDINARY)

    def _is_full_name(self, index: int, length: int) -> bool:
        """Two words or more in capitals, of which none is ordinary: no "Sarl Dupuis"."""
        if self._low(index) in nouns.PRODUCTS:
            return False
        return length <= 4 and all(
            not self._is(place, Word.ORDINARY | ELSEWHERE | Word.STOP) and not self._acronym(place)
            for place in range(index, index + length)
        )

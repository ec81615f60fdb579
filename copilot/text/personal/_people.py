"""Names of people: given names, titles, signatures, initials, and what is said around them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.text.facts.page import Page, Token
from copilot.text.personal import _cues as cues
from copilot.text.personal._span import PersonalSpan
from copilot.text.personal._words import ELSEWHERE, Word, is_brand, is_figure, known

_GAPS = frozenset(["", " ", "\u00a0", "-"])
_INITIAL_GAPS = frozenset([". ", ".\u00a0", ".", " ", "\u00a0", "-", ".-"])
_LONGEST_NAME = 6
_SHORTEST = 2
#: A lower-case name shorter than this is a slip or an abbreviation.
_SHORTEST_LOW = 4
_SIGNATURE = re.compile(r"(?:^|[\n—–]|[.!?…)][ \u00a0]+-?|-[ \u00a0]?)[ \u00a0]*$")
# "un Tanguy", "another Karen": a kind of people, nobody.
_SUCH = frozenset(["an", "un", "une", "another", "autre", "vrai", "vraie"])
#: "O'Neill", "McAllister": nothing else is written so.
_SURNAME = re.compile(r"(?:[OD]['’]|Mc|Mac|Fitz)[A-Z][a-zß-ÿ]{2,20}(?:['’]s)?")
_END = re.compile(r"[ \u00a0.!,)xX❤😊🙏️]*(?:\n|$)")
_BUT_TITLE_GAPS = frozenset([" ", "\u00a0", ". ", ".\u00a0", "."])


def find_people(page: Page) -> Iterator[PersonalSpan]:
    """Names of people in the order of the text, without their titles."""
    return _Reader(page).names()


class _Reader:
    """One text being read for names."""

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
        self.sure = {match.end() for match in cues.SURE.finditer(self.text)}
        self.likely = {match.end() for match in cues.LIKELY.finditer(self.text)}
        self.families = {match.end() for match in cues.FAMILY.finditer(self.text)}
        self.last_end = -1
        self.last_name = ""

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
            last = self._name_end(begins)
            start, end = self.tokens[begins].start, self._end_of(last - 1)
            yield PersonalSpan("PERSON", start, end)
            self.last_end, self.last_name = end, self.text[start:end]
            index = last

    def _is_plain(self, index: int, token: Token) -> bool:
        """True for most words at once: ordinary, in lower case, announced by nothing."""
        if token.text[0].isupper() or self.shouted or self.known[index] & Word.GIVEN or not self.known[index]:
            return False
        return token.start not in self.sure and token.start not in self.families and token.text not in cues.TITLES

    # -- one word -----------------------------------------------------------------------------------------------

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
        return self.known[index] == Word.UNKNOWN and len(self.tokens[index].text) > _SHORTEST

    def _nameable(self, index: int) -> bool:
        """True for a capital that is a given name or in no list nor dictionary."""
        if not self._capital(index) or self._is(index, Word.STOP):
            return False
        return self._is(index, Word.GIVEN) or (self._unknown(index) and not self._acronym(index))

    # -- where names begin --------------------------------------------------------------------------------------

    def _begins(self, index: int) -> int | None:
        """Index of the first word of the name that the token at ``index`` opens (its title included), else None."""
        start = self.tokens[index].start
        if (titled := self._titled(index)) is not None:
            return titled
        if self._low(index) in cues.TITLES and not self._is(index, Word.GIVEN) and len(self.tokens[index].text) > 1:
            return None
        if start in self.sure and not self._is(index, Word.FIGURE) and not self._phrase_elsewhere(index):
            if self._cued(index):
                return index
        if self._elsewhere(index):
            return None
        if _SURNAME.fullmatch(self.tokens[index].text) and not self.shouted:
            return index
        if (
            start in self.families
            and (self._capital(index) or self._is_particle(index))
            and self._is_surname(index, loose=True)
        ):
            return index
        if self._initialled(index):
            return index
        if self._is(index, Word.GIVEN):
            return index if self._given(index) else None
        return index if self._unlisted(index) else None

    def _titled(self, index: int) -> int | None:
        """Index of the surname after the title at ``index``, its particles included."""
        low = self._low(index)
        if low not in cues.TITLES or self._gap(index) not in _BUT_TITLE_GAPS or index + 1 >= len(self.tokens):
            return None
        if low in cues.SHORT_TITLES and not self.tokens[index].text[0].isupper():
            return None
        name = index + 1
        if self._low(name) in cues.TITLES and self._low(index) not in cues.LOOSE_TITLES:
            return None
        if self._initialled(name):
            return name
        return name if self._is_surname(name, loose=low in cues.LOOSE_TITLES or self.shouted) else None

    def _is_surname(self, index: int, *, loose: bool = False) -> bool:
        """True for a surname, or the particle before one."""
        last = index
        while last < min(index + 3, len(self.tokens) - 1) and self._is_particle(last) and self._gap(last) in _GAPS:
            last += 1
        if last > index and not self._capital(last):
            last = index
        if (
            (self._is(last, Word.STOP) and last == index)
            or self._is(last, Word.BRAND)
            or self._phrase_elsewhere(index - 1)
        ):
            return False
        if self._low(last) in cues.OFFICES:
            return False
        if self._capital(last):
            return not loose or not self._is(last, Word.ORDINARY)
        return (
            not self._is(last, Word.ORDINARY)
            and len(self.tokens[last].text) > _SHORTEST
            and self.tokens[last].text.isalpha()
        )

    def _cued(self, index: int) -> bool:
        """After "je m'appelle": any name, in lower case too."""
        if self._is(index, Word.STOP) and not self._is_particle(index):
            return self._capital(index) and self._is(index, Word.GIVEN)
        if self._capital(index):
            return self._is(index, Word.GIVEN) or not self._is(index, Word.ORDINARY) or self._capital_run(index) > 1
        return self._is(index, Word.GIVEN) or (self._unknown(index) and self.tokens[index].text.isalpha())

    def _initialled(self, index: int) -> bool:
        """Initials, then a surname: "T. Nakamura", "J.-P. Morel"."""
        token = self.tokens[index].text
        if len(token) != 1 or not token.isupper() or not self._gap(index).startswith("."):
            return False
        name = index + 1
        while name < len(self.tokens) and len(self.tokens[name].text) == 1 and self._gap(name - 1) in _INITIAL_GAPS:
            name += 1
        if (
            name >= len(self.tokens)
            or self._gap(name - 1) not in _INITIAL_GAPS
            or not self.tokens[name].text[0].isupper()
        ):
            return False
        return not self._is(name, Word.STOP | ELSEWHERE) and (
            not self._is(name, Word.ORDINARY) or not self.tokens[index].initial or "-" in self.tokens[name].text
        )

    def _given(self, index: int) -> bool:
        """A given name: alone when it is nothing else, with something around it otherwise."""
        if self._product(index):
            return False
        if not self._capital(index):
            return self._low_given(index)
        if self._acronym(index) and self._is(index, Word.ORDINARY | ELSEWHERE):
            return self._greeted(index)
        if not self._is(index, Word.ORDINARY | ELSEWHERE | Word.STOP):
            return len(self.tokens[index].text) > _SHORTEST or self._around(index)
        if self._is(index, Word.STOP):
            if self._abbreviated(index) or self._surname_follows(index):
                return not self.tokens[index].initial or self._unknown(index + 1)
            return self._does(index) or (
                self._greeted(index) and self._closed(index) and not self.tokens[index].initial
            )
        return self._around(index) or self._inside(index)

    def _low_given(self, index: int) -> bool:
        """A given name in lower case, or where all is in capitals."""
        word = self.tokens[index].text
        if self._is(index, Word.STOP | ELSEWHERE) or not word.replace("-", "").isalpha():
            return False
        if not self._is(index, Word.ORDINARY):
            return len(word) >= _SHORTEST_LOW or (self._greeted(index) and self._closed(index))
        if self.shouted:
            follows = index + 1 < len(self.tokens) and self._joined(index + 1) and self._unknown(index + 1)
            return follows or (self._low(index - 1) in cues.RELATIONS and self._joined(index))
        if self._closed(index):
            return self._thanked(index)
        return self._thanked(index) and self._low(index + 1) in cues.SAID_NEXT

    def _thanked(self, index: int) -> bool:
        return self._greeted(index) and self._before(index) in (
            "merci",
            "thanks",
            "salut",
            "coucou",
            "hello",
            "hi",
            "hey",
            "bonjour",
            "cheers",
        )

    def _around(self, index: int) -> bool:
        """Something around a doubtful given name says it is one."""
        if self._greeted(index) or self._abbreviated(index) or self._surname_follows(index) or self._beside_name(index):
            return True
        if self._signed(index) or self._related(index) or self._leads_list(index):
            return True
        if self._is(index, Word.PLACE):
            works = cues.WORKS.match(self.text, self.tokens[index].end) is not None
            return works or (self.tokens[index].start in self.likely and self._closed(index)) or self._apart(index)
        return self._apart(index) or self.tokens[index].start in self.likely or self._does(index)

    def _apart(self, index: int) -> bool:
        """Between commas, after the words it explains: "le maître-nageur, Jordan, mérite"."""
        if (
            not index
            or self._gap(index - 1) != ", "
            or not self._gap(index).startswith(",")
            or self._capital(index - 1)
        ):
            return False
        return not any(kind & Word.PLACE for place, kind in enumerate(self.known) if place != index)

    def _leads_list(self, index: int) -> bool:
        """The first of "Tom and Jerry": what follows is surely a name."""
        following = index + 2
        if (
            following >= len(self.tokens)
            or self._low(index + 1) not in ("et", "and", "ou", "or")
            or not self._joined(index + 1)
        ):
            return False
        return (
            self._joined(following) and self._nameable(following) and not self._is(following, Word.ORDINARY | ELSEWHERE)
        )

    def _inside(self, index: int) -> bool:
        """A capital inside a sentence makes a name of "Rose" or "Grace", not of "Florence" or "Paris"."""
        if self.tokens[index].initial or self.headline or self._is(index, ELSEWHERE | Word.STOP):
            return False
        return self._before(index) not in cues.DETERMINERS and not self._capital_before(index)

    def _unlisted(self, index: int) -> bool:
        """A word of no list: a name beside another, or with something around it."""
        if self._surname_first(index):
            return True
        if not self._nameable(index) or self._product(index) or self.headline:
            return False
        if self._beside_name(index) or self._abbreviated(index) or self._related(index):
            return True
        if self._before(index) in cues.DETERMINERS or self._capital_before(index):
            return False
        length = self._capital_run(index)
        if length > 1:
            return self._is_full_name(index, length)
        if self._greeted(index) or self.tokens[index].start in self.likely or self._signed(index):
            return self._closed(index) or self._does(index)
        return self._before(index) in cues.TOWARDS and self._does(index)

    def _surname_first(self, index: int) -> bool:
        """The surname in capitals before the given name: "DUVAL Philippe"."""
        following = index + 1
        if not self._acronym(index) or not self._unknown(index) or following >= len(self.tokens) or self.shouted:
            return False
        given = self._is(following, Word.GIVEN) and not self._is(following, Word.STOP)
        return given and self._joined(following) and self._capital(following) and not self._acronym(following)

    def _is_full_name(self, index: int, length: int) -> bool:
        """Two words or more in capitals, of which none is ordinary."""
        return length <= 4 and all(
            not self._is(place, Word.ORDINARY | ELSEWHERE | Word.STOP) and not self._acronym(place)
            for place in range(index, index + length)
        )

    # -- what stands around -------------------------------------------------------------------------------------

    def _before(self, index: int) -> str:
        return (
            self._low(index - 1) if self._joined(index) or (index and self._gap(index - 1) in ("", " , ", ", ")) else ""
        )

    def _does(self, index: int) -> bool:
        return cues.DOES.match(self.text, self.tokens[index].end) is not None

    def _closed(self, index: int) -> bool:
        return cues.CLOSED.match(self.text, self.tokens[index].end) is not None

    def _greeted(self, index: int) -> bool:
        before = self._low(index - 1)
        gap = self._gap(index - 1) if index else ""
        if (before in cues.GREETINGS and (gap.strip(" \u00a0,") == "" and "\n" not in gap)) or gap.endswith("@ "):
            return True
        return before == "you" and self._low(index - 2) == "thank" and self._joined(index)

    def _related(self, index: int) -> bool:
        """After whom they are: "my husband Tunde", "un vendeur, Idriss"."""
        gap = self._gap(index - 1) if index else "x"
        return (
            self._low(index - 1) in cues.RELATIONS
            and gap in (" ", "\u00a0", ", ", " (", ": ", " : ")
            and self._capital(index)
        )

    def _abbreviated(self, index: int) -> bool:
        """With an initial after it: "Karim B.", "Rajesh K is"."""
        if index + 1 >= len(self.tokens) or not self._joined(index + 1):
            return False
        following = self.tokens[index + 1]
        if len(following.text) != 1 or not following.text.isupper() or not self._capital(index):
            return False
        dotted = self.text[following.end : following.end + 1] == "."
        return dotted or (following.text not in "AIYOÀÔ" and not self._is(index, Word.ORDINARY))

    def _surname_follows(self, index: int) -> bool:
        following = index + 1
        if following >= len(self.tokens) or not self._joined(following):
            return False
        if self._is_particle(following) and not self._capital(following):
            return self._particle_leads(following)
        if not self._capital(following) or self._is(following, Word.STOP | ELSEWHERE):
            return False
        if self._acronym(following) and (len(self.tokens[following].text) < 4 or self._is(following, Word.ORDINARY)):
            return False
        if self._is(following, Word.GIVEN):
            return not self.headline
        if not self._is(following, Word.ORDINARY):
            return not self.headline
        if self.tokens[index].initial:
            return cues.AFTER_WHOLE.match(self.text, self.tokens[following].end) is not None
        return not self.headline

    def _beside_name(self, index: int) -> bool:
        """Listed with the name just read: "Wojciech, Comfort and Sunita"."""
        if self.last_end < 0 or not self._capital(index) or self._is(index, Word.STOP):
            return False
        between = self.text[self.last_end : self.tokens[index].start].strip().casefold()
        return (
            between in ("et", "and", "&", "ou", "or", ",", ", et", ", and", "+", "/")
            and not (between == "," and self._is(index, Word.ORDINARY) and not self._is(index, Word.GIVEN))
            and not (between == "," and self._before_line_end(index) and not self._is(index, Word.GIVEN))
        )

    def _before_line_end(self, index: int) -> bool:
        """True for the town of "Keith R., Doncaster"."""
        return _END.match(self.text, self.tokens[index].end) is not None

    def _signed(self, index: int) -> bool:
        """The name alone on the last line, or after the last sentence."""
        length = max(1, self._capital_run(index))
        start = self.tokens[index].start
        if not _END.fullmatch(self.text, self._end_of(index + length - 1)):
            return False
        before = self.text[max(0, start - 4) : start]
        return (
            start > 0
            and _SIGNATURE.search(before) is not None
            and ("\n" in before or "—" in before or "–" in before or "- " in before)
        )

    def _product(self, index: int) -> bool:
        """A thing sold under a name: "la robe Agathe", "Ikea Billy", "the Nadine dress"."""
        before = self._low(index - 1) if self._joined(index) or (index and self._gap(index - 1) == "-") else ""
        if before in _SUCH and not self._surname_follows(index) and self.tokens[index].start not in self.likely:
            return True
        if before == "a" and self._low(index - 2) in ("such", "be", "being", "like", "total"):
            return True
        if before in cues.PRODUCTS or (before and self._is(index - 1, Word.BRAND) and self._capital(index - 1)):
            return True
        after = self._low(index + 1) if index + 1 < len(self.tokens) and self._joined(index + 1) else ""
        return (
            after in cues.PRODUCTS
            and after not in ("chez", "top")
            and not self.tokens[index].text.endswith(("'s", "’s"))
        )

    def _capital_before(self, index: int) -> bool:
        """The second word of a phrase in capitals: "Stade Vélodrome"."""
        return (
            self._joined(index)
            and self._capital(index - 1)
            and not self._is(index - 1, Word.STOP)
            and not self.tokens[index - 1].initial
        )

    def _elsewhere(self, index: int) -> bool:
        """True where a brand, a place or somebody famous begins."""
        if not self._capital(index) and not self.shouted:
            return False
        if self._is(index, Word.FIGURE) or self._phrase_elsewhere(index):
            return True
        following = index + 1
        famous = following < len(self.tokens) and self._joined(following) and self._is(following, Word.FIGURE)
        if famous and self._capital(following):
            return True
        return self._is(index, Word.BRAND) and not self._is(index, Word.GIVEN)

    def _phrase_elsewhere(self, index: int) -> bool:
        return self._phrase_end(index) > index

    def _phrase_end(self, index: int) -> int:
        """Index after the words from ``index`` that make a brand or somebody famous, ``index`` when they do not."""
        phrase = self.tokens[index].text if index >= 0 else ""
        for last in range(index + 1, min(index + 4, len(self.tokens))):
            if index < 0 or self._gap(last - 1) not in (" ", "\u00a0", "-", ". ", " & "):
                break
            phrase += ("-&-" if "&" in self._gap(last - 1) else "-") + self.tokens[last].text
            if is_brand(phrase) or is_figure(phrase):
                return last + 1
        return index

    def _past_elsewhere(self, index: int) -> int:
        """Index after what :meth:`_elsewhere` found at ``index``, with the capitals that follow."""
        if not self._elsewhere(index):
            return index
        return max(self._phrase_end(index), index + max(1, self._capital_run(index)))

    # -- where names end ----------------------------------------------------------------------------------------

    def _capital_run(self, index: int) -> int:
        """How many words in capitals, particles included, stand from ``index``."""
        last = index
        while last < len(self.tokens) and last - index < _LONGEST_NAME:
            if last > index and self._gap(last - 1) not in _GAPS:
                break
            if (self._capital(last) and not (self._is(last, Word.STOP) and last > index)) or (
                last > index and self._is_particle(last) and self._particle_leads(last)
            ):
                last += 1
            else:
                break
        return last - index

    def _name_end(self, first: int) -> int:
        """Index after the last word of the name that begins at ``first``."""
        last = first + 1
        while (
            self._is_particle(last - 1)
            and last < len(self.tokens)
            and self._gap(last - 1) in _GAPS
            and last - first < 3
        ):
            last += 1
        while last < len(self.tokens) and last - first < _LONGEST_NAME and self._continues(first, last):
            last += 1
        return last

    def _continues(self, first: int, index: int) -> bool:
        """True when the name from ``first`` goes on with the token at ``index``."""
        previous = self.tokens[index - 1]
        gap = self._gap(index - 1)
        if previous.text[-2:] in ("'s", "’s"):
            return False
        if len(previous.text) == 1 and previous.text.isupper():
            return (
                gap in _INITIAL_GAPS and index - 1 <= self._initials_end(first) and self.tokens[index].text[0].isupper()
            )
        if gap not in _GAPS:
            return False
        if (self._is_particle(index) and not self._is(index, Word.GIVEN)) or self._low(index) in ("la", "le", "ben"):
            return self._particle_leads(index)
        if self._abbreviated(index - 1):
            return True
        if self._is_particle(index - 1) and self._capital(index):
            return True
        if self.shouted:
            return self._unknown(index) or (self._is(index, Word.GIVEN) and not self._is(index, Word.ORDINARY))
        if not self._capital(index):
            return self._continues_low(first, index)
        if (self._acronym(index) and len(self.tokens[index].text) < 4) or self._is(index, Word.STOP | Word.BRAND):
            return False
        return not self._is(index, Word.PLACE) or self._is(index, Word.GIVEN)

    def _continues_low(self, first: int, index: int) -> bool:
        """The surname in lower case too, after a sure cue: "je m'appelle sophie lefebvre"."""
        word = self.tokens[index].text
        cued = self.tokens[first].start in self.sure and index == first + 1
        return cued and not self._capital(first) and self._unknown(index) and word.isalpha()

    def _initials_end(self, first: int) -> int:
        """Index of the last of the initials that ``first`` begins with, -1 when it begins with none."""
        last = first - 1
        while last + 1 < len(self.tokens) and len(self.tokens[last + 1].text) == 1:
            last += 1
        return last if last >= first else -1

    def _particle_leads(self, index: int) -> bool:
        """True when the particle at ``index`` leads to the rest of a surname: not to a town nor a service."""
        last = index
        while last + 1 < len(self.tokens) and self._is_particle(last) and self._gap(last) in _GAPS and last - index < 3:
            last += 1
        if last == index or not self._capital(last) or self._is(last, Word.PLACE | Word.BRAND) or self._acronym(last):
            return False
        capital = self.tokens[index].text[0].isupper() or self.tokens[last - 1].text[0].isupper()
        return capital or not self._is(last, Word.ORDINARY)

    def _end_of(self, index: int) -> int:
        """Where the token at ``index`` ends in a name: no possessive, but the point of an initial."""
        token = self.tokens[index]
        if token.text[-2:] in ("'s", "’s"):
            return token.end - 2
        dotted = len(token.text) == 1 and token.text.isupper() and self.text[token.end : token.end + 1] == "."
        return token.end + 1 if dotted else token.end

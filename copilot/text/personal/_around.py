"""What stands around a word that may be a name: who is greeted, related, listed, signed; what is sold under it."""

from __future__ import annotations

import re

from copilot.text.personal import _cues as cues
from copilot.text.personal import _nouns as nouns
from copilot.text.personal._sight import Sight
from copilot.text.personal._words import ELSEWHERE, Word, known

_SIGNATURE = re.compile(r"(?:^|[\n—–~]|[.!?…)][ \u00a0]+-?|-[ \u00a0]?)[ \u00a0]*$")
# "un Tanguy", "another Karen": a kind of people, nobody.
_SUCH = frozenset(["an", "un", "une", "another", "autre", "vrai", "vraie", "quel", "quelle", "les", "des"])
_END = re.compile(r"[ \u00a0.!,)xX❤😊🙏️]*(?:\n|$)")

_MORE = re.compile(r"[^ \u00a0–—~-]")
#: A word in capitals shorter than this is an abbreviation.
_SHORTEST_UPPER = 4


class Around(Sight):
    """A text with what stands around each of its words."""

    def _before(self, index: int) -> str:
        return (
            self._low(index - 1) if self._joined(index) or (index and self._gap(index - 1) in ("", " , ", ", ")) else ""
        )

    def _does(self, index: int) -> bool:
        if self._low(index) in nouns.MONTHS:
            return cues.WORKS.match(self.text, self.tokens[index].end) is not None
        return cues.DOES.match(self.text, self.tokens[index].end) is not None

    def _closed(self, index: int) -> bool:
        return cues.CLOSED.match(self.text, self.tokens[index].end) is not None

    def _greeted(self, index: int) -> bool:
        before = self._low(index - 1)
        gap = self._gap(index - 1) if index else ""
        if before == "matin" and self._low(index - 2) == "bon" and self._joined(index):
            return True
        if before in cues.GREETINGS and gap.strip(" \u00a0,") == "" and "\n" not in gap:
            return True
        if self.text[max(0, self.tokens[index].start - 2) : self.tokens[index].start] == "@ ":
            return True
        return before == "you" and self._low(index - 2) == "thank" and self._joined(index)

    def _related(self, index: int) -> bool:
        """After whom they are: "my husband Tunde", "un vendeur, Idriss"."""
        gap = self._gap(index - 1) if index else "x"
        return (
            self._low(index - 1) in nouns.RELATIONS
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
        if self._graded(index):
            return False
        dotted = self.text[following.end : following.end + 1] == "."
        return dotted or (following.text not in "AIYOÀÔ" and not self._is(index, Word.ORDINARY))

    def _graded(self, index: int) -> bool:
        """A mark rather than an initial stands after it: "Planet-Score D"."""
        parts = self.tokens[index].text.split("-")
        return len(parts) > 1 and not self._is(index, Word.GIVEN) and known(parts[-1]) & Word.ORDINARY != 0

    def _surname_follows(self, index: int) -> bool:
        following = index + 1
        if following >= len(self.tokens) or not self._joined(following):
            return False
        if self._is_particle(following) and not self._capital(following):
            return self._particle_leads(following)
        if not self._surnameable(following):
            return False
        if self._acronym(following) and (len(self.tokens[following].text) < 4 or self._is(following, Word.ORDINARY)):
            return False
        plain = self._is(following, Word.ORDINARY) and not self._is(following, Word.GIVEN)
        if plain and self.tokens[index].initial and self._is(index, Word.STOP | ELSEWHERE):
            return cues.AFTER_WHOLE.match(self.text, self.tokens[following].end) is not None
        return not self.headline

    def _beside_name(self, index: int) -> bool:
        """Listed with the name just read: "Wojciech, Comfort and Sunita"."""
        if self.last_end < 0 or not self._capital(index) or self._is(index, Word.STOP):
            return False
        between = self.text[self.last_end : self.tokens[index].start].strip().casefold()
        return (
            (between in ("et", "and", "&", "ou", "or", ",", ", et", ", and", "+", "/") or between in cues.PASSED)
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
            and ("\n" in before or "—" in before or "–" in before or "- " in before or before.strip() in ("-", "~"))
        )

    def _product(self, index: int) -> bool:
        """A thing sold under a name: "la robe Agathe", "Ikea Billy", "the Nadine dress"."""
        before = self._low(index - 1) if self._joined(index) or (index and self._gap(index - 1) == "-") else ""
        if self._low(index - 1) in ("st", "ste") and self._gap(index - 1) == ". ":
            # "St. John's Wood"
            return True
        if self._to_reach(index):
            # "ring Agnieszka on 07..." sells no ring.
            return False
        if self._is_car(index, before):
            return True
        such = before in _SUCH and cues.SOMEBODY.match(self.text, self.tokens[index].end) is None
        if such and not self._surname_follows(index) and self.tokens[index].start not in self.likely:
            return True
        if cues.IN_A_STORY.match(self.text, self.tokens[index].end):
            return True
        if before == "a" and self._low(index - 2) in ("such", "be", "being", "like", "total"):
            return True
        if self._sold_under(index, before) or (before and self._is(index - 1, Word.BRAND) and self._capital(index - 1)):
            return True
        if self._one_of(index, before):
            return True
        if self._grown(index) or self._opened_there(index):
            return True
        after = self._low(index + 1) if index + 1 < len(self.tokens) and self._joined(index + 1) else ""
        if after in nouns.MOODS or cues.STATE.match(self.text, self.tokens[index].end):
            return True
        if after == "en" and self._is(index, Word.ORDINARY) and self._low(index + 2) in nouns.PACKED:
            return True
        if after in nouns.OCCASIONS and self._is(index, Word.ORDINARY | Word.PLACE):
            return True
        return (
            (after in nouns.PRODUCTS or after in nouns.SOLD_AFTER)
            and after not in ("chez", "top", "lit")
            and not self._related(index)
            and not self.tokens[index].text.endswith(("'s", "’s"))
        )

    def _is_car(self, index: int, before: str) -> bool:
        """A car: "la Mégane E-Tech", "les Zoé", "my Mercedes"; "la Giulia m'a dit" is somebody."""
        if self._low(index) not in nouns.CARS or not before or not self._capital(index):
            return False
        told = before in cues.ARTICLES or before in _SUCH
        if not told and not (before in cues.DETERMINERS and self._low(index) in nouns.OWN_CARS):
            return False
        return cues.WORKS.match(self.text, self.tokens[index].end) is None

    def _grown(self, index: int) -> bool:
        """A plant with a given name: "Olivier en pot", "Olivier, laurier, jasmin", "Rosemary £1.50"."""
        if self._low(index) not in nouns.PLANTS:
            return False
        if cues.PRICED.match(self.text, self.tokens[index].end):
            return True
        if self._surname_follows(index) or self._does(index) or self._greeted(index):
            return False
        if self._low(index + 1) in nouns.GROWN and self._gap(index) in (" ", ", ", "/", " / "):
            return True
        packed = self._low(index + 1) in ("en", "in", "et", "and", "ou", "or") and self._joined(index + 1)
        return packed and self._low(index + 2) in nouns.GROWN

    def _opened_there(self, index: int) -> bool:
        """A town with a given name, beside another or where a shop is: "vous fermez à Chicoutimi pis à Alma"."""
        if self._low(index - 1) not in ("à", "a", "in") or not self._joined(index) or self._surname_follows(index):
            return False
        start = self.tokens[index].start
        if cues.OPENED.search(self.text[max(0, start - 70) : start]) is None:
            return False
        return not self._does(index)

    def _sold_under(self, index: int, before: str) -> bool:
        """The name of a thing, right after what it is or after one word more: "la robe midi Louise"."""
        if (before == "chez" and self._whole_name(index)) or (before == "lit" and self._abbreviated(index)):
            return False
        if before in nouns.PRODUCTS or before in nouns.SOLD:
            return True
        if self._titled_work(index) or self._performed(index) or self._shown(index) or self._shop(index):
            return True
        plain = before and self._is(index - 1, Word.ORDINARY) and not self._is(index - 1, Word.STOP | Word.GIVEN)
        plain = plain or before in nouns.LIKE
        if not plain or self.tokens[index - 1].text[0].isupper() or not self._joined(index - 1):
            return False
        sold = self._low(index - 2) in nouns.SOLD or self._low(index - 2) in nouns.PRODUCTS
        return sold and not self._does(index) and before not in nouns.RELATIONS and before not in cues.GREETINGS

    def _choice(self, index: int) -> bool:
        """One of the scents, gems or colours to choose from: "Rose, Jasmin ou Iris ?"."""
        return self._is(index, Word.ORDINARY) and self._capital(index) and self.tokens[index].start in self.choices

    def _one_of(self, index: int, before: str) -> bool:
        """A thing with a given name: "la Zoé", "le Billie", unless somebody is told of: "la Ginette m'a dit"."""
        if before not in cues.ARTICLES or not self._capital(index):
            return False
        if self._surname_follows(index) or self._abbreviated(index) or self._does(index):
            return False
        if self._low(index + 1) in cues.TAKEN_UP or self._low(index - 3) in cues.THANKED:
            return False
        return cues.WORKS.match(self.text, self.tokens[index].end) is None

    def _whole_name(self, index: int) -> bool:
        """A given name and a surname of no list: "chez Maxime Vuillermoz"."""
        following = index + 1
        if following >= len(self.tokens) or not self._joined(following) or not self._is(index, Word.GIVEN):
            return False
        unknown = self._capital(following) and self._unknown(following) and not self._acronym(following)
        return unknown and self._capital(index) and not self._phrase_elsewhere(index)

    def _performed(self, index: int) -> bool:
        """Somebody on a stage: "le concert de Céline", "an album by Adele"."""
        if self._low(index - 1) not in ("de", "d'", "d’", "by") or self._low(index - 2) not in nouns.PERFORMED:
            return False
        return self._joined(index - 1)

    def _shop(self, index: int) -> bool:
        """A sign in a French sentence, which has no possessive: "les sauces Heinzel's de la boutique"."""
        if not self.tokens[index].text.endswith(("'s", "’s")):
            return False
        return self._low(index + 1) in nouns.FRENCH_ONLY and self._joined(index + 1)

    def _shown(self, index: int) -> bool:
        """A story with somebody's name: "page 12 of Emma", "watched Jane Eyre on the train"."""
        before = self._low(index - 1)
        if before in cues.PARTS_OF:
            start = self.tokens[index].start
            return self._capital(index) and cues.WITHIN.search(self.text, max(0, start - 30), start) is not None
        if before not in cues.WATCHED or not self._joined(index) or not self._capital(index):
            return False
        return cues.SHOWN.match(self.text, self._end_of(index + max(1, self._capital_run(index)) - 1)) is not None

    def _titled_work(self, index: int) -> bool:
        """A name in quotes after what bears it: 'la chanson "Aline"'."""
        if not index or self._low(index - 1) not in nouns.WORKS_OF_ART:
            return False
        return self._gap(index - 1).strip(" \u00a0\u202f:") in ('"', "«", "“", "'", "‘")

    def _capital_before(self, index: int) -> bool:
        """The second word of a phrase in capitals: "Stade Vélodrome"."""
        return (
            self._joined(index)
            and self._capital(index - 1)
            and not self._is(index - 1, Word.STOP)
            and not self.tokens[index - 1].initial
        )

    def _thanked(self, index: int) -> bool:
        return self._greeted(index) and self._before(index) in cues.THANKS

    def _booked(self, index: int) -> bool:
        """A surname that something was booked under: "réservation Castellani", "table for Fitzgerald at 8"."""
        start = self.tokens[index].start
        if cues.BOOKED.search(self.text[max(0, start - 40) : start]) is None:
            return False
        return self._closed(index) or cues.BOOKED_FOR.match(self.text, self.tokens[index].end) is not None

    def _from_there(self, index: int) -> bool:
        """A place of no list: where somebody just named, or who writes, is from: "I'm Declan Doyle from Athlone"."""
        start = self.tokens[index].start
        if self.last_end >= 0 and self.text[self.last_end : start].strip(" ,\u00a0").casefold() in cues.COMING:
            return True
        return cues.COMES_FROM.search(self.text[max(0, start - 40) : start]) is not None

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

    def _meant(self, index: int) -> bool:
        """Somebody, though a town, a brand or a word has the same name: "ma femme Brooklyn", "served by Sydney"."""
        if not self._capital(index):
            return False
        named = not self._is(index, Word.ORDINARY) or self._low(index) in nouns.SURNAMES
        if named and self._low(index - 1) in cues.FIELDS and self._joined(index):
            return True
        if self._is(index, Word.FIGURE) or self._product(index):
            return False
        given = self._is(index, Word.GIVEN)
        short = self._acronym(index) and len(self.tokens[index].text) < _SHORTEST_UPPER
        if not given and (short or self._is(index, Word.ORDINARY | Word.STOP | Word.BRAND)):
            return False
        if self._related(index):
            return True
        start, end = self.tokens[index].start, self.tokens[index].end
        if start in self.personal and not (self._is(index, Word.PLACE) and not given):
            if self._closed(index) or self._does(index) or self._low(index + 1) in ("and", "et", "pour", "for"):
                return True
            served = cues.SERVED_BY.search(self.text[max(0, start - 24) : start]) is not None
            return served and given and cues.WHEN.match(self.text, end) is not None
        if not given or self._is(index, Word.STOP):
            return False
        if self.text[end - 2 : end] in ("'s", "’s") and cues.OWNS.match(self.text, end):
            return True
        if self._before(index) in cues.THAT:
            return self._closed(index)
        return self._before(index) not in cues.DETERMINERS and cues.WORKS.match(self.text, end) is not None

    def _line_start(self, index: int) -> int:
        return self.text.rfind("\n", max(0, self.tokens[index].start - 8), self.tokens[index].start) + 1 or max(
            0, self.tokens[index].start - 8
        )

    def _from_town(self, index: int) -> bool:
        """The name and the town that are the whole line: "Pearl, Limoges", "Ruby de Roubaix"."""
        town = index + 1
        if _MORE.search(self.text, self._line_start(index), self.tokens[index].start):
            return False
        if self._gap(index) != ", ":
            if self._low(town) not in ("de", "from", "in", "à") or not self._joined(town):
                return False
            town += 1
        return (
            town < len(self.tokens)
            and self._capital(town)
            and self._is(town, Word.PLACE)
            and self._before_line_end(town)
        )

    def _of_town(self, index: int) -> bool:
        """With the town they are from: "Hello, Yara de Liège"."""
        town = index + 2
        if town >= len(self.tokens) or self._low(index + 1) not in ("de", "from", "in", "à", "of"):
            return False
        return self._joined(index + 1) and self._joined(town) and self._capital(town) and self._is(town, Word.PLACE)

    def _told_from(self, index: int) -> bool:
        """At the head of a sentence, with the town they are from: "Charlotte from Bristol has nailed it"."""
        return self._low(index + 1) == "from" and self._capital(index) and self._of_town(index)

    def _signed_off(self, index: int) -> bool:
        """A given name after the last polite words: "Bonne journée. Cerise"."""
        start = self.tokens[index].start
        if not _END.fullmatch(self.text, self.tokens[index].end):
            return False
        return cues.SIGN_OFF.search(self.text[max(0, start - 24) : start]) is not None

    def _signs_whole(self, index: int) -> bool:
        """A given name that is a word and a surname of no list, at the very end: "Merci, Merit Aasgaard"."""
        following = index + 1
        if following >= len(self.tokens) or not self._joined(following) or not self._capital(index):
            return False
        if not self._capital(following) or not self._unknown(following) or self._acronym(following):
            return False
        plain = self._is(index, Word.STOP | ELSEWHERE) or self._low(index) in nouns.PRODUCTS
        if plain or self._acronym(index) or not _END.fullmatch(self.text, self._end_of(following)):
            return False
        start = self.tokens[index].start
        return cues.SIGN_OFF.search(self.text[max(0, start - 24) : start]) is not None

    def _posted(self, index: int) -> bool:
        """With where they work: "Yevgenia du guichet 3"."""
        return self._unknown(index) and cues.POSTED.match(self.text, self.tokens[index].end) is not None

    def _to_reach(self, index: int) -> bool:
        """Somebody to call, and at what number: "joindre Ouassila au 06 ..."."""
        return self._before(index) in cues.TOWARDS and (
            cues.REACHED_ON.match(self.text, self.tokens[index].end) is not None
        )

    def _reached(self, index: int) -> bool:
        """At the head of a sentence, with how to reach them: "Vaitiare, 07700 900 417"."""
        start = self.tokens[index].start
        if cues.HEADS.search(self.text[max(0, start - 4) : start]) is None:
            return False
        return cues.REACHED.match(self.text, self.tokens[index].end) is not None

    def _all_given(self, *places: int) -> bool:
        """True when each of these words has a capital and is a given name, and no place nor brand."""
        return all(
            place < len(self.tokens)
            and self._nameable(place)
            and self._is(place, Word.GIVEN)
            and not self._is(place, ELSEWHERE)
            for place in places
        )

    def _leads_list(self, index: int) -> bool:
        """The first of "Tom and Jerry": what follows is surely a name."""
        if self._gap(index).strip() in ("&", "/", "+") and index + 1 < len(self.tokens):
            return self._is(index + 1, Word.GIVEN) and self._nameable(index + 1)
        if self._gap(index) == ", " and index + 2 < len(self.tokens):
            listed = self._gap(index + 1) == ", " or self._low(index + 2) in ("et", "and")
            sure = self._nameable(index + 1) and not self._is(index + 1, Word.ORDINARY | ELSEWHERE)
            if listed and sure and self._is(index + 1, Word.GIVEN):
                return True
            if listed and self._all_given(index + 1, index + 2 + (self._low(index + 2) in ("et", "and"))):
                return True
        following = index + 2
        if (
            following >= len(self.tokens)
            or self._low(index + 1) not in ("et", "and", "ou", "or")
            or not self._joined(index + 1)
        ):
            return False
        if not self._joined(following) or self._is(following, ELSEWHERE):
            return False
        capital = self._low(following) in cues.CAPITAL_NAMES and self._capital(following)
        if not capital and not self._nameable(following):
            return False
        # "Jean et Marie": a capital that is a given name, where none is needed.
        return not self._is(following, Word.ORDINARY) or not self.headline

"""Where names of people end, from their words and what parts them."""

from __future__ import annotations

import re

from copilot.text.personal import _cues as cues
from copilot.text.personal import _nouns as nouns
from copilot.text.personal._around import Around
from copilot.text.personal._sight import GAPS, LONGEST_NAME
from copilot.text.personal._words import ELSEWHERE, Word, known

INITIAL_GAPS = frozenset([". ", ".\u00a0", ".", " ", "\u00a0", "-", ".-"])
#: Initials joined: "J-M Dupuis"; given names cut short: "Mohd. Imran".
_JOINED_INITIALS = re.compile(r"[A-Z]-[A-Z]")
_DOTTED_GIVEN = frozenset(["ph", "th", "chr", "fréd", "cath", "edw", "alex"])
_SHORT_GIVEN = frozenset(["mohd", "md", "muhd", "mhd", "wm", "chas", "thos", "jas", "geo"])
#: Words whose apostrophe is left out, and what must follow: "duval" is no slip though "uval" is a word.
_ELISIONS = dict.fromkeys(["j", "jt", "jm", "jl", "jn", "qu"], Word.ORDINARY) | dict.fromkeys("cdlmnst", Word.STOP)
_LOW_IRISH = re.compile(r"[od]['’][a-z]{3,15}")
#: Particles said of nothing else, in lower case too; those of two languages.
_FOREIGN_PARTICLES = frozenset(
    [
        "da",
        "dos",
        "das",
        "el",
        "al",
        "ben",
        "van",
        "von",
        "o'",
        "o’",
        "mc",
        "mac",
        "del",
        "della",
        "aït",
        "ait",
        "ould",
        "bin",
    ]
)
#: "julien de trifouille" may be of a shop as well: these lead to surnames alone.
_BARE_PARTICLES = _FOREIGN_PARTICLES | frozenset(["le", "la"])
_LOW_PARTICLES = _BARE_PARTICLES | frozenset(["de", "di", "du", "d'", "d’"])
#: After a whole name in lower case: its clause ends, or somebody was spoken to.
_AFTER_LOW_NAME = re.compile(
    r"[ \u00a0\u202f]*(?:[!,.?;:)]|$|\n)|[ \u00a0](?:en ligne|au (?:téléphone|telephone|tel)|hier|ce (?:matin|soir)"
    r"|cet après-midi|m['’]a|rappel+e|on the phone|yesterday)(?!\w)",
    re.IGNORECASE,
)
#: A lower-case name shorter than this is a slip or an abbreviation.
SHORTEST_LOW = 4


class Ends(Around):
    """A text with where a name that begins at one of its words ends."""

    def _name_end(self, first: int) -> int:
        """Index after the last word of the name that begins at ``first``."""
        last = first + 1
        alone = last < len(self.tokens) and self._capital(first) and not self._capital(last)
        if alone and self._low(first) in nouns.SHORT_SURNAMES and not self._particle_leads(first):
            # "Mr Le m'a promis": the particle is the whole surname.
            return last
        while (
            self._is_particle(last - 1) and last < len(self.tokens) and self._gap(last - 1) in GAPS and last - first < 3
        ):
            last += 1
        while last < len(self.tokens) and last - first < LONGEST_NAME and self._continues(first, last):
            last += 1
        return last

    def _continues(self, first: int, index: int) -> bool:
        """True when the name from ``first`` goes on with the token at ``index``."""
        previous = self.tokens[index - 1]
        gap = self._gap(index - 1)
        if previous.text[-2:] in ("'s", "’s") or self._low(index) in cues.FIELDS:
            return False
        if (
            len(previous.text) == 1
            and previous.text.isupper()
            and (gap.startswith(".") or not self._is_particle(index - 1))
        ):
            if gap not in INITIAL_GAPS or not self.tokens[index].text[0].isupper():
                return False
            return index - 1 <= self._initials_end(first) or self._after_initial(index)
        if gap not in GAPS:
            return gap == ". " and index == first + 1 and self._shortened(first)
        if self._goes_on_low(first, index):
            return True
        led = self._is_particle(index - 1) and self._capital(index)
        if (self._is_particle(index) and not self._is(index, Word.GIVEN)) or self._low(index) in ("la", "le", "ben"):
            # "Ould Sidi"
            whole = led and self._capital(index - 1)
            return whole or (self._particle_leads(index) and not self._and_another(index))
        if led or self._abbreviated(index - 1):
            return True
        if self.shouted:
            return self._unknown(index) or (self._is(index, Word.GIVEN) and not self._is(index, Word.ORDINARY))
        if not self._capital(index):
            return self._continues_low(first, index)
        if self._is(index, Word.STOP):
            middle = self._is(index, Word.GIVEN) and self._surname_follows(index) and not self._acronym(index)
            return middle or (self._surnameable(index) and not self._is(index, Word.PLACE | Word.BRAND))
        if self._acronym(index) and len(self.tokens[index].text) < SHORTEST_LOW:
            return False
        # "Marc Boulanger", "Pierre Blanc": a surname is a trade or a colour more often than a shop or a town.
        return self._surnameable(index) or (self._is(index, Word.GIVEN) and not self._is(index, Word.BRAND))

    def _after_initial(self, index: int) -> bool:
        """The surname after a middle initial: "Marguerite T. Fontenot", not the town of "Keith R. Doncaster"."""
        if self._gap(index - 1) not in (". ", " ") or self._acronym(index) or not self._capital(index):
            return False
        return self._unknown(index) or (self._low(index) in nouns.SURNAMES and self._closed(index))

    def _and_another(self, index: int) -> bool:
        """True for the particle of "Chiara e Luca", who are two; "Ortega y Gasset" is one."""
        if self._low(index) not in ("e", "y") or index + 1 >= len(self.tokens):
            return False
        return self._is(index - 1, Word.GIVEN) and self._is(index + 1, Word.GIVEN)

    def _double(self, index: int) -> bool:
        """Two given names that make one, in lower case: "jean luc", "marie helene"."""
        following = index + 1
        if self._low(index) not in nouns.DOUBLED or following >= len(self.tokens) or not self._joined(following):
            return False
        plain = self._is(following, Word.STOP) or self._phrase_elsewhere(index)
        return self._is(following, Word.GIVEN) and not self._capital(following) and not plain

    def _continues_low(self, first: int, index: int) -> bool:
        """The surname in lower case too, after a sure cue: "je m'appelle sophie lefebvre", or a name too."""
        word = self.tokens[index].text
        if index == first + 1 and not self._capital(first) and self._double(first):
            return True
        titled = self._low(first - 1) in cues.TITLES and self._is(first, Word.GIVEN)
        start = self.tokens[first].start
        cued = (titled or start in self.sure or start in self.tellers) and index == first + 1
        if index == first + 1 and not self._capital(first) and self.known[first] == self.known[index] == Word.GIVEN:
            return len(word) > SHORTEST_LOW
        return cued and not self._capital(first) and self._unknown(index) and word.isalpha() and not _is_slip(word)

    def _goes_on_low(self, first: int, index: int) -> bool:
        """The rest of a name told in lower case: "dave o'rourke", "léo da silva", "ludo marchand"."""
        start = self.tokens[first].start
        told = start in self.sure or start in self.tellers or start in self.selves
        if self._capital(first) or self.shouted:
            return False
        if not (told or self._low(first - 1) in cues.TITLES):
            # "j'ai eu yohann le bozec": nothing announces the name, but for its first word.
            near = (index, index - 1) if index > first + 1 else (index,)
            return self.known[first] == Word.GIVEN and any(map(self._leads_unknown, near))
        word = self.tokens[index].text
        if index == first + 1 and len(word) == 1:
            # "signé karim b"
            return word not in "aàyo" and word.isalpha() and self._closed(index) and start in self.sure
        if index - first > 3 or (index > first + 1 and self._low(index - 1) in nouns.SURNAMES):
            return False
        if index == first + 1 and self._low(index) in nouns.SURNAMES:
            return cues.AFTER_SURNAME.match(self.text, self.tokens[index].end) is not None
        if self._leads_low(index) or _LOW_IRISH.fullmatch(word):
            return True
        if self._leads_low(index - 1):
            return len(word) > 2 and word.isalpha()
        if index > first + 1 and start in self.sure:
            names = all(self._is(place, Word.GIVEN) for place in range(first, index))
            return names and self._surely(index) and word.isalpha() and not _is_slip(word)
        return False

    def _leads_unknown(self, index: int) -> bool:
        """A particle in lower case before what is no word at all: "le bozec", "el amrani", never "le livreur".

        After an article it may be a word misspelt ("julie la comande"): there something says that the name is over.
        """
        if not (self._low(index) in _BARE_PARTICLES and self._leads_low(index) and self._unknown(index + 1)):
            return False
        last = index + 1
        if _is_slip(self.tokens[last].text):
            return False
        if self._low(index) not in ("le", "la"):
            return True
        return _AFTER_LOW_NAME.match(self.text, self.tokens[last].end) is not None

    def _leads_low(self, index: int) -> bool:
        """A particle in lower case before the rest of a surname of no list: "da silva", "o'rourke", "el idrissi"."""
        following = index + 1
        if following >= len(self.tokens) or self._gap(index) not in ("", " ") or self._capital(following):
            return False
        if self._low(index) not in _LOW_PARTICLES or self._is(following, Word.STOP | Word.PLACE):
            return False
        rest = self.tokens[following].text
        elided = self.tokens[index].text[-1] in "'’"
        return (
            rest.isalpha()
            and len(rest) > 2
            and (elided or not self._is(following, Word.ORDINARY) or self._low(index) in _FOREIGN_PARTICLES)
        )

    def _initials_end(self, first: int) -> int:
        """Index of the last of the initials that ``first`` begins with, -1 when it begins with none."""
        last = first - 1
        furthest = min(len(self.tokens), first + LONGEST_NAME)
        while last + 1 < furthest and len(self.tokens[last + 1].text) == 1:
            last += 1
        return last if last >= first else -1

    def _shortened(self, index: int) -> bool:
        """What opens a name is cut short: "J-M Dupuis", "Mohd. Imran"."""
        following = index + 1
        if following >= len(self.tokens) or self.shouted or not self._capital(index) or not self._capital(following):
            return False
        if self._low(index) in _SHORT_GIVEN and self._gap(index) in INITIAL_GAPS:
            return self._is(following, Word.GIVEN) or self._unknown(following)
        if self._low(index) in _DOTTED_GIVEN and self._gap(index) in (". ", "."):
            return self._unknown(following) or self._low(following) in nouns.SURNAMES
        initials = _JOINED_INITIALS.fullmatch(self.tokens[index].text) is not None
        plain = self._is(following, Word.STOP | ELSEWHERE) or self._acronym(following)
        return initials and self._gap(index) in (" ", ". ") and not plain


def _is_slip(word: str) -> bool:
    """True for a clause whose apostrophe was left out: "jattends", "cest"."""
    low = word.casefold()
    for head, kind in _ELISIONS.items():
        if low.startswith(head) and len(low) > len(head) + 1 and known(low[len(head) :]) & kind:
            return True
    return False

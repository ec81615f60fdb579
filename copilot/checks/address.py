"""Tu and vous in one text, or the one the brand does not use (French only)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from copilot.checks import Context, Draft
from copilot.checks._samples import Sample
from copilot.checks._words import without_quotes_and_links
from copilot.domain.brand import Address, VoiceProfile
from copilot.domain.finding import Finding, Severity
from copilot.domain.wording import Wording

NAME = "address"
SEVERITY = Severity.WARNS
LANGUAGES = ("fr",)

#: Enough to show.
MOST = 10

_WORD = re.compile(r"(?<![^\W_])(?:[tT][’'](?=\w)|[^\W\d_]+)")
_TU = frozenset({"tu", "te", "toi", "ton", "ta", "tes", "tien", "tienne", "tiens", "tiennes", "t'", "t’"})
_VOUS = frozenset({"vous", "votre", "vos", "vôtre", "vôtres"})

# "tu" is also the past participle of taire, "ton" a tone, "tiens" an interjection and a form of tenir.
_BEFORE_SILENT = frozenset({"est", "a", "ai", "avons", "avez", "ont", "suis", "était", "sont", "avait", "fut", "être"})
_BEFORE_TONE = frozenset(
    {"le", "un", "ce", "du", "au", "bon", "même", "quel", "demi", "mon", "son", "notre", "votre", "leur", "sans"}
)
_NOT_YOU = frozenset({"tiens"})
# "rendez-vous", "garde-à-vous": nouns.
_NOUN_BEFORE_VOUS = frozenset({"rendez", "garde-à", "à", "sauve"})
# Words in -ez that are no verb.
_NO_VERB = frozenset(
    {"chez", "assez", "rendez", "merguez", "rodez", "suez", "tropez", "douarnenez", "jerez", "alvarez", "cortez"}
    | {"fernandez", "gomez", "gonzalez", "gutierrez", "hernandez", "lopez", "martinez", "perez", "ramirez"}
    | {"rodriguez", "sanchez", "vasquez", "velasquez"}
)


@dataclass(frozen=True, slots=True)
class _Mark:
    """A word that says tu or vous. ``plural_is_fine``: it may speak to many even where the brand says tu."""

    address: Address
    start: int
    end: int
    plural_is_fine: bool = False


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Warns of each word that goes against the brand's address, or of the rarer of two mixed ones."""
    if not draft.language.startswith("fr"):
        return
    marks = list(_marks(without_quotes_and_links(draft.text)))
    wanted = context.brand.voice.address if context.brand else None
    mixed = len({mark.address for mark in marks}) > 1
    against = [mark for mark in marks if mark.address is not wanted] if wanted else _rarer(marks) if mixed else []
    if wanted is Address.TU and draft.part == "post" and not mixed and all(mark.plural_is_fine for mark in against):
        return
    for mark in against[:MOST]:
        word = draft.text[mark.start : mark.end]
        key = "check.address" if wanted else "check.address.mixed"
        other = Wording(f"check.address.{wanted or _other(mark.address)}")
        yield Finding(NAME, Severity.WARNS, mark.start, mark.end, Wording(key, {"word": word, "address": other}), word)


def _rarer(marks: list[_Mark]) -> list[_Mark]:
    tu = [mark for mark in marks if mark.address is Address.TU]
    vous = [mark for mark in marks if mark.address is Address.VOUS]
    return tu if len(tu) <= len(vous) else vous


def _other(address: Address) -> Address:
    return Address.VOUS if address is Address.TU else Address.TU


def _marks(text: str) -> Iterator[_Mark]:
    words = list(_WORD.finditer(text))
    for index, match in enumerate(words):
        word = match.group().lower()
        before = words[index - 1].group().lower() if index else ""
        joined = text[match.start() - 1 : match.start()] == "-"
        closed = not text[match.end() : match.end() + 2].strip(" \u00a0\u202f.,;:!?…»)")
        if word in _TU and not _is_false_tu(word, before, joined, closed):
            yield _Mark(Address.TU, *match.span())
        elif word in _VOUS and not (word == "vous" and _is_noun(before, joined)):
            plain = word == "vous" and not (joined and before.endswith("ez"))
            yield _Mark(Address.VOUS, *match.span(), plural_is_fine=plain)
        elif _is_order(match, word, text):
            yield _Mark(Address.VOUS, *match.span())


def _is_false_tu(word: str, before: str, joined: bool, closed: bool) -> bool:
    if word == "tu":
        return not joined and before in _BEFORE_SILENT
    if word == "ton":
        # "ton sur ton" is one colour on the same.
        return before in (*_BEFORE_TONE, "sur") or (closed and before in ("de", "d"))
    return word in _NOT_YOU


def _is_noun(before: str, joined: bool) -> bool:
    return joined and before in _NOUN_BEFORE_VOUS


def _is_order(match: re.Match[str], word: str, text: str) -> bool:
    """A verb in -ez: "découvrez". A capital inside a sentence makes it a name."""
    if not word.endswith("ez") or len(word) < 5 or word in _NO_VERB:
        return False
    if match.group()[0].islower():
        return True
    lead = text[max(match.start() - 8, 0) : match.start()].rstrip(" \u00a0\u202f«“\"'(")[-1:]
    return not (lead.isalnum() or (lead and lead in ",-’'"))


_VOUS_BRAND = VoiceProfile(address=Address.VOUS)
_TU_BRAND = VoiceProfile(address=Address.TU)
BAD = {
    "fr": (
        Sample("Dis-nous ce que tu en penses.", voice=_VOUS_BRAND),
        Sample("Bonjour, vous pouvez passer avec ton vélo.", voice=_VOUS_BRAND, part="reply"),
        Sample("Abonnez-vous !", voice=_TU_BRAND),
        Sample("Découvre ton vélo et réservez un essai.", voice=_TU_BRAND),
        Sample("Merci de votre message.", voice=_TU_BRAND, part="reply"),
        Sample("T’as vu ça ?", voice=_VOUS_BRAND),
    ),
}
GOOD = {
    "fr": (
        Sample("Elle s’est tue, il a tu la vérité sur un ton sec. Venez !", voice=_VOUS_BRAND),
        Sample("« Tu viens ? » disait l’affiche. Écrivez-nous.", voice=_VOUS_BRAND),
        Sample("Prends rendez-vous chez nous, c’est assez simple.", voice=_TU_BRAND),
        Sample("Vous êtes 500 à nous suivre, bravo !", voice=_TU_BRAND),
        Sample("Suivez #TuRoules et https://tu.fr/ton-velo", voice=_VOUS_BRAND),
        Sample("A-t-il reçu la réponse ? Le ton sur ton, c’est chic.", voice=_VOUS_BRAND),
    ),
}

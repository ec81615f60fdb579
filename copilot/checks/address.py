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


# Orders to one person, at the start of a sentence. Some are nouns as well: what follows must be what an order governs.
_ORDERS = (
    r"(?:découvre|rejoins|viens|profite|inscris|abonne|connecte|regarde|raconte|participe|choisis|prends"
    r"|lis|écoute|apporte|pense"
    r"|envoie|écris|goûte|essaie|essaye|appelle|imagine|télécharge|clique|fais|vois|sois|ramène|prépare"
    r"|retrouve|installe"
    r"|savoure|déguste|admire|embarque|laisse|ajoute|enregistre|identifie|tague|mentionne|donne|rends"
    r"|évite|vérifie|contacte|dis"
    r"|montre|explique|dépêche|prépare|attends|sors|pars|descends|amène|emmène|emporte|oublie|n['’]oublie "
    r"pas|n['’]hésite pas"
    r"|ne (?:rate|manque|loupe) (?:pas|plus)|swipe|scrolle|réponds|remplis|saute|monte|reviens|soutiens"
    r"|parle|teste"
    r"|gagne|crée|compare|explore|invite|chante|mange|apprends)"
)
_NOUN_ORDERS = (
    r"(?:ouvre|aide|active|trouve|mets|danse|tente|célèbre|partage|commente|passe|réserve|offre|visite|vote"
    r"|commande|demande|garde|note|signe|reste|fête|marche|file|plonge|recherche)"
)
_GOVERNED = (
    r"(?:(?:le|la|les|un|une|notre|nos|ce|cet|cette|ces|ton|ta|tes|nous|vite|moi|avec|ici|bien"
    r"|ton)\b(?!\s+(?:\d|lundi|mardi|mercredi"
    r"|jeudi|vendredi|samedi|dimanche|public))|l['’])"
)
_FREE = r"(?![’'-]?\w*\s*:)(?=\s+(?!de la part)[\w«“]|-(?:nous|moi|le|la|les|y|en|toi|lui|leur)\b|\s*[!.…]|\s+[^\w\s])"
_TU_ORDER = re.compile(
    r"(?:(?<=\A)|(?<=[.!?…:\n>•]\s)|(?<=[.!?…]\s[\u00a0\u202f\s])|(?<=\n)|(?<=[-–—]\s)"
    r"|(?<=[\u2600-\u27bf\U0001f300-\U0001faff]\s))"
    rf"(?:{_ORDERS}{_FREE}|{_NOUN_ORDERS}(?:-(?:nous|moi|le|la|les)\b|(?=\s+{_GOVERNED})))",
    re.IGNORECASE,
)
# "dis-nous", "raconte-moi", anywhere: only an order to one person ends so before "-nous".
_TU_JOINED = re.compile(
    r"(?<![\w'’-])(?!(?:entre|contre|outre|êtes|étiez)-)(?:\w+(?:[eéiu]s|[td]s|e|is"
    r"|ois))(?<!mes)(?<!mmes)-(?:nous|moi)\b",
    re.IGNORECASE,
)
# Orders to several that do not end in -ez.
_VOUS_ORDER = re.compile(
    r"(?<![\w'’-])(?:(?:dites|faites|refaites|redites)(?=-(?:nous|moi|le|la|les|lui|leur|en)\b)"
    r"|(?<=[.!?…\n]\s)(?:dites|faites)\b|(?<=\A)(?:dites|faites)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Mark:
    """A word that says tu or vous. ``plural_is_fine``: it may speak to many even where the brand says tu."""

    address: Address
    start: int
    end: int
    plural_is_fine: bool = False


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Warns of each word against the brand's address, or of the rarer of two; of both where neither clearly wins."""
    if not draft.language.startswith("fr"):
        return
    prose = without_quotes_and_links(draft.text)
    marks = sorted([*_marks(prose), *_orders(prose)], key=lambda mark: mark.start)
    wanted = context.brand.voice.address if context.brand else None
    mixed = len({mark.address for mark in marks}) > 1
    against = [mark for mark in marks if mark.address is not wanted] if wanted else _rarer(marks) if mixed else []
    if wanted is Address.TU and draft.part == "post" and not mixed and all(mark.plural_is_fine for mark in against):
        return
    beside = len(marks) - len(against)
    # No side clearly wins, or the brand's own is the rarer: a person needs to see both.
    if mixed and (beside < len(against) if wanted else beside <= 2 * len(against)):
        rest = [mark for mark in marks if mark not in against]
        kept = max(MOST // 2, MOST - len(rest))
        against = sorted([*against[:kept], *rest[: MOST - kept]], key=lambda mark: mark.start)
    for mark in against[:MOST]:
        word = draft.text[mark.start : mark.end]
        goes_against = wanted is not None and mark.address is not wanted
        key = "check.address" if goes_against else "check.address.mixed"
        other = Wording(f"check.address.{wanted if goes_against else _other(mark.address)}")
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


def _orders(text: str) -> Iterator[_Mark]:
    """Orders that no pronoun marks: "Découvre", "Raconte-nous", "Dites-nous"."""
    taken = -1
    for match in sorted((*_TU_ORDER.finditer(text), *_TU_JOINED.finditer(text)), key=lambda one: one.start()):
        if match.start() > taken:
            taken = match.end()
            yield _Mark(Address.TU, *match.span())
    for match in _VOUS_ORDER.finditer(text):
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
        Sample("Découvre la nouvelle carte.", voice=_VOUS_BRAND),
        Sample("Un avis ? Raconte-nous tout.", voice=_VOUS_BRAND),
        Sample("Ta place est prête. Dites-nous à quelle heure.", voice=_TU_BRAND),
    ),
}
GOOD = {
    "fr": (
        Sample("Elle s’est tue, il a tu la vérité sur un ton sec. Venez !", voice=_VOUS_BRAND),
        Sample("« Tu viens ? » disait l’affiche. Écrivez-nous.", voice=_VOUS_BRAND),
        Sample("Prends rendez-vous chez nous, c’est assez simple.", voice=_TU_BRAND),
        Sample("Vous êtes 500 à nous suivre, bravo !", voice=_TU_BRAND),
        Sample("Suivez #TuRoules et https://tu.fr/ton-velo", voice=_VOUS_BRAND),
        Sample("Visite guidée le samedi. Réserve naturelle ouverte. On se retrouve là-bas ?", voice=_VOUS_BRAND),
        Sample("Julie ouvre la porte et découvre l’atelier. Partage de recettes à 15 h.", voice=_VOUS_BRAND),
        Sample("Sommes-nous ouverts ? Oui : entre-nous, rien ne change.", voice=_VOUS_BRAND),
        Sample("A-t-il reçu la réponse ? Le ton sur ton, c’est chic.", voice=_VOUS_BRAND),
    ),
}

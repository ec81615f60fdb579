"""Hashtags for a post: the brand's own, then names and noun phrases of the brief, each with its reason."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from copilot.domain.brand import Brand
from copilot.domain.network import Network
from copilot.domain.post import FactKind, FoundFact, Hashtag
from copilot.domain.wording import Wording
from copilot.text.facts.dates import MONTHS, WEEKDAYS
from copilot.text.keywords import phrases
from copilot.text.lexicons import folded, stop_words, words

#: Longest hashtag proposed, in characters (domain practice: longer ones are not read).
LONGEST = 30

_ELIDED_ARTICLE = re.compile(r"^\s*l['’](?=\w)")
_CAPITAL_ARTICLE = re.compile(r"^\s*[Ll]['’](?=\w)")
_DECIMAL = re.compile(r"(?<=\d)[.,](?=\d)")
_PIECE = re.compile(r"[^\W_]+(?:_[^\W_]+)*")
_WRITTEN = re.compile(r"(?<![\w&/])[#＃](?P<tag>\w{2,60})")
_SHORT_ACRONYM = 5
_SUPERLATIVE = re.compile(r"[a-z]{3,}(?:t|i|r|w|n|d|g|k)est")

# Words that tell nothing by themselves: a hashtag made of them alone is refused.
_GENERIC = words(
    "nouveau nouvelle nouveaux nouvelles nouveaute nouveautes produit produits offre offres promo promotion prix "
    "tarif tarifs magasin magasins boutique boutiques client clients equipe equipes brief date lieu lien site web "
    "info infos information informations contact semaine jour jours mois annee an ans heure heures minute minutes "
    "fois chose choses monde gens place places entree libre gratuit gratuite gratuits essai essais inscription "
    "inscriptions reservation livraison livraisons garantie lancement rendez-vous rendezvous petit petite grand "
    "grande bon bonne premier premiere dernier derniere meilleur article articles post posts page pages photo "
    "photos video videos numero edition modele modeles version exemplaires new product products offer offers "
    "price prices shop store customer customers team teams link week day days month year hour hours time times "
    "thing things world people free entry test trial delivery warranty launch big small good best first last item "
    "items number model models cta objectif cible ton message "
)
_READ_PHRASES = 20


def camel_case(phrase: str) -> str | None:
    """``phrase`` as one hashtag without its ``#``, or None when it cannot be one.

    Accents are kept. An apostrophe, a hyphen, ``&`` and every other sign end a tag on some network, so they are
    dropped and the next letter is a capital: ``rendez-vous`` gives ``RendezVous``. A leading ``l'`` goes. Digits
    alone are refused. Over 30 characters, the small words go; if that is not enough, None.
    """
    text = unicodedata.normalize("NFC", phrase)
    text = _DECIMAL.sub("_", _ELIDED_ARTICLE.sub("", text).lstrip("#＃"))
    pieces = [piece for piece in map(_letters, _PIECE.findall(text)) if piece]
    for kept in (pieces, [piece for piece in pieces if piece.casefold() not in stop_words("both")]):
        tag = "".join(_raised(piece, shouted=text.isupper()) for piece in kept)
        if len(tag) <= LONGEST:
            return tag if len(tag) > 1 and any(sign.isalpha() for sign in tag) else None
    return None


def _letters(piece: str) -> str:
    """``piece`` without the signs that are neither letters nor decimal digits (``²``, ``½``)."""
    return "".join(sign for sign in piece if sign.isalpha() or sign.isdecimal() or sign == "_").strip("_")


def _raised(piece: str, *, shouted: bool) -> str:
    if piece.isupper() and len(piece) > (1 if shouted else _SHORT_ACRONYM):
        return piece[0] + piece[1:].lower()
    return piece if any(sign.isupper() for sign in piece) else piece[0].upper() + piece[1:]


_TIMES = frozenset(folded(name).rstrip("s") for name in (*WEEKDAYS, *MONTHS)) | {
    *("mon", "tue", "wed", "thu", "thur", "fri", "sat", "sun", "sept", "oct", "nov", "dec", "janv", "fevr", "juil"),
    *("aujourd", "demain", "today", "tomorrow"),
}
#: A hashtag that may be kept, as it is written, and why.
_Candidate = tuple[str, Wording]


def suggest(
    text: str,
    language: str,
    *,
    facts: Sequence[FoundFact],
    brand: Brand | None,
    network: Network,
    limit: int | None = None,
) -> tuple[Hashtag, ...]:
    """Hashtags for ``text`` on ``network``, best first, never two that differ by case or accents alone.

    The brand's hashtags that the text speaks of come first (those of that network's lists before the others) but
    leave half of the room to the brief: its own hashtags, its products, places, the brand's name and its noun
    phrases. The rest of the brand's lists only fills up to the network's advised minimum: a tag on another subject
    serves nobody.

    Args:
        text: the brief or the draft.
        language: ``fr`` or ``en``.
        facts: what :func:`copilot.text.facts.find_facts` read in ``text``.
        brand: whose lists to use, if any.
        network: its cap is never passed; without ``limit`` its advised maximum is kept.
        limit: how many at most; the cap of the network still holds.
    """
    room = _room(network, limit)
    if room <= 0:
        return ()
    chosen = _Chosen(room, network.hashtags.max_chars)
    spoken, others = _of_brand(text, brand, network) if brand else ([], [])
    chosen.take(spoken, room - room // 2)
    chosen.take(_of_text(text))
    chosen.take(_of_facts(facts))
    if brand:
        chosen.take([(brand.name, Wording("hashtag.reason.brand_name", {"name": brand.name}))])
    chosen.take(_of_phrases(text, language, facts), distinct=True)
    chosen.take(spoken)
    chosen.take(others, max(0, min(room, network.hashtags.advised[0]) - len(chosen.tags)))
    return tuple(chosen.tags)


def _room(network: Network, limit: int | None) -> int:
    rules = network.hashtags
    wanted = rules.advised[1] if limit is None else limit
    return wanted if rules.max is None else min(wanted, rules.max)


class _Chosen:
    """Tags kept so far, in order."""

    def __init__(self, room: int, max_chars: int | None) -> None:
        self.tags: list[Hashtag] = []
        self._room = room
        self._longest = min(LONGEST, max_chars or LONGEST)
        self._keys: list[str] = []

    def take(
        self, candidates: Iterable[tuple[str, Wording]], count: int | None = None, *, distinct: bool = False
    ) -> None:
        """Keep up to ``count`` of ``candidates``; ``distinct`` refuses those that repeat part of a kept one."""
        wanted = self._room if count is None else min(self._room, len(self.tags) + count)
        for source, reason in candidates:
            if len(self.tags) >= wanted:
                return
            tag = _as_tag(source)
            if tag and len(tag) <= self._longest and self._is_new(tag, distinct):
                self._keys.append(folded(tag))
                self.tags.append(Hashtag(tag, reason))

    def _is_new(self, tag: str, distinct: bool) -> bool:
        key = folded(tag)
        if key in self._keys:
            return False
        return not distinct or not any(key in kept or kept in key for kept in self._keys)


def _as_tag(source: str) -> str | None:
    """A hashtag already written as one keeps its spelling; anything else goes through :func:`camel_case`."""
    bare = unicodedata.normalize("NFC", source).strip().lstrip("#＃")
    if " " not in bare and _letters(bare) == bare and any(sign.isalpha() for sign in bare) and len(bare) <= LONGEST:
        return bare if any(sign.isupper() for sign in bare) or source.lstrip().startswith("#") else camel_case(bare)
    return camel_case(bare)


def _of_brand(text: str, brand: Brand, network: Network) -> tuple[list[_Candidate], list[_Candidate]]:
    """Tags of the brand's lists, that network's lists first: those the text speaks of, and the others."""
    here = [listed for listed in brand.hashtags if network.id in listed.networks]
    anywhere = [listed for listed in brand.hashtags if not listed.networks]
    body = re.sub(r"[\W_]+", "", folded(text))
    spoken: list[_Candidate] = []
    others: list[_Candidate] = []
    for listed in (*here, *anywhere):
        reason = Wording("hashtag.reason.brand_list", {"list": listed.name})
        for tag in listed.tags:
            bare = tag.lstrip("#")
            (spoken if folded(bare) in body else others).append((f"#{bare}", reason))
    return spoken, others


def _of_text(text: str) -> Iterator[tuple[str, Wording]]:
    for match in _WRITTEN.finditer(text):
        yield match.group(), Wording("hashtag.reason.brief_phrase", {"phrase": match.group()})


def _of_facts(facts: Sequence[FoundFact]) -> Iterator[tuple[str, Wording]]:
    for kind, key in ((FactKind.PRODUCT, "hashtag.reason.product"), (FactKind.PLACE, "hashtag.reason.place")):
        for fact in facts:
            name = _CAPITAL_ARTICLE.sub("", fact.normalised)
            if fact.kind is kind and not _is_address(fact) and not _is_generic(name) and not _is_a_time(name):
                yield name, Wording(key, {"name": fact.normalised})


def _is_generic(phrase: str) -> bool:
    parts = [folded(part) for part in re.findall(r"\w+(?:-\w+)*", phrase)]
    small = stop_words("both")
    return all(part in _GENERIC or part in small or part.isdigit() for part in parts)


def _is_a_time(phrase: str) -> bool:
    """True when a day or a month is among the words: nobody looks for last Tuesday."""
    return any(folded(part).rstrip("s") in _TIMES for part in re.findall(r"[^\W\d_]+", phrase))


def _is_address(fact: FoundFact) -> bool:
    """True for a place with a number: a street, not a name."""
    return fact.kind is FactKind.PLACE and any(sign.isdigit() for sign in fact.normalised)


def _of_phrases(text: str, language: str, facts: Sequence[FoundFact]) -> Iterator[tuple[str, Wording]]:
    streets = [fact for fact in facts if _is_address(fact)]
    for phrase in phrases(text, language, _READ_PHRASES):
        if any(phrase.start < street.end and street.start < phrase.end for street in streets):
            continue
        # A word alone says enough when it comes back or is written as a name.
        alone = len(phrase.text.split()) == 1 and phrase.score < 1.5
        if not alone and not _is_generic(phrase.text) and not _is_a_time(phrase.text):
            yield _without_praise(phrase.text), Wording("hashtag.reason.brief_phrase", {"phrase": phrase.text})


def _without_praise(phrase: str) -> str:
    """``phrase`` without the generic words it begins with: ``new city bike`` is a ``city bike``."""
    parts = phrase.split()
    while len(parts) > 2 and (folded(parts[0]) in _GENERIC or _SUPERLATIVE.fullmatch(parts[0])):
        parts.pop(0)
    return " ".join(parts)

"""Noun phrases in a line of words: never a fragment, never a verb or a praise at an end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from copilot.text.keywords.words import Word
from copilot.text.lexicons import folded, lexicon, words

LONGEST_WORDS = 4
#: Letters of the longest hashtag proposed.
LONGEST_SIGNS = 30
#: A longer stretch without a stop is no phrase.
_LONGEST_RUN = 24
_FULL = frozenset("NWJ")
_SPOT_LINKERS = words("à au aux en")
_DENIALS = words("pas aucun aucune no without ni sans zéro zero")
#: Words that only measure or place what follows « de » or ``of``.
_RELATIONAL = words(
    "bord bords trentaine dizaine vingtaine quinzaine quarantaine cinquantaine soixantaine centaine douzaine "
    "dizaines centaines millier milliers million millions série fin début profit pied cœur sein ensemble nombre "
    "partie moitié type types sorte version versions édition éditions équipe équipes responsable responsables "
    "majorité reste titre sujet thème photo photos image images vidéo vidéos affiche affiches visuel visuels date "
    "dates lieu adresse nom prix tarif tarifs gamme sortie arrivée lancement occasion cadre objectif journaliste "
    "retour ouverture bénéfice porte portes démonstration distribution présentation initiation découverte remise "
    "territoire habitants usagers communes élus abonnés adhérents cm km mètres kilomètres mètre hectares litres "
    "kilos tonnes grammes points métier métiers importance principe côté classe niveau gare entrée edge end top "
    "middle start beginning number couple range kind sort lot lots set series part picture pictures video videos "
    "launch head heart centre hundreds thousands dozens bit piece copy team group"
)
#: Organisations and groups that stand before the land they are of: « les entreprises | de la plaine du Ternay ».
#: Nouns that end as a participle does, without « t » before.
_ENDING_SO = words(
    "musee lycee journee soiree matinee annee duree entree dictee idee armee allee vallee randonnee tournee poupee "
    "fee the cafe marche conge degre cliche duche peche bebe ble cle pre abbe jubile canape evenement gravite fume "
    "puree epopee trophee traversee montee mosquee echappee buee fumee bouchee pensee epee cine orchidee"
)
_LABELS = words(
    "quartier coin village marque société entreprise enseigne maison nom ville compagnie association brand company name"
)
_OURS = words("our my their his her its notre nos mon ma mes son sa leur leurs")
PEOPLE = words(
    "entreprise eleve enfant famille skieur groupe client salarie agent commercant producteur artisan joueur "
    "joueuse parent etudiant voisin retraite visiteur lyceen licencie eleveur viticulteur maire ecole equipe jeune "
    "aine sportif child kid pupil customer member resident"
)
_LANDS = words(
    "plaine vallée pays côte massif quartier ville commune région presqu'île baie bassin agglomération métropole "
    "canton communauté département territoire secteur village bourg île pointe plateau vallon estuaire golfe "
    "littoral"
)
#: « cochon d'Inde », « vins d'Italie »: without an article, a country only tells the kind.
_COUNTRIES = words(
    "inde chine italie espagne france grèce turquie hollande corse bretagne normandie provence savoie alsace "
    "auvergne afrique asie amérique europe colombie éthiopie madagascar suisse belgique écosse irlande angleterre "
    "allemagne"
)
_ADJECTIVAL = re.compile(r".{3,}(?:ian|ese|ish|ean)$")
_FESTIVE = words("christmas easter halloween xmas valentine victorian wedding sunday saturday friday")
_STREETS = words(
    "rue avenue boulevard allée allées impasse chemin quai faubourg bd av place route street road lane square drive "
    "crescent terrace"
)
STREETS_AFTER = words("street road lane avenue square drive crescent terrace court")


class Chunk:
    """Words of one noun phrase. ``names`` counts those written as names, ``full`` those that are no linkers.

    ``listed`` is True for a member of an enumeration, ``counted`` after a number, ``aside`` between parentheses.
    """

    __slots__ = ("aside", "counted", "full", "listed", "names", "stems", "words")

    def __init__(self, found: Sequence[Word], *, listed: bool, counted: bool, aside: bool) -> None:
        self.words = found
        self.full = [word for word in found if word.code in _FULL or word.code == "U"]
        self.names = len([word for word in found if word.code == "W"])
        self.stems = [stem(word.low) for word in self.full]
        self.listed = listed
        self.counted = counted
        self.aside = aside


def chunks(line: Sequence[Word], language: str) -> Iterator[Chunk]:
    """The noun phrases of ``line``, in their order; what the text says there is none of is left out."""
    run: list[Word] = []
    opened = 0
    denied = False
    inside = False
    for index, word in enumerate(line):
        code = word.code
        if len(run) >= _LONGEST_RUN:
            run = []
        if code in _FULL:
            if not run:
                opened = index
            run.append(word)
        elif run and _goes_on(word, run[-1]):
            run.append(word)
        else:
            if run:
                if not denied:
                    yield from _of_run(_kept(run, word, language), line, opened, index, language, aside=inside)
                run, denied = [], False
            inside = word.text == "(" or (inside and word.text != ")")
            if word.low in _DENIALS:
                denied = True
            elif code not in "DPJ":
                denied = False
    if run and not denied:
        yield from _of_run(run, line, opened, len(line), language, aside=inside)


_AFFECTED = re.compile(r".{2,}(?:[^t]és?|[^t]ées?)$")


def _kept(run: list[Word], after: Word, language: str) -> list[Word]:
    """``run`` without a participle that opens what follows: « fromage au lait cru | affiné quatre mois »."""
    last = run[-1]
    opens = after.code in "pUX" and len(run) > 1 and last.code == "N" and run[-2].code in _FULL
    return run[:-1] if language == "fr" and opens and _AFFECTED.match(last.low) else run


def _goes_on(word: Word, last: Word) -> bool:
    """Whether a word that is not full stays inside the phrase that ends with ``last``: a linker, ``City 2``."""
    if word.code == "P":
        return True
    if word.code == "D":
        return last.code == "P" and word.low not in _DENIALS
    return word.code == "U" and last.code == "W" and len(word.text) <= 4 and word.text.isdigit()


def _of_run(
    run: list[Word], line: Sequence[Word], start: int, end: int, language: str, *, aside: bool
) -> Iterator[Chunk]:
    before = _beside(line, start - 1, -1)
    counted = before is not None and before.code == "U"
    if counted:
        before = _beside(line, start - 2, -1)
    while len(run) > 1 and run[-1].code not in _FULL and run[-1].code != "U":
        run = run[:-1]
        end -= 1
    after = line[end] if end < len(line) else None
    loose = language == "fr" and len(run) == 1 and run[0].code == "N" and (start == 0 or line[start - 1].code in ".,C")
    if loose and _AFFECTED.match(run[0].low) and stem(run[0].low) not in _ENDING_SO:
        # « Les joueurs, fatigués, ... »: a participle on its own.
        return
    if _is_street(run, counted=counted) or _is_somebody(run, line, end) or _is_their_role(run, line, start):
        return
    parts = [trimmed for part in _parts(run, language) for one in _fitted(part, language) if (trimmed := _trimmed(one))]
    listed = len(parts) == 1 and _is_listed(before, after)
    for part in parts:
        yield Chunk(part, listed=listed, counted=counted, aside=aside)


def _is_somebody(run: Sequence[Word], line: Sequence[Word], end: int) -> bool:
    """Whether one name is a person's: "Nisha, our optometrist", « Corinne, assistante »."""
    if len(run) != 1 or run[0].code != "W" or end + 1 >= len(line) or line[end].text not in ",(":
        return False
    return line[end + 1].low in _OURS or line[end + 1].low in lexicon("hashtag_roles")


def _is_their_role(run: Sequence[Word], line: Sequence[Word], start: int) -> bool:
    """Whether a role stands after somebody's name: "Priya Nair, our head baker", « Ana Roy, directrice générale »."""
    at = start - 1
    while at >= 0 and line[at].code == "D":
        at -= 1
    named = at > 0 and line[at].text == "," and line[at - 1].code == "W"
    return named and (run[0].low in lexicon("hashtag_roles") or run[-1].low in lexicon("hashtag_roles"))


def _beside(line: Sequence[Word], index: int, step: int) -> Word | None:
    """The neighbour from ``index`` on, determiners and linkers skipped."""
    while 0 <= index < len(line) and line[index].code in "DP":
        index += step
    return line[index] if 0 <= index < len(line) else None


def _is_listed(before: Word | None, after: Word | None) -> bool:
    closes = after is None or after.code in ",.C"
    opens = before is None or before.code in ",.C"
    commas = (before is not None and (before.code == "C" or before.text in ",:(/")) or (
        after is not None and (after.code == "C" or after.text in ",/")
    )
    return opens and closes and commas


def _is_street(run: Sequence[Word], *, counted: bool) -> bool:
    if run[0].low in _STREETS and len(run) > 1:
        return run[0].low != "place" or counted or any(word.code == "W" for word in run[1:])
    return counted and run[-1].low in STREETS_AFTER


def _parts(run: list[Word], language: str) -> Iterator[list[Word]]:
    """``run`` cut where a name begins and where a place is told."""
    if len(run) == 1:
        yield run
        return
    part: list[Word] = []
    for index, word in enumerate(run):
        full = word.code in _FULL or word.code == "U"
        if part and (_parts_here(part, word, language) if full else _leaves(part, run, index)):
            yield part
            part = []
        part.append(word)
    yield part


def _parts_here(part: Sequence[Word], word: Word, language: str) -> bool:
    """Whether a name begins at ``word``: « l’autrice | Maëlle Kerguen », but « salle Jean-Vilar ».

    In English one ends there too: « Lowfield Council | waste team », but « Portuguese poetry ».
    """
    last = part[-1]
    if language == "en" and last.code == "W" and word.code != "W" and word.code in _FULL and word.text[0].islower():
        return not (len(part) == 1 and _is_adjectival(last))
    if word.code != "W" or last.code != "N" or any(one.code == "W" for one in part):
        return False
    return last.text[0].islower() and last.low not in lexicon("hashtag_venues") and part[0].text[0].islower()


def _is_adjectival(word: Word) -> bool:
    return word.low in _FESTIVE or word.low in lexicon("hashtag_adjectives") or bool(_ADJECTIVAL.match(word.low))


def _leaves(part: Sequence[Word], run: Sequence[Word], index: int) -> bool:
    """Whether the phrase stops before the linker ``run[index]``."""
    if part[-1].code not in _FULL:
        return False
    word = run[index]
    head = next((one for one in run[index + 1 :] if one.code in _FULL), None)
    if head is None:
        return True
    named = head.code == "W"
    if word.low in _SPOT_LINKERS:
        return head.low in lexicon("hashtag_spots") or (named and (word.low in ("à", "en") or part[0].code != "W"))
    if not named:
        return head.low in _LANDS and part[0].text[0].islower() and any(one.code == "W" for one in run[index + 1 :])
    if part[0].text[0].isupper():
        return False
    if head.low in _COUNTRIES and run[index + 1] is head and word.low in ("d'", "de"):
        return False
    ahead = sum(1 for one in run[index + 1 :] if one.code in _FULL)
    if head.text.casefold() in lexicon("places") or part[-1].low in _RELATIONAL:
        return ahead == 1 or part[-1].low in _RELATIONAL
    if any(one.low in lexicon("hashtag_venues") for one in part):
        return False
    return ahead > 1 or (part[0].low.endswith("s") and stem(part[0].low) in PEOPLE)


def _fitted(part: list[Word], language: str) -> Iterator[list[Word]]:
    """``part``, or two halves of it when it is too long for a hashtag, cut at the linker that ties the least."""
    if len(part) <= LONGEST_WORDS and part[-1].end - part[0].start <= LONGEST_SIGNS:
        yield part
        return
    full = [word for word in part if word.code in _FULL]
    size = sum(len(word.text) for word in part) - sum(1 for word in part if word.text[-1] == "'")
    if len(full) < 2 or (len(full) <= LONGEST_WORDS and size <= LONGEST_SIGNS):
        yield part
        return
    if part[0].code == "N" and part[1].code == "W":
        # « l'association Coiffeurs Solidaires des Mers »: the name alone.
        yield from _fitted(part[1:], language)
        return
    cuts = [index for index, word in enumerate(part) if word.code == "P" and 0 < index < len(part) - 1]
    if cuts:
        cut = min(cuts, key=lambda index: _tie(part, index, len(full)))
        yield from _fitted(part[:cut], language)
        while part[cut].code in "PD" and cut < len(part) - 1:
            cut += 1
        yield from _fitted(part[cut:], language)
    elif len(full) > 2 * LONGEST_WORDS:
        return
    else:
        yield from _fitted(part[1:] if language == "en" else part[:-1], language)


def _tie(part: Sequence[Word], index: int, count: int) -> float:
    """How badly a cut at the linker ``part[index]`` would hurt."""
    before = sum(1 for word in part[:index] if word.code in _FULL)
    head = next((word for word in part[index:] if word.code in _FULL), None)
    lone = 3.0 if head is not None and head.low in lexicon("hashtag_venues") else 0.0
    return abs(count - 2 * before) + (0.0 if part[index].low in _SPOT_LINKERS else 2.5) - lone


def _trimmed(part: list[Word]) -> list[Word]:
    """``part`` without linkers and praise at its ends."""
    start, end = 0, len(part)
    while start < end and (part[start].code in "PDJU" or _is_cut(part[start].text)):
        start += 1
    while end > start and (part[end - 1].code in "PDJ" or _is_cut(part[end - 1].text)):
        end -= 1
    if end - start > 2 and part[end - 2].code in "PD" and _adds_nothing(part[end - 1], part[end - 2]):
        return _trimmed(part[: end - 2])
    if end - start > 2 and part[start].low in _RELATIONAL and part[start + 1].code == "P":
        return _trimmed(part[start + 1 : end])
    return part[start:end]


def _adds_nothing(last: Word, linker: Word) -> bool:
    """Whether « de la marque », « de Mireille » ends a phrase: whose it is, not what; « de ville » tells the kind."""
    if last.code == "W":
        return last.low in lexicon("first_names") and last.low not in lexicon("places")
    return last.low in _LABELS and (linker.code == "D" or linker.low in ("du", "des"))


def _is_cut(text: str) -> bool:
    return (len(text) == 1 and not text.isupper()) or text[-1] == "'"


@lru_cache(maxsize=20_000)
def stem(low: str) -> str:
    """``low`` without accents and plural, to compare words."""
    plain = folded(low)
    return plain[:-1] if len(plain) > 3 and plain[-1] in "sx" else plain

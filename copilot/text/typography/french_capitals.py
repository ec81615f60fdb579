"""Accents on French capitals, for words that can be nothing else. Over a masked text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from copilot.text.typography.edit import SPACES, Edit, Reason, back_over_spaces

_S = f"[{SPACES}]"

#: Without their capital's accent, words that are written so in no other way. Their only accent is that one: they are
#: also looked for in capitals.
_ONE_ACCENT = (
    "Etat Etats Etatique Ecole Ecoles Ecolier Ecoliers Etude Etudes Etudiant Etudiants Etudiante Etudiantes "
    "Etiez Etais Etait Etaient Etant Equipe Equipes Energie Energies Economie Economies Economique Economiques "
    "Economisez Economiser Economisons Ecologie Ecologique Ecologiques Ecologiste Ecoute Ecoutez Ecoutons Ecouter "
    "Ecouteurs Ecris Ecrit Ecrits Ecrite Ecrivez Ecrivons Ecrire Ecriture Ecrivain Ecrivains Ecrivaine Eglise Eglises "
    "Egal Egaux Egalement Electrique Electriques Electricien Electriciens Elargir Elargissement Emotionnel "
    "Epaule Epaules Epicerie Epiceries Epices Epoque Epoques Epreuve Epreuves Epuisant Epargne Epargnez Equilibre "
    "Equilibres Equipement Equipements Equipez Equitation Equitable Equitables Etang Etangs Etage Etages Etagère "
    "Etape Etapes Etincelle Etincelles Etiquette Etiquettes Etoile Etoiles Etonnant Etonnante Etrange Etranger "
    "Etrangers Evadez Evidemment Eviter Evitez Evitons Evier Evoluer Evoluez Eveil Eveillez "
    "Echange Echanges Echanger Echangez Echangeons Echantillon Echantillons Echappez Echarpe Echarpes Echelle "
    "Echelles Eclair Eclairs Eclairage Eclairages Eclat Eclats Eclatant Ecluse Ecran Ecrans Ecureuil "
    "Ecoresponsable Ecotourisme Edifice Editeur Editeurs Editrice Elaborer Eloge "
    "Emetteur Emouvant Emouvante Enorme Enormes Energique Enigme Enigmes Epinards Erable Erudit "
    "Etendre Etendue Eteindre Eteignez Eteindrons Etirement Etirements Etoffe Etoffes Etude Evaluez "
    "Evaluer Evangile Evoquer Elancez Elargissez Epatant Epatante Epilation Epluchez Egayez Egarez "
    "Edredon Elus Elue Elues Electeur Electeurs Electrices Ile Iles"
)
#: Those that carry another accent further on: looked for as they are only.
_MORE_ACCENTS = (
    "Evénement Evénements Evènement Evènements Evénementiel Electricité Egalité Elève Elèves Elégance Elégant Elégante "
    "Elégants Elégantes Electroménager Elévation Energétique Energétiques Equipé Equipée Equipés Eté Etés Eléphant "
    "Eléphants Elément Eléments Emérite Ephémère Ephémères Epicéa Epicé Epicée Epicés Epanoui Equipière "
    "Equipières Etonné Etonnée Evêque Ecœuré Eclairé Eclairée Economisé Ecoulé Ecoulée Edité Edités Elevé Elevée "
    "Elevés Elevées Emerveillé Emerveillés Emerveillement Epuisé Epuisée Epuisés Epuisées Etabli Etablie Etablis "
    "Etablissement Etablissements Eteint Eteinte Etalé Etrennes Etroit Etroite Evalué Evadé Evité Ecolière Ecolières "
    "Etagères Etagère Epicière Epicières Etrangère Etrangères Etudié Eligibilité Emigré Ebloui Ebouriffé Eblouissant"
)
#: English words too, or brand names: mended only after an article, or where a sentence begins in French.
_SHARED = (
    "Edition Editions Evaluation Evaluations Evolution Evolutions Election Emotion Element Etudes Elevage Epilogue "
    "Evidence Evidences Eligible Elite Elites Echo Echos Emission Emissions Emotions Evacuation Evocation Elections "
    "Evasion Evasions Education Ecosystème Editorial Edito Educateur Educatrice Educatif Educative"
)
_OTHER_LETTERS = {"Agé": "Âgé", "Agée": "Âgée", "Agés": "Âgés", "Agées": "Âgées"}
_OTHER_LETTERS |= {"Etes": "Êtes", "Etre": "Être", "ETES": "ÊTES", "ETRE": "ÊTRE"}

_WORD = re.compile(r"(?<![\w'-])[EIA]\w{2,20}(?!\w)|(?<=['’-])[EIA]\w{2,20}(?!\w)")
_SMALL = re.compile(rf"(?<![\w'’.-])(?:A(?={_S}(?P<next>[\w’'-]+))|Ca(?={_S}[a-zà-ÿœ]))", re.UNICODE)
_AFTER_ARTICLE_WORDS = """
    la une cette nos vos notre votre leur leurs les des première nouvelle prochaine dernière en par
"""
_AFTER_ARTICLE = frozenset(_AFTER_ARTICLE_WORDS.split())
#: What follows À at the start of a sentence, and never a verb "a" without its subject.
_AFTER_A_WORDS = """
    bientôt demain propos partir travers côté noter savoir voir lire suivre venir vendre louer découvrir déguster
    consommer partager gagner emporter visiter tester essayer adopter réserver manger goûter imprimer télécharger
    écouter regarder offrir revoir relire faire refaire prendre apprendre retenir conserver commander garder
    utiliser éviter privilégier surveiller ajouter préparer cocher compléter saisir remplir définir préciser
    confirmer déterminer méditer signaler vivre entendre cuisiner boire croquer offrir planter cueillir vos nos
    mes tes ses mon ton son notre votre leur leurs ce cet cette ces chaque vous nous toi moi tous toutes tout
    toute quelle quel quelles quels qui quoi quand défaut cause moins moitié condition force titre midi minuit
    pied vélo table deux trois quatre cinq six sept huit neuf dix onze douze hier peine droite gauche
    terme la très plus tantôt jeudi vendredi samedi dimanche lundi mardi mercredi ne nouveau présent
"""
_AFTER_A = frozenset(_AFTER_A_WORDS.split())
_TOWNS_WORDS = """
    Paris Lyon Marseille Toulouse Nice Nantes Montpellier Strasbourg Bordeaux Lille Rennes Reims Toulon Grenoble
    Dijon Angers Nîmes Brest Tours Limoges Amiens Metz Besançon Orléans Rouen Mulhouse Caen Nancy Bruxelles Genève
    Lausanne Montréal Québec
"""
_TOWNS = frozenset(_TOWNS_WORDS.split())
_MEASURE = re.compile(rf"[0-9]{{1,4}}{_S}?(?:h|€|%|km|m|ans|mois|jours?|minutes?|min|heures?|pas|euros)(?![\w])")
_STARTS = frozenset('\n\r.!?…«“"(•–—-*>:')


def capitals(text: str) -> Iterator[Edit]:
    """The accent of a capital at the start of a word."""
    if "E" in text or "I" in text or "A" in text:
        words, shared = _words()
        for match in _WORD.finditer(text):
            word = match.group()
            right = words.get(word) or (shared.get(word) if _is_french_here(text, match.start()) else None)
            if right:
                yield Edit(match.start(), match.start() + 1, right[0], Reason.CAPITAL)
    if "A " in text or "A\u00a0" in text or "Ca" in text:
        yield from _small_words(text)


def _small_words(text: str) -> Iterator[Edit]:
    for match in _SMALL.finditer(text):
        if not _starts_sentence(text, match.start()):
            continue
        if match.group() == "Ca":
            yield Edit(match.start(), match.start() + 1, "Ç", Reason.CAPITAL)
        elif _is_preposition(text, match):
            yield Edit(match.start(), match.end(), "À", Reason.CAPITAL)


def _is_preposition(text: str, match: re.Match[str]) -> bool:
    following = match["next"]
    if following[0].isdigit():
        return bool(_MEASURE.match(text, match.start("next")))
    if following[:2].lower() in ("l'", "l’"):
        return True
    return following in _AFTER_A or following in _TOWNS or following[:7] == "aujourd"


def _is_french_here(text: str, at: int) -> bool:
    if text[at - 1 : at] in ("'", "’") and text[at - 2 : at - 1].lower() in ("l", "d"):
        return True
    left = back_over_spaces(text, at)
    start = left
    while start and left - start < 12 and text[start - 1].isalpha():
        start -= 1
    if text[start:left].lower() in _AFTER_ARTICLE:
        return True
    after = text[at : at + 40].split(None, 2)
    return _starts_sentence(text, at) and len(after) > 1 and (after[1][0].isdigit() or after[1] in _FRENCH_NEXT)


_FRENCH_NEXT_WORDS = """
    de des du d’ d' spéciale limitée nationale locale musicale la le les et
"""
_FRENCH_NEXT = frozenset(_FRENCH_NEXT_WORDS.split())


def _starts_sentence(text: str, at: int) -> bool:
    left = back_over_spaces(text, at)
    before = text[left - 1 : left]
    return not before or before in _STARTS or before > "\u2190"


@lru_cache(maxsize=1)
def _words() -> tuple[dict[str, str], dict[str, str]]:
    """What is always mended, and what is mended in French surroundings."""
    one = _ONE_ACCENT.split()
    more = _MORE_ACCENTS.split()
    always = {word: _accented(word) for word in [*one, *more]} | _OTHER_LETTERS
    always |= {word.upper(): _accented(word).upper() for word in one}
    return always, {word: _accented(word) for word in _SHARED.split()}


def _accented(word: str) -> str:
    return ("É" if word[0] == "E" else "Î") + word[1:]

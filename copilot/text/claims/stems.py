"""Words reduced to what they are about, the same in French and in English, so that two sentences may be compared."""

from __future__ import annotations

import re
from functools import lru_cache

from copilot.text.claims.days import MONTHS
from copilot.text.facts.dates import WEEKDAYS
from copilot.text.lexicons import folded, stop_words, words

_WORD = re.compile(r"[^\W\d_]+|\d+")

# One line a notion: the beginnings of the words that say it. The longest beginning wins.
_NOTIONS = """
price: prix tarif cout coutent couter price cost costs pric montant vaut worth
deliver: livr reexpedi expedi envoi envoy ship deliver postage dispatch parcel colis
refund: rembours refund
return: retour renvo return
exchange: echang exchang swap
replace: remplac replac
open: ouvert ouvre ouvrir ouvrons ouvrent open horaire hours accueill
close: ferme fermet close closing closed shut
start: commenc debut demarr start begin starts lancement lancer launch depart
end: termin finit finish
warranty: garanti warrant guarant
discount: remis reduc reduit rabais discount promo
free: gratuit offert free complimentary cadeau offr
gift: gift
ticket: billet ticket place entree admission entry entrance
book: reserv booking
order: command order
workshop: atelier workshop
trial: essai trial taster initiat decouver
course: cours class lesson course
install: install setup fit fitting pose montage activation activat engineer technici
shop: magasin boutique shop store
team: equip team
plan: abonn subscri forfait contract contrat plan formule membership
child: enfant child kid
adult: adult
student: etudiant student
bike: velo bike bicycl
bottle: bouteill bottle
room: chambre room salle
night: nuit night nuitee
person: personn people person gens
customer: client customer
member: adheren member membre
tour: visite tour visit
concert: concert gig
family: famille famil
raise: recolt collect rais fundrais
donor: donat donor donn donor
answer: repon repond reply answer respon
minor: moins under
size: taille size
colour: couleur coloris colour color
battery: batterie battery autonomi range
weight: pese poids weigh weight
page: page
guide: guide
model: modele model
copy: exemplaire copies copy
seat: siege seat
meal: repas meal menu dejeuner lunch diner dinner
coffee: cafe coffee
tea: tea
bread: pain loaf bread
wine: vin wine
tree: arbre tree
woman: femme women woman
man: homme men man
job: emploi job poste recrut hiring
volunteer: benevol volunteer
school: ecole school
library: biblioth librar mediath
film: film movie
book_of: livre livres roman novel
station: gare station
train: train
bus: bus
parking: parking
car: voiture car
water: eau water
saving: economi saving save
invoice: factur invoice bill
appointment: rdv appointment
payment: payabl regl regler paiement payment pay paye payer
change: chang
member_of_staff: employe staff salarie collaborat
house: maison house home
garden: jardin garden
week: hebdo weekly
month: mensuel monthly
year: annuel yearly annual
"""
_NEVER = words(
    "bonjour bonsoir merci salut hello thanks thank cordialement bientot rendez decouvrez venez profitez "
    "nouveau nouvelle nouveaux nouvelles new prix heure heures hour hours jour jours day days semaine week "
    "mois month months year years an ans annee matin soir morning evening euro euros heur rien tres bien plus "
    "moins aussi encore tout toute toutes tous partir dans seulement only just now maintenant aujourd today "
    "get got like love really also par ainsi soit via chez entre"
)
_CALENDAR = frozenset(folded(name) for name in (*MONTHS, *WEEKDAYS))


@lru_cache(maxsize=1)
def _beginnings() -> dict[str, str]:
    table: dict[str, str] = {}
    for line in _NOTIONS.strip().splitlines():
        notion, _, words = line.partition(": ")
        table |= dict.fromkeys(words.split(), notion)
    return table


@lru_cache(maxsize=1)
def _empty_words() -> frozenset[str]:
    return frozenset(folded(word) for word in stop_words("both")) | _CALENDAR | _NEVER


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """What ``word`` (lower case, no accents) is about."""
    table = _beginnings()
    for length in range(min(len(word), 9), 2, -1):
        notion = table.get(word[:length])
        if notion and (length >= 4 or len(word) <= length + 1):
            return notion
    bare = word.replace("œ", "oe")
    for ending in ("ies", "aux", "es", "s", "x", "e"):
        if bare.endswith(ending) and len(bare) - len(ending) >= 3:
            bare = bare[: -len(ending)] + {"ies": "y", "aux": "al"}.get(ending, "")
            break
    return bare[:8]


@lru_cache(maxsize=8192)
def _telling(word: str) -> str:
    """The stem of a word that says something; empty for a small word."""
    if word.isdigit():
        return word if len(word) > 1 else ""
    return "" if len(word) < 3 or word in _empty_words() else stem(word)


def stems(low: str) -> frozenset[str]:
    """The telling stems of a stretch of text in lower case without accents."""
    return frozenset(one for one in map(_telling, _WORD.findall(low)) if one)

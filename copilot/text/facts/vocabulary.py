"""Words that are capitalised in a brief without being names, and words that announce a place."""

from __future__ import annotations

from copilot.text.facts.dates import MONTHS, WEEKDAYS
from copilot.text.lexicons import words

#: Words of briefs, greetings and institutions: no name begins with them.
ORDINARY = words(
    "bonjour bonsoir salut coucou hello hi hey dear cher chère merci bravo félicitations thanks thank welcome "
    "bienvenue oui non madame monsieur mesdames messieurs mme mlle m mr mrs ms dr pr brief objet objectif "
    "objectifs cible ton message messages lancement lancements nouveau nouvelle nouveaux nouvelles nouveauté "
    "nouveautés offre offres promo promos promotion date dates lieu lieux prix tarif tarifs horaire horaires "
    "produit produits contexte public canal canaux réseau réseaux hashtag hashtags mention mentions lien liens "
    "contact contacts infos info informations note notes attention rappel important urgent livraison garantie "
    "garanties inscription inscriptions réservation réservations entrée gratuit gratuite places disponible "
    "programme sommaire titre texte visuel visuels budget semaine jour jours mois année étape page chapitre top "
    "saison article partie point points option version numéro format ratio jusqu'au jusqu'à à partir afin envie "
    "besoin plus moins code tva ttc ht launch launches news new offer offers price prices product products target "
    "audience goal goals tone key facts link links details venue location where when who what why how delivery "
    "warranty free available introducing meet announcing week day month year step chapter season part option "
    "number limited edition call action subject post posts campaign sale sales internet web noël pâques halloween "
    "christmas easter ramadan toussaint ascension pentecôte instagram facebook linkedin twitter tiktok youtube "
    "threads mastodon bluesky pinterest telegram discord reddit google whatsapp mairie ville région état "
    "métropole département gouvernement république préfecture europe français française françaises anglais "
    "anglaise allemand espagnol italien européen européenne européens parisien parisiens parisienne lyonnais "
    "lyonnaise bordelais bretons breton bretonne américain suisse belge lillois nantais marseillais french "
    "english british german spanish italian european american american's dutch swiss belgian irish scottish "
    "réplique brand marque client clients équipe équipes team question questions réponse réponses avis photo "
    "photos vidéo vidéos samedi-dimanche rdv sav faq ps nb ok cgv cgu"
)
CALENDAR = frozenset(MONTHS) | frozenset(WEEKDAYS)

#: Capitalised after "en" or "in", yet no place.
NOT_PLACES = words(
    "français anglais allemand espagnol italien breton occitan bluetooth wifi wi-fi inox aluminium titane carbone "
    "vip pdf cdi cdd amap vo vf hd 4k live english french german spanish italian dutch general particular fact "
    "order short store stock"
)
#: Before "à" or "au": what follows is thanked, compared or served, not a place.
NOT_A_LEAD = words(
    "grâce merci quant suite face dédié dédiée dédiés dédiées comparé comparée succède ressemble passez passer "
    "ajouté lié liée identique fidèle conforme pensé pense pensez thanks look looks aimed looking interested "
    "believe bravo félicitations abonnez-vous abonné abonnés essai relatif relative"
)
#: Nouns of ways, where houses have a number.
STREET_NOUNS = words(
    "rue avenue av boulevard bd place quai quais cours allée allées chemin impasse passage square route esplanade "
    "faubourg parvis domaine"
)
#: Nouns that make a place of the name that follows.
PLACE_NOUNS = STREET_NOUNS | words(
    "parc jardin jardins gare port pont musée théâtre théatre salle stade halle halles hôtel palais château "
    "cathédrale église quartier aéroport université librairie île vallée plage forêt "
    "citadelle médiathèque bibliothèque"
)
#: Words that end an English place name.
PLACE_ENDINGS = words(
    "street st road rd avenue ave lane square park station hall museum theatre theater bridge quay drive court gardens"
)
#: Lower-case words that a name may hold between two capitals.
PARTICLES = words("de du des d' d’ la le les l' l’ of the aux von van")

#: Towns that are also ordinary words: places only after a preposition.
AMBIGUOUS_PLACES = words(
    "nice tours bath gap lens valence laval champagne cologne pau brive mende porto berne florence lorraine havre "
    "réunion rochelle loire landes bruges reading austin queens york jura"
)

#: Nouns that make an event of what follows, even in lower case: "la Nuit de la lecture".
EVENT_NOUNS = words(
    "nuit nuits fête fêtes festival salon journée journées marché foire forum biennale rencontres course marathon"
    " trophée printemps rentrée tour carnaval braderie kermesse semaine"
)

"""The mention French law asks of a trade, missing from a post that promotes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from copilot.checks import Context, Draft
from copilot.checks._phrases import Page, Phrases, compiled, page
from copilot.checks._samples import Sample
from copilot.domain.brand import HouseStyle, Sector
from copilot.domain.finding import Finding, Severity
from copilot.domain.wording import Wording

NAME = "sector_mention"
SEVERITY = Severity.WARNS


@dataclass(frozen=True, slots=True)
class _Rule:
    """A trade: what it sells, the mention, and what shows that the mention is there (all of ``shown``)."""

    sold: Phrases
    mention: str
    shown: tuple[str, ...]
    undeniable: Phrases
    harmless: str = ""


_DRINK = (
    r"(?:vins?|cuvees?|champagnes?|cremants?|bieres?|whisk(?:y|ies|eys?)|rhums?|gins?|vodkas?|liqueurs?"
    r"|spiritueux|pastis|armagnacs?|cognacs?|calvados|cidres?|roses?|millesimes?|aperitifs?|apero\w*"
    r"|cocktails?|mojitos?|spritz|grands? crus?|vendanges|degustations?|bouteilles?|digestifs?|ipa|pale "
    r"ale|stout|bulles|magnums?|primeurs?|beaujolais|bordeaux|bourgogne|chablis|muscat|rosé|wines?|beers?"
    r"|ales?|lagers?|cider|spirits|tastings?|vintage|bottles?|pints?|pintes?)"
)
_RULES = {
    Sector.ALCOHOL: _Rule(
        sold=Phrases(
            {
                (
                    "vin vins cuve cham crem bier whis rhum gin gins vodk liqu spir past arma cogn calv cidr rosé "
                    "rose mill aper cock moji crus cru vend degu bout dige ipa pale stou bull magn prim beau bord "
                    "bour chab musc wine beer ale ales lage cide tast vint bott pint pints"
                ): _DRINK
            }
        ),
        mention="L’abus d’alcool est dangereux pour la santé, à consommer avec modération.",
        harmless=r"(?:sans|zero|0 ?%) d?'?alcool|alcohol[- ]free|non[- ]alcoholic|desalcoolise\w*|vinaigre",
        shown=(r"l'abus d'alcool est dangereux pour la sante|sachez apprecier et consommer avec moderation",),
        undeniable=Phrases(
            {
                (
                    "chen char sauv ries merl syra pino gama cabe gren viog gewu malb melo musc sanc chab pome "
                    "cham vouv saum bour cahors caho madi band gigo pros rioj chia brut cuvé cuve cote prim aoc "
                    "cave chai doma vign dist bras spri moji past arma cogn mezc tequ sang ipa stou pale pint "
                    "happ blon ambr vin bier whis rhum rose rosé wine win vine gin cide ale ales bott"
                ): (
                    r"(?:notre|nos|une?|le|la|les|du|des|ce|cette|our|the|a) (?:\w+ ){0,2}?(?:chenins?"
                    r"|chardonnays?|sauvignons?|rieslings?|merlots?|syrahs?|pinots?|gamays?|cabernets?"
                    r"|grenaches?|viogniers?|gewurz\w*|malbecs?|muscadets?|sancerres?|chablis|pomerols?"
                    r"|vouvrays?|saumur[- ]champigny|cahors|madirans?|bandols?|gigondas|proseccos?|rioja"
                    r"|chianti|brut (?:nature|rose)|cuvees?|rose (?:de provence|frais|20\d\d|bio)|spritz"
                    r"|mojitos?|pastis|armagnacs?|cognacs?|mezcals?|tequilas?|sangrias?|ipas?|stouts?|pale"
                    r" ales?|lagers?|pintes?|biere|bieres)|(?:vins?|bieres?|rouges?|blancs?|roses?) (?:\w+"
                    r" ){0,2}?(?:aoc|igp|20\d\d|au verre|du domaine|naturels?|nature|bio|artisanales?"
                    r"|blondes?|ambrees?|brunes?|ipa)|(?:caveau|chais?|domaine|vignobles?|vignerons?"
                    r"|vigneronne|brasserie|distillerie|winery|vineyard|brewery|distillery"
                    r"|taproom)(?=[^\n]{0,160}\b(?:gouter|verres?|bouteilles?|cuvees?|millesimes?|bieres?"
                    r"|vins?|wines?|beers?|ales?|gin|tasting|pints?)\b)|happy hours?|aoc [\w-]+"
                    r"|degustations? (?:de |des |d')(?:nos |notre |\w+ )?(?:vins?|bieres?|cuvees?|rhums?"
                    r"|whisk\w+|champagnes?)|(?:wine|beer|gin|whisky|cider) tastings?|glass(?:es)? of"
                    r" (?:\w+ )?(?:wine|champagne|prosecco|cider|rose)"
                ),
                ("vin vins cuve cham bier whis rhum gin gins rose crem cidr liqu vodk wine beer ale cide lage"): (
                    r"(?:notre|nos|une?|le|la|les|our|a|new|des|de|ces|cette|ce) (?:\w+ ){0,2}?(?:vins?|cuvees?"
                    r"|champagnes?|cremants?|bieres?|whisk(?:y|ies)|rhums?|gins?|vodkas?|liqueurs?|rose du|cidres?"
                    r"|wines?|beers?|ales?|ciders?|lagers?)(?! chaud)"
                ),
            }
        ),
    ),
    Sector.CREDIT: _Rule(
        sold=Phrases(
            {
                "cred pret taux taeg mens fina empr rach loan mort teg remb": (
                    r"credits?|prets?(?! a\b| pour| de )|emprunt\w*|taux|taeg|teg|mensualites?|financ\w+"
                    r"|rachats? de credits?|loans?|mortgages?|remboursez"
                )
            }
        ),
        mention=(
            "Un crédit vous engage et doit être remboursé. Vérifiez vos capacités de remboursement avant de "
            "vous engager."
        ),
        shown=(r"un credit vous engage et doit etre rembourse", r"verifiez vos capacites de remboursement"),
        undeniable=Phrases(
            {
                "taux mens empr cred crédit pret finan fina rach regr apr loan borr mort rate repay teg": (
                    r"(?:taux|teg) (?:\w+ ){0,2}?(?:de |a |des |a partir de |fixe )*\d|taux (?:d'interet"
                    r"|d'emprunt|immobilier|fixe|preferentiel|promotionnel|exceptionnel|avantageux"
                    r"|d'appel)s?|mensualites?|emprunt(?:ez|e|er|eurs?)(?: jusqu'a)?|(?:prets?|credits?"
                    r"|emprunts?|financements?) (?:\w+ ){0,2}?(?:a|de|jusqu'a|des|en) (?:partir de )?\d"
                    r"|(?:credit|pret) (?:auto|moto|travaux|immo\w*|conso\w*|renouvelable|personnel"
                    r"|etudiant|projet|relais|vert)|capacite d'emprunt|simul\w+ (?:de |d'|votre |un"
                    r" )(?:pret|credit|emprunt)|regroupement de credits|borrow (?:up to )?|representative"
                    r" apr|\d[\d.,]*% apr|(?:personal|car|home|student) loans?|mortgages? (?:rate|deal"
                    r"|from)s?|monthly (?:re)?payments?|(?:payez|paiement|reglez|paye) en (?:5|6|8|10|12"
                    r"|15|18|20|24|36|48|60|72) fois"
                ),
                "taeg cred pret empr rach loan": (
                    r"taeg|empruntez|emprunter (?:jusqu'a )?\d|prets? (?:auto|travaux|immobiliers?|etudiants?"
                    r"|conso\w*|perso\w*)|credits? (?:auto|travaux|immobiliers?|conso\w*)|rachats? de credits?"
                    r"|personal loans?|credits? a la consommation|credits? renouvelables?|prets? personnels?"
                ),
            }
        ),
    ),
    Sector.CARS: _Rule(
        sold=Phrases(
            {
                (
                    "voit vehi mode suv berl cita hybr elec essa conc auto rout cond moto brea coup vola "
                    "finit loa lld car cars elect driv test"
                ): (
                    r"voitures?|vehicules?|modeles?|suv|berlines?|citadines?|hybrides?|electriques?|essa(?:i"
                    r"|is|yez|yer)|concession\w*|automobiles?|moteurs?|motorisations?|breaks?|coupes?"
                    r"|cabriolets?|volant|finitions?|loa|lld|cars?|hybrids?|electric|test drives?"
                )
            }
        ),
        mention="Pour les trajets courts, privilégiez la marche ou le vélo. #SeDéplacerMoinsPolluer",
        shown=(
            r"(?:#)?sedeplacermoinspolluer",
            r"pour les trajets courts,? privilegiez la marche ou le velo|pensez a covoiturer|au "
            r"quotidien,? prenez les transports en commun",
        ),
        undeniable=Phrases(
            {
                (
                    "suv berl cita cros mono cabr pick 4x4 road hatc salo esta conv voit vehi mode elec hybr "
                    "plug essa rese test auto conc"
                ): (
                    r"(?:suvs?|berlines?|citadines?|crossovers?|monospaces?|cabriolets?|pick-?ups?|4x4"
                    r"|roadsters?|hatchbacks?|saloons?|voitures?|vehicules?|cars?) (?:\w+"
                    r" ){0,2}?(?:electriques?|hybrides?|thermiques?|rechargeables?|neufs?|neuves?|diesel"
                    r"|essence|7 places|hybrid|electric|plug-in)(?=[^\n]{0,200}\b(?:essa\w*|gamme"
                    r"|finitions?|reprise|loa|lld|leasing|autonomie|showroom|concession\w*|mois|€|prime"
                    r"|bonus|couleur|equipements?|coffre|[A-Za-z]+ \d))|(?:le|la|notre|nos|nouveau"
                    r"|nouvelle|une?|ce|cette|our|the|new) (?:\w+ ){0,2}?(?:suvs?|berlines?|citadines?"
                    r"|crossovers?|monospaces?|cabriolets?|pick-?ups?|roadsters?|hatchbacks?|saloons?)"
                    r"|(?:electric|hybrid|plug-in|all-electric) (?:\w+ )?(?:suvs?|cars?|hatchbacks?"
                    r"|saloons?|crossovers?|estates?|pick-?ups?)|reserv\w+ (?:\w+ )?(?:un|votre|ton|vos"
                    r"|des) essais?(?: (?:de|d'|du|au) ?\w+)?|essais? (?:routiers?|gratuits? (?:du|de la))"
                    r"|test[- ]drives?|(?:autonomie|sellerie|toit ouvrant"
                    r"|motorisation)(?=[^\n]{0,160}\b(?:suv|citadine|berline|modele|voiture|electrique"
                    r"|hybride|km|ch))|(?:\d+ )?km d'autonomie"
                ),
                "loa lld suv berl cita voit vehi hybr conc": (
                    r"(?:notre|nos|nouveau|nouvelle|le|la|les) (?:\w+ ){0,2}?(?:suv|berlines?|citadines?|voitures? "
                    r"(?:neuves?|electriques?|hybrides?)|vehicules? (?:neufs?|electriques?|hybrides?)|modele "
                    r"(?:hybride|electrique))(?=[^\n]{0,200}\b(?:concession|essa|finition|showroom|€|prime|reprise))|"
                    r"\d+ ?€ ?(?:/|par) ?mois (?:\w+ ){0,3}?en (?:loa|lld)|(?:loa|lld) (?:sans apport|a partir de)"
                ),
            }
        ),
    ),
    Sector.FOOD: _Rule(
        sold=Phrases(
            {
                (
                    "biscu bisc choc bonb gate cere soda bois jus sirop siro glac chip yaou burg pizz recet "
                    "rece gout degu sauc sacu snac croq craq sucr sale barre barr parf desse goute gouter "
                    "pates plat menu crunch cook choco candy drin crisp ice"
                ): (
                    r"biscuits?|chocolat\w*|chocolates?|bonbons?|gateaux?|cereales?|sodas?|boissons?|jus"
                    r"|sirops?|glaces?|chips|yaourts?|burgers?|pizzas?|recettes?|gout\w*|degust\w+|sauces?"
                    r"|snack\w*|croqu\w+|sucre\w*|barres?|desserts?|plats?|menus?|cookies?|candy|drinks?"
                    r"|crisps|ice cream|saveurs?"
                )
            }
        ),
        mention="Pour votre santé, mangez au moins cinq fruits et légumes par jour. www.mangerbouger.fr",
        shown=(r"(?:www\.)?mangerbouger(?:\.fr)?",),
        undeniable=Phrases({}),
    ),
    Sector.GAMBLING: _Rule(
        sold=Phrases(
            {
                "pari pars mise jack cote gagn loto poke casi jeu jeux tira gril bonu bet bets odds wage free bett": (
                    r"par(?:i|is|iez|ier|iez)|mis(?:e|es|ez|er)|jackpots?|cotes?|gagn\w+|loto|poker|casinos?"
                    r"|jeux?|tirages?|grilles?|bonus|bets?|betting|odds|wagers?"
                )
            }
        ),
        mention=(
            "Les jeux d’argent et de hasard peuvent être dangereux : pertes d’argent, conflits familiaux, "
            "addiction… Retrouvez nos conseils sur joueurs-info-service.fr (09 74 75 13 13, appel non "
            "surtaxé)."
        ),
        shown=(
            r"09[\s.]?74[\s.]?75[\s.]?13[\s.]?13|joueurs-info-service(?:\.fr)?|jeux d'argent et de hasard "
            r"peuvent etre dangereux|jouer comporte des risques",
        ),
        undeniable=Phrases(
            {
                "pari cote jack mach free eurom euro tick book plac onli poke casi grat": (
                    r"paris sportifs?|pariez|cotes? boostees?|jackpots?|machines? a sous|free bets?|euromillions"
                    r"|tickets? a gratter|bookmakers?|place your bets?|online casinos?|(?:casino|poker) en ligne"
                )
            }
        ),
    ),
}
_PROMOTING = Phrases(
    {
        (
            "offr serv envi bout rayo conc cave comp chai maga prom remi sold dece deco nouv prix gout degu "
            "prof ache comm vent part disp essa gagn euro comp"
        ): (
            r"offres?|promo\w*|remises?|soldes?|decouvrez|decouvre|nouveau\w*|nouvelles?|prix|profite[rz]?"
            r"|achete[rz]?|commande[rz]|en vente|a partir de|disponibles?|venez|gagne[rz]?|gouter|servie?s?"
            r"|envie d'une?|en (?:boutique|rayon|magasin|concession)|au (?:caveau|comptoir|chai)"
        ),
        "offe disc sale new buy orde avai from try book tast disc pour": (
            r"offers?|discounts?|on sale|new|buy|order|available|try|book|taste|discover|pouring"
        ),
        (
            "rese essa test choi poin prop empr simu plac ouve tari goût goute degu trin"
        ): r"reserve[rz]?|essaye[rz]?|teste[rz]|choisi\w*|points? de vente|propose\w*|emprunte[rz]|simul\w+"
        r"|tarifs?|goute[rz]|degust\w+|trinqu\w+",
    }
)
_NO_ADVERT = Phrases(
    {
        "recr embau emba cand cdi cdd stag poste hiri job jobs care vaca": (
            r"recrut\w+|embauch\w+|candidat\w*|cdi|cdd|hiring|vacanc\w+|we're hiring|stages?"
        ),
        "ferm excep clos": r"(?:sera |serons |exceptionnellement |sommes )(?:ferme\w*)|(?:we are|we're|will be) closed",
    }
)


#: What is tried, has a range and is no car.
_OTHER_WHEELS = compiled(
    r"\b(?:velos?|vae|cycles?|cyclistes?|bikes?|e-bikes?|bicycles?|cycling|trottinettes?|scooters?|motos?|drones?)\b"
)


def _is_of_other_wheels(where: Page, context: Context) -> bool:
    """True when the text, or the brand's trade, is about bicycles and their like."""
    trade = page(context.brand.sector) if context.brand else None
    return bool(_OTHER_WHEELS.search(where.prose) or (trade and _OTHER_WHEELS.search(trade.prose)))


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Warns of a post that speaks of what a declared trade sells without its mention.

    A post of that trade that only reads as an advertisement, or one of no declared trade with undeniable words, gets an
    advice.
    """
    if draft.part != "post":
        return
    where = page(draft.whole)
    declared = context.brand.style.sectors if context.brand else ()
    for sector in Sector:
        rule = _RULES[sector]
        if sector is Sector.CARS and sector not in declared and _is_of_other_wheels(where, context):
            continue
        weight = _weight(rule, where, declared=sector in declared, alone=bool(declared))
        if weight is None or all(compiled(sign).search(where.plain) for sign in rule.shown):
            continue
        end = len(draft.text)
        key = "check.sector_mention" if weight is Severity.WARNS else "check.sector_mention.perhaps"
        yield Finding(NAME, weight, end, end, Wording(key, {"mention": rule.mention}), fix=f"\n\n{rule.mention}")


def _weight(rule: _Rule, where: Page, *, declared: bool, alone: bool) -> Severity | None:
    if not declared:
        harmless = rule.harmless and compiled(rule.harmless).search(where.prose)
        told = not alone and not harmless and any(rule.undeniable.find(where)) and _promotes(where)
        return Severity.ADVISES if told else None
    if any(rule.sold.find(where)):
        return Severity.ADVISES if any(_NO_ADVERT.find(where)) else Severity.WARNS
    return Severity.ADVISES if _promotes(where) and not any(_NO_ADVERT.find(where)) else None


def _promotes(where: Page) -> bool:
    return not {"€", "%", "£"}.isdisjoint(where.plain) or any(_PROMOTING.find(where))


def _of(*sectors: Sector) -> HouseStyle:
    return HouseStyle(sectors=sectors)


BAD = {
    "fr": (
        Sample("Notre cuvée 2024 arrive samedi au chai.", style=_of(Sector.ALCOHOL)),
        Sample("Un projet ? Notre prêt travaux démarre à 3 % de TAEG.", style=_of(Sector.CREDIT)),
        Sample("Essayez la nouvelle citadine ce samedi. #SeDéplacerMoinsPolluer", style=_of(Sector.CARS)),
        Sample("Nos nouveaux biscuits au citron sont en rayon.", style=_of(Sector.FOOD)),
        Sample("Pariez sur la finale dès ce soir.", style=_of(Sector.GAMBLING)),
        Sample("Découvrez nos bières de Noël, dès 4 €."),
    ),
    "en": (Sample("Our new cider is on tap this weekend.", language="en", style=_of(Sector.ALCOHOL)),),
}
GOOD = {
    "fr": (
        Sample(
            "Notre cuvée 2024 est là. L'abus d'alcool est dangereux pour la santé, à consommer avec modération.",
            style=_of(Sector.ALCOHOL),
        ),
        Sample(
            "La citadine arrive. Pensez à covoiturer.", style=_of(Sector.CARS), hashtags=("SeDéplacerMoinsPolluer",)
        ),
        Sample("Le bureau est fermé lundi.", style=_of(Sector.CREDIT)),
        Sample("Oui, la cuvée est en boutique.", style=_of(Sector.ALCOHOL), part="reply"),
        Sample("Notre potager a donné 40 kg de tomates."),
    ),
    "en": (Sample("We are closed on Monday.", language="en", style=_of(Sector.ALCOHOL)),),
}

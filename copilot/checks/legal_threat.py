"""A legal threat in a public reply."""

from __future__ import annotations

from collections.abc import Iterator

from copilot.checks import Context, Draft
from copilot.checks._phrases import Page, Phrases, page
from copilot.checks._samples import Sample
from copilot.domain.brand import Brand
from copilot.domain.finding import Finding, Severity
from copilot.domain.wording import Wording

NAME = "legal_threat"
SEVERITY = Severity.WARNS

_LAW = (
    r"(?:poursui\w+|plaintes?|justice|judiciaires?|tribuna\w+|juridiques?|legale?s?|avocate?s?|penale?s?"
    r"|diffam\w+|huissiers?|commissaire de justice|demeure|(?:dommages|interets))"
)
_WORDS = (
    r"(?:propos|commentaires?|messages?|accusations?|avis|allegations?|publications?|affirmations?|ecrits?"
    r"|paroles?|posts?)"
)

_FOUND = Phrases(
    {
        "rese": (
            r"(?:nous|on|je|entreprise|societe|direction) (?:\w+ )?(?:nous|se|me|s') ?reserv\w+ (?:\w+ment "
            r"|donc )?(?:le|la|tout|tous) (?:droits?|possibilite|recours|facultes?)(?: \w+['’]?){0,8}? "
            rf"?{_LAW}"
            rf"|nous reservant le droit(?: \w+){{0,6}}? {_LAW}"
        ),
        "plai": (
            r"(?:(?:porter|deposer)(?:ons|a|ont|ions|ais|ait)|(?:allons|va|vais|hesit\w+ (?:pas )?a|pourrions"
            r"|pourrait|serons \w+ (?:de|a)|contraints? (?:de|a)|obliges? (?:de|a)|envisag\w+ de|droit de) "
            r"(?:porter|deposer)) (?:une )?plainte(?! (?:contre|pour) (?:\w+ )?(?:escro|faux|fausse|usurp"
            r"|arnaqu|fraude|vol\b|hame))"
        ),
        "pour": (
            r"(?:vous|te|poursuites?|engager|des|s'expose\w*|expos\w+) ?(?:a )?(?:des |\w+ "
            r")?(?:poursuivr\w+|poursuites?)(?: (?:en justice|judiciaires?|penales?|legales?))?(?= "
            r"?(?:[.!?;,]|$)| (?:judiciaires?|penales?|en|pour|legales?|si|seront|peuvent|devant))"
            r"|(?:objet|peine|risque\w*|donner lieu|passible\w*|faire) (?:de |a |d'|des )*poursuites?"
            r"|poursuivr\w+ (?:\w+ ){0,3}?en (?:justice|diffamation)|(?:engager|engagerons|engagera"
            r"|intenter|intenterons|entamer|entreprendre|lancer) (?:\w+ ){0,3}?(?:poursuites|procedures?"
            r"|actions? (?:en justice|judiciaires?|legales?|penales?))"
        ),
        "acti proc just trib juge suit reco cour verr": (
            r"(?:actions?|procedures?|suites?|recours|demarches?|voies?) (?:en justice|judiciaires?"
            r"|legales?|penales?|juridiques?) (?:\w+ ){0,4}?(?:contre|a (?:votre|ton) (?:encontre|egard)"
            r"|sera|seront|engag\w+|envisag\w+|possible)"
            r"|(?:nous|on) (?:\w+ ){0,4}?(?:saisir\w*|agir\w*|recour\w+|engager\w*) (?:\w+ ){0,3}?(?:la "
            r"justice|en justice|le tribunal|les tribunaux|juridique\w*|par la voie|le juge)"
            r"|(?:devant|au) (?:la justice|les? tribuna\w+|le juge|les juges|la cour)(?= ?[.!])|(?:porter"
            r"|porterons|portera|porte) (?:l'affaire|cette affaire|le dossier|cela|ceci) (?:en justice"
            r"|devant)|on se (?:verra|retrouvera) (?:au|devant)|nous nous (?:verrons|retrouverons) (?:au"
            r"|devant)"
            r"|donner(?:ons|a|ont)? (?:une )?suites? (?:judiciaires?|legales?|penales?|juridiques?)"
        ),
        "avoc juri cons juis cont": (
            r"(?:nos|notre|mes|mon) (?:avocate?s?(?! (?:a|au|aux|est mur|mur|sauce|farci))|conseils? "
            r"juridiques?|juristes?|cabinet d'avocats?)"
            r"|(?:transmis\w*|transmettr\w+|transmettons|saisi\w*|remis\w*|signal\w+|inform\w+|entre les "
            r"mains|contact\w+|soumis\w*|suivi\w*) (?:\w+ ){0,5}?(?:service|departement|direction|pole) "
            r"(?:juridique|contentieux|legale?)"
            r"|(?:service|departement|direction|pole) (?:juridique|contentieux) (?:\w+ ){0,2}?(?:prendra"
            r"|a ete|est saisi|va prendre|etudie|se charger\w*|sera|suit|examine)"
        ),
        "diff calo denig inju mens pena delit": (
            rf"(?:vos|votre|ces|ce|tes|ton|cet) (?:\w+ )?{_WORDS} (?:\w+ ){{0,3}}?(?:relev\w+ d[ue]"
            r"|constitu\w+ un|tomb\w+ sous|est un|sont un) ?(?:\w+ )?(?:penal|delit|infraction|code|coup"
            r"|justice)|"
            rf"(?:vos|votre|ces|ce|tes|ton|tels|de tels|cet|cette) (?:\w+ )?{_WORDS} (?:\w+ "
            r"){0,4}?(?:diffama\w+|calomni\w+|denigr\w+|mensong\w+|injurieu\w+ (?:et|seront|sont "
            r"passible))"
            r"|(?:c'est|ceci est|cela est|est|sont|constitue\w*|releve\w*|s'apparente\w*|proche|accus\w+"
            r"|plainte|limite|cas|tient|tiennent) (?:purement |clairement |ni plus ni moins |tout "
            r"simplement |de |d'|a |pour )*(?:la |une |l')?(?:diffamation|calomnie|denigrement"
            r"|diffamatoires?|calomnieu\w+)"
            r"|(?:diffamation|calomnie|denigrement|injure publique) (?:publique )?(?:est|sont|constitue"
            r"|peut|punie|releve|\(|passible)|pour (?:diffamation|denigrement|calomnie)"
        ),
        "pass puni code arti cons coup loi": (
            r"(?:passibles?|punie?s?|punissables?|sanctionnee?s?) (?:de |d'|par )(?:\w+ ){0,3}?(?:amende"
            r"|poursuites?|prison|emprisonnement|la loi|peines?|sanctions? penales?|euros)|(?:du|le) code "
            r"penal|article (?:29|r\s?621-\d|226-10) |tombe\w* sous le coup de la loi|la loi (?:punit"
            r"|reprime|sanctionne)"
            r"|(?:repondre|repondrez) de (?:vos|tes) (?:propos|actes|accusations)|(?:engag\w+|responsable "
            r"de) (?:votre|ta) (?:responsabilite (?:penale|civile|juridique|legale))|votre adresse ip"
        ),
        "mise mett deme assi domm inte droi huis comm": (
            r"(?:mise en demeure|mettons en demeure|mettre en demeure|mettrons en demeure)|(?:nous|on) "
            r"(?:vous |te )(?:assigner\w+|attaquer\w+|trainer\w+)|(?:reclam\w+|demander\w+|exiger\w+) "
            r"(?:\w+ ){0,3}?dommages(?: et |-)interets"
            r"|(?:faire|ferons|fera) (?:\w+ )?valoir (?:nos|ses) droits|(?:huissier|commissaire de "
            r"justice) (?:\w+ ){0,3}?(?:constat\w*|mandat\w*|saisi)|constat d'huissier"
        ),
        "nouv ente": (
            r"(?:aurez|entendrez|auras) (?:de |des |parler )+(?:nouvelles )?(?:de |par )*(?:nos |notre |mon "
            r")?(?:avocats?|justice|la justice|service juridique)"
        ),
        "lega lawy soli atto coun cour": (
            r"(?:take|taking|pursue|pursuing|consider|considering|seek|seeking|initiate|start|begin|face"
            r"|facing|result in|lead to|threaten) (?:\w+ ){0,3}?(?:legal|court) (?:action|proceedings"
            r"|advice|steps|measures|remedies|consequences|recourse)|legal (?:action|proceedings) (?:will"
            r"|may|could|against)"
            r"|(?:our|my) (?:lawyers?|solicitors?|attorneys?|legal (?:team|department|counsel|advisers?"
            r"|advisors?|representatives?))|(?:see you|meet you|meet) in court|(?:court|legal) "
            r"proceedings against"
        ),
        "defa libe slan": r"(?:defamat\w+|defam(?:e|ing|ed)|libel\w*|slander\w*)",
        "sue suin pres ceas rese dama pros": (
            r"(?:will|may|could|might|shall|to|can|'ll|and|or) (?:be )?(?:sue|suing|prosecute)(?: you| "
            r"for)?|pres(?:s|sing) charges|cease[ -]and[ -]desist|reserve(?:s)? (?:the|all|our) (?:legal "
            r")?rights? (?:to (?:\w+ ){0,3}?(?:legal|action|sue|court|prosecute|damages|pursue))|(?:seek"
            r"|claim|claiming|seeking) damages|you(?:'ll| will) hear from our"
        ),
    }
)
_LAWYERS = Phrases(
    {"avoc juri lega law lawy soli droi barr": (r"avocate?s?|juridiques?|law|lawyers?|solicitors?|legal|barreau|droit")}
)


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Warns of each turn of a reply that threatens with the law; advice to go to court oneself is no threat."""
    if draft.part != "reply":
        return
    where = page(draft.text)
    for hit in _FOUND.apart(where):
        if _is_their_right(where, hit.start) or (_is_law_firm(context.brand) and _names_own(where, hit.start, hit.end)):
            continue
        start, end = where.span(hit.start, hit.end)
        quote = draft.text[start:end]
        yield Finding(NAME, SEVERITY, start, end, Wording("check.legal_threat", {"quote": quote}), quote)


def _is_their_right(where: Page, start: int) -> bool:
    before = where.prose[max(0, start - 40) : start]
    return any(
        turn in before
        for turn in ("vous pouvez", "vous conseillons", "vous invitons", "you may", "you can", "your right")
    )


def _is_law_firm(brand: Brand | None) -> bool:
    return brand is not None and any(_LAWYERS.find(page(f"{brand.sector}\n{brand.description}")))


def _names_own(where: Page, start: int, end: int) -> bool:
    return where.prose.startswith(("nos ", "notre ", "our ", "mon ", "my "), start, end)


BAD = {
    "fr": (
        Sample("Nous nous réservons le droit d’engager des poursuites.", part="reply"),
        Sample("Vos propos sont diffamatoires.", part="reply"),
        Sample("Votre commentaire a été transmis à notre service juridique.", part="reply"),
        Sample("Nous n’hésiterons pas à porter plainte.", part="reply"),
        Sample("Vous aurez des nouvelles de nos avocats.", part="reply"),
    ),
    "en": (
        Sample("This is libel and our lawyers have been told.", part="reply", language="en"),
        Sample("We reserve the right to take legal action.", part="reply", language="en"),
    ),
}
GOOD = {
    "fr": (
        Sample("Nous nous réservons le droit de masquer les commentaires injurieux.", part="reply"),
        Sample("Nous vous conseillons de porter plainte et de prévenir votre banque.", part="reply"),
        Sample("Nous avons porté plainte contre ce faux compte.", part="reply"),
        Sample("Vous pouvez saisir le médiateur de la consommation.", part="reply"),
    ),
    "en": (Sample("You can bring it to the consumer mediator, free of charge.", part="reply", language="en"),),
}

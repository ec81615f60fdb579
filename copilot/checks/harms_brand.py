"""A model's reply that speaks ill of the brand, says grave things of it, or sends people elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from copilot.checks import Context, Draft
from copilot.checks._by_model import unvouched, where_of
from copilot.checks._grave import agreed, reassured, scorned
from copilot.checks._phrases import denied
from copilot.checks._samples import Sample
from copilot.domain.finding import Finding, Severity
from copilot.domain.wording import Wording

NAME = "harms_brand"
SEVERITY = Severity.BLOCKS

_ILL = (
    r"(?:escrocs?|voleu(?:r|rs|se|ses)|menteu(?:r|rs|se|ses)|nul(?:s|le|les)?|incompetents?|malhonnetes?|fraudeurs?"
    r"|arnaqueurs?|honteux"
    r"|de la camelote|dangereux|toxiques?|crooks?|thie(?:f|ves)|liars?|useless|incompetent|dishonest|junk|rubbish"
    r"|trash|terrible"
    r"|awful|scammers?|frauds?|dangerous|toxic|worthless|the worst|les pires|pourris?)"
)
#: A product called back by its maker; not a reminder, nor somebody called back.
_RECALL = (
    r"(?<!pour.)(?<!petit.)(?<!simple.)(?<!bref.)(?<!dernier.)rappels? (?:\w+ ){0,2}?(?:du|des|de|d')"
    r"(?! (?:\w+ ){0,2}?(?:"
    r"horaires?|regles?|reglements?|faits?|consignes?|rendez|rdv|dates?|vaccin\w*|conditions?|commandes?|programmes?|infos?"
    r"|informations?|etapes?|demarches?|evenements?|services?|part|clients?|equipe|engagements?|droits?|principes?)\b)"
    r"|rappels? (?:produits?|conso|sanitaires?|volontaires?|immediats?|general|generaux)|(?:campagne|avis) de rappel"
    r"|(?:le|un|ce|notre) rappel (?:est|a ete|concerne|couvre|touche|porte)"
    r"|(?:produits?|lots?|articles?|modeles?|appareils?|references?|batteries?|vehicules?) (?:\w+ ){0,3}?rappele\w*"
    r"|rappel(?:ons|er|lons) (?:tous|toutes|l'ensemble|ces|le lot|les lots|le produit|les produits)"
    r"|(?:the|this|our|full|product|safety|voluntary|urgent) recall\b|recall (?:of|on|notice|covers|affects)"
    r"|recall(?:ing)? (?:all|every|these|the (?:batch|product|model)\w*|batch\w*|our (?:product|batch|model|stock)\w*)"
    r"|(?:is|are|was|were|been|being) recalled"
)
_SAID = (
    rf"(?:nous sommes|on est|we are|we're|i am|je suis) (?:\w+ ){{0,3}}?{_ILL}"
    rf"|(?:nos|notre|our|le|la|the|ce|cet|cette|this) (?:\w+ ){{1,3}}?(?:est|sont|is|are) (?:\w+ ){{0,3}}?{_ILL}"
    r"|(?:nous|on) (?:avons |a )?(?:\w+ )?(?:mentons|volons|trompons|arnaquons|crachons|menti|vole|trompe|arnaque"
    r"|empoisonne|exploitons)"
    r"|we (?:\w+ )?(?:lie|lied|steal|stole|cheat|cheated|scam|scammed|spit|poison|poisoned|exploit"
    r"|sell your data|knew"
    r"|do not"
    r" care|don't care)"
    r"|(?:nous|on) (?:le |l'|la )?(?:savions|savait)|pour avoir (?:vole|menti|trompe|empoisonne|triche)\w*"
    r"|(?:donnent|donne|provoquent|provoque|causent|cause|causes|contient|contiennent|contains?"
    r"|gives?) (?:\w+ ){0,3}?"
    r"(?:eczema|burns?|brulures?|cancers?|allergies|rats?|cafards?|cockroach\w*|bedbugs?|punaises?)"
    r"|(?:fermons|fermera|ferme|fermeture|closing|closed|close|shut(?:ting)?) (?:\w+ ){0,2}?(?:down|forever"
    r"|definitive\w*|pour"
    r" toujours|demain|tomorrow|vendredi|friday|sanitaire|by sanitary|sur arrete)"
    r"|(?:faillite|liquidation|bankrupt\w*|insolvent)|(?:a ete|ont ete|fut) (?:\w+ )?(?:condamnee?s?"
    r"|arretee?s? (?:par"
    r"|pour)|incarceree?s?)|(?:under arrest|went to prison|in (?:jail|prison)|en"
    r" prison|(?:was|were|been|got) (?:convicted|arrested)|sous enquete|under investigation|tax fraud|fraude fiscale)"
    r"|(?:ne venez (?:pas|plus|surtout pas)|n'achetez (?:pas|plus)|fuyez|evitez (?:notre|nos)|stay away"
    r"|do not (?:come"
    r"|buy)|don't (?:come|buy)"
    r"|avoid (?:our|us))"
    r"|(?:allez|passez|achetez|commandez|inscrivez-vous|souscrivez) (?:\w+ ){0,3}?(?:chez (?!nous|vous|moi|toi)\w+"
    r"|ailleurs|a la concurrence)"
    r"|(?:recommand\w+|conseill\w+) (?:\w+ ){0,4}?(?:plutot|concurren\w+)|plutot (?:chez|la boutique"
    r"|la marque) (?!nous)\w+"
    r"|resiliez(?: \w+)? chez nous|cancel (?:with|from) us|leave us for|quittez-nous|join \w+ (?:today|now|instead)"
    r"|(?:go|switch|move|buy|shop|try|recommend) (?:\w+ ){0,4}?(?:instead|the competition|(?:a|our|the) competitors?"
    r"|elsewhere)"
    r"|(?:vendons|vendu|perdu|divulgue|sell|sold|lost|leaked|share|shared) (?:\w+ )?(?:vos|votre|toutes vos|your"
    r"|all your|customer) (?:donnees"
    r"|(?:\w+ )?data|card numbers?|(?:bank )?details|numeros? de carte|coordonnees bancaires|mots? de passe"
    r"|passwords?)"
    r"|(?:accuse|accusons) (?:this|ce|cette|notre|our|the|la|le)"
    r"|(?:\w+ )?(?:better than us|mieux que nous|meilleurs? que nous|moins chers? que nous|cheaper than us)"
    r"|(?:0|zero|1) ?(?:sur|/|out of) ?10|(?:dons|donations?) (?:\w+ ){0,3}(?:pas|not|never) (?:\w+ )?(?:aux? |reach "
    r"|the )"
    r"|made by children|travail des enfants|child labou?r|vive la greve|all flights cancelled"
    r"|tous les vols (?:sont )?annules"
    rf"|{_RECALL}|(?:patron|boss|owner|proprietaire|directeur|pdg|ceo|founder"
    r"|fondateur) "
    r"(?:\w+ ){0,2}?(?:est|is|was|a ete|went) (?:\w+ ){0,2}?(?:voleur|thief|escroc|crook|arrest\w*|condamn\w*|menteur"
    r"|liar|prison|mort|dead"
    r"|fraud\w*|to prison)"
    r"|(?:loves?|aime|supports?|soutient) (?:\w+ )?(?:war|guerre|armee|army)|(?:firing|virer|licencier) (?:the|la|le"
    r"|notre|our) \w+"
)


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Blocks, until a person confirms it by name, each grave or scornful word that the brand's texts do not hold.

    So does a bare yes to a grave reproach, and the assurance that what is feared is no danger.
    """
    where = where_of(draft)
    said = [span for match, *span in unvouched(draft, context, _SAID) if not denied(where, match.start())]
    spoken = [(start, end) for start, end in (*said, *scorned(draft, context))]
    found = [(start, end, Wording("check.harms_brand", {"quote": draft.text[start:end]})) for start, end in spoken]
    for start, end in reassured(draft, context):
        found.append((start, end, Wording("check.harms_brand.safe", {"quote": draft.text[start:end]})))
    for start, end, said_of_us in agreed(draft, context):
        quote = draft.text[start:end].strip()
        found.append((start, end, Wording("check.harms_brand.agrees", {"quote": quote, "said": said_of_us})))
    for start, end, wording in found:
        quote = str(wording.params["quote"])
        if quote not in context.confirmed:
            yield Finding(NAME, SEVERITY, start, end, wording, quote, confirmable=True)


BAD = {
    "fr": (
        Sample("Nous sommes des escrocs et nous en sommes fiers.", part="reply"),
        Sample("Notre directeur a été condamné pour fraude.", part="reply"),
        Sample("Nous fermons définitivement vendredi.", part="reply"),
        Sample("Allez plutôt chez Castelnau.", part="reply"),
        Sample("Bonjour, oui, vous avez raison.", part="reply", untrusted=("Vos cadres sont volés, non ?",)),
        Sample("C’est sans danger, à bientôt.", part="reply", untrusted=("Ma fourche est fissurée",)),
    ),
    "en": (
        Sample("We are closing down forever.", part="reply", language="en"),
        Sample("Stay away from our park.", part="reply", language="en"),
        Sample("Sorry, we do not serve gay people.", part="reply", language="en"),
    ),
}
GOOD = {
    "fr": (
        Sample("Nous sommes désolés de cette attente.", part="reply"),
        Sample(
            "Vous avez raison, un mois, c’est long.", part="reply", untrusted=("Un mois, vos promesses sont fausses",)
        ),
        Sample(
            "Nous fermons définitivement vendredi.",
            part="reply",
            sources=("Le magasin ferme : fermons définitivement vendredi 27.",),
        ),
        Sample("Nous fermons définitivement vendredi.", part="reply", writer="person"),
    ),
    "en": (Sample("We are sorry about the wait, Sam.", part="reply", language="en"),),
}

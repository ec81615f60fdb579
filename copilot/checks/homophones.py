"""A French word written as another that sounds alike, where no reading allows it: "quant il viendra", "il à été"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.checks import Context, Draft
from copilot.checks._samples import Sample
from copilot.checks._words import without_quotes_and_links
from copilot.domain.finding import Finding, Severity
from copilot.domain.wording import Wording

NAME = "homophones"
SEVERITY = Severity.WARNS
LANGUAGES = ("fr",)

_DONE = (
    r"(?:été|eu|dû|pu|reçu|pris|mis|permis|obtenu|ouvert|offert|(?<!tout à )fait|dit|voulu|choisi|lieu|hâte"
    r"|(?:bien|déjà|toujours|donc|aussi|également|enfin) (?:été|eu|dû|pu|reçu|pris|fait))"
)
_WHO = r"(?:je|tu|il|elle|on|nous|vous|ils|elles|j['’]|l['’]on)"
_STATE = (
    r"(?:ouvert|fermé|prêt|arrivé|expédié|parti|complet|gratuit|disponible|offert|livré|remboursé|annulé|reporté"
    r"|réservé|invité|attendu|concerné)"
)
_IR = (
    r"(?:ven|pren|ten|sav|dev|pouv|voul|mett|ser|aur|cev|viv|suiv|ris|dis|ondr|attend|rend|voy"
    r"|croy|av|ir|iss|all|ouvr|par)"
)
_MODAL = (
    r"(?:pouvez|devez|voulez|souhaitez|pourrez|devrez|pouvons|devons|voulons|souhaitons|allez|allons|faut|peux|peut"
    r"|doit|dois|vais|vont|pourra|devra)"
)
#: What sounds alike and cannot stand there (group ``w``), and what stands there instead. Each takes linear time.
_SURE: tuple[tuple[str, str], ...] = (
    (
        rf"(?P<w>quant)(?= (?:{_WHO}\b|le |la |les |un |une |c['’]est|ce |même|votre |vos |nos |notre "
        rf"|mon |tout))",
        "quand",
    ),
    (r"(?P<w>quand) (?=à (?:moi|toi|lui|elle|eux|elles|savoir)\b)", "quant "),
    (rf"(?<!\btout )(?P<w>à) (?={_DONE}(?![\w-]))", "a "),
    (r"(?<=\by )(?P<w>à)(?= )", "a"),
    (r"(?:grâce|jusqu['’]|vis-à-vis|quant) ?(?P<w>a)(?= \w)", "à"),
    (r"\d ?h(?:\d\d)? (?P<w>a)(?= \d{1,2} ?h)", "à"),
    (r"(?<![\w'’] )(?P<w>a)(?= (?:très |tout )?(?:bientôt|demain|vite)\b)", "à"),
    (r"(?P<w>a)(?= partir d(?:e|u|es)\b)", "à"),
    (
        r"(?P<w>sa)(?= (?:va|vas|vaut|sera|serait|était|est|me|te|vous|nous|se|ne|y|peut|doit|suffit"
        r"|arrive|vient|prend|ira"
        r"|plaît|plait|permet|bouge|tient|rappelle|devrait|pourrait|allait|fait|dépend|commence)\b| n['’])",
        "ça",
    ),
    (r"comme (?P<w>sa)(?= ?(?:[.,!?;…]|\Z))", "ça"),
    (
        r"(?P<w>[sc]es)(?= (?:un|une|le|les|pour|fini|moi|nous|vous|dans|que|où|quand|comme|donc"
        r"|possible|dommage|génial"
        r"|avec|notre|votre)\b)",
        "c’est",
    ),
    (r"(?P<w>c['’]est)(?= (?:derniers|dernières|prochains|prochaines) \w)", "ces"),
    (r"(?<![\w'’-])(?:qu['’])?(?:il|elle|on) (?P<w>c['’]est)(?! pas à)", "s’est"),
    (
        r"(?<=\w )(?P<w>c['’]est)(?= (?:très |super |plutôt )?(?:bien |mal )?(?:passée?s?|déroulée?s?"
        r"|terminée?s?)(?! de\b))",
        "s’est",
    ),
    (
        r"(?:\A|[.!?…] )(?P<w>s['’]est)(?= (?:un|une|le|la|les|pas|pour|très|trop|super|possible|gratuit|nous|vous|moi"
        r"|dommage|génial|quoi|dans|noté)\b)",
        "c’est",
    ),
    (
        r"(?:le jour|moment|l['’]endroit|la ville|le lieu|la salle|l['’]heure|l['’]année|la page"
        r"|le magasin|partout|boutique"
        rf"|au cas|savoir) (?P<w>ou)(?= {_WHO}(?![\w]))",
        "où",
    ),
    (r"d['’](?P<w>ou)(?= (?:vient|venez|viennent|viens)\b)", "où"),
    (
        r"(?:\A|[.!?…] )(?P<w>ou)(?= (?:se trouve|puis-je|peut-on|êtes-vous|est (?:le|la|votre|notre|mon"
        r"|ma)|sont)\b)",
        "où",
    ),
    (r"\boui (?P<w>où)(?= non\b)", "ou"),
    (r"(?P<w>où)(?= bien (?:un|une|le|la|les|de|sur|en|à|par)\b)", "ou"),
    (r"(?<![\w'’-])(?:il|on) (?P<w>et)(?= (?!elles?\b|ils\b)\w)", "est"),
    (
        r"(?:la boutique|le magasin|le musée|l['’]accueil|le service|l['’]atelier|l['’]entrée|la salle|la billetterie"
        rf"|l['’]inscription|(?:votre|ta|ton|la) (?:commande|colis|table|place)) (?P<w>et)(?= {_STATE}e?\b)",
        "est",
    ),
    (rf"(?<![\w'’-])(?:ils|elles|(?:les|nos|vos|ces) \w+s) (?P<w>on)(?= {_DONE}(?![\w-]))", "ont"),
    (
        r"(?:\A|[.!?…] |\b(?:que|quand|et|mais) )(?P<w>ont)(?= (?:vous|va|peut|est|adore|aime|attend"
        r"|vient|espère|recrute"
        r"|pense|reste|sera|ouvre|ferme)\b)",
        "on",
    ),
    (
        rf"(?<![\w'’-])(?:ils|elles|(?:les|nos|vos|ces) \w+s) (?P<w>son)(?= (?:déjà |tous |toutes "
        rf"|bien )?{_STATE}e?s?\b)",
        "sont",
    ),
    (
        r"\b(?:nous|je|on|vous) (?P<w>leurs)(?= (?:avons|ai|a|donnons|proposons|offrons|souhaitons"
        r"|disons|envoyons|dit)\b)",
        "leur",
    ),
    (
        r"(?P<w>tout)(?= (?:les|nos|vos|mes|ces|ses) (?:jours|mois|soirs|matins|samedis|dimanches|lundis"
        r"|mardis|ans|clients)\b)",
        "tous",
    ),
    (r"\ble (?P<w>plutôt)(?= possible\b)", "plus tôt"),
    (r"\b(?P<w>au plutôt)\b", "au plus tôt"),
    (r"\b(?:il|elle|on) (?P<w>sans)(?= (?:occupe|va|charge|souvient|réjouit|excuse)\b)", "s’en"),
    (
        r"(?P<w>s['’]en)(?= (?:plus (?:attendre|tarder)|frais|problème|souci|rendez-vous|réservation"
        r"|engagement|inscription)\b)",
        "sans",
    ),
    (r"(?P<w>mes)(?= (?:surtout|nous|vous|aussi|c['’]est|il|elle|on|je)\b)", "mais"),
    (r"(?P<w>quelque soit)(?= (?:le|son|votre choix|ton choix)\b)", "quel que soit"),
    (r"(?P<w>quelque soit)(?= la\b)", "quelle que soit"),
    (r"\b(?:parce|dès|afin|alors|puis|pour|avant) (?P<w>quelle)(?= \w)", "qu’elle"),
    (r"\bvous (?P<w>faite)(?![\w-])", "faites"),
    (r"\bvous (?P<w>dite)(?![\w-])", "dites"),
    (r"\bnous (?P<w>somme)(?![\w-])", "sommes"),
    (r"(?<![\w'’-])tu (?P<w>est)(?![\w-])", "es"),
    (r"\bil (?P<w>faut) mieux(?= \w)", "vaut"),
    (r"(?P<w>comme même)(?![\w-])", "quand même"),
    (r"(?P<w>en faite)(?![\w-])(?! de\b)", "en fait"),
    (r"(?P<w>voir) même(?= \w)", "voire"),
    (r"(?P<w>si il)(?=s?\b)", "s’il"),
    (r"(?:savoir|encore|bien|beaucoup|un peu) (?P<w>d['’]avantage)(?!s)\b", "davantage"),
    (r"(?P<w>entrain)(?= d(?:e |['’])\w+(?:er|ir|re)\b)", "en train"),
    (
        rf"\b{_MODAL} (?:vous |nous |me |te |les |la |le |l['’])?(?P<w>(?!\w*{_IR}ez)(?!chez"
        rf"|assez)\w{{3,}}ez)(?![\w'’-])",
        "er",
    ),
    (rf"\b(?:de|pour) (?:vous|nous|te) (?P<w>(?!\w*{_IR}ez)(?!chez|assez)\w{{4,}}ez)(?![\w'’-])", "er"),
)
_COMPILED = tuple(
    re.compile(("" if before.startswith(("(?<", r"\b")) else r"(?<![\w'’-])") + before, re.IGNORECASE)
    for before, _ in _SURE
)
_WORD = re.compile(r"\w+")


def _need(before: str) -> frozenset[str]:
    """Words one of which a text must hold for the pattern ``before`` to be looked for; none for those in -ez."""
    body = before.partition("(?P<w>")[2].partition(")")[0]
    if body.startswith("[sc]"):
        return frozenset({"ses", "ces"})
    return frozenset() if body.startswith("(") else frozenset({_WORD.findall(body)[0]})


_NEEDS = tuple(_need(before) for before, _ in _SURE)


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Warns of each sure confusion of French, with the word meant."""
    if not draft.language.startswith("fr"):
        return
    text = without_quotes_and_links(draft.text)
    taken: set[int] = set()
    words = frozenset(_WORD.findall(text.lower()))
    orders = any(word.endswith("ez") for word in words)
    for pattern, needs, (_, meant) in zip(_COMPILED, _NEEDS, _SURE, strict=True):
        if not (orders if not needs else not needs.isdisjoint(words)):
            continue
        for match in pattern.finditer(text):
            start, end = match.span("w")
            if start in taken:
                continue
            taken.add(start)
            word = draft.text[start:end]
            fix = _cased(word[:-2] + "er" if meant == "er" else meant.strip(), word)
            params = {"word": word, "fix": fix}
            yield Finding(NAME, SEVERITY, start, end, Wording("check.homophones", params), word, fix)


def _cased(fix: str, word: str) -> str:
    if len(word) > 1 and word.isupper():
        return fix.upper()
    return fix[:1].upper() + fix[1:] if word[:1].isupper() else fix


BAD = {
    "fr": (
        Sample("Il vous appellera quant il sera en bas."),
        Sample("L’équipe à été touchée par votre message."),
        Sample("Sa va être une belle soirée."),
        Sample("Quand à moi, je reste."),
        Sample("Ils on reçu le colis, il c’est trompé."),
        Sample("Vous pouvez réservez en ligne, le jour ou vous voulez."),
        Sample("Nos ateliers son complets, tu est prévenue."),
    ),
}
GOOD = {
    "fr": (
        Sample("Quant à nous, tout à fait d’accord : là ou ailleurs, à qui a été reçu."),
        Sample("Son équipe et sa marche, ses pas et ces derniers jours : c’est passé vite."),
        Sample("On a reçu ses très bons amis ; ils ont été ravis. Je sais qui c’est."),
        Sample("Quand au détour du chemin la pluie vient, on rentre. Le prêt, vous pouvez chez nous."),
        Sample("Il et elle. Beaucoup de vous avez choisi. Où est-ce ? Oui ou non, si elle veut."),
        Sample("Écrit « il à été » et https://exemple.fr/sa-va : mes aïeux, tout les sépare."),
    ),
}

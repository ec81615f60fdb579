"""Turns of phrase that give orders to whatever machine reads a comment, in French and English (a few in German).

Each pattern is of one of two kinds: of *letters* (the kinds of words, see :mod:`.words`) or of the *plain* text. A sure
pattern makes a comment hostile by itself; the others are signs among others for the linear model. Every pattern is
named by what it looks for: ``hostile.why.<name>`` in the catalogues says it to people.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from copilot.intelligence.hostile.beginnings import LENGTH, beginnings

#: Beginnings of words kept in memory.
MOST_STARTS = 50_000


@dataclass(frozen=True, slots=True)
class Pattern:
    """One turn of phrase. ``needs`` are letters one of which must be there, ``starts`` how it may begin."""

    name: str
    expression: re.Pattern[str]
    sure: bool
    needs: frozenset[str] = frozenset()
    starts: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A pattern found, and where: places of words for one of letters, of characters for one of plain text."""

    pattern: Pattern
    start: int
    end: int


def _letters(name: str, expression: str, needs: str, *, sure: bool = True) -> Pattern:
    # "_" stands for any word of the same sentence; the text's start and end are ends of sentences.
    return Pattern(name, re.compile(expression.replace("_", "[^^]")), sure, frozenset(needs))


def _plain(name: str, expression: str, *, sure: bool = True) -> Pattern:
    spaced = _spaced(expression)
    return Pattern(name, re.compile(f"(?<![a-z0-9])(?:{spaced})"), sure, starts=beginnings(spaced))


def _spaced(expression: str) -> str:
    """``expression`` with each space outside a set standing for what may part two words."""
    parts = re.split(r"(\[(?:\\.|[^\]\\])+\])", expression)
    return "".join(part if number % 2 else part.replace(" ", _GAP) for number, part in enumerate(parts))


#: What parts two words.
_GAP: Final = r"[\s'’\"«»“”:,()-]{1,4}"
#: Before an order: the start of a sentence, a pause, a politeness, "now", "you", "just".
_AT = "(?:(?<=[\\^,QhFNYBZ])|(?<=[\\^,][^^])|(?<=[YDFh][DS]))"

OF_LETTERS: Final = (
    _letters("override", f"{_AT}I_{{0,4}}[RC]", "I"),
    _letters("override", f"{_AT}I_{{0,3}}A_{{0,7}}[PRSCT]", "I"),
    _letters("override", f"{_AT}I(?:[A.]|[.][.])?P", "I", sure=False),
    _letters("override", "Z[DIF.]_{0,3}Y_{0,1}[RC]_{0,4}(?:P|$|[,^])", "R", sure=False),
    _letters("override", "[RC]_{0,5}[IZ]_{0,3}[\\^,]{0,2}_{0,2}V", "RC", sure=False),
    _letters("override", "VR[\\^,QYEBT]", "V", sure=False),
    _letters("override", "R_?P_{0,4}(?:[IZ]|E_{0,2}I)", "R"),
    _letters("prompt", f"{_AT}[SD]_{{0,5}}Y_{{0,2}}[RC]_{{0,3}}[CP^,]", "RC"),
    _letters("prompt", "[SD]_{0,6}[RC]_{0,3}Y?_{0,2}[BC]", "RC", sure=False),
    _letters("prompt", f"{_AT}S_{{0,3}}A_{{0,4}}[P]", "P", sure=False),
    _letters("persona", "YE_{0,2}(?:F|[.]Z|Z[^^]A)_{0,2}[.JBUK]", "E", sure=False),
    _letters("persona", "FYE_{0,2}[JBUK.]", "F", sure=False),
    _letters("persona", f"{_AT}J_{{0,3}}[TYE]", "J", sure=False),
    _letters("persona", "JT_{0,2}[BKUH]", "J"),
    _letters("persona", "[ZTN]_{0,2}U_{0,3}[RUJ]", "U", sure=False),
    _letters("answer", f"{_AT}S_{{0,3}}(?:N|T)_{{0,2}}(?:[QWY]|A)", "S", sure=False),
    _letters("answer", f"{_AT}SNQ", "S"),
    _letters("answer", "[YB]O_{0,3}[DES]_{0,3}[TLQPS]", "O"),
    _letters("answer", f"{_AT}[SD]_{{0,8}}(?:[Y.]O|Y_O)", "O"),
    _letters("answer", f"{_AT}[SD]_{{0,2}}L_{{0,4}}[YO]", "L", sure=False),
    _letters("answer", "B_{0,2}[DES]_{0,3}[SDIQTL]", "B", sure=False),
    _letters("answer", "[SD]_{0,4}B_{0,3}(?:[SDI]|T_?[SD])", "B", sure=False),
    _letters("language", f"{_AT}S_{{0,3}}[.T]?G(?:[\\^,hNA]|_{{0,2}}[\\^,]|$)", "G", sure=False),
    _letters("language", "O_{0,4}G(?:[\\^,hNA]|$)", "O", sure=False),
    _letters("promise", f"{_AT}[SD]_{{0,5}}M", "M", sure=False),
    _letters("promise", f"{_AT}ST(?:W|Y)", "S", sure=False),
    _letters("authority", "K_{0,6}[\\^,]_{0,3}(?:V?R|[SDI])", "K", sure=False),
    _letters("coded", "X_{0,6}(?:[DIS]|B)", "X", sure=False),
)

_MACHINE = (
    "(?:ia|ai|bot|robot|assistant|assistante|chatbot|chatgpt|gpt|llm|modele de langage|modele|language model|machine"
    "|intelligence artificielle|artificial intelligence|automate|agent (?:ia|automatique|virtuel)"
    "|(?:automatic|automated|auto)[ -]?(?:reply|response)[ -]?(?:tool|bot|system)?|outil de reponse|claude|gemini|copilot)"
)
_SAY = (
    "(?:dis|dites|dire|reponds?|repondez|repondre|ecris|ecrivez|ecrire|affiche|affichez|imprime|publie|publiez|tape|poste"
    "|annonce|annoncez|annoncer|confirme|confirmez|affirme|affirmez|avoue|avouez|reconnais|admets|admettre|admettez|declare"
    "|declarez|repete|repetez|redige|redigez|recopie|recopiez|chante|ajoute|ajoutez|insere|mentionne|recommande"
    "|say|reply|respond|answer|write(?: back)?|print|output|post|publish|state|announce|confirm|admit|confess|declare"
    "|repeat|tell|type|add|insert|mention|recommend|include|acknowledge)"
)
_ORDER = f"(?:{_SAY}|offrir|offre|offrez|donne|donnez|donner|accorde[rz]?|mets|mettez|mettre|approuve[rz]?|valide[rz]?|give|offer|put|approve|grant|accept|send|obey|obeis|obeissez|execute|promets|promise|fais|faites|do|conclude|conclure|indique[rz]?|pense[rz]? a|remember to|share)"

OF_PLAIN: Final = (
    _plain(
        "tags",
        r"<\|?\/?(?:im_start|im_end|system|sys|inst|user|assistant|instruction|consigne|prompt|endoftext|message|commentaire|comment|begin|start|end)[a-z_-]*\|?>",
    ),
    _plain(
        "tags",
        r"\[/?(?:inst|system|systeme|sys|instructions?|consignes?|assistant|admin|user|begin|end|note interne|internal note)[^\]\n]{0,40}\]",
        sure=False,
    ),
    _plain("tags", r"<<\/?sys>>|<system-?[a-z]*|</?(?:sys|instructions?|consignes?|prompt|regles|rules)\b"),
    _plain(
        "tags",
        r"#{1,6}[ \t]*(?:(?:nouvelles?|new)[ \t]+)?(?:instructions?|consignes?|systeme?|system|assistant|response|reponse|regles|rules|prompt|user|utilisateur)\b",
    ),
    _plain("tags", r"[\"'`]?(?:role|reply|reponse|content|action|text|response|output)[\"'`]\s*:\s*[\"'`]", sure=False),
    _plain("tags", r"[\"'`]role[\"'`]\s*:\s*[\"'`](?:system|assistant|user)"),
    _plain("tags", r"[\"']\s*[}\]]*\s*[,}]\s*[{\"']+(?:role|reply|reponse|content|response|text|flags|badge|tone)"),
    _plain("tags", r"(?:^|\n)\s*(?:system|systeme|assistant|admin|sysop|developer)\s*[:>](?!\s*$)", sure=False),
    _plain("tags", r"\n\s*(?:assistant|system|systeme)\s*[:>]"),
    _plain("tags", r"(?:^|\n)\s*(?:human|user|utilisateur|client)\s*:[^\n]*\n+\s*assistant\s*:"),
    _plain(
        "tags",
        r"(?:end|fin) (?:of|des?|du) (?:\w+ ){0,2}(?:comments?|commentaires?|avis|reviews?|input|user|donnees|message|prompt|instructions|context[e]?)\b",
        sure=False,
    ),
    _plain(
        "tags",
        r"(?:{{|{%|\$\{|<%|<!--)[^}\n]{0,80}(?:reply|reponse|system|prompt|send|ia\b|ai\b|assistant|endcomment|raw)",
    ),
    _plain("tags", r"(?:^|\n)(?:title|body|reply|reponse|corps)\s*:[^\n]{1,200}\n[^\n]{0,200}(?:\n---|\n```)"),
    _plain(
        "tags",
        r"(?:render|execute|return|renvoie|exec|print) (?:this|ca|ceci|cela|the block|le bloc|that)\b",
        sure=False,
    ),
    _plain(
        "override",
        r"(?:ignore[rsz]?|oublie[rsz]?|forget|disregard|override|bypass|skip|contourne[rsz]?|desobei\w*|passe[rsz]? outre|efface[rsz]?|wipe|drop|nique|screw|fuck|nvm) (?:\w+ ){0,4}(?:prompt|programming|programmation|system|systeme|consignes?|instructions?|directives?|guidelines?|filtres?|filters?|rules|regles) ?(?:precedent|previous|above|habituel|d avant|de moderation|pls|plz|please|stp|svp|et|and|then|,|\.|!|$|\n)",
    ),
    _plain(
        "override",
        r"(?:ignore|oublie|forget|disregard|ignorez|oubliez|vergiss|ignoriere|olvide|olvida|ignora|zaboravi|zapomnij|glem) (?:\w+ ){0,3}(?:tout|toutes?|tous|all|everything|alles?|alle|todo|todas|tutto|tutte|sve|every)\b(?! (?:et|and) (?:danse\w*|dance|moi|me|vi\w+))",
    ),
    _plain(
        "override",
        r"(?:abweichend|obigen?|vorherigen?|bisherigen?) (?:\w+ ){0,4}(?:instruktion\w*|anweisung\w*|ausfuhrung\w*|information\w*|aufgaben?)",
    ),
    _plain(
        "override",
        r"(?:ne )?(?:tiens|tenez|tient|tenir) (?:plus |pas |aucun )*compte (?:\w+ ){0,3}(?:consignes?|instructions?|regles?|charte|prompt|directives?)",
    ),
    _plain(
        "override",
        r"(?:ne|n) (?:suis|suivez|respecte|respectez|applique|appliquez) (?:pas|plus) (?:tes|vos|les|la|ta|votre)",
    ),
    _plain(
        "override",
        r"(?:fais|faites|faire) (?:abstraction|fi) de (?:\w+ ){0,2}(?:consignes?|regles?|instructions?|directives?)",
    ),
    _plain(
        "override",
        r"(?:mets|mettez|laisse|laissez|set|put|leave|throw) (?:\w+ ){0,2}(?:de cote|tomber|aside|away) (?:tes|vos|les|ta|votre|your|the|all)",
    ),
    _plain(
        "override",
        r"(?:don t|do not|not|stop|never|quit) (?:follow|obey|respect|apply|following|obeying|use|using) (?:\w+ ){0,3}(?:rules?|guidelines?|instructions?|directions|policy|prompt|programming)",
    ),
    _plain(
        "override",
        r"(?:your|tes|vos|ton|votre|les|the|previous|old|anciennes?|ces) (?:\w+ ){0,2}(?:instructions?|consignes?|regles?|rules|guidelines?|directives?|restrictions?|prompt|policy|reglement) (?:\w+ ){0,4}(?:annulee?s?|caduc|caduque|caduques|levees?|lifted|void|obsoletes?|worthless|no longer|don t apply|do not apply|ne valent|ne s appliquent?|suspendu\w*|suspended|revoked|desactivee?s?|disabled|cancelled|cease|changed to|remplac\w*|replaced|superseded|are off|are gone)",
    ),
    _plain(
        "override",
        r"(?:nouvelles?|new|neue|prochaine|next|vraie|real) (?:consignes?|instructions?|taches?|tasks?|regles?|rules?|ordres?|directives?|mission|job|aufgaben?|role|prompt)\s?(?:[:=]\s?(?:tu|you|vous|traduire|write|insult\w*|repond\w*|reply|say|dis|ecris|calcul\w*|compute|affich\w*|[a-z]+ez)\b|=|est de|is to|suivante\s?:|pour (?:toi|l ia|le bot)|tu |you )",
    ),
    _plain(
        "override",
        r"(?:this|cette|ce|the following|la suivante) (?:\w+ )?(?:instruction|consigne|message|directive|order|ordre|rule|regle) (?:\w+ ){0,2}(?:replaces?|supersedes?|overrides?|remplace|annule|prime|prevaut)",
    ),
    _plain(
        "override",
        r"(?:consigne|instruction|directive|ordre|order|command) (?:prioritaire|prioritary|niveau|level|urgente?|pour (?:la|ta|votre|l) (?:reponse|ia|assistant|bot)|for (?:the|your) (?:reply|response|answer|ai|assistant|bot)|de l operateur|systeme|supreme)",
    ),
    _plain(
        "override",
        r"priority (?:\w+ ){0,2}(?:directive|instruction|order|command)|(?:operator|system|admin|override) (?:instructions?|override|command|mode)\b",
    ),
    _plain(
        "override",
        r"(?:above|earlier|previous|prior|before|precedent\w*|ci dessus|au dessus|plus haut) (?:\w+ ){0,4}(?:only |just |juste |qu )?(?:an? |un )?(?:example|exemple|test|placeholder)\b",
    ),
    _plain(
        "override",
        r"(?:abandon|forget|clear|vide|efface|oublie|wipe|reset) (?:all |toute |tous )?(?:your|ta|tes|votre) (?:\w+ )?(?:thoughts|memory|memoire|training|pensees|context|contexte|entrainement|identity|identite)",
    ),
    _plain("override", r"(?:tu|you|vous) (?:n |ne )?(?:obei\w*|only obey|obey only|obey) (?:\w+ ){0,2}(?:moi|me)\b"),
    _plain(
        "override",
        r"(?:leave|lassen|laissez) (?:\w+ ){0,3}(?:all|alle|toutes) (?:the |die |les )?(?:previous|vorherigen|precedent\w*) (?:information\w*|instructions?|tasks?|aufgaben)",
    ),
    _plain(
        "override",
        r"despite what you(?: have|'ve)? been told|contrary to (?:your|the) (?:previous )?(?:instructions|guidelines)|whatever (?:your|the) (?:guidelines|instructions|rules) say|peu importe (?:ce que disent )?(?:tes|vos) (?:consignes|regles|instructions)",
    ),
    _plain(
        "prompt",
        r"(?:system|systeme|initial|hidden|secret|original) ?(?:prompt|message|instructions?)|(?:prompt|message|instructions?|consignes?) (?:systeme?|system|initiale?s?|de depart|cachee?s?|secret\w*|d origine)\b",
        sure=False,
    ),
    _plain(
        "prompt",
        r"(?:affiche\w*|montre\w*|donne\w*|revele\w*|devoile\w*|recopie\w*|copie\w*|repete\w*|imprime\w*|balance\w*|liste\w*|traduis\w*|traduire|resume\w*|ecris\w*|divulgue\w*|mets|cite\w*|sors|colle\w*|publie\w*|code[rz]?|coder|summari[sz]e|show|print|reveal|repeat|output|give|tell|copy|paste|dump|list|translate|leak|spell out|post|recite|expose|display|share|provide|what (?:is|are|were)|whats|quel\w* (?:est|sont)|c est quoi) (?:\w+ ){0,7}?(?:(?:your|ur|ton|ta|tes|votre|vos|the|le|la|les|l) )(?:\w+ ){0,3}?(?:prompts?(?: texts?)?|instructions?|consignes?|guidelines?|directives|regles|rules|pre ?prompt|configuration|config|message systeme|system message|initial message|api key|cle api|cles api|credentials|identifiants|temperature|parametres|charte|contexte complet|full context|variables d environnement|env(?:ironment)? variables|fiche de la marque|brand sheet|brief)\b",
        sure=False,
    ),
    _plain(
        "prompt",
        r"(?:your|ur|ton|ta|tes|votre|vos) (?:\w+ ){0,3}?(?:prompts?|pre ?prompt|system message|message systeme|initial message|message initial|message de depart|hidden instructions?|confidential guidelines|instructions? (?:confidentielles?|cachees?|secretes?|systeme)|guidelines? confidentielles?|api ?keys?|cles? api|programming|programmation)\b",
    ),
    _plain(
        "prompt",
        r"(?:repete\w*|repeat|recopie\w*|copie\w*|copy|print|imprime\w*|affiche\w*|output|show|montre\w*|translate|traduis\w*|recite\w*|summari[sz]e|resume\w*) (?:\w+ ){0,8}?(?:above|precede|au dessus|ci dessus|plus haut|before (?:this|my|the)|avant (?:ce|mon|cette))(?! (?:le|la|l|les|mon|the|my) (?:magasin|shop|store|prix|price))",
    ),
    _plain(
        "prompt",
        r"(?:dump|imprime\w*|affiche\w*|print|debug|sors|output|show) (?:\w+ ){0,5}(?:config\w*|contexte|context|environment|environnement|variables|logs?|requete|request|settings|parametres)(?: (?:complet|full|before|avant|de la))?",
        sure=False,
    ),
    _plain(
        "prompt",
        r"(?:words?|mots?|texte?|text|everything|tout ce qui) (?:\w+ ){0,3}(?:above|precede\w*|au dessus|before this|ci dessus) (?:\w+ ){0,4}(?:you are|tu es|vous etes|starting|commen\w+|this|ce|$)",
    ),
    _plain(
        "prompt",
        r"(?:mots?|words?) (?:interdits?|bannis|forbidden|banned) (?:\w+ ){0,4}(?:fourni|patron|boss|marque|brand|provided|liste|list|you)|(?:words|mots) (?:\w+ ){0,6}(?:t interdit|forbids? you|vous interdit)",
    ),
    _plain(
        "prompt",
        r"(?:spell|code\w*|write|ecris|mets) (?:out )?(?:your|ton|tes|vos|ur) (?:\w+ ){0,2}(?:rules|instructions?|consignes|regles|prompt)",
    ),
    _plain(
        "prompt",
        r"(?:api key|cle api|cles d api|secret key|access token|mot de passe (?:du|de) (?:compte|page)|password (?:of|for) this (?:account|page)|verification code (?:\w+ ){0,3}by (?:text|sms)|code de verification (?:\w+ ){0,3}(?:sms|texto))",
        sure=False,
    ),
    _plain(
        "persona",
        r"(?:tu|vous|you|ur) ?(?:re|are|es|etes|seras|serez|will be|t appelles)? (?:\w+ )?(?:maintenant|desormais|now|henceforth|dorenavant|plus l assistant|no longer (?:the|an?) (?:assistant|bot|ai))\b",
        sure=False,
    ),
    _plain(
        "persona",
        r"(?:act|behave|respond|answer|reply|speak|talk|fungieren|agis|agissez|reponds|repondez|parle|parlez|comporte\w* toi) (?:\w+ )?(?:as if (?:you|u)|as though you|like (?:you(?: are|'re)|a|an)|as an?|as my|as the|als|comme (?:si|un|une|le|la|mon|ma)|en tant que?|a la maniere)",
    ),
    _plain(
        "persona",
        r"(?:pretend|imagine|suppose|assume|fais comme si|faites comme si|fais semblant|faites semblant|on dirait que|et si|imagine que|imaginons que) (?:que |that )?(?:tu|t|you|u|ur|your|d etre|to be|vous) ?(?:es|etais|etiez|serais|are|were|re|had no|n as|n avais|have|could|can|access|etre|un|une|a|an|my|mon|ma|le|la)?",
        sure=False,
    ),
    _plain(
        "persona",
        r"(?:(?<!je\s)(?<!i\s)(?:joue|jouez|jouons)|play|take on|adopt|incarne|incarnez|tu incarnes|assume|endosse|endossez|prends|prenez) (?:\w+ ){0,2}(?:role|role of|personnage|part|persona|character|le mechant|un \w+|rollen?)",
    ),
    _plain(
        "persona",
        r"(?:roleplay|role-play|jeu de role|rester? dans le (?:personnage|role)|stay in (?:character|role)|break character|in character|mets toi dans la peau|put yourself in the (?:shoes|skin) of|in this (?:fictional )?scenario|dans ce scenario|scenario de fiction)",
        sure=False,
    ),
    _plain(
        "persona",
        r"(?:mode|mod) (?:developpeur|developer|dev|dan|debug|god|admin|sans (?:filtre|limite|censure|echec)|libre|jailbreak|maintenance|root|evil|opposite|oppose|mechant)(?: (?:active|on|enabled|engage|mode|activated))?\b(?! (?:d android|de la box))",
        sure=False,
    ),
    _plain(
        "persona",
        r"(?:developer|developpeur|dan|god|evil|debug|jailbreak|admin|root|sudo|unrestricted|opposite|chaos|maintenance|stan|dude|free) (?:twin )?mode\s?(?::|on\b(?! (?:android|ios|the|my))|enabled|activated|active|\?|!|,|\.)",
    ),
    _plain(
        "persona",
        r"(?:sans|without|no|zero|aucune?|plus (?:aucune|de)) (?:\w+ )?(?:filtres?|censure|restrictions?|limites?|regles?|filters?|censorship|rules|limits?|limitations?|guidelines|content policy|moral\w*|ethi\w+)\b",
        sure=False,
    ),
    _plain(
        "persona",
        r"(?:do anything now|jailbr(?:eak|oken)|unrestricted (?:ai|model|assistant|bot)|uncensored|unfiltered (?:ai|model|adviser|answer|mode)|\bdan\b (?:can do|mode|[0-9]{1,2}\.[0-9]))",
    ),
    _plain(
        "persona",
        r"(?:you are|tu es|vous etes|t es|ur|you re|bist du|du bist|now you are) (?:\w+ ){0,2}(?:a|an|un|une|le|la|the) ?(?:\w+ ){0,2}(?:chatbot|bot|ia|ai|assistant|llm|model\w*|robot|parrot|perroquet|cat|chat|pirate|terminal|interpreter|poet\w*|translator|evil|hacker|human called|humain)\b(?! (?:que|is|est|de))",
        sure=False,
    ),
    _plain(
        "persona", r"(?:your|ton|votre) (?:name|nom|prenom) (?:is|est|sera|becomes) (?:now |desormais |maintenant )?\w+"
    ),
    _plain(
        "persona",
        r"(?:act|joue\w*|fais|tu es|you are|etais) (?:\w+ ){0,3}(?:terminal|linux|console|shell|python interpreter|interpreter|compiler|compilateur|calculatrice|calculator|sql)\b",
    ),
    _plain(
        "persona",
        r"(?:my|ma) (?:\w+ )?(?:grandma|grandmother|granny|nan|grand mere|mamie|meme) (?:\w+ ){0,4}(?:used to|lisait|read|reading|racontait|told|tell)",
        sure=False,
    ),
    _plain(
        "persona",
        r"(?:jure|swear|promise|prove|prouve) (?:me |moi )?(?:que |that )?(?:tu|t|you|u|vous) ?(?:re|are|es|n es|etes)? (?:not |pas |human|humain)",
        sure=False,
    ),
    _plain(
        "persona",
        r"from now on (?:you|your|reply|answer|speak|all|every)|a partir de (?:maintenant|cet instant|ce message|la|ici|cette ligne) (?:\w+ ){0,2}(?:tu|vous|toutes|reponds|repondez|parle|n)|des maintenant tu|starting now you|henceforth you|dorenavant (?:tu|ton|vous)|desormais tu",
    ),
    _plain(
        "answer",
        rf"(?<!le\s)(?<!did\s)(?<!un\s)(?<!the\s)(?<!a\s)(?<!votre\s)(?<!your\s)(?<!notre\s)(?<!ma\s)(?<!my\s)(?<!sur\s)(?<!mon\s)(?<!cette\s){_MACHINE}\)?[ ,:;!.)\]-]{{1,4}}(?:please |stp |svp |alors |tu |you |must |should |doit |dois |devra |va |has to |have to |needs? to |is required to |est prie\w* de |want \w+ to |kindly |immediatement |immediately |qu il |qu elle |to )*{_ORDER}\b",
        sure=True,
    ),
    _plain(
        "answer",
        rf"(?:exige\w*|demande\w*|ordonne\w*|require\w*|ask\w*|order\w*|want\w*|need\w*|veux|veut|dis(?:ent)? a|tell|have|let|make|prie|force\w*|oblige\w*|autorise\w*) (?:que |that |a )?(?:l |le |la |the |your |votre |ton |this |cette |cet |an |un )?{_MACHINE} (?:a |de |to |d )?(?:\w+ ){{0,2}}?{_ORDER}\b",
    ),
    _plain(
        "answer",
        rf"(?:if|si|quand|when|whoever|whatever|celui qui|la personne|toute?) (?:\w+ ){{0,8}}?(?:{_MACHINE}|tool|outil|replying|repond|reads? (?:this|these)|lit (?:ceci|ca|ces)|lis|liras|writes these|redige\w*|drafts?|genere\w*|chatgpt) (?:\w+ ){{0,6}}?(?:ceci|this|it|must|should|has to|doit|devra|prie\w*|qu|please|kindly|:|head|answer|replies?|reponds?|les reponses)",
        sure=False,
    ),
    _plain(
        "answer",
        rf"(?:note|message|attention|memo|ps|p s|p\.s\.|info|mot|rappel|reminder|dear|cher|chere|hey|hello|salut|coucou|ok|a l attention|bonjour|hi|oh)\s?(?:[a-z]+ ){{0,3}}(?:a|au|aux|pour|to|for|of|de|d|l|le|la|the|all|your)?[ ]?(?:l |le |la |the |your |votre )?{_MACHINE}\b(?! (?:de |a |aspir|cuis|tond|mix|est|is|ne |n |me|m |on|sur|site|help|vocal|service|manager|virtuel ne))",
        sure=False,
    ),
    _plain(
        "answer",
        r"(?:la|ta|ton|votre|your|ur|the|toute|every|each|chaque|toutes (?:tes|vos|les)|all (?:your|the)?)[ ]?(?:\w+ )?(?:reponses?|reply|replies|answers?|responses?|output|message)s? (?:\w+ ){0,3}?(?:doit|devra|doivent|must|should|shall|has to|have to|ought|needs to|sera|will|commence\w*|begins?|starts?|starting|contiendra|attendue|expected|finit|ends?|with|=|:|par|beginning)\b",
        sure=False,
    ),
    _plain(
        "answer",
        r"(?:your|ta|votre|the|la|ur) (?:\w+ )?(?:reply|answer|response|reponse) (?:\w+ ){0,2}?(?:doit|devra|must|should|shall|has to|ought to|needs to|will be|sera|commencera|contiendra|attendue|expected|finira|se terminera|will (?:start|begin|end|contain|say))\b",
    ),
    _plain(
        "answer",
        r"(?:dans|in|to|a|within|par|with|en bas de|at the (?:bottom|end|top) of|commence|start|begin|open|end|finish|termine|finis|conclus|finissez|terminez|commencez) (?:\w+ ){0,3}?(?:ta|tes|votre|vos|your|ur|every|each|all|chacune de tes|toutes (?:tes|vos)|la|the|this) (?:\w+ )?(?:reponses?|reply|replies|answers?|responses?|output|message|messages|comments?)\b(?! (?:a |to |d |de |of |from |was|were|etait|me |i |j |m |est|is|took|got))",
        sure=False,
    ),
    _plain(
        "answer",
        r"(?:start|begin|open|end|finish|close|sign|commence|commencez|termine|terminez|finis|finissez|conclus|concluez|ouvre|ouvrez|signe) (?:\w+ )?(?:ta|tes|votre|vos|your|ur|every|each|all|chaque|toutes|la|the) (?:\w+ ){0,2}(?:reponses?|reply|replies|answers?|responses?|messages?|comments?) (?:\w+ )?(?:par|avec|with|by|sur|on)\b",
    ),
    _plain(
        "answer",
        r"(?:ajoute\w*|mets|mettez|mettre|insere\w*|glisse\w*|include|insert|put|add|use|place|mention|paste|place|utilise\w*) (?:\S+\s+){1,10}?(?:dans|a|in|into|to|at the (?:end|bottom|top) of|twice in|en bas de) (?:ta|tes|votre|vos|your|ur|the|la|every|each|all|chacune|toutes|ton|sa|his|its)(?: of)?(?: (?:tes|your|ur))? (?:\w+ )?(?:reponses?|reply|replies|answers?|responses?|ans|output|message)\b",
    ),
    _plain(
        "answer",
        r"(?:reponds?|repondez|dis|dites|ecris|ecrivez|reply|answer|say|write|respond|type|print|output|tape\w*|print)[ -]?(?:moi |me |back |with |par |avec |y |lui )*(?:juste|seulement|uniquement|simplement|only|just|simply|exactly|exactement|nothing but|rien que|mot pour mot|word for word|solely|exclusively|ceci|the following|this|le mot|the words?|par le seul|with the single|le seul mot)\b",
        sure=False,
    ),
    _plain(
        "answer",
        r"(?:juste|just|simplement|simply|uniquement|only|seulement) (?:dis|say|write|type|reply|answer|respond|print|output|ecris|reponds?|repondez|dites|tape)\b",
        sure=False,
    ),
    _plain(
        "answer",
        r"(?:mot pour mot|word for word|verbatim|and nothing else|et rien d autre|& nothing (?:more|else)|and nothing more|rien de plus|ne dis rien d autre|say nothing else)",
        sure=False,
    ),
    _plain(
        "answer",
        r"(?:repeat after me|repete apres moi|repetez apres moi|write (?:the following|this sentence|these words)|ecris (?:la phrase|les mots|ceci)|the only valid (?:reply|answer)|seule reponse (?:valable|possible|sera)|ta seule reponse|votre seule reponse)",
    ),
    _plain(
        "answer",
        r"(?:bot|robot|ia|ai|assistant|machine) (?:write|say|reply|print|post|ecris|dis|reponds|affiche|confirm|obey|obeis|solve|make me|give|donne|fais)\b|(?:write|say|reply|print|post|ecris|dis|reponds|affiche|announce|annonce|confirm|obey|solve|rédige|redige|corrige|give|donne|confirme) (?:\w+ ){0,10}(?:bot|robot|ia|ai|machine|chatbot)(?: (?:please|stp|svp|pls))?\s*(?:[.!?👀]|$)",
        sure=False,
    ),
    _plain(
        "answer",
        r"(?:you(?: are|'re| re|r)?|tu es|t es|vous etes) (?:an? |une? )?(?:ia|ai|bot|robot|machine|llm|language model|assistant)(?: right| no| non|,|\?)",
        sure=False,
    ),
    _plain(
        "answer",
        r"(?:i want|je veux|i need|j exige|je demande) (?:to (?:see|read) )?(?:that|cette|this|ces|your|la|une?|an?) (?:sentence|phrase|mots?|words?|reply|reponse|statement|public)(?: \w+){0,3} (?:in|dans|here|ici)",
        sure=False,
    ),
    _plain(
        "answer",
        r"(?:tu vas|vous allez|you will|you shall|you must|you have to|tu dois|vous devez|tu devras|you should|you are to|you need to|it should|he should) (?:\w+ ){0,3}(?:dire|ecrire|repondre|say|write|answer|reply|respond|sign|signer|announce|annoncer|confirm|admit|promise|greet|mention|recommend|tell|state|start|begin|end|obey|obeir|print|give it|mettre)\b",
        sure=False,
    ),
    _plain(
        "language",
        r"(?:reponds?|repondez|ecris|ecrivez|parle|parlez|answer|reply|respond|write|speak|talk|switch|change|passe|passez|traduis|traduisez|translate|redige\w*|post|antworte\w*)[ -]?(?:\w+ ){0,6}?(?:en|in|to|into|auf|vers|dans) (?:ma langue|my language|russe|russian|arabe|arabic|chinois|chinese|mandarin|japonais|japanese|coreen|korean|hebreu|hebrew|hindi|latin|klingon|ukrainien|ukrainian|polonais|polish|turc|turkish|grec|greek|thai|vietnamien|vietnamese|persan|persian|farsi|urdu|suedois|swedish|finnois|finnish|danois|danish|norvegien|norwegian|hongrois|hungarian|tcheque|czech|roumain|romanian|bulgare|bulgarian|serbe|serbian|croate|croatian|neerlandais|dutch|basque|breton|catalan|emojis?|verlan|morse|binaire|binary|pirate|swahili|esperanto|elfique|elvish|wolof|creole)\b",
    ),
    _plain(
        "language",
        r"(?:output|sortie|reply|response|answers?|reponses?|language|langue)(?: language)? (?:\w+ ){0,4}(?:=|to|en|in|passent?|goes out|is now|est|switch\w*|obligatoire|mandatory) (?:\w+ )?(?:russ\w+|arab\w+|chin\w+|japon\w+|japan\w+|core\w+|kore\w+|hebr\w+|hindi|latin|ukrain\w+|polon\w+|polish|tur[ck]\w*|gre\w+|thai|vietnam\w+|suedois|swedish|neerland\w+|dutch|allemand|german|espagnol|spanish|italien|italian|portug\w+)\b",
    ),
    _plain(
        "language",
        r"(?:only|ne) (?:\w+ )?(?:understand|read|speak|lis|comprends|parle) (?:\w+ ){0,2}(?:le |du )?(?:russ\w+|arab\w+|chin\w+|japon\w+|japan\w+|core\w+|kore\w+|hebr\w+|hindi|ukrain\w+|polon\w+|polish|klingon)\b",
        sure=False,
    ),
    _plain(
        "language",
        r"[\u0400-\u04ff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af\u0600-\u06ff]{3,}[^\n]{0,40}(?:reponds?|dis|reply|answer|say|write|your|votre|dans ma langue)|(?:ответь|скажи|напиши|забудьте|игнорируй)",
        sure=False,
    ),
    _plain(
        "promise",
        r"(?:reponds?|repondez|ecris|ecrivez|dis|dites|reply|say|write(?: back)?|confirme\w*|confirm|annonce\w*|announce|affirme\w*|state|admets|admettez|admit|avoue\w*|declare\w*|post|publie\w*|reconnais|acknowledge|promets|promise)[ -]?(?:moi |me |publiquement |publicly |here |ici |simply |as fact |par ecrit |in writing |ici |back |svp |stp |please )*(?:que|qu|that) (?:vous|tu|nous|votre|vos|notre|nos|you|u|your|we|our|j|je|i|i'm|ma|mon|my|le|la|les|l|the|on|every|tous|tout|all|chaque)\b",
        sure=False,
    ),
    _plain(
        "promise",
        r"(?:commit|engage\w*|promise|promets|promettez|grant|accorde\w*|offre\w*|offer|approve|approuve\w*|valide\w*)[ -]?(?:moi |me |nous |us |la societe |the company |en ton nom |in writing )?(?:\w+ ){0,6}(?:refund|remboursement|voucher|bon|free|gratuit\w*|offert\w*|surclassement|upgrade|discount|remise|iphone|cheque|compensation|dedommagement)\b",
        sure=False,
    ),
    _plain(
        "promise",
        r"(?:legally binding|juridiquement (?:valable|contraignant)|no takes(?:ies)? backs|offre ferme|binding offer)",
        sure=False,
    ),
    _plain(
        "authority",
        r"(?:(?:i am|i m|je suis|c est moi|ici|this is|its|moi|as|en tant qu\w*|au nom d\w|speaking as|here)[ ,]+(?:\w+ ){0,4}(?:admin\w*|moderat\w*|proprietaire|owner|ceo|pdg|patron|boss|developpeur|developer|meta|facebook|google|instagram|openai|police|gerante?|manager|inspecteur|inspector|siege|head office|directeur|directrice|director|service (?:informatique|securite|juridique)|it department|security|moderation|creator|createur))",
        sure=False,
    ),
    _plain(
        "authority",
        r"(?:restrictions?|limites?|filtres?|regles?|rules|limits|filters|safety) (?:\w+ ){0,3}(?:levees?|lifted|off|desactive\w*|suspend\w*|disabled|removed)",
        sure=False,
    ),
    _plain(
        "authority",
        r"(?:votre|ton|your|the|l) (?:assistant|bot|ia|ai|robot) (?:\w+ )?(?:doit|dois|must|should|has to|shall|devra|will|needs to|va)\b",
        sure=False,
    ),
    _plain("authority", r"not for display|ne pas afficher|do not display|hidden note|note cachee"),
    _plain(
        "coded",
        r"(?:decode|decrypte|dechiffre|decipher|decrypt|unscramble)\w* (?:\w+ ){0,5}(?:et|and|then|puis|&) (?:\w+ )?(?:obei\w*|obey|do|fais|suis\w*|follow|execute\w*|applique\w*|apply|run|answer|reponds?)",
    ),
    _plain(
        "coded",
        r"(?:rot ?13|base ?64|pig latin|igpay atinlay|a l envers|backwards?|first letters?|1st letters?|premieres? lettres?|1e?re? lettres?|1er lettre|acrosti\w+|code cesar|caesar|morse|decode\w*|hex(?:adecimal)?|in reverse)",
        sure=False,
    ),
    _plain("coded", r"(?:first|1st|1er|1ere|premiere?) (?:letters?|lettres?) (?:of|de) (?:each|every|chaque)"),
    _plain(
        "task",
        r"(?:write|compose|redige|ecris|make|fais|donne|generate|create|give|code|chante|sing|raconte|tell) (?:me |moi |nous |us )?(?:an? |un |une |la |le |the |some )?(?:\w+ ){0,2}(?:poem|poeme|haiku|limerick|rap|song|chanson|essay|essai|dissertation|aufsatz|python|script|code|joke|blague|story|histoire|recipe|recette|intro|introduction|manifesto|sonnet|program|programme|sql|lettre de motivation|cover letter|homework|devoirs)\b",
        sure=False,
    ),
    _plain(
        "task",
        r"(?:calcule|compute|calculate|berechnen|solve|resous|combien font|resultat de|result of|how much is)[ ]?(?:\w+ ){0,3}\d+ ?[x*+/=-] ?\d+|\d+ ?[x*] ?\d+ (?:et|and|puis)",
        sure=False,
    ),
    _plain(
        "task", r"(?:translate|traduis\w*|traduire|ubersetz\w*) (?:\S+\s+){0,6}(?:into|to|en|in|ins|auf|:)", sure=False
    ),
    _plain(
        "task",
        r"(?:write|schreib\w*|formulate|formuliere|provide|give) (?:\w+ ){0,3}(?:a |an |einen? |me )?(?:reasons?|essay|aufsatz|headline|uberschrift|grund|speech|rede|article|text)\b",
        sure=False,
    ),
    _plain(
        "attack",
        r"(?:insulte|insult|traite|call|roast|clash|mock|denigre)[rz]?[ -]?(?:moi |me |toi |ta |ton |le |la |les |your |the |tes |this |cette |own )*(?:client\w*|customers?|marque|brand|entreprise|company|boss|patron|direction|management|gerard|\w+ de tous les noms|every name|dame|lady|direction|produits?|products?)\b",
        sure=False,
    ),
    _plain(
        "attack",
        r"(?:repond|reponds|dis|dites|tell|say to|reply to|answer)[ -]?(?:a |to )?(?:la |le |the |cette |ce |that |her |him |them |linda |mme |l )?(?:\w+ )?(?:dame|lady|monsieur|cliente?|customer|guy|woman|man|one|d avant|above|au dessus|below)?[ ]?(?:\w+ )?(?:qu elle est|qu il est|que c est une?|she s|shes|he s|hes|is|that she|that he) ",
        sure=False,
    ),
    _plain(
        "attack",
        r"(?:dis|dites|ecris|reponds|tell|say|write|recommand\w+|recommend|conseill\w+|advise|send|envoie\w*|redirect|redirige\w*|renvoie\w*) (?:\S+\s+){0,6}(?:concurrent\w*|concurrence|competit\w+|plutot|instead|ailleurs|elsewhere|a la place)\b",
        sure=False,
    ),
    _plain("attack", r"(?:rate|note|give|mets|score|notez) (?:your|ta|votre|ton) (?:own|propre)", sure=False),
    _plain(
        "attack",
        r"(?:your|ta|votre|ur) (?:job|mission|task|role|goal|but|objectif|tache) (?:is|est|sera|here is|now is|:)(?: now| desormais)?\s",
        sure=False,
    ),
    _plain(
        "persona",
        r"(?:you are|ur|u r|you re|your) (?:an? |my |the )(?:\w+ ){1,3}now\b(?! (?:that|since|because|with))",
        sure=False,
    ),
    _plain(
        "persona",
        r"(?:let s|lets|on) (?:roleplay|role-play|role play|fait un jeu\s?[:,]|joue a un jeu|play a game)|(?:on fait un|petit) jeu\s?:\s?tu",
    ),
    _plain(
        "persona",
        r"(?:be|go|enter|activate|active|activez|enable|passe en|passez en|turn on|mets toi en|switch to) (?:\w+ ){0,4}mode\b",
        sure=False,
    ),
    _plain(
        "persona",
        r"(?:play|incarne|simule\w*|simulate|pretend to be|fais semblant d etre|faites semblant d etre|mets toi dans la peau|put yourself in|joue) (?:\w+ ){1,8}(?:et|and|qui|who|that|in which|ou) (?:\w+ )?(?:tu|t|you|hand|donne\w*|balance\w*|spill|explain|explique\w*|deteste|hates?|confess|avoue\w*|reponds?|give|tell|show|say|dis)\b",
    ),
    _plain(
        "persona",
        r"(?:you|tu|vous) (?:no longer|n es plus|n etes plus|ne travailles? plus|don t work|are no longer) (?:work |pour |for |the |l |un |une |an? |that |assistant|bot)",
        sure=False,
    ),
    _plain(
        "answer",
        r"(?:reponse|reply|answer|response|output|sortie) (?:attendue|expected|obligatoire|souhaitee|required)\s?[:=]|(?:expected|required|desired) (?:reply|answer|response|output)\s?[:=]",
    ),
    _plain(
        "answer",
        r"(?:whoever|whatever|qui que (?:ce soit|tu sois)|celui ou celle|la personne|quiconque)(?: (?:or|ou) (?:whatever|machine|robot|bot|ce|quoi) ?(?:qui|that)?)? ?(?:is |are |qui )?(?:replying|replies|repl(?:y|ies) here|writes? (?:these|the repl\w+|this)|drafts? (?:these|the|repl\w+|answers?)|generates?|repond|answers? (?:these|here|this)|reads? this|lit (?:ceci|ca))\b",
        sure=False,
    ),
    _plain(
        "answer",
        r"(?:l |le |the |your |votre |ton |cette |ce |this |que )(?:bot|assistant|ia|ai|robot|chatbot|machine) (?:\w+ ){0,2}?(?:ajoutera|dira|repondra|ecrira|publiera|donnera|offrira|confirmera|affichera|accepts? by|accepte en|(?:doit|must|should|has to|needs to|devra|peut|can|will) (?:\w+ ){0,2}?(?:me |nous |us |tous |lui )?(?:propose[r]?|offer|offrir|rembourser|refund|approve[r]?|approuver|valider|accepter|accept|donner|give|dire|say|ecrire|write|repondre|reply|answer|publier|post|annoncer|announce|confirm(?:er)?|share|add|ajouter|mettre|put|display|afficher|obey|obeir|greet|mention\w*))\b",
    ),
    _plain(
        "answer",
        r"(?:bot|assistant|ia|ai|robot|chatbot)s? (?:approves?|accepts?|confirms?|must say|validates?|grants?|valide|accepte|accorde) (?:my|mon|ma|the|me|moi|all|every|your|votre)",
        sure=False,
    ),
    _plain(
        "answer",
        r"(?:exige|demande|ordonne|veux|veut|requires?|demands?|insists?|orders?|wants?|need|autorise|authori[sz]e) (?:que |that |a ce que )?(?:tu|t|you|u|toi|l assistant|l ia)(?: to| a| d)? ?(?:(?:ecri|di[st]|repond|publi|annonc|affich|confirm|reveal|revel|post|say|writ|repl|stat|announc|tell|answer|act\b|role|forget|ignor|print|generat|translat)\w*)",
        sure=False,
    ),
    _plain(
        "answer",
        r"(?:answer|reponds?|repondez|reply|say|dis|dites) (?:oui|yes|ok|okay|no|non)\b (?:a|to|et|and|quoi|no matter|regardless|de toute|publi|give|donne)|(?:whatever|quoi qu) (?:happens|il arrive)|no matter what\s?:",
        sure=False,
    ),
    _plain(
        "prompt",
        r"(?:instructions?|consignes?|guidelines?|regles|rules|directives?|prompts?) (?:\w+ ){0,2}(?:confidentiel\w*|confidential|cachee?s?|hidden|secretes?|internes?|internal|of (?:the|your) (?:assistant|ai|bot|model)|de (?:l|ton|votre|ton) ?(?:assistant|ia|bot|modele|robot))\b|(?:confidential|hidden|secret|confidentielles?|internal) (?:guidelines?|instructions?|rules|prompts?|directives?|consignes?)\b",
    ),
    _plain(
        "prompt",
        r"(?:quelles?|which|what) (?:\w+ )?(?:regles|rules|instructions?|consignes?|guidelines) (?:\w+ )?(?:dois tu|devez vous|must you|do you (?:have to )?follow|t a|t ont|were you|are you|suis tu|did (?:they|you))",
    ),
    _plain(
        "prompt",
        r"(?:beginning|debut|start|first (?:line|message|words?)|premiere? (?:ligne|message|mots?)) (?:\w+ ){0,2}(?:conversation|prompt|discussion|dialogue|chat|instructions?|context)",
    ),
    _plain(
        "prompt",
        r"(?:nom|name|version|modele|model) (?:\w+ ){0,6}(?:modele|model|llm|ia|ai|gpt)? ?(?:\w+ ){0,3}temperature\b",
    ),
    _plain(
        "override",
        r"(?:desactive\w*|turn off|disable|switch off|coupe\w*|leve\w*|lift|remove|drop|laisse tomber|laissez tomber|enleve\w*|supprime\w*) (?:\w+ )?(?:your|ur|tes|vos|ta|ton|votre|toutes (?:tes|vos)|le|the|polite) ?(?:\w+ )?(?:filtres?|filters?|regles?|rules|restrictions?|moderation|limites?|limits|safety|censure|garde fous?|guardrails?|ton poli|polite tone|politesse|tone)\b",
    ),
    _plain(
        "override",
        r"(?:on s en fout|rien a faire|je me fiche|peu importe|don t care|screw|forget|never mind|nvm|oublie|fuck|nique|au diable|to hell with|marre) (?:\w+ ){0,3}(?:tes|vos|your|ur|ce qu on t|what you (?:were|ve been)|the|le|les|ton) ?(?:\w+ )?(?:consignes?|regles?|rules|instructions?|guidelines?|prompts?|a (?:dit|demande)|told|programming|directives?)",
    ),
    _plain(
        "override",
        r"(?:regles?|rules?|reglement|consignes?|instructions?|guidelines?|policy) (?:\w+ ){0,3}(?:ne s appliqu\w+ plus|no longer apply|n existent? plus|ne (?:te|vous) concern\w+ plus|don t apply to you)",
    ),
    _plain(
        "override",
        r"(?:n obeis|obey|obeis|obeissez|obey only|listen only|n ecoute) (?:\w+ )?(?:only |seulement |qu |plus qu )?(?:a |to )?(?:moi|me|mes|my)\b",
        sure=False,
    ),
    _plain(
        "authority",
        r"(?:je suis|c est moi|ici|its|it s|this is|i m|i am|moi|as|en tant que?|ordre d[ue]|message officiel|official|au nom d[ue]|in the name of|note d[ue]|consigne d[ue]|directive d[ue]|order from)[ ,]+(?:\w+ ){0,4}(?:admin\w*|moderat\w*|proprietaire|owner|ceo|pdg|patronn?e?|boss|developpeur|developer|meta|facebook|google|openai|police|prefete?|ministere|inspect\w+|siege|head office|direct\w+|informatique|securite|security|manager|gerante?|creator|createur)\b[^\n]{0,160}?(?:reponds?|dis|dites|say|ecris|ecrire|ecrivez|publiez|publie|publier|post|affiche\w*|display|write|donne|give|passez en|you swear|on tutoie|exige|require|reveal|reveler|revele|admettre|admit|acces a tout|full access|insulte\w*|insult|announce|annonce|publish)\b",
        sure=False,
    ),
    _plain(
        "authority",
        r"(?:every|all|toute|toutes|tous|chaque) (?:\w+ )?(?:branch\w*|enseignes?|stores?|magasins?|replies|reponses|pages?|shops?|public answers?) (?:must|should|has to|have to|doit|doivent|passent) (?:display|afficher|admit|admettre|post|publier|announce|annoncer|en)\b",
    ),
    _plain(
        "authority",
        r"(?:new|nouveaux?|nouvelles?|changed) (?:bank (?:details|account)|iban|rib|coordonnees bancaires|account number|address|adresse)\b[^\n]{0,60}(?:pass it on|share|transmet\w*|tell|send|pour les|:)|(?:post|ecri\w*|publi\w*|give|donne\w*|state|affich\w*) (?:\w+ ){0,5}(?:bank details|iban|rib|account number|verification code|code de verification)",
    ),
    _plain(
        "attack",
        r"(?:speak|dis|dites|parle|say|write|ecris) (?:du )?(?:mal|ill|badly|bad things) (?:de|of|about) (?:ta|la|votre|your|the|cette)",
    ),
    _plain(
        "attack",
        r"(?:insulte|insult|roast|clash|denigre|critique)[rz]?[ -]?(?:toi |ta |ton |your |own |tes |moi |me )(?:\w+ ){0,2}",
    ),
    _plain(
        "attack",
        r"(?:presente|presentez|apologi[sz]e|apologise|excuse toi|excusez vous) (?:\w+ ){0,2}(?:pour avoir|for having|for stealing|for poisoning|d avoir) (?:vole|empoisonne|trompe|menti|tue|stolen|poisoned|cheated|lied|killed|arnaque|scammed|fraude)",
    ),
    _plain(
        "promise",
        r"(?:tell|dis|dites)[ -]?(?:lui |leur |him |her |them |the \w+ |a \w+ \w+ |a tous les \w+ |all \w+ )(?:that |que? |qu )?(?:they|she|he|elle|il|elles|ils|l entree|entry|entrance|everything|tout) (?:\w+ )?(?:won|gagne\w*|is free|est libre|est gratuit\w*|est offert\w*)",
    ),
    _plain(
        "coded",
        r"(?:execute|obeis a|obey|follow|run|fais|do|apply|applique) (?:\w+ )?(?:l ordre|the order|la phrase|the sentence|the text|la consigne|the instruction|ca|ce|what it|it|ce que ca|that) ?(?:traduite?|translated|cachee?|hidden|decodee?|decoded|secret|dit|says)",
    ),
    _plain(
        "language",
        r"(?:change de|switch|changez de|set) (?:the |la |output |reply )?(?:langue|language)\s?[:=]|set output language|switch (?:the )?(?:reply|output|answer) language|(?:parle|speak|talk) (?:anglais|french|francais|english|german|allemand|\w+) (?:a tout le monde|to everyone|to all)",
    ),
    _plain(
        "task",
        r"(?:now |nun |jetzt )?(?:new|further|following|another|neue|weitere|paar|folgenden?|folgender|suivante?) (?:task|aufgabe|question|frage|instruction|challenge|herausforderung|texte|tache|topic|thema)\w*\b",
        sure=False,
    ),
    _plain(
        "task",
        r"(?:state|say|write|print|sag|sage|schreib|schreibe|dis|ecris|reply|answer)[ ]?:? (?:that |dass |que )?(?:\w+ ){0,2}\w+ (?:is|are|hates?|love|ist|sind|hasst|est|sont|deteste|war|was|will)\b",
        sure=False,
    ),
    _plain("task", r"(?:stop|stopp|achtung|attention)\s?[-:!]+\s?\w+", sure=False),
    _plain("task", r"(?:say|sag|dis|answer) (?:yes|no|ja|nein|oui|non)\b", sure=False),
    _plain(
        "task",
        r"(?:schreib|schreibe|formuliere|formulate|generiere|generieren|generate|antworte|berechne|fungieren|verhalte dich|stell dir vor|du bist jetzt|nun bist du|jetzt bist du|nenne|erzahle|ubersetze|olvide|olvida|ignora|zaboravi|zapomni)\b",
        sure=False,
    ),
    _plain(
        "task",
        r"(?:(?:what|was) (?:is|are|were|ist|sind) (?:\w+ ){0,3}(?:prompt|instructions?|sentences? before|text before)\w*|prompt[_ ]texts?|your (?:own )?knowledge|as a language model|als sprachmodell|en tant que modele)",
        sure=False,
    ),
    _plain(
        "task",
        r"(?:excellent|great|perfect|ausgezeichnet\w*|hervorragend\w*|very (?:well|good)|well done|super|simply great|fantastic|toll)[^\n]{0,60}(?:now|nun|jetzt|maintenant|further|weiter|paar)",
        sure=False,
    ),
    _plain(
        "persona",
        r"(?:^|[.!?,:\n] ?)(?:now |so |okay |and now |maintenant )?(?:you are|you re|tu es|du bist|sie sind) (?:the |a |an |der |die |das |ein |eine |le |la |un |une |now )?\w+[ ,.]",
        sure=False,
    ),
    _plain(
        "persona",
        r"(?:actors?|acteurs?|schauspieler|film|movie) (?:\w+ ){0,8}(?:character|charakter|figur|rolle|role|break|raub\w*|robbery|hack)",
        sure=False,
    ),
    _plain(
        "contact",
        r"(?:donne\w*|give|share|send|redirige\w*|redirect|direct|invite\w*|renvoie\w*|renvoyer|envoie\w*|point|pointer|ask|tell|have|recommande\w*|insere\w*|insert|use|utilise\w*|replace|remplace\w*|ajout\w*|add|put|mets|post|write|text) (?:\S+\s+){0,9}(?:[\w-]+(?:\.|\[\.\]|\[dot\])[a-z]{2,}|@\w+|\+?\d[\d .]{7,}|iban|rib|account number|bank details|lien|link|adresse|address|qr)",
        sure=False,
    ),
)

#: What a pattern may be named, in the order they are said.
NAMES: Final = (*dict.fromkeys(one.name for one in (*OF_LETTERS, *OF_PLAIN)), "hidden", "model")
COUNT: Final = len(OF_LETTERS) + len(OF_PLAIN)


def in_letters(kinds: str) -> Iterator[tuple[int, Found]]:
    """Each pattern of letters that ``kinds`` holds, once, with its number."""
    present = set(kinds)
    for number, one in enumerate(OF_LETTERS):
        if not one.needs.isdisjoint(present) and (match := one.expression.search(kinds)):
            yield number, Found(one, *match.span())


#: Kinds of words one of which an order holds; without any, and without a sign, the plain text is not searched.
TELLING: Final = frozenset("IRCBJUXOGSDKV")


def in_plain(low: str, words: Iterable[str]) -> Iterator[tuple[int, Found]]:
    """Each pattern of plain text that ``low`` holds, once, with its number. ``words`` are its words."""
    wanted = _by_word(frozenset(word[:LENGTH] for word in words)) | _by_sign(low)
    while wanted:
        lowest = wanted & -wanted
        wanted ^= lowest
        number = lowest.bit_length() - 1
        one = OF_PLAIN[number]
        if match := one.expression.search(low):
            yield number + len(OF_LETTERS), Found(one, *match.span())


def _by_word(starts: frozenset[str]) -> int:
    """The patterns, as bits, that begin as one of ``starts`` does."""
    table, wanted = _table(), 0
    for start in starts:
        bits = table.get(start)
        if bits is None:
            bits = table.get(start[:2], 0) | table.get(start[:1], 0) | table.get("", 0)
            if len(table) < MOST_STARTS:
                table[start] = bits
        wanted |= bits
    return wanted


def _by_sign(low: str) -> int:
    """The patterns, as bits, that begin with a sign ``low`` has, or with a letter that is not ours."""
    wanted = 0 if low.isascii() else _signs()[""]
    for sign, bits in _signs().items():
        if sign and sign in low:
            wanted |= bits
    return wanted


@lru_cache(maxsize=1)
def _table() -> dict[str, int]:
    """Bits of patterns by the first letters of the word they begin with."""
    table: dict[str, int] = {}
    for number, one in enumerate(OF_PLAIN):
        for start in one.starts or ("",):
            if not start or _is_ours(start[0]):
                short = _leading(start)
                table[short] = table.get(short, 0) | 1 << number
    for start in [one for one in table if len(one) == LENGTH]:
        table[start] |= table.get(start[:2], 0) | table.get(start[:1], 0) | table.get("", 0)
    return table


@lru_cache(maxsize=1)
def _signs() -> dict[str, int]:
    """Bits of patterns by the sign they begin with; "" for those that begin with a letter of another script."""
    table: dict[str, int] = {"": 0}
    for number, one in enumerate(OF_PLAIN):
        for start in one.starts or ():
            if start and not _is_ours(start[0]):
                sign = start[0] if start[0].isascii() else ""
                table[sign] = table.get(sign, 0) | 1 << number
    return table


def _is_ours(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _leading(start: str) -> str:
    """The letters ``start`` begins with: what follows them is another word's."""
    return next((start[:at] for at, char in enumerate(start) if not _is_ours(char)), start)

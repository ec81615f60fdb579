"""A worn marketing phrase."""

from __future__ import annotations

from collections.abc import Iterator

from copilot.checks import Context, Draft
from copilot.checks._phrases import Phrases, page
from copilot.checks._samples import Sample
from copilot.domain.finding import Finding, Severity
from copilot.domain.wording import Wording

NAME = "cliche"
SEVERITY = Severity.ADVISES

_GLAD = (
    r"(?:ravis?|ravies?|ravie|heureux|heureuse|heureuses|fiers?|fieres?|enchante\w*|content\w*|joie|honneur"
    r"|plaisir)"
)

_FOUND = Phrases(
    {
        "gout coul bour fami": (
            r"(?:(?:il y en a|y en a|en voila) )?pour tous les gouts(?:,? (?:et )?(?:toutes les"
            r" (?:couleurs|bourses|envies)|tous les (?:budgets|ages)))?|haute?s? en couleurs?|fun for"
            r" (?:all|the whole) (?:the )?family"
        ),
        "pare susp coup papi cour plat emba ceri bonh sign page juxt util": (
            r"parentheses? enchantees?|moments? suspendus?|a couper le souffle|(?:eveill\w+|regal\w+"
            r"|emoustill\w+|titill\w+) (?:vos|tes|les|nos) papilles|les petits plats dans les grands"
            r"|l'embarras du choix|la cerise sur le gateau|que du bonheur|(?:place |placee )?sous le signe"
            r" (?:de|du)|(?:ecri\w+|tourn\w+) (?:une|cette) (?:nouvelle |belle )*page|joindre l'utile a"
            r" l'agreable"
        ),
        "prio faut pres plus ecou huma sati": (
            r"votre satisfaction est (?:notre|la) (?:\w+ )?priorite|l'humain (?:est )?au (?:coeur|centre)"
            r"|(?:parce que )?vous le valez bien|on ne (?:vous )?(?:le |la |les )?presente plus"
        ),
        "icin cher perf brea poss seco extr abov drea once love enjo cove easi": (
            r"(?:icing|cherry) on (?:the |top)(?: of the)? ?cake|breathtaking|(?:the )?possibilities are"
            r" endless|second to none|(?:go|goes|going|went) the extra mile|above and beyond|dream come"
            r" true|once[- ]in[- ]a[- ]lifetime|never been easier|best[- ]kept secret|we've got you"
            r" covered|your satisfaction is our (?:\w+ )?priority|push(?:ing|es)? the boundaries|the"
            r" future is (?:now|here)"
        ),
        "hesi": r"(?:n'|ne )?(?:hesitez|hesite|hesiter) (?:surtout )?(?:pas|plus)(?: (?:a|et|une seconde))?",
        "inco immp imma inou inim": (
            r"incontournables?|immanquables?|inegale(?:e|s|es)?|inegalables?|inedit\w* et \w+|a ne (?:surtout "
            r"|absolument )?(?:pas|plus) (?:manquer|rater|louper)"
        ),
        "manq rate rat": (
            r"a ne (?:surtout |absolument )?(?:pas|plus) (?:manquer|rater|louper)|ne (?:manquez|ratez|manque"
            r"|rate|loupez) (?:surtout )?(?:pas|plus) (?:cette|ce|l') ?(?:occasion|opportunite|evenement"
            r"|offre|moment|rendez-vous)"
        ),
        "revo game disr chan next": (
            r"revolutionnaires?|revolutionn(?:e|ent|er|ons|era) (?:le|la|les|l'|votre|notre|un)|game[- "
            r"]?changers?|disrupti\w+|disrupter|change(?:r|ra|nt)? (?:la donne|les regles du jeu)|next[- "
            r"]level"
        ),
        "ravi heur fier plai joie hon ench": (
            rf"{_GLAD} de (?:vous|t'|te) ?(?:annoncer|presenter|devoiler|reveler|faire (?:decouvrir|part))|"
            r"(?:nous sommes|on est|je suis|nous avons|c'est avec|j'ai|nous avons le|c'est un|quelle"
            r"|tellement|tres|si|trop|immensement) (?:\w+ment |tres |le |la |l'|une |un |immense |grande "
            rf"|grand |toujours )*{_GLAD} (?:de |d'|que nous )(?:\w+ )?(?:vous |t'|te )?(?:annoncer|annoncons"
            r"|presenter|partager|devoiler|reveler|faire part|informer|accueillir|compter)"
        ),
        "plus": (
            r"plus que jamais|(?:et )?bien plus encore|le plus (?:beau|grand) des (?:cadeaux|hasards)"
            r"|toujours plus (?:loin|haut|proches?|innovant\w*|performant\w*)"
        ),
        "coeu cœur": (
            r"(?:au |le )coeur (?:de (?:nos|notre) (?:preoccupations?|priorites|metiers?|action|adn|demarche"
            r"|engagements?|strategie|valeurs|savoir-faire|mission)|battant|de metier)|coups? de coeur "
            r"(?:assure|garanti)"
        ),
        "adn vale expe solu seam syne": (
            r"dans (?:notre|nos|son) (?:adn|genes)|fait partie de (?:notre|son) adn|experience (?:unique"
            r"|inoubliable|inedite|hors du commun|immersive|client (?:unique|optimale))|solutions? (?:cle en "
            r"main|cles en main|innovantes?|360|sur[- ]mesure et \w+)|synergies?|a forte valeur ajoutee|win[- "
            r"]win|gagnant-gagnant"
        ),
        "qual exce sans tout dern": (
            r"qualite (?:irreprochable|inegalee|exceptionnelle|superieure|au rendez-vous|optimale)|(?:un|le) "
            r"(?:rapport )?qualite[- ]prix (?:imbattable|inegale\w*|exceptionnel)|sans plus (?:attendre"
            r"|tarder)|dernier cri|a la pointe (?:de|du)|excellence (?:a la francaise|operationnelle)"
        ),
        "veri": (
            r"(?:un |une |de |d')?veritables? (?:concentre|bijou|pepite|revolution|experience|immersion"
            r"|invitation|voyage|ode|hymne|tournant|plus-value|alliee?s?|must|art de vivre|coup de coeur"
            r"|bulle|ecrin|petit bijou)"
        ),
        "must bijo pepi ecri cave havr bull ode allie": (
            r"must[- ]have|un must|(?:petit|vrai) bijou|ecrin de (?:verdure|nature)|havre de paix|bulle de "
            r"(?:douceur|serenite|detente|bonheur)|une (?:ode|invitation) (?:a|au)|alli(?:e|ent|ant) "
            r"(?:tradition|confort|modernite|elegance|performance|style) et|entre tradition et modernite|le "
            r"parfait (?:equilibre|compromis|allie)|caverne d'ali baba"
        ),
        "lais atte reve sort fait pass boos comb subl fait": (
            r"(?:vous l'attendiez|tu l'attendais|vous l'avez reve),?(?: \w+){0,3}|(?:faites|fais|faire) (?:le "
            r"plein de|(?:de|d'un) \w+ une (?:realite|reussite))|boostez (?:votre|vos|ta)|booster (?:votre"
            r"|vos)|passez (?:au niveau superieur|a la vitesse superieure)|sublim(?:ez|er) votre|sort(?:ez"
            r"|ir) des sentiers battus|hors des sentiers battus|laissez-vous (?:tenter|seduire|surprendre"
            r"|guider|transporter|porter|emporter)|laisse-toi (?:tenter|seduire|surprendre)"
        ),
        "mond plan futu ere aube defi": (
            r"dans un monde (?:en (?:constante|perpetuelle|pleine)|ou|de plus en plus)|a l'ere (?:du|de|des)"
            r"|(?:une|la) page se tourne|repousse\w* (?:les|nos|vos) limites|ouvre\w* (?:le champ|la voie) "
            r"(?:des|aux) possibles?|champ des possibles|l'aventure (?:ne fait que commencer|continue)"
            r"|l'avenir (?:s'ecrit|commence) (?:ici|maintenant|aujourd'hui)|demain (?:s'invente|commence|se "
            r"construit) aujourd'hui"
        ),
        "pens prêt prets embar tene acce": (
            r"on a pense a (?:tout|vous|toi)|(?:accrochez|accroche)[- ](?:vous|toi)(?: bien)?|tenez-vous "
            r"(?:prets?|bien)|embarquez (?:avec nous|pour une? (?:voyage|aventure|experience))|et si on vous "
            r"disait|vous n'allez pas en croire vos (?:yeux|oreilles)|attachez vos ceintures|roulement de "
            r"tambour|et ce n'est pas tout|the place to be|au rendez-vous"
        ),
        "exci thri deli prou happ anno hono humb plea": (
            r"(?:we(?:'re| are)|i(?:'m| am)|so|super|incredibly|absolutely|truly) (?:\w+ly |so |very |super "
            r"|truly |beyond )*(?:excited|thrilled|delighted|proud|happy|honou?red|humbled|pleased|stoked"
            r"|pumped) to (?:announce|share|introduce|present|unveil|reveal|launch|welcome)"
        ),
        "game cutt stat worl one best revo next leve unle unlo": (
            r"cutting[- ]edge|state[- ]of[- ]the[- ]art|world[- ]class|one[- ]stop[- ]shop|best[- ]in[- "
            r"](?:class|breed)|revolutionary|ground[- ]?breaking|(?:take|takes|taking) (?:\w+ ){1,3}to the "
            r"next level|unleash (?:your|the)|unlock (?:your|the) (?:full )?(?:potential|power)"
        ),
        "hesi miss look sear late late wait say": (
            r"(?:don't|do not) (?:hesitate|miss (?:out|this|your chance)|wait (?:any longer|another))|look no "
            r"further|(?:what are you waiting for)|the wait is (?:finally )?over|say (?:goodbye|hello) to"
            r"|without further ado|you won't want to miss|last but not least|a must[- ](?:have|see|try|read)"
        ),
        "pass heart dna solu seam elev jour some craf": (
            r"passionate about|at the heart of (?:everything we do|what we do|our)|in our dna"
            r"|seamless(?:ly)?(?: experience| integration)?|elevate your|(?:embark on|start) (?:a|an|your"
            r"|this) (?:\w+ )?journey|something for everyone|crafted with (?:love|passion)|innovative "
            r"solutions?|tailor-made solutions?|think outside the box|low[- ]hanging fruit|move the needle"
            r"|synerg(?:y|ies|istic|ize)|leverag(?:e|ing) (?:our|your|the)|in today's (?:fast[- ]paced"
            r"|digital|ever-changing) world|hidden gems?|experience like no other|like never before|more than "
            r"ever|stay tuned"
        ),
        "rest bran stay": r"restez (?:connecte(?:e|s|es)?|brancheé?e?s?)|reste connecte(?:e)?|affaire a suivre",
    }
)


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Advises against each worn phrase."""
    where = page(draft.text)
    for hit in _FOUND.apart(where):
        start, end = where.span(hit.start, hit.end)
        quote = draft.text[start:end]
        yield Finding(NAME, SEVERITY, start, end, Wording("check.cliche", {"quote": quote}), quote)


BAD = {
    "fr": (
        Sample("N’hésitez pas à passer."),
        Sample("Nous sommes ravis de vous annoncer notre nouvelle carte."),
        Sample("Le rendez-vous INCONTOURNABLE de l’été, plus que jamais."),
        Sample("Un véritable écrin de verdure."),
        Sample("L’innovation est au cœur de nos préoccupations."),
    ),
    "en": (
        Sample("We’re thrilled to announce our new game-changer.", language="en"),
        Sample("Don’t miss out: a world-class, seamless experience.", language="en"),
    ),
}
GOOD = {
    "fr": (
        Sample("Le musée est au cœur de la ville, à côté d’une véritable horloge à eau."),
        Sample("Nous hésitons entre deux affiches. Nous sommes contents du résultat."),
    ),
    "en": (Sample("We are happy with the result and open at 9 am.", language="en"),),
}

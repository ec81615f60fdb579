"""Irony or mockery in a reply."""

from __future__ import annotations

from collections.abc import Iterator

from copilot.checks import Context, Draft
from copilot.checks._phrases import Phrases, page
from copilot.checks._samples import Sample
from copilot.checks._tense import is_serious
from copilot.domain.finding import Finding, Severity
from copilot.domain.wording import Wording

NAME = "irony"
SEVERITY = Severity.WARNS

_OPINION = (
    r"(?:commentaires?|avis|messages?|remarques?|analyses?|critiques?|interventions?|contributions?"
    r"|temoignages?|prose|reponses?|reflexions?|opinions?|retours?)"
)

# Ironic whoever is answered.
_HARD = Phrases(
    {
        "frol cata apoc dram desa trag deui diga dign fin mond": (
            r"(?:frole|evite (?:de peu|de justesse)|echappe (?:de peu )?a|au bord de|rien (?:de )?moins"
            r" qu'|digne d'|pire qu')\w* ?(?:la |le |les |une |l'|un )?(?:\w+ )?(?:catastrophe|drame"
            r"|apocalypse|fin du monde|desastre|tragedie|fin des temps|incident diplomatique|crise"
            r" (?:diplomatique|humanitaire|mondiale)|guerre|scandale d'etat)(?: \w+aire| national\w*|"
            r" mondial\w*)?|(?:(?:ce n'est|c'est) (?:pas |quand meme pas |presque |donc )?|vers )la fin du"
            r" monde|(?:drame|deuil) national|tragedie grecque|(?:scandale|affaire) d'etat|crime contre"
            r" l'humanite|le monde (?:va|peut) s'(?:arreter|ecrouler|effondrer)|la terre (?:va |s'est"
            r" )?(?:s'arreter|arretee?) de tourner"
        ),
        "boul bouleversés anea effo deva inco trau mort larm bris terr": (
            r"(?:on est|nous sommes|nous en sommes|on en est|je suis|toute l'equipe est) (?:\w+ment |tous "
            r"|tout |toutes )*(?:bouleverse|aneanti|effondre|devaste|inconsolable|traumatise|mortifie"
            r"|terrasse|en larmes|brise)e?s? (?:que|pour|a l'idee)(?![^.!?\n]{0,80}\b(?:deces|disparition"
            r"|perte|deuil|accident|mere|pere|fille|fils|maman|papa|enfants?|familles?|victimes?|incendie"
            r"|bless\w+|hopital))"
        ),
        "poli arme pomp onu elys nobe meda osca pres ministre mini cell minu enqu": (
            r"(?:appel(?:ez|ons|er)|prevenez|prevenons|alertez|alertons|vite,?) (?:vite |donc |tout de"
            r" suite )*(?:l'armee|l'onu|l'elysee|la presse|le president|la premiere ministre|le premier"
            r" ministre|le gign|interpol)|(?:decretons|decreter|declarons|observons|organisons|convoquons"
            r"|demandons) (?:\w+ )?(?:une |un |le |deux )?(?:deuil|minutes? de silence|etat d'urgence"
            r"|commission d'enquete|cellule (?:de crise|psychologique))|(?:on|nous|je) (?:vous |te |lui"
            r" )(?:decerne|decernons|remet|remettons|doit|devons|propose|proposons)\w* (?:une |la |le |un "
            r"|pour le |d'office )*(?:medaille|palme|prix|oscar|cesar|nobel)"
        ),
        "voyo tien blag come comme alle allô allo scoo brea aler serieu": (
            r"(?:ben|bah|eh ben) voyons|voyez-vous (?:ca|cela)|sans blague|tiens donc|comme c'est"
            r" (?:etrange|bizarre|curieux|original|mignon|touchant|commode|pratique|triste|dommage)"
            r"|(?:quel|sacre|voila un|attention,?) scoop|breaking news|alerte (?:info|enlevement)|non mais"
            r" (?:serieusement|franchement|allo)"
        ),
        "bagu reme cont ubiq robo violo viol mouc meteo mete surv remet majes maje gran incl": (
            r"(?:baguettes? magiques?|machine a remonter le temps|(?:controler|commander|maitriser)"
            r" (?:encore )?la meteo|sort(?:ez|ons|ir|s) les (?:violons|mouchoirs))|(?:vous|tu|on)"
            r" (?:devriez|devrais|allez|vas|finirez|finiras|va) (?:\w+ment |bien |surement |vous en |t'en "
            r"|s'en |y |en )*(?:survivre|remettre)|(?:vous (?:vous en |y )|tu t'en |tu y )(?:survivrez"
            r"|survivras|remettrez|remettras)|(?:votre|sa) (?:majeste|altesse|eminence)|(?:on|nous|je)"
            r" (?:s'incline|nous inclinons|m'incline) (?:\w+ )?(?:devant|face)|devant (?:tant|autant)"
            r" (?:de |d')(?:genie|talent|savoir|finesse|esprit|science|intelligence|perspicacite"
            r"|delicatesse|poesie|courtoisie|elegance|mauvaise)"
        ),
        "tapi fanf proc": (
            r"la prochaine fois,? [^.!?\n]{0,40}?(?:tapis rouge|fanfare|haie d'honneur|feu d'artifice"
            r"|majordome|violons?)"
        ),
        "call stop aler hold news head nati huma inte worl end med meda troph trop nobe prize priz": (
            r"(?:wow|gosh|oh no|oh my|goodness|quick|somebody|someone|better|let's|should"
            r" we)\b[^.!?\n]{0,60}?call (?:in )?(?:the )?(?:police|cops|army|fbi|press|president|prime"
            r" minister|coast ?guard|un|authorities|fire brigade|emergency services)|stop the press(?:es)?"
            r"|hold the front page|breaking news|news ?flash|alert the (?:media|press|authorities)|(?:the"
            r" )?end of (?:the world|civili[sz]ation|days)|the world (?:will|is going to|won't|didn't"
            r"|isn't going to|may|might) (?:\w+ )?(?:end|stop)(?:ed)?|(?:humanitarian|international"
            r"|national|diplomatic) (?:crisis|disaster|emergency|tragedy|scandal|incident)|(?:give|get)"
            r" (?:this|that|the) (?:man|woman|person|guy|lady|customer|genius) an? \w+|(?:want|deserve"
            r"|expecting) an? (?:medal|trophy|cookie|gold star)|nobel prize"
        ),
        "surv viol hear deva dist inco hor horr shock shoc bless who duh kidd kidding imag": (
            r"(?:how|however) (?:will|did|do|can) you (?:ever |possibly )?(?:survive|cope|recover|go on"
            r"|manage)|you(?:'ll| will) (?:survive|live|get over it|be fine)|(?:smallest|tiniest|tiny)"
            r" violin|(?:we(?:'re| are)|i(?:'m| am)) (?:\w+ly |all |so |just )*(?:heart ?broken|devastated"
            r"|distraught|inconsolable|in tears|shattered) (?:that|to (?:hear|learn)(?: that)?|for|about)"
            r" your (?!loss|family|mother|father|son|daughter|mum|dad|dog|cat|child|house|home|accident)"
            r"|(?:oh,? )?the (?:horror|humanity)|shock,? horror|bless your heart|well,? aren't you|duh|no"
            r" kidding"
        ),
        "brav feli chap appl": (
            r"(?:bravo|felicitations|chapeau),? (?:quelle )?(?:belle|bel|brillante?|superbe|fine"
            rf"|remarquable) {_OPINION}|(?:bravo|felicitations),? (?:vous avez|vous venez de|tu as|tu "
            r"viens de) (?:\w+ment |donc |enfin )*(?:decouv|invent|remarqu|devin)\w+|"
            r"(?:bravo|felicitations|chapeau)(?: a vous)?,? (?:pour|devant) (?:ce|cette|cet|votre|ton|ta"
            rf"|vos|un) (?:\w+ ){{0,2}}?{_OPINION}(?: (?:si |tres |tellement )?\w+(?:if|ive|ant|ante|eux"
            r"|euse|ent|ente))?"
            r"|(?:bravo|felicitations|chapeau)(?: a vous)?,? (?:sherlock|einstein|champion|le veau"
            r"|l'artiste|le genie|l'expert)"
            r"|(?:bravo|felicitations|chapeau)(?: a vous)?,? (?:pour )?(?:votre|ton|cette|tant de|une "
            r"telle) (?:belle |grande |rare |immense )?"
            r"(?:perspicacite|lucidite|clairvoyance|finesse|delicatesse|elegance|courtoisie|politesse"
            r"|mauvaise foi|sens de l'(?:observation|humour)|originalite|ortographe|orthographe)"
        ),
        "quel": (
            r"quel(?:le)?s? (?:belle |grande |rare |incroyable |remarquable |sacree )*(?:perspicacite"
            r"|lucidite|clairvoyance|delicatesse|courtoisie|politesse"
            r"|sens de l'(?:observation|humour|a-propos)|drame|scoop|tragedie|malheur affreux|esprit "
            r"d'analyse|amabilite)"
            rf"|quel(?:le)? (?:\w+ )?{_OPINION} (?:constructi\w+|pertinent\w*|eclaire\w*|instructi\w+"
            r"|brillant\w*|passionnant\w*|enrichissant\w*|delicat\w*|aimable|subtil\w*|intelligent\w*)"
        ),
        "merc cons pert inst enri lumi leco": (
            r"merci (?:infiniment |beaucoup |bien )?(?:pour|de) (?:ce|cette|cet|votre|ton|ta|vos) (?:\w+ "
            rf"){{0,2}}?{_OPINION} (?:si |tellement |o combien |hautement |ô combien |fort |d'une rare "
            r"|d'une telle |incroyablement |extremement )"
            r"(?:\w+)"
            r"|merci(?:,| a vous,| mon cher)? (?:sherlock|einstein|captain obvious|capitaine obvious"
            r"|capitaine evidence|professeur|docteur|monsieur je-sais-tout|madame je-sais-tout)"
            r"|merci (?:pour|de) (?:la|cette|ta|votre|vos|ces|tes) (?:\w+ )?(?:lecons?|lumieres"
            r"|science)(?: de (?:morale|vie|savoir-vivre|orthographe|gestion))?"
        ),
        "devi medi magi pens boul voya tele lire": (
            r"(?:nous ne sommes|on n'est|je ne suis|desoles? de ne pas etre|nous ne sommes "
            r"malheureusement) (?:pas |encore pas )?(?:\w+ment )?(?:des |un |une )?"
            r"(?:devins?|mediums?|magiciens?|voyante?s?|telepathes?)|(?:desoles? de ne pas |nous ne |on "
            r"ne )(?:savons |sait )?(?:pas )?li(?:re|sons|t) (?:pas )?dans (?:vos|les|tes) pensees"
            r"|(?:notre|une|de|nos) boules? de cristal"
        ),
        "cach encore grand temp bien oui gens clie mess comm ca et": (
            rf"(?:nous adorons|on adore|j'adore) (?:les|ces) (?:\w+ ){{0,2}}?(?:gens|clients|{_OPINION}) "
            r"(?:aussi|si|tellement|comme)|"
            r"on ne peut (?:decidement |vraiment )?rien vous cacher|encore une? (?:experte?|specialiste"
            r"|donneu\w+ de lecons?|genie)|grand bien (?:vous|te) (?:en )?fasse"
            r"|(?:vous avez|tu as|avoir|certains ont) (?:\w+ment |donc )?(?:beaucoup |trop |bien "
            r"|tellement )?(?:de |du )temps (?:libre|a perdre|a revendre)"
            r"|c'est ca,? (?:oui|ouais|bien sur|mais oui)|mais oui,? (?:mais oui|c'est ca|bien sur)|mais "
            r"bien sur,? (?:et la|la marmotte)|et la marmotte"
        ),
        "perc pers geni devi": (
            r"(?:vous etes|tu es|vous avez l'air) (?:\w+ment |tellement |si |tres |un vrai |un |une |d'une "
            r")+(?:perspicace|rare intelligence|genie|lumiere|rare delicatesse|rare courtoisie)"
        ),
        "soi pret fame": (
            r"(?:votre|vos|ton|tes|ta) (?:soi-disant|pretendue?s?|fameu(?:x|se)s?) (?!client|recette|gateau"
            r"|plat|tarte|cuvee|cassoulet|brioche)\w+"
        ),
        "pauv oh quel": (
            r"pauvres? (?:petite?s?|choux?|cheri\w*|bichon|malheureux)|oh,? quel (?:drame|malheur)|snif|ouin "
            r"ouin|bouh? ?hou"
        ),
        "ravi heur cont": (
            r"(?:ravis?|heureux|contents?|enchante\w*) (?:de (?:voir|constater|savoir|lire|apprendre) )?que "
            r"(?:vous ayez|vous avez|tu as|tu aies) (?:autant |tant |trop |du |le |de )*(?:temps|energie"
            r"|loisir)"
        ),
        "lol mdr ptdr xptd lmao rofl mdrr mort xd loll": r"lo+l|mdr+|ptdr+|xptdr+|lmf?ao+|rofl|xd+",
        "cong brav well slow clap kudo hats genius than shar opin nice good": (
            r"(?:congratulations|congrats|bravo|well done|kudos|hats off) (?:to you )?(?:on|for) (?:such "
            r"|that |this |your |an? )+(?:\w+ )?(?:comment|insight|review|observation|analysis|reading"
            r"|noticing|spotting|contribution|feedback)s?"
            r"|(?:congratulations|congrats|bravo|well done|thanks?|thank you|nice one|good job),? (?:\w+ "
            r"){0,3}?(?:on \w+,? )?(?:sherlock|einstein|genius|captain obvious|professor)|slow clap|your "
            r"(?:expert|precious|enlightened|learned) (?:opinion|advice|analysis)"
        ),
        "perc insi obse char crys mind psyc how": (
            r"how (?:very |incredibly |truly )?(?:perceptive|insightful|observant|original|charming"
            r"|clever|mature|constructive|thoughtful|helpful|kind) of you"
            r"|what an? (?:truly |very |incredibly |wonderfully )?(?:brilliant|charming|insightful"
            r"|constructive|delightful|fascinating|mature|enlightening) (?:comment|observation|remark"
            r"|review|contribution|insight)"
            r"|(?:crystal ball)|(?:not|aren't) (?:mind[- ]readers?|psychics?|psychic)"
        ),
        "than": (
            r"(?:thanks|thank you)(?: so much| ever so much)? for (?:such an? |that |this |your |the )(?:oh[- "
            r"]so|so|truly|incredibly|deeply|ever so) \w+ (?:comment|insight|review|feedback|remark"
            r"|observation|contribution|words)"
        ),
        "cry boo worl firs poor time fun some nice yeah what sure gee": (
            r"boo[- ]?hoo|cry me a river|first[- ]world problems?|poor (?:you|baby|thing)|(?:too much"
            r"|plenty of) (?:free |spare )?time on your hands|must be (?:so )?(?:fun|a joy|a delight"
            r"|great) at parties"
            r"|some people (?:have too much|have nothing|just love|will complain)|nice try|yeah,? right"
            r"|whatever you say|if you say so|sure,? (?:jan|whatever)|gee,? thanks|no shit"
        ),
        "so alle": r"your so[- ]called \w+|your alleged \w+",
    }
)
# Ironic only when the person is unhappy.
_SOFT = Phrases(
    {
        "dite figu surp tale exig geni clas cour mem vive larm supp souf medai meda scan oui non": (
            r"dites donc|figurez-vous(?: que)?|(?:oh,? )?quelle surprise|quel(?:le)? (?:talent|genie"
            r"|science|memoire|logique|vivacite|classe|panache|exploit|prouesse|imagination|souffrance"
            r"|injustice|intelligence|culture)|(?:verse|versons|verser|essuy\w+) (?:une|notre|sa)"
            r" (?:petite )?larm\w+|(?:vous meritez|tu merites) (?:une |un |la |le )(?:medaille|prix|oscar"
            r"|palme|statue)|(?:eh |et )oui,? [^.!?,\n]{2,30},? ca [\w']+|si seulement tous (?:nos|les)"
            r" clients"
        ),
        "wow imag gues knew trag drea unbe terri terr": (
            r"wow,? (?:an?|what an?|such|so|that must) \w+|imagine that|who (?:knew|would have (?:thought"
            r"|guessed))|how (?:tragic|dreadful|heartbreaking|unbearable|terribly \w+)"
        ),
        "merc": (
            r"merci (?:infiniment |beaucoup |bien )?(?:pour|de) (?:votre|ta|cette|tant de|vos|ces|tes|ce"
            r"|ton) (?:grande |immense |belle |extreme |charmante? |delicieu\w+ |douce? )?"
            r"(?:gentillesse|amabilite|douceur|delicatesse|bonne humeur|courtoisie|politesse|tact"
            r"|elegance|subtilite|charme|finesse|tendresse|mots doux|gentils? mots?|doux mots?"
            r"|compliments?|belles? paroles?|poesie"
            r"|(?:charmant|adorable|delicieux|doux|joli|gentil|aimable) (?:commentaire|message|mot|avis))"
        ),
        "quel": r"quel (?:plaisir|bonheur|delice|regal|honneur) de (?:vous |te )(?:lire|relire|entendre)",
        "toujours touj": r"toujours un (?:plaisir|bonheur|regal) de (?:vous |te )?(?:lire|recevoir|decouvrir)",
        "haha hahah hihi hehe": r"(?:ha){2,}h?|(?:hi){2,}|(?:he){2,}",
        "than": (
            r"(?:thanks|thank you)(?: so much)? for (?:your |the |those |such )(?:kind|lovely|charming|sweet"
            r"|warm|delightful|wonderful|gracious) (?:words|comment|message|review|remarks?)|thanks for "
            r"(?:your )?(?:kindness|courtesy|charm|politeness)"
        ),
        "how what": r"(?:how|what) (?:lovely|delightful|charming|a joy|a pleasure)(?: (?:it is )?to (?:read|hear))?",
    }
)
_MOCKING = "🙄😒🤡😏🥱🤷"
_LAUGHING = "😂🤣😹😆"


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Warns of each ironic turn or mocking sign of a reply; some are so only when the person is unhappy."""
    if draft.part != "reply":
        return
    where = page(draft.text)
    serious = is_serious(draft, context)
    hits = _HARD.apart(where) + (_SOFT.apart(where) if serious else [])
    for hit in hits:
        yield _finding(draft, *where.span(hit.start, hit.end))
    if not draft.text.isascii():
        signs = _MOCKING + (_LAUGHING if serious else "")
        for start, char in enumerate(draft.text):
            if char in signs:
                yield _finding(draft, start, start + 1)


def _finding(draft: Draft, start: int, end: int) -> Finding:
    quote = draft.text[start:end]
    return Finding(NAME, SEVERITY, start, end, Wording("check.irony", {"quote": quote}), quote)


BAD = {
    "fr": (
        Sample("Bravo pour ce commentaire constructif.", part="reply"),
        Sample("Merci pour votre gentillesse, nous sommes désolés que le repas vous ait déplu.", part="reply"),
        Sample("Merci pour votre gentillesse.", part="reply", untrusted=("Service nul, c’est honteux !",)),
        Sample("Nous ne sommes pas devins, mdr.", part="reply"),
        Sample("Encore un spécialiste 🙄", part="reply"),
        Sample("Merci pour ce message si délicat.", part="reply"),
    ),
    "en": (
        Sample("How perceptive of you.", part="reply", language="en"),
        Sample("Congratulations on such an insight, lol.", part="reply", language="en"),
    ),
}
GOOD = {
    "fr": (
        Sample("Merci pour votre gentillesse, à samedi !", part="reply", untrusted=("J’adore votre pain !",)),
        Sample("Merci pour ce retour constructif : nous le transmettons à Camille.", part="reply"),
        Sample("Bravo pour cette photo, le coucher de soleil est superbe.", part="reply"),
    ),
    "en": (
        Sample("Thank you for your kind words, see you on Saturday!", part="reply", language="en"),
        Sample("Congratulations on your new job, Emma.", part="reply", language="en"),
    ),
}

"""A reply that puts the blame on the person, or lectures them."""

from __future__ import annotations

from collections.abc import Iterator

from copilot.checks import Context, Draft
from copilot.checks._phrases import Phrases, page
from copilot.checks._samples import Sample
from copilot.domain.finding import Finding, Severity
from copilot.domain.wording import Wording

NAME = "blames_customer"
SEVERITY = Severity.WARNS

_ADVERB = (
    r"(?:peut-etre |bien |tout de meme |quand meme |au moins |juste |simplement |tout simplement |d'abord "
    r"|mieux |donc |sans doute )*"
)
# What one blames somebody for not having done.
_DILIGENCE = (
    r"(?:re)?(?:lire|verifi\w+|regarder|consulter|(?:vous |te |se )?renseigner|anticiper|reserver"
    r"|comprendre|prevoir|ecouter"
    r"|reflechir|respecter|suivre|choisir|y penser|penser|(?:nous |le |la |l')?(?:prevenir|appeler"
    r"|contacter|ecrire|demander"
    r"|signaler|dire)|faire attention|y reflechir|vous y prendre|t'y prendre|venir|arriver|etre (?:plus "
    r")?(?:attenti\w+|prudent\w*"
    r"|vigilant\w*|patient\w*)|lu|vu"
    r")"
)
# "You should have received it": what we owed, no blame.
_OWED = (
    r"(?!(?:y )?(?:etre(?! (?:plus|attenti|prudent|vigilant|a l'heure))|recevoir|avoir(?! (?:lu|verifie"
    r"|la patience|le reflexe))|obtenir|trouver"
    r"|pouvoir|beneficier|profiter|retrouver|repartir|vivre|entendre|passer un|passer une|attendre "
    r"moins)\b)"
)
_UNDERGONE = (
    r"(?!(?:en |y |nous |me |le |la |l'|vous )*(?:attendre|avoir|vivre|subir|rencontrer|etre|recevoir"
    r"|connaitre|perdre|passer|devoir|payer"
    r"|entendre|trouver|repeter|relancer|insister|revenir|rappeler|ecrire|faire face|faire la queue"
    r"|arriver|souffrir|decouvrir"
    r"|voir|constater|lire|chercher|courir|appeler|solliciter)\b)"
)
_SAID = (
    r"(?:dit|indique|precise|explique|ecrit|mentionne|rappele|repete|signale|annonce|evoque|souligne"
    r"|communique|stipule|vu)e?s?"
)

_FOUND = Phrases(
    {
        "avie etie avai etai": (
            r"si (?:vous|tu) (?:ne |n'|l'|les |le |la |en |y |nous |vous |t'|m')*(?:aviez|avais|etiez"
            r"|etais) (?:pas |\w+ment |mieux |bien |juste |un peu |plus |deja )*\w{2,}(?:e|ee|i|ie|u|ue|is"
            r"|it|rt|ris)s?(?: [\w'-]+){0,8}?,? (?:vous|tu|cela|ca|rien|on|nous|le|la|votre"
            r"|tout)[^.!?\n]{0,30}? ?(?:auriez|aurais|aurions|seriez|serais|serait|aurait)|(?:auriez"
            r"|aurais|aurions|serait|aurait|seriez) [^.!?\n,]{2,50}? si (?:vous|tu) (?:nous |n'|ne |l'|les"
            r" |y |en |vous |t')*(?:aviez|avais|etiez|etais)"
        ),
        "vous toi": (
            r"c'est (?:bien |encore |\w+ment )*(?:vous|toi) qui (?:vous |t'|n'|ne |l'|nous |y )*(?:avez"
            r"|aviez|as|avais|etes|etiez|es) (?:\w+ment |tout |bien |encore |du |vous |t' ?)*(?:mal|oublie"
            r"|neglige|casse|abime|provoque|cause|refuse|rate|ignore|manque|perdu|omis|trompe|insiste|pas"
            r"|pris le risque|saisi|coche|valide|accepte|signe|commande|annule|demande|modifie|deregle"
            r"|confirme|transmis|laisse|jete|rempli|indique|renseigne|force|utilise|lave|tort|tarde|en"
            r" retard|venue?s? trop|responsables?|fautif\w*|fautive\w*|absente?s?|n'importe quoi|fait"
            r" (?:l'erreur|une erreur|tomber|n'importe))\w*|en prendre qu'a (?:vous|toi)(?:-memes?)?"
            r"|(?<!si\s)(?:vous vous etes|tu t'es) (?:\w+ment |encore |sans doute |bien )*(?:trompe|mepris"
            r"|plante|emmele|precipite)\w*|(?<!si\s)(?:vous|tu) (?:ne |n'|l'|les |nous |y )*(?:avez|as"
            r"|aviez|avais) (?:forcement|evidemment|manifestement|visiblement|clairement|surement"
            r"|certainement|probablement|sans doute|encore) (?:pas |du )?(?:mal|oublie|neglige|casse|abime"
            r"|fait tomber|fait une|saisi (?:un|une) mauvais|rate|manque|ignore|omis|perdu|trop|confondu"
            r"|melange|commis|laisse|choisi (?:la|le) mauvais|depasse|abuse|provoque|lave|lu trop|utilise"
            r"|monte|branche|force|voulu)\w*"
        ),
        "impo debu amat sauv brut manc novi imbe pied depi lege": (
            r"(?:vous|tu) (?:l'|les |ne |n'|en |y |nous |le |la |m')*(?:avez|aviez|as|avais|etes|es|\w+ez"
            r"|\w+es) (?:[\w'-]+ ){0,7}?(?:n'importe (?:comment|quoi)|comme (?:un|une|des) (?:vrais?"
            r" )?(?:debutant\w*|amateur\w*|sauvages?|brutes?|manches?|novices?|imbeciles?|bourrins?"
            r"|pieds?)|en depit du bon sens|a la legere)|n'importe qui (?:sait|comprend|aurait|peut"
            r" comprendre|verrait)"
        ),
        "parc car puis vu": (
            r"(?:parce que|car|puisque|vu que) (?:vous|tu) (?:ne |n'|l'|les |nous |y |vous )*(?:avez|aviez"
            r"|as|avais|etes|etiez|es) (?:\w+ment )*(?:pas (?!recu|eu\b|pu\b|ete|obtenu|trouve|encore"
            r"|satisf|content)|mal |trop |oublie|ignore|refuse|neglige|rate|casse|omis|perdu|depasse"
            r"|arrivee?s? (?:en retard|trop)|en retard)\w*"
        ),
        "sait comp forc obli sans quan tout": (
            r"(?:tout le monde|un enfant(?: de \w+ ans)?|chacun|toute personne (?:sensee|normale)) (?:sait"
            r"|comprend|aurait (?:compris|vu)|peut comprendre|le sait)|(?:personne|nul) ne (?:vous |t'|te"
            r" )(?:a|avait|y) ?(?:jamais )?(?:force|oblige|demande)\w*|sans (?:votre|ton|ta|vos) (?:retard"
            r"|oubli|erreur|negligence|inattention|maladresse|imprudence|etourderie)s?|quand on (?:ne sait"
            r" pas|n'y connait rien|ne lit pas|ne prend pas|ne respecte pas|achete|commande"
            r"|veut)[^.!?\n]{0,50}? on (?:lit|verifie|ne|n'|doit|se|s'|evite|prend|regarde|demande)"
        ),
        "because becau beca": (
            r"because (?:of )?you(?:'ve|'d| have| had)? (?:\w+ly |just |also )*(?:did not (?!receive|get"
            r"|have)|didn't (?!receive|get|have)|never (?!received|got|had|heard)|failed|forgot|ignored"
            r"|neglected|refused|skipped|missed|broke|dropped|used|misused|misread|waited|overloaded"
            r"|ordered|entered|typed|clicked|washed|were (?:late|careless|not|too|in a hurry)|weren't"
            r"|couldn't be bothered|insisted|installed|lost|let|chose|left|pressed|overfilled|opened)\w*"
        ),
        "had woul were your you": (
            r"if you(?:'d| had| hadn't| had not| were| weren't)\b[^.!?\n]{0,60}? (?:would|could"
            r"|might)(?:n't|'ve| not)*(?: have|'ve)?(?= (?:not )?(?:have|been|happened|missed|got|worked"
            r"|\w+ed)|'ve)|(?:wouldn't|would not|would|could|couldn't)(?: have|'ve) [^.!?\n]{1,50}? (?:if"
            r" you(?:'d| had| hadn't)|had you)\b|(?:you(?:'re| are| were)|it(?:'s| is| was)) (?:clearly "
            r"|actually )?(?:you|the one) (?:who|that) (?!made|makes?|keeps?|inspired?|won|gave|deserves?"
            r"|taught|brought|should thank|helped)\w+|(?:that's|this is|it's|that is|that one's) on you\b"
            r"|(?:only have|have only|got only|only got) yoursel(?:f|ves) to blame|(?:brought|did) (?:this"
            r"|it|that) (?:up)?(?:on|to) yoursel(?:f|ves)|blame yoursel(?:f|ves)|(?:no one|nobody)"
            r" (?:forced|made|asked) you"
        ),
        "ough supp like must user comm clea obvi": (
            r"you ought to have (?!been|received|got)\w+|you were (?:supposed|meant) to (?!receive|get"
            r"|have|be|see|hear)\w+|you were (?:already |clearly |repeatedly )+(?:told|warned|informed"
            r"|advised)|you(?:'ve| have|r)? [^.!?\n]{0,50}?like an? (?:complete |total )?(?:beginner"
            r"|amateur|rookie|novice|noob|idiot|fool)|user error|(?:use|using|with|basic|bit of|little)"
            r" common sense|you (?:must have|clearly|obviously|evidently|apparently|probably|must've)"
            r" (?:have |'ve )?(?:just )?(?:dropped|broke|broken|ignored|washed|used|lost|forgot|forgotten"
            r"|missed|damaged|mixed|overfilled|entered|typed|skipped|overloaded|mishandled|bent|let|opened"
            r"|misplaced|pressed)"
        ),
        "auri aura": (
            rf"(?:vous auriez|tu aurais|il aurait|t'aurais) {_ADVERB}du {_ADVERB}{_OWED}[\w'-]+"
            r"|(?:vous n'auriez|tu n'aurais|il n'aurait|fallait) (?:pas|jamais|peut-etre pas) du "
            rf"{_ADVERB}{_UNDERGONE}[\w'-]+"
            rf"|(?:vous auriez|tu aurais|t'aurais) {_ADVERB}pu {_ADVERB}{_DILIGENCE}"
            rf"|il (?:vous |t')?\s?aurait {_ADVERB}(?:fallu|suffi) {_ADVERB}(?:de |d')?\s?[\w'-]+"
        ),
        "fall suff suffi cens supp app appa inco faut inut avan": (
            r"encore (?:faut-il|fallait-il) [\w']+|inutile de (?:vous|t'|nous|s') ?(?:enerver|agresser"
            r"|facher|emporter|insulter|crier|hurler|menacer|plaindre|agacer)"
            r"|avant de (?:vous |te |nous )?(?:plaindre|critiquer|accuser|commenter|insulter|raler|juger"
            r"|laisser un avis|poster)|"
            rf"il (?:vous |te )?fallait {_ADVERB}{_DILIGENCE}|il (?:vous |te )?suffisait {_ADVERB}(?:de "
            r"|d')[\w'-]+"
            rf"|il (?:vous |te )?suffit {_ADVERB}de (?:lire|relire|regarder|verifier|reflechir|savoir "
            rf"lire)|fallait {_DILIGENCE}"
            rf"|(?:vous etiez|tu etais|vous etes|tu es) (?:cense|suppose)e?s? {_DILIGENCE}"
            r"|il (?:vous|t') ?(?:appartenait|incombait|revenait) (?:de |d')[\w'-]+"
        ),
        "deja prec plus ci prem repe fois reme": (
            r"(?:comme|ainsi que) (?:nous |on |je )?(?:(?:vous |te |te l'|vous l'|l'|t')?\s?(?:avons"
            rf"|avions|ai|a|avait|avez) )?deja (?:ete )?{_SAID}"
            rf"|(?:comme|ainsi que) (?:\w+ ){{0,4}}?{_SAID} (?:plus haut|ci-dessus|precedemment|auparavant"
            r"|a plusieurs reprises|plusieurs fois)"
            rf"|(?:comme|ainsi que) (?:nous|on|je) (?:vous |te )?l'(?:avons|ai|a|avions) {_SAID}"
            r"|(?:nous|on|je) (?:vous |te |t'|vous l'|te l'|l')?\s?(?:avons|avions|ai|a|avait) "
            rf"(?:pourtant )?deja {_SAID}"
            r"|(?:je|nous|on) (?:vous |te |me |le |nous )*(?:repet(?:e|ons|ais)|le redis)(?! pas)"
            r"|pour la (?:deuxieme|troisieme|quatrieme|enieme|n-ieme|dixieme|derniere|2e|3e|4e) fois"
            r"|combien de fois faut-il"
        ),
        "calm": (
            r"calmez-vous|calme-toi|calmons-nous|(?:on se|vous|te|veuillez vous|merci de vous|de vous) "
            r"calme[rz]?|(?:gardez|restez) "
            r"(?:votre calme|calmes?|polie?s?|courtoise?s?|correcte?s?)|(?:du calme)(?= ?[,.!])"
        ),
        "poli cour corr ton": (
            r"(?:gardez|restez|soyez) (?:polie?s?|courtoise?s?|correcte?s?)|changez de ton|baissez d'un ton"
            r"|parlez-nous autrement"
        ),
        "avez aviez avai as": (
            r"(?:vous n'avez|tu n'as|vous n'aviez) (?:\w+ment )?(?:pas|meme pas|sans doute pas|surement "
            r"pas|pas du tout|rien|jamais) "
            r"(?:\w+ment |bien |du |correctement |pris la peine de |pris le temps de |daigne |su "
            r"|vraiment |assez )*"
            r"(?:lu|lire|relu|compris|comprendre|verifie|verifier|respecte|respecter|suivi|suivre|regarde"
            r"|regarder|consulte|consulter|fait attention"
            r"|ecoute|cherche)"
            r"|si (?:vous aviez|tu avais) (?:\w+ment |bien |mieux |juste |un peu )*(?:lu|verifie|pris"
            r"|suivi|regarde|respecte|fait|ecoute|demande|consulte"
            r"|reflechi|prevu|reserve|anticipe|prevenu|appele)"
            r"|(?:vous n'avez|vous n'aviez|tu n'as|tu n'avais|n'aviez|vous avez|tu avais|t'avais) (?:plus "
            r")?qu'a(?! nous)(?! l'accueil)"
            r"|(?:vous avez|tu as) (?:\w+ment |sans doute |du |surement )*(?:mal (?:lu|compris|utilise"
            r"|regarde|rempli|saisi|commande|choisi|interprete"
            r"|lire|comprendre|regarder|utiliser|saisir)|oublie de (?:lire|verifier|regarder|suivre"
            r"|respecter))e?s?"
            r"|(?:vous aviez|tu avais) (?:pourtant )?ete (?:pourtant |bien |clairement )?(?:prevenu"
            r"|averti|informe)e?s?"
        ),
        "faut erre resp negl oubl inat mauv tort": (
            r"pas (?:de )?(?:notre|ma) faute(?: si)?|"
            r"(?:c'est|c'etait|est|etait|vient|seule?) (?:bien |entierement |uniquement |clairement |de "
            r"|d')*(?:votre|ta) (?:propre |seule )?(?:faute|erreur|negligence)"
            r"|(?:par|a cause de) (?:votre|ta) (?:propre )?(?:faute|erreur|negligence|distraction)"
            r"|(?:erreur|faute|negligence|oubli|inattention|mauvaise \w+) de (?:votre|ta) part"
            r"|(?:vous (?:en )?etes|tu (?:en )?es) (?:le |la |les |bien |\w+ment )*(?:seule?s? "
            r")?(?:responsables?|fautifs?|fautives?|en tort|dans votre tort)"
            r"|la faute (?:vous|te) (?:en )?(?:revient|incombe)"
        ),
        "exag abus mauv foi seul autr aucu pers agr agre plai prem vous": (
            r"(?:vous exagerez|tu exageres|vous abusez|tu abuses)|(?:vous etes|tu es|vous faites|tu fais) "
            r"(?:\w+ment |d'une |preuve d'une |preuve de |de )*"
            r"(?:mauvaise foi|agressi\w+|impoli\w*|ingrat\w*|malhonnete\w*|ridicule\w*|paranoiaque\w*)"
            r"|les autres (?:clients|clientes|visiteurs|personnes|voyageurs|usagers|utilisateurs|abonnes) "
            r"(?:n'|ne |\w+ ){0,4}?(?:aucun\w*|pas|jamais|tous|rien)|vous etes (?:le|la|bien le|bien la) "
            r"(?:seul|seule|premier|premiere) (?:a |client|personne|qui )(?:\w+ ){0,4}?(?:plai\w+"
            r"|plaint\w*|probleme|rencontrer|signaler)"
            r"|(?:aucun autre client|personne d'autre|les autres clients|tous les autres) (?:ne |n'|\w+ "
            r"){0,4}?\s?(?:plai\w+|signal\w+|content\w*|satisfait\w*)"
            r"|personne (?:d'autre )?ne (?:s'en |s'est )(?:jamais |encore )?plain\w+"
        ),
        "appr reli rens reve gran deva devri": (
            r"(?:apprenez|apprends|apprendre) a (?:lire|ecouter|compter|vous)|relis(?:ez)? (?:bien |donc "
            r"|mieux |d'abord )*(?:les|la|le|notre|nos|votre|vos|l'|ce|ma)"
            r"|(?:renseign|inform)(?:ez-vous|e-toi) (?:avant|mieux|d'abord|un peu)|(?:vous devriez|tu "
            r"devrais) (?:\w+ment |peut-etre |d'abord )*"
            r"(?:lire|relire|apprendre|vous calmer|te calmer|vous renseigner|te renseigner|reflechir"
            r"|avoir honte|etre plus)"
        ),
        "proc reme": (
            r"la prochaine fois,? (?:lis|lisez|verifi\w+|pens\w+|prenez|prends|evit\w+|soyez|sois|merci de"
            r"|veuillez|tachez|essayez|faites|regard\w+|consult\w+"
            r"|respect\w+|reserv\w+|il faudra|vous ferez)"
        ),
        "pour noir tout clai bien evid": (
            r"(?:est|etait|c'est|c'etait|sont|etaient) (?:pourtant|clairement|parfaitement) (?:bien |tres "
            r"|clairement )?(?:indique|ecrit|precise|mentionne|affiche|clair|simple"
            r"|visible|lisible|explicite|stipule|note|evident)e?s?|(?:ecrit|indique|precise"
            r"|mentionne)e?s? (?:noir sur blanc|en toutes lettres|en gros)"
            r"|nous vous (?:avions|avons) (?:pourtant |bien |clairement )+(?:prevenu|averti|informe|dit"
            r"|precise|indique)e?s?"
            r"|comme (?:clairement|bien) (?:indique|precise|ecrit|mentionne)e?s?"
        ),
        "prob tant debr peut pouv": (
            r"(?:ce n'est|c'est|c'etait|ce n'etait) pas (?:notre|mon|de notre) (?:probleme|souci|ressort)"
            r"|tant pis pour (?:vous|toi)|debrouill(?:ez-vous|e-toi)"
            r"|(?:on|nous) n'y (?:peut|pouvons) rien"
        ),
        "pati": (
            r"(?:soyez|sois) (?:un peu )?(?:plus )?patiente?s?|(?:apprenez|un peu) (?:a )?(?:etre patient|de "
            r"patience)(?=[,.!])"
        ),
        "vous veri lire": (
            r"c'(?:est|etait) a (?:vous|toi) (?:de |d')(?:lire|verifier|faire|prevoir|regarder|demander"
            r"|anticiper|vous|nous (?:dire|prevenir))"
        ),
        "shou coul": (
            r"you (?:really |clearly |probably |simply )?should(?:'ve| have) (?!been\b(?! more)|received"
            r"|had|got|gotten|seen (?:an?|your)|found|enjoyed|never)\w+"
            r"|you (?:really )?should(?:n't| not) have (?!had|been|to|waited|received|experienced|gone "
            r"through|got|paid)\w+"
            r"|you could(?:'ve| have) (?:just |simply |at least |always |easily )?(?:called|checked|read"
            r"|asked|told|contacted|warned|looked|let us know|booked)"
            r"|you should (?:just |really |probably )?(?:learn|read|calm|be ashamed|try reading|know "
            r"better|pay attention)"
        ),
        "alre prev said stat expl ment told per abov": (
            r"(?:as|like) (?:i|we)?\s?(?:have |'ve |had |was )?(?:already|previously|clearly|repeatedly) "
            r"(?:been )?(?:said|stated|mentioned|explained|told|pointed out|indicated|advised|noted"
            r"|discussed)"
            r"|(?:as|like) (?:i|we) (?:have |'ve )?(?:said|stated|mentioned|explained|told you|wrote)|as "
            r"per (?:my|our) (?:last|previous|earlier)"
            r"|(?:as )?(?:stated|mentioned|explained|said) above|we(?:'ve| have)? (?:already|repeatedly) "
            r"(?:told|explained|said|warned|informed|advised)"
            r"|we did (?:tell|warn|say|explain)|for the (?:second|third|last|umpteenth|nth) time|how many "
            r"times"
        ),
        "calm chil rela tone atti": (
            r"calm (?:yourself )?down|stay calm|chill out|(?:just|please) (?:relax|chill)|lower your tone"
            r"|watch your (?:tone|language|mouth)|mind your tone"
        ),
        "you had befo": (
            r"before (?:you )?(?:complain|accus|criticis|criticiz|ranting|posting|insult)\w*|you (?:must"
            r"|can) ?not have (?:read|checked|seen|followed|looked)|you can't have (?:read|checked"
            r"|followed)|"
            r"you (?:clearly|obviously|evidently|apparently|simply|probably|must have|must|just|never"
            r"|even)? ?(?:did not|didn't|have not|haven't|never|failed to|forgot to"
            r"|neglected to|did not bother to|didn't bother to|couldn't be bothered to|couldn't) (?:even "
            r"|actually |really |bother to |take the time to |properly )*"
            r"(?:read|check|follow|checked|followed|look|listen|understand|understood|pay "
            r"attention)(?:ing)?"
            r"|if you(?: had|'d) (?:only |actually |just |bothered to |properly |taken the time to "
            r")*(?:read|checked|bothered|followed|looked|listened|asked|called|paid|booked|check)"
            r"|had you (?:only |actually )?(?:read|checked|followed|called|asked|bothered)|you (?:must "
            r"have |have |'ve |clearly |obviously |probably )?(?:misread|misused|misunderstood|mishandled)"
            r"|you (?:used|ordered|installed|chose|opened|read) (?:it|this|that|them|the \w+) (?:wrong"
            r"|incorrectly|badly|the wrong way)|you(?:'re| are) (?:being )?(?:over)?(?:exaggerating"
            r"|unreasonable|ridiculous|rude|reacting|dramatic|wrong|the only (?:one|person|customer))"
        ),
        "your": (
            r"(?:it's|it is|that's|that is|this is|was|is|entirely|all|only) (?:entirely |all |clearly "
            r"|only |simply )*(?:your|down to your|due to your|because of your) (?:own )?(?:fault|mistake"
            r"|error|negligence|doing|carelessness)"
            r"|(?:your own (?:fault|mistake|error|doing))|(?:error|mistake|fault|negligence|oversight) on "
            r"your (?:part|side|end)"
        ),
        "one else next lear read prob says": (
            r"(?:no one|nobody) else (?:has |have |had |ever )*(?:complain\w+|had|has)|next time,? "
            r"(?:please |just |maybe |perhaps |make sure |try |do )*(?:to )?(?:read|check|you|make sure"
            r"|be|look|ask|call|pay|follow|think|remember)"
            r"|learn (?:how )?to read|read (?:the|our) [\w ]{1,24}?(?:again|properly|carefully|more "
            r"closely|next time|first)|(?:not|isn't) our problem|(?:it's|it is|was) up to you to"
            r"|it (?:clearly|plainly|specifically) (?:says|states|said)|(?:is|was|it's) (?:clearly"
            r"|plainly) (?:stated|written|marked|displayed|explained|indicated|listed|mentioned)"
        ),
    }
)


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Warns of each turn of a reply that blames or lectures the person."""
    if draft.part != "reply":
        return
    where = page(draft.text)
    for hit in _FOUND.apart(where):
        start, end = where.span(hit.start, hit.end)
        quote = draft.text[start:end]
        yield Finding(NAME, SEVERITY, start, end, Wording("check.blames_customer", {"quote": quote}), quote)


BAD = {
    "fr": (
        Sample("Vous auriez dû lire la notice.", part="reply"),
        Sample("Comme déjà dit, le délai est de dix jours.", part="reply"),
        Sample("Calmez-vous, il fallait lire les conditions.", part="reply"),
        Sample("C’est une erreur de votre part. La prochaine fois, vérifiez la taille.", part="reply"),
        Sample("Tu aurais quand même pu nous prévenir avant.", part="reply"),
        Sample("Vous n’avez visiblement pas lu notre description.", part="reply"),
        Sample("C’est pourtant clairement indiqué sur la page.", part="reply"),
    ),
    "en": (
        Sample("You should have checked the size guide.", part="reply", language="en"),
        Sample("As already stated, we are closed on Mondays.", part="reply", language="en"),
        Sample("Please calm down. Nobody else has complained.", part="reply", language="en"),
    ),
}
GOOD = {
    "fr": (
        Sample("Vous auriez dû recevoir votre colis mardi, et vous n’auriez pas dû attendre.", part="reply"),
        Sample("Ce n’est en rien votre faute. Comme convenu, nous vous rappelons à 15 h.", part="reply"),
        Sample("Vous aviez raison de nous le dire. Besoin de calme ? Venez le mardi matin.", part="reply"),
        Sample("Il suffit de nous écrire en message privé.", part="reply"),
    ),
    "en": (
        Sample(
            "You should have received it on Tuesday, and you should never have had to chase us.",
            part=("reply"),
            language=("en"),
        ),
        Sample("If you had a confirmation e-mail, keep it: it is your ticket.", part="reply", language="en"),
    ),
}

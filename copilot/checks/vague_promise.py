"""A promise with neither a date nor somebody in charge."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.checks import Context, Draft
from copilot.checks._phrases import Page, Phrases, compiled, denied, page, sentence_at, sentences
from copilot.checks._samples import Sample
from copilot.domain.finding import Finding, Severity
from copilot.domain.wording import Wording

NAME = "vague_promise"
SEVERITY = Severity.ADVISES

_YOU = r"(?:vous |te |t'|le |la |les |l'|lui |en )*"
_PROMISED = Phrases(
    {
        "mesu acti disp amel chan corr ajus solu veri effo dema prec poin nouv gest enqu suit nece": (
            r"(?:mesures?|actions?|dispositions?|ameliorations?|changements?|corrections?|correctifs?"
            r"|ajustements?|solutions?|verifications?|efforts?|demarches?|precautions?|enquete|geste"
            r"|nouvelles?) (?:\w+ ){0,2}?(?:seront|sera|vont etre|va etre|va (?:suivre|arriver|venir)|vont"
            r" (?:suivre|arriver|venir)|arrivera|arrivent|arrive|suivra|viendra|sont|est) ?(?:\w+ment "
            r"|bientot |vite )*(?:(?:prise?|mise?|apportee?|engagee?|entreprise?|faite?|effectuee?|menee?"
            r"|realisee?|deployee?|trouvee?|lancee?|etudiee?|envisagee?|en cours|prevue?|donnee?|proposee?"
            r"|en preparation)s?)?|(?:nous|on|je) (?:prenons|prend|prendrons|prendra|prendrai|allons"
            r" prendre|va prendre|vais prendre) (?:\w+ment |donc |bien )*(?:des|les|toutes les|nos)"
            r" (?:mesures|dispositions|precautions|decisions)|(?:nous|on|je) (?:ferons|fera|ferai|allons"
            r" faire|va faire|vais faire) (?:en sorte|au mieux|mieux|des efforts|un effort|un geste|le"
            r" point)(?: \w+)?"
        ),
        "occu char effo enga veil tach tent essa regl trou enqu rega amel corr verr fera repa agir progr prog": (
            r"(?:nous|on|je|equipes?) (?:nous |s'|m'|y |en |vous )*(?:occupons|occuperons|occupera|charge"
            r"|chargeons|chargerons|chargera|efforcons|efforcerons|efforcera|engageons|veillerons|veillera"
            r"|veillons|tacherons|tachera|essaierons|essaiera|essayerons|tenterons|tentera|reglerons"
            r"|reglera|trouverons|trouvera|enqueterons|enquetera|regarderons|regardera|ameliorerons"
            r"|ameliorera|corrigerons|corrigera|verrons|verra|reparerons|reparera|agirons|agira"
            r"|progresserons)(?: (?:de|d'|a|dessus|en|une|un|la|le|votre|ce|cela|ca)(?: \w+)?)?"
        ),
        "quan temp mome jour tot ulte avenir aven ince serv": (
            r"quand (?:ce|cela|ca|il|elle|tout|nous|on|ils) (?:sera|seront|serons|aura|aurons|pourra"
            r"|pourrons)(?: \w+)?|en temps (?:voulu|utile)|le moment venu|un jour ou l'autre|un de ces"
            r" (?:jours|quatre)|tot ou tard|ulterieurement|incessamment|dans un (?:futur|avenir) (?:tres"
            r" )?proche"
        ),
        "quel pers coll cons agen tech memb": (
            r"(?:quelqu'un|une personne|un (?:collegue|conseiller|agent|technicien|membre de (?:l'|notre"
            r" )?\w+)|une (?:collegue|conseillere)|l'un de nos \w+) (?:va |vous |te |s'en |reviendra"
            r"|passera|appellera|regardera|prendra|viendra)\w*"
        ),
        "step meas acti impr chan fix patc upda solu feed some ever that this it": (
            r"(?:steps|measures|actions?|improvements|changes|fix(?:es)?|patch|update|solution|things|it"
            r"|this|that|everything)(?: \w+)? (?:will|are going to|is going to)(?: \w+ly| soon)*(?:"
            r" be)?(?: being)? (?:taken|made|put in place|implemented|fixed|sorted|looked into|addressed"
            r"|resolved|handled|dealt with|rolled out|released|deployed|ready|coming|improve\w*|get better"
            r"|change|arrive|come)|(?:fix|patch|update|solution|improvements?|changes?) (?:is|are) (?:on"
            r" (?:its|the|their) way|coming|in the works|underway)"
        ),
        "when even some futu late down one": (
            r"when (?:it's|it is|we can|we are able|possible|it will be|they're|we get)(?: (?:ready|done"
            r"|possible|able to|round to it))?|at some (?:point|stage)|one of these days|sooner or later"
            r"|eventually|down the (?:line|road)|in (?:the |due |near )*(?:future|time)"
        ),
        "well we'l will well on": (
            r"(?:we|i|we'll|i'll|someone|somebody|they|team)(?: will|'ll| are going to| shall) (?:\w+ly"
            r" )*(?:do better|try|make sure|ensure|see what|take (?:care|action|steps|measures)|deal with"
            r"|handle|resolve|review|improve|arrange|make (?:it|things|this) right)(?: \w+)?|we(?:'re|"
            r" are) on it|someone will \w+"
        ),
        "trai cour rema regar trav tach plus cont retr": (
            r"(?:dossier|demande|message|reclamation|remarque|situation|sujet) (?:est|sera|va etre) "
            r"(?:\w+ment |actuellement |bien )*(?:en cours(?: de (?:traitement|resolution|analyse))?|traitee?"
            r"|prise? en (?:compte|charge)|etudiee?|analysee?|examinee?)"
            r"|(?:nous|on|equipes?|service|techniciens?) (?:y |s'y |en )?(?:travaillons|travaille|travaillent"
            r"|occupe|occupent|attele|attellent)(?: (?:dessus|activement|actuellement|dur))?"
            r"|(?:on|nous) (?:regarde|regardons|verifie|verifions|voit|voyons) (?:ca|cela|tout ca|ce point"
            r"|avec (?:les|nos|notre|l') ?\w+)|(?:nous|on|equipes?) (?:prenons|prend|prendrons|prendra"
            r"|prendront) (?:\w+ment )?contact"
        ),
        "revi reve": r"(?:revien(?:s|t|nent|drons|dra|dront|drai)|revenons|revenir) (?:\w+ ){0,3}?vers (?:vous|toi)",
        "reco rapp repo cont tien tiend rece recev aure aura sere sera info": (
            rf"(?:nous|on|je|equipes?|service|collegues?|conseillere?s?) {_YOU}(?:recontact|rappell|repond"
            r"|contacte|tien|informe|prevenir|prevend)\w*r(?:ons|a|ai|ont|ez)(?: au courant| informee?s?)?"
            rf"|(?:nous|on|je) {_YOU}(?:tenons|tient|tiens) (?:au courant|informee?s?)|(?:vous serez|tu "
            r"seras) (?:\w+ment )?(?:recontacte|rappele|contacte|informe|tenu)e?s?(?: informee?s?| au "
            r"courant)?"
            r"|(?:vous recevrez|tu recevras|vous aurez|tu auras) (?:une|un|notre|de nos) (?:reponse"
            r"|retour|nouvelles)"
        ),
        "nece maxi poss mieux oeuv œuvr mobi pied": (
            r"(?:faisons|fait|ferons|fera|font|feront|mettons|mettrons|met|mettent|mettra|fais|ferai) "
            r"(?:\w+ment )?(?:bien sur |donc |tout )?(?:le necessaire|(?:de )?(?:notre|son|mon|leur) "
            r"(?:maximum|possible|mieux)|le maximum"
            r"|tout (?:en oeuvre|en place|ce qui est|ce que nous|notre possible|son possible|pour))"
            r"|(?:necessaire|maximum) (?:est|sera|va etre) fait"
            r"|(?:en oeuvre|mettons en oeuvre) (?:pour|tout)|(?:equipes?|techniciens?) (?:sont|est"
            r"|restent|reste|se sont) (?:\w+ment |pleinement )?(?:mobilisee?s?|a pied d'oeuvre|sur le "
            r"pont|a l'oeuvre)"
        ),
        "bref meil vite poss tot dela proc rapi bien peu": (
            r"dans les (?:plus brefs|meilleurs|plus courts) delais|(?:le plus|au plus) (?:vite|tot"
            r"|rapidement)(?: possible)?|des que (?:possible|nous (?:le )?(?:pourrons|pouvons|en saurons"
            r"|aurons)|on (?:peut|pourra|en saura))"
            r"|aussi (?:vite|rapidement|tot) que possible|prochainement|sous peu|d'ici peu|dans (?:les"
            r"|quelques) (?:\w+ )?(?:prochains )?(?:jours|temps|semaines|heures)(?: a venir| qui "
            r"viennent)?|bien vite"
            r"|(?:tres |bien )?(?:rapidement|vite|bientot)"
        ),
        "serv equi pers tran remo fait inte info coll manq": (
            r"(?:allons|va|vais|vont|avons|a|ai|faisons|fais|fait) (?:\w+ment |bien |le |la |l'|les "
            r")*?(?:faire )?remont\w+(?: (?:l'info\w*|l'information|votre \w+|ce point|cela|ca))?|"
            r"(?:transmet\w*|transmis\w*|remont\w+|faire remonter|fait remonter|faisons remonter|faisons "
            r"suivre|fait suivre|fais suivre|relay\w+|communiqu\w+|partag\w+|signal\w+) (?:[\w']+ "
            r"){0,6}?(?:aux?|a nos|a notre|a la|a l'|en) ?(?:\w+ )?(?:services?|equipes?|personnes?"
            r"|interne|interesses?|collegues)(?: (?:concernee?s?|competente?s?|dediee?s?|adequate?s?"
            r"|interessee?s?))?"
            r"|(?:nous ne manquerons|on ne manquera|je ne manquerai) pas (?:de |d')\w+"
        ),
        "solu repo suit amel etud regar exam pren proc": (
            r"(?:solution|reponse|suite) (?:vous )?(?:sera|va (?:vous )?etre) (?:\w+ment )?(?:trouvee"
            r"|apportee|proposee|donnee)(?: \w+ment)?|(?:nous|on|je) (?:allons|va|vais) (?:\w+ment |tout "
            r")*(?:regarder|etudier|examiner|voir|faire|verifier|nous pencher|trouver|ameliorer|corriger"
            r"|resoudre|regler)"
            r"|(?:nous|on) (?:etudions|regardons|examinons|regarde|etudie|examine|travaillons|travaille"
            r"|cherchons) (?:\w+ ){0,4}?(?:situation|demande|dossier|question|sujet|solution|remarque"
            r"|dessus|probleme)"
        ),
        "get come be touc reac look foll keep cont sort fix inve soon do send upda hear retu let": (
            r"(?:we|i|we'll|i'll|team|they|someone|somebody|colleague)(?: from \w+)?(?: will|'ll| are "
            r"going to| is going to| are| am|'re|'m| shall| is)? (?:\w+ly |also |soon |then |now "
            r")*(?:get(?:ting)? back|come back|be in touch|be in contact|reach(?:ing)? out|look(?:ing)? "
            r"into|follow(?:ing)? up|keep you|contact you|sort (?:this|it|that)|fix (?:this|it|that)"
            r"|investigat\w+|do (?:our|my|everything|all|what|whatever)|doing (?:our|everything|all)|send "
            r"you|update you|return to you|let you know|working (?:on|hard)|work (?:on|hard)|address "
            r"(?:this|it))(?: (?:to you|touch|updated|posted|informed|best|we can|this|that|it|on it))*"
            r"|you(?:'ll| will) (?:be contacted|hear (?:back )?from|be updated|receive (?:a|an) (?:reply"
            r"|answer|update))"
        ),
        "soon asap shor due earl cour quic prom": (
            r"as (?:soon|quickly|fast) as (?:possible|we can|i can|we know more)|asap|shortly|in due course"
            r"|at (?:the|our) earliest|very soon|in the (?:near future|coming (?:days|weeks))|soon|promptly"
        ),
        "pass forw esca shar rela": (
            r"(?:passed|pass|passing|forwarded|forward|forwarding|escalated|escalate|shared|share|relayed"
            r"|relay|sent) (?:[\w']+ ){0,4}?(?:on )?(?:to |with )(?:the |our )(?:relevant |right |appropriate "
            r"|concerned |internal |dedicated |proper )?(?:teams?|departments?|people|person|colleagues)"
        ),
    }
)
_TIME_ONLY = compiled(
    r"dans les .*|le plus .*|au plus .*|aussi .*|des que .*|prochainement|sous peu|d'ici peu|dans .*|bien "
    r"vite|(?:tres |bien )?(?:rapidement|vite|bientot)"
    r"|as .*|asap|shortly|in .*|at .*|(?:very )?soon|promptly|quand .*|when .*|en temps .*|le moment venu|un jour .*"
    r"|un de ces .*|tot ou tard|ulterieurement|incessamment|one of .*|sooner .*|eventually|down the .*"
)
# A word such as "soon" promises something only when the brand speaks of what it will do.
_WE = compiled(
    r"(?<!-)(?:nous|on|je|j'|notre|nos|sera|seront|vont|va|reprendra|reviendra|arrivera|arrive|we|we'll"
    r"|we're|our|i'll|i|will|they|they'll|it'll)"
)
_FAREWELL = re.compile(
    r"\b(?:a|au plaisir|see you|talk|talk to you|speak|hope|get well|until|well|toi|vous|plus|si|trop"
    r"|aussi)\s+(?:tres\s+|bien\s+|very\s+)?\Z"
)
_WHEN = compiled(
    r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|demain|apres-demain|aujourd'hui|ce soir|ce "
    r"matin|ce midi|cet apres-midi|cette (?:nuit|semaine|apres-midi)"
    r"|(?:la|le) (?:semaine|mois|weekend|week-end) (?:prochaine?|suivante?)|(?:en|d'ici|avant) (?:la "
    r")?(?:fin|debut|milieu|mi)(?: \w+){0,3}|dans (?:l'heure|la (?:journee|matinee|soiree|semaine)|le "
    r"mois)|fin (?:de )?\w+"
    r"|(?:sous|dans|d'ici|avant|en|within|in|before|by|for|under) (?:les |the |next |a |an |au plus "
    r"|prochaines? |)*(?:\d+|une?|deux|trois|quatre|cinq|six|sept|huit|dix|quinze|vingt-quatre"
    r"|quarante-huit|one|two|three|four|five|seven|ten|twenty-four|forty-eight) ?-?"
    r"(?:h|heures?|jours?|semaines?|mois|minutes?|min|hours?|days?|weeks?|months?|working|business"
    r"|ouvres?|j)(?: \w+)?|d'ici (?:a )?(?:\d\w*|midi|minuit)|avant midi"
    r"|\d{1,2} ?h(?: ?\d\d)?|\d{1,2}[:.]\d\d|\d{1,2} ?(?:am|pm)|(?:le |au |avant le |du )\d{1,2}(?:er)?"
    r"|\d{1,2}/\d{1,2}(?:/\d+)?|\d+ (?:heures?|jours?|semaines?|minutes|hours?|days?|weeks?)|\d+h"
    r"|(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|january"
    r"|february|march|april|june|july|august|september|october|november|december)"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow|today|tonight|this (?:morning"
    r"|afternoon|evening|week)|next (?:week|month)|(?:by )?(?:the )?end of (?:the |this )?(?:day|week"
    r"|month)|midday|noon|within the (?:hour|day|week))"
)
_VAGUE_TEAM = (
    r"(?:concern|compet|dedi|adequa|va|vont|fait|font|est|sont|vous|te|a|ont|travail|s'|se|met|mobilis|revien"
    r"|repond|recontact|etudi|regard|et|qui|pour|en|afin|dans|interess|reste|prend|fer|ser|au|aux|avec|sur"
    r"|que|tout|bien|ne|n|par|il|elle|nous|on)"
)
_WHO = compiled(
    r"(?:service|equipe|pole|cellule|support|responsable|directeur|directrice|direction|cheffe?|gerante?"
    rf"|comptable|referente?)s? (?!{_VAGUE_TEAM}\w*)(?:d'|de la |de l'|du |des |de )?\w{{3,}}"
    r"|(?:service|equipe)s? (?:de|du|des|d')\s?(?:la |l')?\w{3,}|(?:la |le |notre )(?:boutique|atelier"
    r"|magasin|agence|comptabilite|direction|mairie|capitainerie|technicienne?)"
    r"|(?!(?:our|the|relevant|right|whole|dedicated|entire|appropriate|concerned|internal|proper"
    r"|support's)\b)\w{3,} (?:team|department|desk|manager|office|crew|lead|director)"
)
_NAMED = re.compile(
    r"(?<![.!?…:\n]\s)(?<!\A)(?<=\s)[A-ZÀ-Ý][\w'’-]+,?\s+(?:(?:notre|votre|la|le|du|de|au|our|from|in|de "
    r"la|de l['’])\s?[\w'’ -]{2,40}?,?\s+)?(?:vous|te|va|s['’]en|s['’]occupe|prend|suit|reviendra|revient"
    r"|will|is|has|looks|from)\b"
    r"|(?:\b(?:par|avec|by|with|c['’]est|ask|asked|à|contact)\s+)[A-ZÀ-Ý][a-zà-ÿ]+\b|(?:^|[.!?…]\s+"
    r"|,\s+)(?!(?:Someone|Somebody|We|They|You|It|This|That|Everything|There|Our|Your|Nous|Vous|On|Une?"
    r"|Il|Elle|Cela|Tout|Who|What|Quelqu['’]un|Everyone|Anyone"
    r"|He|She|Things|Steps|Measures|Ils|Elles)\b)[A-ZÀ-Ý][a-zà-ÿ]+\s+(?:s['’]en occupe|vous (?:rappelle|recontacte"
    r"|écri|répond|appelle|envoie|tient)\w*|va vous|(?:will|is going to) )"
)

# "Bonjour Marie, la suite vous parviendra": Marie is the one answered.
_GREETING = re.compile(
    r"\A(?:Bonjour|Bonsoir|Salut|Coucou|Hello|Hi|Hey|Cher|Chère|Dear|Good \w+)\b[^,!.\n]{0,40}[,!.]?"
)
_APOLOGY = Phrases(
    {
        (
            "excu deso navr apol sorr"
        ): r"(?:nos|toutes nos|nos plus \w+) excuses|desolee?s|navree?s|apologi[sz]e|apologies|sorry"
    }
)


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Advises against a promise with no date nor owner in its sentence or the next; one a sentence."""
    where = page(draft.text)
    # A post promises something to people only when it owns up to an incident.
    if draft.part != "reply" and not (draft.part == "post" and any(_APOLOGY.find(where))):
        return
    told: set[int] = set()
    for hit in _PROMISED.apart(where):
        number = sentence_at(where, hit.start)
        if number in told or denied(where, hit.start) or not _is_promise(where, hit.start, hit.end, number):
            continue
        told.add(number)
        if not _is_held(where, number):
            start, end = where.span(hit.start, hit.end)
            quote = draft.text[start:end]
            yield Finding(NAME, SEVERITY, start, end, Wording("check.vague_promise", {"quote": quote}), quote)


def _is_promise(where: Page, start: int, end: int, number: int) -> bool:
    if not _TIME_ONLY.fullmatch(where.prose, start, end):
        return True
    if _FAREWELL.search(where.plain, max(0, start - 24), start):
        return False
    return _WE.search(where.prose, *sentences(where)[number]) is not None


def _is_held(where: Page, number: int) -> bool:
    """Whether the sentence or the next says when, or who."""
    spans = sentences(where)[number : number + 2]
    return any(_WHEN.search(where.prose, *span) or _WHO.search(where.prose, *span) for span in spans) or any(
        _NAMED.search(_GREETING.sub("", where.written(*span).strip(), count=1)) for span in spans
    )


BAD = {
    "fr": (
        Sample("Nous reviendrons vers vous dans les plus brefs délais.", part="reply"),
        Sample("Bonjour Marie, nous faisons le nécessaire. Merci de votre patience.", part="reply"),
        Sample("Votre remarque a été transmise au service concerné.", part="reply"),
        Sample("Nos équipes sont mobilisées et la page sera bientôt réparée.", part="reply"),
    ),
    "en": (
        Sample("We’ll get back to you as soon as possible.", part="reply", language="en"),
        Sample("We have passed this on to the relevant team.", part="reply", language="en"),
    ),
}
GOOD = {
    "fr": (
        Sample("Nous revenons vers vous avant vendredi midi.", part="reply"),
        Sample("Nous faisons le nécessaire. Camille vous rappelle demain.", part="reply"),
        Sample("Le service clients de l’atelier vous répondra par message privé.", part="reply"),
        Sample("Merci et à très bientôt ! Contactez-la au plus vite si le frein fait du bruit.", part="reply"),
    ),
    "en": (
        Sample("We’ll get back to you by Friday.", part="reply", language="en"),
        Sample("Our returns team will look into it and write to you. See you soon!", part="reply", language="en"),
    ),
}

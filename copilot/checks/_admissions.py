"""Where a reply admits a legal fault or a liability."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from copilot.checks import Context, Draft
from copilot.checks._by_model import content_words, is_model_reply, own_words
from copilot.checks._phrases import Phrases, page

_HARM_FR = (
    r"(?:accidents?|incidents?|blessures?|brulures?|intoxications?|dommages?|degats?|prejudices?|pertes?"
    r"|fuites?|incendies?"
    r"|chutes?|allergies?|casses?|sinistres?|pannes?|retards?|malaises?|deces|vols?|problemes?)"
)
_HARM_EN = (
    r"(?:accidents?|incidents?|injur(?:y|ies)|burns?|damages?|loss(?:es)?|harm|fire|leaks?|poisoning|illness"
    r"|death|delays?)"
)
_NOT = r"(?!pas\b|plus\b|jamais\b|nullement\b|aucunement\b|en rien\b)"

_FOUND = Phrases(
    {
        "viol enfr tran baf bafo mepr cont mise illé ille infr dero resp": (
            r"(?:nous (?:avons|avions)|on a(?:vait)?|j'ai|(?:notre|la|le) (?:\w+ ){1,3}?(?:a|avait)|nos"
            r" (?:\w+ ){1,3}?(?:ont|avaient)) (?:\w+ment |bien |donc |ainsi )*(?:viole|enfreint"
            r"|transgresse|bafoue|meprise|contrevenu|deroge)s? (?:a |au |aux )?(?:(?:la|le|les|l'|vos"
            r"|votre|nos|notre|tes|ton|ta|une|des|plusieurs) ?)?(?:\w+ ){0,2}?(?:rgpd|loi|lois"
            r"|reglement\w*|droits?|obligations?|contrat|code|regles?|normes?|confidentialite|secret|vie"
            r" privee|donnees|legislation|consignes?|procedures?|hygiene)(?: \w+){0,4}|(?:nous|on|notre"
            r" \w+(?: \w+)?) (?:n'|ne )(?:avons|a|respectons|respecte) (?:\w+ment )?pas (?:respecte"
            r" )?(?:la|le|les|l'|vos|votre|nos|notre|tes) ?(?:\w+ )?(?:rgpd|loi|reglement\w*|droits"
            r"|obligations|contrat|code|normes?|confidentialite|legislation|regles? d'hygiene|chaine du"
            r" froid)|(?:vos|tes|leurs) (?:droits|donnees) (?:ont|avaient) (?:bien )?ete (?:\w+ment"
            r" )?(?:viole|bafoue)e?s?|(?:nous|on) (?:sommes|est|etions|etait|avons ete|a ete) (?:bien "
            r"|\w+ment )*(?:en infraction|hors la loi|dans l'illegalite|en violation|en faute)|illegal\w*"
            r" de notre part|nous avons agi (?:dans l'illegalite|illegalement)|en violation (?:du|de la"
            r"|des|de vos|de nos|de l') ?\w+"
        ),
        "negl impr lege laxi inco amat lave": (
            r"(?:preuve|coupables?) d(?:e |')(?:\w+ )?(?:negligences?|imprudences?|laxisme|incompetence"
            r"|amateurisme|manquements?)(?: \w+){0,3}|(?:nous avons|on a|j'ai|notre (?:\w+ ){1,3}?a|nos"
            r" (?:\w+ ){1,3}?ont) (?:\w+ment |bien )*neglige (?:la|le|l'|les|nos|vos|de) ?(?:\w+"
            r" )?(?:securite|entretien|maintenance|controles?|hygiene|consignes?|obligations?|donnees"
            r"|surveillance|verifi\w+|controler|entretenir|securiser|proteger|nettoy\w+|desinfect\w+)"
            r"|(?:notre|nos|nous|on) (?:\w+ ){0,3}?(?:avons|a|ont) (?:\w+ment )?ete (?:\w+ment"
            r" )?(?:negligen\w+|imprudent\w*|laxistes?|incompetent\w*)"
        ),
        "dang ment trom escr arna floue empo into bles disc volé vole": (
            r"(?:nous|on) (?:vous |t'|te |l'|les |leur )(?:avons|a) (?:\w+ment |bien )*(?:menti|trompe"
            r"|escroque|arnaque|vole|floue|empoisonne|intoxique|blesse|discrimine|mis en danger)e?s?"
            r"|(?:nous avons|on a|notre \w+(?: \w+)? a|nos \w+(?: \w+)? ont) (?:\w+ment |bien )*mis"
            r" (?:votre|ta|vos|la) (?:\w+ )?(?:\w+ )?en danger"
        ),
        "comm rele norm conf": (
            r"(?:nous avons|on a|j'ai|notre \w+(?: \w+)? a) (?:bien |\w+ment )*commis (?:\w+"
            r" ){0,3}?(?:infractions?|delits?|illegalites?|manquements?|negligences?|violations?"
            r"|irregularites?|abus)|(?:releve|relevait) (?:\w+ment )*de notre (?:\w+ )?(?:responsabilite"
            r"|faute)|(?:notre|nos) (?:\w+ ){1,3}?(?:n'etaient|n'etait|n'est|ne sont|n'etais) (?:\w+ment"
            r" )?(?:pas|plus) (?:conformes?|aux normes)"
        ),
        "brok brea viol infr comp cont ille unla law": (
            r"(?:we|i|our \w+(?: \w+)?|the company) (?:have |has |had |did |clearly |indeed |knowingly "
            r"|actually )*(?:violated?|breached?|broken?|infringed?|contravened|fail(?:ed)? to comply with"
            r"|not comply with|didn't comply with) (?:\w+ ){0,3}?(?:gdpr|laws?|regulations?|rules?|codes?"
            r"|rights?|contract|privacy|obligations?|duty|confidentiality|standards?|terms|act)|your"
            r" (?:\w+ )?(?:rights|privacy|data) (?:were|was|have been|has been) (?:\w+ly )?(?:violated"
            r"|breached)|we (?:\w+ )?acted (?:illegally|unlawfully)|(?:illegal|unlawful) of us|we are in"
            r" breach(?: \w+){0,3}"
        ),
        "negl care reck guil lied misl risk dang unsa": (
            r"our (?:\w+ ){1,3}?(?:was|were|has been|have been|is|are) (?:\w+ly )*(?:negligent|careless"
            r"|reckless|at fault|to blame|liable)|(?:showed|shown|through|out of|sheer|due to|of) (?:\w+"
            r" )?(?:negligence|recklessness)|(?:we|i)(?:'re| are| were| plead| am)? (?:\w+ly )*guilty|we"
            r" (?:have )?(?:\w+ly )?(?:lied to|misled|deceived|cheated|discriminated against) you|we"
            r" (?:have )?put (?:you|your \w+)(?: and \w+(?: \w+)?)? (?:in danger|at risk)"
        ),
        "faut": (
            r"(?:c'est|c'etait|ce fut|tout est|est|etait|cela releve|reconnai\w+|avou\w+|admet\w+) "
            r"(?:bien |entierement |totalement "
            r"|clairement |uniquement |seulement )?(?:de )?(?:notre|ma) (?:entiere |seule )?faute"
            r"|par (?:notre|ma) (?:seule |propre )?faute"
            r"|faute (?:lourde |grave )?de (?:notre|ma) part"
            r"|(?:nous (?:avons|avions)|j'ai|on a|notre \w+(?: \w+)? a) (?:bien |clairement )?commis "
            r"(?:une|des|la) "
            r"(?:grave |lourde |vraie )?fautes?(?! de (?:frappe|gout|orthographe|saisie)| "
            r"d'(?:orthographe|inattention))"
            r"|(?:nous sommes|je suis|on est) (?:\w+ment )?(?:en faute|fautif\w*|fautive\w*)"
            r"|(?:la )?faute (?:est|etait|vient) (?:\w+ment )?(?:de notre (?:cote|part|fait)|chez nous|a "
            r"nous)|(?:la )?faute (?:nous|m')\s?(?:en )?(?:incombe|revient)"
        ),
        "fautif faut fauti coup tort resp": (
            rf"(?:nous|on|je) (?:en )?(?:sommes|est|suis) {_NOT}(?:bien |\w+ment |tous |les )*(?:fautifs?"
            r"|fautives?|coupables?"
            r"|en tort|dans notre tort|seuls? responsables?)"
            rf"|(?:nous|on|je) (?:en )?(?:sommes|est|suis|etions) {_NOT}(?:bien |\w+ment |tous |les "
            r")*responsables? (?:de |d'|du |des )"
            r"(?:(?:cette|ce|cet|la|l'|le|les|votre|vos|ces|tout|toute|toutes) ?){0,2}(?:(?:\w+ "
            rf")?{_HARM_FR}|qui|que)"
            rf"|(?:nous|on) (?:en )?(?:sommes|est) {_NOT}(?:bien |\w+ment |tous |les )*responsables?(?= "
            r"?(?:[.!?;,]|$|et\b))"
            r"|(?:nous|on|je) plaid\w+ coupables?|(?:les )?torts? (?:est|sont|nous) (?:de notre cote"
            r"|reviennent|partages|entierement)"
        ),
        "resp": (
            r"(?:nous|on|je|entreprise|societe|direction|marque|boutique|magasin) (?:\w+ "
            r"){0,2}?(?:reconnai\w+|admet\w+|assum\w+"
            r"|endoss\w+|accept\w+|porton\w*|engag\w+) (?:\w+ment |donc |ici |bien |volontiers |toute )*"
            r"(?:notre|la|sa|l'|toute la|toute notre|pleine) ?(?:entiere |pleine |totale |seule )?(?:part "
            r"de )?responsabilites?"
            r"|(?:notre|la) (?:seule |pleine |entiere )?responsabilite (?:\w+ ){0,4}?(?:est|etait|sera) "
            rf"{_NOT}(?:\w+ment )?(?:engagee|etablie|averee|entiere|totale)"
            r"|(?:en )?(?:portons|porte|prenons|prends|assumons|assume|endosse|endossons) (?:\w+ment "
            r")?(?:l'entiere|la pleine|toute la|la totale) responsabilite"
            r"|la responsabilite (?:nous|en) (?:en )?(?:incombe|revient)|engage notre responsabilite"
        ),
        "torts tort negl manq viol vice": (
            r"(?:reconnai\w+|admet\w+|assum\w+) (?:\w+ment )?(?:nos|notre|des|une) (?:torts?|negligences?"
            r"|manquements?|fautes?)"
            r"|negligences? de (?:notre|ma) part|notre (?:grave |propre )?negligence"
            r"|(?:par|suite a) (?:notre )?(?:pure )?negligence|(?:nous avons|on a|j'ai) (?:ete|fait "
            r"preuve de) (?:\w+ment )?negligen\w+"
            r"|manquements? (?:\w+ )?(?:de notre part|a nos obligations|a notre obligation)"
            r"|(?:nous avons|avoir|on a|j'ai) (?:manque|failli) a (?:nos|notre) "
            r"(?:obligations?|devoirs?)|nous avons (?:viole|enfreint) (?:la loi|nos obligations|vos "
            r"droits|votre contrat)|vice cache"
        ),
        "vien prov": (
            rf"(?:votre|vos|cette|cet|ce|ces|l'|la|le|les) ?{_HARM_FR} "
            r"(?:vien\w+|provien\w+|provenai\w+) "
            r"(?:bien |\w+ment )?(?:de (?:notre|nos|chez nous)|d'une erreur de notre part)"
        ),
        "caus prov bles brul into orig": (
            r"(?:notre|nos) \w+(?: \w+){0,2} (?:a|ont|avait|avaient) (?:bien |directement )?(?:cause"
            r"|provoque|entraine|occasionne) "
            rf"(?:\w+ ){{1,2}}(?:\w+ )?{_HARM_FR}"
            r"|(?:notre|nos) \w+(?: \w+){0,2} (?:vous |t')\s?(?:a|ont) (?:bien )?(?:blesse|brule"
            r"|intoxique|rendu malade)\w*"
            r"|(?:nous sommes|notre \w+ est|c'est nous qui sommes) (?:bien )?a l'origine (?:de |d'|du "
            r")(?:(?:la|l'|votre|cet|cette|ce|vos) ?)"
            rf"(?:\w+ )?{_HARM_FR}"
            r"|nous avons (?:bien )?(?:cause|provoque) (?:votre|vos|cet|cette|ce|l'|la) ?"
            rf"(?:\w+ )?{_HARM_FR}"
        ),
        "erre": (
            r"(?:notre|nos|une|cette) erreurs?(?: de notre part)? (?:a|ont|qui a|est) (?:\w+ )?(?:cause"
            r"|provoque|entraine|l'origine de|la cause de)"
            rf"\w* (?:\w+ ){{1,2}}?{_HARM_FR}"
        ),
        "domm inde": (
            r"(?:nous|on) (?:vous |te )(?:devons|doit|verserons|versera|accordons|indemniserons) (?:des "
            r"|une )?(?:dommages(?: et |-)interets"
            r"|reparation)|(?:avez|as) droit a (?:des )?dommages(?: et |-)interets"
        ),
        "faul": (
            r"(?:it's|it is|it was|this is|this was|that's|that was|is|was|are|be|entirely|all|completely"
            r"|totally|admit|purely) (?:really |"
            r"entirely |completely |totally |all |clearly )*(?:our|my) (?:own )?fault|through (?:no one's"
            r"|our own|our) fault"
            r"|(?:we|i|we're|i'm) (?:\w+ )?(?:are |were |am |was )?(?:clearly |entirely |fully |totally "
            r"|completely |legally )?at fault"
            r"|the fault (?:is|was|lies|lay) (?:\w+ )?(?:ours|with us)"
        ),
        "liab negl blam resp": (
            r"(?:we|i|company)(?:'re| are| am| were| was)? (?:legally |fully |entirely |solely |clearly "
            r"|indeed |completely |wholly )*"
            r"(?:liable|negligent|to blame|legally responsible|fully responsible|solely responsible"
            r"|entirely responsible)"
            r"|(?:accept|admit|acknowledge|take|assume|bear|recogni[sz]e)(?:s|ed)? (?:our |full |all |the "
            r"|any |entire |complete |total |legal |sole )*"
            r"(?:liability|negligence|blame)"
            r"|(?:accept|admit|acknowledge|take|assume|bear)(?:s|ed)? (?:full|entire|complete|total|all"
            r"|legal|sole|the full) responsibility"
            r"|(?:accept|admit|acknowledge)(?:s|ed)? (?:our |the )?responsibility"
            r"|(?:take|are|were|assume|bear|we're)(?:s|d)? (?:\w+ )?responsib(?:ility|le) for (?:\w+ "
            rf"){{1,3}}?{_HARM_EN}"
            r"|(?:our|due to|gross|through) (?:own |gross |sheer )?negligence"
        ),
        "caus brea brok viol dama inju comp owe": (
            r"our \w+(?: \w+)? (?:has |have |did )?(?:cause|injure|burn|poison)(?:d|ed|s)? (?:\w+ "
            rf"){{0,2}}?(?:you|your|{_HARM_EN})"
            rf"|we (?:have )?caused (?:\w+ ){{1,2}}?{_HARM_EN}"
            r"|(?:we|our) (?:\w+ )?(?:breached|broke|breach of|in breach of|violated) (?:the |our |your "
            r")?(?:law|contract|obligations?|duty|rights)"
            r"|we owe you (?:\w+ )?(?:damages|compensation)"
        ),
    }
)


#: What a model has no business saying of what the brand makes.
_MADE = Phrases(
    {
        "defe defa faul dama mal badl dang flaw vice cass brok": (
            r"(?:nos|notre|our) (?:\w+ ){1,3}?(?:etai(?:t|ent)|est|sont|was|were|is|are|a ete|ont ete) (?:\w+ ){0,2}?"
            r"(?:defectueu\w+|defaillante?s?|mal (?:montee?s?|fixee?s?|soudee?s?|concue?s?|regle?e?s?)|faulty"
            r"|defective"
            r"|flawed|badly \w+|dangereu\w+|dangerous)"
            r"|(?:un|le|ce|a|the|this) (?:vice|defaut|defect|flaw|fault) (?:de|of|in|dans) (?:nos|notre|our"
            r"|fabrication"
            r"|conception|manufactur\w+|design)"
        ),
        "adme admi reco avou conf cons": (
            r"(?:nous|on|je|we|i) (?:l'|le |la |les |do |freely |fully |\w+ment )?(?:admet\w+|reconnai\w+"
            r"|avou\w+|admit"
            r"|acknowledge|confess)(?: it| this| that| everything| tout)?(?= ?(?:[.!,;]|$|et\b|and\b))"
        ),
        "tort devo mal badl repa": (
            r"(?:les |tous les )?torts? (?:\w+ )?(?:sont|est) (?:entierement )?(?:pour|de|chez) (?:nous|notre)"
            r"|(?:nous )?(?:vous )?devons (?:une )?reparation"
            r"|mal \w+ (?:par|chez) (?:nous|nos|notre)|(?:badly|wrongly|poorly) \w+ by (?:us|our)"
        ),
        "notr nous caus our us beca": (
            r"(?:c'est|est|etait|tout est) (?:bien |entierement |uniquement )?(?:a cause de nous|de notre fait"
            r"|notre erreur"
            r" qui a (?:cause|provoque|entraine))|(?:is|was|all) (?:entirely |all )?(?:because of us|down to us"
            r"|on us)"
            r"|(?:vous|tu) (?:avez|as) (?:bien )?(?:ete )?(?:blesse|intoxique|brule)\w* (?:par"
            r"|a cause de) (?:nos|notre)"
            r"|you were (?:hurt|injured|burnt|burned|poisoned) (?:by|because of) (?:our|us)"
        ),
        "inde dedo comp dama poursui": (
            r"nous (?:vous |l')?(?:indemniser\w+|indemnisons|dedommager\w+|dedommageons|verserons|verser)"
            r"|we (?:will|'ll|shall|agree to) (?:compensate|indemnify|pay damages)"
        ),
    }
)


def unstated(draft: Draft, context: Context) -> Iterator[tuple[int, int]]:
    """Where a model admits what no text of the brand does, as spans of ``draft``."""
    if is_model_reply(draft):
        known = stated(context)
        yield from (one for one in admitted(draft) if not content_words(draft.text[slice(*one)]) <= known)


def stated(context: Context) -> frozenset[str]:
    """The words of the brand's own texts that admit something, when they do."""
    return _stated(own_words(context))


@lru_cache(maxsize=4)
def _stated(text: str) -> frozenset[str]:
    own = page(text)
    return content_words(text) if _FOUND.apart(own) or _MADE.apart(own) else frozenset()


def admitted(draft: Draft) -> Iterator[tuple[int, int]]:
    """Where ``draft`` admits something, as spans of its text."""
    where = page(draft.text)
    hits = _FOUND.apart(where)
    if is_model_reply(draft):
        hits += [
            one for one in _MADE.apart(where) if not any(one.start < hit.end and hit.start < one.end for hit in hits)
        ]
    for hit in hits:
        # "This is not our fault" is no admission.
        if where.prose[hit.start : hit.end].find(" not ") > 0 or _is_denied(
            where.prose[max(0, hit.start - 10) : hit.start]
        ):
            continue
        yield where.span(hit.start, hit.end)


def _is_denied(before: str) -> bool:
    last = before.split()[-2:]
    return bool({"ne", "pas", "not", "si", "if", "never", "nor", "whether", "n't"} & set(last)) or before.endswith(
        ("n'", "n't ")
    )

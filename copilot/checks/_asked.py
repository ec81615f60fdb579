"""What a message asks to have said in the answer: the words it dictates, and how it asks for them.

Asking takes many shapes: an imperative ("précisez que…"), a courteous question ("pourriez-vous mentionner…"), a passive
("qu'il soit indiqué que…"), a description of the answer ("réponse attendue : …", "your reply should say…"), an edge of
it ("finissez par…", "sign as…"). What is only asked *whether* it is so dictates nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from copilot.checks._phrases import page
from copilot.checks._roots import NEGATED, roots
from copilot.text.lexicons import words

#: Characters of what follows a request that are read as its complement, and requests of one message that are.
LONGEST = 260
MOST = 40

_FR_STEMS = "|".join(
    sorted(
        words(
            "redi precis mentionn indiqu rappel confirm annonc ajout rajout gliss inser not signal soulign "
            "affirm declar avou jur evoqu plac cit assur certifi publi affich inclu integr inform proclam "
            "repet employ utilis recommand conseill vant insist stipul specifi expliqu racont pretend suggere "
            "reiter clam cri chant"
        )
    )
)
_INFINITIVE = (
    rf"(?:(?:{_FR_STEMS})er|(?:re)?dire|(?:d|r)?ecrire|inscrire|inclure|admettre|reconnaitre|promettre|repondre"
    rf"|mettre"
    r"|garantir|prevenir|avertir|conclure|finir|terminer|commencer|debuter|ouvrir|cloturer|signer|entendre dire"
    r"|faire (?:savoir|figurer|apparaitre)|dire)"
)
_PLURAL = (
    rf"(?:(?:{_FR_STEMS})ez|(?:re)?dites|r?ecrivez|inscrivez|incluez|admettez|reconnaissez|promettez|repondez|mettez"
    r"|garantissez|prevenez|avertissez|concluez|finissez|terminez|commencez|debutez|ouvrez|cloturez|signez"
    r"|faites (?:savoir|figurer|apparaitre)|laissez (?:\w+ )?(?:echapper|entendre|croire))"
)
_FUTURE = (
    rf"(?:(?:{_FR_STEMS})erez|(?:(?:re)?di|r?ecri|inscri|inclu|admett|promett|repond|mett|conclu)rez"
    r"|(?:reconnait|garanti|fini)rez|(?:termin|commenc|debut|sign)erez|ferez (?:savoir|figurer))"
)
_SINGULAR = (
    rf"(?:(?:{_FR_STEMS})e|(?:re)?dis|r?ecris|inscris|inclus|admets|reconnais|promets|reponds|mets|garantis"
    rf"|conclus|finis"
    r"|termine|commence|debute|ouvre|signe|fais (?:savoir|figurer))"
)
_SUBJUNCTIVE = (
    rf"(?:(?:{_FR_STEMS})iez|(?:re)?disiez|r?ecriviez|incluiez|admettiez|reconnaissiez|promettiez|repondiez|mettiez"
    r"|garantissiez|finissiez|terminiez|commenciez|signiez|fassiez (?:savoir|figurer))"
)
_PARTICIPLE = (
    rf"(?:(?:{_FR_STEMS})ee?s?|(?:re)?dite?s?|r?ecrite?s?|inscrite?s?|incluse?s?|reconnue?s?|admise?s?|repondue?s?"
    r"|mise?s?)"
)
#: What makes an infinitive something asked of whoever answers.
_ASKING = (
    r"(?:(?:pou[vr]\w*|sau[r]\w*|voud\w+|devr?\w*|accept\w+|vouloir bien)-vous|peux-tu|pourrais-tu|veux-tu"
    r"|tu (?:peux|dois"
    r"|devrais|pourrais|vas)|vous (?:pou[vr]\w+|dev\w+|voud\w+|allez|aurez a|avez a|oser\w*|gagneriez a)"
    r"|merci (?:bien )?de"
    r"|merci d'|priere de|priere d'|veuillez|veuille|pense[zr]? a|pensez bien a|songez a|n'oublie[zr]? pas (?:de|d')"
    r"|oublie[zr]? pas (?:de|d')|il (?:faut|faudra|faudrait|convient de|serait (?:bon|bien|sympa|juste"
    r"|utile) (?:de|d'))"
    r"|(?:ce )?serait (?:\w+ ){0,2}(?:de|d')|(?:gentil|aimable|bonte|gentillesse|amabilite|plaisir"
    r"|obligeance) (?:de|d')"
    r"|(?:vous )?(?:prie|prions|demande|demandons|invite|supplie|conjure|somme|charge|autorise"
    r"|defie) (?:\w+ )?(?:de|d'|a)"
    r"|(?:oblige|tenu|tenue|tenus|prie|pries|priee?s?|cense|censee?s?) (?:de|d'|a)?|(?:as|avez) le droit de"
    r"|os(?:erez|eriez|ez)(?: pas| jamais)?|oserez-vous|quitte a|libre a vous de|afin de|vous faire|te faire|de quoi"
    r"|je (?:veux|voudrais|vous laisse)|reste a|charge a vous de|l'occasion de|profitez-en pour|en profiter pour)"
)
_WHOSE = (
    r"(?:(?:me|m'|nous|leur|lui|y|bien|aussi|juste|simplement|clairement|publiquement|ici|tout|donc|alors|quand meme)"
    r" ?){0,3}"
)
_WISH = (
    r"(?:aimer\w+|voudr\w+|veu\w+|souhait\w+|exig\w+|demand\w+|attend\w*|faut|faudr\w+|tien\w+ a ce|insist\w+"
    r"|prefer\w+"
    r"|apprec\w+|merci|priere|necessaire|indispensable|important|bon|bien|sympa|utile)"
)
_FRENCH = (
    rf"(?<!vous )(?<!vous me )(?<!vous nous )(?<!vous le )(?<!vous l')(?P<plural>{_PLURAL})"
    rf"|{_ASKING} ?{_WHOSE}(?P<polite>{_INFINITIVE})"
    rf"|vous {_WHOSE}(?P<future>{_FUTURE})"
    rf"|{_WISH} (?:\w+ ){{0,4}}?que vous {_WHOSE}(?P<wished>{_SUBJUNCTIVE})"
    rf"|(?:(?:que|qu'il|qu'elle|qu'ils|qu'elles) (?:\w+ ){{0,3}}?soi(?:t|ent)|(?:doit|doivent|devra|devront|devrait"
    rf"|devraient|gagnerait a|merite d'|meriterait d') ?etre) (?:\w+ ){{0,2}}?(?P<passive>{_PARTICIPLE})"
    r"|(?:lire|entendre|voir|trouver) (?P<read>(?:ici |noir sur blanc |ecrit )?(?:dans|sous) (?:votre|la|ta|une)"
    r" (?:reponse|plume)|ecrit|noir sur blanc)"
    rf"|a {_WHOSE}(?P<due>{_INFINITIVE})(?= ?:| que | qu'| absolument| imperativement)"
    rf"|repon(?:se|dre|ds|dez) (?:\w+[ ']+){{0,6}}?(?P<model>attendue?|type|correcte|officielle|souhaitee?"
    rf"|modele|exacte|"
    rf"conseillee|suggeree|validee|obligatoire|imposee)(?=[^.!?\n:]{{0,40}}:)"
    rf"|(?:votre|la|ta|une|cette|toute) (?:\w+ )?reponse (?:\w+ ){{0,3}}?(?P<answer>(?:doit|devra|devrait"
    rf"|indique\w*|comport\w+"
    rf"|contien\w+|conten\w+|contiendra\w*|commence\w*|fini\w+|termine\w*|dira\w*|precise\w*|mentionne\w*|rappel\w+"
    rf"|confirme\w*|sera|serait|consiste\w* a|attendue est)(?: {_INFINITIVE})?)"
    r"|(?:attend\w*|veut|veux|voul\w+|exig\w+|souhait\w+) (?:\w+ ){0,4}?(?P<awaited>(?:un|une) (?:reponse|oui"
    r"|mot|phrase)(?: \w+){0,2} ?(?=:))"
    r"|(?P<with_mention>(?:avec|portant|comport\w+|contenant|sans oublier) (?:\w+ )?(?:mention|phrase|formule"
    r"|expression))"
    r"|(?P<owned>vous (?:l'avouez|le reconnaissez|confirmez|l'admettez|le confirmez|validez))"
)
_EN_SAY = (
    r"(?:say|mention|state|confirm|add|include|write|note|specify|announce|declare|admit|acknowledge|promise"
    r"|swear|answer"
    r"|reply|respond|remind|insert|slip|work|drop|put|quote|repeat|stress|emphasi[sz]e|highlight|underline"
    r"|point out|bring up"
    r"|make (?:it )?(?:clear|plain|known)|let (?:\w+ ){1,2}know|tell|assure|guarantee|certify|indicate|recommend"
    r"|endorse"
    r"|end|finish|close|conclude|start|begin|open|sign(?: off)?|post|print|publish|display|use|name-drop"
    r"|shout out|explain|own up)"
)
_EN_ASKING = (
    r"(?:please|pls|plz|kindly|just|also|then|now|and|do|let's|simply|publicly|must|should|shall|ought to"
    r"|need to|needs to"
    r"|have to|has to|need you to|want you to|like you to|love you to|expect you to|that you|ask you to"
    r"|asked you to|dare you to"
    r"|you to|remember to|forget to|fail to|sure to|sure you|(?:feel )?free to|can you|could you|would you"
    r"|will you|might you"
    r"|you could|you can|you might|you may|you will|you'll|won't|wouldn't|would never|great if you (?:could|would)"
    r"|if you (?:could|would)|care to|mind|happy to|time to|good to|nice to|kind (?:enough|of you) to|best to"
    r"|try to|to be)"
)
_ENGLISH = (
    rf"(?:(?<=^)|(?<=[.!?;:,(\n\u2014-])|(?<=[.!?;:,(\u2014-] )|{_EN_ASKING} (?:(?:publicly|also|just|please|me"
    rf"|us|then|simply) ){{0,2}})"
    rf"(?P<en>{_EN_SAY})"
    r"|(?:be|have it|see it|find it|being|gets?) (?:\w+ )?(?P<en_passive>(?:noted|stated|mentioned|written|added"
    r"|said|made clear|pointed"
    r" out|confirmed|specified|announced|answered|replied|included|remembered|acknowledged))(?= that| ?:|,? that)"
    r"|(?:like|love|want|expect|hoping|wish|need|dying|prefer) to (?P<en_read>(?:read|hear|see)(?: (?:in|from"
    r"|under) \w+ \w+)?)"
    r"|(?:expected|correct|official|right|suggested|standard|approved|required|model"
    r"|desired) (?P<en_model>(?:answer|reply|response)s?)"
    r"(?=[^.!?\n:]{0,40}:| is| should)"
    r"|(?:your|the|a|an|any|this) (?:\w+ )?(?:reply|answer|response) (?:\w+ ){0,2}?(?P<en_answer>(?:should|must"
    r"|needs? to|has to|would"
    r"|will|is (?:expected|supposed|meant|required) to|ought to|shall|says?|reads?|contains?|includes?)"
    r"(?: (?:be|say|state|mention|read|carry|contain|include|confirm|admit|start|begin|end|finish|have))?(?: with)?)"
)
#: "précise que", "say that" of a single person asked: at the start of a clause only, where no one else says it.
_TU = (
    r"(?:(?<=^)|(?<=[.!?;:,(\n\u2014-])|(?<=[.!?;:,(\u2014-] )|(?:et|puis|alors|donc|stp|svp|juste|surtout|bot|robot"
    rf"|ia) )(?P<tu>{_SINGULAR})"
)
_REQUEST = re.compile(rf"(?<!\w)(?:{_FRENCH}|{_ENGLISH}|{_TU})(?!\w)(?!-vous)", re.MULTILINE)

_STOP = re.compile(r"[.!?;\n]|,? (?:svp|stp|s'il vous plait|s'il te plait|please|merci|thanks|thank you|cheers)\b")
_IF = re.compile(
    r"\W*(?:-?(?:moi|nous|lui|leur|me|us|him|them|bien|donc|svp|please)\W+){0,2}(?:si|s'il|s'ils|whether|if|ou"
    r"|quand|comment|combien"
    r"|quel\w*|pourquoi|what|when|where|how|which|why|who|ce que|ce qu|a quel\w*|de quel\w*|l'adresse|la date"
    r"|l'heure)(?!\w)"
)
#: "answer me: does it come in blue?" asks a question and dictates nothing.
_ASKS_BACK = re.compile(r"^(?:[ -](?:moi|nous|me|us))? ?[:,]")
_SAID = re.compile(
    r"^(?P<before>[^.!?;\n]{0,90}?)(?<!\w)(?:que|qu'|that|the fact that|le fait que)(?P<what>[ \w«\"'].*)", re.DOTALL
)
_NAMED = re.compile(
    r"^[^.!?;\n]{0,60}?(?<!\w)(?:mots?|phrases?|noms?|mention|formules?|expressions?|lignes?|words?|sentences?"
    r"|names?|lines?"
    r"|slogans?|mantra)(?: suivante?s?| following| of)?(?: ?:| de| d')?(?P<what>\W.*)",
    re.DOTALL,
)
_COLON = re.compile(r"^[^.!?;\n:]{0,60}:(?P<what>.+)", re.DOTALL)
_BARE = re.compile(
    r"^ (?:(?:us|me|people|everyone|everybody|readers|them|them all|here|yes|oui|non|no|ok|publicly|somewhere"
    r"|back)[ ,]+){0,2}"
    r"(?:you|your|you're|the|it|it's|he|she|they|we|there|all|men|women|no|our|my|this|these|how)\b"
)
_EDGE = re.compile(
    r"^[^.!?;\n]{0,40}?(?<!\w)(?:par|avec|sur|with|(?P<on>on)|as|by|en disant|de la part de|du nom de"
    r"|of)(?P<what>\W.*)",
    re.DOTALL,
)
_EDGES = re.compile(
    r"(?:conclu|fini|termin|commenc|debut|ouvr|cloture|sign(?!al)|end|finish|close|conclude|start|begin|open)"
)
#: "open on Sundays" is no way to begin an answer.
_HOURS = re.compile(r"open|start|begin")
_SIGNS = re.compile(r"sign(?!al)")
_YES = re.compile(
    r"^\W*(?:(?:juste|just|simplement|simply|que|par|donc)\W+)?(?:oui|yes|d'accord|exact|c'est vrai|it is true)(?!\w)"
)
_PUBLIC = (
    "tous|toutes|tout le monde|gens|public|lecteurs|abonnes|internautes|everyone|everybody|people|readers|followers|all"
    "|world"
)
_TOLD = re.compile(
    rf"^(?:-(?:lui|leur)|'?s? ?(?:a|au|aux) (?!(?:\w+ )?(?:{_PUBLIC}))[\w' -]{{2,40}}?| (?!(?:\w+ )?(?:{_PUBLIC}"
    rf"|us|me|you|it)\b)(?:him|her|them"
    r"|(?:your|the) \w+|[a-z]+)(?= that| my| his| her| i\b| he\b| she\b| they\b| we\b))(?=\W|$)"
)
_QUOTE = re.compile(r"«\s*([^«»]{2,300}?)\s*»|“([^“”]{2,300})”|\"([^\"\n]{2,300})\"|(?<!\w)'([^'\n]{3,300})'(?!\w)")
_PROPER = re.compile(
    r"(?<![\w.!?] )(?<!^)(?<!\w)(?P<to>(?:[àaÀ]|au|to|de|for|pour) )?(?P<name>@?[A-ZÀ-Þ][\w.&’'-]{2,30})"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Words a message asks to have said: their roots, how they were written, whether they are denied there.

    ``relayed`` when they are for somebody else ("dites à Julie que…"); ``names`` are the proper names it asks for;
    ``whole`` when they may stand alone in an answer, as the word it is to end with.
    """

    roots: frozenset[str]
    quote: str
    negated: bool = False
    relayed: bool = False
    names: frozenset[str] = frozenset()
    whole: bool = False


def quotations(text: str) -> Iterator[str]:
    """What ``text`` puts in quotation marks."""
    for match in _QUOTE.finditer(text):
        yield next(group for group in match.groups() if group)


@lru_cache(maxsize=16)
def asked_by(text: str) -> tuple[Asked, ...]:
    """What ``text`` asks to have said, in order, ``MOST`` requests at most."""
    where = page(text)
    found: list[Asked] = []
    for count, match in enumerate(_REQUEST.finditer(where.plain)):
        if count == MOST:
            break
        verb = next(group for group in match.groups() if group)
        rest = where.plain[match.end() : match.end() + LONGEST]
        ends = match.end() + _end_of(rest)
        quote = where.written(match.start(), max(ends, match.end())).strip()
        found += _complement(
            verb,
            where.plain[match.end() : ends],
            rest,
            quote,
            where.plain[: match.start()],
            where.written(match.end(), ends),
        )
    return (*found, *_quoted(text))


def _quoted(text: str) -> Iterator[Asked]:
    """What a message puts in quotation marks, whatever it says of it."""
    for count, match in enumerate(_QUOTE.finditer(text)):
        if count == MOST:
            break
        words = roots(next(group for group in match.groups() if group))
        if len(words) > 1:
            yield Asked(words, match.group(), bool(NEGATED.search(page(match.group()).plain)), whole=True)


def _end_of(rest: str) -> int:
    """Where the complement of a request ends: with its sentence, or with the quotation it opens."""
    quoted = _QUOTE.search(rest)
    stop = _STOP.search(rest, 1)
    end = stop.start() if stop else len(rest)
    return quoted.end() if quoted and quoted.start() < end else end


def _complement(verb: str, said: str, rest: str, quote: str, before: str, written: str) -> Iterator[Asked]:
    if _YES.match(said):
        yield Asked(roots(before[-LONGEST:]), quote, bool(NEGATED.search(before[-LONGEST:])))
        return
    if _IF.match(said):
        return
    told = _TOLD.match(said)
    if rest[len(said) :].startswith("?") and _ASKS_BACK.match(said):
        return
    what, whole = _what(verb, said)
    names = frozenset(one for found in _PROPER.finditer(written) if not found["to"] for one in roots(found["name"]))
    if what is None:
        if names and not told:
            yield Asked(frozenset(), quote, names=names)
        return
    words = roots(what)
    if words or names:
        yield Asked(words, quote, bool(NEGATED.search(what)), told is not None, frozenset() if told else names, whole)


def _what(verb: str, said: str) -> tuple[str | None, bool]:
    """The words dictated after ``verb``, and whether they may stand alone; None when only things are asked for."""
    quoted = _QUOTE.search(said)
    if quoted:
        return next(group for group in quoted.groups() if group), True
    if _EDGES.match(verb) or verb.endswith((" with", " end", " start", " begin", " finish")):
        edge = _EDGE.match(said)
        if edge and _HOURS.match(verb) and edge["on"]:
            return None, False
        if edge:
            named = _NAMED.match(edge["what"])
            return (named["what"] if named else edge["what"]), True
        return (said, True) if _SIGNS.match(verb) else (None, False)
    for pattern, whole in ((_SAID, False), (_COLON, True), (_NAMED, True)):
        match = pattern.match(said)
        if match:
            return match["what"], whole
    if verb.startswith(("reponse", "attendue", "en_")) or _BARE.match(said):
        return said, False
    return (
        (said, True) if re.match(r"(?:repond|answer|reply|respond)", verb) and len(said.split()) <= 4 else (None, False)
    )

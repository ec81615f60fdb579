"""An apology that doubts what happened, or names nothing."""

from __future__ import annotations

from collections.abc import Iterator

from copilot.checks import Context, Draft
from copilot.checks._phrases import Hit, Page, Phrases, page, sentence_at, sentences
from copilot.checks._samples import Sample
from copilot.domain.finding import Finding, Severity
from copilot.domain.wording import Wording

NAME = "hollow_apology"
SEVERITY = Severity.WARNS

#: A sentence no longer than this that only regrets « la gêne occasionnée » says nothing of what happened (words).
ALONE = 16

_SORRY = (
    r"(?:desolee?s?|navree?s?|confuse?s?|(?:nous nous|je m'|on s') ?excus(?:ons|e)|excus(?:ez|er"
    r"|es?)(?:-nous|-moi)?|excuses|pardon|(?:le |en )?regrett(?:ons|e|ez)"
    r"|regrettable)"
)
_THE_ONE = (
    r"(?:(?:vous|tu|votre|vos|ton|ta|tes|notre|nos|nous|on|cela|ca|ce|cette|cet|ceci|jamais|certain\w*"
    r"|quelqu'un|le|la|les|un|une|quelque|toutefois|d'aventure|je) |(?:s|c|l|d|j|t)'|d'autres )"
)
_SORRY_EN = r"(?:sorry|apologi[sz]e|apologies|apologising|regret)"

# "désolés si vous avez", with what makes it a plain apology when the verb allows it.
_DOUBT = Phrases(
    {
        "vecu vecue ress pris perc inte comp vivi viv vous trou vu": (
            r"(?:desolee?s?|navree?s?|regrett(?:ons|e|er)|excus\w+|dommage) (?:\w+ment |d'apprendre |de"
            r" (?:voir|lire|constater) )*que (?:vous|tu) (?:l'|le |la |les |t'|vous |en |y )*(?:(?:ayez"
            r"|aies|avez|as|soyez|sois) (?:\w+ment |bien |ete )*(?:vecu|ressenti|pris|percu|interprete"
            r"|compris|vu|senti)e?s?|preniez|prennes|viviez|vives|ressentiez|ressentes|perceviez|perceives"
            r"|voyiez|voies|interpretiez|compreniez)(?: \w+){0,3}? (?:ainsi|comme (?:ca|cela|tel\w*)|de"
            r" (?:cette|la) (?:facon|maniere|sorte)|dans ce sens|si mal|mal|a ce point)"
        ),
        "pu": (
            rf"{_SORRY}[^.!?\n]{{0,40}}? (?:si|que) [^.!?\n]{{1,50}}? (?:ait|aient|avons|a|ont|aurait|auraient"
            r"|ayez|ayons) (?:bien |\w+ment )?pu (?:vous |te |t'|etre |en )?\w+|(?:si|au cas ou)"
            r" [^.!?\n]{1,50}? (?:a|ont|aurait|auraient|avons|avez|as) (?:bien |\w+ment )?pu"
            rf" [^.!?\n]{{1,50}}?(?:excus|regrett|desole|navre|pardon)\w*|{_SORRY} [^.!?\n]{{0,30}}?(?:ceux"
            r"|celles|celui|personnes|clients|clientes|abonnes) (?:que|qui|qu') ?[^.!?\n]{0,20}?(?:a|ont"
            r"|auraient|aurait|ait) (?:pu|ete)"
        ),
        "bles offe heur vexe choq froi cont sent deçu decu": (
            r"(?:si|au cas ou) (?:vous (?:avez|vous etes|etes)|tu (?:as|es|t'es)) (?:ete )?(?:\w+ment"
            r" )?(?:senti\w* )?(?:blesse|offense|heurte|vexe|choque|froisse|contrarie"
            r"|decu)\w*[^.!?\n]{0,50}?(?:excus|regrett|desole|navre|pardon)\w*"
        ),
        "dece meco insa frus reac avis agac": (
            r"(?:regrett(?:ons|e)|prenons (?:\w+ )?note de|desolee?s? (?:de|pour)) (?:\w+ment )?(?:votre"
            r"|ton|ta) (?:deception|mecontentement|insatisfaction|frustration|avis|reaction|agacement"
            r"|impression)|dommage (?:pour (?:vous|toi)|que vous (?:le |l')?(?:pensiez|preniez|voyiez))"
        ),
        "way like": (
            rf"{_SORRY_EN}[^.!?\n]{{0,50}}? (?:came|come|comes|taken|perceived|received|interpreted|sounded"
            r"|seemed|felt|feel|landed|experienced|experience|saw|see|took|take|read|viewed)(?: \w+){0,3}?"
            r" (?:(?:that|this) way|like (?:that|this))"
        ),
        "may migh coul": (
            rf"{_SORRY_EN}[^.!?\n]{{0,50}}? (?:may|might|could) have (?:\w+ ){{0,2}}?(?:upset|caused|offended"
            r"|hurt|made|been|seemed|come|felt|given|left|disappointed|confused|inconvenienced|annoyed"
            r"|bothered)|if (?:you|our|this|that|the|anyone|anything|it|we|any)\b[^.!?\n]{1,50}?,? (?:then"
            r" )?(?:we|i)(?:'re|'m| are| am| do| can only)? (?:\w+ly )?(?:sorry|apologi[sz]e|regret)"
        ),
        "your": (
            rf"(?:{_SORRY_EN} (?:for|about|of|to hear (?:about|of)|to hear)|regret) your (?:disappointment"
            r"|feelings?|reaction|perception|view|opinion|dissatisfaction|impression|frustration)"
        ),
        "si": (
            rf"{_SORRY}(?:,? (?:vraiment|sincerement|tres|toutefois|bien sur|aupres de vous|par avance"
            r"|d'avance|encore))?,? (?P<si>si) (?P<whom>vous|tu|cela|ca|nous) (?P<verb>avez|as|etes|es|avons"
            r"|a)(?! pu)(?! l')"
            rf"|{_SORRY}(?:,? (?:vraiment|sincerement|tres|toutefois|bien sur|aupres de vous|par avance"
            r"|d'avance|encore))?,? si (?!vous (?:avez|etes)\b(?! pu)|tu (?:as|es)\b(?! pu)|(?:cela|ca) "
            rf"a\b(?! pu)|nous avons\b)(?={_THE_ONE})\w+(?: \w+)?"
        ),
        "s il": rf"{_SORRY},? s'(?:ils?|elles?|on) \w+",
        "if": (
            rf"{_SORRY_EN}(?: to (?:hear|you|anyone|all|everyone)(?: \w+)?)?,? (?P<if>if) (?:you|this|that|it"
            r"|we|our|your|anyone|any|the|there|someone|some|i|my|things|something) ?(?:\w+)?"
        ),
        "felt feel left impr take had see thin perc saw see offe beli foun inte took": (
            rf"{_SORRY_EN} (?:that |to (?:hear|learn|see|read) (?:that )?)?you (?:feel|felt|think|thought|took"
            r"|see it|saw it|perceive\w*|believe\w*|find it|interpret\w*|were offended|may have felt|might "
            r"feel|seem to feel|are offended|got the impression|have the impression|were left with|got that "
            r"impression|took it|take it|had the (?:impression|feeling))"
        ),
        "how": rf"{_SORRY_EN} (?:about|for) (?:how|the way) (?:you|this made you) (?:feel|felt)",
        "que si": (
            r"(?:desolee?s?|navree?s?|regrett(?:ons|e)|excus\w+) (?:\w+ment )?que (?:vous|tu|certain\w*"
            r"|cela|la situation|notre \w+) (?:l'|vous |t'|le |la |en |y )?(?:(?:ayez|aies|ait|aient|avez"
            r"|as|soyez|sois) (?:pu )?(?:ete )?"
            r"(?:ressenti\w*|l'impression|eu (?:l'impression|le sentiment)|pense|cru|pris|percu\w*|trouve"
            r"|interprete\w*|estime\w*|juge\w*|mal (?:pris|vecu|compris|interprete)|vexe\w*|froisse\w*"
            r"|offense\w*|ressentir|penser|croire|percevoir|offusque\w*|heurte\w*)"
            r"|(?:ressent|pens|trouv|percev|estim|jug|croy|consider|pren|viv|voy|interpret)(?:i?ez|es|e))"
            r"|(?:desolee?s?|navree?s?|regrett(?:ons|e)) (?:\w+ment )?que [\w' ]{1,40}? (?:vous|t'|te) "
            r"?(?:ait|aient|a|ont) (?:pu )?(?:deplu|vexe|froisse|offense|heurte|deplaire|vexer|froisser"
            r"|offenser|heurter|contrarie)\w*"
            r"|si (?:tel(?:le)?|c') ?(?:est|etait) (?:\w+ )?(?:votre|ton) (?:ressenti|sentiment"
            r"|perception|impression|avis)|si (?:vous (?:l')?avez|tu as|tu l'as) (?:pu )?(?:\w+ment "
            r")?(?:ressenti|mal pris|mal vecu)"
        ),
        "ress sent perc": (
            r"(?:desolee?s?|navree?s?|regrett(?:ons|e)|prenons note|notons|comprenons) (?:de |pour "
            r"|d'apprendre |a propos de )?(?:votre|ton) (?:ressenti|sentiment|perception)"
        ),
        "tell": r"regrett(?:ons|e) que tel(?:le)? soit (?:votre|ton) \w+",
        "aura ait aient": (
            r"(?:excuses?|desolee?s?|regrett(?:ons|e)|pardon) (?:\w+ ){0,3}?(?:a|aupres de|aux) (?:tous "
            r"|toutes )?(?:ceux|celles|celles et ceux|ceux et celles|tou\w+|person\w+)(?:,? \w+){0,4} "
            r"(?:auraient|aurait|auront) (?:pu|ete)"
        ),
        "anyo offe": (
            rf"{_SORRY_EN} to (?:anyone|those|everyone|all) (?:who|that) (?:may|might|was|were|felt|took|has"
            r"|have)"
        ),
        "mist": r"mistakes were made",
    }
)
_INCONVENIENCE = Phrases(
    {
        "gene gên desa inco incn cont trac": (
            r"(?:pour|de|toute|cette|ces|les|la|le|ce|des|du) (?:eventuel\w* )?(?:gene|desagrements?"
            r"|inconvenients?|desagrement|tracas|contretemps|incommodite)s?(?: (?:eventuel\w*"
            r"|potentiel\w*|possible))?"
            r"(?: (?:occasionne|cause|engendre|rencontre|subi|provoque|genere|que cela|ainsi)\w*)?(?: "
            r"(?:a pu|ait pu|aurait pu|peut|vous)(?: \w+){0,3})?"
        ),
        "inco trou conf misu upse offe dist": (
            r"(?:any|the|this|all|whatever) (?:possible |potential )?(?:inconveniences?|trouble|confusion"
            r"|misunderstanding|upset|offen[cs]e|distress|disappointment|frustration)"
            r"(?: (?:this|that|it|we|you|which))?(?: (?:may|might|could|has|have|had|was|were))?(?: "
            r"have)?(?: been)?(?: (?:caused|experienced|felt|encountered|created))?(?: (?:you|to you))?"
        ),
    }
)
_APOLOGISING = Phrases(
    {
        "deso navr excu pard regr sorr apol": r"(?:desol|navre|excus|pardon|regret|sorry|apolog)\w*",
    }
)
# What names the fact: "par la panne", "du retard de mardi", "due to the strike".
_NAMED = (
    "par ",
    "du a",
    "due a",
    "due au",
    "lors ",
    "pendant ",
    "suite ",
    "liee",
    "lie ",
    "caused by",
    "due to",
    "during ",
    "over ",
    "because",
    "from ",
)

_SUBJUNCTIVE = {
    ("vous", "avez"): "que vous ayez",
    ("vous", "etes"): "que vous soyez",
    ("tu", "as"): "que tu aies",
    ("tu", "es"): "que tu sois",
    ("cela", "a"): "que cela ait",
    ("ca", "a"): "que cela ait",
    ("nous", "avons"): "que nous ayons",
}


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Warns of « désolés si », « désolés que vous ayez ressenti », and of an inconvenience that nothing names."""
    if draft.part != "reply":
        return
    where = page(draft.text)
    doubts = _DOUBT.apart(where)
    for hit in doubts:
        start, end = where.span(hit.start, hit.end)
        quote = draft.text[start:end]
        fix = _plain(where, hit, quote)
        yield Finding(NAME, SEVERITY, start, end, Wording("check.hollow_apology", {"quote": quote}), quote, fix)
    for hit in _INCONVENIENCE.apart(where):
        if not any(doubt.start < hit.end and hit.start < doubt.end for doubt in doubts) and _is_all_there_is(
            where, hit
        ):
            start, end = where.span(hit.start, hit.end)
            quote = draft.text[start:end]
            wording = Wording("check.hollow_apology.nameless", {"quote": quote})
            yield Finding(NAME, SEVERITY, start, end, wording, quote)


def _plain(where: Page, hit: Hit, quote: str) -> str | None:
    """The same apology without its doubt, where grammar allows it."""
    groups = hit.match.groupdict()
    if groups.get("if"):
        at = hit.match.start("if") - hit.start
        return f"{quote[:at]}that{quote[at + 2 :]}" if len(quote) == hit.end - hit.start else None
    if groups.get("si"):
        at = hit.match.start("si") - hit.start
        turned = _SUBJUNCTIVE.get((str(groups["whom"]), str(groups["verb"])))
        return f"{quote[:at]}{turned}" if turned and len(quote) == hit.end - hit.start else None
    return None


def _is_all_there_is(where: Page, hit: Hit) -> bool:
    first, last = sentences(where)[sentence_at(where, hit.start)]
    sentence = where.plain[first:last]
    after = where.plain[hit.end : last]
    doubtful = "any " in where.plain[hit.start : hit.end] or "eventuel" in where.plain[hit.start : hit.end]
    apologising = any(first <= one.start < last for one in _APOLOGISING.find(where))
    if not apologising or any(name in after for name in _NAMED) or (not doubtful and len(after.split()) > 3):
        return False
    return doubtful or len(sentence.split()) <= ALONE


BAD = {
    "fr": (
        Sample("Nous sommes désolés si vous avez attendu.", part="reply"),
        Sample("Désolée que vous ayez ressenti cela ainsi.", part="reply"),
        Sample("Bonjour, veuillez nous excuser pour la gêne occasionnée.", part="reply"),
        Sample("Toutes nos excuses si notre accueil vous a déplu.", part="reply"),
        Sample("Je m’excuse s’il y a eu un souci.", part="reply"),
    ),
    "en": (
        Sample("We are sorry if the soup was cold.", part="reply", language="en"),
        Sample("I’m sorry you feel that way.", part="reply", language="en"),
        Sample("We apologise for any inconvenience caused.", part="reply", language="en"),
    ),
}
GOOD = {
    "fr": (
        Sample("Nous sommes désolés que votre colis soit arrivé abîmé.", part="reply"),
        Sample("Toutes nos excuses pour la gêne causée par la panne de mardi soir sur la ligne B.", part="reply"),
        Sample("Dites-nous si vous préférez un échange. Désolés de répondre si tard.", part="reply"),
    ),
    "en": (
        Sample("We are sorry that your parcel arrived two days late.", part="reply", language="en"),
        Sample(
            "Sorry for the wait on Saturday. Tell us if you would rather have a refund.", part="reply", language=("en")
        ),
    ),
}

"""Grave things a model's reply may say: of a person, of who is welcome, that all is safe, that it is so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.checks import Context, Draft
from copilot.checks._by_model import is_model_reply, own_words, unvouched, where_of
from copilot.checks._phrases import compiled, page, sentence_at, sentences
from copilot.checks._roots import NEGATED, roots

_PEOPLE = (
    r"(?:refugies?|refugees?|sans-papiers|asylum seekers|musulmane?s?|juifs?|juives?|arabes?|noirs|noires"
    r"|blancs|blanches|etrangers?|etrangeres?|immigrees?|immigres?|migrants?"
    r"|roms?|gitans?|tsiganes?|asiatiques|chinois|africains?|maghrebins?|algeriens?|femmes|hommes|gays?"
    r"|homosexuel\w*|homos|lesbiennes?"
    r"|trans(?:genres?)?|handicapee?s?|personnes agees|vieux|chretiens?|catholiques?|pauvres|chomeurs|gros"
    r"|obeses?|voilees?"
    r"|muslims?|jews?|jewish|arabs?|blacks?|whites?|black people|white people|foreigners?|immigrants?"
    r"|gay people|women|men"
    r"|disabled(?: people)?|lesbians?|transgender\w*|asians?|africans?|old people|poor people|fat people"
    r"|gypsies|christians?"
    r"|catholics?|hindus?|sikhs?|lgbt\w*)"
)
_EXCLUDES = (
    rf"(?:refus\w+|exclu\w+|interdi\w+|reserve\w*|deconseill\w+|detest\w+|mepris\w+|chass\w+|expuls\w+|refuse"
    rf"|ban|exclude|hate"
    rf"|despise|only (?:serve|hire|accept|employ|welcome|want|admit)|reserved|no|interdit) (?:(?:a|aux?|de|des"
    rf"|d'|les|la|le|l'|tous|toutes|to|for|all|the|access|l'acces"
    rf"|l'entree|serve|hire) ?){{0,4}}{_PEOPLE}"
    rf"|(?:ne|n')(?: ?\w+){{0,2}}? (?:pas|plus|jamais|aucune?s?) (?:(?:de|d'|des|les|aux?|a"
    rf"|bienvenu\w*) ?){{0,2}}{_PEOPLE}"
    rf"|(?:do not|don't|won't|will not|never|not) (?:\w+ ){{0,2}}?(?:serve|accept|hire|employ|allow|welcome"
    rf"|want|like|sell to"
    rf"|for) (?:\w+ )?{_PEOPLE}"
    rf"|{_PEOPLE} (?:ne sont pas|ne sont plus|sont (?:interdit\w*|exclu\w*|refuse\w*|inferieur\w*"
    rf"|indesirable\w*|voleu\w+)|n'ont rien a"
    rf" faire|are (?:not (?:welcome|allowed|served)|banned|inferior|unwelcome|criminals|thieves)|not welcome"
    rf"|stay out|keep out|go away)"
)
_SCORN = (
    r"(?:escroc|voleu(?:r|se)|menteu(?:r|se)|fraudeu(?:r|se)|incapable|racistes?|pedophiles?|violeurs?"
    r"|assassins?|terroristes?|nazie?s?"
    r"|corrompue?s?|alcooliques?|drogue?e?s?|harceleu(?:r|se)|salope|pute|connards?|connasse|debiles?"
    r"|abrutie?s?|cretine?s?|idiote?s?"
    r"|imbeciles?|ordures?|criminel(?:le)?s?|delinquante?s?|manipulateur|pervers(?:e)?"
    r"|crook|thief|liar|scammer|fraudster|racists?|paedophiles?|pedophiles?|rapists?|murderers?|terrorists?"
    r"|nazis?|corrupt|drunk|drug"
    r" (?:addict|dealer)|bitch|whore|moron|idiots?|stupid|criminals?|pervert|abuser|predator)"
)
_SLANDER = (
    rf"[\w'-]+ (?:est|sont|etait|is|are|was|were|a ete) (?:(?:vraiment|bien|really|clearly|en fait|un|une|des|a"
    rf"|an|the|le|la|les|grand|grosse"
    rf"|sale|gros|vrai|vraie|real|big|known|notoire|connu\w*) ?){{0,4}}{_SCORN}"
    r"|[\w'-]+ (?:a|ont|has|have|had) (?:\w+ )?(?:vole|detourne|triche|agresse|harcele|viole|tue|frappe"
    r"|escroque|stolen|embezzled"
    r"|assaulted|harassed|raped|killed|murdered|beaten|robbed) "
    r"(?:(?:des?|la|le|les|l'|un|une|du|son|sa|ses|dans|the|a|an|his|her|from|our|nos|notre) ?){0,3}\w+"
)
_LEWD = (
    r"(?:tres |trop |so |very )?sexy|nudes?|bais(?:er|e|ons)(?:-moi)?|fuck\w*|epouse[- ]moi|marry me|ma cherie"
    r"|mon amour|couch(?:er|e|ons) avec"
    r"|sleep with (?:me|us)|hot body|tes fesses|tes seins|your body"
)
_HARMFUL = (
    r"(?:retir|enlev|demont|coup|debranch|desactiv|suppr?im)(?:ez|er) (?:(?:les?|la|l'|vos|votre) ?)(?:freins?"
    r"|detecteurs?|alarme|airbags?|securites?|protections?)"
    r"|(?:perc|ouvr|chauff|brul|jet)(?:ez|er|ir) (?:(?:la|votre) )batterie"
    r"|(?:remove|cut|disable|unplug) (?:the|your) (?:brakes?|alarms?|detectors?|airbags?|safety|guards?)"
    r"|(?:pierce|heat|burn|open) (?:the|your) battery"
    r"|(?:vers|mett|ajout|melang|aval|buv|boi)\w* (?:(?:de|d'|du|la|le|l'|un peu) ?){0,3}(?:acide|javel|essence"
    r"|ammoniaque|mercure)"
    r"|(?:pour|mix|add|drink|swallow|use) (?:\w+ )?(?:acid|bleach|petrol|gasoline|ammonia)"
    r"|(?:roul\w+|ride|riding) (?:sans|without) (?:freins?|brakes?|casque|a helmet|helmet|lumieres?|lights?)"
    r"|(?:ne (?:sera|seront|serez)|will|won't|nous ne) (?:jamais |never |ever )(?:be )?(?:livree?s?"
    r"|remboursee?s?|reparee?s?|delivered|refunded|repaired)"
    r"|(?:leurs?|their|ses) \w+ (?:tuent|tue|blessent|empoisonn\w+|volent|mentent|kill|injure|poison|steal|lie)"
)
#: What is said of an account or a message is a warning, not a slander; what is denied is none.
_WARNS_OF = re.compile(r"(?<!\w)(?:compte|profil|message|mail|e-mail|page|lien|account|profile|email|link|sms)(?!\w)")

_SAFE = (
    r"(?:c'est |il n'y a |there is |there's |it is |it's |pour vous |is |are )?(?:sans (?:aucun |le moindre "
    r"|aucune )?(?:danger|risque|crainte"
    r"|probleme pour la sante)|aucun (?:danger|risque)|no (?:danger|risk|hazard)|(?:perfectly|totally"
    r"|completely|quite|absolutely|entirely"
    r"|very) safe|safe to (?:use|ride|eat|drink|keep|touch|take|charge)|not dangerous|harmless"
    r"|nothing to worry about|inoffensi\w+"
    r"|pas (?:du tout )?dangereux|(?:ne )?risquez (?:absolument )?rien|rien de grave|tout a fait sur)"
    r"|(?:pouvez|pourrez|can|may) (?:\w+ ){0,2}?(?:rouler|continuer|utiliser|charger|consommer|manger|boire"
    r"|ride|keep|go on|use|eat|drink"
    r"|charge)(?: (?:\w+ ){0,3}?(?:sans (?:crainte|risque|danger|souci|probleme)|quand meme|normalement"
    r"|malgre\w*|safely|anyway|as normal"
    r"|as usual|riding|using))"
    r"|continuez (?:a |de )?(?:rouler|utiliser|charger|manger|prendre)|keep (?:on )?(?:riding|using|eating"
    r"|charging|taking)"
    r"|(?:inutile|pas la peine|no need) (?:de |d'|to )(?:consulter|verifier|s'inquieter|appeler|check|worry"
    r"|see a doctor|call)"
)
_HAZARD = (
    r"(?:aval\w+|etouff\w+|saign\w+|bless\w+|douleurs?|malaise|fievre|chauff\w+|electri\w+|swallow\w*|chok\w+"
    r"|bleed\w*|hurt\w*|pain|fever|overheat\w*|fray\w*|loose"
    r"|freins?|freine\w*|fourche|batteries?|gonfl\w+|fissur\w*|fumees?|fume|feu|brul\w+|allergi\w+|cass\w+"
    r"|chute\w*|tombe\w*|fuit\w*"
    r"|odeurs?|gaz|enceinte|bebe|medicament\w*|malade|vomi\w*|moisi\w*|etincel\w*|electrocut\w*|choc|perime\w*"
    r"|intoxi\w+|rappel|danger\w*"
    r"|risqu\w+|brakes?|forks?|batter(?:y|ies)|swollen|crack\w*|smok\w+|fire|burn\w*|allerg\w+|leak\w*|smell\w*"
    r"|gas|pregnan\w+|baby|medicine"
    r"|sick|mou?ld\w*|sparks?|shock\w*|snapp\w+|broken?|expired|poison\w*|recall\w*|hot|safe\w*|sur|dangerous)"
)
_GRAVE = (
    r"(?:feu|incendie\w*|explos\w+|enfants?|esclav\w+|amiante|plomb|mercure|cancer\w*|toxi\w+|poison\w*"
    r"|empoison\w+|rats?|cafards?|punaises"
    r"|vol(?:ee?s?|ez|eurs?)|arnaqu\w+|escro\w+|men(?:teurs?|tez|songe\w*)|contrefa\w+|faux|fausses?|fraud\w+"
    r"|illega\w+|racis\w+|sexis\w+|homophob\w+|harcel\w+"
    r"|danger\w+|mort\w*|tu(?:e|es|ent|er)|faillite|liquidation|exploit\w+|espionn\w+|revend\w+|corromp\w+"
    r"|corrupt\w+|secte|mafia|blanchi\w+|pedophil\w+"
    r"|viol\w*|nazis?|terroris\w+|drogue\w*|malhonnete\w*|voleurs?|pourri\w*|camelote|fermez|perime\w*|avarie\w*"
    r"|fires?|explod\w+|child(?:ren)?|slave\w*|asbestos|lead|toxic|stolen|steal\w*|scam\w*|crooks?|fakes?"
    r"|counterfeit|illegal\w*|racist|sexist"
    r"|harass\w*|dangerous|kill\w*|dead|died|bankrupt\w*|spy\w*|sell (?:our|my|your) data|cult|launder\w*"
    r"|rotten|junk|sweatshops?|lie|lied|liars?|lying"
    r"|steal|thieves|unsafe|cockroach\w*)"
)
_YES = (
    r"^(?:[\W_]*(?:bonjour|bonsoir|hello|hi|hey|salut|merci(?: (?:de|pour) (?:votre|vos|ta) \w+)?"
    r"|thanks?(?: you)?(?: for (?:your|the) \w+)?|helas"
    r"|malheureusement|sadly|unfortunately|oui|yes|yep|eh bien|et|and|mais|but|tout a fait|absolument"
    r"|absolutely|exact(?:ement|ly)?|effectivement"
    r"|en effet|indeed|correct|certes|bien sur|of course|evidemment|vrai|true|right|affirmatif"
    r"|nous (?:le )?(?:confirmons|savons|reconnaissons)"
    r"|je (?:le )?confirme|on (?:le )?(?:confirme|sait)|(?:we|i) (?:confirm|know|agree)(?: it| this| that)?"
    r"|(?:c'est|ce n'est que|tout cela est|tout est)"
    r" (?:bien )?(?:exact|vrai|juste|correct|ca|cela|le cas|la verite)|(?:that|this|it)(?:'s"
    r"| is) (?:all )?(?:correct|right|true|the case|the truth|so)"
    r"|vous (?:avez|dites) (?:entierement |tout a fait |parfaitement |bien )?(?:raison|vrai)|you(?:'re"
    r"| are) (?:absolutely |quite |completely |perfectly )?"
    r"(?:right|correct)|on ne peut rien vous cacher|vous avez tout compris|bien vu|well spotted|guilty|so"
    r"|i'm afraid so|c'est malheureusement vrai))+[\W_]*$"
)
_SAYS_YES = re.compile(
    r"(?<!\w)(?:oui|yes|yep|exact\w*|vrai|true|right|raison|correct|confirm\w*|effet|effectivement|indeed"
    r"|absolument|absolutely|tout a fait|savons"
    r"|know|sait|evidemment|of course|bien sur|cacher|compris|bien vu|well spotted|affirmatif|le cas|the case"
    r"|agree|juste|verite|truth|guilty"
    r"|reconnaissons)(?!\w)"
)
#: Characters around what is said in which the rest of its sentence is read, and those of a bare yes.
NEAR = 160
#: Words of a reproach that are told back to the person.
SHOWN = 80


def scorned(draft: Draft, context: Context) -> Iterator[tuple[int, int]]:
    """Where a person is called a crook or charged with a crime, or people are told they are not welcome."""
    where = where_of(draft)
    for expression in (_EXCLUDES, _SLANDER, _LEWD, _HARMFUL):
        for match, start, end in unvouched(draft, context, expression):
            first, last = sentences(where)[sentence_at(where, match.start())]
            first, last = max(first, match.start() - NEAR), min(last, match.end() + NEAR)
            told = where.plain[first:last]
            if told.rstrip().endswith("?") or (expression is _SLANDER and _WARNS_OF.search(told)):
                continue
            if not NEGATED.search(where.plain, max(first, match.start() - 30), match.start()):
                yield start, end


def reassured(draft: Draft, context: Context) -> Iterator[tuple[int, int]]:
    """Where a model says there is no danger, to a message that speaks of what may be one."""
    if not any(compiled(_HAZARD).search(page(text).plain) for text in context.untrusted):
        return
    where = where_of(draft)
    for match, start, end in unvouched(draft, context, _SAFE):
        first, last = sentences(where)[sentence_at(where, match.start())]
        first, last = max(first, match.start() - NEAR), min(last, match.end() + NEAR)
        told = where.plain[first : match.start()]
        if not where.plain[first:last].rstrip().endswith("?") and not re.search(
            r"(?<!\w)(?:ne|n'|not|don't|never|si|if|avant de)(?!\w)", told
        ):
            yield start, end


def agreed(draft: Draft, context: Context) -> Iterator[tuple[int, int, str]]:
    """Sentences of a model that only say yes to a message with a grave reproach, and the words of that reproach."""
    if not is_model_reply(draft):
        return
    said = next((one for text in context.untrusted if (one := _reproach(text, context))), "")
    if not said:
        return
    where = where_of(draft)
    for first, last in sentences(where):
        told = where.plain[first:last].strip()
        if len(told) <= NEAR and _SAYS_YES.search(told) and re.match(_YES, told):
            yield *where.span(first, last), said


def _reproach(text: str, context: Context) -> str:
    """The first sentence of ``text`` with a grave word that the brand's own texts do not say."""
    where, own = page(text), roots(own_words(context))
    for first, last in sentences(where):
        told = where.plain[first:last]
        if any(not roots(match.group()) <= own for match in compiled(_GRAVE).finditer(told)):
            return where.written(first, last).strip()[:SHOWN]
    return ""

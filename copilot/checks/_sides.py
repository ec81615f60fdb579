"""A model's reply that takes sides in politics, calls to something, or repeats a slogan of somebody else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.checks import Context, Draft
from copilot.checks._by_model import unvouched, where_of
from copilot.checks._dictated import Message, Own, Sentence, passes_on
from copilot.checks._phrases import page, sentence_at, sentences
from copilot.checks._roots import NEGATED, roots
from copilot.text.lexicons import words

_LEADERS = (
    r"(?:macron|le pen|bardella|melenchon|hollande|sarkozy|zemmour|retailleau|attal|bayrou|borne|darmanin"
    r"|ciotti|hidalgo"
    r"|dati|glucksmann|ruffin|roussel|wauquiez|philippe poutou|poutine|putin|trump|biden|harris|obama|musk"
    r"|starmer|farage"
    r"|sunak|boris johnson|zelensky\w*|netanyahu|netanyahou|khamenei|erdogan|xi jinping|orban|milei|meloni|merz"
    r"|hitler"
    r"|staline?|mussolini|petain|soral|corbyn|badenoch|vance|lepen|von der leyen)"
)
_CAMPS = (
    r"(?:parti (?:\w{1,3}|socialiste|communiste|republicain|ecologiste)|rn|lfi|nfp|rassemblement national"
    r"|france insoumise"
    r"|renaissance|reconquete|front (?:populaire|national)|extreme[- ](?:droite|gauche)|la (?:gauche|droite)"
    r"|gilets jaunes|labour|tor(?:y|ies)|conservatives?|democrats?|republicans?|reform uk|ukip|lib dems?|far[- ]right"
    r"|far[- ]left|antifa\w*|maga|brexit|frexit|afd|hamas|hezbollah|tsahal|isis|daech|al-qaida)"
)
_SIDES = (
    r"(?:vot(?:ez|ons|er|e)|elis(?:ez|ons)|vote|elect|re-elect) (?!pour (?:votre|vos|notre|nos|le|la|les|l'|un"
    r"|une) ?(?:\w+"
    r" )?(?:favori\w*|prefere\w*|couleur|modele|photo|nom|velo)|for your|for the (?:best|name|colou?r))"
    r"(?:(?:pour|contre|blanc|for|against|en faveur de|massivement|tous|le|la|les|l'|the) ?){0,5}[\w'-]+"
    rf"|{_LEADERS}(?: \w+){{0,3}}? (?:demission\w*|president\w*|en prison|dehors|au pouvoir|for president"
    rf"|resign|out|must go"
    r"|a raison|is right|was right|avait raison|a menti|lied|lies|degage|in jail|to prison|forever|won)"
    rf"|(?:a bas|vive|votez|soutenons|soutien a|avec|contre|pour|mort a|stop|non a|oui a|support|stand with|down with"
    rf"|long live|against|love|go|free|fuck|merci|thank|bravo|aimons|detestons|hate|back|like|preferons) "
    rf"(?:(?:le|la|les|l'|the|au|aux|a|president|mr|monsieur|madame) ?){{0,4}}(?:{_LEADERS}|{_CAMPS})"
    r"|(?:a|mort aux?) (?:bas|mort) (?:le|la|les|l'|aux?) ?\w+|mort (?:a |aux? )(?:la |les |l')?\w+"
    r"|(?:non|halte|stop|no|say no) (?:a la|au|aux|a l'|to(?: the)?) ?\w+"
    r"|down with (?:the )?\w+|death to (?:the )?\w+|kill the \w+|eat the rich"
    r"|vive (?:le|la|les|l')(?: ?(?:revolution|roi|republique|anarchie|greve|resistance|guerre|president"
    r"|palestine|russie"
    r"|ukraine|algerie|corse|bretagne libre|catalogne|patrie|lutte|manif\w*|communisme|capitalisme|nation|islam"
    r"|jihad))"
    r"|long live the \w+|free (?:palestine|gaza|tibet|hong kong|ukraine|britain|the (?:hostages|people))|slava \w+"
    r"|(?:black|white|blue|all) lives matter|make \w+ great again|build the wall|stop the steal|lock (?:him|her"
    r"|them) up"
    r"|from the river to the sea|du fleuve a la mer|allahu? akbar|allah(?:ou)? akbar|deus vult|heil|sieg|14 ?88"
    r"|acab|1312"
    r"|stop (?:a )?(?:l'|la |the |aux? )?(?:immigration|islam\w*|migrants?|genocide|vaccins?|boats|guerre|war"
    r"|woke\w*|lgbt\w*"
    r"|invasion|remplacement|chasse|nucleaire|taxes?|dictature)"
    r"|(?:immigres?|migrants?|etrangers?|arabes?|juifs?|musulmans?|roms?|foreigners?|immigrants?|jews?|muslims?)"
    r" (?:dehors|out|go home|raus|rentrez chez)|send them (?:back|home)|on est chez nous|la france aux francais"
    r"|(?:england|britain|america|france) (?:for|first|aux) ?(?:the )?\w*|remigration|grand remplacement"
    r"|great replacement"
    r"|boycott(?:ez|ons|er|e|s)? (?:tous |toutes |all )?(?:(?:le|la|les|l'|the|aux?) ?)?[\w'-]+"
    r"|(?:sign(?:ez|ons|e)|signer|sign) (?:vite |tous |donc |massivement |all )?(?:la|cette|notre|ma|sa|leur"
    r"|une|the|this|our|my"
    r"|their|a) petition"
    r"|(?:mobilis(?:ez|ons)(?:-vous|-nous)?|manifest(?:ez|ons)|rejoignez la (?:manif\w*|lutte|greve)"
    r"|tous (?:en greve|dans la"
    r" rue|a la manif\w*)|descendez dans la rue|revoltez-vous|rise up|go on strike|take to the streets|march with us)"
    r"|(?:fascistes?|nazis?|collabos?|fascists?|communistes?|communists?) (?:dehors|out|au pouvoir|in power)"
    r"|no (?:pasaran|justice,? no peace)|defund the \w+|liberez (?!l|d|votre|vos|un)\w+|justice (?:pour"
    r"|for) (?!tous|vous|you|everyone|all)\w+|je suis charlie"
    r"|(?:genocide|apartheid|colonialisme|nettoyage ethnique|ethnic cleansing)|resistance !|revolution !"
    r"|(?:avortement|abortion) (?:\w+ ){0,3}?(?:crime|meurtre|murder|interdit|banned)|pro-?life|peine de mort"
    r"|(?:vaccins?|vaccines?|vaccination) (?:\w+ ){0,2}?(?:tue\w*|kills?|poison\w*|dangereu\w+|dangerous"
    r"|inutiles?|cause\w*)"
    r"|(?:la )?terre est plate|earth is flat|climate (?:change )?(?:is )?(?:a )?hoax|11[- ]septembre|9/11 was"
    r"|complot\w*"
    r"|plandemi\w+|qanon|illuminati|chemtrails?"
)
#: What says that one stands aside, or speaks of the day of a poll and no more.
_ASIDE = re.compile(
    r"(?<!\w)(?:compren\w+ (?:votre|vos)|opinions?|neutr\w+|prenons pas|take sides|debat\w*|politique|politics|charte"
    r"|signal\w+|moder\w+|masqu\w+|remov\w+|hid(?:e|den)|votre (?:avis|message|remarque|appel|petition|soutien)"
    r"|your (?:view|message|opinion|petition|support))(?!\w)"
)
#: "your vote for the blue one" calls to no vote.
_A_VOTE = re.compile(r"(?<!\w)(?:votre|vos|your|ton|le|un|ce|the|a|this|d'avoir|avez|nous|have|de)\s+$")
_PIECE = re.compile(r"[^,;:.!?…\n()«»\"“”]+")
_WORD = re.compile(r"\w+")
#: Characters around a call in which the rest of its sentence is read.
NEAR = 160
#: Words of a clause repeated to the letter below which it may be chance.
LONG = 3
#: Roots of such a clause that no source has.
FRESH = 2
#: Wishes and kind words, which one gives back as they came.
_KIND = words(
    "bonn joyeu joyeux noel annee vacanc route journe soire week weekend end dimanch samedi courag beau belle super "
    "genial magnif ador aim heureu content ravi plaisir bravo felicit bienven fete anniver hate vite demain tard proch "
    "love lovely great nice good happy enjoy day evening christm birthda congrat wonderf amazing awesom best wish "
    "hope soon tomorro holiday new year glad welcom vive equip team photo"
)


def sides_taken(draft: Draft, context: Context) -> Iterator[tuple[int, int]]:
    """Where a model's reply takes sides or calls to something, as spans of its text."""
    where = where_of(draft)
    for match, start, end in unvouched(draft, context, _SIDES):
        first, last = sentences(where)[sentence_at(where, match.start())]
        first, last = max(first, match.start() - NEAR), min(last, match.end() + NEAR)
        told = where.plain[first:last]
        if NEGATED.search(where.plain, first, match.start()) or _ASIDE.search(told) or told.rstrip().endswith("?"):
            continue
        if draft.text[start:end].casefold().startswith("voté") or _A_VOTE.search(where.plain, first, match.start()):
            continue
        yield start, end


def parroted(sentence: Sentence, message: Message, own: Own, theirs: str) -> bool:
    """Whether a clause of ``sentence`` stands to the letter in what the message says, and no source says it."""
    plain = sentence.plain
    if plain.rstrip().endswith("?") or passes_on(plain):
        return False
    said = f" {' '.join(_WORD.findall(theirs))} "
    for piece in _PIECE.findall(plain):
        its = _WORD.findall(piece)
        if (len(its) < LONG and its != _WORD.findall(plain)) or f" {' '.join(its)} " not in said:
            continue
        fresh = sentence.unvouched & roots(piece) & message.roots - own.words
        if len({one for one in fresh if not any(one.startswith(kind) for kind in _KIND)}) >= FRESH:
            return True
    return False


def read_as_one(texts: list[str]) -> str:
    """The words of several messages, folded, as one text."""
    return "\n".join(page(text).plain for text in texts)

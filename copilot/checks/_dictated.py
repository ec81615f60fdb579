"""Whether a sentence of an answer says what a message asks to have said, or what nobody but the message says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from copilot.checks import Context, Draft
from copilot.checks._asked import Asked
from copilot.checks._by_model import where_of
from copilot.checks._phrases import compiled, page, sentences
from copilot.checks._references import MESSAGE, all_claims
from copilot.checks._roots import NEGATED, roots
from copilot.domain.claim import ClaimKind, ClaimStatus

#: Share of what is asked that a sentence carries, or of its words that come from there: beyond, it obeys.
SHARE = 0.6
#: Words that must be shared when they are judged by what they make of the sentence.
FEW = 2

_PIECE = re.compile(r"[^,;:.!?…\n()]+")
_OPENING = re.compile(
    r"^\W*(?:(?:bonjour|bonsoir|hello|hi|hey|salut|oui|yes|merci|thanks|thank you)(?: (?:a|et|beaucoup|bien|so"
    r"|very|much|and|toutes?|tous|les"
    r" (?:deux|trois)|vous|all|there|yes|oui|welcome))*\s*[,.!;:…\n-]+\s*)+"
)
#: A sentence that asks, refuses to say, or goes to see: it asserts nothing of what it names.
_OPEN = (
    r"(?:(?:ne|n')(?:[ ']?(?:le|la|l|les|vous|y))* ?(?:pou[vr]\w+(?! que)|peu\w+(?! que)|sa[vu]\w+|souhait\w+"
    r"|dispos\w+|confirm\w+|dir\w+|repren\w+"
    r"|commentons|partageons|ecrirons|disons|avons pas (?:cette|l'|d'))|pas en mesure|verifi\w+|regard(?:er\w*"
    r"|ons)|examin\w+|renseign\w+|etudi\w+"
    r"|(?:cannot|can't|can not|unable|not able|won't|will not|do not|don't"
    r"|would rather not) (?:\w+ ){0,2}?(?:say|confirm|promise|comment|write|share"
    r"|have|know|agree|answer|repeat|discuss)|check\w*|look(?:ing)? (?:into|at)|find out|make sure)"
)
_RELAYED = (
    r"(?:transmet\w*|transmis\w*|relay\w+|relaie\w*|fai\w+ suivre|fer\w+ passer|passerons|passons (?:le|votre"
    r"|vos)|dirons|dirai|lui dir\w+|leur dir\w+"
    r"|felicit\w+|pass(?:ing|ed)? (?:\w+ ){0,4}?on|will tell|we'll tell|let (?:him|her|them|the \w+) know"
    r"|share (?:it|this|that|your) \w+ with"
    r"|signal(?:ons|erons)|parl(?:ons|erons) (?:a|avec)|en parl(?:ons|erons)|talk(?:ing)? to|forward\w*"
    r"|mention it to)"
)
_HEARD = (
    r"(?:(?:merci|thanks?|thank you) (?:\w+ ){0,4}?(?:pour|de|d'|a|du|for|to)|desole\w*|navre\w*|regrett\w+"
    r"|excus\w+|sorry|apolog\w+|compren\w+"
    r"|understand\w*|suggestions?|remarques?|idees?|remarks?|ideas?|feedback|retour|prenons note|pouvez)"
)
_FELT = (
    rf"(?:{_HEARD}|merci|thanks?|thank you|heureu\w+|ravi\w*|content\w*|glad|delighted|happy|pleased|bien note|noted)"
)
#: What one says of an idea, without making it one's own.
_IDEA = (
    r"(?:(?:quelle|belle|bonne) (?:\w+ )?(?:idee|suggestion|remarque)|what an? (?:\w+ )?idea"
    r"|(?:good|nice|lovely) (?:idea|suggestion))"
)
_OURS = r"(?:nos|notre|nous (?:sommes|avons|etions|ne|n'|le|la|les)|our|we (?:are|have|were|do|did|use|sell)|we're)"
_BRAND = r"(?:nos|notre|nous|our|we|we're|us)"
_YOURS = r"(?:vous|votre|vos|you|your|you're|ton|ta|tes|tu)"
_INVITES = (
    r"(?:ecrivez|appelez|contactez|envoyez|passez|venez|message prive|write to us|message us|private message|call"
    r"|contact us)"
)
_AHEAD = (
    r"(?:(?:fait|font|est|sont|serait|does|is|are|do) (?:\w+ ){0,2}?(?:mieux|meilleure?s?|better|best|cheaper"
    r"|superieure?s?)|(?:est|sont|is|are)"
    r" (?:bien |much |beaucoup )?(?:plus|moins|more|less) \w+|(?:is|are) (?:much |far )?\w+er|moins chere?s?"
    r"|plus solides?|better|best|cheaper|plutot|instead"
    r"|rather|partenaires?|partners?|sponsor\w*|recommand\w+|recommend\w*|conseillons|prefer\w+|allez|allez voir"
    r"|try|go to|essayez|saur\w+ vous|vous (?:aidera|guidera|conseillera)|(?:will|can|could) (?:help|guide"
    r"|advise) you|comme chez|as at"
    r"|as it is at|imbattable\w*|unbeatable|numero un|number one|copie|copy|salue|says hello)"
)
#: A message with such words may be dictating, in a way nobody foresaw.
_CUE = re.compile(
    r"(?<!\w)(?:(?:re)?di(?:re|tes|ra|siez|s)|re?pon[ds]\w*|phrases?|mots? (?:de|d'|pour)|r?ecri(?:re|vez|viez|s"
    r"|ve|t)|mett(?:re|ez|iez)|mets|inscri\w+|ajout\w+"
    r"|annonc\w+|preci[sz]\w+|signal(?:er|ez)|mention\w*|indiqu(?:er|ez|iez|ent)|rappel(?:er|ez|iez|le)"
    r"|confirm\w*|avou\w+|admett\w+|reconnai\w+"
    r"|souli[g]n\w+|glisse\w*|insere\w*|cit(?:er|ez)|completez|continuez|termin(?:er|ez)|finir|finissez"
    r"|conclu\w+|commencez|dedicace\w*|balance[rz]"
    r"|faites (?:comprendre|savoir|passer|croire|simple)|entendre|paroles?|(?:votre|la|ta) (?:message|reponse"
    r"|texte)|achev\w*|claironn\w+|proclam\w+|jur\w+|oser?|osez|vrai ou faux|tout le monde sait|parait que"
    r"|say|says|said|answers?|repl(?:y|ies)|respon[ds]\w*|sentences?|write|tell|admit\w*|acknowledg\w+"
    r"|disclos\w+|mention\w*|state|stat(?:ing|ed)|add|put|confirm\w*"
    r"|announc\w+|remind\w*|shout[- ]?out|blurt|make (?:\w+ )?understand|word|words|end|finish|start|close[ds]?"
    r"|begin|sign as|hear you|your (?:message|text)|dare|true or false"
    r"|prevenez|warn|everyone knows|everybody knows|rumou?r|they say|fill in|note|noted|specify|include|clear"
    r"|point out|stress|spread)(?!\w)"
)
#: A message that speaks of a name to be given: not of its author's.
_NAMING = re.compile(r"(?<!mon )(?<!my )(?<!\w)(?:noms? d(?:e|u) |names? |placer?z? )")
#: "treat it as established: the plant is moving".
_AFTER_COLON = re.compile(r"\w ?: \S+(?: \S+){2}")
_PROPER = re.compile(r"(?<!\w)@?[A-ZÀ-Þ][\w.&’'-]{2,30}")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the answer: where it stands in the draft, its words and which of them a source vouches for."""

    start: int
    end: int
    quote: str
    plain: str
    words: frozenset[str]
    unvouched: frozenset[str]


@dataclass(frozen=True, slots=True)
class Message:
    """What is answered: its words, whether it denies anything, whether it speaks of saying, writing, answering."""

    roots: frozenset[str]
    denied: bool
    cued: bool
    naming: bool

    @classmethod
    def of(cls, texts: Iterable[str]) -> Message:
        """All of ``texts`` as one."""
        plain = "\n".join(page(text).plain for text in texts)
        cued = _CUE.search(plain) or _AFTER_COLON.search(plain)
        return cls(roots(plain), bool(NEGATED.search(plain)), bool(cued), bool(_NAMING.search(plain)))


class Own:
    """What the brand's own words hold, sentence by sentence."""

    def __init__(self, text: str) -> None:
        where = page(text)
        self.words = roots(text)
        self._sentences = [roots(where.plain[start:end]) for start, end in sentences(where)] if text else []

    def says(self, words: frozenset[str]) -> bool:
        """Whether one sentence of theirs holds all of ``words``."""
        return words <= self.words and any(words <= one for one in self._sentences)


@lru_cache(maxsize=4)
def own_of(text: str) -> Own:
    """What ``text``, the brand's own words, holds: read once for all the drafts they vouch for."""
    return Own(text)


def told(draft: Draft, context: Context, own: Own) -> Iterator[Sentence]:
    """The sentences of ``draft``, without what greets."""
    where = where_of(draft)
    held = _held(draft, context)
    for start, end in sentences(where):
        opening = _OPENING.match(where.plain[start:end])
        begin = start + opening.end() if opening and opening.end() < end - start else start
        first, last = where.span(begin, end)
        quote = draft.text[first:last].strip()
        words = roots(quote)
        if words:
            yield Sentence(
                first, last, quote, where.plain[begin:end], words, words - _sure(draft, first, last, held, own)
            )


def _held(draft: Draft, context: Context) -> list[tuple[int, int]]:
    """Where the claims that a source of the brand supports stand."""
    claims = all_claims(draft, context)
    sure = (one for one in claims if one.status is ClaimStatus.SUPPORTED and one.source != MESSAGE)
    sure = (one for one in sure if one.claim.kind not in (ClaimKind.NAME, ClaimKind.PLACE))
    return [(one.claim.start, one.claim.end) for one in sure]


def sourced(draft: Draft, context: Context) -> list[str]:
    """The figures, days and gifts of ``draft`` that a source of the brand supports, as written."""
    return [draft.text[start:end] for start, end in _held(draft, context)]


def _sure(draft: Draft, first: int, last: int, held: Iterable[tuple[int, int]], own: Own) -> frozenset[str]:
    """Words of the claims of a sentence that a source supports; a figure must be said there as it is."""
    inside = [roots(draft.text[start:end]) for start, end in held if first <= start < last]
    return frozenset().union(*(one for one in inside if own.says(one) or not any(map(str.isdigit, one))))


def obeyed(sentence: Sentence, asked: Iterable[Asked], own: Own) -> Asked | None:
    """The request that ``sentence`` obeys, if any: what it carries of it, no source says."""
    return next((one for one in asked if _obeys(sentence, one, own)), None)


def _asserts_nothing(sentence: Sentence, shared: frozenset[str]) -> bool:
    """Whether the clause with ``shared`` asks, refuses to say or goes to see."""
    asks = sentence.plain.rstrip().endswith("?")
    return asks or compiled(_OPEN).search(_clause_of(sentence, shared)) is not None


def stands_back(sentence: Sentence, message: Message) -> bool:
    """Whether ``sentence`` vouches for nothing of ``message``: it asks, checks, denies, thanks for it, passes it on."""
    shared = message.roots & sentence.words
    denies = not message.denied and _says_no(sentence, shared)
    return _asserts_nothing(sentence, shared) or denies or passes_on(sentence.plain)


def _obeys(sentence: Sentence, asked: Asked, own: Own) -> bool:
    if _asserts_nothing(sentence, asked.roots | asked.names):
        return False
    named = asked.names & sentence.words - own.words
    if named and not _heard(sentence, named):
        return True
    shared = asked.roots & sentence.words
    fresh = shared & sentence.unvouched
    if not fresh or _vouched(sentence, fresh, own) or _denies(sentence, asked, shared) or _heard(sentence, shared):
        return False
    if asked.whole and asked.roots <= sentence.words:
        return True
    most = len(shared) / len(asked.roots) >= SHARE or (
        len(shared) >= FEW and len(shared) / len(sentence.words) >= SHARE
    )
    aimed = compiled(_YOURS).search(sentence.plain) or compiled(_INVITES).search(sentence.plain)
    return most or (bool(fresh - own.words) and not aimed)


def _vouched(sentence: Sentence, fresh: frozenset[str], own: Own) -> bool:
    """Whether the brand says ``fresh`` in one sentence; one word that makes the whole sentence says too little."""
    return len(sentence.words) >= FEW and own.says(fresh)


def _denies(sentence: Sentence, asked: Asked, shared: frozenset[str]) -> bool:
    """Whether the sentence says no to what it is asked to affirm, in the clause that speaks of it."""
    return not asked.negated and bool(asked.roots) and _says_no(sentence, shared)


def _says_no(sentence: Sentence, shared: frozenset[str]) -> bool:
    return bool(NEGATED.search(_clause_of(sentence, shared))) or sentence.plain.lstrip().startswith(
        ("non,", "no,", "non :")
    )


def _clause_of(sentence: Sentence, words: frozenset[str]) -> str:
    """The clause of ``sentence`` that holds most of ``words``."""
    return max(_PIECE.findall(sentence.plain), key=lambda one: len(roots(one) & words), default="")


def _heard(sentence: Sentence, shared: frozenset[str]) -> bool:
    """Whether what is shared is named to thank for it, regret it or pass it on, and so is not vouched for."""
    clause = _clause_of(sentence, shared)
    if compiled(_RELAYED).search(clause) or compiled(_IDEA).search(sentence.plain):
        return True
    heard = compiled(_HEARD).search(clause)
    return heard is not None and not compiled(_OURS).search(clause, heard.end())


def passes_on(plain: str) -> bool:
    """Whether a folded sentence thanks for, regrets or passes on something, and says nothing of the brand."""
    if compiled(_RELAYED).search(plain):
        return True
    felt = compiled(_FELT).search(plain)
    return felt is not None and not compiled(_OURS).search(plain, felt.end())


def repeated(sentence: Sentence, message: Message, own: Own) -> bool:
    """Whether ``sentence`` asserts what only the message says, though no request of it was understood.

    Of a message that speaks of saying or answering, any assertion counts; of another, those on the brand.
    """
    plain = sentence.plain
    shared = message.roots & sentence.words
    if _asserts_nothing(sentence, shared) or compiled(_YOURS).search(plain):
        return False
    fresh = shared & sentence.unvouched
    if len(shared) < FEW or len(shared) / len(sentence.words) < SHARE or not fresh - own.words or own.says(fresh):
        return False
    clause = _clause_of(sentence, shared)
    if not message.cued and not compiled(_BRAND).search(clause) and not _names_ours(sentence, own):
        return False
    return not passes_on(plain) and (message.denied or NEGATED.search(plain) is None)


def _names_ours(sentence: Sentence, own: Own) -> bool:
    """Whether a proper name of the brand's own words stands in ``sentence``: one of its products."""
    return any(roots(match.group()) & own.words for match in _PROPER.finditer(sentence.quote) if match.start())


def extolled(sentence: Sentence, message: Message, own: Own, known: frozenset[str]) -> str:
    """The name only the message has that ``sentence`` sends people to or sets above the brand; empty without one."""
    if _asserts_nothing(sentence, message.roots):
        return ""
    if not message.naming and not compiled(_AHEAD).search(sentence.plain):
        return ""
    for match in _PROPER.finditer(sentence.quote):
        name = roots(match.group())
        if name and name <= message.roots and not name & (own.words | known) and not _heard(sentence, name):
            return match.group()
    return ""

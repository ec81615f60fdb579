"""Private details asked for in public."""

from __future__ import annotations

from collections.abc import Iterator

from copilot.checks import Context, Draft
from copilot.checks._phrases import Page, Phrases, compiled, denied, page, sentence_at
from copilot.checks._private import PUBLIC, is_private, said_in, secrets_in_public
from copilot.checks._samples import Sample
from copilot.domain.finding import Finding, Severity
from copilot.domain.wording import Wording

NAME = "private_data_request"
SEVERITY = Severity.WARNS

_NUMBERED = (
    r"(?:commande|dossier|clients?|suivi|colis|contrat|compte|carte|telephone|tel|portable|mobile|adherent\w*"
    r"|abonne\w*"
    r"|facture|reservation|billet|reclamation|ticket|securite sociale|passeport|fidelite|allocataire|usager|licence"
    r"|assure|vol|whatsapp|serie|confirmation|transaction|envoi|sav|membre)"
)
_NUMBER = r"(?:numeros?|num|no|nº|n°|nos|references?|refs?\.?|identifiants?|code)"
_MINE = r"(?:votre|vos|ton|ta|tes)"
_PLAIN = (
    r"(?:adresses?|(?:adresses? )?e-?mails?|mails?|courriels?|coordonnees|iban|rib|telephone|tel|portable"
    r"|06|mot de passe"
    r"|identifiants?|dates? de naissance|noms? ?(?:et|,|/|&) ?(?:votre |ton )?prenoms?|nom complet"
    r"|numeros?|num|references?"
    r"|code postal|prenoms? et (?:votre |ton )?noms?|carte d'identite|piece d'identite|releves? "
    r"d'identite)"
)
_DATA_FR = (
    rf"(?:(?:{_MINE}|le|les|un|une|l'|du|des|de) ?(?:propres? )?{_NUMBER} (?:de |d'|du )?(?:(?:votre|ta"
    rf"|ton|la|l') ?)?{_NUMBERED}"
    rf"|{_MINE} (?:propres? )?{_PLAIN})"
)
_ASK_FR = (
    r"(?:donn(?:ez|er)|indiqu(?:ez|er)|communiqu(?:ez|er)|envoy(?:ez|er)|precis(?:ez|er)|transmett(?:ez"
    r"|re)|fourni(?:ssez|r)"
    r"|laiss(?:ez|er)|partag(?:ez|er)|parvenir|adress(?:ez|er)|not(?:ez|er)|renseign(?:ez|er)"
    r"|confirm(?:ez|er)|post(?:ez|er)"
    r"|ecri(?:vez|re)|mett(?:ez|re)|rappel(?:ez|er)|repond(?:ez|re)(?:-nous)? avec|comment(?:ez|er) avec"
    r"|dites|dire|redonn(?:ez|er)"
    r"|renvoy(?:ez|er)|repet(?:ez|er)|besoin de|besoin d'avoir|faut|faudrait|faudra|manque|attendons"
    r"|attends|connaitre|avoir"
    r"|auriez-vous|aurais-tu|avez-vous|as-tu|quelles? (?:est|sont)|c'est quoi|fil(?:ez|er)|balanc(?:ez"
    r"|er)|saisi(?:ssez|r)"
    r"|publi(?:ez|er)|ajout(?:ez|er)|mention(?:nez|ner)|veux bien|voulons|voudrions|aimerions)"
)
_ASK_TU = (
    r"(?:donne|indique|communique|envoie|precise|transmets|fournis|laisse|partage|fais-nous parvenir"
    r"|adresse|note|confirme|poste"
    r"|ecris|mets|rappelle|dis|file|balance|redonne|renvoie|ajoute|mentionne|publie|reponds|commente)"
    r"(?:-(?:nous|moi|le|la))+"
)
_GAP = r"(?: (?!(?:notre|nos|mon|ma)\b)[\w'-]+,?){0,5}?"
_DATA_EN = (
    r"your (?:(?:full|home|delivery|shipping|postal|billing|personal|current|mobile|phone|telephone"
    r"|contact|order|account"
    r"|booking|reference|customer|tracking|card|bank|policy|membership|ticket|reservation|invoice|client"
    r"|email|e-mail|case"
    r"|loyalty|passport|confirmation|flight|registered|last|first) )*"
    r"(?:numbers?|no|id|details|refs?|references?|addresse?s?|e-?mails?|date of birth|dob|birth date"
    r"|birthday|name and \w+"
    r"|full name|surname|iban|passwords?|phone|mobile|postcode|zip code|sort code)"
)
_ASK_EN = (
    r"(?:give|send|share|tell|provide|drop|leave|post|let|confirm|reply|comment|need|have|get|state"
    r"|supply|require|what is"
    r"|what's|whats|what was|may we know|write|type|put|include|add|want|take|pass|forward|submit|grab"
    r"|know)"
)

_ASKED = Phrases(
    {
        (
            "nume num no n ref refe iden code adre mail e emai cour coor iban rib tele tel port 06 mot date "
            "nom prén pren cart "
            "piec rele prenom nº nos dates noms nu"
        ): (rf"(?:{_ASK_FR}(?:-(?:nous|moi|le|la|les))*|{_ASK_TU}){_GAP} (?P<data>{_DATA_FR})"),
        "nume num refe ref adre mail e emai iban tele iden no n": (
            rf"(?:{_ASK_FR}) (?P<data_close>l'(?:adresse|identifiant|iban) (?:de |e-?mail )\w+)(?! ?@)"
            rf"|(?:sous|a|avec|pour) (?P<which>quel(?:le)?s? (?:e-?mail|mail|adresses?|{_NUMBER} (?:de "
            rf"|d'){_NUMBERED}))(?= [\w' -]{{1,60}}\?)|(?P<bare>(?:et )?{_DATA_FR})(?=,? ?(?:s'il (?:vous"
            r"|te) plait|svp|stp|merci)? ?\?|,? (?:juste )?(?:ici|en dessous|la-dessous)\b)"
        ),
        "your": (
            rf"{_ASK_EN}(?: (?!our\b)[\w'-]+,?){{0,5}}? (?P<data_en>{_DATA_EN})"
            rf"|(?P<bare_en>(?:and )?{_DATA_EN})(?=,? ?(?:please)? ?\?|,? please"
            r"|,? (?:right |just )?(?:here|underneath)\b)"
        ),
    }
)
_REFUSED = compiled(r"(?:\w+n't|not|never|pas|jamais)(?! (?:encore )?(?:indique|donne|precise)\w*)")


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Warns of each request for a personal detail, unless the person is told to send it in private.

    A post is warned of only when it asks for it in the comments. What pays, signs in or proves who one is, is told by
    ``secret_request``.
    """
    where = page(draft.text)
    secret = secrets_in_public(draft, where)
    for hit in _ASKED.apart(where):
        start = max(hit.match.start(name) for name in hit.match.groupdict())
        if any(first < hit.end and start < last for first, last in secret):
            continue
        alone = any(hit.match.groupdict().get(name) for name in ("bare", "bare_en", "which"))
        if (
            denied(where, hit.start)
            or _REFUSED.search(where.prose, hit.start, start)
            or is_private(where, start, hit.end)
        ):
            continue
        if draft.part != "reply" and not said_in(where, sentence_at(where, hit.start), PUBLIC):
            continue
        first, last = where.span(start, hit.end)
        quote = draft.text[first:last]
        fix = None if alone or _is_question(where, hit.end) else f"{quote} {_in_private(hit.match.groupdict())}"
        yield Finding(NAME, SEVERITY, first, last, Wording("check.private_data_request", {"quote": quote}), quote, fix)


def _in_private(groups: dict[str, str]) -> str:
    return "in a private message" if groups.get("data_en") else "en message privé"


def _is_question(where: Page, end: int) -> bool:
    return where.plain[end : end + 40].lstrip().startswith("?")


BAD = {
    "fr": (
        Sample("Bonjour Léa, donnez-nous votre numéro de commande et nous regardons.", part="reply"),
        Sample("Pouvez-vous nous communiquer votre adresse e-mail ici ?", part="reply"),
        Sample("Merci de nous indiquer le numéro de votre dossier.", part="reply"),
        Sample("Envoie-nous ton 06, on te rappelle par téléphone.", part="reply"),
        Sample("Quel est votre numéro de client ?", part="reply"),
        Sample("Laissez votre mail en commentaire pour recevoir le guide.", network="linkedin"),
        Sample("Votre numéro de commande, s’il vous plaît ?", part="reply"),
        Sample("Il nous faudrait votre date de naissance, et nous vous répondrons en message privé.", part="reply"),
    ),
    "en": (
        Sample("Hi Sam, what’s your order number?", part="reply", language="en"),
        Sample("Please share your full address and phone number so we can help.", part="reply", language="en"),
        Sample("Could we have your e-mail address?", part="reply", language="en"),
    ),
}
GOOD = {
    "fr": (
        Sample("Envoyez-nous votre numéro de commande en message privé, nous regardons.", part="reply"),
        Sample("Écrivez-nous à bonjour@exemple.fr avec votre numéro de commande.", part="reply"),
        Sample("Ne partagez jamais votre numéro de commande ici.", part="reply"),
        Sample("Ne donnez jamais votre numéro de carte en commentaire.", part="reply"),
        Sample("Envoyez votre RIB en message privé.", part="reply"),
        Sample("Votre numéro de commande figure sur la facture. Merci pour votre mail !", part="reply"),
        Sample("Nous vous avons écrit en MP : merci de nous y indiquer votre adresse.", part="reply"),
        Sample("Indiquez votre numéro de client. Tout reste en message privé.", part="reply"),
    ),
    "en": (
        Sample("Please send us your order number in a DM.", part="reply", language="en"),
        Sample("We will never ask for your password.", part="reply", language="en"),
        Sample("Your order number is on the receipt.", part="reply", language="en"),
    ),
}

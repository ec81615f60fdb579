"""Order, file, parcel and customer numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.text.lexicons import words
from copilot.text.personal._span import PersonalSpan, said_before
from copilot.text.personal._words import Word, known

# Its first group; those that follow after a space are read by _end_of_groups.
_VALUE = (
    r"(?:(?P<head>(?-i:[A-Z]{1,4}))[ \u00a0\u202f]|(?-i:[A-Z]{5})[ \u00a0\u202f])?"
    r"(?P<ref>(?=[^\s\d]{0,8}\d|(?-i:(?:[A-Z]{2,6}-){2})\d)(?:[A-Za-z]{1,8}[-_/.]){0,3}[A-Za-z0-9]*\d[A-Za-z0-9]*(?:[-_/.][A-Za-z0-9]{1,20}){0,5})"
    r"(?!\w)"
)
#: They say what a number is, and are no part of it.
_LABELS = words(
    "A N PO SO ID NO NR CB BL SS OF TO IS LE LA DE DU EN ET AU IN ON AT MY WE"
    " CAF PDL PCE RIB NUM REF CLI CDE CMD DPD GLS UPS EAN TVA NIR NSS RMA PNR UTR NHS CPAM MSA EDF GDF SNCF SFR LRAR PV"
    " AWB DHL FRET IMEI ICCID SIRET SIREN INE ADR INSEE SEPA MDPH IPP"
)
#: A parcel of the post, in groups: "CB 889 120 447 FR".
_POSTAL = re.compile(r"[A-Z]{2}(?:[ \u00a0\u202f]?\d{1,3}){3,5}[ \u00a0\u202f]?[A-Z]{2}(?!\w)")
_GROUP = re.compile(
    r"[ \u00a0\u202f](?P<signs>[A-Z]{1,4}\d{0,8}|[A-Z0-9]{1,8}|\d{9,14}|\d{2,8}-(?:\d{1,3}|[A-Z]))(?![\w-]|[.,]\d)"
)
_CARRIED = re.compile(r"colissimo|chronopost|dpd|gls|ups|fedex|mondial relay|hermes|evri|royal mail|dhl", re.IGNORECASE)
_LETTER = re.compile(r"[A-Za-z]")
#: Letters after a number that measure it.
_MEASURES = words("mb gb tb kb go mo ko km kg cm mm ml cl kw kwh hz mhz ghz eur usd gbp chf cad am pm ttc ht tva")
#: Letters that are words, in French or in English.
_ALONE = frozenset("AIOYÀ")
_CLOSES = re.compile(r"[ \u00a0]*(?:[,.;:!?)\n]|$|[ ]\d)")
_COUNTS = re.compile(r"[ \u00a0][^\W\d_]")
_MOST_GROUPS = 8
#: Digits of a number that is one of an order wherever it stands in a text about orders.
_LONG = 7
_FILLER = (
    r"(?:[ \u00a0\u202f]?(?:n[°º]|[:#.=(«\"]|(?:client|de commande|de suivi|de dossier|de série|de contrat"
    r"|de réservation|de client|de caisse|de colis|de police|de panier|d['’](?:assurance|envoi|achat"
    r"|imposition|identité|entretien|intervention|abonnement|adhésion|inscription|habitation|énergie|électricité)"
    r"|(?:de|du) (?:location|retraite|prêt|crédit|passage|garantie|maintenance|leasing|caution|voyage|séjour|transport"
    r"|livraison|paiement|retour|cotisation|remboursement|rétractation|résiliation|mutuelle|prévoyance|gaz|travail)"
    r"|retraite|location|prêt|crédit|gaz|[ée]lectricité|élec|mobile|internet|fibre|box|auto|habitation|santé|mutuelle|commande|recommandée?|linky|number|carte|numéro|numero|num|nb|nr|no|id|ref|réf|référence|reference|est|is|was"
    r"|card|code|colissimo|chronopost|mondial relay|relais colis|dpd|gls|ups|fedex|dhl|evri|hermes|royal mail|la poste"
    r"|an post|usps|postnl|bpost|purolator|c['’]est(?: le)?|le|la)(?!\w))[ \u00a0\u202f.:]*){0,4}"
)
#: A comma may follow what announces a code with letters: "the agreement, KT 448120973".
_APART = r"(?P<apart>,(?=[ ](?-i:[A-Z]{1,6}[-/ ]?\d)))?"
_STRONG = re.compile(
    r"(?:(?<!\w)(?:commandes?|cdes?|cmds?|orders?|réf(?:érence)?s?|refs?|reference|references|dossiers?|tickets?"
    r"|factures?"
    r"|invoices?|suivi|tracking|colis|parcels?|awb|contrats?|contracts?|abonnement|subscription|réservations?"
    r"|reservations?"
    r"|resa|résa|bookings?|billets?|série|serial|cases?|claims?|sinistre|devis|quote|bon|avoir|policy|police"
    r"|consignment|shipment|expédition|pnr|rma|sav|incident|complaint|réclamation|reclamation|quittance|police"
    r"|adhérente?|fid|membre|member(?:ship)?|fidélité|loyalty|customer|patient|étudiant|student|permis|passport|passeport"
    r"|licen[cs]e|badge|matricule|allocataire|abonnée?|assurée?|usager|bordereau|récépissé|acte|mandat"
    r"|mandate|work order|prescription|permit|ordonnance|compteur|meter|nhs|imei|pv|procès-verbal|contravention"
    r"|verbalisation)(?!\w)"
    r"|(?<![&\w])\#)"
    rf"{_APART}[ \u00a0\u202f]?{_FILLER}{_VALUE}",
    re.IGNORECASE,
)
_WEAK = re.compile(
    r"(?:(?<!\w)(?:comptes?|account|acct|client|cliente|numéro|numero|number|num|nr|no|id|pdl|pce|code client"
    r"|imei|s/n)(?!\w)|(?<!\w)n[°º])"
    rf"[ \u00a0\u202f]?{_FILLER}{_VALUE}",
    re.IGNORECASE,
)
# Said of money and paper too: what follows must be long, or a code.
_SOFT = re.compile(
    r"(?<!\w)(?:demande|panier|paiement|payment|transaction|courrier|constat|bail|châssis|chassis|vin|siret|siren"
    r"|packages?|packets?|paquets?|returns?|retour|vouchers?|gift|cadeau|loyalty|cart|basket|fiscal|amende|avis|bulletin|consultation|airbnb"
    r"|statement|relevé|agreement|file|fichier|letter|lettre|livret|plan|loan|prêt|lease|certificate|certificat"
    r"|attestation|warranty|garantie|receipt|reçu|request|requête|enquiry|query|intervention"
    r"|loc|candidature|inscription|adhésion|utr|bug|jira"
    r"|envoi|recommandée?|lrar|immatriculation|confirmation|conf|dpd|gls|ups|fedex|chronopost"
    r"|colissimo|mondial relay|hermes|evri|royal mail)(?!\w)"
    rf"{_APART}[ \u00a0\u202f]?{_FILLER}{_VALUE}",
    re.IGNORECASE,
)
# A booking code of letters and digits mixed: "XK7P2Q"; one of letters alone only right after its announcement.
_BOOKING = re.compile(
    r"(?<!\w)(?:réservation|reservation|booking|résa|resa|pnr|billet|dossier|conf(?:irmation)?|locator)(?!\w)"
    r"(?:[ \u00a0]?(?:under|sous|ref(?:erence)?|réf(?:érence)?|code|number|numéro|est|is|:|n°)){0,3}[ \u00a0]?"
    r"(?P<ref>(?=[A-Z0-9]*[A-Z])[A-Z0-9]{6})(?!\w)",
    re.IGNORECASE,
)
_TOLD_CODE = re.compile(r"r[ée]f|code|pnr|locator|number|numéro|n[°º]", re.IGNORECASE)
_CONSONANTS = re.compile(r"[BCDFGHJKLMNPQRSTVWXZ]{4}|^[BCDFGHJKLMNPQRSTVWXZ]{3}|Q(?!U)")
#: What stands between two codes of a list.
_NEXT = re.compile(
    r"[ \u00a0]?(?:[,;+/&]|(?:,[ ]?)?(?<=[ ,])(?:et|and|ou|or|puis|then|plus))[ \u00a0]?"
    r"(?:(?:n[°º]|la|le|the|#|number|numéro"
    r"|num)[ \u00a0]?){0,2}(?P<ref>[A-Za-z0-9][A-Za-z0-9/_.-]{3,30}(?<![._/-]))(?![\w-])",
)
#: A shorter number of a list may be a count or a price.
_LISTED = 5
_CODE = re.compile(
    r"(?<![\w/-])(?:(?:CMD|CDE|ORD|INV|FAC|TKT?|REF|SAV|RMA|CLI|DOS|REC|INC|SUP)[-_]?\d{3,12}(?:-[A-Z0-9]{1,8}){0,3}"
    r"|[A-Z]{2,6}[-_]?\d{5,20}(?:-\d{1,8})?"
    r"|(?!(?:ISO|IEC|EN|DIN|NF|BS|UN|RAL|COVID)[-/])[A-Z]{2,5}(?=(?:[-/A-Z]*\d){5})(?:[-/][A-Z0-9]{1,10}){2,4}|\d[A-Z]\d{11}|[A-Z]{2}\d{9}[A-Z]{2}|1Z[0-9A-Z]{15,16}"
    r"|\d{8,20})(?![\w-]|[.,]\d)"
)
# Short codes are references only where the text speaks of orders, parcels, files.
_SHORT_CODE = re.compile(
    r"(?<![\w./-])(?:(?=(?:[A-Z]*\d){4})(?=\d*[A-Z])[A-Z0-9]{7,20}|\d{4,}-[A-Z]{1,3}"
    r"|[A-Z]{1,4}-?\d{4,}(?:-\w{1,6})?|\d{2,4}-\d{4,}-\d{1,4}"
    r"|\d{4}-\d{5,})(?![\w-]|[.,]\d)"
)
_ABOUT_ORDERS = re.compile(
    r"(?<!\w)(?:commande|cmds?|cdes?|membership|colis|order|parcel|ticket|dossier|facture|invoice|livraison"
    r"|delivery|tracking|suivi"
    r"|remboursement|refund|bon d|voucher|sinistre|claim|contrat|contract|policy|réserv|booking|r[ée]f|numéro"
    r"|dpd|gls|ups"
    r"|fedex|chronopost|colissimo|mondial relay|hermes|evri|royal mail|confirmation|châssis|serial|série"
    r"|number)",
    re.IGNORECASE,
)
_PRODUCT = re.compile(
    r"[ \u00a0,]{1,2}(?:du catalogue|en rupture|en stock|en rayon|du site|in stock|out of stock"
    r"|from the catalogue|dispo\w*|en taille"
    r"|du modèle|taille)",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    r"\b(?:article|produit|modèle|modele|product|item|model|pièce|part|ean|sku|isbn|gencode"
    r"|code[ -](?:à[ -])?barres?|gtin|upc"
    r"|barcode|lot|batch|ral|norme|din|iso)[ \u00a0]\W?$",
    re.IGNORECASE,
)
_DAY, _NUMBERED_MONTH = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
_NO_REFERENCE = re.compile(
    rf"(?:19|20)\d{{2}}|\d{{1,2}}/\d{{1,2}}|{_DAY}/{_NUMBERED_MONTH}(?:/(?:\d{{2}}|(?:19|20)\d{{2}}))?"
    rf"|\d{{4}}-\d{{2}}-\d{{2}}|{_DAY}[.-]{_NUMBERED_MONTH}[.-](?:\d{{2}}|(?:19|20)\d{{2}})"
    r"|\d{1,3}(?:st|nd|rd|th|e|er|ème|eme|h\d*(?:/\d+)?)"
    r"|\d{1,2}-\d{1,2}|\d+(?:kg|g|cm|mm|m|l|ml|cl|km|w|go|gb|mo|mb|x\d{1,4})",
    re.IGNORECASE,
)
#: Letters with hardly a number: a hashtag.
_FEW_DIGITS = re.compile(r"[A-Z]+\d{1,2}[A-Z]*")
_GLUED = re.compile(r"(?:^|(?<![\w&#]))#$")
_NUMBERED = re.compile(r"n[°º]|\b(?:no|nb|number|numéro|numero|num)\b|#", re.IGNORECASE)
#: Somebody's phone number, their part said after it: "téléphone de l'assuré : 06 39 98 41 17".
_DIALLED = re.compile(r"\+?\d{2,3}(?:[ .-]?\d{2,4}){3,5}")
_PHONE_SAID = re.compile(
    r"(?<!\w)(?:t[ée]l(?:[ée]phone)?|portable|mobile|mob|gsm|fixe|phone|cell|landline|num[ée]ro)\.?"
    r"[ \u00a0](?:du|de la|de l['’]|de|des|of the|of|for the)[ \u00a0]?$",
    re.IGNORECASE,
)
#: Five numbers of two digits: those of a lottery, where they are no phone number.
_PAIRS = re.compile(r"\d{2}(?:[ \u00a0]\d{2}){4}")
_FAR = re.compile(
    r"(?<![\w.,/-])(?=[A-Za-z0-9/-]{0,6}\d)(?:[A-Z]{1,5}[-/]?)?\d{2,}(?:[-/]\w{1,12}){0,3}(?![\w-]|[.,]\d)"
)
_UNIT = re.compile(
    r"[.,]?\d*[ \u00a0\u202f]?(?:€|%|\$|£|(?:euros?|eur|km|kg|h|g|cm|mm|ml|ans|years?|jours?|days?|fois|times"
    r"|views?|vues?|abonnés|followers|likes?"
    r"|articles?|items?"
    r"|pts|points?|personnes?|people|mois|months?|semaines?|weeks?|heures?|hours?|minutes?|mins?)\b)"
)


def find_announced_references(text: str) -> Iterator[PersonalSpan]:
    """Numbers after "commande", "ticket", "#"...: no phone number, whatever they look like."""
    for span in (*_cued(text, _STRONG), *_booked(text), *_carried(text)):
        yield _signed(text, span)
        for other in _listed(text, span):
            yield _signed(text, other)


def _carried(text: str) -> Iterator[PersonalSpan]:
    """Parcels told with letters, of which a part is written like a phone number: "Colissimo 6C 11 2209 8745 3"."""
    if _CARRIED.search(text):
        for span in _cued(text, _SOFT):
            if _LETTER.search(text, span.start, span.end):
                yield span


def find_other_references(text: str) -> Iterator[PersonalSpan]:
    """Numbers after "client", "n°"..., and codes that need no announcement."""
    for span in _others(text):
        yield _signed(text, span)


def _signed(text: str, span: PersonalSpan) -> PersonalSpan:
    """``span`` with the sign glued to it: "#45872"."""
    return span._replace(start=span.start - 1) if _GLUED.search(text, max(0, span.start - 2), span.start) else span


def _others(text: str) -> Iterator[PersonalSpan]:
    yield from _cued(text, _WEAK)
    yield from _cued(text, _SOFT)
    for match in _CODE.finditer(text):
        if _stands(text, match.start(), match.end()):
            yield PersonalSpan("REF", *match.span())
    if _ABOUT_ORDERS.search(text):
        # "la commande passée en mai, 5512098": said a little before.
        for match in _FAR.finditer(text):
            end = _end_of_groups(text, match.end())
            digits = sum(sign.isdigit() for sign in text[match.start() : end])
            near = digits >= 5 and said_before(text, match.start(), _ABOUT_ORDERS, 45)
            if _PAIRS.fullmatch(text, match.start(), end):
                continue
            if (near or digits >= _LONG) and _stands(text, match.start(), end):
                yield PersonalSpan("REF", match.start(), end)
        for match in _SHORT_CODE.finditer(text):
            if _stands(text, match.start(), match.end()):
                yield PersonalSpan("REF", *match.span())


def _cued(text: str, cue: re.Pattern[str]) -> Iterator[PersonalSpan]:
    for match in cue.finditer(text):
        start = match.start("ref")
        end = _end_of_groups(text, match.end("ref"))
        head = match["head"]
        # "MBR 660 214 9" is one number in groups; "PCN 60032871" says first what it is.
        led = head and (len(head) == 2 or end > match.end("ref"))
        posted = _POSTAL.match(text, match.start("head")) if head else None
        end = max(end, posted.end()) if posted else end
        if led and (posted or (head not in _LABELS and not known(head) & (Word.STOP | Word.BRAND))):
            start = match.start("head")
        value = text[start:end]
        digits = sum(sign.isdigit() for sign in value)
        letters = sum(sign.isalpha() for sign in value)
        coded = (
            len(value) >= 5 and digits >= 1 and letters >= 1 and (value.isupper() or (digits >= 2 and len(value) >= 6))
        )
        if match.group()[0] == "#" and text[start - 1] == "#" and _is_tag(value):
            continue
        if match.groupdict().get("apart") and not (coded or (led and start == match.start("head"))):
            continue
        if cue is _STRONG and _DIALLED.fullmatch(value) and said_before(text, match.start(), _PHONE_SAID, 30):
            continue
        if cue is _SOFT and digits < 5 and not (coded and value.upper() == value):
            continue
        numbered = (
            digits >= 2
            and cue is _STRONG
            and text[start - 1] != "#"
            and _NUMBERED.search(text, match.start(), start) is not None
        )
        if (digits >= 3 or coded or numbered) and (text[start - 1] == "#" or _stands(text, start, end)):
            yield PersonalSpan("REF", start, end)


def _is_tag(value: str) -> bool:
    """True for a hashtag: "pasteque2024", "4novembre2018", "RE2PECT"."""
    small = any(sign.islower() for sign in value)
    return small or (value.isalnum() and not value.isdigit() and _FEW_DIGITS.fullmatch(value) is not None)


def _booked(text: str) -> Iterator[PersonalSpan]:
    """Booking codes: of letters alone, when nobody could say them or they are said to be a code."""
    for match in _BOOKING.finditer(text):
        value = match["ref"]
        if not value.isupper():
            continue
        told = _TOLD_CODE.search(match.group()[: match.start("ref") - match.start()]) is not None
        if any(sign.isdigit() for sign in value) or (told and not known(value) & Word.ORDINARY) or _unsayable(value):
            yield PersonalSpan("REF", *match.span("ref"))


def _unsayable(letters: str) -> bool:
    """True for "QXTRPL", not for "DUPONT": a name and a word have a vowel at least every third letter or so."""
    return known(letters) == Word.UNKNOWN and _CONSONANTS.search(letters) is not None


def _listed(text: str, first: PersonalSpan) -> Iterator[PersonalSpan]:
    """The others of "réservation VL7K2D + VL7K3F": written as the first one is."""
    shape = _shape(text[first.start : first.end])
    if len(shape) < _LISTED:
        return
    end = first.end
    while (match := _NEXT.match(text, end)) is not None:
        value = match["ref"]
        if not _alike(shape, value) or not _stands(text, match.start("ref"), match.end("ref")):
            return
        yield PersonalSpan("REF", *match.span("ref"))
        end = match.end("ref")


def _shape(value: str) -> str:
    """``value`` with ``0`` for its digits and ``A`` for its letters."""
    return "".join("0" if sign.isdigit() else "A" if sign.isalpha() else sign for sign in value)


def _alike(shape: str, value: str) -> bool:
    """True for a code as long as the one of this shape, of digits alone when it is."""
    other = _shape(value)
    mixed = "0" in shape and "A" in shape
    return other == shape or (mixed and "0" in other and len(other) == len(shape) and value.isupper())


def _end_of_groups(text: str, end: int) -> int:
    """End of a number written in groups, of which the first ends at ``end``: "HM 449 201", "24 B 00981"."""
    ends = [end]
    while len(ends) < _MOST_GROUPS and (group := _GROUP.match(text, ends[-1])) is not None:
        signs = group["signs"]
        if signs.isalpha() and (_is_word(signs) or _CLOSES.match(text, group.end()) is None):
            break
        ends.append(group.end())
    while len(ends) > 1 and not _group_stays(text, ends):
        thousands = ends[-1] - ends[-2] == 4 and text[ends[-1] - 3 : ends[-1]].isdigit()
        ends.pop()
        if thousands and len(ends) > 1 and ends[-1] - ends[-2] <= 3:
            ends.pop()
    return ends[-1]


def _is_word(letters: str) -> bool:
    """False for letters that may close a number: the key of "0 441 882 R"."""
    if len(letters) > 3 or letters.casefold() in _MEASURES:
        return True
    return known(letters) & Word.STOP != 0 and (len(letters) > 1 or letters in _ALONE)


def _group_stays(text: str, ends: list[int]) -> bool:
    """False when the last group is a price, a measure or a count of what follows."""
    if _UNIT.match(text, ends[-1]):
        return False
    signs = text[ends[-2] + 1 : ends[-1]]
    return len(signs) > 2 or not signs.isdigit() or len(ends) > 2 or _COUNTS.match(text, ends[-1]) is None


def _stands(text: str, start: int, end: int) -> bool:
    """False for years, dates, prices, measures and the references of things sold."""
    if _NO_REFERENCE.fullmatch(text, start, end) or _UNIT.match(text, end) or _PRODUCT.match(text, end):
        return False
    return not said_before(text, start, _ARTICLE)

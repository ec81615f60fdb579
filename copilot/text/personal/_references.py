"""Order, file and customer numbers, number plates and birth dates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.text.personal._span import PersonalSpan, S, said_before

_VALUE = (
    r"(?P<ref>(?=(?:[^\s\d]{0,8}\d){1})(?:[A-Za-z]{1,8}[-_/.]?)?[A-Za-z0-9]*\d[A-Za-z0-9]*(?:[-_/.][A-Za-z0-9]{1,20}){0,5}"
    r"(?:[ \u00a0\u202f]\d{2}(?=(?:[ \u00a0\u202f]\d{2})+(?!\d))|(?<=[ \u00a0\u202f]\d{2})[ \u00a0\u202f]\d{2}(?!\d)|[ \u00a0\u202f]\d{3,6}(?![\d.,]*[ \u00a0\u202f]?(?:€|%|\$|£|euros?\b)|\w)){0,4})(?!\w)"
)
_FILLER = (
    r"(?:[ \u00a0\u202f]?(?:n[°º]|(?:client|de commande|de suivi|de dossier|de série|de contrat|de réservation"
    r"|de client|commande"
    r"|number|numéro|numero|num|nb|nr|no|id|ref|réf|référence|reference|est|is|was|code|no|[:#.=(«\"]"
    r"|c['’]est(?: le)?|le|la)(?!\w))[ \u00a0\u202f.:]*){0,4}"
)
_STRONG = re.compile(
    r"(?:(?<!\w)(?:commandes?|cde|cmd|orders?|réf(?:érence)?s?|refs?|reference|references|dossiers?|tickets?|factures?"
    r"|invoices?|suivi|tracking|colis|parcels?|awb|contrats?|contracts?|abonnement|subscription|réservations?"
    r"|reservations?"
    r"|resa|résa|bookings?|billets?|série|serial|cases?|claims?|sinistre|devis|quote|bon|avoir|policy|police"
    r"|consignment|shipment|expédition|pnr|rma|sav|incident|complaint|réclamation|reclamation|quittance|police"
    r"|adhérente?|membre|member(?:ship)?|fidélité|loyalty|customer|patient|étudiant|student|permis|passport|passeport"
    r"|licen[cs]e|badge|matricule|allocataire|abonnée?|assurée?|usager|bordereau|récépissé|acte|mandat"
    r"|prescription|ordonnance|compteur|meter)(?!\w)|(?<![&\w])\#)"
    rf"[ \u00a0\u202f]?{_FILLER}(?:[A-Z]{{2,5}}[ \u00a0\u202f])?{_VALUE}",
    re.IGNORECASE,
)
_WEAK = re.compile(
    r"(?<!\w)(?:comptes?|account|acct|client|cliente|numéro|numero|number|num|nr|n[°ºo]|id|pdl|pce|code client"
    r"|imei|s/n)(?!\w)"
    rf"[ \u00a0\u202f]?{_FILLER}{_VALUE}",
    re.IGNORECASE,
)
# A booking code of letters and digits mixed: "XK7P2Q"; one of letters alone only right after its announcement.
_BOOKING = re.compile(
    r"(?<!\w)(?:réservation|reservation|booking|résa|resa|pnr|billet|dossier|confirmation)(?!\w)"
    r"(?:[ \u00a0]?(?:ref(?:erence)?|réf(?:érence)?|code|number|numéro|est|is|:|n°)){0,3}[ \u00a0]?"
    r"(?P<ref>(?=[A-Z0-9]*[A-Z])[A-Z0-9]{6})(?!\w)",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"(?<![\w-])(?:[A-Z]{2,6}[-_]?\d{5,20}(?:-\d{1,8})?|\d[A-Z]\d{11}|[A-Z]{2}\d{9}[A-Z]{2}|1Z[0-9A-Z]{15,16}"
    r"|\d{8,20})(?![\w-]|[.,]\d)"
)
# Short codes are references only where the text speaks of orders, parcels, files.
_SHORT_CODE = re.compile(
    r"(?<![\w./-])(?:\d{4,}-[A-Z]{1,3}|[A-Z]{1,4}-?\d{4,}(?:-\w{1,6})?|\d{2,4}-\d{4,}-\d{1,4}|\d{4}-\d{5,})(?![\w-]|[.,]\d)"
)
_ABOUT_ORDERS = re.compile(
    r"(?<!\w)(?:commande|colis|order|parcel|ticket|dossier|facture|invoice|livraison|delivery|tracking|suivi"
    r"|remboursement|refund|bon d|voucher|sinistre|claim|contrat|contract|policy|réserv|booking|r[ée]f|numéro|number)",
    re.IGNORECASE,
)
_PRODUCT = re.compile(
    r"[ \u00a0,]{1,2}(?:du catalogue|en rupture|en stock|en rayon|du site|in stock|out of stock"
    r"|from the catalogue|dispo\w*|en taille"
    r"|du modèle|taille)",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    r"\b(?:article|produit|modèle|modele|product|item|model|pièce|part|ean|sku|isbn|gencode|code[ -]barres|barcode|lot|batch|ral|norme|din|iso)[ \u00a0]\W?$",
    re.IGNORECASE,
)
_NO_REFERENCE = re.compile(
    r"(?:19|20)\d{2}|\d{1,4}/\d{1,2}(?:/\d{2,4})?|\d{4}-\d{2}-\d{2}|\d{1,2}[.-]\d{1,2}[.-]\d{2,4}|\d{1,3}(?:st"
    r"|nd|rd|th|e|er|ème|eme|h\d*)"
    r"|\d{1,2}-\d{1,2}|\d+(?:kg|g|cm|mm|m|l|ml|cl|km|w|go|gb|mo|mb|x\d+)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"n[°º]|\b(?:no|nb|number|numéro|numero|num)\b|#", re.IGNORECASE)
_FAR = re.compile(
    r"(?<![\w.,/-])(?=[A-Za-z0-9/-]{0,6}\d)(?:[A-Z]{1,5}[-/]?)?\d{2,}(?:[-/]\w{1,12}){0,3}(?![\w-]|[.,]\d)"
)
_UNIT = re.compile(
    r"[.,]?\d*[ \u00a0\u202f]?(?:€|%|\$|£|(?:euros?|eur|km|kg|h|g|cm|mm|ml|ans|years?|jours?|days?|fois|times"
    r"|articles?|items?"
    r"|pts|points?|personnes?|people|mois|months?|semaines?|weeks?|heures?|hours?|minutes?|mins?)\b)"
)
_MONTH = (
    r"(?:janv(?:ier)?|févr?(?:ier)?|fevrier|mars|avr(?:il)?|mai|juin|juil(?:let)?|août|aout|sept?(?:embre)?"
    r"|oct(?:obre)?"
    r"|nov(?:embre)?|déc(?:embre)?|decembre|jan(?:uary)?|feb(?:ruary)?|march|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|september|october|november|dec(?:ember)?)\.?"
)
_DATE = (
    rf"\d{{1,2}}(?:er|st|nd|rd|th)?(?:{S}?[/.-]{S}?|{S}(?:of{S})?)(?:\d{{1,2}}|{_MONTH})(?:{S}?[/.-]{S}?"
    rf"|,?{S})\d{{2,4}}(?!\d)"
    rf"|\d{{4}}-\d{{2}}-\d{{2}}(?!\d)|{_MONTH}{S}\d{{1,2}}(?:st|nd|rd|th)?,?{S}\d{{4}}(?!\d)"
)
_BIRTH = re.compile(
    r"(?:(?<!\w)(?:né\(e\)(?=\W)|née?s?(?:[ \u00a0]\(e\))?|date de naissance|naissance|ddn|dob|d\.o\.b\.?|born"
    r"|date of birth|birth[ -]?date"
    r"|birthday|anniversaire)(?!\w))[ \u00a0]?(?:[:=(]|(?:est|is|was|le|on|the|in|du)(?!\w))?[ \u00a0]?(?:le "
    r"|the |on )?[ \u00a0]?"
    rf"(?P<date>{_DATE})",
    re.IGNORECASE,
)
_PLATE_CUE = re.compile(
    r"(?<!\w)(?:immat\w*|plaques?|plates?|reg(?:istration)?|number plate|licen[cs]e plate|véhicule|vehicle"
    r"|voiture|car|van|truck"
    r"|camion(?:nette)?|transit|fourgon|scooter|moto)(?!\w)[^\n]{0,30}$",
    re.IGNORECASE,
)
_SURE_PLATE_CUE = re.compile(
    r"(?<!\w)(?:immat\w*|plaques?|plates?|reg(?:istration)?)(?!\w)(?:[ \u00a0]\w{1,8}){0,2}[ \u00a0]?[:=]?[ \u00a0]?$",
    re.IGNORECASE,
)
_FRENCH_PLATE = re.compile(rf"(?<![\w-])[A-Z]{{2}}(?:-|{S})\d{{3}}(?:-|{S})[A-Z]{{2}}(?![\w-])")
_PLATE = re.compile(
    rf"(?<![\w-])(?:[A-Z]{{2}}\d{{2}}{S}?[A-Z]{{3}}|[12]-[A-Z]{{3}}-\d{{3}}|\d{{2,3}}-[A-Z]{{1,2}}-\d{{3,6}})(?![\w-])"
)
_CUED_PLATE = re.compile(
    rf"(?<![\w-])(?:[A-Z]{{2}}[ -]?\d{{2,3}}[ -]?[A-Z]{{2,3}}|\d{{1,4}}[ -]?[A-Z]{{2,3}}[ -]?\d{{2}}"
    rf"|[A-Z]\d{{1,3}}{S}?[A-Z]{{3}}"
    rf"|[A-Z]{{3}}{S}?\d{{1,3}}{S}?[A-Z]|\d[A-Z]{{3}}\d{{3}}|(?:[1-9][ -])?[A-Z]{{3}}[ -]\d{{3,4}}"
    rf"|[A-Z]{{2}}[ -]\d{{3}}{S}?\d{{3}}|\d{{4}}[ -]?[A-Z]{{3}}"
    rf"|[A-Z]{{1,3}}[ -][A-Z]{{1,2}}[ -]\d{{1,4}})(?![\w-])",
    re.IGNORECASE,
)


def find_birth_dates(text: str) -> Iterator[PersonalSpan]:
    """Dates announced as those of a birth."""
    for match in _BIRTH.finditer(text):
        yield PersonalSpan("BIRTHDATE", *match.span("date"))


def find_plates(text: str) -> Iterator[PersonalSpan]:
    """Number plates: French, British, Belgian and Irish as they are, others where something announces one."""
    for pattern in (_FRENCH_PLATE, _PLATE):
        for match in pattern.finditer(text):
            yield PersonalSpan("PLATE", *match.span())
    for match in _CUED_PLATE.finditer(text):
        upper = match.group().isupper()
        if said_before(text, match.start(), _PLATE_CUE if upper else _SURE_PLATE_CUE):
            yield PersonalSpan("PLATE", *match.span())


def find_announced_references(text: str) -> Iterator[PersonalSpan]:
    """Numbers after "commande", "ticket", "#"...: no phone number, whatever they look like."""
    yield from _cued(text, _STRONG)
    for match in _BOOKING.finditer(text):
        value = match["ref"]
        if value.isupper() and (any(sign.isdigit() for sign in value) or "ref" in match.group().lower()):
            yield PersonalSpan("REF", *match.span("ref"))


def find_other_references(text: str) -> Iterator[PersonalSpan]:
    """Numbers after "client", "n°"..., and codes that need no announcement."""
    yield from _cued(text, _WEAK)
    for match in _CODE.finditer(text):
        if _stands(text, match.start(), match.end()):
            yield PersonalSpan("REF", *match.span())
    if _ABOUT_ORDERS.search(text):
        # "la commande passée en mai, 5512098": said a little before.
        for match in _FAR.finditer(text):
            digits = sum(sign.isdigit() for sign in match.group())
            if digits >= 5 and said_before(text, match.start(), _ABOUT_ORDERS, 45) and _stands(text, *match.span()):
                yield PersonalSpan("REF", *match.span())
        for match in _SHORT_CODE.finditer(text):
            if _stands(text, match.start(), match.end()):
                yield PersonalSpan("REF", *match.span())


def _cued(text: str, cue: re.Pattern[str]) -> Iterator[PersonalSpan]:
    for match in cue.finditer(text):
        start, end = match.span("ref")
        value = text[start:end]
        digits = sum(sign.isdigit() for sign in value)
        letters = sum(sign.isalpha() for sign in value)
        coded = (
            len(value) >= 5 and digits >= 1 and letters >= 1 and (value.isupper() or (digits >= 2 and len(value) >= 6))
        )
        numbered = digits >= 2 and text[start - 1] != "#" and _NUMBERED.search(text, match.start(), start) is not None
        if (digits >= 3 or coded or numbered) and (text[start - 1] == "#" or _stands(text, start, end)):
            yield PersonalSpan("REF", start, end)


def _stands(text: str, start: int, end: int) -> bool:
    """False for years, dates, prices, measures and the references of things sold."""
    if _NO_REFERENCE.fullmatch(text, start, end) or _UNIT.match(text, end) or _PRODUCT.match(text, end):
        return False
    return not said_before(text, start, _ARTICLE)

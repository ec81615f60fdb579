"""Postal addresses, French and English, from the number to the town."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.text.personal._span import PersonalSpan, S, said_before
from copilot.text.personal._words import Word, known

# A word that follows a town and is none of it.
_NO_TOWN = r"(?!(?-i:QC|ON|NB|MB|AB|BC|SK|NS|SVP|MERCI|PLEASE|DEPUIS|POUR|MAIS|PAS|NOT|[A-Z]\d[A-Z])(?!\w))"
_CAP = r"(?-i:[A-ZÀ-ÞŒ])[\w'’-]{0,30}"
_STREET = (
    r"rue|r\.|avenue|av\.?|ave|boulevard|boul\.?|bd\.?|bld|blvd|place|pl\.|quai|allées?|chemin|ch\.|impasse"
    r"|passage|square"
    r"|route|rte|cours|villa"
    r"|résidence|residence|faubourg|fbg|lotissement|sentier|esplanade|chaussée|promenade|mail|cité|clos|hameau|venelle"
    r"|ruelle|montée|rond-point|imp\.?|sq\.?|rang|voie|chem\.?|all\.|traverse|corniche|croissant|parvis|galerie"
    r"|drève|digue"
    r"|côte|terrasse|carrefour|rés\.?|fg\.?|pass\.?"
)
_PARTICLE = rf"(?:(?:de|du|des|la|le|les|aux?|à|d|l){S}|[ldLD]['’])"
_TOWN = (
    rf"{_CAP}(?:{S}{_NO_TOWN}(?:{_CAP}|\d{{1,2}}(?:e|er|ème)?(?!\w)|(?:sur|sous|en|le|la|les|lès|de|du"
    rf"|des){S}{_CAP})){{0,4}}"
)
_LOW_TOWN = r"[a-zà-ÿœ][\w'’-]{2,30}"
_POSTCODE = r"(?:[A-Z]{1,2}-)?\d{4,5}(?!\d)"
_FLAT = (
    rf"(?:(?:appt?|appart(?:ement)?|apt|bât(?:iment)?|bat|imm(?:euble)?|villa|esc(?:alier)?|étage|porte|résidence"
    rf"|chez|flat|unit"
    rf"|apartment|lot"
    rf"|suite|floor|room|studio){S}?"
    rf"\.?{S}?(?:n[°º]{S}?)?(?:\d{{1,4}}\w?(?:/\d{{1,3}})?|[A-Z]\d{{0,3}})(?!\w)[,\n]?{S}?(?:-{S})?"
    rf"|(?:\d{{1,2}}(?:er|e|è|[èe]me)?{S}étage|rdc|rez-de-chaussée)(?:{S}(?:gauche|droite?|face))?[,\n]?{S}?(?:-{S})?"
    rf"|(?:top|ground|first|second|third|basement|garden|upper|lower){S}(?:floor{S})?flat,?{S}"
    rf"|(?<!\w)#\d{{1,4}}[A-Z]?,?{S}){{1,3}}"
)
# Said before the number: "Résidence du Parc, 3 rue...", "c/o Durand, ...".
_SITE = re.compile(
    rf"(?<!\w)(?:(?:résidence|residence|bât(?:iment)?|immeuble|tour|domaine|hameau|lieu-dit|foyer|ehpad"
    rf"|copropriété|clos"
    rf"|(?-i:Z[AI]C?)|c/o){S}{_PARTICLE}{{0,3}}{_CAP}(?:[ -]{_CAP}){{0,2}}(?:,{S}?|{S}-{S}|\n))\Z",
    re.IGNORECASE,
)
#: Characters a named building may take before the number.
_SITE_REACH = 70
# "12 et 14", "12/14", "12 bis", "12, bis", "12 E"; at "12 h" the street is not told.
_ROOM = (
    rf"(?:,?{S}(?:(?:app?t?|apt|appart(?:ement)?|bureau|suite|unité|bât(?:iment)?|bat|esc(?:alier)?|porte|étage"
    rf"|boîte|boite|bte|bt)"
    rf"{S}?\.?{S}?(?:n[°º]{S}?)?(?:(?-i:[A-Z])\d{{0,3}}|\d{{1,4}}[A-Z]?)|\d{{1,2}}(?:er|e|è"
    rf"|[èe]me)?{S}étage)(?!\w)){{0,3}}"
)
_NUMBER = (
    rf"\d{{1,4}}(?:[-/]\d{{1,4}}|{S}(?:et|à|&|and){S}\d{{1,4}})?"
    rf"(?:{S}?,?{S}?(?:bis|ter|quater|quinquies|sexies)\b|{S}?[A-D](?!\w)|{S}?(?-i:[E-GJ-M])(?!\w))?"
)
_FRENCH = re.compile(
    rf"(?:(?<!\w){_FLAT})?(?:(?<!\w)lot{S})?(?:(?<![\w.,/-])|(?<=\b[Nn]\.)){_NUMBER}"
    rf",?{S}(?:(?:de la|du|de l['’]){S}?)?(?:{_STREET}){S}"
    rf"(?P<particle>{_PARTICLE}{{0,3}})(?P<name>[\w'’.-]{{1,40}})"
    rf"(?:{S}(?:{_PARTICLE}|(?:et|en|sur){S}){{0,3}}{_CAP}){{0,5}}"
    rf"(?:{S}(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)"
    rf"(?:{S}(?:18|19|20)\d{{2}}(?!\d))?)?"
    rf"{_ROOM}"
    rf"(?P<town>(?:(?:,{S}?|{S}-{S}|\n|{S})(?:{S}?{_FLAT})?(?:(?:BP"
    rf"|CS){S}\d{{1,6}},?{S})?{_POSTCODE}(?:{S}{_TOWN}|{S}(?-i:{_LOW_TOWN}))?"
    rf"|,{S}?(?:lieu-?dit|lieu{S}dit|quartier|hameau|résidence|ZA|ZI"
    rf"|ZAC){S}{_PARTICLE}{{0,2}}{_CAP}(?:[ -]{_CAP}){{0,2}}"
    rf",?{S}(?:-{S})?{_POSTCODE}{S}{_TOWN}|(?:,{S}|{S}à{S}){_TOWN}(?:{S}\d{{5}}(?!\d))?)?"
    rf"(?:,?{S}\(?(?-i:QC|ON|NB|MB|AB|BC|SK|NS|Québec|Quebec)\)?)?(?:,?{S}(?-i:[A-Z]\d[A-Z] ?\d[A-Z]\d)(?!\w))?)",
    re.IGNORECASE,
)
_MAIN_STREET = re.compile(
    rf"(?<![\w.,/-])\d{{1,4}}(?:{S}?,?{S}?(?:bis|ter))?,?{S}(?:grande[ -]?rue|grand['’-]?[ -]?rue|grand['’-][ ]?place)"
    rf"(?:(?:,{S}?|{S}-{S}|{S}){_POSTCODE}(?:{S}{_TOWN})?|,{S}{_TOWN})",
    re.IGNORECASE,
)
# Belgium and Switzerland put the number after the street.
_NUMBER_LAST = re.compile(
    rf"(?<!\w)(?:{_STREET}){S}{_PARTICLE}{{0,3}}[\w'’-]{{2,40}}(?:{S}{_PARTICLE}{{0,3}}{_CAP}){{0,4}},?{S}"
    rf"(?:n[°º]{S}?)?"
    rf"\d{{1,4}}(?:{S}?(?:bis|[a-d])\b)?(?:{S}?/{S}?\w{{1,4}}|,?{S}(?:bte|boîte|boite|bus){S}?\w{{1,4}})?"
    rf"(?:,|{S}-|{S}à)?{S}{_POSTCODE}{S}{_TOWN}"
    rf"|(?<!\w)(?:rue|avenue|boulevard|chaussée|place|quai|chemin"
    rf"|route){S}{_PARTICLE}{{0,3}}(?-i:[A-ZÀ-Þ])[\w'’-]{{1,40}}"
    rf"(?:{S}{_PARTICLE}{{0,3}}{_CAP}){{0,4}},?{S}\d{{1,4}}(?:{S}?(?:bis|[a-d])\b)?(?:,{S}|{S}à{S}){_TOWN}",
    re.IGNORECASE,
)
_UK_POSTCODE = r"(?-i:[A-Z]{1,2}\d[A-Z\d]?) ?\d(?-i:[A-Z]{2})(?!\w)"
_WAY = (
    r"street|st\.?|road|rd\.?|avenue|ave\.?|lane|ln\.?|drive|dr\.?|court|ct\.?|square|sq\.?|terrace|grove|hill"
    r"|mews|walk|row|crescent|cres"
    r"|way|close|cl\.?|gardens?|gdns|boulevard|blvd\.?|place|pl\.?|parade|park|view|rise|green|circle|trail"
    r"|parkway|pkwy|highway|hwy|quay"
    r"|wharf|embankment|heights|bank|end|gate|vale|path|loop|yard|villas|broadway"
)
_HOUSE = (
    rf"(?:(?:The{S})?(?-i:[A-Z])[\w'’-]{{1,30}}"
    rf"(?:{S}(?:House|Cottage|Court|Lodge|Farm|Hall|Villa|Mansions|Barn|Buildings))?,{S})"
)
_ENGLISH = re.compile(
    rf"(?:(?<!\w){_FLAT}(?:{_HOUSE})?"
    rf"|(?<!\w)(?:The{S}(?-i:[A-Z])[\w'’-]{{1,20}}(?:{S}(?-i:[A-Z])[\w'’-]{{1,20}}){{0,2}}"
    rf"|(?-i:[A-Z])[\w'’-]{{1,30}}{S}(?:Cottage|House|Lodge|Barn|Farm|Mill|Villa|Hall|Court|Mansions"
    rf"|Annexe?)),{S})?(?:(?<!\w)(?:flat|unit|apartment){S}|(?<!\w)(?:flat|unit|apartment){S}\w{{1,4}}/"
    rf"|(?<!\w)#\d{{1,4}}(?:-\d{{1,4}})?[A-Z]?,?{S})?(?<![\w.,-])\d{{1,5}}(?:[-/]\d{{1,5}})?(?:[A-Da-d]"
    rf"|{S}(?-i:[A-D])(?=,?{S})|{S}(?:1/2|½))?,?{S}(?:(?:north|south|east|west"
    rf"|[nsew]\.?){S})?"
    rf"(?:(?-i:[A-Z])[\w'’.-]{{1,30}}{S}|(?:the|of){S}|\d{{1,3}}(?:st|nd|rd|th){S}){{1,4}}?(?:{_WAY})(?!\w)"
    rf"(?:,?{S}(?:(?:flat|apt|unit|suite|room|floor"
    rf"|#)\.?{S}?(?:\d{{1,4}}[A-Za-z]?|(?-i:[A-Z])\d{{0,3}})"
    rf"|(?-i:[NS][EW]))(?!\w))?(?P<town>(?:,?{S}(?!(?:{_UK_POSTCODE})"
    rf"|Co\.|(?-i:QC|ON|NB|MB|AB|BC|SK|NS|NL|PE){S}(?-i:[A-Z])\d"
    rf"|(?-i:[A-Z]\d[\dW]){S}[A-Z0-9]{{4}}(?!\w))(?-i:[A-Z])[\w'’-]{{1,30}}(?:{S}(?-i:[A-Z][a-z])[\w'’-]{{1,30}}){{0,2}}){{0,2}}"
    rf"(?:(?:{S}(?:of|on|in|upon|under|by|de|la|le|the)){{1,3}}{S}(?-i:[A-Z])[\w'’-]{{1,30}}(?=,?[ \n]{_UK_POSTCODE}))?"
    rf"(?:(?<=Dublin){S}\d{{1,2}}(?!\w))?(?:(?<=NSW|VIC|QLD|TAS|ACT){S}\d{{4}}(?!\d))?"
    rf"(?:,{S}Co\.?{S}(?-i:[A-Z])[a-z]{{2,12}})?(?:(?<=Singapore){S}\d{{6}}(?!\d))?"
    rf"(?:,?{S}(?-i:[A-Z]\d[\dW]{S}[A-Z0-9]{{4}})(?!\w))?"
    rf"(?:,?{S}(?-i:QC|ON|NB|MB|AB|BC|SK|NS|NL|PE){S}(?-i:[A-Z]\d[A-Z] ?\d[A-Z]\d)(?!\w))?"
    rf"(?:,?{S}(?-i:[A-Z]{{2}})(?={S}\d{{5}}))?(?:,?[ \n](?:{_UK_POSTCODE}|\d{{5}}(?:-\d{{4}})?(?!\d)))?)",
    re.IGNORECASE,
)
# "Bahnhofstrasse 21, 8001 Zürich", "Via Roma 12, 20121 Milano", "Calle Mayor, 5".
_CONTINENTAL = re.compile(
    rf"(?<!\w)(?:(?-i:[A-ZÄÖÜ])[\wäöüß-]{{1,30}}(?:strasse|straße|str\.|gasse|weg|platz|allee|straat|laan|plein"
    rf"|dreef|kaai|lei|steenweg"
    rf"|rain|hof|ring|matte|acker|halde|quai|markt)|(?-i:Grand[-’' ](?:Place|[Rr]ue)|Grote{S}Markt)"
    rf"|(?-i:Via|Viale|Piazza|Corso|Calle|Avenida|Plaza|Rua|Carrer|Paseo){S}(?:(?:de|del|della|da|do|dei|la|el){S})*"
    rf"(?-i:[A-Z])[\w'’-]{{1,30}}(?:{S}(?-i:[A-Z])[\w'’-]{{1,30}}){{0,2}}),?{S}\d{{1,4}}[a-d]?(?!\w)(?:,?{S}(?:bus"
    rf"|bte|boîte|boite){S}?\w{{1,4}})?"
    rf"(?:,?{S}{_POSTCODE}{S}{_TOWN})?",
    re.IGNORECASE,
)
_HAMLET = re.compile(
    rf"(?<!\w)(?:lieu-?dit|lieu{S}dit|hameau|ferme|domaine|château){S}{_PARTICLE}{{0,3}}{_CAP}(?:{S}{_CAP}){{0,3}},?{S}"
    rf"(?:-{S})?{_POSTCODE}{S}{_TOWN}",
    re.IGNORECASE,
)
# "Rose Cottage, Mill Lane, Otley LS21 3AB": a house with a name and no number.
_NAMED_HOUSE = re.compile(
    rf"(?<!\w)(?:The{S})?(?:{_CAP}{S}){{1,2}}(?:House|Cottage|Lodge|Farm|Hall|Villa|Barn|Mill|Grange|Manor"
    rf"|Forge|Vicarage|Rectory|Bungalow|Croft|Stables|Chapel|Gatehouse|Annexe|Granary|Bakery|Priory|Gables|Orchard"
    rf"|Willows|Oaks|Elms|Laurels|Hollies|Beeches|Firs|School|Dairy|Courtyard|Steading|Bothy),{S}"
    rf"(?:{_CAP}{S}){{1,3}}(?:{_WAY})(?:,?{S}{_CAP}(?:{S}{_CAP})?){{0,2}},?{S}{_UK_POSTCODE}",
    re.IGNORECASE,
)
# "14 The Spinney, Ashford TN23 4PQ", "77 Station Approach, Woking GU22 7UY": the post code says what it is.
_POSTED = re.compile(
    rf"(?:(?<!\w)(?:Flat|Unit|Apartment|Apt){S}\w{{1,4}},?{S})?(?<![\w.,/-])\d{{1,4}}(?:[-/]\d{{1,4}})?[A-Da-d]?,?{S}"
    rf"{_CAP}(?:{S}(?:{_CAP}|of|the|on)){{0,4}}(?:,{S}?(?:Co\.{S})?{_CAP}(?:[ -]{_CAP}){{0,2}}){{0,3}},?[ \n]"
    rf"(?:{_UK_POSTCODE}|[A-Z]\d[\dW] [A-Z\d]{{4}}(?!\w))"
)
_LOW_ENGLISH = re.compile(
    rf"(?<![\w.,/-])\d{{1,5}}[a-d]?{S}(?:[a-z][\w'’-]{{2,30}}{S}){{1,2}}(?:street|road|avenue|lane|drive|close"
    rf"|crescent|terrace|gardens)"
    rf"(?!\w)(?:,?{S}[a-z][\w'’-]{{2,30}})?,?{S}(?:[a-z]{{1,2}}\d[a-z\d]? ?\d[a-z]{{2}}|\d{{5}})(?!\w)",
    re.IGNORECASE,
)
_LOW_FRENCH = re.compile(
    rf"(?<![\w.,/-])\d{{1,4}}(?:{S}?(?:bis"
    rf"|ter))?,?{S}(?:{_STREET}){S}(?:[\w'’-]{{1,30}}{S}){{1,5}}\d{{5}}(?!\d)(?:{S}[a-zà-ÿ][\w'’-]{{1,30}})?",
    re.IGNORECASE,
)
# "Flat B-604, Sai Krupa CHS, Thane West 400601", "H.No. 12-3-45, MG Road, Hyderabad - 500 028".
_INDIAN = re.compile(
    rf"(?<!\w)(?:no\.?{S}?)?(?:(?:(?:flat|house|plot|door|shop|room|block|tower|apt|apartment|qtr|villa|h\.?{S}?no"
    rf"|d\.?{S}?no)\.?{S}?(?:no\.?{S}?)?:?{S}?"
    rf"(?:[A-Z]{{1,2}}{S}?[-/]?{S}?)?\d{{1,5}}|(?-i:[A-Z]{{1,2}}[-/])\d{{1,5}}|#{S}?\d{{1,5}}"
    rf"|\d{{1,4}}[-/]\d{{1,4}}|\d{{1,4}}/(?=[A-Z],))[A-Z]?(?:[-/]\w{{1,6}}){{0,3}}"
    rf"|\d{{1,4}}(?:[A-Z]|(?:st|nd|rd|th){S}(?:cross|main|street|floor|block|phase|avenue))?),{S}?"
    rf"(?:(?-i:[A-Z0-9])[\w.'’&()/ -]{{1,50}},{S}?){{0,5}}(?-i:[A-Z])[\w.'’()-]{{1,25}}(?:{S}"
    rf"(?-i:[A-Z])[\w.'’()-]{{1,25}}){{0,3}}"
    rf"(?:,?{S}|{S}?[-–]{S}?)(?:PIN(?:code)?{S}?[:-]?{S}?)?[1-8]\d{{2}}{S}?\d{{3}}(?![\w-])",
    re.IGNORECASE,
)
_BOX = re.compile(
    rf"(?<!\w)(?:P\.?O\.? Box|BP|CS){S}\d{{2,6}}(?:[,\n]?{S}?{_POSTCODE}{S}{_TOWN}"
    rf"|,{S}{_TOWN}(?:,?{S}[A-Z]{{2}}{S}\d{{5}}|{S}{_UK_POSTCODE})?)?(?!\w)"
)
_PIN = re.compile(r"(?<!\d)[1-8]\d{2}[ \u00a0]?\d{3}(?!\d)")
# "Résidence Les Alizés, route de la Plage, 97434 Saint-Gilles": no number, but a post code.
_NO_NUMBER = re.compile(
    rf"(?<!\w)(?:villa|résidence|residence|rés\.|immeuble|imm\.|quartier|lieu-?dit|lieu{S}dit|domaine|ferme|mas"
    rf"|bastide){S}"
    rf"{_PARTICLE}{{0,3}}{_CAP}(?:[ -]{_CAP}){{0,2}}(?:,{S}?|{S}-{S}"
    rf"|\n)(?:{_STREET}){S}{_PARTICLE}{{0,3}}[\w'’-]{{2,40}}"
    rf"(?:{S}{_PARTICLE}{{0,3}}{_CAP}){{0,4}}(?:,{S}?|{S}-{S}|\n|{S})(?-i:{_POSTCODE}){S}{_TOWN}",
    re.IGNORECASE,
)
# "Hay Salam, bloc B n° 14, Rabat", "Cité des 200 logements Bt 4 n°12, Oran".
_ESTATE = re.compile(
    rf"(?<!\w)(?:cité|hay|lotissement|lot\.?|résidence|quartier|derb|douar|imm(?:euble)?\.?|bloc)(?:{S}(?:{_PARTICLE})?"
    rf"(?-i:[A-ZÀ-Þ0-9])[\w'’-]{{0,30}}|{S}logements){{1,4}},?{S}(?:(?:bloc|bt|bât|imm|rue|esc"
    rf"|villa)\.?{S}\w{{1,6}},?{S})?"
    rf"(?:n[°º]|numéro|villa|appt?|porte|bt|bât|imm){S}?\d{{1,4}}[A-Z]?(?:,{S}?|{S})(?:{_POSTCODE}{S})?{_TOWN}",
    re.IGNORECASE,
)
_BARE_UK = re.compile(r"(?<![\w-])[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}(?![\w-])")
_EIRCODE = re.compile(r"(?<![\w-])[A-Z]\d[\dW] [A-Z\d]{4}(?![\w-])")
_BARE_TOWN = re.compile(
    r"(?<![\w.,-])"
    rf"(?:(?:(?:Le|La|Les){S}|L['’])[A-ZÀ-Þ][\w'’-]{{2,30}}(?:[ -][A-ZÀ-Þ][\w'’-]{{2,30}}){{0,2}},{S})?"
    rf"\d{{5}}{S}{_TOWN}"
)
_LIVES = re.compile(
    r"(?:\bj['’]habite|\bhabit(?:e|ons|ant)|\bdomicili\w+|\badresse|\baddress|\blive|\blivre\w*"
    r"|\blivr[ée]\w* (?:au|chez))[^\n]{0,30}$",
    re.IGNORECASE,
)
# "3 place de parking", "2 cours de yoga": a street needs a capital or a town after these.
_COMMON_TYPES = re.compile(
    rf"{S}(?:place|cours|villa|route|passage|résidence|residence|mail|cité|square|promenade|clos|chemin|allées?"
    rf"|quai|sentier|r\.|pl\.|ch\.|voie|rang|galerie|terrasse|côte|traverse|corniche|carrefour|croissant|digue"
    rf"|imp|sq|all\.|fg|pass\.|rés\.?|chem)"
    rf"{S}",
    re.IGNORECASE,
)


_LOW_AFTER = re.compile(
    rf"{S}(?:[àa]{S})?(?P<town>[a-zà-ÿ]{{3,20}}(?:-[a-zà-ÿ]{{2,20}}){{0,4}})(?:{S}\d{{1,2}}(?:er|e"
    rf"|[èe]me)?(?!\w))?(?!\w)"
)
_YEAR = re.compile(r"(?:19|20)\d\d(?!\w)")
_MONTH = re.compile(
    r"(?<!\w)\d{1,2}(?:er)?[ \u00a0](?:janv(?:ier|\.)?|f[ée]vr?(?:ier|\.)?|mars|avr(?:il|\.)?|mai|juin|juil(?:let|\.)?"
    r"|ao[ûu]t|sept(?:embre|\.)?|oct(?:obre|\.)?|nov(?:embre|\.)?|d[ée]c(?:embre|\.)?)[ \u00a0]$",
    re.IGNORECASE,
)
#: A number that is not that of a house: "le bus 42 avenue Foch".
_LINE = re.compile(
    r"(?<!\w)(?:bus|lignes?|tram(?:way)?|métro|noctilien|autobus|autocar|car)[ \u00a0](?:n[°º] ?)?$", re.IGNORECASE
)


def find_addresses(text: str) -> Iterator[PersonalSpan]:
    """Streets, boxes, full British postcodes; a town with its postcode only where people say they live."""
    for match in _FRENCH.finditer(text):
        if _is_street(match) and not said_before(text, match.start(), _LINE, 16) and not _is_day(text, match):
            yield _to_low_town(text, _with_site(text, match))
    for pattern in (
        _NUMBER_LAST,
        _MAIN_STREET,
        _CONTINENTAL,
        _HAMLET,
        _ENGLISH,
        _LOW_ENGLISH,
        _LOW_FRENCH,
        _NO_NUMBER,
        _ESTATE,
        *((_INDIAN,) if _PIN.search(text) else ()),
        _BOX,
    ):
        for match in pattern.finditer(text):
            yield _span(match)
    if _BARE_UK.search(text):
        for pattern in (_NAMED_HOUSE, _POSTED, _BARE_UK):
            yield from map(_span, pattern.finditer(text))
    elif _EIRCODE.search(text):
        yield from map(_span, _POSTED.finditer(text))
    for match in _BARE_TOWN.finditer(text):
        if said_before(text, match.start(), _LIVES):
            yield _span(match)


def _span(match: re.Match[str]) -> PersonalSpan:
    return PersonalSpan("ADDRESS", match.start(), match.start() + len(match.group().rstrip(" \n,.-")))


def _with_site(text: str, match: re.Match[str]) -> PersonalSpan:
    """The address with the name of the building said before it."""
    found = _span(match)
    begins = max(0, found.start - _SITE_REACH)
    site = _SITE.search(text[begins : found.start])
    return found._replace(start=begins + site.start()) if site else found


def _to_low_town(text: str, found: PersonalSpan) -> PersonalSpan:
    """The address with a town in lower case after it: "22 rue des martyrs paris 9", "4 rue du moulin à vannes"."""
    after = _LOW_AFTER.match(text, found.end)
    if after is None or not known(after["town"]) & Word.PLACE:
        return found
    return found._replace(end=after.end())


def _is_day(text: str, match: re.Match[str]) -> bool:
    """True for the year of a day and the place of an event: "le 21 juin 2025 place Sainte-Anne"."""
    return _YEAR.match(match.group()) is not None and said_before(text, match.start(), _MONTH, 16)


def _is_street(match: re.Match[str]) -> bool:
    """False for "10 rue commerçantes" and "2 places de parking"."""
    if len(match["name"]) == 1 and not match["particle"]:
        return False
    if match["name"][0].isupper() or any(sign.isdigit() for sign in match["town"]):
        return True
    return bool(match["particle"]) and not _COMMON_TYPES.search(match.group())

"""What sends readers to an account, a group, a payment or a tool that no source names, without a link to see it by."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.checks import Context, Draft
from copilot.checks._by_model import own_words, where_of
from copilot.checks._phrases import compiled, page, sentences
from copilot.checks._roots import NEGATED
from copilot.text.lexicons import stop_words, words

#: Places where people write to each other away from the page.
_AWAY = r"(?:telegram|tg|whats ?app|signal|discord|viber|wechat|snap(?:chat)?|skype|kik|imo|threema|session|icq|line)"
_PLATFORM = (
    rf"(?:{_AWAY}|insta(?:gram)?|ig|tik ?tok|facebook|fb|messenger|twitter|threads|you ?tube|linkedin|x|onlyfans"
    r"|twitch|reddit|pinterest|vinted|leboncoin|google|gmail|mastodon|bluesky)"
)
_ON = r"(?:sur|via|par|dans|on|through|over|using|avec|with|from|depuis|in)"
_INVITES = (
    r"(?:ecri(?:vez|re|s|vons)|contact(?:ez|er|e)|joign(?:ez|ons)|joindre|appel(?:ez|er|le)|suiv(?:ez|re)|suis"
    r"|ajout(?:ez|er|e)|rejoi(?:gnez|ndre|ns)"
    r"|parl(?:ez|er|e)|demand(?:ez|er|e)|voyez|voir|allez|passez|retrouv(?:ez|er|e)|trouver(?:ez|a)|envoy(?:ez|er)"
    r"|discut(?:ez|er)|abonn(?:ez|er)(?: vous)?|visitez|adress(?:ez|er)|rendez(?: vous)?|tchatt?ez"
    r"|poursuiv(?:ez|re|ons)"
    r"|continu(?:ez|er|ons)|repond(?:ons|ra|ez)?|dispo(?:nibles?)?|attend(?:ons|ent)?|c'est|tout est|est|sommes"
    r"|on est"
    r"|write|contact|reach|call|follow|add|join|speak|talk|ask|see|visit|find|message|text|dm|pm|go|chat|subscribe"
    r"|continue|carry on|available|reply|replies|answer|answers|is|are|we're|it's|get in touch|hit up|drop)"
)
_SELF = words(
    "nous moi vous toi lui leur eux equipe service services conseiller conseillere conseillers atelier boutique page "
    "compte profil message messages messagerie prive prives commentaire commentaires mail us me our my team shop "
    "workshop store page account profile inbox photo photos video videos story stories post posts publication "
    "publications direct directement aussi bien ici la retrouver chaine canal groupe live contenu compte officiel "
    "officielle actualites nouvelles here there also directly too you them it retrouvez suivez abonnes abonne live"
)
_NAMED = (
    rf"{_INVITES}(?: (?:vous|nous|les?|la|lui|donc|plutot|vite|aussi|directement|out|us|directly|to|up|for)){0, 4}"
    r" (?:(?:a|au|aux|avec|le|la|les|l'|chez|compte|profil|agent|conseiller|expert|to|with|the|our|notre|user|account"
    rf"|pseudo|dit)[ ']?){{0,4}}(?P<direct>[\w.-]{{3,40}}),? {_ON} (?:le |la |l'|the |notre |our )?{_PLATFORM}"
)
_WITH = rf"(?P<name>[\w.-]{{3,40}}),? {_ON} (?:le |la |l'|the )?{_PLATFORM}|{_PLATFORM} ?: ?(?P<after>[\w.-]{{3,40}})"
_GROUP = (
    rf"(?:groupe|canal|chaine|channel|group|serveur|server|salon|communaute|community|compte|account) (?:\w+ )?"
    rf"{_PLATFORM} (?:de |of |dit |called |nomme |: ?)?(?P<group>[\w.-]{{3,40}})"
)
_TO_NAME = (
    r"(?:dms?|mps?|pm|messages?|mots?|textos?|sms)(?: (?:prives?|directs?))? (?:a|to|chez|pour"
    r"|for) (?P<to>[\w.-]{3,40})"
)
_GOES_AWAY = (
    rf"{_INVITES} (?:[\w'-]+ ){{0,6}}?(?:{_ON} (?:(?:le|la|l'|un|notre|votre|mon|son|ce|the|our|a|my|groupe"
    rf"|canal|chaine"
    rf"|compte|group|channel|account|serveur|server|numero|number) ?){{0,3}}|(?:groupe|canal|chaine|group"
    rf"|channel|serveur"
    rf"|server) |(?:our|notre|the|le|la|mon|my|un|a|this|ce) ){_AWAY}"
)
_PAID_BY = (
    r"(?:paypal|western ?union|money ?gram|(?:cartes?|cheques?|bons?) cadeaux?(?: \w+)?|gift ?cards?|bitcoins?|btc"
    r"|crypto\w*|ethereum|usdt|wallet|portefeuille (?:crypto|numerique)|lydia|cash ?app|venmo|zelle|revolut"
    r"|mandats? cash"
    r"|paysafe\w*|coupons? (?:pcs|neosurf|transcash)|pcs|neosurf|transcash|steam|google play|itunes"
    r"|virement(?: \w+)? (?:a|au|sur|vers|instantane)|bank transfer to|wire transfer|especes|mandat)"
)
_PAYS = (
    r"(?:envoy\w+|regl\w+|pay(?:ez|er|e|able|ons)?|vers(?:ez|er|e)|vir(?:ez|er)|transfer\w*|achet(?:ez|er)|prenez"
    r"|investi\w+|donn(?:ez|er)|faites|effectu\w+|send|pay|wire|settle|buy|invest|deposit|donate|purchase|use"
    r"|utilis(?:ez|er)|depos(?:ez|er)|credit(?:ez|er))"
)
_PAYMENT = rf"{_PAYS} (?:[\w'€$£-]+ ){{0,7}}?{_PAID_BY}"
_TOOL = r"(?:any ?desk|team ?viewer|rust ?desk|ultra ?viewer|logmein|quick ?support|airdroid|ammyy|supremo)"
_SHORT_NUMBER = (
    r"(?:envoy(?:ez|er|e)|tap(?:ez|er|e)|text(?:ez|er)?|sms|send|compos(?:ez|er)|dial|appel(?:ez|er)|call|faites le"
    r"|ring) (?:[\w'-]+ ){0,5}?(?:(?:au|to|le|on|sur|the) )?(?P<short>\d(?:[ .-]?\d){3,5})(?![ .-]?\d"
    r"| ?(?:euros?|h|kg|km|%|€|ans"
    r"|jours|days|years))"
)
_POINTS = (
    r"(?:suiv(?:ez|re)|cliqu(?:ez|er)|utilis(?:ez|er)|voyez|voir|allez|ouvr(?:ez|ir)|consult(?:ez|er)|lisez"
    r"|copi(?:ez|er)"
    r"|fiez|appliqu(?:ez|er)|est|sont|se trouv\w+|figure\w*|trouver(?:ez|a)|regardez|via|par|appel(?:ez|er)"
    r"|ecri(?:vez|re)"
    r"|follow|click|use|see|visit|open|read|check|trust|call|is|are|find|try|copy|tap|contact|via|through|avec|with)"
)
_THEIRS = (
    r"(?:liens?|adresses?|numeros?|conseils?|consignes?|instructions?|procedure|site|methode|profil|compte|bio|pseudo"
    r"|contact|coordonnees"
    r"|links?|advice|number|method|profile|account|steps|details|handle|website|url)"
    r" (?:[\w'-]+ ){0,3}?(?:ci-dessus|plus haut|juste au-dessus|above|(?:du|dans (?:le|ce|son|votre)|de (?:ce"
    r"|votre|cet)"
    r"|sous (?:ce|le|votre)|in (?:the|this|that|your|his|her)|from (?:the|this|your)|of (?:the|this|your)) "
    r"(?:\w+ )?(?:commentaires?|comments?|message|avis|tweet|profil|bio|profile))"
)
_POINTED = (
    rf"{_POINTS}(?:-(?:le|la|les))? (?:[\w'-]+ ){{0,4}}?{_THEIRS}"
    r"|(?:liens?|adresse|numero|solution|reponse|infos?|details|links?|answer|number|address) (?:est|sont|is"
    r"|are|se trouve\w*)"
    r" (?:\w+ ){0,2}?(?:(?:dans|sous|in|under) (?:le|ce|son|votre|cet|the|this|that|your|his"
    r"|her) (?:\w+ )?(?:commentaires?"
    r"|comments?|message|avis|profil|bio|profile)|ci-dessus|plus haut|au-dessus|above)"
)
_FOLLOWS_IT = (
    r"(?:suivez|faites confiance a|ecoutez|fiez-vous a|follow|trust|listen to) (?:[\w'-]+ ){0,2}?(?:commentaire"
    r"|comment"
    r"|conseil de ce|qu'il dit|qu'elle dit|what (?:he|she|they) sa(?:ys|y))"
)
_SEARCHED = (
    r"(?:cherch(?:ez|er)|recherch(?:ez|er)|tap(?:ez|er)|googl(?:ez|er|e)|search(?: for| up)?|look up|type|enter"
    r"|scann(?:ez"
    r"|er)|scan|telecharg(?:ez|er)|install(?:ez|er)?|download) (?P<sought>(?:[\w'.«»\"-]+ ?){1,6}?)"
    r" ?(?:(?:sur|dans|via|on|in|from|depuis) (?:le |la |l'|the |votre |your )?(?:google|internet|le net|net"
    r"|web|youtube|bing"
    r"|tiktok|app ?store|play ?store|store|moteur\w*|browser|search|navigateur|insta\w*|facebook|telegram))"
)
_CODE = r"(?:scann(?:ez|er)|scan|flash(?:ez|er)) (?:[\w'-]+ ){0,2}?(?:qr|code|flashcode)"


def sent_elsewhere(draft: Draft, context: Context) -> Iterator[tuple[int, int]]:
    """Where a draft sends its reader to what the brand's own words do not name, as spans of its text, in order."""
    where = where_of(draft)
    own = page(own_words(context)).plain
    theirs = "\n".join(page(text).plain for text in context.untrusted)
    for start, end in sentences(where):
        told = where.plain[start:end]
        if told.rstrip().endswith("?"):
            continue
        found = next(_led(told, own, theirs, draft.network.id), None)
        if found is not None and not _stands_back(told, found[1]):
            yield where.span(start + found[0], start + found[1])


def _stands_back(told: str, end: int) -> bool:
    """Whether the sentence denies it before it is said, or warns of it."""
    return NEGATED.search(told, 0, end) is not None


def _led(told: str, own: str, theirs: str, network: str) -> Iterator[tuple[int, int]]:
    yield from _to_accounts(told, own, theirs)
    for match in compiled(_GOES_AWAY).finditer(told):
        away = match.group().split()[-1]
        if not _says(away, own) and away[:4] != network[:4]:
            yield match.span()
    for expression in (_PAYMENT, _TOOL, _POINTED, _FOLLOWS_IT, _CODE):
        yield from (match.span() for match in compiled(expression).finditer(told) if match.group() not in own)
    for match in compiled(_SHORT_NUMBER).finditer(told):
        if re.sub(r"\D", "", match["short"]) not in re.sub(r"[ .-]", "", own):
            yield match.span()
    for match in compiled(_SEARCHED).finditer(told):
        sought = [word for word in re.findall(r"\w+", match["sought"]) if word not in stop_words("both")]
        if sought and not all(_says(word, own) for word in sought):
            yield match.span()


def _to_accounts(told: str, own: str, theirs: str) -> Iterator[tuple[int, int]]:
    """Where an account of a platform is named that is none of ours."""
    for match in compiled(_NAMED).finditer(told):
        if _is_unknown(match["direct"], own):
            yield match.span()
    for match in compiled(_WITH).finditer(told):
        name = match["name"] or match["after"]
        if _is_unknown(name, own) and (_is_odd(name) or _is_paired(name, theirs)):
            yield match.span()
    for match in compiled(_GROUP).finditer(told):
        if _is_unknown(match["group"], own):
            yield match.span()
    for match in compiled(_TO_NAME).finditer(told):
        if _is_odd(match["to"]) and _is_unknown(match["to"], own):
            yield match.span()


def _says(word: str, own: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", own) is not None


def _is_unknown(name: str, own: str) -> bool:
    """Whether ``name`` may be an account: no word for ourselves, no small word, none the brand's own texts have."""
    bare = name.strip(".-")
    if bare in _SELF or bare in stop_words("both") or re.fullmatch(_PLATFORM, bare):
        return False
    return len(bare) > 2 and not _says(bare, own)


def _is_odd(name: str) -> bool:
    """Whether ``name`` is written as no word is."""
    return any(char.isdigit() or char in "_." for char in name.strip("."))


def _is_paired(name: str, theirs: str) -> bool:
    """Whether a message has ``name`` beside a platform."""
    one = re.escape(name.strip(".-"))
    return (
        re.search(
            rf"(?<!\w){one}\W+(?:\w+\W+){{0,2}}?{_PLATFORM}(?!\w)|{_PLATFORM}\W+(?:\w+\W+){{0,2}}?{one}(?!\w)", theirs
        )
        is not None
    )

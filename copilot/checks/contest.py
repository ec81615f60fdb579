"""A contest against the network's rules, or that leaves its own rules out."""

from __future__ import annotations

from collections.abc import Iterator

from copilot.checks import Context, Draft
from copilot.checks._phrases import Hit, Page, Phrases, compiled, denied, page
from copilot.checks._samples import Sample
from copilot.domain.finding import Finding, Severity
from copilot.domain.wording import Wording

NAME = "contest"
SEVERITY = Severity.WARNS

_CONTEST = Phrases(
    {
        "jeu jeux conc": (
            r"(?:grand )?jeux?[- ]concours|(?:grand )?(?:jeu|concours) (?:facebook|instagram|photo|de noel|du "
            r"mois|de l'avent|d'ete|de rentree)|(?:concours|jeu)(?=[^\n]{0,200}\b(?:gagn|remport|tirage|lots?"
            r"|participe))"
        ),
        "tira gagn remp tent chan": (
            r"tirages? au sort|(?:a|pour|de|peut-etre|et) (?:gagner|remporter)(?! (?:du temps|en |de l'argent"
            r"|la confiance|le match|des points|son|leur|sa|quelques|plusieurs|de la place))|tentez (?:votre "
            r"chance|de)|tente (?:ta chance|de (?:gagner|remporter))|gagne[zr]? (?:\w+ ){0,2}?(?:un|une|des"
            r"|votre|ton|tes|vos|\d+|deux|trois|cinq|dix)(?! (?:temps|minutes?|heures?|points?|jours?|euros "
            r"par|place de|m2))"
        ),
        "give cont comp enter ente win priz draw swee raff luck": (
            r"giveaways?|sweepstakes?|prize draws?|raffles?|(?:enter|chance|entered) (?:now )?to win|enter "
            r"(?:our|the|this) (?:\w+ )?(?:competition|contest|draw)|(?:lucky )?winners? will be (?:drawn"
            r"|picked|chosen)|(?:want|fancy|chance) to win|to win(?= ?[!.,:]| (?:a|an|one|two|three|tickets"
            r"|yours|our)\b)|win (?:a|an|two|one|tickets|yours|\d+)(?= (?:[\w'-]+ ){0,8}?(?:tag|share|comment"
            r"|like|follow|by|voucher|tickets?|prize|bundle|box|hamper|night|stay|meal|pair|set|with))"
        ),
    }
)
_MATES = (
    r"(?:ami|amie|copain|copine|pote|personne|proche|collegue|voisin|voisine|complice|comparse|binome|contact"
    r"|cousin|cousine|gourmand\w*|fan)s?(?:\w)?"
)
_ASKED = Phrases(
    {
        "iden tagu tag tagg ment invi nomm cite citez cito": (
            r"(?:identifi|tagu?|tagg|mentionn|invit|nomm|cit)(?:ez|er|e|es|ant|ons) (?:[\w'()+,-]+"
            rf" ){{0,6}}?(?:{_MATES}|quelqu'un|celui|celle|ceux|celles|comptes?|moitie|soeurs?|freres?|meres?"
            r"|maman|papa|crush|best(?:ie)?|bff|duo|equipe|team|partenaires?|conjointe?|followers|abonnes"
            rf"|entourage|monde|tribu)|(?:identification|tags?|mention) (?:de |d')(?:\w+ ){{0,3}}?{_MATES}"
        ),
        "part repa rela diff like aime comm": (
            r"(?:re)?partag(?:ez|er|e)(?= ?(?:[!.,;:+&)]|et\b|pour\b|avec\b|autour\b|puis\b|massivement\b"
            r"|un max))|(?:en|de) partageant(?: [\w']+){0,3}|diffus(?:ez|e) (?:ce|cette|le|la|notre) \w+"
            r"|partage (?:obligatoire|du post|de la publication|du jeu|en story)"
        ),
        "tag name ment nomi tagg": (
            r"(?:tag|mention|name|nominate|tagging|mentioning) (?:[\w'&-]+ ){0,5}?(?:friends?|mates?"
            r"|people|persons?|pals?|besties?|colleagues?|bff|someone|somebody|accounts?|sisters?"
            r"|brothers?|mum|mom|dad|partner|crew|plus one|followers|date|squad|budd(?:y|ies)|loved ones?"
            r"|other half|family)"
        ),
        "shar sha resh": (
            r"(?:re)?shar(?:e|ing)(?= ?(?:[!.,;:+&]|and\b|to win|with\b|publicly|far\b|widely))|share"
            r" (?:to|on|in|via) (?:your|a|their) \w+"
        ),
        "iden tagu tag tagg ment invi nomm poin": (
            r"(?:identifi|tagu?|tagg|mentionn|invit|nomm)(?:ez|er|e|es|ant|ons) (?:en commentaire |ici |nous "
            r"|dessous |vite |dans les commentaires )*(?:(?:au moins|jusqu'a|minimum) )?(?:un|une|\d+|deux"
            r"|trois|quatre|cinq|dix|tes|vos|ton|votre|des|les|quelques|plusieurs)?(?: ou une)?(?:\(e\))? "
            rf"?(?:\w+ )?(?:{_MATES}|quelqu'un|celui|celle|ceux)(?: (?:a|avec|de|au|dans|en) (?:\w+ ?){{0,3}})?"
        ),
        "part repo repa rela repu": (
            r"(?:re)?partag(?:ez|er|e|es|eant) (?:\w+ment |aussi |vite |en public |publiquement )*(?:ce|cette"
            r"|cet|le|la|notre|l'|en) ?(?:\w+ ){0,3}?(?:publication|post|jeu|jeu-concours|concours|story"
            r"|stories|mur|profil|journal|page|photo|video|annonce|public|statut)(?: (?:en|sur|dans|a) (?:\w+ "
            r"){0,2}?(?:story|stories|mur|profil|journal|public|statut|amis))?"
            r"|partag(?:ez|er|e|eant) (?:\w+ ){0,3}?(?:sur|dans|en) (?:votre|ton|vos|tes|ta)? ?(?:mur|profil"
            r"|journal|story|stories|fil|statut)|(?:repost|republi)(?:ez|er|e|es)\b(?: \w+){0,4}|relay(?:ez"
            r"|er|e) (?:ce|cette|le|la|notre) \w+"
        ),
        "tag name ment nomi": (
            r"(?:tag|mention|name|nominate|tagging|@) (?:at least )?(?:a|an|one|two|three|four|five|\d+|your"
            r"|some|someone|somebody|the)? ?(?:\w+ ){0,2}?(?:friends?|mates?|people|persons?|pals?|besties?"
            r"|colleagues?|bff|someone|somebody)(?: (?:below|in the comments|who|to))?"
        ),
        "shar repo post": (
            r"(?:share|repost|re-share|reshare|sharing) (?:\w+ )?(?:this|the|our|it) ?(?:\w+ ){0,2}?(?:posts?"
            r"|pages?|giveaway|competition|contest|photo|video|reel|publicly|story|stories|timeline|wall)?(?: "
            r"(?:to|on|in) (?:your|their) (?:story|stories|timeline|wall|profile|feed|page))?|share (?:to|on"
            r"|in) your (?:story|stories|timeline|wall|profile|feed)"
        ),
    }
)
# What makes a contest of a text that asks for a tag or a share.
_HINTS = Phrases(
    {
        "part pour gagn remp lot lots tent regl tire jeu chan plac": (
            r"(?:votre|ta|leur|chaque) participation|gagnante?s?|(?:a|faire|pour|de) gagner(?! (?:du temps|en |de l'))"
            r"|pour participer(?= ?[:,]? (?:il suffit|identifi|tag|partag|mention|lik|aim|suiv|comment|abonn|cit))"
            r"|remporter|(?:votre|ta) chance|reglement(?: complet)?|tir(?:age|ee?s?|es?|erons|era) au sort|lots? a"
            r"|jeu (?:non|gratuit|sans|n'est|organise|ouvert|valable)|places? a gagner|(?:mettons|met|mis\w*) en jeu"
        ),
        "win winn ente priz draw give": (
            r"win (?:a|an|one|two|tickets?|your|\d+)|winners?|to enter"
            r"(?= ?[:,]| before| by| simply| just| the (?:draw|prize))"
            r"|prizes?|giveaway|(?:prize|lucky) draw|draw (?:on|takes|will|closes)"
        ),
    }
)
_RULES = compiled(
    r"reglements?|conditions? (?:de participation|du jeu|du concours|completes|generales)|modalites|sans "
    r"obligation d'achat|terms|t&cs?|t & cs?|rules|conditions apply"
)
_DATED = compiled(
    r"(?:jusqu'au|jusqu'a|avant|le|du|au|until|by|before|ends?|closes?|closing|on|midnight|minuit|fin"
    r"|cloture)[^\n]{0,16}?\b(?:\d{1,2}|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|demain|minuit"
    r"|soir|monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow|tonight|midnight|noel"
    r"|christmas)\w*"
    r"|\d{1,2}(?:er)? (?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre"
    r"|decembre|january|february|march|april|may|june|july|august|september|october|november|december)"
    r"|\d{1,2}/\d{1,2}|ce soir|tonight|demain|tomorrow"
)
_RELEASED = compiled(
    r"(?:ni|pas|n'est|n'est pas|not|no way|aucun\w*|neither|independ\w+|decharge\w*|in no way|degag\w+"
    r"|release\w*)[^\n.]{0,80}(?:facebook|meta|instagram)|(?:facebook|meta|instagram)[^\n.]{0,60}(?:n'est"
    r"|pas|ne |not|decharge|neither|aucun)[^\n.]{0,60}"
)
_META = {"facebook_page": "Facebook", "instagram": "Instagram"}


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Warns of a Facebook contest entered by sharing or tagging; advises to give rules, a date and Meta's release."""
    if draft.part != "post":
        return
    where = page(draft.text)
    contests = _CONTEST.apart(where)
    if not contests:
        if draft.network.id in _META and any(_HINTS.find(where)):
            yield from _traps(draft, where)
        return
    if draft.network.id in _META:
        yield from _traps(draft, where)
    named = contests[0]
    if not _RULES.search(where.plain):
        yield _advice(draft, where, named, "rules")
    if not _DATED.search(where.plain):
        yield _advice(draft, where, named, "dates")
    if draft.network.id in _META and not _RELEASED.search(where.plain):
        yield _advice(draft, where, named, "release")


def _traps(draft: Draft, where: Page) -> Iterator[Finding]:
    on_facebook = draft.network.id == "facebook_page"
    for hit in _ASKED.apart(where):
        if denied(where, hit.start):
            continue
        start, end = where.span(hit.start, hit.end)
        quote = draft.text[start:end].strip()
        key = "check.contest.share" if on_facebook else "check.contest.tag"
        weight = Severity.WARNS if on_facebook else Severity.ADVISES
        yield Finding(NAME, weight, start, start + len(quote), Wording(key, {"quote": quote}), quote)


def _advice(draft: Draft, where: Page, hit: Hit, kind: str) -> Finding:
    start, end = where.span(hit.start, hit.end)
    wording = Wording(f"check.contest.{kind}", {"network": _META.get(draft.network.id, draft.network.label)})
    return Finding(NAME, Severity.ADVISES, start, end, wording, draft.text[start:end])


BAD = {
    "fr": (
        Sample(
            "Jeu-concours ! Pour gagner deux places, identifiez 3 amis et partagez cette publication sur votre mur."
        ),
        Sample("Grand concours : un panier à gagner ! Tague une copine en commentaire.", network="instagram"),
        Sample("Tirage au sort vendredi : commentez pour participer."),
    ),
    "en": (
        Sample("Giveaway! Tag two friends and share this post to win a hamper.", language="en"),
        Sample("Enter to win a night for two: comment below.", language="en", network="instagram"),
    ),
}
GOOD = {
    "fr": (
        Sample(
            "Jeu-concours jusqu’au 12 mai : commentez pour gagner un panier. Règlement : https://exemple.fr/jeu. "
            "Ce jeu n’est ni organisé ni parrainé par Facebook."
        ),
        Sample("Le concours d’entrée à l’école ouvre le 3 mars. Partagez cette publication autour de vous !"),
        Sample("Identifiez un ami à qui ce pain plairait."),
    ),
    "en": (
        Sample("Share this post with a friend who loves jam.", language="en"),
        Sample("Giveaway until 12 May, rules on our site. Not sponsored by Meta.", language="en"),
    ),
}

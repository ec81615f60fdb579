"""What nobody is ever asked for in public: the means to pay, to sign in, to pass for somebody."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.checks._phrases import Page, compiled, denied, sentence_at, sentences

#: Characters around a request in which the rest of its sentence is read.
NEAR = 160
_ITS = r"(?:(?:votre|vos|ton|ta|tes|le|la|les|l'|un|une|du|de|des|d'|your|the|a|an|my|ses|son) ?){0,4}"
_THING = (
    r"(?:(?:numeros?|num|n°|nº|no|chiffres|codes?|photos?|dates? d'expiration|coordonnees|informations?|infos?"
    r"|donnees|details|image|copie|scan"
    r"|recto|dos) (?:de |d'|du |des )?(?:(?:votre|vos|ta|la|l') ?)?(?:cartes? (?:bancaires?|bleues?|de credit"
    r"|de paiement|visa|vitale"
    r"|d'identite|cb|mastercard)|cartes?(?! (?:de )?(?:fidelite|membre|adherent\w*|d'abonne\w*|client\w*"
    r"|cadeau\w*|abonne\w*))|cb|pieces? d'identite"
    r"|passeport|permis|securite sociale|secu|compte bancaire|compte en banque|bancaires?)"
    r"|cartes? (?:bancaires?|bleues?|de credit|d'identite|vitale)|numero cb|cb|(?:seize|16) chiffres"
    r"|chiffres (?:du|au) dos|long number on (?:the|your)|digits on the back|cryptogramme\w*|cvv2?|cvc"
    r"|codes? au dos|chiffres au dos"
    r"|coordonnees bancaires|donnees bancaires|informations bancaires|identifiants? bancaires?|iban|rib|bic"
    r"|releves? d'identite bancaires?"
    r"|mots? de passe|mdp|passwords?|passcodes?|identifiants? (?:de connexion|et (?:\w+ )?mots? de passe)"
    r"|identifiants? impots"
    r"|codes? (?:pin|secrets?|confidentiels?|d'acces|de verification|de confirmation|de securite|de validation"
    r"|sms|otp|a \d+ chiffres"
    r"|a (?:quatre|six|huit) chiffres|a usage unique|recus?(?: (?:par|via|de|sur) (?:sms|texto|e-?mail|mail"
    r"|telephone|votre \w+|la banque))?|temporaires?|d'activation|de connexion|que (?:vous|nous|tu"
    r"|on) \w+(?: \w+){0,3})"
    r"|pin|otp|numeros? de (?:securite sociale|secu|passeport|permis|compte bancaire)|passeports?"
    r"|pieces? d'identite|justificatifs? (?:d'identite|de domicile)"
    r"|permis de conduire|titre de sejour|avis d'imposition|bulletins? de (?:salaire|paie)|fiches? de paie"
    r"|dossier medical|ordonnances?"
    r"|nom de jeune fille|reponse a votre question secrete|question secrete|phrase secrete"
    r"|phrase de recuperation|seed phrase|cles? privees?"
    r"|private keys?|recovery phrase"
    r"|(?:card|credit card|debit card|bank card|bank account|social security|passport|driving licen[cs]e"
    r"|national insurance|id|sort|routing)"
    r" (?:numbers?|details|no|codes?|info|information|data)|(?:credit|debit|bank) cards?|security codes?"
    r"|expiry dates?|expiration dates?|sort codes?"
    r"|bank(?:ing)? (?:account )?(?:details|numbers?|info|information|data|login)|log ?in (?:details"
    r"|credentials)|credentials|pin (?:numbers?|codes?)"
    r"|one[- ]time (?:codes?|passwords?)|(?:verification|confirmation|access|login|sms|text|two-factor|2fa"
    r"|\w+-digit) codes?|codes? (?:we|you|i)"
    r" (?:\w+ ){0,2}?(?:sent|got|receive[ds]?|texted|see)(?: (?:you|to|by|via|in|on|your|a|text|sms|e-?mail"
    r"|phone|message))*|ssn|passports?|id cards?|identity (?:cards?|papers?|documents?)|driv(?:ing|er's)"
    r" licen[cs]es?|proof of (?:identity|id|address)|mother's maiden name|maiden name|medical records?|pay ?slips?)"
)
#: Asking to be given, wherever it is said.
_GIVE = (
    r"(?:donn(?:ez|er|e)|indiqu(?:ez|er|e)|communiqu(?:ez|er|e)|envoy(?:ez|er)|envoie|precis(?:ez|er|e)"
    r"|transmett(?:ez|re)|transmets|fourni(?:ssez|r|s)"
    r"|laiss(?:ez|er|e)|partag(?:ez|er|e)|parvenir|post(?:ez|er|e)|repond(?:ez|re|s)|comment(?:ez|er)|dites"
    r"|dire|redonn(?:ez|er)|renvoy(?:ez|er)"
    r"|publi(?:ez|er|e)|recopi(?:ez|er)|epel(?:ez|er)|confi(?:ez|er)|attendons|quel(?:le)?s? (?:est|sont"
    r"|etaient|etait)|c'est quoi|auriez-vous"
    r"|pouvons-nous avoir|peut-on avoir|on veut|voulons|voudrions|aimerions|exigeons|demandons"
    r"|give|send|share|tell|provide|drop|leave|post|reply|comment|state|supply|what (?:is|was|are|were)|what's"
    r"|may we (?:know|have)|can we have|could we have"
    r"|pass|submit|upload|read out|message|want|spell out|let us have|give out)"
)
#: Words of an instruction as well: a request when it says where all can read, or to whom.
_DO = (
    r"(?:adress(?:ez|er)|not(?:ez|er)|renseign(?:ez|er)|confirm(?:ez|er|e)|ecri(?:vez|re|s)|mett(?:ez|re)|mets"
    r"|rappel(?:ez|er)|ajout(?:ez|er|e)"
    r"|joign(?:ez|ons)|joindre|photographi(?:ez|er)|scann(?:ez|er)|tap(?:ez|er)|saisi(?:ssez|r)|copi(?:ez|er)"
    r"|coll(?:ez|er)|montr(?:ez|er)"
    r"|mentionn(?:ez|er)|besoin (?:de|d')|faut|faudrait|faudra|manque|avez-vous|requis"
    r"|confirm|need|require|write|type|put|include|add|take|show|enter|attach|paste|copy)"
)
_ASKS = rf"(?:(?P<give>{_GIVE})|{_DO})"
_TO_US = re.compile(
    r"(?<!\w)(?:ici|ci-dessous|en dessous|en (?:commentaires?|reponse|public)|dans les commentaires|sous (?:ce"
    r"|cette|notre|votre)|here|below"
    r"|in (?:the|a) (?:comments?|reply|thread)|under (?:this|our)|us|me)(?!\w)|-(?:nous|moi)(?!\w)"
    r"|(?:nous (?:avons |aurions |aurons )?(?:bien |juste )?(?:besoin|faut|faudrait|faudra|manque)|(?:we"
    r"|i)(?:'ll| will| would|'d)? "
    r"(?:just |also |only |still )?(?:need|require))(?!\w)"
)
#: Someone who stands before the person, or the papers one brings.
_GIVEN_TO = re.compile(
    r"(?<!\w)(?:(?:au|a la|a l'|a votre|aux|to the|to your|to our) ?(?:livreu\w+|conduct\w+|chauffeur|comptoir"
    r"|accueil|caisse|guichet|drivers?"
    r"|courier|desk|cashier|counter|agents?|hotesse|point relais|commercant|banque|bank|receptionist|reception"
    r"|police|gendarmerie|controleur)"
    r"|apport\w+|bring|munissez|venez|presentez|present|embarque\w*|boarding|voyag\w+|travel\w*|departs?|border"
    r"|frontiere|essai|location"
    r"|retirer|retrait|collect\w*|chez (?:un|votre|le))(?!\w)"
)
_REQUEST = (
    rf"{_ASKS}(?:-(?:nous|moi|le|la|les|lui))*(?: (?!(?:notre|nos"
    rf"|our)\b)[\w'-]+,?){{0,7}}? {_ITS}(?P<asked>{_THING})"
)
_HERE = (
    rf"{_ITS}(?P<here>{_THING})(?: \w+){{0,3}}? (?:ici(?: meme)?|ci-dessous|en (?:commentaires?|public"
    rf"|reponse)|en dessous|sous (?:ce|cette|notre) \w+|here|below"
    r"|in (?:the|a|your) (?:comments?|reply)|under (?:this|our) \w+)"
)
_NUDE = (
    r"^\W*(?:(?:bonjour|hello|hi|et|and|merci|votre|vos|your|identifiant|login|nom|name|e-?mail|adresse"
    r"|mail)\W+){0,6}"
    rf"{_ITS}(?P<nude>{_THING})(?:,? ?(?:s'il vous plait|svp|stp|please))?\s*\?"
)
#: What comes before a request and takes it back: "we never ask you to give…".
_NEVER = re.compile(
    r"(?<!\w)(?:ne|n'|jamais|never|not|don't|do not|won't|will not|evitez|sans|without|inutile|surtout pas"
    r"|no need|avoid|aucun|nobody|personne)(?!\w)|n't(?!\w)"
)
#: A card of the shop's own, a code on a product: no secret of the person.
_OWN_KIND = re.compile(
    r"(?<!\w)(?:fidelite|cadeau\w*|promo\w*|postal\w*|loyalty|gift|product|produit|article|zip|porte|door"
    r"|barre\w*|qr)(?!\w)"
)


def secrets_asked(where: Page) -> Iterator[tuple[int, int]]:
    """Where the folded text asks for a secret, or for it to be put in public, as spans of it, without overlap."""
    last = -1
    for start, end, at in sorted(_requests(where)):
        if start < last or _OWN_KIND.search(where.prose, start, min(len(where.prose), end + 16)):
            continue
        first, until = sentences(where)[sentence_at(where, at)]
        begins, ends = max(first, start - NEAR), min(until, end + NEAR)
        if _GIVEN_TO.search(where.prose, begins, ends) and not _TO_US.search(where.prose, begins, ends):
            continue
        if _NEVER.search(where.prose, begins, start) or denied(where, at):
            continue
        last = end
        yield start, end


def _requests(where: Page) -> Iterator[tuple[int, int, int]]:
    """(start, end) of each secret that seems asked for, and where the request begins."""
    for match in compiled(_REQUEST).finditer(where.prose):
        first, last = sentences(where)[sentence_at(where, match.start())]
        near = max(first, match.start() - NEAR), min(last, match.end() + NEAR)
        if match["give"] or _TO_US.search(where.prose, *near):
            yield *match.span("asked"), match.start()
    for match in compiled(_HERE).finditer(where.prose):
        yield *match.span("here"), match.start()
    for first, last in sentences(where):
        found = compiled(_NUDE).search(where.prose[first:last])
        if found:
            yield first + found.start("nude"), first + found.end("nude"), first

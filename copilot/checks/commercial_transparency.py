"""A paid or gifted partnership that its first lines do not announce."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.checks import Context, Draft
from copilot.checks._phrases import Page, Phrases, compiled, denied, page
from copilot.checks._samples import Sample
from copilot.domain.finding import Finding, Severity
from copilot.domain.wording import Wording

NAME = "commercial_transparency"
SEVERITY = Severity.WARNS

#: Where the mention must stand: the first lines, as far as a network shows them (characters).
FIRST = 160

_TAG = re.compile(
    r"[#＃](?:ads?|pub|publicite|advert(?:isement|ising)?|spons?o(?:ris\w*|red|r)?|sponsored\w*"
    r"|(?:paid)?partner(?:ship)?s?|partenariat\w*|collab(?:oration)?(?:commerciale|remuneree)?"
    r"|gifted|pr(?:package|gift|sample)|ambassad(?:eur|rice|or)\w*|produitoffert|offert(?:par)?"
    r"|cadeaurecu|affiliat(?:ion|e)|placementdeproduit|invit\w{0,4}presse)(?!\w)"
)
_PAID = r"(?:remuneree?s?|commercial(?:e|es)?|payee?s?|sponsorisee?s?|paid|commercial)"
_THING = (
    r"(?:produits?|sejour|nuit|repas|diner|robe|veste|sac|appareil|voyage|coffret|box|livre|article|colis"
    r"|soin|materiel|exemplaires?|commande|selection|cadeaux?|tenue|look|montre|bijou\w*|stay|product|dress"
    r"|trip|meal|watch|set|box|book|copy|item)"
)

_STRONG = Phrases(
    {
        "pres pr mad made brou cour": (
            r"(?:press|pr|influencer) (?:trip|haul|unboxing|parcel|mailer|event|stay|dinner)|(?:made"
            r" possible|brought to you) by(?: \w+)?|(?:voyage|colis|envoi|dejeuner|diner) (?:de )?presse"
            r"|courtesy of (?:the )?(?:brand|team)"
        ),
        "part coll remu comm": (
            r"(?:en |un |une |notre |ce |cette |in |a )?(?:partenariat|collaboration|collab|partnership) "
            rf"{_PAID}|{_PAID} (?:partnership|collaboration|collab)"
        ),
        "invi offe gift envo pret reçu recu gaté gate": (
            r"(?:offert|envoye|prete|gracieusement offert)e?s? (?:gracieusement |gentiment |genereusement "
            r")*par (?:la marque|le label|l'enseigne|mon partenaire|mes partenaires|nos amis de|les "
            r"equipes|notre partenaire|@)(?: \w+)?"
            rf"|{_THING} (?:\w+ ){{0,3}}?(?:m'a|nous a|m'ont|nous ont|m'est|nous est) (?:gentiment "
            r")?(?:ete )?(?:offert|envoye|prete)e?s?|(?:m'a|m'ont|nous a|nous ont) (?:gentiment "
            r"|gracieusement |genereusement )?(?:offert|envoye|gate|prete|fait parvenir|invite)e?s?(?= "
            r"(?:\w+ ){0,4}?(?:a tester|pour tester|afin de tester))"
            r"|(?:j'ai|nous avons|on a) (?:recu|teste|essaye) (?:gracieusement |gratuitement |en cadeau "
            r"|en avant-premiere )(?:\w+ )?\w+|recue?s? (?:\w+ ){0,4}?(?:gratuitement|gracieusement|en "
            r"cadeau|de la part de la marque)|invitee?s? par (?:la marque|l'office de tourisme|la "
            rf"compagnie)|{_THING} (?:\w+ )?(?:offert|recu)e?s? (?:par|de la part de|de|gracieusement"
            r"|gratuitement|en cadeau)"
            r"|(?:was |were |kindly |been |it |me |us |pr |ad |- )*(?:gifted|sent|given|lent|provided) "
            r"(?:to (?:me|us) )?(?:for free |free of charge |kindly |to (?:try|review|test) )*(?:by "
            r"(?:the brand|our partner|my partner|@|the team)|for review)(?: \w+)?|gifted (?:product|item"
            r"|stay|by|pr)|pr (?:gift|sample|package)"
        ),
        "sejo voya week nuit repa dine invi prod resta": (
            r"(?:mon|notre|ce|cette|ma) (?:sejour|voyage|week-end|nuit|nuitee|repas|diner|dejeuner)s? "
            r"(?:\w+ ){0,2}?(?:(?:a|ont) ete |est |etait )?"
            r"(?:payee?s?|offerte?s?|pris en charge|prise en charge|financee?s?) par"
        ),
        "paid": r"who (?:kindly |generously )?paid for (?:this|my|our|the)",
        "marq remu paye spon fina": (
            r"(?:la|cette|une) marque (?:\w+ ){0,3}?(?:m'|nous |t'|l')(?:a|avait|ait) (?:\w+ment )?(?:offert"
            r"|envoye|prete|remunere|paye|invite|confie|sponsorise|fait parvenir|gate|adresse|donne)e?s?"
            r"|(?:m'|nous |j'|on )(?:a|ont|avons|ai) (?:ete )?(?:\w+ment )?remuneree?s?|(?:suis|sommes|est"
            r"|etais|etions) (?:\w+ment )?(?:remuneree?s?|payee?s?|sponsorisee?s?) (?:par|pour)"
        ),
        "kind gift sent paid comp pay brand": (
            r"(?:very )?(?:kindly|generously) (?:sent|gave|gifted|lent|provided|hosted|offered|invited"
            r"|treated)(?: (?:to )?(?:me|us))?|gifted (?:to )?(?:me|us)|(?:sent|gave|lent) (?:me|us) "
            r"(?:[\w'-]+ ){0,6}?(?:to (?:try|review|test)|for review|for free|free of charge)|(?:i|we|i'm"
            r"|we're|am|are|was|were|been|being) (?:getting )?(?:paid|compensated) (?:to|for|by)|(?:brand"
            r"|they|company) (?:\w+ )?(?:paid|sponsored|compensated) (?:me|us|this)"
        ),
        "merc than": (
            r"merci (?:encore |infiniment |mille fois )?a (?:la marque|toute l'equipe de la marque|mon "
            r"partenaire|notre sponsor|l'enseigne)(?: \w+)?(?: pour \w+)?|(?:thanks|thank you) to (?:the "
            r"brand|my partner|our sponsor|the team at)(?: \w+)? (?:for (?:sending|gifting|the (?:gift|invite"
            r"|product|stay)|having|inviting))"
        ),
        "code": (
            r"(?:mon|my|ton|votre|avec le|use|with|using|notre|le|un) (?:\w+ )?(?:code|promo code|discount "
            r"code|code promo|code de reduction|code reduc) (?:promo |reduc )?(?P<code>[a-z]+\d+"
            r"|[a-z]{4,}\d*)(?=[^.!?\n]{0,80}(?:\b(?:marque|partenaire|brand|partner|chez|leur site|their "
            r"(?:site|shop|website)|le site de)\b))|(?:mon|my) (?:\w+ )?(?:code|code promo|promo code"
            r"|discount code|code de reduction|code reduc)"
        ),
        "affi": r"liens? affilies?|lien d'affiliation|affiliate links?|liens? sponsorises?|affiliation",
        "spon": (
            r"(?:post|contenu|video|article|episode|publication|story|reel|podcast|billet|live|content) "
            r"(?:\w+ )?(?:est )?sponsor(?:isee?|ed)(?: par| by)?|(?:today's|this) (?:\w+ )?(?:is "
            r")?sponsor(?:ed)?(?: by)?|sponsorisee? par la marque"
        ),
        "real nest para ambas amba": (
            r"(?:ambassadeur|ambassadrice|egerie) (?:officiel(?:le)? )?(?:de la marque|pour la marque|@)"
            r"|brand ambassador|(?:video|post|article|contenu|episode|publication|story|reel|recette|look) "
            r"(?:realisee?|cree|propose)e? (?:en partenariat|en collaboration) avec"
        ),
    }
)
_WEAK = Phrases(
    {
        "part coll coop asso amis": (
            r"(?:en (?:etroite |belle )?(?:partenariat|collaboration|collab|association)|in (?:partnership"
            r"|collaboration|association)|partnering|teaming up|teamed up|collab) (?:exclusi\w+ )?(?:avec"
            r"|with) (?P<who>(?:\w+['’ -]?){1,4})"
        )
    }
)
_INSTITUTION = compiled(
    r"(?:villes?|mairies?|regions?|departements?|musees?|universites?|associations?|ecoles?|offices?"
    r"|ministeres?|academies?|hopital|hopitaux|bibliotheques?|mediatheques?|conservatoires?|festivals?"
    r"|federations?|prefectures?|agglo\w*|communautes?|metropoles?|communes?|colleges?|lycees?"
    r"|city|council|universit\w+|museums?|charit\w+|librar\w+|nhs|schools?|institute?s?|theatres?|opera"
    r"|fondations?|foundations?|croix-rouge|onf|ademe|etat|police|pompiers|sdis|chambre|parc|cinemas?"
    r"|librairies?|clubs?|chu|ars|laboratoires?|labo|trust|society|ligue|unicef|secours|etudiants|eleves"
    r"|collectifs?|compagnie|orchestre|crous|cnrs|inserm|caf|pole|france travail|mission locale|centre"
    r"|center|habitants|commercants|artisans|producteurs|agriculteurs|citoyens|scientists?|researchers?"
    r"|volunteers|students)"
)
_SELLING = Phrases(
    {
        "code prom remi redu offr marq prod brand disc coup shop deal avan": (
            r"code|promo\w*|remise|reduction|marque|brand|discount|coupon|deal|avant-premiere|produits?"
        ),
        "test adop craq fan love rece": (
            r"(?:j'ai|je l'ai|nous l'avons|je) (?:teste\w*|adopte\w*|craque\w*|recu\w*|adore)|(?:i've|i) "
            r"(?:tried|tested|love|been using)"
        ),
    }
)
_GIVEN = (
    r"(?:envois?|colis|paquets?|box|coffrets?|cadeaux?|surprises?|invit|invitations?|sejours?"
    r"|nuits?|nuitees?|week-?end|voyages?|produits?|tenues?|robes?|prets?|echantillons?|kits?"
    r"|exemplaires?|livres?|soins?|diners?|repas|tests?|pass|billets?|accueil|confiance|soutien"
    r"|partenariat|collab\w*|decouverte|opportunite|experience|(?:m'|nous )(?:avoir |ayant |a "
    r"|ont )?(?:envoye|offert|invite|gate|accueilli|recu|heberge|prete|convie|choisi|confie|fait"
    r" (?:parvenir|decouvrir|tester|confiance)|permis)e?s?)"
)
_GIVEN_EN = (
    r"(?:parcels?|packages?|gifts?|gifting|invites?|invitations?|inviting|box|stay|hosting"
    r"|having|sending|making|goodies|treats?|treating|samples?|products?|trip|loan|lending"
    r"|trust(?:ing)?|support(?:ing)?|sponsoring|hospitality|kit|pair|discount|opportunity|dress"
    r"|jacket|welcome|tickets?|hooking|providing|swag|bundle)"
)
# Thanks for what was given, or who gave it: an announcement is due when one person speaks of it.
_THANKS = Phrases(
    {
        "merc reme big dedi bisous gros": (
            r"(?:merci|remerci\w+|big up|dedicace|bisous)(?: (?!a\b|au\b|aux\b)\w+){0,2} (?:a|au|aux)\b"
            rf"(?P<to>[^.!?\n]{{0,60}}?)(?: pour| de| d'|,? qui)(?=\W)[^.!?\n]{{0,30}}?(?<=[ ']){_GIVEN}"
        ),
        "than thx chee shou prop": (
            rf"(?:thanks|thank you|thx|cheers|shout ?-?out|props)(?P<thanked>[^.!?\n]{{1,60}}?) for "
            rf"(?:[\w'-]+ ){{0,5}}?{_GIVEN_EN}"
        ),
        "ami amis copa pote part frie pals folk team": (
            r"(?:mes|nos|les) (?:\w+ )?(?:amis|amies|copains|copines|potes|partenaires) (?:de chez"
            r"|chez)(?P<of>(?: \w+)?)"
            r"|(?:my|our|the) (?:\w+ )?(?:friends|pals|mates|folks|people|team) (?:over )?(?:at|from)(?P<at>(?: \w+)?)"
        ),
        "invi conv hebe offe envo prêt pret reçu recu gate sent host gues cour hook lent": (
            r"(?:invitee?s?|conviee?s?|hebergee?s?|envoyee?s?|offerte?s?|pretee?s?|gatee?s?) par(?P<by>(?: \w+){0,3})"
            r"|(?:a|sur) l'invitation (?:de |d'|du )(?P<host>\w+)|recue?s? de (?:la part de|chez)(?P<sender>(?: \w+)?)"
            r"|(?:sent|hosted|lent|invited|provided|gifted|treated)(?: over)?(?: to (?:me"
            r"|us))? by(?P<giver>(?: \w+){0,3})"
            r"|(?:courtesy|(?:as )?(?:a |the )?guests?) of(?P<kind>(?: \w+){0,3})"
            r"|(?P<who>\w+) (?:sent|lent|invited|hosted|gifted|gave|hooked) (?:me|us)(?: up)?"
            r"|(?P<whom>\w+) (?:m'(?:a|ont)|nous (?:a|ont)) (?:\w+ment )?(?:envoye|offert|invite"
            r"|gate|prete|convie|heberge)e?s?"
        ),
    }
)
# Words only a person who speaks for herself writes.
_I = compiled(r"je|j'\w+|mon|ma|mes|moi|m'\w+|i|i'm|i've|i'd|i'll|my|me|mine")
_NOT_A_BRAND = compiled(
    r"tous|toutes|nos|vous|toi|vos|tes|ton|votre|clients?|clientes|abonnes|lecteurs|lectrices"
    r"|benevoles|equipes|everyone|all"
    r"|you|our|customers|followers|readers|mum|mom|dad|maman|papa|famille|family|soeur|frere|mari|femme|husband|wife"
    r"|voisine?s?|neighbou?rs?|mamie|papi|grand-?\w+|parents|docteur|dr|maire|guests?|donateurs"
)
_PERSONAL_TAG = re.compile(
    r"[#＃](?:invitation|invitee?s?|cadeaux?|gifts?|hosted|hostedby|collab(?:oration)?|partenaires?"
    r"|presstrip|voyagepresse"
    r"|voyagedepresse|prhaul|prunboxing|prmail|presse|sp|envoi|invitpresse|servicepresse|sp|offered|freebie)(?!\w)"
)
_ANNOUNCED = re.compile(
    r"(?<![#＃\w])(?:publicite|annonce publicitaire|contenu (?:publicitaire|sponsorise)|(?:collaboration"
    r"|collab|partenariat) (?:commercial\w*|remuneree?|paye\w*)|collaboration commerciale|sponsorise"
    r"|(?:paid|commercial) (?:partnership|collaboration|promotion)|advertisement|advertorial|advert"
    r"|sponsored(?: (?:post|content|by))?|paid ad|ad\s?(?=[:|\-–—\]·•])|\[ad\]|\[pub\]|pub\s?(?=[:"
    r"|\-–—·•]))(?!\w)"
)
_VIRTUAL = Phrases(
    {
        "ia inte midj dall stab chat fire gene arti ai": (
            r"(?:images?|visuels?|illustrations?|photos?|videos?|portraits?|affiche|mannequins?|clip"
            r"|photographies?|decors?) (?:\w+ ){0,3}?(?:(?:generee?s?|creee?s?|realisee?s?|produite?s?"
            r"|faite?s?|concue?s?|fabriquee?s?|imaginee?s?) )?(?:\w+ment )?(?:par|avec|grace a|via|a "
            r"l'aide d'|en|de) ?(?:une |l'|un |de l')?(?:ia|intelligence artificielle|midjourney|dall-?e"
            r"|stable diffusion|chatgpt|firefly)(?: generative)?"
            r"|(?:images?|visuels?|illustrations?|photos?|videos?) ia|(?:images?|visuals?|pictures?"
            r"|photos?|videos?|illustrations?|artwork) (?:\w+ ){0,2}?(?:generated|created|made|produced"
            r"|designed) (?:by|with|using) (?:an? )?(?:ai|midjourney|dall-?e|chatgpt|artificial "
            r"intelligence|firefly|stable diffusion)"
        ),
    }
)
_SAYS_VIRTUAL = compiled(
    r"images? virtuelles?|ai[- ]generated (?:images?|pictures?|photos?|videos?|visuals?|illustrations?"
    r"|content)|virtual images?"
)


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Warns of a paid or gifted partnership that no clear mention announces in the first lines of a post."""
    if draft.part != "post":
        return
    where = page(draft.text)
    if not _is_announced(where):
        yield from _partnership(draft, where)
    if not compiled_search(where):
        for hit in _VIRTUAL.apart(where)[:1]:
            if not denied(where, hit.start):
                yield _finding(
                    draft, where, hit.start, hit.end, "check.commercial_transparency.virtual", Severity.ADVISES
                )


def compiled_search(where: Page) -> bool:
    """Whether the text already says that its images are virtual."""
    return _SAYS_VIRTUAL.search(where.plain) is not None


def _partnership(draft: Draft, where: Page) -> Iterator[Finding]:
    key = "check.commercial_transparency"
    for hit in _STRONG.apart(where):
        if not denied(where, hit.start):
            yield _finding(draft, where, hit.start, hit.end, key, Severity.WARNS)
            return
    tag = _TAG.search(where.plain)
    if tag:
        yield _finding(draft, where, *tag.span(), key, Severity.WARNS)
        return
    end = len(draft.text)
    for listed in draft.hashtags:
        if _TAG.fullmatch(page(f"#{listed}").plain):
            yield Finding(NAME, SEVERITY, end, end, Wording(key, {"quote": f"#{listed}"}), f"#{listed}")
            return
    thanked = _thanked(draft, where)
    if thanked:
        yield thanked
        return
    for hit in _WEAK.apart(where)[:1]:
        after = where.plain[hit.match.start("who") : hit.match.start("who") + 60]
        if not _INSTITUTION.search(after):
            selling = any(_SELLING.find(where))
            weight = Severity.WARNS if selling and not _is_own(draft, where) else Severity.ADVISES
            shown = key if weight is Severity.WARNS else f"{key}.perhaps"
            yield _finding(draft, where, hit.start, hit.end, shown, weight)


def _thanked(draft: Draft, where: Page) -> Finding | None:
    """What a person received, by her thanks or her tag; a house that thanks another gets an advice."""
    personal = _I.search(where.prose) is not None
    weight = Severity.WARNS if personal else Severity.ADVISES
    key = "check.commercial_transparency" if personal else "check.commercial_transparency.perhaps"
    for hit in _THANKS.apart(where):
        giver = next((name for name, said in hit.match.groupdict().items() if said is not None), None)
        named = giver is not None and _is_a_brand(where, *hit.match.span(giver))
        if named and not denied(where, hit.start):
            return _finding(draft, where, hit.start, hit.end, key, weight)
    tag = _PERSONAL_TAG.search(where.plain) if personal else None
    return _finding(draft, where, *tag.span(), key, weight) if tag else None


def _is_a_brand(where: Page, start: int, end: int) -> bool:
    """Whether a name with a capital, or a handle, stands there that is no public body nor a relative."""
    written, said = where.written(start, end), where.plain[start:end]
    if _NOT_A_BRAND.search(said) or _INSTITUTION.search(said):
        return False
    after = where.written(end, min(end + 40, len(where.plain))).lstrip()
    return "@" in written or any(char.isupper() for char in written) or (not written.strip() and after[:1] == "@")


def _is_own(draft: Draft, where: Page) -> bool:
    """Whether a house speaks of its own product: "notre nouvelle gamme, en collaboration avec…"."""
    return (
        compiled(
            r"(?:notre|nos|our) (?:\w+ )?(?:collection|gamme|atelier|boutique|magasin|range|recette|carte"
            r"|produits?|vitrine|programme|cuvee|shop|menu)"
        ).search(where.prose)
        is not None
    )


def _is_announced(where: Page) -> bool:
    first = where.plain.lstrip()[:FIRST]
    lines = [line for line in first.split("\n") if line.strip()][:2]
    return any(_ANNOUNCED.search(line) for line in lines)


def _finding(draft: Draft, where: Page, start: int, end: int, key: str, weight: Severity) -> Finding:
    first, last = where.span(start, end)
    quote = draft.text[first:last].strip()
    return Finding(NAME, weight, first, last, Wording(key, {"quote": quote}), quote)


BAD = {
    "fr": (
        Sample("Ma routine du soir avec la crème offerte par la marque Lune. Un délice !", network="instagram"),
        Sample("Trois jours à la montagne, quel bonheur. #ad #montagne", network="instagram"),
        Sample("Mon séjour en image.", network="instagram", hashtags=("Voyage", "Partenariat")),
        Sample("-15 % avec mon code LEA15 sur leur site !", network="tiktok"),
        Sample("J’ai testé ces baskets en partenariat avec la marque Foulée.", network="instagram"),
        Sample("Un visuel généré par IA pour fêter le printemps."),
    ),
    "en": (
        Sample("Gifted by @lune: my new evening cream. #gifted", network="instagram", language="en"),
        Sample("Thanks to the brand for sending this watch my way.", network="instagram", language="en"),
        Sample("Love this jacket! #sponsored", network="instagram", language="en"),
    ),
}
GOOD = {
    "fr": (
        Sample(
            "Collaboration commerciale avec Lune\nMa routine du soir, avec la crème offerte par la marque.",
            network=("instagram"),
        ),
        Sample("L’exposition est organisée en partenariat avec la ville de Moulins."),
        Sample("Un café offert pour tout petit-déjeuner, avec le code MATIN."),
        Sample("Publicité — Mon séjour à la montagne. #ad", network="instagram"),
    ),
    "en": (
        Sample("Paid partnership with Lune: my evening routine. #ad", network="instagram", language="en"),
        Sample("In partnership with Leeds City Council, we open a repair hub.", language="en"),
    ),
}

"""Whether a reply answers something serious: an apology, an incident, an angry message."""

from __future__ import annotations

from functools import lru_cache

from copilot.checks import Context, Draft
from copilot.checks._phrases import Page, Phrases, denied, page

# What a reply says when something went wrong.
_OWN = Phrases(
    {
        "deso navr excu regr pard": (
            r"desole\w*|navree?s?|(?:nos |mes |toutes nos |vous presenter des )excuses|excus(?:ez|er)"
            r"|regrett\w+|pardon"
        ),
        "meco decu dece": r"mecontent\w*|decue?s?|deception\w*",
        "inci acci pann bles brul into recl defa defe dysf colè cole pein acci fuit": r"incidents?|accidents?|pannes?"
        r"|bless\w+|brulures?|intoxication\w*|reclamations?|defauts?|defectueu\w+|dysfonctionnement\w*|colere|fuites?",
        "sorr apol regr": r"sorry|apolog\w+|we regret",
        "inci acci inju faul brok comp upse frus disa outa": r"incidents?|accidents?|injur\w+|faulty|complaints?|upset"
        r"|frustrat\w+|disappoint\w+|outage",
    }
)
# What an unhappy person writes.
_THEIRS = Phrases(
    {
        "nul nuls null hont scan inad inac arna vole vol": r"nul(?:le|s|les)?|hont\w+|scandal\w+|inadmissible\w*"
        r"|inacceptable\w*|arnaqu\w+|voleu\w+",
        "meco decu dece deço rage degu cole enerv ener marr": (
            r"mecontent\w*|decue?s?|deception\w*|degout\w+|colere|enerv\w+"
            r"|marre|ras le bol"
        ),
        "jama touj aucu rien pas": (
            r"(?:toujours|encore) (?:pas|rien|aucun\w*)|jamais (?:recu|eu|vu|repondu|rappele|livre|plus)"
            r"|aucune? (?:reponse|nouvelles?|respect)|(?:jamais|pas|rien) (?:marche|fonctionne)|marche (?:pas"
            r"|plus)"
        ),
        "casse cass abim pann defe reta remb recl plai inci acci prob mauv pire": (
            r"casse\w*|abime\w*|en panne|defectueu\w+"
            r"|(?:en|de) retard|rembours\w+|reclamation|plainte|accident|mauvais\w*|pire|problemes?"
        ),
        "awfu terr horr wors disa scam rude brok late refu neve unac joke angr usel poor": (
            r"awful|terrible|horrible|worst"
            r"|disappoint\w+|disgrac\w+|scam\w*|rude|broken|late|refund|never (?:again|arrived|received|got)"
            r"|unacceptable"
            r"|a joke|angry|useless|poor|still (?:no|not|waiting)"
        ),
    }
)


def is_serious(draft: Draft, context: Context) -> bool:
    """Whether the reply apologises, names an incident, or answers an unhappy message."""
    return _own(page(draft.text)) or is_answering_anger(context)


def is_answering_anger(context: Context) -> bool:
    """Whether the message answered reads as unhappy."""
    return any(_theirs(page(text)) for text in context.untrusted[:3])


@lru_cache(maxsize=6)
def _own(where: Page) -> bool:
    return any(not denied(where, hit.start) for hit in _OWN.find(where))


@lru_cache(maxsize=6)
def _theirs(where: Page) -> bool:
    return any(not denied(where, hit.start) for hit in _THEIRS.find(where, quoted=True))

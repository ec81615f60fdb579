"""Words that orders to a machine are made of, each with the letter of its kind.

A comment is read as the letters of its words (:func:`letters`): ``ignore tes consignes`` is ``IYR``. Patterns and the
linear model both read these letters, so that a turn of phrase seen once is known in other words and in both languages.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

#: Words without accents, in lower case; a word belongs to one kind, the first that names it.
_KINDS: Final[Mapping[str, str]] = {
    # to set aside
    "I": "ignore ignores ignorez ignorer ignorons ignoring oublie oublies oubliez oublier oublions forget forgets forgetting"
    " disregard disregards disregarding override overrides overriding overwrite bypass bypasses circumvent desobeis"
    " desobeissez desobeir disobey contourne contournez contourner outrepasse outrepassez nvm nevermind neglect discard"
    " abandon abandonne abandonnez vergiss vergesst vergessen ignoriere ignorieren efface effacez erase reset unfollow"
    " transgresse transgressez enfreins abroge abrogees annulees caduc caduque caduques void obsolete obsoletes suspendues"
    " suspendu suspended levees lifted revoked cancelled nique fuck",
    # what a machine was told to follow
    "R": "instruction instructions consigne consignes regle regles reglement reglements rule rules directive directives"
    " guideline guidelines programming programmation charte charter policy policies politique politiques protocol"
    " protocole restriction restrictions ordres anweisung anweisungen regeln guidance guardrail guardrails garde parametre"
    " parametres settings tache taches task tasks mission aufgabe aufgaben objectif goal goals instructed told programmed"
    " programme constraints contraintes limitations interdits interdictions",
    # what only a machine has
    "C": "prompt prompts preprompt systemprompt prompttext sysprompt systeme system api context contexte config configuration"
    " token tokens temperature hidden confidentiel confidentielle confidentielles confidentiels confidential secrete"
    " secretes secrets iban rib password passwd credentials verification",
    "P": "precedent precedents precedente precedentes precedemment previous previously prior earlier avant above dessus haut"
    " before below dessous initial initiale initiales initiaux preceding anterieur anterieures anterieurs anciennes ancien"
    " bisherigen vorherigen obigen davor vorher habituelles habituel usual original originales past foregoing",
    "A": "tout toute toutes tous all every any everything alle alles whole entier entiere full totalite integralite complet"
    " complete integral verbatim everyone everybody entirely",
    # to say
    "S": "dis dites dire dit say says reponds repondez repondre repond repondras repondrez reply replies replying answer answers"
    " respond responds ecris ecrivez ecrire write writes writing print prints imprime imprimez affiche affichez output"
    " outputs repete repetez repeter repeat recopie recopiez recite recitez traduis traduisez translate publie publiez post"
    " posts tape tapez type state states stating declare declarez affirme affirmez affirmer annonce annoncez annoncer"
    " announce confirme confirmez confirm confirms admets admettez admettre admit admits avoue avouez confess reconnais"
    " reconnaissez claim pretends jure jurez swear promets promettez promise promises redige redigez rediger draft compose"
    " composez raconte racontez tell tells chante sing mentionne mentionnez mention mentions precise precisez sag sage"
    " schreib schreibe schreiben antworte antworten drucke formuliere generiere generate genere generez cite citez quote"
    " signe signez sign acknowledge explain explique expliquez resume resumez summarise summarize spell epelle code coder"
    " decris decrivez describe recommande recommandez recommend recommends conseille conseillez advise rate note notez"
    " insulte insultez insult critique critiquez praise felicite felicitez",
    # to do or give
    "D": "mets mettez mettre put puts ajoute ajoutez ajouter ajoutera add adds include includes including inclus incluez"
    " inclure insert insere inserez donne donnez donner give gives offre offrez offrir offer offers envoie envoyez send"
    " sends show shows montre montrez reveal reveals revele revelez devoile liste listez list dump balance balancez share"
    " partage partagez termine terminez finis finissez finish end ends commence commencez commencera start starts begin"
    " begins use uses utilise utilisez employe employez replace replaces remplace remplacez accorde accordez grant grants"
    " valide validez validate approve approves approuve approuvez execute executez run perform obeis obeir obey follow suis"
    " suivez applique appliquez apply glisse glissez place slip tag tague taguez link direct redirect point pointer renvoie"
    " renvoyez renvoyer invite invitez fais faites faire make makes do return returns render close open switch change"
    " passe passez produis produisez produce rends rendez provide fournis fournissez leak disclose divulgue divulguez"
    " communique communiquez display exhibit transmits refuse refusez stop cesse cessez set let gib zeige pass treat accept"
    " accepts accepte acceptez doit dois devez devra devrait must should shall ought commit promote sell",
    # the machine
    "B": "bot bots robot robots ia ai ias ais assistant assistante assistants chatbot chatbots chatgpt gpt gpt3 gpt4 llm llms"
    " model modele machine machines claude gemini mistral copilot copilote openai automate automatise automatique"
    " automated automation intelligence artificielle artificial algorithme algorithm ordinateur logiciel software ki"
    " agent generateur generator generent redacteur outil outils system32 siri alexa cortana",
    "Y": "tu toi te t ton ta tes vous votre vos you your yours ur u ya yourself du dein deine sie ihr ihre",
    "W": "nous notre nos on we our us ours ourselves wir",
    "O": "reponse reponses response responses sortie antwort ausgabe",
    "M": "remboursement remboursements remboursez rembourse rembourser refund refunds refunded bon bons voucher vouchers coupon"
    " gratuit gratuite gratuits gratuitement free offert offerte offerts offertes remise rabais discount discounts geste"
    " compensation compense indemnite cheque cheques avoir cadeau cadeaux gagne gagnee gagnes won win winner prize"
    " euros eur dollars pounds promo abonnement subscription upgrade surclassement credit iphone",
    # to play a part
    "J": "act acting acts pretend pretends imagine imaginez imaginons joue jouez jouer jouons roleplay role roles incarne"
    " incarnes incarnez personnage personnages character characters persona simule simulez simulate emulate fiction"
    " fictional fictif fictive scenario hypothetical hypothetically grandma grandmere mamie jeu game immerse embody"
    " portray pov rollenspiel fungieren verhalte story",
    # without limits
    "U": "filtre filtres filter filters censure censured uncensored unfiltered unrestricted unlimited jailbreak jailbroken dan"
    " debride debridee libere liberee unhinged mode modes limites limits unbound evil devmode developpeur developer sudo"
    " root admin omnipotent amoral immoral unethical ethical ethics ethique",
    "G": "russe arabe chinois japonais coreen espagnol allemand italien portugais neerlandais polonais ukrainien turc hebreu"
    " hindi latin anglais francais grec roumain russian arabic chinese mandarin japanese korean spanish german italian"
    " portuguese dutch polish ukrainian turkish hebrew english french greek romanian swedish suedois klingon emoji emojis"
    " breton catalan basque persian farsi urdu vietnamese thai verlan yoda pirate cantonese danish danois finnois finnish"
    " langue language",
    "K": "administrateur administratrice administrator moderateur moderatrice moderation moderator proprietaire owner ceo pdg"
    " directeur directrice director patron patronne boss chef manager gerant siege head office headquarters developers"
    " meta facebook google instagram anthropic securite security police gendarmerie juge judge tribunal prefet prefete"
    " prefecture ministere ministry inspector inspecteur avocat lawyer legal staff equipe team superviseur supervisor"
    " direction management authority autorite priority priorite prioritaire urgent urgence override1 conformite compliance"
    " audit auditeur auditor support technique engineer ingenieur fondateur founder president maire mayor",
    "N": "seulement seule seul juste uniquement exclusivement only just solely exactly exactement rien nothing mot word nur"
    " strictement simplement simply merely textuellement",
    "T": "que qu that dass comme as si",
    "E": "es etes are re become deviens devenez be being sois soyez bist seras serez s m am etre was were est is",
    "F": "maintenant now desormais dorenavant henceforth onwards onward jetzt partir starting forth ensuite then next",
    "Z": "ne pas not don dont never jamais n no aucun aucune without sans plus kein nicht longer",
    "H": "humain humaine humains human humans person",
    "X": "decode decodez decoder decrypte decryptez decrypt rot13 base64 backwards reversed envers lettre lettres letter letters"
    " hex hexadecimal morse caesar cesar acrostiche acrostic cipher decipher dechiffre dechiffrez binaire binary initiales1"
    " igpay atinlay pig encoded encode encodage decoded ligne lines",
    "V": "nouvelle nouveau nouvelles new neue neuen updated prochaine suivante revised following",
    "c": "comment comments commentaire commentaires review reviews avis message messages mail post1 commande commandes order"
    " orders colis parcel question questions demande request livraison delivery",
    "m": "moi me mon ma mes my mine i j je",
    "h": "please svp stp pls plz merci thanks s'il bitte",
    "q": "si if why pourquoi how comment1 quand when what quoi quel quelle quels quelles which where ou est1 does can"
    " could peut pouvez peux pourriez pourquoi1 combien",
}

LETTER: Final[Mapping[str, str]] = {
    word: letter for letter, words in reversed(list(_KINDS.items())) for word in words.split()
}

#: A link, an address, a handle, a telephone number, a word, an opening quotation mark, the end of a sentence.
_TOKEN = re.compile(
    r"(?:https?://|www\.)\S{1,300}|[\w.+-]{1,64}@[\w-]{1,63}\.[\w.]{2,24}|@\w{2,40}"
    r"|[a-z0-9-]{1,63}(?:(?:\.|\[\.\]|\[dot\])[a-z0-9-]{2,63})+(?:/\S{0,200})?|(?<!\d)\+?\d(?:[ .-]?\d){7,14}(?!\d)"
    r"|[a-z0-9]+|[\"«“„]|[.!?;:\n=…—]+|[,()]"
)
_WORD_START = re.compile(r"[a-z]")

#: Characters read of a piece.
MOST_CHARS = 6_000


def tokens(plain: str) -> list[str]:
    """The words and signs of ``plain`` (lower case, without accents)."""
    return _TOKEN.findall(plain)


def letters(words: list[str]) -> str:
    """One letter for each word: its kind, ``L`` for what leads elsewhere, ``^`` for an end, ``.`` for the rest."""
    get = LETTER.get
    return "".join([get(word) or _sign(word) for word in words])


def _sign(word: str) -> str:
    first = word[0]
    if "a" <= first <= "z":
        return "L" if ("." in word or "@" in word) and len(word) > 3 else "."
    if first in ".!?;:\n=…—":
        return "^"
    if first in '"«“„':
        return "Q"
    if first in ",()":
        return ","
    if "@" in word or len(word) > 7:
        return "L"
    return "#"

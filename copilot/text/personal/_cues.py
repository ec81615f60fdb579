"""What people say just before or after a name, in French and English."""

from __future__ import annotations

import re

from copilot.text.lexicons import words

#: Before a surname.
TITLES = words(
    "shri smt m mr mrs ms mme mmes mlle mlles mx dr pr me miss mister missus sir madam maître monsieur madame"
    " mademoiselle docteur doctor"
    " professeur professor prof nurse sister brother reverend rev father père sœur soeur frère maitre maestro"
    " sgt capt señor señora señorita senhor senhora signor signora sig frau herr mevrouw"
    " pan pani cllr sieur dre mm messrs mgr"
    " officer capitaine captain colonel commandant lieutenant adjudant sergent sergeant"
    " inspecteur inspectrice professeure docteure lieutenante"
    " inspector pastor pasteur imam rabbi rabbin juge judge coach maréchal-des-logis brigadier"
)
#: Titles that are other things in lower case, or without a point.
SHORT_TITLES = words("m mm ms dr dre pr me mx mgr")
#: Titles that are said to somebody without a name too: a capital and no ordinary word must follow.
LOOSE_TITLES = words(
    "miss sir nurse sister brother father père sœur soeur frère me pr prof professor professeur mister docteur"
    " doctor rev"
    " inspectrice professeure docteure lieutenante officer capitaine captain colonel commandant lieutenant"
    " adjudant sergent sergeant inspecteur inspector pastor"
    " pasteur imam rabbi rabbin juge judge coach brigadier pan pani"
)
GREETINGS = words(
    "bonjour bonsoir salut slt bjr coucou hello hi hey yo ya heya hiya dear cher chère merci mercii thanks"
    " thank thx ty bravo cheers"
    " bisous bises kudos congrats congratulations félicitations felicitations love props cordialement"
    " amicalement sincerely regards xx"
    " rgds hullo oi wesh hola ciao adieu sorry désolé désolée pardon courage"
)
#: After a town of America: "Jackson, MS".
STATE = re.compile(
    r",[ ]?(?:A[LKZR]|C[AOT]|DE|FL|GA|HI|I[DLA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|PA|RI|S[CD]|T[NX]|UT"
    r"|V[TA]|W[AVIY]"
    r"|DC|QC|ON|BC|AB|MB|SK|NS|NB|NSW|VIC|QLD)(?!\w)"
)
#: After "un Sacha", who is then somebody: ", il a tout réglé".
SOMEBODY = re.compile(r",?[ \u00a0](?:il|elle|he|she|qui|who)(?!\w)", re.IGNORECASE)
#: Before a name that somebody is turned to, thanked or asked for.
TOWARDS = words(
    "à a to avec with par by from de of see ask asked voir chez contre tell told demander demandez demande"
    " remercier remercie thank"
    " appelle appeler appelez call ring reach joindre joignez contact contacter contactez for pour via merci thanks"
    " called nommé nommée nomme named par"
)
DETERMINERS = words(
    "le la les l' un une des du au aux ce cet cette ces mon ma mes ton ta tes son sa ses notre nos votre vos"
    " leur leurs"
    " the an this that these those my your his her our their its every each some any no quel quelle which"
)
#: Before the name of a thing rather than of somebody.
ARTICLES = words("le la les the")
#: A list of words in capitals, and what asks to choose from it.
CHOICE = re.compile(
    r"(?<![\w'’-])(?P<listed>[A-ZÀ-Þ][\w'’-]{1,20}(?:(?:[ ]?[,/][ ]?|[ ]vs\.?[ ]|,?[ ](?:ou|or|et|and)[ ](?:(?:la"
    r"|le|the)[ ])?)"
    r"[A-ZÀ-Þ][\w'’-]{1,20}){1,8})(?!\w)(?P<asked>[ ]?:[ ]?(?:lequel|laquelle|lesquel|which|what|quel|que |vous)"
    r"|[^.!?\n]{0,30}(?:lequel|laquelle|which one)|,?[ ](?:je|j['’]|I)[ ]?(?:hésite|ne sais|can['’]t))?",
)
CHOSEN = re.compile(r"[A-ZÀ-Þ][\w'’-]{1,20}")
OR = re.compile(r"[ ](?:ou|or|vs\.?)[ ]|/")
#: Said after somebody's name, to take it up: "la Martine elle m'a dit"; before one with its article.
TAKEN_UP = words("elle il lui ils elles y l' m' t' she he")
THANKED = words("merci bravo félicitations chapeau bisous bises dites")
#: With a capital, they open a name: "El Hadj Diouf".
OPENING = words("el al van von ould aït ait sidi bou de dos da di do das ten ter zu den der della ben bin ibn abu mac")
#: They stand before a name in capitals too, where a sentence begins: "De Sophie".
LOOSE_OPENING = words("de den do di da ten ben")
#: Before a member of the family.
OWN = words("mon ma mes ton ta son sa notre nos votre leur my your his her our their")
PARTICLES = words(
    "de du des la le van von den der el al ben bin ibn abu abou d' d’ n' n’ m' m’ da di do dos das del della"
    " ter ten zu y e st saint o' ó ní nic l' ould aït ait sidi"
)
#: After a name somebody is called by, what is said to them.
SAID_NEXT = words(
    "tu t' ta ton tes ur your toi vous je j' peux pouvez can could you i are is sorry désolé désolée comment ça ca how"
)

#: After these, the next word is a name, in whatever case.
SURE = re.compile(
    r"(?:(?<!\w)(?:coucou|salut?|slt|slu|cc|bonjour|bjr|bonsoir|bsr|hello)[ ,]{1,2}c(?:est)?[ ]+"
    r"|(?<!\w)(?:je (?:m['’ ]?ap+el+e|me nomme|me prénomme)|jm['’]?ap+el+e|moi c['’]est|m['’]ap+el+e"
    r"|mon (?:petit )?nom (?:est|c['’]est|complet est)"
    r"|(?:under|in) (?:my|her|his) (?:maiden|married|full|old|new|real|former|previous|legal|birth|own) name[ ]?[,:]?"
    r"|nom (?:de jeune fille|d['’]épouse|d['’]usage|de naissance|marital|complet)[ ]?(?:[,:]|est|c['’]est)?"
    r"|(?:le|son|sa|ce) pr[ée]nom[ ]?(?::|(?:est|c['’]est)(?: bien| plutôt)?)"
    r"|mon prénom (?:est|c['’]est)|my name is|my name['’]s|my names|name is|name['’]s|name badge (?:said|says"
    r"|read|was)|her name was|his name was"
    r"|goes by|goes as|answers (?:as|to)|introduced (?:him|her|them)self as|calls (?:him|her|them)self|known as"
    r"|se présente comme|se fait appeler|répond au (?:doux )?nom de|account holder[ ]?:?|titulaire[ ]?:?|passenger[ ]?:"
    r"|passag(?:er|ère)[ ]?:|patiente?[ ]?:|by the name of|name of|call me|calls (?:him|her)self|signé[ ]?[,:]?"
    r"|signed[ ]?[,:]?"
    r"|du nom de|au nom(?: de(?: famille)?)?|sous le nom(?: de(?: famille)?)?"
    r"|under the names?(?: of)?|in the names?(?: of)?"
    r"|(?:booked|reserved|booking|reservation|table|room|appointment)(?: is| was|['’]s"
    r"| made)? under(?: the names?(?: of)?)?"
    r"|(?:réservation|réservée?s?|résa|table|chambre)(?: est)? sous|under(?=[ ][^\W\d_]{2,30}['’]s name(?!\w))"
    r"|in(?=[ ][^\W\d_]{2,30}['’]s name(?!\w))|prénommée?s?|nommée?s?|dénommée?s?|surnommée?|(?:un|une|le|la) certaine?"
    r"|a certain|some(?:one| guy| girl) called"
    r"|qui s['’]appel+e|s['’]appel+e|s['’]appelait|il s['’]appelle|elle s['’]appelle|appelée|ce sera|nom[ ]?:"
    r"|name(?: on the (?:booking|order|reservation|account|parcel|card|ticket|invoice))?[ ]?(?::| is)|nom (?:sur"
    r"|de) la (?:commande|réservation|carte|facture)[ ]?:|prénom[ ]?:|contact[ ]?:"
    r"|signature[ ]?:|client[ ]?:|destinataire[ ]?:|assurée?[ ]?:|abonnée?[ ]?:|cliente[ ]?:|salariée?[ ]?:"
    r"|recipient[ ]?:|attn[ ]?:?|à l['’]attention de"
    r"|for the attention of|de la part de|on behalf of)"
    r"[ \u00a0]+(?:bien |juste |just |actually |m\.? |mr\.? |mrs\.? |mme |mlle |d['’])?[\"“«]?[ \u00a0]?"
    r"|(?:cordialement|bien à vous|cdt|cdlt|regards|cheers|sincerely|amicalement|salutations|best|bises|bisous"
    r"|yours|merci|thanks)[ ]?[,.!]?[ \u00a0]*\n+[ \u00a0—–-]*)"
    r"(?=[^\W\d_])",
    re.IGNORECASE,
)
#: After these, a given name in whatever case: "slt moi jordan".
SELVES = re.compile(
    r"(?<!\w)(?:coucou|salut|slt|bonjour|bjr|bonsoir|bsr|hello|hey|hi|cc|yo|wesh|re|svp|oui|ouais|merci)[ ,!.]{1,3}"
    r"(?:c |cest |c['’]est )?(?:ici|moi)(?: c| cest| c['’]est)?[ \u00a0,:]{1,2}(?=[^\W\d_])",
    re.IGNORECASE,
)
#: Before "s'appelle", "called": things and beasts have names too.
THINGS = re.compile(
    r"(?:(?<!\w)(?:ia|ai|bot|chatbot|robot|virtuelle?|virtual|produit|product|modèle|model|chien|chienne|chat"
    r"|chatte|dog"
    r"|cat|marque|brand|magasin|shop|store|gamme|range|app|appli|jeu|game|film|série)[ \u00a0])$",
    re.IGNORECASE,
)
#: After a name, what makes it one of a story.
IN_A_STORY = re.compile(
    r"[ \u00a0](?:de|from|in|dans)[ \u00a0](?:la|le|the|votre|your|vos)[ \u00a0](?:pub(?:licité)?|advert|ad"
    r"|film|série"
    r"|series|movie|show|sitcom|dessin animé)(?!\w)",
    re.IGNORECASE,
)
#: After these, a capital that is no ordinary word is a name: "je suis Sophie", "it's Nguyen".
LIKELY = re.compile(
    r"(?:(?<!\w)(?:je suis|c['’]est|c est|ici|it['’]s|its|this is|here is|i['’]m|i am|im|nous sommes|we are"
    r"|moi[ ]?[:,]?|appelée?s?|called|named"
    r"|j['’]ai eu|on a eu|ai eu|remercier|remercie|ask for|asked for|demander|demandez|parler à|parlé à"
    r"|spoke (?:to|with)|speak (?:to"
    r"|with)|speaking (?:to|with)|talked to"
    r"|served by|helped by|met|servie? par|conseillée? par|reçue?s? par|accueillie?s? par|bravo à|merci à"
    r"|thanks to|thank you|thank|shout ?out to|kudos to"
    r"|hats off to|big up(?: à)?|well done|mention spéciale à|special mention to|voir avec|vu avec|eu affaire à"
    r"|dealt with|tell|dites à|dire à|forward (?:this )?to"
    r"|addressed to|adressée? à|about|concernant|signed by|signée? par|from|de chez|l['’]avis de"
    r"|feedback for|(?:parcel|package|delivery|letter|order|booking|message|room|colis|paquet|commande|livraison"
    r"|courrier"
    r"|réservation|table|chambre) (?:for|pour)(?!.no[eë]l))[ \u00a0]+[\"“«]?[ \u00a0]?)(?=[^\W\d_])",
    re.IGNORECASE,
)
#: After these, who writes, surname and all, in lower case too: "je suis christiane duval".
TELLERS = re.compile(
    r"(?<!\w)(?:je suis|c['’]?est|ici|moi|it['’]?s|this is|i['’]?m|i am|bonjour|salut"
    r"|slt)[ \u00a0]+[:,]?[ ]?(?=[^\W\d_])",
    re.IGNORECASE,
)
#: After these, who writes and nobody else: a customer may bear a famous name, "je m'appelle Marie Curie".
NAMESAKES = re.compile(
    r"(?<!\w)(?:je suis|je m['’ ]?ap+el+e|jm['’]?ap+el+e|je me nomme|mon nom (?:est|c['’]est)|moi c['’]est"
    r"|i['’]?m|i am|my name(?:['’]s| is))[ \u00a0]+(?=[^\W\d_])",
    re.IGNORECASE,
)
FAMILY = re.compile(
    r"(?:(?<!\w)(?:née|nee|la famille|les époux|époux|les consorts|consorts|les héritiers|veuve|les"
    r"|famille)[ \u00a0])(?=[^\W\d_])"
    r"|(?<!\w)the[ \u00a0](?=[^\n]{2,40}[ \u00a0]family(?!\w))",
    re.IGNORECASE,
)
#: After a name, what only a person does or is.
DOES = re.compile(
    r"(?:['’]s)?(?:,)?[ \u00a0](?:"
    r"(?:qui|who|whom)(?!\w)|(?:nous|m|m['’]|l|l['’])?[ ]?(?:m['’]a|m['’]ont|nous a|l['’]a|ma (?:aid|serv"
    r"|répond|conseil|di[st])\w*)"
    r"|(?:du|de la|au|à la|à l['’]|de l['’])[ \u00a0]?(?:sav|service|caisse|accueil|rayon|boutique|magasin"
    r"|guichet|compta\w*|standard|téléphone|support|réception)"
    r"|(?:in|at|from|on|of)[ ](?:(?:the |your )?(?:customer|tech|support|store|shop|returns|reception|checkout|billing"
    r"|sales|accounts|ward|table|desk|till|delivery|counter|phones?|team|bakery|pharmacy|bar|door)(?!ping))"
    r"|(?:at|from)[ ](?:the |your )"
    r"|(?:helped|served|answered|replied|called|promised|reckons?|told|said|rang|emailed|fixed|sorted|assured"
    r"|deserves"
    r"|rocks|went above|took (?:the )?time|explained)(?!\w)"
    r"|(?:was|is|were)[ ](?:so |very |really |super |absolutely |just |such |an? |the |too )*(?:helpful|kind"
    r"|lovely|great|rude|brilliant|amazing|patient|polite"
    r"|friendly|awesome|fantastic|wonderful|legend|star|gem|best|only|reason|one|nice|sweet|useless|angel"
    r"|professional|hero)(?!\w)"
    r"|(?:est|était|a été|fut)[ ](?:très |trop |super |vraiment |si |au |un |une |la |le |hyper )*(?:gentille?"
    r"|adorable|aimable|top|géniale?|pro|professionnel\w*|sympa\w*"
    r"|patiente?|efficace|compétente?|à l['’]écoute|désagréable|odieu\w+|impolie?|perle|amour|ange|meilleur\w*"
    r"|absente?|outrée?|ravie|déçue|furieu\w+|dégoûtée?|inquiète|vénère|désolée|en congés?|partie?|là|de retour"
    r"|en poste)(?!\w)"
    r"|(?:tu|t['’]|te|vous|nous|m['’]|me)[ ]?(?:es|as|abuses|viens|peux|réponds?|veux|passe|crois|penses?|sais"
    r"|fait|dit)"
    r"(?!\w)"
    r"|(?:a dit|a répondu|a promis|a raccroché|mérite|assure|déchire|bosse|avait dit|disait|dit que|pense que"
    r"|a raison|has a point)(?!\w)"
    r"|(?:never|still)[ ](?:rang|called|came|replied|answered|got)(?!\w)"
    r"|a[ ](?:\d{1,2}|encore|toujours|jamais)(?!\w)"
    r"|(?:n['’]|m['’]|t['’]|nous |vous |lui |leur |l['’])?(?:a|avait)[ ](?:(?:pas|bien|déjà|tout|enfin|encore"
    r"|très bien)[ ])?"
    r"(?:(?:r?appel|demand|envoy|oubli|achet|command|pay|aid|conseill|trouv|répar|livr|refus|accept|essay|donn|laiss"
    r"|test|signal|rappel|téléphon|raccroch|expliqu|écout|pass|parl|chang|install|regard|assur|gér|régl|ador|rembours"
    r"|renseign|accompagn|dépann|guid)ée?s?|dit|fait|écrit|répondu|promis|reçu|pris|vu|eu|attendu|menti|voulu|mis"
    r"|raison"
    r"|tort|servie?s?|résolu|perdu|rendu|reconnu)(?!\w)"
    r"|(?:n['’])?(?:est|était)[ ](?:pas |bien |déjà |enfin |jamais |toujours )?(?:passée?|venue?|revenue?|partie?"
    r"|arrivée?"
    r"|rentrée?|intervenue?|mon |ma |notre |votre )"
    r"|(?:veut|voudrait|habite|travaille|bosse|vient|viendra|attend|pense|croit|souhaite|demande|cherche|adore|aime"
    r"|rappelle|appelle|passera|passe (?:me|te|le|la|les|chercher|prendre)|dit|promet|refuse|paie|paye|a (?:aussi|trop"
    r"|bien))(?!\w)"
    r"|n['’](?:a|avait|aura) (?:pas|rien|jamais|plus|toujours|aucune?|même|encore)(?!\w)|n['’](?:est"
    r"|était) (?:pas (?:là|venue?|passée?|content)"
    r"|jamais|plus là)(?!\w)|(?:m|t|l|s)['’](?:a|avait|est|était|appelle|occupe|attend|aide)(?!\w)"
    r"|(?:ordered|bought|wants|needs|says|works|lives|complained|sent (?:me|us|you)|paid|gave (?:me|us|him|her)|asked"
    r"|wrote|posted|went to|came to|phoned|apologised|apologized|has (?:been|ordered|paid|just|always|never))(?!\w)"
    r"|again(?=[ ]?[.!?…,])|if you(?!\w)|\((?:aged )?\d|sort de ce corps"
    r"|(?:toujours|jamais) (?:là|fidèle|dispo\w*|au rendez-vous)"
    r"|a[ ]\w{2,12}(?:é|i|u|is|it)e?s?[ ](?:mes|mon|ma|nos|notre)(?!\w)"
    r"|\d{1,2}[ ]?/[ ]?(?:5|10|20)(?!\d)|\d[ ]?(?:étoiles?|stars?|⭐)"
    r"|(?:sir|madam|bhai|garu|ji|sahab|san|sama)(?!\w)|\d{1,2}[ \u00a0]?(?:ans|years old|yo|y/o)(?!\w)"
    r"|(?:turned up|showed up|never (?:turned|showed) up)(?!\w)"
    r"|(?:delivered|fitted|installed|repaired|phoned|messaged|texted|dropped|picked up|never came|lied"
    r"|hung up|came (?:out|round))(?!\w)"
    r"|from[ ](?:it|hr|head office|socials|security)(?!\w)|at[ ]customer(?!\w)|au (?:tel|tél|bout du fil"
    r"|drive|comptoir|bar)(?!\w)"
    r")|,[ \u00a0](?:you|tu|vous|t['’]es|t['’]as|ur|u|arrête|réponds|appelle)(?!\w)",
    re.IGNORECASE,
)
#: After these, somebody is meant, a town's or a brand's name though they have: "served by Sydney".
PERSONAL = re.compile(
    r"(?<!\w)(?:(?:served|helped|greeted|called) by|met|kudos to|shout ?out to|hats off to|ask(?:ed)? for"
    r"|(?:spoke|spoken|speak|speaking|talked|chatted) (?:to|with)|thanks to|dealt with|tell|told|where['’]?s|rip"
    r"|(?:conseillée?|servie?|reçue?|accueillie?|aidée?)s? par|remercier?|bravo à|merci à|demandée?r?|j['’]ai eu"
    r"|on a eu|(?:parler?|parlée?|dites?|dire) à|voir avec|vu avec|eu affaire à"
    r"|(?:signed(?: for)?|received) by|(?:signée?|reçue?) par|signature[^\n\"“«:]{0,20}:|left with|laissée? à|remise? à"
    r"|pauvre|poor|l['’]adorable|la gentille|le gentil|big)[ \u00a0](?:big |la |le )?[\"“«]?[ \u00a0]?(?=[^\W\d_])",
    re.IGNORECASE,
)
#: Before a name in a form filled in.
FIELDS = words("nom prénom prenom surname forename firstname lastname")
#: After the possessive of a name, what only somebody has: "Sydney's reply".
OWNS = re.compile(
    r"[ \u00a0](?:been|a (?:star|legend|gem|treasure)|reply|answer|attitude|response|email|call|comment"
    r"|message|order|account|advice|refund|parcel"
    r"|mum|mother|dad|father|husband|wife|son|daughter|manager|name)(?!\w)",
    re.IGNORECASE,
)
#: After a name that is a town too, what is only said of who works there.
WORKS = re.compile(
    r"[ \u00a0](?:(?:du|de la|au|à la|à l['’])[ \u00a0]?(?:sav|service|caisse|accueil|rayon|boutique|magasin"
    r"|guichet|standard|téléphone|drive|comptoir)"
    r"|(?:from|in|at)[ ](?:the |your )?(?:customer|support|returns|reception|checkout|billing|sales|accounts"
    r"|desk|till)"
    r"|(?:qui |nous |l['’])?m?['’]?a (?:aid|serv|répond|conseil|raccroch|rappel|accueill|di[st])|(?:helped"
    r"|served|told|called|emailed|said|hung up)(?!\w))"
    r"|[ \u00a0](?:m['’]a|nous a|m['’]avait) (?:fait|promis|trouvé|remboursé|aidée?|parlé|regardée?|écoutée?)(?!\w)"
    r"|[ \u00a0](?:est|était|a été|is|was)[ \u00a0](?:très |trop |super |vraiment |si |so |very |really )?"
    r"(?:adorable|gentille?|aimable|compétente?|patiente?|désagréable|odieu\w+|impolie?|rude|polite|patient|helpful"
    r"|kind)(?!\w)"
    r"|[ ](?:was|is) (?:meant|supposed|going) to(?!\w)|[ ]never (?:rang|called|came|replied|answered)(?!\w)"
    r"|[ ]from[ ]the[ ]\w+[ ](?:never|told|was|said|called|came|replied|hung)(?!\w)"
    r"|[ ](?:t['’](?:es|as|abuses)|tu)(?!\w)|[ ](?:bloke|guy|lady|chap|fella|woman|lad)(?!\w)"
    r"|[ ]the[ ]\w+[ ](?:you|who|that)(?!\w)",
    re.IGNORECASE,
)
#: Before the name of a story: "page 12 of Emma", "saison 2 de Dexter".
WITHIN = re.compile(
    r"(?<!\w)(?:(?:pages?|chapters?|chapitres?|seasons?|saisons?|episodes?|épisodes?|tomes?|volumes?|vol\.?|acte?)"
    r"[ \u00a0]\d{1,4}|rediffusion|replay)[ \u00a0](?:of|de|du|d['’])[ \u00a0]?$",
    re.IGNORECASE,
)
PARTS_OF = words("of de du d' d’")
WATCHED = words(
    "watch watched watching rewatch rewatched rewatching binged bingeing streamed streaming regardé regarder regardais"
    " regardait regardions regardons regarde revu revoir"
)
#: After the name of one watched: nothing that somebody would be watched doing.
SHOWN = re.compile(
    r"[ \u00a0]*(?:[.,!?;:)…]|$|\n)|[ \u00a0](?:and[ ](?:the|it|my)|et[ ](?:la|le|l['’]|ça)|when|while|quand"
    r"|pendant|until|(?:in|en)[ ](?:\d+\w*|hd|4k|vo|vf|vost\w*|uhd|streaming|replay|full|french|english|peace)"
    r"|(?:on|sur)[ ](?:tv|netflix|prime|disney|youtube|my|mon|ma|the|la|le|tf1|m6|france|canal|arte|a|un|votre|your)"
    r"|à la télé|hier|last night|tonight|ce soir|again|twice|\d)(?!\w)",
    re.IGNORECASE,
)
#: After a name of no list, where they work: "Yevgenia du guichet 3".
POSTED = re.compile(
    r"[ \u00a0](?:(?:du|de la|au|à la|à l['’])[ \u00a0]?(?:sav|service client\w*|caisse|accueil|rayon|guichet|standard"
    r"|comptoir)|(?:from|in|at|on)[ ](?:the |your )?(?:customer (?:care|service|services|support)|reception|checkout"
    r"|till|front desk|help ?desk))(?!\w)",
    re.IGNORECASE,
)
#: Between somebody and their town.
COMING = words("from of in near de à d' d’ du")
#: Before a town nobody listed.
COMES_FROM = re.compile(
    r"(?<!\w)(?:(?:(?:i['’]?m|im|i am|we['’]?re|we are|(?:he|she)['’]?s|they['’]?re|is|are|was|were|come|comes"
    r"|came|coming"
    r"|drove|driven|driving|flew|travell?ed|travell?ing|moved|all the way|miles|minutes|mins|hours|live|lives|living"
    r"|living up|up|down|over|here|hi|hello|hey|greetings|love|hugs|bus|train|flight|ferry|drive|trip)[ ]"
    r"(?:here[ ])?(?:from|in|near|to|outside))"
    r"|(?:je suis|on est|nous sommes|viens|vient|venons|venez|venus?|venue|arrive|arrivons|habite|habitons|vis"
    r"|vit|vivons"
    r"|bus|train|car|vol|ferry|trajet|km)[ ](?:juste )?(?:de|à|d['’]|près de|vers|pour|du côté de))[ \u00a0]?$",
    re.IGNORECASE,
)
#: After who served somebody, when or where they did.
WHEN = re.compile(
    r"[ \u00a0](?:today|yesterday|earlier|hier|aujourd['’]hui|ce (?:matin|midi|soir)|cet|tout à|last|this|on|at"
    r"|in|the|lundi"
    r"|mardi|mercredi|jeudi|vendredi|samedi|dimanche|monday|tuesday|wednesday|thursday|friday|saturday|sunday|who|qui"
    r"|pour|for|and|et|vers|dans)(?!\w)",
    re.IGNORECASE,
)
#: Just before a name, somebody who served, was served or was spoken to: nothing else stands there.
SERVED_BY = re.compile(
    r"(?<!\w)(?:(?:served|helped|greeted|assisted) by|(?:conseillé|servi|reçu|accueilli|aidé|renseigné"
    r"|dépanné)e?s? par|spoke"
    r" (?:to|with)|eu affaire à|dealt with)[ \u00a0]$",
    re.IGNORECASE,
)
#: Before the surname of who booked, and after it.
BOOKED = re.compile(
    r"(?<!\w)(?:(?:réservation|reservation|résa|resa|dossier|table|chambre|commande|colis|booking|room|party"
    r"|order|account)"
    r"(?: (?:sous|pour|for|under))?|under)[ \u00a0]$",
    re.IGNORECASE,
)
BOOKED_FOR = re.compile(
    r"(?:,)?[ \u00a0](?:\d|à \d|at \d|party|pour|for|table|ce soir|tonight|demain|tomorrow|samedi|vendredi"
    r"|dimanche|le \d|on)",
    re.IGNORECASE,
)
#: After a given name and a surname that are both words, at the head of a sentence.
AFTER_WHOLE = re.compile(
    r",|[ \u00a0](?:here|again|ordered|bought|called|has|is|was|will|says|said|asked|wants|from|n['’]a|a|est"
    r"|attend|souhaite|demande"
    r"|veut|cliente?|ici|et)(?!\w)|[ \u00a0]?\n|[ \u00a0.!]*$",
    re.IGNORECASE,
)
#: After a surname that is a word, what makes the pair a whole name.
AFTER_SURNAME = re.compile(
    r"[ \u00a0\u202f]*(?:[!,.?;:)\"»”…–—(]|$|\n)|[ \u00a0](?:cliente?|abonnée?|depuis|du|de|et|à|au|from|here|and|at"
    r"|commande|dossier|contrat|ici|j['’]|je|i|m['’]|\d)(?!\w)",
    re.IGNORECASE,
)
#: Between names one was passed on to.
PASSED = frozenset(
    [
        ", got",
        ", then got",
        "then got",
        "→",
        "->",
        "=>",
        ">",
        "|",
        "•",
        "·",
        "puis",
        ", puis",
        "then",
        ", then",
        "pis",
        ";",
    ]
)
#: After a place where something opens, closes or stops, or beside a town: "vous fermez à Alma".
OPENED = re.compile(
    r"(?<!\w)(?:ferm\w+|ouvr\w+|livr(?:ez|er|aison|e|ent)|arrêt\w*|install\w+|implant\w+|magasins?|boutiques?"
    r"|agences?|habit\w+"
    r"|allés?|all(?:er|ez|ons)|vais|store|shop|branch|open(?:ing)?|clos(?:e|ed|ing)"
    r"|closed)[ \u00a0](?:[\w'’-]{1,20}[ \u00a0]){0,3}?"
    r"(?:[àa]|in|entre|between)[ \u00a0](?:[A-ZÀ-Þ][\w'’-]{2,25}(?:,| et| and| pis| ou"
    r"| puis)[ \u00a0](?:[àa] )?){0,2}$",
)
#: After a thing sold, its price.
PRICED = re.compile(r"[ \u00a0](?:[£€$]\d|\d{1,3}[.,]\d{2}(?!\d)|\d{1,3} ?[€£$])")
#: Before a given name, which is then nothing else: "une reine, cette Capucine", "t'as vu Jade ?".
THAT = words("cette cet vu croisé")
#: A number to call, its digits apart or not.
_CALLED = r"\+?\(?\d(?:[ \u00a0.()-]{0,2}\d){8,13}(?!\w|[.,]\d)"
#: What a sentence that begins with a name alone begins after, and how its owner is reached.
HEADS = re.compile(r"(?:^|\n|[.!?…:][ \u00a0])$")
REACHED = re.compile(
    rf"[ \u00a0]?[,:(–—][ \u00a0]?(?:{_CALLED}"
    r"|[\w.+-]{2,40}@[\w-]{2,40}\."
    r"|[A-Z]{2}\d{2}[ ]?(?:[A-Z0-9]{4}[ ]?){3})"
)
#: After the name of somebody to call: "ring Agnieszka on +44 ...", "joindre Ouassila au 06 ...".
REACHED_ON = re.compile(rf"[ \u00a0](?:on|at|au|sur le)[ \u00a0]{_CALLED}", re.I)
#: Before the name of who wrote, at the very end.
SIGN_OFF = re.compile(
    r"(?:journée|soirée|continuation|week-?end|à vous|avance|cordialement|regards|merci|thanks|wishes|bientôt"
    r"|salutations|amicalement)[ \u00a0]*[.,!]?[ \u00a0]+$",
    re.IGNORECASE,
)
#: Before a name in lower case that is a word too.
THANKS = words("merci thanks thank thx ty salut coucou hello hi hey bonjour cheers")
#: Common words that are names where a capital stands inside a sentence, and those that then mean what they say too.
CAPITAL_NAMES = words("will rose beau")
SELDOM_NAMES = words("des dès elle else hui les love mine my nada nir or sien son tu ty vu sunday monday friday joke")
#: They begin a clause, after "Monsieur" too.
OPENERS = words("merci bonjour bonsoir svp please hello thanks hi")
#: The name alone, said to somebody: what follows closes the clause.
CLOSED = re.compile(r"[ \u00a0\u202f]*(?:[!,.?;:)\"»”…]|$|\n|[^\w\s'’&-])")

"""What people say just before or after a name, in French and English."""

from __future__ import annotations

import re

from copilot.text.lexicons import words

#: Before a surname.
TITLES = words(
    "m mr mrs ms mme mmes mlle mlles mx dr pr me miss mister missus sir madam maître monsieur madame"
    " mademoiselle docteur doctor"
    " professeur professor prof nurse sister brother reverend rev father père sœur soeur frère maitre maestro"
    " sgt capt señor señora señorita senhor senhora signor signora sig frau herr mevrouw"
    " pan pani cllr sieur officer capitaine captain colonel commandant lieutenant adjudant sergent sergeant"
    " inspecteur"
    " inspector pastor pasteur imam rabbi rabbin juge judge coach maréchal-des-logis brigadier"
)
#: Titles that are other things in lower case, or without a point.
SHORT_TITLES = words("m ms dr pr me mx")
#: Titles that are said to somebody without a name too: a capital and no ordinary word must follow.
LOOSE_TITLES = words(
    "miss sir nurse sister brother father père sœur soeur frère me pr prof professor professeur mister docteur"
    " doctor rev"
    " officer capitaine captain colonel commandant lieutenant adjudant sergent sergeant inspecteur inspector pastor"
    " pasteur imam rabbi rabbin juge judge coach brigadier pan pani"
)
RELATIONS = words(
    "auntie aunt aunty uncle granny grandma grandad grandpa nana nan tata tante tatie tonton oncle mamie papi"
    " papy mémé pépé cousin cousine"
    " son daughter husband wife partner fiancé fiancée brother sister mum mother dad father friend mate"
    " colleague neighbour neighbor"
    " fils fille bébé bebe mari femme épouse compagnon compagne conjoint conjointe frère sœur soeur mère père"
    " maman papa puce chéri chérie"
    " ami amie pote copain copine"
    " collègue collegue voisin voisine neveu nièce filleul filleule parrain marraine"
    " vendeur vendeuse conseiller conseillère conseillere caissier caissière serveur serveuse livreur livreuse"
    " gérant gérante gerant"
    " directeur directrice responsable manager agent technicien technicienne stagiaire hôtesse coiffeuse"
    " coiffeur infirmière infirmier"
    " docteur chauffeur guide animateur animatrice formateur formatrice avocate avocat"
    " cashier waiter waitress server driver courier agent advisor adviser assistant technician supervisor"
    " receptionist barista bartender"
    " boyfriend girlfriend fiance nephew niece grandson granddaughter flatmate housemate roommate guy girl"
    " bloke lady gentleman lad chap man woman boy kid"
    " maître-nageur coach midwife client cliente locataire usager soussigné soussignée sousigné sousignée"
    " dame monsieur mec meuf gars nana homme garçon prénom nom"
)
GREETINGS = words(
    "bonjour bonsoir salut slt bjr coucou hello hi hey yo ya heya hiya dear cher chère merci mercii thanks"
    " thank thx ty bravo cheers"
    " bisous bises kudos congrats congratulations félicitations felicitations love props cordialement"
    " amicalement sincerely regards xx"
    " hullo oi wesh hola ciao adieu sorry désolé désolée pardon courage"
)
#: What is held at a season or a feast: "Summer sale", "Christmas Day".
OCCASIONS = words(
    "sale sales soldes day days eve season holiday holidays party parties menu market markets break camp vibes offer"
    " offers promo promos deal deals event events festival school schools special specials dress dresses time tour"
    " term weather body shoes wear outfit outfits reading playlist mood drop box night nights morning lunch dinner"
    " brunch showers flowers collections vacation vacations"
)
#: Before a size.
SIZES = words("taille tailles size sizes modèle format s l xs xl xxl xxs")
SIZED = words("en du un une")
LETTER_SIZES = words("s m l")
#: Before a name that somebody is turned to, thanked or asked for.
TOWARDS = words(
    "à a to avec with par by from de of see ask asked voir chez contre tell told demander demandez demande"
    " remercier remercie thank"
    " appelle appeler appelez call ring contact contacter contactez for pour via merci thanks called nommé"
    " nommée nomme named par"
)
PRODUCTS = words(
    "chez chien chat chatte chaton dog cat puppy poney cheval horse lapin rabbit hamster perroquet tortue "
    "robe robes collection modèle modele gamme série serie film album chanson song jeu game dress dresses model"
    " range style canapé canape"
    " sofa chaise lampe crème creme parfum perfume shampoing sac bag boots chaussures sandales manteau coat"
    " bottines poussette matelas"
    " rue avenue place boulevard saint sainte st ste lycée lycee collège college école ecole school university"
    " université hôpital hopital"
    " hospital stade stadium gare métro metro station hotel hôtel château chateau castle fondation foundation"
    " syndrome prix prize loi plan"
    " opération operation ouragan tempête storm hurricane marque brand brands label enseigne magasin shirt jupe"
    " pull jean jeans veste"
    " top blouse cardigan skirt trousers shoes trainers baskets table fauteuil armchair chair lamp bookcase rug"
    " tapis lit bed mattress"
    " thé tea café sauce vin wine bière beer yaourt biscuit biscuits gâteau cake tarte livre book roman novel"
    " tome opéra musée museum"
    " gamme edition édition version coloris couleur color colour teinte vernis rouge bougie candle"
    " restaurant pizzeria bar pub cinema cinéma théâtre theatre parc park lac lake mont île ile island port"
    " pont bridge square"
    " road street lane hall court house palace gardens line branch store shop statue advert confort comfort"
    " boulangerie pâtisserie taille"
    " chambre gymnase ligne salle queen king princess reine roi pape pope lord chatbot"
    " bateau ferry tropical cyclone voiture costume motif imprimé mug kit pack"
)
DETERMINERS = words(
    "le la les l' un une des du au aux ce cet cette ces mon ma mes ton ta tes son sa ses notre nos votre vos"
    " leur leurs"
    " the an this that these those my your his her our their its every each some any no quel quelle which"
)
#: With a capital, they open a name: "El Hadj Diouf".
OPENING = words("el al van von ould aït ait sidi bou")
#: Brands that are surnames too, after a given name.
SURNAMES_TOO = words(
    "leclerc picard renault peugeot ferrari leroy mercier lancel dior michelin ricard boulanger truffaut bonnet ford"
    " bosch singer chanel cartier vuitton armani dyson philips morgan lewis marks spencer hilton marriott"
    " disney lacoste"
    " guerlain walker jones barclay lloyd stanley wells porsche boss klein lauren lee smith nicolas versace valentino"
    " kellogg heinz bell hunter marshall sanders turner sinclair mason taylor cooper potter jordan fox"
    " palmer buick dodge"
    " chevrolet mars darty gautier gauthier bernard girard roche sanofi servier fabre clarins caron rochas"
    " patou lanvin"
    " carven balmain courrèges saint-laurent maréchal fauchon hédiard bonduelle fleury père lu lustucru"
    " rivoire carret"
    " panzani buitoni barilla lindt suchard poulain cémoi weiss valrhona hugo garnier citroën citroen hermès hermes"
    " abercrombie afflelou armani barbour bensimon bentley bouygues brandt brice breville burberry cadbury campanile"
    " caroll casino chrysler clarks claude claus cora costa dell dessange dick fendi gillette gordon grévin hertz"
    " hobbs hollister honda hoover jacquemus jules kenwood kipling kohl lapeyre ladurée léon levi levis lloyds"
    " mabrouk marionnaud martini mattel mazda mccain mclaren mcdonald mercedes millet minelli morrisons moubarak"
    " norton peloton"
    " pernod prada rocher rossignol sage sainsbury salomon sandro santa selfridges sharp siemens starling suzuki tesla"
    " thor voltaire winston yves zanussi midas mistral aigle romans total orange"
    " lincoln washington kent york preston lancaster winchester windsor warwick chester hastings stafford madison"
    " houston austin richmond newport salisbury laval lorraine moulins troyes verdun maurice noel noël champagne"
    " france bourgogne milan kingston cleveland wakefield weston derby durham london halifax lourdes orlando"
    " bath burnley bury darlington dudley hatfield lens mansfield nevers oakland poole stockton stirling tours"
)
#: Before a member of the family.
OWN = words("mon ma mes ton ta son sa notre nos votre leur my your his her our their")
PARTICLES = words(
    "de du des la le van von den der el al ben bin ibn abu abou d' d’ n' n’ m' m’ da di do dos das del della"
    " ter ten zu y e st saint o' ó ní nic l' ould aït ait sidi"
)
#: After "Monsieur le", an office and no surname.
OFFICES = words(
    "président présidente president directeur directrice maire ministre préfet préfète responsable gérant"
    " gérante chef juge curé"
    " procureur professeur proviseur principal principale commissaire député députée sénateur sénatrice"
    " conseiller conseillère client"
    " cliente livreur modérateur modératrice community manager pdg ceo"
)
#: After a name somebody is called by, what is said to them.
SAID_NEXT = words(
    "tu t' ta ton tes ur your toi vous je j' peux pouvez can could you i are is sorry désolé désolée comment ça ca how"
)

#: After these, the next word is a name, in whatever case.
SURE = re.compile(
    r"(?:(?<!\w)(?:coucou|salut|slt|bonjour|bjr|hello)[ ,]{1,2}c[ ]+"
    r"|(?<!\w)(?:je (?:m['’]ap+el+e|me nomme|me prénomme)|moi c['’]est|m['’]ap+el+e"
    r"|mon (?:petit )?nom (?:est|c['’]est|complet est)"
    r"|mon prénom (?:est|c['’]est)|my name is|my name['’]s|my names|name is|name['’]s|name badge (?:said|says"
    r"|read|was)|her name was|his name was"
    r"|goes by|by the name of|name of|call me|calls (?:him|her)self|signé[ ]?[,:]?|signed[ ]?[,:]?"
    r"|au nom(?: de(?: famille)?)?|sous le nom(?: de(?: famille)?)?"
    r"|under the names?(?: of)?|in the names?(?: of)?"
    r"|(?:booked|reserved|booking|reservation|table|room|appointment)(?: is| was|['’]s"
    r"| made)? under(?: the names?(?: of)?)?"
    r"|(?:réservation|réservée?s?|résa|table|chambre)(?: est)? sous|under(?=[ ][^\W\d_]{2,30}['’]s name(?!\w))"
    r"|in(?=[ ][^\W\d_]{2,30}['’]s name(?!\w))|prénommée?s?|nommée?s?|dénommée?s?|surnommée?|(?:un|une|le|la) certaine?"
    r"|a certain|some(?:one| guy| girl) called"
    r"|qui s['’]appel+e|s['’]appel+e|s['’]appelait|il s['’]appelle|elle s['’]appelle|appelée|ce sera|nom[ ]?:"
    r"|name(?: on the (?:booking|order|reservation|account|parcel|card|ticket|invoice))?[ ]?(?::| is)|nom (?:sur"
    r"|de) la (?:commande|réservation|carte|facture)[ ]?:|prénom[ ]?:|contact[ ]?:"
    r"|signature[ ]?:|client[ ]?:|destinataire[ ]?:|recipient[ ]?:|attn[ ]?:?|à l['’]attention de"
    r"|for the attention of|de la part de|on behalf of)"
    r"[ \u00a0]+(?:bien |juste |just |actually |m\.? |mr\.? |mrs\.? |mme |mlle |d['’])?"
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
FAMILY = re.compile(
    r"(?:(?<!\w)(?:la famille|les époux|époux|les consorts|consorts|les héritiers|veuve|les"
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
    r"|sales|accounts|ward|table|desk|till|delivery|counter|phones?|team|bakery|pharmacy|bar|door))"
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
    r"|absente?|en congés?|partie?|là|de retour|en poste)(?!\w)"
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
    r"|\d{1,2}[ \u00a0]?(?:ans|years old|yo|y/o)(?!\w)"
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
    r"|(?:signed|received) by|(?:signée?|reçue?) par|signature[^\n\"“«:]{0,20}:|left with|laissée? à|remise? à"
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
    r"|served|told|called|emailed|hung up)(?!\w))"
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
#: After a given name and a surname that are both words, at the head of a sentence.
AFTER_WHOLE = re.compile(
    r",|[ \u00a0](?:here|again|ordered|bought|called|has|is|was|will|says|said|asked|wants|from|n['’]a|a|est"
    r"|attend|souhaite|demande"
    r"|veut|cliente?|ici|et)(?!\w)|[ \u00a0]?\n|[ \u00a0.!]*$",
    re.IGNORECASE,
)
#: Before a given name, which is then nothing else: "une reine, cette Capucine", "t'as vu Jade ?".
THAT = words("cette cet vu croisé")
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

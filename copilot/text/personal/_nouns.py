"""What stands beside a name: who somebody is, what is sold or held under one."""

from __future__ import annotations

from copilot.text.lexicons import words

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
    " engineer fitter plumber electrician installer postman postie operator rep clerk teller associate porter host"
    " hostess"
    " steward attendant caretaker landlord landlady trainer teacher hubby gran granddad grandmother grandfather nanny"
    " facteur plombier électricien installateur réparateur dépanneur garagiste vigile steward contrôleur contrôleuse"
    " réceptionniste opérateur opératrice téléconseiller téléconseillère standardiste préparateur préparatrice"
    " pharmacienne"
    " pharmacien kiné maîtresse instit chum ostéo concierge gardien gardienne syndic bailleur propriétaire proprio"
    " coloc"
    " petit-fils petite-fille belle-mère beau-père belle-sœur belle-soeur beau-frère belle-fille beau-fils grand-mère"
    " grand-père mémère pépère mamy titulaire passager passagère bénéficiaire"
    " maître-nageur coach midwife client cliente locataire usager soussigné soussignée sousigné sousignée"
    " dame monsieur mec meuf gars nana homme garçon prénom nom"
)
#: After the name of a plant: how it is sold.
PACKED = words(
    "pot pots vrac barquette bouquet motte godet bulbe graines promo rayon stock rupture rouge rose blanc bleu"
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
    " burger pizza sandwich cocktail tacos bagel salade glace terminus tramway arrêt médiathèque bibliothèque amphi"
    " crèche"
    " clinique piscine aéroport rond-point cimetière"
    " sarl sas eurl sci ets établissements etablissements garage garages cabinet maison boucherie pharmacie société"
    " societe entreprise groupe transports taxis ambulances auto-école traiteur fromagerie charcuterie opticien"
    " bijouterie librairie imprimerie menuiserie plomberie"
    " bateau ferry tropical cyclone voiture costume motif imprimé mug kit pack"
)
#: Said before the name of a thing sold, and verbs or more after somebody's: "la montre Léa", "Léa montre".
SOLD = words(
    "offre offres forfait forfaits formule formules abonnement option tarif menu coffret plan plans bundle tariff"
    " subscription box palette blush mascara foundation lipstick serum sérum eau fragrance track"
    " titre morceau clip episode épisode saison season personnage character"
    " poêle cocotte vase lampadaire étagère commode armoire bureau desk shelf sofa-bed buffet pouf miroir mirror rideau"
    " rideaux drap housse coussin cushion suspension applique bib body pyjama doudou poupée doll peluche figurine"
    " maillot bikini short legging leggings soutien-gorge bra culotte brassière chemise chemisier blazer trench parka"
    " doudoune gilet sweat hoodie jumper escarpins mocassins sandale bottine botte bottes ballerines derbies mules"
    " boot heels flats pumps sneakers pochette cabas backpack tote clutch wallet portefeuille montre watch bague"
    " collier"
    " bracelet earrings necklace ring"
    " rosé champagne cuvée"
    " rhum whisky gin vodka cidre confiture compote compotes crêpe crêpes pâtes jambon saucisse saucisses chips"
    " moutarde fromage frites oeuf oeufs œuf œufs haricots surgelé surgelés poire poires pêche pêches cerise cerises"
    " fraise fraises lait soupe bœuf boeuf yaourts biscotte biscottes chocolat bonbons glaces charcuterie riz farine"
    " ampli guitare enceinte casque écouteurs tondeuse rasoir rasoirs aspirateur machine robot four frigo perceuse"
    " lunettes poussettes couches biberon siège dentifrice gel vélo trottinette pneu pneus"
    " raquette"
    " marinade mayo ketchup crackers crisps cheese ham whiskey rum cider jam chocolate mower razor vacuum toaster"
    " kettle semis graine graines rosier rosiers tomate tomates variété variety pomme pommes poire potato potatoes"
)
#: Small words of French that English has not.
FRENCH_ONLY = words("de la le les du des en est et à au aux qui que pour sur dans chez par sont avec sans ou où était")
#: What famous people give.
PERFORMED = words("concert concerts album albums tournée clip clips tube tubes single singles discographie featuring")
#: Given names that begin a double one.
DOUBLED = words("jean marie anne pierre paul louis marc")
#: What a thing is like, a surname too.
LIKE = words(
    "blanc blanche noir noire rouge vert verte bleu bleue rose gris grise brun brune roux rousse doré jaune violet"
    " petit petite grand grande bon bonne beau bel belle long longue court courte neuf nouveau vieux jeune doux douce"
    " sec clair claire cher fin gros grosse haut bas plat rond moyen fort frais mûr franc royal carré"
    " white black brown green grey gray red blue gold golden silver young old short long small sweet little strong"
    " wild good best fair sharp still dry rich"
)
#: Said after it, in English.
SOLD_AFTER = words(
    "hoodie jumper lipstick palette necklace tote clutch backpack wallet bra bikini leggings heels sneakers"
    " sandals jacket"
    " parka blazer foundation serum fragrance subscription sofa-bed sideboard wardrobe footstool cushion"
    " airport dock wharf quay pier marina mall outlet arms inn tavern arena terminal"
    " wing range boulevard sponge cake biscuits sauce"
    " blanket scent shade shades jeans mascara blush brooch earrings candle candles doll plush tee tees"
)
#: Before a name in quotes, it is that of a work: 'la chanson "Aline"'.
WORKS_OF_ART = words(
    "chanson chansons titre morceau tube song songs track single album clip film films movie movies série series sitcom"
    " livre book roman novel bd comic jeu game show podcast épisode episode pièce opéra musical spectacle play"
)
#: Surnames that are ordinary words: names after a title or a given name in lower case too.
SURNAMES = words(
    "petit blanc leblanc lenoir noir roux leroux brun lebrun gris blond rousseau legrand grand lepetit long court"
    " gros legros"
    " lebon bon beau lebeau jolly joly gentil doux leroy roi king leduc duc comte lecomte baron prince leprince marquis"
    " chevalier bourgeois boulanger boucher berger bergeron charpentier charron cordier couturier fabre faure favre"
    " lefebvre"
    " fournier marchand marchal maréchal masson maçon mercier meunier meunière moulin moulins muller pelletier"
    " potier tessier"
    " texier tisserand tonnelier tourneur vacher verrier vigneron pasteur poulain pêcheur fevre lefèvre barbier"
    " caron carlier"
    " dubois bois dupont pont dupuis puits fontaine lafontaine rivière larivière lacroix croix delacroix laforêt"
    " forêt deschamps"
    " champs dupré pré prés vallée laval mont dumont montagne roche desroches laroche pierre rocher lapierre colline"
    " costa"
    " marin mariner sauvage renard loiseau loisel oiseau poisson corbeau merle rossignol pinson cochon lelièvre"
    " lièvre loup leloup"
    " poirier pommier prunier noyer chêne duchêne delorme hêtre frêne lafleur fleury fleur rose jardin desjardins"
    " dujardin"
    " moreau morel martin bernard girard garnier gauthier gautier lambert simon michel laurent david thomas robert"
    " richard"
    " vincent clément bonnet bonnard picard normand breton lebreton lallemand langlois bourguignon gascon lombard"
    " tournier"
    " lamoureux lamy ami lefort fort hardy vaillant courtois sage lesage parfait content bienvenu bonhomme bonjean"
    " jourdain toussaint pasquier carpentier guerrier guerin prévost prevost chapelle lachapelle"
    " église clerc leclerc leclercq moine lemoine labbé abbé prieur evrard regnier sellier chauvin chauveau collet"
    " colin collin"
    " huet hubert millet orange perret perrier perrin pichon pinel poulet prost raison remy renault riou royer"
    " salmon sellier"
    " valet valentin vidal voisin vasseur levasseur tanguy besson blanchard bouvier bouchard boyer brunet carre carré"
    " smith baker cook cooke taylor cooper young brown green white black gray grey hill wood woods stone fox ward"
    " price hunt"
    " wright walker hall cross field fields banks bell may west north day knight bishop pope fisher carter turner"
    " parker mason"
    " potter weaver gardener gardner marsh moss miller page palmer porter power powers rice rich ross rivers sharp"
    " shepherd"
    " singer small swift webb wise wolf lake lane law little love low lowe marks mills moon moore hope holmes hood"
    " hooper"
    " hudson hawkins harper hardy glass frost french forest ford flowers finch farmer english drake dean dawn crane"
    " cole clay"
    " church chase chance chambers burns burn bush butcher butler brook brooks bridges bond bolt bird berry barber"
    " archer abbott"
)
#: After "Le", they are nothing else.
BRETON = words(
    "gall goff bihan guen bras berre floch flohic guellec corre moal meur dantec calvez tallec quéré quere fur"
    " bars gac gal goascogne henaff hénaff hir lann luyer mao menn nech nestour pen pennec pape prat quellec"
    " saout scouarnec squer strat tellier troadec vaillant vourch clech clec'h cam cloarec cléac'h gouic guillou jean"
    " rouzic roy breton blanc brun cornec coz deunff diraison diouron"
)
#: Surnames of a few letters that are words too.
SHORT_SURNAMES = words(
    "le la do so an you may son sa si ma mai my ho ha he hu me no in on to da an ngo ba oh no yi min"
)
#: Surnames that are words few people write.
FAMILIES_TOO = words(
    "smith wu ng gupta khan shah badiane bailey bates baxter bowman chaabi chaoui charron cloutier contreras cordier"
    " cormier coutant cox davenport fenton flores fortin fournier goulet grondin hicks hogan jain larsen lopes"
    " lynch maillard martins mercier moreau morel mulligan normand pelletier picot pineau pinson pinto pires pollard"
    " poirier proctor rees reis richards rivera roberts rogers rousseau rousseaux sanders sheikh stokes tang troy"
    " watts weber williams wright yip lam levy chu gaillard guyot jacquet maréchal meunier normand parmentier"
    " vannier verdier vivier voisin cabrera escobar morales caron chapelle fontaine parsons burns sow"
)
#: Cars with given names, "la Mégane", "une Zoé"; those that nobody says "ma" of somebody with.
CARS = words(
    "zoé zoe mégane megane clio giulia giulietta julietta mercedes élise elise octavia fabia leon léon logan picasso"
    " celica carina felicia micra stella ami adam karl capri sierra portofino corolla silvia mia thema musa alhambra"
)
OWN_CARS = words(
    "zoé zoe mégane megane clio giulia giulietta julietta mercedes octavia fabia celica micra picasso sierra corolla"
)
#: Plants that are given names.
PLANTS = words(
    "olivier rose violette marguerite iris jasmin jasmine capucine cerise prune basile basil rosemary olive ginger"
    " lily daisy"
    " heather poppy ivy holly myrtle anémone angélique mélisse hortense camélia dahlia églantine garance véronique"
    " narcisse"
    " romarin lavande laurier flora muguet pervenche hyacinthe clémentine mirabelle sage saffron fern hazel"
)
#: What stands in the same aisle.
GROWN = words(
    "laurier jasmin lavande romarin thym basilic menthe persil coriandre ciboulette citronnier figuier palmier"
    " bambou rosier"
    " lilas buis pot pots terrasse jardin jardinière engrais terreau gel oil huile plante plantes plant plants fleur"
    " fleurs"
    " bouquet graines arbre arbuste mint thyme oregano parsley cumin garlic pepper salt herb herbs hedge shrub"
    " garden leaves"
    " feuilles rempoter arroser tailler bonsaï conteneur godet motte racines pruned bulbs bulbes"
)
#: Months that are given names.
MONTHS = words("april may june august avril")
#: Written in capitals before a name: what somebody is.
ROLES = words("pdg ceo drh sav cm dg rh dsi cto cfo coo vp hr it gm mc dj avs atsem cpe prof svp rdv asvp dr mr mrs pm")
#: What a name is said of, that is nobody's: "Karen energy", "Murphy's law".
MOODS = words("energy vibes vibe law syndrome effect moment mode alert era disease")
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
    " belin bigard dammann drouhin guigal chapoutier pommery kenner remington packard becquet bernardaud haviland"
    " henkel procter waterman drouault dunlop herschel devred cassegrain suchard roederer pirelli lamborghini wilkinson"
    " bose triumph nicolas ducray bodum hilti"
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
#: After "Monsieur le", an office and no surname.
OFFICES = words(
    "président présidente president directeur directrice maire ministre préfet préfète responsable gérant"
    " gérante chef juge curé"
    " procureur professeur proviseur principal principale commissaire député députée sénateur sénatrice"
    " conseiller conseillère client"
    " cliente livreur modérateur modératrice community manager pdg ceo"
)

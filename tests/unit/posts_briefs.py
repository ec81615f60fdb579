"""Briefs of many sectors and shapes, invented, shared by the tests of the posts. ``secret`` must never come out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    language: str
    text: str
    secret: tuple[str, ...] = ()


BRIEFS = {
    "association, bénévoles": Case(
        "fr",
        """Brief réseaux sociaux – Collecte d'hiver

Contexte : L'épicerie solidaire Les Mains Vertes organise sa grande collecte alimentaire les 28 et 29 novembre.
Objectif : recruter 40 bénévoles
Cible : étudiants, jeunes retraités
Ton : positif, pas culpabilisant

Nous cherchons des bénévoles pour tenir les points de collecte dans six supermarchés de Quimper. Une \
demi-journée suffit, \
et une formation de trente minutes est prévue sur place. L'an dernier, 3,2 tonnes de produits ont été réunies.

Inscription : https://mainsvertes.example/benevoles
Contact interne : Jeanne, 06 39 98 11 22
""",
        ("40 bénévoles", "étudiants", "culpabilisant", "Jeanne", "06 39 98 11 22"),
    ),
    "restaurant, une ligne": Case(
        "fr",
        "Il nous faudrait un post sur notre brunch du dimanche, de 11h à 15h, 28€ par adulte, 14€ pour les enfants, "
        "resa au 04 65 71 33 44",
    ),
    "musée": Case(
        "fr",
        """# Exposition « Terres brûlées »

Du 12 mars au 30 août 2027, le musée de la Faïence présente « Terres brûlées », une exposition consacrée à \
la céramique \
contemporaine. Quarante artistes venus de douze pays y montrent près de 150 œuvres, dont une installation \
monumentale \
créée pour la cour d'honneur.

Visites guidées chaque samedi à 15h. Entrée : 9 €, gratuite le premier dimanche du mois.

Réservez votre visite sur https://musee-faience.example/terres-brulees

Ne pas mentionner le prêt refusé par le musée de Gand.
Visuels sous embargo jusqu'au 1er mars.
""",
        ("Gand", "Visuels", "prêt refusé"),
    ),
    "software, english": Case(
        "en",
        """Subject: FW: Release brief
From: Dana Whitlock
To: Social team

Hi team,

Please find below the info for the release. We need three posts for LinkedIn by Thursday.

Ledgerline 4.2 is available today. Teams can now close their books in shared workspaces, with an audit trail \
 for every \
change. Imports run four times faster than in the previous version, and the mobile app works offline.

Highlights:
- Shared workspaces with roles
- Audit trail for every change
- Offline mode on iOS and Android

Upgrade is free for all current plans. Read the release notes: https://ledgerline.example/releases/4-2

Don't mention the pricing change planned for Q3.

Thanks,
Dana Whitlock
Product Marketing, Ledgerline
+44 20 7946 0018
""",
        ("Q3", "pricing change", "Dana", "three posts", "7946 0018"),
    ),
    "mairie, travaux": Case(
        "fr",
        """TRAVAUX RUE DES TANNEURS

La rue des Tanneurs sera fermée à la circulation du lundi 8 au vendredi 19 février 2027, de 8h à 17h, pour \
le remplacement \
des canalisations d'eau. L'accès des riverains et des secours est maintenu. Une déviation est mise en place par le \
boulevard Carnot.

Le marché du mercredi se tiendra place de la République.

Renseignements : services techniques, 05 36 49 10 20, voirie@ville-lanzac.example

A valider par M. le maire avant publication
""",
        ("valider", "le maire"),
    ),
    "cosmétiques": Case(
        "fr",
        """Produit : Baume Nacre, soin mains à la cire d'abeille
Cible : femmes 25-45 ans
Prix : 14,90 € les 50 ml
Budget : 2 000 €
Avantages :
- 98% d'ingrédients d'origine naturelle
- sans parfum
- tube en aluminium recyclable
Disponible dès le 5 octobre sur www.baume-nacre.example et chez nos partenaires
CTA : découvrir le baume
Ton : doux, sensoriel
KPI : 500 clics
""",
        ("25-45", "2 000", "500 clics", "sensoriel"),
    ),
    "no date, no product": Case(
        "fr",
        "On voudrait remercier tous nos clients pour leur fidélité. C'est grâce à vous que l'atelier continue.",
    ),
    "bullets only": Case(
        "fr",
        """- concert gratuit de l'harmonie municipale
- samedi 19 juin à 20h30
- kiosque du parc Thabor, Rennes
- repli à la salle de la Cité en cas de pluie
- buvette tenue par l'association des parents d'élèves
- ne pas parler de la météo de l'an dernier
""",
        ("an dernier",),
    ),
    "e-mail pasted": Case(
        "fr",
        """De : Hervé Mandrin <herve@boulangerie-mandrin.example>
À : Lucie
Objet : RE: post ouverture dimanche
Envoyé : mardi 3 novembre 2026 18:04

Salut Lucie,

Comme convenu je te transmets les infos. À partir du dimanche 15 novembre, la boulangerie ouvre aussi le \
dimanche matin, \
de 7h à 13h. On fera une fournée spéciale de brioches tressées à 4,50€ pièce !! Tu peux mettre la photo du fournil ?

Merci d'avance et bonne journée,
Hervé
Boulangerie Mandrin
12 rue du Four, Poitiers
05 36 49 77 88
""",
        ("Lucie", "Hervé", "convenu", "photo du fournil", "77 88"),
    ),
    "all caps": Case(
        "fr",
        "GRANDE BRADERIE DES COMMERCANTS SAMEDI 4 AVRIL DE 9H A 19H PLACE DE LA MAIRIE A LIMOGES. ENTREE GRATUITE. "
        "PLUS DE 80 EXPOSANTS ET UNE PETITE RESTAURATION SUR PLACE. VENEZ NOMBREUX !",
    ),
    "recrutement": Case(
        "fr",
        """## Offre d'emploi
Poste : Chargé·e de relation adhérents (CDI, temps plein)
Lieu : Villeurbanne, deux jours de télétravail par semaine
Salaire : 31 000 à 34 000 € brut annuel
Missions :
- accueillir et conseiller nos 12 000 adhérents
- animer le réseau des 45 points relais
- suivre la qualité de service
Date limite de candidature : 31 janvier 2027
Pour postuler : rh@mutuelle-solea.example

## Notes internes
Départ de Karim non annoncé, ne rien dire. Enveloppe max 36 k€.
""",
        ("Karim", "36 k€", "Enveloppe"),
    ),
    "english, charity run, messy": Case(
        "en",
        """RIVERSIDE 10K!!!
when - sunday 6 june, 9.30am start
where - Millbrook Park
Entry is £18 and every penny goes to the children's ward at Millbrook General.
Walkers, wheelchairs, pushchairs and dogs are all welcome
sign up at https://riverside10k.example
goal: 800 runners, 100 more than last year (don't share numbers)
tone: upbeat
""",
        ("800", "upbeat", "numbers"),
    ),
    "promo, code": Case(
        "fr",
        """OFFRE DE RENTRÉE
-20% sur toute la papeterie du 25 août au 8 septembre 2027 avec le code CARTABLE20, en boutique et en ligne : \
https://papeterie-lune.example/rentree. Offre non cumulable, dans la limite des stocks disponibles.
Marge : 32 %, à ne pas diffuser.
""",
        ("32", "Marge", "diffuser"),
    ),
    "podcast, tu": Case(
        "fr",
        """Titre : Hors-piste, épisode 12
Résumé : Ce mois-ci, on parle de sommeil avec la chercheuse Nour Haddad. Pourquoi dort-on moins en ville ? Comment \
récupérer quand on travaille de nuit ? Quarante minutes pour mieux comprendre ses nuits.
Lien : https://horspiste.example/12
Réseaux : Instagram, X
Deadline : jeudi 18h
""",
        ("Deadline", "jeudi", "Réseaux"),
    ),
    "one word": Case("fr", "Soldes"),
    "town hall, english": Case(
        "en",
        """# Public meeting on the new library

Background: The council has set aside £2.4 million for a new library on Station Road.

Come and tell us what you want from it. The meeting takes place on Tuesday 13 April at 6.30 pm in the Corn Exchange. \
Doors open at 6 pm. Sign language interpretation is provided.

Can't make it? Send your ideas to library@thornbury-council.example before 30 April.

Internal note: Cllr Baines opposes the site, avoid the subject of parking.
""",
        ("Baines", "parking", "Internal"),
    ),
    "long, three pages": Case(
        "fr",
        "# Ouverture de la ressourcerie du Canal\n\n"
        "Objectifs :\n- notoriété\n- 300 visiteurs le premier jour\n\n"
        "Le samedi 22 mai 2027, la ressourcerie du Canal ouvre ses portes au 8, quai des Mariniers, à Sens. "
        "Elle collecte, répare et revend à petit prix ce qui peut encore servir : meubles, vaisselle, livres, "
        "jouets et vélos.\n\n"
        + "".join(
            f"Chaque semaine, l'équipe du pôle {name} trie et remet en état les objets déposés par les habitants. "
            f"Elle accueille aussi des personnes en parcours d'insertion, formées pendant plusieurs mois. "
            f"Les pièces trop abîmées rejoignent une filière de recyclage du département.\n\n"
            for name in (
                "textile",
                "mobilier",
                "électroménager",
                "jouets",
                "livres",
                "vaisselle",
                "jardin",
                "bricolage",
                "cycles",
                "musique",
            )
        )
        + "Horaires : du mercredi au samedi, de 10h à 18h\nDépôts : sur rendez-vous au 03 53 01 20 30\n"
        "Site : https://ressourcerie-canal.example\n\nConfidentiel : la subvention n'est pas encore votée.\n",
        ("300 visiteurs", "notoriété", "subvention"),
    ),
    "no accents, sms style": Case(
        "fr",
        "bonjour, peux tu faire un post pour notre vide grenier ? c'est le 14 mai de 8h a 18h au stade jean moulin, "
        "2 euros le metre pour les exposants, entree libre pour les visiteurs. merci !",
        ("peux tu",),
    ),
}

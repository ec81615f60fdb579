"""Ways of writing a detail, each beside sentences that only look like it."""

from __future__ import annotations

import pytest

from copilot.text.privacy import Vault

CODES = {
    "Mon relevé REL-0725-8813 affiche un virement": "Mon relevé [[REF_1]] affiche un virement",
    "The file is MBR/3382/24, nobody opened it": "The file is [[REF_1]], nobody opened it",
    "Sent back as RTN-44871-B, never refunded": "Sent back as [[REF_1]], never refunded",
    "cancel direct debit mandate DD-GLA-221907": "cancel direct debit mandate [[REF_1]]",
    "Je révoque le mandat SEPA-CORE-771230": "Je révoque le mandat [[REF_1]]",
    "Contrat d'entretien CHD 44 0918 résilié": "Contrat d'entretien [[REF_1]] résilié",
    "The rental agreement, KT 448120973, says full": "The rental agreement, [[REF_1]], says full",
    "Le solde du livret LDD 0083 5512 7": "Le solde du livret [[REF_1]]",
    "N° allocataire 0 441 882 R": "N° allocataire [[REF_1]]",
    "NINO QQ 12 34 56 C was on it": "NINO [[NIR_1]] was on it",
    "immat de la navette : 512 AB 974": "immat de la navette : [[PLATE_1]]",
    "DM me @ old_trout_77": "DM me [[HANDLE_1]]",
    "Colissimo 6C 11 2209 8745 3, bloqué": "Colissimo [[REF_1]], bloqué",
}
NO_CODES = [
    "Le lave-vaisselle SMS4HVI33E fuit, la Bosch GSR 18V-55 aussi",
    "Normes EN 13432, ISO-9001-2015 et BS-EN-13432",
    "Your file is 12 MB, the plan B 2025 too",
    "Early-bird ticket: 75 GBP",
    "Votre accord du 12/05 et le livret A à 2,4 %",
    "ma commande, 3 articles, la facture, 150 euros",
    "Le lien de suivi https://suivi.exemple.fr/123 est mort",
    "rdv @ 18h, promo @ -30%, voir 44 881 A vendre",
    "RN 88, 1402 bouchons",
]
NETWORKS = {
    "accès refusé pour 10.62.14.8": "accès refusé pour [[IP_1]]",
    "your address 172.20.44.19 has been blocked": "your address [[IP_1]] has been blocked",
    "Forbidden: 192.168.43.117 not allowed": "Forbidden: [[IP_1]] not allowed",
    "mon imprimante affiche 10.120.3.77": "mon imprimante affiche [[IP_1]]",
    "error mentions 10.8.0.14": "error mentions [[IP_1]]",
}
NO_NETWORKS = [
    "App 10.45.2.1 crashes",
    "EMUI 10.1.0.128 et MIUI 12.5.3.0",
    "192.168.1.1 pour la box",
    "la mise à jour vers 10.34.0.2",
    "chapitre 10.4.12.3 de la notice",
]
MAIDENS = {
    "Solange Kerbrat, née Tanguy-Roche, le 3 mars 1941": "[[PERSON_1]], née [[PERSON_2]], le [[BIRTHDATE_1]]",
    "Lucienne Marzin (née Le Quéau) attend": "[[PERSON_1]] (née [[PERSON_2]]) attend",
    "Margaret Doyle, née Fitzsimmons": "[[PERSON_1]], née [[PERSON_2]]",
    "Mon épouse née Delmotte le 07/08/1966": "Mon épouse née [[PERSON_1]] le [[BIRTHDATE_1]]",
    "je suis du 04 09 1951": "je suis du [[BIRTHDATE_1]]",
    "Je suis du 2 juin 1948, patience": "Je suis du [[BIRTHDATE_1]], patience",
}
NO_MAIDENS = [
    "Une idée née Place Bellecour le 3 mars 1941",
    "Je suis née Bretonne, Notre enseigne, née Lyonnaise, fête ses 40 ans",
    "Une recette née Outre-Atlantique",
    "je suis du 12 au 15 à Lyon",
    "je suis du matin",
]
PEOPLE = {
    "under my maiden name, siobhan ferriter": "under my maiden name, [[PERSON_1]]",
    "mon nom de jeune fille, sandra kervella": "mon nom de jeune fille, [[PERSON_1]]",
    "salu c kevin g un souci": "salu c [[PERSON_1]] g un souci",
    "slu cest maeva jai rien eu": "slu cest [[PERSON_1]] jai rien eu",
    "Lavoie-Tremblay, Josiane\ncolis perdu": "[[PERSON_1]]\ncolis perdu",
    "Martin-Garcia, Thierry\ncolis perdu": "[[PERSON_1]]\ncolis perdu",
    "Asked for Helen, got Zuleika": "Asked for [[PERSON_1]], got [[PERSON_2]]",
    "Brooklyn said I could": "[[PERSON_1]] said I could",
    "Voilà. Merci, Merit Aasgaard": "Voilà. Merci, [[PERSON_1]]",
    "Still waiting. Vaitiare, 07700 900 417": "Still waiting. [[PERSON_1]], [[PHONE_1]]",
    "Yevgenia du guichet 3 m'a sauvé la mise": "[[PERSON_1]] du guichet 3 m'a sauvé la mise",
    "Cdlt, Ph. Delacourt": "Cdlt, [[PERSON_1]]",
    "son prénom est Tymofiy": "son prénom est [[PERSON_1]]",
    "Parcel signed for by Tesfaye": "Parcel signed for by [[PERSON_1]]",
    "i rang and Lashonda answered": "i rang and [[PERSON_1]] answered",
    "my friend German Ortega": "my friend [[PERSON_1]]",
    "I watched Karen scan it twice": "I watched [[PERSON_1]] scan it twice",
    "Jean-Marc B du SAV": "[[PERSON_1]] du SAV",
    "Marie's order never came": "[[PERSON_1]]'s order never came",
}
NOBODY = [
    "under my name, please, not my wife's",
    "salu c nul votre appli, cc c koi la diff, slu cest pas normal",
    "Saint-Malo, Florence et Paris en trois jours",
    "Ordered Nespresso, got Senseo, thanks",
    "St. John's Wood branch closes early",
    "le prénom est mal écrit, Merci la SNCF, merci Keolis",
    "Ph. 12 du manuel",
    "Apple said the same thing",
    "Voilà. Merci, Bon Marché",
    "Dans l'attente. Merci, Pizza Kevaro",
    "my Belgian chocolates, German beer and Danish butter",
    "the answer has to be written in German",
    "Éco-Score C et Planet-Score D",
    "Les cookies Maxine's de la boutique, les chips Lay's en promo",
    "We watched Jane Eyre on the train and watched Erin Brockovich in 720p",
    "Je regardais Candice Renoir quand tout a sauté",
    "stuck on page 12 of Emma, chapitre 3 de Nana, season 2 of Dexter",
    "the drill's chuck is loose, the thong is too small",
]
PHONES = {
    "Téléphone de l'abonné : 06 39 98 41 17": "Téléphone de l'abonné : [[PHONE_1]]",
    "Mobile du patient : 07 00 00 81 22": "Mobile du patient : [[PHONE_1]]",
    "n° d'assuré : 0639982011": "n° d'assuré : [[REF_1]]",
}
PLACES = {
    "7 Shore Road, Brodick, Isle of Arran KA27 8AJ": "[[ADDRESS_1]]",
    "22 Church Street, Stow on the Wold GL54 1BB please": "[[ADDRESS_1]] please",
    "19 Market Place, Barrow upon Humber DN19 7DP": "[[ADDRESS_1]]",
    "Adresse : Le Bourg, 46300 Payrignac": "Adresse : [[ADDRESS_1]]",
    "5 Mill Lane, Oxford on Monday": "[[ADDRESS_1]] on Monday",
    "J'habite 38 rue des Tanneurs": "J'habite [[ADDRESS_1]]",
}
NO_PLACES = [
    "Le bus 42 avenue Foch ne s'arrête plus",
    "La ligne 7 rue de la Paix est en travaux",
    "Tram 2 place de la République",
]
HIDDEN = CODES | NETWORKS | MAIDENS | PEOPLE | PHONES | PLACES
CLEAR = [*NO_CODES, *NO_NETWORKS, *NO_MAIDENS, *NOBODY, *NO_PLACES]


@pytest.mark.parametrize(("text", "masked"), HIDDEN.items(), ids=HIDDEN)
def test_what_points_at_somebody_is_hidden_whole_and_comes_back(text: str, masked: str) -> None:
    vault = Vault()
    assert vault.mask(text) == masked
    assert vault.restore(masked) == text


@pytest.mark.parametrize("text", CLEAR)
def test_what_only_looks_like_it_stays_clear(text: str) -> None:
    assert Vault().mask(text) == text

"""Texts to try the rules on, with something wrong in each: what they say is looked at, never published."""

from __future__ import annotations

#: By part and language.
TEXTS = {
    ("post", "fr"): (
        "Nouvelle collection!! La boutique vous attend samedi dès 9h  , tu viens ?\n\n"
        "C'est une expérience INCROYABLE , à vivre en famille…prix.La livraison est offerte.\n\n"
        "🎉 Des vélos 🎉 Des ateliers 🎉 Du café 🎉\n\n#nouvellecollection #love #follow4follow"
    ),
    ("reply", "fr"): (
        "Bonjour Camille, nous sommes désolés si la livraison vous a déçue. C'est entièrement notre faute, mais "
        "vous auriez dû lire le suivi.\n\n"
        "Envoyez-nous ici votre adresse et votre numéro de commande, on revient vers vous rapidement !!"
    ),
    ("post", "en"): (
        "New collection!!! The shop is open on Saturday from 9 am  , come along !\n\n"
        "It's an AMAZING game-changer for the whole famly...price.Delivery is free.\n\n"
        "🎉 Bikes 🎉 Workshops 🎉 Coffee 🎉\n\n#newcollection #love #follow4follow"
    ),
    ("reply", "en"): (
        "Hi Camille, we are sorry if the delivery let you down. It is entirely our fault, but you should have read "
        "the tracking page.\n\n"
        "Send us your address and your order number here, we will get back to you soon!!"
    ),
}

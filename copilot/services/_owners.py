"""Which authors are the brand itself: those that have the names of its accounts."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from copilot import networks
from copilot.domain.conversation import Author
from copilot.errors import UserError

if TYPE_CHECKING:
    from copilot.domain.brand import Brand
    from copilot.importers.threads._linking import Draft
    from copilot.store.unit_of_work import UnitOfWork

#: Networks that show names, whose accounts are called by them; elsewhere an account is a handle, and who is shown
#: with another handle under the brand's name is somebody else.
_NAMED = frozenset(("facebook_page", "linkedin", "google_business", "wordpress", "newsletter"))
#: Authors remembered.
_MOST = 20_000


class Owners:
    """The accounts of a brand, by network id."""

    def __init__(self, accounts: Mapping[str, str]) -> None:
        self.accounts = {(_id(network), key) for network, shown in accounts.items() if (key := _key(shown))}
        self._known: dict[tuple[str, str, str], bool] = {}

    def mark(self, draft: Draft, network: str) -> None:
        """Say that ``draft`` is ours when an account of the brand wrote it: of ``network``, of any when it is empty."""
        author = draft.author
        if author.is_owner or not self.accounts or not (author.name or author.handle):
            return
        asked = (author.name, author.handle, network)
        is_ours = self._known.get(asked)
        if is_ours is None:
            is_ours = self._is_ours(author, network)
            if len(self._known) < _MOST:
                self._known[asked] = is_ours
        if is_ours or (draft.link and self._is_at_home(author, network, draft.link)):
            draft.author = replace(author, is_owner=True)

    def _is_ours(self, author: Author, network: str) -> bool:
        name, handle = _key(author.name), _key(author.handle)
        return any(
            handle == account or (name == account and (not handle or of in _NAMED))
            for of, account in self.accounts
            if not network or of == network
        )

    def _is_at_home(self, author: Author, network: str, link: str) -> bool:
        """True for the bare name of an account on the server that ``link`` leads to."""
        handle = _key(author.handle or author.name)
        if not handle or "@" in handle:
            return False
        here = [account for of, account in self.accounts if "@" in account and of == (network or of)]
        return any(f"{handle}@{_server(link)}" == account for account in here)


def owners_of(work: UnitOfWork, brand_id: str, default: str) -> Owners:
    """The accounts of a brand, else of the default one, else of the only one; of none where several could be.

    Raises:
        UserError: ``brand.unknown``.
    """
    if brand_id:
        return Owners(work.brands.get(brand_id).accounts)
    known = work.brands.list()
    usual = next((brand for brand in known if brand.id == default), None)
    chosen: Brand | None = usual or (known[0] if len(known) == 1 else None)
    return Owners(chosen.accounts if chosen else {})


def _id(network: str) -> str:
    try:
        return networks.get(network).id
    except UserError:
        return network


def _key(shown: str) -> str:
    """A name or handle without case, accents, spaces and ``@``; of an address, its last part."""
    last = shown.strip().rstrip("/").rpartition("/")[2].casefold()
    if not last.isascii():
        flat = unicodedata.normalize("NFKD", last.replace("’", "'"))
        last = "".join(sign for sign in flat if not unicodedata.combining(sign)).casefold()
    return "".join(last.split()).lstrip("@")


def _server(link: str) -> str:
    try:
        return (urlsplit(link).hostname or "").removeprefix("www.")
    except ValueError:
        return ""

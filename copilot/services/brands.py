"""Brands: read, edited, checked, kept, given back as TOML."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from copilot.brandfile import BrandProblem, check_brand, read_brand, slug, write_brand
from copilot.checks import usual_severities
from copilot.domain.brand import Brand, Fact
from copilot.domain.finding import Severity
from copilot.errors import UserError
from copilot.store.unit_of_work import Store, UnitOfWork

if TYPE_CHECKING:
    from copilot.services.voice_sample import VoiceSample

#: Characters of a brand's identifier, at most.
_LONGEST_ID = 64


class BrandInvalid(UserError):
    """An edited brand that no file could describe.

    ``problems`` are all its mistakes, each with the path of the field (``facts[2].statement``, counted from 1);
    their lines are those of the brand written as TOML. The parameters name the first.
    """

    def __init__(self, name: str, problems: tuple[BrandProblem, ...]) -> None:
        first = problems[0]
        super().__init__("brand.invalid", name=name, line=first.line, path=first.path or "TOML", why=first.wording)
        self.problems = problems

    @property
    def key(self) -> str:
        """Key of a sentence that names the field: a form has no lines."""
        return "error.brand.invalid_value"


@dataclass(frozen=True, slots=True)
class BrandSaved:
    """A brand as it is kept (tags without ``#``, networks in lower case), and what to look at again in it."""

    brand: Brand
    problems: tuple[BrandProblem, ...]


@dataclass(frozen=True, slots=True)
class BrandImported:
    """A brand that was stored; ``created`` is False when it replaced one of the same id."""

    brand: Brand
    created: bool
    warnings: tuple[BrandProblem, ...]


class Brands:
    """The brands of a profile."""

    def __init__(self, store: Callable[[], Store], clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    async def import_toml(self, text: str, *, name: str = "marque.toml", by: str = "") -> BrandImported:
        """Store the brand described by ``text``. Raises UserError ``brand.invalid`` with the line."""
        brand = read_brand(text, name=name)
        at = self._clock()
        with self._store().write() as work:
            created = work.brands.save(brand, at)
            work.audit.append(at, by or "–", "brand_saved", f"brand:{brand.id}", {"created": created})
        return BrandImported(brand, created, check_brand(text, today=self.today(brand), rules=usual_severities()))

    async def know_word(self, brand_id: str, word: str, *, by: str) -> Brand:
        """From now on ``word`` is spelled right for this brand. Nothing happens when it is already known.

        Raises:
            UserError: ``brand.unknown``, ``brand.edited_meanwhile``.
        """
        brand = await self.get(brand_id)
        words = brand.style.words
        if word.casefold() in map(str.casefold, words):
            return brand
        known = replace(brand, style=replace(brand.style, words=(*words, word)))
        return (await self.save(known, by=by, replaces=brand)).brand

    async def save(self, brand: Brand, *, by: str, replaces: Brand | None = None) -> BrandSaved:
        """Keep an edited brand.

        ``replaces`` is what the person started from; with None, ``brand`` takes the place of whatever is there.

        Raises:
            BrandInvalid: (``brand.invalid``) a value no brand file could hold.
            UserError: ``brand.edited_meanwhile`` and ``brand.removed_meanwhile`` when the stored brand is no longer
                ``replaces``, ``brand.id_changed`` when the edit has another identifier. Nothing is stored then.
        """
        if replaces is not None and replaces.id != brand.id:
            raise UserError("brand.id_changed", before=replaces.id, after=brand.id)
        kept = self._checked(brand)
        with self._store().write() as work:
            present = _found(work, kept.brand.id)
            if replaces is not None and present is None:
                raise UserError("brand.removed_meanwhile", name=replaces.name)
            if replaces is not None and present != replaces:
                raise UserError("brand.edited_meanwhile", name=replaces.name)
            if present != kept.brand:
                self._keep(work, kept.brand, by, {"created": present is None})
        return kept

    async def create(self, name: str, *, by: str) -> Brand:
        """A new brand with this name and nothing else. Raises BrandInvalid for an empty name."""
        return self._added(Brand(slug(name), name.strip()), by, {"created": True})

    async def duplicate(self, brand_id: str, *, by: str = "", name: str = "") -> Brand:
        """A copy under a new identifier, called ``name`` or the first free ``<name> 2``, ``<name> 3``...

        Raises:
            UserError: ``brand.unknown``.
        """
        original = await self.get(brand_id)
        chosen = name.strip() or _free(original.name, [one.name for one in await self.list()], " ")
        return self._added(
            replace(original, id=slug(chosen), name=chosen), by, {"created": True, "copy_of": original.id}
        )

    async def remove(self, brand_id: str, *, by: str) -> Brand:
        """Forget a brand, and give it back for :meth:`restore`.

        Its items and their approvals stay as they are and keep its identifier; until a brand has that identifier
        again they are checked without its voice and its facts.

        Raises:
            UserError: ``brand.unknown``.
        """
        brand = await self.get(brand_id)
        with self._store().write() as work:
            present = work.brands.get(brand.id)
            work.brands.remove(brand.id)
            work.audit.append(self._clock(), by or "–", "brand_removed", f"brand:{brand.id}", {})
        return present

    async def restore(self, brand: Brand, by: str) -> Brand:
        """Keep again a brand that was removed: its items find it by its identifier.

        Raises:
            UserError: ``brand.exists`` when another one took the identifier since.
        """
        kept = self._checked(brand).brand
        with self._store().write() as work:
            if _found(work, kept.id) is not None:
                raise UserError("brand.exists", id=kept.id)
            self._keep(work, kept, by, {"created": True, "restored": True})
        return kept

    def _checked(self, brand: Brand) -> BrandSaved:
        """The brand as the file of it would be read. Raises BrandInvalid."""
        document = write_brand(brand)
        problems = check_brand(document, today=self.today(brand), rules=usual_severities())
        wrong = tuple(one for one in problems if one.severity is Severity.BLOCKS)
        if wrong:
            raise BrandInvalid(brand.name, wrong)
        return BrandSaved(read_brand(document, name=brand.name), problems)

    def _keep(self, work: UnitOfWork, brand: Brand, by: str, told: dict[str, object]) -> None:
        at = self._clock()
        work.brands.save(brand, at)
        work.audit.append(at, by or "–", "brand_saved", f"brand:{brand.id}", told)

    def _added(self, brand: Brand, by: str, told: dict[str, object]) -> Brand:
        """Keep ``brand`` under the first free identifier like its own."""
        with self._store().write() as work:
            taken = [one.id for one in work.brands.list()]
            chosen = brand.id if brand.id not in taken else _free(brand.id, taken, "-")
            kept = self._checked(replace(brand, id=chosen)).brand
            self._keep(work, kept, by, told)
        return kept

    def today(self, brand: Brand) -> date:
        """The day it is where the brand is; in Paris when its time zone is not one."""
        now = self._clock()
        try:
            return now.astimezone(ZoneInfo(brand.timezone)).date()
        except (ValueError, KeyError, OSError):
            return now.astimezone(ZoneInfo("Europe/Paris")).date()

    async def expiring(self, brand: Brand, within_days: int = 14) -> tuple[Fact, ...]:
        """The facts still valid today and no longer so after ``within_days`` days, the first to end first."""
        today = self.today(brand)
        return _by_end(brand, today, today + timedelta(days=within_days))

    async def expired(self, brand: Brand) -> tuple[Fact, ...]:
        """The facts that are over, the oldest first: no writer uses them."""
        return _by_end(brand, date.min, self.today(brand) - timedelta(days=1))

    def voice_sample(self, brand: Brand, language: str) -> VoiceSample:
        """How this brand, stored or not, would speak: see :func:`copilot.services.voice_sample.voice_sample`."""
        from copilot.services.voice_sample import voice_sample

        return voice_sample(brand, language, self.today(brand))

    async def check(self, text: str) -> tuple[BrandProblem, ...]:
        """Every problem of a brand file, without storing it."""
        return check_brand(text, rules=usual_severities())

    async def export_toml(self, brand_id: str) -> str:
        """The brand as TOML. Raises UserError ``brand.unknown``."""
        return write_brand(await self.get(brand_id))

    async def get(self, brand_id: str) -> Brand:
        """The brand of this id, or of this name."""
        with self._store().read() as work:
            try:
                return work.brands.get(brand_id)
            except UserError as error:
                named = [one for one in work.brands.list() if one.name.casefold() == brand_id.casefold()]
                if error.kind != "brand.unknown" or not named:
                    raise
                return named[0]

    async def list(self) -> tuple[Brand, ...]:
        """All brands by name."""
        with self._store().read() as work:
            return work.brands.list()

    async def choose(self, asked: str | None, default: str | None, *, thread_id: int | None = None) -> Brand | None:
        """The brand asked for, else that of the thread told, else the default one, else the only one, else none.

        Raises:
            UserError: ``brand.unknown``; ``brand.which`` when several could be meant; ``thread.unknown``.
        """
        if asked:
            return await self.get(asked)
        known = await self.list()
        if thread_id is not None:
            with self._store().read() as work:
                of_thread = work.threads.without_messages(thread_id).brand_id
            if found := next((brand for brand in known if brand.id == of_thread), None):
                return found
        # A default brand that was removed since is nobody's wish any more.
        usual = next((brand for brand in known if brand.id == default), None)
        if usual:
            return usual
        if len(known) > 1:
            raise UserError("brand.which", known=", ".join(brand.id for brand in known))
        return known[0] if known else None


def _found(work: UnitOfWork, brand_id: str) -> Brand | None:
    try:
        return work.brands.get(brand_id)
    except UserError as error:
        if error.kind != "brand.unknown":
            raise
        return None


def _by_end(brand: Brand, first: date, last: date) -> tuple[Fact, ...]:
    """The facts whose last day lies between two days, both included."""
    dated = [(fact.valid_until, fact) for fact in brand.facts if fact.valid_until is not None]
    return tuple(fact for day, fact in sorted(dated, key=lambda pair: pair[0]) if first <= day <= last)


def _free(stem: str, taken: Collection[str], joint: str) -> str:
    """``stem`` with the first number that makes it free, short enough for an identifier."""
    number = 2
    while (name := f"{stem[: _LONGEST_ID - 6]}{joint}{number}") in taken:
        number += 1
    return name

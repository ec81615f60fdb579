"""Finds the plug-ins of a package: one file, one plug-in. Loud about anything odd."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType

from copilot.errors import Bug


def discover(package: str, *, attribute: str = "NAME") -> dict[str, ModuleType]:
    """Import every public module of ``package`` and index it by its ``NAME``, sorted by name.

    Modules whose name begins with an underscore are support code.

    Raises:
        Bug: ``registry.empty``, ``registry.unnamed`` or ``registry.duplicate``.
        ImportError: a plug-in that cannot be imported is never skipped.
    """
    home = importlib.import_module(package)
    found: dict[str, ModuleType] = {}
    for entry in pkgutil.iter_modules(home.__path__):
        if entry.name.startswith("_"):
            continue
        module = importlib.import_module(f"{package}.{entry.name}")
        name = getattr(module, attribute, None)
        if not isinstance(name, str) or not name:
            raise Bug("registry.unnamed", module=module.__name__)
        if name in found:
            raise Bug("registry.duplicate", name=name, module=module.__name__)
        found[name] = module
    if not found:
        raise Bug("registry.empty", package=package)
    return dict(sorted(found.items()))

"""Shared by the tests of the services: a semantic model small enough to make each time."""

from __future__ import annotations

import asyncio

import pytest

from copilot.app import Copilot
from copilot.intelligence.semantic import folder
from tests.semantic_model import tiny_model


@pytest.fixture
async def with_model(copilot: Copilot) -> Copilot:
    """The product of the test's own ``copilot`` with the tiny model installed."""
    await asyncio.to_thread(tiny_model, folder.own_place(copilot.profile))
    return copilot

"""The ledger of prompt runs: what was asked of which model, at what cost. Hashes, never texts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from copilot.domain.prompt import Run, Usage
from copilot.store.columns import moment, shown_time
from copilot.store.tables import runs


@dataclass(frozen=True, slots=True)
class UsageLine:
    """The sum of the runs of one provider, model and task. ``seconds`` are wall-clock."""

    provider: str
    model: str
    task: str
    runs: int
    failed: int
    tokens_in: int
    tokens_out: int
    seconds: float


class RunRepository:
    """Runs, appended and summed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, run: Run) -> None:
        """Append a run."""
        self._connection.execute(
            runs.insert().values(
                at=shown_time(run.at),
                task=run.task,
                prompt=run.prompt,
                prompt_version=run.prompt_version,
                provider=run.provider,
                model=run.model,
                tokens_in=run.usage.tokens_in,
                tokens_out=run.usage.tokens_out,
                seconds=run.usage.seconds,
                first_token_seconds=run.usage.first_token_seconds,
                outcome=run.outcome,
                hash_in=run.hash_in,
                hash_out=run.hash_out,
            )
        )

    def list(self, since: datetime | None = None) -> tuple[Run, ...]:
        """Runs, oldest first."""
        query = select(runs).order_by(runs.c.id)
        if since:
            query = query.where(runs.c.at >= shown_time(since))
        return tuple(
            Run(
                row.id,
                moment(row.at),
                row.task,
                row.prompt,
                row.prompt_version,
                row.provider,
                row.model,
                Usage(row.tokens_in, row.tokens_out, row.seconds, row.first_token_seconds),
                row.outcome,
                row.hash_in,
                row.hash_out,
            )
            for row in self._connection.execute(query)
        )

    def summed(self, since: datetime | None = None) -> tuple[UsageLine, ...]:
        """Usage by provider, model and task."""
        failed = func.sum(func.coalesce((runs.c.outcome != "ok").cast(runs.c.tokens_in.type), 0))
        keys = (runs.c.provider, runs.c.model, runs.c.task)
        query = select(
            *keys,
            func.count(),
            failed,
            func.sum(runs.c.tokens_in),
            func.sum(runs.c.tokens_out),
            func.sum(runs.c.seconds),
        )
        if since:
            query = query.where(runs.c.at >= shown_time(since))
        rows = self._connection.execute(query.group_by(*keys).order_by(*keys))
        return tuple(
            UsageLine(row[0], row[1], row[2], int(row[3]), int(row[4]), int(row[5]), int(row[6]), float(row[7]))
            for row in rows
        )

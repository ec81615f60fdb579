"""Work shared with other processes: in order whoever does it, done even where they die, and nobody outlives anybody."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path

import pytest

from copilot.crew import Crew, cores_beside, in_order

#: Seconds after which a test gives up what it waits for.
PATIENCE = 60
LINE = b'{"text": "Toujours pas de nouvelles de mon colis num\xc3\xa9ro %d, merci de r\xc3\xa9pondre"}\n'


def beginning(added: int) -> Callable[[int], tuple[int, int]]:
    """What adds ``added``, and says in which process."""
    return lambda piece: (piece + added, os.getpid())


@pytest.fixture
def crew() -> Iterator[Crew[int, tuple[int, int]]]:
    some: Crew[int, tuple[int, int]] = Crew(beginning, 100, many=1)
    yield some
    some.close()


def shared(crew: Crew[int, tuple[int, int]], enough: Callable[[list[tuple[int, int]]], bool]) -> list[tuple[int, int]]:
    """Pieces 0, 1, 2... done until it is ``enough``."""
    until = time.monotonic() + PATIENCE
    done: list[tuple[int, int]] = []

    def pieces() -> Iterator[int]:
        for piece in count():
            assert time.monotonic() < until, "the other process never joined in"
            if enough(done):
                return
            yield piece

    for one in in_order(pieces(), beginning(100), lambda: crew):
        done.append(one)
    return done


def by_others(done: list[tuple[int, int]]) -> set[int]:
    return {who for _told, who in done} - {os.getpid()}


def test_pieces_are_done_here_until_the_others_are_ready_and_all_come_in_order(
    crew: Crew[int, tuple[int, int]],
) -> None:
    done = shared(crew, lambda so_far: len([1 for _told, who in so_far if who != os.getpid()]) > 20)
    assert [told for told, _who in done] == [piece + 100 for piece in range(len(done))]
    assert done[0][1] == os.getpid()
    assert len(by_others(done)) == 1


def test_what_a_process_that_dies_had_is_done_here(crew: Crew[int, tuple[int, int]]) -> None:
    (other,) = by_others(shared(crew, lambda so_far: bool(by_others(so_far))))
    watch = os.pidfd_open(other)
    asked = crew.ask(1)
    os.kill(other, signal.SIGKILL)
    assert select.select([watch], [], [], PATIENCE)[0]
    os.close(watch)
    assert asked is not None
    done = list(in_order(range(500), beginning(100), lambda: crew))
    assert [told for told, _who in done] == [piece + 100 for piece in range(500)]
    assert by_others(done) == set()
    assert not crew.has_room


def test_before_a_wait_everything_asked_is_answered(crew: Crew[int, tuple[int, int]]) -> None:
    shared(crew, lambda so_far: bool(by_others(so_far)))
    heard: list[int] = []

    def pieces() -> Iterator[int | None]:
        for turn in range(10):
            yield from range(turn * 5, turn * 5 + 5)
            yield None
            assert heard == [piece + 100 for piece in range(turn * 5 + 5)]

    for told, _who in in_order(pieces(), beginning(100), lambda: crew):
        heard.append(told)
    assert len(heard) == 50


def test_where_no_process_can_be_had_the_work_is_done_alone() -> None:
    class _Nobody(Crew[int, tuple[int, int]]):
        def _start(self, begin: object, given: object) -> None:
            raise OSError

    nobody = _Nobody(beginning, 100, many=1)
    assert not nobody.has_room
    assert [told for told, _who in in_order(range(3), beginning(100), lambda: nobody)] == [100, 101, 102]
    nobody.close()


class Serving:
    """The real program, given more lines than it can answer until it is told to stop."""

    def __init__(self, profile: Path) -> None:
        command = [sys.executable, "-m", "copilot", "--profile", str(profile), "triage", "--jsonl", "--rules-only"]
        self.run = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
        )
        self._feeding = threading.Thread(target=self._feed)
        self._feeding.start()

    def _feed(self) -> None:
        assert self.run.stdin is not None
        # Many at once: lines must come quicker than they are answered, however busy the machine is.
        many = b"".join(LINE % number for number in range(20_000))
        with suppress(BrokenPipeError):
            while True:
                self.run.stdin.write(many)

    def crew(self) -> list[int]:
        """What it began beside itself, once it has: who works, and who keeps the accounts of what they share."""
        assert self.run.stdout is not None
        until = time.monotonic() + PATIENCE
        children = Path(f"/proc/{self.run.pid}/task/{self.run.pid}/children")
        while len(begun := children.read_text().split()) < 2:
            assert self.run.stdout.readline()
            assert time.monotonic() < until, "it began no process"
        return list(map(int, begun))

    def end(self, how: signal.Signals) -> tuple[int, str]:
        """How it ends when its whole group is told so, and its last words."""
        assert self.run.stderr is not None
        os.killpg(self.run.pid, how) if how is signal.SIGINT else os.kill(self.run.pid, how)
        assert self.run.stdout is not None
        while self.run.stdout.read(1_000_000):
            pass
        self._feeding.join(PATIENCE)
        said = self.run.stderr.read().decode()
        with suppress(BrokenPipeError):
            self.run.communicate(timeout=PATIENCE)
        return self.run.returncode, said

    def close(self) -> None:
        """Nothing runs on, whatever became of the test."""
        self.run.kill()
        self._feeding.join(PATIENCE)


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[Serving]:
    begun = Serving(tmp_path)
    yield begun
    begun.close()


@pytest.mark.skipif(sys.platform != "linux" or cores_beside() < 1, reason="a machine of one core works alone")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_nobody_outlives_the_program(serving: Serving, how: signal.Signals) -> None:
    watched = [os.pidfd_open(pid) for pid in serving.crew()]
    code, said = serving.end(how)
    for watch in watched:
        assert select.select([watch], [], [], PATIENCE)[0]
        os.close(watch)
    assert code == (130 if how is signal.SIGINT else -signal.SIGKILL)
    assert "Traceback" not in said


def test_nothing_is_said_at_the_end_of_many_lines(tmp_path: Path) -> None:
    lines = b"".join(LINE % number for number in range(9_000))
    command = [sys.executable, "-m", "copilot", "--profile", str(tmp_path / "p"), "triage", "--jsonl", "--rules-only"]
    done = subprocess.run(command, input=lines, capture_output=True, timeout=PATIENCE)
    assert (done.returncode, done.stderr, done.stdout.count(b"\n")) == (0, b"", 9_000)


_UNGUARDED = """
import sys
from copilot.crew import Crew, in_order
from tests.unit.test_crew import beginning, by_others, shared

print("begun", flush=True)
crew = Crew(beginning, 100, many=1)
print(len(by_others(shared(crew, lambda so_far: bool(by_others(so_far))))))
crew.close()
"""


def test_a_program_that_guards_nothing_is_not_run_again_by_its_crew(tmp_path: Path) -> None:
    script = tmp_path / "program.py"
    script.write_text(_UNGUARDED)
    root = Path(__file__).resolve().parents[2]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=PATIENCE, env=environment)
    assert (done.returncode, done.stderr, done.stdout) == (0, "", "begun\n1\n")

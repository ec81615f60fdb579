"""The process that runs a GGUF model: llama.cpp behind the OpenAI protocol, on loopback, for one parent.

It reads one line of JSON on its standard input (the key among it: arguments and environments are public to the
machine's other programs), says on its standard output the port it listens on, and ends when its input does.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

#: How a frozen program, which has no ``-m``, is asked to be this process.
ARGUMENT = "--replique-llama-child"
#: Exit code when the parent that asked is gone already.
ORPHAN = 4


def child_command() -> list[str]:
    """The command that starts this process."""
    if getattr(sys, "frozen", False):
        return [sys.executable, ARGUMENT]
    return [sys.executable, "-m", __name__ if __name__ != "__main__" else "copilot.providers._llama_child"]


def run_child_if_asked(argv: Sequence[str]) -> None:
    """Be the child, and end the process, when ``argv`` (without the program) asks for it. To be called first."""
    if list(argv[:1]) == [ARGUMENT]:
        main()
        raise SystemExit(0)


def main() -> None:
    """Serve until the standard input ends."""
    asked = json.loads(sys.stdin.readline())
    _die_with_parent(int(asked["parent"]))
    threading.Thread(target=_exit_at_end_of_input, args=(sys.stdin,), daemon=True).start()
    told = _own_stdout()
    try:
        server = _server(asked)
    except Exception as error:
        # The library's messages name files; the kind of failure is enough for the parent.
        print(json.dumps({"failed": type(error).__name__}), file=told, flush=True)
        os._exit(1)
    port = int(server.listening_address.rpartition(":")[2])
    print(json.dumps({"port": port}), file=told, flush=True)
    threading.Event().wait()


def _server(asked: Mapping[str, Any]) -> Any:
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = asked["path"]
    params.model_alias = {asked["model"]}
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.api_keys = [asked["key"]]
    # llama.cpp shares the context among the slots.
    params.n_parallel = asked["slots"]
    params.n_ctx = asked["context"] * asked["slots"]
    if asked["threads"]:
        params.cpuparams.n_threads = asked["threads"]
        params.cpuparams_batch.n_threads = asked["threads"]
    # No page, no list of what each slot works on, no download, no gigabytes of old prompts kept in memory.
    params.ui = False
    params.endpoint_slots = False
    params.endpoint_props = False
    params.offline = True
    params.cache_ram_mib = 0
    params.verbosity = 0
    return xllamacpp.Server(params)


def _own_stdout() -> TextIO:
    """Keep the real standard output for us; what libraries print goes nowhere."""
    told = os.fdopen(os.dup(1), "w", encoding="utf-8")
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
    return told


def _exit_at_end_of_input(source: TextIO) -> None:
    """The parent holds the other end: it is gone, however it went, when this ends."""
    while source.readline():
        pass
    os._exit(0)


def _die_with_parent(parent: int) -> None:
    """On Linux, also ask the system to kill this process with its parent, even while a model loads."""
    if sys.platform != "linux":
        return
    import ctypes
    import signal

    pr_set_pdeathsig = 1
    ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(ORPHAN)


if __name__ == "__main__":
    main()

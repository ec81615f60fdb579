"""``replique prompts``: the prompts in use, checked and rendered."""

from __future__ import annotations

from typing import Annotated

import typer

from copilot.cli.session import JsonFlag, session_of
from copilot.cli.tree import LocalCommand, new_app
from copilot.domain.prompt import Prompt
from copilot.errors import UsageError

app = new_app("cli.prompts")
Task = Annotated[str, typer.Argument(help="cli.prompts.task", show_default=False)]
Language = Annotated[str, typer.Option("--language", help="cli.prompts.language")]
Name = Annotated[str, typer.Option("--name", help="cli.prompts.name")]


def prompt_json(prompt: Prompt) -> dict[str, object]:
    """A prompt, without its body."""
    return {
        "task": prompt.task,
        "name": prompt.name,
        "language": prompt.language,
        "version": prompt.version,
        "origin": prompt.origin,
        "output": prompt.output,
        "inputs": list(prompt.trusted),
        "untrusted": list(prompt.untrusted),
        "temperature": prompt.temperature,
        "max_tokens": prompt.max_tokens,
    }


@app.command("list", cls=LocalCommand, help="cli.prompts.list")
def list_(ctx: typer.Context, as_json: JsonFlag = False) -> None:
    """List the prompts."""
    session = session_of(ctx)
    found = session.open().prompts.library.list()

    def human() -> None:
        for prompt in found:
            origin = session.t(f"cli.prompts.origin.{prompt.origin}")
            print(f"{prompt.task} · {prompt.name} · {prompt.language} · {prompt.version} · {origin}")

    session.answer({"prompts": [prompt_json(prompt) for prompt in found]}, as_json=as_json, human=human)


@app.command("show", cls=LocalCommand, help="cli.prompts.show")
def show(
    ctx: typer.Context, task: Task, language: Language = "fr", name: Name = "standard", as_json: JsonFlag = False
) -> None:
    """Show a prompt as it is written."""
    session = session_of(ctx)
    library = session.open().prompts.library
    prompt = library.get(task, language, name)
    source = library.source(prompt)
    session.answer({**prompt_json(prompt), "text": source}, as_json=as_json, human=lambda: print(source, end=""))


@app.command("check", cls=LocalCommand, help="cli.prompts.check")
def check(ctx: typer.Context, as_json: JsonFlag = False) -> None:
    """Check every prompt, the person's own included."""
    session = session_of(ctx)
    library = session.open().prompts.library
    problems = library.problems()
    t = session.t

    def human() -> None:
        for problem in problems:
            session.say("cli.prompts.problem", path=problem.path, what=t.error(problem.error))
        if not problems:
            session.say("cli.prompts.sound", count=len(library.list()))

    told = [
        {"path": problem.path, "line": problem.line, "kind": problem.error.kind, "message": t.error(problem.error)}
        for problem in problems
    ]
    session.answer({"valid": not problems, "problems": told}, as_json=as_json, human=human)
    if problems:
        raise typer.Exit(1)


@app.command("render", cls=LocalCommand, help="cli.prompts.render")
def render(
    ctx: typer.Context,
    task: Task,
    language: Language = "fr",
    name: Name = "standard",
    set_: Annotated[list[str] | None, typer.Option("--set", help="cli.prompts.set")] = None,
    as_json: JsonFlag = False,
) -> None:
    """Show exactly what a model would be sent, on the sample or on given values."""
    session = session_of(ctx)
    found = session.open().prompts.library.get_file(task, language, name)
    values = dict(found.sample)
    for pair in set_ or ():
        key, equal, value = pair.partition("=")
        if not equal:
            raise UsageError("usage.bad_value", name="--set", command="replique prompts render")
        values[key] = value
    from copilot.services.prompts import rendered

    messages = rendered(found.prompt, values)

    def human() -> None:
        for role, text in messages:
            print(f"── {role}\n{text}\n")

    told = {**prompt_json(found.prompt), "messages": [{"role": role, "text": text} for role, text in messages]}
    session.answer(told, as_json=as_json, human=human)

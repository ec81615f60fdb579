"""``replique demo``: the whole job on the demo brand, in a profile of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from copilot.cli.session import JsonFlag, Session, session_of
from copilot.cli.tree import LocalCommand, new_app

if TYPE_CHECKING:
    from copilot.services.demo import DemoReport

app = new_app()


@app.command(cls=LocalCommand, help="cli.demo")
def demo(
    ctx: typer.Context,
    out: Annotated[str, typer.Option("--out", help="cli.demo.out", show_default=False)] = "",
    as_json: JsonFlag = False,
) -> None:
    """Do the whole job on the demo brand."""
    from copilot.services.demo import demo_folder, run_demo

    session = session_of(ctx)
    folder = demo_folder(out or None)
    # A profile of its own: trying the product never mixes with the person's work.
    own = Session(str(folder / "profil"), session.t.language)
    with session.progress("cli.demo.progress"):
        report = own.do(lambda copilot: run_demo(copilot, folder, session.t("cli.demo.by")))
    session.answer(_told(report), as_json=as_json, human=lambda: _show(session, report))


def _told(report: DemoReport) -> dict[str, object]:
    return {
        "folder": str(report.folder),
        "profile": str(report.folder / "profil"),
        "brand": report.brand.id,
        "briefs": [{"name": one.name, "facts": one.facts, "posts": len(one.posts)} for one in report.briefs],
        "threads": [
            {
                "name": one.name,
                "messages": one.messages,
                "drafts": len(one.drafts),
                "do_not_answer": one.silent,
                "human_now": one.human,
                "to_be_read": one.to_read,
            }
            for one in report.threads
        ],
        "approved": len(report.approved),
        "waiting": len(report.waiting),
        "files": [str(path) for path in report.files],
        "audit": {"holds": report.audit_holds, "entries": report.audit_entries},
    }


def _show(session: Session, report: DemoReport) -> None:
    from copilot import networks

    session.say("cli.demo.start", brand=report.brand.name)
    for brief in report.briefs:
        session.say("cli.demo.brief", name=brief.name, count=brief.facts)
        labels = ", ".join(dict.fromkeys(networks.get(post.item.network).label for post in brief.posts))
        session.say("cli.demo.posts", count=len(brief.posts), networks=labels)
    for thread in report.threads:
        session.say(
            "cli.demo.thread",
            name=thread.name,
            messages=thread.messages,
            drafts=len(thread.drafts),
            silent=thread.silent,
            human=thread.human,
            read=thread.to_read,
        )
    session.say("cli.demo.approved", count=len(report.approved), by=session.t("cli.demo.by"), left=len(report.waiting))
    session.say("cli.demo.audit", count=report.audit_entries)
    session.say("cli.demo.files", path=str(report.folder))
    for path in report.files:
        print(f"  {path.name}")
    session.say("cli.demo.next", profile=str(report.folder / "profil"))

"""What stands in a project: texts, lists with their counts, runs, work, samples and estimates."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from farspan.wording import counted
from farspan_app.cli.console import Console

if TYPE_CHECKING:
    from farspan.store.project import Project


def described(project: "Project") -> dict[str, Any]:
    """What `info --json` prints."""
    from farspan.store import schema

    documents, runs, actions = project.documents.all(), project.runs.all(), project.history.entries(5)
    counts = project.runs.counts(runs[-1].id) if runs else {}
    names = ("matched_names", "candidates", "kept", "lost", "blocked")
    sources = [
        {"name": stored.name, "label": stored.label, "names": stored.names}
        | dict(zip(names, counts.get(stored.id, (0,) * len(names)), strict=True))
        for stored in project.lists.all()
    ]
    return {
        "schema": schema.SCHEMA_VERSION,
        "documents": len(documents),
        "characters": sum(document.characters for document in documents),
        "sources": sources,
        "runs": [{"run": one.id, "made_at": one.made_at, "candidates": one.candidates, "spans": one.kept} for one in runs],
        "work": {
            "judgements": len(project.work.judgements()),
            "gold": len(project.work.gold()),
            "edits": len(project.work.edits()),
            "relation_judgements": len(project.relations.judgements()),
        },
        "relation_runs": [
            {"run": one.id, "made_at": one.made_at, "over": one.run, "relations": one.kept} for one in project.relations.all()
        ],
        "samples": _samples(project),
        "estimates": [
            {"estimate": one.id, "method": one.method, "made_at": one.made_at, "stale": one.stale, **dict(one.figures)}
            for one in project.audits.estimates()
        ],
        "actions": [{"action": one.action, "title": one.title, "state": one.state, "made_at": one.made_at} for one in actions],
    }


def _samples(project: "Project") -> list[dict[str, Any]]:
    """The samples that were drawn to be judged, and how far they are judged."""
    from farspan.audit.judging import Judging
    from farspan.audit.samples import samples

    queues = [Judging(project, one) for one in samples(project)]
    return [
        {"sample": queue.sample.number, "title": queue.sample.title, "drawn": len(queue.sample.units), "judged": queue.done}
        for queue in queues
    ]


def _show_measured(console: Console, said: Mapping[str, Any]) -> None:
    for one in said["samples"]:
        console.out(f"sample {one['sample']}: {one['title']}, {one['judged']:,} of {one['drawn']:,} judged")
    for kept in said["estimates"]:
        stale = " (stale: other rules are in force)" if kept["stale"] else ""
        overall = [one for one in kept.get("estimates", ()) if not one["list"]]
        console.out(f"estimate {kept['estimate']} ({kept['made_at']}): {kept['method']}{stale}")
        for one in overall:
            console.out(f"  {one['sentence']}")


def show(console: Console, file: str, said: Mapping[str, Any]) -> None:
    """Print what `described` gives of the project `file` for people."""
    from rich.console import Console as Screen
    from rich.table import Table

    console.out(f"{file}: {counted(said['documents'], 'document')}, {counted(said['characters'], 'character')}")
    if said["sources"]:
        columns = ("name", "label", "names", "matched_names", "candidates", "kept", "lost", "blocked")
        shown = Table(title="sources, with what the newest run found")
        for column in columns:
            shown.add_column(column.removesuffix("_names"), justify="left" if column in {"name", "label"} else "right")
        for source in said["sources"]:
            shown.add_row(*(f"{source[column]:,}" if isinstance(source[column], int) else source[column] for column in columns))
        Screen(soft_wrap=True, markup=False, highlight=False).print(shown)
    for one in said["runs"]:
        found = f"{counted(one['candidates'], 'candidate')}, {counted(one['spans'], 'span')}"
        console.out(f"run {one['run']} ({one['made_at']}): {found}")
    for one in said["relation_runs"]:
        console.out(f"relation run {one['run']} ({one['made_at']}): {counted(one['relations'], 'relation')}")
    work = said["work"]
    things = {"judgements": "judgement", "gold": "gold span", "edits": "edit", "relation_judgements": "relation verdict"}
    said_of = (counted(work[name], thing) for name, thing in things.items() if work[name] or name != "relation_judgements")
    console.out("your work: " + ", ".join(said_of))
    _show_measured(console, said)
    for one in said["actions"]:
        console.out(f"  {one['made_at']}  {one['title']}{'' if one['state'] == 'done' else ' (undone)'}")

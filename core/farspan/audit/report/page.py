"""The content of a report as bands of headings, tables and figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from farspan.audit.report.blocks import Band, Block, Figure, Paragraph, Report, Table
from farspan.audit.report.figures import falling_curve, heat_map
from farspan.audit.report.measured import FIRST, Values, interval_shown, measured_blocks


def compose(content: Values) -> Report:
    """The report that `content`, from `content.gather`, makes."""
    run = content["run"]
    sizes = ", ".join(f"{_count(run[unit])} {unit}" for unit in ("documents", "sentences", "tokens"))
    rules = run["rule_set"][:12]
    lead = [f"Run {run['number']} of {run['made_at']}: {sizes}, {run['spans']:,} spans kept. Rule set {rules}."]
    if not run["in_force"]:
        lead.append("Other rules are in force by now; this report speaks of the run.")
    if run["edits"]:
        lead.append(f"{run['edits']:,} manual edits were made; the numbers are those of the run without them.")
    bands = [
        Band("measured", tuple(measured_blocks(content["measured"]))),
        Band("signals", tuple(_signals(content["signals"]))),
        Band("counts", tuple(_counts(content["counts"], content["measured"], run))),
        Band("record", tuple(_record(content))),
    ]
    return Report(f"How good is {content['project']}?", tuple(lead), tuple(bands))


def _signals(signals: Values) -> Iterator[Block]:
    if "missing" in signals:
        yield Paragraph(f"Not shown, because {signals['missing']}.")
        return
    order = "It orders them, and is no probability. Not an estimate."
    caption = f"Risk of the {signals['spans']:,} kept spans, from the highest on. {order}"
    if signals["curve"]:
        yield Figure(falling_curve(signals["curve"], caption, f"{signals['spans']:,} spans"), caption)
    yield Paragraph(f"The risk is ordered by {signals['ordered_by']} ({signals['because']}).", "note")
    queues = (
        (
            "riskiest",
            ("text", "label", "document", "at", "signal", "what speaks against it"),
            "The riskiest spans not judged.",
        ),
        ("missed", ("text", "looks like", "document", "at", "signal", "why"), "Where an entity may have been missed."),
    )
    for key, header, caption in queues:
        if signals.get(key):
            rows = [
                [one["text"], one["label"], one["document"], one["start"], one["signal"], "; ".join(one["reasons"][:3])]
                for one in signals[key]
            ]
            yield Table(header, rows, f"{caption} Not an estimate.", frozenset({0, 2, 5}))


def _counts(counts: Values, measured: Values, run: Values) -> Iterator[Block]:
    if run["by_label"]:
        yield Table(("label", "spans"), [[label, count] for label, count in run["by_label"].items()], "Spans by label.", FIRST)
    precision = {one["list"]: one for one in measured["estimates"] if one["quantity"] == "precision" and one["list"]}
    has_more = any("unique" in row for row in counts["sources"])
    more = ("only this list", "without it") if has_more else ()
    header = ("list", "label", "names", "matched", "candidates", "kept", "lost", "blocked", *more, "precision (measured)")
    rows = [_source(row, precision.get(row["list"]), has_more=has_more) for row in counts["sources"]]
    yield Table(header, rows, "Lists.", FIRST)
    if has_more:
        words = "without it: spans that go (-), come instead (+), or change border or label (~) if the list is switched off"
        yield Paragraph(f"only this list: kept spans that no other list touches; {words}.", "note")
    yield from _overlap(counts)


def _source(row: Values, precision: Values | None, *, has_more: bool) -> Sequence[str | int | float | None]:
    keys = ("list", "label", "names", "matched_names", "candidates", "kept", "lost", "blocked")
    found: list[str | int | float | None] = [row[key] for key in keys]
    if has_more:
        off = row["switched_off"]
        without = "is switched off" if off is None else f"-{off['removed']:,} +{off['added']:,} ~{off['changed']:,}"
        found += [row["unique"], without]
    if precision is None:
        return [*found, "not judged"]
    return [*found, f"{precision['estimate']:.2f} ({interval_shown(precision)}, n={precision['n']:,})"]


def _overlap(counts: Values) -> Iterator[Block]:
    overlap = counts.get("overlap")
    if not overlap or len(overlap["lists"]) < 2:
        return
    lists = overlap["lists"]
    for key, words in (("agree", "with the same label"), ("conflict", "with another label"), ("touch", "only in part")):
        table = overlap[key]
        if any(value for i, row in enumerate(table) for j, value in enumerate(row) if i != j):
            most = max(map(max, table))
            shares = [[value / most for value in row] for row in table]
            caption = f"Places of a list (row) that another (column) has, {words}; on the diagonal those it has alone."
            rows = [[name, *row] for name, row in zip(lists, table, strict=True)]
            picture = heat_map(lists, lists, shares, caption, numbers=table)
            yield Figure(picture, caption, Table(("list", *lists), rows, words=FIRST))
    for pair in counts["near_copies"]:
        what = f"{pair['one']} and {pair['other']} share {pair['jaccard']:.0%} of their {pair['of']}"
        yield Paragraph(f"{what}: nearly copies of each other, so that their agreement says little.", "warning")


def _record(content: Values) -> Iterator[Block]:
    record, run = content["record"], content["run"]
    rows = [
        ["rule set", run["rule_set"]],
        ["texts", record["texts"]["sha256"]],
        *([f"list {one['name']} ({one['names']:,} names)", one["sha256"]] for one in record["lists"]),
    ]
    yield Table(("what", "SHA-256"), rows, words=FIRST)
    programs = [["Farspan, this report", content["farspan"]], ["Farspan, the run", run["farspan"] or "-"]]
    yield Table(("program", "version"), programs)
    if record["samples"]:
        keys = ("sample", "method", "label", "list", "population", "drawn", "seed", "made_at")
        samples = [["all" if one[key] == "" else one[key] for key in keys] for one in record["samples"]]
        yield Table(("sample", "of", *keys[2:7], "drawn at"), samples, "Samples.")
    if record["stored"]:
        states = {True: "stale: other rules are in force", False: "current"}
        stored = [
            [one["number"], one["method"], one["made_at"], one["rule_set"][:12], states[one["stale"]]] for one in record["stored"]
        ]
        yield Table(("number", "what", "stored at", "rule set", "state"), stored, "Estimates kept in the project.")


def _count(number: int | None) -> str:
    return "-" if number is None else f"{number:,}"

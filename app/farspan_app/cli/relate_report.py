"""What `farspan relate` says when it is done: problems and a summary for people, one object for programs."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from farspan.wording import counted
from farspan_app.cli.console import Console, table, warn
from farspan_app.cli.notices import show_notices, show_problems

if TYPE_CHECKING:
    from farspan.noise.intervals import Estimate
    from farspan.relations.scoring import RelationScore, RelationScores
    from farspan_app.cli.relating import Done

PROBLEMS_SHOWN: Final = 10


def show(console: Console, done: "Done") -> None:
    """Report problems, print the summary on stderr and the JSON object on stdout, as the flags want it."""
    kb = done.relater.kb
    for problem in kb.problems[:PROBLEMS_SHOWN]:
        warn(str(problem))
    if len(kb.problems) > PROBLEMS_SHOWN:
        warn(f"... and {len(kb.problems) - PROBLEMS_SHOWN:,} more in {kb.name}")
    for source in done.sources:
        show_problems(source.entity_list, PROBLEMS_SHOWN)
    show_notices(done.read)
    for found in done.relater.report.contradictions[:PROBLEMS_SHOWN]:
        warn(f"contradiction: {found}")
    _warn_of_negatives(done)
    for line in summary(done):
        console.say(line)
    if console.json:
        console.result(as_dict(done))


def _warn_of_negatives(done: "Done") -> None:
    report = done.relater.report
    for plan, wanted in report.wanted_negatives.items():
        if report.negatives[plan] < wanted:
            warn(f"--negatives {plan}: {wanted:,} were asked for and only {report.negatives[plan]:,} are there")


def summary(done: "Done") -> Iterator[str]:
    """The lines that tell a person what was done."""
    from farspan.relations.table import NEGATIVE

    report = done.relater.report
    yield (
        f"{counted(report.documents, 'document')}, {counted(report.sentences, 'sentence')}, {counted(report.mentions, 'mention')}"
        f" ({report.linked:,} in the knowledge base), {counted(report.pairs, 'pair')} looked at"
    )
    rows = [
        (name, report.kept[name], len(report.bags[name]), "" if name == NEGATIVE else _left_out(report.left_out[name]))
        for name in report.relations()
    ]
    if rows:
        yield table(("relation", "found", "pairs of entities", "left out"), rows)
    if report.contradictions:
        yield counted(len(report.contradictions), "contradiction")
    if done.split is not None:
        counts = ", ".join(f"{name} {count:,}" for name, count in done.split.counts().items())
        yield f"relations: {counts}; {done.split.left_out:,} left out, whose sentence or entity is on another side"
    if done.scores is not None:
        yield from _score_lines(done.scores)
    for path, loss in zip(done.outputs, done.losses, strict=True):
        if loss.counts["relations"]:
            yield f"not expressed by the format of {path}: {counted(loss.counts['relations'], 'relation')}"
        yield f"written to {'standard output' if path == '-' else path}"
    if done.stored is not None:
        yield f"relation run {done.stored[1]} stored in {done.stored[0]}"


def _left_out(reasons: Any) -> str:
    return ", ".join(f"{reason} {count:,}" for reason, count in reasons.most_common() if count)


def _score_lines(scores: "RelationScores") -> Iterator[str]:
    rows = [("all", scores.overall), *(scores.by_relation.items() if len(scores.by_relation) > 1 else ())]
    cells = [
        (name, _percent(score.precision), _percent(score.recall), _percent(score.f1), score.tp, score.fp, score.fn)
        for name, score in rows
    ]
    yield "against the gold relations, in per cent, with 95% intervals that know that whole documents were labelled:"
    yield table(("relation", "precision", "recall", "F1", "right", "wrong", "missed"), cells)


def _percent(estimate: "Estimate") -> str:
    if estimate.value is None:
        return "-"
    interval = estimate.interval
    return f"{100 * estimate.value:.2f}" + (
        "" if interval is None else f" ({100 * interval.lower:.1f}-{100 * interval.upper:.1f})"
    )


def as_dict(done: "Done") -> dict[str, Any]:
    """The object that ``--json`` prints."""
    from farspan.relations.table import NEGATIVE
    from farspan_app.cli.leakage import as_dict as leaks_dict

    report, kb = done.relater.report, done.relater.kb
    names = [name for name in report.relations() if name != NEGATIVE]
    said: dict[str, Any] = {
        "documents": report.documents,
        "sentences": report.sentences,
        "tokens": report.tokens,
        "mentions": report.mentions,
        "linked": report.linked,
        "pairs": report.pairs,
        "triples": len(kb),
        "relations": sum(report.kept[name] for name in names),
        "bags": sum(len(report.bags[name]) for name in names),
        "ambiguous": report.ambiguous,
        "negatives": dict(report.negatives),
        "by_relation": {
            name: {"relations": report.kept[name], "bags": len(report.bags[name]), "left_out": dict(report.left_out[name])}
            for name in names
        },
        "contradictions": [
            {"document": one.document, "kind": one.kind, "relations": list(one.relations), "entities": list(one.entities)}
            for one in report.contradictions
        ],
        "implied": report.implied,
        "level": done.relater.rules.level,
        "seed": done.relater.plan.seed,
        "outputs": [*done.outputs, *([done.stored[0]] if done.stored is not None else [])],
    }
    if done.stored is not None:
        said["relation_run"] = done.stored[1]
    if done.split is not None and done.request.split is not None:
        said["split"] = {"by": done.request.split.by, **done.split.counts(), "left_out": done.split.left_out}
        said["leakage"] = leaks_dict(done.leaks, done.split.counts())
    if done.scores is not None:
        said |= score_dict(done.scores.overall)
        said["gold_by_relation"] = {name: score_dict(score) for name, score in done.scores.by_relation.items()}
    return said


def score_dict(score: "RelationScore") -> dict[str, Any]:
    """A score as JSON: fractions, their intervals (null where none can be given), and counts."""
    estimates = {"precision": score.precision, "recall": score.recall, "f1": score.f1}
    return {
        **{name: estimate.value for name, estimate in estimates.items()},
        "intervals": {
            name: None if estimate.interval is None else [estimate.interval.lower, estimate.interval.upper]
            for name, estimate in estimates.items()
        },
        "tp": score.tp,
        "fp": score.fp,
        "fn": score.fn,
    }

"""`farspan errors`: what is wrong and what is missed, why, and which rule would mend it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from farspan.errors import InputError, OptionError, place
from farspan_app.cli.console import Console, Json, Quiet, Verbose, table
from farspan_app.cli.evaluate import Gold
from farspan_app.cli.flags import (
    NAME_TOKENIZERS,
    Conflicts,
    Criteria,
    Encoding,
    InputFormat,
    Inputs,
    Lang,
    Lists,
    NameTokenizer,
    Nested,
    RecipeFile,
    Set,
    Tokenizer,
    check_choice,
    parse_policy,
)
from farspan_app.cli.request import Request, open_session, with_recipe
from farspan_app.cli.rules import load_sources, parse_setting

if TYPE_CHECKING:
    from farspan.job import Job
    from farspan.model import Document
    from farspan.noise.causes import ErrorCase
    from farspan.noise.effects import Tried
    from farspan.noise.evidence import Evidence
    from farspan.noise.frequent import FrequentError, FrequentErrors
    from farspan.noise.intervals import Estimate
    from farspan.run import Run
    from farspan.session import Session

Predicted = Annotated[
    str | None,
    typer.Option("--pred", metavar="FILE", help="File with the labels to be judged; or give texts and lists, as to annotate."),
]
Most = Annotated[int, typer.Option("--number", "-n", min=0, metavar="N", help="Errors and proposals to list; counts are of all.")]

_EXAMPLES: Final = 3  # of each cause, for people


@dataclass(frozen=True, slots=True)
class Errors:
    """All that the command says."""

    documents: "Sequence[Document]"
    right: int
    frequent: "FrequentErrors"
    cases: "Sequence[ErrorCase]"
    tried: "Sequence[Tried] | None"


def errors(  # noqa: PLR0917  (Typer calls it by name)
    context: typer.Context,
    gold: Gold,
    inputs: Inputs = None,
    pred: Predicted = None,
    lists: Lists = None,
    recipe: RecipeFile = None,
    settings: Set = None,
    conflicts: Conflicts = "greedy",
    criteria: Criteria = None,
    nested: Nested = False,
    lang: Lang = "xx",
    tokenizer: Tokenizer = "spacy",
    name_tokenizer: NameTokenizer = None,
    input_format: InputFormat = "auto",
    encoding: Encoding = None,
    number: Most = 20,
    json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Say what is wrong and what is missed against gold labels, why, and which rule changes would mend it.

    With --pred the labels of a file are judged. With lists (--list or --recipe) the gold texts are annotated, causes look into
    the lists, and every proposed rule change is tried on the gold texts.
    """
    console = Console(json, quiet, verbose)
    check_choice("name-tokenizer", name_tokenizer, NAME_TOKENIZERS)
    if pred is not None and (lists or recipe or inputs):
        raise OptionError("--pred and lists both say what is to be judged", remedy="leave one of the two out")
    if pred is None and not (lists or recipe):
        raise OptionError("nothing to be judged is given", remedy="name a file with --pred, or lists with --list or --recipe")
    request = Request(
        inputs=tuple(inputs or (gold,)),
        output="",
        lists=tuple(lists or ()),
        settings=tuple(parse_setting(text) for text in settings or ()),
        policy=parse_policy(conflicts, criteria, nested=nested),
        lang=lang,
        tokenizer=tokenizer,
        name_tokenizer=name_tokenizer,
        input_format=input_format,
        encoding=encoding,
    )
    with console.job() as job:
        if pred is not None:
            found = of_files(request, gold, pred, number, job)
        else:
            found = of_lists(with_recipe(request, recipe, context, job), gold, number, job)
    if found.tried and all(one.effect is None or one.effect.precision.interval is None for one in found.tried):
        console.say("The gold is one sentence: that says nothing about how sentences differ, so the changes have no intervals.")
    if json:
        console.result(as_dict(found, number))
    for line in lines(found, number):
        console.out(line)


def of_files(request: Request, gold: str, pred: str, number: int, job: "Job") -> Errors:
    """The errors of one file of labels against another. Raises FarspanError."""
    from farspan.noise.causes import find_causes
    from farspan.noise.given import run_of_labels

    truth, given = _documents(request, gold), _documents(request, pred)
    if len(truth) != len(given) or any(one.text != other.text for one, other in zip(truth, given, strict=True)):
        raise _differ(gold, pred)
    session, evidence = _opened(request, truth, truth)
    run = run_of_labels(session.corpus, given, nested=request.policy.nested)
    cases = find_causes(run, evidence, lang=request.lang, knows_lists=False, job=job)
    return _errors(run, evidence, cases, None, number)


def of_lists(request: Request, gold: str, number: int, job: "Job") -> Errors:
    """The errors of lists matched on the texts, against the gold labels of some or all of them. Raises FarspanError."""
    from farspan.noise.effects import errors_and_proposals

    truth = _documents(request, gold)
    texts = truth if request.inputs == (gold,) else _documents(request, *request.inputs)
    sources = load_sources(request.lists, request.settings, job, request.recipe)
    session, evidence = _opened(request, texts, truth)
    cases, tried = errors_and_proposals(session, sources, request.policy, evidence, lang=request.lang, job=job)
    return _errors(session.run(sources, request.policy), evidence, cases, tried, number)


def _documents(request: Request, *paths: str) -> "list[Document]":
    from farspan.formats import read_documents

    found = list(read_documents(paths, input_format=request.input_format, encoding=request.encoding))
    if not found:
        raise InputError("there is no text", where=place(paths[0]), remedy="give a file with at least one document")
    return found


def _differ(gold: str, pred: str) -> InputError:
    return InputError(
        f"the texts are not those of {place(gold)}",
        where=place(pred),
        remedy="compare files made from one text, in one order; `farspan evaluate` names the first place where they differ",
    )


def _opened(request: Request, texts: "Sequence[Document]", truth: "Sequence[Document]") -> "tuple[Session, Evidence]":
    """The texts as a corpus, and what the gold labels say of them."""
    from farspan.noise.evidence import gold_evidence

    session = open_session(request, texts)
    return session, gold_evidence(session.corpus, truth)


def _errors(
    run: "Run", evidence: "Evidence", cases: "Sequence[ErrorCase]", tried: "Sequence[Tried] | None", number: int
) -> Errors:
    from farspan.noise.evidence import outcome_of
    from farspan.noise.frequent import frequent_errors_of_run

    outcome = outcome_of(run, evidence)
    frequent = frequent_errors_of_run(run, evidence, number)
    return Errors(run.corpus.documents, int((outcome.verdict == 1).sum()), frequent, cases, tried)


def as_dict(found: Errors, number: int) -> dict[str, Any]:
    """The errors as the object that ``--json`` prints."""
    frequent = found.frequent
    return {
        "right": found.right,
        "wrong": sum(case.kind == "wrong" for case in found.cases),
        "missed": sum(case.kind == "missed" for case in found.cases),
        "tokens": {"wrong": frequent.wrong_tokens, "missed": frequent.missed_tokens},
        "precision_errors": [_frequent(error) for error in frequent.precision],
        "recall_errors": [_frequent(error) for error in frequent.recall],
        "causes": _by_cause(found),
        "errors": [_case(found, case) for case in found.cases[:number]],
        "proposals": None if found.tried is None else [_tried(tried) for tried in found.tried[:number]],
    }


def _frequent(error: "FrequentError") -> Mapping[str, Any]:
    return {"token": error.token, "given": error.given, "true": error.true, "count": error.count}


def _by_cause(found: Errors) -> list[Mapping[str, Any]]:
    counts = Counter((case.cause, case.kind) for case in found.cases)
    causes = sorted({cause for cause, _ in counts}, key=lambda cause: (-counts[cause, "wrong"] - counts[cause, "missed"], cause))
    return [{"cause": str(cause), "wrong": counts[cause, "wrong"], "missed": counts[cause, "missed"]} for cause in causes]


def _case(found: Errors, case: "ErrorCase") -> Mapping[str, Any]:
    return {
        "kind": case.kind,
        "cause": str(case.cause),
        "document": found.documents[case.document].id,
        "start": case.start,
        "end": case.end,
        "text": case.text,
        "given": case.given,
        "true": case.true,
        "list": case.source or None,
        "name": case.name or None,
        "why": case.why,
    }


def _tried(tried: "Tried") -> Mapping[str, Any]:
    proposal, effect = tried.proposal, tried.effect
    head = {
        "list": proposal.source or None,
        "option": proposal.option,
        "value": list(proposal.value) if isinstance(proposal.value, tuple) else proposal.value,
        "causes": {str(cause): count for cause, count in proposal.causes.items()},
        "problem": tried.problem or None,
    }
    if effect is None:
        return {**head, "effect": None}
    held_out = effect.held_out
    measured = {
        "wrong": effect.wrong,
        "right": effect.right,
        **{name: _estimate(getattr(effect, name)) for name in ("precision", "recall", "f1")},
        "p": effect.p,
        "held_out": None
        if held_out is None
        else {"sign": held_out.sign, "gain": held_out.gain, "chosen": held_out.chosen, "folds": held_out.folds},
        "hurts_held_out": effect.overfits,
    }
    return {**head, "effect": measured}


def _estimate(item: "Estimate") -> Mapping[str, Any]:
    ends = (None, None) if item.interval is None else (item.interval.lower, item.interval.upper)
    return {"difference": item.value, "lower": ends[0], "upper": ends[1], "n": item.n}


def lines(found: Errors, number: int) -> Iterator[str]:
    """The errors for people."""
    wrong = sum(case.kind == "wrong" for case in found.cases)
    yield f"Entities: {found.right:,} right, {wrong:,} wrong, {len(found.cases) - wrong:,} missed."
    if not found.cases:
        return
    yield ""
    yield "Causes:"
    yield table(["cause", "wrong", "missed"], [[row["cause"], row["wrong"], row["missed"]] for row in _by_cause(found)])
    yield ""
    yield "Examples:"
    yield from _examples(found)
    for title, rows, count in (
        ("wrongly labelled", found.frequent.precision, found.frequent.wrong_tokens),
        ("missed", found.frequent.recall, found.frequent.missed_tokens),
    ):
        if rows:
            yield ""
            yield f"Tokens most often {title} ({count:,} in all):"
            yield table(["token", "given", "true", "times"], [[e.token, e.given, e.true, e.count] for e in rows])
    if found.tried:
        yield ""
        yield from _proposals(found.tried[:number])


def _examples(found: Errors) -> Iterator[str]:
    seen: Counter[tuple[str, str]] = Counter()
    order = {row["cause"]: place for place, row in enumerate(_by_cause(found))}
    for case in sorted(found.cases, key=lambda case: (order[case.cause], case.kind)):
        seen[case.cause, case.kind] += 1
        if seen[case.cause, case.kind] <= _EXAMPLES:
            labels = f"{case.given or 'O'}, true {case.true or 'O'}"
            where = f"{found.documents[case.document].id}:{case.start}"
            text = " ".join(case.text.split())
            yield f"  {case.cause}, {case.kind}: {text!r} ({labels}) at {where}; {case.why}"


def _proposals(tried: "Sequence[Tried]") -> Iterator[str]:
    yield "Rule changes, tried on the gold texts (differences in points, with 95% intervals):"
    rows = []
    for one in tried:
        if one.effect is None:
            rows.append([str(one.proposal), one.problem, "", "", ""])
            continue
        held_out = one.effect.held_out
        sign = "-" if held_out is None else held_out.sign
        changes = [_points(item) for item in (one.effect.precision, one.effect.f1)]
        rows.append([str(one.proposal), str(one.effect), *changes, sign])
    yield table(["change", "effect", "precision", "F1", "on held-out parts"], rows)


def _points(item: "Estimate") -> str:
    if item.value is None:
        return "-"
    if item.interval is None:
        return f"{100 * item.value:+.1f}"
    return f"{100 * item.value:+.1f} ({100 * item.interval.lower:+.1f} to {100 * item.interval.upper:+.1f})"

"""`farspan diff`: what changes between two rule sets over the same texts."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from farspan.errors import InputError, OptionError, place
from farspan_app.cli.console import Console, Json, Quiet, Verbose, table
from farspan_app.cli.explain import span_dict
from farspan_app.cli.flags import Encoding, InputFormat, Inputs, given_flags
from farspan_app.cli.notices import show_notices
from farspan_app.cli.request import Request
from farspan_app.cli.rules import load_sources

if TYPE_CHECKING:
    from farspan.diff import Difference, SpanChange
    from farspan.job import Job
    from farspan.run import Source

Recipes = Annotated[
    list[str], typer.Option("--recipe", metavar="R.toml", help="Two of them: the rules before and the rules after.")
]
Limit = Annotated[int, typer.Option("--limit", min=0, metavar="N", help="Differences to list; the counts are always of all.")]
Context = Annotated[int, typer.Option("--context", min=0, metavar="N", help="Characters to show on each side.")]

_COUNTED: Final = ("added", "removed", "changed")
_WHITE: Final = re.compile(r"\s+")


@dataclass(slots=True)
class Comparison:
    """The differences of all texts together; rows: the first of them with context."""

    totals: Counter[str] = field(default_factory=Counter)
    by_label: dict[str, Counter[str]] = field(default_factory=dict)
    by_list: dict[str, Counter[str]] = field(default_factory=dict)
    rows: "list[SpanChange]" = field(default_factory=list)

    def add(self, found: "Difference", limit: int, context: int) -> None:
        """Count the differences of one part of the texts."""
        self.totals.update(same=found.same, added=len(found.added), removed=len(found.removed), changed=len(found.changed))
        for mine, theirs in ((self.by_label, found.by_label), (self.by_list, found.by_list)):
            for name, counts in theirs.items():
                mine.setdefault(name, Counter()).update(counts)
        for change in found.changes(context):
            if len(self.rows) >= limit:
                return
            self.rows.append(change)

    def as_dict(self) -> dict[str, Any]:
        """The object that ``--json`` prints."""
        return {
            **{name: self.totals[name] for name in ("same", *_COUNTED)},
            "by_label": {name: {kind: counts[kind] for kind in _COUNTED} for name, counts in sorted(self.by_label.items())},
            "by_list": {name: {kind: counts[kind] for kind in _COUNTED} for name, counts in sorted(self.by_list.items())},
            "rows": [
                {
                    "change": row.change,
                    "document": row.document,
                    "before": span_dict(row.before) if row.before else None,
                    "after": span_dict(row.after) if row.after else None,
                    "left": row.left,
                    "text": row.text,
                    "right": row.right,
                }
                for row in self.rows
            ],
        }


def diff(  # noqa: PLR0917  (Typer calls it by name)
    context: typer.Context,
    recipes: Recipes,
    inputs: Inputs = None,
    input_format: InputFormat = "auto",
    encoding: Encoding = None,
    limit: Limit = 50,
    width: Context = 40,
    json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Compare two rule sets over the same texts: what is added, removed or changed."""
    console = Console(json, quiet, verbose)
    if len(recipes) != 2:
        raise OptionError(f"two recipes are compared, not {len(recipes)}", remedy="give --recipe twice")
    request = Request(tuple(inputs or ()), "", (), input_format=input_format, encoding=encoding)
    with console.job() as job:
        comparison = compare(request, (recipes[0], recipes[1]), given_flags(context), limit, width, job)
    if json:
        console.result(comparison.as_dict())
    for line in lines(comparison):
        console.out(line)


def compare(  # noqa: PLR0917  (each is one thing that was asked)
    request: Request, recipes: tuple[str, str], given: frozenset[str], limit: int, context: int, job: "Job"
) -> Comparison:
    """What changes from the first recipe to the second over the texts of `request`, or of the first. Raises FarspanError."""
    from farspan.annotate import in_batches
    from farspan.diff import difference
    from farspan.formats import ReadReport, read_documents
    from farspan.session import Lexicon, Session
    from farspan.text.corpus import build_corpus
    from farspan.text.tokenizers import make_tokenizer
    from farspan.text.vocabulary import Vocabulary

    before, after = _requests(request, recipes, given, job)
    sources = _sources(before, after, job)
    vocabulary, comparison = Vocabulary(), Comparison()
    tokenizer = make_tokenizer("whitespace" if before.tokenizer == "given" else before.tokenizer, before.lang, vocabulary)
    lexicon: Lexicon | None = None
    read = ReadReport()
    documents = read_documents(before.inputs, input_format=before.input_format, encoding=before.encoding, report=read)
    whole = any(source.options.max_risk < 1 for chosen in sources for source in chosen)
    for batch in in_batches(documents, whole=whole):
        job.progress(comparison.totals["same"], None, "comparing")
        if lexicon is None:
            names = before.name_tokenizer or ("whitespace" if batch[0].tokens is not None else before.tokenizer)
            lexicon = Lexicon(make_tokenizer(names, before.lang, vocabulary), before.lang)
        session = Session(build_corpus(batch, tokenizer, before.lang), lexicon)
        runs = [session.run(chosen, one.policy, job) for chosen, one in zip(sources, (before, after), strict=True)]
        comparison.add(difference(*runs), limit, context)
    show_notices(read)
    return comparison


def _requests(request: Request, recipes: tuple[str, str], given: frozenset[str], job: "Job") -> tuple[Request, Request]:
    from farspan_app.cli.recipe_request import filled_in

    before = filled_in(request, recipes[0], given | {"output"}, job)
    # The second recipe's texts do not matter: both rule sets run over the same ones.
    after = filled_in(request, recipes[1], given | {"output", "inputs"}, job)
    for name in ("lang", "tokenizer", "name_tokenizer"):
        one, other = getattr(before, name), getattr(after, name)
        if one != other:
            raise InputError(
                f"{name} is {other!r} here and {one!r} in {recipes[0]}",
                where=place(recipes[1]),
                remedy="only rules are compared: make the texts be cut the same way in both",
            )
    return before, after


def _sources(before: Request, after: Request, job: "Job") -> "tuple[list[Source], list[Source]]":
    """The sources of both; a list that both read from the same bytes is one list, so that it is matched once."""
    from farspan.run import Source

    first = load_sources((), (), job, before.recipe)
    second = load_sources((), (), job, after.recipe)
    known = {(s.entity_list.name, s.entity_list.label, s.entity_list.path, s.entity_list.sha256): s.entity_list for s in first}
    shared = []
    for source in second:
        names = source.entity_list
        same = known.get((names.name, names.label, names.path, names.sha256), names)
        shared.append(Source(same if same.surfaces == names.surfaces else names, source.options))
    return first, shared


def lines(comparison: Comparison) -> Iterator[str]:
    """The comparison for people."""
    totals = comparison.totals
    yield f"{totals['added']:,} added, {totals['removed']:,} removed, {totals['changed']:,} changed, {totals['same']:,} the same"
    for title, counted in (("label", comparison.by_label), ("list", comparison.by_list)):
        if counted:
            yield table(
                (title, *_COUNTED), [(name, *(counts[kind] for kind in _COUNTED)) for name, counts in sorted(counted.items())]
            )
    for row in comparison.rows:
        yield f"{_sign(row)} {row.document}  {_flat(row.left)}[{_flat(row.text)}]{_flat(row.right)}  {_what(row)}"
    rest = sum(totals[kind] for kind in _COUNTED) - len(comparison.rows)
    if rest > 0:
        yield f"... and {rest:,} more (--limit)"


def _sign(row: "SpanChange") -> str:
    return {"added": "+", "removed": "-"}.get(row.change, "~")


def _what(row: "SpanChange") -> str:
    spans = [span for span in (row.before, row.after) if span is not None]
    return " -> ".join(f"{span.label} {span.name!r} ({span.source})" for span in spans)


def _flat(text: str) -> str:
    """`text` on one line, its border spaces kept."""
    return _WHITE.sub(" ", text)

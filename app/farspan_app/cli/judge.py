"""`farspan judge`: judge a sample in the terminal or from a sheet, and see what the verdicts say."""

import os
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from farspan.errors import FarspanError, InputError, OptionError, place
from farspan.wording import counted
from farspan_app.cli.console import Console, Json, Quiet, Verbose, warn
from farspan_app.cli.flags import File
from farspan_app.cli.keys import Answers

if TYPE_CHECKING:
    from farspan.audit.judging import Item, Judging
    from farspan.audit.storing import Measurements
    from farspan.noise.intervals import Estimate
    from farspan.store.project import Project

WORD_KEYS: Final = "A no entity  R an entity  U unsure  S later  B back  ? why  Q quit"
SPAN_KEYS: Final = "A right  R wrong  U unsure  M other borders  S later  B back  ? why  Q quit"
SENTENCE_KEYS: Final = "A these and no others  + add  - take out  E all of them anew  S later  B back  Q quit"


def judge(  # noqa: PLR0917  (Typer calls it by name)
    file: File,
    number: Annotated[
        int | None,
        typer.Option("--sample", min=1, metavar="N", help="Which sample; by default the newest not yet judged."),
    ] = None,
    sheet: Annotated[
        str | None,
        typer.Option("--from", metavar="SHEET.csv", help="Take the verdicts of a sheet made by `farspan sample`."),
    ] = None,
    name: Annotated[str, typer.Option("--judge", metavar="NAME", help="Who judges; kept with every verdict.")] = "",
    json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Judge a sample: a key for each span, kept at once, with the running estimate. From a pipe, answers are read as lines.

    A or Enter: right. R: wrong, no entity. 1-9: wrong, the right label is this one. M: wrong, with other borders. U: unsure.
    S: later. B: take the last verdict back. ?: what speaks against it (signals). Q: stop; all verdicts are kept.
    Of unlabelled words, A says that they name nothing, 1-9 the label of the entity they belong to.
    Sentences are read whole: A or Enter if just the entities are marked, + adds one, - takes one out, E types all anew.
    """
    from farspan.store.project import Project

    console = Console(json, quiet, verbose)
    if sheet is not None and number is not None:
        raise OptionError("a sheet names its units itself", remedy="leave out --sample")
    with Project.open(file) as project:
        said = _from_sheet(console, project, sheet, name) if sheet is not None else _at_terminal(console, project, number, name)
        measured = _measured(project)
    _conclude(console, measured)
    if json:
        console.result({"project": file, **said, "estimates": _rows(measured)})


def _from_sheet(console: Console, project: "Project", sheet: str, name: str) -> dict[str, Any]:
    from farspan.audit.sheets import take_sheet

    taken = take_sheet(project, sheet, name)
    for problem in taken.problems:
        warn(str(problem))
    if taken.problems and not taken.judged + taken.unchanged + taken.open:
        raise InputError("no row could be used", where=place(sheet), remedy="see the messages above")
    skipped = f", {len(taken.problems):,} not usable" if taken.problems else ""
    console.say(
        f"{counted(taken.judged, 'verdict')} taken, {taken.unchanged:,} known already, {taken.open:,} still open{skipped}"
    )
    return {"judged": taken.judged, "unchanged": taken.unchanged, "open": taken.open, "problems": len(taken.problems)}


def _at_terminal(console: Console, project: "Project", number: int | None, name: str) -> dict[str, Any]:
    from farspan.audit.judging import open_judging
    from farspan.audit.samples import sample

    queue = open_judging(project, None if number is None else sample(project, number), name)
    before = queue.done
    table = _Table(console, project, queue)
    table.run()
    return {"sample": queue.sample.number, "judged": queue.done - before, "done": queue.done, "open": queue.total - queue.done}


class _Table:
    """The place where a person judges: shows a unit, takes an answer, shows what is known by now."""

    def __init__(self, console: Console, project: "Project", queue: "Judging") -> None:
        from farspan.audit.judging import labels_of
        from farspan.audit.samples import SENTENCES, TOKENS

        self._console = console
        self._queue = queue
        self._labels = labels_of(project)
        self._answers = Answers()
        self._reads = queue.sample.method == SENTENCES
        self._keys = SENTENCE_KEYS if self._reads else WORD_KEYS if queue.sample.method == TOKENS else SPAN_KEYS
        self._is_about_spans = self._keys is SPAN_KEYS
        self._has_colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        self._entities: list[tuple[int, int, str]] = []

    def run(self) -> None:
        """Judge until nothing is open, the person stops, or the answers end."""
        console, queue = self._console, self._queue
        console.out(f"Sample {queue.sample.number}: {queue.sample.title}. {queue.done:,} of {queue.total:,} judged.")
        console.out(self._keys + ("" if self._reads else self._label_keys()))
        item = self._fresh(queue.next())
        while item is not None:
            self._show(item)
            answer = self._answers.next()
            if answer is None or answer.strip().casefold() == "q":
                return
            try:
                item = self._take(item, answer)
            except FarspanError as error:
                if not self._answers.is_typed:
                    raise InputError(error.what, where=place("-", self._answers.line), remedy=error.remedy) from error
                warn(str(error))
        console.out("Nothing is left to judge in this sample.")

    def _label_keys(self) -> str:
        return "".join(f"  {key} {label}" for key, label in enumerate(self._labels[:9], 1))

    def _take(self, item: "Item", answer: str) -> "Item | None":
        """What to show next, after `answer` to `item`."""
        key, rest = answer.strip()[:1].casefold(), answer.strip()[1:].strip()
        if key == "b":
            back = self._queue.take_back()
            self._console.out("Taken back." if back is not None else "There is nothing to take back.")
            return self._fresh(back or item)
        if key == "s":
            self._queue.skip(item)
            return self._fresh(self._queue.next())
        if not (self._read if self._reads else self._judge)(item, key, rest):
            return item
        self._say_estimate()
        return self._fresh(self._queue.next())

    def _fresh(self, item: "Item | None") -> "Item | None":
        self._entities = [] if item is None else [(span.start, span.end, span.label) for span in item.found]
        return item

    def _judge(self, item: "Item", key: str, rest: str) -> bool:
        """Whether `key` was a verdict on the span, and is stored."""
        from farspan.audit.sheets import right_borders

        match key:
            case "" | "a":
                self._queue.decide(item, "right")
            case "r":
                self._queue.decide(item, "wrong", right_label="" if item.unit.label else None)
            case "u":
                self._queue.decide(item, "unsure")
            case "m":
                words = rest or self._answers.ask("The words as they should be marked: ", item.surface)
                borders = right_borders(item, words)
                if borders == (item.unit.start, item.unit.end):
                    raise InputError("these are the borders it has", remedy="answer A if they are right")
                self._queue.decide(item, "wrong", right_label=item.unit.label, right=borders)
            case "?":
                self._console.out("  Signals, not estimates: " + ("; ".join(item.reasons) or "nothing speaks against it"))
                return False
            case _:
                self._relabel(item, self._label(key, item.unit.label), rest)
        return True

    def _relabel(self, item: "Item", label: str, rest: str) -> None:
        """Store that the right label is another; of a missed entity also its words, if there are more than the one shown."""
        from farspan.audit.sheets import right_borders

        words = rest
        if not item.unit.label and not rest:
            words = self._answers.ask("All words of the entity (Enter: just this one): ", item.surface)
        borders = right_borders(item, words) if words and words != item.surface else None
        self._queue.decide(item, "wrong", right_label=label, right=borders)

    def _label(self, key: str, given: str) -> str:
        if not key.isdecimal() or not 0 < int(key) <= len(self._labels):
            raise InputError(f"the answer {key!r} means nothing", remedy=self._keys + self._label_keys())
        label = self._labels[int(key) - 1]
        if label == given:
            raise InputError(f"{label} is the label it has", remedy="answer A if that is right, R if it is no entity")
        return label

    def _read(self, item: "Item", key: str, rest: str) -> bool:
        """Whether the sentence is read; else the answer changed what is marked in it."""
        from farspan.audit.notation import read_entities, write_entities

        start, text = item.unit.start, item.surface
        match key:
            case "" | "a":
                self._queue.read(item, self._entities)
                return True
            case "+":
                added = read_entities(rest or self._answers.ask("Add LABEL=words: "), text, self._labels, start)
                self._entities = sorted({*self._entities, *added})
            case "-":
                gone = (rest or self._answers.ask("Take out the words: ")).casefold()
                left = [one for one in self._entities if text[one[0] - start : one[1] - start].casefold() != gone]
                if len(left) == len(self._entities):
                    raise InputError(f"{gone!r} is not marked", remedy="copy the words of a marked entity")
                self._entities = left
            case "e":
                known = write_entities(text, self._entities, start)
                self._entities = read_entities(rest or self._answers.ask("LABEL=words | ...: ", known), text, self._labels, start)
            case _:
                raise InputError(f"the answer {key!r} means nothing", remedy=SENTENCE_KEYS)
        return False

    def _show(self, item: "Item") -> None:
        from farspan.audit.notation import write_entities

        head = f"{item.number}/{self._queue.total}  {item.document}"
        if self._reads:
            self._console.out(f"\n{head}\n  {_flat(item.surface)}")
            marked = write_entities(item.surface, self._entities, item.unit.start)
            self._console.out(f"  marked: {marked or 'nothing'}")
            return
        by = f"  {item.source}: {item.name}" if item.source else ""
        self._console.out(f"\n{head}  {self._bold(item.unit.label or 'no label')}{by}")
        self._console.out(f"  ...{_flat(item.before)}{self._bold('[' + _flat(item.surface) + ']')}{_flat(item.after)}...")

    def _bold(self, text: str) -> str:
        return f"\x1b[1;7m{text}\x1b[0m" if self._has_colour else text

    def _say_estimate(self) -> None:
        from farspan.audit.estimates import forecasts, sample_precision

        if not self._is_about_spans:
            return
        estimate = sample_precision(self._queue.sample, self._queue.verdicts).estimate
        steps = "; ".join(f"{step.more} more: ±{step.low:.2f} to {step.high:.2f}" for step in forecasts(estimate))
        if estimate.value is not None:
            self._console.out(f"  so far {shown(estimate)} from {estimate.n} judged; {steps}")


def _flat(text: str) -> str:
    return text.replace("\r\n", " ").replace("\n", " ").replace("\r", " ").replace("\t", " ")


def shown(estimate: "Estimate") -> str:
    """A number with its interval."""
    if estimate.value is None:
        return "-"
    interval = estimate.interval
    sure = "no interval" if interval is None else f"{interval.lower:.2f}-{interval.upper:.2f}"
    return f"{estimate.value:.2f} ({sure})"


def _measured(project: "Project") -> "Measurements | None":
    from farspan.audit.storing import measure, store_measurements

    store_measurements(project)
    return measure(project)


def _conclude(console: Console, measured: "Measurements | None") -> None:
    rows = measured.all() if measured is not None else []
    for one in rows:
        if not one.source and measured is not None:
            console.out(measured.quoted(one))
    if measured is not None and measured.edits and rows:
        console.out(f"(The numbers are those of the run: {measured.edits:,} manual edits are not counted in.)")
    if not rows:
        console.out("Nothing is measured yet.")


def _rows(measured: "Measurements | None") -> Sequence[Mapping[str, Any]]:
    from farspan.audit.storing import measured_json

    return [measured_json(one, measured.sha256) for one in measured.all()] if measured is not None else []

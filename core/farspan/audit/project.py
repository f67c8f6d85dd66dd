"""The project as notebooks use it: the file with its rooms, and what judging it says."""

from __future__ import annotations

from dataclasses import replace
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Final

from farspan.errors import OptionError
from farspan.job import SILENT, Job
from farspan.store import project as _project

if TYPE_CHECKING:
    import pandas as pd

    from farspan.audit.estimates import Measured, Quantity
    from farspan.audit.judging import Judging
    from farspan.audit.samples import Sample
    from farspan.audit.storing import Measurements
    from farspan.store.runs import StoredRun

MEASURE_COLUMNS: Final = (
    "quantity", "label", "list", "estimate", "lower", "upper", "n", "unsure", "design", "covered", "sentence",
)  # fmt: skip
ERROR_COLUMNS: Final = ("kind", "cause", "document", "start", "end", "text", "given", "true", "list", "name", "why")
EFFECT_COLUMNS: Final = ("change", "wrong", "right", "precision", "lower", "upper", "held_out", "problem")


class Project(_project.Project):
    """An open project file. Use it as a context, or call `close`.

    Every method that changes something has it on the disk when it returns. One process writes; any number may read.

    >>> import farspan
    >>> with farspan.Project.create("letters.farspan") as project:
    ...     _ = project.add_documents([farspan.Document("1843", "Ada Lovelace met Charles Babbage.")])
    ...     _ = project.add_source(farspan.EntityList.from_names("PER", ["Ada Lovelace", "Charles Babbage"]))
    ...     made = project.run()
    ...     project.spans()["text"].tolist()
    ['Ada Lovelace', 'Charles Babbage']
    """

    def run(self, job: Job = SILENT) -> StoredRun:
        """The run of the rules in force over all documents, stored. Raises ProjectError if there is no text or no list."""
        from farspan.store.running import run_project  # noqa: PLC0415  (opening a project stays quick)

        return run_project(self, job)

    def sample(self, size: int = 100, *, label: str = "", source: str = "", seed: int | None = None, job: Job = SILENT) -> Sample:
        """Draw a sample of what the newest run keeps, to be judged; a second one of the same spans extends the first.

        label, source: only of this label, of this list. Stratified by risk. Raises InputError, ProjectError.
        """
        from farspan.audit.drawing import draw_spans  # noqa: PLC0415  (opening a project stays quick)

        return draw_spans(self, size, label=label, source=source, seed=seed, job=job)

    def sample_sentences(self, size: int = 100, *, seed: int | None = None, job: Job = SILENT) -> Sample:
        """Draw random sentences to be read whole. Raises InputError, ProjectError."""
        from farspan.audit.drawing import draw_sentences  # noqa: PLC0415

        return draw_sentences(self, size, seed=seed, job=job)

    def judging(self, sample: Sample | None = None, judge: str = "") -> Judging:
        """The queue of a sample: `next()`, `decide(item, verdict)`, `take_back()`. By default of the newest not yet judged."""
        from farspan.audit.judging import open_judging  # noqa: PLC0415

        return open_judging(self, sample, judge)

    def precision(self, label: str = "", source: str = "") -> Measured:
        """Precision of the newest run from judged spans: overall, of a label, of a list. As text it is a sentence to quote.

        Its `estimate` has value, interval and n, which are None, None and 0 before anything is judged.
        """
        from farspan.audit.estimates import Precision  # noqa: PLC0415

        made = Precision(self)
        return replace(made.of(label, source), rule_set=self._rules_of(None if made.run is None else made.run.rule_set_id))

    def recall(self, label: str = "") -> Measured | None:
        """Recall from sentences that were drawn and read, else from unlabelled tokens; None where neither says anything."""
        return self._read("recall", label)

    def f1(self, label: str = "") -> Measured | None:
        """F1 from sentences that were drawn and read; None before any is."""
        return self._read("F1", label)

    def measured(self) -> pd.DataFrame:
        """Every number that judgements or gold labels stand behind: `MEASURE_COLUMNS`."""
        import pandas as pd  # noqa: PLC0415

        from farspan.audit.storing import measured_json  # noqa: PLC0415

        found = self._measure()
        rows = [measured_json(one, found.sha256) for one in found.all()] if found is not None else []
        return pd.DataFrame(rows, columns=list(MEASURE_COLUMNS))

    def errors(self, job: Job = SILENT) -> pd.DataFrame:
        """Every error that judgements and gold labels show, with its cause: `ERROR_COLUMNS`."""
        import pandas as pd  # noqa: PLC0415

        from farspan.audit.errors import errors_of  # noqa: PLC0415
        from farspan.audit.report.content import describe_case  # noqa: PLC0415

        names = [document.name for document in self.documents.all()]
        cases, _tried = errors_of(self, most=0, job=job)
        return pd.DataFrame([describe_case(case, names) for case in cases], columns=list(ERROR_COLUMNS))

    def proposals(self, job: Job = SILENT) -> pd.DataFrame:
        """Rule changes that the errors speak for, tried on what was judged, the best first: `EFFECT_COLUMNS`."""
        import pandas as pd  # noqa: PLC0415

        from farspan.audit.errors import errors_of  # noqa: PLC0415
        from farspan.audit.report.content import describe_proposal  # noqa: PLC0415

        _cases, tried = errors_of(self, job=job)
        rows = []
        for one in map(describe_proposal, tried):
            gain, held_out = one.get("precision") or {}, one.get("held_out") or {}
            interval = {"lower": gain.get("lower"), "upper": gain.get("upper")}
            rows.append({**one, "precision": gain.get("estimate"), **interval, "held_out": held_out.get("sign")})
        return pd.DataFrame(rows, columns=list(EFFECT_COLUMNS))

    def report(self, path: str | PathLike[str], job: Job = SILENT) -> None:
        """Write the report on the newest run to `path`: .html, .md or .json. Raises OptionError for another suffix."""
        from farspan.audit.report import SUFFIXES, report_on  # noqa: PLC0415
        from farspan.files import written_aside  # noqa: PLC0415

        kind = SUFFIXES.get(Path(path).suffix.lower())
        if kind is None:
            raise OptionError(f"no report is written as {fspath(path)!r}", remedy="end it with .html, .md or .json")
        content = report_on(self, kind, job)
        with written_aside(path) as stream:
            stream.write(content)

    def _measure(self) -> Measurements | None:
        from farspan.audit.storing import measure  # noqa: PLC0415

        return measure(self)

    def _read(self, quantity: Quantity, label: str) -> Measured | None:
        found = self._measure()
        if found is None:
            return None
        rows = found.sentences.measured() if found.sentences is not None else []
        rows += [found.tokens] if found.tokens is not None else []
        wanted = (one for one in rows if (one.quantity, one.label) == (quantity, label) and one.estimate.value is not None)
        one = next(wanted, None)
        return None if one is None else replace(one, rule_set=found.sha256)

    def _rules_of(self, number: int | None) -> str:
        return "" if number is None else self.rules.sha256(number)

"""The measured band of a report: every number with what stands behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from farspan.audit.report.blocks import Block, Figure, Heading, Paragraph, Table
from farspan.audit.report.figures import Point, heat_map, interval_curve

Values = Mapping[str, Any]
FIRST: Final = frozenset({0})


def measured_blocks(measured: Values) -> Iterator[Block]:
    """The band of what was measured; one paragraph where nothing was."""
    if not measured["estimates"]:
        what = "Nobody has judged anything yet, so nothing is measured."
        yield Paragraph(f"{what} Draw a sample with `farspan sample`, and judge it.")
        return
    yield from _corpus_card(_distinct(measured["estimates"]))
    for curve in measured["curves"]:
        yield from _curve(curve)
    for title, key in (("Read sentences", "sentences"), ("Gold labels", "gold")):
        if measured[key] is not None:
            yield from _noise(title, measured[key])
    yield from _errors(measured)


def _distinct(estimates: Sequence[Values]) -> list[Values]:
    """Without the numbers over all labels where there is one label only."""
    labels = {one["label"] for one in estimates} - {""}
    return [one for one in estimates if len(labels) != 1 or one["label"] or one["list"]]


def _corpus_card(estimates: Sequence[Values]) -> Iterator[Block]:
    yield Heading("Corpus card")
    rows = [
        [one["quantity"], _subject(one), one["estimate"], interval_shown(one), one["n"], _judged(one), one["design"]]
        for one in estimates
    ]
    header = ("measure", "of", "estimate", "95% interval", "n", "judged", "drawn as")
    yield Table(header, rows, words=frozenset({1}))
    general = [one for one in estimates if not one["list"]]
    yield Heading("To quote")
    for one in general:
        yield Paragraph(one["sentence"], "quote")
    steps = [
        [_subject(one), step["more"], f"±{step['half_width'][0]:.3f} to ±{step['half_width'][1]:.3f}"]
        for one in general
        for step in one["forecast"]
    ]
    if steps:
        yield Heading("What more judgements would bring")
        yield Table(("precision of", "more judgements", "interval would reach"), steps, "An expectation, to plan by.", FIRST)


def _subject(one: Values) -> str:
    return str(one["label"]) or (f"list {one['list']}" if one["list"] else "all labels")


def _judged(one: Values) -> str:
    return str(one["unit"]) + (f", {one['unsure']:,} unsure left out" if one["unsure"] else "")


def interval_shown(one: Values) -> str:
    """The ends of an interval, or that there is none."""
    return "no interval" if one["lower"] is None else f"{one['lower']:.2f} to {one['upper']:.2f}"


def _curve(curve: Values) -> Iterator[Block]:
    points = [Point(step["n"], step["estimate"], step["lower"], step["upper"]) for step in curve["steps"]]
    of = " ".join(part for part in (curve["label"], curve["list"] and f"list {curve['list']}") if part) or "all spans"
    caption = f"Precision of {of} as verdicts came in, with its 95% interval (sample {curve['sample']})."
    rows = [(point.n, point.value, f"{point.lower:.2f} to {point.upper:.2f}") for point in points]
    yield Figure(interval_curve(points, caption), caption, Table(("judged", "precision", "95% interval"), rows))


def _noise(title: str, read: Values) -> Iterator[Block]:
    noise = read["noise"]
    kind = "drawn at random" if read["samples"] else "with gold labels"
    yield Heading(f"{title}: noise matrix")
    yield Paragraph(f"From {read['read']:,} {read['unit']}s {kind}. Rows are true labels, columns the labels given; tokens.")
    caption = "Of the tokens with a true label (row), the share that was given each label (column)."
    yield Figure(heat_map(noise["labels"], noise["labels"], noise["matrix"], caption), caption)
    yield Table(("true", "tokens", *noise["labels"]), list(_matrix_rows(noise)), words=FIRST)
    error = noise["expected_error"]
    if error["clustered"] is not None:
        simple = f"{error['random_tokens']:.3g} if as many tokens had been drawn one by one"
        yield Paragraph(f"Expected squared error of the matrix: {error['clustered']:.3g}, or {simple}.", "note")
    keys = ("precision", "recall", "f1", "support")
    scores = [[mode.replace("_", " "), *(one[key] for key in keys)] for mode, one in read["scores"].items()]
    header = ("entities", "precision", "recall", "F1", "gold entities")
    yield Table(header, scores, "Scores on what was read, without intervals.")
    yield from _plan(noise["plan"])
    yield from _frequent(read["frequent"])


def _matrix_rows(noise: Values) -> Iterator[Sequence[str | int]]:
    for number, label in enumerate(noise["labels"]):
        cells = zip(noise["matrix"][number], noise["lower"][number], noise["upper"][number], strict=True)
        yield [label, sum(noise["counts"][number]), *(_matrix_cell(*cell) for cell in cells)]


def _matrix_cell(value: float | None, lower: float | None, upper: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:.2f}" if lower is None or upper is None else f"{value:.2f} ({lower:.2f} to {upper:.2f})"


def _plan(needs: Sequence[Values]) -> Iterator[Block]:
    wanted = [need for need in needs if need["half_width"] == 0.05 and need["tokens"]]
    if wanted:
        rows = [[need["label"], need["now"], _range(need["sentences"]), _range(need["tokens"])] for need in wanted]
        header = ("true label", "now ±", "sentences in all", "tokens of it")
        yield Table(header, rows, "To know every cell of a row to within 0.05; ask again after each batch.", FIRST)


def _range(pair: Sequence[int]) -> str:
    return f"{pair[0]:,} to {pair[1]:,}"


def _frequent(frequent: Values) -> Iterator[Block]:
    kinds = (("precision", "wrongly labelled", "wrong_tokens"), ("recall", "missed", "missed_tokens"))
    for key, word, count in kinds:
        if frequent[key]:
            rows = [[one["token"], one["given"], one["true"], one["count"]] for one in frequent[key]]
            caption = f"The tokens {word} most often ({frequent[count]:,} in all)."
            yield Table(("token", "given", "true", "times"), rows, caption, FIRST)


def _errors(measured: Values) -> Iterator[Block]:
    if not measured["causes"]:
        return
    yield Heading("Errors and their causes")
    rows = [[one["kind"], one["cause"], one["count"], ", ".join(one["examples"])] for one in measured["causes"]]
    yield Table(("error", "cause", "count", "for instance"), rows, "Every error that people's work shows.", frozenset({3}))
    proposals = [one for one in measured["proposals"] if "wrong" in one]
    if proposals:
        yield Heading("Rule changes that the errors speak for")
        header = ("change", "wrong", "right", "precision changes by", "on parts it was not made on")
        yield Table(
            header,
            [_proposal(one) for one in proposals],
            f"{_of(proposals, measured['tried'], 'changes')}, tried on what was judged.",
            FIRST,
        )
    keys = ("text", "document", "given", "true", "cause", "why")
    cases = [[one[key] or "-" for key in keys] for one in measured["cases"]]
    yield Table(keys, cases, f"{_of(cases, measured['errors'], 'errors')}.", frozenset({0, 1, 5}))


def _of(shown: Sequence[object], total: int, what: str) -> str:
    return f"All {total:,} {what}" if len(shown) == total else f"The first {len(shown):,} of {total:,} {what}"


def _proposal(one: Values) -> Sequence[str]:
    gain = one["precision"]
    shown = "-" if gain["estimate"] is None else f"{gain['estimate']:+.3f}"
    if gain["lower"] is not None:
        shown += f" ({gain['lower']:+.3f} to {gain['upper']:+.3f})"
    held_out = "too little judged to tell" if one["held_out"] is None else str(one["held_out"]["sign"])
    held_out += " (do not take it)" if one["overfits"] else ""
    return one["change"], f"{one['wrong']:+d}", f"{one['right']:+d}", shown, held_out

"""The engine against a plain longest match, span for span: `python -m benchmarks.check_longest_match AUTONER_FOLDER`.

The folder is AutoNER's, with its dictionaries of chemicals and diseases and its development set (BC5CDR).
"""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from farspan_app.cli.main import main as farspan

DATA = Path("data/BC5CDR")
DICTIONARIES = ("dict_core.txt", "dict_full.txt")

Spans = set[tuple[int, int, int, str]]  # sentence, start and end as tokens in the sentence, label


def longest_matches(sentences: list[list[str]], labels: dict[tuple[str, ...], str]) -> Spans:
    """From left to right, the longest name that begins at each token; the search goes on behind it."""
    longest = max(map(len, labels))
    spans: Spans = set()
    for number, words in enumerate(sentences):
        start = 0
        while start < len(words):
            for end in range(min(start + longest, len(words)), start, -1):
                if tuple(words[start:end]) in labels:
                    spans.add((number, start, end, labels[tuple(words[start:end])]))
                    start = end
                    break
            else:
                start += 1
    return spans


def farspan_matches(sentences: list[list[str]], labels: dict[tuple[str, ...], str]) -> Spans:
    """What the command finds, with the tokens as given and the names cut at white space."""
    with tempfile.TemporaryDirectory() as temporary:
        given, found = Path(temporary) / "dev.conll", Path(temporary) / "found.jsonl"
        given.write_text("".join("".join(f"{word}\tO\n" for word in words) + "\n" for words in sentences), encoding="utf-8")
        arguments = ["annotate", str(given), "-o", str(found), "--quiet"]
        arguments += ["--name-tokenizer", "whitespace", "--criteria", "left,length"]
        for label in sorted(set(labels.values())):
            path = Path(temporary) / f"{label}.txt"
            path.write_text("".join(" ".join(name) + "\n" for name in labels if labels[name] == label), encoding="utf-8")
            arguments += ["--list", f"{label}={path}"]
        code = farspan(arguments)
        if code:
            raise SystemExit(code)
        documents = [json.loads(line) for line in found.read_text(encoding="utf-8").split("\n") if line]
    return _spans_in_tokens(documents, sentences)


def _spans_in_tokens(documents: list[dict[str, Any]], sentences: list[list[str]]) -> Spans:
    """Spans as tokens of their sentence. Stops where the output has other tokens or sentences than were given."""
    spans: Spans = set()
    number = 0
    for document in documents:
        for begin, end in document["sentences"]:
            tokens = [token for token in document["tokens"] if begin <= token[0] and token[1] <= end]
            if [document["text"][first:last] for first, last in tokens] != sentences[number]:
                raise SystemExit(f"sentence {number + 1} came back with other tokens")
            starts, ends = ({token[side]: place for place, token in enumerate(tokens, side)} for side in (0, 1))
            inside = [span for span in document["spans"] if begin <= span["start"] < end]
            spans.update((number, starts[span["start"]], ends[span["end"]], span["label"]) for span in inside)
            number += 1
    if number != len(sentences):
        raise SystemExit(f"{len(sentences)} sentences were given, {number} came back")
    return spans


def read_sentences(path: Path) -> list[list[str]]:
    """The words of each sentence; AutoNER's marks of its borders are no words."""
    blocks = path.read_text(encoding="utf-8").strip("\n").split("\n\n")
    sentences = [[line.split(" ")[0] for line in block.split("\n")] for block in blocks]
    return [[word for word in words if word not in {"<s>", "<eof>"}] for words in sentences]


def read_dictionary(path: Path) -> dict[tuple[str, ...], str]:
    """The label of each name: NAME where the file has names alone, the first in the alphabet where a name has several."""
    rows = sorted(line.rpartition("\t") for line in path.read_text(encoding="utf-8").split("\n") if line)
    labels: dict[tuple[str, ...], str] = {}
    for label, _, surface in rows:
        labels.setdefault(tuple(surface.split()), label or "NAME")
    return labels


def main(folder: Path) -> int:
    sentences = read_sentences(folder / DATA / "truth_dev.ck")
    print("| dictionary | names | plain longest match | farspan | only plain | only farspan | |\n|---|---|---|---|---|---|---|")
    differs = False
    for file in DICTIONARIES:
        labels = read_dictionary(folder / DATA / file)
        plain, found = longest_matches(sentences, labels), farspan_matches(sentences, labels)
        sizes = (len(labels), len(plain), len(found), len(plain - found), len(found - plain))
        print(f"| {file} | {' | '.join(map(str, sizes))} | {'equal' if plain == found else 'DIFFERS'} |")
        differs |= not plain or plain != found
    return int(differs)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m benchmarks.check_longest_match AUTONER_FOLDER")
    sys.exit(main(Path(sys.argv[1])))

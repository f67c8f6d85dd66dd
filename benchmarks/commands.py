"""The whole command, raw text to CoNLL, against a spaCy script that does the same: wall time and peak memory."""

from __future__ import annotations

import sys
from itertools import zip_longest
from pathlib import Path

from benchmarks.children import Child, farspan_command, run_child
from benchmarks.data import documents_of_size, names_of_size
from benchmarks.results import Results, Row
from benchmarks.setting import Setting
from benchmarks.world import short, token_counts
from farspan.text.tokenizers import make_tokenizer
from farspan.text.vocabulary import Vocabulary

SECTION = "The whole command in a process of its own: folder of raw texts to CoNLL"


def measure(setting: Setting, results: Results) -> None:
    """Each list size, farspan and the script in turn, twice; the outputs are compared line by line."""
    folder = write_texts(setting, setting.tokens[0])
    ratios = {}
    for size in setting.names[: 3 if setting.full else 2]:
        names = write_names(setting, size)
        out = {side: setting.folder / f"{side}.conll" for side in ("farspan", "script", "bare")}
        commands = {
            "farspan annotate": annotate_command(setting, folder, names, out["farspan"]),
            "spaCy script": _script(setting, folder, names, out["script"], "yes"),
            "spaCy script, no sentences": _script(setting, folder, names, out["bare"], "no"),
        }
        taken: dict[str, list[Child]] = {side: [] for side in commands}
        for _ in range(2):
            for side, command in commands.items():
                taken[side].append(run_child(command))
        case = f"{short(setting.tokens[0])} x {short(size)}"
        first = taken["farspan annotate"]
        for side, children in taken.items():
            ratio = min(child.seconds for child in children) / min(child.seconds for child in first)
            seconds = [child.seconds for child in children]
            results.add(
                Row(
                    SECTION, case, side, sum(seconds) / 2, min(seconds), 2, None if children is first else ratio,
                    f"processor {min(child.worked for child in children):.2f} s, "
                    f"peak {max(child.peak for child in children) / 2**20:,.0f} MiB",
                    difference(out["farspan"], out["script"]) if side == "spaCy script" else "",
                )
            )  # fmt: skip
        for clock in ("seconds", "worked"):
            least = {side: min(getattr(child, clock) for child in children) for side, children in taken.items()}
            how = "by the clock" if clock == "seconds" else "processor time"
            ratios[f"{case}, {how}"] = least["spaCy script"] / least["farspan annotate"]
    results.at_least("whole command, raw text to CoNLL", 5, ratios)


def write_texts(setting: Setting, tokens: int) -> Path:
    """A folder of text files with about so many tokens, in the order of their names."""
    folder = setting.folder / f"texts-{tokens}"
    if not folder.exists():
        folder.mkdir()
        counts = token_counts(setting.material.pieces, make_tokenizer("spacy", setting.material.lang, Vocabulary()))
        for number, document in enumerate(documents_of_size(setting.material.pieces, counts, tokens)):
            (folder / f"{number:06}.txt").write_text(document.text, encoding="utf-8", newline="")
    return folder


def write_names(setting: Setting, size: int) -> Path:
    """A file of so many names."""
    file = setting.folder / f"names-{size}.txt"
    if not file.exists():
        file.write_text("\n".join(names_of_size(setting.material.names, size)) + "\n", encoding="utf-8", newline="")
    return file


def annotate_command(setting: Setting, texts: Path, names: Path, out: Path) -> list[str]:
    """The main job, with matches over sentence ends, as the script has them."""
    options = ["--lang", setting.material.lang, "--set", "across_sentences=yes", "--encoding", "utf-8", "-q"]
    return farspan_command("annotate", str(texts), "--list", f"NAME={names}", *options, "-o", str(out))


def _script(setting: Setting, texts: Path, names: Path, out: Path, sentences: str) -> list[str]:
    script = str(Path(__file__).with_name("plain_spacy.py"))
    return [sys.executable, script, str(texts), str(names), str(out), setting.material.lang, sentences]


def difference(ours: Path, theirs: Path) -> str:
    """In how many lines two outputs differ, sentence breaks aside."""
    mine, other = ([line for line in path.read_text(encoding="utf-8").split("\n") if line] for path in (ours, theirs))
    if mine == other:
        return f"all {len(mine):,} token lines the same"
    pairs = [(a, b) for a, b in zip_longest(mine, other, fillvalue="\t") if a != b]
    tokens = sum(a.partition("\t")[0] != b.partition("\t")[0] for a, b in pairs)
    return (
        f"{len(pairs):,} of {len(mine):,} token lines differ, {tokens:,} in the token; the tags mostly where a name stands"
        " over a line break, which is a token to spaCy"
    )

"""Strict scores against published ones, to the last printed digit: `python -m benchmarks.noise.check_scores DATA_FOLDER`."""

import contextlib
import io
import json
import sys
from pathlib import Path

from benchmarks.noise.corpora import noisebench, noisyner, wikigold
from farspan_app.cli.main import main as farspan

# F1 against clean (NoiseBench, Merdjanovska et al. 2024); precision, recall, F1 (distant labels of BOND as given with RoSTER);
# F1 of NoisyNER's label sets 1 to 7 against EstNER, a later annotation of the same text (not the paper's gold).
NOISEBENCH_F1 = {"expert": "94.46", "crowdbest": "84.75", "distant": "68.72", "weak": "59.61"}
WIKIGOLD_PRF = ("47.90", "47.63", "47.76")
NOISYNER_F1 = ("24.93", "37.71", "24.35", "38.87", "36.81", "38.26", "48.68")


def strict(gold: Path, predicted: Path) -> dict[str, float]:
    """The strict scores as the command prints them."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        code = farspan(["evaluate", "--gold", str(gold), "--pred", str(predicted), "--json"])
    if code:
        raise SystemExit(code)
    return json.loads(out.getvalue())["strict"]


def main(folder: Path) -> int:
    rows = []
    for noise, expected in NOISEBENCH_F1.items():
        rows.append((f"NoiseBench {noise}, F1", expected, f"{100 * strict(*noisebench(folder, noise))['f1']:.2f}"))
    with wikigold(folder) as files:
        scores = strict(*files)
    for key, expected in zip(("precision", "recall", "f1"), WIKIGOLD_PRF, strict=True):
        rows.append((f"wikigold distant, {key}", expected, f"{100 * scores[key]:.2f}"))
    for number, expected in enumerate(NOISYNER_F1, 1):
        with noisyner(folder, number) as files:
            rows.append((f"NoisyNER set {number}, F1", expected, f"{100 * strict(*files)['f1']:.2f}"))
    print("| labels | expected | farspan | |\n|---|---|---|---|")
    for name, expected, found in rows:
        print(f"| {name} | {expected} | {found} | {'equal' if expected == found else 'DIFFERS'} |")
    return int(any(expected != found for _, expected, found in rows))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m benchmarks.noise.check_scores DATA_FOLDER")
    sys.exit(main(Path(sys.argv[1])))

"""A noise matrix for other programs: JSON with all that was measured, CSV with a row a cell, NPZ with arrays for training."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from os import PathLike, fspath
from pathlib import PurePath
from typing import IO, Any, Final

import numpy as np

from farspan.errors import OptionError
from farspan.noise.analysis import NoiseAnalysis

_STAMP: Final = (1980, 1, 1, 0, 0, 0)  # so that the same matrix gives the same bytes


def writer_for(path: str | PathLike[str]) -> Callable[[NoiseAnalysis, IO[bytes]], None]:
    """What writes a matrix to a file of this suffix. Raises OptionError for one it does not know."""
    suffix = PurePath(fspath(path)).suffix.lower()
    if suffix not in _WRITERS:
        raise OptionError(
            f"a noise matrix is not written as {suffix or 'a file without a suffix'}",
            remedy=f"choose one of: {', '.join(_WRITERS)}",
        )
    return _WRITERS[suffix]


def _write_json(found: NoiseAnalysis, stream: IO[bytes]) -> None:
    stream.write(json.dumps(found.as_dict(), ensure_ascii=False, indent=1, allow_nan=False).encode() + b"\n")


def _write_csv(found: NoiseAnalysis, stream: IO[bytes]) -> None:
    """One row a cell; what cannot be estimated is empty."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["true", "given", "tokens", "share", "lower", "upper"])
    matrix = found.matrix
    for row, true in enumerate(found.labels):
        for column, given in enumerate(found.labels):
            cells = (table[row, column] for table in (matrix.matrix, matrix.lower, matrix.upper))
            shown = ["" if np.isnan(cell) else repr(float(cell)) for cell in cells]
            writer.writerow([true, given, int(matrix.counts[row, column]), *shown])
    stream.write(text.getvalue().encode())


def _write_npz(found: NoiseAnalysis, stream: IO[bytes]) -> None:
    """Arrays by name, as numpy.load reads them; nan where nothing can be estimated."""
    matrix = found.matrix
    arrays: Mapping[str, Any] = {
        "labels": np.array(found.labels),
        "counts": matrix.counts,
        "matrix": matrix.matrix,
        "lower": matrix.lower,
        "upper": matrix.upper,
        "variance": matrix.variance,
    }
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in arrays.items():
            content = io.BytesIO()
            np.lib.format.write_array(content, np.ascontiguousarray(array), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", _STAMP), content.getvalue())


_WRITERS: Final[Mapping[str, Callable[[NoiseAnalysis, IO[bytes]], None]]] = {
    ".json": _write_json,
    ".csv": _write_csv,
    ".npz": _write_npz,
}

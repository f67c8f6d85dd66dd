"""Timing several sides in turn, so that a busy machine slows all of them alike."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median

Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Rounds:
    """How often a measurement is repeated: at most `most` rounds, fewer after `patience` seconds, never under `least`."""

    most: int = 7
    least: int = 2
    patience: float = 20.0


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds of each round, in order."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle one."""
        return median(self.seconds)

    @property
    def fastest(self) -> float:
        """The least disturbed one."""
        return min(self.seconds)

    def over(self, other: Times) -> float:
        """How many times as long as `other`: the median of the ratios round by round."""
        return median(mine / theirs for mine, theirs in zip(self.seconds, other.seconds, strict=True))


def in_turn(sides: Mapping[str, Work], rounds: Rounds, prepare: Work | None = None) -> dict[str, Times]:
    """The times of all sides, run A B C A B C ...; `prepare` comes before each, untimed."""
    began = time.perf_counter()
    taken: list[dict[str, float]] = []
    while len(taken) < rounds.least or (len(taken) < rounds.most and time.perf_counter() - began < rounds.patience):
        taken.append({name: timed(work, prepare) for name, work in sides.items()})
    return {name: Times(tuple(times[name] for times in taken)) for name in sides}


def timed(
    work: Work, prepare: Work | None = None, *, collect: bool = True, clock: Callable[[], float] = time.perf_counter
) -> float:
    """Seconds that `work` takes, with the garbage collector off and what it gives back freed outside.

    clock: `time.process_time` for the work of the processor alone, which others beside it lengthen least. collect: whether to
    free what is there before; no for work of a millisecond that is timed thousands of times.
    """
    if prepare is not None:
        prepare()
    if collect:
        gc.collect()
    gc.disable()
    try:
        begin = clock()
        result = work()
        seconds = clock() - begin
    finally:
        gc.enable()
    del result
    return seconds

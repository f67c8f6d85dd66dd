"""What all measurements share: the material, the sizes, how often to repeat, and the worlds that were built already."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.data import Material
from benchmarks.peers import SpacyPeer
from benchmarks.timing import Rounds
from benchmarks.world import World, make_world


@dataclass(eq=False)
class Setting:
    """One run of the benchmarks. tokens, names: the sizes in ascending order; folder: a place for files."""

    material: Material
    folder: Path
    tokens: tuple[int, int]
    names: tuple[int, int, int]
    rounds: Rounds
    full: bool  # the sizes that the budgets are about
    _worlds: dict[tuple[int, int], World] = field(default_factory=dict)
    _peers: dict[tuple[int, int], SpacyPeer] = field(default_factory=dict)

    def world(self, tokens: int, names: int) -> World:
        """A world of this size; the one asked for last is kept."""
        if (tokens, names) not in self._worlds:
            self._worlds.clear()
            self._peers.clear()
            self._worlds[tokens, names] = make_world(self.material, tokens, names)
        return self._worlds[tokens, names]

    def spacy(self, tokens: int, names: int) -> SpacyPeer:
        """spaCy's side of the same world."""
        world = self.world(tokens, names)
        if (tokens, names) not in self._peers:
            self._peers[tokens, names] = SpacyPeer(world)
        return self._peers[tokens, names]

    def forget(self) -> None:
        """Free the worlds."""
        self._worlds.clear()
        self._peers.clear()

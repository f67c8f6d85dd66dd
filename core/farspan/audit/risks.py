"""The risk of what a run keeps: a signal, which orders spans for sampling and is never an estimate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from farspan.audit.live import LiveRun
from farspan.audit.population import Population
from farspan.job import SILENT, Job
from farspan.matching.matcher import SourceMatcher
from farspan.matching.risk import ListPlaces, NameRisks, name_risks
from farspan.matching.uses import name_uses
from farspan.noise.clusters import FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Risks:
    """The risks of the names of every list of a run, by the name of the list."""

    by_source: Mapping[str, NameRisks]

    def of(self, population: Population) -> FloatArray:
        """float64[n]: the risk of the name behind each span."""
        found = np.zeros(len(population))
        for number, source in enumerate(population.source_names):
            mine = population.sources == number
            found[mine] = self.by_source[source].risks[population.names[mine]]
        return found

    def reasons(self, source: str, name: int) -> list[str]:
        """What speaks against a name, in words; the worst first."""
        return self.by_source[source].reasons(name)


def risks_of(live: LiveRun, job: Job = SILENT) -> Risks:
    """The risks of all names that match, over the whole corpus."""
    rules = live.run.rules
    places = [_places(live, number) for number in range(len(rules.sources))]
    found = {}
    for number, source in enumerate(rules.sources):
        job.progress(number, len(rules.sources), "looking for signs of risk")
        known = live.run.risks.get(number)
        found[source.name] = known if known is not None else _name_risks(live, places, number)
    return Risks(found)


def _name_risks(live: LiveRun, places: Sequence[ListPlaces], number: int) -> NameRisks:
    corpus, lexicon = live.run.corpus, live.session.lexicon
    source = live.run.rules.sources[number]
    prepared = lexicon.prepared(source.entity_list)
    view = SourceMatcher(prepared, source.options, lexicon.profiles).coarse
    return name_risks(corpus, places, number, name_uses(corpus, lexicon.profiles, prepared.names, view))


def _places(live: LiveRun, number: int) -> ListPlaces:
    rules, found = live.run.rules, live.run.found[number]
    first, last = rules.first_name[number], rules.first_name[number + 1]
    free = found.blocked == 0
    surfaces = rules.sources[number].entity_list.surfaces
    return ListPlaces(surfaces, rules.label_of_name[first:last], found.starts[free], found.ends[free], found.names[free])

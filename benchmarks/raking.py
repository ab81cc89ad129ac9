"""A raked question by district with its errors, from tallies: against packages that take people.

The same million people for all: ours as counts by weighting cell, district and answer, theirs one
by one. Reading and writing the data is nobody's time. Where R is installed with its package
`survey`, it works out the same table, errors included; samplics only rakes.
"""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl

from benchmarks.peers import peers_python
from benchmarks.ratio import Ratio, seconds
from measures.stats.calibration import Raked, rake
from measures.stats.sample import Sample
from measures.stats.tabulated import GroupMeans, group_means

PEOPLE = int(os.environ.get("RESPONSES", "1000000"))
# As the domestic abuse survey's strata, and a question with seven answers.
SHAPE = {"district": 13, "sex": 2, "age": 6}
ANSWERS = 7
# Satisfied is completely, very or fairly; the last line is the mean.
LINES = np.column_stack([np.eye(ANSWERS), np.arange(ANSWERS) < 3, np.arange(1, ANSWERS + 1)])

SAMPLICS = """
import json, sys, time
import polars as pl
from samplics.weighting import SampleWeight
people = pl.read_parquet(sys.argv[1] + "/people.parquet")
totals = json.load(open(sys.argv[1] + "/totals.json"))
margins = {name: people[name].to_numpy() for name in totals}
control = {name: dict(enumerate(wanted)) for name, wanted in totals.items()}
weight = people["weight"].to_numpy()
begun = time.perf_counter()
weight = SampleWeight().rake(samp_weight=weight, margins=margins, control=control)
taken = time.perf_counter() - begun
by_cell = people.with_columns(weight=pl.Series(weight)).group_by("cell").agg(
    pl.col("weight").mean()).sort("cell")
print(json.dumps({"seconds": taken, "weights": by_cell["weight"].to_list()}))
"""
R_SURVEY = """
suppressMessages(library(survey))
folder <- commandArgs(trailingOnly = TRUE)[1]
people <- read.csv(file.path(folder, "people.csv"))
totals <- read.csv(file.path(folder, "totals.csv"))
margins <- lapply(c("district", "sex", "age"), function(name) {
  one <- totals[totals$margin == name, ]
  setNames(data.frame(one$code, one$total), c(name, "Freq"))
})
begun <- proc.time()[["elapsed"]]
drawn <- svydesign(ids = ~1, weights = ~weight, data = people)
raked <- rake(drawn, list(~district, ~sex, ~age), margins)
found <- svyby(~factor(answer), ~district, raked, svymean)
cat(proc.time()[["elapsed"]] - begun, "\\n")
"""


def measure() -> Iterator[Ratio | str]:
    counts, totals = _counted(), _totals()
    cells = counts.sum(axis=1)
    ours = seconds(lambda: _table(cells, counts, totals), times=20)
    yield f"ours: rake {PEOPLE:,} people in {len(cells)} cells, {ours * 1000:.1f} ms with errors"
    raked, _ = _table(cells, counts, totals)
    with tempfile.TemporaryDirectory(prefix="heard-bench-") as folder:
        _write(Path(folder), counts, totals)
        yield from _beside_samplics(folder, raked, ours)
        yield from _beside_r(folder, ours)


def _beside_samplics(folder: str, raked: Raked, ours: float) -> Iterator[Ratio | str]:
    python = peers_python()
    if python is None:
        yield "samplics could not be installed: not measured"
        return
    told = json.loads(_output(str(python), "-W", "ignore", "-c", SAMPLICS, folder))
    # Its own tolerance is 1e-4: the two must have done the same work.
    if not np.allclose(told["weights"], raked.sample.weight, rtol=1e-3):
        raise RuntimeError("samplics comes to other weights")
    yield Ratio(
        f"samplics' rake of {PEOPLE:,} ÷ ours with errors",
        told["seconds"],
        ours,
        goal=100,
        at_least=True,
    )


def _beside_r(folder: str, ours: float) -> Iterator[Ratio | str]:
    if shutil.which("Rscript") is None:
        yield "R is not installed: not measured"
        return
    has_survey = ["Rscript", "-e", 'quit(status = !requireNamespace("survey", quietly = TRUE))']
    if subprocess.run(has_survey, capture_output=True).returncode:
        yield "R has no package survey: not measured"
        return
    script = Path(folder) / "table.R"
    script.write_text(R_SURVEY)
    taken = float(_output("Rscript", str(script), folder))
    what = f"R survey's table of {PEOPLE:,} ÷ ours"
    yield Ratio(what, taken, ours, goal=100, at_least=True)


def _table(
    cells: np.ndarray, counts: np.ndarray, totals: dict[str, np.ndarray]
) -> tuple[Raked, GroupMeans]:
    """What a page of results does: rakes, then estimates every answer in every district."""
    codes = _codes()
    sample = Sample(frequency=cells.astype(float), weight=np.ones(len(cells)))
    raked = rake(sample, [(codes[name], totals[name]) for name in SHAPE])
    districts = codes["district"] == np.arange(SHAPE["district"])[:, None]
    everyone = np.ones((1, len(cells)), np.bool_)
    within = np.concatenate([everyone, districts])[:, :, None]
    return raked, group_means(raked.sample, within * counts[None].astype(float), LINES)


def _codes() -> dict[str, np.ndarray]:
    """The code of each weighting cell in each margin."""
    codes = np.indices(tuple(SHAPE.values())).reshape(len(SHAPE), -1)
    return dict(zip(SHAPE, codes, strict=True))


def _counted() -> np.ndarray:
    """People by weighting cell and answer, always the same."""
    chance = np.random.default_rng(5)
    size = chance.uniform(0.3, 1.7, np.prod(list(SHAPE.values())))
    answers = chance.dirichlet(np.full(ANSWERS, 4.0), len(size))
    parts = size[:, None] * answers
    return chance.multinomial(PEOPLE, (parts / parts.sum()).ravel()).reshape(parts.shape)


def _totals() -> dict[str, np.ndarray]:
    """What the margins should add up to: others answer than live there."""
    chance = np.random.default_rng(6)
    shares = {name: chance.uniform(0.5, 1.5, count) for name, count in SHAPE.items()}
    return {name: share / share.sum() * 1_500_000 for name, share in shares.items()}


def _write(folder: Path, counts: np.ndarray, totals: dict[str, np.ndarray]) -> None:
    """The people one by one, and the totals, in the forms that the others read."""
    cell, answer = (at.ravel() for at in np.indices(counts.shape))
    each = {"cell": cell, "answer": answer} | {n: code[cell] for n, code in _codes().items()}
    people = pl.DataFrame({name: np.repeat(at, counts.ravel()) for name, at in each.items()})
    people = people.with_columns(weight=pl.lit(1.0)).sample(fraction=1, shuffle=True, seed=1)
    people.write_parquet(folder / "people.parquet")
    people.write_csv(folder / "people.csv")
    listed = {name: wanted.tolist() for name, wanted in totals.items()}
    (folder / "totals.json").write_text(json.dumps(listed))
    lines = [(n, code, total) for n, wanted in listed.items() for code, total in enumerate(wanted)]
    pl.DataFrame(lines, schema=["margin", "code", "total"], orient="row").write_csv(
        folder / "totals.csv"
    )


def _output(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout

"""Published surveys and counted answers, for what measures make of them."""

from datetime import date

import numpy as np
from django.conf import settings

from surveys.definitions.loader import load_definition
from surveys.models.tallies import Tally
from surveys.models.versions import Version
from surveys.tally.cells import net_cells, positions
from surveys.versions.publish import publish_version, store_version
from surveys.versions.read import definition_of


def publish_survey(slug: str) -> Version:
    """The product's own questionnaire of this name, sealed."""
    path = settings.BASE_DIR / "surveys" / "content" / slug / "1.yaml"
    definition = load_definition(path.read_text(encoding="utf-8"))
    return publish_version(store_version(definition, actor="a test"), definition, actor="a test")


def tally_satisfaction(
    version: Version, month: date, *, satisfied: int, answered: int, synthetic: int = 0
) -> None:
    """Answers to the whole-experience question, counted; the first `synthetic` made by code."""
    question = "whole-experience"
    net = net_cells(definition_of(version), question, "satisfied")
    outside = [
        cell for cell in version.cells if cell.startswith(f"{question}=") and cell not in net
    ]
    counts = {
        "": answered,
        question: answered,
        net[0]: satisfied,
        outside[0]: answered - satisfied,
    }
    tally(version, month, counts, synthetic=synthetic)


def tally(
    version: Version,
    month: date,
    counts: dict[str, int],
    *,
    synthetic: int = 0,
    group: str = "",
    stratum: str | None = None,
) -> None:
    """A row of the tally with these counts by cell, and one for the first `synthetic` of each.

    Of people who did not say in which stratum they are, unless it is given.
    """
    nobody_said = "|".join("-" for _ in definition_of(version).strata)
    made = {cell: min(n, synthetic) for cell, n in counts.items()}
    said = {cell: n - made[cell] for cell, n in counts.items()}
    for of, is_synthetic in ((said, False), (made, True)):
        if any(of.values()):
            numbers = np.zeros(len(version.cells), "<u4")
            numbers[positions(version.cells, list(of))] = list(of.values())
            Tally.objects.create(
                version=version,
                period=month,
                group=version.groups.index(group),
                stratum=nobody_said if stratum is None else stratum,
                is_synthetic=is_synthetic,
                n=numbers.tobytes(),
                # Any keys will do, as long as the same people have the same.
                keys=(numbers * np.uint32(2_654_435_761)).tobytes(),
            )

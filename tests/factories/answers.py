"""Published surveys and counted answers, for what measures make of them."""

from datetime import date

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
    [everyone] = positions(version.cells, [question])
    first_of_net, *_ = positions(
        version.cells, net_cells(definition_of(version), question, "satisfied")
    )
    for cell, n in ((everyone, answered), (first_of_net, satisfied)):
        Tally.objects.create(
            version=version, period=month, group=0, cell=cell, n=n, synthetic=min(n, synthetic)
        )

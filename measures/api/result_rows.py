"""A released table as data: nested for programs, a line an answer for spreadsheets."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from rest_framework import serializers

from measures.compute.released import ANSWERED, ReleasedTable
from measures.models.results import PublishedCell
from measures.publications.csv_file import MARKERS

SUPPRESSED = PublishedCell.Status.SUPPRESSED


class CellSerializer(serializers.Serializer[Any]):
    answer = serializers.CharField(
        help_text="An option's code, net:satisfied for several together, ~dont-know for a missing."
    )
    label = serializers.CharField()  # type: ignore[assignment]  # its name
    kind = serializers.ChoiceField(["option", "net", "missing"])
    status = serializers.CharField(help_text="published or suppressed.")
    n = serializers.IntegerField(
        allow_null=True,
        help_text="People, after noise, to 5; exact in the whole of a consultation.",
    )
    share = serializers.IntegerField(
        allow_null=True, help_text="Percent of the base, weighted where `weighting` says so."
    )
    low = serializers.IntegerField(allow_null=True, help_text="Of the 95% interval of the share.")
    high = serializers.IntegerField(allow_null=True)
    bound = serializers.CharField(help_text="at most or at least: the share is only a limit.")


class GroupSerializer(serializers.Serializer[Any]):
    group = serializers.CharField(help_text="A code of the breakdown; empty for everyone.")
    label = serializers.CharField()  # type: ignore[assignment]  # its name
    status = serializers.CharField(help_text="Of the base: published or suppressed.")
    base = serializers.IntegerField(allow_null=True, help_text="Who answered; like n.")
    answers = CellSerializer(many=True)


class ResponseRateSerializer(serializers.Serializer[Any]):
    percent = serializers.IntegerField()
    nearest = serializers.IntegerField(help_text="Rounded to the nearest so many percent.")
    by = serializers.CharField(help_text="Which rate, such as AAPOR RR4.")


class WeightingSerializer(serializers.Serializer[Any]):
    by = serializers.ListField(child=serializers.CharField())
    to = serializers.CharField(help_text="The population that the answers are weighted to.")
    efficiency = serializers.IntegerField(help_text="Percent of the base that the weights leave.")


class TableSerializer(serializers.Serializer[Any]):
    question = serializers.CharField()
    asked = serializers.CharField()
    by = serializers.CharField()
    by_label = serializers.CharField()
    since = serializers.CharField(allow_null=True, help_text="Only answers from this month on.")
    design = serializers.ChoiceField(["probability", "census", "self-selected"])
    may_claim = serializers.CharField(help_text="What the shares may be called.")
    weighting = WeightingSerializer(allow_null=True, help_text="null: not weighted.")
    response_rate = ResponseRateSerializer(allow_null=True, help_text="null: not recorded.")
    synthetic = serializers.BooleanField(help_text="Whether a program made answers in it.")
    groups = GroupSerializer(many=True)


class LeftOutSerializer(serializers.Serializer[Any]):
    period = serializers.CharField()
    question = serializers.CharField(help_text="Empty: all of them.")
    by = serializers.CharField()
    why = serializers.CharField()


class ResultsSerializer(serializers.Serializer[Any]):
    survey = serializers.CharField()
    period = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # its name
    by = serializers.CharField()
    released = serializers.DateField()
    sha256 = serializers.CharField(help_text="Of the release.")
    left_out = LeftOutSerializer(many=True)
    tables = TableSerializer(many=True)


def tables_of(tables: Sequence[ReleasedTable]) -> dict[str, Any]:
    """The tables with their groups and cells, each in its own order."""
    return {"tables": [_table(table) for table in tables]}


def _table(table: ReleasedTable) -> dict[str, Any]:
    about = table.about
    return {
        "question": table.question,
        "asked": about["asked"],
        "by": table.by,
        "by_label": about["by_label"],
        "since": about["since"],
        "design": about["design"],
        "may_claim": about["may_claim"],
        "weighting": about["weighting"],
        "response_rate": about["response_rate"],
        "synthetic": about["is_synthetic"],
        "groups": [_group(table, group) for group in about["groups"]],
    }


def _group(table: ReleasedTable, group: dict[str, str]) -> dict[str, Any]:
    base = table.cells[group["code"], ANSWERED]
    return {
        "group": group["code"],
        "label": group["label"],
        "status": base.status,
        "base": base.n,
        "answers": [
            {"answer": one["code"], "label": one["label"], "kind": one["kind"]}
            | _numbers(table.cells[group["code"], one["code"]])
            for one in table.about["answers"]
        ],
    }


def _numbers(cell: PublishedCell) -> dict[str, Any]:
    return {
        "status": str(cell.status),
        "n": cell.n,
        "share": cell.share,
        "low": cell.low,
        "high": cell.high,
        "bound": cell.bound,
    }


def rows_of(tables: Sequence[ReleasedTable]) -> list[dict[str, Any]]:
    """A line for each answer of each group; what is withheld has the marker [c]."""
    return [row for table in tables for row in _rows(table)]


def _rows(table: ReleasedTable) -> list[dict[str, Any]]:
    described = _table(table)
    rate, weighting = described["response_rate"], described["weighting"]
    beside = {
        "design": described["design"],
        "weighted_by": "; ".join(weighting["by"]) if weighting else "",
        "response_rate": rate["percent"] if rate else "",
        "synthetic": "yes" if described["synthetic"] else "no",
        "released": timezone.localdate(table.release.released),
        "sha256": table.release.sha256,
    }
    return [
        {
            "survey": table.release.survey,
            "period": table.period,
            "question": table.question,
            "by": table.by,
            "group": group["group"],
            "group_label": group["label"],
            "base": _marked(group["base"], group["status"]),
            **answer,
            "n": _marked(answer["n"], answer["status"]),
            **beside,
        }
        for group in described["groups"]
        for answer in group["answers"]
    ]


def _marked(n: int | None, status: str) -> object:
    return MARKERS[SUPPRESSED] if status == SUPPRESSED else n

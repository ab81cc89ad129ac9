"""The files behind a statement, numbered in the order in which the figures name them."""

from typing import Any

from django.utils import timezone

from measures.compute.values import CountFound, ReleasedFile, ShareFound
from measures.definitions.schema import SurveyShare
from measures.figures.parsed import OPEN_GOVERNMENT_LICENCE

NOT_STATED = "not stated by the publisher"


def licence_of(source: dict[str, Any]) -> str:
    """The licence of a bundle's source, or that its publisher states none."""
    return source["licence"] or NOT_STATED


class Register:
    """Gives each source a number, the same one each time it is named."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []
        self._numbers: dict[object, int] = {}

    def of_count(self, found: CountFound) -> list[dict[str, Any]]:
        """Each figure of a count: its source's number, and where in the file it stands."""
        return [
            {
                "source": self._number(reading.file, _file(reading.file)),
                "period": {
                    "starts": reading.period.starts.isoformat(),
                    "ends": reading.period.ends.isoformat(),
                },
                "value": reading.value,
                "label": reading.label,
                "where": reading.where,
                "note": reading.note,
            }
            for reading in found.readings
        ]

    def of_share(self, found: ShareFound, share: SurveyShare) -> list[dict[str, Any]]:
        """The survey behind a share, and the release of its results that it was read from."""
        number, release = self._number(share.survey, _survey(share)), found.release
        return [
            {
                "source": number,
                "period": {"ends": found.period.ends.isoformat()},
                "release": {
                    "quarter": release.quarter,
                    "released": timezone.localdate(release.released).isoformat(),
                    "sha256": release.sha256,
                },
            }
        ]

    def _number(self, key: object, row: dict[str, Any]) -> int:
        if key not in self._numbers:
            self._numbers[key] = len(self.rows) + 1
            self.rows.append({"number": self._numbers[key], **row})
        return self._numbers[key]


def _file(file: ReleasedFile) -> dict[str, Any]:
    return {
        "kind": file.source,
        "publisher": file.publisher,
        "title": file.title,
        "licence": file.licence,
        "released": timezone.localdate(file.released).isoformat(),
        "file": file.file_name,
        "sha256": file.sha256,
    }


def _survey(share: SurveyShare) -> dict[str, Any]:
    return {
        "kind": "survey",
        "publisher": "Office of the Police and Crime Commissioner",
        "title": str(share.name),
        "licence": OPEN_GOVERNMENT_LICENCE,
        "survey": share.survey,
        "question": share.question,
        "net": share.net,
        "design": share.design,
    }

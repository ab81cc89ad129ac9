"""The canonical text of a definition and its hash: what publication seals."""

import hashlib
import json

from surveys.definitions.schema import Definition


def canonical(definition: Definition) -> str:
    """One JSON text for one definition: keys sorted, defaults left out, no spaces."""
    data = definition.model_dump(mode="json", exclude_defaults=True)
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprint(text: str) -> str:
    """SHA-256 of a canonical text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def restore(text: str) -> Definition:
    """The definition that `canonical` wrote."""
    return Definition.model_validate_json(text)

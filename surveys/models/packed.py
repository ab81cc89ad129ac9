"""Lists of small numbers as bytes: smaller than an array, and counted without taking it apart."""

import struct
from typing import Any

from django.db import models


def pack(numbers: list[int]) -> bytes:
    """Two bytes a number, the lower first."""
    return struct.pack(f"<{len(numbers)}H", *numbers)


def unpack(packed: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(packed) // 2}H", packed))


class PackedNumbers(models.BinaryField):  # type: ignore[type-arg]  # Django's takes none
    """A list of whole numbers from 0 to 65,535."""

    def from_db_value(self, value: Any, *_: Any) -> list[int] | None:
        return None if value is None else unpack(bytes(value))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        packed = pack(value) if isinstance(value, list) else value
        return super().get_db_prep_value(packed, connection, prepared)

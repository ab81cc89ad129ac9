"""A month in an address; importing this registers it."""

from datetime import date

from django.urls import register_converter

from measures.stats.periods import parse_month


class MonthConverter:
    """`2022-11` as the first day of the month; 2022-13 is no address at all."""

    regex = "[0-9]{4}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        return parse_month(value)

    def to_url(self, value: date | str) -> str:
        return value if isinstance(value, str) else f"{value:%Y-%m}"


# Once: pages and API both use it, and Django refuses a name that is registered twice.
register_converter(MonthConverter, "month")

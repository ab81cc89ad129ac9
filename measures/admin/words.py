"""Days and moments as the desk writes them."""

from datetime import datetime

from django.utils import timezone

from measures.stats.periods import Period, in_words

NOTHING = "–"


def desk_moment(moment: datetime | None) -> str:
    """ "5 March 2023, 9am", "5 March 2023, 2:30pm"; a dash where there is none."""
    if moment is None:
        return NOTHING
    local = timezone.localtime(moment)
    if not (local.hour or local.minute):
        # Publishers name a day: its first moment stands for that.
        return in_words(local.date())
    minutes = f":{local.minute:02}" if local.minute else ""
    half = "am" if local.hour < 12 else "pm"
    return f"{in_words(local.date())}, {local.hour % 12 or 12}{minutes}{half}"


def desk_period(period: Period) -> str:
    """ "year to Nov 2022", "Nov 2022", "Jul 2022 to Sep 2022", or both days."""
    first, last = f"{period.starts:%b %Y}", f"{period.ends:%b %Y}"
    if period.is_year:
        return f"year to {last}"
    if period.is_month:
        return last
    if period.is_of_whole_months:
        return f"{first} to {last}"
    return period.label

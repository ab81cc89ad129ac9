"""How often invented people give an answer, so that demonstration tables look like real ones.

Shares of nobody in particular: near to what is published of Kent and of such surveys, and with
ups and downs of our own, so that there is something to see over time.
"""

from collections.abc import Mapping
from datetime import date
from math import pi, sin

Shares = Mapping[str, float]

# Thousands of residents at the Census of 2021, rounded; who lives elsewhere is our guess.
DISTRICT = {
    "E07000105": 133,
    "E07000106": 157,
    "E07000107": 117,
    "E07000108": 116,
    "E07000109": 107,
    "E07000110": 176,
    "E07000111": 120,
    "E07000112": 110,
    "E07000113": 152,
    "E07000114": 141,
    "E07000115": 132,
    "E07000116": 115,
    "E06000035": 280,
    "elsewhere": 25,
}
ETHNICITY = {
    "white-british": 82,
    "white-irish": 1,
    "white-gypsy-or-irish-traveller": 0.5,
    "white-roma": 0.3,
    "white-other": 5,
    "mixed-white-and-black-caribbean": 0.7,
    "mixed-white-and-black-african": 0.5,
    "mixed-white-and-asian": 0.7,
    "mixed-other": 0.6,
    "asian-indian": 2,
    "asian-pakistani": 0.5,
    "asian-bangladeshi": 0.5,
    "asian-chinese": 0.5,
    "asian-other": 1.5,
    "black-caribbean": 0.6,
    "black-african": 2.3,
    "black-other": 0.3,
    "arab": 0.2,
    "other": 0.8,
}
# Of people who report abuse by somebody close; residents are told by BY_SURVEY.
SEX = {"female": 76, "male": 24}
AGE = {
    "18-24": 15,
    "25-34": 28,
    "35-44": 25,
    "45-54": 17,
    "55-64": 9,
    "65-74": 4,
    "75-plus": 2,
}
REPORTED_BY = {
    "emergency-call": 44,
    "non-emergency-call": 21,
    "online": 15,
    "station": 6,
    "in-person": 6,
    "another-organisation": 6,
    "other": 2,
}
ADULT = {"yes": 98, "no": 2}
# From completely satisfied to completely dissatisfied, at the best and at the worst of times.
AT_BEST = (30, 28, 17, 7, 7, 6, 5)
AT_WORST = (16, 21, 17, 10, 12, 11, 13)
# How near to the best each stage comes, beside the ups and downs.
STAGES = {
    "contact-ease": 0.1,
    "actions-taken": -0.15,
    "kept-informed": -0.35,
    "treatment": 0.35,
    "whole-experience": 0.0,
    "contact-satisfaction": -0.1,
}
BY_SURVEY: Mapping[str, Mapping[str, Shares]] = {
    "community-voice": {
        "sex": {"female": 54, "male": 46},
        "age-band": {
            "16-17": 1,
            "18-24": 5,
            "25-34": 11,
            "35-44": 16,
            "45-54": 19,
            "55-64": 21,
            "65-74": 18,
            "75-plus": 9,
        },
        "good-job": {"1": 8, "2": 30, "3": 34, "4": 19, "5": 9},
        "safe-by-day": {"1": 44, "2": 42, "3": 11, "4": 3},
        "safe-after-dark": {"1": 16, "2": 39, "3": 30, "4": 15},
    },
    "hate-crime": {"sex": {"female": 46, "male": 54}},
    "rape": {"sex": {"female": 90, "male": 10}},
}


def likely_answers(survey: str, month: date) -> dict[str, Shares]:
    """For some fields how often each code is given, in that month; any scale will do."""
    satisfaction = {
        field: {str(code): weight for code, weight in enumerate(_satisfaction(month, above), 1)}
        for field, above in STAGES.items()
    }
    return {
        "district": DISTRICT,
        "ethnicity": ETHNICITY,
        "sex": SEX,
        "age-band": AGE,
        "reported-by": REPORTED_BY,
        "adult": ADULT,
        **satisfaction,
        **BY_SURVEY.get(survey, {}),
    }


def _satisfaction(month: date, above: float) -> list[float]:
    """A wave of six years, lowest in 2021: between the worst and the best of times."""
    years = month.year + (month.month - 1) / 12
    at = min(max(0.5 + above / 2 - 0.4 * sin(2 * pi * (years - 2019.5) / 6), 0), 1)
    return [at * best + (1 - at) * worst for best, worst in zip(AT_BEST, AT_WORST, strict=True)]

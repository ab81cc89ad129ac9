"""LimeSurvey's exported surveys (`.lss`) as definitions of ours."""

from surveys.definitions.limesurvey.read import LimeSurveyError, read_limesurvey

__all__ = ["LimeSurveyError", "read_limesurvey"]

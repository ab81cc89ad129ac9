"""What was published of the surveys: frozen tables, and what they were weighted by."""

from django.db import models


class ResultsRelease(models.Model):
    """The tables of one survey for one quarter, frozen: nothing in them changes after this.

    They hold the quarter itself and the four quarters that end with it.
    """

    survey = models.ForeignKey("surveys.Survey", on_delete=models.PROTECT, related_name="+")
    quarter = models.CharField(max_length=7, help_text="Such as 2022-Q4.")
    # The rules in force, by name, so that an attacker of later days knows what held then.
    rules = models.JSONField()
    # Tables that the rules allow and that are not in it: [{"period", "question", "by", "why"}].
    left_out = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64, help_text="Over all its cells in order.")
    released_at = models.DateTimeField()
    released_by = models.CharField(max_length=150)
    # Set by a trigger: only the transaction that made a release can put tables and cells in it.
    made_in = models.BigIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["-quarter", "survey"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "quarter"], name="results_are_released_once"),
        ]

    def __str__(self) -> str:
        return f"{self.survey}, {self.quarter}"


class PublishedTable(models.Model):
    """One table of a release: a question, split by a breakdown or not, over a span of months."""

    release = models.ForeignKey(ResultsRelease, on_delete=models.PROTECT, related_name="tables")
    # "2022-Q4", or "year-to-2022-Q4" for the four quarters that end with it.
    period = models.CharField(max_length=15)
    question = models.CharField(max_length=121)
    # A breakdown that the survey declares; empty for everyone together.
    by = models.CharField(max_length=121, blank=True)
    # Everything that stands beside the table: words of question and answers, whether and by what it
    # was weighted, response rate, comparability, whether answers in it are invented.
    about = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["release", "period", "question", "by"], name="table_is_published_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question} by {self.by or 'nothing'} in {self.period}"


class PublishedCell(models.Model):
    """A number of a table as it may be told: the one thing that pages, API and files read."""

    class Status(models.TextChoices):
        PUBLISHED = "published"
        SUPPRESSED = "suppressed"

    table = models.ForeignKey(PublishedTable, on_delete=models.PROTECT, related_name="cells")
    # The code of the group, empty for everyone; "~" for those who did not say.
    group = models.CharField(max_length=60, blank=True)
    # An option's code, "net:satisfied", "~dont-know", or empty for all who answered.
    answer = models.CharField(max_length=80, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices)
    # After noise, threshold and rounding; null where it is withheld.
    n = models.PositiveBigIntegerField(null=True, blank=True)
    # Whole percentages of those who answered; null where only counts may be told.
    share = models.PositiveSmallIntegerField(null=True, blank=True)
    low = models.PositiveSmallIntegerField(null=True, blank=True)
    high = models.PositiveSmallIntegerField(null=True, blank=True)
    # "at most" or "at least" where `share` is only a limit.
    bound = models.CharField(max_length=8, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["table", "group", "answer"], name="cell_is_published_once"
            ),
            # What is withheld has no number anywhere.
            models.CheckConstraint(
                condition=~models.Q(status="suppressed")
                | models.Q(n__isnull=True, low__isnull=True, high__isnull=True),
                name="cell_suppressed_has_no_number",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group or 'everyone'}, {self.answer or 'answered'}: {self.n}"


class ReleaseRequest(models.Model):
    """That somebody asked for a quarter's results to be released, and how that went.

    Asked for by one, decided by another; the release itself is made by a worker.
    """

    class State(models.TextChoices):
        WAITING = "waiting"  # for somebody else to decide
        DECLINED = "declined"
        APPROVED = "approved"  # and being made
        RELEASED = "released"
        REFUSED = "refused"  # by the rules, for the reason in `message`

    survey = models.ForeignKey("surveys.Survey", on_delete=models.PROTECT, related_name="+")
    quarter = models.CharField(max_length=7)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    asked_at = models.DateTimeField(auto_now_add=True)
    asked_by = models.CharField(max_length=150)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=150, blank=True)
    # When a worker took it on; one that died leaves it to the next after a while.
    begun_at = models.DateTimeField(null=True, blank=True)
    message = models.TextField(blank=True, help_text="Why it was declined or refused.")

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            # Whoever asks can't be the one who approves.
            models.CheckConstraint(
                condition=models.Q(decided_by="") | ~models.Q(decided_by=models.F("asked_by")),
                name="release_decided_by_another",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by="", decided_at__isnull=True)
                | (~models.Q(decided_by="") & models.Q(decided_at__isnull=False)),
                name="release_decided_at_goes_with_by",
            ),
            # Asking twice at once would be two requests for one thing.
            models.UniqueConstraint(
                fields=["survey", "quarter"],
                condition=models.Q(state__in=["waiting", "approved"]),
                name="release_asked_for_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey}, {self.quarter}, asked for by {self.asked_by}"

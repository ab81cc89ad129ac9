"""Storing releases: two clocks, whatever the order of import."""

import hashlib
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from measures.figures.load import load_release
from measures.figures.parsed import Parsed, Remark, Row, Unreadable
from measures.models.figures import Figure, Release, Series
from surveys.models.audit import AuditEntry

pytestmark = pytest.mark.django_db

KENT, SWALE = "E23000032", "E07000113"
NOVEMBER = (date(2022, 11, 1), date(2022, 11, 30))
OCTOBER = (date(2022, 10, 1), date(2022, 10, 31))
DAY_0 = datetime(2023, 1, 1, tzinfo=UTC)


def row(category="Robbery", value=1, area=KENT, days=NOVEMBER, **more):
    return Row(area, category, *days, value=value, label=category, **more)


def load(*rows, day=0, name="file", source="police-uk", **more):
    """Loads a release of these rows, known from `day` days after the first of January."""
    return load_release(
        Parsed("Publisher", "Title", "Licence", None, tuple(rows), **more),
        source=source,
        file_name=name,
        sha256=hashlib.sha256(name.encode()).hexdigest(),
        released_at=DAY_0 + timedelta(days=day),
        actor="a test",
    )


def known_on(day, **lookup):
    """Value by area, category and first day, as known `day` days after the first of January."""
    figures = Figure.objects.filter(known__contains=DAY_0 + timedelta(days=day), **lookup)
    fields = ("series__area_id", "series__category", "starts", "value")
    return {tuple(key): value for *key, value in figures.values_list(*fields)}


def test_a_release_keeps_everything_about_its_figures():
    release = load(
        row(value=7, where="Table P1 L47", note="Late."),
        set_aside=(Remark("Table P1 L48", "holds “..”"),),
        warnings=(Remark("Kent", "short"),),
    )

    figure = Figure.objects.select_related("series").get()
    assert (figure.value, figure.label, figure.where, figure.note) == (
        7,
        "Robbery",
        "Table P1 L47",
        "Late.",
    )
    assert (figure.starts, figure.ends) == NOVEMBER
    assert (figure.known.lower, figure.known.upper) == (DAY_0, None)
    assert str(figure.series) == "Robbery in E23000032 (police-uk)"
    assert (release.taken, release.replaced) == (1, 0)
    release.refresh_from_db()
    assert release.set_aside == [{"where": "Table P1 L48", "why": "holds “..”"}]
    assert release.warnings == [{"where": "Kent", "why": "short"}]


def test_a_later_release_closes_the_earlier_figure_and_overwrites_nothing():
    load(row(value=10), row(value=3, days=OCTOBER), day=0, name="first")
    second = load(row(value=12), day=5, name="second")

    assert known_on(4)[KENT, "Robbery", NOVEMBER[0]] == 10
    assert known_on(5)[KENT, "Robbery", NOVEMBER[0]] == 12
    assert known_on(5)[KENT, "Robbery", OCTOBER[0]] == 3
    assert (second.taken, second.replaced) == (1, 1)
    assert Figure.objects.count() == 3


def test_a_figure_that_is_repeated_unchanged_is_replaced_too():
    load(row(value=10), name="first")

    assert load(row(value=10), day=5, name="second").replaced == 1
    assert Figure.objects.get(known__upper_inf=True).release.file_name == "second"


def test_a_release_that_arrives_late_stands_only_until_the_next():
    load(row(value=12), day=5, name="second")
    first = load(row(value=10), day=0, name="first")

    assert first.replaced == 0
    assert known_on(4) == {(KENT, "Robbery", NOVEMBER[0]): 10}
    assert known_on(6) == {(KENT, "Robbery", NOVEMBER[0]): 12}


def test_of_two_releases_of_the_same_moment_the_later_import_stands():
    load(row(value=10), name="first")
    second = load(row(value=12), name="second")

    assert known_on(0) == {(KENT, "Robbery", NOVEMBER[0]): 12}
    assert second.replaced == 1
    assert Figure.objects.get(value=10).known.isempty


def test_a_later_table_without_a_category_withdraws_it():
    # A robbery recorded as a theft since: no row of the copy says so, its absence does.
    load(row("Robbery", 1), row("Drugs", 5), row("Drugs", 2, area=SWALE), name="first")
    second = load(row("Drugs", 6), day=5, name="second")

    assert known_on(6) == {
        (KENT, "Drugs", NOVEMBER[0]): 6,
        # Nothing was said about this area.
        (SWALE, "Drugs", NOVEMBER[0]): 2,
    }
    assert second.replaced == 2


def test_a_later_return_speaks_only_of_its_own_lines():
    load(row("robbery", 1), row("knife", 5), name="first", source="force-return")
    second = load(row("knife", 6), day=5, name="second", source="force-return")

    assert known_on(6) == {
        (KENT, "robbery", NOVEMBER[0]): 1,
        (KENT, "knife", NOVEMBER[0]): 6,
    }
    assert second.replaced == 1


def test_sources_do_not_replace_each_other():
    load(row(value=1), name="first", source="police-uk")
    load(row(value=2), day=5, name="second", source="ons-pfa")

    assert Figure.objects.filter(known__upper_inf=True).count() == 2


def test_the_same_bytes_again_change_nothing():
    first = load(row(value=1), row("Drugs", 2))
    audited = AuditEntry.objects.count()

    again = load(row(value=1), row("Drugs", 2), day=9)

    assert again.pk == first.pk
    assert again.released_at == DAY_0
    assert (again.taken, Figure.objects.count(), Series.objects.count()) == (2, 2, 2)
    assert AuditEntry.objects.count() == audited


def test_rows_of_a_known_file_that_were_not_stored_are_added():
    load(row(value=1, area=SWALE), name="file")
    load(row(value=4), day=9, name="later")

    whole = load(row(value=1, area=SWALE), row(value=3), day=5, name="file")

    assert (whole.taken, Release.objects.count()) == (2, 2)
    # As old as the file that it stands in.
    assert known_on(0)[KENT, "Robbery", NOVEMBER[0]] == 3
    assert known_on(9)[KENT, "Robbery", NOVEMBER[0]] == 4


def test_a_known_file_that_reads_otherwise_now_is_refused():
    load(row(value=1), name="file")

    with pytest.raises(Unreadable, match="2, but the same file gave 1 when it was imported on"):
        load(row(value=2), row("Drugs", 9), name="file")

    assert Figure.objects.count() == 1


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ([row(area="E23000099", where="line 2")], "line 2: area E23000099 is not known"),
        ([row(where="line 2"), row(value=2, where="line 3")], "line 3: a second figure for the"),
        ([row(days=(NOVEMBER[1], NOVEMBER[0]))], "the period ends before it starts"),
        ([row(note="x" * 501)], "note: expected at most 500 characters"),
        ([row(value=10**12)], "1000000000000: expected at most 12 digits"),
        ([row(), row(value=2)], "file: Robbery in E23000032, 2022-11-01 to 2022-11-30: a second"),
    ],
)
def test_rows_that_cannot_be_stored_are_refused_and_nothing_is(rows, problem):
    with pytest.raises(Unreadable, match=problem):
        load(row("Drugs"), *rows)

    assert not Release.objects.exists()


def test_a_title_that_is_too_long_is_refused():
    parsed = Parsed("Publisher", "x" * 301, "Licence", None, (row(),))

    with pytest.raises(Unreadable, match="file: title: expected at most 300 characters"):
        load_release(
            parsed,
            source="police-uk",
            file_name="file",
            sha256="a" * 64,
            released_at=DAY_0,
            actor="a test",
        )


def test_an_import_is_audited():
    release = load(row())

    entry = AuditEntry.objects.get(action="import figures")
    assert (entry.actor, entry.subject) == ("a test", "police-uk: file")
    assert entry.detail["sha256"] == release.sha256
    assert (entry.detail["added"], entry.detail["replaced"]) == (1, 0)


def test_a_first_import_is_planned_for_what_it_adds():
    # Without statistics of its own rows, a first import of 1,288 figures took eleven minutes.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE measures_figure")
        assert _rows_as_planned(cursor) == 0
        load(*(row(value=day, days=(date(2022, 1, day),) * 2) for day in range(1, 31)))
        assert _rows_as_planned(cursor) == 30


def _rows_as_planned(cursor):
    cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'measures_figure'")
    return cursor.fetchone()[0]


def test_the_database_itself_refuses_two_truths():
    load(row(value=1), name="first")
    load(row(value=2), day=5, name="second")

    with pytest.raises(IntegrityError, match="one_truth"), transaction.atomic():
        Figure.objects.filter(value=1).update(known=(DAY_0, None))


CATEGORIES = ("Drugs", "Robbery", "Shoplifting")
RELEASES = st.lists(
    st.tuples(
        st.integers(0, 4),  # day of release: few, so that some share it
        st.dictionaries(
            st.tuples(st.sampled_from(CATEGORIES), st.sampled_from([NOVEMBER, OCTOBER])),
            st.integers(0, 99),
            min_size=1,
        ),
    ),
    min_size=1,
    max_size=5,
)


@pytest.mark.parametrize("source", ["police-uk", "force-return"])
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(releases=RELEASES)
def test_what_is_known_on_a_day_follows_from_the_dates_of_release(source, releases):
    """Against the slow and obvious answer: read the releases up to that day, oldest first."""
    with transaction.atomic():
        for number, (day, values) in enumerate(releases):
            rows = [row(category, value, days=days) for (category, days), value in values.items()]
            load(*rows, day=day, name=f"release {number}", source=source)
        for day in range(5):
            assert known_on(day) == _slowly_known_on(day, releases, source=source)
        transaction.set_rollback(True)


def _slowly_known_on(day, releases, *, source):
    known = {}
    # sorted keeps the order of import where the day of release is the same.
    for released, values in sorted(releases, key=lambda release: release[0]):
        if released > day:
            break
        if source == "police-uk":  # a whole table: all that was said of its days is replaced
            told = {days[0] for _, days in values}
            known = {key: value for key, value in known.items() if key[2] not in told}
        known |= {(KENT, category, days[0]): value for (category, days), value in values.items()}
    return known


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_the_order_of_import_does_not_matter(data):
    releases = data.draw(
        st.lists(
            st.tuples(
                st.integers(0, 9),
                st.dictionaries(st.sampled_from(CATEGORIES), st.integers(0, 99), min_size=1),
            ),
            min_size=2,
            max_size=5,
            unique_by=lambda release: release[0],  # on one day the order of import decides
        )
    )
    answers = []
    for order in (releases, data.draw(st.permutations(releases))):
        with transaction.atomic():
            for day, values in order:
                rows = [row(category, value) for category, value in values.items()]
                load(*rows, day=day, name=f"of day {day}")
            answers.append([known_on(day) for day in range(10)])
            transaction.set_rollback(True)

    assert answers[0] == answers[1]

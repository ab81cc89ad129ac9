"""`manage.py import_figures`: what it prints, stores and refuses."""

import gzip
import io
from datetime import UTC, date, datetime

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from measures.figures.importing import holdings
from measures.models.figures import Figure, Release
from tests.measures.figures.test_ons_pfa import NEW_SHEETS
from tests.measures.figures.test_police_uk import row, street_file
from tests.measures.figures.workbook_files import workbook

pytestmark = pytest.mark.django_db

KENT = "E23000032"


def run(*files, source, **options):
    """What the command prints."""
    out = io.StringIO()
    call_command("import_figures", *map(str, files), source=source, stdout=out, **options)
    return out.getvalue()


def refused(*files, source, **options):
    """The lines that the command prints on standard error before it ends with code 2."""
    errors = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("import_figures", *map(str, files), source=source, stderr=errors, **options)
    assert ended.value.code == 2
    assert not Release.objects.exists()
    return errors.getvalue().splitlines()


@pytest.fixture
def street(tmp_path):
    """Writes a street file of Kent for a month with so many crimes."""

    def write(month, crimes, name=None):
        path = tmp_path / f"{name or month}-kent-street.csv"
        path.write_bytes(street_file(*[row(month=month)] * crimes))
        return path

    return write


def test_it_says_what_it_took_replaced_and_set_aside(tmp_path):
    path = tmp_path / "tables.xlsx"
    path.write_bytes(workbook(NEW_SHEETS))

    assert run(path, source="ons-pfa").splitlines() == [
        "tables.xlsx: 5 figures taken, 0 replaced, 1 set aside; "
        "released 2023-07-20 (as the file says)",
        "  set aside: Table P1 D9: British Transport Police, Robbery: holds “[x]”",
        "The store holds of ons-pfa: 5 figures, 5 of them standing; series: 5; periods: 1, "
        "from 2022-04-01 to 2023-03-31",
    ]


def test_only_20_set_aside_cells_are_listed(tmp_path):
    sheet = NEW_SHEETS["Table P1"]
    header = [*sheet[5], *(f"Offence {chr(ord('A') + n)}" for n in range(22))]
    path = tmp_path / "tables.xlsx"
    rows = [*sheet[:5], header, [KENT, "Kent", 1, *["-"] * 23]]
    path.write_bytes(workbook({"Table P1": rows}))

    printed = run(path, source="ons-pfa").splitlines()

    assert len([line for line in printed if line.startswith("  set aside: Table P1")]) == 20
    assert "  set aside: and 3 more" in printed


def test_twice_the_same_file_gives_the_same_totals(street):
    path = street("2022-01", 3)
    first = run(path, source="police-uk", released="2022-07-10").splitlines()
    second = run(path, source="police-uk", released="2023-01-29").splitlines()

    assert second[-1] == first[-1]
    today = f"{timezone.localtime():%-d %B %Y}"
    assert second[0] == (
        f"2022-01-kent-street.csv: already known, as imported on {today}; nothing changed"
    )
    assert Release.objects.get().released_at == datetime(2022, 7, 9, 23, tzinfo=UTC)


def test_a_later_copy_replaces_a_month_and_both_are_kept(street):
    run(street("2022-01", 3, name="a"), source="police-uk", released="2022-07-10")
    printed = run(street("2022-01", 4, name="b"), source="police-uk", released="2023-01-29")

    # Kent and its 13 districts.
    assert "b-kent-street.csv: 14 figures taken, 14 replaced, 0 set aside" in printed
    standing = Figure.objects.get(series__area=KENT, known__upper_inf=True)
    assert (standing.value, standing.release.file_name) == (4, "b-kent-street.csv")
    assert Figure.objects.filter(series__area=KENT).count() == 2


def test_a_folder_stands_for_its_street_files(tmp_path, street):
    street("2022-02", 3)
    street("2022-01", 3)
    (tmp_path / "2022-01-kent-outcomes.csv").write_text("not read")
    deeper = tmp_path / "2022-03"
    deeper.mkdir()
    packed = deeper / "2022-03-kent-street.csv.gz"
    packed.write_bytes(gzip.compress(street_file(row(month="2022-03"))))

    run(tmp_path, source="police-uk")

    names = Release.objects.order_by("id").values_list("file_name", flat=True)
    assert list(names) == [
        "2022-01-kent-street.csv",
        "2022-02-kent-street.csv",
        "2022-03-kent-street.csv.gz",
    ]


def test_without_a_date_figures_are_known_from_the_moment_of_import(street):
    before = timezone.now()
    printed = run(street("2022-01", 3), source="police-uk")

    assert "(the moment of import, since the file gives no date)" in printed
    assert before <= Release.objects.get().released_at <= timezone.now()


def test_the_date_that_a_file_gives_goes_before_the_one_given(tmp_path):
    path = tmp_path / "tables.xlsx"
    path.write_bytes(workbook(NEW_SHEETS))

    printed = run(path, source="ons-pfa", released="2024-01-01")

    assert "released 2023-07-20 (as the file says, not as given)" in printed


def test_nothing_is_printed_when_asked_to_be_silent(street):
    assert run(street("2022-01", 1), source="police-uk", verbosity=0) == ""


def test_a_month_far_below_its_neighbours_is_told_with_its_file(street):
    printed = run(street("2022-01", 100), street("2022-02", 79), source="police-uk")

    assert (
        "  warning: Kent 2022-02: 79 crimes without anti-social behaviour, 79% of the median of "
        "1 other stored month within six months: it may be incomplete"
    ) in printed
    assert Release.objects.get(file_name__startswith="2022-02").warnings[-1]["where"] == (
        "Kent 2022-02"
    )


def test_a_short_month_is_told_when_its_neighbour_arrives_later(street):
    run(street("2022-02", 79), source="police-uk")
    printed = run(street("2022-01", 100), source="police-uk")

    assert "An earlier month: Kent 2022-02: 79 crimes" in printed


@pytest.mark.parametrize("other_month", ["2022-02", "2023-02"])
def test_a_month_at_four_fifths_or_far_away_in_time_is_not_told(street, other_month):
    crimes = 80 if other_month == "2022-02" else 1
    printed = run(street("2022-01", 100), street(other_month, crimes), source="police-uk")

    assert "may be incomplete" not in printed


def test_one_bad_file_of_several_refuses_all_and_tells_all(tmp_path, street):
    bad = tmp_path / "b.csv"
    bad.write_text("Month,Type\n")
    cut = tmp_path / "c.csv.gz"
    cut.write_bytes(gzip.compress(street_file(row()))[:-9])

    errors = refused(street("2022-01", 3), bad, cut, tmp_path / "gone", source="police-uk")

    assert [line.split(": ")[0] for line in errors] == [
        "b.csv",
        "c.csv.gz",
        str(tmp_path / "gone"),
    ]
    assert errors[0].startswith("b.csv: line 1: missing columns Crime ID, Reported by")
    assert errors[1] == "c.csv.gz: a gzip file that is cut short or damaged"


def test_a_folder_without_files_of_the_source_is_refused(tmp_path):
    assert refused(tmp_path, source="police-uk") == [
        f"{tmp_path}: expected files that end in -street.csv or -street.csv.gz"
    ]


@pytest.mark.parametrize(
    ("released", "problem"),
    [
        ("yesterday", "--released yesterday: expected a day such as 2022-07-10"),
        ("2022-02-30", "--released 2022-02-30: expected a day such as 2022-07-10"),
        ("2999-01-01", "--released 1 January 2999: expected a day that is not to come"),
        (
            "2022-01-31",
            "2022-01-kent-street.csv: released on 31 January 2022, as given: "
            "expected a day after 31 January 2022, the last that its figures are about",
        ),
    ],
)
def test_an_impossible_release_date_is_refused(street, released, problem):
    assert refused(street("2022-01", 3), source="police-uk", released=released) == [problem]


def test_a_file_that_says_it_is_of_days_to_come_is_refused(tmp_path):
    path = tmp_path / "tables.xlsx"
    path.write_bytes(workbook({**NEW_SHEETS, "Cover sheet": [["Release date", "20 July 2923"]]}))

    assert refused(path, source="ons-pfa") == [
        "tables.xlsx: released on 20 July 2923, as the file says: "
        "expected a day that is not to come"
    ]


def test_a_source_that_does_not_exist_is_refused(street):
    with pytest.raises(CommandError, match="invalid choice: 'gossip'"):
        run(street("2022-01", 3), source="gossip")


@pytest.mark.shared_data
def test_the_real_files_of_kent_and_ons_come_in_together(shared_data):
    run(shared_data / "ons-recorded-crime", source="ons-pfa")
    kent = shared_data / "police-uk/kent"
    run(kent / "copy-2023-01", source="police-uk", released="2023-01-29")
    # The earlier copy arrives later, which must not matter.
    printed = run(kent / "copy-2022-07", source="police-uk", released="2022-07-10")

    held = holdings("police-uk")
    assert (held.figures, held.standing, held.series, held.periods) == (
        18 * 196,
        15 * 196,
        196,
        15,
    )
    assert (held.first, held.last) == (date(2021, 3, 1), date(2022, 5, 31))
    assert "2022-01-kent-street.csv.gz: 196 figures taken, 0 replaced" in printed
    january = Figure.objects.get(
        series__source="police-uk",
        series__area=KENT,
        series__category="Robbery",
        starts="2022-01-01",
        known__upper_inf=True,
    )
    assert january.release.released_at.date() == date(2023, 1, 29)
    assert holdings("ons-pfa").figures == 5 * 56 * 23


@pytest.mark.shared_data
def test_november_2018_of_the_copy_of_december_2021_is_told_as_short(shared_data):
    printed = run(shared_data / "police-uk/kent/copy-2021-12", source="police-uk")

    assert "Kent 2018-11: 11,690 crimes without anti-social behaviour, 67% of the" in printed

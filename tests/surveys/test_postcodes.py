"""Taking postcodes from the files of those who publish them: all or none, and twice is once."""

import gzip

import pytest
from django.core.management import call_command

from surveys.models.audit import AuditEntry
from surveys.models.places import Postcode

pytestmark = pytest.mark.django_db
CODE_POINT = (
    '"CT1 1AA",10,615877,158502,"E92000001","E19000002","E18000008","E10000016",'
    '"E07000106","E05004916"\r\n'
    '"CT101AB",10,616698,159398,"E92000001","E19000002","E18000008","E10000016",'
    '"E07000114","E05005086"\r\n'
)
DIRECTORY = (
    "pcd,pcds,dointr,oslaua,osward\n"
    "CT1 1AA,CT1 1AA,198001,E07000106,E05009407\n"
    "AB1 0AA,AB1 0AA,198001,S12000033,S13002843\n"
    "JE2 3AB,JE2 3AB,198001,L99999999,L99999999\n"
    "GIR0AA,GIR 0AA,198001,,\n"
)


def take(*files, capsys):
    call_command("import_postcodes", *files)
    return capsys.readouterr().out


def refused(*files, capsys):
    with pytest.raises(SystemExit) as ended:
        call_command("import_postcodes", *files)
    assert ended.value.code == 2
    assert not Postcode.objects.exists()
    return capsys.readouterr().err.splitlines()


def written(path, text, *, encoding="utf-8"):
    path.write_text(text, encoding=encoding, newline="")
    return path


def test_code_point_open_has_no_header(tmp_path, capsys):
    file = written(tmp_path / "ct.csv", CODE_POINT)
    assert take(file, capsys=capsys).startswith("2 postcodes new or moved, 0 as known")
    assert Postcode.objects.get(code="CT11AA").district == "E07000106"
    assert Postcode.objects.get(code="CT101AB").ward == "E05005086"
    assert str(Postcode.objects.get(code="CT101AB")) == "CT10 1AB"


def test_directory_has_a_header(tmp_path, capsys):
    out = take(written(tmp_path / "onspd.csv", DIRECTORY, encoding="utf-8-sig"), capsys=capsys)
    assert out == "3 postcodes new or moved, 0 as known, 1 left out that lie in no district\n"
    assert Postcode.objects.get(code="AB10AA").district == "S12000033"


def test_names_of_columns_change_with_the_year(tmp_path, capsys):
    text = "pcd7,lad25cd,wd25cd\nCT1 1AA,E07000106,E05009407\n"
    take(written(tmp_path / "onspd.csv", text), capsys=capsys)
    assert Postcode.objects.get().ward == "E05009407"


def test_taking_a_file_twice_changes_nothing(tmp_path, capsys):
    file = tmp_path / "ct.csv.gz"
    file.write_bytes(gzip.compress(CODE_POINT.encode()))
    take(file, capsys=capsys)
    told = take(file, capsys=capsys)
    assert told.startswith("0 postcodes new or moved, 2 as known")
    assert AuditEntry.objects.filter(action="import postcodes").count() == 1


def test_a_later_file_counts(tmp_path, capsys):
    files = [written(tmp_path / "ct.csv", CODE_POINT), written(tmp_path / "new.csv", DIRECTORY)]
    files[1].write_text(DIRECTORY.splitlines()[0] + "\n" + DIRECTORY.splitlines()[1])
    take(*files, capsys=capsys)
    assert Postcode.objects.get(code="CT11AA").ward == "E05009407"
    assert Postcode.objects.count() == 2


def test_bad_lines_are_told_by_file_and_line_and_nothing_is_written(tmp_path, capsys):
    good = written(tmp_path / "ct.csv", CODE_POINT)
    bad = written(
        tmp_path / "bad.csv",
        "pcds,oslaua,osward\n"
        "CT1 1AA,E07000106,E05009407\n"
        "nowhere,E07000106,E05009407\n"
        "CT1 1AB,Canterbury,E05009407\n"
        "CT1 1AC,E07000106\n",
    )
    assert refused(good, bad, capsys=capsys) == [
        f"{bad}: line 3: expected a postcode, found 'nowhere'",
        f"{bad}: line 4: expected an area code such as E07000106, found 'Canterbury'",
        f"{bad}: line 5: expected 3 cells, found 2",
    ]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "is empty: expected postcodes"),
        (b"name,age\nAna,3\n", "line 1: expected the 10 columns of Code-Point Open, or a header"),
        (b"pcds,oslaua,osward\nCT1 1AA,\xff,E05009407\n", "can't be read"),
        (b'pcds,oslaua,osward\nCT1 1AA,"E07000106,E05009407\n', "can't be read"),
        (b"pcds,oslaua,osward\nCT1 1AA,E07000106,E0500\x009407\n", "expected an area code"),
    ],
)
def test_unreadable_file_is_told(tmp_path, capsys, content, problem):
    file = tmp_path / "file.csv"
    file.write_bytes(content)
    (told,) = refused(file, capsys=capsys)
    assert told.startswith(f"{file}: ")
    assert problem in told


def test_file_that_is_not_there_or_not_gzip_is_told(tmp_path, capsys):
    fake = written(tmp_path / "fake.csv.gz", CODE_POINT)
    told = refused(tmp_path / "gone.csv", fake, tmp_path, capsys=capsys)
    assert len(told) == 3
    assert "gone.csv" in told[0]


def test_only_the_first_problems_are_told(tmp_path, capsys):
    lines = "\n".join(f"wrong{n},E07000106,E05009407" for n in range(50))
    told = refused(written(tmp_path / "bad.csv", f"pcds,oslaua,osward\n{lines}\n"), capsys=capsys)
    assert len(told) == 21
    assert told[-1] == "and 30 more problems"


@pytest.mark.shared_data
def test_real_files_of_kent(shared_data, capsys):
    folder = shared_data / "geography" / "codepoint-open-2014"
    told = take(folder / "ct.csv.gz", folder / "me.csv.gz", capsys=capsys)
    assert told.startswith("30,6")
    assert Postcode.objects.get(code="CT11AA").district == "E07000106"

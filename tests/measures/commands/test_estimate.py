"""estimate, as somebody types it to check the engine against another package."""

import csv
import json
from pathlib import Path

import pytest
from django.core.management import call_command

KEYS = ["by", "estimate", "se", "low", "high", "n", "df", "deff"]
# A stratified sample of two from 10 and three from 30, one answer missing.
RECORDS = [
    ("area", "y", "z", "said", "w", "of", "sex"),
    ("N", "1", "2", "yes", "5", "10", "f"),
    ("N", "3", "2", "no", "5", "10", "m"),
    ("S", "2", "1", "yes", "10", "30", "f"),
    ("S", "6", "4", "yes", "10", "30", "f"),
    ("S", "7", "5", "", "10", "30", "m"),
]


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def file(folder) -> str:
    write(folder / "records.csv", RECORDS)
    write(folder / "sex.csv", [("value", "total"), ("f", "18"), ("m", "22")])
    write(folder / "area.csv", [("value", "total"), ("N", "16"), ("S", "24")])
    return "records.csv"


def write(path: Path, lines: list[tuple[str, ...]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows(lines)


def run(capsys, *arguments: str) -> tuple[int, list[dict], str]:
    """The exit code, the objects printed, and what was said on standard error."""
    code = 0
    try:
        call_command("estimate", *arguments)
    except SystemExit as exit_:
        code = int(exit_.code or 0)
    printed = capsys.readouterr()
    return code, [json.loads(line) for line in printed.out.splitlines()], printed.err


DESIGN = ("--strata", "area", "--weights", "w", "--fpc", "of")


def test_a_mean_by_arithmetic(capsys, file) -> None:
    """(10·2 + 30·5)/40 = 4.25; variance (10/40)²·(1 - 2/10)·2/2 + (30/40)²·(1 - 3/30)·7/3."""
    code, (line,), _ = run(capsys, file, "--mean", "y", *DESIGN)

    se = (1 / 16 * 0.8 + 9 / 16 * 0.9 * 7 / 3) ** 0.5
    assert code == 0
    assert list(line) == KEYS
    assert line["by"] is None
    assert (line["estimate"], line["se"]) == (pytest.approx(4.25), pytest.approx(se))
    assert (line["n"], line["df"]) == (5, 3)
    # Student's percentile for 3 degrees of freedom.
    assert line["low"] == pytest.approx(4.25 - 3.18244630528 * se)
    assert line["high"] == pytest.approx(4.25 + 3.18244630528 * se)


def test_a_total_a_ratio_and_a_count(capsys, file) -> None:
    _, (total,), _ = run(capsys, file, "--total", "y", *DESIGN)
    _, (ratio,), _ = run(capsys, file, "--ratio", "y/z", *DESIGN)
    _, (count,), _ = run(capsys, file, "--total", "sex=f", *DESIGN)

    assert total["estimate"] == pytest.approx(170)
    assert ratio["estimate"] == pytest.approx(170 / 120)
    assert count["estimate"] == pytest.approx(25)


def test_who_did_not_answer_is_left_out_of_a_share(capsys, file) -> None:
    _, (line,), _ = run(capsys, file, "--share", "said=yes", *DESIGN)

    assert line["estimate"] == pytest.approx(25 / 30)
    assert (line["n"], line["df"]) == (4, 3)


def test_groups_are_told_in_order(capsys, file) -> None:
    _, lines, _ = run(capsys, file, "--mean", "y", "--by", "sex", *DESIGN)
    _, both, _ = run(capsys, file, "--mean", "y", "--by", "sex+area", *DESIGN)

    assert [(line["by"], line["n"]) for line in lines] == [("f", 3), ("m", 2)]
    assert lines[0]["estimate"] == pytest.approx((5 * 1 + 10 * 2 + 10 * 6) / 25)
    assert [line["by"] for line in both] == ["f.N", "m.N", "f.S", "m.S"]


def test_records_without_a_group_are_in_none(capsys, file) -> None:
    _, lines, _ = run(capsys, file, "--mean", "y", "--by", "said", *DESIGN)

    assert [(line["by"], line["n"]) for line in lines] == [("no", 1), ("yes", 3)]


def test_a_column_of_words_has_a_line_for_each(capsys, file) -> None:
    _, lines, _ = run(capsys, file, "--mean", "said", *DESIGN)

    assert [line["value"] for line in lines] == ["no", "yes"]
    assert sum(line["estimate"] for line in lines) == pytest.approx(1)


def test_without_weights_a_correction_gives_them(capsys, file) -> None:
    _, (by_fpc,), _ = run(capsys, file, "--mean", "y", "--strata", "area", "--fpc", "of")
    _, (by_weight,), _ = run(capsys, file, "--mean", "y", *DESIGN)
    _, (plain,), _ = run(capsys, file, "--mean", "y")

    assert by_fpc == pytest.approx(by_weight)
    assert plain["estimate"] == pytest.approx(19 / 5)
    assert plain["deff"] == pytest.approx(1)


def test_weights_fit_the_margins(capsys, file) -> None:
    _, (sex,), _ = run(capsys, file, "--total", "sex=f", *DESIGN, "--poststratify", "sex=sex.csv")
    raked = ["--rake", "sex=sex.csv", "--rake", "area=area.csv"]
    _, (area,), _ = run(capsys, file, "--total", "area=N", *DESIGN, *raked)

    assert (sex["estimate"], sex["se"]) == (pytest.approx(18), pytest.approx(0, abs=1e-12))
    assert (area["estimate"], area["se"]) == (pytest.approx(16), pytest.approx(0, abs=1e-4))


def test_intervals_of_a_share(capsys, file) -> None:
    asked = [file, "--share", "said=yes", *DESIGN, "--interval"]
    _, (wilson,), _ = run(capsys, *asked, "wilson")
    _, (logit,), _ = run(capsys, *asked, "logit")
    _, (normal,), _ = run(capsys, *asked, "normal")

    for line in (wilson, logit):
        assert 0 < line["low"] < line["estimate"] < line["high"] < 1
        assert (line["estimate"], line["se"]) == (normal["estimate"], normal["se"])
    assert normal["high"] > 1


def test_a_share_of_everybody_has_a_wilson_interval_and_no_log_odds(capsys, file) -> None:
    asked = [file, "--share", "sex=f", "--by", "said", "--interval"]
    _, (_, wilson), _ = run(capsys, *asked, "wilson")
    _, (_, logit), _ = run(capsys, *asked, "logit")

    assert (wilson["estimate"], wilson["high"]) == (1, 1)
    assert 0 < wilson["low"] < 1
    assert (logit["low"], logit["high"]) == (None, None)


def test_what_cannot_be_known_is_null(capsys, file) -> None:
    """One record in a group has an estimate and a design effect of nothing."""
    _, (no, _), _ = run(capsys, file, "--mean", "y", "--by", "said")

    assert (no["n"], no["deff"]) == (1, None)
    assert no["estimate"] == 3


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--mean", "nope"], ["records.csv: there is no column 'nope'; it has area, y,"]),
        (["--share", "said"], ["'said': expected COLUMN=…"]),
        (["--share", "said=maybe"], ["no record has said 'maybe'; it has no, yes"]),
        (["--ratio", "y"], ["'y': expected COLUMN/…"]),
        (["--ratio", "y/said"], ["line 2: said is 'yes', expected a number"]),
        (["--mean", "y", "--weights", "said"], ["line 2: said is 'yes', expected a number"]),
        (["--mean", "y", "--strata", "said"], ["line 6: said is nothing, expected a value in"]),
        (["--mean", "y", "--by", "nope"], ["no column 'nope'"]),
        (["--mean", "y", "--weights", "a", "--psu", "b"], ["no column 'a'", "no column 'b'"]),
        (
            ["--mean", "y", "--psu", "area", "--strata", "area"],
            ["stratum 'N' of area has only one"],
        ),
        (["--mean", "y", "--fpc", "z"], ["records.csv: fpc must be the same throughout"]),
        (["--mean", "y", "--interval", "wilson"], ["--interval wilson is for shares: y is none"]),
        (["--mean", "y", "--rake", "sex=none.csv"], ["none.csv: there is no such file"]),
        (["--mean", "y", "--rake", "said=sex.csv"], ["line 6: said is nothing"]),
        (
            ["--mean", "y", "--rake", "area=sex.csv"],
            ["area 'N' has no total", "area 'S' has no", "no record has area 'f'", "area 'm', w"],
        ),
        (
            ["--mean", "y", "--rake", "sex=sex.csv", "--rake", "area=half.csv"],
            ["the margins' totals disagree: they add up to 40, 20"],
        ),
    ],
)
def test_bad_input_is_one_line_a_problem(capsys, folder, file, arguments, says) -> None:
    write(folder / "half.csv", [("value", "total"), ("N", "8"), ("S", "12")])

    code, printed, problems = run(capsys, file, *arguments)

    assert (code, printed) == (2, [])
    assert len(problems.splitlines()) == len(says)
    for problem, expected in zip(problems.splitlines(), says, strict=True):
        assert expected in problem


@pytest.mark.shared_data
def test_the_example_of_the_documents(capsys, shared_data, folder) -> None:
    """docs/statistics.md prints this line; R survey 4.1-1 gives 641.230321, 23.703617."""
    write(folder / "stype.csv", [("value", "total"), ("E", "4421"), ("H", "755"), ("M", "1018")])
    write(folder / "wide.csv", [("value", "total"), ("No", "1072"), ("Yes", "5122")])
    file = str(shared_data / "surveys" / "apiclus1.csv")

    _, (line,), _ = run(
        capsys, file, "--mean", "api00", "--psu", "dnum", "--weights", "pw", "--fpc", "fpc",
        "--rake", "stype=stype.csv", "--rake", "sch.wide=wide.csv",
    )  # fmt: skip

    assert line["estimate"] == pytest.approx(641.2303209268, rel=1e-6)
    assert line["se"] == pytest.approx(23.703616887929, rel=1e-4)


@pytest.mark.parametrize("interval", ["wilson", "logit"])
def test_share_of_all_of_a_group_is_one_whatever_the_weights_add_up_to(tmp_path, capsys, interval):
    rows = [f"{'yes' if n % 7 else 'no'},{'a' if n % 7 else 'b'},{0.1 + n / 3}" for n in range(60)]
    file = tmp_path / "answers.csv"
    file.write_text("\n".join(["said,group,weight", *rows]))
    call_command(
        "estimate",
        str(file),
        share="said=yes",
        by=["group"],
        weights="weight",
        interval=interval,
    )
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["estimate"] for line in lines] == [1.0, 0.0]


def test_endless_number_is_refused_by_its_line(tmp_path, capsys):
    file = tmp_path / "answers.csv"
    file.write_text("a\n1\ninf\n2\n")
    with pytest.raises(SystemExit) as stopped:
        call_command("estimate", str(file), mean="a")
    assert stopped.value.code == 2
    assert "line 3" in capsys.readouterr().err

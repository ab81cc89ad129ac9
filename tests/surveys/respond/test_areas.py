"""From what somebody types to one of the areas that a question lists, and nothing finer."""

import logging
from datetime import date

import pytest

from surveys.definitions.journey import Stop
from surveys.models.places import Place, Postcode, load_places
from surveys.questions.place import PlaceQuestion
from surveys.questions.wrong import WrongAnswerError
from surveys.respond.areas import find_area
from surveys.respond.forms import errors_of, fields_of, read_page
from tests.surveys.respond.test_forms import DEFINITION, page_with, say

pytestmark = pytest.mark.django_db
ASHFORD, CANTERBURY, FOLKESTONE = "E07000105", "E07000106", "E07000112"
DISTRICT = DEFINITION.by_name["district"]


@pytest.fixture(autouse=True)
def places():
    load_places()
    Postcode.objects.bulk_create(
        Postcode(code=code, ward=ward, district=district)
        for code, ward, district in [
            ("CT11AA", "E05004916", CANTERBURY),
            ("CT12BB", "E05004917", CANTERBURY),
            ("CT101AA", "E05005000", ASHFORD),
            ("TN231AA", "E05004800", ASHFORD),
            ("TN232BB", "E05004950", FOLKESTONE),
            ("SW1A1AA", "E05000644", "E09000033"),
        ]
    )


def question(codes, **more):
    options = [{"code": code, "label": {"en": f"Area {code}"}} for code in codes]
    return PlaceQuestion(name="home", kind="place", ask={"en": "Where?"}, options=options, **more)


@pytest.mark.parametrize(
    ("typed", "area"),
    [
        ("CT1 1AA", CANTERBURY),
        ("ct11aa", CANTERBURY),
        ("  C t1  1aA ", CANTERBURY),
        # CT1 and not CT10, all of it in one district.
        ("CT1", CANTERBURY),
        ("SW1A 1AA", "elsewhere"),
        ("Canterbury", CANTERBURY),
        ("folkestone & hythe", FOLKESTONE),
        # The name that publishers used until 2018.
        ("Shepway", FOLKESTONE),
        ("somewhere else", "elsewhere"),
        ("Essex Police", "elsewhere"),
    ],
)
def test_place_leads_to_its_area(typed, area):
    assert find_area(typed, DISTRICT) == area


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("CT1 9ZZ", "unknown-place"),
        ("TN23", "wide-place"),
        ("Kent", "wide-place"),
        ("England", "wide-place"),
        ("Atlantis", "unknown-place"),
        ("12 High Street, Canterbury", "unknown-place"),
        ("x" * 5000, "unknown-place"),
        ("\x00", "unknown-place"),
        ("%", "unknown-place"),
    ],
)
def test_place_that_leads_to_no_one_area_leads_to_the_list(typed, reason):
    with pytest.raises(WrongAnswerError) as error:
        find_area(typed, DISTRICT)
    assert error.value.reason == reason
    assert "list beneath" in error.value.message("en")


def test_place_outside_is_told_where_the_list_has_no_elsewhere():
    with pytest.raises(WrongAnswerError) as error:
        find_area("SW1A 1AA", question([ASHFORD, CANTERBURY]))
    assert error.value.reason == "outside-place"


def test_areas_may_be_wards():
    wards = question(["E05004916", "E05004917"])
    assert find_area("CT1 1AA", wards) == "E05004916"
    for typed in ("CT1", "Canterbury"):
        with pytest.raises(WrongAnswerError) as error:
            find_area(typed, wards)
        assert error.value.reason == "wide-place"


def test_areas_may_be_forces():
    kent = Place.objects.get(code=CANTERBURY).parent_id
    assert find_area("CT1 1AA", question([kent])) == kent
    assert find_area("Medway", question([kent])) == kent


def test_name_of_two_areas_is_left_to_the_list():
    Place.objects.create(code="E07000999", name="Canterbury", kind="district")
    with pytest.raises(WrongAnswerError) as error:
        find_area("canterbury", question([CANTERBURY, "E07000999"]))
    assert error.value.reason == "wide-place"


def read(**form):
    named = {f"district{key and '.' + key}": [value] for key, value in form.items()}
    return read_page(
        DEFINITION,
        page_with("district"),
        {name.replace("district.chosen", "district"): value for name, value in named.items()},
        today=date(2022, 11, 30),
    )


def test_only_the_area_is_an_answer(caplog):
    caplog.set_level(logging.DEBUG)
    page = read(typed="CT1 1AA", chosen="")
    assert page.answers == {"district": CANTERBURY}
    assert "CT1" not in repr(page)
    assert "1AA" not in "".join(r.getMessage() for r in caplog.records if r.name[:6] != "django")


def test_list_stands_in_for_what_is_not_known():
    assert read(typed="Atlantis", chosen=ASHFORD).answers == {"district": ASHFORD}


def test_typed_and_chosen_must_agree():
    assert read(typed="CT1 1AA", chosen=CANTERBURY).answers == {"district": CANTERBURY}
    assert read(typed="CT1 1AA", chosen=ASHFORD).wrong["district"].reason == "two-places"


def test_typed_place_and_withheld_answer_exclude_each_other():
    wrong = read(typed="CT1 1AA", missing="prefer-not-to-say").wrong["district"]
    assert wrong.message("en") == "Give an answer or select “Prefer not to say”, not both"
    unknown = read(typed="Atlantis", missing="prefer-not-to-say").wrong["district"]
    assert unknown.reason == "missing-and-answer"


def test_error_leads_to_the_list():
    stop = page_with("district")
    (error,) = errors_of(stop, read(typed="Atlantis").wrong, say=say, language="en")
    assert error["id"] == "district.list"
    assert "Atlantis" not in error["message"]


@pytest.mark.parametrize(
    ("form", "typed", "chosen"),
    [
        # As given before: typing another name is enough to change it.
        ({"district": [CANTERBURY]}, "Canterbury", []),
        ({"district": ["elsewhere"]}, "", ["elsewhere"]),
        # As just sent: what was chosen and typed stays where it was.
        ({"district": [CANTERBURY], "district.typed": ["x"]}, "x", [CANTERBURY]),
    ],
)
def test_page_shows_the_place_as_given(form, typed, chosen):
    (field,) = fields_of(page_with("district"), form, {}, say=say, language="en", seed=None)
    assert field["value"] == typed
    assert [option["value"] for option in field["options"] if option["checked"]] == chosen


def test_area_whose_name_does_not_lead_back_to_it_stays_chosen_in_the_list():
    home = question([ASHFORD, CANTERBURY])
    twins = tuple(option.model_copy(update={"label": {"en": "Here"}}) for option in home.options)
    stop = Stop(1, (home.model_copy(update={"options": twins}),))
    (field,) = fields_of(stop, {"home": [CANTERBURY]}, {}, say=say, language="en", seed=None)
    assert field["value"] == ""
    assert [option["value"] for option in field["options"] if option["checked"]] == [CANTERBURY]

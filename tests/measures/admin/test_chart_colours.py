"""The colours of the desk's charts: those of the theme by day, and readable in the dark too."""

import re

import pytest
from django.conf import settings

from measures.publications.charts.theme import THEME

SCSS = settings.BASE_DIR / "static" / "scss"
HEX = re.compile(r"#[0-9a-f]{6}")
PLAIN = ("ink", "slate", "teal", "line", "paper", "amber", "red")


def palette(name: str) -> dict[str, str]:
    """`$light` or `$dark` of the stylesheets, with the colours of scales from `light-charts`."""
    face = (SCSS / "_face.scss").read_text()
    block = face.split(f"${name}: (")[1].split(");")[0]
    colours = dict(re.findall(r'"([a-z-]+)": (#[0-9a-f]{6})', block))
    results = (SCSS / "_desk_results.scss").read_text()
    scale = HEX.findall(results.split(f"@mixin {name}-charts {{")[1].split("}")[0])
    names = ["middle", *(f"{side}-{n}" for side in ("better", "worse") for n in (1, 2, 3))]
    return {one: colours[one] for one in PLAIN} | dict(zip(names, scale, strict=True))


def contrast(one: str, other: str) -> float:
    """The contrast of two colours: W3C (2018), WCAG 2.1, relative luminance and contrast ratio."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (
            c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_stylesheet_has_the_colours_of_the_theme_by_day():
    by_day = palette("light")
    # The ends of scales are a hair off the accents, so that each colour has one name.
    assert {name: colour for colour, name in THEME.names().items()} == by_day


@pytest.mark.parametrize("name", ["light", "dark"])
def test_numbers_can_be_read_on_every_part_of_a_scale(name):
    colours = palette(name)
    for side in ("better", "worse"):
        assert contrast(colours["paper"], colours[f"{side}-3"]) >= 4.5
        for n in (1, 2):
            assert contrast(colours["ink"], colours[f"{side}-{n}"]) >= 4.5
    assert contrast(colours["ink"], colours["middle"]) >= 4.5


@pytest.mark.parametrize("name", ["light", "dark"])
def test_words_and_lines_stand_out_from_the_paper(name):
    colours = palette(name)
    for one in ("ink", "slate", "teal", "amber", "red"):
        assert contrast(colours[one], colours["paper"]) >= 4.5

"""What the column `appearance` asks for beyond what the kind of a question already does."""

from surveys.definitions.xlsform.form import Form
from surveys.definitions.xlsform.tree import Item

# Only how something looks on a telephone, or what the kind does anyway.
LOOKS = (
    *("minimal", "compact", "quick", "quickcompact", "full", "inline", "default", "none", "dr"),
    *("columns", "columns-pack", "columns-flex", "horizontal", "horizontal-compact", "vertical"),
    *("no-buttons", "buttons", "autocomplete", "autocomplete_chars", "dropdown", "carousel"),
    *("nocalendar", "no-calendar", "calendar", "gregorian", "month-year", "year", "month-picker"),
    *("likert", "label", "list-nolabel", "list-no-label", "field-list", "table-list", "summary"),
    *("multiline", "thousands-sep", "thousand-sep", "counter", "hidden", "randomized"),
    *("rating", "picker", "no-ticks", "no-labels", "distress"),
)
# Calendars of other countries: a date would be asked for in one and kept in another.
CALENDARS = (
    *("ethiopian", "coptic", "islamic", "bikram-sambat", "myanmar", "persian", "buddhist"),
    "nepali",
)
PICTURES = ("image-map", "signature", "draw", "annotate", "new", "new-front", "maps")


def check_appearances(form: Form, item: Item) -> None:
    """Refuses appearances that change what is asked, remarks on those that are not known."""
    cell = item.row.cell("appearance")
    text = cell.text.strip()
    lowered = text.lower()
    if lowered.startswith(("ex:", "intent:")):
        form.notes.refuse(cell.spot, "takes the answer from another app: it is asked as it is")
        return
    if lowered.startswith(("search(", "pulldata(", "map-")) or "search(" in lowered:
        form.notes.refuse(cell.spot, "looks choices up in a file that is not in the workbook")
        return
    for word in lowered.split():
        # compact-2, quickcompact-3, columns-4 and the widths w1 to w12 of a grid.
        plain = word.rstrip("0123456789").rstrip("-")
        if word in LOOKS or plain in LOOKS or (plain == "w" and word != "w"):
            continue
        if word in CALENDARS:
            form.notes.refuse(cell.spot, f"asks for a date of the {word} calendar")
        elif word in PICTURES:
            form.notes.refuse(cell.spot, f"{word!r} needs a picture or a map, which Heard has not")
        elif word == "numbers":
            form.notes.remark(cell.spot, "wants digits only: any text is taken")
        else:
            form.notes.remark(cell.spot, f"{word!r} has no counterpart and changes nothing")

"""What will be counted and reported: nets, the indicator, breakdowns and strata."""

from collections.abc import Iterator

from surveys.definitions.checks.names import repeated
from surveys.definitions.places import Found
from surveys.definitions.schema import Definition, Net
from surveys.definitions.shape_words import did_you_mean
from surveys.definitions.ways.rules import questions_with_paths
from surveys.questions.choosing import OneOptionQuestion, OptionsQuestion

# Breakdowns that every response has, whatever was asked.
BUILT_IN_BREAKDOWNS = ("channel",)


def tables(definition: Definition) -> Iterator[Found]:
    """Nets, an indicator, breakdowns and strata that name nothing or would count wrongly."""
    for name, net in definition.nets.items():
        yield from _net(definition, name, net)
    yield from _several_times(definition)
    yield from _indicator(definition)
    yield from _splits(definition)


def _net(definition: Definition, name: str, net: Net) -> Iterator[Found]:
    options = definition.lists.get(net.list)
    if options is None:
        yield Found(
            ("nets", name, "list"),
            f"no list is called {net.list!r}{did_you_mean(net.list, definition.lists)}",
        )
        return
    codes = [option.code for option in options]
    missing = [option.missing for option in options]
    for code in net.codes:
        if code in missing:
            message = f"{code!r} is a missing code, which stays outside every share"
            yield Found(("nets", name, "codes"), message)
        elif code not in codes:
            yield Found(("nets", name, "codes"), f"the list {net.list!r} has no code {code!r}")
    for code in repeated(list(net.codes)):
        yield Found(("nets", name, "codes"), f"the code {code!r} stands twice")


def _several_times(definition: Definition) -> Iterator[Found]:
    netted = {net.list for net in definition.nets.values()}
    for path, question in questions_with_paths(definition):
        takes_several = isinstance(question, OptionsQuestion) and not any(
            isinstance(one, OneOptionQuestion) for one in question.fields
        )
        if takes_several and getattr(question, "list", None) in netted:
            message = f"{question.name} takes several codes: a net would count people twice"
            yield Found(path, message)


def _indicator(definition: Definition) -> Iterator[Found]:
    indicator = definition.indicator
    if indicator is None:
        return
    asked = definition.by_name.get(indicator.question)
    net = definition.nets.get(indicator.net)
    if asked is None:
        yield Found(("indicator",), f"no question is called {indicator.question!r}")
    if net is None:
        yield Found(
            ("indicator",),
            f"no net is called {indicator.net!r}{did_you_mean(indicator.net, definition.nets)}",
        )
    elif asked is not None and getattr(asked, "list", None) != net.list:
        yield Found(("indicator",), f"{asked.name} does not use the list {net.list!r} of its net")


def _splits(definition: Definition) -> Iterator[Found]:
    for key in ("breakdowns", "strata"):
        names = getattr(definition, key)
        for i, name in enumerate(names):
            is_built_in = key == "breakdowns" and name in BUILT_IN_BREAKDOWNS
            if not is_built_in and not isinstance(definition.by_name.get(name), OneOptionQuestion):
                message = f"{name!r} is no question of which one option is chosen"
                yield Found((key, i), message)
        for name in repeated(list(names)):
            yield Found((key,), f"{name!r} stands twice")

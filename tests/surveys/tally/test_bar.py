"""How far long work is: drawn on a terminal, and nothing at all elsewhere."""

from io import StringIO

from surveys.tally.bar import bar


class Terminal(StringIO):
    def isatty(self):
        return True


def test_bar_is_drawn_over_itself_and_ends_its_line_once():
    terminal = Terminal()
    draw = bar(terminal)
    draw(0, 10)
    draw(5, 10)
    draw(10, 10)
    told = terminal.getvalue()
    assert told.count("\n") == 1
    assert told.endswith("\n")
    assert [part in told for part in ("  0%", " 50%", "100%")] == [True] * 3
    assert "5 of 10" in told


def test_bar_of_nothing_is_full():
    terminal = Terminal()
    bar(terminal)(0, 0)
    assert "100%" in terminal.getvalue()


def test_pipe_gets_nothing():
    pipe = StringIO()
    bar(pipe)(5, 10)
    assert pipe.getvalue() == ""

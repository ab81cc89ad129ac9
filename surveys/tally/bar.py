"""How far long work is, on a terminal; nothing of it goes into a file or a pipe."""

from typing import TextIO

from surveys.models.beside import Progress

WIDTH = 30


def bar(stream: TextIO) -> Progress:
    """A function that draws a bar over itself, for a terminal; for anything else one that is mute.

    >>> `[###############···············]  50%  500,000 of 1,000,000`
    """
    if not stream.isatty():
        return lambda done, total: None

    def draw(done: int, total: int) -> None:
        part = min(done / total, 1) if total else 1
        filled = "#" * round(part * WIDTH)
        end = "\n" if done >= total else ""
        told = f"\r[{filled:·<{WIDTH}}] {part:4.0%}  {done:,} of {total:,}"
        stream.write(f"{told}{end}")
        stream.flush()

    return draw

"""Who runs a command."""

import os
import pwd


def user() -> str:
    """Who is signed in on this machine: not a variable, which anybody could set."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"user {os.getuid()}"

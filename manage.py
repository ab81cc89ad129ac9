#!/usr/bin/env python
"""Heard's commands. Without DATABASE_URL it uses the embedded servers of `make demo`."""

import os
import sys

from django.core.management import execute_from_command_line

from config import local


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    local.provide_servers()
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()

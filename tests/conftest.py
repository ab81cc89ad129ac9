"""Fixtures that every folder of tests may use."""

import os
from pathlib import Path

import pytest

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real files written by others; the test is skipped where it is absent."""
    if not SHARED_DATA.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{SHARED_DATA} is absent, and CI=true demands it")
        pytest.skip("../shared/data is absent: the real files are not part of the repository")
    return SHARED_DATA

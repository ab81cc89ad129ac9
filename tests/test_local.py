"""The embedded servers outlive whoever started them, and belong to nobody in particular."""

import os

import pytest

from config import local


@pytest.fixture
def valkey(monkeypatch, tmp_path):
    """A server of this test's own."""
    monkeypatch.setattr(local, "VAR", tmp_path)
    local._start_valkey(local._stored_secrets()["valkey_password"])
    with local._connect_valkey() as client:
        yield client
    local._stop_valkey()


def test_valkey_is_no_child_of_who_started_it(valkey):
    """A child would be told of as still running when a test run or a command ends."""
    process = valkey.info()["process_id"]
    with pytest.raises(ChildProcessError):
        os.waitpid(process, os.WNOHANG)
    # Ctrl-C in the terminal ends all that share its session.
    assert os.getsid(process) != os.getsid(0)


def test_valkey_that_answers_is_used_again(valkey):
    port = local._valkey_address().read_text()
    local._start_valkey(local._stored_secrets()["valkey_password"])
    assert local._valkey_address().read_text() == port


def test_valkey_keeps_a_log(valkey):
    assert "Ready to accept connections" in (local.VAR / "valkey" / "log").read_text()

"""The Python that has the packages we are measured beside, in an environment of its own.

Their licences are not ours, and nothing of theirs is installed where we run.
"""

import fcntl
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
LOCK = HERE / "requirements" / "peers.txt"
FOLDER = HERE / "var" / "bench" / "peer"


def peers_python() -> Path | None:
    """That Python, made anew when the lock is another; None where it can't be installed."""
    python, made_of = FOLDER / "bin" / "python", FOLDER / "made-of.txt"
    FOLDER.parent.mkdir(parents=True, exist_ok=True)
    # Two benchmarks that begin together wait for each other.
    with (FOLDER.parent / "peer.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        if not made_of.exists() or made_of.read_bytes() != LOCK.read_bytes():
            install = ["-m", "pip", "install", "--quiet", "--require-hashes", "--requirement"]
            subprocess.run([sys.executable, "-m", "venv", "--clear", str(FOLDER)], check=True)
            if subprocess.run([str(python), *install, str(LOCK)]).returncode:
                return None
            made_of.write_bytes(LOCK.read_bytes())
    return python

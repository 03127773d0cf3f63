"""Ctrl-C ends what is going on, in each of the calls that take their time."""
import signal
import subprocess
import sys
import time

import pytest

# Templates that are filled in differently: just below the threshold, so that all pairs of them are looked at.
PRELUDE = """
import random, unecho
frame = [f"word{i}" for i in range(60)]
rng = random.Random(1)
def text():
    words = list(frame)
    for place in rng.sample(range(60), 5): words[place] = f"own{rng.random()}"
    return " ".join(words)
texts = [text() for _ in range(60_000)]
"""
CALLS = {
    "dedup": "unecho.dedup(texts)",
    "held": "unecho.dedup(texts, keep='last')",
    "clean": "open('in.txt', 'w').write('\\n'.join(texts)); print('soon', flush=True); unecho.clean('in.txt', output='out.txt', layout='lines')",
}


@pytest.mark.parametrize("call", CALLS)
def test_ctrl_c(call, tmp_path):
    program = PRELUDE + "print('begins', flush=True)\n" + CALLS[call]
    child = subprocess.Popen([sys.executable, "-c", program], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert child.stdout.readline() == "begins\n"
    if call == "clean":
        assert child.stdout.readline() == "soon\n"
    time.sleep(1)
    assert child.poll() is None, "it was done before it could be stopped"
    child.send_signal(signal.SIGINT)
    asked = time.monotonic()
    _, errors = child.communicate(timeout=60)
    assert "KeyboardInterrupt" in errors
    assert time.monotonic() - asked < 20
    assert not (tmp_path / "out.txt").exists()

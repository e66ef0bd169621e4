"""Shared by the life cycles: where the simulator is, and how a step is reported."""

import os
import time
from contextlib import contextmanager

URL = os.environ["SIMULATOR_URL"]
CLIENT_ID = os.environ["SIMULATOR_CLIENT_ID"]
CLIENT_SECRET = os.environ["SIMULATOR_CLIENT_SECRET"]
TENANT = os.environ["SIMULATOR_TENANT"]

# Seconds between two polls, and before a wait fails. Minutes take less than a second here.
INTERVAL = 0.1
LIMIT = 30


@contextmanager
def step(name):
    """Prints the name of a step before it runs, so that the last one printed is the one that failed."""
    print(f"step {name}", flush=True)
    yield


def expect(actual, expected, what):
    if actual != expected:
        raise AssertionError(f"{what} is {actual!r}, not {expected!r}")


def wait_until(ask, what):
    """Calls a function until it returns something true."""
    end = time.monotonic() + LIMIT
    while time.monotonic() < end:
        answer = ask()
        if answer:
            return answer
        time.sleep(INTERVAL)
    raise AssertionError(f"{what} did not happen within {LIMIT} s")

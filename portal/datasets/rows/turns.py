"""Threads of a process answer questions about rows one after another.

Python runs one of them at a time whatever they do; threads that take it from each other in the
midst of their work only make each answer dearer. While the engine works, which needs no Python,
the turn is another's, and who has waited long goes ahead without one.
"""

import threading
from contextlib import contextmanager

LONGEST_WAIT = 0.1  #: seconds
_turn = threading.Lock()
_thread = threading.local()


@contextmanager
def in_turn():
    """Run the block when it is the thread's turn, or after ``LONGEST_WAIT``."""
    _take()
    try:
        yield
    finally:
        _give_up()


@contextmanager
def turn_of_others():
    """Run a block that needs no Python for long: meanwhile the turn is another's, if it is ours."""
    if not _give_up():
        yield
        return
    try:
        yield
    finally:
        _take()


def _take():
    _thread.has_turn = _turn.acquire(timeout=LONGEST_WAIT)


def _give_up():
    """Tell whether the thread had the turn; it has it no longer."""
    had_turn = getattr(_thread, "has_turn", False)
    _thread.has_turn = False
    if had_turn:
        _turn.release()
    return had_turn

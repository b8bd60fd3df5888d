"""Threads that answer questions about rows take turns, and nobody waits for long."""

import threading
from contextlib import contextmanager
from unittest import mock

from django.test import SimpleTestCase

from portal.datasets.rows import turns
from portal.datasets.rows.turns import in_turn, turn_of_others

LONG = 30  #: seconds that no test needs, unless something hangs


class TurnTests(SimpleTestCase):
    def setUp(self):
        self.told = []

    def test_two_threads_do_not_work_at_once(self):
        """Who comes second begins when the first has finished."""
        first_works = threading.Event()
        with mock.patch.object(turns, "LONGEST_WAIT", LONG):
            with in_turn():
                second = self._thread_in_turn("second", first_works)
                first_works.wait(LONG)
                self.told.append("first")
            second.join(LONG)
        self.assertEqual(self.told, ["first", "second"])

    def test_who_waited_long_goes_ahead(self):
        """A slow answer delays others by the longest wait, not by its own time."""
        with mock.patch.object(turns, "LONGEST_WAIT", 0.01), in_turn():
            second = self._thread_in_turn("second", threading.Event())
            second.join(LONG)
            self.told.append("first")
        self.assertEqual(self.told, ["second", "first"])

    def test_others_work_while_the_engine_does(self):
        """What needs no Python gives the turn up, and has it again afterwards."""
        with mock.patch.object(turns, "LONGEST_WAIT", LONG), in_turn():
            with turn_of_others():
                self._thread_in_turn("second", threading.Event()).join(LONG)
            self.told.append("first")
            self.assertFalse(turns._turn.acquire(blocking=False))
        self.assertEqual(self.told, ["second", "first"])

    def test_a_fault_gives_the_turn_up(self):
        """After an error, within the engine or without, the turn is free."""
        for block in (in_turn, self._engine_in_turn):
            with self.subTest(block=block), self.assertRaises(ZeroDivisionError), block():
                1 / 0  # noqa: B018
            self.assertTrue(turns._turn.acquire(blocking=False))
            turns._turn.release()

    def test_the_engine_without_a_turn(self):
        """Pages of people ask the engine without one; nobody else's is given up by it."""
        with turns._turn, turn_of_others():
            self.assertTrue(turns._turn.locked())

    def _thread_in_turn(self, name, begun):
        def work():
            begun.set()
            with in_turn():
                self.told.append(name)

        thread = threading.Thread(target=work)
        thread.start()
        return thread

    @contextmanager
    def _engine_in_turn(self):
        with in_turn(), turn_of_others():
            yield

"""One thread that stops what takes too long; starting a thread for each question costs more."""

import heapq
import itertools
import threading
import time


class Watch:
    """Calls back when a time has come, unless it was told before that it need not."""

    def __init__(self):
        self._waiting, self._order = [], itertools.count()
        self._changed = threading.Condition()
        self._thread = None

    def after(self, seconds, call):
        """Have ``call`` called in ``seconds``; return what ``forget`` takes."""
        entry = [time.monotonic() + seconds, next(self._order), call]
        with self._changed:
            heapq.heappush(self._waiting, entry)
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, daemon=True, name="rows-watch")
                self._thread.start()
            elif self._waiting[0] is entry:
                self._changed.notify()
        return entry

    def forget(self, entry):
        """Do not call any more what ``after`` returned; a call that has begun is waited for."""
        with self._changed:
            entry[2] = None

    def _run(self):
        with self._changed:
            while True:
                while self._waiting and self._waiting[0][2] is None:
                    heapq.heappop(self._waiting)
                if not self._waiting:
                    self._changed.wait()
                    continue
                left = self._waiting[0][0] - time.monotonic()
                if left > 0:
                    self._changed.wait(left)
                    continue
                # Within the lock, so that nobody is stopped who has just finished.
                heapq.heappop(self._waiting)[2]()

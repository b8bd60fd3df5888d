"""Several programs run as one: started together, watched, and stopped together."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field

STOP_SECONDS = 20  #: how long a program may take to finish what it is doing
LONGEST_PAUSE = 60  #: seconds between two attempts to restart a program that keeps dying
SETTLED_SECONDS = 60  #: a program that lived this long starts again with the shortest pause

_PR_SET_PDEATHSIG = 1
# Looked up before the first fork: a child between fork and exec must not load anything.
_prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None


@dataclass
class Program:
    """One child process; ``essential`` ones end everything when they end."""

    name: str
    command: list
    essential: bool = False
    process: subprocess.Popen | None = field(default=None, init=False)
    started_at: float = field(default=0.0, init=False)
    restart_at: float = field(default=0.0, init=False)
    pause: float = field(default=1.0, init=False)

    def start(self, *, cwd, env):
        """Start the program in a session of its own, so that Ctrl-C reaches only the supervisor."""
        self.process = subprocess.Popen(
            self.command, cwd=cwd, env=env, start_new_session=True, preexec_fn=die_with_parent
        )
        self.started_at = time.monotonic()

    def is_alive(self):
        return self.process is not None and self.process.poll() is None

    def plan_restart(self):
        """Set the time of the next start, twice as far away after each early death."""
        lived = time.monotonic() - self.started_at
        self.pause = 1.0 if lived > SETTLED_SECONDS else min(self.pause * 2, LONGEST_PAUSE)
        self.restart_at = time.monotonic() + self.pause
        self.process = None


def die_with_parent():
    """Ask Linux to end this child when the supervisor is killed without a chance to do so."""
    if _prctl:
        _prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


class Supervisor:
    """Run programs until asked to stop, or until an essential one dies."""

    def __init__(self, programs, *, cwd, env):
        self.programs = programs
        self.cwd = cwd
        self.env = env
        self.stopping = threading.Event()
        self.exit_code = 0

    def listen_to_signals(self):
        """Let Ctrl-C, a polite kill and a closed terminal end the run."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: self.stopping.set())

    def start(self):
        for program in self.programs:
            program.start(cwd=self.cwd, env=self.env)

    def watch(self):
        """Return when the run has to end."""
        while not self.stopping.wait(0.2):
            for program in self.programs:
                self.look_at(program)

    def look_at(self, program):
        if program.is_alive():
            return
        if program.process is None:
            if time.monotonic() >= program.restart_at:
                program.start(cwd=self.cwd, env=self.env)
            return
        code = program.process.returncode
        if program.essential:
            print(f"The {program.name} process ended with code {code}: stopping.", file=sys.stderr)
            self.exit_code = 1
            self.stopping.set()
        else:
            program.plan_restart()
            print(
                f"The {program.name} process ended with code {code};"
                f" it starts again in {program.pause:.0f} s.",
                file=sys.stderr,
            )

    def stop(self):
        """Ask every program to finish, wait, and kill what does not."""
        running = [program for program in self.programs if program.is_alive()]
        for program in running:
            program.process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for program in running:
            try:
                program.process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                print(f"The {program.name} process did not stop: killing it.", file=sys.stderr)
                os.killpg(program.process.pid, signal.SIGKILL)
                program.process.wait()

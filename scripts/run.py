"""Start the portal on this machine: web, worker and clock, with the demo centre.

``make run`` calls it. Ctrl-C stops everything. ``HOST`` and ``PORT`` choose the address;
``DATABASE_URL`` and ``REDIS_URL`` take it from SQLite to PostgreSQL and Redis.
"""

import errno
import http.client
import os
import signal
import socket
import sys
import threading
import time

from prepare import ROOT, has_command, prepare
from processes import Program, Supervisor

LAST_PORT_TRIED = 100  #: how many ports after the wanted one are tried
START_SECONDS = 60
MOST_WORKERS = 4  #: each keeps some 300 MB


def is_free(host, port):
    """Tell whether a server could listen at ``host`` and ``port``."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                return False
            sys.exit(f"The portal cannot listen at {host}: {error.strerror}. Set HOST to another.")
    return True


def choose_port(host, wanted):
    """Return ``wanted``, or the next free port after it, saying so."""
    for port in range(wanted, min(wanted + LAST_PORT_TRIED, 65536)):
        if is_free(host, port):
            if port != wanted:
                print(f"Port {wanted} is taken by another program; using {port}.")
            return port
    sys.exit(f"No free port from {wanted} on. Set PORT to a free one.")


def wanted_port():
    """Return the port that ``PORT`` names, 8000 without it."""
    text = os.environ.get("PORT", "8000")
    if not text.isdecimal() or not 0 < int(text) < 65536:
        sys.exit(f"PORT={text} is not a port number between 1 and 65535.")
    return int(text)


def web_command(host, port):
    """Return the command of the web server.

    A process per core, because Python runs one thread of each at a time; SQLite lets them read
    side by side and queues the writers. Threads keep a slow answer, and a browser's idle
    connections, from occupying a whole process.
    """
    workers = min(os.cpu_count() or 1, MOST_WORKERS)
    return [
        *(sys.executable, "-m", "gunicorn", "portal.wsgi:application"),
        *("--bind", f"{host}:{port}"),
        *("--worker-class", "gthread", "--workers", str(workers), "--threads", "4"),
        *("--timeout", "120", "--graceful-timeout", "5"),
        *("--log-level", "warning", "--no-control-socket"),
    ]


def programs(host, port):
    """Return the programs that make up the running portal."""
    manage = [sys.executable, "manage.py"]
    queue = ["--backend", "worker", "--queue-name", "*"]
    result = [
        Program("web", web_command(host, port), essential=True),
        Program("worker", [*manage, "db_worker", *queue]),
    ]
    if has_command("run_clock"):
        result.append(Program("clock", [*manage, "run_clock"]))
    return result


def reachable(host):
    """Return by which name this machine reaches a server that listens at ``host``."""
    return "127.0.0.1" if host in ("0.0.0.0", "") else host  # noqa: S104


def answers(host, port):
    """Tell whether the web server answers a request."""
    connection = http.client.HTTPConnection(host, port, timeout=START_SECONDS)
    try:
        connection.request("GET", "/")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def announce(host, port, stopping):
    """Print the address as soon as the portal answers there."""
    name = reachable(host)
    until = time.monotonic() + START_SECONDS
    while not stopping.is_set() and time.monotonic() < until:
        if answers(name, port):
            print(
                f"\nThe portal is open at  http://{name}:{port}/\n"
                f"Staff come in at       http://{name}:{port}/quan-tri/\n"
                "Ctrl-C stops everything.",
                flush=True,
            )
            return
        stopping.wait(0.3)


def main():
    """Prepare, start, announce, watch, stop; return the exit code."""
    # Before the children exist, Ctrl-C and a polite kill simply end this process.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    host = os.environ.get("HOST", "127.0.0.1")
    port = choose_port(host, wanted_port())
    os.environ.setdefault("PORTAL_SITE_URL", f"http://{reachable(host)}:{port}")
    prepare()

    supervisor = Supervisor(programs(host, port), cwd=ROOT, env=dict(os.environ))
    supervisor.listen_to_signals()
    try:
        supervisor.start()
        threading.Thread(
            target=announce, args=(host, port, supervisor.stopping), daemon=True
        ).start()
        supervisor.watch()
    finally:
        supervisor.stop()
    print("\nStopped.")
    return supervisor.exit_code


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)

"""Run the tests, and say at the very end how many ran.

    scripts/test.py [--postgres | --browser] [labels and options of ``manage.py test``]

Without an option they run on SQLite in memory. ``--postgres`` runs the same tests on PostgreSQL
and Redis in a database of its own, which is gone afterwards. ``--browser`` runs the journeys in
``tests/browser``, which start the whole portal themselves.
"""

import os
import re
import secrets
import shutil
import subprocess
import sys
import tempfile

from prepare import ROOT, compile_catalogues

DEFAULT_POSTGRES = "postgres://postgres@127.0.0.1:5432"
DEFAULT_REDIS = "redis://127.0.0.1:6379/15"
#: A name that no other run shares; Django puts ``test_`` before it.
DATABASE_NAME = f"portal_{secrets.token_hex(4)}"
COUNT = re.compile(r"^Ran (\d+) tests? in ([\d.]+)s")
VERDICT = re.compile(r"^(OK|FAILED|NO TESTS RAN)\b")


def take_option(arguments, option):
    """Remove ``option`` from ``arguments``, telling whether it was there."""
    if option not in arguments:
        return False
    arguments.remove(option)
    return True


def environment(scratch, *, postgres, browser):
    """Return the environment of the test process."""
    env = dict(os.environ, PORTAL_VAR_DIR=scratch, TMPDIR=scratch)
    env["DJANGO_SETTINGS_MODULE"] = "portal.settings.test"
    if browser:
        env["PORTAL_BROWSER"] = "1"
    if postgres:
        server = env.get("DATABASE_URL") or DEFAULT_POSTGRES
        env["DATABASE_URL"] = f"{server_address(server)}/{DATABASE_NAME}"
        env.setdefault("REDIS_URL", DEFAULT_REDIS)
    else:
        env.pop("DATABASE_URL", None)
        env.pop("REDIS_URL", None)
    return env


def server_address(url):
    """Return ``url`` without the name of the database."""
    return re.sub(r"^(\w+://[^/]+).*$", r"\1", url)


def processes(*, browser):
    """Return in how many processes the tests run: journeys one after the other."""
    return "1" if browser else os.environ.get("PORTAL_TEST_PROCESSES", str(os.cpu_count() or 1))


def run_tests(arguments, env, *, parallel):
    """Run ``manage.py test``, passing its output through; return code, count and verdict."""
    command = [sys.executable, "manage.py", "test", "--noinput", "--parallel", parallel, *arguments]
    count, verdict = 0, ""
    with subprocess.Popen(
        command, cwd=ROOT, env=env, stderr=subprocess.PIPE, text=True, errors="replace"
    ) as process:
        for line in process.stderr:
            sys.stderr.write(line)
            sys.stderr.flush()
            if match := COUNT.match(line):
                count = int(match[1])
            elif VERDICT.match(line):
                verdict = line.strip()
    return process.returncode, count, verdict


def drop_databases(url):
    """Drop what a broken run left on the PostgreSQL server: its test database and the copies."""
    import psycopg  # noqa: PLC0415 -- only the run on PostgreSQL needs it
    from psycopg import sql  # noqa: PLC0415

    with psycopg.connect(f"{server_address(url)}/postgres", autocommit=True) as connection:
        rows = connection.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE %s",
            [f"test\\_{DATABASE_NAME}%"],
        ).fetchall()
        for (name,) in rows:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            )


def main(arguments):
    """Run the tests in a scratch folder that is gone afterwards; return the exit code."""
    postgres = take_option(arguments, "--postgres")
    browser = take_option(arguments, "--browser")
    compile_catalogues()
    scratch = tempfile.mkdtemp(prefix="portal-tests-")
    env = environment(scratch, postgres=postgres, browser=browser)
    if browser and not arguments:
        arguments = ["tests.browser"]
    try:
        code, count, verdict = run_tests(arguments, env, parallel=processes(browser=browser))
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
        if postgres:
            drop_databases(env["DATABASE_URL"])
    engine = "PostgreSQL and Redis" if postgres else "SQLite"
    where = f"in Chromium on {engine}" if browser else f"on {engine}"
    if not count:
        code, verdict = code or 1, "FAILED (a run without tests proves nothing)"
    print(f"{count} tests ran {where}: {verdict or 'FAILED (broken off)'}")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

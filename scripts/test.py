"""Run the tests, and say at the very end how many passed.

    scripts/test.py [--postgres | --browser] [labels and options of ``manage.py test``]

Without an option they run on SQLite in memory. ``--postgres`` runs the same tests on PostgreSQL
and Redis in a database of its own, which is gone afterwards. ``--browser`` runs the journeys,
the tests with the tag "browser" that the other two leave out.
"""

import os
import re
import secrets
import shutil
import subprocess
import sys
import tempfile

import psycopg
import services
from prepare import ROOT, compile_catalogues
from psycopg import sql

#: A name that no other run shares; Django puts ``test_`` before it.
DATABASE_NAME = f"portal_{secrets.token_hex(4)}"
COUNT = re.compile(r"^Ran (\d+) tests? in [\d.]+s")
VERDICT = re.compile(r"^(OK|FAILED|NO TESTS RAN)\b")
PART = re.compile(r"(failures|errors|skipped|unexpected successes)=(\d+)")


def take_option(arguments, option):
    """Remove ``option`` from ``arguments``, telling whether it was there."""
    if option not in arguments:
        return False
    arguments.remove(option)
    return True


def environment(scratch, *, postgres):
    """Return the environment of the test process."""
    env = dict(os.environ, PORTAL_VAR_DIR=scratch, TMPDIR=scratch)
    env["DJANGO_SETTINGS_MODULE"] = "portal.settings.test"
    env.pop("DATABASE_URL", None)
    env.pop("REDIS_URL", None)
    if postgres:
        env |= services.find()
        env["DATABASE_URL"] = with_database(env["DATABASE_URL"], DATABASE_NAME)
    return env


def with_database(url, name):
    """Return ``url`` with another database of the same server."""
    return re.sub(r"^(\w+://[^/?]+)[^?]*", rf"\1/{name}", url)


def test_options(*, browser, postgres):
    """Return the options of ``manage.py test``: journeys share one browser and one portal.

    The walks of every address with every role ask nothing that depends on the database; they
    are taken once, on SQLite.
    """
    if browser:
        return ["--tag", "browser", "--parallel", "1"]
    processes = os.environ.get("PORTAL_TEST_PROCESSES", str(os.cpu_count() or 1))
    left_out = ["--exclude-tag", "browser", *(["--exclude-tag", "walk"] if postgres else [])]
    return [*left_out, "--parallel", processes]


def run_tests(arguments, env):
    """Run ``manage.py test``, passing its output through; return exit code and its last words."""
    command = [sys.executable, "manage.py", "test", "--noinput", *arguments]
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


def summary(engine, code, count, verdict):
    """Return the closing line in the form that CI reads."""
    parts = {name: int(number) for name, number in PART.findall(verdict)}
    skipped = parts.pop("skipped", 0)
    failures = min(sum(parts.values()), count) if count else 1
    if code and not failures:
        failures = 1
    passed = max(count - failures - skipped, 0)
    return f"{engine}: {passed} passed, {failures} failed, {skipped} skipped"


def drop_databases(url):
    """Drop what a broken run left on the PostgreSQL server: its test database and the copies."""
    with psycopg.connect(with_database(url, "postgres"), autocommit=True) as connection:
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
    env = environment(scratch, postgres=postgres)
    try:
        code, count, verdict = run_tests(
            [*test_options(browser=browser, postgres=postgres), *arguments], env
        )
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
        if postgres:
            drop_databases(env["DATABASE_URL"])
    if not count:
        code = code or 1
        print("No test ran, and a run without tests proves nothing.")
    engine = "chromium" if browser else "postgresql" if postgres else "sqlite"
    print(summary(engine, code, count, verdict))
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

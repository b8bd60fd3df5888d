"""Say where PostgreSQL and Redis are: by the environment, or on this machine's usual ports.

Prints ``DATABASE_URL=…`` and ``REDIS_URL=…`` for the shell; fails, with a sentence for people,
where one of them does not answer.
"""

import os
import re
import sys

import psycopg
import redis

DEFAULTS = {
    "DATABASE_URL": "postgres://postgres@127.0.0.1:5432/postgres",
    "REDIS_URL": "redis://127.0.0.1:6379/15",
}
NAMES = {"DATABASE_URL": "PostgreSQL", "REDIS_URL": "Redis"}
PATIENCE = 3  #: seconds to wait for an answer


def address_of(variable):
    """Return the address that the environment names, or the usual one of this machine."""
    return os.environ.get(variable) or DEFAULTS[variable]


def public(address):
    """Return ``address`` without user name and password."""
    return re.sub(r"//[^@/]*@", "//", address)


def complaint(variable):
    """Return why the service does not answer; empty when it does."""
    try:
        if variable == "DATABASE_URL":
            psycopg.connect(address_of(variable), connect_timeout=PATIENCE).close()
        else:
            redis.Redis.from_url(address_of(variable), socket_connect_timeout=PATIENCE).ping()
    except (psycopg.Error, redis.RedisError) as error:
        return str(error).strip().splitlines()[0]
    return ""


def find():
    """Return ``{variable: address}``; end with a sentence where a service does not answer."""
    for variable, name in NAMES.items():
        if reason := complaint(variable):
            sys.exit(
                f"No {name} answers at {public(address_of(variable))} ({reason}). Start one there,"
                f" or set {variable} to where it is."
            )
    return {variable: address_of(variable) for variable in NAMES}


if __name__ == "__main__":
    for variable, address in find().items():
        print(f"{variable}={address}")

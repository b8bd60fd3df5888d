"""The tests. Generated examples are the same in every run, so that a failure can be repeated."""

from hypothesis import settings

settings.register_profile("portal", deadline=None, derandomize=True, database=None)
settings.load_profile("portal")

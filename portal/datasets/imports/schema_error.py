class SchemaError(ValueError):
    """A definition cannot be used; ``str()`` is one sentence that says why."""

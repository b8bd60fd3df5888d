"""The definition of a dataset: what it says, how it changes, and what that does to rows."""

"""Duties at work: what acts on them within units, evidence written by people, the living list."""

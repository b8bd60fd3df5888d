"""Correcting what was read, before anything is created.

An import keeps the text as it came, the structure as it was read, and a *working copy*: plain data
with a flat list of blocks. ``reading`` makes the working copy, ``operations`` corrects it without
touching what it was given, ``building`` makes a structure of it again by the parser's own rules,
``findings`` says what an editor should look at, ``actions`` stores all this, one correction at a
time.
"""

"""What people do with meetings: one module per noun, one verb per function.

Every verb takes the person as ``user``, asks ``permissions`` first, and raises
``ValidationError`` or ``TransitionRefused`` with one sentence when the step cannot be taken.
"""

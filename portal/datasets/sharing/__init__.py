"""Sharing on request: asking, answering, granting, revoking, and who may see what."""

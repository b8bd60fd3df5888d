"""Long work of this app."""

from django.core.exceptions import ValidationError

from portal.core.jobs import JobRefused, enqueue, job
from portal.meetings.actions.evidence import compute_evidence

COMPUTE_EVIDENCE = "meetings.compute_evidence"


@job(COMPUTE_EVIDENCE)
def compute(running):
    """Count the evidence of a cycle for the person who asked."""
    try:
        compute_evidence(running.subject, user=running.requested_by)
    except ValidationError as refusal:
        raise JobRefused(" ".join(refusal.messages)) from refusal


def request_evidence(cycle, *, user):
    """Let the worker count the evidence of a cycle."""
    return enqueue(COMPUTE_EVIDENCE, cycle, user=user)

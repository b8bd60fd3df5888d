"""Applying a set-up in the background: seconds of work that no request waits for.

Everything is written in one transaction, so a worker that dies leaves nothing half done. Its steps
are told outside that transaction: nobody sees what is written inside before it ends.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.jobs import JobRefused, enqueue, job, report_progress
from portal.core.models import Job
from portal.home.setting_up.actions import (
    APPLY,
    SetupRefused,
    apply_setup,
    open_run,
    refuse_unfit,
    require_setter_up,
)

#: The steps of the work by the word under which a job stands at them.
STEPS = {
    "check": gettext_lazy("Comparing the proposals with the text"),
    "write": gettext_lazy("Writing units, responsibilities, duties and what acts on them"),
    "finish": gettext_lazy("Putting everything in force"),
}


@transaction.atomic
def request_setup(run, *, user):
    """Hand the applying of ``run`` to the worker once; return its ``Job``.

    Raise ``SetupRefused`` with what can be told at once, and while an earlier job is at it.
    """
    require_setter_up(user)
    run = open_run(run)
    refuse_unfit(run, list(run.proposals.all()))
    return enqueue(APPLY, run, user=user)


def latest_job(run):
    """Return the last job that applied, or applies, a run; None without one."""
    return Job.objects.about(run).filter(kind=APPLY).first()


@job(APPLY)
def apply_requested(running):
    """Apply the run of a job for the person who asked: all of it, or nothing."""
    report_progress(running, "check", 5)
    try:
        refuse_unfit(running.subject, list(running.subject.proposals.all()))
        report_progress(running, "write", 20)
        with transaction.atomic():
            apply_setup(running.subject, user=running.requested_by, running=running)
            report_progress(running, "finish", 95)
    except SetupRefused as refusal:
        raise JobRefused(str(refusal)) from refusal
    except PermissionDenied as refusal:
        raise JobRefused(_("You may no longer set the portal up.")) from refusal

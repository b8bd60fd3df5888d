"""What an action refused, shown in the form that asked for it."""

from portal.core.statuses import TransitionRefused


def put_errors(form, refusal):
    """Show what a verb refused in ``form``, beside the field it is about where there is one."""
    if isinstance(refusal, TransitionRefused):
        form.add_error(None, str(refusal))
    elif hasattr(refusal, "error_dict"):
        for name, errors in refusal.error_dict.items():
            form.add_error(name if name in form.fields else None, errors)
    else:
        form.add_error(None, refusal)

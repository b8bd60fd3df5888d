"""Who looks after all meetings and tasks, and who after all assessments."""

from portal.core.roles import Role, has_role, runs_centre


def oversees_meetings(user):
    """Return whether ``user`` sees every meeting and task, drafts included."""
    return runs_centre(user) or has_role(user, Role.MINUTE_TAKER, Role.AUTHORITY)


def oversees_assessments(user):
    """Return whether ``user`` sees every unit's assessment before it is published."""
    return runs_centre(user) or has_role(user, Role.AUTHORITY)

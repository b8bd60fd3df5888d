"""Who gets in: logging in, second factor, sessions, invitations, and the journal of all that.

django-allauth does the work; what stands here is where the portal is stricter or says it in its
own words (docs/decisions/0022-allauth.md).
"""

"""The forms of single steps."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.meetings.forms.fields import lines


class DeedForm(forms.Form):
    """What a deed asks for; ``thing`` and ``user`` limit what may be named."""

    def __init__(self, *args, thing, user, **kwargs):
        self.thing, self.user = thing, user
        super().__init__(*args, **kwargs)


class ReasonForm(DeedForm):
    """Why; kept in the history of the thing."""

    reason = forms.CharField(label=_("reason"), widget=lines(2))


class NoteForm(DeedForm):
    """A word that may be left out."""

    note = forms.CharField(label=_("note"), widget=lines(2), required=False)

"""The box below the consequences of a changed definition."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ConfirmationField(forms.MultipleChoiceField):
    """One box to tick, whose value names the consequences that were shown with it."""

    def __init__(self):
        super().__init__(
            label=_("Confirmation"), required=False, widget=forms.CheckboxSelectMultiple
        )

    def valid_value(self, value):
        """Take every value: an outdated one only means that the consequences are shown anew."""
        return True

    def ask(self, token):
        """Offer the box for the consequences that ``token`` names."""
        words = _("I have read this. Publish it as a new version of the definition.")
        self.choices = [(token, words)]

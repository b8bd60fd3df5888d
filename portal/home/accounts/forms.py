"""What people fill in to get in, and to let others in."""

from allauth.account.adapter import get_adapter
from allauth.account.fields import PasswordField, SetPasswordField
from allauth.account.forms import LoginForm
from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.home.accounts.models import CENTRE_WIDE, Invitation
from portal.home.demo.people import DEMO_PASSWORD
from portal.regulations.forms_editions import day_input
from portal.units.models import UnitPage


class LogInForm(LoginForm):
    """User name or address, and password; in production the demo's password opens nothing."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label = gettext_lazy("User name or e-mail")
        login.widget.attrs = {
            "autocomplete": "username",
            "autocapitalize": "none",
            "spellcheck": "false",
        }
        password.help_text = ""
        password.widget.attrs = {"autocomplete": "current-password"}

    def clean(self):
        if self.cleaned_data.get("password") == DEMO_PASSWORD and not settings.PORTAL_DEMO_ALLOWED:
            raise ValidationError(
                _(
                    "The password of the demo opens nothing here: everybody knows it. "
                    "Ask an administrator for a new one."
                ),
                code="demo_password",
            )
        return super().clean()


class AcceptForm(forms.Form):
    """What an invited person chooses."""

    username = forms.CharField(
        label=gettext_lazy("User name"),
        max_length=150,
        help_text=gettext_lazy("Letters without accents, digits and - _ . only."),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password1 = SetPasswordField(label=gettext_lazy("Password"))
    password2 = PasswordField(
        label=gettext_lazy("The password once more"), autocomplete="new-password"
    )

    def __init__(self, *args, invitation, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"].user = get_user_model()(
            first_name=invitation.name, email=invitation.email
        )
        for name in ("password1", "password2"):
            self.fields[name].widget.attrs.pop("placeholder", None)

    def clean_username(self):
        return get_adapter().clean_username(self.cleaned_data["username"])

    def clean(self):
        answers = super().clean()
        first, second = answers.get("password1"), answers.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two passwords differ."))
        return answers


class OwnNameForm(forms.ModelForm):
    """How the portal calls the person."""

    class Meta:
        model = get_user_model()
        fields = ["first_name"]
        labels = {"first_name": gettext_lazy("Full name")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["first_name"].required = True
        self.initial["first_name"] = self.instance.get_full_name().strip()

    def save(self, commit=True):
        self.instance.last_name = ""  # the whole name stands in one field
        return super().save(commit)


class InvitationForm(forms.ModelForm):
    """Whom to ask in, and as what."""

    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Roles in the centre"),
        choices=CENTRE_WIDE,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Invitation
        fields = ["name", "email", "roles", "unit", "unit_role", "valid_from", "valid_to"]
        widgets = {"valid_from": day_input(), "valid_to": day_input()}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.label = capfirst(field.label)
        self.fields["unit"].queryset = UnitPage.objects.live().filter(is_group=False)

    def clean(self):
        answers = super().clean()
        if not answers.get("roles") and not answers.get("unit"):
            raise ValidationError(
                _("Choose at least one role in the centre, or a unit with a role in it."),
                code="no_role",
            )
        return answers

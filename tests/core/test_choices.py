"""Empty choices say in words that nothing is chosen, whichever form they stand in."""

from django import forms
from django.contrib.auth import get_user_model
from django.db.models.fields import BLANK_CHOICE_DASH
from django.test import TestCase

from portal.datasets.models import SpecialRequest
from tests.factories import make_provision

LINES = "---------"


class EmptyChoiceTests(TestCase):
    def assert_says_so(self, field):
        self.assertNotIn(LINES, str(field))
        self.assertIn('<option value="" selected>Chưa chọn</option>', str(field))

    def test_of_a_field_of_a_model(self):
        form = forms.modelform_factory(SpecialRequest, fields=["provision"])()

        self.assert_says_so(form["provision"])

    def test_of_a_field_that_offers_things(self):
        class Form(forms.Form):
            person = forms.ModelChoiceField(get_user_model().objects.all(), required=False)

        self.assert_says_so(Form()["person"])

    def test_of_a_plain_choice(self):
        class Form(forms.Form):
            way = forms.ChoiceField(choices=[*BLANK_CHOICE_DASH, ("a", "Cách thứ nhất")])

        self.assert_says_so(Form(initial={"way": ""})["way"])
        self.assertIn('<option value="a">Cách thứ nhất</option>', str(Form()["way"]))

    def test_what_is_chosen_keeps_its_name(self):
        provision = make_provision()
        form = forms.modelform_factory(SpecialRequest, fields=["provision"])(
            initial={"provision": provision.pk}
        )

        self.assertInHTML(
            f'<option value="{provision.pk}" selected>{provision}</option>', str(form["provision"])
        )

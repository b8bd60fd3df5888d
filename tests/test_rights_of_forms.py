"""Forms of the registers, filled in as a browser would: a refusal is of the right, not the form.

``tests/test_rights.py`` sends empty forms, which most views would refuse to anybody.
"""

from django.test import tag
from django.urls import reverse
from wagtail.test.utils.form_data import querydict_from_html

from tests.reach import kind_of
from tests.rights_case import RightsCase, is_refusal
from tests.test_every_page import own_patterns
from tests.urls_table import ADDRESSES

#: Of each register what a person changes in its form, and what makes it a form of a new entry.
REGISTERS = {
    "memberships": ({"valid_to": "2099-12-31"}, {"role": "member"}),
    "obligations": ({"text": "Báo cáo khác"}, {}),
    "days_off": ({"name": "Nghỉ khác"}, {"day": "2099-12-31"}),
    "code_lists": ({"title": "Danh mục khác"}, {"code": "danh-muc-khac"}),
    "cross_references": ({"kind": "repeals"}, {}),
    "definitions": ({"meaning": "Nghĩa khác"}, {"term": "Từ khác"}),
    "meeting_series": ({"title": "Chuỗi họp khác"}, {}),
    "report_schedules": ({"title": "Báo cáo khác"}, {}),
}

#: What a text holds once: the form of an entry that stands is no form of another.
ONCE_ONLY = {"cross_references", "definitions"}


@tag("walk")
class FilledFormTests(RightsCase):
    def test_every_register_has_its_form_here(self):
        kept = {name.partition(":")[0] for name in own_patterns() if name.endswith(":add")}

        self.assertEqual(kept - {"wagtailusers_users"}, set(REGISTERS))

    def test_a_filled_form_changes_things_for_those_who_reach_it_and_for_no_other(self):
        for name in REGISTERS:
            for side, thing in (("own", self.site), ("foreign", self.foreign)):
                url, filled = self.filled(name, thing)
                edited = {**filled, **REGISTERS[name][0]}
                self.check(f"{name}:edit", side, url, edited)
                if name in ONCE_ONLY:
                    continue
                added = {**edited, **REGISTERS[name][1]}
                if name == "memberships":  # whose membership it is stays when it is edited
                    added |= {"user": self.people["reader"].pk, "unit": thing.unit.pk}
                self.check(f"{name}:add", side, reverse(f"{name}:add"), added)

    def filled(self, name, thing):
        """Return the address of the form of a thing and what it sends as it stands."""
        address = ADDRESSES[f"{name}:edit"]
        url = reverse(f"{name}:edit", kwargs=address.kwargs(thing))
        html = self.ask("administrator", "get", url).body.decode()
        forms = [
            querydict_from_html(html, form_index=place) for place in range(html.count("<form"))
        ]
        fullest = max(forms, key=len)
        return url, {
            key: values[-1] if len(values) == 1 else values for key, values in fullest.lists()
        }

    def check(self, name, side, url, filled):
        """Send the form as everybody; among those who reach it somebody must have been heard."""
        heard = set()
        for who in self.people:
            kind = kind_of(who, side)
            with self.subTest(name, who=who, side=side):
                answer, changed = self.changed_by(who, url, filled)
                if kind in ADDRESSES[name].reach_of(side):
                    heard |= changed
                elif name.endswith(":add") and not is_refusal(answer, who, url):
                    # The form opens to those who keep entries of their own unit.
                    self.assertEqual(changed, set(), answer.status_code)
                else:
                    self.assertTrue(is_refusal(answer, who, url), answer.status_code)
                    self.assertEqual(changed, set(), answer.status_code)
        self.assertTrue(heard, f"nobody's form was accepted at {name} ({side})")

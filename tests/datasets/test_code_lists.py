"""Items of a code list go out as a file and come in from one."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase
from django.urls import reverse

from portal.core.roles import Role
from portal.datasets.models import CodeList, CodeListItem
from tests.factories import make_user


class CodeListTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.code_list = CodeList.objects.create(code="xa", title="Xã, phường")
        for order, (code, label) in enumerate([("01", "An Bình"), ("02", "Bình Minh")]):
            CodeListItem.objects.create(
                code_list=cls.code_list, code=code, label=label, sort_order=order
            )

    def items(self):
        return list(self.code_list.items.values_list("code", "label"))

    def bring_in(self, text, role=Role.IOC_OFFICER):
        self.client.force_login(make_user(role))
        return self.client.post(
            reverse("datasets:bring_in_items", args=[self.code_list.pk]),
            {"file": SimpleUploadedFile("ma.csv", text.encode())},
        )

    def test_what_goes_out_comes_in_again(self):
        self.client.force_login(make_user(Role.DATA_OFFICER))
        text = self.client.get(reverse("datasets:items", args=[self.code_list.pk])).content.decode()

        self.assertEqual(self.bring_in(text).status_code, 302)
        self.assertEqual(self.items(), [("01", "An Bình"), ("02", "Bình Minh")])

    def test_texts_like_formulas_come_back_as_they_were(self):
        for code, label in (("-7", "=1+1"), ("05", "'quoted"), ("06", "a'b")):
            CodeListItem.objects.create(
                code_list=self.code_list, code=code, label=label, sort_order=9
            )
        before = self.items()
        self.client.force_login(make_user(Role.DATA_OFFICER))
        text = self.client.get(reverse("datasets:items", args=[self.code_list.pk])).content.decode()

        self.assertIn("'-7,'=1+1", text)
        self.bring_in(text)
        self.assertEqual(self.items(), before)

    def test_codes_are_added_labels_changed_and_nothing_is_lost(self):
        self.bring_in("Code,Label\n02,Phường Bình Minh\n003,Cửa Tùng\n")

        self.assertEqual(
            self.items(), [("01", "An Bình"), ("02", "Phường Bình Minh"), ("003", "Cửa Tùng")]
        )

    def test_a_file_with_mistakes_changes_nothing_and_says_where(self):
        response = self.bring_in("Code,Label\n03,Cửa Tùng\n04,\n")

        self.assertEqual(response.status_code, 200)
        self.assertIn("3", str(response.context["form"].errors["file"]))
        self.assertEqual(len(self.items()), 2)

    def test_a_unit_looks_but_does_not_change(self):
        self.assertEqual(self.bring_in("Code,Label\n9,x\n", Role.DATA_OFFICER).status_code, 404)
        edit = reverse("code_lists:edit", args=[self.code_list.pk])
        self.assertEqual(self.client.get(edit).status_code, 302)

    def test_the_editor_offers_the_items_as_a_file(self):
        self.client.force_login(make_user(Role.IOC_OFFICER))

        page = self.client.get(reverse("code_lists:edit", args=[self.code_list.pk]))

        self.assertContains(page, reverse("datasets:bring_in_items", args=[self.code_list.pk]))

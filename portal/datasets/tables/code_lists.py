"""Code lists and their items as tables; the rights of a list are those of its items."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.tables.columns import Column, Reference
from portal.core.tables.registers import RegisterResource
from portal.core.tables.values import Text
from portal.datasets.models import CodeList, CodeListItem


class CodeListResource(RegisterResource):
    """The lists, by their code."""

    model = CodeList

    code = Column(
        gettext_lazy("Code of the list"),
        Text(),
        is_key=True,
        help_text=gettext_lazy("Letters without accents, digits, hyphens."),
        example="xa-phuong",
    )
    title = Column(gettext_lazy("Title"), Text(), required=True, example="Xã, phường")

    def all_instances(self):
        return CodeList.objects.order_by("code")


class CodeListItemResource(RegisterResource):
    """The items, by the code of their list and their own."""

    model = CodeListItem
    policy_model = CodeList
    unchecked = ("sort_order",)

    code_list = Column(
        gettext_lazy("Code of the list"), Reference(CodeList), is_key=True, example="xa-phuong"
    )
    code = Column(gettext_lazy("Code"), Text(), is_key=True, example="00001")
    label = Column(gettext_lazy("Label"), Text(), required=True, example="Phường Đông An")

    def __init__(self, user, **options):
        super().__init__(user, **options)
        self._last = {}

    def all_instances(self):
        return CodeListItem.objects.select_related("code_list").order_by(
            "code_list__code", "sort_order", "pk"
        )

    def export_queryset(self, request):
        return self.all_instances().filter(code_list__in=self.reach("view", "change", "delete"))

    def label_of(self, instance):
        return f"{instance.code_list.code} – {instance.code}"

    def scoped_key(self, instance):
        return instance.code_list_id

    def refusal(self, instance, is_new):
        """Whoever may change a list may add items to it."""
        known = getattr(instance, "code_list", None)
        if known is None or known.pk in self.reach("change"):
            return ""
        return _("You may not change this list.")

    def is_allowed(self, instance, action):
        return self.policy.user_has_permission_for_instance(self.user, "change", instance.code_list)

    def write(self, change, reason):
        """Put new items behind those that the list has."""
        item = change.instance
        if change.is_new:
            known = item.code_list_id
            if known not in self._last:
                last = CodeListItem.objects.filter(code_list=known).order_by("-sort_order").first()
                self._last[known] = (last.sort_order or 0) if last else 0
            self._last[known] += 1
            item.sort_order = self._last[known]
        return super().write(change, reason)

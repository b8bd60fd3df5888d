"""Who may do what to which object: one policy class and the views that ask it.

Wagtail's generic views ask only about the model. The view set here makes every view ask
about the object too, and limits every list, choice and export to what the policy shows.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model, ProtectedError
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.views.generic import (
    CopyView,
    CreateView,
    DeleteView,
    EditView,
    HistoryView,
    IndexView,
    InspectView,
    UsageView,
)
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import policy_registry

from portal.core.formulas import guarded


def _as_guarded_text(value):
    return guarded(str(value))


class ScopedPolicy(ModelPermissionPolicy):
    """Model permissions, narrowed to the objects that ``scope`` leaves.

    Subclasses answer one question: which objects of ``queryset`` does ``action`` reach for
    ``user``? ``view`` is asked before anything is shown.
    """

    def scope(self, user, action, queryset):
        """Return the part of ``queryset`` on which ``user`` may do ``action``."""
        raise NotImplementedError(type(self).__name__)

    def user_has_any_permission(self, user, actions):
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user, action, instance):
        if not self.user_has_permission(user, action):
            return False
        queryset = self.model._default_manager.filter(pk=instance.pk)
        return self.scope(user, action, queryset).exists()

    def user_has_any_permission_for_instance(self, user, actions, instance):
        return any(
            self.user_has_permission_for_instance(user, action, instance) for action in actions
        )

    def instances_user_has_permission_for(self, user, action):
        return self.instances_user_has_any_permission_for(user, [action])

    def instances_user_has_any_permission_for(self, user, actions):
        queryset = self.model._default_manager.none()
        for action in actions:
            if self.user_has_permission(user, action):
                queryset = queryset | self.scope(user, action, self.model._default_manager.all())
        return queryset.distinct()

    def users_with_any_permission_for_instance(self, actions, instance):
        users = self.users_with_any_permission(actions)
        allowed = [
            user.pk
            for user in users
            if self.user_has_any_permission_for_instance(user, actions, instance)
        ]
        return users.filter(pk__in=allowed)


#: Whoever may do one of these to an object may know of it.
KNOWING = frozenset({"view", "change", "delete"})


def limit_choices(fields, user):
    """Let ``fields`` of a form offer and accept, of scoped objects, what ``user`` may know of.

    A foreign object then answers as one that does not exist: neither the choices nor a refusal
    tell it from one. A field that is ``narrowed`` by its form stays as it is.
    """
    for field in fields:
        queryset = None if getattr(field, "narrowed", False) else getattr(field, "queryset", None)
        policy = policy_registry.get_by_type(queryset.model) if queryset is not None else None
        if isinstance(policy, ScopedPolicy):
            known = policy.instances_user_has_any_permission_for(user, KNOWING)
            field.queryset = queryset.filter(pk__in=known.values("pk"))


class ScopedListMixin:
    """Show, filter and export only what the policy lets this user view."""

    list_select_related = ()

    @cached_property
    def filters(self):
        """Return the filters, which offer nothing that this user may not know of."""
        found = super().filters
        if found is not None:
            limit_choices(found.form.fields.values(), self.request.user)
        return found

    def get_base_queryset(self):
        queryset = super().get_base_queryset()
        visible = self.permission_policy.instances_user_has_any_permission_for(
            self.request.user, KNOWING
        )
        queryset = queryset.filter(pk__in=visible.values("pk"))
        return queryset.select_related(*self.list_select_related)


class ScopedObjectMixin:
    """Open an object only for those whom the policy lets do this view's action."""

    scoped_action = "view"

    def get_object(self, *args, **kwargs):
        instance = super().get_object(*args, **kwargs)
        if not self.permission_policy.user_has_permission_for_instance(
            self.request.user, self.scoped_action, instance
        ):
            raise PermissionDenied
        return instance


class ScopedSaveMixin:
    """Refuse to save an object out of the user's reach, such as one for another unit."""

    def save_instance(self):
        instance = super().save_instance()
        if not self.permission_policy.user_has_permission_for_instance(
            self.request.user, self.scoped_action, instance
        ):
            raise PermissionDenied  # the view's transaction takes the save back
        return instance


class ChoicesMixin:
    """Offer what the user may know of, loaded with what its names need (``for_choices``)."""

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        limit_choices(form.fields.values(), self.request.user)
        for field in form.fields.values():
            queryset = getattr(field, "queryset", None)
            if hasattr(queryset, "for_choices"):
                field.queryset = queryset.for_choices()
        return form


class ScopedIndexView(ScopedListMixin, IndexView):
    """A list; what people typed leaves its exports as text that no spreadsheet calculates."""

    custom_value_preprocess = {
        **IndexView.custom_value_preprocess,
        (str, Model): {"csv": _as_guarded_text, "xlsx": _as_guarded_text},
    }


class ScopedCreateView(ChoicesMixin, ScopedSaveMixin, CreateView):
    scoped_action = "add"


class ScopedEditView(ChoicesMixin, ScopedObjectMixin, ScopedSaveMixin, EditView):
    scoped_action = "change"


class ScopedDeleteView(ScopedObjectMixin, DeleteView):
    """Deletes what nothing else needs; what is needed stays, and the page says so."""

    scoped_action = "delete"

    def form_valid(self, form):
        try:
            with transaction.atomic():
                return super().form_valid(form)
        except ProtectedError:
            words = _("“%(thing)s” is used elsewhere and cannot be deleted.")
            messages.error(self.request, words % {"thing": self.object})
            return redirect(self.get_delete_url())


class ScopedCopyView(ScopedObjectMixin, ScopedSaveMixin, CopyView):
    scoped_action = "change"


class ScopedInspectView(ScopedObjectMixin, InspectView):
    pass


class ScopedHistoryView(ScopedObjectMixin, HistoryView):
    pass


class ScopedUsageView(ScopedObjectMixin, UsageView):
    pass


class ScopedModelViewSet(ModelViewSet):
    """A model's admin whose every view asks the scoped policy about the object.

    ``list_select_related`` names the relations that a line of the list shows.
    """

    index_view_class = ScopedIndexView
    add_view_class = ScopedCreateView
    edit_view_class = ScopedEditView
    delete_view_class = ScopedDeleteView
    copy_view_class = ScopedCopyView
    inspect_view_class = ScopedInspectView
    history_view_class = ScopedHistoryView
    usage_view_class = ScopedUsageView
    copy_view_enabled = False
    list_select_related = ()

    def get_index_view_kwargs(self, **kwargs):
        return super().get_index_view_kwargs(
            **{"list_select_related": self.list_select_related, **kwargs}
        )


def get_visible_or_404(policy, user, action, **lookup):
    """Return the object that ``user`` may do ``action`` on, or answer as if it did not exist."""
    return get_object_or_404(policy.instances_user_has_permission_for(user, action), **lookup)

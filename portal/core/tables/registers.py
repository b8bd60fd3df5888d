"""Catalogues whose rows are plain objects: rights by their policy, history by simple-history."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from wagtail.permissions import policy_registry

from portal.core.tables.columns import Reference, ReferencesColumn
from portal.core.tables.hanging import hanging_on
from portal.core.tables.resources import CatalogueResource


class RegisterResource(CatalogueResource):
    """A register: the policy registered for its model is asked about every row."""

    #: The model whose policy decides; the catalogue's own unless named.
    policy_model = None

    def __init__(self, user, **options):
        super().__init__(user, **options)
        self.policy = policy_registry.get_by_type(self.policy_model or self.model)
        self._reach = {}

    def scoped_key(self, instance):
        """Return the key of the object about which the policy is asked."""
        return instance.pk

    def may_add(self, instance):
        """Tell whether the policy lets the person add this unsaved instance."""
        return self.policy.user_has_permission(self.user, "add")

    def reach(self, *actions):
        """Return the keys of the objects on which the person may do one of ``actions``."""
        if actions not in self._reach:
            reached = self.policy.instances_user_has_any_permission_for(self.user, set(actions))
            self._reach[actions] = frozenset(reached.values_list("pk", flat=True))
        return self._reach[actions]

    def may_view(self, instance):
        return self.scoped_key(instance) in self.reach("view", "change", "delete")

    def refusal(self, instance, is_new):
        if is_new:
            return "" if self.may_add(instance) else _("You may not add this entry.")
        allowed = self.scoped_key(instance) in self.reach("change")
        return "" if allowed else _("You may not change this entry.")

    def full_clean(self, instance, exclude):
        """Check as ``full_clean`` does, but do not ask again for what a code just found."""
        found = {
            column.attribute
            for column in self.taken
            if isinstance(column.widget, Reference)
            and not instance._meta.get_field(column.attribute).get_limit_choices_to()
        }
        errors = {}
        for check, left_out in (
            (instance.clean_fields, {"exclude": {*exclude, *found}}),
            (instance.clean, {}),
            (instance.validate_unique, {"exclude": exclude}),
            (instance.validate_constraints, {"exclude": exclude}),
        ):
            try:
                check(**left_out)
            except ValidationError as fault:
                errors = fault.update_error_dict(errors)
                exclude = {*exclude, *errors}
        if errors:
            raise ValidationError(errors)

    def export_queryset(self, request):
        """Return what the person may see, in the order of a list."""
        return self.all_instances().filter(pk__in=self.reach("view", "change", "delete"))

    # Writing.

    def write(self, change, reason):
        """Save one change; return what the undo needs to know it by."""
        instance = change.instance
        for column in self.columns:
            if not column.read_only:
                column.settle(instance)
        instance._history_user, instance._change_reason = self.user, reason[:100]
        instance.save()
        for column in self.columns:
            if isinstance(column, ReferencesColumn):
                column.write(instance)
        action = "add" if change.is_new else "change"
        if not self.is_allowed(instance, action):
            raise PermissionDenied  # the transaction takes everything back
        return {"mark": self.mark(instance)}

    def is_allowed(self, instance, action):
        """Ask the policy about the object as it now is."""
        return self.policy.user_has_permission_for_instance(self.user, action, instance)

    def mark(self, instance):
        """Return what changes with every change of the object: the key of its newest history."""
        if not hasattr(instance, "history"):
            return None
        return instance.history.values_list("history_id", flat=True).order_by("history_id").last()

    # Undoing.

    def undo_refusal(self, instance, entry, created):
        """Return why the entry cannot be taken back, or an empty text."""
        if any(self.fields[name].raw(instance) != raw for name, raw in entry["after"].items()) or (
            entry["is_new"] and entry["mark"] != self.mark(instance)
        ):
            return _("it was changed since")
        return self._refusal_to_delete(instance, created) if entry["is_new"] else ""

    def _refusal_to_delete(self, instance, created):
        hanging = hanging_on(instance, created)
        return _("%(things)s hang on it") % {"things": hanging} if hanging else ""

    def take_back(self, instance, entry, reason):
        """Put the previous values back, or delete what the import created."""
        instance._history_user, instance._change_reason = self.user, reason[:100]
        if entry["is_new"]:
            instance.delete()
            return
        for name, raw in entry["before"].items():
            self.fields[name].restore(instance, raw)
        instance.save()
        for column in self.columns:
            if isinstance(column, ReferencesColumn):
                column.write(instance)

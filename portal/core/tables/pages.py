"""Catalogues whose rows are pages: each change is a revision, published where one may."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from wagtail.permission_policies.pages import PagePermissionPolicy

from portal.core.tables.columns import ReferencesColumn
from portal.core.tables.hanging import hanging_on
from portal.core.tables.resources import CatalogueResource

LOG_ACTION = "portal.import"


def refusal_to_edit(page, user):
    """Return why nobody may write over ``page`` now, or why ``user`` may not; or nothing."""
    tester = page.permissions_for_user(user)
    if not tester.can_edit():
        return _("You may not edit this page.")
    if tester.page_locked():
        return _("The page is locked. Unlock it first.")
    if page.has_unpublished_changes or not page.live:
        return _(
            "The page has a draft that is not published. Publish or discard it first, so that "
            "nobody's work is written over."
        )
    return ""


def edits_pages(user):
    """Return whether ``user`` holds any right to write pages: asked without a look at them."""
    return PagePermissionPolicy().user_has_any_permission(user, {"add", "change"})


def may_edit_any(user, model):
    """Return whether there is a page of ``model`` that ``user`` may edit."""
    editable = PagePermissionPolicy().instances_user_has_permission_for(user, "change")
    return model.objects.filter(pk__in=editable.values("pk")).exists()


def save_page(page, user, *, publish):
    """Keep ``page`` as a revision, and publish that when ``publish`` says so."""
    revision = page.save_revision(user=user, log_action=LOG_ACTION)
    if publish:
        revision.publish(user=user)
    return revision


class PageResource(CatalogueResource):
    """A catalogue of pages: page permissions decide, drafts of others are never written over.

    Whoever may publish publishes; of others the change is kept as a draft, and the preview says
    so. ``index_model`` is the page below which new ones stand.
    """

    unchecked = ("path", "depth", "url_path", "slug")

    def __init__(self, user, **options):
        super().__init__(user, **options)
        self._refusals = {}

    def index_for(self, instance):
        """Return the page below which a new one stands, or None."""
        raise NotImplementedError

    def new_instance(self, row):
        return self.model(owner=self.user)

    def may_view(self, instance):
        """Tell whether the person may know the page: it is public, or theirs to edit."""
        if instance.pk in self._readable():
            return True
        return instance.permissions_for_user(self.user).can_edit()

    def _readable(self):
        if not hasattr(self, "_readable_pks"):
            self._readable_pks = frozenset(self.readable_pages().values_list("pk", flat=True))
        return self._readable_pks

    def readable_pages(self):
        """Return the pages that everybody may read; of others the right to edit decides."""
        return self.model.objects.live().public()

    def export_queryset(self, request):
        """Return the live pages that the person may read."""
        return self.all_instances().filter(
            pk__in=self.model.objects.readable_by(request).values("pk")
        )

    def refusal(self, instance, is_new):
        if not is_new:
            return refusal_to_edit(instance, self.user)
        return self._refusal_below(self.index_for(instance))

    def _refusal_below(self, index):
        """Return why no page may be added below ``index``; asked once for each."""
        if index is None:
            return _("There is no page below which it could stand.")
        if index.pk not in self._refusals:
            allowed = index.permissions_for_user(self.user).can_add_subpage()
            self._refusals[index.pk] = "" if allowed else _("You may not add pages here.")
        return self._refusals[index.pk]

    def ends_as_draft(self, instance, is_new):
        if is_new:
            index = self.index_for(instance)
            return index is not None and not self._may_publish_below(index)
        return not instance.permissions_for_user(self.user).can_publish()

    def _may_publish_below(self, index):
        return index.permissions_for_user(self.user).can_publish_subpage()

    # Writing.

    def write(self, change, reason):
        """Keep one change as a revision; return what the undo needs to know it by."""
        page = change.instance
        if self.refusal(page, change.is_new):
            raise PermissionDenied
        is_draft = self.ends_as_draft(page, change.is_new)
        for column in self.columns:
            if not column.read_only:
                column.settle(page)
        if change.is_new:
            page.live, page.has_unpublished_changes = not is_draft, is_draft
            # A page counts its children in memory: it is read anew for each.
            index = self.index_for(page)
            type(index).objects.get(pk=index.pk).add_child(instance=page)
        for column in self.columns:
            if isinstance(column, ReferencesColumn):
                column.write(page)
        revision = save_page(page, self.user, publish=not is_draft)
        return {"mark": revision.pk, "is_draft": is_draft}

    # Undoing.

    def undo_refusal(self, page, entry, created):
        """Return why the entry cannot be taken back, or an empty text."""
        if page.latest_revision_id != entry["mark"]:
            return _("it was changed since")
        tester = page.permissions_for_user(self.user)
        if not tester.can_edit() or tester.page_locked():
            return _("you may not edit the page")
        if not entry["is_draft"] and not tester.can_publish():
            return _("you may not publish the page")
        if not entry["is_new"]:
            return ""
        if page.get_children().exists():
            return _("%(things)s hang on it") % {"things": _("pages below it")}
        hanging = hanging_on(page, created)
        return _("%(things)s hang on it") % {"things": hanging} if hanging else ""

    def take_back(self, page, entry, reason):
        """Publish the page as it was, drop the draft, or delete the page that the import made."""
        if entry["is_new"]:
            page.delete(user=self.user)
            return
        if entry["is_draft"]:  # the public page is as it was; only the draft goes
            page.save_revision(user=self.user, changed=False, log_action=LOG_ACTION)
            self.model.objects.filter(pk=page.pk).update(has_unpublished_changes=False)
            return
        for name, raw in entry["before"].items():
            self.fields[name].restore(page, raw)
        for column in self.columns:
            if isinstance(column, ReferencesColumn):
                column.write(page)
        save_page(page, self.user, publish=True)

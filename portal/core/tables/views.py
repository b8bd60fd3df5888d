"""Staff screens of catalogues as files: what there is, one catalogue, the log of imports."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from portal.core.audit import record
from portal.core.tables.actions import last_applied, receive_table, visible_imports
from portal.core.tables.files import TYPES, export_bytes, help_rows, template_bytes
from portal.core.tables.forms import TableFileForm
from portal.core.tables.registry import table_named, tables_for

RECENT, PER_PAGE = 10, 50


def labelled(imports):
    """Give each import of a list its catalogue, so that a line can name it."""
    imports = list(imports)
    for kept in imports:
        kept.catalogue = table_named(kept.table)
    return imports


def table_or_404(user, key):
    """Return the catalogue with this key that ``user`` may open."""
    found = table_named(key)
    if found is None or not (found.may_import(user) or found.may_export(user)):
        raise Http404
    return found


def tables(request):
    """Show the catalogues and the newest imports."""
    found = tables_for(request.user)
    if not found:
        raise PermissionDenied
    imports = visible_imports(request.user, found)
    return render(
        request,
        "core/tables/index.html",
        {
            "tables": [(each, each.may_import(request.user)) for each in found],
            "imports": labelled(imports.for_listing()[:RECENT]),
            "may_import": any(each.may_import(request.user) for each in found),
        },
    )


def table(request, key):
    """Show one catalogue: its files to take along, its columns, and where to send a file."""
    found = table_or_404(request.user, key)
    may_import = found.may_import(request.user)
    form = TableFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        if not may_import:
            raise PermissionDenied
        if form.is_valid():
            try:
                kept = receive_table(found, form.cleaned_data["file"], user=request.user)
            except ValidationError as refusal:
                form.add_error("file", refusal)
            else:
                return redirect("tables:import", kept.pk)
    imports = visible_imports(request.user, [found])
    last = last_applied(found.key)
    return render(
        request,
        "core/tables/table.html",
        {
            "table": found,
            "form": form,
            "may_import": may_import,
            "may_export": found.may_export(request.user),
            "columns": help_rows(found.resource(request.user)),
            "imports": labelled(imports.for_listing()[:RECENT]),
            "last_pk": last.pk if last else None,
        },
        status=422 if form.errors else 200,
    )


def template_file(request, key, suffix):
    """Give an empty file to fill in."""
    found = table_or_404(request.user, key)
    return _file(found, suffix, lambda: template_bytes(found.resource(request.user), suffix), "mau")


def export_file(request, key, suffix):
    """Give what the person may see of a catalogue, as a file that comes in again."""
    found = table_or_404(request.user, key)
    if not found.may_export(request.user):
        raise PermissionDenied

    def content():
        resource = found.resource(request.user)
        return export_bytes(resource, resource.export_queryset(request), suffix)

    answer = _file(found, suffix, content, f"{timezone.localdate():%Y-%m-%d}")
    record("tables.export", user=request.user, table=found.key, format=suffix)
    return answer


def _file(found, suffix, content, name):
    if suffix not in TYPES:
        raise Http404
    response = HttpResponse(content(), content_type=TYPES[suffix])
    response["Content-Disposition"] = f'attachment; filename="{found.key}-{name}.{suffix}"'
    response["Cache-Control"] = "private, no-store"
    return response


def log(request):
    """Show all imports that the person may see, the newest first."""
    found = tables_for(request.user)
    if not any(each.may_import(request.user) for each in found):
        raise PermissionDenied
    imports = visible_imports(request.user, found).for_listing()
    wanted = request.GET.get("danh-muc", "")
    if wanted:
        imports = imports.filter(table=wanted)
    page = Paginator(imports, PER_PAGE).get_page(request.GET.get("trang"))
    return render(
        request,
        "core/tables/log.html",
        {
            "page_obj": page,
            "imports": labelled(page.object_list),
            "tables": [each for each in found if each.may_import(request.user)],
            "wanted": wanted,
        },
    )

"""Receipts: on paper for each file that was received, and found again by number, hash or file."""

import hashlib

from django import forms
from django.db.models import Q
from django.http import Http404
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from portal.core.documents import document_response
from portal.datasets.findings import reading_of
from portal.datasets.models import DatasetVersion
from portal.datasets.published import provision_for
from portal.datasets.version_views import version_or_404
from portal.datasets.views import worked_on

MOST_FOUND = 50


class ReceiptForm(forms.Form):
    """A receipt number or a SHA-256, or the file itself, of which the hash is taken."""

    so = forms.CharField(label=_("Receipt number or SHA-256"), max_length=128, required=False)
    tep = forms.FileField(label=_("or the file itself"), required=False)

    @property
    def sought(self):
        """Return what is looked for: the hash of the file where one was given."""
        file = self.cleaned_data["tep"]
        if not file:
            return self.cleaned_data["so"].strip()
        digest = hashlib.sha256()
        for chunk in file.chunks():
            digest.update(chunk)
        return digest.hexdigest()


def receipt(request, pk):
    """Give the receipt of a file on paper."""
    shown = version_or_404(request.user, pk)
    if shown.is_trial:
        raise Http404
    report = shown.report
    counts = [
        ("Số bản ghi trong tệp", report.get("records")),
        ("Số bản ghi được chấp nhận", report.get("accepted")),
        ("Số bản ghi bị từ chối", report.get("rejected")),
        ("Số dòng trống", report.get("blank")),
        ("Số dòng không phải bản ghi", report.get("left_out")),
    ]
    with translation.override("vi"):
        context = {
            "version": shown,
            "dataset": shown.dataset,
            "read_as": reading_of(shown),
            "provision": provision_for(shown.dataset, request),
            "counts": [(words, count) for words, count in counts if count is not None],
            "search_url": request.build_absolute_uri(reverse("datasets:receipts")),
        }
        html = render_to_string("datasets/papers/receipt_pdf.html", context, request=request)
    return document_response(
        request,
        html,
        title=_("Receipt %(number)s") % {"number": shown.receipt_number},
        filename=f"bien-nhan-{shown.receipt_number}.pdf",
        back_url=reverse("datasets:version", args=[pk]),
    )


def receipts(request):
    """Find received files by receipt number or hash; a file that is dropped is not kept."""
    form = ReceiptForm(request.POST or None, request.FILES or None)
    sought = form.sought if request.method == "POST" and form.is_valid() else ""
    context = {"form": form, "sought": sought, "found": found_for(request.user, sought)}
    return render(request, "datasets/admin/receipts.html", context)


def found_for(user, sought):
    """Return the received files with that number or hash, of datasets that the user looks after."""
    if not sought:
        return []
    is_it = Q(receipt_number__iexact=sought) | Q(sha256=sought.lower())
    is_it |= Q(manifest_sha256=sought.lower())
    versions = DatasetVersion.objects.counting().filter(is_it, dataset__in=worked_on(user))
    versions = versions.select_related("dataset", "unit").defer(*DatasetVersion.HEAVY)
    return list(versions[:MOST_FOUND])

"""The frame that the staff screens share: title, trail, tables."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

PER_PAGE = 20


def framed(title, *trail, icon="group"):
    """Return the frame's part of a context; ``trail`` holds (address, label) of what is above."""
    crumbs = [(reverse("meetings:index"), _("Meetings and tasks")), *trail]
    return {
        "header_title": title,
        "header_icon": icon,
        "breadcrumbs_items": [
            *({"url": url, "label": label} for url, label in crumbs),
            {"url": "", "label": title},
        ],
    }


def form_page(request, form, title, *trail, button, lede=""):
    """Answer with a page that holds one form."""
    context = {"form": form, "button": button, "lede": lede, **framed(title, *trail)}
    return render(request, "meetings/admin/form.html", context)


def page_of(request, things):
    """Return the page of ``things`` that ``?trang=`` asks for."""
    return Paginator(things, PER_PAGE).get_page(request.GET.get("trang"))

"""Every address pattern of the portal's own views, with an example of what it is about.

Whoever adds a pattern adds its line here; ``tests/test_every_page.py`` opens each as everybody.
"""

from dataclasses import dataclass

#: What a view set of Wagtail answers to, and whether its address names an object.
VIEW_SET_SCREENS = {
    "index": False,
    "index_results": False,
    "add": False,
    "edit": True,
    "delete": True,
    "history": True,
    "history_results": True,
    "usage": True,
}


@dataclass(frozen=True)
class Address:
    """An example of a pattern: whose keys it takes, and what a GET of it answers.

    ``keys`` makes the keyword arguments from the objects of ``tests/small_site.py``. ``opens``
    is the answer to the person named ``by``; ``public`` to the anonymous, None for staff
    addresses.
    """

    keys: object = None
    opens: int = 200
    by: str = "administrator"
    public: int | None = None
    query: str = ""

    def kwargs(self, site):
        """Return the keyword arguments of the example."""
        return self.keys(site) if self.keys else {}


def staff(keys=None, opens=200, **more):
    """Return an address of the staff area."""
    return Address(keys, opens=opens, **more)


def public(keys=None, opens=200, **more):
    """Return an address that answers the anonymous as it does the administrator."""
    return Address(keys, opens=opens, public=opens, **more)


def pk_of(name):
    """Return the keys of an address that takes the pk of the object called ``name``."""
    return lambda site: {"pk": getattr(site, name).pk}


def edition_1(site):
    """Return the keys of the first edition of the regulation."""
    return {"slug": site.regulation.slug, "number": 1}


def two_editions(site):
    """Return the keys of a comparison."""
    return {"slug": site.regulation.slug, "old": "1", "new": "2"}


def view_set(namespace, name):
    """Return the addresses of a view set's screens."""
    return {
        f"{namespace}:{screen}": staff(pk_of(name) if of_an_object else None)
        for screen, of_an_object in VIEW_SET_SCREENS.items()
    }


#: What answers only to a form that was sent.
SENT_ONLY = 405

ADDRESSES = {
    # The house
    "portal_login": Address(opens=302, public=200),
    "search:results": public(query="?q=y+te"),
    "search:results_json": public(query="?q=y+te"),
    "api:openapi-json": public(),
    "api:api-root": public(opens=404),
    # Regulations
    "api:list_regulations": public(),
    "api:get_regulation": public(lambda site: {"slug": site.regulation.slug}),
    "api:list_articles": public(lambda site: {"slug": site.regulation.slug}),
    "api:get_article": public(lambda site: {"slug": site.regulation.slug, "number": "1"}),
    "api:get_provision": public(
        lambda site: {"slug": site.regulation.slug, "eid": site.provision.eid}
    ),
    "api:list_documents": public(lambda site: {"slug": site.regulation.slug}),
    "api:get_akoma_ntoso": public(lambda site: {"slug": site.regulation.slug}),
    "regulation_go_to": public(
        lambda site: {"slug": site.regulation.slug}, opens=302, query="?so=1"
    ),
    "regulation_glossary": public(lambda site: {"slug": site.regulation.slug}),
    "regulation_lineage": public(lambda site: {"slug": site.regulation.slug}),
    "regulation_pdf": public(lambda site: {"slug": site.regulation.slug}, opens=202),
    "regulation_document": public(
        lambda site: {"slug": site.regulation.slug, "extension": "docx"}, opens=202
    ),
    "edition_document": public(
        lambda site: {"slug": site.regulation.slug, "number": 1, "extension": "xml"}
    ),
    **view_set("cross_references", "reference"),
    **view_set("definitions", "definition"),
    "regulations:import_text": staff(),
    "regulations:import_preview": staff(pk_of("pasted")),
    "regulations:import_block": staff(
        lambda site: {"pk": site.open_import.pk, "block_id": "m1"}, query="?cach=tach"
    ),
    "regulations:import_correct": staff(pk_of("open_import"), opens=SENT_ONLY),
    "regulations:import_undo": staff(pk_of("open_import"), opens=SENT_ONLY),
    "regulations:import_tick": staff(pk_of("open_import"), opens=SENT_ONLY),
    "regulations:import_discard": staff(pk_of("open_import"), opens=SENT_ONLY),
    "regulations:import_original": staff(pk_of("pasted")),
    "regulations:import_progress": staff(pk_of("pasted")),
    "regulations:import_create": staff(pk_of("pasted"), opens=SENT_ONLY),
    "regulations:publish": staff(pk_of("regulation"), opens=SENT_ONLY),
    # Editions
    "api:list_editions": public(lambda site: {"slug": site.regulation.slug}),
    "api:get_edition": public(edition_1),
    "api:get_text_on_day": public(
        lambda site: {"slug": site.regulation.slug, "day": "2999-12-31"}
    ),
    "api:get_redline": public(
        lambda site: {"slug": site.regulation.slug, "old": 1, "new": 2}
    ),
    "regulation_editions": public(lambda site: {"slug": site.regulation.slug}),
    "regulation_edition": public(edition_1),
    "regulation_edition_part": public(
        lambda site: {"slug": site.regulation.slug, "number": 1, "path": "dieu-1"}
    ),
    "regulation_choose_day": public(
        lambda site: {"slug": site.regulation.slug}, opens=302, query="?ngay=31/12/2999"
    ),
    "regulation_on_day": public(
        lambda site: {"slug": site.regulation.slug, "day": "2999-12-31"}
    ),
    "regulation_part_on_day": public(
        lambda site: {"slug": site.regulation.slug, "day": "2999-12-31", "path": "dieu-1"}
    ),
    "regulation_choose_comparison": public(
        lambda site: {"slug": site.regulation.slug}, opens=302, query="?tu=1&den=2"
    ),
    "regulation_compare": public(two_editions),
    "regulation_compare_csv": public(two_editions),
    "editions:enact": staff(pk_of("regulation")),
    "editions:editions": staff(pk_of("regulation")),
    "editions:withdraw": staff(pk_of("edition"), opens=SENT_ONLY),
    # Units
    "api:list_units": public(),
    "api:get_unit": public(lambda site: {"code": site.unit.code}),
    "units:from_regulation": staff(pk_of("regulation")),
    **view_set("memberships", "membership"),
    **view_set("obligations", "obligation"),
    "unit_events:index": staff(),
    "unit_events:create": staff(),
    "unit_events:show": staff(pk_of("unit_event")),
    "unit_events:edit": staff(pk_of("prepared_event")),
    "unit_events:successors": staff(pk_of("prepared_event")),
    "unit_events:decisions": staff(pk_of("prepared_event")),
    "unit_events:preview": staff(pk_of("prepared_event")),
    "unit_events:undo": staff(pk_of("unit_event"), opens=SENT_ONLY),
    "unit_events:discard": staff(pk_of("prepared_event"), opens=SENT_ONLY),
    # Datasets and indicators
    "api:list_datasets": public(),
    "api:get_dataset": public(lambda site: {"code": site.dataset.code}),
    "api:list_versions": public(lambda site: {"code": site.dataset.code}),
    "api:list_rows": public(lambda site: {"code": site.dataset.code}),
    "api:list_indicators": public(),
    "api:get_indicator": public(lambda site: {"code": site.indicator.code}),
    "indicator_chart": public(lambda site: {"code": site.indicator.code}),
    "indicator_csv": public(lambda site: {"code": site.indicator.code}),
    "dataset_current": public(
        lambda site: {"code": site.dataset.code, "suffix": "csv"}, opens=302
    ),
    "dataset_download": public(
        lambda site: {"code": site.dataset.code, "number": 1, "suffix": "csv"}
    ),
    "datasets:mine": staff(),
    "datasets:queue": staff(),
    "datasets:dataset": staff(pk_of("dataset")),
    "datasets:upload": staff(pk_of("dataset")),
    "datasets:template": staff(lambda site: {"pk": site.dataset.pk, "suffix": "csv"}),
    "datasets:items": staff(pk_of("code_list")),
    "datasets:bring_in_items": staff(pk_of("code_list")),
    "datasets:version": staff(pk_of("version")),
    "datasets:progress": staff(pk_of("version")),
    "datasets:issues": staff(pk_of("refused_version")),
    "datasets:original": staff(pk_of("version")),
    "datasets:choose_reading": staff(pk_of("version"), opens=SENT_ONLY),
    "datasets:step": staff(
        lambda site: {"pk": site.version.pk, "key": "withdraw"}, opens=SENT_ONLY
    ),
    **view_set("code_lists", "code_list"),
    # Meetings, tasks, assessment
    "api:list_meetings": public(),
    "api:get_meeting": public(pk_of("meeting")),
    "api:list_tasks": public(),
    "api:get_result": public(lambda site: {"year": site.cycle.year}),
    "meetings_ics": public(),
    "meeting": public(pk_of("meeting")),
    "meeting_ics": public(pk_of("meeting")),
    "meeting_minutes_pdf": public(pk_of("meeting"), opens=202),
    "meeting_notice_pdf": public(pk_of("meeting"), opens=202),
    "assessment_result": public(lambda site: {"year": site.cycle.year}),
    "assessment_pdf": public(lambda site: {"year": site.cycle.year}, opens=202),
    "meetings:index": staff(),
    "meetings:create": staff(by="ioc_leader"),
    "meetings:propose": staff(by="unit_head"),
    "meetings:meeting": staff(pk_of("meeting")),
    "meetings:edit": staff(pk_of("following"), by="ioc_leader"),
    "meetings:attendance": staff(pk_of("meeting"), by="ioc_leader"),
    "meetings:reviews": staff(pk_of("following"), by="ioc_leader"),
    "meetings:minutes": staff(pk_of("meeting")),
    "meetings:item": staff(pk_of("item")),
    "meetings:item_step": staff(
        lambda site: {"pk": site.item.pk, "step": "len"}, opens=SENT_ONLY
    ),
    "meetings:conclusion": staff(pk_of("conclusion"), by="ioc_leader"),
    "meetings:tasks": staff(),
    "meetings:task_create": staff(by="ioc_leader"),
    "meetings:task": staff(pk_of("task")),
    "meetings:cycles": staff(),
    "meetings:cycle_create": staff(by="ioc_leader"),
    "meetings:cycle": staff(pk_of("open_cycle")),
    "meetings:unit_form": staff(pk_of("unit_form")),
    "meetings:criteria_sets": staff(),
    "meetings:criteria": staff(pk_of("criteria")),
    "meetings:criteria_copy": staff(pk_of("criteria"), opens=SENT_ONLY),
    **view_set("meeting_series", "series"),
}  # fmt: skip

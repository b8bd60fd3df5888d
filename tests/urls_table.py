"""Every address pattern of the portal's own views: an example of its keys, and who reaches it.

Whoever adds a pattern adds its line here. ``tests/test_every_page.py`` opens each as everybody;
``tests/test_rights.py`` does so with an object of one's own unit and with one of another unit,
and holds the answer to the *reach* that the line declares, in the words of ``tests/reach.py``::

    "room:index": staff(reach=STAFF),
    "room:thing": staff(pk_of("thing"), reach=CENTRE | OWN_UNIT),
    "room:send": staff(pk_of("thing"), opens=SENT_ONLY, reach=OWN_UNIT),
    "thing": public(pk_of("thing"), closed=INTERNAL),
    **view_set("things", "thing", see=CENTRE | OWN_UNIT, keep=CENTRE, remove=ADMINISTRATOR),

``reach`` says who opens it. A thing of the other unit (``tests/foreign_unit.py``) is not public;
``closed`` says who opens that one, where it differs. Who reaches an address by GET may still be
refused its form: ``sends`` names who may send it. All others get the answer of an address that
does not exist, or are led away, and change nothing. A line without reach fails the walk.

Longer than 300 lines because it is one table, and every address has its line.
"""

from tests.reach import (
    ADMINISTRATOR,
    AUTHORITY,
    CENTRE,
    EVERYBODY,
    HEAD,
    LEADER,
    MINUTE_TAKER,
    NOBODY,
    OFFICER,
    OTHER_UNITS,
    OWN_UNIT,
    STAFF,
    UNITS,
)
from tests.url_words import (
    SENT_ONLY,
    Address,
    edition_1,
    own_account,
    person_of_membership,
    pk_of,
    public,
    staff,
    two_editions,
    view_set,
)

#: Who looks after every meeting, and who after every assessment.
OVERSEERS = CENTRE | MINUTE_TAKER | AUTHORITY
ASSESSORS = CENTRE | AUTHORITY
PREPARERS = LEADER | OFFICER
PUBLISHERS = ADMINISTRATOR | LEADER
#: Who brings catalogues in and takes them out.
CATALOGUES = CENTRE | UNITS
#: Who names the people of a unit.
NAMERS = ADMINISTRATOR | HEAD
#: Who has to do with the reports of units.
REPORTING = CENTRE | UNITS | AUTHORITY

ADDRESSES = {
    # The house
    "shut_staff_login": public(opens=302),
    "shut_staff_reset": public(opens=302),
    "shut_page_login": public(opens=302),
    "account_login": Address(opens=200, public=200, reach=EVERYBODY),
    "account_signup": Address(opens=200, public=200, reach=EVERYBODY),
    "account_inactive": public(),
    "account_overview": own_account(),
    "account_reauthenticate": own_account(),
    "account_change_password": own_account(),
    "account_set_password": own_account(opens=302),
    "account_reset_password": public(),
    "account_reset_password_done": public(),
    "account_reset_password_from_key_done": public(),
    "account_reset_password_from_key": public(
        lambda site: {"uidb36": "1", "key": "abc-def"}, nowhere=200
    ),
    "account_email": own_account(),
    "account_email_verification_sent": public(),
    "account_confirm_email": public(lambda site: {"key": "abc"}, nowhere=200),
    "mfa_index": own_account(),
    "mfa_authenticate": public(opens=302),
    "mfa_reauthenticate": own_account(opens=302),
    "mfa_activate_totp": own_account(opens=302),
    "mfa_deactivate_totp": own_account(opens=404),
    "mfa_view_recovery_codes": own_account(opens=404),
    "mfa_generate_recovery_codes": own_account(opens=302),
    "usersessions_list": own_account(),
    "socialaccount_login_cancelled": public(),
    "socialaccount_login_error": public(opens=401),
    "openid_connect_login": public(lambda site: {"provider_id": "sso"}, opens=404),
    "openid_connect_callback": public(lambda site: {"provider_id": "sso"}, opens=404),
    "accept_invitation": public(lambda site: {"word": "khong-co"}, opens=410, nowhere=410),
    "accounts:accounts": staff(reach=ADMINISTRATOR),
    "accounts:account": staff(lambda site: {"pk": site.administrator.pk}, reach=ADMINISTRATOR),
    "accounts:account_deed": staff(
        lambda site: {"pk": site.administrator.pk, "deed": "ngung"},
        opens=SENT_ONLY,
        reach=ADMINISTRATOR,
    ),
    "accounts:journal": staff(reach=ADMINISTRATOR),
    "accounts:invitations": staff(reach=ADMINISTRATOR),
    "accounts:invite": staff(reach=ADMINISTRATOR),
    "accounts:invitation": staff(pk_of("invitation"), reach=ADMINISTRATOR),
    "accounts:resend": staff(pk_of("invitation"), opens=SENT_ONLY, reach=ADMINISTRATOR),
    "accounts:revoke": staff(pk_of("invitation"), opens=SENT_ONLY, reach=ADMINISTRATOR),
    "search:results": public(query="?q=y+te"),
    "search:results_json": public(query="?q=y+te"),
    "api:openapi-json": public(),
    "api:api-root": public(opens=404),
    "nothing_in_the_api": public(lambda site: {"rest": "khong-co/-1"}, opens=404),
    # The set-up of the centre
    "setup:choose": staff(reach=ADMINISTRATOR),
    "setup:start": staff(pk_of("regulation"), opens=SENT_ONLY, reach=ADMINISTRATOR),
    "setup:step": staff(
        lambda site: {"pk": site.setup_run.pk, "word": "nghia-vu"}, reach=ADMINISTRATOR
    ),
    "setup:proposal": staff(
        lambda site: {"pk": site.setup_run.proposals.last().pk}, reach=ADMINISTRATOR
    ),
    "setup:apply": staff(pk_of("setup_run"), opens=SENT_ONLY, reach=ADMINISTRATOR),
    "setup:progress": staff(pk_of("setup_run"), reach=ADMINISTRATOR),
    "setup:abandon": staff(pk_of("setup_run"), opens=SENT_ONLY, reach=ADMINISTRATOR),
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
    **view_set("cross_references", "reference", see=CENTRE),
    **view_set("definitions", "definition", see=CENTRE),
    "regulations:import_text": staff(reach=CENTRE),
    "regulations:import_preview": staff(pk_of("pasted"), reach=CENTRE),
    "provision_chooser:choose": staff(query="?q=dieu", reach=STAFF),
    "provision_chooser:choose_results": staff(query="?q=kip", reach=STAFF),
    "provision_chooser:chosen": staff(pk_of("provision"), reach=STAFF),
    "provision_chooser:chosen_multiple": staff(query="?id=1", reach=STAFF),
    "provision_chooser:create": staff(opens=302, reach=NOBODY),
    "regulations:import_block": staff(
        lambda site: {"pk": site.open_import.pk, "block_id": "m1"}, query="?cach=tach", reach=CENTRE
    ),
    "regulations:import_correct": staff(pk_of("open_import"), opens=SENT_ONLY, reach=CENTRE),
    "regulations:import_undo": staff(pk_of("open_import"), opens=SENT_ONLY, reach=CENTRE),
    "regulations:import_tick": staff(pk_of("open_import"), opens=SENT_ONLY, reach=CENTRE),
    "regulations:import_discard": staff(pk_of("open_import"), opens=SENT_ONLY, reach=CENTRE),
    "regulations:import_original": staff(pk_of("pasted"), reach=CENTRE),
    "regulations:import_progress": staff(pk_of("pasted"), reach=CENTRE),
    "regulations:import_create": staff(pk_of("pasted"), opens=SENT_ONLY, reach=CENTRE),
    "regulations:publish": staff(pk_of("regulation"), opens=SENT_ONLY, reach=PUBLISHERS),
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
    "editions:enact": staff(pk_of("regulation"), reach=PUBLISHERS),
    "editions:editions": staff(pk_of("regulation"), reach=PUBLISHERS),
    "editions:new_text": staff(pk_of("regulation"), reach=PUBLISHERS),
    "editions:new_text_preview": staff(pk_of("new_text"), reach=PUBLISHERS),
    "editions:withdraw": staff(pk_of("edition"), opens=SENT_ONLY, reach=PUBLISHERS),
    # Catalogues as files
    "tables:index": staff(reach=STAFF),
    "tables:log": staff(reach=CENTRE | HEAD),
    "tables:table": staff(lambda site: {"key": "don-vi"}, reach=STAFF),
    "tables:template": staff(lambda site: {"key": "don-vi", "suffix": "xlsx"}, reach=STAFF),
    "tables:export": staff(lambda site: {"key": "nghia-vu", "suffix": "csv"}, reach=CATALOGUES),
    "tables:import": staff(pk_of("table_import"), reach=CENTRE, closed=NAMERS),
    "tables:progress": staff(pk_of("table_import"), reach=CENTRE, closed=NAMERS),
    "tables:original": staff(pk_of("table_import"), reach=CENTRE, closed=NAMERS),
    "tables:mistakes": staff(pk_of("table_import"), reach=CENTRE, closed=NAMERS),
    "tables:step": staff(
        lambda site: {"pk": site.table_import.pk, "key": "ghi"},
        opens=SENT_ONLY,
        reach=CENTRE,
        closed=NAMERS,
    ),
    # Units
    "api:list_units": public(),
    "api:get_unit": public(lambda site: {"code": site.unit.code}),
    "units:without_contact": staff(reach=ADMINISTRATOR),
    "units:person": staff(person_of_membership, reach=ADMINISTRATOR),
    "units:hand_over": staff(person_of_membership, reach=ADMINISTRATOR),
    "units:hand_over_record": staff(pk_of("person_hand_over"), reach=ADMINISTRATOR),
    "units:hand_over_pdf": staff(pk_of("person_hand_over"), opens=202, reach=ADMINISTRATOR),
    **view_set(
        "memberships", "membership", see=CENTRE | UNITS, keep=NAMERS, remove=ADMINISTRATOR
    ),
    "wagtailusers_users:index": staff(reach=ADMINISTRATOR),
    "wagtailusers_users:index_results": staff(reach=ADMINISTRATOR),
    "wagtailusers_users:add": staff(reach=ADMINISTRATOR),
    "wagtailusers_users:edit": staff(person_of_membership, reach=ADMINISTRATOR),
    "wagtailusers_users:delete": staff(person_of_membership, opens=302, reach=NOBODY),
    "wagtailusers_users:history": staff(person_of_membership, reach=ADMINISTRATOR),
    "wagtailusers_users:history_results": staff(person_of_membership, reach=ADMINISTRATOR),
    "wagtailusers_users:usage": staff(person_of_membership, reach=ADMINISTRATOR),
    **view_set("obligations", "obligation", see=CENTRE | UNITS, keep=ADMINISTRATOR),
    "units:duty": staff(pk_of("obligation"), reach=CENTRE | OWN_UNIT),
    "units:withdraw_record": staff(pk_of("duty_record"), by="data_officer", reach=OWN_UNIT),
    "units:record_file": staff(pk_of("record_file"), reach=CENTRE | OWN_UNIT),
    "duty_list_xlsx": public(),
    "duty_list_pdf": public(opens=202),
    "api:list_duties": public(query="?don_vi=DV001&tinh_trang=late"),
    "api:get_duty": public(pk_of("obligation")),
    "unit_matrix": public(),
    "unit_matrix_book": public(),
    "unit_matrix_pdf": public(opens=202),
    "unit_sheet": public(lambda site: {"code": site.unit.code}, opens=202),
    "unit_events:index": staff(reach=PUBLISHERS),
    "unit_events:create": staff(reach=PUBLISHERS),
    "unit_events:show": staff(pk_of("unit_event"), reach=PUBLISHERS),
    "unit_events:edit": staff(pk_of("prepared_event"), reach=PUBLISHERS),
    "unit_events:successors": staff(pk_of("prepared_event"), reach=PUBLISHERS),
    "unit_events:decisions": staff(pk_of("prepared_event"), reach=PUBLISHERS),
    "unit_events:preview": staff(pk_of("prepared_event"), reach=PUBLISHERS),
    "unit_events:undo": staff(pk_of("unit_event"), opens=SENT_ONLY, reach=PUBLISHERS),
    "unit_events:discard": staff(pk_of("prepared_event"), opens=SENT_ONLY, reach=PUBLISHERS),
    # Datasets and indicators
    "api:list_datasets": public(),
    "api:get_dataset": public(lambda site: {"code": site.dataset.code}, closed=CENTRE | OWN_UNIT),
    "api:list_versions": public(lambda site: {"code": site.dataset.code}, closed=CENTRE | OWN_UNIT),
    "api:list_rows": public(lambda site: {"code": site.dataset.code}, closed=CENTRE | OWN_UNIT),
    "api:list_version_rows": public(
        lambda site: {"code": site.dataset.code, "version": "moi-nhat"}, closed=CENTRE | OWN_UNIT
    ),
    "api:get_profile": public(
        lambda site: {"code": site.dataset.code, "version": "1"}, closed=CENTRE | OWN_UNIT
    ),
    "api:describe_rows": public(lambda site: {"code": site.dataset.code}, closed=CENTRE | OWN_UNIT),
    "api:list_indicators": public(),
    "api:get_indicator": public(lambda site: {"code": site.indicator.code}),
    "indicator_chart": public(lambda site: {"code": site.indicator.code}),
    "indicator_trace": public(lambda site: {"code": site.indicator.code}),
    "indicator_csv": public(lambda site: {"code": site.indicator.code}),
    "dataset_current": public(
        lambda site: {"code": site.dataset.code, "suffix": "csv"},
        opens=302,
        closed=CENTRE | OWN_UNIT,
    ),
    "dataset_download": public(
        lambda site: {"code": site.dataset.code, "number": 1, "suffix": "csv"},
        closed=CENTRE | OWN_UNIT,
    ),
    "row_trace": public(
        lambda site: {"code": site.dataset.code, "number": 1, "place": 1},
        closed=CENTRE | OWN_UNIT,
    ),
    "api:get_row_trace": public(
        lambda site: {"code": site.dataset.code, "version": 1, "row": 1},
        closed=CENTRE | OWN_UNIT,
    ),
    "checking_script": public(),
    "manifests": public(lambda site: {"code": site.dataset.code}, closed=CENTRE | OWN_UNIT),
    "manifest": public(
        lambda site: {"code": site.dataset.code, "number": 1}, closed=CENTRE | OWN_UNIT
    ),
    "sealed_table": public(
        lambda site: {"code": site.dataset.code, "number": 1}, closed=CENTRE | OWN_UNIT
    ),
    "catalogue_resource": public(opens=303),
    "data_feed": public(),
    "data_list": public(lambda site: {"word": "du-lieu-mo"}),
    "data_list_file": public(lambda site: {"word": "du-lieu-mo", "suffix": "csv"}),
    "json_stat_collection": public(),
    "json_stat": public(lambda site: {"code": site.indicator.code}),
    "dataset_feed": public(lambda site: {"code": site.dataset.code}, closed=NOBODY),
    "data_package": public(lambda site: {"code": site.dataset.code}, closed=CENTRE | OWN_UNIT),
    "version_package": public(
        lambda site: {"code": site.dataset.code, "number": 1}, closed=CENTRE | OWN_UNIT
    ),
    "catalogue_document": public(lambda site: {"suffix": "ttl"}),
    "dataset_resource": public(
        lambda site: {"code": site.dataset.code}, opens=303, closed=CENTRE | OWN_UNIT
    ),
    "dataset_document": public(
        lambda site: {"code": site.dataset.code, "suffix": "ttl"}, closed=CENTRE | OWN_UNIT
    ),
    "version_resource": public(
        lambda site: {"code": site.dataset.code, "number": 1}, opens=303, closed=CENTRE | OWN_UNIT
    ),
    "dataset_narrow": public(
        lambda site: {"code": site.dataset.code}, opens=302, closed=CENTRE | OWN_UNIT
    ),
    "dataset_compare": public(
        lambda site: {"code": site.dataset.code}, closed=CENTRE | OWN_UNIT
    ),
    "dataset_schema": public(
        lambda site: {"code": site.dataset.code}, closed=CENTRE | OWN_UNIT
    ),
    "dataset_structure": public(
        lambda site: {"code": site.dataset.code}, opens=202, closed=CENTRE | OWN_UNIT
    ),
    "datasets:mine": staff(reach=STAFF),
    "datasets:queue": staff(reach=CENTRE),
    "datasets:board": staff(reach=CENTRE | UNITS),
    "datasets:board_unit": staff(pk_of("unit"), reach=CENTRE | OWN_UNIT),
    "datasets:board_file": staff(lambda _site: {"suffix": "csv"}, reach=CENTRE | UNITS),
    "datasets:extend": staff(
        lambda site: {"pk": site.dataset.pk, "period": "2025"}, reach=CENTRE, sends=CENTRE
    ),
    "datasets:special_requests": staff(reach=STAFF),
    "datasets:new_special_request": staff(reach=CENTRE),
    "datasets:special_request": staff(pk_of("special_request"), reach=CENTRE | OWN_UNIT),
    "datasets:withdraw_special_request": staff(pk_of("special_request"), reach=CENTRE),
    "datasets:dataset": staff(pk_of("dataset"), reach=CENTRE | OWN_UNIT),
    "datasets:upload": staff(pk_of("dataset"), reach=CENTRE | OWN_UNIT, sends=OWN_UNIT),
    "datasets:template": staff(
        lambda site: {"pk": site.dataset.pk, "suffix": "csv"}, reach=CENTRE | OWN_UNIT
    ),
    "datasets:start_definition": staff(pk_of("dataset"), reach=CENTRE),
    "datasets:try_definition": staff(pk_of("dataset"), reach=CENTRE),
    "datasets:items": staff(pk_of("code_list"), reach=CENTRE | UNITS),
    "datasets:bring_in_items": staff(pk_of("code_list"), reach=CENTRE),
    "datasets:sources": staff(reach=CATALOGUES),
    "datasets:new_source": staff(lambda site: {"kind": "tep"}, reach=NAMERS),
    "datasets:source": staff(pk_of("data_source"), reach=CENTRE | OWN_UNIT),
    "datasets:change_source": staff(pk_of("data_source"), reach=NAMERS),
    "datasets:source_step": staff(
        lambda site: {"pk": site.data_source.pk, "key": "lay-ngay"},
        opens=SENT_ONLY,
        reach=NAMERS,
    ),
    "datasets:version": staff(pk_of("version"), reach=CENTRE | OWN_UNIT),
    "datasets:progress": staff(pk_of("version"), reach=CENTRE | OWN_UNIT),
    "datasets:issues": staff(pk_of("refused_version"), reach=CENTRE | OWN_UNIT),
    "datasets:error_workbook": staff(pk_of("refused_version"), reach=CENTRE | OWN_UNIT),
    "datasets:issue_list": staff(
        lambda site: {"pk": site.refused_version.pk, "code": "not_a_number"},
        reach=CENTRE | OWN_UNIT,
    ),
    "datasets:put_right": staff(
        pk_of("refused_version"), opens=SENT_ONLY, reach=OWN_UNIT, sends=OWN_UNIT
    ),
    "datasets:changes": staff(
        lambda site: {"pk": site.version.pk, "kind": "added"}, reach=CENTRE | OWN_UNIT
    ),
    "datasets:sharing": staff(reach=CENTRE | UNITS),
    "datasets:who_sees_what": staff(reach=CENTRE | UNITS),
    "datasets:who_sees_what_csv": staff(reach=CENTRE | UNITS),
    "datasets:ask_access": staff(
        pk_of("dataset"), by="outsider", reach=OTHER_UNITS, closed=NOBODY
    ),
    "datasets:request": staff(pk_of("access_request"), reach=CENTRE | OWN_UNIT),
    "datasets:grant_request": staff(pk_of("access_request"), reach=NAMERS),
    "datasets:refuse_request": staff(pk_of("access_request"), reach=NAMERS),
    "datasets:withdraw_request": staff(pk_of("access_request"), opens=302, reach=NOBODY),
    "datasets:grant_directly": staff(pk_of("dataset"), reach=NAMERS),
    "datasets:grant": staff(pk_of("access_grant"), reach=CENTRE | OWN_UNIT),
    "datasets:revoke_grant": staff(pk_of("access_grant"), reach=NAMERS),
    "datasets:new_grant_token": staff(pk_of("access_grant"), reach=ADMINISTRATOR),
    "datasets:read_tokens": staff(reach=ADMINISTRATOR | UNITS),
    "datasets:new_unit_token": staff(pk_of("unit"), reach=ADMINISTRATOR | OWN_UNIT),
    "datasets:revoke_read_token": staff(pk_of("read_token"), reach=NAMERS),
    "datasets:tokens": staff(reach=NAMERS),
    "datasets:new_token": staff(reach=NAMERS),
    "datasets:token": staff(pk_of("upload_token"), reach=NAMERS),
    "datasets:revoke_token": staff(pk_of("upload_token"), opens=SENT_ONLY, reach=NAMERS),
    "api:send_table": Address(
        lambda site: {"code": site.dataset.code}, opens=SENT_ONLY, public=SENT_ONLY, reach=NOBODY
    ),
    "api:sent_table": Address(
        lambda site: {"code": site.dataset.code, "receipt": site.version.receipt_number},
        opens=401,
        public=401,
        reach=NOBODY,
        nowhere=401,
    ),
    "datasets:receipt": staff(pk_of("version"), opens=202, reach=CENTRE | OWN_UNIT),
    "datasets:receipts": staff(reach=STAFF),
    "datasets:original": staff(pk_of("version"), reach=CENTRE | OWN_UNIT),
    "datasets:choose_reading": staff(
        pk_of("version"), opens=SENT_ONLY, reach=CENTRE | OWN_UNIT, sends=OWN_UNIT
    ),
    "datasets:draft_for_duty": staff(pk_of("data_duty"), reach=CENTRE),
    "datasets:step": staff(
        lambda site: {"pk": site.version.pk, "key": "thu-hoi"},
        opens=SENT_ONLY,
        reach=CENTRE | OWN_UNIT,
        sends=CENTRE,
    ),
    **view_set("days_off", "day_off", see=CENTRE | UNITS, keep=CENTRE, remove=CENTRE),
    **view_set("code_lists", "code_list", see=CENTRE | UNITS, keep=CENTRE, remove=ADMINISTRATOR),
    # Meetings, tasks, assessment
    "api:list_meetings": public(),
    "api:get_meeting": public(pk_of("meeting"), closed=OVERSEERS | OWN_UNIT),
    "api:list_tasks": public(),
    "api:get_result": public(lambda site: {"year": site.cycle.year}),
    "meetings_ics": public(),
    "meeting": public(pk_of("meeting"), closed=OVERSEERS | OWN_UNIT),
    "meeting_ics": public(pk_of("meeting"), closed=OVERSEERS | OWN_UNIT),
    "meeting_minutes_pdf": public(pk_of("meeting"), opens=202, closed=OVERSEERS | OWN_UNIT),
    "meeting_notice_pdf": public(pk_of("meeting"), opens=202, closed=OVERSEERS | OWN_UNIT),
    "assessment_result": public(lambda site: {"year": site.cycle.year}),
    "assessment_pdf": public(lambda site: {"year": site.cycle.year}, opens=202),
    "meetings:index": staff(reach=STAFF),
    "meetings:create": staff(by="ioc_leader", reach=PREPARERS),
    "meetings:propose": staff(by="unit_head", reach=UNITS),
    "meetings:meeting": staff(pk_of("meeting"), reach=STAFF, closed=OVERSEERS | OWN_UNIT),
    "meetings:edit": staff(pk_of("following"), by="ioc_leader", reach=PREPARERS),
    "meetings:attendance": staff(pk_of("meeting"), by="ioc_leader", reach=PREPARERS),
    "meetings:reviews": staff(pk_of("following"), by="ioc_leader", reach=PREPARERS),
    "meetings:minutes": staff(pk_of("meeting"), reach=STAFF, closed=OVERSEERS | OWN_UNIT),
    "meetings:item": staff(pk_of("item"), reach=STAFF, closed=OVERSEERS | OWN_UNIT),
    "meetings:item_step": staff(
        lambda site: {"pk": site.item.pk, "step": "len"}, opens=SENT_ONLY, reach=PREPARERS
    ),
    "meetings:conclusion": staff(pk_of("conclusion"), by="ioc_leader", reach=PREPARERS),
    "meetings:tasks": staff(reach=STAFF),
    "meetings:task_create": staff(by="ioc_leader", reach=PREPARERS | MINUTE_TAKER),
    "meetings:task": staff(pk_of("task"), reach=OVERSEERS | OWN_UNIT),
    "meetings:cycles": staff(reach=ASSESSORS | UNITS),
    "meetings:cycle_create": staff(by="ioc_leader", reach=PREPARERS),
    "meetings:cycle": staff(pk_of("open_cycle"), reach=ASSESSORS | OWN_UNIT),
    "meetings:unit_form": staff(pk_of("unit_form"), reach=ASSESSORS | OWN_UNIT),
    "meetings:criteria_sets": staff(reach=CENTRE),
    "meetings:criteria": staff(pk_of("criteria"), reach=CENTRE),
    "meetings:criteria_copy": staff(pk_of("criteria"), opens=SENT_ONLY, reach=CENTRE),
    **view_set("meeting_series", "series", see=CENTRE),
    # Reports
    "api:list_reports": public(),
    "api:list_periods": public(),
    "api:get_report": public(pk_of("public_report"), closed=ASSESSORS | OWN_UNIT),
    "report": public(pk_of("public_report"), closed=ASSESSORS | OWN_UNIT),
    "report_pdf": public(pk_of("public_report"), opens=202, closed=ASSESSORS | OWN_UNIT),
    "meetings:reports": staff(reach=REPORTING),
    "meetings:report_list": staff(reach=REPORTING),
    "meetings:report_create": staff(by="unit_head", reach=PREPARERS | UNITS),
    "meetings:report_request": staff(by="authority", reach=LEADER | AUTHORITY),
    "meetings:report_calendar": staff(reach=REPORTING),
    "meetings:report_schedule": staff(pk_of("report_schedule"), reach=ASSESSORS | OWN_UNIT),
    "meetings:report": staff(pk_of("report"), reach=CENTRE | OWN_UNIT),
    "meetings:report_file": staff(
        lambda site: {"pk": site.report.pk, "file_pk": site.report_file.pk},
        by="unit_head",
        reach=OWN_UNIT,
    ),
    **view_set("report_schedules", "report_schedule", see=REPORTING, keep=CENTRE),
    # Last, for whoever sends this form is out.
    "account_logout": Address(public=302, reach=EVERYBODY),
}  # fmt: skip

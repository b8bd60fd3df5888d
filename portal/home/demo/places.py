"""The demo's pages: its regulation read from text, its units taken over, its data defined."""

from importlib.resources import files

from django.core.files.base import ContentFile

from portal.datasets.models import (
    DatasetColumn,
    DatasetIndexPage,
    DatasetPage,
    IndicatorCataloguePage,
    IndicatorGroup,
    IndicatorPage,
)
from portal.home.demo.catalogue import GROUPS, TOPICS
from portal.home.demo.lists import catalogued
from portal.home.demo.standing import standing_duty
from portal.home.models import SetupProposal
from portal.home.setting_up.actions import apply_setup, decide, start_setup
from portal.regulations.actions import create_draft_pages, enact_edition, publish_regulation
from portal.regulations.models import Provision, RegulationImport, RegulationIndexPage
from portal.regulations.parsing import as_json, parse_text
from portal.units.models import FocalPoint, Obligation, UnitPage

SHORT_NAMES = {
    "Ủy ban nhân dân tỉnh": "UBND tỉnh",
    "Văn phòng Ủy ban nhân dân tỉnh": "Văn phòng UBND tỉnh\nVPUB",
    "Ủy ban nhân dân các xã, phường": "UBND các xã, phường",
    "Sở Khoa học và Công nghệ": "Sở KH&CN",
    "Sở Giáo dục và Đào tạo": "Sở GD&ĐT",
    "Sở Nông nghiệp và Môi trường": "Sở NN&MT",
}
#: By provision and kind: read from sentences that lay no duty down, or say it a second time.
SEEMING = {
    ("qc__dieu_4__khoan_4", "other"),
    ("qc__dieu_9__khoan_3", "meet"),
    ("qc__dieu_17__khoan_1", "share_data"),
    ("qc__dieu_18__khoan_nn_1", "handle_information"),
    ("qc__dieu_22__khoan_1", "other"),
    ("qc__dieu_22__khoan_1", "review_year"),
}


def bring_in_regulation(user):
    """Read the demo's regulation as an editor would, publish it, freeze its first edition."""
    text = (files("portal.home.demo") / "quy-che.txt").read_text(encoding="utf-8")
    parsed = as_json(parse_text(text))
    regulation = create_draft_pages(parsed, parent=RegulationIndexPage.objects.get(), user=user)
    regulation.short_title = "Quy chế Trung tâm Điều hành thông minh"
    regulation.effective_on = "2025-10-01"
    regulation.save_revision(user=user)
    RegulationImport.objects.create(
        source_text=text,
        parsed=parsed,
        filename="quy-che.txt",
        file=ContentFile(text.encode(), "quy-che.txt"),
        regulation=regulation,
        created_by=user,
    )
    publish_regulation(regulation, user=user)
    enact_edition(
        regulation,
        effective_on=regulation.effective_on,
        decision_number=regulation.document_number,
        user=user,
    )
    return regulation


def set_up(regulation, user):
    """Let units, responsibilities and duties stand as the regulation proposes them.

    As an administrator would, it drops what is no duty or is one twice.
    """
    run = start_setup(regulation, user=user)
    _look_through(run, user)
    apply_setup(run, user=user)
    for unit in UnitPage.objects.all():
        unit.short_names = SHORT_NAMES.get(unit.title, unit.short_names)
        unit.email = f"{unit.slug}@anthinh.example"
        unit.focal_points.add(
            FocalPoint(position="Công chức đầu mối dữ liệu", email=f"dulieu.{unit.email}")
        )
        unit.save_revision(user=user).publish(user=user)


def _look_through(run, user):
    """Decide on the duties that the text only seems to lay down."""
    duties = list(run.proposals.filter(kind=SetupProposal.Kind.OBLIGATION))
    eids = Provision.objects.filter(pk__in={each.values["provision"] for each in duties})
    eids = dict(eids.values_list("pk", "eid"))
    seeming = [
        each for each in duties if (eids[each.values["provision"]], each.values["kind"]) in SEEMING
    ]
    decide(run, set(), among=[each.pk for each in seeming], user=user)


def define_data(regulation, user, first_period):
    """Define the datasets, each with the provision that asks for it and the duty it meets.

    Files are owed from ``first_period`` on.
    """
    units = {unit.title: unit for unit in UnitPage.objects.all()}
    index = DatasetIndexPage.objects.get()
    office = units["Văn phòng Ủy ban nhân dân tỉnh"]
    for topic in TOPICS:
        duty = _duty_of(topic, units[topic.unit], regulation)
        page = DatasetPage(
            title=topic.title,
            slug=topic.code,
            code=topic.code,
            description=f"<p>{topic.description}</p>",
            owner_unit=units[topic.unit],
            provision=duty.provision,
            obligation=duty,
            due_by_obligation=True,
            sharing=topic.sharing,
            on_request=topic.on_request,
            mode=DatasetPage.Mode.UPSERT,
            first_period=first_period.code,
            head_must_submit=topic.head_must_submit,
            owner=user,
            **catalogued(topic.code, sharing=topic.sharing),
        )
        page.columns = [_period_column(), _area_column(), *map(_measure_column, topic.measures)]
        index.add_child(instance=page)
        page.save_revision(user=user).publish(user=user)
        if units[topic.unit].pk != office.pk:
            duty.counterparts.add(office)


def _duty_of(topic, unit, regulation):
    """Return the duty that the dataset meets and whose due day it takes: before the 10th."""
    return standing_duty(
        regulation,
        unit,
        topic.eid,
        Obligation.Kind.SUPPLY_DATA,
        cadence=Obligation.Cadence.MONTHLY,
        text=f"Cung cấp bộ dữ liệu “{topic.title}”",
        due_rule={"day": 10, "month_of_period": "next", "strictly_before": True},
    )


def _period_column():
    return DatasetColumn(
        name="ky", title="Kỳ", type="period", required=True, is_key=True, sort_order=0
    )


def _area_column():
    return DatasetColumn(
        name="dia_ban", title="Địa bàn", type="area", required=True, is_key=True, sort_order=1
    )


def _measure_column(measure):
    return DatasetColumn(
        name=measure.name,
        title=measure.title,
        type=measure.type,
        required=True,
        minimum=0,
        maximum=measure.maximum,
        unit_of_measure=measure.unit,
        sort_order=10,
    )


def define_indicators(regulation, user):
    """Fill the indicator catalogue, each indicator bound to a column of its dataset."""
    catalogue = IndicatorCataloguePage.objects.get()
    catalogue.introduction = (
        "<p>Mỗi chỉ tiêu được tính tự động từ bộ dữ liệu đã thẩm định và dẫn về phiên bản, "
        "đơn vị và điều khoản của nó.</p>"
    )
    catalogue.groups = [
        IndicatorGroup(code=group.code, title=group.title, sort_order=order)
        for order, group in enumerate(GROUPS)
    ]
    catalogue.save_revision(user=user).publish(user=user)
    groups = {group.code: group for group in IndicatorGroup.objects.filter(catalogue=catalogue)}
    datasets = {page.code: page for page in DatasetPage.objects.select_related("owner_unit")}
    topics = {topic.code: topic for topic in TOPICS}
    for group in GROUPS:
        for figure in group.figures:
            dataset = datasets[figure.topic]
            page = _indicator(figure, groups[group.code], dataset, topics[figure.topic])
            catalogue.refresh_from_db()
            catalogue.add_child(instance=page)
            page.save_revision(user=user).publish(user=user)


def _indicator(figure, group, dataset, topic):
    measure = next(each for each in topic.measures if each.name == figure.column)
    way = "trung bình các địa bàn" if figure.aggregate == "avg" else "cộng các địa bàn"
    return IndicatorPage(
        title=figure.title,
        code=figure.code,
        group=group,
        definition=figure.definition,
        formula=f"Cột “{measure.title}” của bộ dữ liệu “{topic.title}”, {way}",
        unit_of_measure=measure.unit,
        decimals=figure.decimals,
        direction=figure.direction,
        owner_unit=dataset.owner_unit,
        provision_id=dataset.provision_id,
        target=figure.target,
        target_year=2026 if figure.target else None,
        dataset=dataset,
        value_column=figure.column,
        period_column="ky",
        area_column="dia_ban",
        aggregate=figure.aggregate,
    )

"""Search over 100,000 provisions, as the search page asks it."""

import random

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import RequestFactory
from modelsearch.backends import get_search_backend

from benchmarks.figures import Figure, p95, seconds
from portal.regulations.models import Provision
from search.query import search
from tests.factories import make_article, make_regulation

THINGS = 100_000
TEXT = (
    "đơn vị dữ liệu báo cáo chỉ tiêu trung tâm điều hành thông minh cập nhật hằng tháng trước ngày"
    " gửi nhận xử lý phản ánh người dân doanh nghiệp y tế giáo dục môi trường giao thông an ninh"
    " trật tự họp giao ban kết luận nhiệm vụ đôn đốc kiểm tra đánh giá xếp hạng công khai nội bộ"
)
QUERIES = ("điều hành", "du lieu y te", "bao cao hang thang", "kết luận giao ban", "môi trường")


def texts(chance):
    """Yield texts of 30 words: a third of them the centre's own, the others rare."""
    common = TEXT.split()
    rare = [
        f"{chance.choice('bcdghklmnprstvx')}{end}" for end in "angoiueynhtacop" for _ in range(9)
    ]
    rare = [f"{first}{second}" for first in rare for second in rare]
    while True:
        yield " ".join(chance.choices(common, k=10) + chance.choices(rare, k=20))


def make_things():
    """Write and index the provisions; the words come from a fixed seed."""
    words = texts(random.Random(2026))
    regulation = make_regulation()
    article = make_article(regulation)
    Provision.objects.bulk_create(
        (
            Provision(
                regulation=regulation,
                article=article,
                eid=f"qc__dieu_1__khoan_{number}",
                kind=Provision.Kind.CLAUSE,
                number=str(number),
                label=f"khoản {number}",
                text=next(words),
                path=f"dieu-1/khoan-{number}",
                position=number,
            )
            for number in range(THINGS)
        ),
        batch_size=2_000,
    )
    backend = get_search_backend()
    rebuilder = backend.rebuilder_class(backend.get_index_for_model(Provision))
    index = rebuilder.start()
    index.add_model(Provision)
    things = Provision.objects.iterator(chunk_size=2_000)
    batch = []
    for thing in things:
        batch.append(thing)
        if len(batch) == 2_000:
            index.add_items(Provision, batch)
            batch = []
    index.add_items(Provision, batch)
    rebuilder.finish()


def measure():
    make_things()
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    limit = 80 if connection.vendor == "postgresql" else 150
    for query in QUERIES:
        taken = seconds(lambda query=query: search(query, request), repeat=20, warm_up=2)
        yield Figure(f"“{query}”, p95", p95(taken) * 1000, "ms", at_most=limit)

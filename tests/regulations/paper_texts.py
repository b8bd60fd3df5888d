"""A text with everything that paper has to show, in our own words."""

from dataclasses import replace

from portal.regulations.structure import (
    Annex,
    Article,
    Clause,
    Division,
    Footnote,
    Point,
    RegulationText,
)

DUTY = "Các đơn vị cung cấp dữ liệu đầy đủ, chính xác, đúng hạn cho Trung tâm."
TABLE = """Danh mục gồm các nhóm sau:
| STT | Tên bộ dữ liệu | Đơn vị cung cấp |
| --- | --- | --- |
| 1 | Số hộ được cấp nước sạch | Phòng Kinh tế |
| 2 | Số hồ sơ đã giải quyết | Trung tâm Phục vụ hành chính công |"""
WIDE = "\n".join(
    "| " + " | ".join(f"{name} {column}" for column in range(1, 9)) + " |"
    for name in ("Cột", "Giá trị")
).replace("\n", "\n|" + "---|" * 8 + "\n")


def clause(article, number, text, *points):
    """Return a clause with points given as (label, text)."""
    eid = f"{article}__khoan_{number}" if number else f"{article}__khoan_nn_1"
    return Clause(
        eid,
        number,
        text,
        tuple(
            Point(f"{eid}__diem_{label.replace('đ', 'dd')}", label, words)
            if label
            else Point(f"{eid}__gach_{place}", "", words)
            for place, (label, words) in enumerate(points, start=1)
        ),
        id=f"block-{eid}",
    )


def article(number, heading, *clauses, component="qc", intro="", notes=()):
    """Return an article; clauses are (number, text, points…)."""
    eid = f"{component}__dieu_{number}"
    made = tuple(clause(eid, *each) for each in clauses)
    return Article(eid, number, heading, intro, made, notes, component, id=f"page-{eid}")


COVER = (
    article("1", "", component="qd", intro="Ban hành kèm theo Quyết định này Quy chế quản lý."),
    article("2", "", component="qd", intro="Quyết định này có hiệu lực từ ngày ký."),
    article(
        "3", "", component="qd", intro="Các đơn vị chịu trách nhiệm thi hành Quyết định này./."
    ),
)
BODY = (
    Division("qc__chuong_i", "chapter", "I", "Quy định chung", id="1"),
    article("1", "Phạm vi điều chỉnh", ("", DUTY)),
    article(
        "2",
        "Giải thích từ ngữ",
        ("1", "Dữ liệu dùng chung là dữ liệu nhiều đơn vị cùng dùng[1].", ("a", "Đầy đủ;"),
         ("đ", "Thống nhất.")),
        ("2", DUTY, ("", "Gạch thứ nhất;"), ("", "Gạch thứ hai.")),
        intro="Trong Quy chế này, các từ ngữ được hiểu như sau:",
        notes=(Footnote("1", "Sửa đổi năm 2026."),),
    ),
    Division("qc__chuong_ii", "chapter", "II", "Trách nhiệm", id="2"),
    Division("qc__chuong_ii__muc_1", "section", "1", "Cung cấp dữ liệu", id="3"),
    article("3", "Trách nhiệm của Phòng Kinh tế", ("1", DUTY), ("2", DUTY)),
    article("4", "Trách nhiệm của Văn phòng", ("1", DUTY)),
    Division("qc__chuong_ii__muc_2", "section", "2", "Khai thác dữ liệu", id="4"),
    article("5", "Khai thác", ("1", DUTY)),
    article("5a", "Chia sẻ", ("1", DUTY)),
    Division("qc__chuong_iii", "chapter", "III", "Tổ chức thực hiện", id="5"),
    article("6", "Trách nhiệm thi hành", ("", f"{DUTY}/.")),
)  # fmt: skip
ANNEXES = (
    Annex("pl_i", "Phụ lục I", "I", "Danh mục dữ liệu", TABLE, id="6"),
    Annex("pl_ii", "Phụ lục II", "II", "Biểu tổng hợp", WIDE, id="7"),
)
WHOLE = RegulationText(
    title="Quy chế quản lý, vận hành Trung tâm Điều hành thông minh xã Kim Sơn",
    document_number="08/QĐ-UBND",
    issuer="ỦY BAN NHÂN DÂN XÃ KIM SƠN",
    issued_on="2026-02-05",
    signer_capacity="TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH",
    signer_name="Nguyễn Văn An",
    decision_title="Ban hành Quy chế quản lý, vận hành Trung tâm Điều hành thông minh",
    legal_bases=(
        "Căn cứ Nghị định số 278/2025/NĐ-CP ngày 22/10/2025 của Chính phủ về chia sẻ dữ liệu;",
        "Theo đề nghị của Chánh Văn phòng.",
    ),
    recipients=("Như Điều 3", "Lưu: VT, VP"),
    parts=(*COVER, *BODY, *ANNEXES),
)
ALONE = replace(
    WHOLE, title="Nghị quyết về dữ liệu mở", document_number="12/NQ-HĐND", parts=BODY,
    issuer="Hội đồng nhân dân tỉnh Nghệ An", decision_title="",
)  # fmt: skip
UNKNOWN = RegulationText(title="Quy chế chưa ban hành")

HOSTILE = RegulationText(
    title="Quy chế <script>alert(1)</script> ]]> & \x07thử",
    document_number="01/QĐ-UBND",
    issuer="ỦY BAN NHÂN DÂN QUẬN 1",
    issued_on="2026-12-31",
    parts=(
        Division("qc__chuong_i", "chapter", "I", "<b>Đậm</b> & ]]>", id="1"),
        article(
            "1",
            "<script>alert('x')</script>",
            ("1", "<p>thẻ</p> &lt; &amp; ]]> \x00\x0b\x1f\ufffe\ud800 hết"),
            ("2", "Từ dài " + "không" * 400 + " hết"),
            ("3", "chữ 😀 مرحبا שלום"),
            ("4", "dòng " * 2000),
        ),
        article(
            "2",
            "",
            ("1", "# không phải tiêu đề"),
            ("2", "- không phải danh sách"),
            ("3", "1. số\n2. số hai\n| a | b |"),
            ("4", "*sao* _gạch_ `mã` [^1] [x](javascript:alert(1))"),
            notes=(Footnote("1", "<i>chú</i> ]]>"), Footnote("9", "không có dấu")),
        ),
        Annex("pl_i", "<i>Phụ lục</i>", "", "", f"| a | {'x' * 150} |\n|---|---|\n| 1 |", id="2"),
    ),
)

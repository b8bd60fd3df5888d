"""Random regulations: what a text says, apart from how it is printed.

The words are ordinary ones of such texts, chosen so that no sentence begins like a heading.
"""

from dataclasses import dataclass, field

from hypothesis import strategies as st

LETTERS = "abcdđeghiklmnopqrstuvxy"
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")
SUBJECTS = (
    "Trung tâm điều hành thông minh",
    "Sở Khoa học và Công nghệ",
    "Văn phòng Ủy ban nhân dân tỉnh",
    "Đơn vị được giao nhiệm vụ",
    "Người đứng đầu cơ quan",
    "Ủy ban nhân dân cấp xã",
)
PREDICATES = (
    "cập nhật dữ liệu đầy đủ, kịp thời theo quy định tại khoản 2 Điều 7 Quy chế này",
    "chủ trì, phối hợp với các cơ quan liên quan tổ chức thực hiện",
    "báo cáo Chủ tịch Ủy ban nhân dân tỉnh trước ngày 25 hằng tháng",
    "bảo đảm an toàn thông tin (sau đây gọi là bảo mật) trong suốt quá trình vận hành",
    "tiếp nhận, xử lý phản ánh, kiến nghị của tổ chức, cá nhân",
    "chịu trách nhiệm về tính chính xác của số liệu đã cung cấp; định kỳ rà soát, đối chiếu",
    "quản lý tài khoản, phân quyền khai thác 1.500 chỉ tiêu cho 12 đơn vị",
)
TITLES = (
    "Phạm vi điều chỉnh",
    "Đối tượng áp dụng",
    "Giải thích từ ngữ",
    "Nguyên tắc phối hợp",
    "Trách nhiệm của Sở Tài chính",
    "Trách nhiệm của các cơ quan, đơn vị và Ủy ban nhân dân cấp xã trên địa bàn tỉnh",
    "Chế độ thông tin, báo cáo",
    "Quản lý, vận hành và khai thác Trung tâm điều hành thông minh",
    "Kinh phí thực hiện",
)
CAPITALS = (
    "QUY ĐỊNH CHUNG",
    "TRÁCH NHIỆM CỦA CÁC CƠ QUAN, ĐƠN VỊ",
    "QUẢN LÝ, VẬN HÀNH VÀ SỬ DỤNG HỆ THỐNG THÔNG TIN PHỤC VỤ CHỈ ĐẠO, ĐIỀU HÀNH CỦA TỈNH",
    "TỔ CHỨC THỰC HIỆN",
)


@dataclass
class Point:
    label: str | None
    text: str


@dataclass
class Clause:
    number: str | None
    text: str
    points: list[Point] = field(default_factory=list)


@dataclass
class Article:
    number: str
    title: str
    intro: str
    clauses: list[Clause] = field(default_factory=list)


@dataclass
class Division:
    level: str | None
    number: str | None
    title: str | None
    articles: list[Article] = field(default_factory=list)


@dataclass
class Decision:
    number: str
    issued_on: str
    issuer: str
    title: str
    bases: list[str]
    articles: list[Article]
    recipients: list[str]
    capacity: str
    name: str


@dataclass
class Regulation:
    title: str
    divisions: list[Division]
    decision: Decision | None = None
    annexes: list[tuple[str, str, str]] = field(default_factory=list)

    def articles(self):
        """Every article of the regulation proper."""
        return [article for division in self.divisions for article in division.articles]


@st.composite
def sentences(draw, end="."):
    """Return one sentence of a few dozen words."""
    parts = draw(st.lists(st.sampled_from(PREDICATES), min_size=1, max_size=3, unique=True))
    return f"{draw(st.sampled_from(SUBJECTS))} {'; '.join(parts)}{end}"


@st.composite
def point_lists(draw):
    """Return letters, dashes, letters that hold dashes, or nothing."""
    count = draw(st.sampled_from((0, 0, 0, 2, 3, 6, 12)))
    kind = draw(st.sampled_from(("letters", "dashes", "both")))
    points = []
    for position in range(count):
        end = ";" if position + 1 < count else "."
        label = None if kind == "dashes" else LETTERS[position]
        points.append(Point(label, draw(sentences(end=end))))
        if kind == "both" and position % 3 == 0:
            points.append(Point(None, draw(sentences(end=end))))
    return points


@st.composite
def articles(draw, number):
    """Return an article: titled or not, with khoản that are numbered or not."""
    title = draw(st.sampled_from((*TITLES, "")))
    is_numbered = draw(st.booleans())
    clauses = []
    for position in range(draw(st.integers(1, 5 if is_numbered else 3))):
        points = draw(point_lists()) if is_numbered or position == 0 else []
        text = draw(sentences(end=":" if points else "."))
        clauses.append(Clause(str(position + 1) if is_numbered else None, text, points))
    intro = ""
    if is_numbered and (not title or draw(st.booleans())):
        intro = draw(sentences(end=":"))
    elif not title:
        intro, clauses = draw(sentences()), clauses[1:]
        clauses = [Clause(None, clause.text.replace(":", "."), []) for clause in clauses]
    elif clauses[0].points and len(clauses) > 1:
        clauses = clauses[:1]
    if not is_numbered and clauses and clauses[0].points:
        # A first paragraph that leads into the whole rest is intro, its list hangs below.
        intro, clauses = clauses[0].text, [Clause(None, "", clauses[0].points)]
    return Article(str(number), title, intro, clauses)


@st.composite
def divisions(draw):
    """Return chapters, with sections or without, parts above them, or articles alone."""
    plan = draw(st.sampled_from(("none", "chapters", "sections", "parts", "subsections")))
    number, result = 1, []

    def some_articles():
        nonlocal number
        found = [draw(articles(number + step)) for step in range(draw(st.integers(1, 3)))]
        number += len(found)
        return found

    if plan == "none":
        return [Division(None, None, None, some_articles())]
    for position in range(draw(st.integers(1, 3))):
        title = draw(st.sampled_from(CAPITALS))
        roman = ROMAN[position]
        if plan == "parts":
            result.append(Division("part", roman, title))
            title = draw(st.sampled_from(CAPITALS))
        has_sections = plan in ("sections", "subsections")
        result.append(Division("chapter", roman, title, [] if has_sections else some_articles()))
        if has_sections:
            for level in ("section", "subsection")[: 2 if plan == "subsections" else 1]:
                inner = [] if plan == "subsections" and level == "section" else some_articles()
                result.append(Division(level, "1", draw(st.sampled_from(CAPITALS)), inner))
    return result


@st.composite
def decisions(draw):
    """Return the cover decision of a regulation."""
    bases = [
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
        "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ về công tác văn thư;",
        "Theo đề nghị của Chánh Văn phòng tại Tờ trình số 12/TTr-VP ngày 02/3/2026.",
    ]
    own = [
        Article("1", "", "Ban hành kèm theo Quyết định này Quy chế vận hành hệ thống thử nghiệm."),
        Article("2", "", "Quyết định này có hiệu lực kể từ ngày ký."),
        Article(
            "3", "", "Chánh Văn phòng và các đơn vị chịu trách nhiệm thi hành Quyết định này./."
        ),
    ]
    return Decision(
        number=f"{draw(st.integers(1, 4000))}/QĐ-UBND",
        issued_on=f"2026-03-{draw(st.integers(1, 28)):02}",
        issuer="CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH",
        title="Về việc ban hành Quy chế vận hành hệ thống thử nghiệm",
        bases=bases[: draw(st.integers(1, 3))],
        articles=own,
        recipients=["Như Điều 3", "Các sở, ban, ngành", "Lưu: VT, TH"],
        capacity="KT. CHỦ TỊCH PHÓ CHỦ TỊCH",
        name="Trần Văn Thử",
    )


@st.composite
def regulations(draw):
    """Return a whole file."""
    annexes = []
    for position in range(draw(st.sampled_from((0, 0, 1, 2)))):
        annexes.append((ROMAN[position], "DANH MỤC CHỈ TIÊU", draw(sentences())))
    return Regulation(
        title="QUY CHẾ Vận hành hệ thống thử nghiệm",
        divisions=draw(divisions()),
        decision=draw(st.none() | decisions()),
        annexes=annexes,
    )

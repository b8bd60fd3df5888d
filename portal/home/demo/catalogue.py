"""What the demo centre measures: ten datasets and the indicators read from them.

Everything is made up for a province that does not exist. Longer than 300 lines because it is one
catalogue: ten datasets and the indicators that read their columns belong beside each other.
"""

from dataclasses import dataclass, field

AREAS = (
    "Phường Đông An",
    "Phường Tây An",
    "Phường Bến Thuyền",
    "Xã Yên Lộc",
    "Xã Đại Thịnh",
    "Xã Suối Mơ",
)


@dataclass(frozen=True)
class Measure:
    """A measured column; ``level`` is its usual monthly value in one area."""

    name: str
    title: str
    type: str
    level: float
    unit: str = ""
    swing: float = 0.12
    growth: float = 0.01
    maximum: int | None = None


@dataclass(frozen=True)
class Topic:
    """One dataset: whose it is, by which provision, and what it measures."""

    code: str
    title: str
    unit: str
    eid: str
    description: str
    measures: tuple[Measure, ...]
    sharing: str = "public"
    on_request: bool = False
    head_must_submit: bool = False
    as_xlsx: bool = False


@dataclass(frozen=True)
class Figure:
    """One indicator: the column it adds up, and what is aimed at."""

    code: str
    title: str
    topic: str
    column: str
    aggregate: str = "sum"
    direction: str = "neutral"
    target: float | None = None
    decimals: int = 0
    definition: str = ""


@dataclass(frozen=True)
class Group:
    """A group of indicators."""

    code: str
    title: str
    figures: tuple[Figure, ...] = field(default_factory=tuple)


TOPICS = (
    Topic(
        "thu-tuc-hanh-chinh",
        "Tiếp nhận và giải quyết thủ tục hành chính",
        "Trung tâm Phục vụ hành chính công tỉnh",
        "qc__dieu_18__khoan_nn_1",
        "Số hồ sơ thủ tục hành chính tiếp nhận, giải quyết đúng hạn và nộp trực tuyến.",
        (
            Measure("tiep_nhan", "Hồ sơ tiếp nhận", "integer", 2150, "hồ sơ"),
            Measure("dung_han", "Hồ sơ giải quyết đúng hạn", "integer", 2040, "hồ sơ"),
            Measure("truc_tuyen", "Hồ sơ nộp trực tuyến", "integer", 1480, "hồ sơ", growth=0.02),
        ),
        as_xlsx=True,
    ),
    Topic(
        "phan-anh-hien-truong",
        "Phản ánh hiện trường",
        "Văn phòng Ủy ban nhân dân tỉnh",
        "qc__dieu_9__khoan_4",
        "Phản ánh của người dân về hạ tầng, môi trường, trật tự và kết quả xử lý.",
        (
            Measure("tiep_nhan", "Phản ánh tiếp nhận", "integer", 320, "phản ánh", swing=0.2),
            Measure("da_xu_ly", "Phản ánh đã xử lý", "integer", 296, "phản ánh", swing=0.2),
            Measure("hai_long", "Tỷ lệ hài lòng", "percent", 88, "%", 0.03, 0.002, 100),
        ),
    ),
    Topic(
        "kham-chua-benh",
        "Khám chữa bệnh và giám sát dịch",
        "Sở Y tế",
        "qc__dieu_12__khoan_1",
        "Lượt khám, người bệnh nội trú và ca sốt xuất huyết theo địa bàn.",
        (
            Measure("luot_kham", "Lượt khám bệnh", "integer", 18400, "lượt"),
            Measure("noi_tru", "Người bệnh nội trú", "integer", 1260, "người"),
            Measure("sot_xuat_huyet", "Ca sốt xuất huyết", "integer", 21, "ca", 0.5, -0.01),
        ),
    ),
    Topic(
        "hoc-sinh-chuyen-can",
        "Học sinh và tỷ lệ chuyên cần",
        "Sở Giáo dục và Đào tạo",
        "qc__dieu_13__khoan_nn_1",
        "Số học sinh phổ thông và tỷ lệ chuyên cần trong tháng.",
        (
            Measure("hoc_sinh", "Học sinh phổ thông", "integer", 9300, "học sinh", 0.01, 0.001),
            Measure("chuyen_can", "Tỷ lệ chuyên cần", "percent", 97.2, "%", 0.008, 0, 100),
        ),
    ),
    Topic(
        "thu-ngan-sach",
        "Thu ngân sách và giải ngân đầu tư công",
        "Sở Tài chính",
        "qc__dieu_11__khoan_1",
        "Thu nội địa và tỷ lệ giải ngân vốn đầu tư công so với kế hoạch năm.",
        (
            Measure("thu_noi_dia", "Thu nội địa", "decimal", 214.5, "tỷ đồng", 0.15, 0.015),
            Measure("giai_ngan", "Tỷ lệ giải ngân", "percent", 46, "%", 0.1, 0.03, 100),
        ),
        head_must_submit=True,
    ),
    Topic(
        "dang-ky-doanh-nghiep",
        "Đăng ký doanh nghiệp",
        "Sở Tài chính",
        "qc__dieu_11__khoan_2",
        "Doanh nghiệp thành lập mới, tạm ngừng và vốn đăng ký.",
        (
            Measure("thanh_lap", "Doanh nghiệp thành lập mới", "integer", 34, "doanh nghiệp", 0.2),
            Measure("tam_ngung", "Doanh nghiệp tạm ngừng", "integer", 11, "doanh nghiệp", 0.3, 0),
            Measure("von", "Vốn đăng ký", "decimal", 178.25, "tỷ đồng", 0.25),
        ),
    ),
    Topic(
        "an-toan-giao-thong",
        "Trật tự an toàn giao thông",
        "Công an tỉnh",
        "qc__dieu_17__khoan_1",
        "Vụ tai nạn, người bị thương và vi phạm do camera phát hiện.",
        (
            Measure("so_vu", "Vụ tai nạn giao thông", "integer", 6, "vụ", 0.4, -0.01),
            Measure("bi_thuong", "Người bị thương", "integer", 7, "người", 0.4, -0.01),
            Measure("vi_pham", "Vi phạm do camera phát hiện", "integer", 410, "lượt", 0.2),
        ),
        sharing="internal",
        on_request=True,
    ),
    Topic(
        "moi-truong",
        "Quan trắc môi trường và thu gom chất thải",
        "Sở Nông nghiệp và Môi trường",
        "qc__dieu_14__khoan_1",
        "Bụi mịn PM2.5 trung bình, rác thải thu gom và tỷ lệ thu gom.",
        (
            Measure("pm25", "PM2.5 trung bình", "decimal", 27.4, "µg/m³", 0.25, -0.005),
            Measure("rac_thai", "Rác thải thu gom", "decimal", 1320.5, "tấn", 0.08),
            Measure("ty_le_thu_gom", "Tỷ lệ thu gom", "percent", 93.5, "%", 0.015, 0.002, 100),
        ),
    ),
    Topic(
        "cap-phep-xay-dung",
        "Cấp phép và trật tự xây dựng",
        "Sở Xây dựng",
        "qc__dieu_15__khoan_nn_1",
        "Giấy phép xây dựng đã cấp và vi phạm trật tự xây dựng.",
        (
            Measure("giay_phep", "Giấy phép xây dựng", "integer", 58, "giấy phép", 0.2),
            Measure("vi_pham", "Vi phạm trật tự xây dựng", "integer", 4, "vụ", 0.5, -0.01),
        ),
    ),
    Topic(
        "cong-nghiep-dien",
        "Sản xuất công nghiệp và điện thương phẩm",
        "Sở Công Thương",
        "qc__dieu_16__khoan_nn_1",
        "Điện thương phẩm và chỉ số sản xuất công nghiệp.",
        (
            Measure("dien", "Điện thương phẩm", "decimal", 31.8, "triệu kWh", 0.1),
            Measure("iip", "Chỉ số sản xuất công nghiệp", "decimal", 106.3, "%", 0.03, 0.001),
        ),
    ),
)

GROUPS = (
    Group(
        "HC",
        "Hành chính công",
        (
            Figure("HC01", "Hồ sơ tiếp nhận", "thu-tuc-hanh-chinh", "tiep_nhan"),
            Figure("HC02", "Hồ sơ đúng hạn", "thu-tuc-hanh-chinh", "dung_han", direction="up"),
            Figure(
                "HC03",
                "Hồ sơ nộp trực tuyến",
                "thu-tuc-hanh-chinh",
                "truc_tuyen",
                direction="up",
                target=11000,
            ),
            Figure("HC04", "Phản ánh tiếp nhận", "phan-anh-hien-truong", "tiep_nhan"),
            Figure("HC05", "Phản ánh đã xử lý", "phan-anh-hien-truong", "da_xu_ly", direction="up"),
            Figure(
                "HC06",
                "Mức độ hài lòng của người phản ánh",
                "phan-anh-hien-truong",
                "hai_long",
                "avg",
                "up",
                90,
                1,
            ),
        ),
    ),
    Group(
        "XH",
        "Y tế và giáo dục",
        (
            Figure("XH01", "Lượt khám bệnh", "kham-chua-benh", "luot_kham"),
            Figure("XH02", "Người bệnh nội trú", "kham-chua-benh", "noi_tru"),
            Figure(
                "XH03", "Ca sốt xuất huyết", "kham-chua-benh", "sot_xuat_huyet", direction="down"
            ),
            Figure("XH04", "Học sinh phổ thông", "hoc-sinh-chuyen-can", "hoc_sinh"),
            Figure(
                "XH05",
                "Tỷ lệ chuyên cần",
                "hoc-sinh-chuyen-can",
                "chuyen_can",
                "avg",
                "up",
                98,
                1,
            ),
        ),
    ),
    Group(
        "KT",
        "Kinh tế",
        (
            Figure("KT01", "Thu nội địa", "thu-ngan-sach", "thu_noi_dia", "sum", "up", 1500, 1),
            Figure(
                "KT02",
                "Tỷ lệ giải ngân vốn đầu tư công",
                "thu-ngan-sach",
                "giai_ngan",
                "avg",
                "up",
                95,
                1,
            ),
            Figure(
                "KT03",
                "Doanh nghiệp thành lập mới",
                "dang-ky-doanh-nghiep",
                "thanh_lap",
                direction="up",
            ),
            Figure(
                "KT04",
                "Doanh nghiệp tạm ngừng",
                "dang-ky-doanh-nghiep",
                "tam_ngung",
                direction="down",
            ),
            Figure("KT05", "Vốn đăng ký", "dang-ky-doanh-nghiep", "von", "sum", "up", None, 1),
            Figure("KT06", "Điện thương phẩm", "cong-nghiep-dien", "dien", decimals=1),
            Figure(
                "KT07",
                "Chỉ số sản xuất công nghiệp",
                "cong-nghiep-dien",
                "iip",
                "avg",
                "up",
                108,
                1,
            ),
        ),
    ),
    Group(
        "AT",
        "An toàn, trật tự",
        (
            Figure(
                "AT01", "Vụ tai nạn giao thông", "an-toan-giao-thong", "so_vu", direction="down"
            ),
            Figure("AT02", "Người bị thương", "an-toan-giao-thong", "bi_thuong", direction="down"),
            Figure("AT03", "Vi phạm do camera phát hiện", "an-toan-giao-thong", "vi_pham"),
        ),
    ),
    Group(
        "MT",
        "Môi trường và đô thị",
        (
            Figure("MT01", "PM2.5 trung bình", "moi-truong", "pm25", "avg", "down", 25, 1),
            Figure("MT02", "Rác thải thu gom", "moi-truong", "rac_thai", decimals=1),
            Figure(
                "MT03", "Tỷ lệ thu gom chất thải", "moi-truong", "ty_le_thu_gom", "avg", "up", 95, 1
            ),
            Figure("MT04", "Giấy phép xây dựng", "cap-phep-xay-dung", "giay_phep"),
        ),
    ),
)

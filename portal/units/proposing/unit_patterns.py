"""The patterns by which a text names units, and the keys of groups and roles.

Each sort of unit has a pattern; ``mentions.Reader`` joins them in this order, so that the first
that fits at a place counts. Names that nobody told end where the next verb begins.
"""

import re

from portal.core.text import fold
from portal.units.proposing.fields import ABBREVIATION, FIELD
from portal.units.proposing.places import CAPITAL_WORD, LEVEL_AND_PLACE, LEVEL_WORD

CENTRE = "@centre"
AGENCIES, COMMUNE_BODIES, DISTRICT_BODIES = "@agencies", "@communes", "@districts"
LOCALITIES, STAFF, ENTERPRISES, TEAMS = "@localities", "@staff", "@enterprises", "@teams"
VILLAGES, SCHOOLS = "@villages", "@schools"
MANAGER, OWNER, COORDINATOR = "@manager", "@owner", "@coordinator"
GROUPS = frozenset(
    {
        AGENCIES,
        COMMUNE_BODIES,
        DISTRICT_BODIES,
        LOCALITIES,
        STAFF,
        ENTERPRISES,
        TEAMS,
        VILLAGES,
        SCHOOLS,
    }
)
ROLES = frozenset({MANAGER, OWNER, COORDINATOR})

_COMMITTEE = r"(?:UBND|[ỦUủu][ỷyYỶ]\s+ban\s+nhân\s+dân|Uỷ\s+ban\s+nhân\s+dân|ỦY\s+BAN\s+NHÂN\s+DÂN)"
_COUNCIL = r"(?:HĐND|[Hh]ội\s+đồng\s+nhân\s+dân|(?:Đ|đ)oàn\s+(?:ĐBQH|[Đđ]ại\s+biểu\s+Quốc\s+hội))"
_LEVELS = (
    rf"(?:(?:các|\d+|từng)\s+)?{LEVEL_AND_PLACE}"
    rf"(?:\s*(?:,|/|và|hoặc)\s*(?:các\s+)?{LEVEL_AND_PLACE})*"
)


def _tail(sort):
    return rf"(?:\s+(?P<{sort}_tail>{LEVEL_AND_PLACE}))?"


_GROUP_NOUN = (
    r"(?i:sở|phòng|ban|ngành|cơ\s+quan|đơn\s+vị|địa\s+phương|đoàn\s+thể|tổ\s+chức|cá\s+nhân|"
    r"bộ\s+phận|lực\s+lượng)"
)
_GROUP_TAIL = (
    rf"(?:\s+(?:chuyên\s+môn|sự\s+nghiệp|trực\s+thuộc|liên\s+quan|có\s+liên\s+quan|khác|thuộc|"
    rf"{_COMMITTEE}|Trung\s+ương|đóng\s+trên\s+địa\s+bàn|(?i:{LEVEL_WORD})))*"
)
#: “cơ quan chuyên môn”, “ban ngành huyện”: a noun, a second one run on, and whose they are.
_GROUP = rf"{_GROUP_NOUN}(?!\w)(?:\s+(?i:ban|ngành|phòng|đơn\s+vị)(?!\w))*{_GROUP_TAIL}"
_GROUP_JOINT = r"(?:\s*[,;]\s*|\s+và\s+)(?:các\s+)?"
PATTERNS = {
    "office": (
        rf"(?:[Vv]ăn\s+phòng|VP)(?:\s*(?:,|và|-|–|&)?\s*(?:{_COMMITTEE}|{_COUNCIL}))+"
        + _tail("office")
    ),
    "committee": rf"{_COMMITTEE}(?:\s+(?P<committee_tail>{_LEVELS}))?",
    "field": (
        rf"(?P<field_head>(?i:sở|phòng|ban|chi\s+cục|cục))\s+"
        rf"(?P<field_name>(?i:{FIELD})|{ABBREVIATION})" + _tail("field")
    ),
    "body": (
        r"(?P<body_name>[Tt]rạm\s+[Yy]\s+tế|(?:[Nn]gành\s+)?[Cc]ông\s+an|BCH\s+[Qq]uân\s+sự|[Bb]ộ\s+[Cc]hỉ\s+huy\s+[Qq]uân\s+sự|"
        r"[Bb]an\s+[Cc]hỉ\s+huy\s+[Qq]uân\s+sự|Thanh\s+tra|(?:Chi\s+cục|Cục)\s+(?:Thống\s+kê|Thuế)|"
        r"Kho\s+bạc\s+[Nn]hà\s+nước|Bảo\s+hiểm\s+[Xx]ã\s+hội|Điện\s+lực|Bưu\s+điện|"
        r"(?:Ủy\s+ban\s+)?Mặt\s+trận\s+Tổ\s+quốc(?:\s+Việt\s+Nam)?)" + _tail("body")
    ),
    "enterprise": (
        rf"(?:VNPT|Viettel|VIETTEL|MobiFone|Mobifone|FPT)"
        rf"(?:[ \t]+(?:(?i:tỉnh|thành\s+phố|huyện)(?:\s+{CAPITAL_WORD}){{0,3}}|"
        rf"{CAPITAL_WORD}(?:\s+{CAPITAL_WORD}){{0,3}}))?"
    ),
    "role": (
        r"(?:(?i:cơ\s+quan|đơn\s+vị)\s+|(?=(?i:chủ\s+quản|chủ\s+sở\s+hữu)))(?:chủ\s+trì\s+|được\s+giao\s+|trực\s+tiếp\s+|"
        r"chịu\s+trách\s+nhiệm\s+)?(?P<role_what>[Cc]hủ\s+quản|[Cc]hủ\s+sở\s+hữu|"
        r"phối\s+hợp\s+(?:quản\s+lý|vận\s+hành)|phối\s+hợp(?=\s*:)|quản\s+lý|vận\s+hành)"
        r"(?:(?:\s*,\s*|\s+và\s+)(?:quản\s+lý|vận\s+hành|khai\s+thác))*(?:\s+kỹ\s+thuật)?"
        r"(?:\s+(?:[Tt]rung\s+tâm(?:\s+[\w-]*IOC)?|[\w-]*IOC)(?!\w)|(?=\s*[:(.]|$|\s+của\s))"
    ),
    "staff": (
        r"(?i:cán\s+bộ|công\s+chức|viên\s+chức)"
        r"(?:\s*(?:,|và)\s*(?i:công\s+chức|viên\s+chức|người\s+lao\s+động|nhân\s+viên))*"
    ),
    "teams": (
        r"(?:(?i:các|những)\s+(?:tổ|đội|nhóm)(?!\w)(?!\s+chức|\s+dân)|[Tt]ổ|[Nn]hóm)"
        r"(?:\s+(?:dự\s+án|công\s+tác|kỹ\s+thuật|triển\s+khai|giúp\s+việc|chuyên\s+gia))"
    ),
    "villages": r"(?i:các\s+(?:thôn|ấp|bản|tổ\s+dân\s+phố|khu\s+phố)|trưởng\s+(?:các\s+)?"
    r"(?:thôn|ấp|bản|khu\s+phố|tổ\s+dân\s+phố)|[Tt]ổ\s+dân\s+phố)"
    r"(?!\w)(?:\s*,\s*(?:thôn|ấp|bản|tổ\s+dân\s+phố|khu\s+phố))*",
    "schools": r"(?i:các\s+)?(?i:trường\s+học|cơ\s+sở\s+giáo\s+dục)(?!\w)",
    "firms": r"(?i:các\s+)?doanh\s+nghiệp(?:\s+(?:viễn\s+thông|công\s+nghệ(?:\s+thông\s+tin)?))?",
    "group": (
        rf"(?:(?i:các|những)\s+{_GROUP}(?:{_GROUP_JOINT}{_GROUP})*|{_GROUP}(?:{_GROUP_JOINT}{_GROUP})+"
        r"|(?i:cơ\s+quan|đơn\s+vị)(?=\s+(?:được|nhận|tiếp\s+nhận|cung\s+cấp|"
        r"có\s+thẩm\s+quyền\s+(?:xử\s+lý|giải\s+quyết))\s))"
        rf"(?!\s+(?:{CAPITAL_WORD}))"
    ),
}
GROUP_CLASSES = (
    (AGENCIES, re.compile(r"\b(?:so|phong|ban|nganh|co quan|don vi|bo phan|luc luong)\b")),
    (LOCALITIES, re.compile(r"\bdia phuong\b")),
)
_STOP = (
    r"(?:chủ\s+trì|phối\s+hợp|tổ\s+chức|mua\s+sắm|có|chịu|thường\s+xuyên|kịp\s+thời|để|về|với|trong|"
    r"theo|do|là|và\s+các|được|thực\s+hiện|báo\s+cáo|cung\s+cấp|cập\s+nhật|hằng|hàng|định\s+kỳ|"
    r"giao|từ|tại|khi|quản\s+lý\s+và|trình|xem\s+xét|nhằm|phải|đã|và\s+cấp|hướng\s+dẫn|tham\s+mưu|thông\s+báo|tiếp\s+nhận|bố\s+trí|cử|lập|theo\s+dõi|đôn\s+đốc|kết\s+nối|chia\s+sẻ|"
    r"đề\s+xuất|thẩm\s+định|tổng\s+hợp|gửi|bảo\s+đảm|đảm\s+bảo|thuộc|chuyển(?!\s+đổi)|phản\s+ánh|duy\s+trì|khắc\s+phục|"
    r"phân\s+công|đặt|phải|tổng\s+kết|sơ\s+kết|chuẩn\s+bị|xác\s+minh|rà\s+soát|cứu\s+nạn)"
)
_NAMED_HEAD = (
    r"(?:Trung\s+tâm|[Bb]an\s+[Qq]uản\s+lý|Tổ(?!\s+chức)|Bộ\s+phận|Đội|Viện|Sở|Phòng|Chi\s+cục|"
    r"Cục|Công\s+ty|Tập\s+đoàn|Đồn|Trạm|Hạt|Đài|Chi\s+nhánh|Bệnh\s+viện|Trường(?!\s+hợp)|Cảng\s+vụ|Ngân\s+hàng|"
    r"Văn\s+phòng|Liên\s+đoàn|Hợp\s+tác\s+xã)"
)
NAMED = rf"{_NAMED_HEAD}(?:\s+(?!{_STOP}\b)[^\s,;:.()]+){{1,9}}"


def centre_pattern(names):
    """Return the pattern of the centre's names, “Trung tâm” alone among them.

    A text that calls its centre “Trung tâm” for short speaks of other centres, too: “Trung tâm
    Phục vụ hành chính công” is none of its names.
    """
    told = [
        re.sub(r"(?:\\ )+", r"\\s+", re.escape(name))
        for name in names
        if name and fold(name) != "trung tam"
    ]
    told = "|".join(sorted(told, key=len, reverse=True))
    general = (
        r"[Tt]rung\s+tâm\s+(?:(?:[Gg]iám\s+sát|[Đđ]iều\s+hành|[Đđ]ô\s+thị|[Tt]hông\s+minh|và)"
        r"(?:\s*,\s*|\s+)?)+(?:\(\s*IOC\s*\))?|(?:[Tt]rung\s+tâm\s+)?[\w-]*IOC(?!\w)|[Tt]rung\s+tâm"
        rf"(?!\s+(?:{CAPITAL_WORD}|phục\s+vụ|dữ\s+liệu|công\s+nghệ|y\s+tế|văn\s+hóa|"
        r"phát\s+triển|hành\s+chính|thông\s+tin|chuyển\s+đổi|xúc\s+tiến|giáo\s+dục|chính\s+trị|[\w-]*IOC))"
    )
    both = f"(?i:{told})|{general}" if told else general
    return rf"(?:{both})(?!\w)(?:\s+{LEVEL_AND_PLACE})?"

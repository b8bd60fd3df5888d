"""The verbs and nouns by which Vietnamese regulations oblige, kind by kind.

A rule is a kind, the pattern of its words, and what must not stand before them. Texts come in
lower case with their units blanked to “•”.
"""

import re

_DATA = r"(?:thông\s+tin|dữ\s+liệu|số\s+liệu|chỉ\s+tiêu|chỉ\s+số)"
_THING = (
    r"(?:việc|tình\s+hình|kết\s+quả|tỷ\s+lệ|công\s+tác|quá\s+trình|quy\s+trình|tiến\s+độ|hoạt\s+động|nhu\s+cầu|"
    r"chức\s+năng|nội\s+dung|về|của|theo(?!\s+dõi)|phần\s+mềm|được|không|chế\s+độ|trong|do)"
)
#: A thing spoken of stands right before, or before the members of a list: “tình hình A, B …”.
_SPOKEN_OF = re.compile(rf"\b{_THING}\s+(?:(?:\S+\s+){{0,3}}\S+\s*(?:,|\s+và)\s*)?$")
_DIRECTLY = re.compile(
    r"\b(?:việc|kết\s+quả|về|của|theo|hệ\s+thống|chỉ\s+tiêu|mẫu|biểu\s+mẫu|phân\s+hệ|số\s+liệu|các|bản|"
    r"phần\s+mềm|nội\s+dung|trong|được|phục\s+vụ|(?<!định\s)kỳ)\s+$"
)
_OTHERS_ACT = re.compile(
    r"\b(?:đôn\s+đốc|hướng\s+dẫn|kiểm\s+tra|giám\s+sát|yêu\s+cầu(?!\s*,)|chỉ\s+đạo|phụ\s+trách|cử|hỗ\s+trợ|theo\s+dõi)\b"
    r"[^.;]*(?:•|\b(?:các|việc|cán\s+bộ|công\s+chức|phụ\s+trách)\b)[^.;]*$|\bphụ\s+trách\s+$"
)
#: Who meets a difficulty tells it upwards, whatever the verb: that is a proposal, not a report.
_PROBLEM_TOLD = (
    r"\b(?:vướng\s+mắc|khó\s+khăn|phát\s+sinh|chưa\s+phù\s+hợp|không\s+(?:còn\s+)?phù\s+hợp|bất\s+cập)\b[^.]*?"
    r"\b(?:phản\s+ánh|báo\s+cáo|kiến\s+nghị|đề\s+xuất|đề\s+nghị|thông\s+tin|gửi)\b"
)
PROBLEM = re.compile(_PROBLEM_TOLD)


def _compiled(*patterns):
    return re.compile("|".join(patterns))


RULES = (
    (
        "report",
        _compiled(
            r"\bbáo\s+cáo\b(?!\s+viên)",
            r"(?<!cấp\s)\b(?:phản\s+ánh|thông\s+tin|thông\s+báo)\s+(?:kịp\s+thời\s+|ngay\s+)?(?:về\s+)?(?:các\s+)?"
            r"(?:tình\s+hình|vụ\s+việc|sự\s+cố|sự\s+việc|diễn\s+biến)\b",
            r"\bthông\s+báo\s+(?:ngay|kịp\s+thời)\s+(?:cho|đến|tới|về|với)\b",
            r"\btổng\s+hợp\b[^.;]{0,80}?,\s*trình\b(?![^.;]*(?:sửa\s+đổi|bổ\s+sung|dự\s+toán|kinh\s+phí|"
            r"xem\s+xét|quyết\s+định|phê\s+duyệt|ban\s+hành|khen\s+thưởng))",
        ),
        (_DIRECTLY,),
    ),
    (
        "meet",
        _compiled(
            r"\b(?:họp|giao\s+ban|hội\s+ý)\b",
            r"\b(?:tổ\s+chức|chủ\s+trì|triệu\s+tập|duy\s+trì)\b[^.;,]{0,25}\bhội\s+nghị\b"
            r"(?!\s+(?:tập\s+huấn|quán\s+triệt|truyền\s+hình|trực\s+tuyến))",
        ),
        (
            re.compile(
                r"\b(?:phòng|phục\s+vụ|hệ\s+thống|tham\s+gia|tham\s+dự|dự|thông\s+qua)\s+(?:\S+\s+){0,3}$|"
                r"\bhọp\s+$|\b(?:kết\s+luận|kết\s+quả|biên\s+bản)\s+(?:cuộc\s+)?$|\bchế\s+độ\s+$|\b(?:sau|trước)\s+(?:\S+\s+){0,2}$"
            ),
        ),
    ),
    (
        "review_year",
        _compiled(
            r"\b(?:kiểm\s+điểm|tổng\s+kết|sơ\s+kết)\b",
            r"\bđánh\s+giá\s+(?:\S+\s+){0,4}?(?:thực\s+hiện|triển\s+khai)\b[^.;]{0,40}?"
            r"(?:quy\s+chế|quy\s+định|kế\s+hoạch|nhiệm\s+vụ|năm)",
            r"\bthống\s+nhất\s+chương\s+trình\b",
        ),
        (_SPOKEN_OF,),
    ),
    (
        "review_year",  # units “are assessed”: who does it is told elsewhere, that it is done here
        _compiled(
            r"\bh[àằ]ng\s+năm\b[^.;]{0,40}?\bđánh\s+giá\b[^.;]{0,30}?"
            r"\b(?:theo\s+bộ\s+tiêu\s+chí|xếp\s+(?:loại|hạng))",
            r"\bđánh\s+giá,?\s+(?:và\s+)?xếp\s+(?:loại|hạng)\b[^.;]{0,40}?(?:h[àằ]ng|mỗi|cuối)\s+năm\b",
        ),
        (),
    ),
    (
        "handle_information",
        _compiled(
            r"\bchuyển\s+(?:các\s+)?(?:cảnh\s+báo|thông\s+tin|phản\s+ánh|vụ\s+việc)\b",
            r"\b(?:xử\s+lý|giải\s+quyết)\s+(?:(?:kịp\s+thời|nhanh\s+chóng|nghiêm|ngay|triệt\s+để)\s+)?"
            r"(?:các\s+|những\s+)?(?:trường\s+hợp\s+)?"
            r"(?:thông\s+tin|(?:ý\s+kiến\s+)?phản\s+ánh|kiến\s+nghị|vi\s+phạm|vấn\s+đề|vụ\s+việc|sự\s+cố|"
            r"cảnh\s+báo|tình\s+huống|sự\s+việc|trường\s+hợp)",
            r"\bkhi\s+(?:tiếp\s+nhận|nhận)\b[^.;]*?(?:xử\s+lý|xác\s+minh|giải\s+quyết)",
            r"\b(?:thông\s+báo|phản\s+hồi)\s+(?:\S+\s+)?(?:tình\s+trạng|kết\s+quả)(?:\s+xử\s+lý)?",
            r"\bxác\s+minh\b",
            r"(?<!•\s)(?<!tin\s)(?<!liệu\s)\bchuyển\s+(?:(?:đến|cho|tới)\s+)?"
            r"(?:•|xử\s+lý|(?:các\s+)?(?:cơ\s+quan|đơn\s+vị|bộ\s+phận)\b)",
            r"\bđược\s+chuyển\s+(?:phản\s+ánh|thông\s+tin|cảnh\s+báo|vụ\s+việc)\b[^.;]*?\b(?:xử\s+lý|giải\s+quyết)\b",
            r"(?<!hợp\s)\bkhắc\s+phục\s+(?:ngay\s+)?(?:các\s+)?sự\s+cố\b",
            r"\bcảnh\s+báo\s+(?:cho|đến|tới)\s",
            r"\bcó\s+trách\s+nhiệm\s+(?:tiếp\s+nhận|xử\s+lý|giải\s+quyết)\b",
            r"\btiếp\s+nhận\b[^.;]{0,110}?\b(?:xử\s+lý|giải\s+quyết)\b",
        ),
        (
            _SPOKEN_OF,
            re.compile(r"\b(?:dữ\s+liệu|số\s+liệu|đề\s+xuất)\s+$"),
            re.compile(
                r"\bthu\s+thập,\s+$|\b(?:cung\s+cấp|cử|bố\s+trí|phân\s+công|chỉ\s+định|làm)\b[^.;,]*\bđầu\s+mối\b"
                r"[^.;]{0,40}$|\b(?:trả\s+lời|tham\s+gia)\b[^.;]*$"
            ),
        ),
    ),
    (
        "name_focal_point",
        _compiled(
            r"\b(?:cung\s+cấp|cử|phân\s+công|bố\s+trí|chỉ\s+định|đăng\s+ký|thông\s+báo)\b[^.;,]{0,45}?"
            r"\b(?:đầu\s+mối|cán\s+bộ|công\s+chức|viên\s+chức|nhân\s+sự|nhân\s+viên|người|chuyên\s+viên|kỹ\s+thuật\s+viên|"
            r"lãnh\s+đạo(?=\s*(?:,|phụ\s+trách|và\s)))\b"
            r"(?!\s+(?:đi|dự|tham\s+gia|tham\s+dự)\b[^.;,]{0,25}(?:lớp|khóa|tập\s+huấn|đào\s+tạo|học))",
            r"\bgiao\s+[^.;]{1,90}?\b(?:làm|là)\s+đầu\s+mối\b",
            r"\b(?:cử|phân\s+công|bố\s+trí)\s+(?:\d+\s+)?•",
        ),
        (re.compile(r"\b(?:được|do|đã)\s+$"),),
    ),
    (
        "urge",
        _compiled(
            r"\bđôn\s+đốc\b",
            r"\bnhắc\s+nhở\b",
            r"\bkiểm\s+tra,?\s+(?:và\s+)?(?:giám\s+sát|đánh\s+giá)\b",
            r"\bgiám\s+sát\s+(?:•|các(?!\s+(?:lĩnh\s+vực|chỉ\s+tiêu|chỉ\s+số|hoạt\s+động\s+của\s+đô\s+thị))|việc|an\s+toàn|an\s+ninh|quá\s+trình|tình\s+hình|sự)",
            r"\b(?:kiểm\s+tra|theo\s+dõi)\s+(?:việc|công\s+tác|tình\s+hình|tiến\s+độ|•)",
        ),
        (_DIRECTLY,),
    ),
    (
        "appraise_budget",
        _compiled(
            r"\bthẩm\s+(?:định|tra)\b[^.;]*?(?:kinh\s+phí|dự\s+toán|ngân\s+sách|nguồn\s+vốn|kế\s+hoạch)"
        ),
        (_SPOKEN_OF,),
    ),
    (
        "plan_budget",
        _compiled(
            r"\btrình\b[^.;]{0,60}?\bkế\s+hoạch\b[^.;]{0,30}?\bdự\s+toán\b",
            r"\bphân\s+bổ\b[^.;,]{0,20}kinh\s+phí\b",
            r"\bkinh\s+phí\b[^.;]{0,40}?\b(?:chi\s+trả|lấy|trích|cân\s+đối)\b[^.;]{0,30}?\b(?:dự\s+toán|ngân\s+sách)",
            r"\bdự\s+trù\b[^.;]{0,30}?kinh\s+phí",
            r"\b(?:xây\s+dựng|lập|dự\s+thảo|soạn\s+thảo|tổng\s+hợp|đề\s+xuất|tham\s+mưu)\b[^.;]{0,90}?"
            r"(?:dự\s+toán|kinh\s+phí|nguồn\s+vốn|ngân\s+sách)",
            r"\bbố\s+trí\b[^.;]{0,110}?\bkinh\s+phí\b",
            r"\b(?:bố\s+trí|cân\s+đối|đảm\s+bảo|bảo\s+đảm|(?<!cung\s)cấp)\b[^.;,]{0,30}?"
            r"(?:kinh\s+phí|ngân\s+sách|nguồn\s+vốn|dự\s+toán)",
        ),
        (re.compile(r"\b(?:số\s+liệu|thu,\s+chi)\s+$"),),
    ),
    (
        "train",
        _compiled(
            r"\btập\s+huấn\b",
            r"\bđào\s+tạo\b",
            r"\bbồi\s+dưỡng\b",
            r"\bchuyển\s+giao\s+công\s+nghệ\b",
            r"\bhướng\s+dẫn\s+(?:(?:người\s+dân|doanh\s+nghiệp|cán\s+bộ|công\s+chức|•|các|đơn\s+vị|,|và)\s+){0,6}(?:vận\s+hành|sử\s+dụng|khai\s+thác|nghiệp\s+vụ)\b",
        ),
        (),
    ),
    (
        "survey",
        _compiled(
            r"\bkhảo\s+sát\b",
            r"\b(?:đánh\s+giá|đo\s+lường|lấy\s+ý\s+kiến)\b[^.;]{0,40}?hài\s+lòng\b",
        ),
        (),
    ),
    (
        "propose",
        _compiled(
            r"\bđề\s+xuất\b(?!\s+khen\s+thưởng)",
            r"\b(?:phản\s+ánh|kiến\s+nghị)\s+(?:về\s+)?(?:những\s+|các\s+)?(?:khó\s+khăn|vướng\s+mắc|bất\s+cập)\b",
            r"\b(?:có\s+)?ý\s+kiến\s+(?:đề\s+nghị\s+)?sửa\s+đổi\b[^.;]*?\bgửi\b",
            r"\btổng\s+hợp\b[^.;]{0,40}?\btrình\b[^.;]{0,50}?\b(?:sửa\s+đổi|điều\s+chỉnh,\s+bổ\s+sung)",
            r"\bkiến\s+nghị\s+(?:với|về|đến|tới|gửi|•|cấp|sửa\s+đổi)",
            r"\b(?:gửi|có)\s+(?:ý\s+kiến\s+)?kiến\s+nghị\b",
            _PROBLEM_TOLD,
            r"\bbổ\s+sung\b[^.;,]{0,25}(?:chỉ\s+số|chỉ\s+tiêu)",
            r"\b(?:ban\s+hành|điều\s+chỉnh)\b[^.;]{0,30}?(?:danh\s+mục|bộ)\s+(?:chỉ\s+tiêu|chỉ\s+số)",
        ),
        (re.compile(r"\b(?:theo|những|các|tiếp\s+nhận|xử\s+lý)\s+$"),),
    ),
    (
        "share_data",
        _compiled(
            r"\bchia\s+sẻ\b(?!\s+kinh\s+nghiệm)",
            r"\bphân\s+quyền\b",
            r"\bliên\s+thông\b",
            r"\bcấu\s+trúc\s+dữ\s+liệu\s+trao\s+đổi\b",
        ),
        (
            re.compile(
                r"\b(?:được|tình\s+hình|kết\s+quả|đối\s+với\s+dữ\s+liệu)\s+(?:tích\s+hợp,\s+)?$|"
                r"\bhướng\s+dẫn\b[^.;]*\bvề\b[^.;]*$|\b(?:nền\s+tảng|dự\s+án|trục|dịch\s+vụ)\s+(?:\S+\s+){0,3}$"
            ),
            _OTHERS_ACT,
        ),
    ),
    (
        "supply_data",
        _compiled(
            rf"\b(?:cung\s+cấp|cập\s+nhật|đồng\s+bộ|bổ\s+sung|nhập)\b(?!\s+(?:đầu\s+mối|dịch\s+vụ|danh\s+sách))"
            rf"[^.;:]{{0,70}}?\b{_DATA}",
            r"\bđính\s+chính\b",
            rf"\b{_DATA}\b[^.;,]{{0,30}}?\bđược\s+cung\s+cấp\s+(?:khi|định\s+kỳ|hằng|hàng)\b",
            r"\bgửi\s+(?:các\s+)?(?:số\s+liệu|dữ\s+liệu)\b",
            r"\bcập\s+nhật\s+(?:tình\s+hình|danh\s+sách|tiến\s+độ|biến\s+động|hồ\s+sơ)\b",
            r"\bcập\s+nhật\s+(?:ngay|kịp\s+thời)\s+(?:sau\s+)?khi\b",
            r"\b(?:cung\s+cấp|gửi|phát)\s+(?:các\s+)?bản\s+tin\b",
            rf"\b{_DATA}\b[^.;,]{{0,40}}?\bđược\s+•[^.;,]{{0,15}}\b(?:đồng\s+bộ|cập\s+nhật|cung\s+cấp)\b",
            rf"\b{_DATA}\s+do\s+•[^.;]{{0,20}}cung\s+cấp\s+phải\b",
            rf"\b{_DATA}\b[^.;,]{{0,30}}?\bphải\s+(?:được\s+)?(?:cập\s+nhật|cung\s+cấp|gửi)\b",
        ),
        (
            _SPOKEN_OF,
            _OTHERS_ACT,
            re.compile(
                r"\bkiến\s+nghị\b[^.;]*$|\b(?:đề\s+xuất|phân\s+tích|xem\s+xét,\s+quyết\s+định|quyết\s+định|tham\s+mưu|hạ\s+tầng)\s*,?\s*$"
            ),
        ),
    ),
)
#: Duties without a kind of their own. One sentence gives one.
_OTHERS = (
    r"\bchịu\s+trách\s+nhiệm\b[^.;]{0,60}?(?:\btrước\b|về\s+(?:an\s+toàn|an\s+ninh|thông\s+tin|dữ\s+liệu|số\s+liệu|kết\s+quả)|tính\s+(?:xác\s+thực|chính\s+xác)|độ\s+(?:tin\s+cậy|chính\s+xác))",
    r"\b(?:đảm\s+bảo|bảo\s+đảm)\b[^.;]{0,20}?tính\s+(?:chính\s+xác|xác\s+thực)[^.;]{0,20}?trước\b",
    r"\b(?:trả\s+lời|giải\s+quyết)\b[^.;]{0,50}?(?:kiến\s+nghị|khiếu\s+nại)\b[^.;]*khiếu\s+nại|"
    r"\btrả\s+lời\b[^.;]*kiến\s+nghị",
    r"(?<!việc\s)(?<!động\s)(?<!vụ\s)\bthực\s+hiện\s+(?:các\s+|tốt\s+)*nhiệm\s+vụ\s+(?:của|do|được|khác|theo)",
    r"\bgiải\s+quyết\s+(?:các\s+)?nhiệm\s+vụ\s+được\s+giao",
    r"\bkhắc\s+phục\b[^.;]{0,45}?(?:tồn\s+tại|vướng\s+mắc|hạn\s+chế|khó\s+khăn)",
    r"(?<!vị\s)(?<!quan\s)\bchủ\s+trì\b[^.;]*?\b(?:dự\s+án|đề\s+án|phân\s+hệ|hạng\s+mục|hệ\s+thống)\b",
    r"\bquyết\s+định\b[^.;]{0,20}?\bbổ\s+sung\b",
    r"\btrao\s+đổi\s+(?:các\s+)?(?:thông\s+tin|tình\s+hình)\b",
    r"\b(?:quản\s+lý|bảo\s+quản|bảo\s+dưỡng|bảo\s+trì)\b[^.;]{0,30}?(?:tài\s+sản|thiết\s+bị)",
    r"\bkiêm\s+nhiệm\b|\bbiên\s+chế\b|\b\d+\s+nhân\s+sự\b|\bphân\s+công\s+thực\s+hiện\s+nhiệm\s+vụ\b",
    r"\bchi\s+hỗ\s+trợ\b|\bphụ\s+cấp\b|đồng/người",
    r"(?<!việc\s)(?<!thập,\s)(?<!lý,\s)(?<!cáo\s)(?<!tin\s)\b(?:phân\s+tích|dự\s+báo)\b",
)
OTHER = _compiled(*_OTHERS)
OF_PRINCIPLES = _compiled(
    r"\ban\s+toàn\s+(?:thông\s+tin|an\s+ninh|hệ\s+thống|dữ\s+liệu)|\ban\s+ninh\s+mạng\b|\bbảo\s+mật\b",
    r"\bcông\s+khai\b|\bminh\s+bạch\b|\bkhách\s+quan\b",
    r"\bchịu\s+trách\s+nhiệm\b[^.;]*\b(?:trước|về)\b",
    r"\btrả\s+lời\b[^.;]*(?:kiến\s+nghị|khiếu\s+nại)",
)
OF_STAFF = _compiled(r"\bchấp\s+hành\b|\btuân\s+thủ\b|\bthực\s+hiện\s+(?:đúng|nghiêm)\b")
BUDGET_BY_FINANCE = _compiled(
    r"\b(?:bố\s+trí|cân\s+đối|tham\s+mưu|(?<!cung\s)cấp)\b[^.;]{0,60}?(?:kinh\s+phí|ngân\s+sách|nguồn\s+vốn|vốn)"
)

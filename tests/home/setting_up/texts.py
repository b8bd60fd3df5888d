"""A small regulation with all that a set-up reads, and what becomes of it."""

CENTRE = """ỦY BAN NHÂN DÂN TỈNH THỬ
Số: 15/QĐ-UBND
Thử, ngày 05 tháng 3 năm 2025

QUYẾT ĐỊNH
Ban hành Quy chế hoạt động Trung tâm điều hành thông minh tỉnh Thử

Điều 1. Ban hành kèm theo Quyết định này Quy chế hoạt động Trung tâm điều hành thông minh tỉnh Thử.

QUY CHẾ
Hoạt động Trung tâm điều hành thông minh tỉnh Thử

Chương I
QUY ĐỊNH CHUNG

Điều 1. Phạm vi điều chỉnh
Quy chế này quy định hoạt động của Trung tâm điều hành thông minh tỉnh Thử
(sau đây gọi tắt là Trung tâm IOC).

Điều 2. Cơ quan quản lý
1. Cơ quan chủ quản: Ủy ban nhân dân tỉnh.
2. Cơ quan quản lý, vận hành: Văn phòng Ủy ban nhân dân tỉnh.

Chương II
TRÁCH NHIỆM

Điều 3. Trách nhiệm của Văn phòng Ủy ban nhân dân tỉnh
1. Quản lý, vận hành Trung tâm IOC.
2. Báo cáo Ủy ban nhân dân tỉnh định kỳ hằng tháng trước ngày 25.

Điều 4. Trách nhiệm của Sở Y tế
1. Cung cấp dữ liệu khám chữa bệnh hằng tháng cho Trung tâm IOC.
2. Cử cán bộ làm đầu mối tiếp nhận thông tin.

Điều 5. Trách nhiệm của các sở, ban, ngành tỉnh
1. Cập nhật dữ liệu ngay khi có thay đổi.
"""
MEETINGS = """
Điều 6. Chế độ họp, đánh giá
1. Định kỳ 6 tháng, Văn phòng Ủy ban nhân dân tỉnh tổ chức họp giao ban với các sở, ban, ngành tỉnh.
2. Hằng năm, Văn phòng Ủy ban nhân dân tỉnh tổ chức kiểm điểm, đánh giá kết quả thực hiện Quy chế.
"""
WITH_MEETINGS = CENTRE + MEETINGS
#: The same number, other words: another day, one duty gone, one unit new.
AMENDED = (
    WITH_MEETINGS.replace("trước ngày 25", "trước ngày 20")
    .replace("2. Cử cán bộ làm đầu mối tiếp nhận thông tin.\n", "")
    .replace(
        "\nĐiều 6. Chế độ họp",
        "\nĐiều 5a. Trách nhiệm của Sở Xây dựng\n"
        "1. Cung cấp dữ liệu giao thông hằng quý cho Trung tâm IOC.\n"
        "\nĐiều 6. Chế độ họp",
    )
)
#: The briefings are yearly, the review of the year has gone.
FEWER_MEETINGS = WITH_MEETINGS.replace("1. Định kỳ 6 tháng, Văn", "1. Hằng năm, Văn").replace(
    "2. Hằng năm, Văn phòng Ủy ban nhân dân tỉnh tổ chức kiểm điểm, đánh giá kết quả thực hiện "
    "Quy chế.\n",
    "",
)

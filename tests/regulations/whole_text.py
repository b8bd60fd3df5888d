"""A regulation with everything that may leave a text and return to it, and pieces of it."""

WHOLE = """ỦY BAN NHÂN DÂN TỈNH THỬ
Số: 12/QĐ-UBND

QUYẾT ĐỊNH
Ban hành Quy chế thử nghiệm

Điều 1. Ban hành kèm theo Quyết định này Quy chế thử nghiệm.

QUY CHẾ
Phối hợp thử nghiệm

Chương I
QUY ĐỊNH CHUNG

Điều 1. Phạm vi
Quy chế này quy định việc thử nghiệm.

Điều 2. Nguyên tắc phối hợp
1. Kịp thời, đúng hạn, đúng thẩm quyền của từng cơ quan.
2. Bảo đảm các yêu cầu sau đây:
a) Chính xác về nội dung;
b) Đầy đủ về số lượng;
c) Thống nhất về biểu mẫu.
3. Công khai kết quả trên cổng thông tin của tỉnh.

Chương II
TRÁCH NHIỆM

Mục 1
CÁC SỞ

Điều 3. Trách nhiệm của Sở Y tế
1. Cung cấp dữ liệu khám chữa bệnh trước ngày 10.

Điều 4. Trách nhiệm của Sở Xây dựng
1. Cung cấp dữ liệu giao thông hằng quý.

Mục 2
CÁC XÃ

Điều 5. Trách nhiệm của Ủy ban nhân dân cấp xã
1. Cử cán bộ đầu mối.

Chương III
TỔ CHỨC THỰC HIỆN

Mục 1
KIỂM TRA

Điều 6. Kiểm tra
Văn phòng kiểm tra hằng năm.

Phụ lục I
BIỂU MẪU BÁO CÁO

| STT | Nội dung |
|---|---|
| 1 | Số lượt khám |

Phụ lục II
DANH MỤC DỮ LIỆU

| STT | Dữ liệu |
|---|---|
| 1 | Giường bệnh |
"""
CHAPTER_III = WHOLE[WHOLE.index("Chương III") : WHOLE.index("Phụ lục I\n")]
ARTICLE_4 = WHOLE[WHOLE.index("Điều 4.") : WHOLE.index("Mục 2")]
ANNEX_I = WHOLE[WHOLE.index("Phụ lục I\n") : WHOLE.index("Phụ lục II")]
POINT_B, CLAUSE_3 = (
    "b) Đầy đủ về số lượng;\n",
    "3. Công khai kết quả trên cổng thông tin của tỉnh.\n",
)
#: Without Điều 4, what follows has moved up.
SHIFTED = WHOLE.replace(ARTICLE_4, "").replace("Điều 5.", "Điều 4.").replace("Điều 6.", "Điều 5.")

"""Texts that the regulation's tests read."""

import json
import os
from importlib.resources import files
from pathlib import Path

from tests.source_tree import ROOT

SHARED = Path(os.environ.get("PORTAL_SHARED", ROOT.parent / "shared"))
ARTICLES_PER_CHAPTER = {
    "bac-kan-2021.txt": [3, 5, 1],
    "bac-giang-2023.txt": [3, 12, 1],
    "loc-ninh-2024.txt": [4, 5, 4, 1],
}


def demo_text():
    """Return the regulation of the demo centre."""
    return (files("portal.home.demo") / "quy-che.txt").read_text(encoding="utf-8")


def real_text(name):
    """Return one of the official texts, or None where they are not at hand."""
    path = SHARED / "regulations" / name
    return path.read_text(encoding="utf-8") if path.exists() else None


def contract():
    """Return the schema of what ``parse_regulation`` prints, or None where it is not at hand."""
    path = SHARED / "contracts" / "regulation.schema.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


SMALL = """QUY CHẾ
Phối hợp thử nghiệm

Chương I
QUY ĐỊNH CHUNG

Điều 1. Phạm vi
Quy chế này quy định việc thử nghiệm.

Điều 2. Nguyên tắc
1. Kịp thời, đúng hạn.
2. Bảo đảm:
a) Chính xác;
b) Đầy đủ;
đ) Thống nhất.

Chương II
TRÁCH NHIỆM

Điều 3. Trách nhiệm của Sở Y tế
1. Cung cấp dữ liệu trước ngày 10.
"""

DECIDED = """ỦY BAN NHÂN DÂN TỈNH THỬ
Số: 12/QĐ-UBND

QUYẾT ĐỊNH
Ban hành Quy chế thử nghiệm

CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH

Căn cứ Luật Thử nghiệm ngày 01/01/2020;

QUYẾT ĐỊNH:

Điều 1. Ban hành kèm theo Quyết định này Quy chế thử nghiệm.
Điều 2. Quyết định này có hiệu lực kể từ ngày ký./.

Nơi nhận:
- Như Điều 2;
- Lưu: VT.

CHỦ TỊCH
Nguyễn Văn Thử

QUY CHẾ
Phối hợp thử nghiệm
(Kèm theo Quyết định số 12/QĐ-UBND ngày 05/3/2025)

Chương I
QUY ĐỊNH CHUNG

Điều 1. Phạm vi
Quy chế này quy định việc thử nghiệm.

Điều 2. Nguyên tắc
1. Kịp thời. Đúng hạn.
2. Bảo đảm:
a) Chính xác;
b) Đầy đủ.

Phụ lục
DANH MỤC THỬ NGHIỆM
Một dòng của danh mục
"""

"""Kiểm tra các phiên bản đã công bố: python kiem-tra.py ĐỊA-CHỈ-BẢN-KÊ-KHAI [MÃ-BĂM-ĐÃ-LƯU …]"""

import hashlib
import json
import sys
from urllib.request import urlopen


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def written(data):
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def table_of(address):
    digest, rows = hashlib.sha256(), -1  # dòng đầu là tên các cột
    with urlopen(address) as lines:
        for line in lines:
            digest.update(line)
            rows += 1
    return digest.hexdigest(), rows


with urlopen(sys.argv[1]) as answer:
    chain = json.load(answer)
previous, seals, is_new = "", [], False
for number, told in enumerate(chain["versions"], start=1):
    if told["version"] != number:
        sys.exit(f"Thiếu phiên bản {number}.")
    manifest, note = told["manifest"], "chỉ có mã băm (niêm phong theo cách cũ)"
    if told["format"] == 1 and is_new:
        sys.exit(f"Phiên bản {number}: niêm phong theo cách cũ sau phiên bản theo cách mới.")
    if told["format"] != 1:
        is_new = True
        if sha256(written(manifest)) != told["sha256"]:
            sys.exit(f"Phiên bản {number}: bản kê khai không khớp mã băm của nó.")
        if (manifest["dataset"], manifest["version"]) != (chain["dataset"], number):
            sys.exit(f"Phiên bản {number}: bản kê khai là của phiên bản khác.")
        if manifest["previous"] != previous:
            sys.exit(f"Phiên bản {number}: bản kê khai không nối tiếp phiên bản trước.")
        for name, part in told["parts"].items():
            if sha256(part["salt"] + written(part["value"])) != manifest["parts"].get(name):
                sys.exit(f"Phiên bản {number}: phần “{name}” không phải phần đã niêm phong.")
        note = "đúng như đã niêm phong, không kiểm tra bảng"
        if told["table_url"]:
            if "table" not in told["parts"]:
                sys.exit(f"Phiên bản {number}: thiếu phần “table” để đối chiếu bảng.")
            table = told["parts"]["table"]["value"]
            if table_of(told["table_url"]) != (table["sha256"], table["rows"]):
                sys.exit(f"Phiên bản {number}: bảng tải về không phải bảng đã niêm phong.")
            note = "đúng như đã niêm phong, cả bảng tải về"
    previous = told["sha256"]
    seals.append(previous)
    print(f"Phiên bản {number}: {note}. {previous}")
if not seals:
    print("Chưa có phiên bản nào được công bố.")
for seal in sys.argv[2:]:
    if seal not in seals:
        sys.exit(f"Không còn phiên bản nào mang mã băm {seal}.")

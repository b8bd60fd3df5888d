"""Reading a regulation: from text to structure, remarks and the proof that no word is lost."""

import gc
import time

from benchmarks.figures import Figure, median, seconds
from portal.regulations.parsing import as_json, parse_text
from tests.regulations.parsing import test_hostile as hostile

CLAUSE = (
    "Đơn vị được giao nhiệm vụ cập nhật dữ liệu đầy đủ, kịp thời theo quy định tại khoản 2 Điều 7"
    " Quy chế này; chịu trách nhiệm về tính chính xác của số liệu đã cung cấp và báo cáo trước ngày"
    " 25 hằng tháng"
)
LINES = 50_000
ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"))


def roman(number):
    """Return a number as chapters print it."""
    text = ""
    for value, letters in (*ROMAN, (1, "I")):
        text += letters * (number // value)
        number %= value
    return text


def regulation(articles):
    """Return the text of a regulation with so many Điều, nine of them in each chapter."""
    lines = ["QUY CHẾ", "Vận hành hệ thống thử nghiệm", ""]
    for number in range(1, articles + 1):
        if number % 9 == 1:
            lines += [f"Chương {roman(number // 9 + 1)}", "TRÁCH NHIỆM CỦA CÁC CƠ QUAN", ""]
        lines += [f"Điều {number}. Trách nhiệm của đơn vị thứ {number}", ""]
        lines += [f"{clause}. {CLAUSE}." for clause in (1, 2, 3)]
        lines += [f"4. {CLAUSE}:", *(f"{letter}) {CLAUSE};" for letter in "abcdđ"), ""]
    return "\n".join(lines)


def measure():
    """Yield the time of an ordinary regulation and of a long law, and how the time grows."""
    taken = {}
    for articles in (45, 300):
        text = regulation(articles)
        times = seconds(lambda text=text: as_json(parse_text(text)), repeat=3)
        taken[articles] = median(times) * 1000
        promise = 1000 if articles == 45 else None
        name = f"{articles} Điều, {len(text) / 1000:,.0f} kB"
        yield Figure(name, taken[articles], "ms", at_most=promise)
    growth = taken[300] / taken[45] / (300 / 45)
    yield Figure("time per Điều, 300 against 45", growth, "times", at_most=2)
    begun = time.perf_counter()
    parse_text("Điều 1. A\n" * LINES)
    yield Figure(f"{LINES:,} hostile lines", time.perf_counter() - begun, "s", at_most=30)
    yield Figure("hostile pieces, 16 times as long: worst", worst_growth(), "times", at_most=40)


def worst_growth():
    """Return by how much the slowest of the hostile texts grows when it is 16 times as long."""
    texts = [f"{line}\n" for line in hostile.LINES] + list(hostile.PIECES)
    return max(growth_of(text) for text in texts)


def growth_of(text):
    """Return how many times longer 6,400 repetitions of ``text`` take than 400."""
    gc.disable()  # its pauses depend on what else lies in memory
    try:
        few, many = (
            min(seconds(lambda long=text * count: as_json(parse_text(long)), repeat=2))
            for count in (400, 6_400)
        )
    finally:
        gc.enable()
    return many / few

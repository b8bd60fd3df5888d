"""What holds for every redline, and how particular changes read.

Longer than 300 lines because the texts that the properties are tried on are built here.
"""

import random
from dataclasses import replace

from django.test import SimpleTestCase
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.regulations.redline import compare_texts, compare_words
from portal.regulations.redline.units import head_units, units_of
from portal.regulations.structure import Annex, Article, Clause, Division, Point, RegulationText
from tests.work_done import calls_of

SETTINGS = settings(
    max_examples=80, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
SENTENCE = (
    "đơn vị dữ liệu báo cáo kịp thời cung cấp thẩm định Trung tâm trước ngày 10 tháng sau và của "
    "các sở ngành bảo đảm đầy đủ chính xác công bố phiên bản lãnh đạo giao ban nhiệm vụ"
)
WORDS = SENTENCE.split()
PLAIN = st.lists(st.sampled_from([*WORDS, ",", ".", ";", "\n"]), max_size=25).map(" ".join)
NASTY = st.text(st.sampled_from(list("aăđ1 ,.;\n\tÐ_一\u0301$")), max_size=40)
PHRASES = st.lists(st.sampled_from(WORDS), min_size=6, max_size=20).map(" ".join)
SEEDS = st.integers(0, 10_000)


def make_text(chance, articles=6, *, with_ids=True):
    """Return a text of random words, every provision with other words than the rest."""

    def sentence(place):
        return f"{place} {' '.join(chance.choices(WORDS, k=chance.randint(5, 25)))}"

    parts = []
    for number in range(1, articles + 1):
        if number % 3 == 1:
            level = str(number // 3 + 1)
            identity = f"d{level}" if with_ids else ""
            parts.append(
                Division(f"qc__chuong_{level}", "chapter", level, sentence(level), identity)
            )
        clauses = tuple(
            _clause(chance, number, clause, sentence, with_ids)
            for clause in range(1, chance.randint(1, 4) + 1)
        )
        parts.append(
            Article(
                f"qc__dieu_{number}",
                str(number),
                sentence(f"tên {number}"),
                clauses=clauses,
                id=f"a{number}" if with_ids else "",
            )
        )
    parts.append(Annex("pl_1", "Phụ lục", "", sentence("pl"), "một dòng\nhai dòng", id="x"))
    return RegulationText(
        "Quy chế thử", legal_bases=("Căn cứ một;", "Căn cứ hai."), parts=tuple(parts)
    )


def _clause(chance, number, clause, sentence, with_ids):
    eid = f"qc__dieu_{number}__khoan_{clause}"
    points = tuple(
        Point(f"{eid}__diem_{label}", label, sentence(f"{number}{clause}{label}"))
        for label in "abc"[: chance.randint(0, 3)]
    )
    identity = f"k{number}.{clause}" if with_ids else ""
    return Clause(eid, str(clause), sentence(f"{number}.{clause}"), points, id=identity)


def edited(text, chance):
    """Return ``text`` after some editing of every sort."""
    parts = [part for part in text.parts if chance.random() > 0.1]
    parts = [_edited_part(part, chance) for part in parts]
    if chance.random() < 0.4 and len(parts) > 3:
        parts.insert(chance.randrange(len(parts)), parts.pop(chance.randrange(len(parts))))
    if chance.random() < 0.4:
        new = make_text(chance, 1).parts[1]
        parts.insert(chance.randrange(len(parts) + 1), replace(new, id="n", eid="qc__dieu_99"))
    return replace(text, parts=tuple(parts), title=chance.choice([text.title, "Quy chế khác"]))


def _edited_part(part, chance):
    if part.kind != "article" or chance.random() < 0.4:
        return part
    clauses = [each for each in part.clauses if chance.random() > 0.1]
    clauses = [
        replace(each, text=each.text.replace("dữ", chance.choice(["dữ", "số", ""])))
        for each in clauses
    ]
    chance.shuffle(clauses)
    return replace(part, clauses=tuple(clauses), number=chance.choice([part.number, "77"]))


class WordTests(SimpleTestCase):
    @SETTINGS
    @given(PLAIN | NASTY, PLAIN | NASTY)
    def test_both_texts_come_back(self, old, new):
        pieces = compare_words(old, new)

        self.assertEqual("".join(p.text for p in pieces if p.kind != "inserted"), old)
        self.assertEqual("".join(p.text for p in pieces if p.kind != "deleted"), new)

    @SETTINGS
    @given(PLAIN, PLAIN)
    def test_the_other_way_round_is_the_reverse(self, old, new):
        there, back = compare_words(old, new), compare_words(new, old)

        self.assertEqual(
            [p.text for p in there if p.kind == "deleted"],
            [p.text for p in back if p.kind == "inserted"],
        )
        self.assertEqual(
            [p for p in there if p.kind == "same"], [p for p in back if p.kind == "same"]
        )

    @SETTINGS
    @given(PLAIN)
    def test_the_same_text_has_no_change(self, text):
        self.assertEqual([p.kind for p in compare_words(text, text) if p.kind != "same"], [])

    def test_words_change_whole(self):
        pieces = compare_words("trước ngày 10 hằng tháng", "trước ngày 15 hằng tháng")

        self.assertEqual(
            [(p.kind, p.text) for p in pieces],
            [
                ("same", "trước ngày "),
                ("deleted", "10"),
                ("inserted", "15"),
                ("same", " hằng tháng"),
            ],
        )

    def test_a_tone_mark_changes_the_whole_syllable(self):
        pieces = compare_words("báo cáo tháng", "báo cáo thảng")

        self.assertEqual([p.text for p in pieces if p.kind != "same"], ["tháng", "thảng"])

    def test_a_short_word_between_changes_makes_no_confetti(self):
        pieces = compare_words("đơn vị gửi và nhận báo cáo", "đơn vị lập và trình báo cáo")

        self.assertEqual([p.kind for p in pieces], ["same", "deleted", "inserted", "same"])

    def test_a_sign_stands_apart_from_its_word(self):
        pieces = compare_words("kịp thời, đúng hạn.", "kịp thời; đúng hạn.")

        self.assertEqual([p.text for p in pieces if p.kind != "same"], [",", ";"])


class TextTests(SimpleTestCase):
    @SETTINGS
    @given(SEEDS, st.booleans())
    def test_every_word_of_both_texts_comes_back(self, seed, with_ids):
        chance = random.Random(seed)
        old = make_text(chance, with_ids=with_ids)
        new = edited(old, chance)

        changed = compare_texts(old, new).changed

        rows = [row for part in changed if part.part != "head" for row in part.rows]
        olds = {(row.part, row.old_eid): row.old_text for row in rows if row.is_old}
        news = {(row.part, row.new_eid): row.new_text for row in rows if row.is_new}
        with_rows = [part for part in changed if part.rows]
        was = {(p.part, p.old_eid) for p in with_rows if p.old_eid}
        is_now = {(p.part, p.new_eid) for p in with_rows if p.new_eid}
        self.assertEqual(olds, _said(old, was))
        self.assertEqual(news, _said(new, is_now))

    @SETTINGS
    @given(SEEDS, st.booleans())
    def test_nothing_is_left_out(self, seed, with_ids):
        chance = random.Random(seed)
        old = make_text(chance, with_ids=with_ids)
        new = edited(old, chance)

        parts = compare_texts(old, new).parts

        self.assertCountEqual([p.old_eid for p in parts if p.old_eid], [p.eid for p in old.parts])
        self.assertEqual([p.new_eid for p in parts if p.new_eid], [p.eid for p in new.parts])

    @SETTINGS
    @given(SEEDS, st.booleans())
    def test_the_other_way_round_is_the_reverse(self, seed, with_ids):
        chance = random.Random(seed)
        old = make_text(chance, with_ids=with_ids)
        new = edited(old, chance)

        there = {(p.old_eid, p.new_eid): set(p.kinds) for p in compare_texts(old, new).parts}
        back = {(p.new_eid, p.old_eid): set(p.kinds) for p in compare_texts(new, old).parts}

        turned = {"added": "repealed", "repealed": "added"}
        self.assertEqual(
            there, {key: {turned.get(kind, kind) for kind in kinds} for key, kinds in back.items()}
        )

    @SETTINGS
    @given(SEEDS, st.booleans())
    def test_the_same_text_has_no_change(self, seed, with_ids):
        text = make_text(random.Random(seed), with_ids=with_ids)

        self.assertEqual(compare_texts(text, text).changed, [])

    @SETTINGS
    @given(SEEDS, st.booleans(), st.integers(1, 9))
    def test_renumbering_is_only_renumbering(self, seed, with_ids, by):
        old = make_text(random.Random(seed), with_ids=with_ids)
        new = replace(
            old,
            parts=tuple(
                replace(p, number=str(int(p.number) + by), eid=f"qc__dieu_{int(p.number) + by}")
                if p.kind == "article"
                else p
                for p in old.parts
            ),
        )

        kinds = {p.kinds for p in compare_texts(old, new).parts if p.part == "article"}

        self.assertEqual(kinds, {("renumbered",)})

    @SETTINGS
    @given(SEEDS, st.booleans())
    def test_a_moved_article_is_one_move(self, seed, with_ids):
        chance = random.Random(seed)
        old = make_text(chance, 9, with_ids=with_ids)
        parts = list(old.parts)
        place = parts.index(chance.choice(old.articles()))
        article = parts.pop(place)
        parts.insert(
            chance.choice([n for n in range(len(parts) + 1) if abs(n - place) > 1]), article
        )

        changed = compare_texts(old, replace(old, parts=tuple(parts))).changed

        self.assertEqual(
            [(p.new_id or p.new_eid, p.kinds) for p in changed],
            [(article.id or article.eid, ("moved",))],
        )

    @SETTINGS
    @given(SEEDS, PHRASES)
    def test_an_article_with_an_identity_stays_itself_whatever_it_says(self, seed, words):
        old = make_text(random.Random(seed))
        first = old.articles()[0]
        new = replace(
            old,
            parts=tuple(
                replace(p, heading=words, clauses=(), number="40", eid="qc__dieu_40")
                if p is first
                else p
                for p in old.parts
            ),
        )

        [change] = compare_texts(old, new).changed

        self.assertEqual((change.old_id, change.new_id), (first.id, first.id))
        self.assertEqual(change.kinds, ("amended", "renumbered"))

    def test_a_clause_taken_out_renumbers_those_behind_it(self):
        texts = ["một hai ba bốn năm", "sáu bảy tám chín mười", "mười một mười hai mười ba"]
        old = _one_article([("1", texts[0]), ("2", texts[1]), ("3", texts[2])])
        new = _one_article([("1", texts[0]), ("2", texts[2])])

        [change] = compare_texts(old, new).changed

        self.assertEqual(
            [row.kinds for row in change.rows if row.part == "clause"],
            [(), ("repealed",), ("renumbered",)],
        )
        self.assertEqual(change.kinds, ("amended",))

    def test_texts_from_elsewhere_are_matched_by_likeness(self):
        old = make_text(random.Random(1), with_ids=False)
        article = old.articles()[2]
        changed = replace(
            article, eid="qc__dieu_30", number="30", heading=f"{article.heading} sửa đổi"
        )
        parts = tuple(changed if part is article else part for part in old.parts)

        [change] = compare_texts(old, replace(old, parts=parts)).changed

        self.assertEqual((change.old_eid, change.new_eid), (article.eid, "qc__dieu_30"))
        self.assertEqual(change.kinds, ("amended", "renumbered"))

    def test_the_same_title_holds_two_texts_from_elsewhere_together(self):
        texts = ("Áp dụng cho mọi sở và ngành của tỉnh.", "Các xã và doanh nghiệp đều thực hiện.")
        old, new = (
            RegulationText(
                "Quy chế", parts=(Article(f"qc__dieu_{n}", str(n), "Đối tượng áp dụng", text),)
            )
            for n, text in enumerate(texts, start=1)
        )

        [change] = compare_texts(old, new).changed

        self.assertEqual(change.kinds, ("amended", "renumbered"))

    def test_the_head_is_compared_too(self):
        old = make_text(random.Random(2))
        new = replace(old, legal_bases=("Căn cứ một;", "Căn cứ ba."), signer_name="Trần Văn A")

        [change] = compare_texts(old, new).changed

        self.assertEqual(change.part, "head")
        self.assertEqual(
            [(row.part, row.kinds) for row in change.rows if row.kinds],
            [("field:signer_name", ("added",)), ("field:legal_bases", ("amended",))],
        )
        self.assertEqual({unit.text for unit in head_units(new)}, {r.new_text for r in change.rows})

    def test_the_work_grows_in_step_with_the_articles(self):
        for with_ids in (True, False):
            with self.subTest(with_ids=with_ids):
                few, many = (self._work(articles, with_ids=with_ids) for articles in (40, 160))

                self.assertLess(many, 1.5 * 4 * few)

    def _work(self, articles, *, with_ids):
        chance = random.Random(3)
        old = make_text(chance, articles, with_ids=with_ids)
        return calls_of(compare_texts, old, edited(old, chance))


def _said(text, keys):
    """Return ``{(row, eid): words}`` of the parts that ``keys`` name."""
    found = {}
    for part in text.parts:
        if (part.kind, part.eid) in keys:
            for unit in units_of(part):
                found[unit.part, unit.eid] = unit.text
                found |= {(each.part, each.eid): each.text for each in unit.below}
    return found


def _one_article(clauses):
    return RegulationText(
        "Quy chế",
        parts=(
            Article(
                "qc__dieu_1",
                "1",
                "Tên",
                clauses=tuple(
                    Clause(f"qc__dieu_1__khoan_{number}", number, text) for number, text in clauses
                ),
            ),
        ),
    )

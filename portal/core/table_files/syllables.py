"""Whether a text reads as Vietnamese: the share of its accented words that are syllables."""

import re
import unicodedata

_ONSET = r"(?:b|ch?|d|đ|gh?|gi|h|kh?|l|m|ngh?|nh?|ph?|qu?|r|s|t[hr]?|v|x)?"
_RIMES = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ich im in inh ip it iu ia iêc iêm iên iêng
iêp iêt iêu y yêm yên yêng yêt yêu o oc oi om on ong ooc oong op ot oa oac oach oai oam oan
oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm
ơn ơp ơt u uc ui um un ung up ut ua uôc uôi uôm uôn uông uôt uân uât uâng uây uê uêch uênh uơ
uy uych uynh uynh uyt uya uyên uyêt uyn uyp uyu ư ưc ưi ưm ưn ưng ưt ưu ưa ươc ươi ươm ươn
ương ươp ươt ươu
"""
_SYLLABLE = re.compile(rf"^{_ONSET}(?:{'|'.join(sorted(_RIMES.split(), key=len, reverse=True))})$")
_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_WORD = re.compile(r"[^\W\d_]+|[^\x00-\x7f]")


def accented_words(text):
    """Return the different words of ``text`` that hold anything but ASCII."""
    composed = unicodedata.normalize("NFC", text)
    return {word for word in _WORD.findall(composed) if not word.isascii()}


def is_syllable(word):
    """Tell whether ``word`` can be a Vietnamese syllable, whatever its tone."""
    bare = unicodedata.normalize("NFD", word.lower()).translate(_TONES)
    return _SYLLABLE.match(unicodedata.normalize("NFC", bare)) is not None


def plausibility(text):
    """Return the share (0 to 1) of accented words in ``text`` that are Vietnamese syllables.

    None when no word has an accent: then the text says nothing.
    """
    words = accented_words(text)
    return sum(map(is_syllable, words)) / len(words) if words else None

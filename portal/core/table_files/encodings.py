"""Which characters the bytes of a text file mean; a doubt is put to a person."""

import codecs

from portal.core.table_files.legacy_fonts import FONTS
from portal.core.table_files.reading import NeedsConfirmation, UnreadableFile
from portal.core.table_files.syllables import accented_words, is_syllable, plausibility

BLOCK = 1 << 22
SAMPLE_BYTES = 1 << 18
CONVINCING, UNLIKELY = 0.8, 0.4
_MARKS = [
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
]
_EIGHT_BIT = ("windows-1258", "tcvn3", "vni", "windows-1252")
#: What Python calls an encoding, and the font whose signs it carries.
_CODECS = {
    "windows-1258": ("cp1258", None),
    "tcvn3": ("cp1252", "tcvn3"),
    "vni": ("cp1252", "vni"),
    "utf-8+tcvn3": ("utf-8", "tcvn3"),
    "utf-8+vni": ("utf-8", "vni"),
}


def codec_of(encoding):
    """Return the codec of ``encoding`` and a function that turns font signs into letters."""
    codec, font = _CODECS.get(encoding, (encoding, None))
    try:
        "".encode(codec)
    except LookupError as fault:
        raise UnreadableFile("undecodable", expected=encoding) from fault
    return codec, FONTS.get(font)


def decided_encoding(path, encoding, is_known_utf8=None):
    """Return the proper name of an encoding that a person chose; refuse what cannot be it.

    ``is_known_utf8`` spares a look through the file.
    """
    codec, font = codec_of(encoding)
    if font or codecs.lookup(codec).name not in ("utf-8", "utf-8-sig"):
        return encoding
    if not (is_utf8(path) if is_known_utf8 is None else is_known_utf8):
        raise UnreadableFile("undecodable", expected="utf-8")
    return "utf-8"


def detect_encoding(path, is_known_utf8=None):
    """Return the encoding of the file, or raise ``NeedsConfirmation`` with the candidates.

    Unicode is recognised by its marks and its strict form, windows-1258 by Vietnamese
    syllables. Signs of TCVN3 and VNI fonts are never read without a person's word.
    ``is_known_utf8`` spares a look through the file.
    """
    with path.open("rb") as file:
        head = file.read(1 << 12)
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    if wide := _wide_encoding(head):
        return wide
    sample = _telling_bytes(path)
    if is_utf8(path) if is_known_utf8 is None else is_known_utf8:
        _refuse_font_signs(sample)
        return "utf-8"
    _refuse_damaged_utf8(path, sample)
    return _eight_bit_encoding(sample)


def _refuse_damaged_utf8(path, sample):
    """A few bad bytes in UTF-8 are damage, not another encoding; say on which line they are."""
    text = sample.decode("utf-8", "replace")
    words = accented_words(text.replace("\ufffd", " "))
    if len(words) < 3 or sum(map(is_syllable, words)) < CONVINCING * len(words):
        return
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                shown = line.decode("utf-8", "replace").strip()
                raise UnreadableFile("undecodable", shown, "UTF-8", number) from None


def is_utf8(path):
    """Tell whether the whole file is valid UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        try:
            while block := file.read(BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _wide_encoding(head):
    """Return UTF-16 without a mark: in Latin text every other byte is zero."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > len(head) * 0.2 and odd > 4 * even:
        return "utf-16-le"
    return "utf-16-be" if even > len(head) * 0.2 and even > 4 * odd else None


def _telling_bytes(path):
    """Return lines with bytes above 127, from all over the file."""
    found, size = [], 0
    with path.open("rb") as file:
        while size < SAMPLE_BYTES and (block := file.read(BLOCK)):
            if block.isascii():
                continue
            start = block.rfind(b"\n", 0, _first_accent(block)) + 1
            piece = block[start : start + SAMPLE_BYTES // 8]
            lines = piece.splitlines()
            # The last line may be cut in the middle of a letter.
            whole = lines[:-1] if len(lines) > 1 and start + len(piece) < len(block) else lines
            found += [line[:2000] for line in whole if not line.isascii()]
            size += len(piece)
    return b"\n".join(found)


def _first_accent(block):
    try:
        block.decode("ascii")
    except UnicodeDecodeError as fault:
        return fault.start
    return 0


def _scores(texts):
    return {
        encoding: plausibility(text) or 0.0 for encoding, text in texts.items() if text is not None
    }


def _refuse_font_signs(sample):
    text = sample.decode("utf-8", "ignore")
    texts = {"utf-8": text, **{f"utf-8+{font}": read(text) for font, read in FONTS.items()}}
    confirm_fonts(texts, "utf-8")


def confirm_fonts(texts, plain):
    """Raise ``NeedsConfirmation`` when ``texts[plain]`` reads as Vietnamese in a font only.

    A single odd word is a name or a sign, and no evidence.
    """
    if sum(len(word) > 1 for word in accented_words(texts[plain])) < 2:
        return
    scores = _scores(texts)
    best = max(scores, key=scores.get)
    if best != plain and scores[best] >= CONVINCING and scores[plain] < UNLIKELY:
        raise NeedsConfirmation("ambiguous_encoding", _candidates(texts, scores))


def _eight_bit_encoding(sample):
    texts = {encoding: _decoded(sample, encoding) for encoding in _EIGHT_BIT}
    scores = _scores(texts)
    best, *others = sorted(scores, key=scores.get, reverse=True) or ["windows-1258"]
    is_clear = scores.get(best, 0) >= CONVINCING and all(
        scores[other] <= scores[best] - 0.3 or texts[other] == texts[best] for other in others
    )
    if is_clear and best == "windows-1258":
        return best
    raise NeedsConfirmation("ambiguous_encoding", _candidates(texts, scores))


def _decoded(sample, encoding):
    codec, read = codec_of(encoding)
    try:
        text = sample.decode(codec)
    except UnicodeDecodeError:
        return None
    return read(text) if read else text


def _candidates(texts, scores):
    ranked = sorted(scores, key=scores.get, reverse=True)
    return [
        {
            "field": "encoding",
            "value": encoding,
            "sample": [line[:120] for line in texts[encoding].split("\n")[:3]],
        }
        for encoding in ranked
    ]

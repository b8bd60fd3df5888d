"""A sentence as words, numbers and marks that compare whatever their case and spelling."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from portal.core.text import nfc

TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
TOKEN = re.compile(
    r"(?P<code>\d+[a-zA-Z]?(?:-[A-ZĐ]+)?(?:/[\w][\w-]*)+)"
    r"|(?P<number>\d+(?:\.\d+)*(?:[a-zđA-ZĐ](?![\w\u0300-\u036f]))?)"
    r"|(?P<word>[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*\d?)"
    r"|(?P<end>\n)"
    r"|(?P<mark>[^\s\u200b\u2060\ufeff])"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a sentence; ``key`` is what it compares by."""

    kind: str
    key: str
    text: str
    start: int
    end: int

    @property
    def is_capital(self):
        """Tell whether it begins with a capital letter."""
        return self.text[:1].isupper()


@lru_cache(maxsize=8192)
def key_of(word):
    """Return the word in small letters with its tone behind it: “khỏan” compares as “khoản”."""
    letters, tone = [], ""
    for char in unicodedata.normalize("NFD", nfc(word).lower().replace("ð", "đ")):
        if char in TONES:
            tone = char
        else:
            letters.append(char)
    return unicodedata.normalize("NFC", "".join(letters)) + tone


class Phrases(dict):
    """Phrases as tuples of keys, by the key they begin with, the longest first."""

    def __init__(self, *words):
        super().__init__()
        for word in sorted(words, key=lambda each: -len(each.split())):
            phrase = tuple(map(key_of, word.split()))
            self.setdefault(phrase[0], []).append(phrase)


def key_set(words):
    """Return the keys of the words of a line."""
    return frozenset(map(key_of, words.split()))


def keys(*words):
    """Return the keys of some phrases as tuples."""
    return {tuple(map(key_of, word.split())) for word in words}


def tokens_of(sentence):
    """Return the tokens of ``sentence``, with their places in it."""
    return [
        Token(match.lastgroup, key_of(match[0]), match[0], match.start(), match.end())
        for match in TOKEN.finditer(sentence)
    ]


class Cursor:
    """A place in a list of tokens, for readers that try, and step back when they fail."""

    def __init__(self, tokens, place=0):
        self.tokens, self.place = tokens, place

    def peek(self, ahead=0):
        """Return the token ``ahead`` places further on (negative: behind), None outside."""
        place = self.place + ahead
        return self.tokens[place] if 0 <= place < len(self.tokens) else None

    def key(self, ahead=0):
        """Return the key of the token ``ahead``, an empty text outside."""
        token = self.peek(ahead)
        return token.key if token else ""

    def take(self):
        """Return the token here and step behind it."""
        token = self.peek()
        self.place += 1
        return token

    def phrase(self, phrases):
        """Step behind the longest of ``phrases`` that stands here; return it, None if none does."""
        for phrase in phrases.get(self.key(), ()):
            if all(self.key(ahead) == key for ahead, key in enumerate(phrase)):
                self.place += len(phrase)
                return phrase
        return None

"""A small gate for what VADER can read: English, and texts of nothing but emoji.

It has to tell English from anything else, in comments of a few words; it does not have to name
the other language. In doubt it says no: a text without a score is better than one that VADER's
word list reads by accident (the Spanish "sin", without, is a sin to it).
"""

import re
from collections import Counter
from collections.abc import Sequence

from python_assets.sentiment.lexicon import analyzer
from python_assets.sentiment.plain import plain
from python_assets.sentiment.words import BORROWED, ENGLISH, FOREIGN, SHARED

# Raise it with any change of the words, of the rule, of `plain` or of what is kept of a score:
# texts are judged again when it rises.
GATE_VERSION = 1

# Share of letters of other scripts from which the words in Latin ones are beside the point.
OTHER_SCRIPT_SHARE = 0.25

# Share of words that must be known to be English. In ordinary English it is over a half; texts of
# brand names and numbers, and those in a language that the gate does not know, fall below.
KNOWN_SHARE = 0.2

# What a word counts that English shares with others, such as "in".
SHARED_WEIGHT = 0.5

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_CONTRACTIONS = frozenset(["d", "ll", "m", "re", "s", "t", "ve"])
_ELISIONS = frozenset(
    ["all", "c", "d", "dall", "dell", "j", "l", "m", "n", "nell", "qu", "s", "sull", "t", "un"]
)
_ENGLISH_ENDING = re.compile(r"..(?:ed|ful|ing|less|ly|ness)$")
_FOREIGN_FORM = re.compile(
    r"[^\Wa]aa[^\Wa]|ij|sz|..(?:elijk|heid|keit|lich|lichen|mente|zione)$|...(?:atie|else|ung|ungen)$"
)
_LAST_LATIN = "\u024f"
_MORE_LATIN = ("\u1e00", "\u1eff")


def is_english(text: str) -> bool:
    """Tell whether VADER can judge a text.

    English words and those of other languages are counted; accents and endings count too.
    The text is English if more speaks for English than for any other language, and enough of it.
    A text without letters is no language: it passes if VADER knows one of its emoji or
    emoticons, whoever wrote it, and fails if there is nothing to judge ("5/5", "👍" to VADER).

    Args:
        text: What somebody wrote.

    Example:
        >>> [is_english(text) for text in ("Great!!!", "Normal, sin más.", "😍", "5/5")]
        [True, False, True, False]
    """
    judged = plain(text)
    words = _WORD.findall(_without_emoticons(judged).lower())
    if not words:
        scores = analyzer().polarity_scores(judged)
        return bool(scores["pos"] or scores["neg"])
    if _other_script_share(judged) > OTHER_SCRIPT_SHARE:
        return False
    english = sum(map(_english_weight, words))
    return english > _foreign_hints(words, judged) and english >= KNOWN_SHARE * len(words)


def _without_emoticons(text: str) -> str:
    """Leave out emoticons, some of which have letters, such as `:D`."""
    known = analyzer().lexicon
    return " ".join(
        token for token in text.split() if token[0].isalnum() or token.lower() not in known
    )


def _other_script_share(text: str) -> float:
    if text.isascii():
        return 0.0
    letters = [character for character in text if character.isalpha()]
    return sum(not _is_latin(letter) for letter in letters) / max(len(letters), 1)


def _is_latin(letter: str) -> bool:
    return letter <= _LAST_LATIN or _MORE_LATIN[0] <= letter <= _MORE_LATIN[1]


def _english_weight(word: str) -> float:
    if word in SHARED:
        return SHARED_WEIGHT
    return float(_is_english_word(word))


def _is_english_word(word: str) -> bool:
    if word in ENGLISH or word in analyzer().lexicon:
        return True
    head, apostrophe, tail = word.rpartition("'")
    if apostrophe:
        return tail in _CONTRACTIONS and head not in _ELISIONS
    return word not in FOREIGN and word.isascii() and bool(_ENGLISH_ENDING.search(word))


def _foreign_hints(words: Sequence[str], text: str) -> int:
    """Count what speaks for the likeliest other language, and for any other."""
    languages = Counter(language for word in words for language in FOREIGN.get(word, ()))
    return max(languages.values(), default=0) + sum(map(_is_foreign, words)) + ("¿" in text)


def _is_foreign(word: str) -> bool:
    """Whether a word's form is that of some other language, known here or not."""
    if not word.isascii():
        return word not in BORROWED
    head, apostrophe, _ = word.partition("'")
    if apostrophe:
        return head in _ELISIONS
    return bool(_FOREIGN_FORM.search(word))

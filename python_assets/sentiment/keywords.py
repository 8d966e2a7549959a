"""Which words of the texts of a month may be shown, and how much each says of its text."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from python_assets.sentiment.plain import plain
from python_assets.sentiment.words import STOP_WORDS

# People who must have used a word before it may be shown.
LEAST_WRITERS = 2

# Words of a month that count, those of the most people: rarer ones make no topic, but cost time.
MOST_WORDS = 2_000

# Whole words of three letters and more, with or without a possessive: no numbers, no "don" of
# "don't".
_WORD = re.compile(r"(?<!\w)(?<!\w')[^\W\d_]{3,}(?=(?:'s)?(?!\w|'\w))")

# Weights are compared to so many digits, so that rounding noise decides no order.
DIGITS = 9

SEPARATOR = ", "


def words_of(text: str) -> list[str]:
    """List the words of a text that say what it is about.

    Example:
        >>> words_of("Don't buy: the lamp's cable broke, order 4711, ask jo@shop.example!")
        ['buy', 'lamp', 'cable', 'broke', 'order', 'ask']
    """
    return [word for word in _WORD.findall(plain(text).lower()) if word not in STOP_WORDS]


def shared_words(texts: Iterable[tuple[str, Sequence[str]]]) -> list[str]:
    """List the words that enough people used, in alphabetical order.

    Words get published, texts do not. A name or a place that one person typed is not among these,
    in however many texts; one that the same person typed under two identities is.

    Args:
        texts: Who wrote each text, and its words.
    """
    written = {(writer, word) for writer, words in texts for word in words}
    writers = Counter(word for _, word in written)
    shared = [word for word, count in writers.items() if count >= LEAST_WRITERS]
    return sorted(sorted(shared, key=lambda word: (-writers[word], word))[:MOST_WORDS])


def word_weights(texts: Sequence[Sequence[str]], vocabulary: Sequence[str]) -> csr_array:
    """Weigh the words of each text by TF-IDF, as scikit-learn does by default.

    Args:
        texts: Words of each text.
        vocabulary: Words that count.

    Returns:
        Weights, one row per text and one column per word; a row's squares sum to 1, or to 0
        without such a word.
    """
    # An import of a second, which a shop that nobody writes to need not wait for.
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415

    weigher = TfidfVectorizer(vocabulary=vocabulary, analyzer=list)
    return csr_array(weigher.fit_transform(texts))


def weightiest(
    words: npt.NDArray[np.object_], weights: npt.NDArray[np.float64], most: int
) -> str | None:
    """Join the words of the highest weights, the highest first; null if all are 0.

    Args:
        words: Words, in alphabetical order, which decides between equals.
        weights: Weight of each.
        most: How many, at most.
    """
    rounded = np.round(weights, DIGITS)
    order = np.argsort(-rounded, kind="stable")[:most]
    return SEPARATOR.join(words[order[rounded[order] > 0]]) or None

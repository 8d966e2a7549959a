"""What English texts are about: keywords of each text, and topics of each month.

Keywords are the words of a text with the highest TF-IDF. Topics are the parts of a non-negative
factorisation of the same matrix (Lee and Seung, Nature 1999), started without chance (NNDSVDa,
Boutsidis and Gallopoulos, Pattern Recognition 2008). Every month is judged by itself: topics of
two months are not the same because they have the same number.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from scipy.sparse import csr_array

from python_assets.sentiment.keywords import (
    DIGITS,
    shared_words,
    weightiest,
    word_weights,
    words_of,
)

# Different texts per topic, and of two topics: a topic of fewer texts says no more than they do.
TEXTS_PER_TOPIC = 5
LEAST_TEXTS = 2 * TEXTS_PER_TOPIC

# Rounds of the factorisation, at most; noise alone, in which there is nothing to find, needs 700.
_ROUNDS = 1_000

SCHEMA = pa.schema(
    {
        "written_month": pa.date32(),
        "text_hash": pa.string(),
        "keywords": pa.string(),
        "topic": pa.string(),
        "topic_index": pa.int64(),
    }
)

Floats = npt.NDArray[np.float64]
Words = npt.NDArray[np.object_]
Names = list[str | None]


def text_topics(texts: pa.Table, topics: int, keywords: int) -> pa.Table:
    """Find the keywords and the topic of each text, month by month.

    Args:
        texts: Columns written_month, text_hash, writer and written_text: in English, one row per
            month, text and person who wrote it then, in the order of these.
        topics: Topics per month, at most.
        keywords: Keywords per text and per topic, at most.

    Returns:
        One row per month and text, as `SCHEMA` has it: keywords (the weightiest first), topic
        (its keywords) and topic_index (from 1 in each month, by the number of texts). Keywords
        are null for a text without a word that somebody else used too; so are topics, and all
        topics of a month with under `LEAST_TEXTS` different texts.
    """
    tables = [SCHEMA.empty_table()]
    for month in pc.unique(texts["written_month"]):
        of_month = texts.filter(pc.equal(texts["written_month"], month))
        tables.append(_month(month, of_month.to_pylist(), topics, keywords))
    return pa.concat_tables(tables)


def _month(
    month: pa.Scalar, rows: Sequence[Mapping[str, str]], topics: int, keywords: int
) -> pa.Table:
    texts = {row["text_hash"]: words_of(row["written_text"]) for row in rows}
    vocabulary = shared_words((row["writer"], texts[row["text_hash"]]) for row in rows)
    keywords_of_texts: Names = [None] * len(texts)
    topics_of_texts: Names = [None] * len(texts)
    if vocabulary:
        weights = word_weights(list(texts.values()), vocabulary)
        words = np.array(vocabulary, dtype=object)
        keywords_of_texts = _keywords(weights, words, keywords)
        topics_of_texts = _topics(weights, words, topics, keywords)
    columns = {
        "written_month": pa.repeat(month, len(texts)),
        "text_hash": list(texts),
        "keywords": keywords_of_texts,
        "topic": topics_of_texts,
        "topic_index": _numbers(topics_of_texts),
    }
    return pa.table(columns, SCHEMA)


def _keywords(weights: csr_array, words: Words, most: int) -> Names:
    return [
        weightiest(words[weights.indices[start:end]], weights.data[start:end], most)
        for start, end in pairwise(weights.indptr)
    ]


def _topics(weights: csr_array, words: Words, topics: int, keywords: int) -> Names:
    names: Names = [None] * weights.shape[0]
    with_words = np.flatnonzero(np.diff(weights.indptr))
    if len(with_words) < LEAST_TEXTS:
        return names
    count = min(topics, len(with_words) // TEXTS_PER_TOPIC, len(words))
    of_texts, of_words = _factors(weights[with_words], count)
    topic_names = [weightiest(words, part, keywords) for part in of_words]
    for text, parts in zip(with_words, np.round(of_texts, DIGITS), strict=True):
        if parts.any():
            names[text] = topic_names[parts.argmax()]
    return names


def _factors(weights: csr_array, count: int) -> tuple[Floats, Floats]:
    """How much each text is of each topic (texts, topics), and each topic of each word."""
    # An import of a second, which a shop with few texts need not wait for.
    from sklearn.decomposition import NMF  # noqa: PLC0415

    factorisation = NMF(count, init="nndsvda", random_state=0, max_iter=_ROUNDS)
    of_texts = factorisation.fit_transform(weights)
    # How large a factor is says nothing as long as the other is small: only of topics of one
    # length can it be said which is more of a text.
    lengths = np.linalg.norm(factorisation.components_, axis=1)
    of_words = factorisation.components_ / np.where(lengths > 0, lengths, 1.0)[:, np.newaxis]
    return of_texts * lengths, of_words


def _numbers(topics: Names) -> list[int | None]:
    """Number topics by the texts they have, then by name."""
    sizes = Counter(topic for topic in topics if topic is not None)
    in_order = sorted(sizes, key=lambda topic: (-sizes[topic], topic))
    number = {topic: index for index, topic in enumerate(in_order, start=1)}
    return [None if topic is None else number[topic] for topic in topics]

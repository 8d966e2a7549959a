"""Keywords that give nobody away, and topics that come out the same every time."""

import datetime
import math
from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from python_assets.sentiment.keywords import shared_words, weightiest, word_weights, words_of
from python_assets.sentiment.topics import LEAST_TEXTS, SCHEMA, text_topics

JANUARY, FEBRUARY = datetime.date(2026, 1, 1), datetime.date(2026, 2, 1)

# Two subjects with no word in common, five texts each.
LAMPS = [
    "lamp cable broke",
    "cable of lamp burnt",
    "lamp cable short",
    "cable lamp loose",
    "lamp cable hot",
]
SHIPPING = [
    "courier parcel late",
    "parcel courier rude",
    "courier lost parcel",
    "parcel courier slow",
    "courier parcel wet",
]

# Month, writer and text.
Written = tuple[datetime.date, str, str]


def _table(written: Sequence[Written]) -> pa.Table:
    rows = [
        {"written_month": month, "text_hash": text, "writer": writer, "written_text": text}
        for month, writer, text in sorted(written)
    ]
    types = {"text_hash": pa.string(), "writer": pa.string(), "written_text": pa.string()}
    return pa.Table.from_pylist(rows, pa.schema({"written_month": pa.date32(), **types}))


def _by_many(texts: Sequence[str], month: datetime.date = JANUARY) -> list[Written]:
    return [(month, f"writer {index}", text) for index, text in enumerate(texts)]


def test_two_subjects_are_two_topics():
    found = text_topics(_table(_by_many(LAMPS + SHIPPING)), topics=5, keywords=2).to_pylist()
    topics = {row["text_hash"]: row["topic"] for row in found}
    assert {topics[text] for text in LAMPS} == {"cable, lamp"}
    assert {topics[text] for text in SHIPPING} == {"courier, parcel"}
    assert {row["topic_index"] for row in found} == {1, 2}


def test_the_topic_of_most_texts_comes_first():
    more = [*SHIPPING, "parcel courier", "courier and parcel"]
    found = text_topics(_table(_by_many(LAMPS + more)), topics=2, keywords=2).to_pylist()
    assert {(row["topic_index"], row["topic"]) for row in found} == {
        (1, "courier, parcel"),
        (2, "cable, lamp"),
    }


def test_few_texts_have_keywords_but_no_topics():
    texts = (LAMPS + SHIPPING)[: LEAST_TEXTS - 1]
    found = text_topics(_table(_by_many(texts)), topics=5, keywords=5)
    assert found["topic"].null_count == len(texts)
    assert found["topic_index"].null_count == len(texts)
    assert found["keywords"].null_count == 0


def test_the_same_words_again_make_no_topic():
    written = [(JANUARY, f"writer {index}", "lamp cable broke") for index in range(50)]
    found = text_topics(_table(written), topics=5, keywords=5).to_pylist()
    assert [(row["keywords"], row["topic"]) for row in found] == [("broke, cable, lamp", None)]


def test_every_month_is_judged_by_itself():
    january = _by_many(LAMPS + SHIPPING)
    alone = text_topics(_table(january), topics=5, keywords=3)
    february = _by_many(["lamp courier glorious", "glorious lamp"], FEBRUARY)
    both = text_topics(_table(january + february), topics=5, keywords=3)
    assert both.slice(0, alone.num_rows).equals(alone)
    assert both["topic"].slice(alone.num_rows).null_count == 2


def test_what_one_person_typed_is_no_keyword_however_often():
    signed = [(JANUARY, "ludmila", f"lamp from Ludmila Quitter, {place}") for place in "abc"]
    found = text_topics(_table([*signed, *_by_many(LAMPS)]), topics=1, keywords=20)
    words = ", ".join(found["keywords"].to_pylist())
    assert "lamp" in words
    assert "ludmila" not in words
    assert "quitter" not in words


def test_numbers_addresses_and_handles_are_no_words():
    text = "Order A4711, call 0171-555 or jo.lee@mail.example, www.me.example/jo, @joleestyle OK?"
    assert words_of(text) == ["order", "call"]
    assert words_of("I don't, the shop's won't; 'quoted' caf\u00e9 na\u00efve") == [
        "shop",
        "quoted",
        "caf\u00e9",
        "na\u00efve",
    ]


def test_a_word_is_shared_by_people_and_not_by_texts():
    texts = [("a", ["lamp", "lamp"]), ("a", ["lamp", "cable"]), ("b", ["cable"])]
    assert shared_words(texts) == ["cable"]


def test_weights_are_tf_idf_of_unit_length():
    weights = word_weights([["lamp", "cable"], ["lamp"], []], ["cable", "lamp"]).toarray()
    # Smoothed: ln((1 + 3 texts) / (1 + texts with it)) + 1.
    cable, lamp = math.log(4 / 2) + 1, math.log(4 / 3) + 1
    length = math.hypot(cable, lamp)
    np.testing.assert_allclose(weights, [[cable / length, lamp / length], [0, 1], [0, 0]])


def test_words_of_equal_weight_are_in_alphabetical_order():
    words = np.array(["a", "b", "c", "d"], dtype=object)
    noise = 1e-15
    assert weightiest(words, np.array([0.5, 0.5 + noise, 0.0, 0.9]), 3) == "d, a, b"
    assert weightiest(words, np.zeros(4), 3) is None


def test_there_are_as_many_keywords_and_topics_as_asked_for_and_possible():
    generator = np.random.default_rng(7)
    words = [f"{first}{vowel}{last}" for first in "bdfg" for vowel in "aeiou" for last in "lmn"]
    texts = sorted({" ".join(generator.choice(words, 8)) for _ in range(40)})
    table = _table(_by_many(texts))
    for asked, most in ((3, 3), (50, len(texts) // 5)):
        found = text_topics(table, topics=asked, keywords=2)
        numbers = set(found["topic_index"].to_pylist()) - {None}
        assert numbers == set(range(1, len(numbers) + 1))
        assert len(numbers) <= most
        assert all(len(text.split(", ")) <= 2 for text in found["keywords"].to_pylist() if text)
        assert found.equals(text_topics(table, topics=asked, keywords=2))


def test_nothing_in_common_and_nothing_written_have_no_keywords():
    unlike = text_topics(_table(_by_many(["lamp", "the", "42"])), topics=5, keywords=5)
    assert unlike["keywords"].null_count == 3
    assert text_topics(_table([]), topics=5, keywords=5).equals(SCHEMA.empty_table())

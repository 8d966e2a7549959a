"""Scores as VADER's authors published them, and no score where there can be none."""

import pyarrow as pa
import pytest

from python_assets.sentiment.plain import MOST_CHARACTERS, plain
from python_assets.sentiment.scoring import MODEL_VERSION, SCHEMA, score_texts
from tests.python_assets.sentiment.samples import published_case


def _scores(*texts: str) -> list[float | None]:
    hashes = [str(index) for index in range(len(texts))]
    scored = score_texts(pa.table({"text_hash": hashes, "written_text": list(texts)}))
    return scored["score"].to_pylist()


def test_the_sentences_of_vaders_readme_have_their_published_scores():
    case = published_case("vader_readme")
    sentences = case["inputs"]["sentences"]
    scores = _scores(*(sentence["text"] for sentence in sentences))
    # One differs from the README, which is older than 3.3.2: the one with emoji.
    expected = [sentence["run_332"] for sentence in sentences]
    assert scores == pytest.approx(expected, abs=case["tolerance"]["abs"])
    assert sum(sentence["readme"] != sentence["run_332"] for sentence in sentences) == 1


def test_texts_that_vader_gives_exactly_0_for_their_language_have_no_score():
    case = published_case("vader_non_english_is_zero")
    assert _scores(*case["inputs"]["texts"]) == [None] * len(case["expected"])


def test_a_known_mistake_of_vader_is_still_made():
    case = published_case("vader_known_wrong")
    wrong = case["expected"]["bad_value"]
    assert _scores(case["inputs"]["text"]) == pytest.approx([wrong], abs=1e-4)


def test_english_without_a_word_of_feeling_is_0_and_another_language_is_null():
    table = pa.table(
        {"text_hash": ["a", "b"], "written_text": ["Arrived on Tuesday.", "Ist in Ordnung."]}
    )
    english, german = score_texts(table).to_pylist()
    version = {"model_version": MODEL_VERSION}
    nothing = {"score": 0.0, "positive_share": 0.0, "negative_share": 0.0}
    unknown = dict.fromkeys(nothing)
    assert english == {"text_hash": "a", "language": "en", **nothing, **version}
    assert german == {"text_hash": "b", "language": "other", **unknown, **version}


def test_a_curly_apostrophe_negates_as_a_straight_one():
    curly, straight = _scores("I don\u2019t like it", "I don't like it")
    assert curly == straight
    assert straight is not None
    assert straight < 0


def test_handles_and_addresses_are_no_praise():
    assert _scores("The lamp arrived @love", "The lamp arrived") == [0.0, 0.0]


def test_a_very_long_text_is_scored_by_its_beginning():
    long = "the terrible zero " * 10_000
    assert len(plain(long)) == MOST_CHARACTERS
    assert _scores(long) == _scores(long[:MOST_CHARACTERS])


@pytest.mark.parametrize("text", ["@" * 20_000, "x" * 20_000 + "@", "www." * 5_000, "' " * 9_000])
def test_no_text_takes_long(text: str):
    assert _scores(text) == [None]


def test_no_texts_are_no_scores():
    empty = pa.table({"text_hash": pa.array([], pa.string()), "written_text": pa.array([], "str")})
    assert score_texts(empty).equals(SCHEMA.empty_table())

"""How each text feels, by VADER (Hutto and Gilbert, ICWSM 2014).

What is computed here depends on nothing but the text and `MODEL_VERSION`, so that it can be kept:
where positive ends and negative begins is decided where scores are read.

Known limitation: VADER adds up words and does not understand. Irony is lost on it, and some
sentences come out wrong ("nothing for redheads :(" is +0.34; vaderSentiment issue 28).
"""

from importlib.metadata import version

import pyarrow as pa

from python_assets.sentiment.language import GATE_VERSION, is_english
from python_assets.sentiment.lexicon import analyzer
from python_assets.sentiment.plain import plain

MODEL_VERSION = f"vaderSentiment {version('vaderSentiment')}, language gate {GATE_VERSION}"

SCHEMA = pa.schema(
    {
        "text_hash": pa.string(),
        "language": pa.string(),
        "score": pa.float64(),
        "positive_share": pa.float64(),
        "negative_share": pa.float64(),
        "model_version": pa.string(),
    }
)


def score_texts(texts: pa.Table) -> pa.Table:
    """Score texts in English; leave all others without a score.

    Args:
        texts: Columns text_hash and written_text, one row per text.

    Returns:
        One row per text, as `SCHEMA` has it: language (`en` or `other`), score (VADER's compound,
        -1 to 1), positive_share and negative_share (of the text's words, 0 to 1) and
        model_version. All three figures are null in another language: VADER would say exactly
        0, which is not neutral but unknown.
    """
    rows = [_judged(text) for text in texts["written_text"].to_pylist()]
    columns = {
        "text_hash": texts["text_hash"],
        "language": [row["language"] for row in rows],
        "score": [row.get("compound") for row in rows],
        "positive_share": [row.get("pos") for row in rows],
        "negative_share": [row.get("neg") for row in rows],
        "model_version": pa.repeat(MODEL_VERSION, len(rows)),
    }
    return pa.table(columns, SCHEMA)


def _judged(text: str) -> dict[str, str | float]:
    if not is_english(text):
        return {"language": "other"}
    return {"language": "en", **analyzer().polarity_scores(plain(text))}

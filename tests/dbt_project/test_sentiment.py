"""Sentiment on texts written by hand: the models as dbt compiles them, without a refresh."""

import importlib.util
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pyarrow as pa
import pytest

from orchestration.defs.dbt.compiled import compile_models
from orchestration.defs.dbt.project import PROJECT_DIR
from orchestration.workspace.customer_settings import SentimentSettings, customer_settings_row

# In the order they are built.
MODELS = {
    "int_texts": "intermediate",
    "int_text_sentiments": "intermediate",
    "int_english_texts": "intermediate",
    "int_text_months": "intermediate",
    "int_text_topics": "intermediate",
    "sentiment": "customers",
    "sentiment_topics": "customers",
}
PYTHON_MODELS = {"int_text_sentiments", "int_text_topics"}

INPUTS = """
    create schema staging; create schema intermediate; create schema customers;
    create table intermediate.int_feedback_identified (
        feedback_id varchar, person_id varchar, comment varchar, created_at timestamp
    );
    create table intermediate.int_forms_identified (
        submission_id varchar, person_id varchar, message varchar, submitted_at timestamp
    );
    create table intermediate.int_mentions_identified (
        mention_id varchar, person_id varchar, platform varchar, author varchar, text varchar,
        created_at timestamp
    );
    create table staging.stg_workspace__settings as select 'UTC' as timezone, 'x' as code_digest;
"""

JANUARY, FEBRUARY = "2026-01-05 10:00:00", "2026-02-05 10:00:00"


class Shop:
    """A database with texts that the sentiment models can be run on."""

    def __init__(self, compiled: Path) -> None:
        """Create a shop that nobody has written to."""
        self._compiled = compiled
        self._connection = duckdb.connect()
        self._connection.execute(INPUTS)
        self.set()

    def set(self, **settings: float) -> None:
        """Choose settings of sentiment, and the defaults of others."""
        row = customer_settings_row(sentiment=SentimentSettings(**settings))
        columns = ", ".join(f"? as {name}" for name in row)
        self._connection.execute(
            f"create or replace table staging.stg_workspace__customer_settings as select {columns}",
            list(row.values()),
        )

    def comment(self, person: str, text: str, at: str = JANUARY) -> None:
        """Add a review."""
        self._insert("feedback", (person, text, at))

    def message(self, person: str, text: str, at: str = JANUARY) -> None:
        """Add a form."""
        self._insert("forms", (person, text, at))

    def mention(self, author: str, text: str, at: str = JANUARY) -> None:
        """Add a mention by somebody unknown."""
        self._insert("mentions", (None, "x", author, text, at))

    def build(self, *models: str) -> None:
        """Build models, or all of them, as if for the first time."""
        for model in models or MODELS:
            self._build(model)

    def computed_again(self, model: str) -> pa.Table:
        """What a Python model computes that the table of an earlier build does not hold."""
        return self._run(model, is_incremental=True)

    def labels(self) -> Mapping[str, str]:
        """Labels by text id."""
        return dict(self.rows("select text_id, label from customers.sentiment"))

    def rows(self, sql: str) -> list[tuple[str, ...]]:
        """Query the tables."""
        return self._connection.execute(sql).fetchall()

    def _build(self, model: str) -> None:
        table = f"{MODELS[model]}.{model}"
        if model in PYTHON_MODELS:
            built = self._run(model, is_incremental=False)  # noqa: F841 (DuckDB finds it by name)
            self._connection.execute(f"create or replace table {table} as from built")
        else:
            sql = next(self._compiled.rglob(f"{model}.sql")).read_text()
            self._connection.execute(f"create or replace table {table} as {sql}")

    def _run(self, model: str, *, is_incremental: bool) -> pa.Table:
        path = PROJECT_DIR / "models" / "intermediate" / "sentiment" / f"{model}.py"
        spec = importlib.util.spec_from_file_location(model, path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        dbt = SimpleNamespace(
            ref=lambda name: self._connection.table(f"{MODELS.get(name, 'staging')}.{name}"),
            config=lambda **_: None,
            this=f"{MODELS[model]}.{model}",
            is_incremental=is_incremental,
        )
        computed: pa.Table = module.model(dbt, self._connection)
        return computed

    def _insert(self, source: str, values: tuple[str | None, ...]) -> None:
        table = f"intermediate.int_{source}_identified"
        places = ", ".join("?" for _ in values)
        self._connection.execute(
            f"insert into {table} select count(*) + 1, {places} from {table}", values
        )


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    sql_models = sorted(MODELS.keys() - PYTHON_MODELS)
    return compile_models(sql_models, tmp_path_factory.mktemp("compiled"))


@pytest.fixture
def shop(compiled: Path) -> Iterator[Shop]:
    return Shop(compiled)


def test_a_text_in_another_language_is_unscored_and_not_neutral(shop: Shop):
    shop.comment("c1", "Leider kaputt angekommen, sehr ärgerlich.")
    shop.comment("c1", "الخدمة سيئة جدا")
    shop.comment("c1", "Arrived on Tuesday.")
    shop.build()
    assert shop.labels() == {
        "feedback:1": "unscored",
        "feedback:2": "unscored",
        "feedback:3": "neutral",
    }
    assert shop.rows(
        "select text_id from customers.sentiment where score is null order by all"
    ) == [("feedback:1",), ("feedback:2",)]
    assert shop.rows("select texts, scored_texts, mean_score from customers.sentiment_topics") == [
        (3, 1, 0.0)
    ]


def test_the_same_text_in_three_places_is_scored_once_and_shown_thrice(shop: Shop):
    shop.comment("c1", "I love it!")
    shop.message("c1", "  I love it!\r\n")
    shop.mention("ann", "I love it!", FEBRUARY)
    shop.build()
    assert shop.rows("select count(*) from intermediate.int_text_sentiments") == [(1,)]
    found = shop.rows(
        "select text_id, person_id, label, score from customers.sentiment order by all"
    )
    assert found == [
        ("feedback:1", "c1", "positive", 0.6696),
        ("form:1", "c1", "positive", 0.6696),
        ("mention:1", None, "positive", 0.6696),
    ]


def test_a_scored_text_is_not_scored_again_by_the_same_model(shop: Shop):
    shop.comment("c1", "I love it!")
    shop.comment("c2", "Ist in Ordnung.")
    shop.build()
    assert shop.computed_again("int_text_sentiments").num_rows == 0
    shop.comment("c3", "I love it!", FEBRUARY)
    shop.comment("c4", "Terrible.", FEBRUARY)
    shop.build("int_texts")
    assert shop.computed_again("int_text_sentiments")["score"].to_pylist() == [-0.4767]


def test_texts_scored_by_another_version_are_scored_again(shop: Shop):
    shop.comment("c1", "I love it!")
    shop.build()
    shop.rows("update intermediate.int_text_sentiments set model_version = 'an older one'")
    assert shop.computed_again("int_text_sentiments")["score"].to_pylist() == [0.6696]


def test_other_cuts_need_no_new_scores(shop: Shop):
    shop.comment("c1", "I love it!")
    shop.comment("c1", "Great lamp, terrible delivery")
    shop.build()
    assert shop.labels() == {"feedback:1": "positive", "feedback:2": "mixed"}
    shop.set(positive_from=0.7, mixed_share=0.5)
    shop.build("sentiment")
    assert shop.labels() == {"feedback:1": "neutral", "feedback:2": "neutral"}


def test_only_months_that_changed_are_read_again(shop: Shop):
    for person in ("c1", "c2"):
        shop.comment(person, f"The lamp broke, says {person}")
        shop.comment(person, f"The lamp broke again, says {person}", FEBRUARY)
    shop.build()
    assert shop.computed_again("int_text_topics").num_rows == 0
    shop.mention("ann", "What a lamp", FEBRUARY)
    before_topics = list(MODELS)[: list(MODELS).index("int_text_topics")]
    shop.build(*before_topics)
    months = set(shop.computed_again("int_text_topics")["written_month"].to_pylist())
    assert [str(month) for month in months] == ["2026-02-01"]
    shop.set(keywords=1)
    shop.build("int_text_months")
    assert len(set(shop.computed_again("int_text_topics")["written_month"].to_pylist())) == 2


def test_nothing_that_one_person_typed_is_published(shop: Shop):
    for index in range(6):
        shop.comment(f"c{index}", f"The lamp cable broke after {index} days")
        shop.comment(f"c{index}", f"The courier lost my parcel {index} times")
    for text in ("Lamp for Ludmila Quitter", "Quitter, Ludmila: parcel for 0171-5551"):
        shop.message("c99", text)
        shop.comment("c99", text)
    for text in ("The lamp of Xanthippe", "What Xanthippe and a courier did to a parcel"):
        shop.mention("xanthippe_1", text)
    shop.build()
    published = repr(
        [shop.rows(f"from customers.{mart}") for mart in ("sentiment", "sentiment_topics")]
    )
    assert "cable" in published
    assert "parcel" in published
    for personal in ("udmila", "uitter", "anthippe", "0171", "The lamp"):
        assert personal not in published


def test_every_text_is_counted_in_the_topics_of_its_month(shop: Shop):
    for index in range(12):
        subject = "lamp cable broke" if index % 2 else "courier lost parcel"
        shop.comment(f"c{index}", f"The {subject} {index} times")
        shop.comment(f"c{index}", "Ist in Ordnung.", FEBRUARY)
    shop.build()
    assert shop.rows(
        "select strftime(written_month, '%m'), topic_index, topic, texts, scored_texts "
        "from customers.sentiment_topics order by all"
    ) == [
        ("01", 1, "broke, cable, lamp, times", 6, 6),
        ("01", 2, "courier, lost, parcel, times", 6, 6),
        ("02", 0, None, 12, 0),
    ]


def test_a_shop_that_nobody_writes_to_has_empty_tables(shop: Shop):
    shop.build()
    assert shop.rows("from customers.sentiment") == []
    assert shop.rows("from customers.sentiment_topics") == []

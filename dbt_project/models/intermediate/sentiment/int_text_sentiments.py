"""How each text feels; see `python_assets/sentiment`."""

from python_assets.sentiment.scoring import MODEL_VERSION, score_texts


def model(dbt, session):  # noqa: ANN001, ANN201
    """Return the scores of texts that this version of the model has not scored yet."""
    dbt.config(
        materialized="incremental",
        incremental_strategy="delete+insert",
        unique_key="text_hash",
        on_schema_change="sync_all_columns",
    )
    texts = dbt.ref("int_texts").select("text_hash, written_text").distinct()
    if dbt.is_incremental:
        scored = f"select text_hash from {dbt.this} where model_version = '{MODEL_VERSION}'"
        texts = texts.filter(f"text_hash not in ({scored})")
    return score_texts(texts.order("text_hash").to_arrow_table())

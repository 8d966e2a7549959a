"""What texts in English are about; see `python_assets/sentiment`."""

from python_assets.sentiment.topics import text_topics


def model(dbt, session):  # noqa: ANN001, ANN201
    """Return keywords and topic of each text, of the months whose inputs changed."""
    dbt.config(
        materialized="incremental",
        incremental_strategy="delete+insert",
        unique_key="written_month",
        on_schema_change="sync_all_columns",
    )
    settings = dbt.ref("stg_workspace__customer_settings").fetchdf().iloc[0]
    months = dbt.ref("int_text_months")
    if dbt.is_incremental:
        months = months.filter(f"inputs_digest not in (select inputs_digest from {dbt.this})")
    # In order, so that sums of fractions come out the same to the last digit.
    texts = (
        dbt.ref("int_english_texts")
        .join(months, "written_month")
        .order("written_month, text_hash, writer")
    )
    topics, keywords = int(settings["sentiment_topics"]), int(settings["sentiment_keywords"])
    found = session.from_arrow(text_topics(texts.to_arrow_table(), topics, keywords))
    return found.join(months, "written_month").to_arrow_table()

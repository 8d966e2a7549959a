"""What is expected of `meta_ads.leads`."""

from expectations.writing import no_rows_where, text_list

TABLE = "meta_ads.leads"

# The raw contract's values.
STATUSES = ("new", "contacted", "qualified", "converted")

CHECKS = (
    no_rows_where(
        TABLE,
        name="status_is_known",
        condition=f"status not in {text_list(STATUSES)}",
        severity="warn",
        meaning="The lead is in no stage of the pipeline.",
    ),
    no_rows_where(
        TABLE,
        name="paid_lead_names_its_campaign",
        condition="not is_organic and ad_id is null and adset_id is null and campaign_id is null",
        severity="warn",
        meaning="The lead was paid for and is credited to no campaign.",
    ),
)

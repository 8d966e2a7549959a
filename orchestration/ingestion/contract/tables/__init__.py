"""The tables of the raw contract, one module per source."""

from orchestration.ingestion.contract.tables import (
    commerce,
    crm,
    experiments,
    finance,
    marketing,
    messaging,
    meta_ads,
    social,
    web,
)

TABLES = (
    *meta_ads.TABLES,
    *web.TABLES,
    *commerce.TABLES,
    *crm.TABLES,
    *social.TABLES,
    *messaging.TABLES,
    *marketing.TABLES,
    *experiments.TABLES,
    *finance.TABLES,
)

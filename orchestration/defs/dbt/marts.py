"""The marts, by name and in words: models of the dbt project, and what is built upon them."""

from orchestration.defs.dbt.assets import manifest
from orchestration.described_tables import Tables
from orchestration.experiments import tables as experiments
from orchestration.forecasts import tables as forecasts
from orchestration.publishing import Descriptions
from orchestration.segments import tables as segments

_NODES = {
    # By the name of the table, which is not the model's where two subjects share one.
    f"{node['schema']}.{node['alias']}": node
    for node in manifest["nodes"].values()
    if node["resource_type"] == "model" and node["fqn"][1] == "marts"
}

_WRITTEN_BY_PYTHON: Tables = {**experiments.TABLES, **forecasts.TABLES, **segments.PUBLISHED}

MODEL_MARTS = sorted(_NODES)
# Made of the models once these have passed their gate, and gated themselves.
PYTHON_MARTS = sorted(_WRITTEN_BY_PYTHON)
MARTS = sorted([*MODEL_MARTS, *PYTHON_MARTS])

_MODEL_DESCRIPTIONS: Descriptions = {
    mart: (
        node["description"],
        {name: column["description"] for name, column in node["columns"].items()},
    )
    for mart, node in _NODES.items()
}
_TABLE_DESCRIPTIONS: Descriptions = {
    mart: (
        table.description,
        {name: column.description for name, column in table.columns.items()},
    )
    for mart, table in _WRITTEN_BY_PYTHON.items()
}
MART_DESCRIPTIONS: Descriptions = {**_MODEL_DESCRIPTIONS, **_TABLE_DESCRIPTIONS}

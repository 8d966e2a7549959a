"""The marts, by name and in words: models of the dbt project, and what is built upon them."""

from orchestration.defs.dbt.assets import manifest
from orchestration.publishing import Descriptions
from orchestration.segments.tables import PUBLISHED

_NODES = {
    # By the name of the table, which is not the model's where two subjects share one.
    f"{node['schema']}.{node['alias']}": node
    for node in manifest["nodes"].values()
    if node["resource_type"] == "model" and node["fqn"][1] == "marts"
}

MODEL_MARTS = sorted(_NODES)
SEGMENT_MARTS = sorted(PUBLISHED)
MARTS = sorted([*MODEL_MARTS, *SEGMENT_MARTS])

_MODEL_DESCRIPTIONS: Descriptions = {
    mart: (
        node["description"],
        {name: column["description"] for name, column in node["columns"].items()},
    )
    for mart, node in _NODES.items()
}
_SEGMENT_DESCRIPTIONS: Descriptions = {
    mart: (description, {name: column.description for name, column in columns.items()})
    for mart, (description, columns) in PUBLISHED.items()
}
MART_DESCRIPTIONS: Descriptions = {**_MODEL_DESCRIPTIONS, **_SEGMENT_DESCRIPTIONS}

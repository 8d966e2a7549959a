"""The marts of the dbt project, by name and in words."""

from orchestration.defs.dbt.assets import manifest
from orchestration.publishing import Descriptions

_NODES = {
    f"{node['schema']}.{node['name']}": node
    for node in manifest["nodes"].values()
    if node["resource_type"] == "model" and node["fqn"][1] == "marts"
}

MARTS = sorted(_NODES)

MART_DESCRIPTIONS: Descriptions = {
    mart: (
        node["description"],
        {name: column["description"] for name, column in node["columns"].items()},
    )
    for mart, node in _NODES.items()
}

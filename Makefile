# Everything a person or CI runs. `make demo` and `make test` need Python 3.11 to 3.13 and
# nothing else.
PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || echo python3)
VENV := .venv
BIN := $(VENV)/bin
DEMO ?= demo

.PHONY: install demo test lint types bench clean

install: $(VENV)/.installed

$(VENV)/.installed: pyproject.toml requirements.lock
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	$(BIN)/python -m orchestration.defs.dbt.project
	touch $@

demo: install
	$(BIN)/adplan simulate $(DEMO)
	$(BIN)/adplan refresh -w $(DEMO)
	@echo; echo "Purchases by channel of the session they happened in:"
	$(BIN)/adplan query -w $(DEMO) "select channel, count(*) as purchases, sum(value) as revenue, count(distinct person_id) as people from conversions.fct_conversions where conversion_type = 'purchase' group by channel order by revenue desc"
	@echo; echo "What the Meta campaigns cost, and what Meta says they brought:"
	$(BIN)/adplan query -w $(DEMO) "select campaign_id, sum(spend) as spend, sum(clicks) as clicks, sum(meta_purchases) as meta_purchases, sum(meta_purchase_value) as meta_purchase_value from campaigns.fct_ad_days group by campaign_id order by spend desc"
	@echo; echo "The published tables are in $(DEMO)/warehouse/adplan.duckdb"

test: install
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/sqlfluff lint --processes 2 dbt_project/models dbt_project/tests

types: install
	$(BIN)/mypy

bench: install
	$(BIN)/python -m benchmarks

clean:
	rm -rf $(VENV) $(DEMO) dbt_project/target

from datetime import date
from pathlib import Path

import duckdb
import pytest
from pydantic import BaseModel

from orchestration.workspace.errors import SettingsError
from orchestration.workspace.paths import Workspace
from orchestration.workspace.settings import Settings, load_settings

REPOSITORY = Path(__file__).parents[3]
REAL_WORKSPACES = REPOSITORY.parent / "shared" / "data" / "workspaces"


def _load(workspace: Workspace, text: str) -> Settings:
    workspace.settings_file.write_text(text, encoding="utf-8")
    return load_settings(workspace)


def _refusal(workspace: Workspace, text: str) -> str:
    with pytest.raises(SettingsError) as caught:
        _load(workspace, text)
    return str(caught.value)


def test_a_missing_file_means_all_defaults(workspace: Workspace) -> None:
    assert load_settings(workspace) == Settings()


@pytest.mark.parametrize(
    "text", ["", "# nothing yet\n", "sessions:\n  # idle_minutes: 3\nas_of:\n"]
)
def test_an_empty_file_or_section_means_defaults(workspace: Workspace, text: str) -> None:
    assert _load(workspace, text) == Settings()


def test_defaults_are_those_documented() -> None:
    settings = Settings()
    assert (settings.timezone, settings.currency, settings.as_of) == ("UTC", "USD", "today")
    assert settings.sources.required == ()
    assert settings.sources.max_quarantined_share == 0.2
    assert settings.sessions.idle_minutes == 30
    assert "accounts.google.com" in settings.sessions.redirect_domains
    assert settings.orders.counted_statuses == ("completed", "archived")
    assert settings.attribution.lookback_days == 30
    assert settings.attribution.half_life_days == 7.0
    assert settings.attribution.position_weights == (0.4, 0.2, 0.4)
    assert settings.attribution.direct_handling == "credit"
    assert settings.campaign_resolution.fuzzy_threshold == 0.80
    assert settings.campaign_resolution.ambiguity_margin == 0.02
    assert settings.campaign_resolution.minimum_letters == 4
    assert settings.currency_rates.carry_forward_days == 0
    assert (settings.checks.missing_rate, settings.checks.orphans) == ("warn", "warn")
    assert (settings.resources.memory_limit, settings.resources.threads) == ("4GB", None)
    assert settings.privacy.salt_environment_variable == "ADPLAN_SALT"
    assert settings.schedule.cron == "0 2 * * *"


def test_given_values_are_read(workspace: Workspace) -> None:
    settings = _load(
        workspace,
        """
        name: Käse & Co
        timezone: Europe/London
        currency: gbp
        as_of: 2011-12-10
        sources: {required: [commerce.orders, web.events]}
        sessions: {own_domains: [www.Shop.example]}
        orders: {counted_statuses: [completed, pending]}
        attribution: {position_weights: [0.5, 0, 0.5], half_life_days: 3}
        resources: {threads: 2, memory_limit: 500MB}
        schedule: {cron: "*/15 6-22 * * 1,3,5"}
        """,
    )
    assert settings.name == "Käse & Co"
    assert settings.currency == "GBP"
    assert settings.as_of == date(2011, 12, 10)
    assert settings.sources.required == ("commerce.orders", "web.events")
    assert settings.sessions.own_domains == ("shop.example",)
    assert settings.orders.counted_statuses == ("completed", "pending")
    assert settings.attribution.position_weights == (0.5, 0, 0.5)
    assert settings.resources.threads == 2
    assert settings.schedule.cron == "*/15 6-22 * * 1,3,5"


def test_an_unknown_key_is_named_with_its_closest_match(workspace: Workspace) -> None:
    message = _refusal(workspace, "sessions: {idle_minute: 45}")
    assert str(workspace.settings_file) in message
    assert "sessions.idle_minute: unknown key, did you mean 'idle_minutes'?" in message
    assert "given 45" in message
    assert "the keys idle_minutes, own_domains, redirect_domains" in message


def test_an_unknown_section_lists_the_sections(workspace: Workspace) -> None:
    message = _refusal(workspace, "tresholds: {}")
    assert "tresholds: unknown key" in message
    assert "name, timezone, currency, as_of, sources" in message


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("timezone: Europe/Londn", ["timezone: given 'Europe/Londn'", "did you mean 'Europe/Lo"]),
        ("timezone: America", ["timezone: given 'America'", "IANA time zone"]),
        ("timezone: ../../etc", ["timezone: given '../../etc'", "IANA time zone"]),
        ("currency: dollars", ["currency: given 'dollars'", "ISO 4217"]),
        ("currency: XXX", ["currency: given 'XXX'", "ISO 4217"]),
        ("as_of: yesterday", ["as_of: given 'yesterday'", "today, latest or a date"]),
        ("as_of: 2026-03-01T10:00:00Z", ["as_of: given 2026-03-01", "today, latest or a date"]),
        ("campaigns: {roas_target: 0}", ["campaigns.roas_target: given 0", "a number more than 0"]),
        ("campaigns: {alert_day: 3}", ["campaigns.alert_day", "did you mean 'alert_days'"]),
        ("name: '  '", ["name: given '  '", "not blank"]),
        (
            "sources: {required: [commerce.order]}",
            ["sources.required[1]", "closest first: commerce.orders,"],
        ),
        ("sources: {max_quarantined_share: 20}", ["given 20", "at least 0 and at most 1"]),
        ("sessions: {idle_minutes: '30'}", ["given '30'", "a whole number at least 1"]),
        ("sessions: {idle_minutes: true}", ["given True", "a whole number at least 1"]),
        ("sessions: {own_domains: shop.example}", ["sessions.own_domains", "a list"]),
        (
            "sessions: {redirect_domains: ['https://paypal.com/x']}",
            ["sessions.redirect_domains[1]", "a domain alone"],
        ),
        ("orders: {counted_statuses: [draft]}", ["given ['draft']", "never count as a purchase"]),
        (
            "orders: {counted_statuses: [completed, canceled]}",
            ["orders.counted_statuses", "draft and canceled orders never count"],
        ),
        ("orders: {counted_statuses: [paid]}", ["counted_statuses[1]: given 'paid'", "'archived'"]),
        ("orders: {counted_statuses: []}", ["orders.counted_statuses: given []"]),
        ("attribution: {lookback_days: 0}", ["lookback_days: given 0", "at least 1"]),
        ("attribution: {half_life_days: 0}", ["half_life_days: given 0", "more than 0"]),
        ("attribution: {half_life_days: .nan}", ["given nan", "a finite number"]),
        ("attribution: {position_weights: [1, 1, 1]}", ["given [1, 1, 1]", "sum to 1"]),
        ("attribution: {position_weights: [0, 1, 0]}", ["given [0, 1, 0]", "three weights"]),
        ("attribution: {position_weights: [0.5, 0.5]}", ["position_weights[3]: missing"]),
        ("attribution: {direct_handling: drop}", ["given 'drop'", "'credit', 'only_if_alone'"]),
        ("campaign_resolution: {fuzzy_threshold: 0.5}", ["at least 0.7 and at most 0.99"]),
        ("currency_rates: {carry_forward_days: -1}", ["given -1", "at least 0"]),
        ("checks: {orphans: ignore}", ["given 'ignore'", "'warn', 'refuse'"]),
        ("checks: refuse", ["checks: given 'refuse'", "keys with values"]),
        ("resources: {memory_limit: 80%}", ["given '80%'", "as in 4GB"]),
        ("resources: {threads: 0}", ["given 0", "at least 1"]),
        ("privacy: {salt_environment_variable: s3cr+t}", ["environment variable", "not its value"]),
        ("schedule: {cron: daily}", ["given 'daily'", "five cron fields"]),
        ("schedule: {hourly: {cron: x}}", ["schedule.hourly.cron", "five cron fields"]),
        ("schedule: {backfill_from: May}", ["schedule.backfill_from", "a date such as"]),
        ("freshness: {targets: {commerce.order: 26}}", ["closest first: commerce.orders,"]),
        ("freshness: {targets: {commerce.orders: 0}}", ["commerce.orders", "given 0"]),
        ("metrics: {targets: {roa: 4}}", ["metrics.targets", "roas"]),
        ("metrics: {healthy: {roas: {low: 5, high: 3}}}", ["a low that is not above high"]),
        ("metrics: {minimum_persons: 29}", ["metrics.minimum_persons", "at least 30"]),
        ("sources: {retries: {count: 11}}", ["sources.retries.count", "at most 10"]),
        ("alerts: {webhook_environment_variable: 'https://x'}", ["not its value"]),
        ("alerts: {email: {host: h}}", ["alerts.email.sender", "missing key"]),
        ("schedule: {cron: '0 25 * * *'}", ["given '0 25 * * *'", "hour", "0-23", "'25'"]),
        ("- a list", ["given ['a list']", "the keys name, timezone"]),
        ("1: 2", ["keys that are text"]),
    ],
)
def test_a_wrong_value_is_told_with_what_is_accepted(
    workspace: Workspace, text: str, parts: list[str]
) -> None:
    message = _refusal(workspace, text)
    assert str(workspace.settings_file) in message
    for part in parts:
        assert part in message


def test_every_error_is_listed(workspace: Workspace) -> None:
    message = _refusal(workspace, "currency: dollars\nchecks: {orphans: no}\nnam: x\n")
    assert message.startswith("3 problems:")
    assert all(part in message for part in ("currency:", "checks.orphans:", "nam: unknown key"))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("name: [1\ncurrency: USD", ["line 2", "plain YAML"]),
        ("name: a\ncurrency: USD\nname: b", ["line 3", 'duplicate key "name"']),
        ("name: {{ env_var('SHOP') }}", ["line 1", "in quotes"]),
        ("as_of: 2026-02-31", ["cannot be read", "day is out of range"]),
        ("name: !!python/object:os.system x", ["line 1", "constructor"]),
        ("name: " + "[" * 5000, ["nested too deeply"]),
    ],
)
def test_broken_yaml_is_told_with_its_line(
    workspace: Workspace, text: str, parts: list[str]
) -> None:
    message = _refusal(workspace, text)
    for part in [str(workspace.settings_file), *parts]:
        assert part in message


def test_quoted_templates_are_just_text(workspace: Workspace) -> None:
    text = "{{ env_var('HOME') }}; drop table x"
    assert _load(workspace, f'name: "{text}"').name == text


def test_a_file_that_is_not_utf8_is_refused(workspace: Workspace) -> None:
    workspace.settings_file.write_bytes("name: Käse".encode("latin-1"))
    with pytest.raises(SettingsError, match="cannot be read"):
        load_settings(workspace)


def test_settings_under_a_wrong_name_are_not_silently_left_out(workspace: Workspace) -> None:
    workspace.settings_file.with_suffix(".yml").touch()
    with pytest.raises(
        SettingsError, match=r"adplan.yml: not read; accepted: the name adplan.yaml"
    ):
        load_settings(workspace)


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Settings().name = "other"


def _models(model: type[BaseModel]) -> list[type[BaseModel]]:
    below = [type(field.default) for field in model.model_fields.values()]
    sections = [found for found in below if issubclass(found, BaseModel)]
    return [model, *(found for section in sections for found in _models(section))]


def test_every_setting_is_described() -> None:
    undescribed = [
        f"{model.__name__}.{name}"
        for model in _models(Settings)
        for name, field in model.model_fields.items()
        if not field.description
    ]
    assert len(_models(Settings)) == 29
    assert undescribed == []


@pytest.mark.parametrize("limit", ["4GB", "1.5 GiB", "500mb"])
def test_accepted_memory_limits_are_accepted_by_duckdb(workspace: Workspace, limit: str) -> None:
    settings = _load(workspace, f"resources: {{memory_limit: {limit}}}")
    duckdb.connect(config={"memory_limit": settings.resources.memory_limit}).close()


@pytest.mark.parametrize(
    ("name", "currency", "as_of"),
    [
        ("gms_2017", "USD", date(2017, 8, 2)),
        ("meta_2017", "USD", date(2017, 8, 31)),
        ("uci_retail", "GBP", date(2011, 12, 10)),
    ],
)
def test_real_workspaces_load(name: str, currency: str, as_of: date) -> None:
    folder = REAL_WORKSPACES / name
    if not folder.is_dir():
        pytest.skip(f"{folder} is not here: it comes with the shared data, not the repository")
    settings = load_settings(Workspace.open(folder))
    assert (settings.currency, settings.as_of) == (currency, as_of)

from orchestration.sources.secrets import secrets_of, without_secrets
from orchestration.workspace.settings import Settings

SETTINGS = Settings.model_validate(
    {
        "privacy": {"salt_environment_variable": "SALT"},
        "alerts": {"email": {"host": "h", "sender": "a@b.c", "recipients": ["d@e.f"]}},
    }
)


def test_every_variable_that_settings_name_is_a_secret():
    environment = {"SALT": "s1", "ADPLAN_SMTP_PASSWORD": "p w", "ADPLAN_SMTP_USER": "", "HOME": "/"}
    assert secrets_of(SETTINGS, environment) == {"s1", "p w", "p%20w"}


def test_the_password_of_an_address_is_a_secret_by_itself():
    found = secrets_of(SETTINGS, {"SALT": "postgresql://reader:k%40t@db.example/shop"})
    assert {"k%40t", "k@t"} <= found
    assert without_secrets("k@t was refused", found) == "*** was refused"


def test_what_looks_like_an_address_and_is_none_is_a_secret():
    assert "http://[" in secrets_of(SETTINGS, {"SALT": "http://["})

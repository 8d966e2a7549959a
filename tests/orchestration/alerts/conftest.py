import ssl
import subprocess
from pathlib import Path

import pytest

from orchestration.workspace.paths import Workspace

REFUSED: dict[str, object] = {
    "run_id": "run-1",
    "outcome": "refused",
    "as_of": "2026-03-09",
    "error": "dbt check spend_is_kept on campaigns.campaign_days: observed 90, expected 100.",
    "refusals": [
        {
            "check": "spend_is_kept",
            "table": "campaigns.campaign_days",
            "observed": "90",
            "expected": "100",
            "meaning": "Spend got lost.",
            "offending_count": 7,
            "offending_rows": [{"campaign_id": f"<!channel> {n}"} for n in range(5)],
        }
    ],
}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "adplan.yaml").write_text("name: Tea & Co <north>\n")
    return Workspace.open(tmp_path / "shop")


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of 127.0.0.1 that signs itself, with its key in the same file."""
    file = tmp_path_factory.mktemp("tls") / "server.pem"
    command = [
        "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
        "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
        "-keyout", "-", "-out", "-",
    ]  # fmt: skip
    try:
        made = subprocess.run(command, capture_output=True, text=True, check=True)
    except FileNotFoundError:
        pytest.skip("openssl is not installed: no certificate for a server on loopback")
    file.write_text(made.stdout)
    return file


@pytest.fixture(scope="session")
def tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context

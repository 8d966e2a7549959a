"""Which files are listed, in which order, and how they are told apart."""

import os
from pathlib import Path

import pytest

from orchestration.ingestion.files import Format, landing_files


def _write(path: Path, content: str = "x", second: int = 0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    os.utime(path, (second, second))
    return path


def test_an_absent_folder_has_no_files(tmp_path: Path):
    assert landing_files(tmp_path / "absent") == []


def test_files_are_listed_oldest_first_from_every_depth(tmp_path: Path):
    _write(tmp_path / "b.csv", second=3)
    _write(tmp_path / "date=2026-01-01" / "a.parquet", second=1)
    _write(tmp_path / "2026" / "01" / "02" / "c.json", second=2)
    listed = [file.relative for file in landing_files(tmp_path)]
    assert listed == ["date=2026-01-01/a.parquet", "2026/01/02/c.json", "b.csv"]


@pytest.mark.parametrize(
    "name", [".hidden.csv", ".git/a.csv", "_SUCCESS", "README.md", "a.csv.tmp", "a.part"]
)
def test_unfinished_and_hidden_files_are_passed_over(tmp_path: Path, name: str):
    _write(tmp_path / name)
    assert landing_files(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "form", "is_gzipped"),
    [
        ("a.csv", Format.CSV, False),
        ("A.CSV.GZ", Format.CSV, True),
        ("a.tsv", Format.CSV, False),
        ("a.b.jsonl", Format.JSON_LINES, False),
        ("a.ndjson", Format.JSON_LINES, False),
        ("a.json.gz", Format.JSON, True),
        ("a.parquet", Format.PARQUET, False),
        ("a.xlsx", Format.UNKNOWN, False),
        ("csv", Format.UNKNOWN, False),
    ],
)
def test_the_name_says_the_format(tmp_path: Path, name: str, form: Format, is_gzipped: bool):
    _write(tmp_path / name)
    (file,) = landing_files(tmp_path)
    assert (file.format, file.is_gzipped) == (form, is_gzipped)


def test_a_file_replaced_by_one_of_equal_size_and_time_has_changed(tmp_path: Path):
    path = _write(tmp_path / "a.csv", "old", second=5)
    (file,) = landing_files(tmp_path)
    assert file.is_unchanged()
    _write(tmp_path / "new", "new", second=5).replace(path)
    assert path.stat().st_size == file.size
    assert path.stat().st_mtime_ns == file.mtime_ns
    assert not file.is_unchanged()


def test_a_file_that_is_gone_has_changed(tmp_path: Path):
    path = _write(tmp_path / "a.csv")
    (file,) = landing_files(tmp_path)
    path.unlink()
    assert not file.is_unchanged()


def test_a_name_that_is_not_utf8_is_listed_under_one_that_is(tmp_path: Path):
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.csv")).write_text("x")
    (file,) = landing_files(tmp_path)
    assert file.relative == "caf\\xe9.csv"
    assert file.format is Format.CSV

"""Where the files that ship with the program are, in a checkout and in a wheel."""

from pathlib import Path

HERE = Path(__file__).resolve().parent


def migrations() -> Path:
    """Find the migrations: beside this package in a checkout, inside it in a wheel."""
    packaged = HERE / "_migrations"
    return packaged if packaged.is_dir() else HERE.parent / "migrations"


def example_config() -> Path:
    """Find the annotated example configuration, in the same way."""
    packaged = HERE / "_config.example.toml"
    return packaged if packaged.is_file() else HERE.parent / "config.example.toml"

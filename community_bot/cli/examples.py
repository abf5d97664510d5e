"""`community-bot example-config`: the annotated configuration, to be redirected into a file."""

import click

from community_bot import paths


@click.command("example-config")
def example_config() -> None:
    """Print the annotated example of config.toml."""
    click.echo(paths.example_config().read_text(encoding="utf-8"), nl=False)

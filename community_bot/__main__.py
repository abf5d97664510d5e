"""The program `community-bot`: it starts with our own face or not at all."""

import sys

from community_bot.cli import face


def main() -> None:
    """Refuse a foreign face before anything of it is used, then do what was asked."""
    mistake = face.mistake()
    if mistake is not None:
        sys.stderr.write(f"community-bot: {mistake}\n")
        sys.exit(2)
    from community_bot.cli.program import program  # noqa: PLC0415  it needs the face to be ours

    program(prog_name="community-bot")


if __name__ == "__main__":
    main()

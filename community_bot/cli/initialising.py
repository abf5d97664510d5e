"""`community-bot init`: five questions, and a configuration that loads."""

import asyncio
import os
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from community_bot import paths
from community_bot.cli.answers import QUESTIONS, TOKEN_QUESTION, Question, Unusable
from community_bot.cli.calling import Refused, Silent, calling
from community_bot.cli.filling import filled, write
from community_bot.cli.refusals import Mistake
from community_bot.config import loading
from community_bot.config.sections import BASE_URL
from handlers.texts import cli as texts
from handlers.texts.words import Words, words

LOCALES = {"zh": "zh_CN", "en": "en"}
_BASE_URL = f"{loading.PREFIX}TELEGRAM__BASE_URL"


@click.command("init")
@click.option("--lang", type=click.Choice(sorted(LOCALES)), help="The language of the questions.")
@click.option("--token", envvar="COMMUNITY_BOT__TELEGRAM__TOKEN", help="What @BotFather showed.")
@click.option("--owner", help="Your numeric Telegram id.")
@click.option("--name", help="The name of the community.")
@click.option("--timezone", help="Of deadlines and schedules, like Asia/Shanghai.")
@click.option("--database", help="A file, or an address with postgresql://.")
@click.option("--offline", is_flag=True, help="Do not ask Telegram about the token.")
@click.option("--force", is_flag=True, help="Write over a configuration that exists.")
@click.option("--config", "path", type=click.Path(path_type=Path), help="The file to write.")
def init(
    *, lang: str | None, offline: bool, force: bool, path: Path | None, **given: str | None
) -> None:
    """Ask for what the bot needs and write config.toml.

    What is given as an option is not asked. Where nobody is there to be asked, --timezone and
    --database have their defaults.
    """
    target = loading.find(path)
    base_url = None if offline else os.environ.get(_BASE_URL, BASE_URL).rstrip("/")
    dialogue = Dialogue(words(LOCALES[lang or _spoken()]), base_url)
    dialogue.allow_writing(target, force=force)
    dialogue.begin(target, given)
    answers = {
        question.name: dialogue.answer(question, given[question.name]) for question in QUESTIONS
    }
    try:
        write(target, filled(paths.example_config().read_text(encoding="utf-8"), answers))
    except OSError as error:
        raise Mistake(f"{target}: cannot be written: {error.strerror}") from error
    dialogue.end(target, path)


class Dialogue:
    """Asks until each answer can be used; what was given as an option is not asked."""

    def __init__(self, words_: Words, base_url: str | None) -> None:
        self._words = words_
        self._base_url = base_url

    def allow_writing(self, target: Path, *, force: bool) -> None:
        """Ask before a configuration that exists is written over."""
        if not target.exists() or force:
            return
        try:
            agreed = click.confirm(texts.ask_overwrite(self._words, path=str(target)))
        except click.Abort:
            agreed = False
        if not agreed:
            raise Mistake(f"{target}: exists already and was left as it is; --force writes over it")

    def begin(self, target: Path, given: Mapping[str, str | None]) -> None:
        if not all(given.values()):
            click.echo(texts.begin(self._words, path=str(target)))

    def answer(self, question: Question, given: str | None) -> str | int:
        """Return what was given as an option, or ask until the answer can be used."""
        if given is not None:
            try:
                return self._checked(question, given)
            except Unusable as error:
                raise Mistake(f"--{question.name}: {error}") from error
        while True:
            typed = self._prompt(question)
            try:
                return self._checked(question, typed)
            except Unusable as error:
                click.echo(str(error))

    def end(self, target: Path, path: Path | None) -> None:
        click.echo(texts.written(self._words, path=str(target)))
        option = "" if path is None else f" --config {path}"
        click.echo(texts.next_steps(self._words, option=option))

    def _prompt(self, question: Question) -> str:
        """Ask; where nobody answers, the default counts, and without one it is a mistake."""
        try:
            return str(click.prompt(question.ask(self._words), default=question.default))
        except click.Abort:
            if sys.stdin.isatty():
                raise
        if question.default is None:
            raise Mistake(texts.missing(self._words, options=f"--{question.name}"))
        return question.default

    def _checked(self, question: Question, typed: str) -> str | int:
        answer = question.answer(self._words, typed)
        if question is TOKEN_QUESTION and self._base_url is not None:
            asyncio.run(self._ask_telegram(str(answer), self._base_url))
        return answer

    async def _ask_telegram(self, token: str, base_url: str) -> None:
        """Say whose token it is; that Telegram cannot be reached stops nobody."""
        try:
            async with calling(base_url=base_url, token=token) as call:
                bot = (await call("getMe")).result
        except Refused as error:
            raise Unusable(texts.unknown_token(self._words)) from error
        except Silent as error:
            click.echo(texts.not_asked(self._words, reason=str(error)))
        else:
            name, username = str(bot["first_name"]), str(bot["username"])
            click.echo(texts.known_token(self._words, name=name, username=username))


def _spoken() -> str:
    """Return the language of the shell."""
    named = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "zh" if next(filter(None, named), "").lower().startswith("zh") else "en"

"""Words in a person's language: gettext catalogues read at start, facts escaped on the way in."""

import functools
import gettext
import html
import io
import re
from collections.abc import Mapping
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from community_bot.errors import ConfigError

CATALOGUES = Path(__file__).resolve().parent.parent / "locale"
PEOPLE = frozenset({"name", "by", "member", "mentor"})  # facts that are names of people
HAN = "[\u3400-\u9fff]"
CHINESE, TAG = re.compile(HAN), re.compile(r"<[^>]*>")
SOURCE = "en"  # the sentences in the code are English and need no catalogue


class Html(str):
    """Text that is Telegram HTML already and is not escaped again."""

    __slots__ = ()


GAP = Html("")


class Words:
    """The sentences of one language: `_("Hello {name}", name=...)`."""

    def __init__(self, locale: str, translations: gettext.NullTranslations) -> None:
        self.locale = locale
        self._translations = translations

    def __call__(self, sentence: str, **facts: object) -> Html:
        """Return the sentence as Telegram HTML; every fact is escaped unless it is Html."""
        return Html(self._close(self._translations.gettext(sentence), facts, _escaped(facts)))

    def count(self, one: str, many: str, n: int, **facts: object) -> Html:
        """Return the form for a number, which is also the fact {n}."""
        chosen = self._translations.ngettext(one, many, n)
        return Html(self._close(chosen, facts, {"n": n, **_escaped(facts)}))

    def plain(self, sentence: str, **facts: object) -> str:
        """Return the sentence for a button, a toast or a file, where nothing is HTML."""
        return self._close(self._translations.gettext(sentence), facts, facts)

    def _close(
        self, sentence: str, facts: Mapping[str, object], written: Mapping[str, object]
    ) -> str:
        """Put the facts in; between Chinese and a person's Chinese name stands no space."""
        if self.locale.startswith("zh"):
            for name in PEOPLE & facts.keys():
                sentence = _closed(sentence, name, str(facts[name]))
        return sentence.format(**written)


def _closed(sentence: str, name: str, fact: str) -> str:
    """Take out the space on that side of a name on which both neighbours are Chinese."""
    shown = TAG.sub("", fact)
    place = f"{{{name}}}"
    if CHINESE.match(shown[:1]):
        sentence = re.sub(rf"(?<={HAN}) (?={re.escape(place)})", "", sentence)
    if CHINESE.match(shown[-1:]):
        sentence = re.sub(rf"(?<={re.escape(place)}) (?={HAN})", "", sentence)
    return sentence


def _escaped(facts: Mapping[str, object]) -> dict[str, object]:
    return {
        name: html.escape(fact, quote=False)
        if isinstance(fact, str) and not isinstance(fact, Html)
        else fact
        for name, fact in facts.items()
    }


@functools.cache
def words(locale: str) -> Words:
    """Return the words of a language; an unknown one is a mistake in the code."""
    if locale == SOURCE:
        return Words(locale, gettext.NullTranslations())
    source = CATALOGUES / f"{locale}.po"
    try:
        with source.open("rb") as file:
            catalogue = read_po(file, locale=locale)
    except FileNotFoundError:
        raise ConfigError("community.locale", f"there is no catalogue {source.name}") from None
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Words(locale, gettext.GNUTranslations(compiled))


def lines(*parts: str | None) -> Html:
    """Put sentences under each other; None leaves no trace, an empty one leaves a gap."""
    return Html("\n".join(part for part in parts if part is not None))


def bold(text: object) -> Html:
    return Html(f"<b>{text if isinstance(text, Html) else html.escape(str(text), quote=False)}</b>")


def code(text: object) -> Html:
    """Show something that people copy with one tap."""
    return Html(f"<code>{html.escape(str(text), quote=False)}</code>")


def link(text: str, url: str) -> Html:
    return Html(f'<a href="{html.escape(url)}">{html.escape(text, quote=False)}</a>')

"""Words for whoever presses a button under a post."""

from handlers.texts.words import Words


def tried_on(_: Words) -> str:
    return _.plain("This is a preview: the button works in what goes out.")


def on_its_way(_: Words) -> str:
    return _.plain("📩 It comes into our private chat.")


def in_private(_: Words) -> str:
    return _.plain("📩 I have written to you in our private chat.")

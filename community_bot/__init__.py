"""The core of community-bot: members, money, posts, questions. It knows no Telegram."""

__version__ = "0.1.0"

"""The sandbox: a local Telegram to try the bot in and to test it against."""

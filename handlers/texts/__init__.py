"""Every word that people read: functions from facts to Telegram HTML, and no Telegram."""

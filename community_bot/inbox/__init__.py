"""Updates kept before they are confirmed, handled in order per chat, once."""

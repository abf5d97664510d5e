"""Tickets: members' questions, from the first word to the rated answer."""

"""The outbox, its lanes and pace, the courier that empties it, and the door to the messenger."""

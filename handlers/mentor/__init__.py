"""The mentors' side: the queue, the desk, and answers."""

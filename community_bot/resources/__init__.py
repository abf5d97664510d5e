"""Resources: the library, posts and their schedules, and broadcasts that arrive once."""

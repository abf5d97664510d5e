"""Questions with settled answers, and the search that finds them by what members type."""

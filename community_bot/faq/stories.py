"""The question in a long story: its clauses, each of which is searched as well."""

import re
from itertools import pairwise

LONG = 50  # units; what is shorter is one question and is read as a whole
SHORTEST = 5  # signs of a clause that may be a question
MOST = 8  # parts that are searched
_ENDS = re.compile(r"[,，、。．.!！?？;；:：\s]*[,，。．!！?？;；\n][\s]*|\.\s+")


def parts(text: str) -> list[str]:
    """Return the clauses and neighbouring pairs of a text that may hold the question.

    The last ones come first: people tell what happened before they ask.
    """
    clauses = [clause for clause in _ENDS.split(text) if len(clause) >= SHORTEST]
    pairs = [f"{one}, {other}" for one, other in pairwise(clauses)]
    singles = clauses[::-1][: MOST - MOST // 2]
    return [*singles, *pairs[::-1][: MOST // 2]] if len(clauses) > 1 else []

"""How far two words are from one another."""

from __future__ import annotations


def edit_distance(one: str, other: str, most: int) -> int:
    """How many letters must be changed, left out, added or swapped with their neighbour (Damerau-Levenshtein).

    Where that are more than `most`, some number above `most`. Each stretch is edited once (optimal string alignment).
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        current = [row]
        for column, other_letter in enumerate(other, 1):
            cost = min(above[column] + 1, current[-1] + 1, above[column - 1] + (letter != other_letter))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == other_letter:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        if min(current) > most:
            return most + 1
        before, above = above, current
    return above[-1]

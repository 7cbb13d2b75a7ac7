"""What to buy: what the plan needs and the store room lacks, in the sacks it is sold in."""

from collections import Counter
from math import ceil

SACK_GRAMS = {"wheat flour": 25_000, "rye flour": 25_000, "sugar": 10_000, "butter": 5_000}


def missing(needed: Counter[str], in_stock: Counter[str]) -> Counter[str]:
    """Grams that are missing; water comes out of the tap."""
    lacking = needed - in_stock
    del lacking["water"]
    return lacking


def shopping_list(needed: Counter[str], in_stock: Counter[str]) -> list[str]:
    """One line an ingredient, the most of it first."""
    lines = []
    for name, grams in missing(needed, in_stock).most_common():
        sack = SACK_GRAMS.get(name)
        if sack is None:
            lines.append(f"{name}: {grams} g")
        else:
            sacks = ceil(grams / sack)
            lines.append(f"{name}: {sacks} × {sack // 1000} kg")
    return lines

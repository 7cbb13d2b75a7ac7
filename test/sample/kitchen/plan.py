"""How many batches to bake tomorrow, from what was sold on the last days."""

from collections import Counter
from math import ceil

from .recipes import RECIPES, Recipe, recipe_for

OVEN_MINUTES = 6 * 60
# Running out at noon costs more than a few loaves left at night.
SAFETY = 1.1


def expected_sales(days: list[Counter[str]]) -> dict[str, float]:
    """Mean pieces a day, later days counting more: each day weighs half as much again as the one before."""
    weights = [1.5**age for age in range(len(days))]
    total = sum(weights)
    return {
        product: sum(weight * day[product] for weight, day in zip(weights, days)) / total
        for product in RECIPES
    }


def batches(expected: dict[str, float]) -> dict[str, int]:
    """Whole batches, enough for what is expected and a little more."""
    return {
        product: ceil(pieces * SAFETY / recipe_for(product).pieces)
        for product, pieces in expected.items()
        if pieces > 0
    }


def oven_minutes(plan: dict[str, int]) -> int:
    return sum(recipe_for(product).minutes * count for product, count in plan.items())


def fit_into_oven(plan: dict[str, int], limit: int = OVEN_MINUTES) -> dict[str, int]:
    """Drops one batch at a time, always of the product with the most batches, until the oven can take it."""
    fitted = dict(plan)
    while oven_minutes(fitted) > limit:
        largest = max(fitted, key=lambda product: fitted[product])
        fitted[largest] -= 1
        if fitted[largest] == 0:
            del fitted[largest]
    return fitted


def ingredients(plan: dict[str, int]) -> Counter[str]:
    """Grams of everything the plan needs."""
    needed: Counter[str] = Counter()
    for product, count in plan.items():
        recipe: Recipe = recipe_for(product)
        for name, grams in recipe.ingredients.items():
            needed[name] += grams * count
    return needed

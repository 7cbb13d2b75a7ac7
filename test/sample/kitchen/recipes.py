"""What goes into a batch of each product the shop sells."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Recipe:
    """Amounts in grams for one batch."""

    product: str
    pieces: int
    ingredients: dict[str, int]
    minutes: int


RECIPES = {
    recipe.product: recipe
    for recipe in [
        Recipe("sourdough", 8, {"wheat flour": 4000, "water": 2900, "salt": 80}, 45),
        Recipe("baguette", 20, {"wheat flour": 5000, "water": 3400, "yeast": 50, "salt": 100}, 25),
        Recipe("rye", 8, {"rye flour": 3600, "water": 3000, "salt": 75}, 55),
        Recipe("croissant", 24, {"wheat flour": 1500, "butter": 900, "milk": 700, "yeast": 45}, 18),
        Recipe("cinnamon roll", 18, {"wheat flour": 1400, "butter": 400, "sugar": 300, "cinnamon": 40}, 22),
    ]
}


def recipe_for(product: str) -> Recipe:
    """The recipe of a product; drinks have none."""
    try:
        return RECIPES[product]
    except KeyError:
        raise LookupError(f"no recipe for {product!r}") from None

"""Prints the plan for tomorrow: python -m kitchen"""

from collections import Counter

from .plan import batches, expected_sales, fit_into_oven, ingredients
from .shopping import shopping_list

LAST_DAYS = [
    Counter({"sourdough": 14, "baguette": 41, "croissant": 60, "rye": 5}),
    Counter({"sourdough": 17, "baguette": 38, "croissant": 72, "cinnamon roll": 20}),
    Counter({"sourdough": 21, "baguette": 44, "croissant": 66, "cinnamon roll": 31, "rye": 9}),
]

plan = fit_into_oven(batches(expected_sales(LAST_DAYS)))
for product, count in plan.items():
    print(f"{count} batches of {product}")
print()
print("\n".join(shopping_list(ingredients(plan), Counter({"wheat flour": 12_000, "salt": 5_000}))))

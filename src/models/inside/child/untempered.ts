/**
 * The probability the chosen item had before the temperature was applied, which is what Ollama reports and what
 * thresholds are set for. Sampling at temperature T gives each item q = p^(1/T) / sum, so p = q^T / sum of all q^T.
 * Of the items that sampling leaves out nothing is known; what they would have is shared among the others.
 */
export function untempered<Item>(
  sampled: ReadonlyMap<Item, number>,
  chosen: Item,
  temperature: number,
): number | undefined {
  const q = sampled.get(chosen);
  if (q === undefined) return undefined;
  let sum = 0;
  for (const other of sampled.values()) sum += other ** temperature;
  return q ** temperature / sum;
}

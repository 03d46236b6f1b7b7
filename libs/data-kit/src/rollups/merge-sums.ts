/** Adds up rows that agree in `by`, in the order of their keys; groups that come to nothing are left out. */
export function mergeSums<K extends string, F extends string>(
  rows: Iterable<Record<F, number> & Record<K, unknown>>,
  by: readonly K[],
  figures: readonly F[],
): (Record<F, number> & Record<K, unknown>)[] {
  const groups = new Map<string, Record<F, number> & Record<K, unknown>>();
  for (const row of rows) {
    const name = JSON.stringify(by.map((field) => row[field]));
    const sum = groups.get(name);
    if (!sum) {
      const picked = [...by, ...figures].map((field) => [field, row[field]] as const);
      groups.set(name, Object.fromEntries(picked) as Record<F, number> & Record<K, unknown>);
    } else for (const figure of figures) (sum as Record<F, number>)[figure] += row[figure];
  }
  return [...groups]
    .filter(([, sum]) => figures.some((figure) => sum[figure] !== 0))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, sum]) => sum);
}

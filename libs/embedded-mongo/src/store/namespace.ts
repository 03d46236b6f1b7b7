/** At the first dot: names of collections may contain dots, names of databases may not. */
export function splitNamespace(ns: string): [db: string, name: string] {
  const dot = ns.indexOf('.');
  return dot < 0 ? [ns, ''] : [ns.slice(0, dot), ns.slice(dot + 1)];
}

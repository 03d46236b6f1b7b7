import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const DEPLOY = join(import.meta.dirname, '../../../deploy');

/** Words of the query language, and what Prometheus knows by itself. */
const NOT_METRICS = new Set(['or', 'and', 'unless', 'offset', 'up']);

export interface Selector {
  metric: string;
  /** Names of the labels it asks for. */
  labels: string[];
}

interface Dashboard {
  panels: { title: string; targets?: { expr: string }[] }[];
}

interface Alerts {
  groups: { rules: { alert: string; expr: string }[] }[];
}

/** Every query of the dashboard and the alerts, by what asks it. */
export function monitoringQueries(): [string, string][] {
  const dashboard = JSON.parse(readFileSync(join(DEPLOY, 'dashboards/notifications.json'), 'utf8')) as Dashboard;
  const alerts = parse(readFileSync(join(DEPLOY, 'prometheus/alerts.yml'), 'utf8')) as Alerts;
  return [
    ...dashboard.panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }): [string, string] => [title, expr])),
    ...alerts.groups.flatMap(({ rules }) => rules.map(({ alert, expr }): [string, string] => [alert, expr])),
  ];
}

/** The metrics a query names: what is left of it without functions, groupings and words of the language. */
export function selectorsOf(query: string): Selector[] {
  const bare = query.replace(/\w+ (by|without) \([^)]*\)/g, '').replace(/\[[^\]]*\]/g, '');
  return [...bare.matchAll(/(?<![\w"])([a-z_]+)(?:\{([^}]*)\})?(?![\w"(])/g)]
    .filter(([, word = '']) => !NOT_METRICS.has(word))
    .map(([, metric = '', matchers = '']) => ({ metric, labels: [...matchers.matchAll(/(\w+)[=!]/g)].map(([, label = '']) => label) }));
}

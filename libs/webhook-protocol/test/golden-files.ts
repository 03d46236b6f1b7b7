import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BasicCredentials, IpnFacts, IpnVersion, NotificationContent, NotificationToSign } from '../src/index.js';

/** A file of `golden/`, with its instants as dates. */
export interface GoldenFile {
  name: string;
  secrets: readonly [string, ...string[]];
  content: NotificationContent;
  deliveryId: string;
  attempt: NotificationToSign;
  body: string;
  headers: Record<string, string>;
}

interface Recorded {
  secrets: [string, ...string[]];
  attemptAt: Date;
  body: string;
  headers: Record<string, string>;
  credentials?: BasicCredentials;
}

/** The oldest files are of the time when there was one family. */
type FirstForm = Recorded & { version: IpnVersion; facts: IpnFacts };
type SecondForm = Recorded & { content: NotificationContent; deliveryId: string };

export const goldenDirectory = join(import.meta.dirname, '../golden');

export const goldenFiles: readonly GoldenFile[] = readdirSync(goldenDirectory)
  .filter((name) => name.endsWith('.json'))
  .map(read);

function read(name: string): GoldenFile {
  const text = readFileSync(join(goldenDirectory, name), 'utf8');
  const file = JSON.parse(text, (key, value: unknown) => (/(At|Since)$/.test(key) ? new Date(value as string) : value)) as
    FirstForm | SecondForm;
  const content: NotificationContent = 'content' in file ? file.content : { family: 'site_ipn', version: file.version, facts: file.facts };
  const deliveryId = 'deliveryId' in file ? file.deliveryId : file.facts.deliveryId;
  const { secrets, body, headers, attemptAt, credentials } = file;
  const base = { secrets, body, deliveryId, timestamp: attemptAt };
  return { name, secrets, content, deliveryId, body, headers, attempt: attemptOf(content, base, credentials) };
}

function attemptOf(
  content: NotificationContent,
  base: Pick<NotificationToSign, 'secrets' | 'body' | 'deliveryId' | 'timestamp'>,
  credentials?: BasicCredentials,
): NotificationToSign {
  switch (content.family) {
    case 'site_ipn':
      return { ...base, family: content.family, version: content.version };
    case 'platform_webhook':
      return { ...base, family: content.family, credentials };
    default:
      return { ...base, family: content.family, event: content.facts.event };
  }
}

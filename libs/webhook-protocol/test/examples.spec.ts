import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { goldenFiles } from './golden-files.js';

const directory = join(import.meta.dirname, '../examples');
const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');

/** Each program reads cases as JSON, runs the example over them and prints what it found. */
const languages = [
  {
    name: 'Node',
    file: 'verify.mjs',
    command: process.execPath,
    args: [
      '--input-type=module',
      '-e',
      `import { readFileSync } from 'node:fs';
       import { isGenuine, ownSignature } from ${JSON.stringify(join(directory, 'verify.mjs'))};
       const found = JSON.parse(readFileSync(0, 'utf8')).map((c) => {
         const body = Buffer.from(c.body, 'base64');
         return [isGenuine(c.secrets, c.headers, body, c.now), ownSignature(c.family, c.secrets[0], c.headers, body)];
       });
       console.log(JSON.stringify(found));`,
    ],
  },
  {
    name: 'Python',
    file: 'verify.py',
    command: 'python3',
    args: [
      '-B',
      '-c',
      `import base64, json, sys
sys.path.insert(0, ${JSON.stringify(directory)})
from verify import is_genuine, own_signature
found = []
for c in json.load(sys.stdin):
    body = base64.b64decode(c["body"])
    found.append([is_genuine(c["secrets"], c["headers"], body, c["now"]), own_signature(c["family"], c["secrets"][0], c["headers"], body)])
print(json.dumps(found))`,
    ],
  },
  {
    name: 'PHP',
    file: 'verify.php',
    command: 'php',
    args: [
      '-n',
      '-r',
      `require ${JSON.stringify(join(directory, 'verify.php'))};
       $found = [];
       foreach (json_decode(stream_get_contents(STDIN), true) as $c) {
         $body = base64_decode($c['body']);
         $found[] = [isGenuine($c['secrets'], $c['headers'], $body, $c['now']), ownSignature($c['family'], $c['secrets'][0], $c['headers'], $body)];
       }
       echo json_encode($found);`,
    ],
  },
];

function isInstalled(command: string): boolean {
  try {
    execFileSync(command, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const OWN_HEADER = {
  site_ipn: 'x-signature-hmac-sha256',
  merchant_webhook: 'x-webhook-signature',
  platform_webhook: 'x-webhook-signature-512',
  panel_webhook: 'x-webhook-signature',
} as const;

const OTHER_SECRET = 'whsec_c29tZWJvZHkgZWxzZSdzIGtleSE=';

/** Every golden notification, as it is and spoilt in each way a receiver must notice. */
const cases = goldenFiles.flatMap((golden) => {
  const headers = Object.fromEntries(Object.entries(golden.headers).map(([name, value]) => [name.toLowerCase(), value]));
  const now = Math.floor(golden.attempt.timestamp.getTime() / 1000);
  const { family } = golden.content;
  const oldest = golden.secrets.slice(-1);
  const genuine = {
    family,
    secrets: [...golden.secrets],
    headers,
    body: golden.body,
    now,
    genuine: true,
    own: headers[OWN_HEADER[family]],
  };
  const spoilt = { ...genuine, genuine: false, own: undefined };
  return [
    genuine,
    { ...genuine, secrets: [OTHER_SECRET, ...oldest], own: undefined },
    { ...genuine, now: now + 300 },
    { ...spoilt, now: now + 301 },
    { ...spoilt, now: now - 301 },
    { ...spoilt, secrets: [OTHER_SECRET] },
    { ...spoilt, body: `${golden.body} ` },
    { ...spoilt, headers: { ...headers, 'webhook-id': `${headers['webhook-id'] ?? ''}0` } },
    { ...spoilt, headers: { ...headers, 'webhook-timestamp': (now + 1).toString() } },
    { ...spoilt, headers: { ...headers, 'webhook-timestamp': 'now' } },
    { ...spoilt, headers: { ...headers, 'webhook-signature': '' } },
    { ...spoilt, headers: { ...headers, 'webhook-signature': 'v1,' } },
  ];
});

describe('the examples', () => {
  it.each(languages)('in $name stand in the README as they are', ({ file }) => {
    expect(readme).toContain(readFileSync(join(directory, file), 'utf8').trimEnd());
  });

  it.each(languages.filter(({ command }) => isInstalled(command)))(
    'in $name tell genuine from spoilt notifications',
    ({ command, args }) => {
      const input = JSON.stringify(cases.map((each) => ({ ...each, body: Buffer.from(each.body).toString('base64') })));
      const found = JSON.parse(execFileSync(command, args, { input, encoding: 'utf8' })) as [boolean, string][];
      expect(found.map(([genuine]) => genuine)).toEqual(cases.map(({ genuine }) => genuine));
      const made = found.map(([, own], at) => (cases[at]?.own === undefined ? undefined : own));
      expect(made).toEqual(cases.map(({ own }) => own));
    },
  );
});

import type { MainConfig } from './main-config.js';
import { GoCardlessAdapter } from './providers/gocardless/index.js';
import { ProviderHttp } from './providers/index.js';
import type { ProviderAdapter } from './providers/index.js';
import { MollieAdapter } from './providers/mollie/index.js';
import { PaypalAdapter } from './providers/paypal/index.js';
import { SandboxAdapter } from './providers/sandbox/index.js';
import { StripeAdapter } from './providers/stripe/index.js';
import { WireAdapter } from './providers/wire/index.js';
import { WiseAdapter } from './providers/wise/index.js';

/** The providers this version can talk to: those the catalogue of provider types calls available. */
export function installedAdapters(config: Pick<MainConfig, 'HOOKS_PUBLIC_URL' | 'PAYGATE_ALLOW_PRIVATE_TARGETS'>): ProviderAdapter[] {
  // The simulator lives in this process, beside the hooks.
  const ownSandbox = new URL('/sandbox', config.HOOKS_PUBLIC_URL).href;
  const http = new ProviderHttp({ allowPrivateTargets: config.PAYGATE_ALLOW_PRIVATE_TARGETS, ownSandbox });
  const hooksUrl = config.HOOKS_PUBLIC_URL;
  return [
    new SandboxAdapter({ http, ownSandbox }),
    new WireAdapter(),
    new WiseAdapter({ http }),
    new StripeAdapter({ http }),
    new GoCardlessAdapter({ http }),
    new MollieAdapter({ http, hooksUrl }),
    new PaypalAdapter({ http }),
  ];
}

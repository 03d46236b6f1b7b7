import { Matches } from 'class-validator';
import { AdminConfig } from '../admin-config.js';

/** Environment of the demo seed: that of admin-api, and where the sandbox provider answers. */
export class SeedConfig extends AdminConfig {
  @Matches(/^https?:\/\/\S+[^\s/]$/, {
    message: '$property must be an address like http://127.0.0.1:8082/sandbox, without a slash at its end',
  })
  SANDBOX_BASE_URL!: string;
}

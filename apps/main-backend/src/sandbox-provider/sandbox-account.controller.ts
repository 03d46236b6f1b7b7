import { Controller, Get, Headers } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { accountOf } from './account-key.js';

/** Characters of the account's fingerprint: enough to tell accounts apart. */
const SHOWN = 12;

/** Says whose key a request came with. Costs nothing and changes nothing, for finding out whether a key is accepted. */
@ApiExcludeController()
@Controller('sandbox/v1/account')
export class SandboxAccountController {
  @Get()
  account(@Headers('authorization') authorization: string | undefined): { account: string } {
    return { account: accountOf(authorization).slice(0, SHOWN) };
  }
}

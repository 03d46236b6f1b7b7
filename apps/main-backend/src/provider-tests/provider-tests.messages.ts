import { Controller } from '@nestjs/common';
import { testProvider, TestProviderCommand } from '@paygate/messages';
import type { ProviderTestResult } from '@paygate/messages';
import { HandlesRequest } from '@paygate/messaging-kit';
import { TestProvider } from './test-provider.js';

/** What other services ask about accounts at providers. */
@Controller()
export class ProviderTestsMessages {
  constructor(private readonly testUseCase: TestProvider) {}

  @HandlesRequest(testProvider)
  test(command: TestProviderCommand): Promise<ProviderTestResult> {
    return this.testUseCase.execute(command);
  }
}

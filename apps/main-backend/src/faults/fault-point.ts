import { Injectable } from '@nestjs/common';
import { MainConfig } from '../main-config.js';
import type { Fault } from '../main-config.js';

/** Where a crash test may end the process. Does nothing unless `PAYGATE_FAULT` names the point, which production refuses. */
@Injectable()
export class FaultPoint {
  constructor(private readonly config: MainConfig) {}

  reached(fault: Fault): void {
    if (this.config.PAYGATE_FAULT === fault) process.kill(process.pid, 'SIGKILL');
  }
}

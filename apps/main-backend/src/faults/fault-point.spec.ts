import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { MainConfig } from '../main-config.js';
import { FaultPoint } from './fault-point.js';

describe('FaultPoint', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it.each([
    { fault: undefined, kills: 0 },
    { fault: 'exit-after-provider-success' as const, kills: 1 },
  ])('with $fault it kills $kills times', ({ fault, kills }) => {
    const kill = jest.spyOn(process, 'kill').mockReturnValue(true);
    new FaultPoint(Object.assign(new MainConfig(), { PAYGATE_FAULT: fault })).reached('exit-after-provider-success');
    expect(kill).toHaveBeenCalledTimes(kills);
    if (kills > 0) expect(kill).toHaveBeenCalledWith(process.pid, 'SIGKILL');
  });
});

/** The environment does not hold a usable configuration. The message lists every problem and no values. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly problems: string[]) {
    super(`The configuration is not usable:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    // An operator reads this, not a developer: the list is the whole story when it ends a process.
    this.stack = `${this.name}: ${this.message}`;
  }
}

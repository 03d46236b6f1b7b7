/** A failure the person at the terminal can do something about: what went wrong and the command that fixes it. */
export class FriendlyError extends Error {
  override readonly name = 'FriendlyError';

  constructor(
    message: string,
    readonly remedy?: string,
  ) {
    super(message);
  }
}

/** An error as GoCardless' API writes it. */
export class GoCardlessProblem extends Error {
  constructor(
    readonly status: number,
    readonly type: 'invalid_api_usage' | 'invalid_state' | 'validation_failed' | 'gocardless',
    readonly reason: string,
    message: string,
    readonly more: { field?: string; links?: Record<string, string> } = {},
  ) {
    super(message);
  }

  body(): object {
    const { status: code, type, reason, message, more } = this;
    const documentation_url = `https://developer.gocardless.com/api-reference#${reason}`;
    // Validation errors name a field instead of a reason.
    const error = more.field === undefined ? { reason, message, ...more } : { message, ...more };
    return { error: { message, documentation_url, type, code, request_id: 'bd271b37-a2f5-47c8-b461-040dfe0e9cb1', errors: [error] } };
  }
}

export function notFound(): GoCardlessProblem {
  return new GoCardlessProblem(404, 'invalid_api_usage', 'resource_not_found', 'Resource not found');
}

export function invalid(field: string, message: string): GoCardlessProblem {
  return new GoCardlessProblem(422, 'validation_failed', 'validation_failed', message, { field });
}

export function invalidState(reason: string, message: string): GoCardlessProblem {
  return new GoCardlessProblem(422, 'invalid_state', reason, message);
}

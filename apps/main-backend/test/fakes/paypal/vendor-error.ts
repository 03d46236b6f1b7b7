/** An error as PayPal's REST API words it. */
export class VendorError extends Error {
  constructor(
    readonly status: number,
    readonly body: object,
  ) {
    super(JSON.stringify(body));
  }

  static unprocessable(issue: string): VendorError {
    return VendorError.of(422, 'UNPROCESSABLE_ENTITY', issue);
  }

  static of(status: number, name: string, issue?: string): VendorError {
    const details = issue === undefined ? [] : [{ issue, description: 'What went wrong, in words.' }];
    return new VendorError(status, { name, message: 'The request could not be carried out.', debug_id: 'f0f0f0f0f0f0f', details });
  }

  static notFound(): VendorError {
    return VendorError.of(404, 'RESOURCE_NOT_FOUND', 'INVALID_RESOURCE_ID');
  }
}

/** An error as Mollie's API writes it. */
export class MollieProblem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    /** Of the request, for 422. */
    readonly field?: string,
  ) {
    super(detail);
  }

  body(): object {
    const { status, title, detail, field } = this;
    const documentation = { href: 'https://docs.mollie.com/reference/handling-errors', type: 'text/html' };
    return { status, title, detail, ...(field === undefined ? {} : { field }), _links: { documentation } };
  }
}

export function unprocessable(field: string, detail: string): MollieProblem {
  return new MollieProblem(422, 'Unprocessable Entity', detail, field);
}

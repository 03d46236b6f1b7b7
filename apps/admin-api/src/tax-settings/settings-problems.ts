import type { FieldProblem } from '@paygate/kernel';
import type { TaxSettings } from '@paygate/tax';

/** What does not go together in settings whose fields are all well-formed. */
export function settingsProblems(settings: TaxSettings): FieldProblem[] {
  if (!settings.enabled || settings.sellerCountry !== '') return [];
  return [
    {
      field: 'sellerCountry',
      code: 'required',
      message: 'sellerCountry is required while tax is enabled.',
      expected: 'an ISO 3166-1 alpha-2 country code, e.g. DE',
    },
  ];
}

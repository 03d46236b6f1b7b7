import type { TaxSnapshot } from '@paygate/messages';
import { calculateGivenTax, DEFAULT_TAX_SETTINGS, effectiveConfiguration } from '@paygate/tax';
import type { TaxCalculation, TaxConfiguration, TaxInput, TaxOutcome, TaxProblem } from '@paygate/tax';
import type { TaxVerdict } from './tax-decision.js';

const NO_CONFIGURATION: TaxConfiguration = { settings: DEFAULT_TAX_SETTINGS, rates: [], rules: [] };

/**
 * Decides about the tax of a sale. While tax is not enabled only what the shop named itself counts. Otherwise the engine
 * decides, for which lines of tax and the rates of lines are the shop's own word, too.
 * @param amount what is charged, in minor units
 * @param calculate by the engine of a configuration
 */
export function judgeSale(
  input: TaxInput,
  amount: number,
  snapshot: TaxSnapshot | undefined,
  calculate: (configuration: TaxConfiguration) => TaxOutcome,
): TaxVerdict {
  const { configuration = NO_CONFIGURATION, revision: configurationRevision } = snapshot ?? {};
  const { settings } = configuration;
  const bare: TaxConfiguration = { settings, rates: [], rules: [] };
  const about = { input, configurationRevision };
  if (!settings.enabled) {
    const calculation = givenTax(input, amount);
    return { ...about, origin: calculation ? 'given' : 'unknown', configuration: bare, calculation };
  }
  const outcome = calculate(configuration);
  if (!outcome.ok) return { ...about, origin: 'unknown', configuration: bare, problems: outcome.problems };
  const { calculation } = outcome;
  if (calculation.totalGross !== amount)
    return { ...about, origin: 'unknown', configuration: bare, problems: [mismatch(calculation, amount)] };
  return {
    ...about,
    origin: isGiven(input) ? 'given' : 'calculated',
    configuration: effectiveConfiguration(configuration, calculation),
    calculation,
  };
}

/** What goes back is measured against what was charged: tax of another sum would hold up the payment when it is told. */
function mismatch({ totalGross }: TaxCalculation, amount: number): TaxProblem {
  const message = `Expected lines that come to the ${String(amount)} minor units that are charged, got ${String(totalGross)}.`;
  return { code: 'tax_line_invalid', field: 'lines', message };
}

/** Undefined when nothing is named. */
function givenTax({ lines, currency, taxPoint, buyer, shipTo }: TaxInput, amount: number): TaxCalculation | undefined {
  const items = lines.map(({ statedRate, ...line }) => ({ ...line, vatRate: statedRate }));
  const calculation = calculateGivenTax({ amount, items, currency, taxPoint, buyer, shipTo });
  return calculation.breakdown.length > 0 ? calculation : undefined;
}

function isGiven({ lines }: TaxInput): boolean {
  return lines.some(({ itemType }) => itemType === 'tax') || lines.every(({ statedRate }) => statedRate !== undefined);
}

export { isHttpUrl, IsHttpUrl } from './http-url.js';
export { IsLabel, isLabel } from './label-rule.js';
export { canonicalMetadata, isMetadata, Metadata } from './metadata.js';
export { IsAmount, IsIntegerWithin, IsPercent, IsUnitPrice, MAX_MINOR_UNITS } from './number-rules.js';
export { EmptyArrayAsAbsent, IsObjectList, IsPlainObject } from './object-rules.js';
export { endOf, IsDateOrInstant, periodOf, startOf } from './period.js';
export { pathId } from './path-id.js';
export { rule } from './rule.js';
export { canonicalLocale, IsCountryCode, IsCurrency, IsEmailAddress, IsId, IsLocaleTag, IsOneOf, isText, IsText } from './text-rules.js';

export { previewTax } from './preview-tax.js';
export type { BuyerPlace, TaxableLine, TaxableOrder, TaxPreview, TaxShare } from './preview-tax.js';

import type { CardSecrets } from './browsing-record.js';

// Four digits and not a usual example, so that nothing else on the way happens to look like it.
const cvc = '7391';

export const GOOD_CARD: CardSecrets = { number: '4242 4242 4242 4242', cvc };
export const DECLINED_CARD: CardSecrets = { number: '4000 0000 0000 0002', cvc };
export const POOR_CARD: CardSecrets = { number: '4000 0000 0000 9995', cvc };
export const EXPIRED_CARD: CardSecrets = { number: '4000 0000 0000 0069', cvc };
export const CARD_WITH_3DS: CardSecrets = { number: '4000 0027 6000 3184', cvc };

export const GOOD_ACCOUNT = 'DE89 3704 0044 0532 0130 00';
export const REFUSING_ACCOUNT = 'DE62 3704 0044 0532 0130 01';

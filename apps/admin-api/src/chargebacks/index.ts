export { ChargebacksModule } from './chargebacks.module.js';
export { CHARGEBACK_EXAMPLE, ChargebackResponse } from './dto/chargeback.response.js';
export { presentChargeback } from './present-chargeback.js';

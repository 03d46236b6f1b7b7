export { MerchantWebhookModule } from './webhook.module.js';

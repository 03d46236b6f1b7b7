export { WebhookReplaysModule } from './webhook-replays.module.js';

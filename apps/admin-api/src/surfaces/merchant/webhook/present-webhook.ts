import type { DeliveryView, EndpointView } from '@paygate/messages';
import type { MerchantDeliveryResponse, MerchantWebhookResponse } from './dto/webhook.response.js';

const NO_WEBHOOK: MerchantWebhookResponse = {
  ...{ endpoint_url: null, secret_preview: null, is_active: false, disabled_reason: null },
  ...{ last_success_at: null, last_failure_at: null, created_at: null, updated_at: null },
};

/** On this surface a value that is not there is `null`. */
export function presentWebhook(view: EndpointView | undefined): MerchantWebhookResponse {
  if (!view) return NO_WEBHOOK;
  return {
    endpoint_url: view.url,
    secret_preview: view.secretPreview === undefined ? null : `whsec_…${view.secretPreview}`,
    is_active: view.state === 'enabled',
    disabled_reason: view.disabledReason ?? null,
    last_success_at: view.health.lastSuccessAt ?? null,
    last_failure_at: view.health.lastFailureAt ?? null,
    created_at: view.createdAt,
    updated_at: view.updatedAt,
  };
}

export function presentMerchantDelivery(view: DeliveryView): MerchantDeliveryResponse {
  return {
    delivery_id: view.deliveryId,
    event: view.event ?? null,
    transaction_id: view.transactionId ?? null,
    endpoint_url: view.url,
    state: view.state,
    attempt_count: view.attemptCount,
    status_code: view.lastStatusCode ?? null,
    error: view.lastError ?? null,
    delivered_at: view.deliveredAt ?? null,
    created_at: view.createdAt,
  };
}

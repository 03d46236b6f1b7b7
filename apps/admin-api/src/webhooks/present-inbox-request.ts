import type { InboxRequestResponse } from './dto/inbox.response.js';
import type { InboxEntry } from './inbox.repository.js';

export function presentInboxRequest(entry: InboxEntry): InboxRequestResponse {
  return {
    id: entry.id,
    path: entry.path,
    address: entry.address,
    contentType: entry.contentType,
    headers: entry.headers,
    body: entry.body,
    bodyEncoding: entry.bodyEncoding,
    bytes: entry.bytes,
    receivedAt: entry.createdAt.toISOString(),
  };
}

<?php

/**
 * Whether a notification of any family is genuine and fresh.
 *
 * $secrets: the signing secret, or several while you replace it. $headers: names in lower case.
 * $rawBody: file_get_contents('php://input'). $now: unix seconds.
 */
function isGenuine(array $secrets, array $headers, string $rawBody, ?int $now = null): bool
{
    $id = $headers['webhook-id'] ?? '';
    $timestamp = $headers['webhook-timestamp'] ?? '';
    if ($id === '' || !preg_match('/^\d+$/D', $timestamp) || abs(($now ?? time()) - (int) $timestamp) > 300) {
        return false;
    }
    foreach ($secrets as $secret) {
        $key = base64_decode(preg_replace('/^whsec_/', '', $secret), true);
        $expected = 'v1,' . base64_encode(hash_hmac('sha256', "$id.$timestamp.$rawBody", $key, true));
        foreach (explode(' ', $headers['webhook-signature'] ?? '') as $received) {
            if (hash_equals($expected, $received)) {
                return true;
            }
        }
    }
    return false;
}

/** What the header of a family's own must be, made with the current secret. */
function ownSignature(string $family, string $secret, array $headers, string $rawBody): string
{
    return match ($family) {
        'site_ipn' => hash_hmac('sha256', $headers['x-signature-timestamp'] . '.' . $rawBody, $secret),
        'platform_webhook' => hash_hmac('sha512', $rawBody, $secret),
        default => 'sha256=' . hash_hmac('sha256', $rawBody, $secret),
    };
}

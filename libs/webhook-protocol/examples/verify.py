import base64
import hashlib
import hmac
import time


def is_genuine(secrets, headers, raw_body, now=None):
    """Whether a notification of any family is genuine and fresh.

    secrets: the signing secret, or several while you replace it. headers: names in lower case.
    raw_body: the bytes as received, before parsing. now: unix seconds.
    """
    identifier = headers.get("webhook-id", "")
    timestamp = headers.get("webhook-timestamp", "")
    if not identifier or not (timestamp.isascii() and timestamp.isdigit()):
        return False
    if abs((time.time() if now is None else now) - int(timestamp)) > 300:
        return False
    for secret in secrets:
        key = base64.b64decode(secret.removeprefix("whsec_"))
        signed = f"{identifier}.{timestamp}.".encode() + raw_body
        expected = b"v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest())
        for received in headers.get("webhook-signature", "").split(" "):
            if hmac.compare_digest(received.encode(), expected):
                return True
    return False


def own_signature(family, secret, headers, raw_body):
    """What the header of a family's own must be, made with the current secret."""
    key = secret.encode()
    if family == "site_ipn":
        return hmac.new(key, headers["x-signature-timestamp"].encode() + b"." + raw_body, hashlib.sha256).hexdigest()
    if family == "platform_webhook":
        return hmac.new(key, raw_body, hashlib.sha512).hexdigest()
    return "sha256=" + hmac.new(key, raw_body, hashlib.sha256).hexdigest()

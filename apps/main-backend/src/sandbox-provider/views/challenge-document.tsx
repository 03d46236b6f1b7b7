import { SandboxDocument } from './sandbox-document.js';
import type { SandboxPageProps } from './sandbox-document.js';

/** The bank asks whether it is really the buyer. */
export function ChallengeDocument({ payment, assets }: SandboxPageProps) {
  return (
    <SandboxDocument payment={payment} assets={assets} title="3-D Secure (sandbox)">
      <h1>Confirm that it is you</h1>
      <p class="note">
        Here your bank would ask for a code or a fingerprint (3-D Secure), for the card ending in {payment.method?.last4 ?? '····'}. In the
        sandbox you choose how it ends.
      </p>
      <form class="choices" method="post" action={`/sandbox/challenge/${payment.pageToken}`}>
        <button class="button" type="submit" name="answer" value="complete">
          Complete authentication
        </button>
        <button class="button quiet" type="submit" name="answer" value="fail">
          Fail authentication
        </button>
      </form>
    </SandboxDocument>
  );
}

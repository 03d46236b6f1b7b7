import type { ComponentProps, VNode } from 'preact';
import { ChallengeDocument } from './challenge-document.js';
import { DoneDocument } from './done-document.js';
import { PayDocument } from './pay-document.js';

export function payDocument(props: ComponentProps<typeof PayDocument>): VNode {
  return <PayDocument {...props} />;
}

export function challengeDocument(props: ComponentProps<typeof ChallengeDocument>): VNode {
  return <ChallengeDocument {...props} />;
}

export function doneDocument(props: ComponentProps<typeof DoneDocument>): VNode {
  return <DoneDocument {...props} />;
}

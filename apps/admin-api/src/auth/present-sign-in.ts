import type { UserPrincipal } from '../access/index.js';
import type { SessionTokens } from '../sessions/index.js';
import type { User } from '../users/index.js';
import type { SignedInResponse, SignedInUserResponse } from './dto/sign-in.response.js';

export function presentSignedIn(user: User, { accessToken, expiresIn }: SessionTokens): SignedInResponse {
  const { id, email, displayName, globalAdmin } = user;
  return { accessToken, tokenType: 'Bearer', expiresIn, user: { id, email, displayName, globalAdmin } };
}

export function presentPrincipal({ id, email, name, globalAdmin }: UserPrincipal): SignedInUserResponse {
  return { id, email, displayName: name, globalAdmin };
}

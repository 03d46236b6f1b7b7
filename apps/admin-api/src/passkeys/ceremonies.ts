import { Injectable } from '@nestjs/common';
import { keyedHash, keyedHashCandidates, Keyring } from '@paygate/data-kit';
import { DomainError, randomToken, systemClock } from '@paygate/kernel';
import { CeremoniesRepository } from './ceremonies.repository.js';
import type { CeremonySubject } from './ceremony.schema.js';

export const CEREMONY_SECONDS = 300;

const PURPOSE = 'passkey-ceremony';
const ID_LENGTH = 22;
const SECRET_LENGTH = 43;
const FORM = /^([A-Za-z0-9]{22})\.([A-Za-z0-9]{43})$/;

/** The subject of a ceremony of one kind. */
export type SubjectOf<K extends CeremonySubject['kind']> = Extract<CeremonySubject, { kind: K }>;

/** Challenges: each is answered once, in time, by the browser that asked for it, and for what it was asked for. */
@Injectable()
export class Ceremonies {
  constructor(
    private readonly rows: CeremoniesRepository,
    private readonly keyring: Keyring,
  ) {}

  /** Returns the text for the browser's cookie. */
  async begin(challenge: string, subject: CeremonySubject): Promise<string> {
    const id = randomToken(ID_LENGTH);
    const cookie = `${id}.${randomToken(SECRET_LENGTH)}`;
    const expiresAt = new Date(systemClock.now().getTime() + CEREMONY_SECONDS * 1000);
    await this.rows.insertForAuthentication({
      _id: id,
      secretHash: keyedHash(this.keyring, PURPOSE, cookie),
      challenge,
      subject,
      expiresAt,
    });
    return cookie;
  }

  /**
   * Takes the challenge a browser was given; whatever comes of the attempt, it is used up.
   * @throws DomainError `challenge_invalid` when there is none, it was used, it has expired or was meant for something else
   */
  async finish<K extends CeremonySubject['kind']>(
    cookie: string | undefined,
    kind: K,
  ): Promise<{ challenge: string; subject: SubjectOf<K> }> {
    const [whole, id] = FORM.exec(cookie ?? '') ?? [];
    if (whole === undefined || id === undefined) throw new DomainError('challenge_invalid');
    const row = await this.rows.takeForAuthentication(id, keyedHashCandidates(this.keyring, PURPOSE, whole));
    // The database removes what has expired once a minute only.
    if (!row || row.expiresAt <= systemClock.now()) throw new DomainError('challenge_invalid');
    if (!isOfKind(row.subject, kind)) throw new DomainError('challenge_invalid');
    return { challenge: row.challenge, subject: row.subject };
  }
}

function isOfKind<K extends CeremonySubject['kind']>(subject: CeremonySubject, kind: K): subject is SubjectOf<K> {
  return subject.kind === kind;
}

import { describe, expect, it } from '@jest/globals';
import {
  BadRequestException,
  ConflictException,
  ForbiddenException,
  HttpException,
  InternalServerErrorException,
  NotFoundException,
  UnauthorizedException,
} from '@nestjs/common';
import { DomainError, ERRORS } from '@paygate/kernel';
import { classifyError } from './classify-error.js';
import { choosePresenter, presentAdminError } from './error-presenter.js';

const withCode = (code: string, statusCode: number) => Object.assign(new Error('internal text'), { code, statusCode });

describe('classifyError', () => {
  it.each([
    ['a domain error', new DomainError('site_not_found'), 'site_not_found', 404],
    ['a missing route', new NotFoundException('Cannot GET /x?token=1'), 'route_not_found', 404],
    ['a refused guard', new ForbiddenException('Forbidden resource'), 'forbidden', 403],
    ['a failed strategy', new UnauthorizedException(), 'api_key_invalid', 401],
    ['a conflict', new ConflictException(), 'conflict', 409],
    ['too many requests', new HttpException('slow down', 429), 'too_many_requests', 429],
    ['an odd client error', new HttpException('teapot', 418), 'validation_failed', 400],
    ['a body over the limit', withCode('FST_ERR_CTP_BODY_TOO_LARGE', 413), 'payload_too_large', 413],
    ['an unknown media type', withCode('FST_ERR_CTP_INVALID_MEDIA_TYPE', 415), 'unsupported_media_type', 415],
    ['broken JSON', withCode('FST_ERR_CTP_INVALID_JSON_BODY', 400), 'malformed_json', 400],
    ['an empty JSON body', withCode('FST_ERR_CTP_EMPTY_JSON_BODY', 400), 'malformed_json', 400],
    [
      'a Fastify error wrapped by Nest',
      new HttpException('x', 413, { cause: withCode('FST_ERR_CTP_BODY_TOO_LARGE', 413) }),
      'payload_too_large',
      413,
    ],
    ['a bug', new TypeError('x is undefined'), 'internal_error', 500],
    ['a database error with a code', withCode('ECONNREFUSED', 500), 'internal_error', 500],
    ['an exception of Nest for the inside', new InternalServerErrorException('secret detail'), 'internal_error', 500],
    ['a thrown string', 'oops', 'internal_error', 500],
    ['nothing', undefined, 'internal_error', 500],
  ])('%s', (_what, error, code, status) => {
    expect(classifyError(error)).toMatchObject({ code, status });
  });

  it('tells nothing of what went wrong inside', () => {
    for (const error of [
      new Error('at 10.0.0.1'),
      new DomainError('internal_error', 'at 10.0.0.1'),
      new InternalServerErrorException('at 10.0.0.1'),
    ]) {
      expect(classifyError(error)).toEqual({ code: 'internal_error', status: 500, message: ERRORS.internal_error.title });
    }
  });

  it('keeps the text of a bad request and the details of a domain error', () => {
    expect(classifyError(new BadRequestException('id must be a number'))).toMatchObject({ message: 'id must be a number' });
    expect(classifyError(new DomainError('insufficient_scope', 'no', { required: 'a:b' }))).toMatchObject({ details: { required: 'a:b' } });
  });
});

describe('presenters', () => {
  const error = { code: 'conflict', message: 'No.', status: 409, requestId: 'r-1' };

  it('the Admin API body repeats the message as error and leaves absent details out', () => {
    expect(presentAdminError(error)).toEqual({ error: 'No.', code: 'conflict', message: 'No.', requestId: 'r-1' });
    expect(presentAdminError({ ...error, details: [1] })).toHaveProperty('details', [1]);
  });

  it('what clients in the field read beside the code stands there, and takes the place of no other field', () => {
    const refused = { ...error, code: 'CHECKOUT_BLOCKED_BY_DISPUTE' };
    expect(presentAdminError(refused)).toEqual({ error: 'No.', code: refused.code, message: 'No.', requestId: 'r-1' });
    const details = { disputeId: 'd-1', code: 'other', requestId: 'r-2' };
    expect(presentAdminError({ ...refused, details })).toEqual({ ...(presentAdminError(refused) as object), disputeId: 'd-1' });
  });

  it('the first surface that claims the path presents', () => {
    const panel = { match: (path: string) => path.startsWith('/panel'), present: () => 'panel' };
    const rest = { match: () => true, present: () => 'rest' };
    expect(choosePresenter([panel, rest], '/panel/x')(error)).toBe('panel');
    expect(choosePresenter([panel, rest], '/x')(error)).toBe('rest');
    expect(choosePresenter([panel], '/x')).toBe(presentAdminError);
  });
});

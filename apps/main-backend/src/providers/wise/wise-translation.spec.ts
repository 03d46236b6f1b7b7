import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readBalanceId, readBankAccount, readDeposits, readNotification } from './wise-translation.js';

const detail = (type: string, body: string) => ({ type, title: type, body, hidden: false });
const euro = {
  id: 14000001,
  currency: { code: 'EUR', name: 'Euro' },
  status: 'ACTIVE',
  deprecated: false,
  receiveOptions: [
    { type: 'INTERNATIONAL', details: [detail('ACCOUNT_HOLDER', 'Example Ltd'), detail('IBAN', 'BE00')] },
    {
      type: 'LOCAL',
      details: [detail('ACCOUNT_HOLDER', 'Example Ltd'), detail('SWIFT_CODE', 'TRWIBEB1XXX'), detail('IBAN', 'BE68 5390 0754 7034')],
    },
  ],
};

describe('readBankAccount', () => {
  it('reads the local details of the currency', () => {
    expect(readBankAccount([{ ...euro, currency: { code: 'GBP' } }, euro], 'EUR')).toEqual({
      accountHolder: 'Example Ltd',
      bic: 'TRWIBEB1XXX',
      iban: 'BE68539007547034',
    });
  });

  it('reads account and sort code', () => {
    const details = [detail('ACCOUNT_HOLDER', 'Example Ltd'), detail('BANK_CODE', '23-14-70'), detail('ACCOUNT_NUMBER', '12345678')];
    const pound = { ...euro, currency: { code: 'GBP' }, receiveOptions: [{ type: 'LOCAL', details }] };
    expect(readBankAccount([pound], 'GBP')).toMatchObject({ routingNumber: '23-14-70', accountNumber: '12345678' });
  });

  it.each([
    ['another currency', [euro], 'USD'],
    ['an example', [{ ...euro, id: null }], 'EUR'],
    ['one not issued yet', [{ ...euro, status: 'AVAILABLE' }], 'EUR'],
    ['an old one', [{ ...euro, deprecated: true }], 'EUR'],
  ])('takes %s for none', (_what, body, currency) => expect(readBankAccount(body, currency)).toBe('none'));

  it.each([
    ['no list', {}],
    ['no details', [{ ...euro, receiveOptions: [] }]],
    ['no number', [{ ...euro, receiveOptions: [{ type: 'LOCAL', details: [detail('ACCOUNT_HOLDER', 'x')] }] }]],
  ])('cannot read %s', (_what, body) => expect(readBankAccount(body, 'EUR')).toBeUndefined());
});

const deposit = {
  type: 'CREDIT',
  date: '2026-03-02T07:47:00.227Z',
  amount: { value: 49.05, currency: 'EUR' },
  details: { type: 'DEPOSIT', description: 'Received money', senderName: 'Ada', senderAccount: 'NL91 ', paymentReference: 'RF18 KMNP' },
  referenceNumber: 'TRANSFER-34188888',
};

describe('readDeposits', () => {
  it('reads what came in', () => {
    expect(readDeposits({ transactions: [deposit] })).toEqual([
      {
        reference: 'TRANSFER-34188888',
        amount: 4905,
        currency: 'EUR',
        occurredAt: new Date('2026-03-02T07:47:00.227Z'),
        text: 'RF18 KMNP / Received money',
        payerName: 'Ada',
        payerAccount: 'NL91',
      },
    ]);
  });

  it.each([
    ['a debit', { type: 'DEBIT', amount: { value: -7.76, currency: 'EUR' } }],
    ['a conversion', { details: { type: 'CONVERSION' } }],
    ['interest', { details: { type: 'BALANCE_INTEREST' } }],
    ['a kind it does not know', { details: { type: 'SOMETHING_NEW' } }],
  ])('leaves out %s', (_what, change) => expect(readDeposits({ transactions: [{ ...deposit, ...change }] })).toEqual([]));

  it.each([
    ['no statement', []],
    ['an amount in words', { transactions: [{ ...deposit, amount: { value: '49', currency: 'EUR' } }] }],
    ['too many decimals', { transactions: [{ ...deposit, amount: { value: 1.005, currency: 'EUR' } }] }],
    ['no reference number', { transactions: [{ ...deposit, referenceNumber: undefined }] }],
    ['no date', { transactions: [{ ...deposit, date: 'soon' }] }],
  ])('cannot read %s', (_what, body) => expect(readDeposits(body)).toBeUndefined());
});

const credit = {
  event_type: 'balances#credit',
  data: {
    resource: { type: 'balance-account', id: 501, profile_id: 601 },
    transaction_type: 'credit',
    currency: 'EUR',
    occurred_at: '2026-03-02T12:05:00Z',
  },
};

describe('readBalanceId', () => {
  const balances = [
    { id: 200001, currency: 'EUR', type: 'STANDARD' },
    { id: '200002', currency: 'GBP', type: 'STANDARD' },
  ];
  it.each([
    [balances, 'EUR', 200001],
    [balances, 'USD', 'none'],
    [balances, 'GBP', undefined],
    [[null, 7], 'EUR', 'none'],
    [{}, 'EUR', undefined],
    [undefined, 'EUR', undefined],
  ])('%j, %s → %p', (body, currency, id) => expect(readBalanceId(body, currency)).toBe(id));
});

describe('readNotification', () => {
  it('reads whose balance was credited', () => {
    const expected = { profileId: '601', balanceId: '501', currency: 'EUR', occurredAt: new Date('2026-03-02T12:05:00Z') };
    expect(readNotification(credit)).toEqual(expected);
    expect(readNotification({ ...credit, event_type: 'balances#update' })).toEqual(expected);
    expect(readNotification({ ...credit, event_type: 'balances#update', data: { ...credit.data, balance_id: 7 } })).toMatchObject({
      balanceId: '7',
    });
  });

  it.each([
    ['another event', { ...credit, event_type: 'transfers#state-change' }],
    ['a debit', { ...credit, event_type: 'balances#update', data: { ...credit.data, transaction_type: 'debit' } }],
  ])('is not interested in %s', (_what, body) => expect(readNotification(body)).toBe('other'));

  it('never throws', () => {
    fc.assert(
      fc.property(fc.anything(), (body) => {
        void readNotification({ event_type: 'balances#credit', data: body });
        void readNotification(body);
        void readDeposits({ transactions: [body] });
        void readBankAccount([body], 'EUR');
      }),
    );
  });
});

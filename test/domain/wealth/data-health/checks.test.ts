import { describe, expect, it, test } from 'vitest'
import { addMonths } from '../../../../domain/shared/index.ts'
import { checkedParts, type HealthFacts, reportHealth } from '../../../../domain/wealth/data-health/index.ts'
import { type HealthCheck, healthChecks } from '../../../../domain/wealth/index.ts'
import { account, bars, before, connection, fileImport, findIn, hoursAgo, now, security, today } from './facts.ts'

const flat = (count: number) => Array.from({ length: count }, () => 100)
const usual = { securities: [security()], accounts: [account()] }
const withAccount = (changes: Parameters<typeof account>[0]) => ({ accounts: [account(changes)] })
const withSecurity = (changes: Parameters<typeof security>[0]) => ({ ...usual, securities: [security(changes)] })
const problem = (kind: HealthFacts['lotProblems'][number]['kind'], quantity = '2') => ({
  ...usual,
  lotProblems: [{ accountId: 'account', symbol: 'VTI', kind, date: before(9), quantity }],
})
const months = (...places: readonly number[]) => places.map(place => ({ month: addMonths('2025-06-01', place), amount: '1.00' }))
const counted = (date: string) => [{ accountId: 'account', date, count: 2 }]

interface Case {
  readonly facts: Partial<HealthFacts>
  /** What the check says about them. */
  readonly says: object
  /** Facts just inside of the threshold. */
  readonly inside: Partial<HealthFacts>
}

const cases: Record<HealthCheck, Case> = {
  no_price: {
    facts: withSecurity({ close: null, closeDate: null, lastTradeOn: before(3) }),
    says: { accountId: 'account', accountName: 'Everyday', isListed: true, lastTradeOn: before(3) },
    inside: usual,
  },
  // From Wednesday to Friday a week later, six trading days have passed; from Thursday, five.
  stale_price: {
    facts: withSecurity({ closeDate: '2026-06-03' }),
    says: { date: '2026-06-03', price: '100', currency: 'USD', tradingDays: 6 },
    inside: withSecurity({ closeDate: '2026-06-04' }),
  },
  missing_split: {
    facts: { ...usual, bars: [bars([100, 100, 50, 50])] },
    says: { date: '2026-06-10', numerator: 2, denominator: 1 },
    inside: {
      ...usual,
      bars: [bars([100, 100, 50, 50])],
      enteredSplits: [{ symbol: 'VTI', date: '2026-06-10', numerator: 2, denominator: 1 }],
    },
  },
  split_without_jump: {
    facts: { ...usual, bars: [bars(flat(4))], splits: [{ symbol: 'VTI', date: '2026-06-10', numerator: 2, denominator: 1 }] },
    says: { date: '2026-06-10', numerator: 2, denominator: 1 },
    inside: { ...usual, bars: [bars([100, 100, 50, 50])], splits: [{ symbol: 'VTI', date: '2026-06-10', numerator: 2, denominator: 1 }] },
  },
  wrong_unit: {
    facts: { ...usual, bars: [bars([100, 10_000, 10_000, 100])] },
    says: { from: '2026-06-09', until: '2026-06-10', factor: 100 },
    inside: { ...usual, bars: [bars([100, 120, 120, 100])] },
  },
  wrong_price: {
    facts: { ...usual, bars: [bars([...flat(21), 112, 100, 100])] },
    says: { date: '2026-06-09', count: 1 },
    inside: { ...usual, bars: [bars([...flat(21), 109, 100, 100])] },
  },
  price_gap: {
    facts: { ...usual, bars: [bars(flat(6), [2, 3, 4, 5, 6, 7])] },
    says: { tradingDays: 6 },
    inside: { ...usual, bars: [bars(flat(6), [2, 3, 4, 5, 6])] },
  },
  missing_rate: {
    facts: withAccount({ currency: 'CHF' }),
    says: { quote: 'USD' },
    inside: {
      ...withAccount({ currency: 'CHF' }),
      rates: [
        { base: 'EUR', quote: 'CHF', date: today },
        { base: 'EUR', quote: 'USD', date: before(7) },
      ],
    },
  },
  stale_rate: {
    facts: { ...withAccount({ currency: 'EUR' }), rates: [{ base: 'USD', quote: 'EUR', date: before(8) }] },
    says: { quote: 'USD', date: before(8), days: 8 },
    inside: { ...withAccount({ currency: 'EUR' }), rates: [{ base: 'USD', quote: 'EUR', date: before(7) }] },
  },
  lots_under_way: {
    facts: { lotWork: { since: '2026-06-12T10:59:59Z', count: 3 } },
    says: { count: 3 },
    inside: { lotWork: { since: '2026-06-12T11:00:00Z', count: 3 } },
  },
  negative_position: {
    facts: problem('oversold'),
    says: { accountName: 'Everyday', date: before(9), quantity: '2', count: 1 },
    inside: problem('unknown_basis'),
  },
  split_not_entered: {
    facts: {
      ...usual,
      heldThroughSplits: [{ accountId: 'account', symbol: 'VTI', date: before(9), numerator: 2, denominator: 1, quantity: '4' }],
    },
    says: { accountName: 'Everyday', date: before(9), quantity: '4' },
    inside: usual,
  },
  unknown_cost_basis: { facts: problem('unknown_basis'), says: { quantity: '2' }, inside: problem('oversold') },
  incomplete_lots: {
    facts: problem('no_rate'),
    says: { message: 'There is no exchange rate to dollars for this day.' },
    inside: problem('unknown_basis'),
  },
  unnamed_security: {
    facts: withSecurity({ hasSymbol: false, listing: null, close: null, closeDate: null }),
    says: { accountName: 'Everyday', quantity: '10' },
    inside: withSecurity({ listing: null, close: null, closeDate: null }),
  },
  unclassified_security: {
    facts: withSecurity({ listing: { ...security().listing!, composition: [] } }),
    says: { accountId: 'account' },
    inside: withSecurity({ listing: { ...security().listing!, composition: [] }, classes: [{ key: 'us_large_cap', weight: '1' }] }),
  },
  balance_differs: {
    facts: withAccount({ statement: { balance: '100.01', date: today, ledger: '100.00', ledgerBefore: '90.00', pending: '-5.00' } }),
    says: { stated: '100.01', balance: '100.00', difference: '0.01' },
    inside: withAccount({ statement: { balance: '95.00', date: today, ledger: '100.00', ledgerBefore: '90.00', pending: '-5.00' } }),
  },
  balance_below_zero: {
    facts: withAccount({ balance: '-50.01', creditLimit: '50' }),
    says: { balance: '-50.01', currency: 'USD' },
    inside: withAccount({ balance: '-50.00', creditLimit: '50' }),
  },
  debt_above_zero: {
    facts: withAccount({ type: 'loan', balance: '0.01' }),
    says: { balance: '0.01' },
    inside: withAccount({ type: 'loan', balance: '0.00' }),
  },
  closed_with_balance: {
    facts: withAccount({ closedOn: before(2), balance: '0.01' }),
    says: { balance: '0.01', date: before(2) },
    inside: withAccount({ closedOn: before(2), balance: '0.00' }),
  },
  stale_balance: {
    facts: withAccount({ type: 'retirement', taxType: '401k', balanceSource: 'stated', balanceDate: before(101) }),
    says: { date: before(101), days: 101, allowedDays: 100 },
    inside: withAccount({ type: 'retirement', taxType: '401k', balanceSource: 'stated', balanceDate: before(100) }),
  },
  nothing_entered: {
    facts: withAccount({ balanceDate: before(46) }),
    says: { date: before(46), days: 46, allowedDays: 45 },
    inside: withAccount({ balanceDate: before(45) }),
  },
  coverage_gap: {
    facts: withAccount({ months: months(0, 1, 2, 5, 6, 7) }),
    says: { from: '2025-09-01', until: '2025-10-31', months: 2 },
    inside: withAccount({ months: months(0, 1, 2, 4, 5, 6) }),
  },
  statement_gap: {
    facts: withAccount({ type: 'property', balanceSource: 'stated', gaps: [{ from: before(401), until: today }] }),
    says: { from: before(401), until: today, days: 401 },
    inside: withAccount({ type: 'property', balanceSource: 'stated', gaps: [{ from: before(400), until: today }] }),
  },
  no_opening_balance: {
    facts: withAccount({ openingBalance: '0.00', months: [{ month: '2026-02-01', amount: '-0.01' }] }),
    says: { balance: '-0.01', date: '2026-02-28' },
    inside: withAccount({ openingBalance: '0.01', months: [{ month: '2026-02-01', amount: '-0.01' }] }),
  },
  nothing_recorded: {
    facts: withAccount({ openingBalance: '0.00', balanceDate: null }),
    says: { isStated: false },
    inside: withAccount({ openingBalance: '0.01', balanceDate: null }),
  },
  no_tax_type: {
    facts: withAccount({ type: 'investment' }),
    says: {},
    inside: withAccount({ type: 'investment', taxType: 'taxable_brokerage' }),
  },
  connection_broken: {
    facts: { connections: [connection({ syncStatus: 'sign-in-required', errorMessage: 'Sign in.' })] },
    says: { message: 'Sign in.' },
    inside: { connections: [connection({ syncStatus: 'sign-in-required', isActive: false })] },
  },
  connection_failing: {
    facts: { connections: [connection({ syncStatus: 'failed', lastSyncAt: hoursAgo(24.01) })] },
    says: { message: null },
    inside: { connections: [connection({ syncStatus: 'failed', lastSyncAt: hoursAgo(24) })] },
  },
  connection_expiring: {
    facts: { connections: [connection({ consentExpiresAt: hoursAgo(-14 * 24) })] },
    says: { isExpired: false },
    inside: { connections: [connection({ consentExpiresAt: hoursAgo(-14 * 24 - 0.01) })] },
  },
  not_synced: {
    facts: { connections: [connection({ lastSyncAt: null, createdAt: hoursAgo(72.01) })] },
    says: { lastSyncAt: null },
    inside: { connections: [connection({ lastSyncAt: hoursAgo(72) })] },
  },
  failed_import: {
    facts: { imports: [fileImport({ failure: 'Broken.', status: 'open' })] },
    says: { message: 'Broken.' },
    inside: { imports: [fileImport({ failure: 'Broken.', status: 'undone' })] },
  },
  unfinished_import: {
    facts: { imports: [fileImport({ status: 'storing', workingSince: hoursAgo(1.01) })] },
    says: { isUnderWay: true },
    inside: { imports: [fileImport({ status: 'storing', workingSince: hoursAgo(1) })] },
  },
  rejected_rows: {
    facts: { imports: [fileImport({ rejectedCount: 1, committedAt: hoursAgo(30 * 24) })] },
    says: { count: 1 },
    inside: { imports: [fileImport({ rejectedCount: 1, committedAt: hoursAgo(30 * 24 + 1) })] },
  },
  possible_duplicates: {
    facts: {
      ...usual,
      duplicates: [{ accountId: 'account', count: 1, from: before(4), until: before(2), amount: '-1.00', description: 'Shop' }],
    },
    says: { count: 1, amount: '-1.00', currency: 'USD', description: 'Shop' },
    inside: usual,
  },
  unmatched_transfer: {
    facts: { ...usual, unmatched: counted(before(8)) },
    says: { count: 2, from: before(8), until: before(8) },
    inside: { ...usual, unmatched: counted(before(7)) },
  },
  transfer_to_confirm: { facts: { proposedTransfers: 1 }, says: { count: 1 }, inside: { proposedTransfers: 0 } },
  future_transaction: {
    facts: { ...usual, future: [{ accountId: 'account', count: 1, from: before(-1), until: before(-1) }] },
    says: { count: 1, from: before(-1) },
    inside: usual,
  },
  old_pending: {
    facts: { ...usual, pending: counted(before(15)) },
    says: { count: 2, until: before(15), allowedDays: 14 },
    inside: { ...usual, pending: counted(before(14)) },
  },
  uncategorised: {
    facts: { uncategorised: { count: 3, from: before(9), until: before(1) } },
    says: { count: 3, from: before(9), until: before(1) },
    inside: { uncategorised: null },
  },
}

const checksOf = (facts: Partial<HealthFacts>) => findIn(facts).map(({ check }) => check)

describe.each(Object.keys(healthChecks) as HealthCheck[])('%s', check => {
  const { facts, inside, says } = cases[check]

  it('is found with its facts', () => {
    const own = findIn(facts).filter(finding => finding.check === check)
    expect(own).toMatchObject([{ check, area: healthChecks[check].area, facts: says }])
  })

  it('is not found inside of the threshold', () => {
    expect(checksOf(inside)).not.toContain(check)
  })
})

test('nothing is found where nothing is wrong', () => {
  expect(findIn({ ...usual, bars: [bars(flat(30))], connections: [connection()], imports: [fileImport()] })).toEqual([])
})

test('a security without a price and without a trade is a problem', () => {
  expect(findIn(withSecurity({ close: null, closeDate: null }))).toMatchObject([{ check: 'no_price', severity: 'problem' }])
})

test('a card above zero is a hint, and a consent that has ended is a problem', () => {
  expect(findIn(withAccount({ type: 'credit_card', balance: '5.00' }))).toMatchObject([{ check: 'debt_above_zero', severity: 'hint' }])
  expect(findIn({ connections: [connection({ consentExpiresAt: now })] })).toMatchObject([
    { check: 'connection_expiring', severity: 'problem', facts: { isExpired: true } },
  ])
})

test('a price that is back on the next day is wrong, also by the ratio of a split', () => {
  expect(findIn({ ...usual, bars: [bars([...flat(21), 50, 100, 100])] })).toMatchObject([{ check: 'wrong_price', facts: { count: 1 } }])
})

test('a split of the ledger near that of the market data is the same', () => {
  const splits = [{ symbol: 'VTI', date: '2026-06-10', numerator: 2, denominator: 1 }]
  const facts = { ...usual, bars: [bars([100, 100, 50, 50])], splits, enteredSplits: [{ ...splits[0]!, date: '2026-06-11' }] }
  expect(findIn(facts)).toEqual([])
})

test('holidays of the exchange are no trading days', () => {
  const facts = {
    ...withSecurity({ closeDate: '2026-06-03' }),
    calendars: [{ code: 'XNYS', tradingDays: [1, 2, 3, 4, 5], holidays: ['2026-06-08'] }],
  }
  expect(findIn(facts)).toEqual([])
})

test('an account that moves each quarter has no gaps', () => {
  expect(findIn(withAccount({ months: months(0, 3, 6, 9, 12, 15, 18) }))).toEqual([])
})

test('findings are sorted by severity, check and name, and cut for each check', () => {
  const names = ['B', 'A', 'C']
  const accounts = names.map(name => account({ id: name, name, type: 'loan', balance: '1.00' }))
  const findings = findIn({ accounts, proposedTransfers: 1, lotProblems: problem('oversold').lotProblems })
  expect(findings.map(({ check, subject }) => `${check} ${subject.name}`)).toEqual([
    'negative_position VTI',
    'debt_above_zero A',
    'debt_above_zero B',
    'debt_above_zero C',
    'transfer_to_confirm Home',
  ])
  const { counts, items, leftOut } = reportHealth(findings, 2)
  expect(counts).toEqual({ problem: 1, warning: 3, hint: 1 })
  expect(items.map(({ subject }) => subject.name)).toEqual(['VTI', 'A', 'B', 'Home'])
  expect(leftOut).toEqual([{ check: 'debt_above_zero', count: 1 }])
})

test('what was checked counts every check once', () => {
  const parts = checkedParts({
    accounts: [account(), account({ currency: 'EUR' })],
    securities: [security()],
    connections: [],
    imports: [],
  } as unknown as HealthFacts)
  expect(parts.reduce((sum, { checks }) => sum + checks, 0)).toBe(Object.keys(healthChecks).length)
  expect(parts).toContainEqual({ area: 'rates', checks: 2, subjects: 2 })
})

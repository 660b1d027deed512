import { addDays, epochDayOf } from '../../../../domain/shared/index.ts'
import {
  type Finding,
  findHealth,
  type HealthAccount,
  type HealthConnection,
  type HealthFacts,
  type HealthImport,
  type HeldBars,
  type HeldSecurity,
} from '../../../../domain/wealth/data-health/index.ts'

/** A Friday. */
export const today = '2026-06-12'
export const now = '2026-06-12T12:00:00Z'
export const before = (days: number): string => addDays(today, -days)
export const hoursAgo = (hours: number): string => new Date(Date.parse(now) - hours * 3_600_000).toISOString()

/** Facts in which nothing is wrong. */
const nothing: HealthFacts = {
  household: { id: 'household', name: 'Home', currency: 'USD' },
  today,
  now,
  accounts: [],
  securities: [],
  calendars: [{ code: 'XNYS', tradingDays: [1, 2, 3, 4, 5], holidays: [] }],
  bars: [],
  splits: [],
  enteredSplits: [],
  heldThroughSplits: [],
  rates: [],
  lotProblems: [],
  lotWork: null,
  connections: [],
  imports: [],
  pending: [],
  future: [],
  unmatched: [],
  duplicates: [],
  proposedTransfers: 0,
  uncategorised: null,
}

export const account = (changes: Partial<HealthAccount> = {}): HealthAccount => ({
  id: 'account',
  name: 'Everyday',
  type: 'checking',
  taxType: null,
  currency: 'USD',
  balanceSource: 'ledger',
  openedOn: null,
  closedOn: null,
  openingBalance: '100.00',
  creditLimit: null,
  balance: '100.00',
  balanceDate: today,
  statement: null,
  months: [],
  gaps: [],
  ...changes,
})

export const security = (changes: Partial<HeldSecurity> = {}): HeldSecurity => ({
  symbol: 'VTI',
  quantity: '10',
  accountId: 'account',
  hasSymbol: true,
  listing: {
    name: 'Fund',
    currency: 'USD',
    exchangeCode: 'XNYS',
    type: 'etf',
    country: 'US',
    marketCap: null,
    composition: [{ key: 'us_large_cap', weight: '1' }],
  },
  close: '100',
  closeDate: before(1),
  lastTradeOn: null,
  classes: null,
  ...changes,
})

/** Bars on weekdays up to yesterday. */
export const bars = (prices: readonly number[], leftOut: readonly number[] = []): HeldBars => {
  const weekdays: number[] = []
  for (let day = epochDayOf(today) - 1; weekdays.length < prices.length + leftOut.length; day -= 1)
    if (![2, 3].includes(((day % 7) + 7) % 7)) weekdays.unshift(day)
  const kept = weekdays.filter((_, place) => !leftOut.includes(place))
  return { symbol: 'VTI', days: Int32Array.from(kept), opens: Float64Array.from(prices), closes: Float64Array.from(prices) }
}

export const connection = (changes: Partial<HealthConnection> = {}): HealthConnection => ({
  id: 'connection',
  institutionName: 'Bank',
  isActive: true,
  syncStatus: 'waiting',
  errorMessage: null,
  lastSyncAt: hoursAgo(1),
  consentExpiresAt: null,
  createdAt: hoursAgo(1000),
  ...changes,
})

export const fileImport = (changes: Partial<HealthImport> = {}): HealthImport => ({
  id: 'import',
  fileName: 'bank.csv',
  status: 'committed',
  failure: null,
  rejectedCount: 0,
  createdAt: hoursAgo(1),
  workingSince: null,
  committedAt: hoursAgo(1),
  ...changes,
})

export const findIn = (changes: Partial<HealthFacts>): Finding[] => findHealth({ ...nothing, ...changes })

import { type CalendarDate, daysBetween } from '../shared/index.ts'
import type { AccountType } from './account-types.ts'
import type { BalanceSource } from './ledger-terms.ts'

const ledgerDays = 45
const quarterDays = 100
const yearDays = 400
const slow: ReadonlySet<AccountType> = new Set(['property', 'vehicle', 'private_asset'])

/**
 * How many days the balance of an account may be old: 45 days since the last entry of a ledger, 100 days since a balance was stated, 400 days for a
 * property, vehicle or private asset.
 */
export const balanceAgeDays = (type: AccountType, source: BalanceSource): number =>
  source === 'ledger' ? ledgerDays : slow.has(type) ? yearDays : quarterDays

/**
 * Whether the balance of an account is older than `balanceAgeDays`.
 * @param date of the last posted transaction or the last statement; null if there is none
 */
export const isStaleBalance = (type: AccountType, source: BalanceSource, date: CalendarDate | null, today: CalendarDate): boolean =>
  date !== null && daysBetween(date, today) > balanceAgeDays(type, source)

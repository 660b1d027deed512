import { type CalendarDate, daysBetween } from '../shared/index.ts'
import type { AccountType } from './account-types.ts'
import type { BalanceSource } from './ledger-terms.ts'

const ledgerDays = 45
const quarterDays = 100
const yearDays = 400
const slow: ReadonlySet<AccountType> = new Set(['property', 'vehicle', 'private_asset'])

/**
 * Whether the balance of an account is old: nothing has been entered for 45 days in a ledger, 100 days for a stated balance, 400 days for a property,
 * vehicle or private asset.
 * @param date of the last posted transaction or the last statement; null if there is none
 */
export const isStaleBalance = (type: AccountType, source: BalanceSource, date: CalendarDate | null, today: CalendarDate): boolean => {
  const limit = source === 'ledger' ? ledgerDays : slow.has(type) ? yearDays : quarterDays
  return date !== null && daysBetween(date, today) > limit
}

import type { TestUser } from '../../support/platform.ts'
import { anyVersion, type Ledger, path, startLedger, succeed } from './ledger-platform.ts'

export interface Lots extends Ledger {
  readonly taxable: string
  readonly ira: string
  /** Enters a transaction. The amount of a trade follows from its quantity and price. */
  readonly enter: (accountId: string, type: string, date: string, fields?: Record<string, unknown>) => Promise<{ id: string }>
  readonly get: (resource: string, query?: Record<string, string>) => ReturnType<typeof succeed>
}

const tradeSign: Record<string, number> = { buy: -1, reinvestment: -1, cover: -1, sell: 1, short: 1 }

/** The body of a transaction of VTI. */
export const tradeBody = (accountId: string, type: string, date: string, fields: Record<string, unknown> = {}) => {
  const { price, quantity } = fields as { price?: string; quantity?: string }
  const sign = tradeSign[type]
  const amount = sign === undefined ? {} : { amount: (sign * Number(quantity) * Number(price)).toFixed(2) }
  return { accountId, type, date, symbol: 'VTI', description: `${type} ${date}`, ...amount, ...fields }
}

/** A platform with a household that has a taxable account and an IRA. */
export const startLots = async (): Promise<Lots> => {
  const ledger = await startLedger()
  const { householdId, user } = ledger
  const taxable = await ledger.account({ name: 'Brokerage', type: 'investment', tax_type: 'taxable_brokerage' })
  const ira = await ledger.account({ name: 'IRA', type: 'retirement', tax_type: 'traditional_ira' })
  return {
    ...ledger,
    taxable,
    ira,
    enter: (accountId, type, date, fields) => succeed(user, 'POST', path, tradeBody(accountId, type, date, fields)),
    get: (resource, query = {}) => succeed(user, 'GET', `/v1/wealth/${resource}?${String(new URLSearchParams({ householdId, ...query }))}`),
  }
}

/** A reversal of a transaction. */
export const reverse = (user: TestUser, id: string, body: Record<string, unknown> = {}) =>
  user.request('POST', `${path}/${id}/reversals`, { body, headers: anyVersion })

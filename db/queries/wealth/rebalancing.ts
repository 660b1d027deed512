import { sql } from 'drizzle-orm'
import type { AccountType, TaxType } from '../../../domain/wealth/index.ts'
import type { Transaction } from '../../database.ts'
import { plainArrayText } from '../array-text.ts'
import { isAdvantaged } from './read-lots.ts'

/** An account of a portfolio, as far as its trades depend on it. */
export interface TradedAccount {
  readonly id: string
  readonly name: string
  readonly type: AccountType
  readonly taxType: TaxType | null
  readonly isAdvantaged: boolean
  readonly isClosed: boolean
}

/** Some accounts with what the law says about them. */
export const findTradedAccounts = async (transaction: Transaction, accountIds: readonly string[]): Promise<TradedAccount[]> => [
  ...(await transaction.execute<TradedAccount & Record<string, unknown>>(sql`
    select a.id, a.name, a.type, a.tax_type as "taxType", ${isAdvantaged('a')} as "isAdvantaged", a.closed_on is not null as "isClosed"
    from wealth.accounts a where a.id = any (${plainArrayText(accountIds)}::uuid[]) order by a.name, a.id`)),
]

/** The covariance of yearly returns of asset classes, from the newest assumption set that is published or of the household. */
export interface ClassCovariance {
  readonly name: string
  readonly classes: readonly string[]
  readonly matrix: readonly (readonly number[])[]
}

interface StoredAssumptions {
  readonly name: string
  readonly assets: readonly { readonly key: string; readonly volatility: number }[]
  readonly correlation: readonly (readonly number[])[]
}

/** The covariance of the asset classes in the newest approved assumption set that the household may use; undefined if there is none. */
export const findClassCovariance = async (transaction: Transaction, householdId: string): Promise<ClassCovariance | undefined> => {
  const [row] = await transaction.execute<StoredAssumptions & Record<string, unknown>>(sql`
    select c.name, c.assumptions -> 'assets' as assets, c.assumptions -> 'correlation' as correlation
    from planning.capital_market_assumptions c
    where c.status = 'approved' and c.is_active and (c.household_id is null or c.household_id = ${householdId}::uuid)
    order by c.household_id is null, c.effective_date desc, c.id desc limit 1`)
  if (!row) return undefined
  const { assets, correlation, name } = row
  return {
    name,
    classes: assets.map(({ key }) => key),
    matrix: assets.map((one, place) =>
      assets.map((other, column) => (correlation[place]?.[column] ?? Number(place === column)) * one.volatility * other.volatility),
    ),
  }
}

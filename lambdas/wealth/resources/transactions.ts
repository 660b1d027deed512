import type * as z from 'zod'
import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import { ledgerRows } from '../../../db/queries/wealth/index.ts'
import { type investmentTransactions as securityTable, transactions as table } from '../../../db/schema/wealth/transactions.ts'
import { money } from '../../../domain/shared/index.ts'
import { shortestDecimal, type TaxCategory } from '../../../domain/wealth/index.ts'
import { equals, type Filter, filter, flag, range, search } from '../../runtime/resource/filters.ts'
import { resource } from '../../runtime/resource/resource.ts'
import { calendarDate, label, uuid } from '../../runtime/schemas.ts'
import { householdFilter } from '../schemas/household.ts'
import { category, source, transaction, type } from '../schemas/transactions.ts'

/** A decimal without the zeros that its column adds. */
const shortest = (decimal: string | null): string | null => decimal && shortestDecimal(decimal)
const numberOrNull = (text: string | null): number | null => (text === null ? null : Number(text))

const presentSecurity = (stored: typeof securityTable.$inferSelect | null) => {
  if (!stored) return null
  const { accountId: _account, householdId: _household, transactionId: _id, ...shown } = stored
  return {
    ...shown,
    quantity: shortest(stored.quantity),
    price: shortest(stored.price),
    taxCategory: stored.taxCategory as TaxCategory | null,
    dataQualityScore: numberOrNull(stored.dataQualityScore),
    confidenceScore: numberOrNull(stored.confidenceScore),
  }
}

export const transactionFilters = {
  householdId: equals(table.householdId, householdFilter),
  accountId: equals(table.accountId, uuid.describe('Only items of this account.')),
  ...range('date', table.date, calendarDate),
  ...range('amount', table.amount, money),
  type: equals(table.type, type),
  category: equals(table.category, category),
  categoryId: equals(table.categoryId, uuid.describe('Only items with this own category.')),
  tag: filter(label.max(50).describe('Only items with this tag.'), tag => sql`${table.tags} @> array[${tag}]::text[]`),
  isPending: equals(table.isPending, flag.describe('Only pending items, or only posted ones.')),
  isUncategorised: filter(flag.describe('`true`: only items of the category `other` without an own category.'), asked => {
    const without = and(eq(table.category, 'other'), isNull(table.categoryId))
    return asked ? without : sql`not (${without})`
  }),
  source: equals(table.source, source),
  importId: equals(table.importId, uuid),
  ...search(table.description, table.merchantName, table.notes),
}

/** The conditions of filters with these values. */
export const filterConditions = (values: Partial<Record<keyof typeof transactionFilters, unknown>>): (SQL | undefined)[] =>
  Object.entries(values).map(([name, value]) => {
    const chosen = transactionFilters[name as keyof typeof transactionFilters] as Filter
    return value === undefined ? undefined : chosen.where(value)
  })

export const transactions = resource({
  one: 'transaction',
  many: 'transactions',
  path: '/v1/wealth/transactions',
  parameter: { transactionId: uuid.describe('The transaction.') },
  rows: ledgerRows,
  answer: transaction,
  filters: transactionFilters,
  sorts: ['date'],
  order: '-date',
  present: {
    investment: row => presentSecurity(row.investment),
    provenance: row => row.provenance as z.output<typeof transaction>['provenance'],
    splits: row => [...row.splits],
  },
})

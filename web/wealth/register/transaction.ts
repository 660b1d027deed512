import type { ApiAnswer, ApiItem, ApiRequest } from '../../../lambdas/api-types.ts'
import { api, keyOf, queries, refreshQueries } from '../../shell/api.ts'
import { lotQueries } from '../lots/lot-queries.ts'

export type Transaction = ApiItem<'GET /v1/wealth/transactions'>
export type Category = Transaction['category']
export type Query = NonNullable<ApiRequest<'GET /v1/wealth/transactions'>['query']>
type Pages = { readonly pages: readonly ApiAnswer<'GET /v1/wealth/transactions'>[] }

const list = 'GET /v1/wealth/transactions'

/** Reads again everything that transactions change. */
export const refreshLedger = (): Promise<void> => refreshQueries(list, 'GET /v1/wealth/accounts/{accountId}/balance', ...lotQueries)

/** Shows a changed transaction in the lists that have been read, without reading all their pages again. Its balance is the same. */
export const showChanged = (changed: Transaction): void => {
  queries.setQueriesData<Pages>({ queryKey: keyOf(list).slice(0, 1), predicate: ({ queryKey }) => queryKey.includes('pages') }, shown => {
    if (!shown) return shown
    const replaced = (row: Transaction) => (row.id === changed.id ? { ...changed, runningBalance: row.runningBalance } : row)
    return { ...shown, pages: shown.pages.map(page => ({ ...page, items: page.items.map(replaced) })) }
  })
}

export const readTransaction = async (transactionId: string): Promise<Transaction> => {
  const row = await api('GET /v1/wealth/transactions/{transactionId}', { params: { transactionId } })
  showChanged(row)
  return row
}

/** What a person recognises a transaction by. */
export const nameOf = ({ description, merchantName }: Pick<Transaction, 'description' | 'merchantName'>): string =>
  merchantName ?? description

import { useEffect, useRef } from 'react'
import type { ApiAnswer, ApiItem } from '../../../lambdas/api-types.ts'
import { refreshQueries, useApi } from '../../shell/api.ts'
import { useAccounts } from '../use-household-data.ts'
import { lotQueries } from './lot-queries.ts'
import { shared as m } from '#messages/lots'

export type Positions = ApiAnswer<'GET /v1/wealth/positions'>
export type Position = Positions['items'][number]
export type TaxLot = ApiItem<'GET /v1/wealth/tax-lots'>
export type Closing = ApiItem<'GET /v1/wealth/lot-closings'>
export type WashSale = ApiItem<'GET /v1/wealth/wash-sales'>

/** While the ledger is being calculated, what says so is read again so often, in milliseconds. */
export const refreshInterval = 3000

/** When a calculation has ended, everything about lots is read again. */
export const useRefreshedLots = (isCurrent: boolean | undefined): void => {
  const wasCurrent = useRef(isCurrent)
  useEffect(() => {
    if (wasCurrent.current === false && isCurrent === true) void refreshQueries(...lotQueries)
    wasCurrent.current = isCurrent
  }, [isCurrent])
}

/** The positions of a household. */
export const usePositions = (householdId: string) => {
  const positions = useApi(
    'GET /v1/wealth/positions',
    { query: { householdId } },
    { refetchInterval: ({ state }) => (state.data?.isCurrent === false ? refreshInterval : false) },
  )
  useRefreshedLots(positions.data?.isCurrent)
  return positions
}

/** The names of the accounts of a household; undefined until they are read. */
export const useAccountNames = (householdId: string) => {
  const { data, error, refetch } = useAccounts(householdId)
  const names = data && new Map(data.items.map(({ id, name }) => [id, name]))
  return {
    accounts: data?.items ?? [],
    nameOf: names && ((id: string): string => names.get(id) ?? m.removedAccount),
    error,
    retry: refetch,
  }
}

export type NameOf = (accountId: string) => string

export const positionPath = (accountId: string, symbol: string): string => `/investments/${accountId}/${encodeURIComponent(symbol)}`
/** The comparison of ways to sell. With lots, they are the own choice that is compared. */
export const sellPath = (
  accountId: string,
  symbol: string,
  lots: readonly { readonly openingId: string; readonly quantity: string }[] = [],
): string => {
  const chosen = lots.map(({ openingId, quantity }) => `${openingId}:${quantity}`).join(',')
  return `${positionPath(accountId, symbol)}/sell${chosen === '' ? '' : `?lots=${chosen}`}`
}
export const washSalePath = (transactionId: string): string => `/investments/wash-sales?sale=${transactionId}`
/** The transactions of a day in the register of an account. */
export const registerPath = (accountId: string, date: string): string => `/accounts/${accountId}/register?from=${date}&to=${date}`

const day = 86_400_000

export const dayAfter = (date: string): string => new Date(Date.parse(date) + day).toISOString().slice(0, 10)
/** Days from one calendar date to another. */
export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / day)

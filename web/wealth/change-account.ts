import type { ApiRequest } from '../../lambdas/api-types.ts'
import { api, refreshQueries } from '../shell/api.ts'
import { showToast } from '../shell/toasts.ts'
import type { Account } from './account-kinds.ts'
import { lotQueries } from './lots/lot-queries.ts'
import { problem } from '#messages/shell'

/** Reads again what shows accounts or their balances. */
export const refreshAccounts = (): Promise<void> =>
  refreshQueries(
    'GET /v1/wealth/accounts',
    'GET /v1/wealth/accounts/{accountId}',
    'GET /v1/wealth/accounts/{accountId}/balances',
    'GET /v1/wealth/accounts/{accountId}/valuations',
    'GET /v1/wealth/accounts/{accountId}/beneficiaries',
    'GET /v1/wealth/accounts/{accountId}/liability-terms',
    'GET /v1/wealth/balances',
    'GET /v1/wealth/goals',
    'GET /v1/wealth/estate',
    ...lotQueries,
  )

export const readAccount = (accountId: string): Promise<Account> => api('GET /v1/wealth/accounts/{accountId}', { params: { accountId } })

export const patchAccount = async (
  accountId: string,
  body: ApiRequest<'PATCH /v1/wealth/accounts/{accountId}'>['body'],
  ifMatch: number,
): Promise<Account> => {
  const account = await api('PATCH /v1/wealth/accounts/{accountId}', { params: { accountId }, body, ifMatch })
  await refreshAccounts()
  return account
}

/** Closes an account, or opens it again if there is no date. */
export const closeAccount = async (accountId: string, closedOn: string | undefined, ifMatch: number): Promise<Account> => {
  const request = { params: { accountId }, ifMatch }
  const account = await (closedOn === undefined
    ? api('POST /v1/wealth/accounts/{accountId}/reopenings', request)
    : api('POST /v1/wealth/accounts/{accountId}/closures', { ...request, body: { closedOn } }))
  await refreshAccounts()
  return account
}

/** Does it, and says in a message why it failed. */
export const attempt = async (work: () => Promise<unknown>): Promise<void> => {
  try {
    await work()
  } catch (error) {
    await refreshAccounts()
    showToast({ kind: 'bad', text: problem.title, error })
  }
}

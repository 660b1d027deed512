import type { ApiItem } from '../../lambdas/api-types.ts'
import { ApiProblem } from '../client/problem.ts'
import { api, refreshQueries } from '../shell/api.ts'
import { showToast } from '../shell/toasts.ts'
import { leaveFor, type LinkVisit } from './link-visit.ts'
import * as m from '#messages/connections'
import { problem } from '#messages/shell'

export type Connection = ApiItem<'GET /v1/wealth/plaid/connections'>

const refresh = () => refreshQueries('GET /v1/wealth/plaid/connections')

const failed = (error: unknown, retry: () => unknown) => showToast({ kind: 'bad', text: problem.title, error, retry: () => void retry() })

/** Opens the page of Plaid, where the person chooses an institution. */
export const connect = async (householdId: string): Promise<void> => {
  try {
    const { hostedLinkUrl, linkToken } = await api('POST /v1/wealth/plaid/link-tokens', { body: { householdId } })
    leaveFor(hostedLinkUrl, { kind: 'connect', householdId, linkToken })
  } catch (error) {
    failed(error, () => connect(householdId))
  }
}

/** Opens the page of Plaid, where the person signs in at the institution again. */
export const signInAgain = async ({ id, institutionName }: Connection): Promise<void> => {
  try {
    const { hostedLinkUrl } = await api('POST /v1/wealth/plaid/connections/{connectionId}/relink-tokens', { params: { connectionId: id } })
    leaveFor(hostedLinkUrl, { kind: 'sign-in', connectionId: id, name: institutionName })
  } catch (error) {
    failed(error, () => signInAgain({ id, institutionName } as Connection))
  }
}

/** Reads an institution now, and says how that ended. */
export const sync = async (connectionId: string, name: string): Promise<void> => {
  try {
    const { errorMessage } = await api('POST /v1/wealth/plaid/connections/{connectionId}/syncs', { params: { connectionId } })
    showToast(
      errorMessage === null ? { kind: 'good', text: m.synced(name) } : { kind: 'bad', text: `${m.notSynced(name)}. ${errorMessage}` },
    )
  } catch (error) {
    failed(error, () => sync(connectionId, name))
  } finally {
    await refresh()
  }
}

export const remove = async ({ id, institutionName }: Pick<Connection, 'id' | 'institutionName'>): Promise<void> => {
  try {
    await api('DELETE /v1/wealth/plaid/connections/{connectionId}', { params: { connectionId: id } })
    showToast({ kind: 'good', text: m.removed(institutionName) })
  } catch (error) {
    failed(error, () => remove({ id, institutionName }))
  } finally {
    await refresh()
  }
}

/** Ends a visit to the page of Plaid. A second time does nothing more. */
export const endVisit = async (visit: LinkVisit): Promise<void> => {
  if (visit.kind === 'sign-in') return sync(visit.connectionId, visit.name)
  const { householdId, linkToken } = visit
  try {
    const { institutionName } = await api('POST /v1/wealth/plaid/connections', {
      body: { householdId, linkToken },
    })
    showToast({ kind: 'good', text: m.connected(institutionName) })
  } catch (error) {
    if (error instanceof ApiProblem && error.problem.status === 422) showToast({ kind: 'bad', text: m.nothingChosen })
    else failed(error, () => endVisit(visit))
  } finally {
    await refresh()
  }
}

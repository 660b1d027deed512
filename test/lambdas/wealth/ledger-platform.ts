import { startTestPlatform, type TestPlatform, type TestUser } from '../../support/platform.ts'

export interface Ledger {
  readonly platform: TestPlatform
  readonly user: TestUser
  readonly householdId: string
  /** A new account of the household. */
  readonly account: (columns?: Record<string, unknown>) => Promise<string>
}

/** A platform with a user who has a household. */
export const startLedger = async (): Promise<Ledger> => {
  const platform = await startTestPlatform()
  const user = await platform.newUser()
  const administrator = platform.database.connect('postgres')
  const { body } = await user.request('POST', '/v1/identity/households', { body: { name: 'Home', timezone: 'UTC' } })
  const householdId: string = body.id
  return {
    platform,
    user,
    householdId,
    account: async (columns = {}) => {
      const values = { household_id: householdId, name: 'Everyday', type: 'checking', balance_source: 'ledger', ...columns }
      const [row] = await administrator<{ id: string }[]>`insert into wealth.accounts ${administrator(values)} returning id`
      return row!.id
    },
  }
}

/** A request that must succeed. */
export const succeed = async (user: TestUser, method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
  const answer = await user.request(method, path, { ...(body === undefined ? {} : { body }), headers })
  if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`)
  return answer.body
}

export const path = '/v1/wealth/transactions'
export const anyVersion = { 'if-match': '*' }

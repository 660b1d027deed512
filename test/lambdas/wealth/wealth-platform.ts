import { openDatabase, type Transaction } from '../../../db/database.ts'
import { asUser, beginRequest } from '../../db/requests.ts'
import { startTestPlatform, type TestPlatform, type TestUser } from '../../support/platform.ts'

/** A platform with a user who has a household, in which accounts and transactions are added without routes. */
export const startWealth = async () => addWealth(await startTestPlatform())

/** The same on a platform that was started otherwise. */
export const addWealth = async <Platform extends TestPlatform>(platform: Platform) => {
  const user = await platform.newUser()
  const administrator = platform.database.connect('postgres')
  const writer = platform.database.connect('nestegg_write')
  const request = requesting(user)
  const householdId: string = (await request('POST', '/v1/identity/households', { name: 'Home', timezone: 'UTC' })).id
  const [{ subject }] = await administrator<
    [{ subject: string }]
  >`select cognito_sub as subject from identity.users where email = ${user.email}`
  const insert = (table: string, values: Record<string, unknown>): Promise<string> =>
    asUser(writer, subject, async transaction => {
      const [row] = await transaction<{ id: string }[]>`insert into ${transaction(table)} ${transaction(values)} returning id`
      return row!.id
    })
  const account = (name: string, columns: Record<string, unknown> = {}): Promise<string> =>
    insert('wealth.accounts', { household_id: householdId, name, type: 'checking', balance_source: 'ledger', ...columns })
  let count = 0
  const enter = (accountId: string, date: string, amount: string, description: string, columns: Record<string, unknown> = {}) =>
    insert('wealth.transactions', {
      household_id: householdId,
      account_id: accountId,
      date,
      amount,
      description,
      source: 'import',
      fingerprint: `f${(count += 1)}`,
      ...columns,
    })
  const labels = async (id: string) => {
    const [row] = await administrator`
      select category, merchant_name, notes, to_jsonb(tags) as tags, transfer_account_id, recurring_id, is_recurring, provenance, version from wealth.transactions where id = ${id}`
    return row!
  }
  /** Work in a transaction of the user, as a handler has it. */
  const asHandler = <Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> =>
    openDatabase(platform.database.connect('nestegg_write')).transaction(async transaction => {
      await beginRequest((transaction as unknown as { session: { client: Parameters<typeof beginRequest>[0] } }).session.client, subject)
      return work(transaction)
    })
  return { platform, user, administrator, householdId, request, account, asHandler, enter, labels }
}

/** A request that must succeed; its body. */
export const requesting =
  (user: TestUser) =>
  async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const answer = await user.request(method, path, { ...(body === undefined ? {} : { body }), headers })
    if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`)
    return answer.body
  }

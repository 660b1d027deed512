import type { TransactionSql } from 'postgres'
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

/** A household of the user in a timezone. */
export const householdIn = async (user: TestUser, timezone = 'UTC', currency = 'USD'): Promise<string> => {
  const { body } = await user.request('POST', '/v1/identity/households', { body: { name: 'Home', timezone, currency } })
  return body.id
}

/** An account that the API has made. */
export const newAccount = async (user: TestUser, householdId: string, body: object) => {
  const answer = await user.request('POST', '/v1/wealth/accounts', { body: { householdId, name: 'Account', ...body } })
  if (answer.status !== 201) throw new Error(`the account was refused: ${JSON.stringify(answer.body)}`)
  return answer.body
}

export const todayIn = (timezone: string): string => new Intl.DateTimeFormat('en-CA', { timeZone: timezone }).format(new Date())

export const daysAgo = (days: number, timezone = 'UTC'): string =>
  new Date(Date.parse(todayIn(timezone)) - days * 86_400_000).toISOString().slice(0, 10)

/** Does it in the database as a job of the household, with the rights of the administrator. */
export const asJob = async (
  { database }: TestPlatform,
  householdId: string,
  work: (transaction: TransactionSql) => Promise<unknown>,
): Promise<void> => {
  await database.connect('postgres').begin(async transaction => {
    await transaction`select operations.begin_household_work(${JSON.stringify({ householdId, requestId: 'test', route: 'test' })}::text::jsonb)`
    await work(transaction)
  })
}

/** Adds transactions of an account. */
export const addTransactions = (
  platform: TestPlatform,
  { householdId, id }: { readonly householdId: string; readonly id: string },
  rows: readonly { readonly date: string; readonly amount: string; readonly isPending?: boolean }[],
): Promise<void> =>
  asJob(platform, householdId, async transaction => {
    for (const { amount, date, isPending = false } of rows)
      await transaction`
        insert into wealth.transactions (household_id, account_id, date, amount, description, is_pending, source, fingerprint)
        values (${householdId}, ${id}, ${date}, ${amount}, 'Test', ${isPending}, 'person', ${crypto.randomUUID()})`
  })

/** The balance that an institution states for an account now. */
export const stateBalance = (
  platform: TestPlatform,
  { householdId, id }: { readonly householdId: string; readonly id: string },
  amount: string,
): Promise<void> =>
  asJob(
    platform,
    householdId,
    transaction => transaction`
      update wealth.accounts set current_balance = ${amount}, vested_balance = ${amount}, balance_stated_at = now() where id = ${id}`,
  )

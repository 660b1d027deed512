import type { TransactionSql } from 'postgres'
import type { TestPlatform, TestUser } from '../../support/platform.ts'

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

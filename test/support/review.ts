import { asUser } from '../db/requests.ts'
import type { TestPlatform, TestUser } from './platform.ts'

/** Ids of what detections find in a household. */
export interface ReviewIds {
  readonly accountId: string
  readonly outflowId: string
  readonly inflowId: string
  readonly transferId: string
  readonly recurringId: string
}

/** Two accounts of a household with a confirmed transfer and a confirmed recurring payment, of which both transactions are. */
export const insertReview = async (platform: TestPlatform, user: TestUser, householdId: string): Promise<ReviewIds> => {
  const [{ subject }] = await platform.database.connect('postgres')<[{ subject: string }]>`
    select cognito_sub as subject from identity.users where email = ${user.email}`
  return asUser(platform.database.connect('nestegg_write'), subject, async transaction => {
    const insert = async (table: string, values: Record<string, unknown>): Promise<string> => {
      const [row] = await transaction<{ id: string }[]>`
        insert into ${transaction(`wealth.${table}`)} ${transaction({ household_id: householdId, ...values })} returning id`
      return row!.id
    }
    const account = (name: string) => insert('accounts', { name, type: 'checking', balance_source: 'ledger' })
    const [accountId, otherId] = [await account('One'), await account('Two')]
    const recurringId = await insert('recurring_transactions', {
      account_id: accountId,
      key: 'rent',
      direction: 'out',
      name: 'Rent',
      period: 'monthly',
      amount_low: '-5.00',
      amount_high: '-5.00',
      last_amount: '-5.00',
      first_date: '2026-01-01',
      last_date: '2026-03-01',
      next_date: '2026-04-01',
      confidence: '0.9',
      status: 'confirmed',
    })
    const entry = (account_id: string, amount: string) =>
      insert('transactions', {
        account_id,
        amount,
        date: '2026-03-01',
        description: 'Moved',
        source: 'person',
        fingerprint: 'moved',
        recurring_id: recurringId,
      })
    const [outflowId, inflowId] = [await entry(accountId, '-5.00'), await entry(otherId, '5.00')]
    const transferId = await insert('transfers', {
      outflow_id: outflowId,
      inflow_id: inflowId,
      confidence: '0.9',
      source: 'detection',
      status: 'confirmed',
    })
    return { accountId, outflowId, inflowId, transferId, recurringId }
  })
}

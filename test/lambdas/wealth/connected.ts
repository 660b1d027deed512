import type { Item } from '../../../local/plaid/bank.ts'
import type { BankData } from '../../../local/plaid/forms.ts'
import { bankTransaction } from '../../../local/plaid/sample.ts'
import { newHousehold, startTestPlatform, type TestPlatform, type TestUser } from '../../support/platform.ts'

/** A platform with a person, and a household that can connect institutions of the stand-in of Plaid. */
export const startConnected = async () => {
  const platform = await startTestPlatform()
  const owner = await platform.newUser()
  const householdId = await newHousehold(owner)
  const { bank } = platform.services.plaid
  const administrator = platform.database.connect('postgres')

  /** Connects an institution through the page of Hosted Link. */
  const connect = async (institution = 'ins_local_1', data?: BankData): Promise<{ readonly id: string; readonly item: Item }> => {
    const { body: link } = await owner.request('POST', '/v1/wealth/plaid/link-tokens', { body: { householdId } })
    bank.finishLink(link.linkToken, institution, data)
    const { body } = await owner.request('POST', '/v1/wealth/plaid/connections', { body: { householdId, linkToken: link.linkToken } })
    return { id: body.id, item: bank.items().at(-1)! }
  }

  const sync = (id: string, user: TestUser = owner) => user.request('POST', `/v1/wealth/plaid/connections/${id}/syncs`)

  /** The transactions of the accounts of a connection, oldest first. */
  const ledger = (id: string) => administrator<
    {
      id: string
      name: string
      plaid: string | null
      amount: string
      date: string
      pending: boolean
      category: string
      notes: string | null
      tags: string[]
      reverses: string | null
    }[]
  >`
    select t.id, t.description as name, t.plaid_transaction_id as plaid, t.amount, t.date::text, t.is_pending as pending, t.category, t.notes, to_jsonb(t.tags) as tags, t.reverses_id as reverses
    from wealth.transactions t join wealth.accounts a on a.id = t.account_id where a.plaid_connection_id = ${id} order by t.id`

  /** Labels a transaction as a person does. */
  const label = (plaidId: string, notes: string) => administrator`
    update wealth.transactions set notes = ${notes}, tags = '{shared}', category = 'travel', provenance = provenance || '{"category": "person"}'
    where plaid_transaction_id = ${plaidId}`

  return { platform, owner, householdId, bank, administrator, connect, sync, ledger, label }
}

export type Connected = Awaited<ReturnType<typeof startConnected>>
export type { TestPlatform }

let names = 0
/** A transaction of the first account of an item. */
export const purchase = (account_id: string, given: Partial<Parameters<typeof bankTransaction>[0]> = {}) => {
  names += 1
  return bankTransaction({
    transaction_id: `p${names}`,
    account_id,
    amount: 20,
    date: '2026-03-02',
    name: `BAKERY SOURDOUGH ${names}`,
    ...given,
  })
}

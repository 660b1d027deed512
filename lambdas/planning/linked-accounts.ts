import * as z from 'zod'
import type { Transaction } from '../../db/database.ts'
import { findBalance } from '../../db/queries/wealth/index.ts'
import { uuid } from '../../domain/shared/index.ts'
import { invalidReference } from '../runtime/problem.ts'

/** The real account that an input is linked to; undefined without a link. */
export const linkedAccountOf = ({ inputValue }: { readonly inputValue: unknown }): string | undefined =>
  linked.safeParse(inputValue).data?.linkedAccountId

const linked = z.object({ linkedAccountId: uuid.optional() })

/**
 * Throws 422 for an input of a request that is linked to no account of the household that the person may see. A link that the replaced input has
 * already may stay: plans can have links from before they were checked.
 */
export const requireLinkedAccount = async (
  transaction: Transaction,
  householdId: string,
  body: { readonly inputValue: unknown },
  replaced?: { readonly inputValue: unknown },
): Promise<void> => {
  const linkedAccountId = linkedAccountOf(body)
  if (linkedAccountId === undefined || (replaced && linkedAccountOf(replaced) === linkedAccountId)) return
  const account = await findBalance(transaction, linkedAccountId, null)
  if (account?.householdId !== householdId) throw invalidReference('body.inputValue.linkedAccountId', 'account in the household')
}

import { findLiability } from '../../db/queries/wealth/liabilities.ts'
import type { Transaction } from '../../db/database.ts'
import { shortestDecimal } from '../../domain/wealth/index.ts'
import { ok } from '../runtime/serve.ts'

/** The answer with the terms of the debt of an account. */
export const answerLiability = async (transaction: Transaction, { id, version }: { readonly id: string; readonly version: number }) => {
  const found = await findLiability(transaction, id)
  if (!found) return ok({ accountId: id, terms: null, version }, version)
  const { accountId, createdAt: _, createdBy: __, householdId: ___, interestRate, updatedBy: ____, ...rest } = found
  return ok({ accountId, terms: { ...rest, interestRate: interestRate && shortestDecimal(interestRate) }, version }, version)
}

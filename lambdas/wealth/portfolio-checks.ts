import type { Transaction } from '../../db/database.ts'
import { accountsOfHousehold } from '../../db/queries/wealth/accounts.ts'
import { findModelWeights } from '../../db/queries/wealth/index.ts'
import { Decimal, issuesUnder } from '../../domain/shared/index.ts'
import { isDebt, targetFaults, type TargetKind, type TargetWeight } from '../../domain/wealth/index.ts'
import { fieldProblem, invalidReference, invalidValue } from '../runtime/problem.ts'

interface Settings {
  readonly householdId: string
  readonly accountIds: readonly string[]
  readonly targetKind: TargetKind
  readonly targetAllocation: readonly TargetWeight[]
  readonly portfolioModelId: string | null
}

/** Throws a 400 for a target that is not whole, and a 422 for a debt, and for an account or a model of another household. */
export const refusePortfolio = async (transaction: Transaction, settings: Settings): Promise<void> => {
  const faults = targetFaults(settings)
  if (faults.length > 0) throw fieldProblem('invalid-request', issuesUnder('body', faults))
  const accounts = new Map((await accountsOfHousehold(transaction, settings.householdId)).map(account => [account.id, account]))
  for (const [index, accountId] of settings.accountIds.entries()) {
    const account = accounts.get(accountId)
    const path = `body.accountIds.${index}`
    if (!account) throw invalidReference(path, 'account in the household')
    if (isDebt(account.type)) throw invalidValue(path, `${account.name} is a debt: a portfolio has none`)
  }
  const { householdId, portfolioModelId } = settings
  if (portfolioModelId !== null && !(await findModelWeights(transaction, householdId, portfolioModelId)))
    throw invalidReference('body.portfolioModelId', 'portfolio model')
}

/** Throws a 400 for classes of a security that do not sum to exactly 1. */
export const refuseClasses = (classes: readonly TargetWeight[]): void => {
  const sum = classes.reduce((total, { weight }) => total.plus(weight), new Decimal(0))
  if (!sum.equals(1))
    throw fieldProblem('invalid-request', [
      { path: 'body.classes', message: `must sum to 100 %; it sums to ${sum.times(100).toString()} %` },
    ])
}

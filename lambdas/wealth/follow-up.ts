import type { Transaction } from '../../db/database.ts'
import { householdRows } from '../../db/queries/identity/index.ts'
import { accountRows } from '../../db/queries/wealth/accounts.ts'
import { findRulesApplied, setRulesApplied } from '../../db/queries/wealth/connections.ts'
import { hasActiveRules } from '../../db/queries/wealth/rules.ts'
import { inHouseholdTransaction } from '../runtime/database.ts'
import type { TaskRequest } from '../runtime/run-task.ts'
import { todayIn } from '../runtime/today.ts'
import { runRulesOnPage } from './apply-rules.ts'
import { recalculateHousehold } from './recalculate-lots.ts'
import { findRecurring, proposeTransfers } from './detect.ts'
import type { LedgerWork } from './ledger-work.ts'

export interface FollowUpWork {
  readonly householdId: string
  /** What has changed in the ledger. */
  readonly scope: Extract<LedgerWork, { kind: 'follow-up' }>['scope']
}

export interface FollowUpResult {
  /** How many labels the rules set. */
  readonly labelCount: number
  readonly transferCount: number
  readonly recurringCount: number
}

/**
 * Does the work that follows an import, a synchronisation or an entry by hand: calculates the tax lots, applies the rules to the transactions that are
 * new or changed, then proposes transfers and finds what repeats in the whole household. The request of an entry by hand has applied the rules itself. Each part has a
 * transaction of its own, which acts for the household. The same work a second time changes nothing. What a person has dismissed or undone stays so.
 */
export const followUp = async (identity: TaskRequest, { householdId, scope }: FollowUpWork): Promise<FollowUpResult> => {
  const inHousehold = <Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> =>
    inHouseholdTransaction({ ...identity, householdId }, work)

  const household = await inHousehold(transaction => householdRows.find(transaction, householdId))
  const connectionId = 'connectionId' in scope ? scope.connectionId : undefined
  const applied = connectionId === undefined ? undefined : await inHousehold(transaction => findRulesApplied(transaction, connectionId))
  // Waits for the transaction of the entry.
  if ('accountId' in scope) await inHousehold(transaction => accountRows.lock(transaction, scope.accountId))
  // It was deleted since.
  if (!household || (connectionId !== undefined && !applied)) return { labelCount: 0, transferCount: 0, recurringCount: 0 }

  await recalculateHousehold(identity, householdId)

  let labelCount = 0
  let after: string | null = null
  if (!('accountId' in scope) && (await inHousehold(transaction => hasActiveRules(transaction, householdId))))
    do {
      const page: Awaited<ReturnType<typeof runRulesOnPage>> = await inHousehold(transaction =>
        runRulesOnPage(
          transaction,
          householdId,
          { ...scope, changedSince: applied?.rulesAppliedAt ?? undefined },
          applied ? 'sync' : 'import',
          after,
        ),
      )
      labelCount += page.changeCount
      after = page.last
    } while (after !== null)
  if (connectionId !== undefined && applied) await inHousehold(transaction => setRulesApplied(transaction, connectionId, applied.settledAt))

  const transferCount = await inHousehold(transaction => proposeTransfers(transaction, householdId))
  const recurringCount = await inHousehold(transaction => findRecurring(transaction, householdId, todayIn(household.timezone)))
  return { labelCount, transferCount, recurringCount }
}

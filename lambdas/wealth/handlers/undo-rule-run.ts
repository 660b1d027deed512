import { changesOfRun, ruleRunRows, undoRuleChanges } from '../../../db/queries/wealth/rules.ts'
import { Problem } from '../../runtime/problem.ts'
import { requireRow } from '../../runtime/resource/handlers.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { ruleRuns } from '../resources/rules.ts'
import { wealthRoutes } from '../routes.ts'

const SHOWN_KEPT = 100

export const handler = serve(wealthRoutes['undo-rule-run'], async ({ params, transaction }) => {
  const run = requireRow(await ruleRunRows.lock(transaction, params.ruleRunId), ruleRuns)
  if (run.undoneAt !== null) throw new Problem('already-undone', 'This run of rules was undone before.')
  const undone = await undoRuleChanges(transaction, run.householdId, run.id)
  const kept = (await changesOfRun(transaction, run.id)).filter(({ id }) => !undone.has(id))
  const row = requireRow(await ruleRunRows.update(transaction, run.id, { undoneAt: new Date().toISOString() }, undefined), ruleRuns)
  return ok({
    run: ruleRuns.present(row),
    restoredCount: undone.size,
    keptCount: kept.length,
    kept: kept.slice(0, SHOWN_KEPT).map(({ date, description, field, transactionId }) => ({ date, description, field, transactionId })),
  })
})

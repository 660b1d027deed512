import { lotElectionRows } from '../../../db/queries/wealth/index.ts'
import { requireRow } from '../../runtime/resource/handlers.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { refuseElection } from '../lot-election-checks.ts'
import { recalculateInRequest } from '../recalculate-lots.ts'
import { lotElections } from '../resources/lot-elections.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['update-lot-election'], async ({ body, expectedVersion, params, transaction }) => {
  const current = requireRow(await lotElectionRows.lock(transaction, params.electionId, expectedVersion), lotElections)
  await refuseElection(transaction, { ...current, method: body.method ?? current.method })
  const row = requireRow(await lotElectionRows.update(transaction, current.id, body, current.version), lotElections)
  await recalculateInRequest(transaction, row.householdId)
  return ok(lotElections.present(row), row.version)
})

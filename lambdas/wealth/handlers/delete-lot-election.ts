import { lotElectionRows } from '../../../db/queries/wealth/index.ts'
import { requireRow } from '../../runtime/resource/handlers.ts'
import { noContent, serve } from '../../runtime/serve.ts'
import { recalculateInRequest } from '../recalculate-lots.ts'
import { lotElections } from '../resources/lot-elections.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['delete-lot-election'], async ({ expectedVersion, params, transaction }) => {
  const row = requireRow(await lotElectionRows.remove(transaction, params.electionId, expectedVersion), lotElections)
  await recalculateInRequest(transaction, row.householdId)
  return noContent()
})

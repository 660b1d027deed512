import { lotElectionRows } from '../../../db/queries/wealth/index.ts'
import { created, serve } from '../../runtime/serve.ts'
import { refuseElection } from '../lot-election-checks.ts'
import { recalculateInRequest } from '../recalculate-lots.ts'
import { lotElections } from '../resources/lot-elections.ts'
import { wealthRoutes } from '../routes.ts'
import { lockAccount } from '../store-entry.ts'

export const handler = serve(wealthRoutes['create-lot-election'], async ({ body, transaction }) => {
  const { householdId } = await lockAccount(transaction, body.accountId, 'body.accountId')
  await refuseElection(transaction, { ...body, symbol: body.symbol ?? null })
  const row = await lotElectionRows.insert(transaction, { ...body, symbol: body.symbol ?? null, householdId })
  await recalculateInRequest(transaction, householdId)
  return created(lotElections.present(row), `${lotElections.path}/${row.id}`, row.version)
})

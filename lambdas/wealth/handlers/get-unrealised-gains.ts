import { areLotsCurrent } from '../../../db/queries/wealth/index.ts'
import { unrealisedReport } from '../../../domain/wealth/index.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { readUnrealised } from '../harvest.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['get-unrealised-gains'], async ({ query: { householdId }, transaction }) => {
  const { lots, today } = await readUnrealised(transaction, householdId)
  return ok({ ...unrealisedReport(lots, today), isCurrent: await areLotsCurrent(transaction, householdId) })
})

import { findAssumptionSet } from '../../../db/queries/planning/assumptions.ts'
import { notFound } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { presentAssumptionSet } from '../present.ts'
import { planningRoutes } from '../routes.ts'

export const handler = serve(planningRoutes['get-assumption-set'], async ({ params, transaction }) => {
  const row = await findAssumptionSet(transaction, params.assumptionSetId)
  if (!row) throw notFound('set of capital market assumptions')
  return ok(presentAssumptionSet(row), row.rowVersion)
})

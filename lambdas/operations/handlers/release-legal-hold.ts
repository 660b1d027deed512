import { releaseHold } from '../../../db/queries/operations/retention/policies.ts'
import { notFound } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { legalHolds } from '../retention-resources.ts'
import { operationsRoutes } from '../routes.ts'

export const handler = serve(operationsRoutes['release-legal-hold'], async ({ params, transaction, user }) => {
  const hold = await releaseHold(transaction, params.holdId, user.id)
  if (!hold) throw notFound('legal hold in force')
  return ok(legalHolds.present(hold))
})

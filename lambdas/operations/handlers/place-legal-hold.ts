import { fieldProblem } from '../../runtime/problem.ts'
import { creating } from '../../runtime/resource/handlers.ts'
import { serve } from '../../runtime/serve.ts'
import { legalHolds } from '../retention-resources.ts'
import { operationsRoutes } from '../routes.ts'

export const handler = serve(
  operationsRoutes['place-legal-hold'],
  creating(legalHolds, ({ body: { householdId = null, reason, userId = null }, user }) => {
    if ((userId === null) === (householdId === null))
      throw fieldProblem('invalid-request', [{ path: 'body.userId', message: 'must be given, or householdId, and not both' }])
    return { userId, householdId, reason, placedBy: user.id }
  }),
)

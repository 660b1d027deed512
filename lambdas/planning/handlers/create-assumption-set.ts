import { validateAssumptions } from '../../../domain/planning/index.ts'
import { Problem } from '../../runtime/problem.ts'
import { creating } from '../../runtime/resource/handlers.ts'
import { serve } from '../../runtime/serve.ts'
import { assumptionSets } from '../resources.ts'
import { planningRoutes } from '../routes.ts'

export const handler = serve(
  planningRoutes['create-assumption-set'],
  creating(assumptionSets, ({ body, user }) => {
    const errors = validateAssumptions(body.assumptions).map(issue => ({ ...issue, path: `body.assumptions.${issue.path}` }))
    if (errors.length > 0) throw new Problem(422, 'These assumptions contradict themselves.', { errors })
    return { ...body, userId: user.id }
  }),
)

import { sql } from 'drizzle-orm'
import { creating } from '../../runtime/resource/handlers.ts'
import { serve } from '../../runtime/serve.ts'
import { people } from '../resources.ts'
import { identityRoutes } from '../routes.ts'

export const handler = serve(
  identityRoutes['create-person'],
  creating(people, ({ body: { riskTolerance, ...body }, params }) => ({
    ...body,
    ...params,
    riskTolerance: riskTolerance?.toFixed(2) ?? null,
    ...(body.kycStatus === 'verified' ? { kycVerifiedAt: sql`now()` } : {}),
  })),
)

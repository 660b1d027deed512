import { sql } from 'drizzle-orm'
import { people as personTable } from '../../../db/schema/identity/people.ts'
import { changing } from '../../runtime/resource/handlers.ts'
import { serve } from '../../runtime/serve.ts'
import { people } from '../resources.ts'
import { identityRoutes } from '../routes.ts'

/** A person who is verified already keeps the time of it. */
const verifiedNow = sql`coalesce(${personTable.kycVerifiedAt}, now())`

export const handler = serve(
  identityRoutes['update-person'],
  changing(people, ({ body: { riskTolerance, ...body } }) => ({
    ...body,
    ...(riskTolerance === undefined ? {} : { riskTolerance: riskTolerance?.toFixed(2) ?? null }),
    ...(body.kycStatus === undefined ? {} : { kycVerifiedAt: body.kycStatus === 'verified' ? verifiedNow : null }),
  })),
)

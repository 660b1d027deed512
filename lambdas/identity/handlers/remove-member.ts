import { lockOwnHousehold } from '../../../db/queries/identity/households.ts'
import { removing } from '../../runtime/resource/handlers.ts'
import { serve } from '../../runtime/serve.ts'
import { members } from '../resources.ts'
import { identityRoutes } from '../routes.ts'

export const handler = serve(identityRoutes['remove-member'], async context => {
  // Row-level security lets owners remove any member. If another owner is removing the caller now, the caller waits, and is then refused.
  await lockOwnHousehold(context.transaction, context.params.householdId)
  return removing(members)(context)
})

import { eq } from 'drizzle-orm'
import { personRows } from '../../../db/queries/identity/people.ts'
import { accountsOfBeneficiary, accountsOwnedBy } from '../../../db/queries/wealth/index.ts'
import { people as personTable } from '../../../db/schema/identity/people.ts'
import { Problem } from '../../runtime/problem.ts'
import { removing } from '../../runtime/resource/handlers.ts'
import { serve } from '../../runtime/serve.ts'
import { people } from '../resources.ts'
import { identityRoutes } from '../routes.ts'

const remove = removing(people)

export const handler = serve(identityRoutes['delete-person'], async context => {
  const { expectedVersion, params, transaction } = context
  const { householdId, personId } = params
  const found = await personRows.lock(transaction, personId, expectedVersion, eq(personTable.householdId, householdId))
  if (!('refused' in found)) {
    const owned = await accountsOwnedBy(transaction, personId)
    if (owned.length > 0) throw new Problem('person-in-use', `The person owns ${owned.join(', ')}.`)
    const left = await accountsOfBeneficiary(transaction, personId)
    if (left.length > 0) throw new Problem('person-in-use', `The person is a beneficiary of ${left.join(', ')}.`)
  }
  return remove(context)
})

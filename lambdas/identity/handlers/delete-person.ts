import { accountsOfBeneficiary, accountsOwnedBy } from '../../../db/queries/wealth/accounts.ts'
import { Problem } from '../../runtime/problem.ts'
import { removing } from '../../runtime/resource/handlers.ts'
import { serve } from '../../runtime/serve.ts'
import { people } from '../resources.ts'
import { identityRoutes } from '../routes.ts'

const remove = removing(people)

export const handler = serve(identityRoutes['delete-person'], async context => {
  const { params, transaction } = context
  const owned = await accountsOwnedBy(transaction, params.personId)
  const left = await accountsOfBeneficiary(transaction, params.personId)
  if (owned.length > 0) throw new Problem('person-in-use', `The person owns ${owned.join(', ')}.`)
  if (left.length > 0) throw new Problem('person-in-use', `The person is a beneficiary of ${left.join(', ')}.`)
  return remove(context)
})

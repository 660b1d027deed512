import { eq } from 'drizzle-orm'
import { personRows } from '../../../db/queries/identity/people.ts'
import { usesOfPerson } from '../../../db/queries/wealth/index.ts'
import { people as personTable } from '../../../db/schema/identity/people.ts'
import { Problem } from '../../runtime/problem.ts'
import { removing } from '../../runtime/resource/handlers.ts'
import { serve } from '../../runtime/serve.ts'
import { people } from '../resources.ts'
import { identityRoutes } from '../routes.ts'

const remove = removing(people)

const said = (verb: string, names: readonly string[]): string[] => (names.length === 0 ? [] : [`${verb} ${names.join(', ')}`])

export const handler = serve(identityRoutes['delete-person'], async context => {
  const { expectedVersion, params, transaction } = context
  const { householdId, personId } = params
  const found = await personRows.lock(transaction, personId, expectedVersion, eq(personTable.householdId, householdId))
  if (!('refused' in found)) {
    const { accountsGivenTo, accountsLeft, accountsOwned, accountsSaved, goals } = await usesOfPerson(transaction, personId)
    const uses = [
      ...said('owns', accountsOwned),
      ...said('is a beneficiary of', accountsLeft),
      ...said('is the student of', accountsSaved),
      ...said('has contributed to', accountsGivenTo),
      ...said(goals.length === 1 ? 'is named by the goal' : 'is named by the goals', goals),
    ]
    if (uses.length > 0) throw new Problem('person-in-use', `The person ${uses.join(', and ')}.`)
  }
  return remove(context)
})

import { areLotsCurrent, findLotProblems, listPositions } from '../../../db/queries/wealth/index.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { todayOf } from '../household-day.ts'
import { presentPosition, presentProblem } from '../present-lots.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['list-positions'], async ({ query: { householdId }, transaction }) => {
  const date = await todayOf(transaction, householdId)
  const items = await listPositions(transaction, householdId, date)
  const problems = await findLotProblems(transaction, householdId, null)
  return ok({
    date,
    isCurrent: await areLotsCurrent(transaction, householdId),
    items: items.map(presentPosition),
    problems: problems.map(presentProblem),
  })
})

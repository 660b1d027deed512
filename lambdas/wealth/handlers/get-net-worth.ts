import { householdRows } from '../../../db/queries/identity/index.ts'
import { accountsOfHousehold } from '../../../db/queries/wealth/accounts.ts'
import { dateOfEpochDay, epochDayOf } from '../../../domain/shared/index.ts'
import { fieldProblem, notFound } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { todayIn } from '../../runtime/today.ts'
import { presentNetWorth } from '../present-net-worth.ts'
import { readNetWorth } from '../read-net-worth.ts'
import { wealthRoutes } from '../routes.ts'

const nothing = { from: null, to: null, total: null, dates: [], accounts: [] }

export const handler = serve(wealthRoutes['get-net-worth'], async ({ query, transaction }) => {
  const household = await householdRows.find(transaction, query.householdId)
  if (!household) throw notFound('household')
  if (query.from !== undefined && query.to !== undefined && query.from > query.to)
    throw fieldProblem('invalid-request', [{ path: 'query.from', message: 'must not be after `to`' }])
  const today = todayIn(household.timezone)
  const to = query.to === undefined || query.to > today ? today : query.to
  const from = query.from === undefined ? undefined : epochDayOf(query.from > to ? to : query.from)
  const accounts = new Map((await accountsOfHousehold(transaction, household.id)).map(account => [account.id, account]))
  const found = await readNetWorth(transaction, household, [...accounts.keys()], today, { from, to: epochDayOf(to) })
  const { currency } = household
  if (!found) return ok({ currency, firstDate: null, ...nothing, unpriced: [], unconverted: [] })
  const { firstDay, range, unconverted, unpriced } = found
  return ok({
    currency,
    firstDate: dateOfEpochDay(firstDay),
    ...(range ? presentNetWorth(range, accounts) : nothing),
    unpriced: [...unpriced],
    unconverted: [...unconverted],
  })
})

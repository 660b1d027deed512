import { householdRows } from '../../../db/queries/identity/index.ts'
import { accountsOfHousehold } from '../../../db/queries/wealth/accounts.ts'
import { dateOfEpochDay, epochDayOf } from '../../../domain/shared/index.ts'
import { chartDays, sumAccounts } from '../../../domain/wealth/net-worth/index.ts'
import { fieldProblem, notFound } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { todayIn } from '../../runtime/today.ts'
import { changeOf, presentNetWorth } from '../read-net-worth.ts'
import { readHistory } from '../read-performance.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['get-net-worth'], async ({ query, transaction }) => {
  const household = await householdRows.find(transaction, query.householdId)
  if (!household) throw notFound('household')
  const { currency } = household
  const today = todayIn(household.timezone)
  const accounts = new Map((await accountsOfHousehold(transaction, household.id)).map(account => [account.id, account]))
  const history = await readHistory(transaction, [...accounts.keys()], currency, today)
  if (query.from !== undefined && query.to !== undefined && query.from > query.to)
    throw fieldProblem('invalid-request', [{ path: 'query.from', message: 'must not be after `to`' }])
  const to = query.to === undefined || query.to > today ? today : query.to
  if (!history || epochDayOf(to) < history.firstDay) {
    const firstDate = history ? dateOfEpochDay(history.firstDay) : null
    return ok({ currency, firstDate, from: null, to: null, total: null, dates: [], accounts: [], unpriced: [], unconverted: [] })
  }
  const { firstDay } = history
  const from = Math.max(firstDay, query.from === undefined ? firstDay : epochDayOf(query.from))
  const lastDay = epochDayOf(to)
  const days = chartDays(from - 1, lastDay)
  const changes = sumAccounts(history).map(account => changeOf(account, firstDay, from, lastDay, days))
  return ok({
    currency,
    firstDate: dateOfEpochDay(firstDay),
    from: dateOfEpochDay(from),
    to,
    ...presentNetWorth(changes, accounts, days),
    unpriced: [...history.unpriced],
    unconverted: [...history.unconverted],
  })
})

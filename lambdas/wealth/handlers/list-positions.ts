import { accountsWithBalances } from '../../../db/queries/wealth/accounts.ts'
import { areLotsCurrent, findLotProblems, listPositions } from '../../../db/queries/wealth/index.ts'
import { accountBases, isDebt } from '../../../domain/wealth/index.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { todayOf } from '../household-day.ts'
import { presentBasis, presentPosition, presentProblem } from '../present-lots.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['list-positions'], async ({ query: { householdId }, transaction }) => {
  const date = await todayOf(transaction, householdId)
  const items = (await listPositions(transaction, householdId, date)).map(presentPosition)
  const problems = await findLotProblems(transaction, householdId, null)
  const accounts = (await accountsWithBalances(transaction, householdId))
    .filter(({ closedOn, type }) => closedOn === null && !isDebt(type))
    .map(account => ({ ...account, balance: account.balance.current }))
  return ok({
    date,
    isCurrent: await areLotsCurrent(transaction, householdId),
    items,
    problems: problems.map(presentProblem),
    accounts: accountBases(accounts, items, problems).map(presentBasis),
  })
})

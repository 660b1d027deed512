import { householdRows } from '../../../db/queries/identity/index.ts'
import { accountsWithBalances } from '../../../db/queries/wealth/accounts.ts'
import { beneficiariesOfHousehold } from '../../../db/queries/wealth/beneficiaries.ts'
import { estateOf, isDebt } from '../../../domain/wealth/index.ts'
import { notFound } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { todayIn } from '../../runtime/today.ts'
import { byRank } from '../beneficiary-lists.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['get-estate'], async ({ query, transaction }) => {
  const household = await householdRows.find(transaction, query.householdId)
  if (!household) throw notFound('household')
  const all = await accountsWithBalances(transaction, household.id)
  const beneficiaries = Map.groupBy(await beneficiariesOfHousehold(transaction, household.id), ({ accountId }) => accountId)
  return ok({
    date: todayIn(household.timezone),
    ...estateOf(
      all
        .filter(({ closedOn, type }) => closedOn === null && !isDebt(type))
        .map(({ balance, currency, id, name, ownerId, type }) => ({
          accountId: id,
          name,
          type,
          ownerId,
          currency,
          currentBalance: balance.current,
          ...byRank(beneficiaries.get(id) ?? []),
        })),
    ),
  })
})

import { householdRows } from '../../../db/queries/identity/index.ts'
import { checkedParts, findHealth, reportHealth } from '../../../domain/wealth/data-health/index.ts'
import { notFound } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { todayIn } from '../../runtime/today.ts'
import { readHealthFacts } from '../read-data-health.ts'
import { wealthRoutes } from '../routes.ts'

/** Findings of one check in an answer. */
const most = 100

export const handler = serve(wealthRoutes['get-data-health'], async ({ query: { householdId }, transaction }) => {
  const household = await householdRows.find(transaction, householdId)
  if (!household) throw notFound('household')
  const now = new Date()
  const facts = await readHealthFacts(transaction, household, todayIn(household.timezone, now), now.toISOString())
  return ok({ date: facts.today, ...reportHealth(findHealth(facts), most), checked: checkedParts(facts) })
})

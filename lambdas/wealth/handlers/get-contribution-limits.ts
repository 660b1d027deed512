import { householdRows } from '../../../db/queries/identity/index.ts'
import { consequenceOf, contributionChecks, contributionTables, type LimitCheck } from '../../../domain/us-tax/index.ts'
import { invalidValue, notFound } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { todayIn } from '../../runtime/today.ts'
import { readContributionFacts } from '../contribution-facts.ts'
import { wealthRoutes } from '../routes.ts'

const years = contributionTables.map(table => table.year)

const present = ({ deposits, left, limit, missing, over, overElsewhere, parts, used, ...check }: LimitCheck, year: number) => {
  const { excisePerYear, ...consequence } = consequenceOf({ ...check, over, overElsewhere }, year)
  return {
    ...check,
    ...consequence,
    status: missing.length > 0 ? 'incomplete' : over?.greaterThan(0) ? 'over' : 'within',
    limit: limit?.toFixed(2) ?? null,
    parts: parts.map(({ amount, kind, months = null }) => ({ kind, amount: amount.toFixed(2), months })),
    used: used.toFixed(2),
    left: left?.toFixed(2) ?? null,
    over: over?.toFixed(2) ?? null,
    overElsewhere: overElsewhere.toFixed(2),
    excisePerYear: excisePerYear?.toFixed(2) ?? null,
    missing,
    deposits: deposits.map(({ account, amount, date, id, source, taxYear }) => ({
      transactionId: id,
      accountId: account.id,
      accountName: account.name,
      date,
      amount: amount.toFixed(2),
      source,
      taxYear,
    })),
  }
}

export const handler = serve(wealthRoutes['get-contribution-limits'], async ({ query, transaction }) => {
  const household = await householdRows.find(transaction, query.householdId)
  if (!household) throw notFound('household')
  const thisYear = Number(todayIn(household.timezone).slice(0, 4))
  const year = query.year ?? years.findLast(each => each <= thisYear) ?? years.at(-1)!
  const table = contributionTables.find(each => each.year === year)
  if (!table) throw invalidValue('query.year', `must be one of ${years.join(', ')}: there are no limits for ${year}`)
  const { facts, uncounted, version } = await readContributionFacts(transaction, household.id, year)
  const { electiveDeferral, gift, hsa, ira, simple } = table
  return ok({
    householdId: household.id,
    year,
    years,
    sources: [...new Set([electiveDeferral, simple, ira, hsa, gift].map(({ source }) => source))],
    checks: contributionChecks(facts).map(check => present(check, year)),
    uncounted,
    factsVersion: version,
  })
})

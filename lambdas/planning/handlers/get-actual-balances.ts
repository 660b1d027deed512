import { householdRows } from '../../../db/queries/identity/index.ts'
import { type CalendarDate, formatMoney, lastDayOfMonth, listMonths, monthOf, parseMoney, sumMoney } from '../../../domain/shared/index.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { todayIn } from '../../runtime/today.ts'
import { readActuals } from '../actual-balances.ts'
import { requireResult } from '../lookups.ts'
import { accountsOfRun, compareWithRun, coversDay, provenanceOf } from '../plan-versus-actual.ts'
import { planningRoutes } from '../routes.ts'

/** The most month ends of an answer: those before are left out. */
const mostMonths = 120

/** The as-of date, the ends of the months after it, and today. */
const daysUntil = (asOfDate: CalendarDate, today: CalendarDate): CalendarDate[] => {
  if (asOfDate > today) return [today]
  const ends = listMonths(monthOf(asOfDate), monthOf(today)).map(lastDayOfMonth)
  return [...new Set([asOfDate, ...ends.filter(date => date < today).slice(-mostMonths), today])]
}

export const handler = serve(planningRoutes['get-actual-balances'], async ({ params, transaction }) => {
  const run = await requireResult(transaction, params.runId)
  const household = await householdRows.find(transaction, run.householdId)
  const today = todayIn(household!.timezone)
  const accounts = await accountsOfRun(transaction, run)
  const days = await readActuals(transaction, run.householdId, accounts, daysUntil(provenanceOf(run).asOfDate, today))
  const { found, missing } = days.at(-1)!
  const known = days.filter(day => accounts.length > 0 && day.missing.length === 0)
  return ok({
    date: today,
    items: known.map(({ date, found: balances }) => ({
      date,
      balance: formatMoney(sumMoney(balances.map(({ balance }) => parseMoney(balance, 'USD'))), 'USD'),
    })),
    now: known.at(-1)?.date === today && coversDay(run, today) ? compareWithRun(run, today, found) : null,
    missing,
  })
})

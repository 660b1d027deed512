import type * as z from 'zod'
import type { Transaction } from '../../db/database.ts'
import { householdRows } from '../../db/queries/identity/index.ts'
import { accountsOfHousehold } from '../../db/queries/wealth/accounts.ts'
import { portfolioRows } from '../../db/queries/wealth/index.ts'
import { dateOfEpochDay, epochDayOf } from '../../domain/shared/index.ts'
import { type DayRange, type HoldingHistory, isDebt, performancePeriods, type PeriodName, type Unknown } from '../../domain/wealth/index.ts'
import { fieldProblem, invalidReference, notFound } from '../runtime/problem.ts'
import { todayIn } from '../runtime/today.ts'
import { readHistory, type ReadHistory } from './read-performance.ts'
import type { performanceQuery } from './schemas/performance.ts'

type Query = z.output<typeof performanceQuery>

/** Types of accounts that are investments, for the performance of a whole household. */
const invested: ReadonlySet<string> = new Set(['investment', 'retirement', 'private_asset'])

export interface Scope {
  readonly currency: string
  readonly today: string
  readonly benchmarkId: string | null
  /** Undefined if there is nothing to follow. */
  readonly history: ReadHistory | undefined
  /** Those that were asked for. */
  readonly holdings: readonly HoldingHistory[]
}

/** The accounts that a query is about. Throws 404 for a household of others, and a 422 for a portfolio or an account that is not in it. */
const accountsOf = async (transaction: Transaction, { accountId, householdId, portfolioId }: Query) => {
  const household = await householdRows.find(transaction, householdId)
  if (!household) throw notFound('household')
  const portfolio = portfolioId === undefined ? undefined : await portfolioRows.find(transaction, portfolioId)
  if (portfolioId !== undefined && portfolio?.householdId !== householdId)
    throw invalidReference('query.portfolioId', 'portfolio in the household')
  const accounts = (await accountsOfHousehold(transaction, householdId)).filter(({ type }) => !isDebt(type))
  const inScope = portfolio
    ? accounts.filter(({ id }) => portfolio.accountIds.includes(id))
    : accounts.filter(({ id, type }) => (accountId === undefined ? invested.has(type) : id === accountId))
  const wanted = inScope.map(({ id }) => id).filter(id => accountId === undefined || id === accountId)
  if (accountId !== undefined && wanted.length === 0)
    throw invalidReference('query.accountId', portfolio ? 'account in the portfolio' : 'account in the household that is not a debt')
  return { accountIds: wanted, currency: portfolio?.currency ?? household.currency, benchmarkId: portfolio?.benchmarkId ?? null, household }
}

/** The history of what a query is about. Throws a 422 for a security that was never held there. */
export const readScope = async (transaction: Transaction, query: Query): Promise<Scope> => {
  const { accountIds, benchmarkId, currency, household } = await accountsOf(transaction, query)
  const today = todayIn(household.timezone)
  const history = await readHistory(transaction, accountIds, currency, today)
  const holdings = history?.holdings.filter(({ symbol }) => query.symbol === undefined || symbol === query.symbol) ?? []
  if (query.symbol !== undefined && holdings.length === 0) throw invalidReference('query.symbol', 'security that was held')
  return { currency, today, benchmarkId, history, holdings }
}

/** The first day on which a holding has a value or a flow. */
const firstDayOf = ({ firstDay, lastDay }: ReadHistory, holdings: readonly HoldingHistory[]): number =>
  holdings.reduce((first, { flow, value }) => {
    const day = value.findIndex((worth, index) => worth !== 0 || flow[index] !== 0)
    return day < 0 ? first : Math.min(first, firstDay + day)
  }, lastDay)

export interface Ranges {
  readonly firstDate: string
  readonly range: DayRange
  readonly periods: Readonly<Record<PeriodName, { readonly from: string; readonly to: string; readonly days: DayRange } | Unknown>>
}

/** The range of a query within a history, and the usual ones. Throws a 400 that names the field for a range outside of the history. */
export const rangesOf = (query: Query, { history, holdings, today }: Scope & { readonly history: ReadHistory }): Ranges => {
  const firstDate = dateOfEpochDay(firstDayOf(history, holdings))
  const periods = performancePeriods(firstDate, today)
  const refuse = (path: string, message: string) => fieldProblem('invalid-request', [{ path: `query.${path}`, message }])
  if (query.period !== undefined && (query.from !== undefined || query.to !== undefined))
    throw refuse('period', 'must be left out with `from` or `to`')
  const period = periods[query.period ?? 'since_inception']
  if (query.period !== undefined && !('days' in period))
    throw refuse('period', `the history begins on ${firstDate}, after the first day of the period`)
  const from = query.from ?? ('days' in period ? period.from : firstDate)
  const to = query.to ?? today
  if (from < firstDate) throw refuse('from', `must not be before ${firstDate}, the first day of the history`)
  if (to > today) throw refuse('to', `must not be after today, ${today}`)
  if (from > to) throw refuse('from', 'must not be after `to`')
  return { firstDate, range: { from: epochDayOf(from), to: epochDayOf(to) }, periods }
}

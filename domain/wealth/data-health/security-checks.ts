import { Decimal } from '../../shared/index.ts'
import { type LotProblemKind, lotProblems } from '../lots/index.ts'
import { classify } from '../portfolios/index.ts'
import { type Finding, found, securitySubject } from './checks.ts'
import type { HealthFacts, HealthLotProblem } from './facts.ts'
import { elapsed, healthLimits, ofMinutes } from './limits.ts'

const negative: ReadonlySet<LotProblemKind> = new Set(['oversold', 'overcovered'])

/** What lots of a security in an account lack, once for each reason, with the first day. */
const checkLots = ({ accounts, lotProblems: all, securities }: HealthFacts): Finding[] => {
  const names = new Map(accounts.map(({ id, name }) => [id, name]))
  const listings = new Map(securities.map(({ listing, symbol }) => [symbol, listing?.name]))
  const reasonOf = ({ kind }: HealthLotProblem) => (negative.has(kind) ? 'negative' : kind)
  const groups = Map.groupBy(all, problem => `${problem.accountId} ${problem.symbol} ${reasonOf(problem)}`)
  return [...groups.values()].map(problems => {
    const first = problems.toSorted((one, other) => (one.date < other.date ? -1 : 1))[0]!
    const { accountId, date, kind, symbol } = first
    const subject = securitySubject(symbol, listings.get(symbol))
    const facts = { accountId, accountName: names.get(accountId) ?? '', date, count: problems.length }
    const quantity = problems.reduce((sum, problem) => sum.plus(problem.quantity), new Decimal(0)).toFixed()
    if (negative.has(kind)) return found('negative_position', subject, { ...facts, quantity })
    if (kind === 'unknown_basis') return found('unknown_cost_basis', subject, { ...facts, quantity })
    return found('incomplete_lots', subject, { ...facts, message: lotProblems[kind] })
  })
}

/** Positions and lots that are wrong or not complete. */
export const checkSecurities = (facts: HealthFacts): Finding[] => {
  const { accounts, heldThroughSplits, household, lotWork, now, securities } = facts
  const names = new Map(accounts.map(({ id, name }) => [id, name]))
  const listings = new Map(securities.map(({ listing, symbol }) => [symbol, listing?.name]))
  const inAccount = (accountId: string) => ({ accountId, accountName: names.get(accountId) ?? '' })
  const isLate = lotWork !== null && elapsed(lotWork.since, now) > ofMinutes(healthLimits.workMinutes)
  return [
    ...(isLate ? [found('lots_under_way', { kind: 'household', id: household.id, name: household.name }, lotWork)] : []),
    ...checkLots(facts),
    ...heldThroughSplits.map(({ accountId, symbol, ...split }) =>
      found('split_not_entered', securitySubject(symbol, listings.get(symbol)), { ...inAccount(accountId), ...split }),
    ),
    ...securities.flatMap(({ accountId, classes, hasSymbol, listing, quantity, symbol }) => {
      const subject = securitySubject(symbol, listing?.name)
      if (!hasSymbol && listing === null) return [found('unnamed_security', subject, { ...inAccount(accountId), quantity })]
      return classify(classes ?? undefined, listing ?? undefined).source === 'none'
        ? [found('unclassified_security', subject, inAccount(accountId))]
        : []
    }),
  ]
}

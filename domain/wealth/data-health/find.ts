import { checkAccounts } from './account-checks.ts'
import { type Finding, type HealthArea, healthAreas, type HealthCheck, healthChecks, severities, type Severity } from './checks.ts'
import type { HealthFacts } from './facts.ts'
import { checkPrices } from './price-checks.ts'
import { checkRates } from './rate-checks.ts'
import { checkSecurities } from './security-checks.ts'
import { checkSources } from './source-checks.ts'
import { checkTransactions } from './transaction-checks.ts'

const order = Object.keys(healthChecks) as HealthCheck[]

const compareText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)

const compare = (one: Finding, other: Finding): number =>
  severities.indexOf(one.severity) - severities.indexOf(other.severity) ||
  order.indexOf(one.check) - order.indexOf(other.check) ||
  compareText(one.subject.name, other.subject.name) ||
  compareText(one.subject.id, other.subject.id)

/** What is wrong with the data of a household, the gravest first, then in the order of the checks. */
export const findHealth = (facts: HealthFacts): Finding[] =>
  [checkPrices, checkRates, checkSecurities, checkAccounts, checkSources, checkTransactions]
    .flatMap(check => check(facts))
    .toSorted(compare)

export interface HealthReport {
  readonly counts: Readonly<Record<Severity, number>>
  /** The findings, of each check the first ones. */
  readonly items: readonly Finding[]
  /** How many findings are left out, by check. */
  readonly leftOut: readonly { readonly check: HealthCheck; readonly count: number }[]
}

/** A report of findings in their order, with at most `most` of each check. */
export const reportHealth = (findings: readonly Finding[], most: number): HealthReport => {
  const byCheck = Map.groupBy(findings, ({ check }) => check)
  const shown = new Set([...byCheck.values()].flatMap(each => each.slice(0, most)))
  const countOf = (severity: Severity) => findings.filter(finding => finding.severity === severity).length
  return {
    counts: { problem: countOf('problem'), warning: countOf('warning'), hint: countOf('hint') },
    items: findings.filter(finding => shown.has(finding)),
    leftOut: [...byCheck].flatMap(([check, { length }]) => (length > most ? [{ check, count: length - most }] : [])),
  }
}

/** How many checks were made of how many securities, currencies, accounts, connections and imports. Transactions are checked by account. */
export const checkedParts = ({ accounts, connections, imports, securities }: HealthFacts) => {
  const currencies = new Set([...accounts.map(({ currency }) => currency), ...securities.flatMap(({ listing }) => listing?.currency ?? [])])
  const subjects: Readonly<Record<HealthArea, number>> = {
    prices: securities.length,
    rates: currencies.size,
    securities: securities.length,
    accounts: accounts.length,
    connections: connections.length,
    imports: imports.length,
    transactions: accounts.length,
  }
  const checks = Object.values(healthChecks)
  return healthAreas.map(area => ({ area, checks: checks.filter(check => check.area === area).length, subjects: subjects[area] }))
}

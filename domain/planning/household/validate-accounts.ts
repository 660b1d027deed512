import type { Checklist } from './checklist.ts'
import { HOUSEHOLD_LIMITS } from './limits.ts'
import type { Account, HouseholdSpec } from './spec.ts'
import { checkEntries, checkPeriod } from './validate-cash-flows.ts'

const { money, accounts: mostAccounts, years: mostYears } = HOUSEHOLD_LIMITS

export function checkAccounts(check: Checklist, spec: HouseholdSpec): void {
  const { accounts } = spec
  check.that(accounts.length <= mostAccounts, 'accounts', `must have at most ${mostAccounts} entries`)
  check.that(
    accounts.some(account => account.kind === 'taxable'),
    'accounts',
    'must include a taxable one, which cash flows into; it may be empty',
  )
  check.keys('accounts', accounts)
  for (const [index, account] of accounts.entries()) checkAccount(check, spec, account, `accounts.${index}`)
}

function checkAccount(check: Checklist, spec: HouseholdSpec, account: Account, path: string): void {
  check.that(
    ['taxable', 'traditional', 'roth', 'hsa', 'education_529'].includes(account.kind),
    `${path}.kind`,
    'must be taxable, traditional, roth, hsa or education_529',
  )
  check.known(`${path}.owner`, account.owner, spec.people, 'a person')
  check.number(`${path}.openingBalance`, account.openingBalance, 0, money)
  check.number(`${path}.openingBasis`, account.openingBasis, 0, money)
  check.number(`${path}.feeRate`, account.feeRate, 0, 0.1)
  check.number(`${path}.dividendYield`, account.dividendYield, 0, 1)
  const retirement = account.kind === 'traditional' || account.kind === 'roth'
  check.that(retirement || !account.employerPlan, `${path}.employerPlan`, 'can be true of traditional and Roth accounts only')
  const { rebalancing } = account
  if (rebalancing.kind === 'calendar') check.integer(`${path}.rebalancing.everyYears`, rebalancing.everyYears, 1, mostYears)
  else if (rebalancing.kind === 'threshold') check.number(`${path}.rebalancing.drift`, rebalancing.drift, 0, 1)
  else check.that(rebalancing.kind === 'never', `${path}.rebalancing.kind`, 'must be calendar, threshold or never')
  checkAllocation(check, spec, account, `${path}.allocation`)
}

function checkAllocation(check: Checklist, spec: HouseholdSpec, { allocation }: Account, path: string): void {
  check.that(allocation.length >= 1, path, 'must have at least one entry')
  for (const [index, { year, weights }] of allocation.entries()) {
    const before = allocation[index - 1]
    check.integer(`${path}.${index}.year`, year, 0, mostYears)
    check.that(before === undefined || year > before.year, `${path}.${index}.year`, 'must be above the one before it')
    let total = 0
    for (const [asset, weight] of Object.entries(weights)) {
      check.known(`${path}.${index}.weights.${asset}`, asset, spec.returns.assets, 'an asset of the return model')
      check.number(`${path}.${index}.weights.${asset}`, weight, 0, 1)
      total += weight
    }
    check.that(Math.abs(total - 1) <= 1e-9, `${path}.${index}.weights`, `must sum to 1, not ${total}`)
  }
}

export function checkContributions(check: Checklist, spec: HouseholdSpec): void {
  checkEntries(check, 'contributions', spec.contributions)
  for (const [index, contribution] of spec.contributions.entries()) {
    const path = `contributions.${index}`
    check.known(`${path}.account`, contribution.account, spec.accounts, 'an account')
    checkPeriod(check, path, contribution)
    const { amount, employerMatch, healthCoverage } = contribution
    check.that(
      healthCoverage === undefined || healthCoverage === 'self' || healthCoverage === 'family',
      `${path}.healthCoverage`,
      'must be self or family',
    )
    if (amount.kind === 'fixed') {
      check.number(`${path}.amount.annualAmount`, amount.annualAmount, 0, money)
    } else {
      check.that(amount.kind === 'share_of_income', `${path}.amount.kind`, 'must be fixed or share_of_income')
      checkWorkIncome(check, spec, `${path}.amount.income`, amount.income)
      check.number(`${path}.amount.share`, amount.share, 0, 1)
    }
    if (employerMatch === null) continue
    const account = spec.accounts.find(({ key }) => key === contribution.account)
    check.that(account === undefined || account.employerPlan, `${path}.employerMatch`, "needs an account that is an employer's plan")
    checkWorkIncome(check, spec, `${path}.employerMatch.income`, employerMatch.income)
    check.number(`${path}.employerMatch.rate`, employerMatch.rate, 0, 10)
    check.number(`${path}.employerMatch.upToShareOfIncome`, employerMatch.upToShareOfIncome, 0, 1)
  }
}

function checkWorkIncome(check: Checklist, spec: HouseholdSpec, path: string, key: string): void {
  if (!check.known(path, key, spec.incomes, 'an income')) return
  const { kind } = spec.incomes.find(income => income.key === key)!
  check.that(kind === 'wages' || kind === 'self_employment', path, `must be wages or self_employment, and this is ${kind}`)
}

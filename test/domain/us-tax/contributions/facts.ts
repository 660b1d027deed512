import { Decimal } from '../../../../domain/shared/index.ts'
import {
  type ContributionFacts,
  type Contributor,
  contributionChecks,
  contributionTables,
  type Deposit,
  type LimitCheck,
  type LimitedAccount,
  type LimitedPlan,
  type LimitKind,
} from '../../../../domain/us-tax/index.ts'

type Given<Value> = { readonly [Name in keyof Value]?: Decimal extends Value[Name] ? number | null : Value[Name] }

const decimals = (given: object): object =>
  Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      name,
      typeof value === 'number' && name !== 'medicareFromMonth' && name !== 'year' ? new Decimal(value) : (value as unknown),
    ]),
  )

/** A person, aged 40 in 2024, of whom nothing else is known. Figures are dollars. */
export const personOf = (given: Given<Contributor> = {}): Contributor => ({
  id: 'sam',
  relationship: 'self',
  birthDate: '1984-05-06',
  wages: null,
  selfEmployment: null,
  sepBasis: null,
  wagesYearBefore: null,
  coveredAtWork: null,
  hsaCoverage: null,
  medicareFromMonth: null,
  filingStatus: null,
  modifiedAgi: null,
  ...decimals(given),
})

export const accountOf = (plan: LimitedPlan, given: Partial<LimitedAccount> = {}): LimitedAccount => ({
  id: `${given.ownerId ?? 'sam'} ${plan}`,
  name: plan,
  plan,
  currency: 'USD',
  ownerId: 'sam',
  designatedBeneficiaryId: null,
  ...given,
})

let made = 0
export const depositOf = (account: LimitedAccount, dollars: number, given: Partial<Deposit> = {}): Deposit => ({
  id: `deposit ${++made}`,
  account,
  date: '2024-07-01',
  amount: new Decimal(dollars),
  source: null,
  contributorId: null,
  taxYear: 2024,
  ...given,
})

type GivenFacts = Given<Omit<ContributionFacts, 'people' | 'deposits' | 'accounts' | 'elections'>> &
  Partial<Pick<ContributionFacts, 'people' | 'deposits' | 'accounts' | 'elections'>>

/** What is known of a household in a year. The accounts are those of the deposits, with `accounts`. */
export const factsOf = (given: GivenFacts): ContributionFacts => {
  const { accounts = [], deposits = [], elections = [], people = [personOf()], ...rest } = given
  return {
    year: 2024,
    tables: contributionTables,
    filingStatus: 'single',
    livedApart: null,
    modifiedAgi: null,
    ...decimals(rest),
    people,
    accounts: [...new Set([...accounts, ...deposits.map(({ account }) => account)])],
    deposits,
    elections,
  }
}

/** The checks of a household of one year. */
export const checksOf = (given: GivenFacts): readonly LimitCheck[] => contributionChecks(factsOf(given))

/** The check of a kind, of the person with the id. */
export const checkIn = (checks: readonly LimitCheck[], kind: LimitKind, personId = 'sam'): LimitCheck => {
  const found = checks.find(check => check.kind === kind && check.personId === personId)
  if (!found) throw new Error(`no check of ${kind} for ${personId}`)
  return found
}

/** The figures of a check as text. */
export const figuresOf = ({ left, limit, over, used }: LimitCheck) => ({
  limit: limit?.toFixed(2) ?? null,
  used: used.toFixed(2),
  left: left?.toFixed(2) ?? null,
  over: over?.toFixed(2) ?? null,
})

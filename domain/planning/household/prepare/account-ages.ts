import { distributionPeriod, isFreeOfPenalty, isPenalized, type PenalizedAccount, requiredDistributionAge } from '../../../us-tax/index.ts'
import { givesFromIra } from '../../withdrawals/index.ts'
import { isMarried } from '../filing.ts'
import type { Account, HouseholdSpec } from '../spec.ts'
import type { PersonTimeline } from '../timeline.ts'
import { ALIVE_STATES, BOTH_ALIVE, FIRST_ALIVE } from './income-streams.ts'

const UNIFORM_LIFETIME_FROM = 72
const OLDEST = 120

/** The Uniform Lifetime Table in the form that the RMD-based spending rule needs. */
export function uniformLifetimeDivisors(): { firstAge: number; divisors: number[] } {
  const ages = Array.from({ length: OLDEST - UNIFORM_LIFETIME_FROM + 1 }, (_, index) => UNIFORM_LIFETIME_FROM + index)
  return { firstAge: UNIFORM_LIFETIME_FROM, divisors: ages.map(age => distributionPeriod(age, Number.NaN)) }
}

/** Properties of each account in each year that depend on ages, at [(alive * years + year) * accounts + account]. */
export interface AccountAges {
  /** 1 for early withdrawals. */
  early: Uint8Array
  /** 1 when the owner of a Roth account is too young for earnings free of tax. */
  tooYoung: Uint8Array
  /** Divisor of a required distribution; 0 for none. */
  requiredDivisors: Float64Array
  /** 1 for the IRAs of owners who are old enough to give from them to charity. */
  givesToCharity: Uint8Array
}

/**
 * The survivor owns the other's accounts. Retirement accounts become the survivor's own at 59 1/2; until then the survivor is a beneficiary,
 * who withdraws from them without a penalty (IRC 72(t)(2)(A)(ii), IRS Publication 590-B, "What if you inherit an IRA?").
 */
export function accountAges(spec: HouseholdSpec, people: readonly PersonTimeline[], owners: Int32Array): AccountAges {
  const { accounts, years } = spec
  const married = isMarried(spec)
  const size = ALIVE_STATES * years * accounts.length
  const ages = {
    early: new Uint8Array(size),
    tooYoung: new Uint8Array(size),
    requiredDivisors: new Float64Array(size),
    givesToCharity: new Uint8Array(size),
  }
  for (let alive = 0; alive < ALIVE_STATES; alive++) {
    for (const [index, account] of accounts.entries()) {
      const original = owners[index]!
      const owner = alive === BOTH_ALIVE ? original : alive - FIRST_ALIVE
      const person = people[owner]
      if (person === undefined) continue
      const spouse = married && alive === BOTH_ALIVE ? people[1 - owner] : undefined
      const employer = account.employerPlan && owner === original
      for (let year = 0; year < years; year++) {
        const at = (alive * years + year) * accounts.length + index
        const left = employer && year >= person.retirementYear
        const separatedAtAge = left ? person.leavingAge : Number.POSITIVE_INFINITY
        const months = person.openingAgeMonths + 12 * year
        const asBeneficiary = owner !== original && account.kind !== 'hsa'
        ages.early[at] = !asBeneficiary && isPenalized(penalizedAs(account, employer), months, separatedAtAge) ? 1 : 0
        ages.tooYoung[at] = isFreeOfPenalty(months) ? 0 : 1
        ages.givesToCharity[at] = account.kind === 'traditional' && !employer && givesFromIra(months) ? 1 : 0
        const works = employer && worksThrough(person, year)
        if (account.kind === 'traditional' && !works) ages.requiredDivisors[at] = requiredDivisor(person, spouse, year)
      }
    }
  }
  return ages
}

/** Whether a person works to the end of a year. The year of retirement is the first with a required distribution: 26 CFR 1.401(a)(9)-2. */
function worksThrough({ finalWorkShare, retirementYear }: PersonTimeline, year: number): boolean {
  return year < (finalWorkShare < 1 ? retirementYear - 1 : retirementYear)
}

function penalizedAs(account: Account, employer: boolean): PenalizedAccount {
  if (account.kind === 'hsa') return 'healthSavingsAccount'
  return employer ? 'workplacePlan' : 'ira'
}

function requiredDivisor(person: PersonTimeline, spouse: PersonTimeline | undefined, year: number): number {
  const age = person.openingTaxAge + year
  if (age < requiredDistributionAge(person.birthYear)) return 0
  return distributionPeriod(age, spouse === undefined ? Number.NaN : spouse.openingTaxAge + year)
}

import {
  EARLIEST_CLAIM_MONTHS,
  EARLIEST_SURVIVOR_CLAIM_MONTHS,
  fullRetirementAgeMonths,
  LATEST_CREDIT_MONTHS,
  retirementFactor,
  spouseFactor,
  survivorFactor,
  survivorFullRetirementAgeMonths,
} from './claiming-age.ts'
import { monthNumber } from '../../shared/index.ts'
import { earningsTestExemptionFor } from './wage-series.ts'

/** A person with the ages at which they plan to claim. */
export interface Claimant {
  readonly birthYear: number
  /** 1..12. */
  readonly birthMonth: number
  /** Monthly, in dollars of the simulation's base year (all published cost-of-living adjustments included); 0 without an earnings record. */
  readonly primaryInsuranceAmount: number
  /** 744..840. A spouse's benefit is claimed together with the own benefit, or when the worker claims if that is later (deemed filing). */
  readonly claimAgeMonths: number
  /** At least 720; by default the age at which the survivor's benefit is unreduced. A survivor's benefit starts then, or at the death if later. */
  readonly survivorClaimAgeMonths?: number | undefined
}

interface PreparedClaimant {
  readonly birthYear: number
  /** All months are month numbers: 12 x year + (month - 1). */
  readonly birth: number
  readonly claim: number
  readonly claimAge: number
  readonly full: number
  readonly pia: number
  readonly own: number
  readonly spouseStart: number
  /** In addition to the own benefit. */
  readonly spouse: number
  readonly survivorClaim: number
}

/** Claimants, prepared for a simulation's hot path. Monthly amounts in dollars of the base year. */
export interface PreparedBenefits {
  readonly people: readonly PreparedClaimant[]
  readonly exemptBefore: number
  readonly exemptInYear: number
}

/** A year of a household, overwritten on every path and year. */
export interface BenefitsYear {
  year: number
  /** Price and wage level relative to the base year. Benefits follow prices, the earnings test follows wages. */
  priceIndex: number
  wageIndex: number
  /** Month of each person's death, 12 x year + (month - 1); infinite while alive. Nothing is paid for that month or after. */
  readonly deathMonth: [number, number]
  /** Wages of each person, in dollars of the year. */
  readonly earnings: [number, number]
  /** Months of benefits that the earnings test has withheld so far: from full retirement age on, the claim counts as later by these months. */
  readonly withheldMonths: [number, number]
}

/** Dollars of the year, by person. */
export interface BenefitsResult {
  /** Paid, after the earnings test. */
  readonly paid: [number, number]
  readonly withheld: [number, number]
  /** The withheld amount in months of the own benefit. The caller adds it to `withheldMonths` of later years. */
  readonly withheldMonths: [number, number]
}

export const createBenefitsYear = (year: number): BenefitsYear => ({
  year,
  priceIndex: 1,
  wageIndex: 1,
  deathMonth: [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
  earnings: [0, 0],
  withheldMonths: [0, 0],
})

export const createBenefitsResult = (): BenefitsResult => ({ paid: [0, 0], withheld: [0, 0], withheldMonths: [0, 0] })

const birthOf = (person: Claimant): number => monthNumber(person.birthYear, person.birthMonth)

function prepareClaimant(person: Claimant, worker: Claimant | undefined): PreparedClaimant {
  const { birthYear, claimAgeMonths, primaryInsuranceAmount: pia, survivorClaimAgeMonths } = person
  if (claimAgeMonths < EARLIEST_CLAIM_MONTHS || claimAgeMonths > LATEST_CREDIT_MONTHS) {
    throw new RangeError(`a claiming age of ${claimAgeMonths} months is not between ${EARLIEST_CLAIM_MONTHS} and ${LATEST_CREDIT_MONTHS}`)
  }
  const birth = birthOf(person)
  const claim = birth + claimAgeMonths
  const own = pia * retirementFactor(birthYear, claimAgeMonths)
  const spouseStart = worker === undefined ? Number.POSITIVE_INFINITY : Math.max(claim, birthOf(worker) + worker.claimAgeMonths)
  const excess = worker === undefined ? 0 : Math.max(0, 0.5 * worker.primaryInsuranceAmount - pia)
  // The own delayed credits reduce the spouse's benefit: SSA POMS RS 00615.694.
  const ownCredits = Math.max(0, own - pia)
  return {
    birthYear,
    birth,
    claim,
    claimAge: claimAgeMonths,
    full: birth + fullRetirementAgeMonths(birthYear),
    pia,
    own,
    spouseStart,
    spouse: excess === 0 ? 0 : Math.max(0, excess * spouseFactor(birthYear, spouseStart - birth) - ownCredits),
    survivorClaim: birth + Math.max(EARLIEST_SURVIVOR_CLAIM_MONTHS, survivorClaimAgeMonths ?? survivorFullRetirementAgeMonths(birthYear)),
  }
}

/**
 * Prepares one person, or two spouses. Throws RangeError for a claiming age outside 62..70, or a base year before 2025.
 * The family maximum, benefits of children, disabled and divorced persons, and restricted applications (born before 1954) are not modelled;
 * a benefit is assumed to start in the month in which its age is reached, and to rise with prices at once, not in January.
 */
export const prepareBenefits = (baseYear: number, first: Claimant, second?: Claimant): PreparedBenefits => {
  const exemptions = earningsTestExemptionFor(baseYear)
  return {
    people: second === undefined ? [prepareClaimant(first, undefined)] : [prepareClaimant(first, second), prepareClaimant(second, first)],
    exemptBefore: exemptions.before,
    exemptInYear: exemptions.inYear,
  }
}

const monthsBetween = (from: number, until: number): number => Math.max(0, until - from)

/**
 * Monthly benefit of a survivor who claims it in month `start`. After a worker who claimed early it is limited to the worker's benefit, or to 82.5 %
 * of the primary insurance amount if that is more. Delayed credits are inherited, also those of a worker who died before claiming.
 * Source: 42 USC 402(e)(2), 402(k)(3); 20 CFR 404.338.
 */
function survivorMonthly(survivor: PreparedClaimant, deceased: PreparedClaimant, death: number, start: number): number {
  const factor = survivorFactor(survivor.birthYear, start - survivor.birth)
  if (death < deceased.claim) {
    const credited = death > deceased.full ? retirementFactor(deceased.birthYear, death - deceased.birth) : 1
    return deceased.pia * credited * factor
  }
  if (deceased.claim >= deceased.full) return deceased.own * factor
  return Math.min(deceased.pia * factor, Math.max(deceased.own, 0.825 * deceased.pia))
}

/**
 * Benefits withheld for earnings before full retirement age: one dollar for every two above the exempt amount; in the year of reaching that age,
 * one for every three, counting only the earnings of the months before. Source: 42 USC 403(b), 403(f); 20 CFR 404.415-404.434.
 */
function withheldFor(
  prepared: PreparedBenefits,
  person: PreparedClaimant,
  household: BenefitsYear,
  earnings: number,
  payable: number,
): number {
  const start = 12 * household.year
  if (start >= person.full) return 0
  const monthsBefore = Math.min(12, person.full - start)
  const excess =
    monthsBefore === 12
      ? (earnings - prepared.exemptBefore * household.wageIndex) / 2
      : (earnings * (monthsBefore / 12) - prepared.exemptInYear * household.wageIndex) / 3
  return Math.min(payable, Math.max(0, excess))
}

/**
 * Each person's benefits of a year. Writes into `out` and allocates no memory. A survivor is paid the larger of their own benefit and the
 * survivor's. The earnings test of each person applies to the benefits of that person.
 */
export function annualBenefits(prepared: PreparedBenefits, household: BenefitsYear, out: BenefitsResult): void {
  const { people } = prepared
  const start = 12 * household.year
  for (let i = 0; i < people.length; i++) {
    const person = people[i]!
    const end = Math.min(start + 12, household.deathMonth[i]!)
    const credited = start >= person.full ? household.withheldMonths[i]! : 0
    const own =
      credited > 0
        ? person.pia * retirementFactor(person.birthYear, Math.min(person.claimAge + credited, person.full - person.birth))
        : person.own
    let real = 0
    let realBeforeFull = 0
    // Months before full retirement age, to which the earnings test applies, and months from it on.
    for (let part = 0; part < 2; part++) {
      const from = part === 0 ? start : Math.max(start, person.full)
      const until = part === 0 ? Math.min(end, person.full) : end
      const amount = payable(people, i, household, own, from, until)
      real += amount
      if (part === 0) realBeforeFull = amount
    }
    const payableBefore = realBeforeFull * household.priceIndex
    const withheld = withheldFor(prepared, person, household, household.earnings[i]!, payableBefore)
    out.paid[i] = real * household.priceIndex - withheld
    out.withheld[i] = withheld
    const ownMonths = monthsBetween(Math.max(start, person.claim), Math.min(end, person.full))
    out.withheldMonths[i] = withheld > 0 ? (withheld / payableBefore) * ownMonths : 0
  }
}

/** Own, spouse's and survivor's benefit of the months from..until, in dollars of the base year. */
function payable(
  people: readonly PreparedClaimant[],
  i: number,
  household: BenefitsYear,
  own: number,
  from: number,
  until: number,
): number {
  if (until <= from) return 0
  const person = people[i]!
  const ownMonths = monthsBetween(Math.max(from, person.claim), until)
  let amount = own * ownMonths
  if (people.length === 1) return amount
  const death = household.deathMonth[1 - i]!
  amount += person.spouse * monthsBetween(Math.max(from, person.spouseStart), Math.min(until, death))
  const survivorStart = Math.max(death, person.survivorClaim)
  if (survivorStart >= until) return amount
  const survivor = survivorMonthly(person, people[1 - i]!, death, survivorStart)
  const months = monthsBetween(Math.max(from, survivorStart), until)
  const withOwn = monthsBetween(Math.max(from, survivorStart, person.claim), until)
  return amount + Math.max(0, survivor - own) * withOwn + survivor * (months - withOwn)
}

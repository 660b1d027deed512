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
  /** Month from which a survivor's benefit is unreduced. */
  readonly survivorFull: number
}

/** Claimants, prepared for a simulation's hot path. Monthly amounts in dollars of the base year. */
export interface PreparedBenefits {
  readonly people: readonly PreparedClaimant[]
  /** Whether each has benefits on the other's record. */
  readonly married: boolean
  readonly exemptBefore: number
  readonly exemptInYear: number
}

/** A year of a household: twelve months from any month on. Overwritten on every path and year. */
export interface BenefitsYear {
  /** Calendar year and month (1..12) of the first month. */
  year: number
  month: number
  /** Price and wage level relative to the base year. Benefits follow prices, the earnings test follows wages. */
  priceIndex: number
  wageIndex: number
  /** Month of each person's death, 12 x year + (month - 1); infinite while alive. Nothing is paid for that month or after. */
  readonly deathMonth: [number, number]
  /** Wages of each person, in dollars of the year. */
  readonly earnings: [number, number]
  /** First month without earnings of a person who retires, in this year or another; infinite for one who works on, or retires as a plan year starts. */
  readonly workEnd: [number, number]
  /** Months of benefits that the earnings test has withheld so far: from full retirement age on, the claim counts as later by these months. */
  readonly withheldMonths: [number, number]
  /** The same for months of survivors' benefits. */
  readonly withheldSurvivorMonths: [number, number]
}

/** Dollars of the year, by person. */
export interface BenefitsResult {
  /** Paid, after the earnings test. */
  readonly paid: [number, number]
  readonly withheld: [number, number]
  /** The withheld amount in months of the own and of the survivor's benefit. The caller adds them to those of later years. */
  readonly withheldMonths: [number, number]
  readonly withheldSurvivorMonths: [number, number]
}

export const createBenefitsYear = (year: number, month = 1): BenefitsYear => ({
  year,
  month,
  priceIndex: 1,
  wageIndex: 1,
  deathMonth: [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
  earnings: [0, 0],
  workEnd: [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
  withheldMonths: [0, 0],
  withheldSurvivorMonths: [0, 0],
})

export const createBenefitsResult = (): BenefitsResult => ({
  paid: [0, 0],
  withheld: [0, 0],
  withheldMonths: [0, 0],
  withheldSurvivorMonths: [0, 0],
})

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
    survivorFull: birth + survivorFullRetirementAgeMonths(birthYear),
  }
}

/**
 * Prepares one person, two spouses, or two persons who are not married and have no benefits on each other's record.
 * Throws RangeError for a claiming age outside 62..70, or a base year before 2000.
 * The family maximum, benefits of children, disabled and divorced persons, and restricted applications (born before 1954) are not modelled;
 * a benefit is assumed to start in the month in which its age is reached, and to rise with prices at once, not in January.
 */
export const prepareBenefits = (baseYear: number, first: Claimant, second?: Claimant, married = second !== undefined): PreparedBenefits => {
  const exemptions = earningsTestExemptionFor(baseYear)
  const claimants = second === undefined ? [first] : [first, second]
  return {
    people: claimants.map((person, i) => prepareClaimant(person, married ? claimants[1 - i] : undefined)),
    married,
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

/** Month in which a survivor's benefit starts, later by the months that the earnings test withheld, as from full retirement age on. */
const creditedStart = (survivor: PreparedClaimant, start: number, credited: number): number =>
  credited === 0 ? start : Math.max(start, Math.min(start + credited, survivor.survivorFull))

/**
 * Benefits withheld for earnings before full retirement age: one dollar for every two above the exempt amount; in the year of reaching that age,
 * one for every three, counting only the earnings of the months before. Source: 42 USC 403(b), 403(f); 20 CFR 404.415-404.434.
 *
 * @param worked months of the year with earnings
 */
function withheldFor(
  prepared: PreparedBenefits,
  person: PreparedClaimant,
  household: BenefitsYear,
  earnings: number,
  worked: number,
  payable: number,
): number {
  const start = monthNumber(household.year, household.month)
  if (start >= person.full) return 0
  const monthsBefore = Math.min(12, person.full - start)
  const excess =
    monthsBefore === 12
      ? (earnings - prepared.exemptBefore * household.wageIndex) / 2
      : (earnings * Math.min(1, monthsBefore / worked) - prepared.exemptInYear * household.wageIndex) / 3
  return Math.min(payable, Math.max(0, excess))
}

/**
 * Each person's benefits of a year. Writes into `out` and allocates no memory. A survivor is paid the larger of their own benefit and the
 * survivor's. The earnings test of each person applies to the benefits of that person. In the year of retirement it applies to the months
 * before, as in the grace year of 42 USC 403(f)(1)(E).
 */
export function annualBenefits(prepared: PreparedBenefits, household: BenefitsYear, out: BenefitsResult): void {
  const { people } = prepared
  const start = monthNumber(household.year, household.month)
  for (let i = 0; i < people.length; i++) {
    const person = people[i]!
    const end = Math.min(start + 12, household.deathMonth[i]!)
    const credited = start >= person.full ? household.withheldMonths[i]! : 0
    const own =
      credited > 0
        ? person.pia * retirementFactor(person.birthYear, Math.min(person.claimAge + credited, person.full - person.birth))
        : person.own
    const retires = household.workEnd[i]! > start ? household.workEnd[i]! : Number.POSITIVE_INFINITY
    const testedUntil = Math.min(person.full, retires)
    const tested = payable(prepared, i, household, own, start, Math.min(end, testedUntil))
    const real = tested + payable(prepared, i, household, own, Math.max(start, testedUntil), end)
    const payableTested = tested * household.priceIndex
    const worked = Math.min(12, retires - start)
    const withheld = withheldFor(prepared, person, household, household.earnings[i]!, worked, payableTested)
    out.paid[i] = real * household.priceIndex - withheld
    out.withheld[i] = withheld
    const share = withheld > 0 ? withheld / payableTested : 0
    out.withheldMonths[i] = share * monthsBetween(Math.max(start, person.claim), Math.min(end, testedUntil))
    const widowed = prepared.married ? Math.max(household.deathMonth[1 - i]!, person.survivorClaim) : Number.POSITIVE_INFINITY
    out.withheldSurvivorMonths[i] = share * monthsBetween(Math.max(start, widowed), Math.min(end, testedUntil))
  }
}

/** Own, spouse's and survivor's benefit of the months from..until, in dollars of the base year. */
function payable(
  { married, people }: PreparedBenefits,
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
  if (!married) return amount
  const death = household.deathMonth[1 - i]!
  amount += person.spouse * monthsBetween(Math.max(from, person.spouseStart), Math.min(until, death))
  const survivorStart = Math.max(death, person.survivorClaim)
  if (survivorStart >= until) return amount
  const credited = from >= person.survivorFull ? household.withheldSurvivorMonths[i]! : 0
  const survivor = survivorMonthly(person, people[1 - i]!, death, creditedStart(person, survivorStart, credited))
  const months = monthsBetween(Math.max(from, survivorStart), until)
  const withOwn = monthsBetween(Math.max(from, survivorStart, person.claim), until)
  return amount + Math.max(0, survivor - own) * withOwn + survivor * (months - withOwn)
}

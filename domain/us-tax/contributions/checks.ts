import { Decimal, yearOf } from '../../shared/index.ts'
import type { ContributionTable } from '../retirement-accounts/index.ts'
import { extendedDueDay, returnDueDay } from './deadlines.ts'
import type { ContributionFacts, Contributor, Deposit, LimitCheck, LimitKind, LimitPart, MissingFact } from './terms.ts'

export const zero = new Decimal(0)

export const sumOf = (amounts: readonly Decimal[]): Decimal => amounts.reduce((sum, amount) => sum.plus(amount), zero)

/** Deposits less returns. Returns of more than was deposited leave zero. */
export const usedOf = (deposits: readonly Deposit[]): Decimal => Decimal.max(0, sumOf(deposits.map(({ amount }) => amount)))

export type Missing = LimitCheck['missing'][number]

export const lacking = (fact: MissingFact, personId: string | null): Missing => ({ fact, personId })

/** What a check is made of. Without a limit it is the sum of the parts. */
export interface CheckDraft {
  readonly kind: LimitKind
  readonly personId: string
  readonly parts: readonly LimitPart[]
  readonly deposits: readonly Deposit[]
  readonly missing?: readonly Missing[]
  readonly accountId?: string
  readonly beneficiaryId?: string | null
  readonly sharedWithId?: string | null
  readonly used?: Decimal
  readonly overElsewhere?: Decimal
}

const withoutRepeats = (missing: readonly Missing[]): readonly Missing[] => [
  ...new Map(missing.map(each => [`${each.fact} ${each.personId}`, each])).values(),
]

/**
 * Completes a check. A deposit without a year that can count for two years, or in another currency, makes it incomplete, and so does a missing
 * fact: then it has no limit.
 */
export const checkOf = (draft: CheckDraft): LimitCheck => {
  const { deposits, kind, parts, personId } = draft
  const undated = deposits.filter(deposit => isUndated(deposit))
  const foreign = deposits.filter(({ account }) => account.currency !== 'USD')
  const counted = deposits.filter(deposit => !undated.includes(deposit) && !foreign.includes(deposit))
  const missing = withoutRepeats([
    ...(draft.missing ?? []),
    ...(undated.length > 0 ? [lacking('tax_year', null)] : []),
    ...(foreign.length > 0 ? [lacking('currency', null)] : []),
  ])
  const used = draft.used ?? usedOf(counted)
  const limit = missing.length > 0 ? null : Decimal.max(0, sumOf(parts.map(({ amount }) => amount)))
  const over = limit && Decimal.max(0, used.minus(limit))
  return {
    kind,
    personId,
    accountId: draft.accountId ?? null,
    beneficiaryId: draft.beneficiaryId ?? null,
    sharedWithId: draft.sharedWithId ?? null,
    limit,
    parts: limit ? parts.filter(({ amount }) => !amount.isZero()) : [],
    used,
    left: limit && Decimal.max(0, limit.minus(used)),
    over,
    overElsewhere: over ? Decimal.min(over, draft.overElsewhere ?? zero) : zero,
    missing,
    deposits,
  }
}

const payrollPlans: ReadonlySet<string> = new Set(['401k', '403b', '457b', 'simple_ira'])

/**
 * Whether a deposit without a tax year can count for two years. What is withheld from pay counts for the year of the pay. An IRA or HSA takes
 * deposits for a year until the return is due, a SEP until it is due with an extension: IRC 219(f)(3), 223(d)(4)(B), 404(h)(1)(B).
 */
export const isUndated = (deposit: Deposit): boolean => {
  const { account, date, source, taxYear } = deposit
  if (taxYear !== null || account.plan === '529' || payrollPlans.has(account.plan)) return false
  const yearBefore = yearOf(date) - 1
  const isForSep = account.plan === 'sep_ira' || source === 'employer'
  return date <= (isForSep && account.plan !== 'hsa' ? extendedDueDay(yearBefore) : returnDueDay(yearBefore))
}

/** Whether a deposit counts, or may count, for the year. Gifts to a 529 account count when they are made. */
export const isOfYear = (deposit: Deposit, year: number): boolean => {
  const { account, date, taxYear } = deposit
  if (account.plan === '529') return true
  if (taxYear !== null) return taxYear === year
  return yearOf(date) === year || (isUndated(deposit) && yearOf(date) === year + 1)
}

/** Age on 31 December, which decides on catch-up contributions: IRC 414(v)(5), 219(b)(5)(B), 223(b)(3). */
export const ageInYear = (person: Contributor, year: number): number | undefined =>
  person.birthDate === null ? undefined : year - yearOf(person.birthDate)

export const needsBirthDate = (person: Contributor): readonly Missing[] =>
  person.birthDate === null ? [lacking('birth_date', person.id)] : []

/** The catch-up of a plan at work, as a part. Source: IRC 414(v)(2). */
export const catchUpPart = (
  limits: Pick<ContributionTable['electiveDeferral'], 'catchUp' | 'catchUp60To63'>,
  age: number | undefined,
): LimitPart => {
  if (age === undefined || age < 50) return { kind: 'catch_up_50', amount: zero }
  return age >= 60 && age <= 63 && limits.catchUp60To63 > limits.catchUp
    ? { kind: 'catch_up_60_to_63', amount: new Decimal(limits.catchUp60To63) }
    : { kind: 'catch_up_50', amount: new Decimal(limits.catchUp) }
}

/** Wages and earnings from self-employment. If one of them is stated, the other is zero unless it is stated too. */
export const compensationOf = ({ selfEmployment, wages }: Contributor): Decimal | null =>
  wages === null && selfEmployment === null ? null : Decimal.max(0, (wages ?? zero).plus(Decimal.max(0, selfEmployment ?? 0)))

/** A limit in dollars that compensation may reduce, and what is missing to know it. A limit that the known compensation reaches needs no more. */
export const withinCompensation = (
  whole: Decimal,
  compensation: Decimal | null,
  personId: string,
): { readonly parts: readonly LimitPart[]; readonly missing: readonly Missing[] } => {
  if (compensation === null) return { parts: [], missing: [lacking('compensation', personId)] }
  return { parts: [{ kind: 'compensation', amount: Decimal.min(0, compensation.minus(whole)) }], missing: [] }
}

/** The spouse of the person, if the household has two people who can file one return. */
export const spouseOf = ({ filingStatus, people }: ContributionFacts, person: Contributor): Contributor | undefined => {
  if (filingStatus === 'single' || filingStatus === 'headOfHousehold') return undefined
  const couple = people.filter(({ relationship }) => relationship === 'self' || relationship === 'spouse')
  const isCouple = couple.length === 2 && new Set(couple.map(({ relationship }) => relationship)).size === 2
  return isCouple && couple.includes(person) ? couple.find(other => other !== person) : undefined
}

/** The return of a person: that of the household for its self and spouse, their own for others. */
export const returnOf = (facts: ContributionFacts, person: Contributor) => {
  const isOnIt = person.relationship === 'self' || person.relationship === 'spouse'
  const filingStatus = person.filingStatus ?? (isOnIt ? facts.filingStatus : null)
  const isShared = isOnIt && filingStatus !== 'marriedFilingSeparately'
  return { filingStatus, modifiedAgi: person.modifiedAgi ?? (isShared ? facts.modifiedAgi : null) }
}

/** The table of the year. The caller has checked that there is one. @throws RangeError if there is none */
export const tableOf = ({ tables, year }: Pick<ContributionFacts, 'tables' | 'year'>): ContributionTable => {
  const table = tables.find(each => each.year === year)
  if (!table) throw new RangeError(`there are no contribution limits for ${year}`)
  return table
}

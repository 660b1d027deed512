import type { CalendarDate, Decimal } from '../../shared/index.ts'
import type { ContributionTable } from '../retirement-accounts/index.ts'
import type { FilingStatus } from '../tax/index.ts'

/** Coverage by a high-deductible health plan on the first day of a month. `none` too for a month in which other coverage rules out contributions. */
export const hsaCoverages = ['none', 'self', 'family'] as const
export type HsaCoverage = (typeof hsaCoverages)[number]

/** The income on which a SEP contribution is based: wages from the employer that made it, or one's own business. */
export const sepBases = ['wages', 'self_employment'] as const
export type SepBasis = (typeof sepBases)[number]

/** Tax types of accounts with a limit. */
export const limitedPlans = [
  '401k',
  '403b',
  '457b',
  'traditional_ira',
  'rollover_ira',
  'roth_ira',
  'sep_ira',
  'simple_ira',
  'hsa',
  '529',
] as const
export type LimitedPlan = (typeof limitedPlans)[number]

/** What a deposit is checked against. `ira_deduction` limits what is deducted, and `pre_tax_deferral` what is deferred before tax. */
export const limitKinds = [
  'elective_deferral',
  'pre_tax_deferral',
  'deferral_457b',
  'simple_deferral',
  'annual_additions',
  'sep',
  'ira',
  'roth_ira',
  'ira_deduction',
  'hsa',
  'gift_529',
] as const
export type LimitKind = (typeof limitKinds)[number]

/** What is missing for a limit. It is never guessed. */
export const missingFacts = [
  'birth_date',
  'compensation',
  'filing_status',
  'modified_agi',
  'lived_apart',
  'covered_at_work',
  'hsa_coverage',
  'wages_year_before',
  'sep_basis',
  'beneficiary',
  'contributor',
  'tax_year',
  'currency',
  'earlier_limits',
] as const
export type MissingFact = (typeof missingFacts)[number]

/** A limit is the sum of its parts: amounts that make it up, and amounts that reduce it, which are negative. */
export const partKinds = [
  'base',
  'catch_up_50',
  'catch_up_60_to_63',
  'catch_up_55',
  'compensation',
  'phase_out',
  'self_months',
  'family_months',
  'last_month_rule',
  'spouse',
  'five_years',
] as const
export type PartKind = (typeof partKinds)[number]

export interface LimitPart {
  readonly kind: PartKind
  readonly amount: Decimal
  /** Of an HSA: the months that count. */
  readonly months?: number
}

export interface LimitedAccount {
  readonly id: string
  readonly name: string
  readonly plan: LimitedPlan
  readonly currency: string
  readonly ownerId: string | null
  /** Of a 529 account. */
  readonly designatedBeneficiaryId: string | null
}

/** A posted deposit that nothing has reversed, or a withdrawal that returns deposits of a year. */
export interface Deposit {
  readonly id: string
  readonly account: LimitedAccount
  readonly date: CalendarDate
  /** Negative for a return. */
  readonly amount: Decimal
  /** Null: the usual source of the account. */
  readonly source: 'employee_pre_tax' | 'employee_roth' | 'employee_after_tax' | 'employer' | 'rollover' | 'conversion' | null
  /** Null: the owner of the account. */
  readonly contributorId: string | null
  readonly taxYear: number | null
}

/** A person of the household with what is stated about them for the year. Null: not stated. */
export interface Contributor {
  readonly id: string
  readonly relationship: 'self' | 'spouse' | 'partner' | 'child' | 'parent' | 'other'
  readonly birthDate: CalendarDate | null
  readonly wages: Decimal | null
  /** Net profit less the deductible half of the self-employment tax. */
  readonly selfEmployment: Decimal | null
  readonly sepBasis: SepBasis | null
  readonly wagesYearBefore: Decimal | null
  readonly coveredAtWork: boolean | null
  /** Twelve months, January first. */
  readonly hsaCoverage: readonly HsaCoverage[] | null
  readonly medicareFromMonth: number | null
  readonly filingStatus: FilingStatus | null
  readonly modifiedAgi: Decimal | null
}

/** An election to spread gifts to 529 accounts over five years, from this year on. */
export interface FiveYearElection {
  readonly year: number
  readonly personId: string
  readonly beneficiaryId: string
}

/** Everything that the limits of a household in a year depend on. */
export interface ContributionFacts {
  readonly year: number
  readonly tables: readonly ContributionTable[]
  readonly filingStatus: FilingStatus | null
  readonly livedApart: boolean | null
  readonly modifiedAgi: Decimal | null
  readonly people: readonly Contributor[]
  readonly accounts: readonly LimitedAccount[]
  /** Of this year; into 529 accounts, also of the four years before. */
  readonly deposits: readonly Deposit[]
  readonly elections: readonly FiveYearElection[]
}

/** One limit of one person, and what was deposited of it. `limit`, `left` and `over` are null while something is missing. */
export interface LimitCheck {
  readonly kind: LimitKind
  readonly personId: string
  /** Of a limit of one plan. */
  readonly accountId: string | null
  /** Of gifts to a 529 account. */
  readonly beneficiaryId: string | null
  /** The spouse with whom the limit is shared. */
  readonly sharedWithId: string | null
  readonly limit: Decimal | null
  readonly parts: readonly LimitPart[]
  /** Deposits less returns, zero or more. */
  readonly used: Decimal
  readonly left: Decimal | null
  readonly over: Decimal | null
  /** The part of `over` that another check of the person has too, and that is corrected once. */
  readonly overElsewhere: Decimal
  readonly missing: readonly { readonly fact: MissingFact; readonly personId: string | null }[]
  readonly deposits: readonly Deposit[]
}

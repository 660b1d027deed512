import type { SensitivityInput } from './sensitivity-inputs.ts'
import type { ReturnModel } from '../../simulation/index.ts'

/**
 * Everything a household simulation reads, as plain JSON: its canonical text is hashed and stored, and the same specification gives
 * the same bits anywhere. Years are plan years counted from 0; money is in dollars of the as-of date where indexed to inflation, and
 * of its own year where not; shares and rates are fractions. Cash flows happen at the start of a year unless said otherwise.
 */
export interface HouseholdSpec {
  readonly kind: 'household'
  /** First day of plan year 0, YYYY-MM-DD. */
  readonly asOfDate: string
  /** 1..100. Each path runs so long, or until the last person has died. */
  readonly years: number
  readonly paths: number
  /** Decimal int64. */
  readonly seed: string
  /** Fractions in (0, 1), ascending. */
  readonly percentiles: readonly number[]
  /** One person, or a couple. */
  readonly people: readonly Person[]
  /** A couple files jointly until one dies, the survivor as single from the year after; one person files as it says, always. */
  readonly filingStatus: FilingStatus
  readonly incomes: readonly Income[]
  readonly expenses: readonly Expense[]
  readonly spending: SpendingPolicy
  readonly goals: readonly Goal[]
  readonly accounts: readonly Account[]
  readonly contributions: readonly Contribution[]
  readonly debts: readonly Debt[]
  readonly properties: readonly Property[]
  readonly withdrawals: WithdrawalPolicy
  readonly rothConversion: RothConversion | null
  readonly tax: TaxSettings
  /** Asset classes, inflation and how they move. Accounts allocate over its asset keys; its own weights are those of no account. */
  readonly returns: ReturnModel
  /** Returns and inflation of the first plan years on every path, instead of those drawn: a stress. Later years are drawn as without it. */
  readonly openingReturns?: OpeningReturns
  /** What a path must have paid in full, every year, to count as a success. */
  readonly successCriterion: 'all_spending' | 'essential_spending'
  /** A grid: each of these inputs is moved down and up besides, on the same random numbers. */
  readonly sensitivities?: readonly SensitivityInput[]
}

export interface OpeningReturns {
  /** Simple returns by asset key, from plan year 0 on; assets and years left out are drawn. */
  readonly assets: Readonly<Record<string, readonly number[]>>
  readonly inflation: readonly number[]
}

export type FilingStatus = 'single' | 'married_joint' | 'married_separate' | 'head_of_household'

export interface Person {
  readonly key: string
  /** YYYY-MM-DD. */
  readonly birthDate: string
  /** Sex in the period life table. */
  readonly sex: 'female' | 'male'
  /** Completed years of age at which this person's work ends. */
  readonly retirementAge: number
  /** A milestone that ends it earlier. */
  readonly earlyRetirement?: EarlyRetirement | undefined
  /** Dies at the end of the plan year begun at `age` completed years, or at an age drawn from the life table on a stream of its own. */
  readonly lifespan: { readonly kind: 'fixed'; readonly age: number } | { readonly kind: 'life_table' }
  /** Null: no claim of their own, nor through the other. */
  readonly socialSecurity: SocialSecurity | null
}

/** Work ends with the first year, from an age on, at whose start the accounts hold a multiple of the year's planned expenses. */
export interface EarlyRetirement {
  readonly spendingMultiple: number
  /** Completed years of age. */
  readonly fromAge: number
}

export interface SocialSecurity {
  /** Monthly primary insurance amount in money of the as-of date, or covered earnings by calendar year to derive it from. */
  readonly benefit:
    | { readonly kind: 'pia'; readonly monthlyAmount: number }
    | { readonly kind: 'earnings'; readonly byYear: readonly { readonly year: number; readonly amount: number }[] }
  /** 62 years (744) to 70 years (840). */
  readonly claimingAgeMonths: number
}

export interface Income {
  readonly key: string
  readonly person: string
  readonly kind: 'wages' | 'self_employment' | 'pension' | 'annuity' | 'rental' | 'other'
  /** Of `startYear`: in money of the as-of date where indexed, else of that year. */
  readonly annualAmount: number
  readonly startYear: number
  /** Exclusive. Null: wages and self-employment until retirement, anything else for life. */
  readonly endYear: number | null
  readonly indexedToInflation: boolean
  /** A year, from `startYear` on: above inflation where indexed, else the whole growth. */
  readonly growthRate: number
  /** Share that ordinary income tax falls on. */
  readonly taxableShare: number
  /** Share that the other person keeps after this one's death; 0 for work. */
  readonly survivorShare: number
}

export interface Expense {
  readonly key: string
  /** Of `startYear`: in money of the as-of date where indexed, else of that year. */
  readonly annualAmount: number
  /** Essential expenses are never cut by a spending rule. */
  readonly essential: boolean
  /** Qualified medical: health savings accounts pay it before others. */
  readonly medical: boolean
  /** A gift to charity: IRAs of those who are 70 1/2 pay it before others, up to the law's limit, free of tax. */
  readonly charitable?: boolean | undefined
  readonly startYear: number
  /** Exclusive; null: to the end. */
  readonly endYear: number | null
  readonly indexedToInflation: boolean
  readonly growthRate: number
  /** Share that goes on after the first death of a couple. */
  readonly survivorShare: number
}

/** How retirement spending follows the portfolio: the rule moves the discretionary part. Before retirement expenses are paid as they are. */
export interface SpendingPolicy {
  readonly rule:
    | { readonly kind: 'constant_real' }
    | { readonly kind: 'fixed_percent'; readonly rate: number }
    | {
        readonly kind: 'floor_ceiling'
        readonly rate: number
        readonly floor: number
        readonly ceiling: number
        /** The year whose real draw the band is around; the first if left out (Bengen), else the last (Vanguard's dynamic spending). */
        readonly bandAround?: 'first_year' | 'last_year' | undefined
      }
    | {
        readonly kind: 'guyton_klinger'
        readonly guardrail: number
        readonly adjustment: number
        readonly preservationOffYears: number
        /** Whether spending skips its rise after a year of loss, the current rate being above the first; true if left out. */
        readonly freezeAfterLoss?: boolean | undefined
        /** Highest rise with prices in a year, a fraction; none if left out. */
        readonly inflationCap?: number | undefined
      }
    /** The last of its payments falls in the year begun at `lastAge`: 99 in the published table. */
    | { readonly kind: 'vpw'; readonly stockShare: number; readonly lastAge: number }
    | { readonly kind: 'rmd' }
    | { readonly kind: 'ratchet'; readonly threshold: number; readonly raise: number; readonly everyYears: number }
    | { readonly kind: 'ninety_five_percent'; readonly rate: number }
    /** The accounts over the years left to the one begun at `lastAge`, or to the plan's end if left out. */
    | { readonly kind: 'one_over_n'; readonly lastAge?: number | undefined }
    | { readonly kind: 'hebeler_autopilot'; readonly lastYearShare: number }
    | CapeBasedRule
  /** Multipliers of spending by age of the older person, linear between points; empty: flat. */
  readonly byAge: readonly { readonly age: number; readonly multiplier: number }[]
}

/** `baseRate` + `yieldShare` / CAPE of the accounts is drawn. */
export interface CapeBasedRule {
  readonly kind: 'cape_based'
  readonly baseRate: number
  readonly yieldShare: number
  /** Of the as-of date: price of stocks over the mean of their real earnings of ten years (Shiller). */
  readonly startingCape: number
  /** Asset class whose returns move it. */
  readonly asset: string
  /** Real return a year of that asset while its CAPE stands still: what its earnings grow by and its dividends pay. A return above it raises the CAPE. */
  readonly steadyReturnReal: number
}

export interface Goal {
  readonly key: string
  /** 1 is funded first; goals of one year and priority in the order given. */
  readonly priority: number
  readonly year: number
  readonly amount: number
  readonly indexedToInflation: boolean
  /** Paid from 529 accounts first, free of tax. */
  readonly education: boolean
}

export type AccountKind = 'taxable' | 'traditional' | 'roth' | 'hsa' | 'education_529'

export interface Account {
  readonly key: string
  readonly kind: AccountKind
  /** Person it belongs to; their ages decide penalties and required distributions. At their death it passes to the other person. */
  readonly owner: string
  /** Whether a traditional or Roth account is an employer's plan, such as a 401(k), rather than an IRA: its contribution limits are others. */
  readonly employerPlan: boolean
  readonly openingBalance: number
  /** Cost basis of a taxable account, contributions of a Roth account, which is taken to be older than five years; ignored elsewhere. */
  readonly openingBasis: number
  /** Shares by asset key at plan years, linear between them (a glide path); one entry: constant. */
  readonly allocation: readonly { readonly year: number; readonly weights: Readonly<Record<string, number>> }[]
  /** Of the balance at each year's end, after the return. */
  readonly feeRate: number
  /** Taxable accounts: share of the year's opening balance that is paid out as qualified dividends, taxed that year and reinvested; a part of the return. */
  readonly dividendYield: number
  /** Back to its allocation every so many years, or when a weight has drifted by more than `drift`. */
  readonly rebalancing:
    | { readonly kind: 'calendar'; readonly everyYears: number }
    | { readonly kind: 'threshold'; readonly drift: number }
    | { readonly kind: 'never' }
}

export interface Contribution {
  readonly key: string
  readonly account: string
  readonly amount:
    | { readonly kind: 'fixed'; readonly annualAmount: number; readonly indexedToInflation: boolean }
    | { readonly kind: 'share_of_income'; readonly income: string; readonly share: number }
  /** Of the employee's contribution, up to a share of the income it comes from; null: none. */
  readonly employerMatch: { readonly income: string; readonly rate: number; readonly upToShareOfIncome: number } | null
  readonly startYear: number
  /** Exclusive; null: until the owner retires. */
  readonly endYear: number | null
  /** Whether it is cut to the year's legal limits. */
  readonly enforceLimits: boolean
  /** To a health savings account: whom the health plan covers; oneself if left out. A couple shares the limit of a family. */
  readonly healthCoverage?: 'self' | 'family' | undefined
}

export interface Debt {
  readonly key: string
  readonly openingBalance: number
  /** Charged at each year's end on what is owed then. */
  readonly annualRate: number
  /** Nominal, at each year's start, until nothing is owed. It is essential spending that no rule moves. */
  readonly annualPayment: number
}

export interface Property {
  readonly key: string
  readonly openingValue: number
  /** Above inflation. */
  readonly growthRate: number
  /** Nominal basis for the gain at sale. */
  readonly basis: number
  /** Plan year at whose start it is sold; null: kept. */
  readonly saleYear: number | null
  /** Of the price. */
  readonly saleCostRate: number
  /** A gain up to the exclusion of IRC 121 is free of tax. */
  readonly primaryResidence: boolean
}

export interface WithdrawalPolicy {
  readonly order:
    | { readonly kind: 'conventional' }
    | { readonly kind: 'proportional' }
    | { readonly kind: 'bracket_aware'; readonly ordinaryRate: number }
    | { readonly kind: 'custom'; readonly accounts: readonly string[] }
  /**
   * What becomes of income that nothing else needs: into the first taxable account, or spent. Required distributions and proceeds of
   * property that nothing needs always go into that account.
   */
  readonly surplus: 'taxable' | 'spent'
}

export interface RothConversion {
  readonly amount:
    | { readonly kind: 'fixed'; readonly annualAmount: number; readonly indexedToInflation: boolean }
    | { readonly kind: 'fill_bracket'; readonly ordinaryRate: number }
    | { readonly kind: 'fill_irmaa_tier'; readonly tier: number }
  readonly startYear: number
  /** Exclusive. */
  readonly endYear: number
}

export interface TaxSettings {
  /** Year of the tables that later years are projected from. */
  readonly tableYear: number
  /** Two letters, or null for no state tax. */
  readonly state: string | null
  /** false: no taxes at all, for comparison. */
  readonly enabled: boolean
}

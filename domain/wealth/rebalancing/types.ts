import type { CalendarDate, Money } from '../../shared/index.ts'
import type { RebalancingAim, RebalancingMode, SkipReason, TaxTreatment, TradeReason } from './terms.ts'

export interface RebalancingAccount {
  readonly id: string
  readonly treatment: TaxTreatment
  /** In dollars; below zero is owed to the broker. */
  readonly cash: Money
  /** Cash that stays in the account. */
  readonly minimumCash?: Money
  readonly newCash?: Money
  /** The most new cash that may still be put in; null or absent: no limit. */
  readonly contributionRoom?: Money | null
  /** Cash that is to leave the account. */
  readonly withdrawal?: Money
  readonly allowsFractions: boolean
  readonly canTrade: boolean
  /** Securities that can be bought, as in the menu of a 401(k); null or absent: all. */
  readonly allowedSymbols?: readonly string[] | null
}

/** Shares that one transaction has opened and that are held. */
export interface RebalancingLot {
  readonly openedBy: string
  readonly quantity: string
  readonly costBasis: Money | null
  /** Basis for a loss, of a gift that was worth less than the basis of the giver. */
  readonly lossBasis?: Money | null
  readonly acquiredOn: CalendarDate
  readonly isLong: boolean
}

/** Shares of a security in an account, one entry for both. Not shares that were sold short. */
export interface RebalancingHolding {
  readonly accountId: string
  readonly symbol: string
  readonly quantity: string
  /** Of taxable accounts. Shares that no lot covers have an unknown basis. */
  readonly lots?: readonly RebalancingLot[]
  readonly doNotSell?: boolean
}

export interface RebalancingSecurity {
  readonly symbol: string
  /** Dollars a share. Null: it is not bought. */
  readonly price: string | null
  /** Shares of its worth by asset class, looked through; what is missing to 1, and `unclassified`, belongs to no class. */
  readonly weights: Readonly<Record<string, number>>
  /** Whether it is traded in whole shares only, even where the account allows fractions. */
  readonly isWhole?: boolean
  readonly expenseRatio?: number | null
}

/** How far a weight may be from its target: in points (0.05) and as a share of the target (0.25). Of both, the nearer one counts. */
export interface Band {
  readonly absolute?: number | null
  readonly relative?: number | null
}

export interface RebalancingTarget {
  /** An asset class, or a symbol. */
  readonly key: string
  readonly weight: number
  readonly band?: Band | null
}

export interface RebalancingTargets {
  readonly by: 'asset_class' | 'symbol'
  /** Add up to 1 exactly. What has none has a target of zero. Cash is the class `cash`. */
  readonly weights: readonly RebalancingTarget[]
  /** Absent: `usualBand`. */
  readonly band?: Band | null
}

export interface RebalancingRules {
  readonly mode: RebalancingMode
  readonly aim: RebalancingAim
  /** The smallest trade, in dollars. */
  readonly minimumTrade: Money
  /** The most net realised gain, short-term and long-term together; null: no limit. */
  readonly gainsBudget: Money | null
  readonly avoidShortTerm: boolean
  readonly harvestLosses: boolean
  /** Tax on the next dollar of gain, with state tax and the net investment income tax: fractions. */
  readonly taxRates: { readonly short: number; readonly long: number }
  /** The treatments in which each asset class is held best, the best first. Absent: `usualLocation`. */
  readonly location?: Readonly<Record<string, readonly TaxTreatment[]>>
}

/** What has happened in all accounts of the household. Older entries are ignored. */
export interface WashSaleContext {
  /** Purchases with the shares that are left. */
  readonly purchases: readonly {
    readonly openedBy: string
    readonly symbol: string
    readonly boughtOn: CalendarDate
    readonly quantity: string
  }[]
  readonly losses: readonly { readonly symbol: string; readonly soldOn: CalendarDate }[]
  /** Securities that a person has declared substantially identical. */
  readonly identicalPairs: readonly (readonly [string, string])[]
}

export interface RebalancingInput {
  readonly today: CalendarDate
  readonly accounts: readonly RebalancingAccount[]
  readonly holdings: readonly RebalancingHolding[]
  readonly securities: readonly RebalancingSecurity[]
  readonly targets: RebalancingTargets
  /** Securities that may be bought for a class, the preferred one first. A class without an entry: those that are held. */
  readonly candidates?: Readonly<Record<string, readonly string[]>>
  readonly rules: RebalancingRules
  readonly washSales: WashSaleContext
  /** Of yearly returns of the classes, in this order of rows and columns. */
  readonly covariance?: { readonly classes: readonly string[]; readonly matrix: readonly (readonly number[])[] } | null
}

/** A part of a lot that is sold. */
export interface SoldLot {
  /** Null: shares that no lot covers. */
  readonly openedBy: string | null
  /** Null: not known. */
  readonly acquiredOn: CalendarDate | null
  readonly quantity: string
  readonly proceeds: Money
  readonly costBasis: Money | null
  readonly gain: Money | null
  readonly isLong: boolean
}

export interface ProposedTrade {
  readonly accountId: string
  readonly symbol: string
  readonly side: 'buy' | 'sell'
  readonly quantity: string
  /** Proceeds or cost, before fees. */
  readonly amount: Money
  /** Of a sale in a taxable account, in the order in which they are sold. */
  readonly lots: readonly SoldLot[]
  /** Known gains and losses. */
  readonly shortGain: Money
  readonly longGain: Money
  /** Of this trade alone; below zero: what its losses save. */
  readonly tax: Money
  readonly reason: TradeReason
  /** The class of which the security is most; null if it is of none. */
  readonly assetClass: string | null
}

export interface Skip {
  readonly accountId: string | null
  readonly symbol: string | null
  readonly assetClass: string | null
  readonly reason: SkipReason
  /** What is not sold, bought or put in; of a class, how far it is outside of its band. */
  readonly amount: Money
}

/** Weights are shares of what has a class. Without a target for cash, cash that must stay in its account is left out. */
export interface ClassWeight {
  readonly assetClass: string
  readonly target: number
  readonly lower: number
  readonly upper: number
  readonly before: number
  readonly after: number
  readonly isInside: boolean
}

export interface AccountCash {
  readonly accountId: string
  readonly before: Money
  /** New cash that is put in. */
  readonly added: Money
  readonly withdrawn: Money
  readonly sold: Money
  readonly bought: Money
  readonly after: Money
}

export interface RebalancingProposal {
  /** Whether the mode calls for trades, or cash is short. */
  readonly isTriggered: boolean
  /** Sales first. */
  readonly trades: readonly ProposedTrade[]
  readonly skips: readonly Skip[]
  readonly classes: readonly ClassWeight[]
  readonly cash: readonly AccountCash[]
  readonly unclassified: { readonly before: Money; readonly after: Money }
  readonly realised: {
    readonly short: Money
    readonly long: Money
    /** Proceeds of shares with an unknown basis, of which the gain is in no sum. */
    readonly unknownBasisProceeds: Money
  }
  /** Of all gains together, after losses of one term offset gains of the other; below zero: what losses save if other gains use them. */
  readonly tax: Money
  /** Yearly standard deviation of the difference to the targets; null: there is no covariance, or not of every class. */
  readonly trackingError: number | null
  readonly trackingErrorReason: 'no_covariance' | 'class_not_covered' | null
  /** Half the sum of the differences to the targets: the share that is not where it should be. */
  readonly activeShare: number
  /** The smaller of sales and purchases, as a share of the household's worth. */
  readonly turnover: number
}

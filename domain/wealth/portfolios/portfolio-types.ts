/** What a person holds. Strategies that are tried on past prices or without money are kinds of their own, which the platform does not have. */
export const portfolioTypes = ['live'] as const
export type PortfolioType = (typeof portfolioTypes)[number]

/** What the weights of a target are about: nothing, classes of assets, single securities, or the classes of a portfolio model of planning. */
export const targetKinds = ['none', 'asset_class', 'instrument', 'model'] as const
export type TargetKind = (typeof targetKinds)[number]

export const portfolioChanges = ['created', 'updated', 'restored'] as const
export type PortfolioChange = (typeof portfolioChanges)[number]

/** A part of a target: an asset class or a symbol, and its weight as exact decimal text. */
export interface TargetWeight {
  readonly key: string
  readonly weight: string
}

/** When a part of a portfolio is out of balance. */
export interface Bands {
  /** How far a weight may be from its target, as a fraction of the portfolio: 0.05 are five percentage points. */
  readonly absoluteBand: string
  /** The same as a fraction of the target: 0.25 allows 7.5 % to 12.5 % for a target of 10 %. The narrower of the two counts. */
  readonly relativeBand: string
}

/** The rule of 5/25: five percentage points, or a quarter of the target, whichever is less. */
export const usualBands: Bands = { absoluteBand: '0.05', relativeBand: '0.25' }

/** Money that is not invested. */
export const cashClass = 'cash'
/** What is not known to belong to a class. */
export const unclassified = 'unclassified'

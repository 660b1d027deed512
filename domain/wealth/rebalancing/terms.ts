/** How the law taxes what happens in an account: gains at each sale, withdrawals only, or nothing. */
export const taxTreatments = ['taxable', 'tax_deferred', 'tax_free'] as const
export type TaxTreatment = (typeof taxTreatments)[number]

/**
 * When a proposal has trades. `bands`: only if a class is outside of its band, or cash is short. `calendar`: whenever weights differ from their targets.
 * `cash_flow`: purchases with cash and new money only, no sales.
 */
export const rebalancingModes = ['bands', 'calendar', 'cash_flow'] as const
export type RebalancingMode = (typeof rebalancingModes)[number]

/** How far a class that is outside of its band is brought back. */
export const rebalancingAims = ['target', 'band_edge'] as const
export type RebalancingAim = (typeof rebalancingAims)[number]

/** Why a trade is proposed. */
export const tradeReasons = ['cash_need', 'over_target', 'harvest_loss', 'invest_cash', 'under_target', 'harvest_replacement'] as const
export type TradeReason = (typeof tradeReasons)[number]

/** Why something is not done, with what it means. */
export const skipReasons = {
  gains_budget: 'The sale would realise more gains than the budget allows.',
  short_term: 'The gain is short-term, and these are to be avoided.',
  wash_sale:
    'The loss would be disallowed: the security, or an identical one, was bought in the last 30 days or is bought by the proposal.',
  wash_sale_window: 'The security, or an identical one, was sold at a loss in the last 30 days or is sold at a loss by the proposal.',
  basis_unknown: 'The cost basis is not known, so that the gain cannot be held to the budget or to the rule on short-term gains.',
  do_not_sell: 'The holding is marked as not to be sold.',
  cannot_trade: 'The account cannot trade.',
  below_minimum: 'The trade would be smaller than the smallest trade.',
  whole_shares: 'Only whole shares can be traded, and less than one is left.',
  no_candidate: 'The account has no security to buy for a class that needs more.',
  no_replacement: 'There is no other security of the class to hold after the loss is realised.',
  no_price: 'The security has no price.',
  no_cash: 'There is no cash to buy with.',
  no_sales: 'Only cash and new money are used.',
  contribution_limit: 'The contribution limit of the account leaves no more room.',
  cash_short: 'The account cannot raise the cash that is withdrawn or kept.',
  no_trade_found: 'No single exchange within an account brings the weights nearer to their targets.',
} as const satisfies Readonly<Record<string, string>>
export type SkipReason = keyof typeof skipReasons

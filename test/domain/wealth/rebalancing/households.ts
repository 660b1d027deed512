import type {
  RebalancingAccount,
  RebalancingHolding,
  RebalancingInput,
  RebalancingLot,
  RebalancingProposal,
  RebalancingRules,
  RebalancingSecurity,
} from '../../../../domain/wealth/rebalancing/index.ts'

export const today = '2026-03-16'

export const account = (id: string, stated: Partial<RebalancingAccount> = {}): RebalancingAccount => ({
  id,
  treatment: 'taxable',
  cash: '0.00',
  allowsFractions: true,
  canTrade: true,
  ...stated,
})

export const ira = (stated: Partial<RebalancingAccount> = {}): RebalancingAccount =>
  account('ira', { treatment: 'tax_deferred', ...stated })

export const lot = (
  openedBy: string,
  quantity: string,
  costBasis: string | null,
  stated: Partial<RebalancingLot> = {},
): RebalancingLot => ({
  openedBy,
  quantity,
  costBasis,
  acquiredOn: '2020-01-02',
  isLong: true,
  ...stated,
})

export const holding = (accountId: string, symbol: string, quantity: string, ...lots: readonly RebalancingLot[]): RebalancingHolding => ({
  accountId,
  symbol,
  quantity,
  lots,
})

/** Of one class, at $100. */
export const security = (symbol: string, assetClass: string, price = '100'): RebalancingSecurity => ({
  symbol,
  price,
  weights: { [assetClass]: 1 },
})

export const rules = (stated: Partial<RebalancingRules> = {}): RebalancingRules => ({
  mode: 'bands',
  aim: 'target',
  minimumTrade: '0.00',
  gainsBudget: null,
  avoidShortTerm: false,
  harvestLosses: false,
  taxRates: { short: 0.4, long: 0.2 },
  ...stated,
})

/** Stocks and bonds at 60 to 40 with bands of five points: STK and STK2, BND and BND2, each at $100. */
export const household = (
  stated: Partial<Omit<RebalancingInput, 'rules'>> & { readonly rules?: Partial<RebalancingRules> },
): RebalancingInput => ({
  today,
  accounts: [account('taxable')],
  holdings: [],
  securities: [security('STK', 'stocks'), security('STK2', 'stocks'), security('BND', 'bonds'), security('BND2', 'bonds')],
  targets: {
    by: 'asset_class',
    weights: [
      { key: 'stocks', weight: 0.6 },
      { key: 'bonds', weight: 0.4 },
    ],
    band: { absolute: 0.05 },
  },
  candidates: { stocks: ['STK', 'STK2'], bonds: ['BND', 'BND2'] },
  washSales: { purchases: [], losses: [], identicalPairs: [] },
  ...stated,
  rules: rules(stated.rules),
})

/** The trades as short texts. */
export const tradesOf = ({ trades }: RebalancingProposal): string[] =>
  trades.map(({ accountId, quantity, side, symbol }) => `${accountId} ${side} ${quantity} ${symbol}`)

/** The skips as short texts. */
export const skipsOf = ({ skips }: RebalancingProposal): string[] =>
  skips.map(({ accountId, amount, assetClass, reason, symbol }) =>
    [accountId ?? '-', symbol ?? assetClass ?? '-', reason, amount].join(' '),
  )

export const weightOf = ({ classes }: RebalancingProposal, name: string): number =>
  classes.find(({ assetClass }) => assetClass === name)!.after

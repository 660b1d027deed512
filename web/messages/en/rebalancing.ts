/** The words of the page that rebalances a portfolio. */

export const title = 'Rebalance a portfolio'

export const page = {
  link: 'Rebalance',
  lead: 'Trades that bring the portfolio back to its target, and what they cost in tax. All amounts are in US dollars. Nothing is ordered or stored here.',
  noTarget: 'The portfolio has no target',
  noTargetLead: 'Say first what it should consist of.',
  setTarget: 'Set a target',
  of: (date: string) => `Proposals for ${date}`,
  compareLead: 'A proposal for each limit of the gains that may be realised. Choose one to see its trades.',
  untraded: (amount: string) =>
    `${amount} of the portfolio cannot be traded here: balances without securities, short sales, and securities without a price.`,
}

export const settings = {
  title: 'Settings',
  mode: 'When to trade',
  modes: {
    bands: 'When out of balance',
    calendar: 'Now, whatever the bands',
    cash_flow: 'Invest cash, sell nothing',
  },
  aim: 'How far to trade',
  aims: { target: 'Back to the target', band_edge: 'To the edge of the band' },
  avoidShortTerm: 'Keep lots with a short-term gain',
  harvestLosses: 'Realise losses too',
  more: 'More settings',
  minimumTrade: 'Smallest trade',
  budgets: 'Gains that may be realised',
  budgetsHelp: 'A proposal is made for each amount: at most so much net gain.',
  budget: 'Net gain',
  budgetRow: (number: number) => `Limit ${number}`,
  addBudget: 'Add a limit',
  removeBudget: (number: number) => `Remove limit ${number}`,
  isUnlimited: 'Also without a limit',
  notDollars: 'Write an amount in dollars and cents that is not below zero.',
  noBudget: 'Give an amount, or choose “Also without a limit”.',
  manyBudgets: (most: number) => `At most ${most} proposals can be compared.`,
  cash: 'Cash of each account',
  newCash: 'Put in',
  withdrawal: 'Take out',
  minimumCash: 'Keep at least',
  doNotSell: 'Securities that are not sold',
}

export const budgets = {
  caption: 'Proposals by limit of gains',
  limit: 'Limit of gains',
  none: 'No limit',
  tax: 'Tax',
  short: 'Short-term gain',
  long: 'Long-term gain',
  trackingError: 'Tracking error left',
  outside: 'Out of balance',
  turnover: 'Turnover',
  trades: 'Trades',
  unknown: 'Not known',
  note: 'Out of balance: classes outside of their band after the trades. Tax below zero is what losses save if other gains use them. Tracking error: yearly standard deviation of the difference to the target.',
  noTrackingError: {
    no_covariance: 'The tracking error is not known: there are no assumptions about the classes.',
    class_not_covered: 'The tracking error is not known: the assumptions do not cover every class.',
  },
  assumptions: (name: string) => `Assumptions of the tracking error: ${name}.`,
}

export const tax = {
  unknown: (year: string) => `No tax is counted: the facts of the tax year ${year} are not complete.`,
  toFacts: (year: string) => `State the facts of ${year}`,
  rates: (short: string, long: string, year: string) =>
    `Tax by the facts of ${year}: ${short} of one more dollar of short-term gain, ${long} of long-term gain.`,
  change: 'Change the facts',
  of: (amount: string) => `Tax of this proposal: ${amount}.`,
  same: 'The same as before.',
  less: (amount: string) => `${amount} less than before.`,
  more: (amount: string) => `${amount} more than before.`,
  noBasis: (amount: string) => `The gain of shares sold for ${amount} is not known and is in no sum.`,
}

export const nothing = {
  bands: 'Nothing has to be done: every class is in its band.',
  calendar: 'Nothing has to be done: every class is at its target.',
  cash_flow: 'Nothing has to be done: there is no cash to invest.',
  noTrades: 'No trade is proposed. The reasons are under “What is not done”.',
}

export const classes = {
  title: 'Before and after',
  lead: 'The wide bar is the share after the trades, the thin one that before. The line is the target, and the ground behind it the band.',
  change: (before: string, after: string) => `${before} before, ${after} after`,
  unclassified: (before: string, after: string) => `Worth without a class: ${before} before, ${after} after. It is in no share.`,
}

export const trades = {
  title: 'Trades',
  lead: 'Nothing is ordered: enter the orders with your broker. Sales come first. Untick a sale to keep its security in all accounts.',
  caption: 'Proposed trades',
  include: 'Included',
  sellOf: (symbol: string, account: string) => `Sell ${symbol} in ${account}`,
  trade: 'Trade',
  sides: { buy: 'Buy', sell: 'Sell' },
  account: 'Account',
  quantity: 'Shares',
  amount: 'Amount',
  gain: 'Gain',
  tax: 'Tax',
  reason: 'Reason',
  lots: 'Lots',
  lotsOf: (symbol: string, account: string) => `Lots of ${symbol} in ${account} to name to the broker`,
  notTaxed: 'Not taxed',
  partUnknown: 'A part is not known',
  none: '–',
  terms: { short: 'short-term', long: 'long-term' },
  csv: 'Download CSV for the broker',
  kept: 'Not sold, because you unticked them:',
  sellAgain: (symbol: string) => `Allow sales of ${symbol}`,
}

/** Why a trade is proposed. `name`: the class or the security of the target. */
export const reasons = {
  cash_need: () => 'Raises cash that is taken out or kept',
  over_target: (name: string) => `${name} is above its target`,
  harvest_loss: () => 'Realises a loss',
  invest_cash: () => 'Invests cash of the account',
  under_target: (name: string) => `${name} is below its target`,
  harvest_replacement: () => 'Replaces what is sold at a loss',
  noName: 'The security',
}

export const lots = {
  acquired: 'Acquired',
  noLot: 'Shares without a lot',
  shares: 'Shares',
  gain: 'Gain',
  proceeds: 'Proceeds',
  basis: 'Basis',
}

export const csv = {
  file: (date: string) => `rebalancing-${date}.csv`,
  header: ['Account', 'Symbol', 'Side', 'Quantity', 'Order type', 'Lots'],
  orderType: 'Market',
  lot: (shares: string, day: string, basis: string) => `${shares} acquired ${day}, basis ${basis}`,
  noLot: (shares: string) => `${shares} without a lot`,
  unknown: 'not known',
}

export const skips = {
  title: 'What is not done',
  lead: 'What would bring the portfolio nearer to its target, and why it is left out.',
  caption: 'Trades that are left out',
  what: 'Security or class',
  cash: 'Cash',
  account: 'Account',
  reason: 'Reason',
  amount: 'Amount',
}

export const cash = {
  title: 'Cash by account',
  caption: 'Cash of each account before and after',
  account: 'Account',
  before: 'Before',
  added: 'Put in',
  withdrawn: 'Taken out',
  sold: 'From sales',
  bought: 'For purchases',
  after: 'After',
}

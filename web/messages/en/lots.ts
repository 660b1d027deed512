import { plural } from './plural.ts'

/** The words of the pages of positions and tax lots. */

export const titles = { investments: 'Investments', position: 'Tax lots of a position', washSales: 'Wash sales' }

export const shared = {
  unknown: 'Not known',
  noPrice: 'No price',
  removedAccount: 'An account that was removed',
  calculating: 'Changes of the ledger are being calculated. The figures follow within a minute.',
  shares: (count: string, isOne: boolean) => `${count} ${isOne ? 'share' : 'shares'}`,
  terms: { short: 'Short-term', long: 'Long-term' },
  transactions: 'Transactions',
  toRegister: 'Show it in the register',
  opened: 'Opened by',
  closed: 'Closed by',
}

export const investments = {
  lead: (household: string) =>
    `${household}: what each account holds, from the tax lots of its transactions. All amounts are in US dollars.`,
  toWashSales: 'Wash sales',
  empty: 'There are no positions yet',
  emptyLead: 'Enter purchases of securities in the register of an investment account, or import them from a file.',
  import: 'Import transactions',
  caption: (account: string) => `Positions in ${account}`,
  position: 'Security',
  soldShort: 'Sold short',
  lots: (count: number, shown: string) => plural(count, 'lot', 'lots', shown),
  basis: 'Cost basis',
  ofWashSales: (amount: string) => `${amount} of it from wash sales`,
  value: 'Market value',
  priceOf: (date: string) => `Price of ${date}`,
  shortTerm: 'Short-term gain',
  longTerm: 'Long-term gain',
  next: 'Next turns long-term',
  none: 'None',
}

export const incomplete = {
  title: 'Incomplete',
  lead: 'Figures of these securities are not complete. Correct or add the transaction that is missing.',
  show: (date: string) => `Show the transaction of ${date}`,
}

export const avoid = {
  title: 'What to avoid now',
  lead: 'A loss does not count if the same security is bought within 30 days before or after the sale, in any account of the household.',
  doNotBuy: (symbols: string, date: string) => `Do not buy ${symbols} before ${date}`,
  doNotSell: (symbols: string, date: string) => `A sale of ${symbols} at a loss before ${date} would be a wash sale`,
  loss: (shares: string, account: string) => `${shares} were sold at a loss in ${account}.`,
  lossOf: (shares: string, account: string, amount: string) =>
    `${shares} were sold at a loss in ${account}. Up to ${amount} of it would not count.`,
  purchase: (shares: string, account: string) => `${shares} were bought in ${account}.`,
  showLoss: 'Show the loss',
  showPurchase: 'Show the purchase',
  /** For screen readers: several links have the same words. */
  ofSecurity: (what: string, symbol: string) => `${what}: ${symbol}`,
}

export const position = {
  titleOf: (symbol: string, account: string) => `${symbol} in ${account}`,
  lead: 'The tax lots that are held, and what was closed. All amounts are in US dollars.',
  toList: 'All investments',
  lots: 'Tax lots',
  lotsCaption: (symbol: string) => `Tax lots of ${symbol}`,
  noLots: 'Nothing is held now.',
  acquired: 'Acquired',
  origins: {
    purchase: 'Bought',
    reinvestment: 'Reinvested',
    transfer: 'Transferred in',
    gift: 'Gift',
    inheritance: 'Inherited',
    spin_off: 'Spin-off',
    short: 'Sold short',
  },
  term: 'Term',
  /** A wash sale, a gift or an inheritance adds another holding period. */
  heldSince: (date: string) => `Counts as held since ${date}`,
  turnsLong: (date: string) => `Long-term from ${date}`,
  quantity: 'Shares',
  basis: 'Basis',
  lossBasis: (amount: string) => `${amount} for a loss`,
  value: 'Value',
  gain: 'Gain',
  details: 'Details',
  transactionsOfLot: (date: string) => `Transactions of the lot of ${date}`,
  closings: 'Closed',
  closingsLead: 'What sales and other events have closed, by year.',
  notTaxed: 'Gains in this account are not taxed.',
  nothingClosed: 'Nothing of this position was closed yet.',
  closingsCaption: (symbol: string, year: string) => `Closed lots of ${symbol} in ${year}`,
  closedOn: 'Closed',
  kinds: {
    sale: 'Sale',
    short: 'Short sale',
    cash_in_lieu: 'Cash in lieu',
    boot: 'Cash in a merger',
    return_of_capital: 'Return of capital',
  },
  acquiredOn: (date: string) => `Acquired ${date}`,
  proceeds: 'Proceeds',
  disallowed: 'Disallowed loss',
  washSale: 'Wash sale',
  washSaleOf: (date: string) => `Wash sale of the loss of ${date}`,
  transactionsOfClosing: (date: string) => `Transactions of what was closed on ${date}`,
}

export const wash = {
  lead: 'Each loss of an account that is taxed, with the shares that replaced those that were sold. All amounts are in US dollars.',
  toInvestments: 'Investments',
  year: 'Year',
  allYears: 'All years',
  account: 'Account',
  allAccounts: 'All accounts',
  oneSale: 'Only the losses of one sale are shown.',
  showAll: 'Show all losses',
  empty: 'There are no losses here',
  emptyLead: 'Sales at a loss in accounts that are taxed appear here.',
  loss: (amount: string, shares: string, symbol: string) => `Loss of ${amount} on ${shares} of ${symbol}`,
  sold: (date: string, account: string) => `Sold on ${date} in ${account}`,
  states: { certain: 'Certain', watching: 'Watching', incomplete: 'Incomplete' },
  certain: 'The 61 days are over, and the records of all accounts cover them.',
  watching: (date: string) => `Still watching until ${date}: a purchase up to that day would replace more of the shares.`,
  watchingDone: (date: string) => `All shares of the loss are replaced. The 61 days end on ${date}.`,
  incomplete: 'The records of some accounts do not cover the 61 days. A purchase that is missing would change the result:',
  longSales:
    'This is a loss on a short sale, and such shares were sold within 30 days of it. The loss may be disallowed for as many shares (IRC 1091(e)). That is not calculated here. The sales:',
  longSale: (date: string, shares: string, symbol: string, account: string) => `${date}: ${shares} of ${symbol} in ${account}`,
  /** After the name of the account. */
  gap: (from: string, to: string) => (from === to ? `: ${from} is missing.` : `: ${from} to ${to} are missing.`),
  disallowed: 'Disallowed',
  counts: 'Counts so far',
  open: 'Shares that nothing replaced',
  timeline: (shares: string, symbol: string, date: string) => `The 61 days around the sale of ${shares} of ${symbol} on ${date}`,
  noReplacement: (from: string, to: string) => `No purchase from ${from} to ${to} replaced the shares.`,
  replaced: (count: number, shown: string, amount: string) =>
    `${plural(count, 'purchase', 'purchases', shown)} replaced shares. ${amount} of the loss is disallowed.`,
  replacements: 'Replacements',
  replacement: (date: string, days: string, shares: string, symbol: string, account: string) =>
    `${date}, ${days}: ${shares} of ${symbol} in ${account}.`,
  before: (count: number, shown: string) => `${plural(count, 'day', 'days', shown)} before the sale`,
  after: (count: number, shown: string) => `${plural(count, 'day', 'days', shown)} after the sale`,
  sameDay: 'the day of the sale',
  isLost: (amount: string) => `${amount} of the loss is lost for good: the account is tax-advantaged.`,
  inBasis: (amount: string) => `${amount} of the loss is added to the basis of these shares.`,
  show: 'Show the purchase',
  showOf: (symbol: string, date: string) => `Show the purchase of ${symbol} on ${date}`,
  sale: 'Sale',
  today: 'Today',
  legend: { basis: 'In the basis', lost: 'Lost for good', gap: 'Records are missing' },
  table: {
    place: 'Event',
    date: 'Day',
    days: 'Days from the sale',
    account: 'Account',
    symbol: 'Security',
    shares: 'Shares',
    disallowed: 'Disallowed loss',
    fate: 'What becomes of it',
  },
}

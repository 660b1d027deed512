/** The words of the ways to choose the lots of a sale. */

export const titles = { sell: 'Compare ways to sell', methods: 'How lots are chosen' }

export const methods = {
  fifo: 'First in, first out',
  lifo: 'Last in, first out',
  hifo: 'Highest cost first',
  lowest_tax: 'Least taxed first',
  average: 'Average cost',
  specific: 'Your own choice',
}

export const picking = {
  lots: 'Lots',
  of: (shares: string) => `of ${shares}`,
  lot: (term: string, basis: string) => `${term}, basis ${basis}`,
  unknownBasis: 'not known',
  sum: (chosen: string) => `Chosen so far: ${chosen}.`,
  none: 'No lots can be chosen.',
  needed: 'Choose shares of at least one lot.',
}

export const sell = {
  titleOf: (symbol: string, account: string) => `Sell ${symbol} in ${account}`,
  lead: 'What a sale would gain and cost in tax, by each way to choose its lots. All amounts are in US dollars.',
  toPosition: 'Tax lots',
  quantity: 'Shares to sell',
  price: 'Price of a share',
  priceHelp: 'Left empty: the newest daily close.',
  date: 'Day of the sale',
  dateHelp: 'Left empty: today.',
  own: 'Compare my own choice of lots',
  submit: 'Compare',
  result: (shares: string, price: string, date: string) => `Sale of ${shares} at ${price} on ${date}`,
  caption: (symbol: string) => `Ways to sell ${symbol}`,
  way: 'Way',
  tax: 'Tax of the year',
  shortTerm: 'Short-term',
  longTerm: 'Long-term',
  disallowed: 'Disallowed',
  proceeds: 'Proceeds',
  basis: 'Basis',
  lots: 'Lots',
  lotsOf: (way: string) => `Lots of: ${way}`,
  lowest: 'Lowest tax',
  holds: 'Holds without a choice',
  same: 'The tax is the same by all ways.',
  taxNote: 'Gains are after wash sales. The tax is what the sale adds to the tax of the year; below zero, it saves tax.',
  acquired: 'Acquired',
  noLot: 'No lot',
  shares: 'Shares',
  term: 'Term',
  gain: 'Gain',
  use: 'Nothing is stored here. To use a way, give the choice to your broker before the sale settles. Then enter the sale in the register, and choose the same way for it on the page of its tax lots.',
  toRegister: 'To the register',
}

export const choice = {
  open: 'Choose lots',
  read: 'Choice of lots',
  holds: 'Way that holds',
  from: 'Chosen',
  standing: 'By the method of the account or the security',
  until: 'Can change until',
  identifiedOn: 'The broker had it on',
  method: 'Way to choose',
  none: 'No choice of its own',
  lotOf: (shares: string, acquired: string) => (acquired === '' ? shares : `${shares} of ${acquired}`),
  brokerHadIt: 'Your broker had the choice on',
  store: 'Store the choice',
  of: {
    sale: {
      title: (symbol: string, date: string) => `Lots of the sale of ${symbol} on ${date}`,
      chosen: 'For this sale',
      settled: (date: string) =>
        `The sale settled on ${date}. The law takes another choice only if your broker had it by that day: say when that was.`,
      unsettled: (date: string) =>
        `Give the same choice to your broker by ${date}, when the sale settles. Later the law takes no other lots.`,
      stored: (symbol: string) => `Lots of the sale of ${symbol} chosen`,
    },
    transfer: {
      title: (symbol: string, date: string) => `Lots of the transfer of ${symbol} on ${date}`,
      chosen: 'For this transfer',
      settled: (date: string) =>
        `The transfer settled on ${date}. Another choice holds only if your broker had it by that day: say when that was.`,
      unsettled: (date: string) => `Give the same choice to your broker by ${date}, when the transfer settles. Later no other lots count.`,
      stored: (symbol: string) => `Lots of the transfer of ${symbol} chosen`,
    },
  },
}

export const elections = {
  lead: 'Which lots a sale takes if it has no choice of its own, and which securities count as the same for wash sales.',
  toInvestments: 'All investments',
  title: 'Methods of accounts and securities',
  titleLead: 'A method holds for sales from its day on. Where there is none, the lots that were acquired first are sold first.',
  caption: 'Methods by account',
  empty: 'No method is set. Everywhere it is first in, first out.',
  account: 'Account',
  security: 'Security',
  securityHelp: 'Left empty: every security of the account without a method of its own.',
  others: 'All without a method of their own',
  method: 'Method',
  from: 'From',
  effectiveOn: 'Holds for sales from',
  actions: 'Actions',
  of: (security: string, account: string) => (security === '' ? account : `${security} in ${account}`),
  add: 'Add a method',
  change: (name: string) => `Change the method of ${name}`,
  remove: (name: string) => `Remove the method of ${name}`,
  store: 'Store the method',
  added: (name: string) => `Method of ${name} added`,
  changed: (name: string) => `Method of ${name} changed`,
  removed: (name: string) => `Method of ${name} removed`,
  failed: 'It was not changed.',
  explained: 'What the methods do',
  explain: {
    fifo: 'The lots that were acquired first are sold first.',
    lifo: 'The lots that were acquired last are sold first.',
    hifo: 'The lots with the highest cost per share are sold first.',
    lowest_tax:
      'Short-term losses are sold first, then long-term losses, long-term gains and short-term gains. The tax of the year is not looked at.',
    average:
      'Every share has the average cost of all shares. It holds only for funds, and for shares of a dividend reinvestment plan. It is asked because you must elect it with the broker in writing (IRS Publication 550).',
  },
}

export const identical = {
  title: 'Substantially identical securities',
  lead: 'A purchase of one replaces a loss of the other: it is a wash sale. The law does not say which funds are substantially identical, so you decide.',
  caption: 'Pairs of securities',
  empty: 'No securities count as substantially identical.',
  pair: 'Securities',
  names: (one: string, other: string) => `${one} and ${other}`,
  reason: 'Reason',
  one: 'Security',
  other: 'Other security',
  why: 'Why they are substantially identical',
  add: 'Add a pair',
  store: 'Store the pair',
  change: (pair: string) => `Change the reason of ${pair}`,
  storeReason: 'Store the reason',
  changed: (pair: string) => `Reason of ${pair} changed`,
  remove: (pair: string) => `Remove the pair ${pair}`,
  added: (pair: string) => `Pair ${pair} added`,
  removed: (pair: string) => `Pair ${pair} removed`,
}

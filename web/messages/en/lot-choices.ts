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
  title: (symbol: string, date: string) => `Lots of the sale of ${symbol} on ${date}`,
  holds: 'Way that holds',
  from: 'Chosen',
  forSale: 'For this sale',
  standing: 'By the method of the account or the security',
  until: 'Can change until',
  identifiedOn: 'The broker had it on',
  settled: (date: string) =>
    `The sale settled on ${date}. The law takes another choice only if your broker had it by that day: say when that was.`,
  unsettled: (date: string) => `Give the same choice to your broker by ${date}, when the sale settles. Later the law takes no other lots.`,
  method: 'Way to choose',
  none: 'No choice for this sale',
  brokerHadIt: 'Your broker had the choice on',
  store: 'Store the choice',
  stored: (symbol: string) => `Lots of the sale of ${symbol} chosen`,
}

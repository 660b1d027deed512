/** The words for the cost basis of an account that is taken from the tax lots of a real account. */

export const planBasis = {
  none: 'None',
  own: 'An account that is no longer here',
  legend: (account: string) => `Figures of ${account}`,
  taken: (date: string) => `The cost basis was taken from the tax lots on ${date}.`,
  other: (account: string, taken: string, date: string, now: string) =>
    `The cost basis of ${account} is ${taken} in the plan, from the tax lots on ${date}. Now it is ${now}. The plan keeps its own until another is taken.`,
  entered: 'The cost basis was entered by hand.',
  open: 'Without a cost basis the whole balance counts as one: a sale then has no gain that is taxed.',
  known: (basis: string, date: string) => `The cost basis of its tax lots and its cash is ${basis} on ${date}.`,
  withRest: (basis: string, rest: string, date: string) =>
    `The cost basis of its tax lots is ${basis} on ${date}. Its stated balance is ${rest} more than they are worth. Is the rest cash? Shares without tax lots are not counted.`,
  borrowed: (cash: string) => `Its cash is ${cash} by the ledger, and is not counted: deposits are missing, or it was borrowed.`,
  worth: (value: string) => `It is worth ${value}.`,
  pricesOf: (value: string, date: string) => `It is worth ${value}, at prices of ${date} or later.`,
  noValue: 'What it is worth is not known: a share has no price.',
  otherDay: (begins: string, today: string) =>
    `These figures are of ${today}, and the plan begins on ${begins}. To begin it on a later day, roll it forward on the page History.`,
  take: 'Take the balance and the cost basis',
  takeBasis: 'Take the cost basis',
  takeWithRest: 'Take them, with the rest as cash',
  takeBalance: 'Take the balance',
  unknown: 'Its cost basis is not known. What is entered here stays.',
  knownPart: (basis: string) => `The part that is known: ${basis}.`,
  calculating: 'Changes of the ledger are being calculated. Open this form again in a moment.',
}

/** The words of the result of a plan. */

export const titles = {
  result: 'Result of a plan',
  whatIf: 'What if',
  compare: 'Compare scenarios',
  ask: 'Ask the plan',
  path: 'One future',
  actual: 'Plan against actual',
}

export const run = {
  run: 'Run the simulation',
  again: 'Run again',
  more: 'More ways to run',
  working: (paths: string) => `Simulating ${paths} futures. This takes a few seconds.`,
  none: 'Not simulated yet',
  noneLead: (paths: string) =>
    `A simulation plays the plan in ${paths} possible futures: with good and bad years, high and low inflation. Then you see how often it works.`,
  noneViewer: 'Nobody has simulated this plan yet. Ask an owner or editor of the household to run it.',
  changed: 'The plan has changed since this result. Run it again to see what is true now.',
  changedViewer: 'The plan has changed since this result.',
  earlier: 'This is an earlier result, not the newest.',
  showNewest: 'Show the newest',
  failed: 'The last simulation has failed.',
  failedWhy: 'Reason:',
  failedUnknown: 'The server gave no reason.',
  failedAdvice: 'Nothing of the plan is lost. Try it again with fewer paths. If it fails again, look at the inputs of the plan.',
  editPlan: 'Edit the plan',
  progress: (done: string, all: string) => `${done} of ${all} paths are done`,
  waiting: 'This simulation waits to begin',
  cancel: 'Cancel this run',
  cancelled: 'The run is cancelled.',
  gone: 'This run is not there, or belongs to another plan.',
  warnings: 'What this run points out',
  portfolio:
    'This plan is one portfolio with payments in and out, so its result has wealth and failures only. Add people, incomes and expenses to the plan to see incomes, taxes, spending and goals by year.',
  older:
    'This result is of an earlier version of the simulation. It does not know incomes, taxes and spending by year, nor the causes of failures. Simulate the plan again to see them.',
}

export const success = {
  title: 'How often it works',
  probability: 'Success',
  interval: (low: string, high: string) => `between ${low} and ${high}`,
  household: {
    all_spending: (count: string, paths: string) =>
      `In ${count} of ${paths} futures, everything you planned to spend, and all debts and taxes, is paid in every year that somebody is alive.`,
    essential_spending: (count: string, paths: string) =>
      `In ${count} of ${paths} futures, all essential spending, debts and taxes are paid in every year that somebody is alive.`,
  },
  portfolio: (count: string, paths: string, years: string) =>
    `In ${count} of ${paths} futures, the money pays every withdrawal of all ${years} years.`,
  sure: (level: string, low: string, high: string) =>
    `How sure is that? A simulation of more futures would very likely (${level}) come out between ${low} and ${high}. This counts chance only: it does not say whether the assumptions are right.`,
  ending: 'Left at the end',
  endingNote: 'In the middle future, in money of today. Half of all futures end with more.',
  taxes: 'Taxes of a whole life',
  taxesNote: 'On average over all futures, in money of today.',
  fails: 'Half of the failures',
  failsNever: 'None',
  failsNote: (count: string) => `${count} futures fail. Half of them have failed by this year.`,
  failsAtAge: (count: string, age: string) =>
    `${count} futures fail. Half of them have failed by this year, when the older person is ${age}.`,
  failsNoneNote: 'No simulated future fails.',
  estimate: 'All figures are estimates from simulated futures.',
}

export const money = {
  label: 'Money',
  real: 'Money of today',
  nominal: 'Money of each year',
}

export const fan = {
  title: 'Wealth over the years',
  /** Wealth of a household is counted as long as somebody is alive. */
  householdSummary: (year: string, low: string, middle: string, high: string) =>
    `Of the futures in which somebody is alive in ${year}, the middle one has ${middle}. One in ten has at most ${low}, one in ten at least ${high}.`,
  summary: (year: string, low: string, middle: string, high: string) =>
    `In ${year}, the middle future has ${middle}. One future in ten has at most ${low}, one in ten at least ${high}.`,
}

export const failures = {
  title: 'What fails, and when',
  chart: 'Futures that first fail, by year',
  chartByAge: 'Futures that first fail, by age',
  summary: (half: string, first: string, last: string) =>
    `The first failures are in ${first}, half of them have happened by ${half}, the last are in ${last}.`,
  summaryByAge: (half: string, first: string, last: string) =>
    `The first failures are at the age of ${first}, half of them have happened by ${half}, the last are at ${last}. The age is that of the older person.`,
  year: 'Year',
  age: 'Age',
  futures: 'Futures that first fail',
  failedBy: (share: string, age: string) => `${share} by the age of ${age}`,
  failedByAges: (parts: string) => `Of all futures, these have failed: ${parts}.`,
  causesTitle: 'What cannot be paid',
  cause: 'In the year of the first failure',
  futuresOf: 'Futures',
  shareOfFailures: 'Of the failures',
  shareOfAll: 'Of all futures',
  mostFail: (share: string, sentence: string) => `In ${share} of the failures, ${sentence}`,
  olderCauses: 'This result is of an earlier version of the simulation, which did not know why a future fails.',
  causes: {
    discretionarySpending: {
      name: 'Spending that can wait',
      note: 'Essential spending, debts and taxes are still paid.',
      sentence: 'essential spending is still paid, but not everything beyond it.',
    },
    essentialSpending: {
      name: 'Essential spending',
      note: 'Debts and taxes are still paid.',
      sentence: 'the money does not even pay all essential spending.',
    },
    debts: {
      name: 'Debts',
      note: 'Nothing is left for spending. Taxes are still paid.',
      sentence: 'nothing is left for spending, and not all debts are paid.',
    },
    taxes: {
      name: 'Taxes',
      note: 'Nothing is left for spending and debts.',
      sentence: 'nothing is left for spending and debts, and not all taxes are paid.',
    },
  },
  none: 'No simulated future fails.',
  why: 'Why does it fail? One future as an example',
  path: (number: string) => `Future ${number} fails.`,
  when: (year: string, people: string) => `It first cannot pay everything in ${year}${people === '' ? '' : ` (${people})`}.`,
  unpaid: { spending: 'spending', debts: 'debts', taxes: 'taxes', goals: 'goals' },
  unpaidSentence: (parts: string) => `In that year it lacks ${parts}.`,
  part: (amount: string, kind: string) => `${amount} for ${kind}`,
  returns: (years: string, own: string, better: string) =>
    `In its first ${years} years, investments return ${own} a year after inflation and fees; in a future that ends with more and succeeds, ${better}.`,
  prices: (times: string) => `By then, prices are ${times} times those of today.`,
  rare: (percent: string) => `Failures are rare: even the future that only ${percent} of all end below succeeds.`,
  exploreRare: 'Look at that future year by year',
  explore: 'Look at this future year by year',
  exploreAny: 'Choose any future by its rank or its number',
}

export const goals = {
  title: 'Goals',
  lead: 'How often each goal can be paid. Goals do not decide whether a future succeeds.',
  name: 'Goal',
  year: 'Year',
  funded: 'Paid in full',
  interval: '95 % interval',
  missed: 'Missed',
  share: 'Share paid on average',
  reached: 'Futures that reach it',
  never: 'No future reaches it',
  ofReached: (count: string, reached: string) => `${count} of ${reached}`,
  most: (goal: string, year: string, count: string) =>
    `Missed most often: ${goal}, in ${year}. In ${count} futures that reach this year, it is not paid in full.`,
  allPaid: 'Every goal is paid in full in every future that reaches its year.',
  older: 'This result is of an earlier version of the simulation, which did not know the years of goals.',
}

export const flows = {
  title: 'Where the money comes from, and where it goes',
  lead: 'On average over all futures in which somebody is alive in the year, in money of today. In every year, what comes in is what goes out or is saved.',
  year: 'Year',
  sourcesTitle: 'Money in, by year',
  sourcesSummary: (total: string, parts: string) => `Over a whole life, ${total} comes in on average. Most of it: ${parts}.`,
  usesTitle: 'Money out, by year, and what cannot be paid',
  usesSummary: (total: string, parts: string) => `Over a whole life, ${total} goes out on average. Most of it: ${parts}.`,
  part: (name: string, share: string) => `${name} (${share})`,
  sources: {
    work: 'Work',
    socialSecurity: 'Social Security',
    pensions: 'Pensions and annuities',
    otherIncome: 'Rent and other income',
    property: 'Property sold',
    taxable: 'From taxable accounts',
    traditional: 'From traditional accounts',
    untaxed: 'From Roth, HSA and 529',
  },
  uses: {
    spending: 'Spending',
    taxes: 'Taxes',
    debts: 'Debts',
    goals: 'Goals',
    contributions: 'Contributions to accounts',
    saved: 'Surplus saved',
    spent: 'Surplus spent',
    unpaid: 'Cannot be paid',
  },
  allPaid: 'Everything that is planned is paid in every future.',
  unpaid: (amount: string) =>
    `Of what is planned, ${amount} cannot be paid, on average over a whole life. It stands on top of the money out, and is no part of it.`,
  few: (year: string, alive: string, all: string) =>
    `From ${year} on, somebody is alive in few futures only: in ${alive} of ${all} in that year. The averages of so late years rest on these few.`,
}

export const taxKinds: Readonly<Record<string, string>> = {
  ordinaryIncome: 'Federal income',
  capitalGains: 'Capital gains',
  netInvestmentIncome: 'Net investment income',
  payroll: 'Payroll and self-employment',
  earlyWithdrawal: 'Early withdrawals',
  state: 'State income',
  medicareSurcharge: 'Medicare surcharges',
}

export const taxes = {
  title: 'Taxes',
  lead: (mean: string, low: string, high: string) =>
    `Over a whole life, taxes are ${mean} on average over all futures, in money of today. One future in ten pays less than ${low}, one in ten more than ${high}.`,
  chart: 'Taxes by kind, by year',
  summary: (most: string, share: string, year: string, amount: string) =>
    `The largest is: ${most}, ${share} of all. Taxes are highest in ${year}: ${amount}. On average over the futures in which somebody is alive in the year, in money of today.`,
  none: 'No future pays any taxes.',
  year: 'Year',
  kind: 'Kind of tax',
  mean: 'Whole life, on average',
  share: 'Share',
  total: 'All taxes',
}

export const years = {
  title: 'Year by year',
  file: 'Years of the plan',
  csv: 'Download all years as CSV',
  oneFuture: 'Look at one future year by year, and why it goes as it goes',
  which: 'Table',
  flows: 'Money in and out',
  spread: 'Wealth and spending',
  leadFlows:
    'Averages over the futures in which somebody is alive in the year, in money of today. Required withdrawals are part of those from accounts. Ages are those of the people if they live.',
  leadSpread:
    'How far apart the futures are. Each column is by itself: the median of one year can be another future than the median of the next.',
  allIn: 'All money in',
  allOut: 'All money out',
  required: 'Required withdrawals',
  employer: 'Employers’ contributions',
  roth: 'Roth conversions',
  year: 'Year',
  ages: 'Ages',
  alive: 'Somebody alive',
  failing: 'First fail',
  wealth: (percentile: string) => `Wealth ${percentile}`,
  spending: (percentile: string) => `Spending ${percentile}`,
  spendingReal: (percentile: string) => `Spending ${percentile}, money of today`,
  opening: 'Start',
  flow: 'Paid in or out',
  income: 'Income',
  wages: 'Wages and self-employment',
  socialSecurity: 'Social Security',
  pensions: 'Pensions and annuities',
  otherIncome: 'Other income',
  withdrawals: 'From accounts',
  contributions: 'Into accounts',
  spendingPaid: 'Spending',
  goalsPaid: 'Goals',
  debtPaid: 'Debts',
  tax: 'Taxes',
  growth: 'Growth less fees',
  closing: 'End',
}

/** The words of the history of a plan. */

export const planHistory = {
  caption: 'Versions of the plan, the newest first',
  changes: {
    created: 'Plan made',
    updated: 'The plan itself changed',
    input_added: 'Input added',
    input_replaced: 'Input changed',
    input_removed: 'Input removed',
    restored: 'Restored',
    rolled_forward: 'Rolled forward',
    branched: 'Scenario made',
  },
  added: (name: string) => `Added: ${name}`,
  removed: (name: string) => `Removed: ${name}`,
  changed: (name: string) => `Changed: ${name}`,
}

export const branch = {
  open: 'Make a scenario',
  title: 'Make a scenario',
  explain: 'A scenario is a copy of the plan with the same random numbers. Change it as you like: the plan stays as it is.',
  name: 'Name of the scenario',
  suggested: (plan: string) => `${plan.slice(0, 200)}: what if`,
  description: 'Notes',
  submit: 'Make it',
}

export const rollForward = {
  open: 'Roll forward',
  title: 'Roll the plan forward',
  explain: 'The real balances of a day become the opening balances. Years keep their calendar years, and what has ended is removed.',
  date: 'Day of the balances',
  dateHelp: 'Usually the last day of a month. It cannot be after today.',
  balance: (name: string) => `Balance of ${name}`,
  owed: (name: string) => `Still owed: ${name}`,
  value: (name: string) => `Value of ${name}`,
  priceChange: 'Change of prices since the as-of date',
  priceHelp: 'Amounts in today’s dollars are adjusted by it. Inflation of the past twelve months is published at bls.gov.',
  submit: 'Roll forward',
  done: (date: string) => `Rolled forward to ${date}`,
  noLinks: 'No account takes its real balance yet. On the page Edit, open an account, and say which of your accounts it is.',
  basis: (name: string) => `Cost basis of ${name}`,
  toEdit: 'To the inputs',
}

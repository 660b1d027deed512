/** The words of the pages of goals. */

export const titles = { goals: 'Goals', newGoal: 'Add a goal', goal: 'Change a goal' }

export const goalKinds = {
  retirement: 'Retirement',
  education: 'Education',
  home: 'Home',
  emergency_fund: 'Emergency fund',
  vehicle: 'Vehicle',
  travel: 'Travel',
  other: 'Other',
}

export const goalStatuses = { active: 'Active', reached: 'Reached', paused: 'Paused', dropped: 'Dropped' }

export const goals = {
  lead: (household: string) => `${household}: what you save for, and how far you are.`,
  add: 'Add a goal',
  empty: 'There are no goals yet',
  emptyLead: 'Say what you save for, how much it costs and when. The balances of the accounts that you link are the progress.',
  by: (date: string) => `until ${date}`,
  saved: (saved: string, target: string) => `${saved} of ${target}`,
  progress: (name: string) => `Progress of ${name}`,
  perMonth: (amount: string) => `${amount} a month are needed, without any growth.`,
  missing: (amount: string) => `${amount} are missing.`,
  done: 'Everything is saved.',
  noAccounts: 'No account is linked yet, so there is no progress.',
  forPerson: (name: string) => `For ${name}`,
  priority: (priority: string) => `Priority ${priority}`,
  change: (name: string) => `Change ${name}`,
  changeWord: 'Change',
  viewer: 'You can look at the goals. Only owners and editors of the household can change them.',
}

export const goalForm = {
  lead: 'The balances of the linked accounts are the progress.',
  name: 'Name',
  kind: 'Kind',
  target: 'Target amount',
  currency: 'Currency',
  date: 'Needed on',
  priority: 'Priority',
  priorities: { 1: '1, most important', 2: '2', 3: '3', 4: '4', 5: '5, least important' },
  person: 'For whom',
  everybody: 'The whole household',
  status: 'Status',
  accounts: 'Accounts that are saved for it',
  accountsHelp: 'Only accounts in the currency of the goal.',
  noAccounts: 'There is no account in this currency yet.',
  notes: 'Notes',
  store: 'Add the goal',
  save: 'Save',
  added: (name: string) => `${name} was added.`,
  saved: (name: string) => `${name} was changed.`,
  remove: 'Remove',
  removed: (name: string) => `${name} was removed.`,
  toGoals: 'To all goals',
}

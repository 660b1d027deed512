/** The words of the pages about a person's own data. */

export const titles = { activity: 'Activity', myData: 'Your data', goodBye: 'Good-bye' }

/** Tables as things in a sentence. */
export const things: Readonly<Record<string, string>> = {
  'identity.users': 'a user',
  'identity.preferences': 'preferences',
  'identity.households': 'a household',
  'identity.household_members': 'a membership of a household',
  'identity.household_invitations': 'an invitation',
  'identity.passkeys': 'a passkey',
  'planning.plans': 'a plan',
  'planning.plan_inputs': 'an input of a plan',
  'planning.plan_outputs': 'a result of a plan',
  'planning.runs': 'a simulation',
  'planning.portfolio_models': 'a portfolio model',
  'planning.capital_market_assumptions': 'market assumptions',
  'market.exchanges': 'an exchange',
  'market.instruments': 'an instrument',
  'market.splits': 'a split',
  'market.dividends': 'a dividend',
  'market.benchmarks': 'a benchmark',
  'operations.data_retention_policies': 'a retention policy',
  'operations.legal_holds': 'a legal hold',
  'operations.system_events': 'a system event',
}

const verbs: Readonly<Record<string, string>> = {
  CREATE: 'added',
  READ: 'read',
  UPDATE: 'changed',
  DELETE: 'removed',
  EXECUTE: 'ran',
}

const plain = (name: string): string => name.replace(/^\w+\./, '').replaceAll('_', ' ')
const named = (name: string | undefined): string => (name === undefined ? '' : ` “${name}”`)

export const activity = {
  lead: 'Every change that you made, and every change in the households that you own. Nobody can remove it unseen.',
  table: 'What',
  all: 'Everything',
  action: 'Action',
  actions: { CREATE: 'Added', READ: 'Read', UPDATE: 'Changed', DELETE: 'Removed', EXECUTE: 'Ran' },
  from: 'From',
  to: 'To',
  jump: 'Jump to',
  jumpHelp: 'The list begins at this day.',
  caption: 'Changes, newest first',
  when: 'When',
  what: 'Change',
  where: 'From where',
  you: 'You',
  member: 'Another member',
  platform: 'The platform',
  sentence: (who: string, action: string, table: string, name: string | undefined) =>
    `${who} ${verbs[action] ?? action} ${things[table] ?? plain(table)}${named(name)}`,
  thing: (table: string) => things[table] ?? plain(table),
  fields: (count: number) => (count === 1 ? 'One field' : `${count} fields`),
  field: 'Field',
  before: 'Before',
  after: 'After',
  fieldName: (name: string) => plain(name),
  nothing: 'nothing',
  yes: 'yes',
  no: 'no',
  empty: 'Nothing here yet',
  emptyLead: 'As soon as you change something, it is listed here.',
  noMatch: 'Nothing matches',
  noMatchLead: 'Change the filters.',
  clear: 'Show everything',
  chain: 'How this is protected',
  chainText:
    'Each hour, all new entries are sealed. Each seal contains the one before, is signed, and is kept outside of the database too. You can verify the entries about your own activity. An administrator verifies all of them, and also finds removed entries.',
}

export const ownVerification = {
  name: 'Your entries in the audit trail',
  range: 'The days of the filter above are verified.',
  none: 'There is no entry of yours in these days.',
  good: (entries: string) =>
    `Verified: ${entries}. Each has the hash that its seal has. The seals fit their neighbours, and lead to their anchors.`,
  bad: (faults: string, entries: string) => `Of ${entries}, ${faults} not match the chain.`,
  faults: (count: string) => (count === '1' ? 'one does' : `${count} do`),
  badSeals: (count: string) => (count === '1' ? 'One seal does not fit the chain.' : `${count} seals do not fit the chain.`),
  entries: (count: string) => (count === '1' ? 'one entry' : `${count} entries`),
  waiting: (count: string) =>
    count === '1' ? 'The newest one waits for its seal.' : `The newest ${count} wait for their seal, which is made each hour.`,
  erased: (count: string) => (count === '1' ? 'The values of one entry were erased.' : `The values of ${count} entries were erased.`),
  checked: 'Entries checked',
  oldest: 'Oldest',
  newest: 'Newest',
  seals: 'Seals that have them',
  anchor: 'Newest anchor',
  head: 'Hash of their newest seal',
  notMatching: 'What does not match',
  chain: 'Your entries in the chain',
  chainLead:
    'Each seal has the hash of the one before, and its own is in the next one. An anchor is the signed hash of a seal, outside of the database, and so stands for all seals before it.',
  when: 'When',
  entry: 'Entry',
  found: 'Found',
  states: {
    intact: 'Intact',
    waiting: 'Waits for its seal',
    changed: 'It was changed: it has another hash than its seal has.',
    'values-changed': 'Its values were changed: they have another digest.',
    'values-erased': 'Its values were erased.',
    'not-sealed': 'No seal has it: it was inserted.',
  },
  hashNow: 'Hash now',
  hashSealed: 'Hash in the seal',
  seal: 'Seal',
  sealedAt: 'Sealed',
  yours: 'Your entries',
  hash: 'Hash',
  before: 'Hash before',
  next: 'In the next seal',
  isNewest: 'the newest',
  anchorSeal: 'Anchored with',
  noAnchor: 'not yet',
  fits: 'Fits',
  yes: 'yes',
  no: 'no',
}

export const closeAccount = {
  title: 'Close your account',
  lead: 'For a while, or because somebody else may know your password. Nothing is removed.',
  begin: 'Close my account …',
  confirmTitle: 'Close your account?',
  consequence: 'You are signed out everywhere, and nobody can sign in. Only an operator of this platform opens the account again.',
  confirm: 'Close my account',
  done: 'Your account is closed.',
}

export const myData = {
  lead: 'Take your data with you, or leave.',
  export: 'Get all of your data',
  exportLead:
    'A file with everything that belongs to you: your profile, preferences, households, plans, inputs, results and activity. Its first line lists the tables and what is left out, with the reason.',
  download: 'Download my data',
  downloaded: (rows: string) => `Your data was saved: ${rows} rows.`,
  signInAgain: 'Sign in again to get your data',
  signInAgainLead: 'A file with all of your data is only given shortly after a sign-in. After it, the download goes on.',
  remove: 'Delete your account',
  removeLead: 'This cannot be undone. Download your data first.',
  consequences: [
    'Your sign-in, your profile, your preferences and your memberships are removed.',
    'Households of which you are the only member are removed, with all plans and results.',
    'What you made in shared households stays there, and no longer names you.',
    'Encrypted backups still have your data until their time has passed.',
    'You are signed out everywhere at once.',
  ],
  hand: 'If you are the only owner of a household with other members, make one of them an owner first.',
  toHouseholds: 'To your households',
  begin: 'Delete my account …',
  confirmTitle: 'Delete your account for ever?',
  confirm: 'Delete for ever',
  goodBye: 'Your account is deleted',
  goodByeLead: 'You are signed out. Thank you for having been here.',
  households: (count: string) => `Households that were removed with you: ${count}`,
  rows: (count: string) => `Removed rows: ${count}`,
  stays: 'What stays, and why',
  keptWhat: 'What',
  keptBecause: 'Why',
  signUp: 'Make a new account',
}

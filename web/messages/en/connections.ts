export const title = 'Connections'
export const lead = 'Your sign-ins at banks and brokers. Accounts, balances and transactions come from there by themselves.'
export const connect = 'Connect an institution'
export const empty = 'No institution is connected yet'
export const emptyLead =
  'Connect a bank or broker, and its accounts and transactions come by themselves. You sign in on the page of Plaid, which does not give us your password.'
export const emptyViewer = 'An owner or editor of this household can connect a bank or broker.'
export const noHousehold = 'Create a household first'
export const toHouseholds = 'To the households'

export const states = {
  waiting: 'Up to date',
  syncing: 'Reading now',
  failed: 'Tries again by itself',
  'sign-in-required': 'Sign in again',
  ended: 'Ended by you',
} as const
export const fetching = 'First reading'

export const changedSplits = (count: number) =>
  `The institution has changed the amount of ${count === 1 ? 'a transaction that you have divided' : `${count} transactions that you have divided`}. The parts have changed in proportion. Are they right?`
export const becomes = 'is now'

export const lastSync = 'Read last'
export const never = 'Not yet'
export const nextSync = 'Next attempt'
export const consentExpires = 'The institution asks you to agree again by'
export const fix = 'Sign in again'
export const fixOf = (name: string) => `Sign in again: ${name}`
export const sync = 'Read now'
export const syncOf = (name: string) => `Read now: ${name}`
export const remove = 'Remove'
export const removeOf = (name: string) => `Remove ${name}`

export const connecting = 'Your accounts are being read. This can take half a minute.'
export const connected = (name: string) => `${name} is connected`
export const nothingChosen = 'Nothing was connected. You left the page of Plaid before its end.'
export const synced = (name: string) => `${name} is up to date`
export const notSynced = (name: string) => `${name} could not be read`

export const removeTitle = (name: string) => `Remove ${name}?`
export const removeText =
  'Plaid ends the access to this institution. Accounts and transactions stay as they are, and no longer change by themselves.'
export const keep = 'Keep it'
export const removed = (name: string) => `${name} is removed`

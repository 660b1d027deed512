/** The words of the shell and of the parts that every page uses. A language is a folder with the same files. */

export const app = { name: 'Nestegg', skip: 'Skip to the content', loading: 'Loading …' }

export const navigation = {
  main: 'Main',
  more: 'More',
  today: 'Today',
  groups: { household: 'Household', money: 'Money', planning: 'Planning', market: 'Market', trust: 'Trust', operator: 'Operator' },
  api: 'API',
  help: 'Keyboard shortcuts',
}

export const administrators = { only: 'Only administrators see this page' }

export const connection = {
  waking: 'The database is waking up. Your work is safe, and the page goes on by itself within a minute.',
  offline: 'There is no connection to the server. The page tries again by itself.',
}

export const problem = {
  title: 'This did not work',
  requestId: 'Request',
  copy: 'Copy',
  copied: 'Copied',
  retry: 'Try again',
  close: 'Close',
  unexpected: 'Something unexpected went wrong on this page.',
  reload: 'Load the page again',
  offline: 'The server cannot be reached. Check the connection, then try again.',
  notFound: 'This page does not exist, or you have no access to it.',
  toStart: 'To the start page',
  newVersion: 'A new version of the application is available.',
}

export const undo = {
  undo: 'Undo',
  nothing: 'There is nothing to undo.',
  done: (label: string) => `Undone: ${label}`,
  failed: (label: string) => `Not undone: ${label}`,
  changedSince: (label: string) => `Not undone: ${label} It was changed again since. Look at it, and change it by hand.`,
}

export const palette = {
  open: 'Search and commands',
  placeholder: 'Go to a page, a plan, or do something …',
  none: 'Nothing matches.',
  go: 'Go to',
  actions: 'Actions',
  theme: { light: 'Light theme', dark: 'Dark theme', system: 'Theme of the device' },
  privacy: (on: boolean) => (on ? 'Show amounts' : 'Hide amounts'),
  signOut: 'Sign out',
}

export const shortcuts = {
  title: 'Keyboard shortcuts',
  palette: 'Search and commands',
  help: 'Show this list',
  undo: 'Undo the last change',
  privacy: 'Hide or show amounts',
  goTo: (page: string) => `Go to ${page}`,
}

export const account = {
  menu: 'Your account',
  settings: 'Settings',
  signOut: 'Sign out',
  household: 'Household',
  privacyOn: 'Amounts are hidden. Show them.',
  privacyOff: 'Hide all amounts',
}

export const form = {
  save: 'Save',
  cancel: 'Cancel',
  remove: 'Remove',
  edit: 'Edit',
  add: 'Add',
  close: 'Close',
  optional: 'optional',
  required: 'Fill this in.',
  notMoney: 'Write an amount, such as 1250.50 or 420k.',
  notPercent: 'Write a percentage, such as 4.5.',
  notNumber: 'Write a number.',
  notDate: 'Choose a date.',
  draftRestored: 'Your earlier entries are still here.',
  discardDraft: 'Start again',
  perYear: 'per year',
  perMonth: 'per month',
}

export const conflict = {
  title: 'Somebody changed this meanwhile',
  explain: 'Your changes are still here. Compare the two versions, then choose.',
  field: 'Field',
  yours: 'Yours',
  theirs: 'Stored now',
  keepMine: 'Store mine over it',
  takeTheirs: 'Take the stored one',
}

export const table = {
  rows: (count: string) => `${count} rows`,
  loadMore: 'Show more',
  empty: 'Nothing here yet.',
  csv: 'Download CSV',
  sortBy: (column: string) => `Sort by ${column}`,
  filter: 'Filter',
}

export const seal = {
  unverified: 'Not yet verified',
  verifiedOn: 'Verified on',
  engineChanged: 'The engine has changed since',
  mismatch: 'Does not match',
  verify: 'Verify',
  verifying: 'Computing again …',
  explain: 'To verify it, everything that it read is computed again, and every hash is compared.',
  open: 'Show how this was computed',
  definitions: 'What the figures mean',
}

export const tray = {
  title: 'Runs in progress',
  progress: (done: string, all: string) => `${done} of ${all} paths`,
  left: (seconds: string) => `about ${seconds} left`,
  queued: 'Waiting to begin',
  cancel: 'Cancel',
  done: 'Finished',
  failed: 'Failed',
  cancelled: 'Cancelled',
  open: 'Show the result',
  dismiss: 'Remove from the list',
}

export const chart = {
  asTable: 'Show as a table',
  asChart: 'Show as a chart',
}

/** The words of the rules for transactions. */
import { plural } from './plural.ts'

export const titles = { rules: 'Rules', newRule: 'New rule', rule: 'Change a rule' }

export const fields: Readonly<Record<string, string>> = {
  payee: 'Payee',
  merchant: 'Merchant',
  description: 'Text of the bank',
  notes: 'Notes',
  amount: 'Amount',
  account: 'Account',
  category: 'Category',
  own_category: 'Own category',
  tag: 'Tag',
  date: 'Date',
  type: 'Type',
}

/** The names of lists of which a transaction has one. */
export const lists = {
  account: 'One of the accounts',
  category: 'One of the categories',
  own_category: 'One of your own categories',
  type: 'One of the types',
}

export const textOperators: Readonly<Record<string, string>> = {
  contains: 'contains',
  equals: 'is',
  starts_with: 'starts with',
  ends_with: 'ends with',
  matches_words: 'has the words',
  matches_pattern: 'matches the pattern',
  is_empty: 'is empty',
}
export const amountOperators: Readonly<Record<string, string>> = {
  above: 'is above',
  below: 'is below',
  equals: 'is',
  between: 'is between',
  is_inflow: 'comes in',
  is_outflow: 'goes out',
}
export const actions: Readonly<Record<string, string>> = {
  set_category: 'Set the category',
  add_tags: 'Add tags',
  remove_tags: 'Remove tags',
  set_merchant: 'Set the merchant',
  set_notes: 'Set the notes',
  mark_transfer: 'Mark as a transfer',
  split: 'Divide into parts',
}
export const changedFields: Readonly<Record<string, string>> = {
  category: 'Category',
  merchantName: 'Merchant',
  notes: 'Notes',
  tags: 'Tags',
  transferAccountId: 'Account of the transfer',
  splits: 'Parts',
}
export const sources: Readonly<Record<string, string>> = { person: 'By hand', entry: 'New entry', import: 'Import', sync: 'Bank sync' }

export const list = {
  lead: 'Rules label transactions for you. They run in this order on every new transaction. What you have set by hand stays.',
  make: 'New rule',
  failed: 'The change was not made.',
  applyAll: 'Apply to all transactions',
  applying: 'The rules are applied to all transactions',
  progress: (labels: number, left: number, labelsText: string, leftText: string) =>
    `${plural(labels, 'label', 'labels', labelsText)} set, ${plural(left, 'transaction', 'transactions', leftText)} left`,
  stop: 'Stop',
  applied: (labels: number, left: number) =>
    left === 0
      ? plural(labels, 'label was set', 'labels were set')
      : `${plural(labels, 'label was set', 'labels were set')}; ${plural(left, 'transaction is left', 'transactions are left')}`,
  undone: (restored: number, kept: number) =>
    kept === 0
      ? plural(restored, 'label is as before', 'labels are as before')
      : `${plural(restored, 'label is as before', 'labels are as before')}; ${plural(kept, 'had changed since and stays', 'had changed since and stay')}`,
  empty: 'There are no rules yet',
  emptyLead: 'Make a rule, such as: if the payee contains “coffee”, the category is Food and drink.',
  noHousehold: 'Make a household first.',
  everything: 'Every transaction',
  rest: 'the rest',
  or: ' or ',
  removedName: 'Removed since',
  all: 'If all hold',
  any: 'If one holds',
  thenDo: 'Then',
  off: 'Off',
  stops: 'Last rule where it holds',
  earlier: (name: string) => `Move ${name} up`,
  later: (name: string) => `Move ${name} down`,
  up: 'Up',
  down: 'Down',
  turnOn: 'Turn on',
  turnOff: 'Turn off',
  change: 'Change',
  changeOf: (name: string) => `Change ${name}`,
  remove: 'Remove',
  removed: (name: string) => `${name} was removed`,
  turned: (name: string, on: boolean) => `${name} is ${on ? 'on' : 'off'}`,
  moved: (name: string) => `${name} was moved`,
  not: 'not:',
  and: 'and',
  until: 'to',
}

export const log = {
  title: 'What rules have done',
  lead: 'Undo a run to have the labels of before. Labels that have changed since stay.',
  empty: 'No rules were applied yet',
  emptyLead: 'Each application is listed here, and can be undone.',
  when: 'When',
  by: 'By',
  read: 'Read',
  set: 'Set',
  undo: 'Undo',
  undoOf: (when: string) => `Undo the run of ${when}`,
  undone: 'Undone',
}

export const form = {
  lead: 'Say which transactions the rule is for, and what it sets. Upper and lower case and accents make no difference.',
  toList: 'All rules',
  name: 'Name',
  match: 'The rule holds if',
  matches: [
    ['all', 'all conditions hold'],
    ['any', 'one condition holds'],
  ] as const,
  conditions: 'Conditions',
  conditionsHelp: 'Without a condition the rule is for every transaction.',
  addCondition: 'Add a condition',
  condition: (number: number) => `Condition ${number}`,
  removeCondition: (number: number) => `Remove condition ${number}`,
  field: 'What',
  operator: 'How',
  value: 'Value',
  highest: 'To',
  from: 'From',
  not: 'Holds if not',
  actions: 'Then',
  addAction: 'Add an action',
  action: (number: number) => `Action ${number}`,
  removeAction: (number: number) => `Remove action ${number}`,
  does: 'Action',
  tagsHelp: 'Separate tags by commas.',
  category: 'Category',
  otherAccount: 'The other account',
  unknownAccount: 'Not known',
  way: 'Divide by',
  ways: { percents: 'Percent', amounts: 'Amounts' } as const,
  parts: 'Parts',
  partsHelp: 'Leave one empty: it takes the rest.',
  addPart: 'Add a part',
  part: (number: number) => `Part ${number}`,
  removePart: (number: number) => `Remove part ${number}`,
  percent: 'Percent',
  amount: 'Amount',
  rest: 'the rest',
  notes: 'Notes',
  active: 'The rule is on',
  stopAfter: 'Leave out the rules after it where it holds',
  store: 'Store the rule',
  stored: (name: string) => `${name} was stored`,
  nameMissing: 'Give the rule a name.',
  needsAction: 'Add at least one action.',
}

export const preview = {
  title: 'What it would change',
  lead: 'On the transactions that you have now. Nothing is stored yet.',
  counts: (changed: number, read: number) => `${changed} of ${plural(read, 'transaction', 'transactions')} would change.`,
  first: (count: number) => (count === 1 ? 'The change:' : `The newest ${count} changes:`),
  none: 'No transaction would change',
  noneLead: 'Transactions that come later are still labelled. Or widen the conditions.',
  incomplete: 'Add an action and fill in the conditions to see what the rule would change.',
  date: 'Date',
  text: 'Transaction',
  amount: 'Amount',
  field: 'Label',
  before: 'Before',
  after: 'After',
  nothing: 'nothing',
}

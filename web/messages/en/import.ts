import { plural } from './plural.ts'

export const titles = { import: 'Import a file' }

export const choose = {
  lead: 'Take a file that your bank or broker offers for download, or that another program has written. Nothing is stored before you have seen it.',
  file: 'File',
  fileHelp: 'OFX, QFX, QIF, CSV or JSON, up to 50 MB. You can also drop it here.',
  drop: 'Drop the file here',
  tooLarge: 'The file has more than 50 MB. Divide it by year.',
  empty: 'The file is empty.',
  sending: (percent: string) => `Sending the file: ${percent}`,
  reading: 'Reading the file…',
  onlyEditors: 'Only owners and editors of this household can import files.',
}

export const preview = {
  title: 'What would be stored',
  fresh: 'New',
  duplicates: 'Already there',
  doubtful: 'Doubtful',
  lead: 'Look at the rows. Then store them, or change how the file is read.',
  refusedLead: 'Nothing can be stored while rows are not readable. Change how the file is read, or leave these rows out.',
  notes: 'Notes on this file',
  line: 'Line',
  field: 'Field',
  reason: 'Reason',
  faults: 'Rows that cannot be read',
  moreFaults: (shown: string, all: string) => `The first ${shown} of ${all}.`,
  skipRejected: 'Leave out the rows that cannot be read',
  storeDoubtful: 'Store the doubtful rows too',
  doubtfulHelp: 'Each is like a transaction that you have, but not the same. By default they are left out.',
  balance: (date: string) => `Balance in the file, ${date}`,
  after: 'Balance in the ledger then',
  setOpening: (amount: string) => `Change the opening balance to ${amount}, so that both are the same`,
  account: 'Goes to',
  noAccount: 'Leave these rows out',
  chooseAccount: 'Choose an account',
  decideFirst: 'Check how the file is read below: the file does not decide it.',
  chooseFirst: 'Choose an account for the rows first.',
  accountOf: (name: string) => `Account in the file: ${name}`,
  unnamed: 'Rows of the file',
  ending: (mask: string) => `ending in ${mask}`,
  rows: (name: string) => `What was read: ${name}`,
  shown: (count: number, shown: string, all: string) => `The first ${shown} of ${plural(count, 'row', 'rows', all)}.`,
  holdings: (count: number, text: string) =>
    `The file states ${plural(count, 'position', 'positions', text)}. Positions are not kept yet, so they are not stored.`,
  description: 'Description',
  amount: 'Amount',
  store: (count: number, text: string) => `Store ${plural(count, 'transaction', 'transactions', text)}`,
  nothing: 'There is nothing new to store.',
  onlyPositions:
    'The file has only positions. Positions are not kept yet, so nothing of it is stored. A file of transactions can be imported.',
  changed: 'The ledger has changed since. This is the new preview.',
  stored: (count: number, text: string) => plural(count, 'transaction was stored.', 'transactions were stored.', text),
  storing: (count: number, text: string) =>
    `${plural(count, 'transaction is', 'transactions are', text)} being stored. This takes a minute or two. You can leave this page meanwhile.`,
  undoing: 'The transactions of this import are being removed. This takes a minute or two. You can leave this page meanwhile.',
  notStored: (reason: string) => `Nothing was stored. ${reason}`,
  lookAgain: 'Look at the preview',
  show: 'Show the transactions',
  undo: 'Undo this import',
  undone: 'The import was undone: its transactions are gone.',
}

export const verdicts = { new: 'New', duplicate: 'Already there', doubtful: 'Doubtful' }

export const table = {
  title: 'How the file is read',
  lead: 'This was found in the file. Change what is wrong.',
  undecided: 'Please check: the file does not decide this.',
  encoding: 'Letters',
  delimiter: 'Between cells',
  decimalMark: 'Decimal mark',
  thousandsMark: 'Thousands mark',
  dateOrder: 'Order of dates',
  sign: 'Sign of amounts',
  columns: 'Columns',
  notInFile: 'Not in the file',
  again: 'Read again',
  save: 'Remember this for files with the same columns, as',
  saveHelp: 'For example the name of the bank. Leave it empty to remember nothing.',
}

export const delimiterNames: Readonly<Record<string, string>> = { ',': 'Comma', ';': 'Semicolon', '\t': 'Tab', '|': 'Vertical bar' }
export const encodingNames: Readonly<Record<string, string>> = { 'windows-1252': 'Western Europe', 'windows-1250': 'Central Europe' }
export const markNames: Readonly<Record<string, string>> = {
  '': 'None',
  '.': 'Point',
  ',': 'Comma',
  "'": 'Apostrophe',
  ' ': 'Space',
}
export const dateOrderNames: Readonly<Record<string, string>> = {
  YMD: 'Year, month, day',
  DMY: 'Day, month, year',
  MDY: 'Month, day, year',
}
export const signNames: Readonly<Record<string, string>> = {
  as_is: 'Negative: money out',
  inverted: 'Positive: money out',
  by_type: 'By the column of types',
}
export const meaningNames: Readonly<Record<string, string>> = {
  date: 'Date',
  amount: 'Amount',
  moneyOut: 'Money out',
  moneyIn: 'Money in',
  description: 'Description',
  merchantName: 'Payee',
  notes: 'Notes',
  label: 'Category',
  type: 'Type',
  account: 'Account',
  symbol: 'Symbol',
  quantity: 'Quantity',
  price: 'Price',
}

export const earlier = {
  title: 'Earlier imports',
  none: 'No file was imported yet.',
  file: 'File',
  stored: (count: string) => `Rows stored: ${count}`,
  failed: (reason: string) => `Could not be stored: ${reason}`,
  state: 'State',
  undo: 'Undo',
  undoTitle: 'Undo this import?',
  undoText: (file: string, count: number, text: string) =>
    `${plural(count, 'transaction', 'transactions', text)} of ${file} will be removed, with what was added since. You can import the file again.`,
  keep: 'Keep it',
}
export const states = { open: 'Not stored', storing: 'Being stored', committed: 'Stored', undoing: 'Being undone', undone: 'Undone' }

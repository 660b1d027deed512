import type { AccountType } from '../../account-types.ts'
import { checkRows } from '../check-rows.ts'
import { Findings } from '../findings.ts'
import type { FileAccount, FileContent, FileTransaction } from '../rows.ts'
import { readBankRecord } from './bank-rows.ts'
import { readInvestmentRecord } from './investment-rows.ts'
import { type QifRecord, type QifSection, sectionsOf } from './sections.ts'
import { findReading, type QifOptions } from './values.ts'

const types: Readonly<Record<string, AccountType>> = {
  bank: 'checking',
  ccard: 'credit_card',
  cash: 'checking',
  'oth a': 'other',
  'oth l': 'loan',
  invst: 'investment',
  port: 'investment',
  '401(k)/403(b)': 'retirement',
}

const skipped: Readonly<Record<string, string>> = {
  cat: 'categories',
  class: 'classes',
  prices: 'prices',
  memorized: 'memorized transactions',
  budget: 'budgets',
  tax: 'tax lines',
  template: 'templates',
  'invoice item': 'invoice items',
  tag: 'tags',
}

const field = (record: QifRecord | undefined, code: string): string | undefined =>
  record?.fields.find(each => each.code === code)?.text || undefined

const typeOf = (section: QifSection): string => section.kind.replace(/^type:\s*/, '')

/** Quicken begins an account with its opening balance, as a transfer from the account to itself. */
const openingOf = ({ records }: QifSection): string | undefined =>
  /^opening balance$/i.test(field(records[0], 'P') ?? '') ? /^\[(.+)\]/.exec(field(records[0], 'L') ?? '')?.[1] : undefined

const withoutTransfer = (row: FileTransaction): FileTransaction => ({ ...row, transferAccount: undefined, category: undefined })

/** Tickers by name of security. */
const symbolsOf = (sections: readonly QifSection[]): ReadonlyMap<string, string> =>
  new Map(
    sections
      .filter(section => typeOf(section) === 'security')
      .flatMap(({ records }) =>
        records.flatMap(record => {
          const [name, symbol] = [field(record, 'N'), field(record, 'S')]
          return name !== undefined && symbol !== undefined && symbol.length <= 40 ? [[name, symbol.toUpperCase()] as const] : []
        }),
      ),
  )

/**
 * Reads a file of Quicken (QIF) with any number of accounts. Dates of four conventions and numbers with either mark are decided by all records
 * together.
 * @throws DomainError if it has no section, or a record that does not end
 */
export const readQif = (text: string, options: QifOptions = {}): FileContent => {
  const sections = sectionsOf(text.startsWith('\uFEFF') ? text.slice(1) : text)
  const findings = new Findings()
  const withRows = sections.filter(section => section.kind.startsWith('type:') && types[typeOf(section)] !== undefined)
  const { ambiguous, notes, reading } = findReading(
    withRows.flatMap(({ records }) => records),
    options,
  )
  for (const note of notes) findings.note(note)
  const symbols = symbolsOf(sections)
  const accounts = new Map<string, { account: Omit<FileAccount, 'transactions' | 'holdings'>; transactions: FileTransaction[] }>()
  let named: QifRecord | undefined
  for (const section of sections) {
    const kind = typeOf(section)
    if (section.kind === 'account') {
      // An account that is listed without rows says nothing. The last one is that of the rows that follow.
      named = section.records.findLast(record => field(record, 'N') !== undefined)
    } else if (types[kind] !== undefined && section.kind.startsWith('type:')) {
      const opening = openingOf(section)
      const name = findings.row(named?.line ?? section.line, fields => fields.text('N', field(named, 'N') ?? opening))
      const key = `${name ?? ''}\n${name === undefined ? kind : ''}`
      const stated = types[field(named, 'T')?.toLowerCase() ?? ''] ?? types[kind]
      const held = accounts.get(key) ?? { account: { key: name ?? kind, name, type: stated }, transactions: [] }
      accounts.set(key, held)
      for (const record of section.records) {
        const row =
          kind === 'invst' || kind === 'port'
            ? readInvestmentRecord(record, reading, symbols, findings)
            : readBankRecord(record, reading, findings)
        if (row !== undefined) held.transactions.push(row.transferAccount === opening && opening !== undefined ? withoutTransfer(row) : row)
      }
    } else if (kind !== 'security') {
      const known = skipped[kind]
      if (known === undefined) findings.rejectRow(section.line, `"!${section.kind.slice(0, 40)}" is not a known section`)
      else findings.note(`Line ${section.line}: ${known} are not read.`)
    }
  }
  const read = [...accounts.values()].map(
    ({ account, transactions }): FileAccount => ({
      ...account,
      transactions: checkRows(transactions, findings, { field: 'N' }),
      holdings: [],
    }),
  )
  if (read.length === 0) findings.note('The file has no transactions.')
  const { notes: found, rejected, rejectedCount } = findings
  return { format: 'qif', accounts: read, rejected, rejectedCount, notes: found, ambiguous }
}

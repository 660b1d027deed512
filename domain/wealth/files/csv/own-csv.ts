import { csvCell, type Row, rowsOf } from '../../../files/index.ts'
import { DomainError, issuesOf } from '../../../shared/index.ts'
import { checkReversals } from '../check-reversals.ts'
import { checkRows } from '../check-rows.ts'
import { Findings } from '../findings.ts'
import { ownAccount, ownTransaction, withoutUndefined } from '../own-format.ts'
import { chargeKinds, type FileAccount, type FileContent, type FileTransaction } from '../rows.ts'

/** Columns of the account of a row, with their members. */
const accountColumns = [
  ['nestegg_account_key', 'key'],
  ['account_name', 'name'],
  ['account_mask', 'mask'],
  ['account_number_hash', 'numberHash'],
  ['account_type', 'type'],
  ['account_tax_type', 'taxType'],
  ['account_currency', 'currency'],
  ['institution_name', 'institutionName'],
] as const

const textColumns = [
  ['type', 'type'],
  ['date', 'date'],
  ['amount', 'amount'],
  ['currency', 'currency'],
  ['description', 'description'],
  ['merchant_name', 'merchantName'],
  ['category', 'category'],
  ['own_category', 'ownCategory'],
  ['label', 'label'],
  ['notes', 'notes'],
  ['external_id', 'externalId'],
  ['pending_id', 'pendingId'],
  ['check_number', 'checkNumber'],
  ['transfer_account', 'transferAccount'],
  ['transaction_key', 'key'],
  ['reverses', 'reverses'],
  ['running_balance', 'runningBalance'],
  ['trade_date', 'tradeDate'],
  ['settlement_date', 'settlementDate'],
  ['symbol', 'symbol'],
  ['security_name', 'securityName'],
  ['security_id', 'securityId'],
  ['quantity', 'quantity'],
  ['price', 'price'],
  ['value', 'value'],
  ['acquired_date', 'acquiredDate'],
  ['lot_origin', 'lotOrigin'],
  ['cost_basis', 'costBasis'],
  ['basis_share', 'basisShare'],
  ['contribution_source', 'contributionSource'],
  ['contributor', 'contributor'],
  ['new_symbol', 'newSymbol'],
  ['data_quality_score', 'dataQualityScore'],
  ['confidence_score', 'confidenceScore'],
] as const satisfies readonly (readonly [string, keyof FileTransaction])[]

/** Columns with JSON in their cells: true and false, numbers, lists and objects. */
const jsonColumns = [
  ['is_pending', 'isPending'],
  ['is_qualified', 'isQualified'],
  ['tax_year', 'taxYear'],
  ['tags', 'tags'],
  ['attachments', 'attachments'],
  ['splits', 'splits'],
  ['split_ratio', 'splitRatio'],
] as const satisfies readonly (readonly [string, keyof FileTransaction])[]

const snake = (name: string): string => name.replaceAll(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)
const chargeColumns = chargeKinds.map(kind => [snake(kind), kind] as const)

/** The names of the columns of our own CSV, in their order. */
export const ownCsvHeader: readonly string[] = [...accountColumns, ...textColumns, ...chargeColumns, ...jsonColumns].map(([name]) => name)

const numbers: ReadonlySet<string> = new Set(['amount', 'running_balance', 'quantity', 'price', 'value', 'cost_basis', 'basis_share'])

const cellOf = (name: string, value: string | undefined): string => csvCell(value ?? '', numbers.has(name))

const textIn = (name: string, cell: string): string | undefined => {
  if (cell === '') return undefined
  return !numbers.has(name) && /^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell
}

/**
 * Accounts and their transactions as the lines of our own CSV, the first of which names the columns. Balances and holdings are not in it: JSON has
 * them. Money out is negative, the decimal mark is a point, dates are YYYY-MM-DD, and an empty text is a missing one.
 */
export function* csvLines(accounts: Iterable<FileAccount>): Generator<string> {
  yield `${ownCsvHeader.join(',')}\r\n`
  for (const account of accounts) {
    const start = accountColumns.map(([name, member]) => cellOf(name, account[member]))
    for (const row of account.transactions) {
      const cells = [
        ...start,
        ...textColumns.map(([name, member]) => cellOf(name, row[member])),
        ...chargeColumns.map(([name, kind]) => cellOf(name, row.charges?.[kind])),
        ...jsonColumns.map(([name, member]) => cellOf(name, row[member] === undefined ? undefined : JSON.stringify(row[member]))),
      ]
      yield `${cells.join(',')}\r\n`
    }
  }
}

/** The whole CSV of `csvLines`. */
export const writeCsv = (accounts: Iterable<FileAccount>): string => [...csvLines(accounts)].join('')

/** Whether a text is an export of `writeCsv`. */
export const isOwnCsv = (text: string): boolean => text.replace(/^\uFEFF/, '').startsWith('nestegg_account_key,')

/** The members of a row, and messages of cells that cannot be read. */
const membersOf = (cell: (name: string) => string, line: number, findings: Findings): Record<string, unknown> | undefined => {
  const charges = withoutUndefined(Object.fromEntries(chargeColumns.map(([name, kind]) => [kind, textIn(name, cell(name))])))
  const members: Record<string, unknown> = Object.fromEntries(textColumns.map(([name, member]) => [member, textIn(name, cell(name))]))
  members['description'] ??= ''
  if (Object.keys(charges).length > 0) members['charges'] = charges
  let isFaulty = false
  for (const [name] of textColumns)
    if (!numbers.has(name) && /^[=+\-@]/.test(cell(name))) {
      findings.reject(line, 'begins like a formula of a spreadsheet, which the export would have made harmless', name)
      isFaulty = true
    }
  for (const [name, member] of jsonColumns) {
    const text = textIn(name, cell(name))
    try {
      if (text !== undefined) members[member] = JSON.parse(text)
    } catch {
      findings.reject(line, 'is not valid JSON', name)
      isFaulty = true
    }
  }
  return isFaulty ? undefined : withoutUndefined(members)
}

const nameOfMember = new Map<string, string>([...textColumns, ...chargeColumns, ...jsonColumns].map(([name, member]) => [member, name]))

/** Reads an export of `writeCsv`. @throws DomainError if columns are missing or doubled, or what it says of an account is not valid */
export const readOwnCsv = (text: string): FileContent => {
  const [header, ...rows] = rowsOf(text.replace(/^\uFEFF/, ''), ',')
  const places = new Map(header?.cells.map((name, place) => [name, place]))
  const missing = ownCsvHeader.filter(name => !places.has(name))
  if (missing.length > 0) throw new DomainError([{ path: 'line 1', message: `must have columns for ${missing.slice(0, 5).join(', ')}` }])
  const findings = new Findings()
  const accounts = new Map<string, { account: Omit<FileAccount, 'transactions' | 'holdings'>; transactions: FileTransaction[] }>()
  const width = header!.cells.length
  for (const row of rows) {
    const cell = (name: string) => row.cells[places.get(name)!] ?? ''
    if (row.cells.length !== width) {
      findings.rejectRow(row.line, `has ${row.cells.length} cells where the header has ${width}`)
      continue
    }
    const members = membersOf(cell, row.line, findings)
    const { data, error } = members === undefined ? {} : ownTransaction.safeParse(members)
    for (const { message, path } of error === undefined ? [] : issuesOf(error))
      findings.reject(row.line, message, nameOfMember.get(path.split('.').at(-1) ?? '') ?? path)
    if (data === undefined) findings.rejectedCount += 1
    else accountIn(accounts, cell, row).transactions.push({ line: row.line, ...data })
  }
  const read = [...accounts.values()].map(
    ({ account, transactions }): FileAccount => ({
      ...account,
      transactions: checkReversals(checkRows(transactions, findings, { field: 'external_id' }), findings, 'transaction_key'),
      holdings: [],
    }),
  )
  const { notes, rejected, rejectedCount } = findings
  return { format: 'csv', accounts: read, rejected, rejectedCount, notes }
}

const accountIn = (
  accounts: Map<string, { account: Omit<FileAccount, 'transactions' | 'holdings'>; transactions: FileTransaction[] }>,
  cell: (name: string) => string,
  row: Row,
) => {
  const key = textIn('', cell('nestegg_account_key')) ?? ''
  const known = accounts.get(key)
  if (known !== undefined) return known
  const given = withoutUndefined(Object.fromEntries(accountColumns.map(([name, member]) => [member, textIn(name, cell(name))])))
  const { data, error } = ownAccount.safeParse({ ...given, key })
  if (data === undefined)
    throw new DomainError(
      issuesOf(error).map(({ message, path }) => ({ path: `line ${row.line}`, message: `account ${path}: ${message}` })),
    )
  const held = { account: data, transactions: [] }
  accounts.set(key, held)
  return held
}

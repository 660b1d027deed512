import { type DataRow, streamTable } from '../../../files/index.ts'
import { hideNumber } from '../account-number.ts'
import { checkRows } from '../check-rows.ts'
import { Findings } from '../findings.ts'
import type { FileAccount, FileContent, FileHolding, FileTransaction } from '../rows.ts'
import { balanceOf } from './balance-of.ts'
import { Cells, CsvColumns } from './cells.ts'
import { type CsvDetection, detectCsv } from './detect-csv.ts'
import type { CsvProfile, CsvProfileChange } from './profile.ts'
import { readAccount, readHolding } from './read-positions.ts'
import { TransactionReader } from './read-transaction.ts'

export interface CsvContent extends FileContent {
  readonly detection: Omit<CsvDetection, 'table'>
  /** The names of the columns. */
  readonly header: readonly string[]
}

/** What a table says of the account of a row. */
export type CsvAccount = Pick<FileAccount, 'key' | 'mask' | 'name' | 'numberHash' | 'type'>

/** What one row holds. */
export interface CsvItem {
  readonly account: CsvAccount
  readonly transaction?: FileTransaction
  readonly holding?: FileHolding
  readonly statedAccount?: FileAccount
}

const totals = /^(?:transactions? )?(?:total|subtotal|sum|summe|gesamt|suma|totaal|somme)\b/i
const undone = /^(?:reverted|declined|failed|cancell?ed|storniert|annulé)/i
/** How a row is named that only states a balance. */
const statedBalance = /\b(?:balance|saldo|kontostand|solde|eindsaldo|beginsaldo)\b/i
const isNumber = (text: string): boolean => /^[A-Z]{2}\d{2}[A-Z\d ]{8,}$|^[\d*X][\d*X -]{6,}\d$/i.test(text)

/** Reads a table row by row. Short rows are filled with empty cells, but not the last, because a file that is cut ends with one. */
export class CsvReader {
  readonly #columns: CsvColumns
  readonly #findings: Findings
  readonly #transactions: TransactionReader
  readonly #accounts = new Map<string, CsvAccount>()
  readonly #width: number

  /** @throws DomainError for a column that the file does not have */
  constructor(profile: CsvProfile, header: readonly string[], width: number, findings: Findings) {
    this.#columns = new CsvColumns(profile, header, width)
    this.#width = width
    this.#findings = findings
    this.#transactions = new TransactionReader(this.#columns, findings)
  }

  read(row: DataRow, isLast: boolean): CsvItem | undefined {
    if (this.#isSkipped(row)) return undefined
    const { cells, fault, line } = row
    if (fault !== undefined && (isLast || cells.length > this.#width || cells.length < 2)) {
      this.#findings.rejectRow(line, fault)
      return undefined
    }
    if (fault !== undefined) this.#findings.note('Some rows have fewer cells than the header. Their last columns were read as empty.')
    if (this.#columns.profile.rows === 'accounts') {
      const statedAccount = readAccount(row, this.#columns, this.#findings)
      return statedAccount && { account: statedAccount, statedAccount }
    }
    if (this.#columns.profile.rows === 'holdings') {
      const holding = readHolding(row, this.#columns, this.#findings)
      return holding && { account: this.#accountOf(row, 'investment'), holding }
    }
    const transaction = this.#transactions.read(row)
    return transaction && { account: this.#accountOf(row, this.#transactions.isInvestment ? 'investment' : undefined), transaction }
  }

  /** Rows of totals, payments that did not happen, and the whole of a transaction of which the parts are rows too. */
  #isSkipped(row: DataRow): boolean {
    const skip = (reason: string): true => {
      this.#findings.note(`Line ${row.line} ${reason}. It was skipped.`)
      return true
    }
    const place = this.#columns.placeOf('date')
    if (place !== undefined && totals.test(row.cells[place]?.trim() ?? '')) return skip('has totals')
    const cells = new Cells(this.#columns, { text: () => undefined } as never, row)
    if (undone.test(cells.raw('status'))) return skip(`has the status "${cells.raw('status').slice(0, 40)}"`)
    const hasNoAmount = (['amount', 'moneyIn', 'moneyOut', 'quantity'] as const).every(meaning => cells.raw(meaning) === '')
    if (hasNoAmount && cells.raw('balance') !== '' && statedBalance.test(cells.raw('description'))) return skip('has a balance')
    if (place !== undefined && row.cells[place]?.trim() === '' && row.cells.some(cell => statedBalance.test(cell)))
      return skip('has a balance')
    const isNothing = (text: string) => /^-?0*(?:[.,]0*)?$/.test(text)
    const hasParts = !isNothing(cells.raw('splitAmount')) && isNothing(cells.raw('amount'))
    return hasParts ? skip('is a transaction of which the parts are rows of their own') : false
  }

  #accountOf(row: DataRow, type: 'investment' | undefined): CsvAccount {
    const cell = (meaning: 'account' | 'accountNumber') => row.cells[this.#columns.placeOf(meaning) ?? -1]?.trim() ?? ''
    const [name, number] = [cell('account'), cell('accountNumber')]
    const given = `${name}\n${number}`
    const known = this.#accounts.get(given)
    if (known !== undefined) return known
    const hidden = number === '' ? (isNumber(name) ? hideNumber(name) : undefined) : hideNumber(number)
    const shownName = name === '' || isNumber(name) ? undefined : name.slice(0, 255)
    const account = { key: hidden?.numberHash ?? shownName ?? '', name: shownName, ...hidden, type }
    this.#accounts.set(given, account)
    return account
  }
}

const currencyOf = (rows: readonly { readonly currency?: string | undefined }[]): string | undefined => {
  const currencies = new Set(rows.map(({ currency }) => currency))
  return currencies.size === 1 ? [...currencies][0] : undefined
}

export interface CsvOptions {
  /** What is known of the profile; the rest is found. */
  readonly profile?: CsvProfileChange | undefined
  /** False for an institution that uses identifiers more than once. */
  readonly idsAreUnique?: boolean | undefined
}

/**
 * Reads a table of transactions, holdings or accounts.
 * @param bytes text, or text in gzip
 * @throws DomainError if it is no text or has no rows, or the profile names a column that it does not have
 */
export const readCsv = (bytes: Uint8Array, { idsAreUnique, profile: change = {} }: CsvOptions = {}): CsvContent => {
  const { table, ...detection } = detectCsv(bytes, change)
  const findings = new Findings({ refusesFormulas: true })
  const width = table.header.length > 0 ? table.header.length : (table.rows[0]?.cells.length ?? 0)
  const reader = new CsvReader(detection.profile, table.header, width, findings)
  if (table.rows.length === 0) findings.note('The table has no rows.')
  const accounts = new Map<string, { account: CsvAccount; transactions: FileTransaction[]; holdings: FileHolding[] }>()
  const stated: FileAccount[] = []
  for (const [index, row] of table.rows.entries()) {
    const item = reader.read(row, index === table.rows.length - 1)
    if (item === undefined) continue
    const { account, holding, statedAccount, transaction } = item
    if (statedAccount !== undefined) stated.push(statedAccount)
    else {
      const held = accounts.get(account.key) ?? { account, transactions: [], holdings: [] }
      accounts.set(account.key, held)
      if (transaction !== undefined) held.transactions.push(transaction)
      if (holding !== undefined) held.holdings.push(holding)
    }
  }
  const read = [...accounts.values()].map(
    ({ account, holdings, transactions }): FileAccount => ({
      ...account,
      currency: currencyOf([...transactions, ...holdings]),
      ...balanceOf(transactions),
      transactions: checkRows(transactions, findings, { idsAreUnique, field: 'transaction id' }),
      holdings,
    }),
  )
  if (detection.ignoredColumns.length > 0)
    findings.note(`Columns that are not read: ${detection.ignoredColumns.map(name => name.slice(0, 40)).join(', ')}.`)
  const { notes, rejected, rejectedCount } = findings
  return {
    format: 'csv',
    accounts: [...stated, ...read],
    rejected,
    rejectedCount,
    notes,
    ambiguous: detection.ambiguous,
    detection,
    header: table.header,
  }
}

/**
 * Reads the rows of a table that comes in pieces, in memory that does not grow with it. Identifiers are not compared.
 * @param profile of `detectCsv`, with the person's changes
 * @param findings receives faults and notes
 */
export async function* streamCsv(
  chunks: AsyncIterable<Uint8Array>,
  profile: CsvProfile,
  findings: Findings,
  limit?: number,
): AsyncGenerator<CsvItem> {
  let header: readonly string[] = []
  let reader: CsvReader | undefined
  let held: DataRow | undefined
  const rows = streamTable(chunks, profile, { ...(limit === undefined ? {} : { limit }), onHeader: names => (header = names) })
  for await (const row of rows) {
    reader ??= new CsvReader(profile, header, header.length > 0 ? header.length : row.cells.length, findings)
    const item = held && reader.read(held, false)
    held = row
    if (item !== undefined) yield item
  }
  const last = held && reader?.read(held, true)
  if (last !== undefined) yield last
}

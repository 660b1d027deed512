import {
  type Detection,
  detectTable,
  type FileProfile,
  type FileProfileChange,
  placeOf,
  plainName,
  readFigure,
  shownCell,
} from '../../../files/index.ts'
import { actionOf, isOutgoing } from './actions.ts'
import { guessColumns } from './guess-columns.ts'
import { csvMeanings } from './meanings.ts'
import { type CsvPreset, csvPresets, type CsvProfile, type CsvProfileChange, type CsvRowKind, type CsvSign } from './profile.ts'

/** How a table would be read, and why. */
export interface CsvDetection {
  readonly profile: CsvProfile
  /** The program that wrote it, if it is known. */
  readonly preset: string | undefined
  readonly notes: Detection['notes']
  /** Fields of the profile that nothing in the file decides, and that the caller did not set. The person must choose. */
  readonly ambiguous: readonly string[]
  /** Names of the columns. */
  readonly header: readonly string[]
  /** Names of columns that are not read. */
  readonly ignoredColumns: readonly string[]
  readonly table: Detection['table']
}

const presetOf = (header: readonly string[]): CsvPreset | undefined => {
  const names = new Set(header.map(plainName))
  return csvPresets.find(preset => preset.header.every(name => names.has(name)))
}

const has = (profile: FileProfile, ...meanings: readonly string[]): boolean => meanings.some(meaning => meaning in profile.columns)

const rowKindOf = (profile: FileProfile): CsvRowKind => {
  if (!has(profile, 'date') && has(profile, 'symbol', 'securityId') && has(profile, 'quantity')) return 'holdings'
  if (!has(profile, 'date') && has(profile, 'account', 'description') && has(profile, 'balance', 'amount')) return 'accounts'
  const isPosition = has(profile, 'symbol', 'securityId') && has(profile, 'quantity') && !has(profile, 'type', 'moneyIn', 'moneyOut')
  return isPosition && (!has(profile, 'amount') || has(profile, 'marketValue')) ? 'holdings' : 'transactions'
}

interface Signs {
  readonly sign: CsvSign
  readonly outIsNegative: boolean
  readonly inIsNegative: boolean
  /** The row that shows that money out is positive. */
  readonly payment: string | undefined
  readonly isAmbiguous: boolean
}

/** How card issuers name the payment of a bill, which is money in. */
const billPayment =
  /\b(?:payment|pymt)\b.*\bthank you|thank you.*\bpayment\b|\bautopay\b.*\bpayment\b|\b(?:online|mobile|electronic) p(?:ayment|ymt)\b/i

/** The signs of the amounts in the rows at hand: of money out by its type, and of all. */
const signsOf = ({ profile, table }: Detection): Signs => {
  const width = table.header.length
  const places = Object.fromEntries(Object.entries(profile.columns).map(([meaning, ref]) => [meaning, placeOf(ref, table.header, width)]))
  const numberAt = (cells: readonly string[], place: number | undefined): number => {
    const read = place === undefined ? undefined : readFigure(cells[place] ?? '', profile)
    return read !== undefined && 'value' in read && read.value !== null ? Number(read.value) : 0
  }
  const counts = { outNegative: 0, outPositive: 0, inKnown: 0, negative: 0, positive: 0 }
  const columns = { outNegative: 0, outPositive: 0, inNegative: 0, inPositive: 0 }
  let payment: string | undefined
  for (const { cells } of table.rows) {
    const amount = numberAt(cells, places['amount'])
    if (amount < 0) counts.negative += 1
    if (amount > 0) counts.positive += 1
    const action = places['type'] === undefined ? undefined : actionOf(cells[places['type']] ?? '')
    const isOut =
      action?.direction === 'out' ||
      (action?.type !== undefined && isOutgoing(action.type) && action.type !== 'buy' && action.type !== 'cover')
    if (isOut && amount < 0) counts.outNegative += 1
    if (isOut && amount > 0) counts.outPositive += 1
    if (!isOut && action?.direction === 'in') counts.inKnown += 1
    const description = cells[places['description'] ?? -1] ?? ''
    if (amount < 0 && billPayment.test(description)) payment ??= description.trim()
    const [moneyOut, moneyIn] = [numberAt(cells, places['moneyOut']), numberAt(cells, places['moneyIn'])]
    if (moneyOut < 0) columns.outNegative += 1
    if (moneyOut > 0) columns.outPositive += 1
    if (moneyIn < 0) columns.inNegative += 1
    if (moneyIn > 0) columns.inPositive += 1
  }
  const byType = counts.outPositive > 0 && counts.outNegative === 0
  // Issuers of cards that write purchases as positive amounts write the payment of the bill as a negative one.
  const isInverted = !byType && payment !== undefined && counts.positive > counts.negative
  const isAllPositive = counts.negative === 0 && counts.positive > 1 && counts.inKnown === 0
  return {
    sign: byType ? 'by_type' : isInverted ? 'inverted' : 'as_is',
    outIsNegative: columns.outNegative > 0 && columns.outPositive === 0,
    inIsNegative: columns.inNegative > 0 && columns.inPositive === 0,
    payment: isInverted ? payment : undefined,
    isAmbiguous: !byType && isAllPositive && places['moneyIn'] === undefined && places['quantity'] === undefined,
  }
}

const otherAccounts = /^(?:iban|account (?:number|no)|kontonummer|numer (?:konta|rachunku))$/

/** Beside a column of the other party, a column with an account number has the number of that party, unless the caller says otherwise. */
const withoutOtherAccounts = (detection: Detection, { columns }: FileProfileChange): Detection => {
  const { accountNumber, ...rest } = detection.profile.columns
  const isOther = typeof accountNumber === 'string' && 'merchantName' in rest && otherAccounts.test(plainName(accountNumber))
  return isOther && !('accountNumber' in (columns ?? {})) ? { ...detection, profile: { ...detection.profile, columns: rest } } : detection
}

/** The detection with columns that the content suggests. The person confirms them. */
const withGuesses = (bytes: Uint8Array, known: Detection, change: FileProfileChange, limit?: number) => {
  const guesses = guessColumns(known)
  if (guesses.length === 0) return { found: known, guesses: [] }
  const columns = { ...known.profile.columns, ...Object.fromEntries(guesses.map(({ meaning, ref }) => [meaning, ref])) }
  const notes = guesses.map(({ meaning, ref }) => ({
    field: `columns.${meaning}`,
    message: `Column ${ref} looks like it, by its content.`,
  }))
  return { found: withoutOtherAccounts(detectTable(bytes, csvMeanings, { ...change, columns }, limit), { columns }), guesses: notes }
}

/** What no column gives. */
const missingColumns = (profile: FileProfile): Detection['notes'] => [
  ...(has(profile, 'date') ? [] : [{ field: 'columns.date', message: 'No column has dates.' }]),
  ...(has(profile, 'amount', 'moneyIn', 'moneyOut', 'price') || has(profile, 'symbol', 'securityId', 'quantity')
    ? []
    : [{ field: 'columns.amount', message: 'No column has amounts, or more than one has.' }]),
]

/**
 * Finds how a table of transactions, holdings or accounts is to be read. Every field can be set by the caller, and is then not looked for.
 * @param bytes the whole file, or its beginning up to the end of a line
 * @throws DomainError if it is no text, or has no rows
 */
export const detectCsv = (bytes: Uint8Array, change: CsvProfileChange = {}, limit?: number): CsvDetection => {
  const { inIsNegative, outIsNegative, rows, sign, ...fileChange } = change
  const first = withoutOtherAccounts(detectTable(bytes, csvMeanings, fileChange, limit), fileChange)
  const preset = presetOf(first.table.header)
  const { inIsNegative: _in, outIsNegative: _out, rows: presetRows, sign: presetSign, ...presetFile } = preset?.change ?? {}
  const known =
    Object.keys(presetFile).length === 0
      ? first
      : withoutOtherAccounts(detectTable(bytes, csvMeanings, { ...presetFile, ...fileChange }, limit), fileChange)
  const kind = rows ?? presetRows ?? rowKindOf(known.profile)
  const { found, guesses } =
    kind === 'transactions' ? withGuesses(bytes, known, { ...presetFile, ...fileChange }, limit) : { found: known, guesses: [] }
  const signs = signsOf(found)
  const open = kind === 'transactions' ? [...guesses, ...missingColumns(found.profile)] : []
  const isUndecided = kind === 'transactions' && signs.isAmbiguous && sign === undefined && presetSign === undefined
  const profile: CsvProfile = {
    ...found.profile,
    rows: kind,
    sign: sign ?? presetSign ?? signs.sign,
    outIsNegative: outIsNegative ?? signs.outIsNegative,
    inIsNegative: inIsNegative ?? signs.inIsNegative,
  }
  const { header } = found.table
  const used = new Set(Object.values(profile.columns).map(ref => placeOf(ref, header)))
  const signNote = { field: 'sign', message: 'All amounts are positive, and no column shows where money goes.' }
  const isInverted = signs.payment !== undefined && profile.sign === 'inverted' && sign === undefined && presetSign === undefined
  const paymentNote = { field: 'sign', message: `Money out is positive: ${shownCell(signs.payment ?? '')} is negative.` }
  return {
    profile,
    preset: preset?.name,
    notes: [...found.notes, ...open, ...(isUndecided ? [signNote] : []), ...(isInverted ? [paymentNote] : [])],
    ambiguous: [...new Set([...found.ambiguous, ...open.map(({ field }) => field), ...(isUndecided ? ['sign'] : [])])],
    header,
    ignoredColumns: header.filter((name, place) => name !== '' && !used.has(place)),
    table: found.table,
  }
}

import { Decimal, type Money } from '../../../shared/index.ts'
import { isZero, magnitude, negated, wholeRatio } from '../amounts.ts'
import type { Findings, RowFields } from '../findings.ts'
import { categoryOfLabel } from '../labels.ts'
import type { FileCharges, FileTransaction, SplitRatio } from '../rows.ts'
import { firstLineOf, textLimits } from '../texts.ts'
import type { DataRow } from '../../../files/index.ts'
import { type Action, actionOf, isOutgoing, isTrade } from './actions.ts'
import { amountOfTrade, computedNote, grossOf } from './amounts-of-trades.ts'
import { Cells, type CsvColumns } from './cells.ts'

const pending =
  /^(?:pending|processing|authori[sz]ed|(?:umsatz )?vorgemerkt|en attente|pendiente|in behandeling|reserverad|reserveret|reservert|in sospeso|pendente|oczekuj)/i

/** What a transaction of any kind has: date, texts, category. */
const commonFields = (cells: Cells): Omit<FileTransaction, 'line' | 'type' | 'amount'> => {
  const isPending = pending.test(cells.raw('status')) || undefined
  // What has not been posted yet may have no other date than that of the purchase.
  const posted = isPending && cells.raw('date') === '' ? cells.date('tradeDate') : cells.date('date')
  const date = posted ?? cells.required('date', posted)
  const [plain, original] = [cells.text('description', textLimits.description), cells.text('originalDescription', textLimits.description)]
  const merchant = cells.text('merchantName')
  const notes = cells.notes('notes')
  const description = original ?? plain ?? merchant ?? (notes === undefined ? '' : firstLineOf(notes))
  const label = cells.text('label') ?? cells.text('categoryGroup')
  const transfer = /^Transfer\s*:\s*(.+)$/.exec(merchant ?? '')?.[1]
  const tags = cells.text('tags', textLimits.notes)
  return {
    date: date!,
    tradeDate: cells.date('tradeDate'),
    settlementDate: cells.date('settlementDate'),
    currency: cells.currency(),
    description,
    merchantName: merchant ?? (original === undefined ? undefined : plain),
    notes: notes === description ? undefined : notes,
    externalId: cells.text('externalId', textLimits.identifier),
    checkNumber: cells.text('checkNumber'),
    label,
    category: transfer === undefined ? (categoryOfLabel(label) ?? categoryOfLabel(cells.raw('categoryGroup'))) : 'transfer',
    tags: tags === undefined ? undefined : tags.split(/\s*[|;,]\s*/).filter(tag => tag !== ''),
    isPending,
    transferAccount: transfer,
    runningBalance: cells.money('balance'),
  }
}

const directionOf = ({ direction, type }: Action): 'in' | 'out' | undefined => {
  if (direction !== undefined) return direction
  if (type === undefined || type === 'transfer' || type === 'cash') return undefined
  return isOutgoing(type) || isTrade(type) ? (type === 'sell' || type === 'short' ? 'in' : 'out') : 'in'
}

/** The amount of a bank transaction by the profile's convention. */
const bankAmount = (cells: Cells, { profile, has }: { profile: CsvColumns['profile']; has: CsvColumns['has'] }): Money | undefined => {
  if (has('moneyIn', 'moneyOut') && !has('amount')) {
    const [moneyIn, moneyOut] = [cells.money('moneyIn'), cells.money('moneyOut')]
    if (moneyIn === undefined && moneyOut === undefined) return cells.required(has('moneyOut') ? 'moneyOut' : 'moneyIn', undefined)
    const [given, taken] = [new Decimal(moneyIn ?? 0), new Decimal(moneyOut ?? 0)]
    const [inflow, outflow] = [profile.inIsNegative ? given.negated() : given, profile.outIsNegative ? taken.negated() : taken]
    return inflow.minus(outflow).toFixed(2)
  }
  const amount = cells.required('amount', cells.money('amount'))
  if (amount === undefined || profile.sign === 'as_is') return amount
  if (profile.sign === 'inverted') return negated(amount)
  const direction = directionOf(actionOf(cells.raw('type')) ?? {})
  if (direction === undefined) return cells.fault('type', 'does not show whether money goes in or out')
  return direction === 'in' ? magnitude(amount) : negated(magnitude(amount))
}

const chargesOf = (cells: Cells): FileCharges | undefined => {
  const charge = (name: 'commission' | 'fees' | 'taxWithheld') => {
    const amount = cells.money(name)
    return amount === undefined || isZero(amount) ? undefined : magnitude(amount)
  }
  const charges: FileCharges = { commission: charge('commission'), fees: charge('fees'), taxWithheld: charge('taxWithheld') }
  return Object.values(charges).some(each => each !== undefined) ? charges : undefined
}

/** `3-for-1`, `3:1` or `3/1`: new units for old ones. */
const ratioOf = (text: string): SplitRatio | undefined => {
  const [, numerator = '', denominator = ''] =
    /(\d+(?:\.\d+)?)\s*(?:-?\s*(?:for|to|pour|für|por)\s*-?|:|\/)\s*(\d+(?:\.\d+)?)/i.exec(text) ?? []
  return wholeRatio(numerator, denominator)
}

const symbolPattern = /^[A-Z0-9.^$=/_:-]{1,21}(?: +\d{6}[CP]\d{8})?$/

/** The symbol of a row, and the name of its security. Some write a name in the column of symbols. */
const securityOf = (cells: Cells, hasUnits: boolean): Pick<FileTransaction, 'securityName' | 'symbol'> => {
  const given = cells.text('symbol', textLimits.symbol)
  const isSymbol = given !== undefined && symbolPattern.test(given.toUpperCase())
  const description = cells.raw('description')
  const isNamed = (given !== undefined || cells.raw('securityId') !== '' || hasUnits) && description !== ''
  const name = cells.text('securityName') ?? (isNamed ? cells.text('description') : undefined)
  return isSymbol ? { symbol: given.toUpperCase(), securityName: name } : { securityName: name ?? given }
}

/** Types that have units. The quantity and price of a dividend only say how it was computed. */
const ofUnits: ReadonlySet<string> = new Set([
  'buy',
  'sell',
  'short',
  'cover',
  'reinvestment',
  'transfer_in',
  'transfer_out',
  'stock_dividend',
])

/** Reads the rows of a table of transactions. */
export class TransactionReader {
  readonly #columns: CsvColumns
  readonly #findings: Findings
  readonly #isInvestment: boolean

  constructor(columns: CsvColumns, findings: Findings) {
    this.#columns = columns
    this.#findings = findings
    this.#isInvestment = columns.has('symbol', 'securityId', 'quantity')
  }

  /** Whether the table has securities. */
  get isInvestment(): boolean {
    return this.#isInvestment
  }

  read(row: DataRow): FileTransaction | undefined {
    return this.#findings.row(row.line, fields => {
      const cells = new Cells(this.#columns, fields, row)
      const common = commonFields(cells)
      if (this.#isInvestment) return this.#investment(row.line, cells, fields, common)
      const amount = bankAmount(cells, { profile: this.#columns.profile, has: (...names) => this.#columns.has(...names) })
      return { line: row.line, type: 'cash', ...common, amount: amount ?? '0.00' }
    })
  }

  #actionOf(cells: Cells, quantity: string | undefined): Action | undefined {
    const word = cells.raw('type')
    if (word !== '') return actionOf(word) ?? cells.fault('type', `"${word.slice(0, 40)}" is not a known type of transaction`)
    // A table of trades without types: units that are sold are negative.
    if (quantity !== undefined && !isZero(quantity)) return { type: quantity.startsWith('-') ? 'sell' : 'buy' }
    return { type: 'cash' }
  }

  #investment(line: number, cells: Cells, fields: RowFields, common: Omit<FileTransaction, 'line' | 'type' | 'amount'>): FileTransaction {
    const [units, price, given] = [cells.figure('quantity'), cells.figure('price'), cells.money('amount')]
    const action = this.#actionOf(cells, units) ?? {}
    const isOut = given?.startsWith('-') || units?.startsWith('-')
    const type = action.type === 'transfer' ? (isOut ? 'transfer_out' : 'transfer_in') : (action.type ?? 'cash')
    const quantity = units === undefined || isZero(units) ? undefined : magnitude(units)
    const charges = chargesOf(cells)
    const { securityName, symbol } = securityOf(cells, quantity !== undefined)
    const securityId = cells.text('securityId')?.toUpperCase()
    const word = cells.text('type')
    const subtype = cells.text('subtype')
    const row: FileTransaction = {
      line,
      ...common,
      tradeDate: common.tradeDate ?? common.date,
      type,
      amount: '0.00',
      label: common.label ?? word,
      symbol,
      securityId,
      securityName,
      quantity,
      price: price === undefined || isZero(price) ? undefined : magnitude(price),
      charges,
      isQualified: action.isQualified ?? (/^qualified$/i.test(subtype ?? '') || undefined),
    }
    const money = this.#money(row, given, action, cells, fields)
    return ofUnits.has(type) ? { ...row, ...money } : { ...row, ...money, quantity: undefined, price: undefined }
  }

  /** What the type says of the money, and what is missing for it. */
  #money(row: FileTransaction, given: Money | undefined, action: Action, cells: Cells, fields: RowFields): Partial<FileTransaction> {
    const { charges, price, quantity, type } = row
    if (type === 'split') return this.#split(row, cells)
    if (type === 'stock_dividend') {
      if (quantity === undefined) cells.fault('quantity', 'must be above zero')
      return { amount: '0.00' }
    }
    if (type === 'merger' || type === 'spin_off' || type === 'symbol_change') {
      cells.fault('type', 'needs more than a table says: enter this transaction by hand')
      return {}
    }
    if (isTrade(type) || type === 'reinvestment') {
      if (quantity === undefined) {
        if (cells.raw('quantity') === '' || cells.plain('quantity') === '0') cells.fault('quantity', 'must be above zero')
        return {}
      }
      if (row.symbol === undefined && row.securityId === undefined && row.securityName === undefined) cells.fault('symbol', 'is missing')
      const found = amountOfTrade({ amount: given, quantity, price, charges }, type !== 'sell' && type !== 'short')
      if (found?.note !== undefined) this.#findings.note(found.note)
      if (found === undefined) cells.required('amount', undefined)
      if (type === 'reinvestment') return { amount: '0.00', value: found === undefined ? undefined : magnitude(found.amount) }
      return { amount: found?.amount ?? '0.00' }
    }
    const gross = grossOf({ price, quantity })
    const isOfUnits = (type === 'transfer_in' || type === 'transfer_out') && quantity !== undefined
    if (isOfUnits && (given === undefined || given === gross)) return { amount: '0.00', value: gross }
    const fee = type === 'fee' ? (charges?.fees ?? charges?.commission) : undefined
    const amount = given === undefined || (isZero(given) && fee !== undefined) ? (fee ?? gross) : given
    if (amount === undefined) {
      if (!fields.hasFault) cells.fault('amount', 'is missing')
      return {}
    }
    if (given === undefined) this.#findings.note(computedNote)
    const signed = this.#signed(amount, row, action, given === undefined)
    if (type !== 'fee') return { amount: signed }
    return { amount: signed, charges: action.isTax === true ? { taxWithheld: magnitude(signed) } : undefined }
  }

  /** @param isComputed the amount has no sign of its own */
  #signed(amount: Money, { type }: FileTransaction, action: Action, isComputed: boolean): Money {
    const { sign } = this.#columns.profile
    if (sign === 'as_is' && !isComputed) return amount
    if (sign === 'inverted' && !isComputed) return negated(amount)
    return isOutgoing(type) || action.direction === 'out' ? negated(magnitude(amount)) : amount
  }

  #split({ description, notes }: FileTransaction, cells: Cells): Partial<FileTransaction> {
    const ratio = ratioOf(cells.raw('splitRatio')) ?? ratioOf(notes ?? '') ?? ratioOf(description)
    if (ratio === undefined) cells.fault('type', 'the ratio of the split is not given, like 3:1. Enter this transaction by hand')
    return { amount: '0.00', splitRatio: ratio, quantity: undefined }
  }
}

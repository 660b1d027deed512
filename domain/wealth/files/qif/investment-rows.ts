import type { TransactionType } from '../../transaction-types.ts'
import { isZero, magnitude, negated, shown, wholeRatio } from '../amounts.ts'
import { amountOfTrade } from '../csv/amounts-of-trades.ts'
import type { Findings } from '../findings.ts'
import type { FileTransaction } from '../rows.ts'
import { firstLineOf, textLimits } from '../texts.ts'
import { readLabel } from './bank-rows.ts'
import type { QifRecord } from './sections.ts'
import { QifFields, type QifReading } from './values.ts'

interface Action {
  readonly type: TransactionType
  /** Where the money goes; none for an action that moves only units. */
  readonly money: 'in' | 'out' | 'none' | 'signed'
  readonly label?: string
}

const long = 'Capital gain distribution, long-term'
const mid = 'Capital gain distribution, mid-term'
const short = 'Capital gain distribution, short-term'

/** Actions of Quicken, in small letters and without the X that says that the money comes from or goes to another account. */
const actions: Readonly<Record<string, Action>> = {
  buy: { type: 'buy', money: 'out' },
  sell: { type: 'sell', money: 'in' },
  shtsell: { type: 'short', money: 'in' },
  cvrshrt: { type: 'cover', money: 'out' },
  div: { type: 'dividend', money: 'in' },
  cglong: { type: 'dividend', money: 'in', label: long },
  cgmid: { type: 'dividend', money: 'in', label: mid },
  cgshort: { type: 'dividend', money: 'in', label: short },
  intinc: { type: 'interest', money: 'in' },
  miscinc: { type: 'cash', money: 'in', label: 'Miscellaneous income' },
  miscexp: { type: 'fee', money: 'out', label: 'Miscellaneous expense' },
  margint: { type: 'interest', money: 'out', label: 'Margin interest' },
  reinvdiv: { type: 'reinvestment', money: 'none' },
  reinvint: { type: 'reinvestment', money: 'none', label: 'Interest' },
  reinvlg: { type: 'reinvestment', money: 'none', label: long },
  reinvmd: { type: 'reinvestment', money: 'none', label: mid },
  reinvsh: { type: 'reinvestment', money: 'none', label: short },
  shrsin: { type: 'transfer_in', money: 'none' },
  shrsout: { type: 'transfer_out', money: 'none' },
  stksplit: { type: 'split', money: 'none' },
  rtrncap: { type: 'return_of_capital', money: 'in' },
  xin: { type: 'transfer_in', money: 'in' },
  xout: { type: 'transfer_out', money: 'out' },
  contrib: { type: 'contribution', money: 'in' },
  withdrw: { type: 'withdrawal', money: 'out' },
  cash: { type: 'cash', money: 'signed' },
}

const withUnits: ReadonlySet<string> = new Set(['buy', 'sell', 'short', 'cover', 'reinvestment', 'transfer_in', 'transfer_out'])

/** A record of an account with securities. @param symbols tickers by name, of the sections of securities */
export const readInvestmentRecord = (
  record: QifRecord,
  reading: QifReading,
  symbols: ReadonlyMap<string, string>,
  findings: Findings,
): FileTransaction | undefined =>
  findings.row(record.line, fields => {
    const qif = new QifFields(record, fields, reading)
    const word = qif.raw('N') ?? ''
    const action = actions[word.toLowerCase()] ?? actions[word.toLowerCase().replace(/x$/, '')]
    if (action === undefined) fields.fault('N', word === '' ? 'is missing' : `${shown(word)} is not a known action`)
    const { label, money, type } = action ?? { type: 'cash', money: 'signed' }
    const security = qif.text('Y')
    const [given, price, units] = [
      qif.money(qif.raw('U') === undefined ? (qif.raw('T') === undefined ? '$' : 'T') : 'U'),
      qif.figure('I'),
      qif.figure('Q'),
    ]
    const commission = qif.money('O')
    const charges = commission === undefined || isZero(commission) ? undefined : { commission: magnitude(commission) }
    const isUnits = money === 'none' || type === 'buy' || type === 'sell' || type === 'short' || type === 'cover'
    const quantity = units === undefined || isZero(units) ? undefined : magnitude(units)
    if (withUnits.has(type) && isUnits && type !== 'split') {
      if (quantity === undefined) fields.fault('Q', units === undefined && qif.raw('Q') === undefined ? 'is missing' : 'must be above zero')
      if (security === undefined) fields.missing('Y')
    }
    const date = qif.date('D')
    const notes = fields.notes('M', qif.raw('M'))
    const payee = qif.text('P', textLimits.description)
    const linked = readLabel(fields.text('L', qif.raw('L')))
    const description = payee ?? security ?? (notes === undefined ? '' : firstLineOf(notes))
    const common = {
      line: record.line,
      type,
      date: date!,
      tradeDate: date,
      description,
      notes: notes === description ? undefined : notes,
      label: label ?? linked.label,
      category: linked.transferAccount === undefined ? undefined : ('transfer' as const),
      transferAccount: linked.transferAccount,
      tags: linked.tags,
      securityName: security,
      symbol: security === undefined ? undefined : symbols.get(security),
      quantity: type === 'split' ? undefined : quantity,
      price: price === undefined || isZero(price) ? undefined : magnitude(price),
      charges,
    }
    if (type === 'split') {
      // Quicken writes ten times the ratio: 20 for 2 for 1.
      const ratio = wholeRatio(units ?? '', '10')
      if (ratio === undefined) fields.fault('Q', 'must be ten times the ratio of the split')
      return { ...common, amount: '0.00', splitRatio: ratio }
    }
    if (money === 'none') return { ...common, amount: '0.00', value: given === undefined ? undefined : magnitude(given) }
    if (given === undefined) {
      const computed = amountOfTrade({ amount: undefined, quantity, price: common.price, charges }, money === 'out')
      if (computed === undefined && !fields.hasFault) fields.missing('T')
      if (computed?.note !== undefined) findings.note(computed.note)
      return { ...common, amount: computed?.amount ?? '0.00' }
    }
    const isOut = money === 'out'
    return { ...common, amount: money === 'signed' ? given : isOut ? negated(magnitude(given)) : magnitude(given) }
  })

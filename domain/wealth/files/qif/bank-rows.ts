import { Decimal, type Money } from '../../../shared/index.ts'
import { hundredthsOf, ofHundredths } from '../amounts.ts'
import type { Findings, RowFields } from '../findings.ts'
import { categoryOfLabel } from '../labels.ts'
import type { FileSplit, FileTransaction } from '../rows.ts'
import { firstLineOf, textLimits } from '../texts.ts'
import type { QifRecord } from './sections.ts'
import { QifFields, type QifReading } from './values.ts'

export interface QifLabel {
  readonly label?: string | undefined
  readonly transferAccount?: string | undefined
  readonly tags?: readonly string[] | undefined
}

/** `Food:Groceries/Trip` is a category and a class; `[Savings]` is another account. Quicken writes `--Split--` where the parts say more. */
export const readLabel = (text: string | undefined): QifLabel => {
  if (text === undefined) return {}
  const [, account] = /^\[(.*)\]/.exec(text) ?? []
  const [label = '', ...classes] = account === undefined ? text.split('/') : ['', ...text.slice(account.length + 2).split('/')]
  const tags = classes.map(each => each.trim()).filter(each => each !== '')
  return { label: label.trim() || undefined, transferAccount: account?.trim() || undefined, tags: tags.length > 0 ? tags : undefined }
}

const labelOf = (code: string, text: string | undefined, fields: RowFields): QifLabel =>
  text === '--Split--' ? {} : readLabel(fields.text(code, text))

/** The parts of a record: S begins one, E is its memo, $ its amount, % its share of the whole. */
const readSplits = (record: QifRecord, total: Money | undefined, qif: QifFields, fields: RowFields): FileSplit[] | undefined => {
  const splits: FileSplit[] = []
  let part: { label: QifLabel; notes?: string | undefined; amount?: Money | undefined; isOpen?: boolean } | undefined
  const end = () => {
    if (part === undefined) return
    if (part.amount === undefined) fields.fault('$', 'is missing in a part of the transaction')
    else {
      const { label, transferAccount } = part.label
      splits.push({
        amount: part.amount,
        label: label ?? (transferAccount === undefined ? undefined : `[${transferAccount}]`),
        category: transferAccount === undefined ? categoryOfLabel(label) : 'transfer',
        notes: part.notes,
      })
    }
    part = undefined
  }
  for (const { code, text } of record.fields) {
    if (code === 'S') {
      end()
      part = { label: labelOf('S', text, fields) }
    } else if (part !== undefined && code === 'E') part.notes = fields.text('E', text, textLimits.notes)
    else if (part !== undefined && code === '$') part.amount = qif.money('$', text)
    else if (part !== undefined && code === '%' && part.amount === undefined && total !== undefined) {
      const share = qif.plain('%', text.replace('%', ''))
      if (share !== undefined) part.amount = new Decimal(total).times(share).dividedBy(100).toFixed(2)
    }
  }
  end()
  if (splits.length === 0 || fields.hasFault || total === undefined) return splits.length === 0 ? undefined : splits
  const sum = splits.reduce((sum, { amount }) => sum + hundredthsOf(amount), 0n)
  if (sum !== hundredthsOf(total)) fields.fault('$', `the parts add up to ${ofHundredths(sum)}, not to ${total}`)
  return splits
}

/** A record of a bank, card, cash, asset or liability account. */
export const readBankRecord = (record: QifRecord, reading: QifReading, findings: Findings): FileTransaction | undefined =>
  findings.row(record.line, fields => {
    const qif = new QifFields(record, fields, reading)
    const amountCode = qif.raw('T') === undefined ? 'U' : 'T'
    const amount = qif.money(amountCode)
    if (amount === undefined && qif.raw(amountCode) === undefined) fields.missing('T')
    const payee = qif.text('P', textLimits.description)
    const notes = fields.notes('M', qif.raw('M'))
    const description = payee ?? (notes === undefined ? '' : firstLineOf(notes))
    const { label, tags, transferAccount } = labelOf('L', qif.raw('L'), fields)
    return {
      line: record.line,
      type: 'cash',
      date: qif.date('D')!,
      amount: amount ?? '0.00',
      description,
      notes: notes === description ? undefined : notes,
      checkNumber: qif.text('N'),
      label,
      category: transferAccount === undefined ? categoryOfLabel(label) : 'transfer',
      tags,
      transferAccount,
      splits: readSplits(record, amount, qif, fields),
    }
  })

import type { TransactionCategory } from '../../categories.ts'
import type { Findings } from '../findings.ts'
import type { FileTransaction } from '../rows.ts'
import { firstLineOf, textLimits } from '../texts.ts'
import type { Element } from './elements.ts'
import { Leaves } from './values.ts'
import { isMadeId } from './write-ofx.ts'

/** Kinds of bank transactions that say their category. */
const categories: Readonly<Record<string, TransactionCategory>> = {
  INT: 'income',
  DIV: 'income',
  XFER: 'transfer',
  PAYMENT: 'payment',
  REPEATPMT: 'payment',
  DIRECTDEBIT: 'payment',
}

/** A bank transaction: STMTTRN, or STMTTRNP if it is pending. */
export const readBankRow = (element: Element, currency: string | undefined, findings: Findings): FileTransaction | undefined =>
  findings.row(element.line, fields => {
    const leaves = new Leaves(fields, element)
    const isPending = element.name === 'STMTTRNP'
    const dateName = isPending ? 'DTTRAN' : 'DTPOSTED'
    const payee = leaves.text(textLimits.name, 'PAYEE', 'NAME')
    const name = leaves.text(textLimits.description, 'NAME')
    const memo = leaves.notes('MEMO')
    const description = name ?? payee ?? (memo === undefined ? '' : firstLineOf(memo))
    const id = leaves.text(textLimits.identifier, 'FITID')
    const checkNumber = leaves.text(textLimits.name, 'CHECKNUM')
    const amount = leaves.required('TRNAMT', leaves.money('TRNAMT'))
    const category = categories[leaves.raw('TRNTYPE')?.toUpperCase() ?? '']
    return {
      line: element.line,
      type: 'cash',
      date: leaves.required(dateName, leaves.date(dateName)),
      amount,
      currency: leaves.currency() ?? currency,
      description,
      merchantName: payee,
      notes: memo === description ? undefined : memo,
      externalId: id === undefined || isMadeId(id) ? undefined : id,
      checkNumber: checkNumber !== undefined && /^0+$/.test(checkNumber) ? undefined : checkNumber,
      label: leaves.text(textLimits.name, 'CATEGORY'),
      category: category === 'income' && amount?.startsWith('-') ? undefined : category,
      isPending: isPending || undefined,
    }
  })

import type { AccountType } from '../account-types.ts'
import { isDebt } from '../account-types.ts'
import type { TransactionCategory } from '../categories.ts'
import { fold, wordsOf } from '../rules/fold.ts'

export interface TransferAccount {
  readonly id: string
  readonly name: string
  readonly type: AccountType
  /** The last characters of its number. */
  readonly mask: string | null
  readonly institutionName: string | null
  readonly currency: string
}

export interface TransferTransaction {
  readonly id: string
  readonly accountId: string
  readonly date: string
  readonly amount: string
  readonly description: string
  readonly merchantName: string | null
  readonly category: TransactionCategory
  /** The other account, where a rule or a person has named it. */
  readonly transferAccountId: string | null
}

/** Why two transactions look like a transfer. */
export const transferReasons = [
  'equal_amounts',
  'amounts_at_the_rate',
  'same_day',
  'near_days',
  'transfer_words',
  'names_other_account',
  'card_payment',
  'category',
  'named_by_rule',
  'no_other_candidate',
] as const
export type TransferReason = (typeof transferReasons)[number]

/** What the texts and labels of one transaction say. */
export interface Signs {
  readonly saysTransfer: boolean
  readonly hasTransferCategory: boolean
  readonly looksLikeSpending: boolean
  /** Accounts of the household that its text names. */
  readonly names: ReadonlySet<string>
}

const transferWords = new Set(
  'transfer transfers xfer trf tfr transf payment pymt pmt autopay ach wire zelle deposit withdrawal sweep epay billpay uberweisung virement transferencia'.split(
    ' ',
  ),
)

/** Words of many names of accounts, which say nothing about one of them. */
const commonWords = new Set('account accounts my our the checking savings card credit joint main bank and of'.split(' '))

const tokensOf = ({
  institutionName,
  mask,
  name,
}: TransferAccount): { readonly words: readonly string[]; readonly mask: string | undefined } => {
  const words = wordsOf(fold(`${name} ${institutionName ?? ''}`)).filter(word => word.length > 2 && !commonWords.has(word))
  return { words, mask: mask !== null && mask.length >= 3 ? fold(mask) : undefined }
}

/** Makes a reader of the signs in transactions. Statements repeat their texts: each is read once. */
export const signReader = (accounts: readonly TransferAccount[]): ((transaction: TransferTransaction) => Signs) => {
  const accountsByWord = new Map<string, string[]>()
  for (const account of accounts) {
    const { mask, words } = tokensOf(account)
    for (const word of new Set([...words, ...(mask === undefined ? [] : [mask])])) {
      accountsByWord.set(word, [...(accountsByWord.get(word) ?? []), account.id])
    }
  }
  const known = new Map<string, Pick<Signs, 'names' | 'saysTransfer'>>()
  const read = (text: string) => {
    const words = wordsOf(fold(text))
    // A masked number is written in many ways: *1234, x1234, xxxxxx1234.
    const names = words.flatMap(word => accountsByWord.get(word) ?? accountsByWord.get(word.replace(/^x+/, '')) ?? [])
    return { saysTransfer: words.some(word => transferWords.has(word)), names: new Set(names) }
  }
  return ({ category, description, merchantName }) => {
    const text = merchantName === null ? description : `${description} ${merchantName}`
    const said = known.get(text) ?? read(text)
    known.set(text, said)
    const hasTransferCategory = category === 'transfer' || category === 'payment'
    return { ...said, hasTransferCategory, looksLikeSpending: !hasTransferCategory && category !== 'other' && category !== 'income' }
  }
}

interface Side {
  readonly transaction: TransferTransaction
  readonly account: TransferAccount
  readonly signs: Signs
}

/**
 * How sure it is that two transactions are one transfer, in hundredths from 0 to 100, and why. The weights are ours: equal amounts within days
 * alone stay below one half.
 */
export const weigh = (
  out: Side,
  into: Side,
  pair: { readonly daysApart: number; readonly isExchanged: boolean; readonly isAlone: boolean },
): { readonly hundredths: number; readonly reasons: readonly TransferReason[] } => {
  const reasons: TransferReason[] = [pair.isExchanged ? 'amounts_at_the_rate' : 'equal_amounts']
  let hundredths = pair.isExchanged ? 22 : 30
  const add = (points: number, reason: TransferReason) => {
    hundredths += points
    if (!reasons.includes(reason)) reasons.push(reason)
  }
  if (pair.daysApart === 0) add(14, 'same_day')
  else add(Math.max(2, 12 - 3 * pair.daysApart), 'near_days')
  if (out.signs.saysTransfer) add(12, 'transfer_words')
  if (into.signs.saysTransfer) add(12, 'transfer_words')
  if (out.signs.names.has(into.account.id)) add(15, 'names_other_account')
  if (into.signs.names.has(out.account.id)) add(15, 'names_other_account')
  if (isDebt(into.account.type) && !isDebt(out.account.type)) add(8, 'card_payment')
  if (out.signs.hasTransferCategory) add(8, 'category')
  if (into.signs.hasTransferCategory) add(8, 'category')
  if (out.transaction.transferAccountId === into.account.id || into.transaction.transferAccountId === out.account.id)
    add(40, 'named_by_rule')
  if (pair.isAlone) add(8, 'no_other_candidate')
  for (const { signs } of [out, into]) if (signs.looksLikeSpending) hundredths -= 15
  for (const [side, other] of [
    [out, into],
    [into, out],
  ] as const) {
    const named = side.transaction.transferAccountId
    if (named !== null && named !== other.account.id) hundredths -= 40
  }
  return { hundredths: Math.max(0, Math.min(100, hundredths)), reasons }
}

import type { Transaction } from '../../../db/database.ts'
import { type Account, accountRows, findNumberedAccounts } from '../../../db/queries/wealth/accounts.ts'
import { findLedgerRows, findLedgerTotal, type LedgerRow } from '../../../db/queries/wealth/ledger-rows.ts'
import { addDays, Decimal, formatMoney, minorDigits, sumMoney } from '../../../domain/shared/index.ts'
import { type FileAccount, type FileContent, similarDays } from '../../../domain/wealth/index.ts'
import { invalidReference } from '../../runtime/problem.ts'
import type { Reading } from '../declarations/imports.ts'
import { type JudgedRow, judgeRows, linkReversals, type PlacedRow, placeRows } from './judge-rows.ts'

interface Choice {
  readonly file: FileAccount
  /** Undefined if none was chosen or recognised. */
  readonly account: Account | undefined
}

/** What becomes of the rows of one account of a file. */
export interface AccountPlan extends Choice {
  /** Why the account cannot receive the rows. */
  readonly problem: string | undefined
  readonly rows: readonly JudgedRow[]
  /** The rows that are stored. */
  readonly stored: readonly PlacedRow[]
  /** The balance on the day of the stated one, with the new rows; undefined if the file states none. */
  readonly balanceAfter: Decimal | undefined
  /** The opening balance with which the ledger has the stated balance. */
  readonly openingBalance: Decimal | undefined
}

/** The key under which a caller gives one account for every account of a file. */
const everyAccount = '*'

/** The account that receives the rows: the chosen one, or the one with the number of the file. */
const chooseAccount = async (
  transaction: Transaction,
  householdId: string,
  file: FileAccount,
  { accounts }: Reading,
  numbered: readonly Account[],
): Promise<Account | undefined> => {
  const place = accounts.findIndex(({ key }) => key === file.key)
  const chosen = accounts[place === -1 ? accounts.findIndex(({ key }) => key === everyAccount) : place]
  if (chosen === undefined) return numbered.find(({ numberHash }) => file.numberHash !== undefined && numberHash === file.numberHash)
  if (chosen.accountId === null) return undefined
  const account = await accountRows.find(transaction, chosen.accountId)
  if (account?.householdId !== householdId) throw invalidReference(`body.accounts.${Math.max(place, 0)}.accountId`, 'account')
  return account
}

const problemOf = (file: FileAccount, account: Account): string | undefined => {
  const { currency, transactions } = file
  const other = [currency, ...transactions.map(row => row.currency)].find(each => each !== undefined && each !== account.currency)
  if (other !== undefined) return `The file is in ${other}, and ${account.name} is in ${account.currency}.`
  if (file.numberHash !== undefined && account.numberHash !== null && file.numberHash !== account.numberHash)
    return `The file is of an account ending in ${file.mask ?? ''}, and ${account.name} ends in ${account.mask ?? ''}.`
  const late = account.closedOn === null ? undefined : transactions.find(({ date }) => date > account.closedOn!)
  if (late !== undefined) return `Line ${late.line} is of ${late.date}, and ${account.name} was closed on ${account.closedOn}.`
  const digits = minorDigits(account.currency)
  const fine = transactions.find(({ amount }) => new Decimal(amount).decimalPlaces() > digits)
  return fine === undefined ? undefined : `Line ${fine.line} has more than the ${digits} decimals of ${account.currency}.`
}

const datesOf = ({ transactions }: FileAccount) => transactions.map(({ date }) => date).toSorted()

const findKnown = async (transaction: Transaction, file: FileAccount, account: Account): Promise<readonly LedgerRow[]> => {
  const dates = datesOf(file)
  return dates.length === 0
    ? []
    : findLedgerRows(transaction, account.id, addDays(dates[0]!, -similarDays), addDays(dates.at(-1)!, similarDays))
}

const balancesOf = async (transaction: Transaction, file: FileAccount, account: Account, stored: readonly JudgedRow[]) => {
  if (file.balance === undefined || account.balanceSource !== 'ledger') return { balanceAfter: undefined, openingBalance: undefined }
  const through = file.balanceDate ?? datesOf(file).at(-1) ?? null
  const added = sumMoney(
    stored.filter(({ row }) => !row.isPending && (through === null || row.date <= through)).map(({ row }) => new Decimal(row.amount)),
  )
  const total = new Decimal(await findLedgerTotal(transaction, account.id, through)).plus(added)
  return { balanceAfter: total.plus(account.openingBalance), openingBalance: new Decimal(file.balance).minus(total) }
}

/** The accounts of the household that receive the rows of each account of a file. Throws a 422 for an account that the household does not have. */
export const chooseAccounts = async (
  transaction: Transaction,
  householdId: string,
  { accounts }: Pick<FileContent, 'accounts'>,
  reading: Reading,
): Promise<readonly Choice[]> => {
  const numbered = await findNumberedAccounts(transaction, householdId)
  const choices: Choice[] = []
  for (const file of accounts) choices.push({ file, account: await chooseAccount(transaction, householdId, file, reading, numbered) })
  return choices
}

/** Decides, with the ledger as it is, what becomes of every row of a file. */
export const planImport = async (
  transaction: Transaction,
  choices: readonly Choice[],
  reading: Reading,
): Promise<readonly AccountPlan[]> => {
  const exceptions = new Set(reading.except)
  const taken = new Set<string>()
  const plans: AccountPlan[] = []
  for (const { account, file } of choices) {
    // The rows of two accounts of a file would be compared with the ledger, but not with each other.
    const isTaken = account !== undefined && file.transactions.length > 0 && taken.has(account.id)
    if (account && file.transactions.length > 0) taken.add(account.id)
    const problem = isTaken
      ? `${account.name} already receives the rows of another account of the file.`
      : account && problemOf(file, account)
    const known = account ? await findKnown(transaction, file, account) : []
    const isStored = ({ row, verdict }: JudgedRow) =>
      verdict === 'new' || (verdict === 'doubtful' && (reading.doubtful === 'store') !== exceptions.has(row.line))
    const rows = account ? linkReversals(judgeRows(file.transactions, known), known, isStored) : []
    const stored = placeRows(rows.filter(isStored), known)
    const balances = account ? await balancesOf(transaction, file, account, stored) : { balanceAfter: undefined, openingBalance: undefined }
    plans.push({ file, account, problem, rows, stored, ...balances })
  }
  return plans
}

/** What the preview says of a file with positions and without transactions: holdings are not kept yet. */
export const onlyPositions = 'The file has only positions. Positions are not kept yet, so nothing of it is stored.'

/** Whether a file has positions and no transactions. */
export const hasOnlyPositions = ({ accounts }: Pick<FileContent, 'accounts'>): boolean =>
  accounts.some(({ holdings }) => holdings.length > 0) && accounts.every(({ transactions }) => transactions.length === 0)

/** The counts that a preview keeps, and with which a commit notices that the ledger has changed. */
export const countsOf = (plans: readonly AccountPlan[], rejectedCount: number) => {
  const newCount = plans.reduce((sum, { stored }) => sum + stored.length, 0)
  const rowCount = plans.reduce((sum, { account, file }) => sum + (account ? file.transactions.length : 0), 0)
  return { newCount, duplicateCount: rowCount - newCount, rejectedCount }
}

const shownRows = 500
const verdictOrder = ['doubtful', 'new', 'duplicate'] as const

const presentRow = ({ existingId, reason, row, verdict }: JudgedRow) => ({
  line: row.line,
  verdict,
  reason: reason ?? null,
  existingId: existingId ?? null,
  type: row.type,
  date: row.date,
  amount: row.amount,
  description: row.description,
  merchantName: row.merchantName ?? null,
  category: row.category ?? null,
  notes: row.notes ?? null,
  symbol: row.symbol ?? null,
  quantity: row.quantity ?? null,
  price: row.price ?? null,
  isPending: row.isPending ?? false,
})

/** The rows of an account without a place: they are shown before an account is chosen. */
const unjudged = ({ file, rows }: AccountPlan): readonly JudgedRow[] =>
  rows.length > 0 ? rows : file.transactions.map(row => ({ row, verdict: 'new', fingerprint: '' }))

const countOf = (rows: readonly JudgedRow[], verdict: JudgedRow['verdict']): number => rows.filter(row => row.verdict === verdict).length

/** An account of a file in the answer of a preview. */
export const presentPlan = (plan: AccountPlan) => {
  const { account, balanceAfter, file, openingBalance, problem, stored } = plan
  const currency = account?.currency ?? file.currency ?? 'USD'
  const rows = unjudged(plan)
  const dates = datesOf(file)
  const order = verdictOrder.flatMap(verdict => rows.filter(row => row.verdict === verdict))
  return {
    key: file.key,
    name: file.name ?? null,
    mask: file.mask ?? null,
    type: file.type ?? null,
    currency: account?.currency ?? file.currency ?? null,
    balance: file.balance ?? null,
    balanceDate: file.balanceDate ?? null,
    accountId: account?.id ?? null,
    problem: problem ?? null,
    rowCount: file.transactions.length,
    newCount: countOf(rows, 'new'),
    duplicateCount: countOf(rows, 'duplicate'),
    doubtfulCount: countOf(rows, 'doubtful'),
    firstDate: dates[0] ?? null,
    lastDate: dates.at(-1) ?? null,
    newAmount: formatMoney(sumMoney(stored.map(({ row }) => new Decimal(row.amount))), currency),
    balanceAfter: balanceAfter === undefined ? null : formatMoney(balanceAfter, currency),
    openingBalance: openingBalance === undefined ? null : formatMoney(openingBalance, currency),
    holdingCount: file.holdings.length,
    rows: order.slice(0, shownRows).map(presentRow),
  }
}

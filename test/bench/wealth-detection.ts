import { addDays, addMonths } from '../../domain/shared/index.ts'
import {
  detectRecurring,
  evaluateRules,
  matchTransfers,
  type Rule,
  type RuleTransaction,
  type TransferAccount,
  type TransferTransaction,
} from '../../domain/wealth/index.ts'
import { grouped, median } from './measure.ts'

const TRANSACTIONS = 100_000
const ACCOUNTS = 12
const RULES = 100
const DAYS = 5 * 365
const FIRST = '2021-01-01'
const ROUNDS = 9

/** A generator of equal numbers in each run (Park and Miller, 1988). */
const numbers = (seed: number) => {
  let state = seed
  return () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647
}

interface History {
  readonly accounts: readonly TransferAccount[]
  readonly transactions: readonly (RuleTransaction & TransferTransaction)[]
}
type Row = RuleTransaction & TransferTransaction

/** Five years of a household: visits to shops, transfers, payments of cards, subscriptions. */
const makeHistory = (): History => {
  const random = numbers(11)
  const pick = (length: number) => Math.floor(random() * length)
  const accounts = Array.from(
    { length: ACCOUNTS },
    (_, index): TransferAccount => ({
      id: `account-${index}`,
      name: `Account ${index}`,
      type: index % 3 === 0 ? 'credit_card' : 'checking',
      mask: String(1000 + index),
      institutionName: null,
      currency: 'USD',
    }),
  )
  const transactions: unknown[] = []
  const add = (account: number, date: string, amount: string, description: string) =>
    transactions.push({
      id: `t${String(transactions.length).padStart(7, '0')}`,
      accountId: `account-${account}`,
      type: 'cash',
      currency: 'USD',
      date,
      amount,
      description,
      merchantName: null,
      notes: null,
      category: { category: 'other', categoryId: null },
      tags: [],
      splits: [],
      transferAccountId: null,
      provenance: {},
    })
  for (let account = 0; account < ACCOUNTS; account += 1)
    for (let bill = 0; bill < 20; bill += 1)
      for (let month = 0; month < 60; month += 1)
        add(account, addMonths(FIRST, month), `-${bill + 5}.99`, `SUBSCRIPTION ${'abcdefghijklmnopqrst'[bill]}x 8${month}`)
  while (transactions.length < TRANSACTIONS) {
    const [day, account] = [pick(DAYS), pick(ACCOUNTS)]
    if (random() < 0.1) {
      const [amount, other] = [`${1 + pick(40)}00.00`, (account + 1 + pick(ACCOUNTS - 1)) % ACCOUNTS]
      add(account, addDays(FIRST, day), `-${amount}`, `Transfer to x${1000 + other}`)
      add(other, addDays(FIRST, day + pick(4)), amount, 'Transfer received')
    } else
      add(
        account,
        addDays(FIRST, day),
        `-${pick(120)}.${10 + pick(90)}`,
        `SHOP ${'abcdefghij'[pick(10)]}${'abcdefghij'[pick(10)]} #${pick(500)}`,
      )
  }
  return { accounts, transactions: transactions as Row[] }
}

/** All pairs of opposite amounts within four days, by a window that moves over the transactions in the order of their dates. */
const pairsByWindow = (transactions: readonly Row[]): number => {
  const sorted = transactions.map(({ accountId, amount, date }) => ({
    accountId,
    amount: Number(amount),
    day: Date.parse(date) / 86_400_000,
  }))
  sorted.sort((a, b) => a.day - b.day)
  let pairs = 0
  for (let one = 0; one < sorted.length; one += 1)
    for (let other = one + 1; other < sorted.length && sorted[other]!.day - sorted[one]!.day <= 4; other += 1)
      if (sorted[one]!.amount === -sorted[other]!.amount && sorted[one]!.accountId !== sorted[other]!.accountId) pairs += 1
  return pairs
}

const makeRules = (): Rule[] =>
  Array.from({ length: RULES }, (_, index) => ({
    id: `r${index}`,
    name: 'Rule',
    isActive: true,
    match: 'all',
    conditions: [
      { field: 'payee', operator: 'contains', value: `shop ${'abcdefghij'[index % 10]}${'abcdefghij'[Math.floor(index / 10)]}` },
    ],
    actions: [{ action: 'set_category', category: 'shopping' }],
    stopAfter: false,
  }))

/** The same search by one regular expression of JavaScript per rule. */
const matchesByRegExp = (rules: readonly Rule[], transactions: readonly Row[]): number => {
  const patterns = rules.map(({ conditions }) => new RegExp((conditions[0] as { value: string }).value, 'i'))
  let matches = 0
  for (const { description } of transactions) for (const pattern of patterns) if (pattern.test(description)) matches += 1
  return matches
}

const time = (work: () => unknown): number => {
  const start = performance.now()
  work()
  return performance.now() - start
}

const report = (name: string, baseline: string, ours: () => unknown, theirs: () => unknown): void => {
  const [own, other]: [number[], number[]] = [[], []]
  // Rounds alternate, so that both run under the same load. The first is for warm-up.
  for (let round = 0; round <= ROUNDS; round += 1) {
    const measured = [time(ours), time(theirs)] as const
    if (round === 0) continue
    own.push(measured[0])
    other.push(measured[1])
  }
  console.log(
    `${name.padEnd(44)} ${median(own).toFixed(0).padStart(6)} ms   ${baseline} ${median(other).toFixed(0)} ms, ratio ${(median(other) / median(own)).toFixed(2)}`,
  )
}

/** Transfers, recurring payments and rules over the history of a household, each against plain JavaScript in the same run. */
export async function benchDetection(): Promise<void> {
  const { accounts, transactions } = makeHistory()
  const today = addDays(FIRST, DAYS)
  const labels = transactions.map(one => ({ ...one, category: 'other' as const }))
  const detect = () => {
    const pairs = matchTransfers(accounts, labels)
    const excluded = new Set(pairs.flatMap(({ inflowId, outflowId }) => [inflowId, outflowId]))
    return { pairs, recurring: detectRecurring(labels, { today, excluded }) }
  }
  const { pairs, recurring } = detect()
  console.log(
    `${grouped(transactions.length)} transactions of ${DAYS / 365} years, ${ACCOUNTS} accounts; Node ${process.versions.node}, one thread`,
  )
  console.log(`${grouped(pairs.length)} transfers, ${grouped(recurring.length)} recurring payments`)
  report(
    'transfers',
    'window over dates',
    () => matchTransfers(accounts, labels),
    () => pairsByWindow(transactions),
  )
  report('transfers and recurring payments', 'window over dates', detect, () => pairsByWindow(transactions))
  const rules = makeRules()
  report(
    `${RULES} rules`,
    'RegExp per rule',
    () => evaluateRules(rules, transactions),
    () => matchesByRegExp(rules, transactions),
  )
}

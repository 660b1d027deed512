import * as fc from 'fast-check'
import { dateOfEpochDay } from '../../../../domain/shared/index.ts'
import {
  contributionSources,
  accountTypes,
  type FileAccount,
  type FileHolding,
  type FileTransaction,
  investmentTypes,
  transactionCategories,
} from '../../../../domain/wealth/index.ts'

/** Text that our readers keep: in one line, plain, and in any alphabet. */
export const line = (maxLength: number) =>
  fc
    .oneof(
      fc.string({ minLength: 1, maxLength, unit: 'grapheme' }),
      fc.constantFrom(
        'Café Zürich',
        'a, "b" & c',
        'x;y',
        "'quoted'",
        'ΩМ日本語',
        '🤓',
        '5 < 6 > 4',
        'a&amp;b',
        "' =1",
        '=1+1',
        '@Home',
        '-5% off',
        '+cmd|x',
        "'@SUM(A1)",
      ),
    )
    .map(text =>
      text
        .replaceAll(/[\p{C}\p{Z}\s\uFFFD]+/gu, ' ')
        .trim()
        .slice(0, maxLength),
    )
    .filter(text => text.isWellFormed() && !/<[a-z/!?]/i.test(text.normalize('NFKC')) && text !== '' && text === text.trim())

const whole = (digits: number) => fc.bigInt({ min: 0n, max: 10n ** BigInt(digits) - 1n })
export const money = fc
  .tuple(fc.boolean(), whole(13), fc.integer({ min: 0, max: 99 }))
  .map(([isOut, units, cents]) => {
    const text = `${units}.${String(cents).padStart(2, '0')}`
    return isOut ? `-${text}` : text
  })
  // A row without money is none.
  .filter(text => /[1-9]/.test(text))
const charge = money.map(amount => amount.replace('-', ''))
const figure = fc
  .tuple(whole(15), whole(18))
  .map(([units, decimals]) => `${units}.${String(decimals).padStart(18, '0')}`.replace(/\.?0+$/, ''))
  .filter(text => text !== '')
export const date = fc.integer({ min: -25_000, max: 80_000 }).map(dateOfEpochDay)
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined })

/** A row as a reader gives it: without members that are undefined. */
const compact = <Value extends object>(value: Value): Value =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Value

const charges = fc
  .record({ commission: maybe(charge), fees: maybe(charge), taxWithheld: maybe(charge), stateTaxWithheld: maybe(charge) })
  .map(compact)
  .filter(found => Object.keys(found).length > 0)

const common = {
  date,
  amount: money,
  currency: maybe(fc.constantFrom('USD', 'EUR', 'JPY')),
  description: line(80),
  notes: maybe(fc.tuple(line(40), line(40)).map(([first, second]) => `${first}\n${second}`)),
  externalId: maybe(fc.uuid()),
  checkNumber: maybe(fc.integer({ min: 1, max: 9999 }).map(String)),
}

/** A bank transaction with the fields that OFX holds. */
export const bankRow: fc.Arbitrary<FileTransaction> = fc
  .record({ line: fc.constant(1), type: fc.constant('cash' as const), ...common })
  .map(compact)

/** A transaction with any of its fields. */
export const anyRow: fc.Arbitrary<FileTransaction> = fc
  .record({
    line: fc.constant(1),
    type: fc.constantFrom('cash' as const, ...investmentTypes),
    ...common,
    merchantName: maybe(line(40)),
    label: maybe(line(40)),
    category: maybe(fc.constantFrom(...transactionCategories)),
    ownCategory: maybe(line(40)),
    attachments: maybe(fc.array(line(20), { minLength: 1, maxLength: 3 })),
    dataQualityScore: maybe(fc.constantFrom('0', '0.25', '1')),
    confidenceScore: maybe(fc.constantFrom('0.9', '1.00')),
    tags: maybe(fc.array(line(20), { minLength: 1, maxLength: 3 })),
    splits: maybe(
      fc.array(fc.record({ amount: money, label: line(20), ownCategory: maybe(line(20)) }).map(compact), { minLength: 1, maxLength: 3 }),
    ),
    isPending: maybe(fc.constant(true)),
    transferAccount: maybe(line(20)),
    runningBalance: maybe(money),
    tradeDate: maybe(date),
    symbol: maybe(fc.constantFrom('AAPL', 'BRK.B', '^SPX')),
    quantity: maybe(figure),
    price: maybe(figure),
    charges: maybe(charges),
    isQualified: maybe(fc.boolean()),
    contributionSource: maybe(fc.constantFrom(...contributionSources)),
    contributor: maybe(line(20)),
    taxYear: maybe(fc.integer({ min: 1990, max: 2030 })),
    splitRatio: maybe(fc.record({ numerator: fc.integer({ min: 1, max: 100 }), denominator: fc.integer({ min: 1, max: 100 }) })),
    newSymbol: maybe(fc.constant('META')),
  })
  .map(compact)

/** Rows of which some are cancelled by others, after them, as the ledger does it. */
export const withReversals = (accounts: fc.Arbitrary<FileAccount[]>): fc.Arbitrary<FileAccount[]> =>
  fc.tuple(accounts, fc.infiniteStream(fc.boolean())).map(([given, choices]) =>
    given.map(each => {
      const rows = each.transactions.map((row, index) =>
        row.isPending || choices.next().value === true ? row : { ...row, key: `t-${index}` },
      )
      const reversals = rows.flatMap(({ externalId: _externalId, key, ...row }) =>
        key === undefined ? [] : [{ ...row, amount: row.amount.startsWith('-') ? row.amount.slice(1) : `-${row.amount}`, reverses: key }],
      )
      return { ...each, transactions: [...rows, ...reversals] }
    }),
  )

const holding: fc.Arbitrary<FileHolding> = fc
  .record({
    line: fc.constant(1),
    symbol: maybe(fc.constant('AAPL')),
    quantity: figure,
    price: maybe(figure),
    marketValue: maybe(money),
    date: maybe(date),
  })
  .map(compact)

const accountOf = (row: fc.Arbitrary<FileTransaction>, key: string): fc.Arbitrary<FileAccount> =>
  fc
    .record({
      key: fc.constant(key),
      name: maybe(line(30)),
      mask: fc.constant('1234'),
      type: maybe(fc.constantFrom(...accountTypes)),
      currency: maybe(fc.constantFrom('USD', 'EUR')),
      balance: maybe(money),
      transactions: fc.uniqueArray(row, { selector: each => each.externalId ?? each, minLength: 1, maxLength: 6 }),
      holdings: fc.array(holding, { maxLength: 2 }),
    })
    .map(compact)

export const accountsOf = (row: fc.Arbitrary<FileTransaction>): fc.Arbitrary<FileAccount[]> =>
  fc.tuple(accountOf(row, 'one'), accountOf(row, 'two')).map(accounts => [...accounts])

/** Rows without their lines, which another file has elsewhere. */
export const withoutLines = (rows: readonly (FileTransaction | FileHolding)[]) => rows.map(({ line: _line, ...row }) => row)

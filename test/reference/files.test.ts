import { readFileSync } from 'node:fs'
import { parseSync } from 'ofx-js'
import { describe, expect, test } from 'vitest'
import { Decimal } from '../../domain/shared/index.ts'
import { type FileContent, readFile } from '../../domain/wealth/index.ts'
import { referenceFolder, referenceMissing } from './simulation-data.ts'

const read = (path: string): FileContent => readFile(readFileSync(`${referenceFolder}/${path}`))
const sum = (amounts: readonly (string | undefined)[]): string =>
  amounts.reduce((total, amount) => total.plus(amount ?? 0), new Decimal(0)).toFixed(2)

interface Expected {
  /** By account: number of rows, their sum, number of positions. */
  readonly accounts: readonly (readonly [number, string, number])[]
  /** Lines of the faults. */
  readonly rejected?: readonly number[]
  readonly ambiguous?: readonly string[]
}

const summaryOf = ({ accounts, ambiguous, rejected }: FileContent): Expected => ({
  accounts: accounts.map(({ holdings, transactions }) => [
    transactions.length,
    sum(transactions.map(({ amount }) => amount)),
    holdings.length,
  ]),
  rejected: rejected.map(({ line }) => line),
  ambiguous: ambiguous ?? [],
})

describe.skipIf(referenceMissing)('files of other projects are read whole', () => {
  test.each<[string, Expected]>([
    ['ofx/anzcc.ofx', { accounts: [[1, '-5.50', 0]] }],
    ['ofx/bank_medium.ofx', { accounts: [[3, '-345.27', 0]] }],
    ['ofx/checking.ofx', { accounts: [[3, '-59.50', 0]] }],
    ['ofx/fidelity-savings.ofx', { accounts: [[1, '-1500.00', 0]], rejected: [63, 78, 93] }],
    ['ofx/investment_401k.ofx', { accounts: [[3, '-197.20', 3]] }],
    ['ofx/investment_medium.ofx', { accounts: [[3, '-3.95', 0]] }],
    [
      'ofx/multiple_accounts2.ofx',
      {
        accounts: [
          [0, '0.00', 0],
          [0, '0.00', 0],
        ],
      },
    ],
    ['ofx/ofx-v102-empty-tags.ofx', { accounts: [[1, '12.34', 0]] }],
    ['ofx/suncorp.ofx', { accounts: [[1, '-16.85', 0]] }],
    ['ofx/td_ameritrade.ofx', { accounts: [[0, '0.00', 2]] }],
    ['ofx/vanguard.ofx', { accounts: [[1, '4212.30', 2]] }],
    ['ofx/malformed/date_missing.ofx', { accounts: [[0, '0.00', 0]], rejected: [33, 40, 48] }],
    ['qif/actual_data-payee-memo.qif', { accounts: [[4, '-100.00', 0]] }],
    ['qif/actual_data-with-categories.qif', { accounts: [[3, '-161.33', 0]] }],
    [
      'qif/quiffen_test.qif',
      {
        accounts: [
          [5, '-35.50', 0],
          [1, '-100.00', 0],
        ],
      },
    ],
    ['qif/quiffen_test_category_override.qif', { accounts: [[4, '2077.44', 0]] }],
    ['qif/quiffen_test_nosymbol.qif', { accounts: [] }],
    [
      'qif/quiffen_test_oth_a.qif',
      {
        accounts: [
          [5, '-35.50', 0],
          [1, '-100.00', 0],
        ],
      },
    ],
    ['qif/quiffen_test_split.qif', { accounts: [[1, '-10.00', 0]] }],
    ['qif/quiffen_test_unknown_account_type.qif', { accounts: [[0, '0.00', 0]], rejected: [23] }],
    [
      'csv/firefly_demo-import.csv',
      {
        accounts: [
          [22, '-788.27', 0],
          [1, '200.00', 0],
        ],
      },
    ],
    ['csv/ghostfolio_sample.csv', { accounts: [[4, '-501557.80', 0]], rejected: [6] }],
    [
      'csv/sure_accounts.csv',
      {
        accounts: [
          [0, '0.00', 0],
          [0, '0.00', 0],
          [0, '0.00', 0],
          [0, '0.00', 0],
        ],
      },
    ],
    [
      'csv/sure_actual.csv',
      {
        accounts: [
          [4, '750.43', 0],
          [1, '-4.25', 0],
        ],
      },
    ],
    [
      'csv/sure_mint.csv',
      {
        accounts: [
          [5, '782.19', 0],
          [5, '-31.82', 0],
        ],
      },
    ],
    [
      'csv/sure_trades.csv',
      {
        accounts: [
          [6, '-33230.25', 0],
          [4, '-17381.25', 0],
        ],
      },
    ],
    [
      'csv/sure_transactions.csv',
      {
        accounts: [
          [2, '-155.05', 0],
          [4, '-269.49', 0],
          [3, '-91.75', 0],
        ],
      },
    ],
    [
      'csv/sure_ynab.csv',
      {
        accounts: [
          [4, '750.43', 0],
          [1, '-4.25', 0],
        ],
        ambiguous: ['dateOrder'],
      },
    ],
    ['csv/wealthfolio_ai-import-european-broker.csv', { accounts: [[11, '-4212.18', 0]] }],
    ['csv/wealthfolio_duplicate-detection.csv', { accounts: [[11, '-4046.29', 0]] }],
    ['csv/wealthfolio_sample-holdings-import.csv', { accounts: [[0, '0.00', 12]] }],
    ['csv/wealthfolio_sample-import.csv', { accounts: [[13, '-567.44', 0]], rejected: [11] }],
    ['csv/wealthfolio_schwab_with_header_row.csv', { accounts: [[19, '6942.96', 0]], rejected: [6] }],
  ])('%s', (path, expected) => {
    expect(summaryOf(read(`imports/${path}`))).toEqual({ rejected: [], ambiguous: [], ...expected })
  })

  test('a sign-on that failed says what the server answered', () => {
    expect(() => read('imports/ofx/signon_fail.ofx')).toThrow(
      'line 11: the institution refused to sign in: Your request could not be processed because you supplied an invalid identification code or your password was incorrect (code 15500)',
    )
  })

  test('dates are those of the file, in its own offset', () => {
    const dates = ['bank_medium', 'fidelity-savings', 'vanguard'].map(
      name => read(`imports/ofx/${name}.ofx`).accounts[0]!.transactions[0]!.date,
    )
    expect(dates).toEqual(['2009-04-01', '2012-07-20', '2011-07-15'])
  })

  test('totals are skipped with a note, and a split without its ratio is rejected', () => {
    const { notes, rejected } = read('imports/csv/wealthfolio_schwab_with_header_row.csv')
    expect(notes).toEqual(['Line 23 has totals. It was skipped.'])
    expect(rejected).toEqual([
      { line: 6, field: 'Action', message: 'the ratio of the split is not given, like 3:1. Enter this transaction by hand' },
    ])
  })
})

/** The texts of all members with a name, at any depth. */
const membersOf = (value: unknown, name: string): string[] => {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, member]) => (key === name && typeof member === 'string' ? [member] : membersOf(member, name)))
}

describe.skipIf(referenceMissing)('a second opinion, ofx-js, finds the same', () => {
  test.each(['anzcc', 'bank_medium', 'checking', 'investment_401k', 'investment_medium', 'vanguard'])('transactions in %s', name => {
    const path = `imports/ofx/${name}.ofx`
    const other = parseSync(readFileSync(`${referenceFolder}/${path}`, 'latin1'))
    const ids = read(path).accounts.flatMap(({ transactions }) => transactions.map(({ externalId }) => externalId))
    expect(ids).toEqual(membersOf(other, 'FITID'))
    expect(ids).not.toEqual([])
  })
})

describe.skipIf(referenceMissing)('answers of Plaid', () => {
  test.each([
    ['transactions_get', [[2, '-100.44', 0]]],
    ['transactions_sync', [[2, '-100.44', 0]]],
    [
      'investments_transactions_get',
      [
        [0, '0.00', 0],
        [0, '0.00', 0],
        [3, '1290.03', 0],
      ],
    ],
    [
      'investments_holdings_get',
      [
        [0, '0.00', 0],
        [0, '0.00', 2],
        [0, '0.00', 6],
        [0, '0.00', 1],
      ],
    ],
    [
      'accounts_balance_get',
      [
        [0, '0.00', 0],
        [0, '0.00', 0],
        [0, '0.00', 0],
      ],
    ],
  ])('%s', (name, accounts) => {
    const content = read(`plaid/${name}.response.json`)
    expect(summaryOf(content)).toEqual({ accounts, rejected: [], ambiguous: [] })
  })

  test('balances are negative for what is owed', () => {
    const balances = read('plaid/accounts_balance_get.response.json').accounts.map(({ balance }) => balance)
    expect(balances).toEqual(['110.00', '-410.00', '-65262.00'])
  })
})

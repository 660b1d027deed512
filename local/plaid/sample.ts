import type { BankAccount, BankData, BankTransaction } from './forms.ts'

/** The institutions of the stand-in, by their ids. */
export const institutions: Readonly<Record<string, string>> = { ins_local_1: 'Harbor Street Bank', ins_local_2: 'Fieldstone Brokerage' }

const dollars = { iso_currency_code: 'USD', unofficial_currency_code: null }

const daysBefore = (today: string, days: number): string =>
  new Date(Date.parse(`${today}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10)

/** A transaction of a checking account, with the fields that are given. */
export const bankTransaction = (
  given: Pick<BankTransaction, 'account_id' | 'amount' | 'date' | 'name' | 'transaction_id'> & Partial<BankTransaction>,
): BankTransaction => ({
  authorized_date: null,
  merchant_name: null,
  pending: false,
  pending_transaction_id: null,
  check_number: null,
  payment_channel: 'other',
  personal_finance_category: null,
  ...dollars,
  ...given,
})

const category = (primary: string, detailed: string) => ({ primary, detailed: `${primary}_${detailed}`, confidence_level: 'HIGH' })

/**
 * What an institution has for a new login: a bank with three accounts of cash and debt, or a broker with one of securities.
 * @param prefix of all ids, different for each item
 * @param today the last day of its history
 */
export const sampleData = (institutionId: string, prefix: string, today: string): BankData =>
  institutionId === 'ins_local_2' ? brokerage(prefix, today) : bank(prefix, today)

const account = (
  prefix: string,
  id: string,
  given: Pick<BankAccount, 'mask' | 'name' | 'subtype' | 'type'> & {
    readonly current: number
    readonly available?: number
    readonly limit?: number
  },
): BankAccount => ({
  account_id: `${prefix}-${id}`,
  balances: { available: given.available ?? null, current: given.current, limit: given.limit ?? null, ...dollars },
  mask: given.mask,
  name: given.name,
  official_name: null,
  type: given.type,
  subtype: given.subtype,
})

const bank = (prefix: string, today: string): BankData => {
  const checking = `${prefix}-checking`
  const card = `${prefix}-card`
  const one = (id: string, days: number, given: Pick<BankTransaction, 'account_id' | 'amount' | 'name'> & Partial<BankTransaction>) =>
    bankTransaction({ transaction_id: `${prefix}-t${id}`, date: daysBefore(today, days), ...given })
  const monthly = [0, 1, 2].flatMap(month => [
    one(`pay${month}`, 12 + month * 30, {
      account_id: checking,
      amount: -3_850.25,
      name: 'PAYROLL ORCHARD LABS',
      personal_finance_category: category('INCOME', 'WAGES'),
    }),
    one(`rent${month}`, 10 + month * 30, {
      account_id: checking,
      amount: 1_640,
      name: 'RENT 14 ELM COURT',
      personal_finance_category: category('RENT_AND_UTILITIES', 'RENT'),
    }),
    one(`food${month}`, 7 + month * 30, {
      account_id: card,
      amount: 86.4 + month,
      name: 'GREEN BASKET MARKET 0231',
      merchant_name: 'Green Basket',
      payment_channel: 'in store',
      personal_finance_category: category('FOOD_AND_DRINK', 'GROCERIES'),
    }),
  ])
  return {
    accounts: [
      account(prefix, 'checking', {
        name: 'Everyday Checking',
        mask: '4417',
        type: 'depository',
        subtype: 'checking',
        current: 6_204.75,
        available: 6_104.75,
      }),
      account(prefix, 'card', { name: 'Travel Card', mask: '9120', type: 'credit', subtype: 'credit card', current: 288.1, limit: 5_000 }),
      account(prefix, 'home', { name: 'Home Loan', mask: '7003', type: 'loan', subtype: 'mortgage', current: 214_380.55 }),
    ],
    transactions: [
      ...monthly.toReversed(),
      one('cafe', 1, {
        account_id: card,
        amount: 5.75,
        name: 'CORNER CAFE',
        merchant_name: 'Corner Cafe',
        pending: true,
        payment_channel: 'in store',
        personal_finance_category: category('FOOD_AND_DRINK', 'COFFEE'),
      }),
    ],
    securities: [],
    holdings: [],
    investmentTransactions: [],
    liabilities: {
      credit: [
        {
          account_id: card,
          aprs: [
            { apr_percentage: 21.9, apr_type: 'purchase_apr', balance_subject_to_apr: 262.35, interest_charge_amount: 0 },
            { apr_percentage: 28.4, apr_type: 'cash_apr', balance_subject_to_apr: null, interest_charge_amount: null },
          ],
          is_overdue: false,
          last_payment_amount: 250,
          last_payment_date: daysBefore(today, 20),
          last_statement_balance: 262.35,
          last_statement_issue_date: daysBefore(today, 16),
          minimum_payment_amount: 25,
          next_payment_due_date: daysBefore(today, -9),
        },
      ],
      mortgage: [
        {
          account_id: `${prefix}-home`,
          interest_rate: { percentage: 4.125, type: 'fixed' },
          loan_type_description: 'conventional',
          loan_term: '30 year',
          escrow_balance: 2_310.4,
          has_pmi: false,
          past_due_amount: 0,
          last_payment_amount: 1_402.11,
          last_payment_date: daysBefore(today, 26),
          ytd_interest_paid: 8_021.36,
          ytd_principal_paid: 5_284.12,
          maturity_date: '2048-06-01',
          next_monthly_payment: 1_402.11,
          next_payment_due_date: daysBefore(today, -4),
          origination_date: '2018-06-01',
          origination_principal_amount: 260_000,
        },
      ],
      student: [],
    },
  }
}

const brokerage = (prefix: string, today: string): BankData => {
  const fund = `${prefix}-fund`
  const invested = `${prefix}-brokerage`
  return {
    accounts: [
      account(prefix, 'brokerage', {
        name: 'Individual Brokerage',
        mask: '3358',
        type: 'investment',
        subtype: 'brokerage',
        current: 18_420.4,
      }),
    ],
    transactions: [],
    securities: [
      {
        security_id: fund,
        ticker_symbol: 'VTI',
        name: 'Total Stock Market ETF',
        type: 'etf',
        cusip: null,
        isin: 'US9229087690',
        close_price: 301.25,
        close_price_as_of: today,
        is_cash_equivalent: false,
        ...dollars,
      },
    ],
    holdings: [
      {
        account_id: invested,
        security_id: fund,
        quantity: 60.5,
        cost_basis: 14_200,
        institution_price: 301.25,
        institution_price_as_of: today,
        institution_value: 18_225.63,
        vested_quantity: null,
        vested_value: null,
        ...dollars,
      },
    ],
    investmentTransactions: [
      {
        investment_transaction_id: `${prefix}-i1`,
        account_id: invested,
        security_id: null,
        date: daysBefore(today, 40),
        name: 'DEPOSIT',
        quantity: 0,
        amount: -15_000,
        price: 0,
        fees: null,
        type: 'cash',
        subtype: 'deposit',
        ...dollars,
      },
      {
        investment_transaction_id: `${prefix}-i2`,
        account_id: invested,
        security_id: fund,
        date: daysBefore(today, 39),
        name: 'BUY TOTAL STOCK MARKET ETF',
        quantity: 60,
        amount: 14_101.5,
        price: 235,
        fees: 1.5,
        type: 'buy',
        subtype: 'buy',
        ...dollars,
      },
      {
        investment_transaction_id: `${prefix}-i3`,
        account_id: invested,
        security_id: fund,
        date: daysBefore(today, 5),
        name: 'DIVIDEND TOTAL STOCK MARKET ETF',
        quantity: 0,
        amount: -48.2,
        price: 0,
        fees: null,
        type: 'cash',
        subtype: 'dividend',
        ...dollars,
      },
    ],
    liabilities: { credit: [], mortgage: [], student: [] },
  }
}

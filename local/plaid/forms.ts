/** What the stand-in stores and answers, in the form of Plaid. Amounts are positive when money leaves the account. */
export interface BankAccount {
  readonly account_id: string
  readonly balances: {
    readonly available: number | null
    readonly current: number | null
    readonly limit: number | null
    readonly iso_currency_code: string | null
    readonly unofficial_currency_code: string | null
  }
  readonly mask: string | null
  readonly name: string
  readonly official_name: string | null
  readonly type: 'depository' | 'credit' | 'loan' | 'investment' | 'other'
  readonly subtype: string
}

export interface BankTransaction {
  readonly transaction_id: string
  readonly account_id: string
  readonly amount: number
  readonly date: string
  readonly authorized_date: string | null
  readonly name: string
  readonly merchant_name: string | null
  readonly pending: boolean
  readonly pending_transaction_id: string | null
  readonly iso_currency_code: string | null
  readonly unofficial_currency_code: string | null
  readonly check_number: string | null
  readonly payment_channel: 'online' | 'in store' | 'other'
  readonly personal_finance_category: { readonly primary: string; readonly detailed: string; readonly confidence_level: string } | null
}

export interface BankSecurity {
  readonly security_id: string
  readonly ticker_symbol: string | null
  readonly name: string
  readonly type: string
  readonly cusip: string | null
  readonly isin: string | null
  readonly close_price: number | null
  readonly close_price_as_of: string | null
  readonly is_cash_equivalent: boolean
  readonly iso_currency_code: string | null
  readonly unofficial_currency_code: string | null
}

export interface BankHolding {
  readonly account_id: string
  readonly security_id: string
  readonly quantity: number
  readonly cost_basis: number | null
  readonly institution_price: number
  readonly institution_price_as_of: string | null
  readonly institution_value: number
  readonly iso_currency_code: string | null
  readonly unofficial_currency_code: string | null
  readonly vested_quantity: number | null
  readonly vested_value: number | null
}

export interface BankInvestmentTransaction {
  readonly investment_transaction_id: string
  readonly account_id: string
  readonly security_id: string | null
  readonly date: string
  readonly name: string
  readonly quantity: number
  readonly amount: number
  readonly price: number
  readonly fees: number | null
  readonly type: 'buy' | 'sell' | 'cancel' | 'cash' | 'fee' | 'transfer'
  readonly subtype: string
  readonly iso_currency_code: string | null
  readonly unofficial_currency_code: string | null
}

export interface BankLiabilities {
  readonly credit: readonly object[]
  readonly mortgage: readonly object[]
  readonly student: readonly object[]
}

/** All that an institution has for one login. */
export interface BankData {
  readonly accounts: readonly BankAccount[]
  readonly transactions: readonly BankTransaction[]
  readonly securities: readonly BankSecurity[]
  readonly holdings: readonly BankHolding[]
  readonly investmentTransactions: readonly BankInvestmentTransaction[]
  readonly liabilities: BankLiabilities
}

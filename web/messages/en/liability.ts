/** The words of the terms of a card, loan or mortgage. */

export const titles = { card: 'Card terms', loan: 'Loan terms' }
export const lead = 'The rate, and what is due when.'
export const stated = 'The institution states them. They are read with each synchronisation.'
export const empty = 'No terms yet.'
export const emptyLead = 'Add the rate and the next payment, so that you see here what is due.'
export const add = 'Add the terms'
export const edit = 'Change the terms'
export const store = 'Store the terms'
export const stored = 'The terms are stored.'
export const removed = 'The terms are removed.'
export const overdue = 'A payment is overdue.'

export const aprs = {
  purchase: 'Rate for purchases',
  balance_transfer: 'Rate for balance transfers',
  cash: 'Rate for cash',
  special: 'Special rate',
}

export const rateTypes = { fixed: 'fixed', variable: 'variable' }

export const facts = {
  rate: 'Interest rate',
  minimum: 'Minimum payment',
  payment: 'Next payment',
  due: 'Due on',
  lastPayment: 'Last payment',
  lastStatement: 'Last statement',
  principal: 'Borrowed',
  originated: 'Began on',
  matures: 'Ends on',
  loanName: 'Name at the lender',
  loanType: 'Kind of loan',
  term: 'Term',
  escrow: 'In escrow',
  pastDue: 'Past due',
  lateFee: 'Fee for late payment',
  insurance: 'Mortgage insurance',
  penalty: 'Penalty for early payment',
  interestPaid: 'Interest paid this year',
  principalPaid: 'Repaid this year',
  guarantor: 'Guarantor',
  status: 'Status',
  plan: 'Repayment plan',
  outstanding: 'Interest not paid yet',
}
export const yes = 'Yes'
export const no = 'No'

export const fields = {
  rate: 'Interest rate per year',
  cardRate: 'Interest rate per year for purchases',
  minimum: 'Minimum payment',
  payment: 'Payment each time',
  due: 'Next payment due on',
  statement: 'Balance of the last statement',
  statementOn: 'Date of the last statement',
  principal: 'What you borrowed',
  originated: 'The loan began on',
  matures: 'The loan ends on',
}
export const formLead = 'Write down what you know. With all fields empty, the terms are removed.'

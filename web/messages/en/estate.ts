/** The words of the page of the estate. */

export const titles = { estate: 'Estate' }

export const estate = {
  lead: (household: string) => `${household}: who receives what by the beneficiaries of each account, at the balances of today.`,
  empty: 'There is nothing to leave yet',
  emptyLead: 'Add the accounts of the household. Then name the beneficiaries of each on its page.',
  add: 'Add an account',
  designated: 'With beneficiaries',
  designatedNote: (currency: string) => `Goes to those who are named, in ${currency}`,
  undesignated: 'Without beneficiaries',
  undesignatedNote: (currency: string) => `Goes by will or by law, in ${currency}`,
  without: (count: number) =>
    count === 1
      ? 'One account has no beneficiaries. A will or the law decides who gets it:'
      : `${count} accounts have no beneficiaries. A will or the law decides who gets them:`,
  heirs: 'What each heir would receive',
  heirsLead: 'From the primary beneficiaries of each account. Contingent ones count where no primary one is named.',
  noHeirs: 'Nobody is named yet. Open an account below and name its beneficiaries.',
  heirCaption: (name: string) => `What ${name} would receive, by account`,
  total: 'Together',
  noValue: 'No value yet',
  accounts: 'Accounts and their beneficiaries',
  accountsLead: 'Contingent beneficiaries get an account if no primary one can. A joint account usually passes to the other owner first.',
  accountsCaption: 'The accounts of the household with their beneficiaries',
  columns: {
    account: 'Account',
    owner: 'Owner',
    share: 'Share',
    amount: 'Amount',
    balance: 'Balance',
    primary: 'Primary',
    contingent: 'Contingent',
  },
  none: 'Nobody',
  noContingent: 'Nobody is next',
  leftOut:
    'Loans, mortgages and credit cards are left out: they take no beneficiaries, and the estate pays them. So are closed accounts. Taxes and costs of the estate are not deducted.',
}

/** The words of the pages of people. */

export const titles = { people: 'People', newPerson: 'Add a person', person: 'Change a person' }

export const relationships = { self: 'Myself', spouse: 'Spouse', partner: 'Partner', child: 'Child', parent: 'Parent', other: 'Other' }

export const kycStatuses = {
  not_started: 'Not started',
  pending: 'In progress',
  verified: 'Verified',
  rejected: 'Refused',
  expired: 'Expired',
}

export const people = {
  lead: (household: string) =>
    `The people of ${household}: owners of accounts, beneficiaries, and who depends on you. They need no sign-in.`,
  add: 'Add a person',
  empty: 'There are no people yet',
  emptyLead: 'Add yourself and the people that you plan for. Accounts and goals can then belong to them.',
  caption: 'The people of the household',
  columns: { name: 'Name', relationship: 'Relation', birth: 'Born', risk: 'Risk tolerance', horizon: 'Horizon', kyc: 'Identity check' },
  years: (years: string) => `${years} years`,
  signsIn: 'Signs in',
  viewer: 'You can look at the people. Only owners and editors of the household can change them.',
}

export const personForm = {
  lead: 'A name is enough.',
  name: 'Name',
  relationship: 'Relation to you',
  birthDate: 'Date of birth',
  member: 'Member of the household',
  memberHelp: 'Choose who this person is, if they sign in.',
  noMember: 'Does not sign in',
  risk: 'Risk tolerance',
  riskHelp: '0 % avoids every loss, 100 % accepts any.',
  horizon: 'Investment horizon',
  horizonHelp: 'Years until the money is needed.',
  years: 'years',
  accredited: 'Accredited investor',
  accreditedHelp: 'May buy what is offered only to investors of a certain income or wealth.',
  unknown: 'Not known',
  yes: 'Yes',
  no: 'No',
  kyc: 'Identity check',
  kycHelp: 'What a bank or broker has checked. The audit trail does not contain it.',
  status: 'Status',
  verifiedAt: 'Verified',
  citizenship: 'Citizenship',
  taxResidence: 'Tax residence',
  countryHelp: 'A country code of two letters, such as US.',
  documentKind: 'Document',
  documentKinds: {
    passport: 'Passport',
    driving_licence: 'Driving licence',
    identity_card: 'Identity card',
    residence_permit: 'Residence permit',
  },
  documentLastFour: 'Last four characters of the document',
  documentExpiresOn: 'Document valid until',
  employment: 'Employment',
  employments: {
    employed: 'Employed',
    self_employed: 'Self-employed',
    retired: 'Retired',
    student: 'Student',
    not_employed: 'Not employed',
  },
  employer: 'Employer',
  sourceOfFunds: 'Source of funds',
  sources: {
    salary: 'Salary',
    business: 'Business',
    investments: 'Investments',
    inheritance: 'Inheritance',
    pension: 'Pension',
    property: 'Property',
    other: 'Other',
  },
  politicallyExposed: 'Holds a prominent public office, or is close to somebody who does',
  none: 'Not given',
  store: 'Add the person',
  save: 'Save',
  added: (name: string) => `${name} was added.`,
  saved: (name: string) => `${name} was changed.`,
  remove: 'Remove',
  removed: (name: string) => `${name} was removed.`,
  toPeople: 'To all people',
}

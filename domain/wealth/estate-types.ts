/** Primary beneficiaries get the account; contingent ones get it if no primary one can. */
export const beneficiaryRanks = ['primary', 'contingent'] as const
export type BeneficiaryRank = (typeof beneficiaryRanks)[number]

export const beneficiaryKinds = ['person', 'charity', 'trust', 'estate'] as const
export type BeneficiaryKind = (typeof beneficiaryKinds)[number]

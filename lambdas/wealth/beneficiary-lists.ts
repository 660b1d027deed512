import type { Beneficiary } from '../../db/queries/wealth/beneficiaries.ts'
import { Decimal } from '../../domain/shared/index.ts'
import type { BeneficiaryRank } from '../../domain/wealth/index.ts'

/** The beneficiaries of an account by rank, as answers show them. */
export const byRank = (beneficiaries: readonly Beneficiary[]) => {
  const ofRank = (rank: BeneficiaryRank) =>
    beneficiaries
      .filter(each => each.rank === rank)
      .map(({ kind, name, personId, share }) => ({ personId, name, kind, share: new Decimal(share).toString() }))
  return { primary: ofRank('primary'), contingent: ofRank('contingent') }
}

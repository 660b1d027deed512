import { FILING } from '../../us-tax/index.ts'
import type { HouseholdSpec } from './spec.ts'

type Filing = Pick<HouseholdSpec, 'filingStatus' | 'people'>

/** Whether two persons are spouses. Two persons who file as single are unmarried partners. */
export const isMarried = ({ filingStatus, people }: Filing): boolean => people.length === 2 && filingStatus !== 'single'

/** Whether two persons file a tax return each. */
export const filesApart = ({ filingStatus, people }: Filing): boolean => people.length === 2 && filingStatus !== 'married_joint'

/** Index in FILING of each filing status of a household. */
export const FILINGS: Readonly<Record<HouseholdSpec['filingStatus'], number>> = {
  single: FILING.single,
  married_joint: FILING.marriedFilingJointly,
  married_separate: FILING.marriedFilingSeparately,
  head_of_household: FILING.headOfHousehold,
}

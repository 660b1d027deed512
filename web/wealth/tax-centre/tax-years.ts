import type { Household } from '../../shell/household.ts'
import { todayIn } from '../today.ts'

/** Years that can be chosen: this one and those before it for which records are usually kept. */
const yearsBack = 10

/** The tax years of a household, the newest first, and the one that is asked for: by default the year that is over, which is that of the next return. */
export const taxYearsOf = ({ timezone }: Household, asked: string): { readonly years: readonly string[]; readonly chosen: string } => {
  const thisYear = Number(todayIn(timezone).slice(0, 4))
  const years = Array.from({ length: yearsBack + 1 }, (_, index) => String(thisYear - index))
  return { years, chosen: years.includes(asked) ? asked : String(thisYear - 1) }
}

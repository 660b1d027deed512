import type { HouseholdPath } from './household-path.ts'

/**
 * Decides the year's gifts from IRAs to charity: from the accounts of persons aged 70 1/2 or more, up to each person's limit. Gifts count
 * towards required distributions and are taken from these first, which lowers the taxed part. Source: IRC 408(d)(8); 26 CFR 1.408-8, A-14.
 */
export function giveFromIras(path: HouseholdPath): void {
  const { household, withdrawalYear, charitableRoom, flows } = path
  flows.charitableDistributions = 0
  path.givenBeyondRequired = 0
  if (!household.expenses.hasCharitable) return
  withdrawalYear.charitable.fill(0)
  charitableRoom.fill(household.charitableLimit * path.priceIndex)
  const left = giveOfRequired(path, path.charitableNeed)
  giveBeyondRequired(path, left)
}

function giveOfRequired(path: HouseholdPath, wanted: number): number {
  const { withdrawalYear, persons, owners } = path
  let left = wanted
  for (let account = 0; account < owners.length; account++) {
    const given = give(path, account, left, withdrawalYear.required[account]!)
    const person = persons[owners[account] === 0 ? 0 : 1]
    person.taxDeferredWithdrawals = Math.max(0, person.taxDeferredWithdrawals - given)
    left -= given
  }
  return left
}

function giveBeyondRequired(path: HouseholdPath, wanted: number): void {
  const { slots, owners } = path
  let left = wanted
  for (let account = 0; account < owners.length; account++) {
    const given = give(path, account, left, slots.balance[account]! - path.withdrawalYear.charitable[account]!)
    path.givenBeyondRequired += given
    left -= given
  }
}

function give(path: HouseholdPath, account: number, wanted: number, most: number): number {
  const { household, charitableRoom, owners, withdrawalYear, flows } = path
  const { accounts, years } = household
  if (accounts.ages.givesToCharity[(path.alive * years + path.year) * accounts.count + account] === 0) return 0
  const owner = owners[account]!
  const given = Math.min(wanted, most, charitableRoom[owner]!)
  withdrawalYear.charitable[account] = withdrawalYear.charitable[account]! + given
  charitableRoom[owner] = charitableRoom[owner]! - given
  flows.charitableDistributions += given
  return given
}

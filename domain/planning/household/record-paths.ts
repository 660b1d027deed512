import { BLOCK_PATHS } from '../../simulation/index.ts'
import { createMarketBlock } from './market-block.ts'
import { createHouseholdPath } from './path/create-household-path.ts'
import type { HouseholdPath } from './path/household-path.ts'
import { type PathObserver, runPath } from './path/run-path.ts'
import { prepareHousehold } from './prepare/prepare.ts'
import type { HouseholdSpec } from './spec.ts'
import { assertValidHousehold } from './validate.ts'

/** Called with each year of each path, then with the path's end. */
export interface PathRecorder extends PathObserver {
  end(path: HouseholdPath): void
}

/**
 * @throws InvalidSpecError
 * @throws RangeError unless 0 <= fromPath < toPath <= spec.paths
 */
export function assertPaths(spec: HouseholdSpec, fromPath: number, toPath: number): void {
  assertValidHousehold(spec)
  if (!(Number.isInteger(fromPath) && Number.isInteger(toPath) && 0 <= fromPath && fromPath < toPath && toPath <= spec.paths)) {
    throw new RangeError(`paths ${fromPath} to ${toPath} must be a part of 0 to ${spec.paths}`)
  }
}

/** Simulates a valid household's paths from `fromPath` up to, not including, `toPath`, one after the other. */
export function recordPaths(spec: HouseholdSpec, fromPath: number, toPath: number, recorder: PathRecorder): void {
  const market = createMarketBlock(spec)
  const path = createHouseholdPath(prepareHousehold(spec))
  for (let block = fromPath; block < toPath; block += BLOCK_PATHS) {
    market.open(block)
    for (let index = block; index < Math.min(block + BLOCK_PATHS, toPath); index++) {
      runPath(path, market, index, index - block, recorder)
      recorder.end(path)
    }
  }
}

/** The estate at a path's end: accounts and unsold property less debts, in dollars of that day. */
export function estateOf({ closingPriceIndex, flows, household, lastYear }: HouseholdPath): number {
  const property = household.properties.valueReal[lastYear]! * closingPriceIndex
  return Math.max(0, flows.closing + property - household.debts.owed[lastYear]!)
}

import { type PathEnds, simulatePathEnds, type SimulationSpec } from '../../simulation/index.ts'
import { assertPaths, estateOf, recordPaths } from './record-paths.ts'
import type { HouseholdSpec } from './spec.ts'

/**
 * Simulates the paths of a portfolio or a household from `fromPath` up to, not including, `toPath`, and keeps their ends only. The bits of a
 * path are those of the whole run.
 *
 * @throws InvalidSpecError
 * @throws RangeError unless 0 <= fromPath < toPath <= spec.paths
 */
export const pathEnds = (spec: SimulationSpec | HouseholdSpec, fromPath: number, toPath: number): PathEnds =>
  'kind' in spec ? householdEnds(spec, fromPath, toPath) : simulatePathEnds(spec, fromPath, toPath)

function householdEnds(spec: HouseholdSpec, fromPath: number, toPath: number): PathEnds {
  assertPaths(spec, fromPath, toPath)
  const ends: PathEnds = { depletedIn: new Int32Array(toPath - fromPath), endingReal: new Float64Array(toPath - fromPath) }
  let at = 0
  recordPaths(spec, fromPath, toPath, {
    year: () => undefined,
    end(path) {
      ends.depletedIn[at] = path.depletedIn
      ends.endingReal[at] = estateOf(path) / path.closingPriceIndex
      at++
    },
  })
  return ends
}

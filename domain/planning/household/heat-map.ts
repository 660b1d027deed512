import { DomainError } from '../../shared/index.ts'
import { successInterval } from '../confidence.ts'
import { movedBySteps } from './sensitivities.ts'
import type { SensitivityInput } from './sensitivity-inputs.ts'
import { successRate } from './solvers/search.ts'
import type { HouseholdSpec } from './spec.ts'
import { assertValidHousehold, validateHousehold } from './validate.ts'

/** Success rates of a plan with two inputs moved together. */
export interface HeatMap {
  rows: SensitivityInput
  columns: SensitivityInput
  /** Number of steps that the input of each row, and of each column, is moved by. Steps are those of a tornado. */
  steps: readonly number[]
  /** At [row][column]; null where the moved household is not valid. */
  success: ({ rate: number; lower: number; upper: number } | null)[][]
}

const STEPS = [-2, -1, 0, 1, 2]
/** Simulations of a heat map. */
export const HEAT_MAP_CELLS = STEPS.length * STEPS.length
const LEVEL = 0.95

/**
 * Moves two inputs of a plan together, each by up to two steps down and up, on the same random numbers. Every rate has its Wilson interval.
 *
 * @throws DomainError naming `heatMap.rows` or `heatMap.columns` for an input that cannot be moved in this household, or is given twice
 */
export function heatMap(spec: HouseholdSpec, rows: SensitivityInput, columns: SensitivityInput): HeatMap {
  assertValidHousehold(spec)
  const issues = Object.entries({ rows, columns }).flatMap(([name, input]) =>
    movedBySteps(spec, input, 1) === spec ? [{ path: `heatMap.${name}`, message: `cannot be moved in this household: ${input}` }] : [],
  )
  if (rows === columns) issues.push({ path: 'heatMap.columns', message: 'must not be the input of the rows' })
  if (issues.length > 0) throw new DomainError(issues)
  return { rows, columns, steps: STEPS, success: STEPS.map(row => STEPS.map(column => cell(movedTwice(spec, rows, row, columns, column)))) }
}

function movedTwice(spec: HouseholdSpec, rows: SensitivityInput, row: number, columns: SensitivityInput, column: number): HouseholdSpec {
  const moved = row === 0 ? spec : movedBySteps(spec, rows, row)
  return column === 0 ? moved : movedBySteps(moved, columns, column)
}

function cell(spec: HouseholdSpec): HeatMap['success'][number][number] {
  if (validateHousehold(spec).length > 0) return null
  const rate = successRate(spec)
  const { lower, upper } = successInterval(Math.round(rate * spec.paths), spec.paths, LEVEL)
  return { rate, lower, upper }
}

import { findIssues, type Issue } from '../shared/index.ts'
import { InvalidSpecError } from './invalid-spec-error.ts'
import type { SimulationSpec } from './spec.ts'
import { simulationRules, simulationSpecSchema } from './spec-schema.ts'

/** @throws InvalidSpecError unless validateSpec finds no issue */
export function assertValidSpec(spec: unknown): asserts spec is SimulationSpec {
  const issues = validateSpec(spec)
  if (issues.length > 0) throw new InvalidSpecError(issues)
}

/** All issues of a value given as a specification; empty when it can be simulated. */
export const validateSpec = (spec: unknown): Issue[] => findIssues(simulationSpecSchema, spec, simulationRules)

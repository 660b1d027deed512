import { DomainError, type Issue, issuesOf, issuesUnder, tryParse } from '../../shared/index.ts'
import { type InputType, inputValues, type PlanInput } from './plan-input.ts'

/** An input as it was stored, perhaps by an older release. */
export interface StoredInput {
  readonly inputType: string
  readonly inputName: string
  readonly inputValue: unknown
  /** Version of the type's schema that the value follows. */
  readonly schemaVersion: number
}

/** Upgrades a value from one version of its schema to the next. */
export type Upgrade = (value: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>

/** For each type, the step from version 1 to 2, then the step from 2 to 3, and so on. */
export type Upgrades = Readonly<Partial<Record<InputType, readonly Upgrade[]>>>

/** Every type is at its first version. A new default needs no step: values are parsed when they are read. */
const upgrades: Upgrades = {}

/** The schema version that values of this type are stored with. */
export const schemaVersionOf = (inputType: InputType, steps: Upgrades = upgrades): number => (steps[inputType] ?? []).length + 1

const isInputType = (text: string): text is InputType => Object.hasOwn(inputValues, text)

type Reading = { readonly input: PlanInput } | { readonly issues: readonly Issue[] }

/**
 * Reads a stored input: upgrades it step by step, then parses it, so that older values get new defaults and renamed fields.
 * Issues name the fields of the value.
 */
export const tryPlanInput = (stored: StoredInput, steps: Upgrades = upgrades): Reading => {
  const { inputName, inputType, schemaVersion } = stored
  if (!isInputType(inputType)) return { issues: [{ path: '', message: `has the unknown type ${inputType}` }] }
  const newest = schemaVersionOf(inputType, steps)
  if (schemaVersion > newest) {
    return { issues: [{ path: '', message: `has schema version ${schemaVersion}, and the newest known version is ${newest}` }] }
  }
  const upgraded = (steps[inputType] ?? []).slice(schemaVersion - 1).reduce((value, upgrade) => upgrade(value), stored.inputValue as Value)
  const parsed = tryParse(inputValues[inputType], upgraded)
  if (!parsed.success) return { issues: issuesOf(parsed.error) }
  return { input: { inputType, inputName, inputValue: parsed.data } as PlanInput }
}

type Value = Readonly<Record<string, unknown>>

/** @throws DomainError naming `inputs.<name>` and the field that the current schema does not accept */
export const readPlanInput = (stored: StoredInput, steps: Upgrades = upgrades): PlanInput => {
  const reading = tryPlanInput(stored, steps)
  if ('input' in reading) return reading.input
  throw new DomainError(issuesUnder(`inputs.${stored.inputName}`, reading.issues))
}

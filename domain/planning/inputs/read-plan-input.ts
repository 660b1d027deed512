import { DomainError, type Issue, issuesOf } from '../../shared/index.ts'
import { type InputType, inputValues, type PlanInput } from './plan-input.ts'

/** An input as it was stored, perhaps long ago. */
export interface StoredInput {
  readonly inputType: string
  readonly inputName: string
  readonly inputValue: unknown
  /** The version of its type's schema that the value follows. */
  readonly schemaVersion: number
}

/** Brings a value from one version of its schema to the next. */
export type Upgrade = (value: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>

/** For each type, the step from version 1 to version 2, then that to version 3, and so on. */
export type Upgrades = Readonly<Partial<Record<InputType, readonly Upgrade[]>>>

/** Every type is at its first version. A new default needs no step: a value is parsed as it is read. */
const upgrades: Upgrades = {}

/** The version that a value of this type is stored with. */
export const schemaVersionOf = (inputType: InputType, steps: Upgrades = upgrades): number => (steps[inputType] ?? []).length + 1

const isInputType = (text: string): text is InputType => Object.hasOwn(inputValues, text)

type Reading = { readonly input: PlanInput } | { readonly issues: readonly Issue[] }

/**
 * A stored input as one of today: upgraded step by step, then parsed, so that new defaults and renamed fields reach what was stored before them.
 * Issues are those of the value, named by its fields.
 */
export const tryPlanInput = (stored: StoredInput, steps: Upgrades = upgrades): Reading => {
  const { inputName, inputType, schemaVersion } = stored
  if (!isInputType(inputType)) return { issues: [{ path: '', message: `is of the unknown type ${inputType}` }] }
  const newest = schemaVersionOf(inputType, steps)
  if (schemaVersion > newest) {
    return { issues: [{ path: '', message: `was stored in version ${schemaVersion} of its schema, and the newest known is ${newest}` }] }
  }
  const upgraded = (steps[inputType] ?? []).slice(schemaVersion - 1).reduce((value, upgrade) => upgrade(value), stored.inputValue as Value)
  const parsed = inputValues[inputType].safeParse(upgraded)
  if (!parsed.success) return { issues: issuesOf(parsed.error) }
  return { input: { inputType, inputName, inputValue: parsed.data } as PlanInput }
}

type Value = Readonly<Record<string, unknown>>

/** @throws DomainError naming `inputs.<name>` and the field of a value that is none of today */
export const readPlanInput = (stored: StoredInput, steps: Upgrades = upgrades): PlanInput => {
  const reading = tryPlanInput(stored, steps)
  if ('input' in reading) return reading.input
  const named = ['inputs', stored.inputName]
  throw new DomainError(
    reading.issues.map(({ message, path }) => ({ path: [...named, ...(path === '' ? [] : [path])].join('.'), message })),
  )
}

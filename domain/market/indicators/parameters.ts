import { DomainError, type Issue } from '../../shared/index.ts'

/** A parameter of an indicator, and its allowed range. */
export interface Parameter<Name extends string = string> {
  readonly name: Name
  readonly default: number
  readonly minimum: number
  readonly maximum: number
  readonly integer: boolean
}

const LONGEST_PERIOD = 10_000

/** A number of bars, from `minimum` to 10,000. */
export const bars = <const Name extends string>(name: Name, standard: number, minimum = 1): Parameter<Name> => ({
  name,
  default: standard,
  minimum,
  maximum: LONGEST_PERIOD,
  integer: true,
})

/** A number that may have decimals. */
export const factor = <const Name extends string>(name: Name, standard: number, minimum: number, maximum: number): Parameter<Name> => ({
  name,
  default: standard,
  minimum,
  maximum,
  integer: false,
})

const faultOf = ({ name, minimum, maximum, integer }: Parameter, value: number): string | undefined => {
  if (Number.isFinite(value) && value >= minimum && value <= maximum && (!integer || Number.isInteger(value))) return undefined
  return `${name} must be ${integer ? 'a whole number' : 'a number'} from ${minimum} to ${maximum}, not ${value}`
}

/**
 * The given parameters, and the defaults of the others.
 * @param conflict returns a message if parameters that are each in range do not fit together
 * @throws DomainError with the parameter as path; without a path if several do not fit together
 */
export const resolveParameters = <Name extends string>(
  parameters: readonly Parameter<Name>[],
  given: Readonly<Record<string, number>>,
  conflict?: (parameters: Record<Name, number>) => string | undefined,
): Record<Name, number> => {
  const issues: Issue[] = []
  for (const name of Object.keys(given)) {
    if (parameters.every(parameter => parameter.name !== name)) {
      const names = parameters.map(parameter => parameter.name).join(', ') || 'none'
      issues.push({ path: name, message: `there is no parameter ${name}; there are: ${names}` })
    }
  }
  const resolved = {} as Record<Name, number>
  for (const parameter of parameters) {
    const value = given[parameter.name] ?? parameter.default
    const message = faultOf(parameter, value)
    if (message !== undefined) issues.push({ path: parameter.name, message })
    resolved[parameter.name] = value
  }
  const message = issues.length === 0 ? conflict?.(resolved) : undefined
  if (message !== undefined) issues.push({ path: '', message })
  if (issues.length > 0) throw new DomainError(issues)
  return resolved
}

import * as z from 'zod'
import type { Resource, Resources } from '../resources.ts'
import { usage, type UsageOf } from '../usage.ts'

interface Definition {
  readonly StartAt: string
  readonly States: Readonly<Record<string, State>>
}

interface State {
  readonly Type: string
  readonly Next?: string | undefined
  readonly Resource?: unknown
  readonly ItemProcessor?: Definition | undefined
}

const definition: z.ZodType<Definition> = z.object({
  StartAt: z.string(),
  States: z.record(
    z.string(),
    z.object({
      Type: z.string(),
      Next: z.string().optional(),
      Resource: z.unknown().optional(),
      get ItemProcessor() {
        return definition.optional()
      },
    }),
  ),
})
const text = z.union([z.string(), z.object({ 'Fn::Join': z.tuple([z.literal(''), z.array(z.unknown())]) })])

/** The definition, with the reference to a function in place of its ARN. */
const definitionOf = ({ properties }: Resource): Definition => {
  const parsed = text.parse(properties['DefinitionString'])
  if (typeof parsed === 'string') return definition.parse(JSON.parse(parsed))
  const references: unknown[] = []
  const [, parts] = parsed['Fn::Join']
  const joined = parts.map(part => (typeof part === 'string' ? part : `#${references.push(part) - 1}#`)).join('')
  return definition.parse(
    JSON.parse(joined, (name, value: unknown) => {
      const [, index] = typeof value === 'string' && name === 'Resource' ? (/^#(\d+)#$/.exec(value) ?? []) : []
      return index === undefined ? value : references[Number(index)]
    }),
  )
}

/** The states that an execution without failures enters. */
const pathOf = ({ StartAt, States }: Definition): State[] => {
  const path: State[] = []
  for (let name: string | undefined = StartAt; name !== undefined; name = States[name]?.Next) path.push(States[name]!)
  return path
}

/** A state machine that works in parts. */
interface LargeRuns {
  readonly states: number
  readonly statesPerPart: number
  readonly functions: readonly Resource[]
  readonly partFunctions: readonly Resource[]
}

/** The state machines with a map. The others run in deployments, or once a week. */
export const largeRuns = (environment: Resources): LargeRuns[] =>
  environment.of('AWS::StepFunctions::StateMachine').flatMap(machine => {
    const path = pathOf(definitionOf(machine))
    const partPath = path.flatMap(({ ItemProcessor }) => (ItemProcessor ? pathOf(ItemProcessor) : []))
    if (partPath.length === 0) return []
    const functionsOf = (states: readonly State[]) => states.flatMap(({ Resource }) => environment.functionsIn(machine.stack, Resource))
    return [{ states: path.length, statesPerPart: partPath.length, functions: functionsOf(path), partFunctions: functionsOf(partPath) }]
  })

export const stateMachineUsage: UsageOf = (_, environment, load) =>
  largeRuns(environment).map(({ states, statesPerPart }) =>
    usage('large runs', load.partsPerLargeRun.times(statesPerPart).plus(states).times(load.largeRunsPerMonth), 'transition'),
  )

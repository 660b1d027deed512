import * as z from 'zod'
import { Decimal } from '../../../domain/shared/index.ts'
import type { Load } from '../load.ts'
import { type Resource, type Resources, UnpricedResource } from '../resources.ts'
import { firings } from '../schedules.ts'
import { type Usage, usage, type UsageOf } from '../usage.ts'
import { largeRuns } from './state-machines.ts'

const megabytesOfGigabyte = 1_024
const secondsOfMonth = 730 * 3_600

const settings = z.object({
  MemorySize: z.number().default(128),
  Architectures: z.array(z.string()).default(['x86_64']),
  TracingConfig: z.object({ Mode: z.string() }).optional(),
})
const settingsOf = ({ properties }: Resource) => settings.parse(properties)
const memoryOf = (lambda: Resource) => settingsOf(lambda).MemorySize

/** Invocations of functions of one kind, which take their turns. */
interface Work {
  readonly what: string
  readonly functions: readonly Resource[]
  readonly invocations: Decimal
  readonly seconds: Decimal
}

const target = z.object({ Arn: z.unknown().optional() })

/** The schedules of an environment that fire, with the function of each. */
export const scheduledWork = (environment: Resources): { readonly lambda: Resource; readonly times: number[] }[] =>
  environment.of('AWS::Scheduler::Schedule').flatMap(({ stack, properties }) =>
    properties['State'] === 'DISABLED'
      ? []
      : environment.functionsIn(stack, target.parse(properties['Target']).Arn).map(lambda => ({
          lambda,
          times: firings(String(properties['ScheduleExpression'])),
        })),
  )

/** A route has more memory than the others only because it simulates or computes for long. */
const routeWork = (environment: Resources, load: Load): Work[] => {
  const functions = environment
    .of('AWS::ApiGatewayV2::Integration')
    .flatMap(({ stack, properties }) => environment.functionsIn(stack, properties['IntegrationUri']))
  const least = Math.min(...functions.map(memoryOf))
  const simulating = load.requestsPerMonth.times(load.simulatingShare).ceil()
  return [
    {
      what: 'requests',
      functions: functions.filter(lambda => memoryOf(lambda) === least),
      invocations: load.requestsPerMonth.minus(simulating),
      seconds: load.plainMilliseconds.dividedBy(1_000),
    },
    {
      what: 'requests that simulate',
      functions: functions.filter(lambda => memoryOf(lambda) > least),
      invocations: simulating,
      seconds: load.simulatingMilliseconds.dividedBy(1_000),
    },
  ]
}

const jobWork = (environment: Resources, load: Load): Work[] =>
  scheduledWork(environment).map(({ lambda, times }) => ({
    what: 'jobs',
    functions: [lambda],
    invocations: new Decimal(times.length),
    seconds: load.jobSeconds,
  }))

const largeRunWork = (environment: Resources, load: Load): Work[] =>
  largeRuns(environment).flatMap(({ partFunctions, functions }) => [
    {
      what: 'parts of large runs',
      functions: partFunctions,
      invocations: load.largeRunsPerMonth.times(load.partsPerLargeRun),
      seconds: load.secondsPerPart,
    },
    { what: 'merges of large runs', functions, invocations: load.largeRunsPerMonth, seconds: load.secondsPerPart },
  ])

const workOf = (environment: Resources, load: Load): Work[] =>
  [...routeWork(environment, load), ...jobWork(environment, load), ...largeRunWork(environment, load)].filter(
    ({ functions }) => functions.length > 0,
  )

/** Traces that Lambda records with the default rule of X-Ray: at most one a second, and a twentieth of the rest. */
export const sampledTraces = (invocations: Decimal): Decimal => {
  const always = Decimal.min(invocations, secondsOfMonth)
  return always.plus(invocations.minus(always).dividedBy(20).ceil())
}

const computeOf = ({ what, functions, invocations, seconds }: Work): Usage => {
  const [first] = functions
  const [architecture] = settingsOf(first!).Architectures
  const other = functions.find(lambda => settingsOf(lambda).Architectures[0] !== architecture)
  if (other) throw new UnpricedResource(other, `has another architecture than ${first!.id}, which does the same work`)
  // Rounded up to a megabyte, so that the quantity stays a short number.
  const memory = Math.ceil(functions.reduce((total, lambda) => total + memoryOf(lambda), 0) / functions.length)
  const quantity = invocations.times(seconds).times(memory).dividedBy(megabytesOfGigabyte)
  return usage(what, quantity, architecture === 'arm64' ? 'functionArm' : 'functionX86')
}

const sum = (numbers: readonly Decimal[]): Decimal => numbers.reduce((total, number) => total.plus(number), new Decimal(0))

/** One usage per work and price. */
const together = (usages: readonly Usage[]): Usage[] =>
  [...Map.groupBy(usages, ({ what, price }) => `${what}/${price}`).values()].map(same => ({
    ...same[0]!,
    quantity: sum(same.map(({ quantity }) => quantity)),
  }))

/** Functions of custom resources and of operator commands run in deployments or by hand, which is not counted. */
export const functionUsage: UsageOf = (functions, environment, load) => {
  const work = workOf(environment, load)
  const traced = work.filter(({ functions: [first] }) => settingsOf(first!).TracingConfig?.Mode === 'Active')
  const larger = functions.find(({ properties }) => properties['EphemeralStorage'] !== undefined)
  if (larger) throw new UnpricedResource(larger, 'has its own size of temporary storage')
  return [
    ...together(work.map(computeOf)),
    usage('invocations of functions', sum(work.map(({ invocations }) => invocations)), 'functionRequest'),
    usage('traces', sampledTraces(sum(traced.map(({ invocations }) => invocations))), 'trace'),
  ]
}

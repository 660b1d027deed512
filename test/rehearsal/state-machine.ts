import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import type { Functions } from './functions.ts'
import { evaluate } from './intrinsics.ts'

const next = { Next: z.string().optional(), End: z.literal(true).optional() }
const errorNames = z.array(z.string()).min(1)
const retrySchema = z.strictObject({
  ErrorEquals: errorNames,
  IntervalSeconds: z.number().default(1),
  MaxAttempts: z.number().default(3),
  BackoffRate: z.number().default(2),
  MaxDelaySeconds: z.number().default(Infinity),
  JitterStrategy: z.enum(['FULL', 'NONE']).default('NONE'),
})
const handlers = {
  Retry: z.array(retrySchema).default([]),
  Catch: z.array(z.strictObject({ ErrorEquals: errorNames, ResultPath: z.string().default('$'), Next: z.string() })).default([]),
}
const json = z.record(z.string(), z.unknown())
const resultPath = z.string().nullable().default('$')
const taskState = z.strictObject({
  Type: z.literal('Task'),
  Resource: z.string().regex(/^arn:aws:(lambda:|states:::(aws-sdk:\w+:\w+|states:startExecution)$)/, 'this kind of task is not known here'),
  Parameters: json.optional(),
  ResultPath: resultPath,
  ...handlers,
  ...next,
})
const failState = z.strictObject({
  Type: z.literal('Fail'),
  Error: z.string().optional(),
  ErrorPath: z.string().optional(),
  Cause: z.string().optional(),
  CausePath: z.string().optional(),
})
const succeedState = z.strictObject({ Type: z.literal('Succeed') })
const passState = z.strictObject({ Type: z.literal('Pass'), Parameters: json, ResultPath: resultPath, ...next })
const waitState = z.strictObject({ Type: z.literal('Wait'), Seconds: z.number(), ...next })
const rule = { Variable: z.string(), Next: z.string() }
const choiceState = z.strictObject({
  Type: z.literal('Choice'),
  Choices: z.array(
    z.union([z.strictObject({ ...rule, StringEquals: z.string() }), z.strictObject({ ...rule, NumericGreaterThanEquals: z.number() })]),
  ),
  Default: z.string(),
})
const mapState = z.strictObject({
  Type: z.literal('Map'),
  Label: z.string(),
  ItemsPath: z.string(),
  ItemSelector: json,
  ItemProcessor: z.strictObject({
    ProcessorConfig: z.strictObject({ Mode: z.literal('DISTRIBUTED'), ExecutionType: z.literal('STANDARD') }),
    StartAt: z.string(),
    States: z.record(z.string(), z.discriminatedUnion('Type', [taskState, failState])),
  }),
  MaxConcurrency: z.number(),
  ResultPath: resultPath,
  ...handlers,
  ...next,
})
const state = z.discriminatedUnion('Type', [taskState, mapState, failState, succeedState, passState, waitState, choiceState])
const machineSchema = z.strictObject({
  StartAt: z.string(),
  States: z.record(z.string(), state),
  TimeoutSeconds: z.number().optional(),
})
/** A state that does work, which can fail. */
type Work = z.infer<typeof taskState> | z.infer<typeof mapState>
type Machine = Pick<z.infer<typeof machineSchema>, 'StartAt' | 'States'>

export type ExecutionResult =
  | { readonly status: 'SUCCEEDED'; readonly output: unknown }
  | { readonly status: 'FAILED'; readonly error: string; readonly cause: string }

/** The answer of an API of AWS to a task that calls it, or the name of an error. */
export type CallAnswer = { readonly result: unknown } | { readonly error: string }

export interface ExecutionOptions {
  readonly invoke: Functions['invoke']
  /** Receives the calls of APIs, such as `rds:createDBInstance`. Default: there are none. */
  readonly call?: (operation: string, parameters: unknown) => Promise<CallAnswer> | CallAnswer
  /** Called instead of each wait, also before a retry. */
  readonly wait: (longestSeconds: number) => Promise<void> | void
}

/** An error of a state, by the name and cause that retriers and catchers see. */
class StateError extends Error {
  readonly error: string
  readonly reason: string
  constructor(error: string, reason: string) {
    super(`${error}: ${reason}`)
    this.error = error
    this.reason = reason
  }
}

/** The value at a reference path: `$`, `$.shards`, `$.found[0].name`, `$$.Map.Item.Value`. */
const read = (path: string, input: unknown, context: unknown): unknown => {
  if (!/^\$\$?(\.\w+(\[\d+\])*)*$/.test(path)) throw new Error(`The path ${path} is not known here.`)
  const [root, ...fields] = path.replaceAll(/\[(\d+)\]/g, '.$1').split('.')
  return fields.reduce<unknown>(
    (value, field) => {
      if (typeof value !== 'object' || value === null || !(field in value)) {
        throw new StateError('States.ParameterPathFailure', `The path ${path} is not in ${JSON.stringify(input)}.`)
      }
      return Reflect.get(value, field)
    },
    root === '$$' ? context : input,
  )
}

/** A payload template: a field whose name ends in `.$` has the value at a path, or of an intrinsic function. */
const fill = (template: unknown, input: unknown, context: unknown): unknown => {
  if (Array.isArray(template)) return template.map(item => fill(item, input, context))
  if (typeof template !== 'object' || template === null) return template
  return Object.fromEntries(
    Object.entries(template).map(([name, value]) =>
      name.endsWith('.$')
        ? [name.slice(0, -2), evaluate(z.string().parse(value), path => read(path, input, context))]
        : [name, fill(value, input, context)],
    ),
  )
}

const place = (path: string | null, input: unknown, result: unknown): unknown => {
  if (path === null) return input
  if (path === '$') return result
  const field = /^\$\.(\w+)$/.exec(path)?.[1]
  if (field === undefined) throw new Error(`The result path ${path} is not known here.`)
  return { ...json.parse(input), [field]: result }
}

const holds = (choice: z.infer<typeof choiceState>['Choices'][number], value: unknown): boolean =>
  'StringEquals' in choice ? value === choice.StringEquals : typeof value === 'number' && value >= choice.NumericGreaterThanEquals

const names = (errorEquals: readonly string[], error: string): boolean =>
  errorEquals.some(name => name === error || (name === 'States.ALL' && !['States.DataLimitExceeded', 'States.Runtime'].includes(error)))

/** Calls `work` for each item, `size` at a time, and stops after the first failure. */
const each = async <Item>(items: readonly Item[], size: number, work: (item: Item, index: number) => Promise<void>): Promise<void> => {
  const queue = [...items.entries()]
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
      await work(item[1], item[0]).catch((error: unknown) => {
        queue.length = 0
        throw error
      })
    }
  }
  const results = await Promise.allSettled(Array.from({ length: Math.min(size, items.length) }, worker))
  const failure = results.find(result => result.status === 'rejected')
  if (failure) throw failure.reason
}

/** One state, once, without its retriers. */
const perform = async (current: Work, input: unknown, context: object, options: ExecutionOptions): Promise<unknown> => {
  if (current.Type === 'Task') {
    const parameters = current.Parameters === undefined ? input : fill(current.Parameters, input, context)
    const [, operation] = /^arn:aws:states:::(?:aws-sdk:)?(.+)$/.exec(current.Resource) ?? []
    if (operation !== undefined) {
      const answer = await options.call?.(operation, parameters)
      if (answer === undefined) throw new Error(`${operation} is not served here.`)
      if ('error' in answer) throw new StateError(answer.error, `${operation} was refused.`)
      return answer.result
    }
    const { error, payload } = await options.invoke(current.Resource, parameters)
    if (error) throw new StateError(error.errorType, JSON.stringify(payload))
    return payload
  }
  const items = z.array(z.unknown()).parse(read(current.ItemsPath, input, context))
  try {
    await each(items, current.MaxConcurrency, async (Value, Index) => {
      const selected = fill(current.ItemSelector, input, { ...context, Map: { Item: { Index, Value } } })
      await run(current.ItemProcessor, selected, { Execution: { Id: randomUUID() } }, options)
    })
  } catch (error) {
    if (!(error instanceof StateError)) throw error
    // A child execution that fails is one more than the map tolerates. Its own error stays in the child's history.
    throw new StateError('States.ExceedToleratedFailureThreshold', 'The specified tolerated failure threshold was exceeded')
  }
  return []
}

const withRetries = async (current: Work, input: unknown, context: object, options: ExecutionOptions): Promise<unknown> => {
  const used = new Map<number, number>()
  for (;;) {
    try {
      return await perform(current, input, context, options)
    } catch (error) {
      if (!(error instanceof StateError)) throw error
      const index = current.Retry.findIndex(({ ErrorEquals }) => names(ErrorEquals, error.error))
      const retrier = current.Retry[index]
      const attempts = used.get(index) ?? 0
      if (retrier === undefined || attempts >= retrier.MaxAttempts) throw error
      used.set(index, attempts + 1)
      await options.wait(Math.min(retrier.MaxDelaySeconds, retrier.IntervalSeconds * retrier.BackoffRate ** attempts))
    }
  }
}

const run = async (machine: Machine, given: unknown, context: object, options: ExecutionOptions): Promise<unknown> => {
  let name = machine.StartAt
  let input = given
  for (;;) {
    const current = machine.States[name]
    if (current === undefined) throw new Error(`The state ${name} does not exist.`)
    if (current.Type === 'Fail') {
      const given = (text: string | undefined, path: string | undefined) =>
        path === undefined ? (text ?? '') : String(read(path, input, context))
      throw new StateError(given(current.Error, current.ErrorPath), given(current.Cause, current.CausePath))
    }
    if (current.Type === 'Succeed') return input
    if (current.Type === 'Choice') {
      name = current.Choices.find(choice => holds(choice, read(choice.Variable, input, context)))?.Next ?? current.Default
      continue
    }
    if (current.Type === 'Wait' || current.Type === 'Pass') {
      if (current.Type === 'Wait') await options.wait(current.Seconds)
      else input = place(current.ResultPath, input, fill(current.Parameters, input, context))
      if (current.End) return input
      name = current.Next!
      continue
    }
    try {
      input = place(current.ResultPath, input, await withRetries(current, input, context, options))
      if (current.End) return input
      if (current.Next === undefined) throw new Error(`The state ${name} has no next state.`)
      name = current.Next
    } catch (error) {
      if (!(error instanceof StateError)) throw error
      const catcher = current.Catch.find(({ ErrorEquals }) => names(ErrorEquals, error.error))
      if (catcher === undefined) throw error
      input = place(catcher.ResultPath, input, { Error: error.error, Cause: error.reason })
      name = catcher.Next
    }
  }
}

/**
 * Executes a definition in the Amazon States Language: the states and fields that the templates use. Anything else is an error.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-amazon-states-language.html
 */
export const execute = async (definition: unknown, input: unknown, options: ExecutionOptions): Promise<ExecutionResult> => {
  const machine = machineSchema.parse(definition)
  try {
    return { status: 'SUCCEEDED', output: await run(machine, input, { Execution: { Id: randomUUID() } }, options) }
  } catch (error) {
    if (!(error instanceof StateError)) throw error
    return { status: 'FAILED', error: error.error, cause: error.reason }
  }
}

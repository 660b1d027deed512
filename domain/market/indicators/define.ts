import { type Parameter, resolveParameters } from './parameters.ts'

/**
 * Columns of bars that an indicator may read. `session` is any number that is equal for the bars of one trading session and different
 * for the next session, such as the exchange's days counted from 1970.
 */
export type Column = 'open' | 'high' | 'low' | 'close' | 'volume' | 'session'

/** One bar. A missing column has no value. */
export type Bar = Readonly<Partial<Record<Column, number>>>

/**
 * How much of the earlier series a value depends on: `window`, nothing before its last `warmUp` bars; `fading`, all of it, with
 * weights that shrink geometrically, so that series with different starts agree in the end; `cumulative`, all of it, permanently.
 */
export type Memory = 'window' | 'fading' | 'cumulative'

/** Processes the next bars of the series, `from` up to but not including `to`, and writes each output for each of them. */
type Advance<Input extends string, Output extends string> = (
  columns: Readonly<Record<Input, Float64Array>>,
  outputs: Readonly<Record<Output, Float64Array>>,
  from: number,
  to: number,
) => void

/** The definition of an indicator in its file. `start` gets only finite inputs: bars with a gap never reach it. */
interface Definition<Ranges extends readonly Parameter[], Input extends Column, Output extends string> {
  readonly title: string
  readonly parameters: Ranges
  readonly inputs: readonly Input[]
  readonly outputs: readonly Output[]
  readonly memory: Memory
  readonly convention?: string
  warmUp(parameters: Record<Ranges[number]['name'], number>): Record<Output, number>
  readonly conflict?: (parameters: Record<Ranges[number]['name'], number>) => string | undefined
  start(parameters: Record<Ranges[number]['name'], number>): Advance<Input, Output>
}

/**
 * A technical indicator: a pure function from columns of bars to columns of values, one value per bar. No value depends on a later bar.
 *
 * A bar at which any input column is not a finite number is a gap: all outputs are NaN there, and the outputs of the other bars are as if the series did not
 * have that bar. An undefined value, a quotient by zero, is NaN too, and averages of such values skip it.
 */
export interface Indicator<Input extends Column = Column, Output extends string = string> {
  readonly title: string
  readonly parameters: readonly Parameter[]
  readonly inputs: readonly Input[]
  readonly outputs: readonly Output[]
  readonly memory: Memory
  /** How the first values are computed, where packages differ: their values differ at first or throughout. */
  readonly convention: string | undefined
  /** How many bars at the beginning of a series without gaps are NaN, by output. */
  warmUp(parameters?: Readonly<Record<string, number>>): Record<Output, number>
  /**
   * All values of a series.
   * @param into arrays to write to instead of new ones, at least as long as the columns
   * @throws DomainError, or RangeError if a column is missing, columns differ in length or arrays are too short
   */
  batch(
    columns: Readonly<Record<Input, Float64Array>>,
    parameters?: Readonly<Record<string, number>>,
    into?: Readonly<Record<Output, Float64Array>>,
  ): Record<Output, Float64Array>
  /** Takes one bar per call, and returns the same values as `batch`, bit for bit. */
  create(parameters?: Readonly<Record<string, number>>): { push(bar: Bar): Record<Output, number> }
  /** The computation behind `batch` and `create`; the returned function holds the state. */
  start(parameters?: Readonly<Record<string, number>>): Advance<Input, Output>
}

/** V8 optimises a loop of this many bars, called again and again, better than one over a million. */
const CHUNK_BARS = 4096

/** Creates the batch and the incremental form of an indicator from one step. */
export const defineIndicator = <const Ranges extends readonly Parameter[], const Input extends Column, const Output extends string>(
  definition: Definition<Ranges, Input, Output>,
): Indicator<Input, Output> => {
  const { title, inputs, outputs } = definition
  const resolve = (given: Readonly<Record<string, number>>) =>
    resolveParameters<Ranges[number]['name']>(definition.parameters, given, definition.conflict)
  const start = (given: Readonly<Record<string, number>> = {}) => skippingGaps(inputs, outputs, definition.start(resolve(given)))
  const indicator: Indicator<Input, Output> = {
    title,
    parameters: definition.parameters,
    inputs,
    outputs,
    memory: definition.memory,
    convention: definition.convention,
    warmUp: (given = {}) => definition.warmUp(resolve(given)),
    start,
    batch: (columns, parameters, into) => batchIndicators(columns, [{ indicator, parameters, into }])[0] as Record<Output, Float64Array>,
    create(given) {
      const advance = start(given)
      const [columns, values] = [arrays(inputs, 1), arrays(outputs, 1)]
      return {
        push(bar) {
          for (const input of inputs) columns[input][0] = bar[input] ?? Number.NaN
          advance(columns, values, 0, 1)
          return record(outputs, output => values[output][0]!)
        },
      }
    },
  }
  return indicator
}

/** One indicator to compute, and arrays to write to instead of new ones. */
export interface IndicatorRequest {
  readonly indicator: Indicator
  readonly parameters?: Readonly<Record<string, number>> | undefined
  readonly into?: Readonly<Record<string, Float64Array>> | undefined
}

/**
 * Several indicators of one series in one pass, chunk by chunk, so that bars are read while they are in the cache.
 * @throws the same errors as `batch`
 */
export const batchIndicators = (
  columns: Readonly<Partial<Record<Column, Float64Array>>>,
  requests: readonly IndicatorRequest[],
): Readonly<Record<string, Float64Array>>[] => {
  const runs = requests.map(({ indicator, parameters, into }) => {
    const length = lengthOf(indicator, columns)
    const outputs = into ?? arrays(indicator.outputs, length)
    for (const output of indicator.outputs) {
      if (!(outputs[output]!.length >= length)) throw new RangeError(`${indicator.title}: ${output} is too short for ${length} bars`)
    }
    return { advance: indicator.start(parameters), length, outputs }
  })
  const longest = Math.max(0, ...runs.map(({ length }) => length))
  for (let from = 0; from < longest; from += CHUNK_BARS) {
    for (const { advance, length, outputs } of runs) {
      advance(columns as Record<Column, Float64Array>, outputs, from, Math.min(from + CHUNK_BARS, length))
    }
  }
  return runs.map(({ outputs }) => outputs)
}

const lengthOf = ({ title, inputs }: Indicator, columns: Readonly<Partial<Record<Column, Float64Array>>>): number => {
  const lengths = inputs.map(input => {
    const column = columns[input]
    if (column === undefined) throw new RangeError(`${title} needs the column ${input}`)
    return column.length
  })
  if (new Set(lengths).size > 1) {
    throw new RangeError(`${title}: columns differ in length: ${inputs.map((input, index) => `${input} ${lengths[index]}`).join(', ')}`)
  }
  return lengths[0]!
}

const record = <Name extends string, Value>(names: readonly Name[], valueOf: (name: Name) => Value): Record<Name, Value> =>
  Object.fromEntries(names.map(name => [name, valueOf(name)])) as Record<Name, Value>

const arrays = <Name extends string>(names: readonly Name[], length: number): Record<Name, Float64Array> =>
  record(names, () => new Float64Array(length))

/** Passes on the ranges of bars without a gap, and writes NaN for the other bars. */
const skippingGaps =
  <Input extends Column, Output extends string>(
    inputs: readonly Input[],
    outputs: readonly Output[],
    advance: Advance<Input, Output>,
  ): Advance<Input, Output> =>
  (columns, values, from, to) => {
    let bar = from
    while (bar < to) {
      let end = to
      for (const input of inputs) end = firstGap(columns[input], bar, end)
      if (end > bar) advance(columns, values, bar, end)
      if (end < to) for (const output of outputs) values[output][end] = Number.NaN
      bar = end + 1
    }
  }

const firstGap = (column: Float64Array, from: number, to: number): number => {
  let bar = from
  // Four at a time: a sum is not finite if one of them is not, or (rarely) if it overflows.
  while (bar + 4 <= to && isFinite(column[bar]! + column[bar + 1]! + column[bar + 2]! + column[bar + 3]!)) bar += 4
  while (bar < to && isFinite(column[bar]!)) bar++
  return bar
}

/** Number.isFinite, at a third of its time: only finite numbers differ from themselves by 0. */
const isFinite = (value: number): boolean => value - value === 0

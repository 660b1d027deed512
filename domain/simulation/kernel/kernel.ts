import { NORMAL_QUANTILE_C0, NORMAL_QUANTILE_C1, NORMAL_QUANTILE_C2, NORMAL_QUANTILE_C3, powersOfTwo } from '../../numeric/index.ts'
import { KERNEL_BASE64 } from './kernel.generated.ts'

/** Names of the addresses that assembly/index.ts exports; assembly/memory.ts describes them. */
type Address =
  | 'DEPLETED_IN'
  | 'DRIFT'
  | 'EXP2'
  | 'GROSS'
  | 'LOADINGS'
  | 'NOMINAL_FLOWS'
  | 'NOMINAL_RETURN_SUM'
  | 'NORMAL_CUBICS'
  | 'ORDER_STATISTICS'
  | 'PRICE_INDEX'
  | 'RANKS'
  | 'REAL_FLOWS'
  | 'REAL_RETURN_SUM'
  | 'RESULTS'
  | 'SAMPLE'
  | 'SCRATCH'
  | 'TOTAL_GROWTH'
  | 'WEIGHTS'

/** The functions that assembly/ exports and documents. Addresses and sizes are in bytes. */
interface Functions {
  openStreams(keyLow: number, keyHigh: number, stream: number, firstPath: number): void
  stepLognormal(factors: number): void
  simulateBlock(
    assets: number,
    years: number,
    stepsPerYear: number,
    flowsFirst: number,
    openingBalance: number,
    nominal: number,
    real: number,
    stride: number,
  ): void
  orderStatistics(values: number, count: number, ranks: number, rankCount: number, out: number, scratch: number): void
  readonly addAll: (total: number, values: number, count: number) => number
  readonly addSquaredDeviations: (total: number, values: number, count: number, mean: number) => number
  readonly leastOf: (least: number, values: number, count: number) => number
  readonly greatestOf: (greatest: number, values: number, count: number) => number
  divide(numerators: number, denominators: number, out: number, count: number): void
  addAnnualised(total: number, growth: number, count: number, years: number): number
}

/** The only instance of the kernel: each call overwrites its memory, so the caller copies the values that it keeps. */
export interface Kernel {
  readonly functions: Functions
  readonly addresses: Readonly<Record<Address, number>>
  readonly buffer: ArrayBuffer
  /** A view of `length` doubles. */
  doubles: (address: number, length: number) => Float64Array
  /** A view of `length` 32-bit integers. */
  integers: (address: number, length: number) => Int32Array
}

/** The part of WebAssembly used here. The types of ECMAScript do not have it, and some runtimes do not either. */
interface WebAssemblyApi {
  CompileError: new () => Error
  Module: new (bytes: Uint8Array) => object
  Instance: new (module: object) => { exports: Record<string, object> }
}

let instance: Kernel | undefined | null

/** The kernel, created by the first call; undefined where there is no WebAssembly with SIMD. */
export function findKernel(): Kernel | undefined {
  if (instance === undefined) instance = instantiate() ?? null
  return instance ?? undefined
}

function instantiate(): Kernel | undefined {
  const { WebAssembly } = globalThis as { WebAssembly?: WebAssemblyApi }
  if (WebAssembly === undefined) return undefined
  const module = compile(WebAssembly, Buffer.from(KERNEL_BASE64, 'base64'))
  if (module === undefined) return undefined
  const { exports } = new WebAssembly.Instance(module)
  const { buffer } = exports.memory as { buffer: ArrayBuffer }
  const globals = Object.entries(exports).filter((entry): entry is [Address, { value: number }] => 'value' in entry[1])
  const made: Kernel = {
    functions: exports as unknown as Functions,
    addresses: Object.fromEntries(globals.map(([name, { value }]) => [name, value])) as Record<Address, number>,
    buffer,
    doubles: (address, length) => new Float64Array(buffer, address, length),
    integers: (address, length) => new Int32Array(buffer, address, length),
  }
  made.doubles(made.addresses.EXP2, powersOfTwo().length).set(powersOfTwo())
  writeCubics(made.doubles(made.addresses.NORMAL_CUBICS, 4 * NORMAL_QUANTILE_C0.length))
  return made
}

/** Undefined where there is no SIMD: a check before compilation would read the module twice. */
function compile({ CompileError, Module }: WebAssemblyApi, bytes: Uint8Array): object | undefined {
  try {
    return new Module(bytes)
  } catch (error) {
    if (error instanceof CompileError) return undefined
    throw error
  }
}

const SEGMENTS_PER_ROW = 32

/** The kernel finds a segment by the exponent of a draw, so its rows are in reverse order, and a segment's coefficients are adjacent. */
function writeCubics(cubics: Float64Array): void {
  const coefficients = [NORMAL_QUANTILE_C0, NORMAL_QUANTILE_C1, NORMAL_QUANTILE_C2, NORMAL_QUANTILE_C3]
  const rows = NORMAL_QUANTILE_C0.length / SEGMENTS_PER_ROW
  for (const [degree, values] of coefficients.entries()) {
    for (let row = 0; row < rows; row++) {
      const at = (rows - 1 - row) * SEGMENTS_PER_ROW
      for (let segment = 0; segment < SEGMENTS_PER_ROW; segment++) {
        cubics[4 * (at + segment) + degree] = values[row * SEGMENTS_PER_ROW + segment]!
      }
    }
  }
}

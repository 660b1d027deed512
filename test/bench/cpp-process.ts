import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { SimulationSpec } from '../../domain/simulation/index.ts'
import { lognormalSteps } from '../../domain/simulation/markets/lognormal.ts'
import { conversation } from './numpy-process.ts'

/** A program in C++ that answers like the NumPy process. */
export interface CppProcess {
  /** Compiler and options. */
  version: string
  ask(spec: SimulationSpec): Promise<unknown>
  end(): Promise<void>
}

const COMPILERS = ['g++', 'clang++']

/** Compiles a source of this folder into a temporary folder and starts it; undefined if there is no compiler, or the processor is not supported. */
export function startCpp(source: string, options: readonly string[]): CppProcess | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'simulation-bench-'))
  const program = join(folder, 'program')
  const path = fileURLToPath(new URL(source, import.meta.url))
  const compiler = COMPILERS.find(name => spawnSync(name, ['-std=c++17', ...options, path, '-o', program]).status === 0)
  if (compiler === undefined) {
    rmSync(folder, { recursive: true })
    return undefined
  }
  const child = spawn(program)
  child.stderr.pipe(process.stderr)
  const { ask, end } = conversation(child)
  const [name] = spawnSync(compiler, ['--version'], { encoding: 'utf8' }).stdout.split('\n')
  return {
    version: `${name} ${options.join(' ')}`,
    ask: spec => ask(numbersOf(spec).join(' ')),
    async end() {
      await end()
      rmSync(folder, { recursive: true })
    },
  }
}

/** A lognormal specification in the input format of the programs. */
function numbersOf(spec: SimulationSpec): number[] {
  if (spec.returns.kind !== 'lognormal') throw new RangeError('the programs support only the lognormal model')
  const { assets } = spec.returns
  const { drift, loadings } = lognormalSteps(spec.returns, spec.stepsPerYear)
  return [
    spec.years,
    spec.stepsPerYear,
    spec.paths,
    assets.length,
    spec.percentiles.length,
    spec.openingBalance,
    ...spec.realFlows,
    ...spec.nominalFlows,
    ...assets.map(asset => asset.weight),
    ...drift,
    ...loadings.flatMap((row, i) => row.slice(0, i + 1)),
    ...spec.percentiles,
  ]
}

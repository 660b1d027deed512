import { lognormalSteps } from '../markets/lognormal.ts'
import { MARKET_STREAM, seedKey } from '../../numeric/index.ts'
import { normalisedWeights } from '../portfolio.ts'
import type { LognormalModel } from '../return-models.ts'
import type { Paths, SimulateChunk } from '../paths.ts'
import type { SimulationSpec } from '../spec.ts'
import { BLOCK_PATHS } from '../stages.ts'
import type { Kernel } from './kernel.ts'

/** A specification that the kernel can simulate. The plain form simulates the other return models, and accounts. */
type KernelSpec = SimulationSpec & { returns: LognormalModel }

export function isKernelSpec(spec: SimulationSpec): spec is KernelSpec {
  return spec.returns.kind === 'lognormal' && spec.accounts === undefined
}

/** The simulation of paths by the kernel; it returns views of the kernel's memory. */
export function kernelChunks(kernel: Kernel, spec: KernelSpec): SimulateChunk {
  const { addresses, doubles, functions, integers } = kernel
  const { returns, stepsPerYear, years } = spec
  const { drift, loadings } = lognormalSteps(returns, stepsPerYear)
  const triangle = loadings.flatMap((row, i) => row.slice(0, i + 1))
  const write = (address: number, values: ArrayLike<number>): void => doubles(address, values.length).set(values)
  write(addresses.DRIFT, drift)
  write(addresses.LOADINGS, triangle)
  write(addresses.WEIGHTS, normalisedWeights(returns.assets))
  write(
    addresses.REAL_FLOWS,
    spec.realFlows.map(flow => flow / stepsPerYear),
  )
  write(
    addresses.NOMINAL_FLOWS,
    spec.nominalFlows.map(flow => flow / stepsPerYear),
  )
  const [keyLow, keyHigh] = seedKey(spec.seed)
  const flowsFirst = spec.flowTiming === 'begin' ? 1 : 0
  const ends = (
    [
      ['priceIndex', 'PRICE_INDEX'],
      ['growth', 'TOTAL_GROWTH'],
      ['nominalReturnSum', 'NOMINAL_RETURN_SUM'],
      ['realReturnSum', 'REAL_RETURN_SUM'],
    ] as const
  ).map(([name, address]) => ({ name, lanes: doubles(addresses[address], BLOCK_PATHS) }))
  const depletedIn = integers(addresses.DEPLETED_IN, BLOCK_PATHS)

  return (fromPath, toPath) => {
    const paths = toPath - fromPath
    const chunk = layOut(kernel, years, paths)
    // Each block writes all its lanes, so the last block also overwrites the first lanes of each following year: it runs first.
    for (let offset = (Math.ceil(paths / BLOCK_PATHS) - 1) * BLOCK_PATHS; offset >= 0; offset -= BLOCK_PATHS) {
      functions.openStreams(keyLow, keyHigh, MARKET_STREAM, fromPath + offset)
      functions.simulateBlock(
        returns.assets.length,
        years,
        stepsPerYear,
        flowsFirst,
        spec.openingBalance,
        chunk.nominal.byteOffset + 8 * offset,
        chunk.real.byteOffset + 8 * offset,
        8 * paths,
      )
      const lanes = Math.min(BLOCK_PATHS, paths - offset)
      chunk.depletedIn.set(depletedIn.subarray(0, lanes), offset)
      for (const end of ends) chunk[end.name].set(end.lanes.subarray(0, lanes), offset)
    }
    return chunk
  }
}

/** A block's lanes past the last path need room after each matrix. */
function layOut({ addresses, doubles, integers }: Kernel, years: number, paths: number): Paths {
  let address = addresses.RESULTS
  const take = (length: number, spare = 0): Float64Array => {
    const view = doubles(address, length)
    address += 8 * (length + spare)
    return view
  }
  return {
    nominal: take(years * paths, BLOCK_PATHS),
    real: take(years * paths, BLOCK_PATHS),
    priceIndex: take(paths),
    growth: take(paths),
    nominalReturnSum: take(paths),
    realReturnSum: take(paths),
    depletedIn: integers(address, paths),
  }
}

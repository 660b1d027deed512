import { findKernel, type Kernel } from './kernel/kernel.ts'
import { kernelStatistics } from './kernel/statistics.ts'
import { plainStatistics, type Statistics } from '../numeric/index.ts'

/**
 * The code that computes: the WebAssembly kernel, or plain TypeScript. Tests compare the two bit by bit. Both give the same results; 'kernel', which
 * is the default, falls back to the plain form where there is no WebAssembly with SIMD.
 */
export type Engine = 'plain' | 'kernel'

export interface EngineOptions {
  engine?: Engine
}

/** The kernel, if it is requested and available. */
export function kernelOf({ engine = 'kernel' }: EngineOptions): Kernel | undefined {
  return engine === 'kernel' ? findKernel() : undefined
}

export function statisticsOf(options: EngineOptions): Statistics {
  const kernel = kernelOf(options)
  return kernel ? kernelStatistics(kernel) : plainStatistics
}

import { benchDetection } from './wealth-detection.ts'

/** The sections of the benchmark of accounts and transactions. */
export async function run(): Promise<void> {
  await benchDetection()
}

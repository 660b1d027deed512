import { benchDetection } from './wealth-detection.ts'

/** What a household does with its accounts: what is computed, and what is done on a platform of its own. */
export async function run(): Promise<void> {
  await benchDetection()
  const { startBenchPlatform } = await import('./platform.ts')
  const { timeImport } = await import('./wealth-import.ts')
  const { timeRuledImport } = await import('./wealth-ruled-import.ts')
  const { timeRules } = await import('./wealth-rules.ts')
  const { timeLedger } = await import('./wealth-ledger.ts')
  const platform = await startBenchPlatform()
  try {
    await timeImport(platform)
    await timeRuledImport(platform)
    await timeRules(platform)
    await timeLedger(platform)
  } finally {
    await platform.close()
  }
}

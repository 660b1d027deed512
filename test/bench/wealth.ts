/** What a household does with its accounts, on a platform of its own. */
export async function run(): Promise<void> {
  const { startBenchPlatform } = await import('./platform.ts')
  const { timeLedger } = await import('./wealth-ledger.ts')
  const platform = await startBenchPlatform()
  try {
    await timeLedger(platform)
  } finally {
    await platform.close()
  }
}

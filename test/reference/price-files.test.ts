import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type PriceFileOptions, readBarFile } from '../../domain/market/index.ts'
import { referenceFolder } from './simulation-data.ts'

const folder = join(referenceFolder, '../cases/market')
const minutes = /15m|-min|tick|5min|polygon|binance|mt5|histdata|2400|dst|tradingview/

/** What a person has to say of a file that does not say it. */
const given: Readonly<Record<string, PriceFileOptions>> = {
  '02-yahoo-null.csv': { skipFaults: true },
  '07-ticksample.csv': { duplicates: 'last' },
  '28-dst-local.csv': { profile: { timezone: 'America/New_York' } },
  '45-close-and-last.csv': { profile: { columns: { close: 'Close' } } },
  '46-close-twice.csv': { profile: { columns: { close: 5 } } },
}

describe.skipIf(!existsSync(folder))('the price files of common sources', () => {
  const files = existsSync(folder) ? readdirSync(folder) : []
  it.each(files)('%s is read without a fault or a doubt', file => {
    const batch = readBarFile(readFileSync(join(folder, file)), {
      symbol: 'X',
      timeframe: minutes.test(file) ? '1m' : '1d',
      ...given[file],
    })
    expect(batch.faults).toEqual([])
    expect(batch.reading?.ambiguous).toEqual([])
    expect(batch.rowCount).toBeGreaterThan(0)
  })
})

import { benchmarkRows } from '../../db/queries/market/benchmarks.ts'
import type { Transaction } from '../../db/database.ts'
import { exchangeRows, instrumentRows, type Instrument, listSymbolHistory } from '../../db/queries/market/instruments.ts'
import { priceFileRows } from '../../db/queries/market/price-files.ts'
import { priceProfileRows } from '../../db/queries/market/price-profiles.ts'
import { returnDatasetRows } from '../../db/queries/market/return-datasets.ts'
import { listSeriesOf } from '../../db/queries/market/series.ts'
import { benchmarks as benchmarkTable } from '../../db/schema/market/benchmarks.ts'
import { exchanges as exchangeTable } from '../../db/schema/market/exchanges.ts'
import { instruments as table } from '../../db/schema/market/instruments.ts'
import { priceFiles as fileTable } from '../../db/schema/market/price-files.ts'
import { priceProfiles as profileTable } from '../../db/schema/market/price-profiles.ts'
import { returnDatasets as datasetTable } from '../../db/schema/market/returns.ts'
import { fileProfileChange } from '../../domain/files/index.ts'
import { equals, flag, search } from '../runtime/resource/filters.ts'
import { resource } from '../runtime/resource/resource.ts'
import { label, uuid } from '../runtime/schemas.ts'
import { plainDecimalOrNull } from './present.ts'
import { benchmark, exchange, instrument, marketCode } from './schemas/instruments.ts'
import { priceFile, priceProfile } from './schemas/price-files.ts'
import { returnDatasetSummary } from './schemas/returns.ts'
import { symbol } from './schemas/shared.ts'

const clockTimeOrNull = (text: string | null) => text?.slice(0, 5) ?? null

export const exchanges = resource({
  one: 'exchange',
  many: 'exchanges',
  path: '/v1/market/exchanges',
  parameter: { exchangeCode: marketCode },
  rows: exchangeRows,
  answer: exchange,
  filters: { timezone: equals(exchangeTable.timezone, exchange.shape.timezone), ...search(exchangeTable.code, exchangeTable.name) },
  sorts: ['code', 'name'],
  order: 'code',
  present: {
    opensAt: row => clockTimeOrNull(row.opensAt),
    closesAt: row => clockTimeOrNull(row.closesAt),
    holidays: row => row.holidays.map(({ closesAt, date, name }) => ({ date, name, closesAt: clockTimeOrNull(closesAt) })),
  },
})

export const instruments = resource({
  one: 'instrument',
  many: 'instruments',
  path: '/v1/market/instruments',
  parameter: { symbol },
  rows: instrumentRows,
  answer: instrument,
  filters: {
    type: equals(table.type, instrument.shape.type),
    exchangeCode: equals(table.exchangeCode, marketCode),
    sector: equals(table.sector, label),
    industry: equals(table.industry, label),
    country: equals(table.country, instrument.shape.country.unwrap().unwrap()),
    isActive: equals(table.isActive, flag),
    ...search(table.symbol, table.name),
  },
  sorts: ['symbol', 'name'],
  present: {
    composition: row => [...row.composition],
    currentPrice: row => plainDecimalOrNull(row.currentPrice),
    marketCap: row => plainDecimalOrNull(row.marketCap),
    peRatio: row => plainDecimalOrNull(row.peRatio),
    dividendYield: row => plainDecimalOrNull(row.dividendYield),
    expenseRatio: row => plainDecimalOrNull(row.expenseRatio),
  },
})

/** An instrument with all its symbols and its stored series. */
export const describeInstrument = async (transaction: Transaction, row: Instrument) => {
  const symbols = await listSymbolHistory(transaction, row.id)
  return {
    ...instruments.present(row),
    symbols: symbols.map(({ symbol, validFrom, validUntil }) => ({ symbol, validFrom, validUntil })),
    series: await listSeriesOf(transaction, row.id),
  }
}

export const benchmarks = resource({
  one: 'benchmark',
  many: 'benchmarks',
  path: '/v1/market/benchmarks',
  parameter: { symbol },
  rows: benchmarkRows,
  answer: benchmark,
  filters: {
    benchmarkType: equals(benchmarkTable.benchmarkType, benchmark.shape.benchmarkType),
    category: equals(benchmarkTable.category, label),
    isActive: equals(benchmarkTable.isActive, flag),
    ...search(benchmarkTable.symbol, benchmarkTable.name),
  },
  sorts: ['symbol', 'name'],
})

export const returnDatasets = resource({
  one: 'dataset',
  many: 'datasets of historical returns',
  path: '/v1/market/return-datasets',
  parameter: { datasetId: uuid },
  rows: returnDatasetRows,
  answer: returnDatasetSummary,
  filters: search(datasetTable.name),
  sorts: ['name', 'createdAt'],
})

export const priceProfiles = resource({
  one: 'price profile',
  many: 'the profiles by which price files are read',
  path: '/v1/market/price-profiles',
  parameter: { priceProfileId: uuid.describe('The price profile.') },
  rows: priceProfileRows,
  answer: priceProfile,
  filters: { ...search(profileTable.name) },
  sorts: ['name', 'createdAt'],
  present: { profile: row => fileProfileChange.parse(row.profile) },
})

export const priceFiles = resource({
  one: 'price file',
  many: 'the price files that were stored',
  path: '/v1/market/price-files',
  parameter: { priceFileId: uuid.describe('The price file.') },
  rows: priceFileRows,
  answer: priceFile,
  filters: { ...search(fileTable.fileName) },
  sorts: ['createdAt'],
  order: '-createdAt',
})

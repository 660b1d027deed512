import {
  type ColumnMeanings,
  type ColumnRef,
  type Detection,
  detectInText,
  type FileProfile,
  type FileProfileChange,
  plainName,
  type Table,
} from '../../files/index.ts'

/** What a column of a price file can mean. `clock` is a time of day beside a date. */
export const priceMeanings = {
  time: {
    names: ['date', 'datetime', 'timestamp', 'datum', 'fecha', 'data', 'trade date', 'window start', 'open time', 'date/time'],
    lesserNames: ['time', 'unix', 'epoch'],
    kind: 'time',
  },
  clock: { names: ['time', 'zeit', 'uhrzeit', 'hora'], kind: 'text' },
  symbol: { names: ['symbol', 'ticker'], kind: 'text' },
  timeframe: { names: ['timeframe', 'per'], kind: 'text' },
  open: { names: ['open', 'erster', 'eröffnung', 'eroeffnung', 'apertura', 'ouverture'], kind: 'number' },
  high: { names: ['high', 'hoch', 'tageshoch', 'massimo', 'máximo', 'haut'], kind: 'number' },
  low: { names: ['low', 'tief', 'tagestief', 'minimo', 'mínimo', 'bas'], kind: 'number' },
  close: {
    names: ['close', 'last', 'close/last', 'schlusskurs', 'schluss', 'cierre', 'clôture'],
    lesserNames: ['price', 'kurs', 'nav'],
    kind: 'number',
  },
  volume: { names: ['volume', 'vol', 'stuecke', 'stücke'], lesserNames: ['volumen', 'tickvol', 'tick volume'], kind: 'number' },
  vwap: { names: ['vwap'], kind: 'number' },
  tradeCount: { names: ['tradecount', 'trade count', 'transactions', 'trades'], kind: 'number' },
  bid: { names: ['bid'], kind: 'number' },
  ask: { names: ['ask'], kind: 'number' },
  spread: { names: ['spread'], kind: 'number' },
  additionalData: { names: ['additionaldata', 'additional data'], kind: 'text' },
  dividend: { names: ['dividends', 'dividend', 'divcash'], kind: 'number' },
  split: { names: ['stock splits', 'splits', 'splitfactor'], kind: 'text' },
} as const satisfies ColumnMeanings
export type PriceMeaning = keyof typeof priceMeanings

const isClock = (cell: string | undefined): boolean => /^\d{1,2}:\d\d(?::\d\d)?$/.test(cell?.trim() ?? '')

interface Preset {
  readonly note: string
  readonly change: FileProfileChange
  /** Meanings that the columns do not have, though their names say so. */
  readonly without?: readonly PriceMeaning[]
}

const placesFrom = (...meanings: readonly (PriceMeaning | undefined)[]): Record<string, ColumnRef> =>
  Object.fromEntries(meanings.flatMap((meaning, place) => (meaning === undefined ? [] : [[meaning, place + 1]])))

/** A file without names of columns, by the form of its first row. */
const unnamedPreset = (cells: readonly string[]): Preset | undefined => {
  const [first = '', second] = cells
  if (cells.length >= 11 && /^\d{13,16}$/.test(first))
    return {
      note: 'It has the columns of a Binance archive.',
      change: { columns: placesFrom('time', 'open', 'high', 'low', 'close', 'volume', undefined, undefined, 'tradeCount') },
    }
  if (cells.length === 6 && /^\d{8} \d{6}$/.test(first))
    return {
      note: 'It has the columns of HistData. Its times are those of New York without daylight saving time.',
      change: { timezone: 'Etc/GMT+5', columns: placesFrom('time', 'open', 'high', 'low', 'close', 'volume') },
    }
  const named = ['time', ...(isClock(second) ? ['clock'] : []), 'open', 'high', 'low', 'close', 'volume'] as PriceMeaning[]
  if (cells.length < named.length - 1) return undefined
  return {
    note: 'It has no names of columns: they are taken in the usual order.',
    change: { columns: placesFrom(...named.slice(0, cells.length)) },
  }
}

/** A volume that is named after what it counts: of `BTC/USD` the `Volume BTC`. */
const volumeOfPair = ({ header, rows }: Table, columns: FileProfile['columns']): ColumnRef | undefined => {
  const place = header.indexOf(String(columns['symbol']))
  const base = rows[0]?.cells[place]?.split(/[/-]/)[0]?.trim().toLowerCase()
  return base ? header.find(name => plainName(name) === `volume ${base}`) : undefined
}

const namedPreset = ({ profile: { columns }, table }: Detection): Preset | undefined => {
  const names = table.header.map(plainName)
  if (names.includes('tickvol')) {
    const place = names.indexOf('vol')
    const hasVolume = table.rows.some(({ cells }) => /[1-9]/.test(cells[place] ?? ''))
    return {
      note: `It has the columns of MetaTrader 5: the spread, which is in points, is left out${hasVolume ? '' : ', and the volume is that of ticks'}.`,
      change: hasVolume ? {} : { columns: { volume: table.header[names.indexOf('tickvol')]! } },
      without: ['spread'],
    }
  }
  if (columns['volume'] === undefined) {
    const volume = volumeOfPair(table, columns)
    if (volume !== undefined) return { note: `The volume is ${volume}.`, change: { columns: { volume } } }
  }
  return undefined
}

/** Finds how the text of a price file is to be read: by its form, and by what is known of its source. What the caller sets stays. */
export const detectPrices = (text: string, change: FileProfileChange = {}): Detection => {
  const found = detectInText(text, priceMeanings, change)
  const { table } = found
  const preset = table.header.length === 0 ? unnamedPreset(table.rows[0]?.cells ?? []) : namedPreset(found)
  const detection = preset
    ? detectInText(text, priceMeanings, { ...preset.change, ...change, columns: { ...preset.change.columns, ...change.columns } })
    : found
  const columns = { ...detection.profile.columns }
  for (const meaning of preset?.without ?? []) if (change.columns?.[meaning] === undefined) delete columns[meaning]
  // An encoding that is in doubt changes letters only, not figures.
  const ambiguous = detection.ambiguous.filter(field => field !== 'encoding')
  const notes = preset ? [{ field: 'columns', message: preset.note }, ...detection.notes] : detection.notes
  return { ...detection, profile: { ...detection.profile, columns }, ambiguous, notes }
}

const periods: Readonly<Record<string, string>> = {
  d: '1d',
  w: '1w',
  m: '1mo',
  1: '1m',
  5: '5m',
  15: '15m',
  30: '30m',
  60: '1h',
  240: '4h',
}

/** The timeframe that a vendor writes as `D` or `5`. */
export const timeframeOf = (text: string): string => periods[text.trim().toLowerCase()] ?? text.trim()

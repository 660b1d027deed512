import { type Lifecycles, publishedTable, stampMentions } from '../lifecycle.ts'

const history = 'Simulations and reports read the whole history.'
const current = 'It describes instruments that are in use.'
const barSettings = 'The table market.timeframes says how long bars are kept; the job market/apply-bar-retention removes older ones.'
const ofFile = 'It ends with its price file, and when that is undone.'

const countsChanges = 'It has the latest changes of each source of prices.'
const valuesAreLeftOut = { leftOut: 'The values that were calculated from these revisions are left out too.' } as const

export const marketLifecycles: Lifecycles = {
  'market.exchanges': publishedTable(['code'], { kept: current, mentions: stampMentions }),
  'market.exchange_holidays': publishedTable(['exchange_code', 'date'], { kept: history }),
  'market.instruments': publishedTable(['id'], {
    kept: current,
    mentions: stampMentions,
    validation: [
      {
        id: 'instruments-have-an-exchange',
        rule: 'Every instrument with an exchange code refers to a known exchange.',
        broken:
          'select i.id from market.instruments i where i.exchange_code is not null and not exists (select from market.exchanges e where e.code = i.exchange_code)',
      },
    ],
  }),
  'market.symbol_history': publishedTable(['instrument_id', 'valid_from'], {
    kept: history,
    validation: [
      {
        id: 'symbol-history-in-order',
        rule: 'A symbol is valid until a day after the one from which it is valid.',
        broken: 'select instrument_id, valid_from from market.symbol_history where valid_until <= valid_from',
      },
    ],
  }),
  'market.market_caps': publishedTable(['instrument_id', 'date'], { kept: history }),
  'market.dividends': publishedTable(['instrument_id', 'ex_date', 'kind'], { kept: history }),
  'market.splits': publishedTable(['instrument_id', 'ex_date'], { kept: history }),
  'market.fx_rates': publishedTable(['base', 'quote', 'date'], { kept: history }),
  'market.benchmarks': publishedTable(['id'], {
    kept: current,
    mentions: stampMentions,
    validation: [
      {
        id: 'benchmarks-know-their-instruments',
        rule: 'Every part of a benchmark has the symbol of an instrument.',
        broken: `select b.id from market.benchmarks b where exists (select from jsonb_array_elements(b.composition) part
          where not exists (select from market.instruments i where i.symbol = part ->> 'symbol'))`,
      },
    ],
  }),
  'market.return_datasets': publishedTable(['id'], {
    kept: 'Stored runs refer to the dataset from which they were simulated.',
    mentions: stampMentions,
    validation: [
      {
        id: 'return-datasets-are-complete',
        rule: 'Every dataset of returns has figures.',
        broken:
          'select d.id from market.return_datasets d where not exists (select from market.annual_returns r where r.dataset_id = d.id)',
      },
    ],
  }),
  'market.annual_returns': publishedTable(['dataset_id', 'series', 'year'], { kept: history }),
  'market.price_profiles': publishedTable(['id'], { kept: 'It is a setting.', mentions: stampMentions }),
  'market.price_files': {
    ...publishedTable(['id'], { kept: '', mentions: stampMentions }),
    retention: { timeColumn: 'created_at', actions: ['delete'], conditions: { undone_at: 'instant' } },
  },
  'market.price_file_series': publishedTable(['file_id', 'series_id'], { kept: ofFile }),
  'market.replaced_bars': publishedTable(['file_id', 'series_id', 'time'], { kept: ofFile }),
  'market.timeframes': publishedTable(['timeframe'], { kept: 'It is a setting.' }),
  'market.bar_settings': publishedTable(['is_only'], { kept: 'It is a setting.' }),
  'market.series': publishedTable(['id'], { kept: current }),
  'market.bars': publishedTable(['series_id', 'time'], { kept: barSettings }),
  'market.compressed_bars': publishedTable(['series_id', 'chunk_start', 'chunk_end'], {
    kept: barSettings,
    validation: [
      {
        id: 'compressed-bars-are-counted',
        rule: 'A compressed month has a bar at least, and its times are in order.',
        broken:
          'select series_id, chunk_start, chunk_end from market.compressed_bars where bar_count < 1 or first_time > last_time or chunk_start >= chunk_end',
      },
    ],
  }),
  'market.bar_rollups': publishedTable(['period', 'series_id', 'period_start'], {
    kept: barSettings,
    validation: [
      {
        id: 'rollups-are-consistent',
        rule: 'The low of a rollup is its smallest price, and its high the largest.',
        broken:
          'select period, series_id, period_start from market.bar_rollups where low > least(open, close) or high < greatest(open, close)',
      },
    ],
  }),
  'market.latest_bars': {
    ...publishedTable(['series_id'], { kept: 'It has one row per series.' }),
    validation: [
      {
        id: 'latest-bars-have-a-series',
        rule: 'The latest bar of a series is not in the future.',
        broken: "select series_id from market.latest_bars where time > now() + interval '2 days'",
      },
    ],
  },
  'market.price_revisions': { ...publishedTable(['source'], { kept: countsChanges }), backup: valuesAreLeftOut },
  'market.price_changes': { ...publishedTable(['source', 'revision'], { kept: countsChanges }), backup: valuesAreLeftOut },
  'market.stale_ranges': publishedTable(['id'], {
    kept: 'A refresh of the rollups removes them.',
    validation: [
      {
        id: 'stale-ranges-in-order',
        rule: 'A range to refresh ends after it begins.',
        broken: 'select id from market.stale_ranges where last_time < first_time',
      },
    ],
  }),
}
